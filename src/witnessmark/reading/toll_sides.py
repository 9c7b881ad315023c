"""Which people a word of harm speaks of: those before it, those after it, or the word itself.

The rule: an active verb or a noun of action looks forward ("killing five", مقتل خمسة), a passive looks back ("five
were killed"), a word for the harmed is itself the people ("five dead", خمسة جرحى). People joined by "and" or a comma
belong together. Nothing is reached across another word of harm, nor, outside Arabic, across a preposition. Where two
readings remain, the nearer wins; that the nearer is meant is likely, not certain.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile
from operator import attrgetter

from witnessmark.reading.toll_groups import Group
from witnessmark.reading.toll_marks import Line, Mark

_NAMES = re.compile(
    r"[\s,،()\[\]\"“”'’–\-\d:]*+(?:(?:[A-Z@][\w’'\-.]*+|(?:al|el|abu|bin|ibn|and|as well as)\b[\-\w]*+)[\s,()\[\]\"“”'’–\-\d:]*+)*+"
)
_BREAK = re.compile(r"[.;:!?؟؛\n|]")
_MARKS = re.compile(r"[.,;:!?؟؛،()\[\]\"“”«»\n|/]|\bو")
_COMMA = re.compile(r"\s*[,،]?\s*")
_ARABIC_REACH, _ARABIC_NEAR, _REACH, _BACK_REACH, _LINK = 10, 2, 4, 14, 3


@dataclass(frozen=True, slots=True)
class Found:
    """The people of one word of harm: those counted side by side, and those said to be among them."""

    tops: tuple[Group, ...] = ()
    parts: tuple[Group, ...] = ()


def after(line: Line, harm: Mark, groups: Sequence[Group]) -> Found:
    """The people that follow a word of harm. ``groups``: those between it and the next word of harm."""
    if not groups or not _reaches(line, harm, groups[0]):
        return Found()
    chain = [groups[0]]
    for group in groups[1:]:
        if not linked(line, chain[-1], group):
            break
        chain.append(group)
    return _split(chain)


def before(line: Line, harm: Mark, groups: Sequence[Group]) -> Found:
    """The people that stand before a word of harm. ``groups``: those between it and the word of harm before it."""
    if not groups or line.words(groups[-1].end, harm.start) > _BACK_REACH:
        return Found()
    if _BREAK.search(line.gap(groups[-1].end, harm.start)):
        return Found()
    if groups[-1].form == "bare" and not _only_verbs(line, groups[-1].end, harm.start):
        return Found()
    first = len(groups) - 1
    while first and linked(line, groups[first - 1], groups[first]):
        first -= 1
    chain = groups[first:]
    if all(group.part for group in chain):
        return _split(chain[-1:])
    return _split(tuple(dropwhile(attrgetter("part"), chain)))


def trailing(line: Line, harm: Mark, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Groups after a word of harm that are only said to be among its people ("…, including two children")."""
    found: list[Group] = []
    for group in groups:
        if not group.part or _BREAK.search(line.gap(found[-1].end if found else harm.end, group.start)):
            break
        if found and not linked(line, found[-1], group):
            break
        found.append(group)
    return tuple(found)


def tight(line: Line, start: int, end: int) -> bool:
    """Whether nothing but blanks, or the Arabic article of the next word, stands between two positions."""
    return start <= end and not line.words(start, end) and not _MARKS.search(line.gap(start, end))


def _only_verbs(line: Line, start: int, end: int) -> bool:
    """Whether nothing but auxiliaries and their adverbs stands between two positions."""
    between = line.between(start, end)
    spoken = sum(line.words(mark.start, mark.end) for mark in between if mark.role == "be")
    return line.words(start, end) == spoken and not _MARKS.search(line.gap(start, end))


def _reaches(line: Line, harm: Mark, group: Group) -> bool:
    """Whether a word of harm that looks forward reaches a group."""
    gap = line.gap(harm.end, group.start)
    words = line.words(harm.end, group.start)
    if _BREAK.search(gap):
        return False
    if line.arabic:
        if group.form == "bare":
            return not gap.strip(" و")
        return words <= (_ARABIC_REACH if group.form in {"figure", "dual", "vague"} else _ARABIC_NEAR)
    roles = line.roles(harm.end, group.start)
    if group.form == "bare":
        return not roles - {"to"} and words <= 1
    return words <= _REACH and not roles & {"stop", "join", "none"}


def linked(line: Line, one: Group, other: Group) -> bool:
    """Whether two groups stand side by side: joined by "and" or a comma, or by names between them."""
    gap = line.gap(one.end, other.start)
    if "bare" in {one.form, other.form} or _BREAK.search(gap):
        return False
    roles = line.roles(one.end, other.start)
    words = line.words(one.end, other.start)
    if other.part:
        return words <= _LINK * 2 and (line.arabic or "stop" not in roles)
    if line.arabic:
        return other.joined and words <= _LINK
    if _COMMA.fullmatch(gap):
        return "," in gap
    if "stop" in roles:
        return False
    return ("join" in roles and words <= _LINK) or _NAMES.fullmatch(_unmarked(line, one.end, other.start)) is not None


def _unmarked(line: Line, start: int, end: int) -> str:
    """What stands between two positions, less articles, joints and ages."""
    kept: list[str] = []
    at = start
    for mark in line.between(start, end):
        if mark.role in {"one", "the", "join", "be"} or mark.figure or mark.kind == "thing":
            kept.append(line.gap(at, mark.start))
            at = mark.end
    return "".join([*kept, line.gap(at, end)])


def _split(chain: Sequence[Group]) -> Found:
    """The counted groups, and those inside them."""
    if chain[0].part:
        return Found(tops=(chain[0],), parts=tuple(chain[1:]))
    return Found(tops=tuple(one for one in chain if not one.part), parts=tuple(one for one in chain if one.part))
