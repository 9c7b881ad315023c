"""Where two pictures, laid on each other, agree and where they contradict each other.

Over the part both show lies a grid. A cell agrees where pairs of corners lie in it, and contradicts where both pictures have
corners there that do not pair. What agrees has to hang together and fill a part of one picture that is wide and high, and
outweigh what contradicts within it: a caption, a logo, a banner or an app's bars are a strip or a corner, or an edge around
something else. What it does not prove: two pictures of one app with a large keyboard agree in the keyboard.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from witnessmark.tracing.fits import Bools, Floats, mapped

WIDE = 0.2  # of the width and of the height of one picture, filled by what agrees
NARROW, MOST = 0.17, 0.6  # or this much, where it is most of what has corners at all
FINEST, COARSEST = 10, 3  # cells of the grid along each side: about two pairs a cell
SHARE = 0.25  # of the pairs due in a cell, that have to be there for it to agree
MISSED = 1.5  # pairs due in a cell that has none, for it to contradict
OUTWEIGHS = 0.55  # of the pairs due in the box around what agrees, that have to be there
_SAMPLED = 64

Box = tuple[float, float, float, float]
Edges = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Corners of two pictures, in pixels (n, 2), with a map from the first to the second, and the pairs that agree."""

    one: Floats
    other: Floats
    one_frame: tuple[float, float]
    other_frame: tuple[float, float]
    matrix: Floats
    here: Floats
    there: Floats


class Agreed(NamedTuple):
    """``part``: of the first picture (shares), in which both show the same; ``places``: how many places agree there.

    ``share``: of the corners there that could agree, how many do.

    ``covered``: where, within that part, one of them shows something else or nothing (shares of the first).
    """

    part: Box
    places: int
    share: float
    covered: Box | None


def agreement(laid: Laid) -> Agreed | None:
    """Where the pictures agree; None where that is too little for a copy."""
    overlap = shown(laid.matrix, laid.one_frame, laid.other_frame)
    if overlap is None:
        return None
    side = int(np.clip(np.sqrt(len(laid.here) / 2), COARSEST, FINEST))
    cells = _cells(laid, overlap, side)
    if not cells.agree.any():
        return None
    body = _largest(cells.agree, cells.contrary, cells.paired)
    left, top, right, bottom = box = _around_all(body)
    paired, due = cells.paired[body].sum(), cells.fewer[body].sum()
    missed = cells.fewer[top:bottom, left:right][~body[top:bottom, left:right]].sum() * paired / max(1, due)
    inside = body.ravel()[_cell(laid.here, overlap, side)]
    if paired < OUTWEIGHS * (paired + missed) or not _wide(laid, inside):
        return None
    part = _grown(cells.contrary, box)
    lost = cells.lost & _filled(part, side)
    covered = _around_all(_largest(lost, ~lost, cells.paired + 1)) if lost.any() else None
    return Agreed(
        _in_shares(part, side, overlap, laid.one_frame),
        _places(laid.here[inside], laid.there[inside]),
        round(float(paired / max(1.0, due)), 3),
        None if covered is None else _in_shares(covered, side, overlap, laid.one_frame),
    )


def _around_all(cells: Bools) -> Edges:
    """The box around cells: from left and top to right and bottom, these exclusive."""
    lines, columns = np.nonzero(cells)
    return int(columns.min()), int(lines.min()), int(columns.max()) + 1, int(lines.max()) + 1


def _filled(box: Edges, side: int) -> Bools:
    cells = np.zeros((side, side), dtype=np.bool_)
    cells[box[1] : box[3], box[0] : box[2]] = True
    return cells


def _in_shares(box: Edges, side: int, overlap: Box, frame: tuple[float, float]) -> Box:
    """Edges of cells as shares of the first picture."""
    step = ((overlap[2] - overlap[0]) / side, (overlap[3] - overlap[1]) / side)
    left, top, right, bottom = (
        round(min(1.0, max(0.0, (overlap[n % 2] + box[n] * step[n % 2]) / frame[n % 2])), 3) for n in range(4)
    )
    return left, top, right, bottom


def shown(matrix: Floats, here: tuple[float, float], there: tuple[float, float]) -> Box | None:
    """The box in a picture of size ``here``, in its pixels, that lies within one of size ``there`` under a map."""
    steps = (np.arange(_SAMPLED) + 0.5) / _SAMPLED
    x, y = (each.ravel() for each in np.meshgrid(steps * here[0], steps * here[1]))
    at = mapped(matrix, np.column_stack([x, y]))
    inside = (at >= 0).all(axis=1) & (at <= there).all(axis=1)
    if not inside.any():
        return None
    half = (here[0] / _SAMPLED / 2, here[1] / _SAMPLED / 2)
    return (
        float(x[inside].min() - half[0]),
        float(y[inside].min() - half[1]),
        float(x[inside].max() + half[0]),
        float(y[inside].max() + half[1]),
    )


