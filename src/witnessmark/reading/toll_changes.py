"""Counts that changed: "the death toll rose from four to nine" tells nine, and that it was four before.

The rule: where a word of change stands in the clause, what follows "from" is the earlier figure and what follows "to" the
one that stands, so that the two make no range. Without such a word "from four to nine" stays a range. What it does not
prove: that the earlier figure was ever published.
"""

from itertools import takewhile

from witnessmark.reading.toll_marks import Line, Mark, tight
from witnessmark.terms.toll import Toll

_REACH = 12  # words between a word of change and "from"


def standing(line: Line, mark: Mark) -> Toll | None:
    """The number a figure tells: of two that a count rose from and to, the second. None where it is no number of people."""
    figure = mark.figure
    if figure is None or figure.beyond:
        return None
    if figure.most is not None and changed(line, mark.start):
        return Toll(least=figure.most, most=figure.most)
    return Toll(least=figure.least, most=figure.most, vague=figure.vague)


def changed(line: Line, start: int) -> bool:
    """Whether two figures at a position are told as the earlier and the later of one count."""
    mark = next(line.ahead(start), None)
    figure = mark.figure if mark and mark.start == start else None
    two = figure is not None and figure.most is not None and figure.least < figure.most and not figure.vague
    return two and _from(line, start)


def earlier(line: Line, start: int, end: int) -> bool:
    """Whether people are a count's earlier figure: "rose from four dead to nine"."""
    behind = next(line.ahead(end), None)
    return behind is not None and behind.plays("to") and not line.words(end, behind.start) and _from(line, start)


def _from(line: Line, start: int) -> bool:
    """Whether "from" stands right before a position, and a word of change before that."""
    mark = next(line.back(start), None)
    if mark is None or not mark.plays("from") or not tight(line, mark.end, start):
        return False
    if mark.plays("change"):
        return True
    near = takewhile(lambda one: line.words(one.end, mark.start) <= _REACH, line.back(mark.start))
    return any(
        one.plays("change") or (one.field("side") == "toll" and tight(line, one.end, mark.start)) for one in near
    )
