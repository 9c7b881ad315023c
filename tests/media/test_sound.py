"""Fingerprints of sound."""

from pathlib import Path

import numpy as np

from tests.clip_maker import RATE, scene, tones, write
from witnessmark.media import clips
from witnessmark.terms.fingerprint import Sound


def numbers(sound: Sound | None) -> list[int]:
    assert sound is not None
    return [int(one) for one in np.frombuffer(sound.values, "<u4")]


def test_the_same_sound_in_another_codec_has_nearly_the_same_numbers(tmp_path: Path) -> None:
    sound = tones(1, 8)
    one = clips.read(write(tmp_path / "a.mp4", scene(1, 8), sound=sound)).footage.sound
    other = clips.read(write(tmp_path / "b.webm", scene(2, 8), sound=sound, codec="libvpx-vp9")).footage.sound
    here, there = np.array(numbers(one), np.uint32), np.array(numbers(other), np.uint32)
    length = min(len(here), len(there))
    assert abs(len(here) - len(there)) < 20
    wrong = min(
        float(np.bitwise_count(here[5 : length - 5] ^ there[5 + k : length - 5 + k]).mean()) / 32 for k in range(-3, 4)
    )
    assert wrong < 0.2


def test_silence_gives_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "silent.mp4", scene(1, 3), sound=np.zeros(RATE * 3, np.float32))
    assert clips.read(path).footage.sound is None
    assert clips.read(write(tmp_path / "none.mp4", scene(1, 3))).footage.sound is None


def test_a_silent_stretch_matches_nothing(tmp_path: Path) -> None:
    sound = np.concatenate([tones(1, 3), np.zeros(RATE * 3, np.float32), tones(2, 3)])
    found = numbers(clips.read(write(tmp_path / "pause.mp4", scene(1, 9), sound=sound)).footage.sound)
    middle = found[len(found) * 4 // 9 : len(found) * 5 // 9]
    assert set(middle) == {0}
    assert 0 not in found[20:80]
