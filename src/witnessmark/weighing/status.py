"""What the dead of an incident were: civilians, fighters, or the one or the other.

The rules: a total of dead of no stated class is no count of civilians where another claim parts as many into fighters and
civilians. Where one origin counts as many dead as another counts fighters, and nobody parts them, what they were is
contested, and both ranges begin at none, as Airwars codes it (METHOD of casualty recording: "the minimum casualty range '0' to
both the civilian casualty field and to the militant field"). The word of whoever is blamed, that the dead were fighters, is context
and contests nothing (<https://airwars.org/research/civilian-harm-patterns-gaza-october-2023/>). What this does not
prove: that two origins of one number speak of the same dead.
"""

from collections.abc import Sequence
from dataclasses import replace

from witnessmark.terms.card import Card
from witnessmark.terms.incident import OriginToll
from witnessmark.terms.toll import Toll

_CONTESTED = ("killed", "combatants_killed")


def upper(toll: Toll) -> int:
    """The upper end, or where that is open the lower."""
    return toll.least if toll.most is None else toll.most


def without_fighters(found: Sequence[OriginToll], cards: Sequence[Card]) -> list[OriginToll]:
    """The same, totals that count fighters too marked as left out: "five were killed", where others say four soldiers and a civilian."""
    by_claim = {card.claim: card for card in cards}
    parted = {upper(civil) + upper(fighters) for civil, fighters in filter(None, map(_parted, cards))}
    return [
        replace(one, left_out=f"counts fighters too: another claim parts {upper(one.toll)} into fighters and civilians")
        if upper(one.toll) in parted and _total(one, by_claim[one.claim])
        else one
        for one in found
    ]


def _parted(card: Card) -> tuple[Toll, Toll] | None:
    """The civilians and the fighters that a claim tells apart, where it counts both."""
    civil, fighters = card.figures.get("killed"), card.figures.get("combatants_killed")
    return (civil, fighters) if civil and fighters and not (civil.vague or fighters.vague) else None


def _total(one: OriginToll, card: Card) -> bool:
    """Whether a figure counts dead of whom its claim does not say what they were, and no fighters beside them."""
    told = card.figures
    unstated = one.toll == told.get("killed_status_unstated") and "combatants_killed" not in told
    return unstated and one.slot in ("killed", "killed_status_unstated") and one.left_out is None and not one.toll.vague


def contested(
    ranges: Sequence[tuple[str, Toll]], found: Sequence[OriginToll], cards: Sequence[Card]
) -> tuple[tuple[str, Toll], ...]:
    """The ranges, those of civilians and of fighters from none on where origins contest what the same dead were."""
    accused = {party.actor for card in cards if not card.answers for party in card.accused if party.actor}
    by_claim = {card.claim: card for card in cards}
    counts = {
        slot: {upper(one.toll) for one in found if one.slot == slot and _weighs(one, by_claim[one.claim], accused)}
        for slot in _CONTESTED
    }
    if any(map(_parted, cards)) or not set.intersection(*counts.values()):
        return tuple(ranges)
    return tuple((slot, Toll(least=0, most=upper(toll)) if slot in _CONTESTED else toll) for slot, toll in ranges)


def _weighs(one: OriginToll, card: Card, accused: set[str]) -> bool:
    """Whether a figure is a count that bears on what the dead were: of fighters, not on the word of whoever is blamed."""
    if one.left_out is not None or one.toll.vague:
        return False
    spoken = {card.source_actor, card.source_party, card.outlet_actor if card.source is None else None}
    return one.slot == "killed" or not spoken & accused
