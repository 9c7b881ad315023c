"""Which of millions of hashes of 256 bits lie within a small Hamming distance of these: an index of their words, in numpy.

The rule (multi-index hashing, Norouzi, Punjani and Fleet 2012, https://arxiv.org/abs/1307.2982): a hash is cut into words.
Of two hashes at most 31 bits apart, cut into 16 words of 16 bits, some word differs by one bit at most: so all hashes are
found that share a word with the query, or all but one bit of it (exact). Cut into 13 words of 22 bits, which overlap, far
fewer are looked at, and about one in a thousand is missed (fast). Beyond 31 bits both find most, not all. Whether a pair is found
depends on the two hashes alone, never on what else is held or in which order it came. Few hashes are all compared.

It is built in parts: what is added makes a part of its own, and parts are merged when they have grown alike, so a hash is
sorted again some ten times among millions. What it does not prove: that near hashes are of one picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.fingerprint import HASH

SURE: Final = 31  # bits within which the exact way finds all
FEW: Final = 2048  # hashes of a part that are all compared
LOOKED_AT: Final = 1 << 21  # candidates compared at a time: about 160 MB
AT_ONCE: Final = 4096  # queries at a time

Hashes = NDArray[np.uint8]
Numbers = NDArray[np.int64]


class Found(NamedTuple):
    """Pairs found, in order of query and hit: numbers of rows, and how many bits differ."""

    query: Numbers
    hit: Numbers
    distance: Numbers


class Cut(NamedTuple):
    """How a hash is cut: ``words`` of ``bits`` bits each, evenly spread; they may overlap."""

    words: int
    bits: int


EXACT: Final = Cut(16, 16)
FAST: Final = Cut(13, 22)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Hashes that are sorted together. ``first``: the number of its first hash; ``order`` (words x n): its hashes by word;

    ``starts`` (words x 2 to the bits, and one): where in the order each word begins. Both are empty where all are compared.
    """

    first: int
    hashes: NDArray[np.uint64]
    order: NDArray[np.uint32]
    starts: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.hashes)


@dataclass(slots=True, eq=False)
class HashIndex:
    """An index that grows. ``cut``: EXACT or FAST; hashes are numbered as they come."""

    cut: Cut = EXACT
    parts: list[Part] = field(default_factory=list)

    @classmethod
    def of(cls, hashes: Hashes, cut: Cut = EXACT) -> Self:
        """An index of these hashes (n x 32 bytes)."""
        made = cls(cut)
        made.add(hashes)
        return made

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def add(self, hashes: Hashes) -> None:
        """Take in more hashes (n x 32 bytes); their numbers go on from those held."""
        if not len(hashes):
            return
        rows, first = _quarters(hashes), len(self)
        while self.parts and len(self.parts[-1]) <= 2 * len(rows):
            last = self.parts.pop()
            rows, first = np.concatenate([last.hashes, rows]), last.first
        self.parts.append(_part(rows, first, self.cut))

    def find(self, queries: Hashes, most: int = SURE) -> Found:
        """Every pair of a query (q x 32 bytes) and a hash held that differ by at most ``most`` bits, as far as it finds them."""
        rows = _quarters(queries)
        found = [_in_part(part, rows, most, self.cut) for part in self.parts]
        return joined(found)

    @property
    def held(self) -> int:
        """Bytes of memory."""
        return sum(part.hashes.nbytes + part.order.nbytes + part.starts.nbytes for part in self.parts)


def joined(found: list[Found]) -> Found:
    """Several answers as one, in order of query and hit."""
    if not found:
        return Found(*(np.zeros(0, np.int64) for _ in range(3)))
    query, hit, distance = (np.concatenate([one[place] for one in found]) for place in range(3))
    order = np.lexsort((hit, query))
    return Found(query[order], hit[order], distance[order])


def _quarters(hashes: Hashes) -> NDArray[np.uint64]:
    """Hashes as four numbers of 64 bits each."""
    if hashes.ndim != 2 or hashes.shape[1] != HASH:
        raise ValueError("hashes are rows of 32 bytes")
    return np.ascontiguousarray(hashes).view(np.uint64)


