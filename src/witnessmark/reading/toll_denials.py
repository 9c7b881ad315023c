"""Harm that a text denies, or of which it says that nothing is known.

The rule: a word of denial shortly before a word of harm, with no comma, figure or other harm between them, denies it
("no casualties"); with a word of knowing between them, or behind, nothing is known and nothing is said ("no
information on casualties"). What this does not prove: that nobody was harmed.
"""

from itertools import takewhile
from typing import Literal

from witnessmark.reading.toll_marks import Line, Mark
from witnessmark.reading.toll_sides import tight

_DENIAL_REACH = 6  # words


def denial(line: Line, harm: Mark) -> Literal["", "denied", "unknown"]:
    """Whether harm is denied, or said to be unknown, by words shortly before or after it."""
    near = takewhile(lambda mark: line.words(mark.end, harm.start) <= _DENIAL_REACH, line.back(harm.start))
    none = next((mark for mark in near if mark.role == "none"), None)
    if none is None:
        return ""
    between = line.between(none.end, harm.start)
    if any(mark.kind == "harm" or mark.figure for mark in between) or line.clause_ends(none.end, harm.start):
        return ""
    if any(mark.plays("unknown") or mark.plays("others") for mark in between) or _unknown_behind(line, harm):
        return "unknown"
    return "denied"


def _unknown_behind(line: Line, harm: Mark) -> bool:
    """Whether "unknown" or, in Arabic, "other" follows (إصابات أخرى): no other casualties is not no casualties."""
    behind = next(line.ahead(harm.end), None)
    if behind is None or not tight(line, harm.end, behind.start):
        return False
    others = behind.role == "others" or behind.field("number") == "others"
    return behind.plays("unknown") or (line.arabic and others)
