"""The source table: one row for each claim of each incident, which is one source's word on one event, as a recorder works on it.

Wide, not long: the classes stand beside each other (civilians, children, women, men, fighters; killed and injured; least and
most), as Airwars keeps them for a source. So a figure that no reader found is typed into an empty cell and needs no new
row, a sentence is translated once, and as many claims as there are make as many rows. Cells show what stands: a person's
decision, else what was read; the reading stays beside it in ``suggested``. An open end is said ("open"), since an empty
cell says that there is no figure. What the table does not say: what happened.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, select

from witnessmark.casefile import items, tables
from witnessmark.casefile.decisions import Standing
from witnessmark.casefile.rows import Row, cut, pair, uncounted
from witnessmark.casefile.shown import suggestion_digest
from witnessmark.terms.claim import FIGURE_SLOTS, Claim
from witnessmark.terms.incident import Incident, OriginToll
from witnessmark.terms.item import Item
from witnessmark.terms.origin import Origin
from witnessmark.terms.reading import Reading

OPEN = "open"
# As a recorder reads them, class by class.
ORDER = (
    "killed", "injured", "killed_status_unstated", "children_killed", "children_injured", "women_killed", "women_injured",
    "men_killed", "men_injured", "combatants_killed", "combatants_injured",
)  # fmt: skip
FIGURES = tuple(f"{slot}_{end}" for slot in ORDER for end in ("least", "most"))
_UNDATED = "9999"
_PENDING = "decided since the last run, which has not counted it"


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind an incident's rows: its origins, and which of them each claim folds into."""

    incident: Incident
    origin_of: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)


def source_rows(db: Connection, standing: Mapping[str, Standing], wanted: Sequence[str] | None = None) -> Iterator[Row]:
    """The rows of all incidents, or of those wanted, by day of the incident, then by who published first."""
    for one in _ordered(db, wanted):
        blob = db.execute(select(tables.incident.c.blob).where(tables.incident.c.id == one)).scalar_one()
        incident = msgspec.json.decode(blob, type=Incident)
        behind = Behind(incident, *_origins(db, incident))
        told = sorted(_claims(db, incident), key=lambda one: (one[2].publication.earliest or _UNDATED, one[0].id))
        for claim, item, reading in told:
            yield source_row(claim, item, reading, behind, standing)


def _ordered(db: Connection, wanted: Sequence[str] | None) -> list[str]:
    """Ids of incidents by day, the undated last."""
    found = select(tables.incident.c.id, tables.incident.c.blob)
    held = [] if wanted is None else sorted(set(wanted))
    lots = [found] if wanted is None else [found.where(tables.incident.c.id.in_(lot)) for lot in tables.chunks(held)]
    days = [
        (msgspec.json.decode(row.blob, type=_Day).date or _UNDATED, row.id) for lot in lots for row in db.execute(lot)
    ]
    return [one for _, one in sorted(days)]


class _Day(msgspec.Struct):
    """Of an incident, what its place in the table depends on."""

    date: str | None


def _origins(db: Connection, incident: Incident) -> tuple[dict[str, str], dict[str, Origin]]:
    folded: dict[str, str] = {}
    stood: dict[str, Origin] = {}
    for lot in tables.chunks(incident.origins):
        rows = select(tables.origin_item.c.claim, tables.origin_item.c.origin)
        folded |= {row.claim: row.origin for row in db.execute(rows.where(tables.origin_item.c.origin.in_(lot)))}
        blobs = db.execute(select(tables.origin.c.blob).where(tables.origin.c.id.in_(lot))).scalars()
        stood |= {one.id: one for one in (msgspec.json.decode(blob, type=Origin) for blob in blobs)}
    return folded, stood


def _claims(db: Connection, incident: Incident) -> Iterator[tuple[Claim, Item, Reading]]:
    """Each claim of an incident with its item and its reading."""
    inside = set(incident.claims)
    decoder = msgspec.json.Decoder(Reading)
    for lot in tables.chunks(incident.items):
        blobs = select(tables.reading.c.item, tables.reading.c.blob).where(tables.reading.c.item.in_(lot))
        readings = {row.item: decoder.decode(row.blob) for row in db.execute(blobs)}
        for item in items.fetch(db, lot):
            reading = readings[item.id]
            yield from ((claim, item, reading) for claim in reading.claims if claim.id in inside)


