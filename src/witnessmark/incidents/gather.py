"""Gathering: which claims speak of one event.

Claims are compared only where a block brings them together (a cell of the map or a place's words with a day, a toll with
a day, copied words), never all with all. Then the best-fitting groups join first, and two groups join only while all
their members, on average, fit each other well: a chain of neighbours makes no incident. Joins and splits decided by a person hold
above all. Claims with neither place nor company stay loose and are listed. Reasons are kept for each join.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from itertools import combinations

from witnessmark.incidents.match import ENOUGH, Fit, fit
from witnessmark.incidents.resemblance import Resemblance
from witnessmark.incidents.settle import Settled, common
from witnessmark.terms.incident import Gathered, Join
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.script import key

_CELL = 0.15  # degrees, about 15 km: a block of the map
_CROWDED = 300  # claims in one block beyond which only its finer blocks are compared
_ALL = 2500  # pairs between two groups that are all weighed; beyond, those no block brought together count as unlike
_UNLIKE = -1.0  # what a pair that no block brought together counts in an average
_APART = -1000.0


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
    pairs = _pairs(open_, weigh, alike)
    decided_apart = {pair for pair in splits if pair[0] in by_claim and pair[1] in by_claim}
    for pair in decided_apart:
        pairs[_ordered(*pair)] = Fit(_APART, ())
    groups = _Groups(list(by_claim), pairs, weigh)
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


def _pairs(open_: Sequence[Settled], weigh: _Weigher, alike: Resemblance) -> dict[tuple[str, str], Fit]:
    """Every pair that a block brings together, with its fit."""
    by_item: dict[str, list[str]] = defaultdict(list)
    for one in open_:
        by_item[one.card.item].append(one.card.claim)
    together: set[tuple[str, str]] = set()
    for block in _blocks(open_, alike):
        together.update(_ordered(one, other) for one, other in combinations(block, 2))
    for first, second in weigh.copied:
        together.update(_ordered(one, other) for one in by_item.get(first, ()) for other in by_item.get(second, ()))
    for claims in by_item.values():
        together.update(_ordered(one, other) for one, other in combinations(claims, 2))
    return {pair: weigh(*pair) for pair in sorted(together)}


def _blocks(open_: Sequence[Settled], alike: Resemblance) -> Iterator[list[str]]:
    blocks: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for one in open_:
        for name in sorted(_block_names(one, alike.rare(one.card.item)), key=repr):
            blocks[name].append(one.card.claim)
    return (block for block in blocks.values() if 1 < len(block) <= _CROWDED)


def _block_names(one: Settled, rare: Sequence[int]) -> set[tuple[object, ...]]:
    """The blocks of a claim: its cell and the neighbours its corner leans to, its words, its figures, each with its days;

    and its place with each of the rarest words of its item, whatever the day.
    """
    names: set[tuple[object, ...]] = set()
    days = _window(one)
    where: set[tuple[object, ...]] = set()
    for spot in [one.spot, *one.card.spots[:3]] if one.spot else []:
        if spot and spot.lat is not None and spot.lon is not None:
            x, y = spot.lat / _CELL, spot.lon / _CELL
            where |= {("at", int(x + i) // 1, int(y + j) // 1) for i in (0, 0.5) for j in (0, 0.5)}
    if one.card.place_text:
        where.add(("words", key(one.card.place_text)))
    figures = one.card.figures
    told = tuple((slot, figures[slot].pair) for slot in ("killed", "injured") if slot in figures)
    if told and sum(pair[0] for _, pair in told) > 1:
        where.add(("toll", *told))
    for day in days:
        names |= {(day, *place) for place in where}
    names |= {("rare", word, *place) for word in rare for place in where if place[0] != "toll"}
    if told:
        names |= {("figures", told, *place) for place in where if place[0] != "toll"}
    if not days:
        names |= {("undated", *place) for place in where}
    return names


def _window(one: Settled) -> list[str]:
    """The days a claim is compared on: its own, and the day before and after; at most a fortnight."""
    if one.first is None:
        return []
    first, last = date.fromisoformat(one.first[:10]), date.fromisoformat((one.last or one.first)[:10])
    first, last = first - timedelta(days=1), min(last, first + timedelta(days=14)) + timedelta(days=1)
    return [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]


@dataclass(slots=True)
class _Group:
    """Claims that stand together, and the joins that brought them together."""

    claims: list[str]
    joins: list[Join] = field(default_factory=list)


class _Groups:
    """Sparse average-link clustering: sums of fits between groups, the best pair first, ties by id."""

    def __init__(
        self, claims: Sequence[str], pairs: dict[tuple[str, str], Fit], weigh: Callable[[str, str], Fit]
    ) -> None:
        self.fits = pairs
        self._weigh = weigh
        self.groups = {claim: _Group([claim]) for claim in claims}
        self.of = {claim: claim for claim in claims}
        self.sums: dict[str, dict[str, tuple[float, int]]] = {claim: {} for claim in claims}
        for (one, other), found in pairs.items():
            self.sums[one][other] = self.sums[other][one] = (found.score, 1)

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
            kept = self._merge(one, other, self._reason(one, other))
            for neighbour in self.sums[kept]:
                heappush(heap, self._entry(*_ordered(kept, neighbour)))

    def merge(self, one: str, other: str, why: str) -> None:
        """Join the groups of two claims whatever their fit."""
        first, second = self.of[one], self.of[other]
        if first != second:
            self._merge(*_ordered(first, second), Join(claim=one, to=other, reason=why))

    def _size(self, one: str, other: str) -> int:
        return len(self.groups[one].claims) * len(self.groups[other].claims)

    def _entry(self, one: str, other: str) -> tuple[float, str, str, int]:
        total, known = self.sums[one][other]
        size = self._size(one, other)
        if known < size <= _ALL:
            total, known = self._fill(one, other), size
            self.sums[one][other] = self.sums[other][one] = (total, known)
        return -(total + (size - known) * _UNLIKE) / size, one, other, size

    def _fill(self, one: str, other: str) -> float:
        """The sum of all fits between two groups, weighing the pairs that no block brought together."""
        total = 0.0
        for mine in self.groups[one].claims:
            for theirs in self.groups[other].claims:
                pair = _ordered(mine, theirs)
                if pair not in self.fits:
                    self.fits[pair] = self._weigh(*pair)
                total += self.fits[pair].score
        return total

    def _reason(self, one: str, other: str) -> Join:
        """The best-fitting pair of claims between two groups, in words."""
        best: tuple[float, str, str] | None = None
        for mine in self.groups[one].claims:
            for theirs in self.groups[other].claims:
                found = self.fits.get(_ordered(mine, theirs))
                if found and (best is None or (-found.score, mine, theirs) < best):
                    best = (-found.score, mine, theirs)
        if best is None:
            return Join(claim=one, to=other, reason="")
        reasons = self.fits[_ordered(best[1], best[2])].reasons
        return Join(claim=best[2], to=best[1], reason="; ".join(reasons) or "nothing speaks against it")

    def _merge(self, one: str, other: str, why: Join) -> str:
        """The second group into the first (the lower id), whose name is kept."""
        kept, gone = self.groups[one], self.groups.pop(other)
        kept.claims += gone.claims
        kept.joins += [*gone.joins, why]
        for claim in gone.claims:
            self.of[claim] = one
        for neighbour, (total, known) in self.sums.pop(other).items():
            del self.sums[neighbour][other]
            if neighbour != one:
                before = self.sums[one].get(neighbour, (0.0, 0))
                self.sums[one][neighbour] = self.sums[neighbour][one] = (before[0] + total, before[1] + known)
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
