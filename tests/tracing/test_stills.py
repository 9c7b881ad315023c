"""Stills that are pictures of a clip."""

from pathlib import Path

import numpy as np
import pytest

from tests.clip_maker import Picture, scene, write
from witnessmark.media import clips
from witnessmark.media.fingerprints import fingerprint
from witnessmark.media.pixels import Still
from witnessmark.terms.fingerprint import Fingerprint, Footage
from witnessmark.tracing.stills import in_clips, seen


@pytest.fixture(scope="module")
def shown() -> list[Picture]:
    return [*scene(81, 4, still=True), *scene(82, 6)]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory, shown: list[Picture]) -> tuple[Path, Footage]:
    path = write(tmp_path_factory.mktemp("clip") / "a.mp4", shown)
    return path, clips.read(path).footage


def still(picture: Picture) -> Fingerprint:
    large = np.kron(picture, np.ones((3, 3), np.uint8))
    return fingerprint(Still(large, large.shape[1], large.shape[0]))


def test_a_still_of_a_clip_is_found_with_its_time(clip: tuple[Path, Footage], shown: list[Picture]) -> None:
    (copy,), _ = in_clips({"still": still(shown[20])}, {"clip": clip[1]})
    assert (copy.one, copy.other, copy.manner, copy.certain) == ("clip", "still", "footage", True)
    assert copy.segments[0].one_to < 4.1
    assert "picture at 0:0" in copy.why


def test_a_mirrored_still_is_said_to_be_mirrored(clip: tuple[Path, Footage], shown: list[Picture]) -> None:
    (copy,), _ = in_clips({"still": still(np.ascontiguousarray(shown[20][:, ::-1]))}, {"clip": clip[1]})
    assert copy.segments[0].mirrored


def test_another_picture_is_not_found(clip: tuple[Path, Footage]) -> None:
    sure, _ = in_clips({"still": still(scene(83, 1)[0])}, {"clip": clip[1]})
    assert sure == []


def test_a_close_look_finds_a_picture_between_two_moments(clip: tuple[Path, Footage], shown: list[Picture]) -> None:
    found = 0
    for at in range(50, 118, 8):
        print_ = still(shown[at])
        sure, hints = in_clips({"still": print_}, {"clip": clip[1]})
        looked = [seen(one, print_, clips.dense(clip[0], one.start, one.end, rate=24)) for one in hints]
        copies = [*sure, *(one for one in looked if one is not None)]
        assert all(abs(one.segments[0].one_from - at / 12) < 0.6 for one in copies)
        found += bool(copies)
    assert found >= 4
