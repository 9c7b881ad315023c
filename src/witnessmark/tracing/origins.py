"""Origins: how many independent mouths at most, and at least, stand behind the claims of one incident.

Claims fold into one origin where their items are copies of each other or captures of one post, where one outlet tells
them on whatever platform, where one source is quoted for them by name (a party with all of its mouths), and where an item
without access of its own rests on whom it credits or quotes: who quotes adds nothing. Items that carry copies of one picture or
clip, and posts that quote others, fold unless they state access of their own or give figures that the other does not: a
witness who posts another's picture stays an origin. An unnamed source ("residents") is told apart by the item that quotes it, and may be
independent: that is why origins are at most as many as counted, and at least as many as *show* access to the event. A capture
that holds no post is no origin, and who denies an allegation does not stand behind it. What it never says: that two origins
are independent, or that the absence of a link is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from witnessmark.terms.card import Card
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.origin import Origin
from witnessmark.terms.script import squeezed
from witnessmark.terms.source import source_id
from witnessmark.tracing.access import access_of, speaking
from witnessmark.tracing.folding import Folding
from witnessmark.tracing.outlets import Outlets, circles
from witnessmark.tracing.resting import Resting, item_node

_UNDATED = "9999"
_MOST_CREDITED = 100  # items of one outlet that a credit may mean; a circle through more of them is seen through these
_WORDS = ("same-post", "edit", "exact", "near", "forward", "credit")  # what one item tells, the other tells
_BESIDE = ("medium", "quote")  # likenesses of what items carry or show, not of their words


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What people decided of origins, as pairs of claims: joined, and kept apart."""

    joins: tuple[tuple[str, str], ...] = ()
    splits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What origins are told by. ``names``: actor id to name; ``parties``: actor ids of parties to the conflict.

    ``bodies``: actor ids of those whose own voice rests on their own work (monitors, rescuers, authorities).
    ``published``: names of all who publish in the case, letters and digits alone. ``media``: item id to addresses of what it carries; ``marked``: item
    id to whom lettering in its pictures names (name, actor); ``recycled``: items whose footage is older than the event.
    """

    names: Mapping[str, str]
    parties: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    published: frozenset[str] = frozenset()
    media: Mapping[str, Sequence[str]] = field(default_factory=dict)
    marked: Mapping[str, Sequence[tuple[str, str | None]]] = field(default_factory=dict)
    recycled: frozenset[str] = frozenset()
    decided: Decided = Decided()


def origins(cards: Sequence[Card], copies: Iterable[Likeness], known: Known) -> list[Origin]:
    """Origins of the claims of one incident, sorted by id. ``copies``: between its items."""
    counted = sorted((card for card in cards if card.readable and not _denies(card)), key=lambda one: one.claim)
    folding = Folding()
    outlets = Outlets(known.bodies | known.parties)
    outlets.know(counted)
    likes = list(copies)
    for like in likes:
        if like.manner in _WORDS:
            folding.fold(item_node(like.one), item_node(like.other), like.manner, f"{like.manner}: {like.why}")
    copied = {card.item: folding.root(item_node(card.item)) for card in counted}
    resting = Resting(counted, outlets, copied, _within(counted, likes), known.marked)
    for one, other, manner, why in resting.ties():
        folding.fold(one, other, manner, why)
    for like in likes:
        if like.manner in _BESIDE and (ends := resting.ends(like)):
            folding.fold(*ends, like.manner, like.why)
    for one, other in known.decided.joins:
        folding.fold(one, other, "decided", "joined by a person")
    groups: dict[str, list[Card]] = {}
    for card in counted:
        groups.setdefault(folding.root(card.claim), []).append(card)
    parted = [part for members in groups.values() for part in _parted(members, known.decided.splits)]
    return sorted((_origin(members, folding, resting, known) for members in parted), key=lambda one: one.id)


def _denies(card: Card) -> bool:
    """Whether a claim refuses the allegation, so does not stand behind it."""
    return card.kind == "denial" or card.polarity == "denied"


def _within(cards: Iterable[Card], likes: Iterable[Likeness]) -> dict[str, str]:
    """Claims of a longer text that stand in words it has from a shorter one, each with that one."""
    holders: dict[str, list[Likeness]] = {}
    for like in likes:
        if like.manner == "contained" and like.holder:
            holders.setdefault(like.holder, []).append(like)
    return {
        card.claim: like.other if like.one == card.item else like.one
        for card in cards
        for like in holders.get(card.item, ())
        if card.span is not None and like.copied(card.item, card.span)
    }


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


def _origin(members: Sequence[Card], folding: Folding, resting: Resting, known: Known) -> Origin:
    """One origin from the claims folded into it."""
    claims = tuple(card.claim for card in members)
    when = {card.item: card.published_at or card.published or _UNDATED for card in members}
    items = tuple(sorted(when, key=lambda item: (when[item], item)))
    kind, shown = access_of(members, known.parties, known.recycled)
    ties = folding.reasons(claims[0], {*claims, *map(item_node, items)})
    missing, loop = _credits(members, resting, known.published)
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
        media=tuple(sorted({address for item in items for address in known.media.get(item, ())})),
        ties=ties,
        missing=missing,
        loop=loop,
    )


def _credits(
    members: Sequence[Card], resting: Resting, elsewhere: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names credited that published nothing in the case, and the items of a circle of credits."""
    missing: dict[str, str] = {}
    passing: dict[str, set[str]] = {card.item: set() for card in members}
    for card in members:
        credit = resting.credit(card)
        if credit is None:
            continue
        node, name = credit
        published = resting.published(node)
        passing[card.item].update(islice(sorted(published), _MOST_CREDITED))
        if not published and squeezed(name) not in elsewhere:
            missing.setdefault(node, name)
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
