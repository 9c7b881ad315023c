"""Local features: corners of a picture with a descriptor each, by which copies are found that were cropped, turned or covered.

Corners and their angles are much as ORB's (Rublee et al., ICCV 2011, doi:10.1109/ICCV.2011.6126544), over a pyramid and ranked by
Harris, but taken in turn from the cells of a grid: else lettering on a screen uses up the allowance, and no corner of the
picture on it is kept. The descriptor is a BRIEF of 256
comparisons, turned by the corner's angle, of which the second 128 mirror the first 128 at the axis of the angle. So the
descriptor in a mirrored picture is this one with its halves exchanged, and mirrored copies are found without another
descriptor. What they do not prove: anything by themselves; text, logos and patterns give corners that are alike anywhere.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from witnessmark.media.comparisons import REACH, comparisons
from witnessmark.terms.fingerprint import DESCRIPTOR, Features

AREA = 480**2  # pixels of the picture as it is compared
WIDTH = 420  # its least width, if it stands upright: a phone's screen shows pictures across its width
LONG = 1100  # its longer side at most
ENLARGED = 4.0  # a small picture is enlarged at most so far, that its corners have the size they have in a large one
KEPT = 800  # corners kept of one picture
CELLS = 8  # the grid from whose cells corners are taken in turn, along each side
LEVELS = 8
COARSE = 3  # the level from which corners are coarse
STEP = 1.2  # from one level of the pyramid to the next
EDGE = 20  # corners stand off the edge so far, since the comparisons reach 15 pixels, and ORB's angle as far
TURNS = 60  # steps of angle in which the comparisons are turned
SAME = 7  # bits of 64 by which corners that are the same pattern differ
BESIDE = 16  # pixels within which one corner is found at several sizes
REPEATED = 3  # other places that show the same corner, from which it is left out
FAINT = 2e-6  # least strength of a corner
SMALLEST = 31.0  # pixels of the smallest corner, as ORB has it


Floats = NDArray[np.float64]


def features(luma: NDArray[np.uint8]) -> Features:
    """The features of an upright grey picture, (height, width): at most ``KEPT``, of few or none where there is little."""
    height, width = luma.shape
    size = _compared(height, width)
    if min(size) < 2 * EDGE:
        return Features(width=size[0], height=size[1], points=b"", descriptors=b"")
    pyramid = _pyramid(luma, size)
    corners = _corners(pyramid)
    angle, descriptors = _described(pyramid, corners)
    lone = _lone(corners[:, :2], descriptors)
    points = np.column_stack([corners[:, :2], SMALLEST * STEP ** corners[:, 3], angle])[lone].astype("<f4")
    return Features(width=size[0], height=size[1], points=points.tobytes(), descriptors=descriptors[lone].tobytes())


def _compared(height: int, width: int) -> tuple[int, int]:
    """The width and height at which a picture is compared: pictures and what shows them come out at like sizes."""
    scale = math.sqrt(AREA / (width * height))
    if height > width:
        scale = max(scale, WIDTH / width)
    scale = min(scale, LONG / max(height, width), ENLARGED)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _pyramid(luma: NDArray[np.uint8], size: tuple[int, int]) -> list[NDArray[np.uint8]]:
    """The picture as it is compared, and ever smaller, as far as corners fit in."""
    import cv2  # noqa: PLC0415 - a heavy extra

    cv2.setNumThreads(1)  # the same points whatever the machine; processes share the work, threads do not
    nearer = cv2.INTER_AREA if size[0] < luma.shape[1] else cv2.INTER_LINEAR
    levels = [np.asarray(luma if size == luma.shape[::-1] else cv2.resize(luma, size, interpolation=nearer), np.uint8)]
    for level in range(1, LEVELS):
        reduced = (round(size[0] / STEP**level), round(size[1] / STEP**level))
        if min(reduced) <= 2 * EDGE:
            break
        levels.append(np.asarray(cv2.resize(levels[0], reduced, interpolation=cv2.INTER_LINEAR_EXACT), np.uint8))
    return levels


def _found(level: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The corners of one level: x, y and how strong (Harris and Stephens 1988), (n, 3)."""
    import cv2  # noqa: PLC0415 - a heavy extra

    strength = cv2.cornerHarris(level, 5, 3, 0.04)
    inner = (slice(EDGE, level.shape[0] - EDGE), slice(EDGE, level.shape[1] - EDGE))
    peak = (strength == cv2.dilate(strength, np.ones((3, 3), np.uint8)))[inner] & (strength[inner] > FAINT)
    y, x = np.nonzero(peak)
    return np.column_stack([x + EDGE, y + EDGE, strength[inner][peak]]).astype(np.float32)


