"""Weighing one incident: its day, place, parties, figures, origins and a suggested grade, each with its reason.

Day and place are those that most items give, days in a claim's own words before days of publication, finer places before
wider. Parties blamed together by one voice are one side; voices that blame different parties are alternatives. Everything is a
suggestion from what was said; nothing here says what happened.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from witnessmark.terms.card import Card, Spot
from witnessmark.terms.claim import Party
from witnessmark.terms.incident import Gathered, Incident
from witnessmark.terms.origin import Origin
from witnessmark.weighing.accounts import accounts, conceded, doers, own_deed
from witnessmark.weighing.grade import grade
from witnessmark.weighing.grounds import grounds
from witnessmark.weighing.latest import floored, settled
from witnessmark.weighing.standard import Standard
from witnessmark.weighing.tolls import figures, ranges

_FINE = (
    "country",
    "region",
    "province",
    "district",
    "subdistrict",
    "city",
    "town",
    "village",
    "neighbourhood",
    "street",
    "landmark",
    "exact",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One claim of an incident as settled: its card, place and day. ``stated``: the day is in its own words."""

    card: Card
    spot: Spot | None
    place_why: str
    first: str | None
    last: str | None
    stated: bool
    day_why: str


def weigh(
    group: Gathered,
    seen: Sequence[Seen],
    origins: Sequence[Origin],
    standard: Standard,
    strikes: Mapping[str, frozenset[str]],
    parties: frozenset[str] = frozenset(),
    names: Mapping[str, str] = MappingProxyType({}),
) -> Incident:
    """The incident of a group of claims. ``seen``: one for each claim; ``standard``: of grading.

    ``strikes``: its labels that ways of delivery told of one incident bear together. ``parties``, ``names``: of the actors
    packs, by id.
    """
    cards = [one.card for one in seen if one.card.kind != "mention"]
    told = [one for one in seen if one.card.harms] or [one for one in seen if one.card.opens]
    first, last, day_why = _day(told)
    spot, place_why = _place(told)
    origin_of = {claim: origin.id for origin in origins for claim in origin.claims}
    accused, sides = _parties(cards, origin_of)
    counted = _counted(cards)
    found = [*settled(figures(counted, origin_of), counted, origin_of), *conceded(cards, origin_of)]
    unnumbered = tuple(sorted({kind for card in cards for kind in card.harm_unnumbered}))
    known = grounds(cards, origins, sides=sides, standard=standard)
    return Incident(
        id=group.id,
        claims=tuple(sorted(card.claim for card in cards)),
        items=tuple(sorted({one.card.item for one in seen})),
        date=first,
        date_latest=last,
        date_why=day_why,
        place=spot.name if spot else next((card.place_text for card in cards if card.place_text), None),
        place_ar=spot.name_ar if spot else None,
        place_id=spot.id if spot else None,
        lat=spot.lat if spot else None,
        lon=spot.lon if spot else None,
        level=spot.level if spot else None,
        place_why=place_why,
        accused=accused,
        alternatives=len(sides) > 1,
        strike=_strike(cards, strikes),
        weapon=_often(card.weapon for card in cards),
        target=_often(card.target for card in cards),
        tolls=floored(ranges(found), counted),
        figures=tuple(found),
        harm_unnumbered=unnumbered,
        origins=tuple(origin.id for origin in origins),
        origins_shown=sum(origin.shown for origin in origins),
        origins_most=len(origins),
        grade=grade(known, standard),
        joins=group.joins,
        contradictions=_contradictions(cards, sides),
        grounds=known,
        accounts=accounts([(one.card, one.spot) for one in seen if one.card.kind != "mention"], parties, names),
    )


def _counted(cards: Sequence[Card]) -> list[Card]:
    """The cards whose figures an incident's ranges run over: none that denies, and no party's on its own deed."""
    blamed = doers(cards)
    return [card for card in cards if card.polarity != "denied" and not own_deed(card, blamed)]


def _often(lists: object) -> tuple[str, ...]:
    """Values by how many claims give them, most first, ties by name."""
    counts: Counter[str] = Counter()
    for values in lists:  # type: ignore[attr-defined]
        counts.update(values)
    return tuple(sorted(counts, key=lambda one: (-counts[one], one)))


