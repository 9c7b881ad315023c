"""Stretches of two clips that are the same footage, from pictures decoded closely; and stills that are a clip's pictures.

Both stretches are laid on each other at the speed and the shift at which most pictures agree. That alone would take any two
minutes of one fixed camera for copies, since all its pictures are near each other: so what *changes* must agree as well. From
each bit of the hashes its mean over the stretch is taken away, and what is left of the two must go together (their
correlation). Where hardly anything moves that cannot be told; then it is a suggestion. What it does not prove: which of the two is
older, or that what both show is what is said of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from witnessmark.terms.copy import Copy, Segment
from witnessmark.terms.fingerprint import FORMS, Frame
from witnessmark.tracing.looks import SLOPES, Look
from witnessmark.tracing.moments import Floats, Hashes, Ints, bits_between, hashes_of
from witnessmark.tracing.sounds import agrees

AGREE: Final = 56  # bits by which two pictures laid on each other may differ; any two differ by 128 in the mean
SURE: Final = 40.0  # bits, in the mean, up to which a stretch is certain
TOGETHER: Final = (
    0.68  # correlation of what changes, from which a stretch is certain: copies had .78 and more, others .58 at most
)
MOVING: Final = 8.0  # bits by which pictures of a stretch differ in the mean, from which change can be told
STILL: Final = 24.0  # bits, in the mean, up to which two views in which hardly anything moves are alike
LEAST: Final = 1.0  # seconds of a stretch
LEAST_FRAMES: Final = 6
_PAUSE: Final = 1.0  # seconds without agreement within a stretch
_JITTER: Final = 0.15  # seconds beside the line in which the nearest picture is sought


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A segment with what speaks for it. ``together``: correlation of what changes; ``moving``: bits by which it changes."""

    segment: Segment
    together: float
    moving: float
    turned: int = 0
    cropped: bool = False
    line: int = 0

    @property
    def certain(self) -> bool:
        """Whether it joins by itself."""
        enough = self.segment.frames >= 2 * LEAST_FRAMES and self.moving >= MOVING
        return enough and self.segment.distance <= SURE and self.together >= TOGETHER


def stretches(look: Look, one: Sequence[Frame], other: Sequence[Frame]) -> list[Stretch]:
    """The stretches of a look that agree, from the frames decoded there (in order of time)."""
    mine, theirs = _usable(one), _usable(other)
    if len(mine) < LEAST_FRAMES or len(theirs) < LEAST_FRAMES:
        return []
    here, there = (np.array([frame.at for frame in lot]) for lot in (mine, theirs))
    shown = np.ascontiguousarray(hashes_of(mine)[:, look.form])
    seen = np.ascontiguousarray(hashes_of(theirs)[:, 0])
    apart = bits_between(shown[:, None], seen[None])
    slope, begin = _laid(look, here, there, apart)
    match, bits = _nearest(here, there, apart, slope, begin)
    return [_stretch(look, (shown, seen), (here, there), run, match[run], bits[run]) for run in _agreeing(here, bits)]


def _usable(frames: Sequence[Frame]) -> list[Frame]:
    """Frames with something to see."""
    return [one for one in frames if one.quality > 0]


def _laid(look: Look, here: Floats, there: Floats, apart: Ints) -> tuple[float, float]:
    """The slope and the shift (second of other at second 0 of one) at which most agrees, sought around the guess."""
    near = [look.slope * (1 + part / 100) for part in range(-4, 5)]
    slopes = [*near, *SLOPES] if look.hits < 4 else near
    shifts = np.arange(-look.unsure, look.unsure + 0.01, 0.1)
    best = max(
        (_fit(here, there, apart, slope, look.at_other - slope * look.at_one + shift), -abs(index), slope, shift)
        for index, slope in enumerate(slopes)
        for shift in shifts
    )
    _, _, slope, shift = best
    middle = look.at_one
    at = look.at_other + shift
    fine = max(
        (_fit(here, there, apart, now, at + less - now * middle), now, less)
        for now in (slope * (1 + part / 200) for part in range(-4, 5))
        for less in np.arange(-0.12, 0.13, 0.03)
    )
    return fine[1], float(at + fine[2] - fine[1] * middle)