def source_row(claim: Claim, item: Item, reading: Reading, behind: Behind, decided: Mapping[str, Standing]) -> Row:
    """One claim as a row, by the contract of ``export --what sources``."""
    incident, standing = behind.incident, decided.get(claim.id, Standing())
    read = {slot: pair(getattr(claim, slot, None)) for slot in FIGURE_SLOTS}
    stands = {**read, **{slot: value for slot, value in standing.slots.items() if slot in FIGURE_SLOTS}}
    origin = behind.origins.get(behind.origin_of.get(claim.id, ""))
    outlet = item.publisher or item.site or item.author
    of_incident = decided.get(incident.id, Standing())
    return {
        "incident": incident.id,
        "incident_date": of_incident.slots.get("date", incident.date),
        "incident_place": of_incident.slots.get("place", incident.place),
        "incident_place_ar": None if "place" in of_incident.slots else incident.place_ar,
        "source": claim.on_whose_word[-1] if claim.on_whose_word else outlet,
        "words": cut(item, claim.span),
        "translation": standing.slots.get("translation"),
        **_figures(stands),
        "note": standing.slots.get("note"),
        "accept": "yes" if standing.accepted else None,
        "kind": claim.kind,
        "polarity": claim.polarity,
        "counted": _counted(claim, stands, behind),
        "uncounted": uncounted({slot: getattr(claim, slot, None) for slot in FIGURE_SLOTS if slot not in standing.slots}),
        "suggested": [f"{slot}={written(read[slot])}" for slot in ORDER if slot in standing.slots],
        "decided": _signed(standing),
        "translated_by": _signer(standing, "translation"),
        "state": of_incident.state,
        "outlet": outlet,
        "author": item.author,
        "published": reading.publication.earliest or item.published,
        "language": reading.language,
        "origin": origin.id if origin else None,
        "origin_name": origin.name if origin else None,
        "access_shown": origin.shown if origin else None,
        "on_whose_word": list(claim.on_whose_word),
        "item": item.name,
        "url": item.url,
        "archived": item.archived,
        "address": claim.anchor.address,
        "selector": claim.anchor.selector,
        "text": claim.anchor.text,
        "start": claim.anchor.start,
        "end": claim.anchor.end,
        "rule": claim.why.rule,
        "claim": claim.id,
        "seen": suggestion_digest(claim),
    }  # fmt: skip


def _figures(stands: Mapping[str, object]) -> Row:
    """Least and most of each class; an open end is said."""
    row: Row = dict.fromkeys(FIGURES)
    for slot, value in stands.items():
        if isinstance(value, list):
            row[f"{slot}_least"], most = value
            row[f"{slot}_most"] = OPEN if most is None else most
    return row


def written(value: object) -> str:
    """A figure as ``decide --set`` takes it."""
    if not isinstance(value, list):
        return "null"
    least, most = value
    return f"{least}.." if most is None else str(least) if most == least else f"{least}..{most}"


def _counted(claim: Claim, stands: Mapping[str, object], behind: Behind) -> list[str]:
    """Of each figure, whether it counts for the incident's range; why not where it does not."""
    fates: dict[str, list[str]] = {}
    for slot in ORDER:
        if stands[slot] is not None:
            fates.setdefault(_fate(claim, slot, stands[slot], behind), []).append(slot)
    return [f"{', '.join(slots)}: {fate}" for fate, slots in fates.items()] or ["no figure"]


def _fate(claim: Claim, slot: str, value: object, behind: Behind) -> str:
    origin = behind.origin_of.get(claim.id)
    figures = [one for one in behind.incident.figures if one.slot == slot]
    own = next((one for one in figures if one.claim == claim.id), None)
    if own is not None:
        return _PENDING if pair(own.toll) != value else f"left out: {own.left_out}" if own.left_out else "counted"
    if claim.polarity == "denied":
        return "left out: a denial"
    if origin is None:
        return "left out: no origin stands behind it (a denial, or a capture that holds no post)"
    return _instead([one for one in figures if one.origin == origin])


def _instead(standing: Sequence[OriginToll]) -> str:
    """Why a figure does not count whose origin gives others: its latest stands, or was the one to be left out."""
    latest = next((one for one in standing if one.left_out is None), next(iter(standing), None))
    return _PENDING if latest is None else f"left out: of its origin, the figure of {latest.claim} stands"


def _signed(standing: Standing) -> list[str]:
    """The last word on each slot with who said it, when and why; notes and translations are columns of their own."""
    last = {str(one["value"]).partition("=")[0]: one for one in standing.history}
    return [
        f"{one['value'] if slot not in _TEXTS else slot}{'accepted' if one['act'] == 'accept' else ''} by {one['by']}, {one['at']}: {one['reason']}"
        for slot, one in last.items()
    ]


_TEXTS = ("translation", "note")


def _signer(standing: Standing, slot: str) -> str | None:
    """Who signed what stands in a slot, and when."""
    if not standing.slots.get(slot):
        return None
    signed = [one for one in standing.history if str(one["value"]).partition("=")[0] == slot]
    return f"{signed[-1]['by']}, {signed[-1]['at']}"
