"""What each party to the conflict says of an incident itself: dated, with its own place and figures, merged into nothing.

A party's own words are those that it, its agency or its own outlet tells. A later admission stands beside an earlier denial,
both with their dates: a status changes and no history is rewritten (Airwars keeps dated statements of each belligerent,
https://airwars.org/civilian-casualties/). What it does not say: that any of it is true.
"""

from collections.abc import Mapping, Sequence

from witnessmark.terms.card import Card, Spot
from witnessmark.terms.claim import TOLL_SLOTS
from witnessmark.terms.incident import OriginToll, PartyAccount, Told
from witnessmark.weighing.grounds import accepts_harm, hearsay

SHARED = "given for several places together: it stands in that party's account, and is counted with one of them only"
OWN = "a party's own word on its own deed: it stands in that party's account"


def accounts(
    told: Sequence[tuple[Card, Spot | None]], parties: frozenset[str], names: Mapping[str, str]
) -> tuple[PartyAccount, ...]:
    """One account for each party that speaks or is blamed here, by name. ``told``: cards with their settled places."""
    said: dict[str, list[Told]] = {}
    actors: dict[str, str | None] = {}
    accused = {
        party.label or party.words: party.actor for card, _ in told if not card.answers for party in card.accused
    }
    for card, spot in told:
        for party, actor in _speaking(card, parties, names):
            actors[party] = actor
            said.setdefault(party, []).append(_told(card, spot))
    every = {**accused, **actors}
    return tuple(
        PartyAccount(
            party=party,
            actor=every[party],
            accused=party in accused,
            statements=tuple(sorted(said.get(party, ()), key=lambda one: (one.date or "9999", one.claim))),
        )
        for party in sorted(every)
    )


def _speaking(card: Card, parties: frozenset[str], names: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """The parties whose own words a claim is."""
    if card.answers:
        return [(party.label or party.words, party.actor) for party in card.accused]
    actors = (card.source_party, card.source_actor, None if card.source else card.outlet_actor)
    actor = next((one for one in actors if one in parties), None)
    return [(names.get(actor, actor), actor)] if actor else []


def _told(card: Card, spot: Spot | None) -> Told:
    own = spot if card.spots else None  # a place lent by other claims is not the party's own
    return Told(
        claim=card.claim,
        item=card.item,
        act=_act(card),
        date=card.published,
        by=card.source or card.outlet,
        place=own.name if own else card.place_text,
        lat=own.lat if own else None,
        lon=own.lon if own else None,
        tolls=card.tolls,
        harm_unnumbered=card.harm_unnumbered,
        shared=card.shared,
    )


def _act(card: Card) -> str:
    if card.kind == "denial":
        act = "denies harm" if card.denies_harm else "denies"
    elif card.kind == "acceptance":
        act = "accepts harm" if accepts_harm(card) else "accepts the deed"
    else:
        return "says"
    return f"is said to: {act}" if hearsay(card) else act


def doers(cards: Sequence[Card]) -> frozenset[str]:
    """Ids of the parties that are blamed for an incident or accept it."""
    return frozenset(
        party.actor for card in cards if card.kind != "denial" for party in card.accused if party.actor is not None
    )


def own_deed(card: Card, blamed: frozenset[str]) -> bool:
    """Whether a party speaks of what it did itself: it accepts, or tells of the deed and blames nobody else for it."""
    speaking = {card.source_actor, card.source_party, None if card.source else card.outlet_actor} - {None}
    named = {party.actor for party in card.accused}
    return card.kind == "acceptance" or bool(speaking & (named or blamed))


def conceded(cards: Sequence[Card], origin_of: Mapping[str, str]) -> list[OriginToll]:
    """Figures that a party gives of its own deed, left out of the incident's ranges with the reason."""
    blamed = doers(cards)
    return [
        OriginToll(
            origin=origin_of[card.claim],
            slot=slot,
            toll=card.figures[slot],
            claim=card.claim,
            left_out=SHARED if card.shared else OWN,
        )
        for card in sorted(cards, key=lambda one: one.claim)
        if own_deed(card, blamed) and card.claim in origin_of
        for slot in TOLL_SLOTS
        if slot in card.figures
    ]


def status(statements: Sequence[Told]) -> str:
    """Where a party stands by its last dated word that answers; a harm once accepted stays accepted, whatever follows."""
    answered = [one for one in statements if one.act != "says" and not one.act.startswith("is said to")]
    took = [one for one in answered if one.act == "accepts harm"]
    if took:
        later = [one for one in answered if one.act.startswith("denies") and (one.date or "") > (took[0].date or "")]
        return "accepts harm" + (", later denied" if later else "")
    return answered[-1].act if answered else "has not answered here"
