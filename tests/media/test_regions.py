"""What a picture holds is found inside frames, bars, screens; crops are where they say."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from tests.media.pictures import drawn, grey
from witnessmark.media.crops import crops
from witnessmark.media.fingerprints import fingerprint, why_plain
from witnessmark.media.pdq import pdq
from witnessmark.media.pixels import Still
from witnessmark.media.regions import parts
from witnessmark.terms.fingerprint import Region

Edges = tuple[float, float, float, float]


def nearest(picture: Image.Image, edges: Edges) -> float:
    """How far off the nearest region's worst edge is."""
    found = [(one.left, one.top, one.right, one.bottom) for one in parts(grey(picture))]
    return min(max(abs(a - b) for a, b in zip(one, edges, strict=True)) for one in found)


def placed(picture: Image.Image, ground: Image.Image, at: tuple[int, int]) -> tuple[Image.Image, Edges]:
    ground.paste(picture, at)
    wide, high = ground.size
    return ground, (at[0] / wide, at[1] / high, (at[0] + picture.width) / wide, (at[1] + picture.height) / high)


@pytest.mark.parametrize("shade", ["white", "black", (90, 40, 160)])
def test_inside_a_border(shade: str | tuple[int, int, int]) -> None:
    whole, edges = placed(drawn(1), Image.new("RGB", (360, 300), shade), (20, 36))
    assert nearest(whole, edges) < 0.01


def test_between_blurred_bars() -> None:
    picture = drawn(2)
    ground = ImageOps.fit(picture, (320, 560)).filter(ImageFilter.GaussianBlur(18))
    whole, edges = placed(picture, ground, (0, 160))
    assert nearest(whole, edges) < 0.015


def test_on_a_screen_among_texts() -> None:
    screen = Image.new("RGB", (400, 800), "white")
    draw = ImageDraw.Draw(screen)
    for line in range(20, 800, 26):
        draw.text((20, line), "lorem ipsum dolor sit amet " * 2, fill="black")
    draw.rectangle((0, 180, 400, 500), fill="white")
    whole, edges = placed(drawn(3, 400, 300), screen, (0, 190))
    assert nearest(whole, edges) < 0.015


def test_a_picture_without_a_frame_is_a_whole() -> None:
    assert [one.name for one in parts(grey(drawn(4)))] == ["whole"]


def test_a_crop_is_hashed_as_what_was_cut_there() -> None:
    luma = grey(drawn(5, 800, 600))
    for one in crops(luma, Region(name="whole")):
        box = one.region
        cut = luma[round(box.top * 600) : round(box.bottom * 600), round(box.left * 800) : round(box.right * 800)]
        wanted = pdq(np.ascontiguousarray(cut))[0][0]
        assert int(np.bitwise_count(np.frombuffer(one.hashes, np.uint8) ^ wanted).sum()) <= 30


def still(picture: Image.Image) -> Still:
    return Still(grey(picture), picture.width, picture.height)


def test_what_can_match_nothing_says_why_and_keeps_nothing() -> None:
    logo = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(logo).ellipse((90, 90, 210, 210), fill="red")
    for picture in (Image.new("RGB", (400, 300), "grey"), logo, drawn(6, 40, 40)):
        found = fingerprint(still(picture))
        assert found.plain
        assert not found.hashed
    assert why_plain(grey(drawn(7)), 320, 240) is None


def test_a_fingerprint_has_eight_hashes_of_each_region_and_one_of_each_crop() -> None:
    found = fingerprint(still(drawn(8)))
    assert {len(one.hashes) for one in found.hashed if one.region.name != "crop"} == {256}
    assert {len(one.hashes) for one in found.hashed if one.region.name == "crop"} == {32}
    assert 15 <= len(found.hashed) <= 25
