"""Settling over a whole case what no item can settle alone: which of several places is meant, and which day.

Places: of the candidates a claim's words leave open, those near places that other claims of the case name without doubt
gain, since material gathered for a case speaks of one region; a candidate's own reasons weigh more. Days: a claim's own
moment where it has one of a day or finer; else the day of publication, said as inferred, since posts are mostly of the day
or the day before. What it does not do: prove a place or a day; both stay suggestions with their reasons.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from witnessmark.incidents.dating import Inferred
from witnessmark.terms.card import Card, Spot, kilometres
from witnessmark.terms.place import AREAS
from witnessmark.terms.script import key

_CELL = 0.5  # degrees: company means the same half degree, about 50 km
_SURE = 0.12  # lead of a first candidate's score from which its place is without doubt
_COMPANY = 0.25  # the most that company adds to a score of 0 to 1
_NAMESAKE = 0.25  # the most that other items of the case add which mean one place of the name without doubt
_ENOUGH = 25  # claims in one cell from which company counts in full
_MOST = 0.5  # share of claims from which a party or a means is the case's usual one
_FEW = 20
_AROUND = 45.0  # km from a town within which what is said to lie around it does
_ACROSS = 120.0  # km from a province's seat within which a place may lie in it
_TWICE = 2  # items from which what is said of an unknown village is taken over for others
_Company: TypeAlias = Counter[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A card with its place and days. ``first``, ``last``: ISO days or None; ``stated``: from its own words.

    ``weekday``: of the event (Monday 0), where its words name one and the day stays unknown. ``words``: the place's words,
    folded; ``areas``: folded names of what contains it.
    """

    card: Card
    spot: Spot | None
    place_why: str
    first: str | None
    last: str | None
    stated: bool
    day_why: str
    weekday: int | None = None
    words: str | None = None
    areas: frozenset[str] = frozenset()


def settle(cards: Iterable[Card], published: Mapping[str, Inferred]) -> list[Settled]:
    """Every card settled, in order of claim. ``published``: inferred days of items that give none."""
    ordered = sorted(cards, key=lambda one: one.claim)
    case = _Case(_company(ordered), _said_around(ordered), _meant(ordered))
    return [_settled(card, case, published.get(card.item)) for card in ordered]


def _cell(spot: Spot) -> tuple[int, int] | None:
    if spot.lat is None or spot.lon is None:
        return None
    return round(spot.lat / _CELL), round(spot.lon / _CELL)


def _company(cards: Sequence[Card]) -> Counter[tuple[int, int]]:
    """How many claims name a place in each cell without doubt."""
    found: Counter[tuple[int, int]] = Counter()
    for card in cards:
        cell = _cell(card.spots[0]) if _sure(card) else None
        if cell:
            found[cell] += 1
    return found


def _sure(card: Card) -> bool:
    """Whether a claim names a place without doubt."""
    return bool(card.spots) and (len(card.spots) == 1 or card.spots[0].score - card.spots[1].score >= _SURE)


def _meant(cards: Sequence[Card]) -> dict[str, dict[str, float]]:
    """Of the items that mean one of several places of a name without doubt, the share that means each, by the name's words."""
    items: dict[str, dict[str, set[str]]] = {}
    for card in cards:
        if card.place_text and len(card.spots) > 1 and not card.spots[0].stands_in and _sure(card):
            items.setdefault(key(card.place_text), {}).setdefault(card.spots[0].id, set()).add(card.item)
    out = {}
    for name, meant in items.items():
        all_ = len(set().union(*meant.values()))
        if all_ >= _TWICE:
            out[name] = {spot: len(of) / all_ for spot, of in meant.items()}
    return out


@dataclass(frozen=True, slots=True)
class _Said:
    """What the case says of a name that no gazetteer knows where some texts say it lies.

    ``area``: where most items say, and how many (``told``); ``elsewhere``: all items that say so; ``known``: those that
    say nothing against the place that a gazetteer knows by the name.
    """

    area: Spot
    told: int
    elsewhere: int
    known: int


def _said_around(cards: Sequence[Card]) -> dict[str, _Said]:
    """Where the case says that places lie which no gazetteer knows there, by their words."""
    items: dict[str, dict[str | None, set[str]]] = {}
    areas: dict[str | None, Spot] = {}
    for card in cards:
        if card.place_text and card.spots:
            spot = card.spots[0]
            area = spot.id if spot.stands_in else None
            items.setdefault(key(card.place_text), {}).setdefault(area, set()).add(card.item)
            areas.setdefault(area, spot)
    out = {}
    for name, told in items.items():
        known = len(told.pop(None, ()))
        towns = {area: len(of) for area, of in told.items() if areas[area].level not in AREAS and len(of) >= _TWICE}
        best = max(towns or told, key=lambda area: (len(told[area]), str(area)), default=None)
        if best:
            out[name] = _Said(areas[best], len(told[best]), sum(map(len, told.values())), known)
    return out