def _words(rows: NDArray[np.uint64], cut: Cut) -> Iterator[NDArray[np.uint32]]:
    """For each word, its value in every hash."""
    if cut == EXACT:
        sixteen = rows.view(np.uint16)
        yield from (sixteen[:, word].astype(np.uint32) for word in range(cut.words))
        return
    octets = rows.view(np.uint8)
    for word in range(cut.words):
        start = word * (8 * HASH - cut.bits) // (cut.words - 1)
        last = -(-(start + cut.bits) // 8)
        value = np.zeros(len(rows), np.uint64)
        for octet in range(start // 8, last):
            value = (value << np.uint64(8)) | octets[:, octet]
        spare = np.uint64(last * 8 - start - cut.bits)
        yield ((value >> spare) & np.uint64((1 << cut.bits) - 1)).astype(np.uint32)


def _part(rows: NDArray[np.uint64], first: int, cut: Cut) -> Part:
    if len(rows) <= FEW:
        nothing = np.zeros((0, 0), np.uint32)
        return Part(first, rows, nothing, nothing)
    order = np.empty((cut.words, len(rows)), np.uint32)
    starts = np.zeros((cut.words, (1 << cut.bits) + 1), np.uint32)
    for word, values in enumerate(_words(rows, cut)):
        if cut.bits <= 16:  # sorted by radix, in a third of the time
            order[word] = np.argsort(values.astype(np.uint16), kind="stable")
        else:
            order[word] = np.argsort(values)
        starts[word, 1:] = np.cumsum(np.bincount(values, minlength=1 << cut.bits))
    return Part(first, rows, order, starts)


def _in_part(part: Part, queries: NDArray[np.uint64], most: int, cut: Cut) -> Found:
    each = max(1, LOOKED_AT // len(part)) if not part.order.size else AT_ONCE
    found = []
    for start in range(0, len(queries), each):
        some = queries[start : start + each]
        near = _sought(part, some, most, cut) if part.order.size else _all_compared(part, some, most, cut)
        found.append(Found(near.query + start, near.hit + part.first, near.distance))
    return joined(found)


def _all_compared(part: Part, queries: NDArray[np.uint64], most: int, cut: Cut) -> Found:
    apart = np.zeros((len(queries), len(part)), np.uint16)
    for quarter in range(4):
        apart += np.bitwise_count(queries[:, quarter, None] ^ part.hashes[None, :, quarter])
    query, hit = np.nonzero(apart <= most)
    # The same pairs as through the words, or what is found would depend on how many are held.
    met = _meet(queries[query] ^ part.hashes[hit], cut)
    query, hit = query[met], hit[met]
    return Found(query, hit, apart[query, hit].astype(np.int64))


def _meet(differing: NDArray[np.uint64], cut: Cut) -> NDArray[np.bool_]:
    """Of bits in which two hashes differ: whether some word has one at most."""
    met = np.zeros(len(differing), np.bool_)
    for values in _words(differing, cut):
        met |= np.bitwise_count(values) <= 1
    return met


def _sought(part: Part, queries: NDArray[np.uint64], most: int, cut: Cut) -> Found:
    flips = np.concatenate([np.zeros(1, np.uint32), np.uint32(1) << np.arange(cut.bits, dtype=np.uint32)])
    found: list[Found] = []
    for word, values in enumerate(_words(queries, cut)):
        probes = (values[:, None] ^ flips[None, :]).ravel()
        begin = part.starts[word][probes]
        count = part.starts[word][probes + np.uint32(1)] - begin
        full = np.flatnonzero(count)
        found += _compared(part, queries, word, full // len(flips), begin[full].astype(np.int64), count[full], most)
    every = joined(found)
    fresh = np.ones(len(every.query), np.bool_)
    fresh[1:] = (np.diff(every.query) != 0) | (np.diff(every.hit) != 0)  # one pair may share several words
    return Found(every.query[fresh], every.hit[fresh], every.distance[fresh])


def _compared(
    part: Part,
    queries: NDArray[np.uint64],
    word: int,
    query: Numbers,
    begin: Numbers,
    count: NDArray[np.uint32],
    most: int,
) -> Iterator[Found]:
    """Of runs of the order of a word, each to be compared with a query, the pairs that are near."""
    ends = np.cumsum(count, dtype=np.int64)
    start, total = 0, len(query)
    while start < total:
        done = int(ends[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(ends, done + LOOKED_AT)))
        many = count[start:end].astype(np.int64)
        place = np.arange(int(ends[end - 1]) - done) - np.repeat(ends[start:end] - many - done, many)
        hit = part.order[word][np.repeat(begin[start:end], many) + place]
        mine = np.repeat(query[start:end], many)
        near = _near(part.hashes, hit, queries, mine, most)
        hits = hit[near].astype(np.int64)
        distance = np.bitwise_count(part.hashes[hits] ^ queries[mine[near]]).sum(axis=1, dtype=np.int64)
        yield Found(mine[near], hits, distance)
        start = end


def _near(
    hashes: NDArray[np.uint64], hit: NDArray[np.uint32], queries: NDArray[np.uint64], mine: Numbers, most: int
) -> Numbers:
    """Which candidates are near. Half of the hash is compared first: it rules nearly all out."""
    half = np.bitwise_count(hashes[hit, 0] ^ queries[mine, 0]) + np.bitwise_count(hashes[hit, 1] ^ queries[mine, 1])
    left = np.flatnonzero(half <= most)
    rest = np.bitwise_count(hashes[hit[left], 2:] ^ queries[mine[left], 2:]).sum(axis=1, dtype=np.int64)
    return np.asarray(left[half[left] + rest <= most], np.int64)
