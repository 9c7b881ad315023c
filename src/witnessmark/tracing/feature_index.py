"""Which pictures may hold the same as this one: an inverted index over the descriptors of their corners.

Each descriptor is written down under four words of 20 of its bits (bit sampling, Indyk and Motwani 1998). A picture that is
asked about is held against those that have corners under the same words, of whose descriptors 64 bits more nearly agree, if
enough of these corners have one turn and one scale in common (weak geometric consistency; Jégou et al., ECCV 2008). Never are
all pairs compared. Whether two pictures are candidates depends on them alone, whichever is asked about, and not on what else is
held; but for the least alike of very many, and for words under which very many corners stand: these are passed over. The index is derived: it is built in parts,
which are added and merged at will. Memory: 45 bytes a corner, some 36 KB a picture. What it does not prove: anything;
the candidates are held against each other by ``verify``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.fingerprint import DESCRIPTOR
from witnessmark.tracing.verify import SMALLEST, Corners, Words

TABLES = 4
WORD = 20  # bits of a word
CHECKED = 64  # bits more that are looked at
APART = 16  # of them that may differ
CROWDED = 400  # corners under one word, or a twenty-fifth of the pictures, from which it is passed over
COMMON = 7  # corners in common, of one turn and one scale, that make a candidate
MOST = 16  # candidates of one picture, those with most in common; more are joined to it through these
TURNS = 32  # steps of angle
WINDOW = 2  # of these between the middles of windows; each reaches 1 to either side, as it does in levels


class Candidate(NamedTuple):
    """A picture to be held against the one asked about, mirrored or not, and how many corners they have in common."""

    name: str
    mirrored: bool
    common: int


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some pictures: their ``names``; of every corner its ``owner`` (the number of the picture) and the bits ``checked``.

    ``lie``: its size and angle, in one byte. ``words`` (tables, corners) in rising order, ``rows``: which corner each stands for.
    """

    names: tuple[str, ...]
    owner: NDArray[np.int32]
    checked: NDArray[np.uint64]
    lie: NDArray[np.uint8]
    words: NDArray[np.uint32]
    rows: NDArray[np.uint32]


def part(pictures: Iterable[tuple[str, Corners]]) -> Part:
    """An index of these pictures, each with a name of its own."""
    held = [(name, *_words(corners.bits), _lie(corners)) for name, corners in pictures]
    owner = np.repeat(np.arange(len(held), dtype=np.int32), [len(each[3]) for each in held])
    lie = np.concatenate([np.zeros(0, np.uint8), *(each[3] for each in held)])
    words = np.concatenate([np.zeros((TABLES, 0), np.uint32), *(each[1] for each in held)], axis=1)
    checked = np.concatenate([np.zeros(0, np.uint64), *(each[2] for each in held)])
    return _sorted(tuple(each[0] for each in held), owner, checked, lie, words)


def merged(parts: Sequence[Part]) -> Part:
    """One part of several. A picture stands in one of them only."""
    names = tuple(name for each in parts for name in each.names)
    starts = np.cumsum([0, *(len(each.names) for each in parts)])
    owner = np.concatenate(
        [np.zeros(0, np.int32), *(each.owner + start for each, start in zip(parts, starts, strict=False))]
    )
    checked = np.concatenate([np.zeros(0, np.uint64), *(each.checked for each in parts)])
    lie = np.concatenate([np.zeros(0, np.uint8), *(each.lie for each in parts)])
    words = [np.zeros((TABLES, 0), np.uint32)]
    for each in parts:
        again = np.empty_like(each.words)
        np.put_along_axis(again, each.rows.astype(np.int64), each.words, axis=1)
        words.append(again)
    return _sorted(names, owner.astype(np.int32), checked, lie, np.concatenate(words, axis=1))


def candidates(parts: Sequence[Part], corners: Corners) -> list[Candidate]:
    """The pictures that have enough corners in common with this one, most first; by name where they have as many."""
    found: list[Candidate] = []
    for over in (False, True):
        asked = corners.mirrored() if over else corners
        found += [Candidate(name, over, common) for name, common in _in_common(parts, asked)]
    return sorted(found, key=lambda each: (-each.common, each.name, each.mirrored))[:MOST]


