"""Local features: corners of a picture with a descriptor each, by which copies are found that were cropped, turned or covered.

Corners are ORB's (Rublee et al., ICCV 2011, doi:10.1109/ICCV.2011.6126544: FAST over a pyramid, ranked by Harris), taken
in turn from the cells of a grid, so that one busy corner does not use up the allowance. The descriptor is a BRIEF of 256
comparisons, turned by the corner's angle, of which the second 128 mirror the first 128 at the axis of the angle. So the
descriptor in a mirrored picture is this one with its halves exchanged, and mirrored copies are found without another
descriptor. What they do not prove: anything by themselves; text, logos and patterns give corners that are alike anywhere.
"""

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from witnessmark.media.comparisons import comparisons
from witnessmark.terms.fingerprint import DESCRIPTOR, Features

if TYPE_CHECKING:
    import cv2

AREA = 480**2  # pixels of the picture as it is compared
WIDTH = 420  # its least width, if it stands upright: a phone's screen shows pictures across its width
LONG = 1100  # its longer side at most
ENLARGED = 4.0  # a small picture is enlarged at most so far, that its corners have the size they have in a large one
KEPT = 700  # corners kept of one picture
FOUND = 2500  # corners looked for
CELLS = 8  # the grid from whose cells corners are taken in turn, along each side
LEVELS = 8
COARSE = 3  # the level from which corners are coarse
STEP = 1.2  # from one level of the pyramid to the next
EDGE = 20  # corners stand off the edge so far, since the comparisons reach 15 pixels, and ORB's angle as far
TURNS = 60  # steps of angle in which the comparisons are turned
SAME = 7  # bits of 64 by which corners that are the same pattern differ
BESIDE = 16  # pixels within which one corner is found at several sizes
REPEATED = 3  # other places that show the same corner, from which it is left out
FAINT = 8  # least difference of brightness at a corner (FAST)


class _Corners(NamedTuple):
    """``xy``: pixels in the picture as compared; ``size``: the diameter in its pixels; ``angle``: degrees; ``level``."""

    xy: NDArray[np.float32]
    size: NDArray[np.float32]
    angle: NDArray[np.float32]
    level: NDArray[np.int32]


def features(luma: NDArray[np.uint8]) -> Features:
    """The features of an upright grey picture, (height, width): at most ``KEPT``, of few or none where there is little."""
    height, width = luma.shape
    size = _compared(height, width)
    if min(size) < 2 * EDGE:
        return Features(width=size[0], height=size[1], points=b"", descriptors=b"")
    corners, pyramid = _corners(luma, size)
    descriptors = _described(pyramid, corners)
    lone = _lone(corners.xy, descriptors)
    points = np.column_stack([corners.xy, corners.size, corners.angle])[lone].astype("<f4")
    return Features(width=size[0], height=size[1], points=points.tobytes(), descriptors=descriptors[lone].tobytes())


def _compared(height: int, width: int) -> tuple[int, int]:
    """The width and height at which a picture is compared: pictures and what shows them come out at like sizes."""
    scale = math.sqrt(AREA / (width * height))
    if height > width:
        scale = max(scale, WIDTH / width)
    scale = min(scale, LONG / max(height, width), ENLARGED)
    return max(1, round(width * scale)), max(1, round(height * scale))


@cache
def _detector() -> "cv2.ORB":
    import cv2  # noqa: PLC0415 - a heavy extra

    cv2.setNumThreads(1)  # the same points whatever the machine; processes share the work, threads do not
    return cv2.ORB.create(nfeatures=FOUND, scaleFactor=STEP, nlevels=LEVELS, edgeThreshold=EDGE, fastThreshold=FAINT)


