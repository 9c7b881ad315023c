"""The same sound in two clips, and one clock."""

import numpy as np
import pytest

from witnessmark.terms.copy import Copy, Segment
from witnessmark.terms.fingerprint import Footage, Sound
from witnessmark.tracing.sounds import agrees, alignments, one_clock, shift_of

STEP = 128 / 5512


def heard(numbers: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> Footage:
    sound = Sound(step=STEP, start=0.2, values=numbers.astype("<u4").tobytes())
    return Footage(duration=len(numbers) * STEP, width=0, height=0, sound=sound)


def numbers(seed: int, count: int = 1000) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.random.default_rng(seed).integers(1, 2**32, count, dtype=np.uint32)


def noisy(
    given: np.ndarray[tuple[int], np.dtype[np.uint32]], share: float
) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    flips = np.random.default_rng(9).random((len(given), 32)) < share
    return given ^ np.packbits(flips, axis=1).view(">u4").reshape(-1).astype(np.uint32)


def test_the_same_sound_later_is_found_with_its_shift_and_ends() -> None:
    base = numbers(1)
    clips = {
        "a": heard(base),
        "b": heard(np.concatenate([numbers(2, 300), noisy(base[200:800], 0.08), numbers(3, 300)])),
    }
    (copy,) = alignments(clips)
    (segment,) = copy.segments
    assert (copy.manner, copy.certain) == ("sound", False)
    assert shift_of(segment) == pytest.approx(100 * STEP, abs=0.05)
    assert (segment.one_from, segment.one_to) == pytest.approx((0.2 + 200 * STEP, 0.2 + 800 * STEP), abs=0.3)
    assert alignments(clips, fresh=frozenset()) == []
    assert alignments(clips, fresh=frozenset("b")) == [copy]


def test_other_sounds_and_silence_are_not_the_same() -> None:
    clips = {str(seed): heard(numbers(seed)) for seed in range(12)}
    clips |= {f"silent {at}": heard(np.zeros(800, np.uint32)) for at in range(3)}
    assert alignments(clips) == []


def test_a_tone_held_long_is_not_the_same_sound() -> None:
    held = np.repeat(numbers(4, 8), 100)
    assert alignments({"a": heard(held), "b": heard(held)}) == []


def copy(one: str, other: str, shift: float, *, frames: int = 10, speed: float = 1.0) -> Copy:
    segment = Segment(one_from=0, one_to=5, other_from=shift, other_to=5 + shift, frames=frames, speed=speed)
    return Copy(one=one, other=other, manner="sound", certain=False, why="the same sound", segments=(segment,))


def test_several_clips_come_on_one_clock() -> None:
    (clock,) = one_clock([copy("a", "b", 2), copy("b", "c", 3), copy("a", "c", 5)])
    assert clock.begins == (("c", 0.0), ("b", 3.0), ("a", 5.0))
    assert len(clock.why) == 2


def test_slowed_and_ambiguous_copies_give_no_clock() -> None:
    twice = copy("a", "b", 2)
    several = Copy(
        one="a", other="b", manner="sound", certain=False, why="", segments=twice.segments + copy("a", "b", 9).segments
    )
    assert one_clock([copy("a", "b", 2, speed=0.5), several]) == []


def test_contradicting_evidence_gives_way_to_the_better() -> None:
    (clock,) = one_clock([copy("a", "b", 2, frames=50), copy("b", "c", 3, frames=50), copy("a", "c", 40, frames=5)])
    assert dict(clock.begins)["a"] - dict(clock.begins)["c"] == 5


def test_sound_agrees_with_footage_at_the_same_shift_only() -> None:
    footage = Segment(one_from=1, one_to=4, other_from=3, other_to=6)
    assert agrees(footage, copy("a", "b", 2.2))
    assert not agrees(footage, copy("a", "b", 4))
    assert not agrees(footage, None)
