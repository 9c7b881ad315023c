"""Copies by local features: found whatever was done to the picture; a banner, an interface or a type in common is none."""

import random
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from benchmarks.quality.changes import CHANGES, synthetic
from benchmarks.quality.harder_changes import HARDER
from witnessmark.media.features import features
from witnessmark.terms.fingerprint import DESCRIPTOR, Features
from witnessmark.tracing.alike import alike, why
from witnessmark.tracing.feature_index import Part, candidates, merged, part
from witnessmark.tracing.verify import Corners, compared, corners, inverted, verified


def seen(picture: Image.Image) -> Features:
    return features(np.asarray(picture.convert("L")))


@cache
def photograph(seed: int) -> Image.Image:
    return synthetic(seed)


@cache
def known(seed: int) -> Features:
    return seen(photograph(seed))


def dice(seed: int = 3) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a drawing, no secret


def found_in(change: str) -> int:
    """In how many of five generated pictures, changed so, the picture is found. Their texture is finer than a photograph's."""
    changed = {**CHANGES, **HARDER}[change]
    return sum(verified(known(seed), seen(changed(photograph(seed), dice(seed)))) is not None for seed in range(10, 15))


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_changed_picture_is_found_to_be_the_same(change: str) -> None:
    assert found_in(change) >= (3 if change == "screenshot" else 5)


@pytest.mark.parametrize("change", HARDER, ids=str)
def test_a_picture_shown_in_another_is_found_as_itself(change: str) -> None:
    assert found_in(change) >= (2 if change == "grid collage" else 3)


def test_different_pictures_are_not_the_same() -> None:
    pairs = [(one, other) for one in range(12) for other in range(one)]
    assert [pair for pair in pairs if verified(known(pair[0]), known(pair[1]))] == []


def test_the_answer_is_the_same_whichever_picture_is_first() -> None:
    changed = seen(CHANGES["rotate 3-8"](photograph(2), dice()))
    there, back = verified(known(2), changed), verified(changed, known(2))
    assert there is not None
    assert back is not None
    assert (there.matched, there.mirrored, there.shared_one) == (back.matched, back.mirrored, back.shared_other)
    assert np.allclose(there.matrix, inverted(back).matrix, atol=1e-3)


def test_what_was_cut_away_is_told() -> None:
    whole = photograph(4)
    cut = whole.crop((120, 90, 480, 360))
    found = compared(corners(known(4)), corners(seen(cut)))
    assert found is not None
    assert found.transform.shared_one == pytest.approx((0.25, 0.25, 1, 1), abs=0.03)
    assert found.transform.shared_other == pytest.approx((0, 0, 1, 1), abs=0.03)
    assert "the second is a part of the first, from 25" in why(found)


def test_a_mirrored_and_turned_picture_is_told() -> None:
    changed = ImageOps.mirror(photograph(5)).rotate(-30, expand=True)
    found = compared(corners(known(5)), corners(seen(changed)))
    assert found is not None
    assert found.transform.mirrored
    assert abs(found.transform.turned) == pytest.approx(30, abs=2)
    assert "mirrored" in why(found)


def test_what_was_covered_is_told() -> None:
    changed = photograph(6).copy()
    changed.paste((40, 40, 40), (240, 180, 480, 360))
    found = compared(corners(known(6)), corners(seen(changed)))
    assert found is not None
    assert found.covered == pytest.approx((0.5, 0.5, 1, 1), abs=0.15)
    assert "covered" in why(found)


def lettered(picture: Image.Image, words: str, box: tuple[int, int, int, int], size: int) -> Image.Image:
    changed = picture.copy()
    draw = ImageDraw.Draw(changed)
    draw.rectangle(box, fill=(180, 20, 20))
    draw.text((box[0] + 8, box[1] + 6), words, fill="white", font=ImageFont.load_default(size))
    return changed


def banner(picture: Image.Image) -> Image.Image:
    """The same lower third and logo on every picture, as a channel has them."""
    low = lettered(picture, "BREAKING NEWS  live from the harbour", (0, 300, 480, 348), 24)
    return lettered(low, "7 TV", (400, 10, 470, 60), 28)


