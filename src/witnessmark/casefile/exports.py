"""What leaves a case as rows: items, statements, claims, victims, incidents, what they match and where texts drift, and what could not be read.

Rows come in an order made from content (address and selector, id), never from when something was added, so the same
case made twice exports the same bytes. Nothing is held in memory but one lot at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

import msgspec
from sqlalchemy import Connection, select

from witnessmark.casefile import decisions, drifting, ids, items, matches, publishers, rows, tables
from witnessmark.casefile.beside import beside
from witnessmark.casefile.case import Case
from witnessmark.casefile.graded import graded
from witnessmark.casefile.sources import source_rows
from witnessmark.casefile.spread import batched
from witnessmark.casefile.standards import standard
from witnessmark.errors import UsageError
from witnessmark.terms.incident import Incident
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading

_LOT = 500


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an export is made from. ``wanted``: ids of the incidents asked for, or all."""

    case: Case
    db: Connection
    standing: dict[str, decisions.Standing]
    wanted: list[str] | None


def export(case: Case, what: str, incident: str | None = None) -> Iterator[rows.Row]:
    """The rows of one kind; of ``sources`` also those of one incident alone, by its id or the beginning of it.

    Raises:
        UsageError: no such kind, or what is named is no incident.
        UnknownId: nothing is called that.
    """
    if what not in _ROWS:
        raise UsageError(f"{what!r} cannot be exported.", "Nothing was written.", f"Choose one of: {', '.join(WHAT)}.")
    with case.transaction() as db:
        wanted = None if incident is None else [_incident(db, incident)]
        yield from _ROWS[what](_Asked(case, db, decisions.attached(db).standing, wanted))


def _items(asked: _Asked) -> Iterator[rows.Row]:
    for item, reading in _read(asked.db):
        yield rows.item_row(item, reading, asked.standing.get(item.id))


def _incidents(asked: _Asked) -> Iterator[rows.Row]:
    db, standing = asked.db, asked.standing
    names, rules, drifts = items.names(db), standard(asked.case.larder), drifting.Found(db)
    known = matches.matches(db)
    for incident in incidents(db):
        now = graded(incident, standing, rules)
        yield rows.incident_row(now, names, standing.get(incident.id), beside(db, incident, drifts, known))


_ROWS: dict[str, Callable[[_Asked], Iterator[rows.Row]]] = {
    "items": _items,
    "statements": lambda asked: _statements(asked.db),
    "claims": lambda asked: _claims(asked.db, asked.standing),
    "victims": lambda asked: _victims(asked.db),
    "incidents": _incidents,
    "sources": lambda asked: source_rows(asked.db, asked.standing, asked.wanted),
    "registers": lambda asked: map(matches.register_row, matches.all_of(asked.db)),
    "drifts": lambda asked: drifting.drift_rows(asked.db, drifting.all_drifts(asked.db)),
    "publishers": lambda asked: publishers.every(asked.db, asked.case.larder, asked.standing),
    "unreadable": lambda asked: unreadable(asked.db),
}
WHAT = tuple(_ROWS)


def _incident(db: Connection, wanted: str) -> str:
    found = ids.find(db, wanted)
    if found.kind != "incident":
        raise UsageError(f"{wanted} is no incident.", "Nothing was written.", "Name an incident.")
    return found.id


def _read(db: Connection) -> Iterator[tuple[Item, Reading | None]]:
    """Every item with its reading, in order of where it stands in the bytes."""
    decoder = msgspec.json.Decoder(Reading)
    ordered = select(tables.item.c.id).order_by(tables.item.c.address, tables.item.c.selector)
    for lot in batched(list(db.execute(ordered).scalars()), _LOT):
        found = {item.id: item for item in items.fetch(db, lot)}
        stored = select(tables.reading.c.item, tables.reading.c.blob).where(tables.reading.c.item.in_(lot))
        blobs = {row.item: row.blob for row in db.execute(stored)}
        for one in lot:
            yield found[one], decoder.decode(blobs[one]) if one in blobs else None


def _statements(db: Connection) -> Iterator[rows.Row]:
    for item, reading in _read(db):
        if reading:
            yield from (
                rows.statement_row(number, said, item, reading) for number, said in enumerate(reading.statements)
            )


def _victims(db: Connection) -> Iterator[rows.Row]:
    for item, reading in _read(db):
        if reading:
            yield from (rows.victim_row(one, item, reading) for one in reading.victims)


def _claims(db: Connection, standing: dict[str, decisions.Standing]) -> Iterator[rows.Row]:
    belongs = {row.id: row.incident for row in db.execute(select(tables.claim.c.id, tables.claim.c.incident))}
    refers = matches.matches(db).about
    for item, reading in _read(db):
        for claim in reading.claims if reading else ():
            yield rows.claim_row(claim, item, belongs.get(claim.id), standing.get(claim.id), refers.get(claim.id, ()))


def incidents(db: Connection) -> Iterator[Incident]:
    """Every incident, in order of id."""
    decoder = msgspec.json.Decoder(Incident)
    for blob in db.execute(select(tables.incident.c.blob).order_by(tables.incident.c.id)).scalars():
        yield decoder.decode(blob)


def unreadable(db: Connection) -> Iterator[rows.Row]:
    """Files and entries that no reader could read, captures that hold no post, and inputs a step failed on."""
    file = cache(partial(_file, db))  # thousands of posts lie in one file
    found = select(tables.outcome).where(tables.outcome.c.kind == "unread")
    for row in db.execute(found.order_by(tables.outcome.c.address, tables.outcome.c.selector, tables.outcome.c.why)):
        unread = unreadable_row("unread", f"{row.address[:20]}/{row.selector}", row.address, row.selector, row.why)
        yield {**unread, "file": file(row.address)}
    for item, reading in _read(db):
        bad = reading.unreadable if reading else None
        if bad is not None:
            empty = unreadable_row("empty capture", item.name, item.address, item.selector, bad.why)
            told = {"capture": bad.kind, "words": bad.words, "url": item.url}
            yield {**empty, **told, "file": file(item.address)}
    failed = select(tables.failure).where(tables.failure.c.step == "read").order_by(tables.failure.c.subject)
    for row in db.execute(failed):
        yield unreadable_row("failed", row.subject, None, None, row.why.partition(" ")[2])


def _file(db: Connection, address: str) -> str | None:
    """The name that an object was first found under."""
    found = select(tables.finding.c.name).where(tables.finding.c.address == address).order_by(tables.finding.c.entry)
    return db.execute(found.limit(1)).scalar_one_or_none()


def unreadable_row(kind: str, name: str, address: str | None, selector: str | None, why: str) -> rows.Row:
    """One thing that could not be read, by the contract of ``export --what unreadable``."""
    return {
        "id": name, "kind": kind, "address": address, "selector": selector, "why": why,
        "capture": None, "words": None, "url": None, "file": None,
    }  # fmt: skip
