"""From what a person types to the thing meant: whole ids, their beginnings, collectors' own ids, and older ids.

An incident's id is made from its lowest member claim, an origin's from its lowest item. When a lower member arrives the
id changes; the old one still leads here, because every claim remembers the id it would give an incident.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Column, Connection, select

from witnessmark.casefile import tables
from witnessmark.casefile.victim_ids import matching
from witnessmark.errors import UnknownId, UsageError

Kind: TypeAlias = Literal["item", "claim", "origin", "incident", "object", "victim", "source"]
_LONGEST = 1000  # characters of the longest id, a collector's own, that is looked for
_PERSON = "victim-"
LEAST = 6  # characters of an id's digest that are enough to look it up


@dataclass(frozen=True, slots=True)
class Found:
    """What an id means now. ``id`` is the present one; ``item``: of a person named as harmed, the item that names them."""

    kind: Kind
    id: str
    item: str | None = None


def find(db: Connection, wanted: str) -> Found:
    """The thing of this id.

    Raises:
        UnknownId: nothing is called that.
        UsageError: the beginning of an id fits several things.
    """
    if len(wanted) > _LONGEST or any("\ud800" <= char <= "\udfff" for char in wanted):
        raise UnknownId(
            wanted[:_LONGEST]
        )  # no id is that long; bytes that are no text make none, and no database takes them
    named = (
        db.execute(select(tables.item.c.id).where(tables.item.c.name == wanted).order_by(tables.item.c.id))
        .scalars()
        .all()
    )
    if named:
        return Found("item", named[0])
    for kind, column, target in _PLACES:
        rows = _matching(db, wanted, column, target)
        _one_only(wanted, rows)
        if rows:
            return Found(kind, rows[0])
    return _person(db, wanted)


def _one_only(wanted: str, found: Sequence[str]) -> None:
    if len(found) > 1:
        raise UsageError(
            f"{wanted} is the beginning of {len(found)} ids ({', '.join(sorted(found)[:3])}…).",
            "Nothing was changed.",
            "Give more of the id.",
        )


def _person(db: Connection, wanted: str) -> Found:
    """The person named as harmed of this id; no table holds them, so they are sought only under an id of theirs."""
    sought = wanted.startswith(_PERSON) and len(wanted) - len(_PERSON) >= LEAST
    found = matching(db, wanted) if sought else []
    _one_only(wanted, [one for one, _ in found])
    for victim, item in found:
        return Found("victim", victim, item)
    raise UnknownId(wanted)


_PLACES: tuple[tuple[Kind, Column[str], Column[str]], ...] = (
    ("incident", tables.incident.c.id, tables.incident.c.id),
    ("incident", tables.claim.c.alias, tables.claim.c.incident),
    ("claim", tables.claim.c.id, tables.claim.c.id),
    ("origin", tables.origin.c.id, tables.origin.c.id),
    ("origin", tables.origin_item.c.alias, tables.origin_item.c.origin),
    ("item", tables.item.c.id, tables.item.c.id),
    ("object", tables.thing.c.address, tables.thing.c.address),
    ("source", tables.voice.c.source, tables.voice.c.source),
)


def _matching(db: Connection, wanted: str, column: Column[str], target: Column[str]) -> list[str]:
    """Present ids whose id, or older id, is or begins with what is wanted."""
    exact = db.execute(select(target).where(column == wanted, target.is_not(None)).distinct()).scalars().all()
    if exact or len(wanted.rpartition("-")[2]) < LEAST:
        return list(exact)
    # Ids are lower-case ASCII, so the strings that begin with one lie between it and it followed by the highest.
    return list(
        db.execute(
            select(target).where(column >= wanted, column < wanted + "~", target.is_not(None)).distinct().limit(4)
        ).scalars()
    )
