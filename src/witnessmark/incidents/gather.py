"""Gathering: which claims speak of one event.

Claims are compared only where a block brings them together (a cell of the map or a place's words with a day, a toll with
a day, copied words), never all with all. Then the best-fitting groups join first, and two groups join only while their
best pair, and all their members on average, fit each other well: a chain of neighbours makes no incident. Joins and splits decided by a person hold
above all. Claims with neither place nor company stay loose and are listed. Reasons are kept for each join.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heapify, heappop, heappush
from typing import TypeAlias

from witnessmark.incidents.match import ENOUGH, NEVER, Fit, fit
from witnessmark.incidents.resemblance import Resemblance
from witnessmark.incidents.settle import Settled, common
from witnessmark.terms.incident import Gathered, Join
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.script import key

_CELL = 0.15  # degrees, about 15 km: a block of the map
_CROWDED = 300  # claims in one block beyond which only its finer blocks are compared
_ALL = 2500  # pairs between two groups that are all weighed; beyond, those no block brought together count as unlike
_UNLIKE = -1.0  # what a pair that no block brought together counts in an average
_BEST = 0.5  # weight of the best pair between two groups beside the average of all: a brief post fits one long report well
_STRONG = 4.0  # a fit beyond which the best pair says no more
_Sum: TypeAlias = tuple[float, int, float]  # of the fits between two groups: their sum, how many, the best


def gather(
    settled: Sequence[Settled],
    copies: Iterable[Likeness],
    alike: Resemblance,
    joins: Iterable[tuple[str, str]] = (),
    splits: Iterable[tuple[str, str]] = (),
) -> list[Gathered]:
    """Groups of claims that speak of one event, sorted by id; a claim that opens nothing and joins nothing is in none.

    Items that claim no harm but name a place (cards of kind ``mention``) may stand in a group and never make one.

    ``alike``: how alike items' words are. ``joins``, ``splits``: pairs of claim ids that a person joined or told apart.
    """
    open_ = sorted(
        (one for one in settled if one.card.opens or one.card.answers or one.card.kind == "mention"),
        key=lambda one: one.card.claim,
    )
    by_claim = {one.card.claim: one for one in open_}
    weigh = _Weigher(by_claim, copies, alike)
    groups = _Groups(list(by_claim), _pairs(open_, weigh, alike), weigh)
    for one, other in splits:
        groups.bar(one, other)
    for one, other in sorted(joins):
        if one in by_claim and other in by_claim:
            groups.merge(one, other, "joined by a person's decision")
    groups.grow()
    return sorted((group for group in groups.result() if _stands(group, by_claim)), key=lambda one: one.id)


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
        self._usual = common(list(by_claim.values()))
        self.copied = {(like.one, like.other): like.why for like in copies if like.manner != "credit"}

    def __call__(self, one: str, other: str) -> Fit:
        first, second = self._by_claim[one], self._by_claim[other]
        items = _ordered(first.card.item, second.card.item)
        return fit(first, second, self._alike, self.copied.get(items), self._usual)


def _pairs(open_: Sequence[Settled], weigh: _Weigher, alike: Resemblance) -> dict[tuple[str, str], float]:
    """Every pair that a block brings together and that place or day do not contradict, with the score of its fit.

    Most pairs of a block are contradicted: to keep them would take several GB for a hundred thousand items. They count
    all the same wherever groups are compared (see ``_Groups``).
    """
    kept: dict[tuple[str, str], float] = {}
    for here, others in enumerate(_together(open_, weigh.copied, alike)):
        one = open_[here].card.claim
        for other in others:
            pair = one, open_[other].card.claim
            score = weigh(*pair).score
            if score > NEVER / 2:
                kept[pair] = score
    return kept


def _together(
    open_: Sequence[Settled], copied: Iterable[tuple[str, str]], alike: Resemblance
) -> Iterator[Sequence[int]]:
    """For each claim, by its number: the claims after it that a block, an item or a copy brings together with it."""
    blocks = sorted(_blocks(open_, alike))
    beside: list[list[int]] = [[] for _ in open_]
    for number, block in enumerate(blocks):
        for member in block:
            beside[member].append(number)
    by_item: dict[str, list[int]] = defaultdict(list)
    for number, settled in enumerate(open_):
        by_item[settled.card.item].append(number)
    copies: dict[str, list[str]] = defaultdict(list)
    for first, second in copied:
        copies[first].append(second)
        copies[second].append(first)
    for here, settled in enumerate(open_):
        others = {other for number in beside[here] for other in blocks[number]}
        for item in (settled.card.item, *copies.get(settled.card.item, ())):
            others.update(by_item.get(item, ()))
        yield sorted(other for other in others if other > here)


def _blocks(open_: Sequence[Settled], alike: Resemblance) -> set[tuple[int, ...]]:
    """Numbers of claims that share a place and something else, place by place, so that few names are held at once."""
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    rare = [alike.rare(settled.card.item) for settled in open_]
    where = [_where(settled) for settled in open_]
    telling = {word for here, words in zip(where, rare, strict=True) if not here for word in words}
    for number, (here, words) in enumerate(zip(where, rare, strict=True)):
        for place in (*here, *(("rare", word) for word in words if word in telling)):
            places[place].append(number)
    within = [_marks(settled, words) for settled, words in zip(open_, rare, strict=True)]
    blocks: set[tuple[int, ...]] = set()
    for place, members in places.items():
        if len(members) > 1:
            sharing: dict[object, list[int]] = defaultdict(list)
            for number in members:
                days, others = within[number]
                for mark in (*days, *(() if place[0] == "toll" else others)):
                    sharing[mark].append(number)
            blocks.update(tuple(block) for block in sharing.values() if 1 < len(block) <= _CROWDED)
    return blocks


def _where(one: Settled) -> set[tuple[object, ...]]:
    """The places of a claim: its cell and the neighbours its corner leans to, its words; and its figures, as if a place."""
    where: set[tuple[object, ...]] = set()
    for spot in [one.spot, *one.card.spots[:3]] if one.spot else []:
        if spot and spot.lat is not None and spot.lon is not None:
            x, y = spot.lat / _CELL, spot.lon / _CELL
            where |= {("at", int(x + i) // 1, int(y + j) // 1) for i in (0, 0.5) for j in (0, 0.5)}
    if one.card.place_text:
        where.add(("words", key(one.card.place_text)))
    told = _told(one)
    if told and sum(pair[0] for _, pair in told) > 1:
        where.add(("toll", *told))
    return where


def _told(one: Settled) -> tuple[tuple[str, tuple[int, int | None]], ...]:
    figures = {slot: toll for slot, toll in one.card.figures.items() if not toll.numberless}
    return tuple((slot, figures[slot].pair) for slot in ("killed", "injured") if slot in figures)


def _marks(one: Settled, rare: Sequence[int]) -> tuple[range | tuple[str], tuple[object, ...]]:
    """What claims of one place share a block by: their days, or that they give none; and, whatever the day, each of the

    rarest words of their items, and their figures.
    """
    told = _told(one)
    return _window(one) or ("undated",), (*(("rare", word) for word in rare), *([("figures", told)] if told else []))


def _window(one: Settled) -> range:
    """The days a claim is compared on, as ordinals: its own, and the day before and after; at most a fortnight."""
    if one.first is None:
        return range(0)
    first, last = date.fromisoformat(one.first[:10]), date.fromisoformat((one.last or one.first)[:10])
    return range(first.toordinal() - 1, min(last.toordinal(), first.toordinal() + 14) + 2)


@dataclass(slots=True)
class _Group:
    """Claims that stand together, and the joins that brought them together."""

    claims: list[str]
    joins: list[Join] = field(default_factory=list)


class _Groups:
    """Sparse average-link clustering: sums of fits between groups, the best pair first, ties by id.

    Groups are neighbours where some pair of theirs was kept (see ``_pairs``); then every pair between them counts, and
    is weighed once, when they first become neighbours.
    """

    def __init__(
        self, claims: Sequence[str], pairs: dict[tuple[str, str], float], weigh: Callable[[str, str], Fit]
    ) -> None:
        self.scores = pairs
        self._weigh = weigh
        self.bars: defaultdict[str, set[str]] = defaultdict(set)
        self.groups = {claim: _Group([claim]) for claim in claims}
        self.of = {claim: claim for claim in claims}
        self.sums: dict[str, dict[str, _Sum]] = {claim: {} for claim in claims}
        for (one, other), score in pairs.items():
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
        return self._weigh(*pair).score if known is None else known

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
