"""The copies of one item: other items with its words, and what else in the case is its pictures and clips; who was first.

All that hang together by certain copies are one set; each is listed with the link by which it came to it. Suggestions are
listed apart. What the list does not say: that nothing else is a copy.
"""

import msgspec
from sqlalchemy import ColumnElement, Connection, or_, select

from witnessmark.casefile import ids, items, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.origin_rows import touching
from witnessmark.casefile.rows import Row
from witnessmark.errors import UsageError
from witnessmark.terms.copy import Copy
from witnessmark.terms.item import Item
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sighting import Sighting
from witnessmark.tracing.firsts import order

MOST = 1_000  # media of one set that are listed; ten thousand reposts tell no more


def copies_of(case: Case, wanted: str) -> Row:
    """The copies of an item, or of a preserved picture or clip by its address.

    Raises:
        UnknownId: nothing is called that.
        UsageError: what is named is neither an item nor a file.
    """
    with case.transaction() as db:
        found = ids.find(db, wanted)
        if found.kind not in ("item", "object"):
            raise UsageError(
                f"{wanted} is a {found.kind}.",
                "Nothing was changed.",
                "Name an item, or a picture or clip by its address.",
            )
        carried = _carried(db, tables.carried.c.item == found.id) if found.kind == "item" else []
        media = [found.id] if found.kind == "object" else sorted({one.medium for one in carried})
        row: Row = {"id": found.id, "kind": found.kind}
        row["texts"] = _texts(db, found.id) if found.kind == "item" else []
        row["media"] = [_medium(db, one) for one in media]
        return row


def _texts(db: Connection, item: str) -> list[Row]:
    """Other items with its words."""
    here = or_(tables.likeness.c.one == item, tables.likeness.c.other == item)
    blobs = db.execute(select(tables.likeness.c.blob).where(here)).scalars()
    found = [msgspec.json.decode(blob, type=Likeness) for blob in blobs]
    others = {one.other if one.one == item else one.one: one for one in found if one.manner != "medium"}
    held = {one.id: one for one in items.fetch(db, others)}
    rows: list[Row] = [
        {
            "item": held[other].name,
            "publisher": held[other].publisher,
            "published": held[other].published,
            "manner": like.manner,
            "resemblance": like.resemblance,
            "why": like.why,
        }
        for other, like in others.items()
        if other in held
    ]
    return sorted(rows, key=lambda one: (str(one["published"] or "9999"), str(one["item"])))


def _medium(db: Connection, medium: str) -> Row:
    """One picture or clip: the set of its certain copies with who carries them, the first of all, and what is suggested."""
    links, held = _set(db, medium)
    inside = [tables.carried.c.medium.in_(lot) for lot in tables.chunks(held)]
    sightings = sorted(_carried(db, *inside), key=order)
    named = {one.id: one for one in items.fetch(db, {one.item for one in sightings})}
    suggested = [one for one in touching(db, [medium]) if not one.certain]
    return {
        "medium": medium,
        "first": _sighting(sightings[0], named) if sightings else None,
        "copies": [_copy(one, medium) for one in links],
        "carried": [_sighting(one, named) for one in sightings],
        "suggested": [_copy(one, medium) for one in suggested],
        "more": len(held) >= MOST,
    }


def _set(db: Connection, medium: str) -> tuple[list[Copy], list[str]]:
    """The certain copies that hang together with a medium, and the media among which they are."""
    held, waiting, links = {medium}, [medium], set()
    while waiting and len(held) < MOST:
        near = [one for one in touching(db, waiting) if one.certain]
        links |= set(near)
        waiting = sorted({end for one in near for end in (one.one, one.other)} - held)
        held |= set(waiting)
    return sorted(links, key=lambda one: (one.one, one.other, one.manner)), sorted(held)


def carriers(db: Connection, medium: str) -> list[Row]:
    """Who carries a medium itself, the first first."""
    found = sorted(_carried(db, tables.carried.c.medium == medium), key=order)
    named = {one.id: one for one in items.fetch(db, {one.item for one in found})}
    return [_sighting(one, named) for one in found]


def _carried(db: Connection, *where: ColumnElement[bool]) -> list[Sighting]:
    """The carryings that any of some conditions holds for."""
    rows = select(tables.carried.c.blob)
    return [msgspec.json.decode(blob, type=Sighting) for one in where for blob in db.execute(rows.where(one)).scalars()]


def _sighting(one: Sighting, named: dict[str, Item]) -> Row:
    item = named.get(one.item)
    return {
        "item": item.name if item else one.item,
        "publisher": item.publisher if item else None,
        "medium": one.medium,
        "published": [one.earliest, one.latest],
        "rests_on": one.rests_on,
    }


def _copy(one: Copy, medium: str) -> Row:
    return {
        "one": one.one,
        "other": one.other,
        "of_this": medium in (one.one, one.other),
        "manner": one.manner,
        "certain": one.certain,
        "why": one.why,
        "transform": msgspec.to_builtins(one.transform) if one.transform else None,
        "segments": [msgspec.to_builtins(segment) for segment in one.segments],
    }
