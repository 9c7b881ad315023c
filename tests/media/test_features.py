"""Corners of pictures: spread, few where there is little, the same in every process, and mirrored without another look."""

import subprocess
import sys

import numpy as np
import pytest
from PIL import ImageOps

from benchmarks.quality.changes import synthetic
from witnessmark.media.comparisons import REACH, comparisons
from witnessmark.media.features import KEPT, LONG, features
from witnessmark.tracing.verify import corners, distances


def luma(seed: int) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    return np.asarray(synthetic(seed).convert("L"))


def test_a_picture_has_at_most_so_many_corners_spread_over_it() -> None:
    found = corners(features(luma(1)))
    assert 300 < len(found.xy) <= KEPT
    cells = set(map(tuple, (found.xy * 4 // np.array(found.frame)).astype(int).tolist()))
    assert len(cells) >= 12


def test_the_second_half_of_the_comparisons_mirrors_the_first() -> None:
    ends = comparisons()
    assert ends.shape == (2, 256, 2)
    assert (ends[:, 128:] == ends[:, :128] * (1, -1)).all()
    assert (np.hypot(*ends.reshape(-1, 2).T) <= REACH).all()


def test_the_descriptor_of_a_mirrored_picture_is_this_ones_with_its_halves_exchanged() -> None:
    picture = synthetic(2).convert("L")
    here = corners(features(np.asarray(picture)))
    there = corners(features(np.asarray(ImageOps.mirror(picture)))).mirrored()
    nearest = distances(here.bits, there.bits).min(axis=1)
    assert np.median(nearest) < 12


def test_a_picture_that_is_the_same_has_the_same_features_in_another_process() -> None:
    program = (
        "import sys, numpy as np, hashlib\n"
        "from benchmarks.quality.changes import synthetic\n"
        "from witnessmark.media.features import features\n"
        "found = features(np.asarray(synthetic(1).convert('L')))\n"
        "print(hashlib.sha256(found.points + found.descriptors).hexdigest())"
    )
    runs = {subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1), (3, 3), (37, 41), (2, 900)])
def test_small_and_narrow_pictures_have_few_or_none(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, size).astype(np.uint8)
    found = features(noise)
    assert max(found.width, found.height) <= LONG
    assert len(found.descriptors) == 2 * len(found.points)


def test_a_wall_of_one_letter_keeps_no_flood_of_corners_that_are_alike() -> None:
    letter = np.zeros((24, 24), np.uint8)
    letter[4:20, 6:10] = letter[10:14, 6:18] = letter[16:20, 6:20] = 255
    assert len(features(np.tile(letter, (20, 24))).points) // 16 <= 100
