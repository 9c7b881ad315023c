"""The origins of incidents as rows: at least how many are shown, at most how many there are, and why each folds as it does.

Suggestions stand beside them and change no count: copies that only features show, and texts that seem translations. A person
who agrees joins the two origins.
"""

from collections.abc import Iterator, Mapping

import msgspec
from sqlalchemy import Connection, or_, select

from witnessmark.casefile import decisions, ids, items, shown, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.rows import Row, decided_row, recycled_row
from witnessmark.errors import UsageError
from witnessmark.terms.copy import Copy
from witnessmark.terms.incident import Incident
from witnessmark.terms.item import Item
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.origin import Origin

_MOST = 20  # suggestions of one incident


def origin_rows(case: Case, wanted: str | None = None) -> Iterator[Row]:
    """A row for each incident, or for the one wanted, by day; the undated last.

    Raises:
        UnknownId: nothing is called that.
        UsageError: what is named is no incident.
    """
    with case.transaction() as db:
        if wanted is None:
            blobs = db.execute(select(tables.incident.c.blob)).scalars()
            found = [msgspec.json.decode(blob, type=Incident) for blob in blobs]
        else:
            named = ids.find(db, wanted)
            if named.kind != "incident":
                raise UsageError(
                    f"{wanted} is a {named.kind}.",
                    "Nothing was changed.",
                    "Name an incident; 'show' says in which an item stands.",
                )
            found = [shown.incident(db, named.id)]
        standing = decisions.attached(db).standing
        for incident in sorted(found, key=lambda one: (one.date or "9999", one.id)):
            yield _row(db, incident, standing)


def _row(db: Connection, incident: Incident, standing: Mapping[str, decisions.Standing]) -> Row:
    names = {item.id: item for item in items.fetch(db, incident.items)}
    stood = [shown.origin(db, one) for one in incident.origins]
    home = {item: origin.id for origin in stood for item in origin.items}
    earlier = items.fetch(db, {one.earlier.item for one in incident.recycled})
    called = {item.id: item.name for item in (*names.values(), *earlier)}
    return {
        "id": incident.id,
        "date": incident.date,
        "place": incident.place,
        "shown": incident.origins_shown,
        "most": incident.origins_most,
        "posts": len(incident.items),
        "origins": [origin_row(one, names, standing.get(one.id)) for one in sorted(stood, key=_order)],
        "recycled": [recycled_row(one, called) for one in incident.recycled],
        "suggested": list(_suggested(db, incident, home, names)),
    }


def _order(one: Origin) -> tuple[bool, int, str]:
    """Those that are shown first, then those with most items."""
    return not one.shown, -len(one.items), one.id


def origin_row(origin: Origin, found: Mapping[str, Item], standing: decisions.Standing | None) -> Row:
    """One origin. ``found``: its items, by id."""
    members = [found[one] for one in origin.items if one in found]
    names = {item.id: item.name for item in members}
    return {
        "id": origin.id,
        "kind": origin.kind,
        "name": origin.name,
        "access_shown": origin.shown,
        "reason": origin.reason,
        "party": origin.party,
        "sources": list(origin.sources),
        "items": [
            {
                "item": one.name,
                "item_id": one.id,
                "publisher": one.publisher,
                "published": one.published,
                "url": one.url,
            }
            for one in members
        ],
        "media": list(origin.media),
        "ties": [
            {"one": _named(tie.one, names), "other": _named(tie.other, names), "manner": tie.manner, "why": tie.why}
            for tie in origin.ties
        ],
        "missing": list(origin.missing),
        "loop": [names.get(one, one) for one in origin.loop],
        **decided_row(standing),
    }


def _named(node: str, names: Mapping[str, str]) -> str:
    """What a tie leads to, in words: an item by its name."""
    return names.get(node.removeprefix("item:"), node)


def _suggested(db: Connection, incident: Incident, home: Mapping[str, str], names: Mapping[str, Item]) -> Iterator[Row]:
    """Copies and translations that a person may confirm, between items of different origins."""
    carried = _carried(db, list(names))
    by_medium: dict[str, list[str]] = {}
    for item, media in carried.items():
        for medium in media:
            by_medium.setdefault(medium, []).append(item)
    for lot in tables.chunks(by_medium):
        inside = tables.copy.c.one.in_(lot)
        rows = select(tables.copy.c.blob).where(inside, tables.copy.c.certain == 0).order_by(tables.copy.c.one)
        for blob in db.execute(rows).scalars():
            copy = msgspec.json.decode(blob, type=Copy)
            ends = [(one, other) for one in by_medium.get(copy.one, ()) for other in by_medium.get(copy.other, ())]
            yield from _pairs(ends[:_MOST], home, names, copy.manner, copy.why)
    for lot in tables.chunks(incident.items):
        told = select(tables.likeness.c.blob).where(
            tables.likeness.c.one.in_(lot), tables.likeness.c.manner == "translated"
        )
        for blob in db.execute(told).scalars():
            like = msgspec.json.decode(blob, type=Likeness)
            yield from _pairs([(like.one, like.other)], home, names, like.manner, like.why)


def _pairs(
    ends: list[tuple[str, str]], home: Mapping[str, str], names: Mapping[str, Item], manner: str, why: str
) -> Iterator[Row]:
    for one, other in ends:
        if home.get(one) and home.get(other) and home[one] != home[other]:
            yield {
                "one": names[one].name,
                "other": names[other].name,
                "origin_one": home[one],
                "origin_other": home[other],
                "manner": manner,
                "why": why,
            }


def _carried(db: Connection, wanted: list[str]) -> dict[str, list[str]]:
    """What items carry."""
    out: dict[str, list[str]] = {}
    for lot in tables.chunks(wanted):
        rows = select(tables.carried.c.item, tables.carried.c.medium).where(tables.carried.c.item.in_(lot))
        for row in db.execute(rows.order_by(tables.carried.c.item, tables.carried.c.medium)):
            out.setdefault(row.item, []).append(row.medium)
    return out


def touching(db: Connection, media: list[str]) -> list[Copy]:
    """The copies of some media, the certain first."""
    found: set[Copy] = set()
    for lot in tables.chunks(media):
        here = or_(tables.copy.c.one.in_(lot), tables.copy.c.other.in_(lot))
        blobs = db.execute(select(tables.copy.c.blob).where(here)).scalars()
        found |= {msgspec.json.decode(blob, type=Copy) for blob in blobs}
    return sorted(found, key=lambda one: (not one.certain, one.one, one.other, one.manner))
