"""What one gathering compared and found, kept so that the next compares only what changed.

A claim is fresh where anything that a comparison takes of it is not as it was: its card, day and place, its item's copies
and rarest words; or where a block that it stands in became too crowded, or no longer is. Two claims that are not fresh fit as
they fitted, as long as their items' words are as alike as they were, which is looked up anew for each pair. A part (claims
that fits tie together, directly or along a chain) is grouped as it was where none of this changed in it. So what is found is
what would be found without a memory: it may be thrown away at any time. It serves only the rules and packs it was made with;
the caller sees to that.
"""

from array import array
from ast import literal_eval
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from witnessmark.incidents.blocks import Block
from witnessmark.terms.incident import Gathered

Numbers: TypeAlias = NDArray[np.int64]
AlikeClaims: TypeAlias = Callable[[Numbers, Numbers], Numbers]
AlikeItems: TypeAlias = Callable[[Sequence[tuple[str, str]]], Sequence[int]]

_TRAIT = 16  # bytes of a digest
ONE_ITEM = 0xFFFF  # in place of how alike two items are, for two claims of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Claims that fits tie together, and the groups found in it. ``asked``: pairs of items no block of whose claims

    brought together, whose words were compared in grouping all the same; with how alike they were, as a number.
    """

    claims: tuple[str, ...]
    asked: tuple[tuple[str, str, int], ...]
    groups: tuple[Gathered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a gathering leaves. ``claims``: all that took part, sorted; ``traits``: a digest of each.

    The next four are packed arrays, one element for each pair that place and day do not contradict: the numbers of both
    claims, the score of their fit, how alike their items are. ``crowded``: blocks passed over. ``usual``: what most claims share.
    ``bound``: claims that people joined or split.
    """

    usual: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    traits: bytes = b""
    ones: bytes = b""
    others: bytes = b""
    scores: bytes = b""
    words: bytes = b""
    crowded: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(slots=True)
class Pairs:
    """Pairs of claims, by number, the lower first, that place and day do not contradict, with the scores of their fits."""

    ones: "array[int]" = field(default_factory=lambda: array("I"))
    others: "array[int]" = field(default_factory=lambda: array("I"))
    scores: "array[float]" = field(default_factory=lambda: array("d"))
    words: "array[int]" = field(default_factory=lambda: array("H"))

    def add(self, one: int, other: int, score: float, words: int) -> None:
        """One more pair."""
        self.ones.append(one)
        self.others.append(other)
        self.scores.append(score)
        self.words.append(words)

    def extend(self, ones: Numbers, others: Numbers, scores: NDArray[np.float64], words: NDArray[np.uint16]) -> None:
        """Many more."""
        self.ones.frombytes(ones.astype(np.uint32).tobytes())
        self.others.frombytes(others.astype(np.uint32).tobytes())
        self.scores.frombytes(scores.tobytes())
        self.words.frombytes(words.tobytes())

    def columns(self) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
        """The numbers of all, and their scores."""
        ones, others = (np.array(column, np.int64) for column in (self.ones, self.others))
        return ones, others, np.array(self.scores)


class Memory:
    """What the last gathering left (``before``), and, once gathering is done, what this one leaves (``after``).

    ``told``: of each claim, bytes that change with anything that is settled of it; without them nothing can be left.
    """

    def __init__(self, told: Mapping[str, bytes] | None = None, before: Compared | None = None) -> None:
        self.after = Compared()
        self.told = told or {}
        self._before = before or Compared()
        self._same: dict[int, int] = {}  # numbers of claims, before and now
        self._parts: dict[tuple[str, ...], Part] = {}

    def fresh(self, claims: Sequence[str], about: Iterable[object], usual: frozenset[str]) -> set[int]:
        """Hold the claims that take part against those of before; returns the numbers of those that are fresh.

        ``about``: what else a comparison takes of each. ``usual``: what most of them share.
        """
        if not self.told:
            return set(range(len(claims)))
        traits = [
            blake2b(self.told[claim] + repr(what).encode(), digest_size=_TRAIT).digest()
            for claim, what in zip(claims, about, strict=True)
        ]
        self.after = Compared(usual=tuple(sorted(usual)), claims=tuple(claims), traits=b"".join(traits))
        if self._before.usual != self.after.usual:
            self._before = Compared()
        before = self._before
        numbers = {claim: number for number, claim in enumerate(claims)}
        for old, claim in enumerate(before.claims):
            number = numbers.get(claim)
            if number is not None and before.traits[old * _TRAIT : (old + 1) * _TRAIT] == traits[number]:
                self._same[old] = number
        self._parts = {part.claims: part for part in before.parts}
        return set(range(len(claims))).difference(self._same.values())

    @property
    def crowded(self) -> frozenset[Block]:
        """Blocks that were passed over before."""
        return frozenset(literal_eval(block) for block in self._before.crowded)

    @property
    def bound(self) -> frozenset[str]:
        """Claims that were joined or split before."""
        return frozenset(self._before.bound)

    def still(self, fresh: Collection[int], alike: AlikeClaims, pairs: Pairs) -> list[tuple[int, int]]:
        """Add pairs that fit as before; returns those to be weighed again, their items being more or less alike now.

        ``alike``: of the items of many pairs of claims, by number.
        """
        before = self._before
        now = np.full(len(before.claims), -1, np.int64)
        for old, number in self._same.items():
            if number not in fresh:
                now[old] = number
        ones, others = (now[np.frombuffer(packed, np.uint32)] for packed in (before.ones, before.others))
        stand = (ones >= 0) & (others >= 0)
        ones, others = ones[stand], others[stand]
        words = np.frombuffer(before.words, np.uint16)[stand]
        same = alike(ones, others) == words
        pairs.extend(ones[same], others[same], np.frombuffer(before.scores)[stand][same], words[same])
        return list(zip(ones[~same].tolist(), others[~same].tolist(), strict=True))

    def standing(self, wanted: Iterable[tuple[str, ...]], alike: AlikeItems) -> dict[tuple[str, ...], Part]:
        """Of the parts of just these claims, none of them fresh, those whose groups stand. ``alike``: of many pairs of items."""
        parts = [self._parts[claims] for claims in wanted if claims in self._parts]
        words = alike([pair[:2] for part in parts for pair in part.asked])
        ends = [0, *accumulate(len(part.asked) for part in parts)]
        same = [
            list(words[start:end]) == [pair[2] for pair in part.asked]
            for part, (start, end) in zip(parts, pairwise(ends), strict=True)
        ]
        return {part.claims: part for part, stands in zip(parts, same, strict=True) if stands}

    def keep(self, pairs: Pairs, crowded: Iterable[Block], bound: Iterable[str], parts: Sequence[Part]) -> None:
        """What the next gathering may need of this one."""
        if self.told:
            self.after = replace(
                self.after,
                ones=pairs.ones.tobytes(),
                others=pairs.others.tobytes(),
                scores=pairs.scores.tobytes(),
                words=pairs.words.tobytes(),
                crowded=tuple(sorted(map(repr, crowded))),
                bound=tuple(sorted(bound)),
                parts=tuple(parts),
            )
