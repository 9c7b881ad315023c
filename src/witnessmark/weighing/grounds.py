"""What the claims of an incident give to grade it by: who accepts, who is blamed instead of whom, who stands behind it.

An acceptance counts where the party speaks itself; what somebody else says that it accepts is only flagged. Casualties laid to
forces on the ground by one origin and to the air by another, with no party in common, are competing claims. What it leaves
out: whatever people decide about sources and nearby action, which ``grade`` is handed.
"""

from collections.abc import Iterator, Mapping, Sequence

from witnessmark.terms.card import Card
from witnessmark.terms.incident import Behind, Grounds
from witnessmark.terms.origin import Origin
from witnessmark.weighing.standard import Standard

_CIVILIANS = ("killed", "injured", "children_killed", "women_killed", "men_killed")


def grounds(cards: Sequence[Card], origins: Sequence[Origin], *, sides: Sequence[str], standard: Standard) -> Grounds:
    """The grounds of one incident. ``cards``: of its claims, mentions left out; ``sides``: parties blamed as alternatives."""
    own = [card for card in cards if card.kind == "acceptance" and not hearsay(card)]
    origin_of = {claim: origin.id for origin in origins for claim in origin.claims}
    return Grounds(
        harmed=harmed(cards),
        accepted=_names(card for card in own if accepts_harm(card)),
        acted=_names(card for card in own if not accepts_harm(card)),
        sides=tuple(sides),
        ground=_ground(cards, origin_of, standard),
        nobody=not any(card.accused for card in cards) and any(card.unattributed for card in cards),
        behind=tuple(
            Behind(origin=one.id, shown=one.shown, several=one.several, sources=one.sources) for one in origins
        ),
        flags=tuple(_flags(cards)),
    )


def harmed(cards: Sequence[Card]) -> bool:
    """Whether anybody but fighters is said to have been killed or hurt."""
    return any(
        set(_CIVILIANS) & card.figures.keys() or {"killed", "injured"} & set(card.harm_unnumbered)
        for card in cards
        if card.polarity != "denied"
    )


def accepts_harm(card: Card) -> bool:
    """Whether an acceptance speaks of people harmed other than fighters."""
    return bool(card.harm_unnumbered) or any(slot in card.figures for slot in _CIVILIANS)


def hearsay(card: Card) -> bool:
    """Whether a party's acceptance or denial stands on somebody else's word."""
    if card.source is None and card.source_actor is None:
        return False
    speaking = {card.source_actor, card.source_party} - {None}
    return not speaking & {party.actor for party in card.accused}


def speaks_again(card: Card, answers: Sequence[Card]) -> bool:
    """Whether a claim is the word of a party that answers so itself, told once more: one denial and no second source's."""
    speaking = {card.source_actor, card.source_party, None if card.source else card.outlet_actor} - {None}
    return bool(speaking & {party.actor for answer in answers for party in answer.accused})


def _names(cards: Iterator[Card]) -> tuple[str, ...]:
    return tuple(sorted({party.label or party.words for card in cards for party in card.accused}))


def _ground(cards: Sequence[Card], origin_of: Mapping[str, str], standard: Standard) -> tuple[str, ...]:
    """The ways told, where whole origins lay the harm to the air and others to the ground, and no party is common to both."""
    air, ground = set(standard.listed("G2_air")), set(standard.listed("G2_ground"))
    ways: dict[str, set[str]] = {}
    blamed: dict[str, set[str | None]] = {}
    for card in cards:
        if card.answers or not card.harms or card.polarity == "denied":
            continue
        origin = origin_of.get(card.claim, card.claim)
        ways.setdefault(origin, set()).update(card.delivery)
        blamed.setdefault(origin, set()).update(party.actor for party in card.accused)
    above = [one for one, told in ways.items() if told and told <= air]
    below = [one for one, told in ways.items() if told and told <= ground]
    for one in above:
        for other in below:
            if blamed[one] and blamed[other] and not blamed[one] & blamed[other]:
                return tuple(sorted(ways[one] | ways[other]))
    return ()


def _flags(cards: Sequence[Card]) -> Iterator[str]:
    """Names of what a person should look at before signing."""
    accused = {party.actor for card in cards if not card.answers for party in card.accused if party.actor}
    telling = [card for card in cards if "combatants_killed" in card.figures]
    if telling:
        alone = all(
            {card.source_actor, card.source_party, None if card.source else card.outlet_actor} & accused
            for card in telling
        )
        yield "fighters-by-accused" if alone else "fighters"
    answers = [card for card in cards if card.answers]
    if any(card.kind == "acceptance" and not accepts_harm(card) and not hearsay(card) for card in answers):
        yield "acted"
    if any(card.kind == "acceptance" and hearsay(card) for card in answers):
        yield "hearsay"
    harmless = [card for card in answers if card.kind == "denial" and card.denies_harm]
    if harmless:
        yield "denies-harm"
    if any(card.kind == "denial" and not card.denies_harm for card in answers):
        yield "denies-part"
    if _denied_later(answers):
        yield "denied-later"
    nobody = [card for card in cards if card.polarity == "denied" and card.kind == "harm"]
    if any(not speaks_again(card, harmless) for card in nobody):
        yield "nobody-hurt"


def _denied_later(answers: Sequence[Card]) -> bool:
    """Whether a party that accepted denies on a later day."""
    took = [(card.published, {p.actor for p in card.accused}) for card in answers if card.kind == "acceptance"]
    return any(
        card.published and day and card.published > day and who & {p.actor for p in card.accused}
        for card in answers
        if card.kind == "denial"
        for day, who in took
    )
