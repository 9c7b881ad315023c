"""Access: whether what stands behind some claims shows its own way to the event, and of which kind it is.

Shown only where the material states it: an outlet's own footage, correspondent or documents, a named source in whose own
words it stands, a party that speaks of its own deeds. Footage known to be older than the event shows no access to it. What it
does not prove: that the words are true.
"""

from collections.abc import Sequence
from typing import NamedTuple, cast, get_args

from witnessmark.terms.card import Card
from witnessmark.terms.origin import OriginKind

_ABOUT_ITSELF = ("acceptance",)
_FOOTAGE: OriginKind = "own footage"
_KINDS = get_args(OriginKind)


class Access(NamedTuple):
    """``shown``: the words or the fact that show access, or None."""

    kind: OriginKind
    shown: str | None


def access_of(members: Sequence[Card], parties: frozenset[str], recycled: frozenset[str]) -> Access:
    """Of the claims of one origin. ``recycled``: items whose footage was published before the event."""
    for card in members:
        if card.kind in _ABOUT_ITSELF and (card.source_actor or card.outlet_actor):
            who = card.source or card.outlet_name or card.outlet
            return Access("party's statement", f"{who} speaks about its own deeds")
    for card in members:
        if card.access and not card.source and not (card.item in recycled and kind_of(card) == _FOOTAGE):
            return Access(kind_of(card), f"“{card.access}”")
    for card in members:
        if card.witness:
            return Access("named witness", f"“{card.witness}”, in the words of {card.source}")
    party = any(actor in parties for card in members for actor in speaking(card))
    return Access("party's statement" if party else "unresolved", None)


def kind_of(card: Card) -> OriginKind:
    """The kind of an item's own access, as the pack of words has it; a correspondent where it has none."""
    given = card.access_kind
    return cast("OriginKind", given) if given in _KINDS else "own correspondent"


def speaking(card: Card) -> tuple[str, ...]:
    """Ids of the actors whose word a claim is."""
    told = (card.source_party, card.source_actor, *(() if card.source else (card.outlet_party, card.outlet_actor)))
    return tuple(one for one in told if one)