def _elsewhere(card: Card, spot: Spot, said: Mapping[str, _Said]) -> tuple[Spot, str] | None:
    """Where other claims say a claim's place lies, if that is closer than its province, or if a third of them say it lies far off."""
    case = said.get(key(card.place_text or ""))
    if case is None or case.area.id == spot.id:
        return None
    apart = kilometres(spot, case.area)
    closer = spot.stands_in and spot.level == "province" and case.area.level not in AREAS and apart <= _ACROSS
    strange = not spot.stands_in and spot.level not in AREAS and apart > _AROUND and 2 * case.elsewhere > case.known
    if not (closer or strange):
        return None
    return (
        case.area,
        f"{case.told} items of this case say that “{card.place_text}” lies around {case.area.name}, which stands for it",
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """What all claims of the case say of places. ``meant``: by a name's words, the share of items that mean each of its places."""

    company: _Company
    said: Mapping[str, _Said]
    meant: Mapping[str, Mapping[str, float]]


def _settled(card: Card, case: _Case, inferred: Inferred | None) -> Settled:
    spot, place_why = _place(card, case)
    spot, place_why = (spot and _elsewhere(card, spot, case.said)) or (spot, place_why)
    first, last, stated, day_why = _days(card, inferred)
    return Settled(
        card=card, spot=spot, place_why=place_why, first=first, last=last,
        stated=stated, day_why=day_why, weekday=_weekday(card),
        words=key(card.place_text) if card.place_text else None,
        areas=frozenset(key(name) for name in spot.within) if spot else frozenset(),
    )  # fmt: skip


def _weekday(card: Card) -> int | None:
    """The weekday of the event, where it is the same whatever day the post is of."""
    found = {(number + pair[0]) % 7 for number, pair in enumerate(card.offsets) if pair and pair[0] == pair[1]}
    return found.pop() if len(found) == 1 else None


def _place(card: Card, case: _Case) -> tuple[Spot | None, str]:
    if not card.spots:
        return (
            None,
            "no place is named" if card.place_text is None else f"no gazetteer in use knows “{card.place_text}”",
        )

    company, meant = case.company, case.meant.get(key(card.place_text or ""), {})

    def weight(spot: Spot) -> float:
        cell = _cell(spot)
        near = min(1.0, company[cell] / _ENOUGH if cell else 0.0)
        return spot.score + _COMPANY * near + _NAMESAKE * meant.get(spot.id, 0.0)

    best = max(card.spots, key=lambda spot: (weight(spot), spot.score, spot.id))
    if best.stands_in:
        return (
            best,
            f"no gazetteer in use knows “{card.place_text}”: {best.name}, which the text names around or beside it, stands for it",
        )
    if best is card.spots[0]:
        return best, f"the best of {len(card.spots)} that “{card.place_text}” may mean" if len(
            card.spots
        ) > 1 else "the only entry of its name"
    if meant.get(best.id, 0.0) > _MOST:
        return best, f"of {len(card.spots)} places of this name, the one that most items of this case mean"
    # A count that grew with the case would reopen its incidents.
    count = company[_cell(best) or (0, 0)]
    near = f"{_ENOUGH} or more" if count >= _ENOUGH else str(count)
    return best, f"of {len(card.spots)} places of this name, the one near {near} other claims of this case"


def _days(card: Card, inferred: Inferred | None) -> tuple[str | None, str | None, bool, str]:
    if card.earliest and card.precise:
        return card.earliest, card.latest or card.earliest, True, "the claim's own words"
    if card.published:
        inside = card.earliest is None or card.earliest <= card.published <= (card.latest or card.published)
        if inside or card.latest is None:
            return card.published, card.published_latest or card.published, False, "inferred: the day of publication"
        return card.latest, card.latest, False, "inferred: the last day of the time its words give"
    if card.earliest:
        return card.earliest, card.latest or card.earliest, False, "the claim's own words, no finer than this"
    if inferred:
        first, last = _hung(card, inferred)
        return first, last, False, inferred.why
    return None, None, False, "no day is given, nor a day of publication"


def _hung(card: Card, inferred: Inferred) -> tuple[str, str]:
    """The days of a time that hangs on an inferred day of publication."""
    start, end = date.fromisoformat(inferred.first), date.fromisoformat(inferred.last)
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    told = [(day, card.offsets[day.weekday()]) for day in days] if card.offsets else []
    spans = [(day + timedelta(days=pair[0]), day + timedelta(days=pair[1])) for day, pair in told if pair]
    if not spans:
        return inferred.first, inferred.last
    return min(first for first, _ in spans).isoformat(), max(last for _, last in spans).isoformat()


def common(settled: Sequence[Settled]) -> frozenset[str]:
    """Parties, means and targets that most claims of the case share: that two claims share them too says nothing."""
    counts: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for one in settled:
        card = one.card
        for slot, values in (
            ("who", {p.actor for p in card.accused if p.actor}),
            ("how", set(card.one_way)),
            ("what", set(card.target)),
        ):
            told[slot] += bool(values)
            counts.update(f"{slot}:{value}" for value in values)
    return frozenset(
        name for name, count in counts.items() if count > _MOST * told[name.partition(":")[0]] and count > _FEW
    )
