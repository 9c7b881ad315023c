"""What stands of the steps over the whole case, kept for the next run to go on from: all copies, fits and groups found.

It serves only the version of the step, the packs and the libraries it was made with; with any other, and where it is lost,
everything is done anew, with the same result. It lies beside the rows that it speaks of and changes with them, in one
transaction. What it does not hold: anything that could not be made again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update

from witnessmark.casefile import tables
from witnessmark.casefile.traced import Traced
from witnessmark.incidents.memory import Compared
from witnessmark.incidents.settle import Settled
from witnessmark.terms.incident import Gathered, Incident
from witnessmark.tracing.stretches import Common

_NAME = "gather"
_DIGEST = 16  # bytes
_encode = msgspec.msgpack.Encoder(order="deterministic").encode  # sets have no order of their own


@dataclass(slots=True, kw_only=True)
class Standing:
    """``compared``: of gathering. ``counted``: of the search for copies. ``weighed``: of each incident, a digest of all it was

    weighed from. ``looked``, ``marked``: of texts held against each other for drift, what was found, and of those that share a
    mark, the pairs that have to do with each other (see ``drifting``).
    """

    compared: Compared = field(default_factory=Compared)
    counted: dict[str, Common] = field(default_factory=dict)
    weighed: dict[str, bytes] = field(default_factory=dict)
    looked: dict[bytes, tuple[str, ...]] = field(default_factory=dict)
    marked: dict[bytes, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def load(db: Connection, key: str, *, keep: bool = False) -> Standing:
    """What stands under this key; nothing, and no rows either unless they are kept, where it is another."""
    row = db.execute(select(tables.standing).where(tables.standing.c.name == _NAME)).first()
    if row is not None and row.key == key:
        return msgspec.msgpack.decode(row.blob, type=Standing)
    for table in () if keep else (tables.origin, tables.origin_item, tables.incident):
        db.execute(delete(table))
    return Standing()


def save(db: Connection, key: str, standing: Standing) -> None:
    """Keep what stands now."""
    tables.put(db, tables.standing, [{"name": _NAME, "key": key, "blob": msgspec.msgpack.encode(standing)}])


def digest(card: bytes) -> bytes:
    """Of a card as it is kept."""
    return blake2b(card, digest_size=_DIGEST).digest()


def told(settled: Iterable[Settled], cards: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of each claim, a digest of all that is settled of it. ``cards``: digests of those that are kept by themselves."""
    return {
        one.card.claim: blake2b(
            (cards.get(one.card.claim) or _encode(one.card))
            + _encode((one.spot, one.place_why, one.first, one.last, one.stated, one.day_why, one.weekday)),
            digest_size=_DIGEST,
        ).digest()
        for one in settled
    }


def of_group(group: Gathered, said: Mapping[str, bytes], traced: Traced) -> bytes:
    """A digest of all that an incident is weighed from."""
    members = b"".join(said[claim] for claim in group.claims)
    return blake2b(members + _encode((group, traced)), digest_size=_DIGEST).digest()


def clear(db: Connection, incidents: Iterable[str]) -> None:
    """Drop incidents that are gone or to be weighed anew, and their origins."""
    decoder = msgspec.json.Decoder(Incident)
    for lot in tables.chunks(incidents):
        blobs = db.execute(select(tables.incident.c.blob).where(tables.incident.c.id.in_(lot))).scalars()
        for origins in tables.chunks([origin for blob in blobs for origin in decoder.decode(blob).origins]):
            db.execute(delete(tables.origin).where(tables.origin.c.id.in_(origins)))
            db.execute(delete(tables.origin_item).where(tables.origin_item.c.origin.in_(origins)))
        db.execute(delete(tables.incident).where(tables.incident.c.id.in_(lot)))


def assign(db: Connection, belongs: Mapping[str, str]) -> None:
    """Write down in which incident each claim stands, where that has changed. A claim that is in none stands in none."""
    changed = [
        {"member": row.id, "group": belongs.get(row.id)}
        for row in db.execute(select(tables.claim.c.id, tables.claim.c.incident))
        if row.incident != belongs.get(row.id)
    ]
    if changed:
        moved = update(tables.claim).where(tables.claim.c.id == bindparam("member"))
        db.execute(moved.values(incident=bindparam("group")), changed)
