"""From matches of pictures to copies: the forest that holds together what belongs together, and what was done to each.

Of all matches only those of least distance are kept that are needed to join what belongs together (a minimum spanning
forest, Kruskal 1956), so a thousand copies of one picture make 999 links. The forest of a whole is that of the forest of a
part and of the matches of the rest, so it grows with what is new and is the same in whatever order pictures came.

What it does not prove: which of two was first; two that are linked through a third may be far from each other.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.copy import Copy, Transform
from witnessmark.terms.fingerprint import FORMS, Region

QUARTERS: Final = FORMS // 2  # forms below are turned by so many quarters clockwise; the others are then mirrored
_NAMES: Final = {
    "whole": "the whole",
    "content": "what its frame holds",
    "panel": "what its screen shows",
    "crop": "a part",
}


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Two pictures' nearest regions. ``form``: how the region of ``one`` is turned and mirrored to be that of ``other``.

    ``one``, ``other``: addresses, ``one`` the lower. In order of distance (bits of 256), the nearest first.
    """

    distance: int
    one: str
    other: str
    region_one: Region
    region_other: Region
    form: int


def undone(form: int) -> int:
    """The form that undoes a form: turning back; mirroring what was turned undoes itself."""
    return form if form >= QUARTERS else (QUARTERS - form) % QUARTERS


def forest(matches: Iterable[Match]) -> list[Match]:
    """The nearest matches that join all that these join, in order of distance."""
    ordered = sorted(matches)
    return [ordered[place] for place in spanning((match.one, match.other) for match in ordered)]


def spanning(pairs: Iterable[tuple[Hashable, Hashable]]) -> list[int]:
    """The places of the pairs that join something that those before them did not."""
    above: dict[Hashable, Hashable] = {}

    def root(one: Hashable) -> Hashable:
        while (higher := above.get(one, one)) != one:
            above[one] = above.get(higher, higher)
            one = above[one]
        return one

    kept = []
    for place, (one, other) in enumerate(pairs):
        first, second = root(one), root(other)
        if first != second:
            above[second] = first
            kept.append(place)
    return kept


def copy_of(match: Match) -> Copy:
    """The copy that a match is."""
    return Copy(
        one=match.one, other=match.other, manner="hash", certain=True, why=why(match), transform=transform(match)
    )


def why(match: Match) -> str:
    """What agrees, in words."""
    parts = f"{_NAMES[match.region_one.name]} of one picture and {_NAMES[match.region_other.name]} of the other"
    changed = [f"turned by {turned(match.form)} degrees"] if turned(match.form) else []
    changed += ["mirrored"] if match.form >= QUARTERS else []
    return f"{parts} have nearly one hash ({match.distance} of 256 bits differ{', ' + ' and '.join(changed) if changed else ''})"


def turned(form: int) -> int:
    """Degrees clockwise by which a form is turned, before it is mirrored."""
    return form % QUARTERS * 90


def transform(match: Match) -> Transform:
    """Where each point of one picture is in the other: between the regions that match, then as the form turns and mirrors."""
    back = np.linalg.inv(_placing(match.region_one))
    matrix = _placing(match.region_other) @ _forming(match.form) @ back
    return Transform(
        matrix=tuple(round(float(number), 9) + 0.0 for number in matrix.ravel()),
        shared_one=_edges(match.region_one),
        shared_other=_edges(match.region_other),
        mirrored=match.form >= QUARTERS,
        turned=float(turned(match.form)),
    )


def _edges(region: Region) -> tuple[float, float, float, float]:
    return region.left, region.top, region.right, region.bottom


def _placing(region: Region) -> NDArray[np.float64]:
    """Takes the unit square to a region."""
    wide, high = region.right - region.left, region.bottom - region.top
    return np.array([[wide, 0, region.left], [0, high, region.top], [0, 0, 1]], np.float64)


def _forming(form: int) -> NDArray[np.float64]:
    """Takes the unit square to itself, turned and mirrored."""
    quarter = np.array([[0, -1, 1], [1, 0, 0], [0, 0, 1]], np.float64)
    mirrored = np.array([[-1, 0, 1], [0, 1, 0], [0, 0, 1]], np.float64)
    whole = np.linalg.matrix_power(quarter, form % QUARTERS)
    return mirrored @ whole if form >= QUARTERS else whole
