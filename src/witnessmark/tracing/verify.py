"""Do two pictures hold the same pixels, and how do they lie on each other? Local features held against each other.

Corners whose descriptors are each other's nearest are paired, the map most pairs agree with is found (``fits``), and what
agrees has to fill a part of one picture (``agreement``), so that a caption, a logo or an interface in common is no copy. A
mirrored copy is found by exchanging the halves of the descriptors. The two pictures are put into one order first, and nothing
is drawn at random: the answer is the same on every run, whichever is ``one``. What it does not prove: which picture was made
from which, or that a person would see the same in both.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.copy import Transform
from witnessmark.terms.fingerprint import DESCRIPTOR, POINT, Features
from witnessmark.tracing.agreement import Box, Laid, agreement
from witnessmark.tracing.fits import LEAST, Floats, Pairs, fitted, mapped, plausible

NEAR = 64  # bits of 256 by which two descriptors of one corner may differ
MATCHED = 12  # places that have to agree; of 1,500 photographs that are in no pool of 1,500, none had more than 9 (docs/explanation)
AT_ONCE = 32  # descriptors held against all others
SMALLEST = 31.0  # pixels of the smallest corner

Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Corners:
    """Features as arrays: ``xy`` pixels (n, 2), ``size`` and ``angle`` (n), ``bits`` (n, 4) of 64, ``frame`` (width, height)."""

    xy: Floats
    size: Floats
    angle: Floats
    bits: Words
    frame: tuple[float, float]

    def mirrored(self) -> "Corners":
        """The features of the picture mirrored left for right: a descriptor's halves change places."""
        xy = np.column_stack([self.frame[0] - 1 - self.xy[:, 0], self.xy[:, 1]])
        return Corners(xy, self.size, (180 - self.angle) % 360, mirrored(self.bits), self.frame)


def mirrored(bits: Words) -> Words:
    """The descriptors (n, 4) that the same corners have in the mirrored picture (``media.features``)."""
    return bits[:, [2, 3, 0, 1]]


