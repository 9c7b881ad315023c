"""What becomes of figures when later ones arrive, and of a count below the number of the named dead.

An origin's earlier figure is overtaken by its own later one and listed with that reason. A preliminary count of one origin lowers
nothing that another counted later and higher. The dead whom the words of a claim name are a floor under the range, even where that
claim's own count was overtaken (Airwars codes 15 to 15 where 15 names are listed and one source says 10). What it does not
prove: that a later count is the better one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from witnessmark.terms.card import Card
from witnessmark.terms.incident import OriginToll
from witnessmark.terms.toll import Toll

OVERTAKEN = "overtaken by a later count of the same origin"
PRELIMINARY = "preliminary, and lower than what others counted later"


def when(card: Card) -> str:
    """What a card is put in order of time by: the instant of publication in UTC where it is known, else the day."""
    return card.published_at or card.published or ""


def settled(found: Sequence[OriginToll], cards: Sequence[Card], origin_of: Mapping[str, str]) -> list[OriginToll]:
    """The figures, preliminary ones marked where later ones are higher, and those added that their origin overtook itself."""
    by_claim = {card.claim: card for card in cards}
    marked = [replace(one, left_out=PRELIMINARY) if _lowers(one, found, by_claim) else one for one in found]
    return [*marked, *_overtaken(marked, cards, by_claim, origin_of)]


def _lowers(one: OriginToll, found: Sequence[OriginToll], by_claim: Mapping[str, Card]) -> bool:
    """Whether a preliminary figure would lower a later, higher and firm one of another origin."""
    card = by_claim[one.claim]
    return (
        card.preliminary
        and one.left_out is None
        and any(
            other.slot == one.slot
            and other.origin != one.origin
            and other.left_out is None
            and not by_claim[other.claim].preliminary
            and when(by_claim[other.claim]) > when(card)
            and other.toll.least > one.toll.least
            for other in found
        )
    )


def _overtaken(
    found: Sequence[OriginToll], cards: Sequence[Card], by_claim: Mapping[str, Card], origin_of: Mapping[str, str]
) -> list[OriginToll]:
    """Earlier figures of an origin that its latest one of the slot took the place of."""
    kept = {(one.origin, one.slot): one for one in found if by_claim[one.claim].figures.get(one.slot) == one.toll}
    listed = {(one.claim, one.slot) for one in found}
    out = []
    for card in sorted(cards, key=lambda each: each.claim):
        origin = origin_of.get(card.claim)
        for slot, toll in card.tolls:
            latest = kept.get((origin or "", slot))
            if latest is None or (card.claim, slot) in listed or card.shared or card.cumulative:
                continue
            if toll.pair != latest.toll.pair and card.item != by_claim[latest.claim].item:
                out.append(OriginToll(origin=latest.origin, slot=slot, toll=toll, claim=card.claim, left_out=OVERTAKEN))
    return out


def floored(ranges: Sequence[tuple[str, Toll]], cards: Sequence[Card]) -> tuple[tuple[str, Toll], ...]:
    """The ranges, that of the killed from the most dead on that the words of one claim name."""
    named = max((card.named_killed for card in cards if not (card.shared or card.cumulative)), default=0)
    return tuple((slot, _raised(toll, named) if slot == "killed" else toll) for slot, toll in ranges)


def _raised(toll: Toll, named: int) -> Toll:
    if named <= toll.least:
        return toll
    return replace(toll, least=named, most=None if toll.most is None else max(toll.most, named), vague=False)
