"""Reference crops: hashes of fixed parts of a picture, by which a copy is found whose edges were cut away or covered.

PDQ bears that about a hundredth of a side is cut away. So a picture is hashed as copies are likely to leave it: a tenth cut from
its width and height, spread over the sides in nine ways; a band for a caption covered above or below; and shown upright,
square or wide from its middle. The picture is first taken down to one square grid, on which all are cut, so that each costs
a twentieth of a millisecond. What it does not prove: that nothing else was cut; most crops are found by features alone.
"""

from functools import lru_cache
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.media.pdq import SIDE, bits, blurring, frequencies, quality
from witnessmark.media.pixels import reduced
from witnessmark.terms.fingerprint import Hashed, Region

GRID: Final = 192  # cells a side, three for each of the 64 that PDQ samples
FINER: Final = 4  # pixels of a picture that a cell stands for: 768 a side
LEAST: Final = 0.3  # of a picture's area that a shape of a platform leaves
MOST: Final = 0.93

_TENTH: Final = 0.1
_SPREAD: Final = (0.15, 0.5, 0.85)  # of what is cut, how much from the left and from the top
_BANDS: Final = ((0.14, 0.0), (0.18, 0.0), (0.0, 0.14), (0.0, 0.18), (0.0, 0.22))  # covered above, below
_SHAPES: Final = (9 / 16, 4 / 5, 1.0, 16 / 9)  # width to height, as platforms show pictures


def crops(luma: NDArray[np.uint8], within: Region) -> tuple[Hashed, ...]:
    """The hashes (one form each) of the reference crops of a region of a picture, regions as shares of the whole picture."""
    high, wide = luma.shape
    top, bottom = round(within.top * high), max(round(within.bottom * high), round(within.top * high) + 1)
    left, right = round(within.left * wide), max(round(within.right * wide), round(within.left * wide) + 1)
    grid = _grid(luma[top:bottom, left:right])
    boxes = _boxes((right - left) / (bottom - top))
    smalls = [_small(grid, box) for box in boxes]
    hashes = bits(frequencies(np.stack(smalls)))
    return tuple(
        Hashed(region=_placed(box, within), hashes=one.tobytes(), quality=quality(small))
        for box, one, small in zip(boxes, hashes, smalls, strict=True)
    )


Box = tuple[float, float, float, float]


def _boxes(ratio: float) -> list[Box]:
    """Left, top, right, bottom, as shares, of the crops of a picture of this ratio of width to height."""
    cut = [(_TENTH * x, _TENTH * y, 1 - _TENTH * (1 - x), 1 - _TENTH * (1 - y)) for x, y in product(_SPREAD, _SPREAD)]
    cut += [(0.0, above, 1.0, 1 - below) for above, below in _BANDS]
    for shape in _SHAPES:
        across, down = min(1.0, shape / ratio), min(1.0, ratio / shape)
        if LEAST < across * down < MOST:
            cut.append(((1 - across) / 2, (1 - down) / 2, (1 + across) / 2, (1 + down) / 2))
    return cut


def _placed(box: Box, within: Region) -> Region:
    wide, high = within.right - within.left, within.bottom - within.top
    left, top, right, bottom = box
    return Region(
        name="crop",
        left=within.left + left * wide,
        top=within.top + top * high,
        right=within.left + right * wide,
        bottom=within.top + bottom * high,
    )


def _small(grid: NDArray[np.float32], box: Box) -> NDArray[np.float32]:
    left, top, right, bottom = (round(edge * GRID * FINER) for edge in box)
    (rows, down), (columns, across) = _stretch(top, bottom), _stretch(left, right)
    return np.asarray((down @ grid[rows, columns]) @ across.T, np.float32)


@lru_cache(maxsize=512)
def _stretch(start: int, end: int) -> tuple[slice, NDArray[np.float32]]:
    """The cells that a stretch of a line touches, and the matrix that blurs and samples it, from and to in pixels."""
    first, last = start // FINER, -(-end // FINER)
    fine = np.zeros((SIDE, (last - first) * FINER), np.float32)
    fine[:, start - first * FINER : end - first * FINER] = blurring(end - start, end - start)
    return slice(first, last), fine.reshape(SIDE, last - first, FINER).sum(axis=2)


def _grid(luma: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A picture taken down (or up) to GRID x GRID cells, each the mean of what it covers."""
    luma = reduced(luma, GRID + GRID // 2)
    high, wide = luma.shape
    return np.asarray((_means(high) @ luma.astype(np.float32)) @ _means(wide).T, np.float32)


@lru_cache(maxsize=256)
def _means(length: int) -> NDArray[np.float32]:
    """The matrix, GRID x length, of means over equal stretches of a line."""
    edges = np.arange(GRID + 1) * (length / GRID)
    covered = np.clip(edges[:, None] - np.arange(length)[None, :], 0, 1)
    held = np.asarray(np.diff(covered, axis=0) * (GRID / length), np.float32)
    held.setflags(write=False)
    return held
