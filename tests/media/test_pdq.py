"""PDQ in numpy against the official library, on drawn pictures and, where they are on this machine, on photographs."""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.media.pictures import drawn, grey, saved
from witnessmark.media.pdq import pdq
from witnessmark.media.pixels import decode

SHARED = Path(os.environ.get("WITNESSMARK_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "media"
CLOSE = 2
CLOSE_SMALL = 6

pdqhash = pytest.importorskip("pdqhash")


def official(picture: Image.Image) -> NDArray[np.uint8]:
    return np.packbits(pdqhash.compute(np.asarray(picture.convert("RGB")))[0])


def apart(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> int:
    return int(np.bitwise_count(one ^ other).sum())


@pytest.mark.parametrize(("width", "height"), [(640, 480), (500, 375), (333, 777), (1024, 1024), (129, 640)])
def test_it_is_within_two_bits_of_the_official_hash(width: int, height: int) -> None:
    picture = drawn(width + height, width, height)
    hashes, quality = pdq(grey(picture))
    assert apart(hashes[0], official(picture)) <= CLOSE
    assert abs(quality - pdqhash.compute(np.asarray(picture))[1]) <= 1


@pytest.mark.parametrize("side", [48, 63, 64, 65, 100])
def test_small_pictures_are_within_six_bits(side: int) -> None:
    picture = drawn(side, side, side + 7)
    assert apart(pdq(grey(picture))[0][0], official(picture)) <= CLOSE_SMALL


def test_a_reduced_picture_hashes_as_the_whole() -> None:
    picture = drawn(3, 2101, 1577)
    data = saved(picture, quality=92)
    still = decode(data)
    assert min(still.luma.shape) < 700
    whole = Image.open(io.BytesIO(data))
    assert apart(pdq(still.luma, (still.height, still.width))[0][0], official(whole)) <= CLOSE_SMALL


def test_each_form_is_the_hash_of_the_picture_turned_and_mirrored() -> None:
    luma = grey(drawn(4, 1280, 1024))
    hashes, _ = pdq(luma)
    for form in range(8):
        turned = np.rot90(luma, -(form % 4))
        shown = np.ascontiguousarray(np.fliplr(turned) if form >= 4 else turned)
        # The reference samples a little to one side of the middle, so the forms are not quite alike.
        assert apart(hashes[form], pdq(shown)[0][0]) <= 16, form


def test_what_is_too_small_has_no_quality() -> None:
    hashes, quality = pdq(np.full((4, 100), 7, np.uint8))
    assert quality == 0
    assert not hashes.any()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the photographs are not on this machine")
@pytest.mark.parametrize("folder", ["photos", "large", "pdq/misc-images"])
def test_photographs_are_within_two_bits(folder: str) -> None:
    paths = sorted(path for path in (SHARED / folder).iterdir() if path.is_file())[:24]
    for path in paths:
        with Image.open(path) as picture:
            wanted = official(picture)
        still = decode(path.read_bytes())
        small = min(still.width, still.height) < 512
        found = apart(pdq(still.luma, (still.height, still.width))[0][0], wanted)
        assert found <= (CLOSE_SMALL if small else CLOSE), path.name