def card(picture: Image.Image) -> Image.Image:
    """The same bars, buttons and sign around every picture, as an application has them, with words of its own."""
    screen = Image.new("RGB", (480, 860), "white")
    screen.paste(picture, (0, 160))
    own = dice(int(np.asarray(picture).sum()))
    draw = ImageDraw.Draw(screen)
    draw.text((16, 10), "12:07", fill="black", font=ImageFont.load_default(18))
    draw.text((16, 50), "CHAPTERS  For you  Following", fill="black", font=ImageFont.load_default(26))
    draw.ellipse((420, 40, 465, 85), outline="black", width=4)
    draw.text((16, 110), words(own, 4), fill="black", font=ImageFont.load_default(20))
    for line in range(6):
        draw.text((16, 570 + line * 36), words(own, 6), fill="black", font=ImageFont.load_default(20))
    for button, name in enumerate(("Home", "Search", "Post", "Inbox", "Me")):
        draw.rectangle((22 + 94 * button, 800, 62 + 94 * button, 830), outline="black", width=3)
        draw.text((20 + 94 * button, 834), name, fill="black", font=ImageFont.load_default(18))
    return screen


def words(rng: random.Random, count: int) -> str:
    syllables = ("ba", "ro", "ti", "men", "su", "lak", "or", "vi", "ghe", "and")
    return " ".join("".join(rng.choices(syllables, k=rng.randint(1, 3))) for _ in range(count))


def captioned(picture: Image.Image) -> Image.Image:
    """A caption in one type on every picture, each with its own words."""
    own = dice(int(np.asarray(picture).sum()))
    return lettered(picture, words(own, 5), (0, 0, 480, 60), 30)


@pytest.mark.parametrize("frame", [banner, card, captioned])
def test_pictures_that_share_a_banner_an_interface_or_a_type_are_not_the_same(
    frame: Callable[[Image.Image], Image.Image],
) -> None:
    framed = [seen(frame(photograph(seed))) for seed in range(20, 28)]
    pairs = [(one, other) for one in range(8) for other in range(one)]
    assert [pair for pair in pairs if verified(framed[pair[0]], framed[pair[1]])] == []


def text_wall(seed: int) -> Image.Image:
    picture = Image.new("RGB", (480, 360), "white")
    draw, rng = ImageDraw.Draw(picture), dice(seed)
    for line in range(17):
        draw.text((10, 8 + line * 20), words(rng, 9), fill="black", font=ImageFont.load_default(15))
    return picture


def test_walls_of_text_in_one_type_are_not_the_same() -> None:
    walls = [seen(text_wall(seed)) for seed in range(5)]
    assert [(one, other) for one in range(5) for other in range(one) if verified(walls[one], walls[other])] == []
    assert verified(walls[0], seen(text_wall(0))) is not None


