"""The same footage in two clips, from files to copies."""

from pathlib import Path

import numpy as np
import pytest

from tests.clip_maker import Picture, scene, tones, write
from witnessmark.media import clips
from witnessmark.media.features import features
from witnessmark.media.fingerprints import fingerprint
from witnessmark.media.pixels import Still
from witnessmark.terms.copy import Copy
from witnessmark.terms.fingerprint import Fingerprint, Frame, Region
from witnessmark.tracing import clip_copies
from witnessmark.tracing.looks import looks

RATE = 12


def decode(path: str, start: float, end: float, region: Region | None) -> tuple[Frame, ...]:
    return clips.dense(Path(path), start, end, region=region)


def copies(*paths: Path) -> list[Copy]:
    found = clip_copies.copies({str(path): clips.read(path, still).footage for path in paths}, decode)
    return [one for one in found if one.manner == "footage"]


def still(luma: Picture) -> Fingerprint:
    return fingerprint(Still(luma, luma.shape[1], luma.shape[0]), features)


@pytest.fixture(scope="module")
def shown() -> list[Picture]:
    return [*scene(11, 5), *scene(12, 5)]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory, shown: list[Picture]) -> Path:
    return write(tmp_path_factory.mktemp("clip") / "a.mp4", shown)


def test_a_copy_cut_off_by_half_a_second_has_its_shift(tmp_path: Path, clip: Path, shown: list[Picture]) -> None:
    (copy,) = copies(clip, write(tmp_path / "b.mp4", shown[6:]))
    (segment,) = copy.segments
    assert (copy.manner, copy.certain) == ("footage", True)
    assert segment.one_from == pytest.approx(0.5, abs=0.4)
    assert segment.one_to == pytest.approx(10, abs=0.5)
    assert segment.one_from - segment.other_from == pytest.approx(0.5, abs=0.1)
    assert copy.why.startswith("the same footage: 0:0")


def test_an_excerpt_among_others_is_found_where_it_is(tmp_path: Path, clip: Path, shown: list[Picture]) -> None:
    mixed = [*scene(21, 6), *scene(22, 5), *shown[36:96], *scene(23, 7)]
    (copy,) = copies(clip, write(tmp_path / "b.mp4", mixed))
    (segment,) = copy.segments
    assert (segment.one_from, segment.one_to) == pytest.approx((3, 8), abs=0.6)
    assert (segment.other_from, segment.other_to) == pytest.approx((11, 16), abs=0.6)


def test_a_mirrored_copy_is_said_to_be_mirrored(tmp_path: Path, clip: Path, shown: list[Picture]) -> None:
    (copy,) = copies(clip, write(tmp_path / "b.mp4", [np.ascontiguousarray(one[:, ::-1]) for one in shown]))
    assert copy.certain
    assert copy.segments[0].mirrored
    assert "mirrored" in copy.why


def test_a_slowed_copy_has_its_speed(tmp_path: Path, clip: Path, shown: list[Picture]) -> None:
    (copy,) = copies(clip, write(tmp_path / "b.mp4", [one for one in shown for _ in range(2)]))
    assert copy.certain
    assert copy.segments[0].speed == pytest.approx(0.5, abs=0.02)
    assert copy.segments[0].other_to == pytest.approx(20, abs=1)


def test_a_middle_cut_to_an_upright_shape_is_found(tmp_path: Path, clip: Path, shown: list[Picture]) -> None:
    cut = [np.ascontiguousarray(one[:, 69:123]) for one in shown]
    (copy,) = copies(clip, write(tmp_path / "b.mp4", cut))
    assert copy.certain
    assert "a part of the picture" in copy.why


def test_different_clips_are_no_copies(tmp_path: Path, clip: Path) -> None:
    paths = [write(tmp_path / f"{seed}.mp4", scene(seed, 8)) for seed in (31, 32, 33)]
    assert copies(clip, *paths) == []


def test_two_stretches_of_one_fixed_view_are_never_certain(tmp_path: Path) -> None:
    ground = scene(41, 1, still=True)[0]
    chance = np.random.default_rng(6)

    def passing() -> list[Picture]:
        out = []
        for at in range(96):
            one = ground.copy()
            for lane in range(3):
                left = int((at * (lane + 1) * 1.7 + chance_of[lane]) % 180)
                one[20 + lane * 24 : 36 + lane * 24, left : left + 24] = 10 + 100 * lane
            out.append(one)
        return out

    chance_of = chance.uniform(0, 180, 3)
    first = passing()
    chance_of = chance.uniform(0, 180, 3)
    second = passing()
    paths = [write(tmp_path / "a.mp4", first), write(tmp_path / "b.mp4", second)]
    assert not any(one.certain for one in copies(*paths))
    again = write(tmp_path / "c.mp4", first[6:])
    sure = [one for one in copies(*paths, again) if one.certain]
    assert [(Path(one.one).name, Path(one.other).name) for one in sure] == [("a.mp4", "c.mp4")]


def test_a_still_view_is_a_suggestion(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, scene(51, 6, still=True)) for name in ("a.mp4", "b.mp4")]
    (copy,) = copies(*paths)
    assert not copy.certain
    assert "hardly anything moves" in copy.why


def test_black_and_title_pictures_make_no_pair(tmp_path: Path) -> None:
    black = [np.zeros((96, 192), np.uint8)] * 36
    one = write(tmp_path / "a.mp4", [*black, *scene(61, 4)])
    other = write(tmp_path / "b.mp4", [*black, *scene(62, 4)])
    assert copies(one, other) == []


def test_only_pairs_with_something_fresh_are_looked_at(tmp_path: Path, clip: Path, shown: list[Picture]) -> None:
    held = {str(path): clips.read(path).footage for path in (clip, write(tmp_path / "b.mp4", shown))}
    assert looks(held)
    assert looks(held, fresh=frozenset()) == []
    assert looks(held, fresh=frozenset([str(clip)])) == looks(held)


def test_one_sound_over_two_clips_is_no_footage_and_not_certain(tmp_path: Path) -> None:
    one = write(tmp_path / "a.mp4", scene(71, 6), sound=tones(1, 6))
    other = write(tmp_path / "b.mp4", scene(72, 6), sound=tones(1, 6))
    found = clip_copies.copies({str(path): clips.read(path).footage for path in (one, other)}, decode)
    assert [(copy.manner, copy.certain) for copy in found] == [("sound", False)]


def test_sound_decides_where_hardly_anything_moves(tmp_path: Path) -> None:
    shown = scene(51, 6, still=True)
    paths = [write(tmp_path / name, shown, sound=tones(1, 6)) for name in ("a.mp4", "b.mp4")]
    (copy,) = copies(*paths)
    assert copy.certain
    assert "hardly anything moves" in copy.why
    assert "the same sound" in copy.why


def test_a_part_from_elsewhere_than_the_middle_is_found_by_its_scenes(tmp_path: Path) -> None:
    shown = scene(95, 9, size=(480, 288))  # made pictures have few corners that stand alone; this one has enough
    whole = write(tmp_path / "a.mp4", shown)
    part = write(tmp_path / "b.mp4", [np.ascontiguousarray(one[30:230, 240:440]) for one in shown[6:]])
    (copy,) = copies(whole, part)
    assert copy.certain
    assert copy.segments[0].one_from - copy.segments[0].other_from == pytest.approx(0.5, abs=0.2)
