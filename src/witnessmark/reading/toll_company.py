"""Groups of people that are not what they look like alone: whose word a sentence is, and those a total sums up.

The rule: people right before a word of saying, in a clause of their own behind a comma ("…, a teacher said"), tell of the
harm and suffer none. A figure with "in all" behind it is the whole of the people named before it, never further people
("three families, 14 people in all"). What it does not prove: that a total was added up rightly.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from witnessmark.reading.toll_group import Group
from witnessmark.reading.toll_marks import Line

_SPEAKER_REACH = 3  # words of a name or an office between a speaker and "said"
_NO_SPEAKER = frozenset({"part", "be", "stop"})  # whom a clause with these names are those told of


def harmed(line: Line, groups: Sequence[Group]) -> list[Group]:
    """The groups of a sentence less its speakers, a bare total made people."""
    return [_summed(line, one) for one in groups if not _speaks(line, one)]


def totalled(line: Line, tops: Sequence[Group]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """People side by side as they are counted, and those among them: of "two women and a man, three in all" the three.

    Of families a total says how many people they are, so that they are no part of it.
    """
    last = tops[-1]
    if len(tops) == 1 or not _in_all(line, last):
        return tuple(tops), ()
    said = {one.who for one in tops[:-1]}
    who = said.pop() if len(said) == 1 and last.who == "unstated" else last.who
    return (replace(last, start=tops[0].start, who=who),), tuple(
        one for one in tops[:-1] if one.form in {"figure", "single", "dual"}
    )


def _summed(line: Line, group: Group) -> Group:
    """A bare figure that is a total of people: "three families, 14 in all"."""
    return replace(group, form="figure") if group.form == "bare" and _in_all(line, group) else group


def _in_all(line: Line, group: Group) -> bool:
    """Whether "in all" stands right behind people, or "a total of" right before them."""
    behind, before = next(line.ahead(group.end), None), next(line.back(group.start), None)
    after = behind is not None and behind.role == "in-all" and not line.words(group.end, behind.start)
    ahead = before is not None and before.role == "total-of" and not line.words(before.end, group.start)
    return after or ahead


def _speaks(line: Line, group: Group) -> bool:
    """Whether people are whose word a sentence is: behind a comma, with "said" right after them."""
    for mark in line.ahead(group.end):
        if line.words(group.end, mark.start) > _SPEAKER_REACH or line.clause_ends(group.end, mark.start):
            return False
        if mark.role == "says":
            return _opens_clause(line, group.start)
        if mark.kind in {"harm", "figure"} or mark.plays("passive"):
            return False
    return False


def _opens_clause(line: Line, start: int) -> bool:
    """Whether a comma stands before a position, with nothing between that tells of harm."""
    within = takewhile(lambda mark: not line.clause_ends(mark.end, start), line.back(start))
    return line.clause_ends(line.start, start) and not any(
        mark.kind == "harm" or mark.role in _NO_SPEAKER for mark in within
    )