def _corners(pyramid: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """Corners spread over the picture: x, y, in pixels of the whole, strength, level, (n, 4)."""
    found = []
    for number, level in enumerate(pyramid):
        x, y, strength = _found(level).T
        grown = np.divide(pyramid[0].shape, level.shape)
        found.append(np.column_stack([x * grown[1], y * grown[0], strength, np.full(len(x), number)]))
    table = np.concatenate(found).astype(np.float32)
    return np.asarray(table[_spread(table, pyramid[0].shape[::-1])])


def _spread(table: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.intp]:
    """Which corners are kept: of each cell the strongest fine and the strongest coarse one, then the second of each, and so on.

    Coarse corners are what is left of a picture where it is shown small, in a collage or on a screen.
    """
    columns = np.minimum(table[:, 0] * CELLS / size[0], CELLS - 1).astype(np.int64)
    lines = np.minimum(table[:, 1] * CELLS / size[1], CELLS - 1).astype(np.int64)
    cell = (lines * CELLS + columns) * 2 + (table[:, 3] >= COARSE)
    order = np.lexsort((table[:, 3], table[:, 0], table[:, 1], -table[:, 2], cell))
    ordered = cell[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    return order[np.lexsort((-table[order, 2], rank))[:KEPT]]


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


def _described(pyramid: list[NDArray[np.uint8]], corners: NDArray[np.float32]) -> tuple[Floats, NDArray[np.uint8]]:
    """The angles of corners (degrees), and their descriptors, (n, 32): bit by bit, whether a comparison's first end is darker."""
    import cv2  # noqa: PLC0415 - a heavy extra

    smooth = [np.asarray(cv2.GaussianBlur(level, (7, 7), 2), np.uint8) for level in pyramid]
    level = corners[:, 3].astype(np.int64)
    sizes = np.asarray([each.shape[::-1] for each in pyramid])
    starts = np.cumsum([0, *(each.size for each in pyramid[:-1])])
    flat = np.concatenate([each.ravel() for each in smooth])
    stride = sizes[level, 0]
    centre = np.rint(corners[:, :2] * (sizes[level] / sizes[0])).astype(np.int64)
    at = (starts[level] + centre[:, 1] * stride + centre[:, 0]).astype(np.int32)
    stride = stride.astype(np.int32)
    angle = _angles(flat, at, stride)
    x, y = _comparisons()
    turn = np.rint(angle * (TURNS / 360)).astype(np.int32) % TURNS
    where = y[turn] * stride[:, None, None] + x[turn] + at[:, None, None]
    shade = flat.take(where)
    return angle, np.packbits(shade[:, 0] < shade[:, 1], axis=1)


def _angles(flat: NDArray[np.uint8], at: NDArray[np.int32], stride: NDArray[np.int32]) -> Floats:
    """The direction of the centre of light around corners (Rosin 1999), in degrees, every second pixel within REACH."""
    y, x = np.indices((REACH + 1, REACH + 1), dtype=np.int32) * 2 - REACH
    disc = np.hypot(x, y) <= REACH
    x, y = x[disc], y[disc]
    light = flat.take(at[:, None] + y * stride[:, None] + x).astype(np.float32)
    return np.asarray(
        np.rad2deg(np.arctan2(light @ y.astype(np.float32), light @ x.astype(np.float32))) % 360, np.float64
    )
