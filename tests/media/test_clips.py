"""Clips: facts, moments, scenes, close looks."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.clip_maker import scene, tones, write
from witnessmark.media import clips
from witnessmark.media.moments import Chosen
from witnessmark.terms.fingerprint import FORMS, HASH, Fingerprint, Frame, Region


def bits(one: Frame, other: Frame, form: int = 0) -> int:
    here, there = (np.frombuffer(frame.hashes, np.uint8).reshape(FORMS, HASH) for frame in (one, other))
    return int(np.bitwise_count(here[form] ^ there[0]).sum())


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("clip") / "a.mp4", scene(1, 6), sound=tones(1, 6))


def test_a_clip_gives_facts_frames_and_sound(clip: Path) -> None:
    read = clips.read(clip)
    facts = dict(read.facts)
    assert (facts["video codec"], facts["audio codec"], facts["width"], facts["height"]) == ("h264", "aac", "192", "96")
    assert (facts["frame rate"], facts["frame rate kind"]) == ("12.000", "constant")
    footage = read.footage
    assert footage.duration == pytest.approx(6, abs=0.1)
    assert (footage.width, footage.height) == (192, 96)
    assert footage.trouble == ()
    assert footage.sound is not None
    times = [frame.at for frame in footage.frames]
    assert times == sorted(set(times))
    assert np.diff([0.0, *times, footage.duration]).max() <= 1.2


def test_reading_twice_gives_the_same(clip: Path) -> None:
    assert clips.read(clip) == clips.read(clip)


def test_scenes_are_fingerprinted_like_stills(tmp_path: Path) -> None:
    path = write(tmp_path / "cuts.mp4", [*scene(1, 4, still=True), *scene(2, 4, still=True), *scene(1, 4, still=True)])
    seen: list[tuple[int, ...]] = []

    def still(luma: NDArray[np.uint8]) -> Fingerprint:
        seen.append(luma.shape)
        return Fingerprint(width=luma.shape[1], height=luma.shape[0])

    scenes = clips.read(path, still).footage.scenes
    assert [round(at) // 4 for at, _ in scenes] == [0, 1, 2]
    assert set(seen) == {(96, 192)}


def test_rotation_metadata_is_honoured(tmp_path: Path) -> None:
    shown = scene(3, 2, still=True)
    upright = clips.read(
        write(tmp_path / "upright.mp4", [np.ascontiguousarray(np.rot90(one)) for one in shown])
    ).footage
    turned = clips.read(write(tmp_path / "turned.mp4", shown, turned=90)).footage
    assert (turned.width, turned.height) == (upright.width, upright.height) == (96, 192)
    assert bits(turned.frames[0], upright.frames[0]) <= 16


def test_variable_frame_rate_is_said_and_times_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "vfr.mp4", scene(1, 5), times=lambda at: at + (at // 7) * 5)
    read = clips.read(path)
    assert dict(read.facts)["frame rate kind"] == "variable"
    assert read.footage.duration == pytest.approx((59 + 40) / 12, abs=0.2)


def test_a_close_look_gives_as_many_frames_as_asked_for_within_its_ends(clip: Path) -> None:
    frames = clips.dense(clip, 2.0, 4.0, rate=6)
    assert 11 <= len(frames) <= 13
    assert frames[0].at >= 2.0 - 0.01
    assert frames[-1].at <= 4.0
    whole = {frame.at: frame for frame in clips.dense(clip, 0.0, 6.0, rate=24)}
    assert all(whole[frame.at] == frame for frame in frames)


def test_a_close_look_at_a_region_hashes_it_alone(clip: Path) -> None:
    region = Region(name="crop", left=0.25, right=0.75)
    part, whole = clips.dense(clip, 0, 1, region=region)[0], clips.dense(clip, 0, 1)[0]
    assert part.hashes != whole.hashes
    assert clips.dense(clip, 0, 1, region=Region(name="whole"))[0] == whole


def test_other_containers_and_codecs(tmp_path: Path) -> None:
    shown = scene(4, 3)
    first = clips.read(write(tmp_path / "a.mp4", shown)).footage.frames[0]
    for name, codec in (("b.webm", "libvpx-vp9"), ("c.mkv", "libx264"), ("d.avi", "mpeg4"), ("e.mov", "libx264")):
        read = clips.read(write(tmp_path / name, shown, codec=codec))
        assert bits(first, read.footage.frames[0]) <= 24, name


def test_where_skipping_would_leave_gaps_nothing_is_skipped(tmp_path: Path) -> None:
    path = write(tmp_path / "b.mp4", scene(5, 8), between=15)
    frames = clips.read(path).footage.frames
    assert np.diff([0.0, *(one.at for one in frames), 8.0]).max() <= 1.1
    every = {one.at: one for one in clips.dense(path, 0, 8, rate=24)}
    assert all(every[one.at].hashes == one.hashes for one in frames)


class Thing:
    def __init__(self, at: float, level: float) -> None:
        self.at, self.level = at, level

    def thumb(self) -> NDArray[np.float32]:
        return np.full((2, 2), self.level, np.float32)


def test_calm_moments_are_the_same_wherever_a_clip_begins() -> None:
    chance = np.random.default_rng(5)
    levels = np.cumsum(chance.uniform(0.1, 1, 300) * (1 + np.sin(np.arange(300) / 9)))
    things = [Thing(at / 25, float(level)) for at, level in enumerate(levels)]
    later = [Thing(one.at - 0.52, one.level) for one in things[13:]]
    calm = [
        {round(one.at + shift, 3) for one, _ in Chosen[Thing](1e9).of(lot)}
        for lot, shift in ((things, 0.0), (later, 0.52))
    ]
    assert len({at for at in calm[0] if 2 < at < 10}) >= 4
    assert {at for at in calm[0] if 2 < at < 10} == {at for at in calm[1] if 2 < at < 10}
