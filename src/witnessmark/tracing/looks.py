"""Which stretches of which two clips are worth decoding closely: those whose near moments follow each other as a copy's do.

Near moments of two clips are points (second of the one, second of the other). Those of a copy lie on a line: its slope is how
much slower the other runs, and where it begins is what was cut off. The line with most moments is taken, then the next, since a compilation
holds several stretches. A long stretch is looked at where it begins and where it ends. What it does not prove: anything;
a look is a question, answered by :mod:`footage` from pictures decoded closely.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from witnessmark.terms.copy import Segment
from witnessmark.terms.fingerprint import Footage, Region, middles
from witnessmark.tracing.moments import WHOLE, Floats, Hits, hits, moments

# As it is, and slowed or sped up as programs offer it; 24 and 25 pictures a second taken for each other.
SLOPES: Final = (1.0, 0.5, 2.0, 0.75, 1.25, 1.5, 0.8, 2 / 3, 4 / 3, 0.9, 1.1, 24 / 25, 25 / 24, 0.25, 4.0)
MARGIN: Final = 5.0  # seconds looked at before the first and after the last near moment
LONG: Final = 45.0  # seconds above which only both ends are looked at
END: Final = 12.0  # seconds looked at within each end
FURTHER: Final = 20.0  # seconds looked at beyond an end that was not reached
_BESIDE: Final = 0.4  # seconds that a moment may lie beside the line
_UNSURE: Final = 1.5  # seconds that a guess from near moments may be wrong by
_LINES: Final = 6  # stretches of two clips at most
_POINTS: Final = 3000  # points of two clips at most, the nearest first
_ALONE: Final = 31  # bits up to which a single near moment is worth a look
_PLAIN: Final = 1.2  # times by which another slope must fit more moments than the usual one


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Look:
    """Two stretches to decode closely: seconds of ``one`` and of ``other``, and of either a region, or the whole.

    ``form``: which form of ``one``'s picture is thought to be ``other``'s (0 to 7, as in ``terms.fingerprint``). At
    ``at_one`` and ``at_other`` both are thought to show the same moment; ``slope``: seconds of ``other`` for one of ``one``. ``line``: its number among
    the lines of these two clips: looks of one line are ends of one stretch; ``hits``: how many moments lie on it;
    ``unsure``: seconds that ``at_other`` may be wrong by.
    """

    one: str
    other: str
    one_from: float
    one_to: float
    other_from: float
    other_to: float
    form: int
    at_one: float
    at_other: float
    slope: float
    line: int
    hits: int
    region_one: Region | None = None
    region_other: Region | None = None
    unsure: float = _UNSURE


def looks(clips: Mapping[str, Footage], fresh: frozenset[str] | None = None) -> list[Look]:
    """What to look at closely among clips by address; with ``fresh`` only pairs that hold one of these. Sorted."""
    names = sorted(clips)
    held = [clips[name] for name in names]
    asked = None if fresh is None else np.array([name in fresh for name in names], np.bool_)
    found = hits(moments(held), asked)
    out: list[Look] = []
    for pick in _pairs(found):
        one, other = int(found.one[pick[0]]), int(found.other[pick[0]])
        between = (names[one], held[one]), (names[other], held[other])
        for line, chosen in enumerate(_lines(found, pick)):
            out += _looked(between, found, chosen, line)
    return sorted(set(out), key=_order)


def _order(look: Look) -> tuple[str, str, int, float, float]:
    return look.one, look.other, look.line, look.one_from, look.other_from


def _pairs(found: Hits) -> Iterator[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Places of the hits of each two clips."""
    if not len(found.one):
        return
    order = np.lexsort((found.bits, found.other, found.one))
    breaks = np.flatnonzero(np.diff(found.one[order]) | np.diff(found.other[order])) + 1
    yield from (np.asarray(part, np.int64) for part in np.split(order, breaks))


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """Hits on a line, the slope, and how many moments they are."""

    on: np.ndarray[tuple[int], np.dtype[np.int64]]
    slope: float
    count: float


