"""Quotation marks: which stretches of a passage stand in quotation marks, in both scripts.

A mark that opens and never closes within its line quotes nothing. Straight marks pair in order within a line. A short
quotation after a word for a name ("by the name “…”") is a name and no speech; that is for the callers to see.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

_LONGEST = 1500  # code points of the longest quotation that is taken for one
_PAIRS = (("“", "”"), ("«", "»"), ("„", "”"))
_STRAIGHT = re.compile(r"\"([^\"\n]{2,1200})\"")
# An opening mark where a closing one should stand, as keyboards without it write: “name“.
_TWICE = re.compile(rf"“(?=\S)[^“”\n]{{2,{_LONGEST}}}(?<=\S)“(?!\w)")
# A curly mark closed by a straight one, or opened by a closing one, as keyboards and converters leave them.
_MIXED = re.compile(rf'“(?=\S)[^“”"\n]{{2,{_LONGEST}}}(?<=[,.!?…])"')
_TURNED = re.compile(rf"(?m)^” ?(?=\w|…)[^“”\n]{{2,{_LONGEST}}}”")
# A paragraph of a quotation that goes on below: it opens with a mark, as the next one does, and has none at its end.
_GOES_ON = re.compile(rf"(?m)^(?:“[^“”\n]{{20,{_LONGEST}}}(?=\n\s*“)|\"[^\"\n]{{20,{_LONGEST}}}(?=\n\s*\"))")
# Two apostrophes as a newspaper's mark; single marks, where they are no apostrophes.
_DOUBLED = re.compile(r"''(?!')(?:[^'\n]|'(?!')){2,1200}''")
_SINGLE = re.compile(r"(?<![\w’])‘(?:[^‘’\n]|’(?=\w)){12,600}’(?!\w)")


def quotations(text: str) -> list[tuple[int, int]]:
    """Start and end, marks included, in order; none overlap."""
    found: list[tuple[int, int]] = []
    for opening, closing in _PAIRS:
        pattern = re.compile(rf"{opening}[^{opening}{closing}\n]{{2,{_LONGEST}}}(?:{closing}|\Z)")
        found += [hit.span() for hit in pattern.finditer(text)]
    for other in (_GOES_ON, _MIXED, _TURNED, _TWICE, _STRAIGHT, _DOUBLED, _SINGLE):
        found += [hit.span() for hit in other.finditer(text)]
    out: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def near(quotes: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """The quotations that reach into a stretch, and the one before it."""
    return quotes[max(0, bisect_right(quotes, (start, 0)) - 2) : bisect_right(quotes, (end, 0))]


def inside(quotes: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The quotation around a place, or None."""
    number = bisect_right(quotes, (at, 1 << 40)) - 1
    if number >= 0 and quotes[number][0] <= at < quotes[number][1]:
        return quotes[number]
    return None