def _strike(cards: Sequence[Card], strikes: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """How it was delivered, by how many claims say so, and behind these the standard's labels for what they say together.

    What some leave open, others say: "an attack" beside "an airstrike" is no second way.
    """
    told = _often(card.one_way for card in cards) or _often(card.delivery for card in cards)
    return told + tuple(label for label, of in strikes.items() if of <= set(told) and label not in told)


def _day(seen: Sequence[Seen]) -> tuple[str | None, str | None, str]:
    """The day most items give in their own words; else the earliest day of publication."""
    dated = [one for one in seen if one.first]
    for stated in (True, False):
        votes: Counter[tuple[str, str]] = Counter()
        for item in sorted({one.card.item for one in dated if one.stated == stated}):
            days = {
                (one.first or "", one.last or one.first or "")
                for one in dated
                if one.card.item == item and one.stated == stated
            }
            votes.update(days)
        if not votes:
            continue
        if stated:
            best = min(votes, key=lambda one: (-votes[one], one[1] != one[0], one))
            return (
                best[0][:10],
                best[1][:10],
                f"{votes[best]} of {len({one.card.item for one in seen})} items give it, as a date or as a day counted from publication",
            )
        best = min(votes)
        return best[0][:10], best[1][:10], "inferred: the earliest day of publication"
    return None, None, "no day is given, nor a day of publication"


def _place(seen: Sequence[Seen]) -> tuple[Spot | None, str]:
    """The place most items name, finer before wider where as many do."""
    votes: dict[str, set[str]] = {}
    best_of: dict[str, Seen] = {}
    for one in seen:
        if one.spot:
            votes.setdefault(one.spot.id, set()).add(one.card.item)
            if one.spot.id not in best_of or one.spot.score > (best_of[one.spot.id].spot or one.spot).score:
                best_of[one.spot.id] = one
    if not votes:
        return None, seen[0].place_why if seen else ""

    def rank(name: str) -> tuple[bool, int, int, float, str]:
        spot = best_of[name].spot
        level = _FINE.index(spot.level) if spot else 0
        wide = level < _FINE.index("city")
        return wide, -len(votes[name]), -level, -(spot.score if spot else 0.0), name

    chosen = min(votes, key=rank)
    one = best_of[chosen]
    return one.spot, f"named by {len(votes[chosen])} of {len({each.card.item for each in seen})} items; {one.place_why}"


def _parties(cards: Sequence[Card], origin_of: Mapping[str, str]) -> tuple[tuple[Party, ...], tuple[str, ...]]:
    """Everyone blamed, most often first; and the sides, where whole origins blame different parties instead of each other,

    or a source itself says "A or B". Joint action is one side. A party that only speaks for itself is blamed by nobody.
    """
    votes: Counter[str] = Counter()
    first: dict[str, Party] = {}
    by_origin: dict[str, set[str]] = {}
    sides: set[str] = set()
    for card in cards:
        names = {party.actor: party for party in card.accused if party.actor}
        if card.answers or not names:
            continue
        votes.update(list(names))
        first = {**names, **first}
        by_origin.setdefault(origin_of.get(card.claim, card.claim), set()).update(names)
        if card.alternatives:
            sides.update(party.label or party.words for party in names.values())
    ordered = sorted(votes, key=lambda one: (-votes[one], one))
    blamed = list(by_origin.values())
    for one in blamed:
        if any(not one & other for other in blamed):
            sides.add(" and ".join(sorted(first[name].label or first[name].words for name in one)))
    unnamed = [party for card in cards if not card.answers for party in card.accused]
    parties = [first[name] for name in ordered] or list(
        {party.label or party.words: party for party in reversed(unnamed)}.values()
    )[::-1]
    return tuple(parties), tuple(sorted(sides))


def _contradictions(cards: Sequence[Card], sides: Sequence[str]) -> tuple[str, ...]:
    """What the claims say against each other, in words."""
    out = []
    if len(sides) > 1:
        out.append(f"who did it: {' / '.join(sides)}")
    means = sorted({one for card in cards for one in card.one_way})
    if len(means) > 1:
        out.append(f"how: {' / '.join(means)}")
    denied = {card.kind for card in cards if card.polarity == "denied"}
    if "harm" in denied:
        out.append("whether anyone was harmed: a source says nobody was")
    answers = [card for card in cards if card.kind == "denial"]
    for what, by in (
        ("responsibility: denied by", [card for card in answers if not card.denies_harm]),
        ("harm: denied by", [card for card in answers if card.denies_harm]),
    ):
        out += [f"{what} {', '.join(sorted({p.label or p.words for card in by for p in card.accused}))}"] if by else []
    if not answers and "attack" in denied:
        # Whoever denies an attack denies that it was made, or that it was theirs; not that people were harmed.
        out.append("whether there was an attack as told: a source denies it")
    return tuple(out)
