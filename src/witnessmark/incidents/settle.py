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
from math import cos, hypot, radians

from witnessmark.incidents.dating import Inferred
from witnessmark.terms.account import Point
from witnessmark.terms.card import Card, Spot
from witnessmark.terms.script import key

_CELL = 0.5  # degrees: company means the same half degree, about 50 km
_SURE = 0.12  # lead of a first candidate's score from which its place is without doubt
_COMPANY = 0.25  # the most that company adds to a score of 0 to 1
_ENOUGH = 25  # claims in one cell from which company counts in full
_KM_PER_DEGREE = 111.2
_MOST = 0.5  # share of claims from which a party or a means is the case's usual one
_FEW = 20
COARSE = ("country", "region", "province", "district", "subdistrict")


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
    company = _company(ordered)
    return [_settled(card, company, published.get(card.item)) for card in ordered]


def kilometres(one: Spot | Point, other: Spot | Point) -> float:
    """Between two spots with coordinates, as the crow flies (flat earth: right within one per cent to some 100 km)."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    north = (one.lat - other.lat) * _KM_PER_DEGREE
    east = (one.lon - other.lon) * _KM_PER_DEGREE * cos(radians(one.lat))
    return hypot(north, east)


def _cell(spot: Spot) -> tuple[int, int] | None:
    if spot.lat is None or spot.lon is None:
        return None
    return round(spot.lat / _CELL), round(spot.lon / _CELL)


def _company(cards: Sequence[Card]) -> Counter[tuple[int, int]]:
    """How many claims name a place in each cell without doubt."""
    found: Counter[tuple[int, int]] = Counter()
    for card in cards:
        if not card.spots:
            continue
        best, second = card.spots[0], card.spots[1] if len(card.spots) > 1 else None
        cell = _cell(best)
        if cell and (second is None or best.score - second.score >= _SURE):
            found[cell] += 1
    return found


def _settled(card: Card, company: Counter[tuple[int, int]], inferred: Inferred | None) -> Settled:
    spot, place_why = _place(card, company)
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


def _place(card: Card, company: Counter[tuple[int, int]]) -> tuple[Spot | None, str]:
    if not card.spots:
        return (
            None,
            "no place is named" if card.place_text is None else f"no gazetteer in use knows “{card.place_text}”",
        )

    def weight(spot: Spot) -> float:
        cell = _cell(spot)
        return spot.score + _COMPANY * min(1.0, company[cell] / _ENOUGH if cell else 0.0)

    best = max(card.spots, key=lambda spot: (weight(spot), spot.score, spot.id))
    if best is card.spots[0]:
        return best, f"the best of {len(card.spots)} that “{card.place_text}” may mean" if len(
            card.spots
        ) > 1 else "the only entry of its name"
    near = company[_cell(best) or (0, 0)]
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