@cache
def _places() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which bits make the words (tables, bits), and which are looked at besides.

    With each bit stands its mirrored one, 128 further, so that a picture finds a mirrored one if and only if that finds it.
    """
    drawn = np.random.RandomState(20260101).permutation(128)
    pairs = TABLES // 2
    first = drawn[: pairs * WORD].reshape(pairs, WORD) + np.arange(WORD) % 2 * 128
    besides = drawn[pairs * WORD : pairs * WORD + CHECKED // 2]
    return np.concatenate([first, (first + 128) % 256]), np.concatenate([besides, besides + 128])


def _words(bits: Words) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """The words of descriptors (tables, n), and the bits that are looked at besides (n)."""
    places, besides = _places()
    single = np.unpackbits(np.ascontiguousarray(bits).view(np.uint8).reshape(-1, DESCRIPTOR), axis=1)
    powers = (1 << np.arange(WORD)).astype(np.float32)
    words = np.stack([single[:, chosen].astype(np.float32) @ powers for chosen in places])  # exact below 2**24
    besides = np.ascontiguousarray(np.packbits(single[:, besides], axis=1))
    checked = besides.view("<u8").reshape(-1).astype(np.uint64)
    return words.astype(np.uint32), checked


def _sorted(
    names: tuple[str, ...],
    owner: NDArray[np.int32],
    checked: NDArray[np.uint64],
    lie: NDArray[np.uint8],
    words: NDArray[np.uint32],
) -> Part:
    rows = np.argsort(words, axis=1, kind="stable").astype(np.uint32)
    return Part(names, owner, checked, lie, np.take_along_axis(words, rows.astype(np.int64), axis=1), rows)


def _lie(corners: Corners) -> NDArray[np.uint8]:
    """The size (3 bits: the level of the pyramid) and the angle (5 bits) of corners."""
    level = np.clip(np.rint(np.log(corners.size / SMALLEST) / np.log(1.2)), 0, 7)
    angle = np.rint(corners.angle * (TURNS / 360)) % TURNS
    return np.asarray(level * TURNS + angle, dtype=np.uint8)


def _in_common(parts: Sequence[Part], corners: Corners) -> Iterator[tuple[str, int]]:
    """The pictures that have ``COMMON`` corners in common with this one, and how many they have."""
    words, checked = _words(corners.bits)
    spans = [_spans(each, words) for each in parts]
    crowd = sum((high - low for low, high in spans), np.zeros(words.shape, np.int64))
    passed = crowd > max(CROWDED, sum(len(each.names) for each in parts) // 25)
    lie = _lie(corners).astype(np.int64)
    for each, span in zip(parts, spans, strict=True):
        yield from _agreed(each, _hits(each, *span, passed, checked), lie)


def _agreed(held: Part, hits: "_Hits", lie: NDArray[np.int64]) -> Iterator[tuple[str, int]]:
    """Of each picture, how many corners are found with the turn and the scale that most have in common.

    One picture's pattern or lettering is worth one: each corner of either picture counts once.
    """
    many = np.bincount(hits.owner, minlength=len(held.names)) >= COMMON
    kept, number = many[hits.owner], np.cumsum(many) - 1
    asked, row, owner = (each[kept] for each in hits)
    turn, scale = (lie[asked] - held.lie[row]) % TURNS, lie[asked] // TURNS - held.lie[row] // TURNS
    # Windows overlap, so that none who agree are parted, and lie alike to both sides of nought.
    windows = [
        (turn + less) // WINDOW * WINDOW % TURNS * 16 + (scale + 8 + odd) // 2
        for less in (0, WINDOW - 1)
        for odd in (0, 1)
    ]
    window = np.concatenate(windows) + np.tile(number[owner], 4) * (TURNS * 16)
    full = np.flatnonzero(np.bincount(window)[window] >= COMMON) if len(window) else window
    window, counts = window[full], []
    for corner, most in ((asked, len(lie)), (row, len(held.owner))):
        once = np.unique(window * max(1, most) + np.tile(corner, 4)[full]) // max(1, most)
        counts.append(np.unique(once, return_counts=True))
    common = np.minimum(counts[0][1], counts[1][1])  # the same windows in both
    best = np.zeros(len(held.names), np.int64)
    np.maximum.at(best, np.flatnonzero(many)[counts[0][0] // (TURNS * 16)], common)
    yield from ((held.names[place], int(best[place])) for place in np.flatnonzero(best >= COMMON))


def _spans(held: Part, words: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each word stands in each table: from and to, (tables, n)."""
    low, high = np.empty(words.shape, np.int64), np.empty(words.shape, np.int64)
    for table, (held_words, asked) in enumerate(zip(held.words, words, strict=True)):
        order = np.argsort(asked, kind="stable")  # words in order are found faster: neighbours lie in the cache
        low[table, order] = np.searchsorted(held_words, asked[order])
        high[table, order] = np.searchsorted(held_words, asked[order], "right")
    return low, high


class _Hits(NamedTuple):
    """Which corner asked about was found in which row, of which picture."""

    asked: NDArray[np.int64]
    row: NDArray[np.int64]
    owner: NDArray[np.int64]


def _hits(
    held: Part,
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    passed: NDArray[np.bool_],
    checked: NDArray[np.uint64],
) -> _Hits:
    """The corners found under the same words that nearly agree."""
    count = np.where(passed, 0, high - low).ravel()
    ends = np.cumsum(count)
    at = np.repeat(low.ravel() - ends + count, count) + np.arange(count.sum())
    number = np.repeat(np.arange(len(count)), count)
    asked = number % len(checked) if len(checked) else number
    row = held.rows.ravel()[number // max(1, len(checked)) * len(held.owner) + at].astype(np.int64)
    near = np.bitwise_count(held.checked[row] ^ checked[asked]) <= APART
    asked, row = asked[near], row[near]
    return _Hits(asked, row, held.owner[row].astype(np.int64))
