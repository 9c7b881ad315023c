"""Clips to footage: hashes of moments with their times, scenes fingerprinted like stills, sound, and what the file says.

Hashes are those of a picture at the size it was decoded at: one that is simply taken down first differs from these by up to
20 bits, since PDQ blurs by its own rule. Pictures that no other is decoded from are skipped, which changes no hash.
Memory does not grow with a clip's length but for what is kept: some 500 bytes a second and a feature set for each scene.
What it does not prove: that two clips with near hashes were one recording; that is weighed by :mod:`tracing.footage`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from witnessmark.media import containers
from witnessmark.media.containers import NoClip, Reel, Seen, opened
from witnessmark.media.moments import Chosen, Scenes
from witnessmark.media.pdq import SMALLEST, bits, blurring, forms, frequencies, quality
from witnessmark.media.pixels import reduced
from witnessmark.media.sound import fingerprint_of
from witnessmark.terms.fingerprint import FORMS, HASH, Fingerprint, Footage, Frame, Region, middles

DENSE: Final = 8.0  # pictures a second where it is looked closely
_DENSEST: Final = 2400  # pictures of one close look

Luma: TypeAlias = NDArray[np.uint8]
Still: TypeAlias = Callable[[Luma], Fingerprint]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A clip as it was read. ``facts``: what the file says of itself, keys and values."""

    facts: tuple[tuple[str, str], ...]
    footage: Footage


def read(path: Path, still: Still | None = None, *, every: float = 1.0) -> Clip:
    """Facts and footage of a clip: a picture every so many seconds and calm moments besides, scenes, sound.

    ``still`` fingerprints a scene's picture (grey, upright); without it there are no scenes.

    Raises:
        NoClip: neither pictures nor sound could be read.
        Missing: PyAV is not installed.
    """
    with opened(path) as reel:
        said = containers.facts(reel)
        known = (reel.container.duration or 0) / 1e6
        frames, scenes, size = _frames(reel, still, every, known)
        said += containers.rate(reel)
        has_sound = bool(reel.container.streams.audio)
    trouble = list(reel.trouble)
    sound = None
    if has_sound:
        with opened(path) as again:
            sound = fingerprint_of(again)
        trouble += [one for one in again.trouble if one not in trouble]
    if not frames and sound is None:
        raise NoClip("; ".join(trouble) or "there is nothing in it to see or hear")
    footage = Footage(
        duration=round(reel.seen_until or known, 3), width=size[0], height=size[1], frames=tuple(frames), scenes=tuple(scenes),
        sound=sound, trouble=tuple(trouble),
    )  # fmt: skip
    return Clip(facts=tuple(said), footage=footage)


def _frames(
    reel: Reel, still: Still | None, every: float, known: float
) -> tuple[list[Frame], list[tuple[float, Fingerprint]], tuple[int, int]]:
    """Frames and scenes in order of time, and width and height upright."""
    frames: dict[float, Frame] = {}
    scenes: list[tuple[float, Fingerprint]] = []
    judge = Scenes(known)
    size = (0, 0)
    for seen, calm in Chosen[Seen](every).of(containers.pictures(reel, sparing=True)):
        at = round(seen.at, 3)
        if at in frames:
            continue
        luma = seen.luma()
        size = size if size[0] else (luma.shape[1], luma.shape[0])
        frame, hashed = _frame(at, luma)
        frames[at] = frame
        if still is not None and judge.begins(at, hashed, calm=calm):
            scenes.append((at, still(luma)))
    return [frames[at] for at in sorted(frames)], sorted(scenes, key=lambda one: one[0]), size


def _frame(at: float, luma: Luma) -> tuple[Frame, NDArray[np.uint8]]:
    """A frame, and the first of its hashes."""
    if min(luma.shape) < SMALLEST:
        return Frame(at=at, hashes=bytes(FORMS * HASH), quality=0), np.zeros(HASH, np.uint8)
    smalls = _smalls(luma)
    eight = forms(frequencies(smalls[0]))
    crops = bits(frequencies(np.stack(smalls[1:]))).tobytes() if len(smalls) > 1 else b""
    return Frame(at=at, hashes=eight.tobytes(), quality=quality(smalls[0]), crops=crops), eight[0]


def _smalls(luma: Luma) -> list[NDArray[np.float32]]:
    """The whole and its middles blurred and taken down to 64 x 64; each line is blurred once for all."""
    high, wide = luma.shape
    grey = reduced(luma).astype(np.float32)
    rows, columns = grey.shape
    across = blurring(columns, wide).T
    lines, stacks = blurring(rows, high) @ grey, grey @ across
    found = [lines @ across]
    for region in middles(wide, high):
        if region.left > 0:
            start, end = round(region.left * columns), round(region.right * columns)
            found.append(lines[:, start:end] @ blurring(end - start, round((end - start) * wide / columns)).T)
        else:
            start, end = round(region.top * rows), round(region.bottom * rows)
            found.append(blurring(end - start, round((end - start) * high / rows)) @ stacks[start:end])
    return [np.asarray(one, np.float32) for one in found]


def dense(
    path: Path, start: float, end: float, *, rate: float = DENSE, region: Region | None = None
) -> tuple[Frame, ...]:
    """Frames from ``start`` to ``end`` seconds, ``rate`` a second (2,400 at most), of a region of the picture or of the whole.

    Raises:
        NoClip: it cannot be opened.
        Missing: PyAV is not installed.
    """
    found: list[Frame] = []
    due = start
    with opened(path) as reel:
        for seen in containers.pictures(reel, start=start):
            if seen.at > end or len(found) >= _DENSEST:
                break
            if seen.at < due - 1e-3:
                continue
            due = max(due + 1 / rate, seen.at + 0.5 / rate)
            found.append(_frame(round(seen.at, 3), cut(seen.luma(), region))[0])
    return tuple(found)


def cut(luma: Luma, region: Region | None) -> Luma:
    """A region of a picture; the whole where there is none, or nothing would be left."""
    if region is None:
        return luma
    high, wide = luma.shape
    top, bottom = (round(max(0.0, min(1.0, edge)) * high) for edge in (region.top, region.bottom))
    left, right = (round(max(0.0, min(1.0, edge)) * wide) for edge in (region.left, region.right))
    part = luma[top:bottom, left:right]
    return np.ascontiguousarray(part) if part.size else luma
