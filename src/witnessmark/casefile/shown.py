"""The suggestion about one thing as a person sees it: what a decision keeps, in canonical JSON, as it was seen."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, select

from witnessmark.casefile import items, tables
from witnessmark.casefile.graded import Decided, graded
from witnessmark.casefile.ids import Found
from witnessmark.casefile.standards import standard
from witnessmark.casefile.voices import source_of
from witnessmark.errors import UnknownId
from witnessmark.packs.larder import PackLarder
from witnessmark.terms.address import address_of, canonical
from witnessmark.terms.claim import TOLL_SLOTS, Claim
from witnessmark.terms.incident import Incident
from witnessmark.terms.origin import Origin
from witnessmark.terms.reading import Reading


def reading(db: Connection, item: str) -> Reading | None:
    """The reading of one item, or None where it has not been read."""
    blob = db.execute(select(tables.reading.c.blob).where(tables.reading.c.item == item)).scalar()
    return None if blob is None else msgspec.json.decode(blob, type=Reading)


def claim(db: Connection, wanted: str) -> tuple[Claim, str | None]:
    """A claim, and the incident it stands in.

    Raises:
        UnknownId: there is none of this id.
    """
    row = db.execute(select(tables.claim).where(tables.claim.c.id == wanted)).first()
    found = reading(db, row.item) if row else None
    if row is None or found is None:
        raise UnknownId(wanted)
    return found.claims[row.number], row.incident


def incident(db: Connection, wanted: str) -> Incident:
    """An incident.

    Raises:
        UnknownId: there is none of this id.
    """
    blob = db.execute(select(tables.incident.c.blob).where(tables.incident.c.id == wanted)).scalar()
    if blob is None:
        raise UnknownId(wanted)
    return msgspec.json.decode(blob, type=Incident)


def origin(db: Connection, wanted: str) -> Origin:
    """An origin.

    Raises:
        UnknownId: there is none of this id.
    """
    blob = db.execute(select(tables.origin.c.blob).where(tables.origin.c.id == wanted)).scalar()
    if blob is None:
        raise UnknownId(wanted)
    return msgspec.json.decode(blob, type=Origin)


def tolls(db: Connection, found: Found) -> dict[str, object]:
    """Each toll that is suggested for a claim or an incident, as ``[least, most]``."""
    if found.kind == "incident":
        return {slot: [toll.least, toll.most] for slot, toll in incident(db, found.id).tolls}
    if found.kind == "claim":
        told, _ = claim(db, found.id)
        return {slot: [toll.least, toll.most] for slot in TOLL_SLOTS if (toll := getattr(told, slot)) is not None}
    return {}


def suggestion_digest(told: Claim) -> str:
    """The digest of what the machine says of a claim, as decisions about it name it."""
    return address_of(canonical(msgspec.to_builtins(told)))


def suggestion(db: Connection, found: Found, larder: PackLarder, standing: Mapping[str, Decided]) -> object:
    """What the machine says of a thing now, as plain values; of an incident with what people decided about its sources."""
    match found.kind:
        case "source":
            return msgspec.to_builtins(source_of(db, found.id, larder))
        case "claim":
            return msgspec.to_builtins(claim(db, found.id)[0])
        case "incident":
            return msgspec.to_builtins(graded(incident(db, found.id), standing, standard(larder)))
        case "origin":
            return msgspec.to_builtins(origin(db, found.id))
        case _:
            (item,) = items.fetch(db, [found.id])
            read = reading(db, found.id)
            return {
                "item": item.name,
                "texts": [passage.digest for passage in item.passages],
                "publication": msgspec.to_builtins(read.publication) if read else None,
                "language": read.language if read else None,
                "unreadable": msgspec.to_builtins(read.unreadable) if read else None,
            }
