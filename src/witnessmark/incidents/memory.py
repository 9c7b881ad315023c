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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

from witnessmark.incidents.blocks import Block
from witnessmark.terms.incident import Gathered

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

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.ones, self.others, self.scores, strict=True)


def unpacked(kind: str, packed: bytes) -> "array[Any]":
    """The numbers of a packed array."""
    out: array[Any] = array(kind)
    out.frombytes(packed)
    return out


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

    def still(self, fresh: Collection[int], alike: Callable[[int, int], int], pairs: Pairs) -> list[tuple[int, int]]:
        """Add pairs that fit as before; returns those to be weighed again, their items being more or less alike now.

        ``alike``: of two claims' items.
        """
        before, again = self._before, []
        arrays = zip(
            unpacked("I", before.ones),
            unpacked("I", before.others),
            unpacked("d", before.scores),
            unpacked("H", before.words),
            strict=True,
        )
        for old, older, score, words in arrays:
            one, other = self._same.get(old), self._same.get(older)
            if one is None or other is None or one in fresh or other in fresh:
                continue
            if alike(one, other) == words:
                pairs.add(one, other, score, words)
            else:
                again.append((one, other))
        return again

    def part(self, claims: tuple[str, ...], alike: Callable[[str, str], int]) -> Part | None:
        """The part of just these claims, none of them fresh, where its groups stand. ``alike``: of two items."""
        part = self._parts.get(claims)
        if part is None or any(alike(one, other) != words for one, other, words in part.asked):
            return None
        return part

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
