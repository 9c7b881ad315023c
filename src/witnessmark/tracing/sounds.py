"""Clips that hold the same sound, and at which shift: a second witness for footage, and a way to one clock for several clips.

Numbers of 32 bits that two fingerprints have in common vote for a shift; numbers that very many moments share say nothing.
At a shift with votes the fingerprints are laid on each other, and a stretch in which less than a third of the bits differ over
three seconds is the same sound (Haitsma and Kalker, 2002, take .35 for their threshold: one false alarm in 10^20 of random
sound). It is found at the same speed only. What it does not prove: that the pictures are the same, or the moment: songs and speeches
are laid over other pictures; so it never joins by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.copy import Copy, Segment
from witnessmark.terms.fingerprint import Footage, Sound

SAME: Final = 0.32  # share of bits that may differ
WINDOW: Final = 3.0  # seconds over which they are counted
VOTES: Final = 3  # numbers in common at one shift from which it is looked at
_SHARED: Final = 24  # moments that a number may be at to say something of two
_SHIFTS: Final = 5  # shifts of two clips that are tried, the fullest first
_VARIED: Final = 20  # different numbers in a stretch; a tone held for long has few
_BITS: Final = 32
_NEAR: Final = 0.3  # seconds within which two shifts are one

Ints = NDArray[np.int64]
Numbers = NDArray[np.uint32]


def alignments(clips: Mapping[str, Footage], fresh: frozenset[str] | None = None) -> list[Copy]:
    """Pairs of clips by address that hold the same sound, sorted; with ``fresh`` only pairs that hold one of these."""
    names = sorted(name for name, one in clips.items() if one.sound is not None)
    sounds = [sound for name in names for sound in [clips[name].sound] if sound is not None]
    numbers = [np.frombuffer(one.values, "<u4") for one in sounds]
    out: list[Copy] = []
    for (one, other), shifts in sorted(_voted(numbers).items()):
        if fresh is not None and not {names[one], names[other]} & fresh:
            continue
        if abs(sounds[one].step - sounds[other].step) > 1e-9:
            continue
        found = [part for shift in shifts for part in _laid(numbers[one], numbers[other], shift)]
        segments = tuple(sorted(_segment(part, sounds[one], sounds[other]) for part in _apart(found)))
        if segments:
            out.append(
                Copy(
                    one=names[one],
                    other=names[other],
                    manner="sound",
                    certain=False,
                    why=_why(segments),
                    segments=segments,
                )
            )
    return out


def _voted(numbers: list[Numbers]) -> dict[tuple[int, int], list[int]]:
    """For each two sounds the shifts (in steps) at which most numbers are the same."""
    value = np.concatenate([*numbers, np.zeros(0, np.uint32)])
    clip = np.repeat(np.arange(len(numbers)), [len(one) for one in numbers])
    place = np.concatenate([*(np.arange(len(one)) for one in numbers), np.zeros(0, np.int64)])
    order = np.lexsort((clip, value))
    order = order[value[order] != 0]
    value, clip, place = value[order], clip[order], place[order]
    votes: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for one, other, shift, count in _counted(value, clip, place):
        votes[one, other].append((count, shift))
    return {pair: [shift for _, shift in sorted(held, reverse=True)[:_SHIFTS]] for pair, held in votes.items()}


def _counted(value: Numbers, clip: Ints, place: Ints) -> Iterator[tuple[int, int, int, int]]:
    """Of columns sorted by value: clips, shift and votes, where there are enough."""
    _, start, size = np.unique(value, return_index=True, return_counts=True)
    group = np.repeat(np.where(size <= _SHARED, np.arange(len(start)), -1), size)
    rows = []
    for beside in range(1, _SHARED):
        first = np.flatnonzero((group[:-beside] == group[beside:]) & (group[:-beside] >= 0))
        then = first + beside
        apart = clip[first] < clip[then]
        rows.append(np.stack([clip[first], clip[then], place[then] - place[first]], 1)[apart])
    joined = np.concatenate([*rows, np.zeros((0, 3), np.int64)])
    kinds, counts = np.unique(joined, axis=0, return_counts=True)
    for at in np.flatnonzero(counts >= VOTES):
        yield int(kinds[at, 0]), int(kinds[at, 1]), int(kinds[at, 2]), int(counts[at])


@dataclass(frozen=True, slots=True, order=True)
class _Part:
    """Places ``first`` to ``last`` of one sound are those of another ``shift`` further on; ``wrong``: share of bits that differ."""

    first: int
    last: int
    shift: int
    wrong: float


def _laid(one: Numbers, other: Numbers, shift: int) -> Iterator[_Part]:
    """The stretches that are the same where one sound is laid on the other with a shift."""
    first = max(0, -shift)
    length = min(len(one) - first, len(other) - first - shift)
    wide = round(WINDOW / 0.0232)
    if length < wide:
        return
    mine, theirs = one[first : first + length], other[first + shift : first + shift + length]
    heard = (mine != 0) & (theirs != 0)
    wrong = np.where(heard, np.bitwise_count(mine ^ theirs), _BITS // 2).astype(np.float64) / _BITS
    mean = np.convolve(wrong, np.ones(wide) / wide, "valid")
    good = np.zeros(length, np.bool_)
    for at in np.flatnonzero(mean <= SAME):
        good[at : at + wide] = True
    edges = np.flatnonzero(np.diff(np.concatenate([[0], good.astype(np.int8), [0]])))
    for low, high in edges.reshape(-1, 2):
        low, high = _trimmed(wrong, int(low), int(high))  # noqa: PLW2901 - windows reach beyond what is the same
        if high - low > wide // 2 and len(np.unique(mine[low:high][heard[low:high]])) >= _VARIED:
            yield _Part(first + low, first + high, shift, float(wrong[low:high][heard[low:high]].mean()))


def _trimmed(wrong: NDArray[np.float64], low: int, high: int) -> tuple[int, int]:
    """A stretch without the ends in which more differs than agrees: where the sum of what agrees is largest."""
    gain = np.cumsum(np.concatenate([[0.0], (SAME + 0.5) / 2 - wrong[low:high]]))
    end = int(np.argmax(gain))
    begin = int(np.argmin(gain[: end + 1]))
    return low + begin, low + end


def _apart(found: list[_Part]) -> list[_Part]:
    """Without parts that are near another's shift and fit worse."""
    kept: list[_Part] = []
    for part in sorted(found, key=lambda one: (one.wrong - (one.last - one.first) / 1e5, one)):
        if all(part.first >= one.last or part.last <= one.first or abs(part.shift - one.shift) > 20 for one in kept):
            kept.append(part)
    return kept


