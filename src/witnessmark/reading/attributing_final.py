"""Shapes of attribution where the verb ends the sentence and "according to" follows its noun, as in Turkish.

The rule: SOURCE, CONTENT cue; SOURCE cue CONTENT behind a postposition ("X'e göre"). The source is what stands before the
first comma, or the party, body or word for a source that the sentence begins with; without one there is no attribution.
What it does not prove: that the stretch is the grammatical subject.
"""

from witnessmark.reading.ground import CONTENT_LEAST, Ground, Shape, Stretch
from witnessmark.terms.ports import Hit

_SOURCE_MOST = 8  # words


def verb_at_the_end(ground: Ground, cue: Hit) -> Shape | None:
    """SOURCE, CONTENT cue."""
    comma = ground.text.find(",", ground.start, cue.start)
    source = ground.trim(ground.start, comma) if comma >= 0 else _opening(ground, cue)
    if not _speaks(ground, source):
        source = _opening(ground, cue)
    content = ground.trim(source[1], cue.start)
    if not _speaks(ground, source) or len(ground.words(*content)) < CONTENT_LEAST - 1:
        return None
    return Shape(cue, source, content, "attributing.source-content-cue")


def postposition(ground: Ground, cue: Hit) -> Shape | None:
    """SOURCE cue CONTENT: "X'e göre, …"."""
    source, content = ground.trim(ground.start, cue.start), ground.trim(cue.end, ground.end)
    if not _speaks(ground, source) or not ground.words(*content):
        return None
    return Shape(cue, source, content, "attributing.according-to")


def _opening(ground: Ground, cue: Hit) -> Stretch:
    """The party, body or word for a source that a sentence begins with."""
    known = [(one.span.start, one.span.end) for one in ground.actors] + [(hit.start, hit.end) for hit in ground.nouns]
    ends = [end for start, end in known if start == ground.start and end <= cue.start]
    return ground.start, max(ends, default=ground.start)


def _speaks(ground: Ground, source: Stretch) -> bool:
    """Whether a stretch names somebody, shortly."""
    return 0 < len(ground.words(*source)) <= _SOURCE_MOST and ground.names_someone(*source)
