"""Figures without people beside them: whether they may still count some.

The rule: no year, no age, no number that names a thing or counts things counts people; "of them" or "including" beside a figure
tells off some of those before. What it does not prove: that a number that is left counts anybody.
"""

import re

from witnessmark.reading.toll_marks import Line, Mark, tight
from witnessmark.reading.toll_numbers import Figure
from witnessmark.terms.toll import Toll

_YEARS = range(1900, 2101)
_UNGROUPED = re.compile(r"\d{7,}")  # a number of a telephone or of a post
_LISTED = re.compile(r"\s*[,،]?\s*(?:و\s*|and\s+)?")


def told_off(line: Line, index: int) -> bool:
    """Whether a figure without people tells off some of those before: "of them" or their state behind, "including" before."""
    mark, before = line.marks[index], line.marks[index - 1] if index else None
    if mark.figure is None or mark.figure.definite or _year(mark.figure.least, mark.figure.most):
        return False
    behind = line.marks[index + 1 : index + 3]
    if behind and behind[0].plays("theirs") and not line.gap(mark.end, behind[0].start).strip():
        return not (
            len(behind) > 1 and line.words(behind[0].end, behind[1].start) <= 1 and behind[1].kind in ("people", "harm")
        )
    if before is None or before.role != "part" or line.words(before.end, mark.start):
        return False
    return bool(behind) and behind[0].role == "stop" and not line.words(mark.end, behind[0].start)


def families(figure: Figure) -> Toll | None:
    """People in a number of families: each has one at least. Of one family nothing is said."""
    return Toll(least=figure.least, most=None) if figure.least > 1 else None


def _counts_things(line: Line, index: int) -> bool:
    """Whether a figure is one of several before what they all count, which is no people: (12 و 13 عاما), aged 12 and 13."""
    at = index
    while at + 1 < len(line.marks):
        one, following = line.marks[at], line.marks[at + 1]
        if following.kind == "thing" and at > index:
            return not line.words(one.end, following.start)
        if following.kind != "figure" or not _LISTED.fullmatch(line.gap(one.end, following.start)):
            return False
        at += 1
    return False


def stands_alone(line: Line, index: int, figure: Figure) -> bool:
    """Whether a figure without people may still count some: no year, no age, no number that names a thing."""
    if (
        (figure.definite and figure.least == figure.most)
        or not (figure.least or figure.beyond)
        or _year(figure.least, figure.most)
    ):
        return False
    before, mark = line.marks[index - 1] if index else None, line.marks[index]
    named = before is not None and (before.field("sort") == "numbered" or before.field("number") == "household")
    names = named and before is not None and tight(line, before.end, mark.start)  # "Route 60", عائلة واحدة
    kin = line.marks[index - 2] if before is not None and before.plays("of") and index > 1 else None
    if kin is not None and kin.kind == "people" and not line.words(kin.end, mark.start) - 1:  # "a mother of four"
        return False
    ages = _aged(line, mark) or _counts_things(line, index)
    return not (names or ages or _UNGROUPED.fullmatch(line.gap(mark.start, mark.end)))


def _aged(line: Line, mark: Mark) -> bool:
    """Whether a figure stands between two commas, as an age does: "a man, 25, was killed"."""
    return (
        line.gap(mark.start - 2, mark.start) in {", ", "، "}
        and line.text[mark.end : mark.end + 1] in {",", "،"}
        and mark.figure is not None
        and not mark.figure.entries
    )


def _year(least: int, most: int | None) -> bool:
    """Whether a bare number is more likely a year than people."""
    return least == most and least in _YEARS
