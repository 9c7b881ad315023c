"""Gathering: which claims speak of one event.

Claims are compared only where a block brings them together (a cell of the map or a place's words with a day, a toll with
a day, copied words), never all with all. Then the best-fitting groups join first, and two groups join only while their
best pair, and all their members on average, fit each other well: a chain of neighbours makes no incident. Joins and splits decided by a person hold
above all. Claims with neither place nor company stay loose and are listed. Reasons are kept for each join.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from heapq import heapify, heappop, heappush
from itertools import chain
from typing import TypeAlias

import numpy as np

from witnessmark.incidents.blocks import Block, blocks_of, copies_of, marks_of, together
from witnessmark.incidents.match import ENOUGH, NEVER, Fit, Says, at_of, days, fit, places
from witnessmark.incidents.memory import ONE_ITEM, Memory, Numbers, Pairs, Part
from witnessmark.incidents.resemblance import Resemblance
from witnessmark.incidents.settle import Settled, common
from witnessmark.terms.incident import Gathered, Join
from witnessmark.terms.likeness import Likeness

_ALL = 2500  # pairs between two groups that are all weighed; beyond, those no block brought together count as unlike
_UNLIKE = -1.0  # what a pair that no block brought together counts in an average
# Weight of the best pair between two groups beside the average of all: a brief post fits one long report well.
_BEST = 0.3
_HELD = 200_000  # comparisons of two places, and of two days, that are held
_STRONG = 3.0  # a fit beyond which the best pair says no more
_Sum: TypeAlias = tuple[float, int, float]  # of the fits between two groups: their sum, how many, the best


def gather(
    settled: Sequence[Settled],
    copies: Iterable[Likeness],
    alike: Resemblance,
    joins: Iterable[tuple[str, str]] = (),
    splits: Iterable[tuple[str, str]] = (),
    memory: Memory | None = None,
) -> list[Gathered]:
    """Groups of claims that speak of one event, sorted by id; a claim that opens nothing and joins nothing is in none.

    Items that claim no harm but name a place (cards of kind ``mention``) may stand in a group and never make one.

    ``alike``: how alike items' words are. ``joins``, ``splits``: pairs of claim ids that a person joined or told apart.
    ``memory``: of the last gathering; with it and without it the same is found.
    """
    open_ = sorted(
        (one for one in settled if one.card.opens or one.card.answers or one.card.kind == "mention"),
        key=lambda one: one.card.claim,
    )
    by_claim = {one.card.claim: one for one in open_}
    memory = memory or Memory()
    weigh = _Weigher(by_claim, copies, alike)
    links = _Links(sorted(pair for pair in joins if by_claim.keys() >= set(pair)), sorted(splits))
    compared = _compared(open_, weigh, alike, memory)
    parts = _parts(list(by_claim), compared, links, weigh, memory)
    memory.keep(compared.pairs, compared.crowded, links.bound, parts)
    tied = {claim for part in parts for claim in part.claims}
    groups = [Gathered(claims=(claim,)) for claim in by_claim if claim not in tied]
    groups += (group for part in parts for group in part.groups)
    return sorted((group for group in groups if _stands(group, by_claim)), key=lambda one: one.id)


def _stands(group: Gathered, by_claim: dict[str, Settled]) -> bool:
    """Whether a group is an incident: somebody is said to be killed or hurt, or expressly nobody, or several items tell of

    an attack; and a place or day is known. Airwars' unit of record: "a moment in time and space where sources alleged that an
    explosive weapon led to the fatality or injury of civilians" (methodology note, 2023). What one item alone says of an
    attack without a word of harm stays a loose claim.
    """
    members = [by_claim[claim] for claim in group.claims]
    placed = len(members) > 1 or any(one.spot or one.stated or one.card.place_text for one in members)
    several = len({one.card.item for one in members if one.card.opens}) > 1
    return placed and (several or any(one.card.harms for one in members))


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


class _Weigher:
    """The fit of two claims, with what is known of their items' copies and words."""

    def __init__(self, by_claim: dict[str, Settled], copies: Iterable[Likeness], alike: Resemblance) -> None:
        self._by_claim = by_claim
        self._alike = alike
        self._at = at_of(by_claim)
        self._places: dict[tuple[int, int], Says] = {}
        self._days: dict[tuple[int, int], Says] = {}
        self.usual = common(list(by_claim.values()))
        self.copied = {(like.one, like.other): like.why for like in copies if like.manner != "credit"}
        self.asked: set[tuple[str, str]] = set()  # pairs of items whose words were compared

    def __call__(self, one: str, other: str) -> Fit:
        return self._fit(one, other, self._told(one, other))

    def score(self, one: str, other: str) -> float:
        """The score of their fit alone; most often place and day are a plain no, and nothing else need be looked at."""
        told = self._told(one, other)
        return told[0][0] + told[1][0] if self._never(one, other, told) else self._fit(one, other, told).score

    def near(self, one: str, other: str) -> Fit | None:
        """Their fit; None where place and day are a plain no."""
        told = self._told(one, other)
        return None if self._never(one, other, told) else self._fit(one, other, told)

    def _never(self, one: str, other: str, told: tuple[Says, Says]) -> bool:
        """Whether place and day are a plain no, as in ``fit``."""
        return told[0][0] + told[1][0] <= NEVER / 2 and self.items(one, other) not in self.copied

    def _fit(self, one: str, other: str, told: tuple[Says, Says]) -> Fit:
        items = self.items(one, other)
        mine, theirs = self._by_claim[one], self._by_claim[other]
        found = fit(mine, theirs, self._alike, self.copied.get(items), self.usual, told)
        if not found.apart and items[0] != items[1]:
            self.asked.add(items)
        return found

    def _told(self, one: str, other: str) -> tuple[Says, Says]:
        """How far two claims' places agree, and their days: many claims are of one place or day, and each two are compared but once."""
        mine, theirs = self._by_claim[one], self._by_claim[other]
        (here, now), (there, then) = self._at[one], self._at[other]
        place, day = self._places.get((here, there)), self._days.get((now, then))
        if place is None:
            place = _held(self._places, (here, there), places(mine, theirs))
        if day is None:
            day = _held(self._days, (now, then), days(mine, theirs))
        return place, day

    def items(self, one: str, other: str) -> tuple[str, str]:
        """The items of two claims."""
        return _ordered(self._by_claim[one].card.item, self._by_claim[other].card.item)

    def alike(self, one: str, other: str) -> int:
        """How alike two items' words are, as a number."""
        return ONE_ITEM if one == other else self._alike.of(one, other).code

    def all_alike(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """How alike the words of many pairs of items are."""
        ones, others = (self._alike.numbers(items) for items in (zip(*pairs, strict=True) if pairs else ((), ())))
        return [int(code) for code in self._alike.codes(ones, others)]


def _held(known: dict[tuple[int, int], Says], pair: tuple[int, int], told: Says) -> Says:
    """What was found, held for the next that ask; where too many are held, they are let go."""
    if len(known) >= _HELD:
        known.clear()
    known[pair] = told
    return told


@dataclass(frozen=True, slots=True)
class _Comparison:
    """``pairs``: all that a block brings together and that place and day do not contradict. ``fresh``: claims, by number,

    compared anew. ``changed``: pairs of others that were. ``crowded``: blocks passed over.
    """

    pairs: Pairs
    fresh: set[int]
    changed: list[tuple[int, int]]
    crowded: set[Block]


def _compared(open_: Sequence[Settled], weigh: _Weigher, alike: Resemblance, memory: Memory) -> _Comparison:
    """Every pair that a block brings together and that place or day do not contradict, with the score of its fit.

    Most pairs of a block are contradicted: to keep them would take several GB for a hundred thousand items. They count
    all the same wherever groups are compared (see ``_Groups``).
    """
    ids, items = [one.card.claim for one in open_], [one.card.item for one in open_]
    rare = {item: tuple(-1 - word for word in alike.rare(item)) for item in dict.fromkeys(items)}
    copies = copies_of(weigh.copied)
    fresh = memory.fresh(ids, ((rare[item], sorted(copies.get(item, {}).items())) for item in items), weigh.usual)
    marks = cache(lambda number: marks_of(open_[number], rare[items[number]]))
    blocks, fresh, crowded = blocks_of(open_, [rare[item] for item in items], marks, fresh, memory.crowded)
    pairs = Pairs()
    changed = memory.still(fresh, partial(_alike_claims, alike, items), pairs)
    for one, other in chain(changed, together(items, copies, blocks, fresh)):
        found = weigh.near(ids[one], ids[other])
        if found:
            pairs.add(one, other, found.score, weigh.alike(items[one], items[other]))
    return _Comparison(pairs, fresh, changed, crowded)


def _alike_claims(alike: Resemblance, items: Sequence[str], ones: Numbers, others: Numbers) -> Numbers:
    """How alike the items of many pairs of claims are. ``items``: of each claim."""
    names = {item: at for at, item in enumerate(dict.fromkeys(items))}
    of, known = np.array([names[item] for item in items], np.int64), alike.numbers(names)
    one, other = of[ones], of[others]
    pairs, back = np.unique(np.minimum(one, other) * len(names) + np.maximum(one, other), return_inverse=True)
    low, high = np.divmod(pairs, max(1, len(names)))
    return np.where(low == high, ONE_ITEM, alike.codes(known[low], known[high]))[back]


@dataclass(frozen=True, slots=True)
class _Links:
    """Pairs of claims that a person joined or told apart, sorted; and all claims of theirs."""

    joins: list[tuple[str, str]]
    splits: list[tuple[str, str]]

    @property
    def bound(self) -> set[str]:
        return {claim for pair in (*self.joins, *self.splits) for claim in pair}


def _parts(claims: Sequence[str], compared: _Comparison, links: _Links, weigh: _Weigher, memory: Memory) -> list[Part]:
    """Claims that fits or decisions tie together, part by part: groups never reach beyond. Parts of one claim are left out."""
    number = {claim: at for at, claim in enumerate(claims)}
    ones, others, scores = compared.pairs.columns()
    strong = scores >= ENOUGH
    tying = zip(ones[strong].tolist(), others[strong].tolist(), strict=True)
    roots = _roots(len(claims), chain(((number[one], number[other]) for one, other in links.joins), tying))
    stale = {roots[at] for at in compared.fresh} | {
        roots[one] for one, other in compared.changed if roots[one] == roots[other]
    }
    stale |= {roots[number[claim]] for claim in links.bound | memory.bound if claim in number}
    tied: dict[int, list[str]] = defaultdict(list)
    for at, claim in enumerate(claims):
        tied[roots[at]].append(claim)
    several = {root: tuple(members) for root, members in tied.items() if len(members) > 1}
    stand = memory.standing((members for root, members in several.items() if root not in stale), weigh.all_alike)
    anew: dict[int, dict[tuple[str, str], float]] = {
        root: {} for root, members in several.items() if root in stale or members not in stand
    }
    root_of = np.array(roots, np.int64)
    inside = np.isin(root_of, np.fromiter(anew, np.int64))[ones] & (root_of[ones] == root_of[others])
    for one, other, score in zip(ones[inside].tolist(), others[inside].tolist(), scores[inside].tolist(), strict=True):
        anew[roots[one]][claims[one], claims[other]] = score
    return [*stand.values(), *(_part(several[root], pairs, links, weigh) for root, pairs in anew.items())]


def _roots(count: int, tied: Iterable[tuple[int, int]]) -> list[int]:
    """For each number, the lowest of those that pairs tie it to, directly or along a chain."""
    up = list(range(count))

    def root(at: int) -> int:
        while up[at] != at:
            up[at] = at = up[up[at]]
        return at

    for one, other in tied:
        low, high = sorted((root(one), root(other)))
        up[high] = low
    return [root(at) for at in range(count)]


def _part(claims: Sequence[str], pairs: dict[tuple[str, str], float], links: _Links, weigh: _Weigher) -> Part:
    """The groups of some claims that are tied together."""
    weigh.asked.clear()
    groups = _Groups(claims, pairs, weigh)
    bound = links.bound.intersection(claims)
    for one, other in links.splits if bound else ():
        groups.bar(one, other)
    for one, other in links.joins if bound else ():
        if one in bound and other in bound:
            groups.merge(one, other, "joined by a person's decision")
    groups.grow()
    asked = weigh.asked - {weigh.items(*pair) for pair in pairs}
    words = ((one, other, weigh.alike(one, other)) for one, other in sorted(asked))
    return Part(claims=tuple(claims), asked=tuple(words), groups=tuple(groups.result()))


@dataclass(slots=True)
class _Group:
    """Claims that stand together, and the joins that brought them together."""

    claims: list[str]
    joins: list[Join] = field(default_factory=list)


class _Groups:
    """Sparse average-link clustering: sums of fits between groups, the best pair first, ties by id.

    Groups are neighbours where some pair of theirs that was kept (see ``_pairs``) fits well enough; then every pair between
    them counts, and is weighed once, when they first become neighbours.
    """

    def __init__(self, claims: Sequence[str], pairs: dict[tuple[str, str], float], weigh: _Weigher) -> None:
        self.scores = pairs
        self._weigh = weigh
        self.bars: defaultdict[str, set[str]] = defaultdict(set)
        self.groups = {claim: _Group([claim]) for claim in claims}
        self.of = {claim: claim for claim in claims}
        self.sums: dict[str, dict[str, _Sum]] = {claim: {} for claim in claims}
        for (one, other), score in pairs.items():
            if score >= ENOUGH:
                self.sums[one][other] = self.sums[other][one] = (score, 1, score)

    def grow(self) -> None:
        """Join groups, best average first, while any two fit well enough."""
        heap = [self._entry(one, other) for one in self.sums for other in self.sums[one] if one < other]
        heapify(heap)
        while heap:
            cost, one, other, size = heappop(heap)
            if -cost < ENOUGH:
                return
            if one not in self.groups or other not in self.groups or size != self._size(one, other):
                continue
            if self._barred(one, other):
                continue
            kept = self._merge(one, other, self._reason(one, other))
            for neighbour in self.sums[kept]:
                entry = self._entry(*_ordered(kept, neighbour))
                if -entry[0] >= ENOUGH:
                    heappush(heap, entry)

    def bar(self, one: str, other: str) -> None:
        """Keep two claims apart whatever fits: a person told them apart."""
        self.bars[one].add(other)
        self.bars[other].add(one)

    def _barred(self, one: str, other: str) -> bool:
        theirs = self.groups[other].claims
        return any(not self.bars[claim].isdisjoint(theirs) for claim in self.groups[one].claims if claim in self.bars)

    def merge(self, one: str, other: str, why: str) -> None:
        """Join the groups of two claims whatever their fit."""
        first, second = self.of[one], self.of[other]
        if first != second:
            self._merge(*_ordered(first, second), Join(claim=one, to=other, reason=why))

    def _size(self, one: str, other: str) -> int:
        return len(self.groups[one].claims) * len(self.groups[other].claims)

    def _entry(self, one: str, other: str) -> tuple[float, str, str, int]:
        total, known, best = self.sums[one][other]
        size = self._size(one, other)
        average = (total + (size - known) * _UNLIKE) / size
        return -(_BEST * min(best, _STRONG) + (1 - _BEST) * average), one, other, size

    def _sum(self, mine: Sequence[str], theirs: Sequence[str]) -> _Sum:
        """The sum of all fits between two lists of claims, how many, and the best; nothing where they are too many to weigh."""
        if len(mine) * len(theirs) > _ALL:
            return 0.0, 0, _UNLIKE
        scores = [self._score(one, other) for one in mine for other in theirs]
        return sum(scores), len(scores), max(scores)

    def _score(self, one: str, other: str) -> float:
        pair = _ordered(one, other)
        known = self.scores.get(pair)
        return self._weigh.score(*pair) if known is None else known

    def _reason(self, one: str, other: str) -> Join:
        """The best-fitting pair of claims between two groups, in words."""
        first, second = self.groups[one].claims, self.groups[other].claims
        few = len(first) * len(second) <= _ALL
        pairs = [(mine, theirs) for mine in first for theirs in second if few or _ordered(mine, theirs) in self.scores]
        if not pairs:
            return Join(claim=one, to=other, reason="")
        best = min(pairs, key=lambda pair: (-self._score(*pair), pair))
        reasons = self._weigh(*_ordered(*best)).reasons
        return Join(claim=best[1], to=best[0], reason="; ".join(reasons) or "nothing speaks against it")

    def _merge(self, one: str, other: str, why: Join) -> str:
        """The second group into the first (the lower id), whose name is kept."""
        kept, gone = self.groups[one], self.groups.pop(other)
        near, far = self.sums.pop(one), self.sums.pop(other)
        sums: dict[str, _Sum] = {}
        for neighbour in {**near, **far}:
            if neighbour in (one, other):
                continue
            theirs = self.groups[neighbour].claims
            mine = near.get(neighbour) or self._sum(kept.claims, theirs)
            more = far.get(neighbour) or self._sum(gone.claims, theirs)
            self.sums[neighbour].pop(other, None)
            both = mine[0] + more[0], mine[1] + more[1], max(mine[2], more[2])
            self.sums[neighbour][one] = sums[neighbour] = both
        self.sums[one] = sums
        kept.claims += gone.claims
        kept.joins += [*gone.joins, why]
        for claim in gone.claims:
            self.of[claim] = one
        return one

    def result(self) -> list[Gathered]:
        """The groups, members and joins sorted."""
        return [
            Gathered(
                claims=tuple(sorted(group.claims)),
                joins=tuple(sorted(group.joins, key=lambda one: (one.claim, one.to))),
            )
            for group in self.groups.values()
        ]
