"""Which claims are compared at all: those that a block, an item or a copy of its words brings together.

Comparing all with all would take the square of their number. A block is a place (a cell of the map, the place's words, or
the figures or a rare word of the item as if a place) and something else: a day, a rare word, the figures. A block of too many claims is
passed over for its finer ones. Only claims that are fresh are looked up; the others were compared with each other before
(see ``memory``). What a block does not say: that its claims speak of one event.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from witnessmark.incidents.settle import Settled
from witnessmark.terms.script import key

_CELL = 0.15  # degrees, about 15 km: a block of the map
_CROWDED = 300  # claims in one block beyond which only its finer blocks are compared

Place: TypeAlias = tuple[Hashable, ...]
Marks: TypeAlias = Callable[[int], tuple[Sequence[Hashable], Sequence[Hashable]]]
Block: TypeAlias = tuple[Place, Hashable]  # a place, and what claims of it share besides


def copies_of(copied: Mapping[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    """Each item's copies, and why they are."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for (one, other), why in copied.items():
        found[one][other] = found[other][one] = why
    return found


def together(
    items: Sequence[str], copies: Mapping[str, Iterable[str]], blocks: Iterable[Sequence[int]], fresh: set[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of claims, of which one at least is fresh, that a block, an item or a copy brings together. ``items``: of each."""
    known = list(blocks)
    standing: dict[int, list[int]] = {number: [] for number in sorted(fresh)}
    for number, block in enumerate(known):
        for member in block:
            if member in fresh:
                standing[member].append(number)
    by_item: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        by_item[item].append(number)
    for here, numbers in standing.items():
        others = {other for number in numbers for other in known[number]}
        for item in (items[here], *copies.get(items[here], ())):
            others.update(by_item.get(item, ()))
        yield from (
            (min(here, other), max(here, other)) for other in sorted(others) if other > here or other not in fresh
        )


def blocks_of(
    open_: Sequence[Settled], rare: Sequence[Sequence[int]], marks: Marks, fresh: set[int], crowded: frozenset[Block]
) -> tuple[set[tuple[int, ...]], set[int], set[Block]]:
    """Numbers of claims, of which one at least is fresh, that share a place and something else.

    ``rare``: the rarest words of each claim's item, each as if a place. ``crowded``: blocks that were passed over before. Claims of a
    block that now is, or no longer is, are fresh as well. So returned are the blocks, all that is fresh, and the blocks passed
    over now.
    """
    where = list(map(_where, open_))
    before: dict[Place, set[Hashable]] = defaultdict(set)
    for place, mark in crowded:
        before[place].add(mark)
    while True:
        blocks: set[tuple[int, ...]] = set()
        passed: set[Block] = set()
        turned: set[int] = set()
        for place, members in _members(where, rare, fresh, before).items():
            for mark, block in _sharing(place, members, marks, fresh, before.get(place, ())):
                if len(block) > _CROWDED:
                    passed.add((place, mark))
                elif len(block) > 1 and not fresh.isdisjoint(block):
                    blocks.add(tuple(block))
                if (len(block) > _CROWDED) != (mark in before.get(place, ())):
                    turned.update(block)
        if turned <= fresh:
            return blocks, fresh, passed
        fresh = fresh | turned


def _members(
    where: Sequence[set[Place]], rare: Sequence[Sequence[int]], fresh: set[int], before: Iterable[Place]
) -> dict[Place, list[int]]:
    """The claims of each place that a fresh one has, or of which too many shared something before, by number."""
    wanted = {place for number in fresh for place in where[number]}.union(before)
    words = {word for number in fresh for word in rare[number]}.union(
        place[1] for place in before if place[0] == "rare"
    )
    places: dict[Place, list[int]] = defaultdict(list)
    for number, (mine, said) in enumerate(zip(where, rare, strict=True)):
        for place in mine & wanted:
            places[place].append(number)
        for word in said:
            if word in words:
                places["rare", word].append(number)
    return places


def _sharing(
    place: Place, members: Sequence[int], marks: Marks, fresh: set[int], crowded: Collection[Hashable]
) -> Iterable[tuple[Hashable, list[int]]]:
    """The claims of one place by what else they share, where one of them is fresh, or they were too many before."""
    finely = place[0] not in ("toll", "rare")
    anew = fresh.intersection(members)
    if not anew and not crowded:
        return ()
    wanted = {mark for number in anew for mark in marks(number)[finely]}.union(crowded)
    sharing: dict[Hashable, list[int]] = defaultdict(list)
    for number in members:
        mine = marks(number)[finely]
        for mark in mine if len(anew) == len(members) else wanted.intersection(mine):
            sharing[mark].append(number)
    return sharing.items()


def _where(one: Settled) -> set[Place]:
    """The places of a claim: its cell and the neighbours its corner leans to, its words; and its figures, as if a place."""
    where: set[Place] = set()
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


def marks_of(one: Settled, rare: Sequence[int]) -> tuple[tuple[Hashable, ...], tuple[Hashable, ...]]:
    """What claims share a block by: their days, or that they give none; and the same with, whatever the day, each of the

    rarest words of their items, as numbers below zero, and their figures.
    """
    told = _told(one)
    days = tuple(_window(one)) or ("undated",)
    return days, (*days, *rare, *([told] if told else []))


def _window(one: Settled) -> range:
    """The days a claim is compared on, as ordinals: its own, and the day before and after; at most a fortnight."""
    if one.first is None:
        return range(0)
    first, last = date.fromisoformat(one.first[:10]), date.fromisoformat((one.last or one.first)[:10])
    return range(first.toordinal() - 1, min(last.toordinal(), first.toordinal() + 14) + 2)
