"""Families with their size: "a family of five", عائلة مؤلفة من خمسة أفراد.

The rule: the number right behind "family of" counts its people, as if it stood before a word for them; of people who are
only some of such a family ("three members of a family of six") it counts nobody further. What it does not prove: that the
whole family was at home.
"""

from collections.abc import Sequence
from dataclasses import replace

from witnessmark.reading.toll_group import Group
from witnessmark.reading.toll_marks import Line, tight

_ADJECTIVE = 1  # words between an Arabic word for a family and "made up of"


def sized(line: Line, groups: Sequence[Group]) -> list[Group]:
    """The groups of a sentence, families and their sizes as one."""
    found: list[Group] = []
    for group in groups:
        family = found[-1] if found else None
        if family is not None and _size(line, family, group):
            if family.count is None:
                found[-1] = replace(family, end=group.end, count=group.count, who=group.who, form="figure")
        elif (start := _family_of(line, group)) is None:
            found.append(group)
        elif not _some_of_it(line, start):
            found.append(replace(group, form="figure"))
    return found


def _size(line: Line, family: Group, group: Group) -> bool:
    """Whether a figure tells how many an Arabic family is, or the family is one of which some were told."""
    last = next(line.back(family.end), None)
    if not line.arabic or last is None or last.field("number") != "household" or group.form not in {"bare", "figure"}:
        return False
    between = line.between(family.end, group.start)
    return (
        len(between) == 1
        and (between[0].role == "sized" or between[0].plays("from"))
        and not group.joined
        and line.words(family.end, between[0].start) <= _ADJECTIVE
        and not line.clause_ends(family.end, group.start)
        and tight(line, between[0].end, group.start)
    )


def _family_of(line: Line, group: Group) -> int | None:
    """Where "family of" begins, right before a bare figure."""
    of = next(line.back(group.start), None)
    if group.form != "bare" or of is None or not (of.plays("of") and tight(line, of.end, group.start)):
        return None
    family = next(line.back(of.start), None)
    near = family is not None and family.field("sort") == "family" and tight(line, family.end, of.start)
    return family.start if near and family else None


def _some_of_it(line: Line, start: int) -> bool:
    """Whether people are told of as some of the family at a position: "three members of a family of six"."""
    article = next(line.back(start), None)
    if article is not None and article.role in {"one", "the"} and tight(line, article.end, start):
        start = article.start
    of = next(line.back(start), None)
    return of is not None and of.plays("of") and tight(line, of.end, start)
