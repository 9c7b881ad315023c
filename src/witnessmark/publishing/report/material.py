"""What the report takes out of a case, a piece at a time, so that a case of a hundred thousand items fits in memory.

Whole in memory are only short lines: one for each item, incident and loose claim, and which belongs to which. Texts and
readings pass through one item at a time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from witnessmark.casefile import decisions, exports, items, rows, show, shown, tables
from witnessmark.casefile.graded import graded
from witnessmark.publishing.report import wording
from witnessmark.terms.claim import DENIES_HARM, Claim
from witnessmark.terms.incident import Incident
from witnessmark.terms.item import Item
from witnessmark.terms.origin import Origin
from witnessmark.terms.reading import Reading
from witnessmark.weighing.standard import Standard

ALL_ITEMS = 2_000  # items up to which each has a page of its own


@dataclass(slots=True)
class ItemLine:
    """One item in a list. ``claims``: how many the reading found; ``page``: whether it has a page of its own; ``begins``: its first words."""

    id: str
    name: str
    by: str
    kind: str
    published: str | None
    language: str
    claims: int
    unreadable: str | None
    read: bool
    review: str
    page: bool = True
    begins: str = ""


@dataclass(slots=True)
class LooseLine:
    """A claim that stands in no incident."""

    id: str
    item: str
    kind: str
    words_of_kind: str
    polarity: str
    chain: list[str]
    words: str
    lang: str
    at: str
    place: str | None
    moment: str
    review: str


@dataclass(slots=True)
class IncidentLine:
    """One incident in a list; ``row`` holds only what the list shows."""

    id: str
    row: rows.Row


@dataclass(slots=True)
class Material:
    """A case as the report needs it."""

    db: Connection
    rules: Standard
    standing: dict[str, decisions.Standing]
    home: dict[str, str] = field(default_factory=dict)  # claim → incident
    listed: dict[str, rows.Row] = field(default_factory=dict)  # incident → its row in a list
    inside: set[str] = field(default_factory=set)  # items of incidents
    origins: dict[str, Origin] = field(default_factory=dict)
    origin_home: dict[str, list[str]] = field(default_factory=dict)  # origin → incidents
    denied: dict[str, set[str]] = field(default_factory=dict)  # incident → kinds of harm that a source denies
    item_origins: dict[str, list[str]] = field(default_factory=dict)
    incidents: list[IncidentLine] = field(default_factory=list)
    items: list[ItemLine] = field(default_factory=list)
    loose: list[LooseLine] = field(default_factory=list)
    line: dict[str, ItemLine] = field(default_factory=dict)  # item → its line

    def read(self, wanted: Iterable[str]) -> Iterator[tuple[Item, Reading | None]]:
        """Items with their readings, in order of id, one at a time."""
        for lot in tables.chunks(sorted(wanted)):
            for item in items.fetch(self.db, lot):
                yield item, shown.reading(self.db, item.id)

    def by(self, item: Item) -> str:
        """Who publishes an item, or that nobody is named, with the file it was found in."""
        if item.publisher or item.author or item.site or item.given_id:
            return wording.author(item, "")
        found = show.findings(self.db, item.address)
        return wording.author(item, str(found[0]["name"]).rpartition("/")[2] if found else "")

    def origin_name(self, origin: Origin) -> str:
        """Who an origin is, as far as the material says; else who publishes its first item."""
        line = self.line.get(origin.items[0])
        return origin.name or (line.by if line else origin.id)

    def pages(self) -> set[str]:
        """The ids of items that have a page of their own."""
        return {line.id for line in self.items if line.page}


_LISTED = (
    "date", "date_latest", "place", "place_ar", "strike", "actors", "accused", "alternatives", "killed", "injured",
    "combatants_killed", "harm_unnumbered", "uncounted", "posts", "origins", "grade_label", "state", "review", "contradictions",
)  # fmt: skip


def gather(db: Connection, rules: Standard) -> Material:
    """Go through incidents and items once, keeping short lines. ``rules``: the grading standard of the case."""
    found = Material(db=db, rules=rules, standing=decisions.attached(db).standing)
    for drafted in exports.incidents(db):
        incident = graded(drafted, found.standing, rules)
        row = rows.incident_row(incident, {}, found.standing.get(incident.id))
        found.incidents.append(IncidentLine(incident.id, {key: row[key] for key in _LISTED}))
        found.listed[incident.id] = found.incidents[-1].row
        _belongs(found, incident)
    found.incidents.sort(key=lambda line: (line.row["date"] or "9999", line.row["place"] or "", line.id))
    for item, reading in found.read(items.all_ids(db)):
        by = found.by(item)
        found.items.append(_item_line(item, reading, by, found.standing.get(item.id)))
        for claim in reading.claims if reading else ():
            if reading and claim.id in found.home and _denies_harm(claim):
                found.denied.setdefault(found.home[claim.id], set()).update(_denied(claim, reading))
            if claim.id not in found.home and reading:
                found.loose.append(_loose_line(claim, item, reading, by, found.standing.get(claim.id)))
    for one in found.incidents:
        one.row["harm_denied"] = sorted(found.denied.get(one.id, ()))
    found.items.sort(key=lambda line: (line.published or "9999", line.name))
    found.loose.sort(key=lambda line: (line.kind, line.item, line.at))
    for line in found.items:
        line.page = len(found.items) <= ALL_ITEMS or bool(line.claims) or line.id in found.inside
    found.line = {line.id: line for line in found.items}
    return found


def _denies_harm(claim: Claim) -> bool:
    """Whether a claim says that nobody was harmed: a source's word, or a party's answer."""
    return claim.polarity == "denied" and (claim.kind == "harm" or claim.why.rule == DENIES_HARM)


def _denied(claim: Claim, reading: Reading) -> set[str]:
    """The kinds of harm that a claim of no harm denies: those its sentence names, else death and injury."""
    told = {one.kind for one in reading.tolls if claim.span.covers(one.span)} & {"killed", "injured"}
    return set(told) or {"killed", "injured"}


def _belongs(found: Material, incident: Incident) -> None:
    """Which claims, items and origins an incident holds."""
    found.home.update(dict.fromkeys(incident.claims, incident.id))
    found.inside.update(incident.items)
    for one in incident.origins:
        if one not in found.origins:
            found.origins[one] = origin = shown.origin(found.db, one)
            for item in origin.items:
                found.item_origins.setdefault(item, []).append(one)
        found.origin_home.setdefault(one, []).append(incident.id)


def _item_line(item: Item, reading: Reading | None, by: str, standing: decisions.Standing | None) -> ItemLine:
    bad = reading.unreadable if reading else None
    return ItemLine(
        id=item.id,
        name=item.name,
        by=by,
        kind=item.kind,
        published=reading.publication.earliest if reading else item.published,
        language=reading.language if reading else "",
        claims=len(reading.claims) if reading else 0,
        unreadable=bad.kind if bad else None,
        read=reading is not None,
        review=rows.decided_row(standing)["review"],
        begins="" if bad else _begins(item, reading),
    )


def _begins(item: Item, reading: Reading | None) -> str:
    """The first words that the item says itself, by which a person knows it again; its page's furniture is none of them."""
    said = reading.statements if reading else ()
    return wording.shortened(" ".join(rows.cut(item, said[0].span).split()), 90) if said else ""


def _loose_line(claim: Claim, item: Item, reading: Reading, by: str, standing: decisions.Standing | None) -> LooseLine:
    place, moment = claim.place, claim.moment
    return LooseLine(
        id=claim.id,
        item=item.id,
        kind=claim.kind,
        words_of_kind=wording.kind({"kind": claim.kind, "rule": claim.why.rule}),
        polarity=claim.polarity,
        chain=wording.chain(claim, by),
        words=wording.shortened(rows.cut(item, claim.span), 240),
        lang=reading.language,
        at=wording.anchor(claim.span),
        place=None if place is None else (place.candidates[0].name if place.candidates else place.text),
        moment=wording.days(moment.earliest, moment.latest) if moment else "not stated",
        review=rows.decided_row(standing)["review"],
    )