def _lines(found: Hits, pick: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[_Line]:
    """Lines through the hits of two clips, the fullest first."""
    lines: list[_Line] = []
    left = pick[:_POINTS]
    while len(left) and len(lines) < _LINES:
        kinds = np.stack([found.form[left], found.crop_one[left], found.crop_other[left]], 1)
        best = max((_fullest(found, left[(kinds == kind).all(1)]) for kind in np.unique(kinds, axis=0)), key=_fullness)
        if best.count < 2 and int(found.bits[best.on].min()) > _ALONE:
            left = left[~np.isin(left, best.on)]
            continue
        lines.append(best)
        line = best.slope * (found.at_one[left] - found.at_one[best.on[0]]) + found.at_other[best.on[0]]
        low, high = found.at_one[best.on].min() - MARGIN, found.at_one[best.on].max() + MARGIN
        near = (np.abs(found.at_other[left] - line) < 2 * _BESIDE) | np.isin(left, best.on)
        left = left[~(near & (found.at_one[left] >= low) & (found.at_one[left] <= high))]
    return lines


def _fullness(line: _Line) -> float:
    return line.count


def _fullest(found: Hits, pick: np.ndarray[tuple[int], np.dtype[np.int64]]) -> _Line:
    """The line, of all speeds, on which most moments of one lie; a moment near to many counts less for each."""
    ones, others = found.at_one[pick], found.at_other[pick]
    best = _Line(pick[:1], 1.0, 0.0)
    for slope in SLOPES:
        away = others - slope * ones
        order = np.argsort(away, kind="stable")
        held = away[order]
        ends = np.searchsorted(held, held + 2 * _BESIDE, "right")
        counts = _distinct(ones[order], others[order], ends)
        at = int(np.argmax(counts))
        if counts[at] > best.count * (_PLAIN if slope != 1.0 else 1.0):
            best = _Line(pick[order[at : ends[at]]], slope, float(counts[at]))
    return best


def _distinct(ones: Floats, others: Floats, ends: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    """For each window of hits that begins there: a bound of how many moments of both it holds, none counted twice."""
    weights = np.minimum(_shares(ones), _shares(others))
    total = np.concatenate([[0.0], np.cumsum(weights)])
    at = np.arange(len(ones))
    return np.asarray(np.where(ends - at > 1, np.maximum(total[ends] - total[at], 1.0), 1.0), np.float64)


def _shares(times: Floats) -> Floats:
    """One by how many hits share a moment."""
    _, place, counts = np.unique(times, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / counts[place.reshape(-1)], np.float64)


def _looked(
    between: tuple[tuple[str, Footage], tuple[str, Footage]], found: Hits, line: _Line, number: int
) -> list[Look]:
    """One look along a line, or one at each end of a long one."""
    (one, mine), (other, theirs) = between
    ones, others = found.at_one[line.on], found.at_other[line.on]
    first, last = int(np.argmin(ones)), int(np.argmax(ones))
    region = _region(mine, int(found.crop_one[line.on[0]])), _region(theirs, int(found.crop_other[line.on[0]]))

    def look(at: int, before: float, after: float) -> Look:
        whole = Look(
            one=one, other=other, one_from=0, one_to=0, other_from=0, other_to=0, form=int(found.form[line.on[0]]),
            at_one=float(ones[at]), at_other=float(others[at]), slope=line.slope, line=number, hits=len(set(ones)),
            region_one=region[0], region_other=region[1],
        )  # fmt: skip
        return around(whole, before, after, mine.duration, theirs.duration)

    span = float(ones[last] - ones[first])
    if span <= LONG:
        return [look(first, MARGIN, span + MARGIN)]
    return [look(first, MARGIN, END), look(last, END, MARGIN)]


def _region(clip: Footage, crop: int) -> Region | None:
    if crop == WHOLE:
        return None
    there = middles(clip.width, clip.height)
    return there[crop] if crop < len(there) else None


def further(look: Look, found: Sequence[Segment], clips: Mapping[str, Footage]) -> list[Look]:
    """Where a segment goes on to the edge of what was looked at: what lies beyond, to be looked at as well."""
    out: list[Look] = []
    one, other = clips[look.one].duration, clips[look.other].duration
    for part in found:
        for back in (True, False):
            at, there = (part.one_from, part.other_from) if back else (part.one_to, part.other_to)
            edge = look.one_from if back else look.one_to
            rest = min(at, there * part.speed) if back else min(one - at, (other - there) * part.speed)
            if abs(at - edge) < 1 and rest > 1:
                before, after = (FURTHER, 1.0) if back else (1.0, FURTHER)
                beyond = replace(look, at_one=at, at_other=there, slope=1 / part.speed, unsure=_UNSURE)
                out.append(around(beyond, before, after, one, other))
    return out


def around(look: Look, before: float, after: float, one: float, other: float) -> Look:
    """The stretches so many seconds of one before and after where both show the same, within the clips' lengths."""
    at, there, slope = look.at_one, look.at_other, look.slope
    return replace(
        look,
        one_from=max(0.0, at - before),
        one_to=min(one, at + after),
        other_from=max(0.0, there - slope * before - 1),
        other_to=min(other, there + slope * after + 1),
    )
