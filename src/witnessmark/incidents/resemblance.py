"""How alike two items' words are, weighed by how rare the words are in the case: names, villages and details tell more

than the words of every report. A number between 0 and 1 (cosine), for comparing the few pairs that a block brought together; it is
blind across languages and says nothing about who had it from whom.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.sketch import WIDTH, Sketch, unpacked

_LONG = 60  # distinct words of a text long enough to be held against it what it does not share
_EVERYDAY = 0.15  # share of everyday words that two such texts of one language have in common
STRANGE = 0.1
_RARE = 60  # items a word may stand in and still bring two claims together
_MOST = 12
_NAMED = 2  # words of names of the dead from which two texts can be told apart by them, where one of them names twice as many
_COMMON = (
    0.02  # share of the items naming dead in which a word of a name may stand and still tell one family from others
)
# Weights are whole numbers, so that sums of them are the same in whatever order they are added.
_GRAIN = 1 << 12
_ONE = 20  # bits in which shared words are counted, below their weight
_LOT = 4096  # items looked at together
_AT_ONCE = 1 << 20  # words looked up together
Numbers: TypeAlias = NDArray[np.int64]


class Alike(NamedTuple):
    """All that a fit takes of two items' words.

    ``words``: how alike, to a whole hundredth. Weights shift a little with every item that a case gains; rounded, most pairs
    stand as they stood, and need no second look.
    """

    words: float
    strangers: bool
    other_dead: bool

    @property
    def code(self) -> int:
        """It all in one number, below 512."""
        return round(self.words * 100) << 2 | self.strangers << 1 | self.other_dead


class Resemblance:
    """Weights of all words of a case. Memory: eight bytes a word and item, and some 150 for each pair of items asked for."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        sketches = list(sketches)
        self._number = {one.item: at for at, one in enumerate(sketches)}
        self._dead = [one.dead for one in sketches] + [b""]
        self._names_dead = np.fromiter(map(bool, self._dead), np.bool_, len(self._dead))
        borne = Counter(name for names in self._dead for name in unpacked(names))
        most = max(_NAMED, int(self._names_dead.sum()) * _COMMON)
        self._borne_by_many = frozenset(name for name, count in borne.items() if count > most)
        said = [one.terms if one.readable else b"" for one in sketches]
        self._bounds = np.cumsum([0, *(len(terms) // WIDTH for terms in said)], dtype=np.int64)
        self._terms, self._words, counts = _numbered(b"".join(said))
        many = max(2, sum(one.readable for one in sketches))
        by_count = {count: round(log(many / count) ** 2 * _GRAIN) for count in set(counts.tolist())}
        self._weight = np.fromiter((by_count[count] for count in counts.tolist()), np.int64, len(counts))
        self._root = np.zeros(len(sketches) + 1)
        self._rarest, self._rare_bounds = self._measured(counts)
        # One item is held against many in turn, and two items as often as they have claims.
        self._distinct = lru_cache(maxsize=256)(lambda at: frozenset(self._of(at).tolist()))
        self._asked: dict[tuple[str, str], Alike] = {}
        self._held: dict[int, Alike] = {}

    def _of(self, at: int) -> NDArray[np.int32]:
        """The distinct words of an item, by number."""
        return self._words[self._bounds[at] : self._bounds[at + 1]]

    def _measured(self, counts: Numbers) -> tuple[NDArray[np.uint32], Numbers]:
        """Fill in the root of each item's sum of weights; returns the rarest words of all items, and where each one's begin.

        How rare is taken to the power of two, so that they seldom change as a case grows.
        """
        rarity = np.frexp(counts.astype(np.float64))[1].astype(np.int64) << 32 | self._terms
        rarity[(counts < 2) | (counts > _RARE)] = -1
        rarest: list[NDArray[np.uint32]] = []
        lengths = [np.zeros(1, np.int64)]
        for start in range(0, len(self._root) - 1, _LOT):
            bounds = self._bounds[start : start + _LOT + 1]
            words = self._words[bounds[0] : bounds[-1]]
            sums = np.concatenate([[0], np.cumsum(self._weight[words])])[bounds - bounds[0]]
            self._root[start : start + _LOT][: len(bounds) - 1] = np.sqrt(np.diff(sums).astype(np.float64))
            owner = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
            rare = rarity[words] >= 0
            owner, ranks = owner[rare], rarity[words][rare]
            order = np.lexsort((ranks, owner))
            owner, ranks = owner[order], ranks[order]
            among = np.arange(len(owner)) - np.searchsorted(owner, owner)
            first = among < _MOST
            rarest.append((ranks[first] & 0xFFFFFFFF).astype(np.uint32))
            lengths.append(np.bincount(owner[first], minlength=len(bounds) - 1))
        return np.concatenate([np.zeros(0, np.uint32), *rarest]), np.cumsum(np.concatenate(lengths))

    def of(self, one: str, other: str) -> Alike:
        """What is known of two items' words."""
        pair = (one, other) if one < other else (other, one)
        known = self._asked.get(pair)
        if known is None:
            mine, theirs = (self._number.get(item, -1) for item in pair)
            code = self._compare(mine, theirs) | self._other_dead(mine, theirs)
            alike = Alike((code >> 2) / 100, bool(code & 2), bool(code & 1))
            known = self._asked[pair] = self._held.setdefault(code, alike)
        return known

    def numbers(self, items: Iterable[str]) -> Numbers:
        """The numbers by which ``codes`` knows items; -1 for one that it does not know."""
        return np.array([self._number.get(item, -1) for item in items], np.int64)

    def codes(self, ones: Numbers, others: Numbers) -> Numbers:
        """The code of each of many pairs of items, by number: as of one after the other, and many times quicker."""
        out = np.zeros(len(ones), np.int64)
        order = np.argsort(ones, kind="stable")
        row = np.zeros(len(self._weight), np.int64)
        for lot in np.split(order, np.flatnonzero(np.diff(ones[order])) + 1) if len(ones) else ():
            out[lot] = self._row(int(ones[lot[0]]), others[lot], row)
        for at in np.flatnonzero(self._names_dead[ones] & self._names_dead[others]).tolist():
            out[at] |= self._other_dead(int(ones[at]), int(others[at]))
        return out

    def _row(self, one: int, others: Numbers, row: Numbers) -> Numbers:
        """The codes of one item with others. ``row``: room for a number for each word, all zero, before and after."""
        codes = np.zeros(len(others), np.int64)
        asked = np.flatnonzero(self._root[one] * self._root[others])
        if not len(asked):
            return codes
        mine = self._of(one)
        row[mine] = self._weight[mine] << _ONE | 1
        parts = [self._of(other) for other in others[asked].tolist()]
        starts = np.cumsum([0, *map(len, parts[:-1])])
        sums = np.add.reduceat(row[np.concatenate(parts)], starts)
        row[mine] = 0
        lengths = np.fromiter(map(len, parts), np.int64, len(parts))
        alike = (sums >> _ONE) / (self._root[one] * self._root[others[asked]])
        long = np.minimum(lengths, len(mine)) >= _LONG
        strange = long & (alike < STRANGE) & ((sums & ((1 << _ONE) - 1)) >= _LONG * _EVERYDAY)
        codes[asked] = np.rint(alike * 100).astype(np.int64) << 2 | strange.astype(np.int64) << 1
        return codes

    def _compare(self, one: int, other: int) -> int:
        """How alike, and whether strangers, as a number (see :class:`Alike`)."""
        norm = float(self._root[one] * self._root[other])  # number -1 has none
        if not norm:
            return 0
        mine, theirs = self._distinct(one), self._of(other).tolist()
        shared = list(mine.intersection(theirs))
        alike = int(self._weight[shared].sum()) / norm
        long = min(len(mine), len(theirs)) >= _LONG
        return round(alike * 100) << 2 | (long and alike < STRANGE and len(shared) >= _LONG * _EVERYDAY) << 1

    def _other_dead(self, one: int, other: int) -> bool:
        """Whether both name dead in one script and no name of theirs has a word in common that few bear."""
        mine, theirs = (frozenset(unpacked(self._dead[item])) for item in (one, other))
        for script in (0, 1):
            here, there = ({name for name in names if name & 1 == script} for names in (mine, theirs))
            if min(len(here), len(there)) >= _NAMED and max(len(here), len(there)) >= 2 * _NAMED:
                return here.isdisjoint(there - self._borne_by_many)
        return False

    def rare(self, item: str) -> list[int]:
        """The rarest words of an item that stand in at least one other, at most a dozen, rarest first."""
        at = self._number.get(item)
        return [] if at is None else self._rarest[self._rare_bounds[at] : self._rare_bounds[at + 1]].tolist()


def _numbered(packed: bytes) -> tuple[NDArray[np.uint32], NDArray[np.int32], Numbers]:
    """All words of a case, sorted; for each that an item says its number among them; and how often each is said."""
    said = np.frombuffer(packed, dtype="<u4")
    terms, counts = np.unique(said, return_counts=True)
    numbers = np.empty(len(said), np.int32)
    for start in range(0, len(said), _AT_ONCE):
        numbers[start : start + _AT_ONCE] = np.searchsorted(terms, said[start : start + _AT_ONCE])
    return terms.astype(np.uint32), numbers, counts.astype(np.int64)
