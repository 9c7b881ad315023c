"""Who speaks behind a cue in English: "Five people were killed, said a doctor at the hospital".

The rule: what stands before a comma or a quotation is the content and what follows the cue names who speaks, up to a word
that ends a source ("on", "in a statement"). A comma before a cue may also end an apposition to who speaks, or an opening
after which the cue is an adjective ("In the morning, alleged Israeli airstrikes"). It does not prove that the stretch
names a speaker.
"""

import re

from witnessmark.reading.ground import Ground, Shape, Stretch
from witnessmark.terms.ports import Hit

_OPENING = 5  # words of an opening that says when


def apposition(ground: Ground, cue: Hit) -> bool:
    """Whether a comma right before a cue ends an apposition to who speaks ("Sara Haddad, a doctor, said"): one of the

    parts before it names somebody and tells of nothing. Else it ends a content ("Five people were killed, said …") or an
    opening ("On Friday, alleged …").
    """
    start = max([ground.start, *(one for one in ground.opened if one < cue.start)])
    parts = []
    for comma in [at for at in range(start, cue.start) if ground.text[at] == ","]:
        parts.append(ground.trim(start, comma))
        start = comma + 1
    named = [part for part in parts if ground.words(*part) and (ground.names_someone(*part) or ground.is_name(*part))]
    return any(not ground.tells(*part) and part not in ground.times for part in named)


def inverted(ground: Ground, cue: Hit) -> Shape | None:
    """CONTENT, cue SOURCE: after a quotation or a comma; "alleged Israeli airstrikes" are no one's words."""
    quote = next(
        (one for one in reversed(ground.quotes) if one[1] <= cue.start and ground.blank(one[1], cue.start)), None
    )
    content = ground.trim(min(ground.start, quote[0]) if quote else ground.start, cue.start)
    before = ground.text[content[0] : cue.start].rstrip()
    if ground.text[cue.start : cue.end].endswith("ing") or (not quote and cue.entry.fields.get("takes") == "quote"):
        return None
    if not before or before[-1] not in ",\"”»’'" or not ground.words(*content):
        return None
    source = ground.trim(cue.end, source_end(ground, cue.end))
    after = ground.word(source[1], ground.end)
    goes_on = after is not None and not ground.text[source[1] : after.start()].strip()
    if not ground.words(*source) or (goes_on and after and not ground.has("stop", after.group())):
        return None
    sure = cue.entry.fields.get("sure") == "yes"
    if not quote and not sure and not (ground.names_someone(*source) or ground.is_name(*source)):
        return None
    if before[-1] == "," and (_of_event(ground, *source) or _opens_only(ground, *content)):
        return None
    return Shape(cue, source, goes_on_behind(ground, content, source[1]), "attributing.content-cue-source")


def goes_on_behind(ground: Ground, content: Stretch, at: int) -> Stretch:
    """A quotation with its second half behind who speaks: “CONTENT,” said SOURCE, “CONTENT”."""
    quote = ground.quoted(at, ground.end)
    halved = quote is not None and ground.quoted(content[0], at) is not None
    if quote and halved and ground.blank(at, quote[0]) and "." not in ground.text[at : quote[0]]:
        return content[0], quote[1]
    return content


def _of_event(ground: Ground, start: int, end: int) -> bool:
    """Whether what would be a source holds a word for an event: "alleged Israeli airstrikes hit"."""
    inside_ = (hit for hit in ground.told if start <= hit.start and hit.end <= end)
    return any(hit.entry.fields["role"] == "event" for hit in inside_)


def _opens_only(ground: Ground, start: int, end: int) -> bool:
    """Whether what would be a content is an opening that says when, and nothing more: "Late on Friday"."""
    timed = any(low < end and start < high for low, high in ground.times)
    return timed and len(ground.words(start, end)) <= _OPENING


def source_end(ground: Ground, start: int) -> int:
    """Where the words for a source after a cue end."""
    comma = re.compile(r"[,.;\n“\"]").search(ground.text, start, ground.end)
    end = comma.start() if comma else ground.end
    for found in ground.words(start, end)[1:]:
        if ground.has("stop", found.group()):
            beyond = [hit for hit in ground.platforms if found.end() <= hit.start and hit.end <= end]
            return max(hit.end for hit in beyond) if beyond else found.start()
    return end
