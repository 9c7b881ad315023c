"""One thing of a case, whole: an item, claim, origin, incident, preserved object or person named as harmed, with the anchors it rests on."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from witnessmark.casefile import (
    decisions,
    drifting,
    ids,
    items,
    matches,
    publishers,
    retired,
    rows,
    shown,
    tables,
    victims,
)
from witnessmark.casefile.admiralty import credibility_row
from witnessmark.casefile.beside import beside
from witnessmark.casefile.case import Case
from witnessmark.casefile.graded import graded
from witnessmark.casefile.origin_rows import origin_row
from witnessmark.casefile.standards import standard
from witnessmark.errors import UnknownId
from witnessmark.terms.incident import Incident
from witnessmark.terms.item import Item

_LONGEST_NAME = 4096  # characters of a file's path, as Linux takes it


def show(case: Case, wanted: str) -> rows.Row:
    """The thing of this id as a row, with ``shown`` (its kind) and what belongs to it.

    Raises:
        UnknownId: nothing is called that.
        UsageError: the beginning of an id fits several things.
    """
    with case.transaction() as db:
        try:
            found = ids.find(db, wanted)
        except UnknownId:
            if lost := retired.gone(db, wanted):
                return {"shown": "retired", **lost}
            raise
        every = decisions.attached(db).standing
        standing = every.get(found.id)
        match found.kind:
            case "item":
                row = _item(db, found.id, standing)
            case "claim":
                claim, incident = shown.claim(db, found.id)
                refers = matches.of(db, claim.id).about.get(claim.id, ())
                row = rows.claim_row(claim, _one(db, claim.item), incident, standing, refers)
                row |= credibility_row(standing.slots.get("credibility") if standing else None, case.larder)
            case "origin":
                row = _origin(db, found.id, standing)
            case "incident":
                now = graded(shown.incident(db, found.id), every, standard(case.larder))
                row = _incident(db, now, every)
                row["formerly"] = retired.formerly(db, wanted, found.id)
            case "source":
                row = publishers.history(db, found.id, case.larder)
            case "object":
                row = _object(db, found.id)
            case "victim":
                row = victims.row(db, found.id, found.item or "")
    return {"shown": found.kind, **row}


def _one(db: Connection, item: str) -> Item:
    (found,) = items.fetch(db, [item])
    return found


def findings(db: Connection, address: str) -> list[rows.Row]:
    """Every finding of an object, in order of the ledger."""
    found = select(tables.finding).where(tables.finding.c.address == address).order_by(tables.finding.c.entry)
    return [dict(row._mapping) for row in db.execute(found)]  # noqa: SLF001 - SQLAlchemy's public name


def attachments(db: Connection, item: Item) -> list[rows.Row]:
    """Each file an item names, with the address of its bytes where the case holds exactly one that fits.

    A file fits where it was found under a name that ends in the name the item gives, nearest to the item's own file.
    """
    homes = [finding["name"].rpartition("/")[0] for finding in findings(db, item.address)]
    out: list[rows.Row] = []
    for attachment in item.attachments:
        row = {"name": attachment.name, "mime": attachment.mime, "missing": attachment.missing, "address": None}
        if attachment.missing is None:
            row.update(_bytes_of(db, attachment.name, homes))
        out.append(row)
    return out


def _bytes_of(db: Connection, name: str, homes: list[str]) -> rows.Row:
    wanted = {f"{home}/{name}".lstrip("/") for home in homes}
    beside = select(tables.finding.c.address).where(tables.finding.c.name.in_(sorted(wanted))).distinct()
    found = db.execute(beside).scalars().all()
    if not found and len(name) <= _LONGEST_NAME:  # a database compares no pattern that is longer
        anywhere = tables.finding.c.name.endswith(f"/{name}", autoescape=True) | (tables.finding.c.name == name)
        found = db.execute(select(tables.finding.c.address).where(anywhere).distinct()).scalars().all()
    if len(found) == 1:
        return {"address": found[0]}
    return {"missing": "no such file was added" if not found else f"{len(found)} different files fit this name"}


def _item(db: Connection, wanted: str, standing: decisions.Standing | None) -> rows.Row:
    item = _one(db, wanted)
    reading = shown.reading(db, wanted)
    row = rows.item_row(item, reading, standing)
    row["metadata"] = dict(item.metadata)
    row["attachments"] = attachments(db, item)
    row["findings"] = findings(db, item.address)
    row["passages"] = [
        {
            "role": passage.role,
            "text": passage.text,
            "digest": passage.digest,
            "regions": [
                {"start": region.start, "end": region.end, "role": region.role, "why": region.why}
                for region in (reading.regions[number] if reading and number < len(reading.regions) else ())
            ],
        }
        for number, passage in enumerate(item.passages)
    ]
    if reading:
        row["claims"] = [rows.claim_row(claim, item, None, None) for claim in reading.claims]
        row["victims"] = [rows.victim_row(one, item, reading) for one in reading.victims]
        row["statements"] = [
            rows.statement_row(number, said, item, reading) for number, said in enumerate(reading.statements)
        ]
    origins = select(tables.origin_item.c.origin).where(tables.origin_item.c.item == wanted).distinct()
    row["origins"] = list(db.execute(origins.order_by(tables.origin_item.c.origin)).scalars())
    likenesses = select(tables.likeness.c.one, tables.likeness.c.other, tables.likeness.c.manner)
    touching = (tables.likeness.c.one == wanted) | (tables.likeness.c.other == wanted)
    row["likenesses"] = [dict(like._mapping) for like in db.execute(likenesses.where(touching))]  # noqa: SLF001 - as above
    row["drifts"] = list(drifting.drift_rows(db, drifting.Found(db).touching(wanted)))
    return row


def _origin(db: Connection, wanted: str, standing: decisions.Standing | None) -> rows.Row:
    origin = shown.origin(db, wanted)
    return origin_row(origin, {item.id: item for item in items.fetch(db, origin.items)}, standing)


def _incident(db: Connection, incident: Incident, decided: Mapping[str, decisions.Standing]) -> rows.Row:
    found = {item.id: item for item in items.fetch(db, incident.items)}
    earlier = items.fetch(db, {one.earlier.item for one in incident.recycled})
    names = {item.id: item.name for item in (*found.values(), *earlier)}
    around = beside(db, incident, drifting.Found(db), matches.of(db, incident.id))
    row = rows.incident_row(incident, names, decided.get(incident.id), around)
    told = [shown.claim(db, one)[0] for one in incident.claims]
    row["claim_rows"] = [rows.claim_row(claim, found[claim.item], incident.id, decided.get(claim.id)) for claim in told]
    row["origin_rows"] = [_origin(db, one, None) for one in incident.origins if _known(db, one)]
    return row


def _known(db: Connection, origin: str) -> bool:
    return db.execute(select(tables.origin.c.id).where(tables.origin.c.id == origin)).first() is not None


def _object(db: Connection, address: str) -> rows.Row:
    outcomes = select(tables.outcome.c.kind, tables.outcome.c.selector, tables.outcome.c.why)
    listed = outcomes.where(tables.outcome.c.address == address).order_by(tables.outcome.c.selector)
    inside = select(tables.item.c.name).where(tables.item.c.address == address).order_by(tables.item.c.selector)
    return {
        "address": address,
        "findings": findings(db, address),
        "outcomes": [dict(row._mapping) for row in db.execute(listed)],  # noqa: SLF001 - SQLAlchemy's public name
        "items": list(db.execute(inside).scalars()),
    }
