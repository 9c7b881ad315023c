"""Mouths: when the words for a source name several, who each of them is.

"A and B said", "several sources, including A and B", "A, amongst other sources": each named one is a source of the same
words, and so are the many among whom they are named. A stretch is parted only where every part is a name or a word for a
source, and never inside a name ("the Ministry of Health and Labour"). What it does not prove: that they speak
independently of each other; one may have it from another.
"""

import re
from itertools import pairwise

from witnessmark.reading.ground import Ground, Stretch

_JOINT = re.compile(r"\s*,\s*(?:(?:and|as well as)\s+)?|\s+(?:and|as well as)\s+")
_ENDS = re.compile(r"[;:.\n“\"«(](?!\w)|[\n“\"«(]")
_OF = re.compile(r"\s(?:of|for)\s", re.IGNORECASE)


def parted(ground: Ground, start: int, end: int) -> list[Stretch]:
    """Each name in a stretch, or the whole where it is one."""
    named = [(one.span.start, one.span.end) for one in ground.actors if one.actor]
    cuts = [
        found
        for found in _JOINT.finditer(ground.text, start, end)
        if not any(first < found.end() and found.start() < last for first, last in named)
    ]
    edges = [start, *[edge for found in cuts for edge in found.span()], end]
    parts = [ground.trim(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True)]
    parts = [part for part in parts if part[0] < part[1]]
    return parts if len(parts) > 1 and _several(ground, parts) else [(start, end)]


def _several(ground: Ground, parts: list[Stretch]) -> bool:
    """Whether parts are names of several: each a name, one at least by more than a common word, none cut in two."""
    if not all(ground.is_name(*part) for part in parts) or not any(_proper(ground, part) for part in parts):
        return False
    for one, other in pairwise(parts):
        bare = ground.text[other[0]].isupper() and not ground.has("det", ground.words(*other)[0].group())
        begins = any(actor.actor and actor.span.start == other[0] for actor in ground.actors)
        if bare and not begins and _OF.search(ground.text, *one):
            return False
    return True


def _proper(ground: Ground, part: Stretch) -> bool:
    """Whether a name is more than a common word, or one that is great only because a sentence begins."""
    common = [(hit.start, hit.end) for hit in ground.nouns]
    for one in ground.words(*part):
        begins = one.start() == ground.start and not one.group().isupper()
        if one.group()[0] == "@" or (one.group()[0].isupper() and not begins and one.span() not in common):
            return True
    return any(part[0] <= one.span.start and one.span.end <= part[1] for one in ground.actors)


def among(ground: Ground, start: int, end: int) -> tuple[Stretch, ...] | None:
    """The many and the named of "several sources, including A and B": the many first; None where nothing is listed."""
    for found in ground.words(start, end):
        if not ground.has("such", _two(ground, found)) and not ground.has("such", found.group()):
            continue
        head = ground.trim(start, found.start())
        items = listed(ground, _after(ground, found), end)
        if head[0] < head[1] and items and ground.names_someone(*head):
            return (head, *items)
    return None


def _two(ground: Ground, found: re.Match[str]) -> str:
    """A word with the one after it: "such as"."""
    after = ground.word(found.end(), ground.end)
    return f"{found.group()} {after.group()}" if after else found.group()


def _after(ground: Ground, found: re.Match[str]) -> int:
    """Where a word for listing ends, its second word included."""
    if ground.has("such", found.group()):
        return found.end()
    after = ground.word(found.end(), ground.end)
    return after.end() if after else found.end()


def listed(ground: Ground, start: int, end: int) -> list[Stretch]:
    """The names of a list that begins here, up to the first part that is none."""
    stop = _ENDS.search(ground.text, start, end)
    end = stop.start() if stop else end
    out: list[Stretch] = []
    at = start
    while at < end:
        joint = _JOINT.search(ground.text, at + 1, end)
        last = _within(ground, at, joint.start() if joint else end)
        part = ground.trim(at, last)
        if not ground.is_name(*part) or part in ground.places:
            break
        out.append(part)
        if joint is None or last != joint.start():
            break
        at = joint.end()
    return out


def _within(ground: Ground, start: int, end: int) -> int:
    """Where a name ends before the clause goes on: "local source Amal in the morning" ends before "in"."""
    for found in ground.words(start, end)[1:]:
        if ground.has("stop", found.group()) and not _goes_on(ground, found, end):
            return found.start()
    return end


def _goes_on(ground: Ground, found: re.Match[str], end: int) -> bool:
    """Whether a name goes on after a small word: "on Twitter", "for Human Rights"."""
    after = ground.word(found.end(), end)
    on_one = any(found.end() <= hit.start <= found.end() + 2 for hit in ground.platforms)
    return on_one or (ground.has("within-name", found.group()) and after is not None and after.group()[:1].isupper())


def besides(ground: Ground, start: int, end: int) -> list[Stretch]:
    """The many of "A, amongst other sources,": the part between commas that names them."""
    at, out = start, []
    for part in ground.text[start:end].split(","):
        words = ground.words(at, at + len(part))
        opens = bool(words) and (
            ground.has("besides", words[0].group()) or ground.has("besides", _two(ground, words[0]))
        )
        if opens:
            first = words[0].end() if ground.has("besides", words[0].group()) else words[1].end()
            many = ground.trim(first, at + len(part))
            if ground.names_someone(*many):
                out.append(many)
        at += len(part) + 1
    return out
