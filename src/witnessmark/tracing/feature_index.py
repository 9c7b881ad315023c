"""Which pictures may hold the same as this one: an inverted index over the descriptors of their corners.

Each descriptor is written down under four words of 20 of its bits (bit sampling, Indyk and Motwani 1998). Every corner of a
picture that is asked about has a vote for the pictures that have a corner under the same word, if 64 bits more of the two
descriptors nearly agree; the vote is shared out among them, and words under which too many corners stand are passed over. Only votes
that have one turn and one scale in common count (weak geometric consistency; Jégou et al., ECCV 2008). Never are all pairs
compared. The index is derived: it is built in parts, which are added and merged at will, and its answers do not depend on
how it was parted. Memory: 45 bytes a corner, some 36 KB a picture. What it does not prove: anything; the candidates are held
against each other by ``verify``.
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
CROWDED = 400  # entries under one word, or one in a hundred pictures' worth, from which it is passed over
CANDIDATES = 12  # pictures that are held against the one asked about, at most
ALWAYS = 4  # of these whatever their votes are
SURE = (
    2.5  # votes that the others need; of 1,500 photographs without a copy among 10,000, 1 in 100 has one with so many
)
LEAST_HITS = 3  # corners that a picture has in common, for its votes to be counted
VOTES = 1.0  # that a candidate needs at least
"""A vote counts one where a corner is found in one picture only, and less the more it is found in."""


class Candidate(NamedTuple):
    """A picture to be held against the one asked about, mirrored or not, with its votes."""

    name: str
    mirrored: bool
    votes: float


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


def candidates(parts: Sequence[Part], corners: Corners, most: int = CANDIDATES) -> list[Candidate]:
    """The pictures that share most corners with this one, best first; by name where votes are equal."""
    found: list[Candidate] = []
    for over in (False, True):
        asked = corners.mirrored() if over else corners
        found += [Candidate(name, over, votes) for name, votes in _votes(parts, asked).items()]
    best = sorted(found, key=lambda each: (-each.votes, each.name, each.mirrored))[:most]
    return [each for place, each in enumerate(best) if place < ALWAYS or each.votes >= SURE]


@cache
def _places() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which bits make the words (tables, bits), and which are looked at besides."""
    drawn = np.random.RandomState(20260101).permutation(256)
    return drawn[: TABLES * WORD].reshape(TABLES, WORD), drawn[-CHECKED:]


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
    angle = np.floor(corners.angle * (32 / 360)) % 32
    return np.asarray(level * 32 + angle, dtype=np.uint8)


def _votes(parts: Sequence[Part], corners: Corners) -> dict[str, float]:
    """The votes for each picture, of those that have ``VOTES`` at least."""
    words, checked = _words(corners.bits)
    spans = [_spans(each, words) for each in parts]
    crowd = sum((high - low for low, high in spans), np.zeros(words.shape, np.int64))
    passed = crowd > max(CROWDED, sum(len(each.names) for each in parts) // 100)
    hits = [_hits(each, *span, passed, checked) for each, span in zip(parts, spans, strict=True)]
    shared = sum((np.bincount(each.asked, minlength=len(checked)) for each in hits), np.zeros(len(checked), np.int64))
    worth = 1 / np.sqrt(np.maximum(shared, 1))
    lie = _lie(corners)
    return {
        name: votes for each, hit in zip(parts, hits, strict=True) for name, votes in _agreed(each, hit, worth, lie)
    }


def _agreed(
    held: Part, hits: "_Hits", worth: NDArray[np.float64], lie: NDArray[np.uint8]
) -> Iterator[tuple[str, float]]:
    """The votes of pictures by the turn and scale that most have in common; bins overlap, so that none is cut in two."""
    many = np.bincount(hits.owner, minlength=len(held.names))
    kept = many[hits.owner] >= LEAST_HITS
    owner, weight = hits.owner[kept], worth[hits.asked[kept]]
    mine, theirs = lie[hits.asked[kept]].astype(np.int64), held.lie[hits.row[kept]].astype(np.int64)
    turn, scale = (mine - theirs) % 32, mine // 32 - theirs // 32 + 7
    numbers, place = np.unique(owner, return_inverse=True)
    best = np.zeros(len(numbers))
    for turned in (0, 2):
        for scaled in (0, 1):
            bins = ((turn + turned) % 32 // 4) * 8 + (scale + scaled) // 2
            total = np.bincount(place * 64 + bins, weights=weight, minlength=len(numbers) * 64)
            best = np.maximum(best, total.reshape(-1, 64).max(axis=1, initial=0.0))
    yield from (
        (held.names[number], round(float(votes), 6))
        for number, votes in zip(numbers, best, strict=True)
        if votes >= VOTES
    )


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
    """The corners found under the same words that nearly agree: one for each corner asked about and each of a picture."""
    count = np.where(passed, 0, high - low).ravel()
    ends = np.cumsum(count)
    at = np.repeat(low.ravel() - ends + count, count) + np.arange(count.sum())
    number = np.repeat(np.arange(len(count)), count)
    asked = number % len(checked) if len(checked) else number
    row = held.rows.ravel()[number // max(1, len(checked)) * len(held.owner) + at].astype(np.int64)
    near = np.bitwise_count(held.checked[row] ^ checked[asked]) <= APART
    asked, row = asked[near], row[near]
    owner = held.owner[row].astype(np.int64)
    # One picture's pattern or lettering is worth one vote: each corner asked about once a picture, each of its corners once.
    kept = np.unique(asked * len(held.names) + owner, return_index=True)[1] if len(asked) else np.zeros(0, np.intp)
    kept = kept[np.unique(row[kept], return_index=True)[1]]
    return _Hits(asked[kept], row[kept], owner[kept])
