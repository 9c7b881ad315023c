"""Voices: for each item who published it and, claim by claim, whose word it is; and what kind of source each is.

Kept where an item is read, so that sources stay current with readings. A class comes from the actors packs, else from a word in
the name (the pack ``source-classes``); a name that shows neither may be a private person's, and is then shown by role only. What
it does not prove: that an account is who it says it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from witnessmark.casefile import tables
from witnessmark.casefile.cards import actor_names, published_by
from witnessmark.packs.larder import PackLarder
from witnessmark.reading.outlet_actors import outlet_actor
from witnessmark.terms.card import Card
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold, key
from witnessmark.terms.source import Source, source_id

PUBLISHES, SITE, QUOTED = "publishes", "publishes a site", "is quoted"
PRIVATE, UNNAMED = "private person", "unnamed"
_ROLES = {PUBLISHES: "account", SITE: "account", QUOTED: "person quoted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """``key``: of the source (``terms.source``); ``name``: as worded; ``actor``: its id in the actors pack; ``manner``: how it speaks."""

    key: str
    name: str
    actor: str | None
    manner: str


def voice_rows(item: Item, reading: Reading, cards: Sequence[Card], larder: PackLarder) -> list[dict[str, object]]:
    """The rows of the table of voices for one reading. ``cards``: one for each claim, in order."""
    name, actor = published_by(item, reading, larder)
    outlet = publisher_voice(name, larder, actor=actor, item=item.id)
    outlet = replace(outlet, manner=SITE) if name and _own_site(item.url, larder) else outlet
    told = [(None, outlet), *((card.claim, _speaking(card, outlet, larder)) for card in cards)]
    return [
        {
            "item": item.id,
            "number": number,
            "claim": claim,
            "source": source_id(one.key),
            "key": one.key,
            "name": one.name,
            "actor": one.actor,
            "manner": one.manner,
        }
        for number, (claim, one) in enumerate(told)
    ]


def publisher_voice(name: str | None, larder: PackLarder, *, actor: str | None = None, item: str = "") -> Voice:
    """Who publishes under a name. ``actor``: where its letterhead says so; ``item``: tells apart those whom nothing names."""
    actor = actor or outlet_actor(larder, name)
    told = key(name or "")  # empty too where a name holds no letter
    named = f"outlet:{told}" if told else f"unnamed:{item}"
    return Voice(
        key=f"actor:{actor}" if actor else named,
        name=actor_names(larder).get(actor or "") or name or "nobody named",
        actor=actor,
        manner=PUBLISHES,
    )


def _own_site(url: str | None, larder: PackLarder) -> bool:
    """Whether an address is on a site that is nobody's account: of a host that carries no persons' pages."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return False  # an address that is none
    return bool(host) and not any(
        host == one.key or host.endswith(f".{one.key}") for one in larder.rows("person_hosts")
    )


def _speaking(card: Card, outlet: Voice, larder: PackLarder) -> Voice:
    """Whose word a claim is."""
    if card.speaker == outlet.key:
        return outlet
    actor = card.speaker.removeprefix("actor:") if card.speaker.startswith("actor:") else None
    passed = not (card.source or card.source_actor) and card.passed_on
    worded = card.passed_on[0][0] if passed else card.source or "nobody named"
    return Voice(
        key=card.speaker,
        name=actor_names(larder).get(actor or "") or worded,
        actor=actor,
        manner=PUBLISHES if passed else QUOTED,
    )


def classified(voice: Voice, larder: PackLarder) -> Source:
    """The source that a voice is, with its class and by what; a private person by role and digits of the id."""
    kind, why = _class_of(voice, larder)
    private = kind == PRIVATE
    fields = _actors(larder).get(voice.actor or "", {})
    party = fields.get("party") == "yes"
    parent = fields.get("parent") or None
    digits = source_id(voice.key).rpartition("-")[2][:6]
    return Source(
        key=voice.key,
        name=f"{_ROLES[voice.manner]} {digits}" if private else voice.name,
        actor=voice.actor,
        kind=kind,
        kind_why=why,
        affiliation=_label(voice.actor if party else parent, larder),
        party=party,
        private=private,
    )


def source_of(db: Connection, wanted: str, larder: PackLarder) -> Source:
    """The source of this id; it must be one."""
    voice = tables.voice.c
    told = select(voice.key, voice.name, voice.actor, voice.manner).where(voice.source == wanted)
    row = db.execute(told.order_by(voice.manner.desc(), voice.name, voice.item).limit(1)).one()
    return classified(Voice(key=row.key, name=row.name, actor=row.actor, manner=row.manner), larder)


def _label(actor: str | None, larder: PackLarder) -> str | None:
    """The label of a party, else its name."""
    fields = _actors(larder).get(actor or "")
    return (fields.get("label") or fields.get("name")) if fields else None


def _class_of(voice: Voice, larder: PackLarder) -> tuple[str, str]:
    if voice.actor:
        return _class_of_actor(voice.actor, larder)
    if voice.key.startswith("unnamed:"):
        return UNNAMED, "the words name nobody"
    hits = larder.lexicon("class_words").find(fold(voice.name))
    if hits:
        order = [row.cite for row in larder.rows("class_words")]
        first = min((hit.entry for hit in hits), key=lambda one: order.index(one.cite))
        return first.fields["class"], f"“{first.key}” in its name"
    if voice.manner == SITE:
        return "media", "it publishes on a site of its own"
    return PRIVATE, "no pack knows the name, and no word in it is that of a body or an outlet"


def _class_of_actor(actor: str, larder: PackLarder) -> tuple[str, str]:
    known = _actors(larder)
    own = {row.key: row.fields["class"] for row in larder.rows("source_actors")}
    if actor in own:
        return own[actor], "the pack source-classes"
    fields = known.get(actor, {})
    parent = known.get(fields.get("parent", ""), {})
    kind = fields.get("kind", "")
    by_parent = {row.key: row.fields["class"] for row in larder.rows("source_parents")}
    if kind in ("agency", "media") and parent.get("kind", "") in by_parent:
        return by_parent[parent["kind"]], f"the actors pack: it speaks for {parent.get('name') or fields['parent']}"
    by_kind = {row.key: row.fields["class"] for row in larder.rows("source_kinds")}
    return by_kind.get(kind, UNNAMED), f"the actors pack: {kind or 'no kind is given'}"


@lru_cache(maxsize=4)
def _actors(larder: PackLarder) -> dict[str, dict[str, str]]:
    """Rows of the actors packs by id; of several of one id the first that says most."""
    found: dict[str, dict[str, str]] = {}
    for row in larder.every("actors"):
        name = row.fields.get("id")
        if name:
            found[name] = {**{key: value for key, value in row.fields.items() if value}, **found.get(name, {})}
    return found


def classes(larder: PackLarder) -> tuple[str, ...]:
    """Every class that a source may be of."""
    tables = ("source_kinds", "source_parents", "source_actors", "class_words")
    return tuple(sorted({PRIVATE, UNNAMED, *(row.fields["class"] for table in tables for row in larder.rows(table))}))
