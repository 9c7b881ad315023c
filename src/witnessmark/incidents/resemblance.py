"""How alike two items' words are, weighed by how rare the words are in the case: names, villages and details tell more

than the words of every report. A number between 0 and 1 (cosine), for comparing the few pairs that a block brought together; it is
blind across languages and says nothing about who had it from whom.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log, sqrt
from typing import NamedTuple

from witnessmark.terms.sketch import Sketch, unpacked

_LONG = 60  # distinct words of a text long enough to be held against it what it does not share
_EVERYDAY = 0.15  # share of everyday words that two such texts of one language have in common
STRANGE = 0.1
_RARE = 60  # items a word may stand in and still bring two claims together
_MOST = 12
_NAMED = 2  # words of names of the dead from which two texts can be told apart by them, where one of them names twice as many
_COMMON = (
    0.02  # share of the items naming dead in which a word of a name may stand and still tell one family from others
)


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
    """Weights of all words of a case. Memory: four bytes a word and item, and some 150 for each pair of items asked for."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        sketches = list(sketches)
        self._terms = {one.item: one.terms for one in sketches if one.readable}
        self._dead = {one.item: one.dead for one in sketches if one.dead}
        borne = Counter(name for names in self._dead.values() for name in unpacked(names))
        most = max(_NAMED, len(self._dead) * _COMMON)
        self._borne_by_many = frozenset(name for name, count in borne.items() if count > most)
        counts: Counter[int] = Counter()
        for terms in self._terms.values():
            counts.update(unpacked(terms))
        self._counts = counts
        # One item is held against many in turn, and two items as often as they have claims.
        self._distinct = lru_cache(maxsize=256)(lambda item: frozenset(self._of(item)))
        self._asked: dict[tuple[str, str], Alike] = {}
        self._held: dict[Alike, Alike] = {}
        many = max(2, len(self._terms))
        self._weight = {term: log(many / count) ** 2 for term, count in counts.items()}
        self._norm = {item: sqrt(sum(self._weight[term] for term in self._of(item))) for item in self._terms}

    def _of(self, item: str) -> tuple[int, ...]:
        """The distinct words of an item, as numbers."""
        return unpacked(self._terms.get(item, b""))

    def of(self, one: str, other: str) -> Alike:
        """What is known of two items' words."""
        pair = (one, other) if one < other else (other, one)
        known = self._asked.get(pair)
        if known is None:
            alike = Alike(*self._compare(*pair), self.other_dead(*pair))
            known = self._asked[pair] = self._held.setdefault(alike, alike)
        return known

    def strangers(self, one: str, other: str) -> bool:
        """Whether two long texts of one language share hardly any rare word, as reports of two events do."""
        return self.of(one, other).strangers

    def other_dead(self, one: str, other: str) -> bool:
        """Whether both name dead in one script and no name of theirs has a word in common that few bear."""
        if one not in self._dead or other not in self._dead:
            return False
        mine, theirs = (frozenset(unpacked(self._dead[item])) for item in (one, other))
        for script in (0, 1):
            here, there = ({name for name in names if name & 1 == script} for names in (mine, theirs))
            if min(len(here), len(there)) >= _NAMED and max(len(here), len(there)) >= 2 * _NAMED:
                return here.isdisjoint(there - self._borne_by_many)
        return False

    def rare(self, item: str) -> list[int]:
        """The rarest words of an item that stand in at least one other, at most a dozen.

        How rare is taken to the power of two, so that they seldom change as a case grows.
        """
        counts = self._counts
        known = [(counts[term].bit_length(), term) for term in self._of(item) if 1 < counts[term] <= _RARE]
        return [term for _, term in sorted(known)[:_MOST]]

    def between(self, one: str, other: str) -> float:
        """Cosine of two items' words to a whole hundredth, 0 where either has none."""
        return self.of(one, other).words

    def _compare(self, one: str, other: str) -> tuple[float, bool]:
        """How alike, and whether strangers."""
        mine, theirs = self._distinct(one), self._of(other)
        norm = self._norm.get(one, 0.0) * self._norm.get(other, 0.0)
        if not norm:
            return 0.0, False
        shared = mine.intersection(theirs)
        alike = sum(self._weight[term] for term in sorted(shared)) / norm
        long = min(len(mine), len(theirs)) >= _LONG
        return round(alike, 2), long and alike < STRANGE and len(shared) >= _LONG * _EVERYDAY