def _segment(part: _Part, one: Sound, other: Sound) -> Segment:
    step = one.step
    return Segment(
        one_from=round(one.start + part.first * step, 2), one_to=round(one.start + part.last * step, 2),
        other_from=round(other.start + (part.first + part.shift) * step, 2),
        other_to=round(other.start + (part.last + part.shift) * step, 2), frames=part.last - part.first,
        distance=round(part.wrong * 256, 1),
    )  # fmt: skip


def _why(segments: tuple[Segment, ...]) -> str:
    best = max(segments, key=lambda one: one.frames)
    return (
        f"the same sound for {best.one_to - best.one_from:.0f} seconds, {best.distance / 256:.0%} of the bits apart: what is heard "
        f"at {best.one_from:.1f} s of the one is heard at {best.other_from:.1f} s of the other"
    )


def shift_of(segment: Segment) -> float:
    """Seconds that ``other`` is behind ``one``: a moment at t of one is at t plus these of other."""
    return (segment.other_from + segment.other_to - segment.one_from - segment.one_to) / 2


def agrees(footage: Segment, heard: Copy | None) -> bool:
    """Whether a sound of the same two clips lies at the shift of a stretch of footage, within half a second."""
    if heard is None or abs(footage.speed - 1) > 0.03:
        return False
    return any(
        abs(shift_of(one) - shift_of(footage)) < 0.5 and one.one_from < footage.one_to and one.one_to > footage.one_from
        for one in heard.segments
    )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OneClock:
    """Clips on one clock: addresses with the second of the first at which each begins. ``why``: a sentence for each but the first."""

    begins: tuple[tuple[str, float], ...]
    why: tuple[str, ...]


def one_clock(copies: Iterable[Copy]) -> list[OneClock]:
    """Clips that copies of footage or sound put on one clock, each clip once; the best evidence first.

    A pair with several shifts (a compilation, a song that repeats) has no one clock and is left out, and so is one that
    contradicts better evidence. What it does not prove: that clips were recorded at once; a sound can be laid over.
    """
    groups: dict[str, dict[str, float]] = {}
    why: dict[str, str] = {}
    for copy in sorted(
        _steady(copies), key=lambda one: (not one.certain, -sum(part.frames for part in one.segments), one.one)
    ):
        shift = shift_of(copy.segments[0])
        mine = groups.setdefault(copy.one, {copy.one: 0.0})
        theirs = groups.setdefault(copy.other, {copy.other: 0.0})
        if mine is theirs:
            continue
        move = mine[copy.one] - shift - theirs[copy.other]
        for name, begins in theirs.items():
            mine[name] = round(begins + move, 2)
            groups[name] = mine
        why[copy.other] = f"{copy.other} begins {-shift:+.1f} s from {copy.one}: {copy.why}"
    return sorted(_clock(held, why) for held in {id(held): held for held in groups.values()}.values())


def _steady(copies: Iterable[Copy]) -> Iterator[Copy]:
    """Copies at the same speed with one shift."""
    for copy in copies:
        shifts = [shift_of(one) for one in copy.segments]
        if shifts and max(shifts) - min(shifts) <= _NEAR and all(abs(one.speed - 1) < 0.03 for one in copy.segments):
            yield copy


def _clock(held: dict[str, float], why: dict[str, str]) -> OneClock:
    order = sorted(held, key=lambda name: (held[name], name))
    zero = held[order[0]]
    reasons = tuple(why[name] for name in order if name in why)
    return OneClock(begins=tuple((name, round(held[name] - zero, 2)) for name in order), why=reasons)
