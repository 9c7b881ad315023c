"""PDQ: 256 bits of a picture's coarse light and dark, in numpy, with the hashes of all eight ways to turn and mirror it.

The rule (https://github.com/facebook/ThreatExchange/blob/main/pdq/README-MIH.md and hashing/hashing.pdf there): the grey
picture is blurred twice by a box as wide as 1/128 of it, taken down to 64 x 64, its 16 x 16 lowest frequencies less the
constant are kept (a cosine transform), and each becomes a bit: above the median or not. Blur, sampling and transform are
linear, so blur and sampling are one matrix from the left and one from the right, made once for each size. Turning or
mirroring a picture only swaps and negates frequencies, so eight hashes cost one transform.

What it does not prove: that two pictures with near hashes show one thing; cropped, framed, captioned copies are far away.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.fingerprint import FORMS, HASH

SIDE: Final = 64  # pixels a side of the blurred picture
BANDS: Final = 16  # frequencies a side
SMALLEST: Final = 5  # pixels a side; the reference hashes nothing smaller
MIRRORED: Final = FORMS // 2  # forms from here on are mirrored

_WORDS: Final = 90.0  # the reference's scale of quality, https://github.com/facebook/ThreatExchange/tree/main/pdq
_BEST: Final = 100


def pdq(luma: NDArray[np.uint8], whole: tuple[int, int] | None = None) -> tuple[NDArray[np.uint8], int]:
    """Eight hashes of a grey picture (2-D, 0 to 255), and PDQ's quality, 0 to 100.

    ``whole``: height and width that the picture had before it was reduced; then the hashes are those of the whole, as near
    as what is left allows.

    Row ``k`` of the hashes (8 x 32 bytes, in the order of the reference's hexadecimal notation), ``k`` below 4, is of the
    picture turned by ``k`` times 90 degrees clockwise; row ``4 + k`` is of that, then mirrored left to right. A picture
    less than five pixels high or wide has quality 0 and hashes of zeros, as with the reference.
    """
    if min(luma.shape) < SMALLEST:
        return np.zeros((FORMS, HASH), np.uint8), 0
    small = shrunk(luma, whole)
    return forms(frequencies(small)), quality(small)


def shrunk(luma: NDArray[np.uint8], whole: tuple[int, int] | None = None) -> NDArray[np.float32]:
    """The picture blurred and taken down to 64 x 64; ``whole`` as in ``pdq``."""
    high, wide = luma.shape
    above, beside = whole or luma.shape
    return (blurring(high, max(high, above)) @ luma.astype(np.float32)) @ blurring(wide, max(wide, beside)).T


def frequencies(small: NDArray[np.float32]) -> NDArray[np.float32]:
    """The lowest 16 x 16 frequencies, without the constant ones, of 64 x 64 pictures (the last two axes)."""
    cosines = _cosines()
    return np.asarray(cosines @ small @ cosines.T, np.float32)


def forms(bands: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The hashes, 8 x 32 bytes, of one picture's frequencies (16 x 16)."""
    return bits(dihedral(bands))


def dihedral(bands: NDArray[np.float32]) -> NDArray[np.float32]:
    """Frequencies (… x 16 x 16) of the eight forms of each picture, on a new axis before the last two."""
    sign = np.where(
        np.arange(BANDS) % 2 == 0, np.float32(-1), np.float32(1)
    )  # odd frequencies change sign when mirrored
    down, across = sign[:, None], sign[None, :]
    turned = np.swapaxes(bands, -1, -2)
    upright = [bands, turned * across, bands * down * across, turned * down]
    return np.stack(upright + [form * across for form in upright], axis=-3)


def bits(bands: NDArray[np.float32]) -> NDArray[np.uint8]:
    """One hash of 32 bytes for each 16 x 16 frequencies (the last two axes)."""
    flat = bands.reshape(*bands.shape[:-2], BANDS * BANDS)
    middle = BANDS * BANDS // 2 - 1  # the lower of the two in the middle, as in the reference
    median = np.partition(flat, middle, axis=-1)[..., middle : middle + 1]
    return np.packbits((flat > median)[..., ::-1], axis=-1)


def quality(small: NDArray[np.float32]) -> int:
    """How much there is to see: the sum of steps between neighbours of the 64 x 64 picture, on the reference's scale."""
    steps = sum(int(np.abs(np.trunc(np.diff(small, axis=axis) * np.float32(100 / 255))).sum()) for axis in (0, 1))
    return min(_BEST, int(steps / _WORDS))


@lru_cache(maxsize=512)
def blurring(length: int, whole: int) -> NDArray[np.float32]:
    """The matrix, 64 x length, that blurs a line twice and samples it 64 times.

    Of a line reduced from ``whole`` pixels, a pixel has the weight that all those it stands for would have.
    """
    window = (whole + 2 * SIDE - 1) // (2 * SIDE)
    after = (window + 2) // 2 - 1
    before = window - 1 - after
    taken = np.zeros((SIDE, whole), np.float64)
    taken[np.arange(SIDE), ((np.arange(SIDE) + 0.5) * whole / SIDE).astype(int)] = 1.0
    twice = _blurred(_blurred(taken, before, after), before, after)
    if whole != length:
        twice = _gathered(twice, length)
    held = twice.astype(np.float32)
    held.setflags(write=False)
    return held


def _gathered(rows: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Rows of weights summed over ``length`` equal stretches."""
    whole = rows.shape[1]
    edges = np.arange(length + 1) * (whole / length)
    sums = np.concatenate([np.zeros((rows.shape[0], 1)), np.cumsum(rows, axis=1)], axis=1)
    place = np.minimum(edges.astype(int), whole - 1)
    at = sums[:, place] + (edges - place) * rows[:, place]
    return np.diff(at, axis=1)


def _blurred(rows: NDArray[np.float64], before: int, after: int) -> NDArray[np.float64]:
    """Rows of weights times the matrix of a box that reaches ``before`` and ``after`` each place, cut at the ends."""
    length = rows.shape[1]
    place = np.arange(length)
    held = np.minimum(place + after, length - 1) - np.maximum(place - before, 0) + 1
    steps = np.zeros((rows.shape[0], before + length + after + 1))
    share = rows / held
    steps[:, :length] += share
    steps[:, before + after + 1 :] -= share
    return np.cumsum(steps, axis=1)[:, before : before + length]


@lru_cache(maxsize=1)
def _cosines() -> NDArray[np.float32]:
    band, place = np.arange(1, BANDS + 1)[:, None], np.arange(SIDE)[None, :]
    waves = np.sqrt(2.0 / SIDE) * np.cos(np.pi / (2 * SIDE) * band * (2 * place + 1))
    return np.asarray(waves, np.float32)
