"""Harm that a text denies, or of which it says that nothing is known.

The rule: a word of denial shortly before a word of harm, with no comma, figure or other harm between them, denies it
("no casualties"); with a word of knowing between them, or behind, nothing is known and nothing is said ("no
information on casualties"). What this does not prove: that nobody was harmed.
"""

from itertools import takewhile
from typing import Literal

from witnessmark.reading.toll_marks import Line, Mark, tight

_DENIAL_REACH = 6  # words


def denial(line: Line, harm: Mark) -> tuple[Literal["", "denied", "unknown"], int]:
    """Whether harm is denied, or said to be unknown, by words shortly before or after it; and where those begin."""
    near = takewhile(lambda mark: line.words(mark.end, harm.start) <= _DENIAL_REACH, line.back(harm.start))
    word = next((mark for mark in near if mark.role in {"none", "unclear"}), None)
    if word is None:
        return _said_beside(line, harm), harm.start
    between = line.between(word.end, harm.start)
    if any(mark.kind == "harm" or mark.figure for mark in between) or line.clause_ends(word.end, harm.start):
        return "", harm.start
    asked = word.role == "unclear" or any(mark.plays("unknown") or mark.plays("others") for mark in between)
    return ("unknown" if asked or _unknown_behind(line, harm) else "denied"), word.start


def _said_beside(line: Line, harm: Mark) -> Literal["", "denied", "unknown"]:
    """What stands right beside a word of harm: "0 missing", "casualties unknown"."""
    before, behind = next(line.back(harm.start), None), next(line.ahead(harm.end), None)
    figure = before.figure if before is not None and tight(line, before.end, harm.start) else None
    if figure is not None and figure.most == 0:
        return "denied"
    unclear = behind is not None and behind.role in {"unclear", "unsure"} and tight(line, harm.end, behind.start)
    return "unknown" if unclear else ""


def _unknown_behind(line: Line, harm: Mark) -> bool:
    """Whether "unknown" or, in Arabic, "other" follows (إصابات أخرى): no other casualties is not no casualties."""
    behind = next(line.ahead(harm.end), None)
    if behind is None or not tight(line, harm.end, behind.start):
        return False
    others = behind.role == "others" or behind.field("number") == "others"
    return behind.plays("unknown") or (line.arabic and others)
