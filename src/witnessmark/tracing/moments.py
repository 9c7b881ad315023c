"""The moments of clips laid side by side, and which of two clips are near each other: an index over hashes, never all pairs.

Frames of one clip that hardly differ, one after the other, are one moment with a beginning and an end, so that an hour of
one view counts once. A moment that is in very many clips (a title card, a black picture) says nothing of any two and is
left out, and so is what has too little to see. What it does not prove: that near moments are copies; whether they follow
each other as copies do is seen by :mod:`footage`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.fingerprint import FORMS, HASH, Footage, Frame
from witnessmark.tracing.hash_index import EXACT, FAST, Found, HashIndex, joined

RADIUS: Final = 40  # bits by which two moments differ at most to hint at a copy; what is certain is judged later
SEEN: Final = 20  # PDQ's quality, under which there is too little to see
STILL: Final = 10  # bits by which frames of one moment differ at most from its first
COMMON: Final = 40  # clips that a moment may be in to say something of two
WHOLE: Final = -1  # in place of the number of a crop
MANY: Final = 200_000  # moments from which the faster index is used
_AT_ONCE: Final = 65_536  # hashes looked up at once

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Hashes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Moments in columns. ``clip``: which; ``at``, ``until``: seconds; ``forms``: (n, 8, 32); ``crops``: hashes, of which, moment."""

    clip: Ints
    at: Floats
    until: Floats
    forms: Hashes
    crops: Hashes
    crop: Ints
    of: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Pairs of near moments in columns: of clip ``one`` and clip ``other``, times, bits; ``form`` of ``one``'s picture that is

    ``other``'s, ``crop_one`` and ``crop_other``: which middle of either is meant, or ``WHOLE``.
    """

    one: Ints
    other: Ints
    form: Ints
    crop_one: Ints
    crop_other: Ints
    at_one: Floats
    at_other: Floats
    bits: Ints


def hashes_of(frames: Sequence[Frame]) -> Hashes:
    """The hashes of frames, (n, 8, 32)."""
    joined = b"".join(one.hashes for one in frames)
    return np.frombuffer(joined, np.uint8).reshape(-1, FORMS, HASH)


def bits_between(one: Hashes, other: Hashes) -> Ints:
    """Hamming distances of hashes (… x 32), broadcast."""
    return np.asarray(np.bitwise_count(one.view(np.uint64) ^ other.view(np.uint64)).sum(-1), np.int64)


def moments(clips: Sequence[Footage]) -> Moments:
    """The moments of clips, in their order."""
    clip: list[int] = []
    at: list[float] = []
    until: list[float] = []
    forms: list[Hashes] = []
    crops: list[bytes] = []
    crop: list[int] = []
    of: list[int] = []
    for number, footage in enumerate(clips):
        seen = [one for one in footage.frames if one.quality >= SEEN and len(one.hashes) == FORMS * HASH]
        if not seen:
            continue
        hashes = hashes_of(seen)
        for first, last in _runs(hashes[:, 0]):
            for index, start in enumerate(range(0, len(seen[first].crops) // HASH * HASH, HASH)):
                crops.append(seen[first].crops[start : start + HASH])
                crop.append(index)
                of.append(len(clip))
            clip.append(number)
            at.append(seen[first].at)
            until.append(seen[last].at)
            forms.append(hashes[first])
    return Moments(
        np.array(clip, np.int64), np.array(at, np.float64), np.array(until, np.float64),
        np.array(forms, np.uint8).reshape(-1, FORMS, HASH), np.frombuffer(b"".join(crops), np.uint8).reshape(-1, HASH),
        np.array(crop, np.int64), np.array(of, np.int64),
    )  # fmt: skip


def _runs(hashes: Hashes) -> Iterator[tuple[int, int]]:
    """First and last of each run of hashes near its first."""
    first = 0
    for index in range(1, len(hashes) + 1):
        if index == len(hashes) or int(np.bitwise_count(hashes[index] ^ hashes[first]).sum()) > STILL:
            yield first, index - 1
            first = index


def hits(known: Moments, fresh: NDArray[np.bool_] | None = None) -> Hits:
    """Near moments of different clips; with ``fresh`` (by clip) only pairs of which one is fresh."""
    whole = np.ascontiguousarray(known.forms[:, 0])
    turned = np.ascontiguousarray(known.forms.reshape(-1, HASH))
    query, base, bits = within(turned, whole, RADIUS)
    moment, form = query // FORMS, query % FORMS
    kept = known.clip[moment] < known.clip[base]
    found = [_hits(known, moment[kept], base[kept], form[kept], np.full(kept.sum(), WHOLE), None, bits[kept])]
    if len(known.crops):
        query, base, bits = within(turned, known.crops, RADIUS)
        moment, form, owner = query // FORMS, query % FORMS, known.of[base]
        found.append(_hits(known, moment, owner, form, np.full(len(moment), WHOLE), known.crop[base], bits))
    joined = Hits(*(np.concatenate([getattr(one, name) for one in found]) for name in Hits.__slots__))
    return _telling(joined, fresh)


def _hits(
    known: Moments, one: Ints, other: Ints, form: Ints, crop_one: Ints, crop_other: Ints | None, bits: Ints
) -> Hits:
    """Pairs in columns, the clip that comes first as ``one``; each counts at its beginning, and at its end where both last."""
    crop_other = np.full(len(one), WHOLE) if crop_other is None else crop_other
    lasting = (known.until[one] > known.at[one]) & (known.until[other] > known.at[other])
    ends = np.flatnonzero(lasting)
    pick = np.concatenate([np.arange(len(one)), ends])
    late = np.arange(len(pick)) >= len(one)
    first, second = one[pick], other[pick]
    at_one = np.where(late, known.until[first], known.at[first])
    at_other = np.where(late, known.until[second], known.at[second])
    swap = known.clip[first] > known.clip[second]
    undone = np.array([0, 3, 2, 1, 4, 5, 6, 7])[form[pick]]  # a turn is undone by the other turn, a mirroring by itself
    return Hits(
        np.where(swap, known.clip[second], known.clip[first]), np.where(swap, known.clip[first], known.clip[second]),
        np.where(swap, undone, form[pick]), np.where(swap, crop_other[pick], crop_one[pick]),
        np.where(swap, crop_one[pick], crop_other[pick]), np.where(swap, at_other, at_one), np.where(swap, at_one, at_other),
        bits[pick],
    )  # fmt: skip


def _telling(found: Hits, fresh: NDArray[np.bool_] | None) -> Hits:
    """Without pairs within one clip, moments of very many clips, and pairs that are asked for by nobody."""
    keep = found.one != found.other
    for mine, at, theirs in ((found.one, found.at_one, found.other), (found.other, found.at_other, found.one)):
        place = np.unique(np.stack([mine.astype(np.float64), at], 1), axis=0, return_inverse=True)[1].reshape(-1)
        several = np.unique(np.stack([place, theirs], 1), axis=0)
        counts = np.bincount(several[:, 0], minlength=int(place.max(initial=-1)) + 1)
        keep &= counts[place] <= COMMON
    if fresh is not None:
        keep &= fresh[found.one] | fresh[found.other]
    return Hits(*(getattr(found, name)[keep] for name in Hits.__slots__))


def within(queries: Hashes, base: Hashes, radius: int) -> tuple[Ints, Ints, Ints]:
    """Pairs (query, base, bits) of hashes (n x 32) that differ by ``radius`` bits at most, as far as the index finds them."""
    if not len(queries) or not len(base):
        return (np.zeros(0, np.int64),) * 3
    index = HashIndex.of(base, EXACT if len(base) < MANY else FAST)
    found = [
        _from(start, index.find(queries[start : start + _AT_ONCE], radius))
        for start in range(0, len(queries), _AT_ONCE)
    ]
    return joined(found)


def _from(start: int, found: Found) -> Found:
    return found._replace(query=found.query + start)
