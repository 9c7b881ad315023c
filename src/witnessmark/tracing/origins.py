"""Origins: how many independent mouths at most, and at least, stand behind the claims of one incident.

Claims fold into one origin where their items are copies of each other or captures of one post, where one publisher tells
them, where one source is quoted for them by name (a party with all of its mouths), where an item passes on what
another published, and where items carry copies of one picture or clip and at most one of them states its own access: a
witness who posts another's picture stays an origin. An unnamed source ("residents") is told apart by the item that quotes it, and may be
independent: that is why origins are at most as many as counted, and at least as many as *show* access to the event. A capture
that holds no post is no origin, and who denies an allegation does not stand behind it. What it never says: that two origins
are independent, or that the absence of a link is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from witnessmark.terms.card import Card
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.origin import Origin
from witnessmark.terms.script import key
from witnessmark.terms.source import source_id
from witnessmark.tracing.access import access_of, speaking
from witnessmark.tracing.folding import Folding
from witnessmark.tracing.outlets import Outlets, circles, names_of, node_of, tells_itself

_UNDATED = "9999"
_LEAST_NAME = 2  # words of a person's name that two outlets must share


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What people decided of origins, as pairs of claims: joined, and kept apart."""

    joins: tuple[tuple[str, str], ...] = ()
    splits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What origins are told by. ``names``: actor id to name; ``parties``: actor ids of parties to the conflict.

    ``media``: item id to addresses of what it carries; ``recycled``: items whose footage is older than the event.
    """

    names: Mapping[str, str]
    parties: frozenset[str] = frozenset()
    media: Mapping[str, Sequence[str]] | None = None
    recycled: frozenset[str] = frozenset()
    decided: Decided = Decided()


def origins(cards: Sequence[Card], copies: Iterable[Likeness], known: Known) -> list[Origin]:
    """Origins of the claims of one incident, sorted by id. ``copies``: between its items."""
    counted = sorted((card for card in cards if card.readable and card.kind != "denial"), key=lambda one: one.claim)
    folding = Folding()
    outlets = Outlets(counted)
    likes = list(copies)
    for like in likes:
        if like.manner != "medium":
            folding.fold(_item(like.one), _item(like.other), like.manner, f"{like.manner}: {like.why}")
    copied = {card.item: folding.root(_item(card.item)) for card in counted}
    people = _people(counted)
    for card in counted:
        for name, manner, why in _keys(card, copied[card.item], outlets, people):
            folding.fold(card.claim, name, manner, why)
    _fold_media(counted, likes, folding)
    for one, other in known.decided.joins:
        folding.fold(one, other, "decided", "joined by a person")
    groups: dict[str, list[Card]] = {}
    for card in counted:
        groups.setdefault(folding.root(card.claim), []).append(card)
    parted = [part for members in groups.values() for part in _parted(members, known.decided.splits)]
    return sorted((_origin(members, folding, outlets, known) for members in parted), key=lambda one: one.id)


def _item(item: str) -> str:
    return f"item:{item}"


def _people(cards: Iterable[Card]) -> dict[str, str]:
    """Named persons quoted, by their words: those whose names hold one another's are one ("Samer Haddad", "Dr Samer Haddad")."""
    named = sorted(
        {key(card.source) for card in cards if card.source and _named(card)}, key=lambda one: (len(one), one)
    )
    found: dict[str, str] = {}
    for name in named:
        told = set(name.split())
        shorter = next((one for one in found if len(one.split()) >= _LEAST_NAME and told.issuperset(one.split())), name)
        found[name] = found.get(shorter, name)
    return found


def _named(card: Card) -> bool:
    return card.source_named and not card.source_several and len(key(card.source or "").split()) >= _LEAST_NAME


