"""Whom items name as where they have it from, found again among those who publish in the case; circles, and who is missing.

A credit or a source names an outlet as the writer spells it ("the agency Al-Safsaf", "via @valleywatch"); outlets are known
by what their captures show: each part of the publisher's name, with and without words such as "agency", the account in the
address, the site. Two publishers of one name are one outlet on two platforms. Who credits or quotes adds nothing: an item without access
of its own rests on whom it credits, or on the one whom it quotes. What it does not prove: that two accounts of one name are one, or that a credit is honest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from witnessmark.terms.card import Card
from witnessmark.terms.script import squeezed, told

_MOST_IN_CIRCLES = 500
_SHORT = 8  # words for a source in which those of a name may stand in another order


@dataclass(slots=True)
class Outlets:
    """Who publishes what of an event, by every name they go by. ``bodies``: actors whose own voice rests on their own work."""

    bodies: frozenset[str] = frozenset()
    _nodes: dict[str, str] = field(default_factory=dict)  # by name in words
    _alias: dict[str, str] = field(default_factory=dict)  # by name in letters and digits alone
    _lengths: set[int] = field(default_factory=set)  # of names in words
    _party: dict[str, str] = field(default_factory=dict)  # by actor the party it speaks for

    def know(self, cards: Iterable[Card]) -> None:
        """Take in who publishes."""
        for card in sorted(cards, key=lambda one: (one.publisher, one.claim)):
            self._party.update(
                (mouth, party)
                for mouth, party in ((card.outlet_actor, card.outlet_party), (card.source_actor, card.source_party))
                if mouth and party
            )
            node = self.node(card)
            for name in card.names or told_name(card):
                if name not in self._nodes:
                    self._nodes[name] = node
                    words = name.split()
                    self._lengths.add(len(words))
                    if len(words) > 1:
                        self._nodes[_unordered(words)] = node
            for alias in (*map(squeezed, card.names or told_name(card)), *card.aliases):
                self._alias.setdefault(alias, node)

    def node(self, card: Card) -> str:
        """The name under which a publisher's own words are folded: a party with all of its mouths, an outlet on all platforms."""
        if card.outlet_party or card.outlet_actor:
            return f"actor:{card.outlet_party or card.outlet_actor}"
        named = card.names or told_name(card)
        known = next((self._nodes[name] for name in named if name in self._nodes), None)
        return known or (f"outlet:{card.outlet}" if card.outlet else f"item:{card.item}")

    def credited(self, to: str, actor: str | None) -> str:
        """The node of whom words name: an actor, one who publishes here, else one of that name."""
        if actor:
            return f"actor:{self._party.get(actor, actor)}"
        return self.named(to) or f"name:{squeezed(to)}"

    def named(self, words: str) -> str | None:
        """Who among those that publish here is named in some words: the longest name in them, or all of them as a handle."""
        given = told(words)
        parts = (given[at : at + length] for length in self._lengths for at in range(len(given) - length + 1))
        found = [part for part in parts if " ".join(part) in self._nodes]
        if found:
            longest = max(found, key=_length)
            return self._nodes[" ".join(longest)]
        several = sorted(set(given)) if len(given) <= _SHORT else []  # "the agency Al-Safsaf"
        for length in sorted(self._lengths & {2, 3, 4}, reverse=True):
            for part in combinations(several, length):
                if (node := self._nodes.get(_unordered(part))) is not None:
                    return node
        return self._alias.get(squeezed(words)) if words else None

    def own_work(self, card: Card) -> bool:
        """Whether what is said in the publisher's voice rests on its own work: stated access, or a body that documents."""
        return bool(card.access) or card.outlet_actor in self.bodies


def _length(name: Sequence[str]) -> tuple[int, str]:
    """The longest name says most."""
    return len(name), " ".join(name)


def _unordered(words: Iterable[str]) -> str:
    """A name whose words may stand in any order."""
    return " ".join(("*", *sorted(set(words))))


def told_name(card: Card) -> tuple[str, ...]:
    """The words of a publisher's key."""
    words = " ".join(told(card.outlet or ""))
    return (words,) if words else ()


def circles(passing: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The circles in which items credit each other, each sorted. ``passing``: item id to those it passes on from.

    What is in no circle is taken away from its ends. Of more than 500 items left all are given as one: nobody reads them apart.
    """
    beyond = {one: {other for other in others if other != one and other in passing} for one, others in passing.items()}
    _less_ends(beyond)
    if len(beyond) > _MOST_IN_CIRCLES:
        return [tuple(sorted(beyond))]
    reached = {one: _reached(one, beyond) for one in beyond}
    return sorted(
        {
            tuple(sorted(other for other in reached[one] if one in reached[other]))
            for one in beyond
            if one in reached[one]
        }
    )


def _less_ends(beyond: dict[str, set[str]]) -> None:
    """Take away, as long as there are such, items that credit none of those left, and those that none of them credits."""
    before: dict[str, set[str]] = {one: set() for one in beyond}
    for one, others in beyond.items():
        for other in others:
            before[other].add(one)
    ends = [one for one in beyond if not (beyond[one] and before[one])]
    while ends:
        one = ends.pop()
        if one not in beyond:
            continue
        for ahead in beyond.pop(one):
            before[ahead].discard(one)
            ends += [ahead] if ahead in beyond and not before[ahead] else []
        for behind in before.pop(one):
            if behind in beyond:
                beyond[behind].discard(one)
                ends += [behind] if not beyond[behind] else []


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