def _fit(here: Floats, there: Floats, apart: Ints, slope: float, begin: float) -> float:
    """How well pictures agree when laid so: bits less than ``AGREE``, summed."""
    due = slope * here + begin
    place = np.clip(np.searchsorted(there, due), 1, len(there) - 1)
    place = np.where(due - there[place - 1] < there[place] - due, place - 1, place)
    near = np.abs(there[place] - due) < max(0.25, 0.2 * slope)
    return float(np.where(near, np.maximum(AGREE - apart[np.arange(len(here)), place], 0), 0).sum())


def _nearest(here: Floats, there: Floats, apart: Ints, slope: float, begin: float) -> tuple[Ints, Ints]:
    """For each picture of one the nearest of other close to the line, and the bits between them."""
    beside = np.abs(there[None] - (slope * here + begin)[:, None])
    masked = np.where(beside <= max(_JITTER, _JITTER * slope), apart, 256)
    match = np.asarray(np.argmin(masked * 1000 + np.minimum(beside, 9) * 100, axis=1), np.int64)
    return match, np.asarray(masked[np.arange(len(here)), match], np.int64)


def _agreeing(here: Floats, bits: Ints) -> Iterator[Ints]:
    """Runs of pictures that agree, with short pauses, long enough to count."""
    good = np.flatnonzero(bits <= AGREE)
    for run in np.split(good, np.flatnonzero(np.diff(here[good]) > _PAUSE) + 1):
        if len(run) >= LEAST_FRAMES and here[run[-1]] - here[run[0]] >= LEAST * 0.9:
            yield run


def _stretch(
    look: Look, shown: tuple[Hashes, Hashes], times: tuple[Floats, Floats], run: Ints, match: Ints, bits: Ints
) -> Stretch:
    here, there = times[0][run], times[1][match]
    slope = float(np.polyfit(here, there, 1)[0])
    together, moving = _changing(shown[0][run], shown[1][match])
    segment = Segment(
        one_from=round(float(here[0]), 2), one_to=round(float(here[-1]), 2), other_from=round(float(there[0]), 2),
        other_to=round(float(there[-1]), 2), mirrored=look.form >= FORMS // 2, speed=round(1 / max(slope, 0.01), 3), frames=len(run),
        distance=round(float(bits.mean()), 1),
    )  # fmt: skip
    cropped = look.region_one is not None or look.region_other is not None
    return Stretch(
        segment=segment, together=together, moving=moving, turned=look.form % 4 * 90, cropped=cropped, line=look.line
    )


def _changing(one: Hashes, other: Hashes) -> tuple[float, float]:
    """Correlation of what changes in two rows of pictures, and by how many bits pictures differ within the calmer of them."""
    bits = [np.unpackbits(lot, axis=1).astype(np.float64) for lot in (one, other)]
    left = [lot - lot.mean(0) for lot in bits]
    power = [float((lot**2).sum()) for lot in left]
    moving = min(2 * all_ / len(one) for all_ in power)  # the mean distance of two pictures is twice the variance
    if min(power) <= 0:
        return 0.0, 0.0
    return float((left[0] * left[1]).sum() / np.sqrt(power[0] * power[1])), moving


