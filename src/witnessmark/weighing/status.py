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
    """Whether a figure counts dead of whom its claim does not say what they were."""
    unstated = one.toll == card.figures.get("killed_status_unstated")
    return unstated and one.slot in ("killed", "killed_status_unstated") and _counts(one)


def contested(
    ranges: Sequence[tuple[str, Toll]], found: Sequence[OriginToll], cards: Sequence[Card]
) -> tuple[tuple[str, Toll], ...]:
    """The ranges, those of civilians and of fighters from none on where origins contest what the same dead were."""
    accused = {party.actor for card in cards if not card.answers for party in card.accused if party.actor}
    by_claim = {card.claim: card for card in cards}
    both = {card.item for card in cards if "killed" in card.figures and "combatants_killed" not in card.figures}
    counts = [by_claim[one.claim] for one in found if one.slot == "combatants_killed" and _counts(one)]
    fighters = {
        upper(card.figures["combatants_killed"]) for card in counts if card.item not in both and not _by(card, accused)
    }
    killed = {upper(one.toll) for one in found if one.slot == "killed" and _counts(one)}
    if any(map(_parted, cards)) or not killed or max(killed) not in fighters:
        return tuple(ranges)
    return tuple((slot, Toll(least=0, most=upper(toll)) if slot in _CONTESTED else toll) for slot, toll in ranges)


def _counts(one: OriginToll) -> bool:
    """Whether somebody counted, and it bears on the range."""
    return one.left_out is None and not one.toll.vague


def _by(card: Card, accused: set[str]) -> bool:
    """Whether a claim is the word of whoever is blamed."""
    return bool({card.source_actor, card.source_party, card.outlet_actor if card.source is None else None} & accused)