def corners(features: Features) -> Corners:
    """The arrays of features. Bytes that were cut off, and points that are no numbers or lie outside, are left out."""
    count = min(len(features.points) // POINT, len(features.descriptors) // DESCRIPTOR)
    points = np.frombuffer(features.points, dtype="<f4", count=count * 4).reshape(-1, 4).astype(np.float64)
    bits = np.frombuffer(features.descriptors, dtype="<u8", count=count * 4).reshape(-1, 4).astype(np.uint64)
    frame = (float(max(features.width, 1)), float(max(features.height, 1)))
    inside = (points[:, :2] >= 0).all(axis=1) & (points[:, :2] <= frame).all(axis=1)
    sound = np.isfinite(points).all(axis=1) & inside & (points[:, 2] >= 1) & (points[:, 2] <= 1000)
    return Corners(points[sound, :2], points[sound, 2], points[sound, 3] % 360, bits[sound], frame)


def verified(one: Features, other: Features) -> Transform | None:
    """How ``other`` lies on ``one``, as it is or mirrored; None where they do not hold the same picture."""
    found = compared(corners(one), corners(other))
    return None if found is None else found.transform


class Likeness(NamedTuple):
    """How two pictures lie on each other, which share of the corners agrees, where both show the same, and what is covered.

    ``covered``: a part of ``one`` (shares) in which one of the two shows something else, or nothing.
    """

    transform: Transform
    share: float
    covered: Box | None


def compared(one: Corners, other: Corners, *, way: bool | None = None) -> Likeness | None:
    """As ``verified``, of corners that are arrays already. ``way``: whether mirrored, where only one way is to be tried."""
    if _order(one) > _order(other):
        found = compared(other, one, way=way)
        return None if found is None else _inverted(found)
    tried = [_one_way(one, other, over=over) for over in (False, True) if way in {None, over}]
    return max((each for each in tried if each is not None), key=lambda each: each.transform.matched, default=None)


def _inverted(likeness: Likeness) -> Likeness:
    transform, share, covered = likeness
    there = None if covered is None else _boxed(np.reshape(transform.matrix, (3, 3)), covered)
    return Likeness(inverted(transform), share, there)


def inverted(transform: Transform) -> Transform:
    """The same, seen from the other picture."""
    matrix = np.linalg.inv(np.reshape(transform.matrix, (3, 3)))
    return Transform(
        matrix=_written(matrix),
        shared_one=transform.shared_other,
        shared_other=transform.shared_one,
        mirrored=transform.mirrored,
        turned=transform.turned if transform.mirrored else _degrees(-transform.turned),
        matched=transform.matched,
    )


def distances(one: Words, other: Words) -> NDArray[np.int16]:
    """Hamming distances of descriptors, (n, 4) against (m, 4): (n, m)."""
    total = np.empty((len(one), len(other)), dtype=np.int16)
    for start in range(0, len(one), AT_ONCE):  # so few at a time that what is in between stays in the processor's cache
        rows = one[start : start + AT_ONCE]
        apart = np.bitwise_count(rows[:, None, 0] ^ other[None, :, 0]).astype(np.int16)
        for word in range(1, one.shape[1]):
            apart += np.bitwise_count(rows[:, None, word] ^ other[None, :, word])
        total[start : start + AT_ONCE] = apart
    return total


def _order(one: Corners) -> tuple[int, bytes, bytes]:
    return len(one.xy), one.bits.tobytes(), one.xy.tobytes()


def _one_way(one: Corners, other: Corners, *, over: bool) -> Likeness | None:
    """``over``: the other picture is turned over (mirrored) first."""
    laid = _laid(one, other.mirrored() if over else other)
    found = None if laid is None else agreement(laid)
    if laid is None or found is None or found.places < MATCHED:
        return None
    return Likeness(_transform(laid, found.part, found.places, over=over), found.share, found.covered)


def _laid(one: Corners, other: Corners) -> Laid | None:
    """The two on each other, as most pairs of corners have it, if a copy can lie so."""
    mine, theirs = _pairs(one.bits, other.bits)
    if len(mine) < LEAST:
        return None
    scale, turn = other.size[theirs] / one.size[mine], np.deg2rad(other.angle[theirs] - one.angle[mine])
    ease = np.sqrt(np.maximum(one.size[mine], other.size[theirs]) / SMALLEST)
    fit = fitted(Pairs(one.xy[mine], other.xy[theirs], scale, turn, ease))
    if fit is None or not plausible(fit.matrix, one.frame):
        return None
    mine, theirs = mine[fit.agree], theirs[fit.agree]
    return Laid(one.xy, other.xy, one.frame, other.frame, fit.matrix, one.xy[mine], other.xy[theirs])


def _pairs(one: Words, other: Words) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Corners that are each other's nearest and near enough: their numbers in both."""
    if not len(one) or not len(other):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    distance = distances(one, other)
    nearest = distance.argmin(axis=1)
    mine = np.arange(len(one))
    kept = (distance.argmin(axis=0)[nearest] == mine) & (distance[mine, nearest] <= NEAR)
    return mine[kept], nearest[kept]


def _transform(laid: Laid, part: Box, matched: int, *, over: bool) -> Transform:
    """The map in shares of width and height, with the parts that show the same."""
    (width, height), (wide, high) = laid.one_frame, laid.other_frame
    flip = np.array([[-1.0, 0, wide - 1], [0, 1, 0], [0, 0, 1]]) if over else np.eye(3)
    matrix = np.diag([1 / wide, 1 / high, 1]) @ flip @ laid.matrix @ np.diag([width, height, 1])
    matrix /= matrix[2, 2]
    turned = float(np.rad2deg(np.arctan2(laid.matrix[1, 0] - laid.matrix[0, 1], laid.matrix[0, 0] + laid.matrix[1, 1])))
    return Transform(
        matrix=_written(matrix),
        shared_one=part,
        shared_other=_boxed(matrix, part),
        mirrored=over,
        turned=_degrees(turned),
        matched=matched,
    )


def _written(matrix: Floats) -> tuple[float, ...]:
    return tuple(round(float(each), 4) + 0.0 for each in (matrix / matrix[2, 2]).ravel())


def _boxed(matrix: Floats, part: Box) -> Box:
    """The box around a part of one picture, as it lies in the other."""
    edges = np.array([(x, y) for x in part[::2] for y in part[1::2]])
    there = np.clip(mapped(matrix, edges), 0, 1)
    left, top, right, bottom = (round(float(edge), 3) for edge in (*there.min(axis=0), *there.max(axis=0)))
    return left, top, right, bottom


def _degrees(angle: float) -> float:
    """Between -180 (exclusive) and 180, to half a degree: corners are not more exact."""
    return round(((angle + 180) % 360 - 180) * 2) / 2 + 0.0
