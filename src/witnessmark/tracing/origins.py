"""Origins: how many independent mouths at most, and at least, stand behind the claims of one incident.

Claims fold into one origin where their items are copies of each other or captures of one post, where one publisher tells
them, where one source is quoted for them by name (an agency with the party it speaks for), or where an item passes on what
another in the case published. An unnamed source ("residents") is told apart by the item that quotes it, and may be
independent: that is why origins are at most as many as counted, and at least as many as *show* access to the event (own
correspondent, own team, a party about itself). A capture that holds no post is no origin, and who
denies an allegation does not stand behind it. What it never says: that
two origins are independent, or that the absence of a link is.
"""

from collections.abc import Iterable, Mapping, Sequence

from witnessmark.terms.card import Card
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.origin import Origin
from witnessmark.terms.script import key
from witnessmark.terms.source import source_id

_ABOUT_ITSELF = ("acceptance",)


def origins(
    cards: Sequence[Card],
    copies: Iterable[Likeness],
    names: Mapping[str, str],
    parties: frozenset[str] = frozenset(),
) -> list[Origin]:
    """Origins of the claims of one incident, sorted by id.

    ``copies``: between the items; ``names``: actor id to name; ``parties``: actor ids of parties to the conflict.
    """
    counted = [card for card in cards if card.readable and card.kind != "denial"]
    union = _Union()
    for like in copies:
        union.join(f"item:{like.one}", f"item:{like.other}", f"{like.manner}: {like.why}")
    copied = {card.item: union.root(f"item:{card.item}") for card in counted}
    for card in counted:
        for name, why in _keys(card, copied[card.item]):
            union.join(f"claim:{card.claim}", name, why)
    groups: dict[str, list[Card]] = {}
    for card in sorted(counted, key=lambda one: one.claim):
        groups.setdefault(union.root(f"claim:{card.claim}"), []).append(card)
    return sorted((_origin(members, union, names, parties) for members in groups.values()), key=lambda one: one.id)


def _keys(card: Card, copied: str) -> list[tuple[str, str]]:
    """What a claim is tied to, with the reason for each tie. ``copied``: one name for its item and all copies of it."""
    if card.source_party or card.source_actor:
        actor = card.source_party or card.source_actor
        return [(f"actor:{actor}", f"told by {card.source}")]
    if card.source:
        return [(f"{copied}/{key(card.source)}", f"told by {card.source}, whom nothing ties to a name")]
    keys = [(f"item:{card.item}", "told in the outlet's own voice")]
    if card.outlet:
        keys.append((f"outlet:{card.outlet}", "published by one outlet"))
    if card.outlet_actor:
        keys.append((f"actor:{card.outlet_actor}", "the outlet speaks for this party or body"))
    for to, actor in card.passed_on:
        keys.append((f"actor:{actor}" if actor else f"outlet:{key(to)}", f"passed on from {to}"))
    return keys


class _Union:
    """Sets that grow together; the root of a set is its lowest name, so the order of joining does not matter."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}
        self.reasons: list[tuple[str, str]] = []

    def root(self, name: str) -> str:
        """The lowest name of the set a name is in."""
        while (up := self._up.setdefault(name, name)) != name:
            self._up[name] = self._up[up]
            name = up
        return name

    def join(self, one: str, other: str, why: str) -> None:
        """Make two sets one."""
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self._up[second] = first
        self.reasons.append((one, why))


def _origin(members: Sequence[Card], union: _Union, names: Mapping[str, str], parties: frozenset[str]) -> Origin:
    """One origin from the claims folded into it."""
    shown = _shown(members)
    items = sorted({card.item for card in members})
    speaking = [
        actor
        for card in members
        for actor in (card.source_party, card.source_actor, None if card.source else card.outlet_actor)
    ]
    claims = tuple(card.claim for card in members)
    inside = {f"claim:{one}" for one in claims} | {f"item:{one}" for one in items}
    ties = sorted({why for one, why in union.reasons if one in inside})
    folded = (
        f" {len(items)} items fold into it: {'; '.join(ties)}."
        if len(items) > 1
        else f" {ties[0][0].upper() + ties[0][1:]}."
        if ties
        else ""
    )
    return Origin(
        claims=claims,
        items=tuple(items),
        name=_name(members, names),
        shown=shown is not None,
        reason=(f"Access is shown: {shown}." if shown else "No access to the event is shown.") + folded,
        party=next((actor for actor in speaking if actor in parties), None),
        several=any(card.source_several for card in members),
        sources=tuple(sorted({source_id(card.speaker) for card in members})),
    )


def _shown(members: Sequence[Card]) -> str | None:
    """The words or the fact that show access, or None."""
    for card in members:
        if card.kind in _ABOUT_ITSELF and (card.source_actor or card.outlet_actor):
            return f"{card.source or card.outlet_name or card.outlet} speaks about its own deeds"
    own = next((f"“{card.access}”" for card in members if card.access and not card.source), None)
    return own or next((f"“{card.witness}”, in the words of {card.source}" for card in members if card.witness), None)


def _name(members: Sequence[Card], names: Mapping[str, str]) -> str | None:
    """Who it is, as far as the material says: a party or body before an outlet, before words."""
    for card in members:
        actor = card.source_party or card.source_actor or (None if card.source else card.outlet_actor)
        if actor:
            return names.get(actor, actor)
    return next((said for card in members if (said := card.source or card.outlet_name or card.outlet)), None)