def _keys(card: Card, copied: str, outlets: Outlets, people: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What a claim is tied to, the manner and the reason of each tie. ``copied``: one name for its item and all copies of it."""
    if card.source_party or card.source_actor:
        actor = card.source_party or card.source_actor
        return [(f"actor:{actor}", "party" if card.source_party else "source", f"told by {card.source}")]
    if card.source:
        name = people.get(key(card.source)) if _named(card) else None
        if name:
            return [(f"person:{name}", "source", f"told by {card.source}")]
        return [(f"{copied}/{key(card.source)}", "source", f"told by {card.source}, whom nothing ties to a name")]
    keys = [(_item(card.item), "voice", "told in the outlet's own voice")]
    own = node_of(card)
    if own != _item(card.item) and (tells_itself(card) or not outlets.tells(own)):
        why = "the outlet speaks for this party or body" if own.startswith("actor:") else "published by one outlet"
        keys.append((own, "outlet", why))
    if not tells_itself(card):
        to, actor = card.passed_on[0]
        keys.append((outlets.credited(to, actor), "credit", f"passed on from {to}"))
    return keys


def _fold_media(cards: Sequence[Card], likes: Iterable[Likeness], folding: Folding) -> None:
    """Items that carry copies of one medium, unless both state access of their own."""
    voiced = {card.item for card in cards if not card.source}
    own = {card.item for card in cards if card.access and not card.source}
    speakers: dict[str, set[str]] = {}
    for card in cards:
        speakers.setdefault(card.item, set()).add(folding.root(card.claim))
    for like in likes:
        if like.manner != "medium" or {like.one, like.other} <= own:
            continue
        ends = [_item(one) if one in voiced else _only(speakers.get(one, set())) for one in (like.one, like.other)]
        if ends[0] and ends[1]:
            folding.fold(ends[0], ends[1], "medium", like.why)


def _only(speakers: set[str]) -> str | None:
    """The one who speaks in an item, where only one does."""
    return next(iter(speakers)) if len(speakers) == 1 else None


def _parted(members: list[Card], splits: Iterable[tuple[str, str]]) -> list[list[Card]]:
    """Claims of one origin, parted as people decided: no two of a pair stay together.

    A claim that no decision names stays with its item, else in the largest part.
    """
    inside = {card.claim for card in members}
    foes: dict[str, set[str]] = {}
    for one, other in splits:
        if one in inside and other in inside:
            foes.setdefault(one, set()).add(other)
            foes.setdefault(other, set()).add(one)
    parts: list[list[Card]] = []
    for card in (card for card in members if card.claim in foes):
        home = next((part for part in parts if not foes[card.claim] & {one.claim for one in part}), None)
        if home is None:
            parts.append(home := [])
        home.append(card)
    if not parts:
        return [members]
    largest = max(parts, key=len)
    for card in (card for card in members if card.claim not in foes):
        next((part for part in parts if any(one.item == card.item for one in part)), largest).append(card)
    return [sorted(part, key=lambda one: one.claim) for part in parts]


def _origin(members: Sequence[Card], folding: Folding, outlets: Outlets, known: Known) -> Origin:
    """One origin from the claims folded into it."""
    claims = tuple(card.claim for card in members)
    when = {card.item: card.published_at or card.published or _UNDATED for card in members}
    items = tuple(sorted(when, key=lambda item: (when[item], item)))
    kind, shown = access_of(members, known.parties, known.recycled)
    ties = folding.reasons({*claims, *map(_item, items)})
    missing, loop = _credits(members, outlets)
    media = known.media or {}
    return Origin(
        claims=claims,
        items=items,
        name=_name(members, known.names),
        shown=shown is not None,
        reason=_reason(shown, items, sorted({tie.why for tie in ties}), missing, loop),
        party=next((actor for card in members for actor in speaking(card) if actor in known.parties), None),
        several=any(card.source_several for card in members),
        sources=tuple(sorted({source_id(card.speaker) for card in members})),
        kind=kind,
        media=tuple(sorted({address for item in items for address in media.get(item, ())})),
        ties=ties,
        missing=missing,
        loop=loop,
    )


def _credits(members: Sequence[Card], outlets: Outlets) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names credited that published nothing of it here, and the items of a circle of credits."""
    published: dict[str, set[str]] = {}
    for card in members:
        if not card.source:
            for name in (node_of(card), *(f"name:{one}" for one in names_of(card))):
                published.setdefault(name, set()).add(card.item)
    missing: dict[str, str] = {}
    passing: dict[str, set[str]] = {card.item: set() for card in members}
    for card in members:
        for to, actor in card.passed_on[:1] if not (card.source or tells_itself(card)) else ():
            node = outlets.credited(to, actor)
            if node not in published:
                missing.setdefault(node, to)
            passing[card.item] |= published.get(node, set())
    loops = circles(passing)
    return tuple(sorted(set(missing.values()))), loops[0] if loops else ()


def _reason(
    shown: str | None, items: Sequence[str], ties: Sequence[str], missing: Sequence[str], loop: Sequence[str]
) -> str:
    """In words: whether access is shown, what folds and why, who is missing."""
    said = [f"Access is shown: {shown}." if shown else "No access to the event is shown."]
    if len(items) > 1:
        said.append(f"{len(items)} items fold into it: {'; '.join(ties)}.")
    elif ties:
        said.append(f"{ties[0][0].upper()}{ties[0][1:]}.")
    if loop:
        said.append(f"Circular reporting: {len(loop)} items credit each other, and none says whence it knows.")
    if missing:
        said.append(f"Credited, and not in the case: {', '.join(missing)}.")
    return " ".join(said)


def _name(members: Sequence[Card], names: Mapping[str, str]) -> str | None:
    """Who it is, as far as the material says: whoever shows access first; a party or body before an outlet, before words."""
    members = sorted(members, key=lambda one: not (one.access or one.witness))
    for card in members:
        actor = next(iter(speaking(card)), None)
        if actor:
            return names.get(actor, actor)
    return next((said for card in members if (said := card.source or card.outlet_name or card.outlet)), None)