def copy_of(one: str, other: str, found: Iterable[Stretch], heard: Copy | None = None) -> Copy | None:
    """The copy that stretches of two clips add up to; None where none speaks for one.

    ``heard``: the sound that both hold, if they do: a second witness, which decides where hardly anything moves.
    """
    kept = _joined(found)
    sure = [part for part in kept if part.certain]
    still = [part for part in kept if part.segment.distance <= STILL and part.moving < MOVING]
    if sure:
        segments = tuple(part.segment for part in sure)
        same = any(agrees(segment, heard) for segment in segments)
        why = f"the same footage: {_listed(sure)}{'; the sound agrees' if same else ''}"
        return Copy(one=one, other=other, manner="footage", certain=True, why=why, segments=segments)
    if not still:
        return None
    view = f"one view in which hardly anything moves: {_listed(still)}"
    spoken = [segment for segment in heard.segments if _beside(segment, still)] if heard is not None else []
    if heard is not None and spoken:
        why = f"{view}; and {heard.why}"
        return Copy(one=one, other=other, manner="footage", certain=True, why=why, segments=tuple(spoken))
    why = f"{view}; it may be the same, or another recording from the same place"
    return Copy(
        one=one, other=other, manner="footage", certain=False, why=why, segments=tuple(part.segment for part in still)
    )


def _beside(heard: Segment, still: Sequence[Stretch]) -> bool:
    """Whether a sound in common lies where a still view is in both clips."""
    return any(
        heard.one_from < part.segment.one_to
        and heard.one_to > part.segment.one_from
        and heard.other_from < part.segment.other_to
        and heard.other_to > part.segment.other_from
        for part in still
    )


def _joined(found: Iterable[Stretch]) -> list[Stretch]:
    """Stretches in order of time; those at one shift that meet, or are ends of one line of moments, are one."""
    kept: list[Stretch] = []
    for part in sorted(found, key=lambda one: (one.segment.one_from, -one.segment.one_to)):
        same = next((at for at, known in enumerate(kept) if _continued(known, part)), None)
        if same is None:
            kept.append(part)
        else:
            kept[same] = _added(kept[same], part)
    return kept


def _continued(one: Stretch, other: Stretch) -> bool:
    """Whether a later stretch goes on where another is, at its speed and shift."""
    first, then = one.segment, other.segment
    apart = then.one_from - first.one_to
    if first.mirrored != then.mirrored or (apart > 2 * _PAUSE and one.line != other.line):
        return False
    due = first.other_to + apart / first.speed
    return abs(then.other_from - due) < 0.5 + 0.05 * abs(apart)


def _added(one: Stretch, other: Stretch) -> Stretch:
    best = max(one, other, key=lambda part: (part.certain, part.segment.frames))
    first, last = one.segment, other.segment
    end = max((first, last), key=lambda part: part.one_to)
    span = end.one_to - first.one_from
    segment = Segment(
        one_from=first.one_from, one_to=end.one_to, other_from=first.other_from, other_to=end.other_to,
        mirrored=first.mirrored, speed=round(span / (end.other_to - first.other_from), 3) if end.other_to > first.other_from else first.speed,
        frames=max(first.frames, last.frames) if last.one_from < first.one_to else first.frames + last.frames,
        distance=best.segment.distance,
    )  # fmt: skip
    return Stretch(
        segment=segment, together=best.together, moving=best.moving, turned=best.turned, cropped=one.cropped or other.cropped, line=one.line,
    )  # fmt: skip


def _listed(kept: Sequence[Stretch]) -> str:
    more = f", and {len(kept) - 3} stretches more" if len(kept) > 3 else ""
    return f"{'; '.join(_told(part) for part in kept[:3])}{more}"


def _told(part: Stretch) -> str:
    segment = part.segment
    changed = ["mirrored"] if segment.mirrored else []
    changed += [f"turned by {part.turned} degrees"] if part.turned else []
    changed += ["a part of the picture"] if part.cropped else []
    if not 0.97 <= segment.speed <= 1.03:
        changed.append(f"at {segment.speed:.2f} times the speed")
    told = f"{clock(segment.one_from)} to {clock(segment.one_to)} is {clock(segment.other_from)} to {clock(segment.other_to)}"
    beside = f" ({', '.join(changed)})" if changed else ""
    return f"{told}{beside}, {segment.frames} pictures, {segment.distance:.0f} of 256 bits apart in the mean"


def clock(seconds: float) -> str:
    """Minutes and seconds, and hours where there are any."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