def board(cell: int) -> Image.Image:
    return Image.fromarray(((np.indices((400, 500)) // cell).sum(axis=0) % 2 * 255).astype(np.uint8))


def halftone(picture: Image.Image, step: int) -> Image.Image:
    """Printed in dots of one grid."""
    grey = np.asarray(picture.convert("L").resize((480, 360)), np.float64)
    y, x = np.indices(grey.shape)
    screen = 127.5 + 63 * (np.cos(x * (2 * np.pi / step)) + np.cos(y * (2 * np.pi / step)))
    return Image.fromarray(np.where(grey > screen, 255, 0).astype(np.uint8))


def test_boards_and_halftone_match_nothing_else() -> None:
    patterns = [seen(board(4)), seen(board(16)), seen(board(37)), *(seen(halftone(photograph(n), 6)) for n in range(3))]
    pairs = [(one, other) for one in range(6) for other in range(one)]
    assert [pair for pair in pairs if verified(patterns[pair[0]], patterns[pair[1]])] == []


@pytest.mark.parametrize(
    "picture",
    [Image.new("L", (400, 300), 90), Image.linear_gradient("L").resize((400, 300)), Image.new("L", (1, 1))],
    ids=["blank", "gradient", "one pixel"],
)
def test_pictures_that_show_nothing_have_no_features_and_match_nothing(picture: Image.Image) -> None:
    nothing = seen(picture)
    assert len(nothing.points) < 16 * 8
    assert verified(nothing, nothing) is None
    assert verified(nothing, known(1)) is None
    assert candidates([part([("a", corners(known(1)))])], corners(nothing)) == []


def test_features_that_were_cut_off_are_read_as_far_as_they_go() -> None:
    whole = known(1)
    cut = Features(
        width=whole.width, height=whole.height, points=whole.points[:-7], descriptors=whole.descriptors[:-99]
    )
    assert len(corners(cut).xy) == len(whole.descriptors) // DESCRIPTOR - 4
    assert verified(cut, whole) is not None
    for points in (b"", b"\xff" * 160, b"\x00" * 160):
        assert verified(Features(width=0, height=0, points=points, descriptors=b"\x07" * 320), whole) is None


def test_a_thousand_corners_that_are_all_alike_match_nothing() -> None:
    rng = np.random.default_rng(1)
    made = []
    for _ in range(2):
        points = np.column_stack([rng.uniform(20, 480, (1000, 2)), np.full((1000, 2), 31.0)]).astype("<f4")
        made.append(Features(width=500, height=500, points=points.tobytes(), descriptors=b"\x5a" * 32_000))
    assert verified(made[0], made[1]) is None


# The index ------------------------------------------------------------------------------------------------------------


def names(part_of: range) -> Part:
    return part((f"p{seed:02d}", corners(known(seed))) for seed in part_of)


def test_candidates_do_not_depend_on_how_the_index_was_parted() -> None:
    asked = corners(seen(CHANGES["crop 25 %"](photograph(7), dice())))
    whole = candidates([names(range(16))], asked)
    parts = [names(range(5)), names(range(5, 6)), names(range(6, 16))]
    assert whole[0].name == "p07"
    assert candidates(parts, asked) == whole
    assert candidates(parts[::-1], asked) == whole
    assert candidates([merged(parts)], asked) == whole
    assert candidates([merged([parts[2], merged(parts[:2])])], asked) == whole


@pytest.mark.parametrize("change", ["crop 25 %", "mirror", "rotate 3-8"])
def test_a_picture_finds_another_if_and_only_if_that_finds_it(change: str) -> None:
    pictures = {"as it was": corners(known(9)), "changed": corners(seen(CHANGES[change](photograph(9), dice())))}
    there = candidates([part([("one", pictures["as it was"])])], pictures["changed"])
    back = candidates([part([("one", pictures["changed"])])], pictures["as it was"])
    assert there != []
    assert there == back


def test_what_else_is_held_makes_no_other_candidates() -> None:
    asked = corners(seen(CHANGES["crop 25 %"](photograph(7), dice())))
    few, many = candidates([names(range(6, 9))], asked), candidates([names(range(16))], asked)
    assert [each for each in many if each.name in {"p06", "p07", "p08"}] == few


def test_an_empty_index_has_no_candidates() -> None:
    assert candidates([], corners(known(1))) == []
    assert candidates([part([])], corners(known(1))) == []
    assert merged([]).names == ()


def test_copies_are_suggested_with_the_reason_and_never_certain() -> None:
    held: dict[str, Corners] = {f"p{seed:02d}": corners(known(seed)) for seed in range(8)}
    index = [part(held.items())]
    asked = corners(seen(CHANGES["mirror"](photograph(3), dice())))
    (found,) = alike("a-new-one", asked, index, held.__getitem__)
    assert (found.one, found.other, found.manner, found.certain) == ("a-new-one", "p03", "features", False)
    assert found.transform is not None
    assert found.transform.mirrored
    assert "points agree; both show the whole; one is mirrored" in found.why
    assert list(alike("p03", held["p03"], index, held.__getitem__)) == []
