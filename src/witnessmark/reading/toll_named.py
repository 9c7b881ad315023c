"""People named beside people counted: "killing Samer Qaddour and three others" tells of four, and never of three exactly.

The rule: names of victims that stand in a row right before people counted, bound to them by "and" or by whose they are
("his wife"), are added, and the sum is exact where the row begins its sentence or follows the word of harm. Where
something else stands before the row, or somebody stands there of whom no victim's record was made, the sum is a floor. A
comma alone may say who the named are ("Samer Qaddour, a teacher"), so that nobody is added. What it does not prove: that
the names are of different people.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from witnessmark.reading.toll_marks import Line, joined
from witnessmark.reading.tolls import Told
from witnessmark.terms.anchor import Span
from witnessmark.terms.toll import Harm, Toll, TollMention
from witnessmark.terms.victim import Victim
from witnessmark.terms.why import Why

_COUNTED = ("tolls.people", "tolls.side-by-side")
_PUNCTUATION = ' \t\u200f\u200e,،:()"“”'
_CAPITALS = re.compile(r"(?:[\s,.\"“”'’–-]*+(?:[A-Z][\w’'-]*+|(?:al|el|bin|ibn|abu)\b[\w-]*+))++[\s,]*+")
_NAME_REACH = 8  # words of names in Arabic
_ROWS = 50  # names of one row
_Ends: TypeAlias = dict[tuple[int, Harm, int], Victim]  # by passage, kind and where the name ends


@dataclass(slots=True)
class _Row:
    """What stands before people counted. ``at``: where it begins; ``bound``: by "and" or by whose they are; ``comma``: by it alone."""

    at: int
    names: int = 0
    bound: bool = False
    comma: bool = False


def with_named(
    tolls: Sequence[TollMention], passages: Sequence[Told], victims: Sequence[Victim]
) -> tuple[TollMention, ...]:
    """The tolls of an item, those beside whom victims are named counted with them; ``part_of`` points into the result."""
    lines = {told.lines[0][0].passage: told.lines for told in passages if told.lines}
    ends = {(one.span.passage, one.kind, one.span.end): one for one in victims}
    found: list[TollMention] = []
    places: dict[int, int] = {}
    for index, toll in enumerate(tolls):
        part = places.get(toll.part_of) if toll.part_of is not None else None
        told = replace(toll, part_of=part)
        places[index] = len(found)
        line = _line(lines.get(toll.span.passage, []), toll.span)
        whole = _whole(line, told, ends) if line else None
        found.append(whole or told)
        if whole is not None and toll.why.rule == "tolls.people":
            found.append(replace(told, part_of=places[index]))
    return tuple(found)


def _line(lines: Sequence[tuple[Span, Line]], span: Span) -> Line | None:
    """The sentence in which a toll stands."""
    at = bisect_right(lines, span.start, key=lambda one: one[0].start) - 1
    return lines[at][1] if at >= 0 and lines[at][0].end >= span.end else None


def _whole(line: Line, toll: TollMention, ends: _Ends) -> TollMention | None:
    """A toll with the people named right before it, or None where none are."""
    if toll.part_of is not None or toll.count is None or toll.count.vague or toll.why.rule not in _COUNTED:
        return None
    row = _row(line, toll, ends)
    count = _sum(line, row, toll.count)
    if count is None:
        return None
    span = replace(toll.span, start=row.at if row.names else toll.span.start)
    return replace(
        toll, span=span, text=line.text[span.start : span.end], count=count, who="unstated",
        why=Why(rule="tolls.side-by-side", entries=toll.why.entries),
    )  # fmt: skip


def _sum(line: Line, row: _Row, count: Toll) -> Toll | None:
    """People counted and named together; None where nobody is named, or only said who they are."""
    if not row.bound:
        apposed = count.least in {1, row.names}
        return None if apposed or not row.names or not row.comma else Toll(least=count.least, most=None)
    if row.names and _begins(line, row.at):
        return count.plus(Toll(least=row.names, most=row.names))
    if row.names or _somebody(line, row):
        return Toll(least=count.least + max(row.names, 1), most=None)
    return None


def _row(line: Line, toll: TollMention, ends: _Ends) -> _Row:
    """The names in a row right before a toll."""
    row = _Row(toll.span.start)
    _joint(line, row)
    while row.names < _ROWS:
        at = _bare_end(line, row)
        victim = ends.get((toll.span.passage, toll.kind, at))
        if victim is None or victim.relation or victim.span.start < line.start:
            break
        row.at, row.names = victim.span.start, row.names + 1
        before = replace(row, bound=False, comma=False)
        _joint(line, before)
        if not (before.bound or before.comma) or (toll.span.passage, toll.kind, _bare_end(line, before)) not in ends:
            break
        row.at = before.at
    return row


def _joint(line: Line, row: _Row) -> None:
    """Step back over articles, "and" and a comma before people."""
    if line.arabic and row.at > line.start and line.text[row.at - 1] == "و":
        row.at, row.bound = row.at - 1, True
    elif line.arabic:
        mark = next(line.ahead(row.at), None)
        row.bound = mark is not None and mark.start == row.at and joined(line, mark)
    for mark in line.back(row.at):
        if line.words(mark.end, row.at) or mark.role not in {"one", "the", "join"}:
            break
        row.bound = row.bound or mark.role == "join" or mark.plays("whose")
        row.at = mark.start
    row.comma = line.text[line.start : row.at].rstrip().endswith((",", "،"))


def _bare_end(line: Line, row: _Row) -> int:
    """Where the words before a row end, less marks of punctuation and an age between commas."""
    at = _stripped(line, row.at)
    mark = next(line.back(at), None)
    aged = mark is not None and mark.kind == "figure" and mark.end == at and line.text[at : at + 1] in {",", ")", "،"}
    return _stripped(line, mark.start) if aged and mark else at


def _stripped(line: Line, at: int) -> int:
    while at > line.start and line.text[at - 1] in _PUNCTUATION:
        at -= 1
    return at


def _begins(line: Line, at: int) -> bool:
    """Whether nothing stands before a row in its sentence, or the word of harm right before it."""
    mark = next(line.back(at), None)
    low = mark.end if mark and mark.kind == "harm" else line.start
    return not line.words(low, at)


def _somebody(line: Line, row: _Row) -> bool:
    """Whether somebody without a record stands before people: a name that begins the sentence or follows the word of harm."""
    mark = next(line.back(row.at), None)
    if mark is not None and mark.kind != "harm":
        return False
    low = mark.end if mark else line.start
    if line.arabic:
        return mark is not None and mark.field("side") == "after" and 0 < line.words(low, row.at) <= _NAME_REACH
    return _CAPITALS.fullmatch(line.gap(low, row.at)) is not None