def _cell(points: Floats, box: Box, side: int) -> NDArray[np.int64]:
    """The number of the cell in which each point lies, those outside in the nearest."""
    share = (points - box[:2]) / (np.array(box[2:]) - box[:2])
    at = np.clip(share * side, 0, side - 1).astype(np.int64)
    return np.asarray(at[:, 1] * side + at[:, 0])


class _Cells(NamedTuple):
    """Of a grid (side, side): which cells agree, which contradict, and in which one picture has nothing of the other.

    ``paired``: pairs that agree; ``fewer``: corners of the picture that has fewer there.
    """

    agree: Bools
    contrary: Bools
    lost: Bools
    paired: NDArray[np.int64]
    fewer: NDArray[np.int64]


def _cells(laid: Laid, box: Box, side: int) -> _Cells:
    inverse = np.linalg.inv(laid.matrix)
    seen = mapped(laid.matrix, laid.one)
    mine = laid.one[(seen >= 0).all(axis=1) & (seen <= laid.other_frame).all(axis=1)]
    back = mapped(inverse / inverse[2, 2], laid.other)
    theirs = back[(back >= 0).all(axis=1) & (back <= laid.one_frame).all(axis=1)]
    count = [np.bincount(_cell(points, box, side), minlength=side * side) for points in (laid.here, mine, theirs)]
    paired, fewer, more = count[0], np.minimum(count[1], count[2]), np.maximum(count[1], count[2])
    rate = paired.sum() / max(1, fewer.sum())  # pairs a corner, if the two agreed everywhere alike
    agree = (paired > 0) & (paired >= SHARE * rate * fewer)
    contrary = ~agree & (rate * fewer >= MISSED)
    lost = (paired == 0) & (rate * more >= 2 * MISSED)
    grid = (side, side)
    contents = (paired.reshape(grid), fewer.reshape(grid))
    return _Cells(agree.reshape(grid), contrary.reshape(grid), lost.reshape(grid), *contents)


def _largest(agree: Bools, contrary: Bools, weight: NDArray[np.int64]) -> Bools:
    """The heaviest body of agreeing cells that touch, or have but one empty cell between them (the first of equals)."""
    side = len(agree)
    through = agree | (_around(agree, side) & ~contrary)
    names = np.where(through, np.arange(1, agree.size + 1).reshape(agree.shape), 0)
    for _ in range(agree.size):
        spread = np.where(through, _around(names, side), 0)
        if (spread == names).all():
            break
        names = spread
    return np.asarray(agree & (names == np.bincount(names[agree], weights=weight[agree]).argmax()))


def _around(cells: NDArray[Any], side: int) -> NDArray[Any]:
    """The greatest value of each cell and the eight around it."""
    wide = np.pad(cells, 1)
    return np.asarray(np.max([wide[y : y + side, x : x + side] for y in range(3) for x in range(3)], axis=0))


def _wide(laid: Laid, inside: Bools) -> bool:
    """Whether what agrees spans enough of one of the pictures, across and down."""
    for points, frame, every in ((laid.here, laid.one_frame, laid.one), (laid.there, laid.other_frame, laid.other)):
        # Without the outermost tenths: a few corners agree by chance, far from a strip that is the same.
        span = np.subtract(*np.percentile(points[inside], (90, 10), axis=0)) / (0.8 * np.array(frame))
        reach = np.subtract(*np.percentile(every, (90, 10), axis=0)) / (0.8 * np.array(frame))
        if (span >= np.minimum(WIDE, np.maximum(NARROW, reach * MOST))).all():
            return True
    return False


def _grown(contrary: Bools, box: Edges) -> Edges:
    """The box around what agrees, stretched over strips beside it that do not contradict (sky, walls)."""
    left, top, right, bottom = box
    side = len(contrary)

    def free(lines: slice, columns: slice) -> bool:
        return not contrary[lines, columns].any()

    while top > 0 and free(slice(top - 1, top), slice(left, right)):
        top -= 1
    while bottom < side and free(slice(bottom, bottom + 1), slice(left, right)):
        bottom += 1
    while left > 0 and free(slice(top, bottom), slice(left - 1, left)):
        left -= 1
    while right < side and free(slice(top, bottom), slice(right, right + 1)):
        right += 1
    return left, top, right, bottom


def _places(here: Floats, there: Floats) -> int:
    """How many places agree: corners on one spot, found at several sizes, count once."""
    spots = [len(np.unique(np.floor(points / 5) @ (1, 10_000))) for points in (here, there)]
    return min(spots)
