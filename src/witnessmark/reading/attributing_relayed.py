"""Shapes in which one passes on what another said: "A quoted B as saying", نقلت A عن B قوله إن.

The rule: both are sources of one content, and the second statement is nested in the first. What it does not prove: that
the second said so; the first says that.
"""

from itertools import pairwise

from witnessmark.reading.ground import Ground, Shape, Stretch
from witnessmark.terms.ports import Hit

_REACH = 18  # words after the verb within which the content begins


def english_relay(ground: Ground, cue: Hit, subject: Stretch) -> Shape | None:
    """SOURCE quoted SOURCE as saying CONTENT."""
    if cue.entry.fields.get("takes") != "relay":
        return None
    words = ground.words(cue.end, ground.end)[:_REACH]
    for found, following in pairwise(words):
        if "," in ground.text[cue.end : found.start()]:
            return None
        if ground.has("as", found.group()) and ground.has("saying", following.group()):
            inner = ground.trim(cue.end, found.start())
            behind = ground.word(following.end(), ground.end)
            opens = behind is not None and ground.has("content", behind.group())
            start = behind.end() if behind and opens else following.end()
            content = ground.trim(start, ground.end)
            if ground.words(*inner) and ground.words(*content):
                return Shape(cue, subject, content, "attributing.relayed", (inner,), relayed=True)
    return None


def said_of(ground: Ground, cue: Hit) -> Shape | None:
    """SOURCE was quoted (by another) as saying CONTENT."""
    words = ground.words(ground.start, cue.start)
    while words and (ground.has("be", words[-1].group()) or ground.has("drop", words[-1].group())):
        words.pop()
    if not words or len(words) > _REACH:
        return None
    subject = ground.trim(words[0].start(), words[-1].end())
    relayed = english_relay(ground, cue, subject)
    if relayed is None or not relayed.others:
        return _as_saying(ground, cue, subject)
    by = ground.words(*relayed.others[0])
    outer = ground.trim(by[1].start(), by[-1].end()) if len(by) > 1 and ground.has("agent", by[0].group()) else None
    if outer is None:
        return None
    return Shape(cue, outer, relayed.content, "attributing.relayed", (subject,), relayed=True)


def _as_saying(ground: Ground, cue: Hit, subject: Stretch) -> Shape | None:
    """SOURCE was quoted as saying CONTENT, by nobody who is named."""
    words = ground.words(cue.end, ground.end)[:3]
    if len(words) < 3 or not (ground.has("as", words[0].group()) and ground.has("saying", words[1].group())):
        return None
    start = words[2].end() if ground.has("content", words[2].group()) else words[1].end()
    return Shape(cue, subject, ground.trim(start, ground.end), "attributing.relayed")


def arabic_relay(ground: Ground, cue: Hit) -> Shape | None:
    """Cue SOURCE عن SOURCE قوله إن CONTENT: who passes on what another said."""
    if cue.entry.fields.get("takes") != "relay":
        return None
    words = ground.words(cue.end, ground.end)[:_REACH]
    whence = next((at for at, found in enumerate(words) if ground.has("from", found.group())), None)
    if not whence:
        return None
    for at, found in enumerate(words[whence + 1 :], whence + 1):
        opens = ground.has("content", found.group())
        if opens or ground.has("saying", found.group()) or ground.text[found.start() - 1] in ':"“«':
            inner = ground.trim(words[whence].end(), found.start())
            begin = at if opens else at + (ground.has("saying", found.group()))
            if begin >= len(words) or not ground.words(*inner):
                return None
            content = told_of(ground, words[begin].start())
            outer = ground.trim(cue.end, words[whence].start())
            return Shape(cue, outer, content, "attributing.relayed", (inner,), relayed=True)
    return None


def told_of(ground: Ground, start: int) -> Stretch:
    """The content that begins at a place, without a bare word for "that"."""
    first = ground.word(start, ground.end)
    bare = first is not None and first.start() == start and ground.has("that", first.group())
    return ground.trim(first.end() if first and bare else start, ground.end)


def passed_on(ground: Ground, shape: Shape) -> Shape | None:
    """SOURCE, citing SOURCE, cue CONTENT: the first passes on what the second said."""
    if shape.source is None:
        return None
    for hit in ground.cues:
        if shape.source[1] <= hit.start and hit.end < shape.cue.start and cites_for(ground, hit) == shape.cue.start:
            inner = ground.trim(hit.end, shape.cue.start)
            return Shape(shape.cue, shape.source, shape.content, "attributing.relayed", (inner,), relayed=True)
    return None


def cites_for(ground: Ground, cue: Hit) -> int | None:
    """Where the verb begins in whose subject a word for citing stands between commas, or None."""
    comma = ground.text.find(",", cue.end, ground.end)
    after = ground.word(comma, ground.end) if comma > 0 else None
    while after and ground.has("drop", after.group()):
        after = ground.word(after.end(), ground.end)
    verbs = [hit.start for hit in ground.cues if hit.entry.fields["kind"] == "verb"]
    relays = ground.has("cites", ground.text[cue.start : cue.end])
    aside = ground.text[: cue.start].rstrip().endswith(",")
    return after.start() if relays and aside and after and after.start() in verbs else None