def _corners(luma: NDArray[np.uint8], size: tuple[int, int]) -> tuple[_Corners, list[NDArray[np.uint8]]]:
    """Corners spread over the picture, and the levels it is described on (smoothed)."""
    import cv2  # noqa: PLC0415 - a heavy extra

    found = _detector()
    nearer = cv2.INTER_AREA if size[0] < luma.shape[1] else cv2.INTER_LINEAR
    picture = luma if size == luma.shape[::-1] else cv2.resize(luma, size, interpolation=nearer)
    rows = [(*one.pt, one.size, one.angle, one.octave, one.response) for one in found.detect(picture, None)]
    table = np.asarray(rows, dtype=np.float32).reshape(-1, 6)
    table = table[_spread(table, size)]
    levels: list[NDArray[np.uint8]] = []
    for level in range(LEVELS):
        reduced = (max(1, round(size[0] / STEP**level)), max(1, round(size[1] / STEP**level)))
        smaller = cv2.resize(picture, reduced, interpolation=cv2.INTER_LINEAR_EXACT)
        levels.append(np.asarray(cv2.GaussianBlur(smaller, (7, 7), 2), np.uint8))
    return _Corners(table[:, :2], table[:, 2], table[:, 3], table[:, 4].astype(np.int32)), levels


def _spread(table: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.intp]:
    """Which corners are kept: of each cell the strongest fine and the strongest coarse one, then the second of each, and so on.

    Coarse corners are what is left of a picture where it is shown small, in a collage or on a screen.
    """
    columns = np.minimum(table[:, 0] * CELLS / size[0], CELLS - 1).astype(np.int64)
    lines = np.minimum(table[:, 1] * CELLS / size[1], CELLS - 1).astype(np.int64)
    cell = (lines * CELLS + columns) * 2 + (table[:, 4] >= COARSE)
    order = np.lexsort((table[:, 4], table[:, 0], table[:, 1], -table[:, 5], cell))
    ordered = cell[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    return order[np.lexsort((-table[order, 5], rank))[:KEPT]]


def _lone(xy: NDArray[np.float32], descriptors: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which corners do not repeat all over the picture, as letters, tiles and halftone do: they would match anything."""
    word = np.ascontiguousarray(descriptors[:, :: DESCRIPTOR // 8]).view(np.uint64).ravel()
    alike = np.bitwise_count(word[:, None] ^ word[None]) <= SAME
    place = xy @ np.array((1, 1j))
    apart = np.abs(place[:, None] - place[None]) > BESIDE
    return np.asarray((alike & apart).sum(axis=1) < REPEATED)


@cache
def _comparisons() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Where the comparisons look, for each turn: x and y, each (TURNS, 2, 256), around a corner."""
    both = comparisons()
    turn = np.arange(TURNS) * (2 * np.pi / TURNS)
    cosine, sine = np.cos(turn)[:, None, None], np.sin(turn)[:, None, None]
    x = np.rint(both[..., 0] * cosine - both[..., 1] * sine)
    y = np.rint(both[..., 0] * sine + both[..., 1] * cosine)
    return x.astype(np.int32), y.astype(np.int32)


def _described(pyramid: list[NDArray[np.uint8]], corners: _Corners) -> NDArray[np.uint8]:
    """The descriptors, (corners, 32): bit by bit, whether the first end of a comparison is darker than the second."""
    strides = np.asarray([level.shape[1] for level in pyramid], dtype=np.int32)
    starts = np.cumsum([0, *(level.size for level in pyramid[:-1])], dtype=np.int32)
    scales = np.asarray([(a.shape[1] / pyramid[0].shape[1], a.shape[0] / pyramid[0].shape[0]) for a in pyramid])
    flat = np.concatenate([level.ravel() for level in pyramid])
    centre = np.rint(corners.xy * scales[corners.level]).astype(np.int32)
    x, y = _comparisons()
    turn = np.rint(corners.angle * (TURNS / 360)).astype(np.int32) % TURNS
    stride = strides[corners.level]
    at = starts[corners.level] + centre[:, 1] * stride + centre[:, 0]
    where = y[turn] * stride[:, None, None] + x[turn] + at[:, None, None]
    seen = flat.take(where, mode="clip")
    return np.packbits(seen[:, 0] < seen[:, 1], axis=1)
