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
        if ground.has("as", found.group()) and ground.has("saying", following.group()):
            inner = ground.trim(cue.end, found.start())
            behind = ground.word(following.end(), ground.end)
            opens = behind is not None and ground.has("content", behind.group())
            start = behind.end() if behind and opens else following.end()
            content = ground.trim(start, ground.end)
            if ground.words(*inner) and ground.words(*content):
                return Shape(cue, subject, content, "attributing.relayed", (inner,), relayed=True)
    return None


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
