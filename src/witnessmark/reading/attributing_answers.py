"""Two who answer each other in one sentence: "while A reported four dead, B said six"."""

from witnessmark.reading.ground import CONTENT_LEAST, Ground
from witnessmark.reading.quote_marks import inside


def answered(ground: Ground, start: int) -> int | None:
    """Where the content of a sentence that begins with "while" ends: before the comma from which another answers it.

    "While A reported four dead, B, including C, said five": the last comma before the next cue with somebody behind it.
    """
    answer = next((hit.start for hit in ground.cues if hit.start > start and hit.entry.fields["kind"] == "verb"), None)
    if answer is None:
        return None
    for at in (at for at in range(answer - 1, start, -1) if ground.text[at] == ","):
        first = ground.word(at, answer)
        goes_on = first is None or any(ground.has(role, first.group()) for role in ("such", "and"))
        if not goes_on and inside(ground.quotes, at) is None and ground.names_someone(at, answer):
            return at if len(ground.words(start, at)) >= CONTENT_LEAST else None
    return None
