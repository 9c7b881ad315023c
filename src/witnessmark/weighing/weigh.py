"""Weighing one incident: its day, place, parties, figures, origins and a suggested grade, each with its reason.

Day and place are those that most items give, days in a claim's own words before days of publication, closer places before
wider (``where``). Parties blamed together by one voice are one side; voices that blame different parties are alternatives. Everything is a
suggestion from what was said; nothing here says what happened.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from witnessmark.terms.card import Card, Spot
from witnessmark.terms.claim import Party
from witnessmark.terms.incident import Gathered, Incident
from witnessmark.terms.origin import Origin
from witnessmark.weighing.accounts import accounts, conceded, doers, own_deed
from witnessmark.weighing.contradictions import Wider, contradictions
from witnessmark.weighing.grade import grade
from witnessmark.weighing.grounds import grounds
from witnessmark.weighing.latest import floored, settled
from witnessmark.weighing.seen import Seen
from witnessmark.weighing.standard import Standard
from witnessmark.weighing.status import contested
from witnessmark.weighing.tolls import figures, ranges
from witnessmark.weighing.when import day
from witnessmark.weighing.where import where


def weigh(
    group: Gathered,
    seen: Sequence[Seen],
    origins: Sequence[Origin],
    standard: Standard,
    strikes: Mapping[str, frozenset[str]],
    wider: Wider,
    parties: frozenset[str] = frozenset(),
    names: Mapping[str, str] = MappingProxyType({}),
) -> Incident:
    """The incident of a group of claims. ``seen``: one for each claim; ``standard``: of grading.

    ``strikes``: its labels that ways of delivery told of one incident bear together; ``wider``: of a weapon, a way or an actor,
    what holds it, so that a coarser word contradicts no finer one. ``parties``, ``names``: of the actors packs, by id.
    """
    cards = [one.card for one in seen if one.card.kind != "mention"]
    told = [one for one in seen if one.card.harms] or [one for one in seen if one.card.opens]
    first, last, day_why = day(told)
    origin_of = {claim: origin.id for origin in origins for claim in origin.claims}
    spot, place_why = _place(told, origin_of)
    accused, sides = _parties(cards, origin_of)
    counted = _counted(cards)
    found = [*settled(figures(counted, origin_of), counted, origin_of), *conceded(cards, origin_of)]
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
        tolls=contested(floored(ranges(found), counted), found, counted),
        figures=tuple(found),
        harm_unnumbered=_unnumbered(cards),
        origins=tuple(origin.id for origin in origins),
        origins_shown=sum(origin.shown for origin in origins),
        origins_most=len(origins),
        grade=grade(known, standard),
        joins=group.joins,
        contradictions=contradictions(seen, origins, found, wider),
        grounds=known,
        accounts=accounts([(one.card, one.spot) for one in seen if one.card.kind != "mention"], parties, names),
    )


def _counted(cards: Sequence[Card]) -> list[Card]:
    """The cards whose figures an incident's ranges run over: none that denies, and no party's on its own deed."""
    blamed = doers(cards)
    return [card for card in cards if card.polarity != "denied" and not own_deed(card, blamed)]


def _unnumbered(cards: Sequence[Card]) -> tuple[str, ...]:
    """Kinds of harm that somebody tells of without a number. Whoever denies them ("no civilians were hurt") tells of none."""
    return tuple(sorted({kind for card in cards if card.polarity != "denied" for kind in card.harm_unnumbered}))


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


def _place(seen: Sequence[Seen], origin_of: Mapping[str, str]) -> tuple[Spot | None, str]:
    """The place, and by how many items it is named."""
    found = where([(one.card, one.spot, one.place_why) for one in seen if one.spot], origin_of)
    if found is None:
        return None, seen[0].place_why if seen else ""
    spot, why, named = found
    return spot, f"named by {len(named.items)} of {len({each.card.item for each in seen})} items; {why}"


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
