"""Whom items credit, found again among those who publish in the case: handles, sites and names of one outlet, circles, the missing.

A credit names somebody as the writer spells them ("via @valleywatch"); outlets are known by what their captures show: the
publisher's name, the account in the address, the site. Names are compared by their letters and digits alone. A credit whose
author published nothing of the event in the case points at a *missing* origin, worth finding. Items that credit each other in a circle are
circular reporting. What it does not prove: that two accounts of one name are one, or that a credit is honest.
"""

from collections.abc import Iterable, Mapping

from witnessmark.terms.card import Card
from witnessmark.terms.script import squeezed


class Outlets:
    """Who publishes what of an event, by every name they go by."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._named: dict[str, str] = {}
        self._own: set[str] = set()
        for card in sorted(cards, key=lambda one: (one.publisher, one.claim)):
            node = node_of(card)
            for name in names_of(card):
                self._named.setdefault(name, node)
            if not card.source and tells_itself(card):
                self._own.add(node)

    def credited(self, to: str, actor: str | None) -> str:
        """The node of whom a credit names: one who publishes here, else one of that name."""
        if actor:
            return f"actor:{actor}"
        name = squeezed(to)
        return self._named.get(name, f"name:{name}")

    def tells(self, node: str) -> bool:
        """Whether an outlet tells some of the event otherwise than by passing it on."""
        return node in self._own


def tells_itself(card: Card) -> bool:
    """Whether what an item says in its publisher's voice is its own: it credits nobody, or states its own access."""
    return bool(card.access) or not card.passed_on


def node_of(card: Card) -> str:
    """The name under which a publisher's own words are folded: a party for all of its mouths."""
    if card.outlet_party or card.outlet_actor:
        return f"actor:{card.outlet_party or card.outlet_actor}"
    return f"outlet:{card.outlet}" if card.outlet else f"item:{card.item}"


def names_of(card: Card) -> tuple[str, ...]:
    """Every name under which others may credit a card's publisher, less all that is no letter or digit."""
    told = [squeezed(one) for one in (card.outlet, card.outlet_name) if one]
    return tuple(dict.fromkeys(one for one in (*told, *card.aliases) if one))


def circles(passing: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The circles in which items credit each other, each sorted. ``passing``: item id to those it passes on from."""
    beyond = {one: {other for other in others if other != one and other in passing} for one, others in passing.items()}
    reached = {one: _reached(one, beyond) for one in beyond}
    return sorted(
        {
            tuple(sorted(other for other in reached[one] if one in reached[other]))
            for one in beyond
            if one in reached[one]
        }
    )


def _reached(start: str, beyond: Mapping[str, Iterable[str]]) -> set[str]:
    """Every item that a chain of credits leads to from one."""
    found: set[str] = set()
    waiting = list(beyond[start])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(beyond[one])
    return found
