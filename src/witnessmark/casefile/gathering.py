"""The steps over the whole case: copies, settling, gathering, origins, weighing; kept under one key.

The key is over the sorted keys of all readings, the links and figures people decided, the packs and the libraries: the same case has
the same key however it was added and run, and nothing is done again in vain. Under another key the steps go on from what stands
(see ``standing``), and only rows that differ are written. All is one transaction, so a run cut off leaves the former gathering
standing, marked as not current.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import msgspec
from sqlalchemy import Connection, delete, select

from witnessmark.casefile import decided, decisions, drifting, items, quoting, seeing, standing, tables
from witnessmark.casefile.cards import Brief, actor_names, bodies_of, parties_of
from witnessmark.casefile.case import Case
from witnessmark.casefile.facts import facts_of
from witnessmark.casefile.genera import wider_of
from witnessmark.casefile.limits import uncollected
from witnessmark.casefile.progress import Progress
from witnessmark.casefile.sketches import wording_of
from witnessmark.casefile.standards import standard
from witnessmark.casefile.standing import Standing
from witnessmark.casefile.steps import gather_key, standing_key
from witnessmark.casefile.traced import Traced, traced
from witnessmark.incidents.dating import inferred_days
from witnessmark.incidents.gather import gather
from witnessmark.incidents.memory import Memory
from witnessmark.incidents.resemblance import Resemblance
from witnessmark.incidents.settle import Settled, settle
from witnessmark.packs.larder import PackLarder
from witnessmark.terms.address import id_of
from witnessmark.terms.card import Card
from witnessmark.terms.incident import Gathered, Incident
from witnessmark.terms.item import Item
from witnessmark.terms.likeness import PARTLY, Likeness
from witnessmark.terms.origin import Origin
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import squeezed
from witnessmark.terms.sketch import Sketch
from witnessmark.tracing.origins import Known, origins
from witnessmark.tracing.stretches import Wording
from witnessmark.tracing.texts import likenesses
from witnessmark.tracing.translated import translations
from witnessmark.weighing.seen import Seen
from witnessmark.weighing.weigh import weigh

_STAGES = ("tracing", "gathering", "weighing")
_ALIKE = ("item", "place_text", "accused", "delivery", "target", "outlet", "passed_on", "published", "published_latest")
_LOT = 2_000  # incidents written at once: each holds its facts and reasons in words
_ASKED = "~"  # the id of a text that is not in the case; it sorts behind all
_encode = msgspec.json.encode


def current(case: Case, db: Connection) -> bool:
    """Whether what stands in the tables was gathered from the readings as they are."""
    stands = db.execute(select(tables.step.c.key).where(tables.step.c.name == "gather")).scalar()
    return stands == _key(case, db)


def _key(case: Case, db: Connection) -> str:
    readings = db.execute(select(tables.reading.c.item, tables.reading.c.key))
    linked = [
        f"{kind} {how} {one} {other}"
        for kind in ("incident", "origin")
        for how, pairs in zip(("join", "split"), decisions.links(db, kind), strict=True)
        for one, other in pairs
    ]
    return gather_key(
        case.larder,
        [*(f"{row.item} {row.key}" for row in readings), *seeing.members(db)],
        linked + list(decided.parts(decided.figures(db))),
    )


def gather_pending(case: Case, *, progress: Progress) -> None:
    """Trace, settle, gather and weigh, unless what stands is current."""
    with case.transaction() as db, uncollected():
        key, made_with = _key(case, db), standing_key(case.larder)
        if db.execute(select(tables.step.c.key).where(tables.step.c.name == "gather")).scalar() == key:
            return
        stands = standing.load(db, made_with)
        found = _gathered(db, stands, case.larder, progress)
        progress("weighing", 2, len(_STAGES))
        _keep(db, found, stands, case.larder, decided.figures(db))
        drifting.keep(db, found.copies, case.larder, stands)
        standing.save(db, made_with, stands)
        tables.put(db, tables.step, [{"name": "gather", "key": key}])
        progress("weighing", len(_STAGES), len(_STAGES))


@dataclass(frozen=True, slots=True)
class _Found:
    """``settled``: claims, by id; ``told``: digests of what is settled of them. What served to find it is not held any longer."""

    settled: dict[str, Settled]
    told: Mapping[str, bytes]
    copies: Sequence[Likeness]
    quotes: Sequence[Likeness]
    groups: Sequence[Gathered]
    seen: seeing.Seen


def _gathered(db: Connection, stands: Standing, larder: PackLarder, progress: Progress) -> _Found:
    """Copies, settled claims and groups of claims."""
    progress("tracing", 0, len(_STAGES))
    briefs = _briefs(db)
    sketches = [one.sketch for one in briefs]
    copies = _copies(db, sketches, stands, larder)
    progress("gathering", 1, len(_STAGES))
    cards, digests = _cards(db)
    cards += [one.mention for one in briefs if one.mention]
    whole = [one for one in copies if one.manner not in PARTLY]  # a part of a text carries not all its claims along
    settled = settle(cards, inferred_days(sketches, whole))
    memory = Memory(standing.told(settled, digests), stands.compared)
    groups = gather(settled, whole, Resemblance(sketches), *decisions.links(db), memory)
    stands.compared = memory.after
    seen = seeing.see(db)
    quotes = quoting.likenesses((one.sketch.item, one.linked) for one in briefs)
    return _Found({one.card.claim: one for one in settled}, memory.told, copies, quotes, groups, seen)


def _briefs(db: Connection) -> list[Brief]:
    decoder = msgspec.msgpack.Decoder(Brief)
    return [
        decoder.decode(blob)
        for blob in db.execute(select(tables.reading.c.brief).order_by(tables.reading.c.item)).scalars()
    ]


def _cards(db: Connection) -> tuple[list[Card], dict[str, bytes]]:
    """Every claim's card, in the order they lie in, and its digest. What many hold alike (places, parties, outlets) is held once."""
    decoder = msgspec.msgpack.Decoder(Card)
    held: dict[object, object] = {}
    out, digests = [], {}
    for blob in db.execute(select(tables.claim.c.card)).scalars():
        card = decoder.decode(blob)
        same: dict[str, object] = {name: value for name in _ALIKE if (value := getattr(card, name))}
        for name, value in same.items():
            object.__setattr__(
                card, name, held.setdefault(value, value)
            )  # an equal value; a copy of the card takes longer
        object.__setattr__(card, "spots", tuple(held.setdefault(spot, spot) for spot in card.spots))
        out.append(card)
        digests[card.claim] = standing.digest(blob)
    return out, digests


def _copies(db: Connection, sketches: Sequence[Sketch], stands: Standing, larder: PackLarder) -> list[Likeness]:
    """Copies of words, and what may be translations of them; items that are copies of each other are no translations."""

    def words(wanted: Sequence[str]) -> dict[str, Wording]:
        return {item.id: wording_of(item, reading) for item, reading in _read(db, wanted)}

    def facts(wanted: Sequence[str]) -> dict[str, list[str]]:
        return {item.id: [one.words for one in facts_of(item, reading, larder)] for item, reading in _read(db, wanted)}

    found = {(one.one, one.other): one for one in likenesses(sketches, words, stands.counted)}
    for one in translations(sketches, facts):
        found.setdefault((one.one, one.other), one)
    return sorted(found.values())


def _read(db: Connection, wanted: Sequence[str]) -> Iterator[tuple[Item, Reading]]:
    """Some items with their readings."""
    decoder = msgspec.json.Decoder(Reading)
    for lot in tables.chunks(wanted):
        rows = db.execute(select(tables.reading.c.item, tables.reading.c.blob).where(tables.reading.c.item.in_(lot)))
        blobs = {row.item: row.blob for row in rows}
        for item in items.fetch(db, lot):
            if item.id in blobs:
                yield item, decoder.decode(blobs[item.id])


def held_against(db: Connection, larder: PackLarder, sketch: Sketch, wording: Wording) -> list[tuple[Item, Likeness]]:
    """Items of the case with the words of a text that is not in it, the most alike first."""
    asked = replace(sketch, item=_ASKED, native=None, published=None)
    sketches = [*(one.sketch for one in _briefs(db)), asked]

    def words(wanted: Sequence[str]) -> dict[str, Wording]:
        told = {item.id: wording_of(item, reading) for item, reading in _read(db, wanted)}
        return {**told, _ASKED: wording} if _ASKED in wanted else told

    stands = standing.load(db, standing_key(larder), keep=True)
    found = [one for one in likenesses(sketches, words, dict(stands.counted)) if _ASKED in (one.one, one.other)]
    others = {one.other if one.one == _ASKED else one.one: one for one in found}
    return [(item, others[item.id]) for item in items.fetch(db, others)]


def _keep(db: Connection, found: _Found, stands: Standing, larder: PackLarder, figures: decided.Decided) -> None:
    """Bring the rows up to what was found; incidents whose every member, copy and reason is as it was stand as they are."""
    db.execute(delete(tables.likeness))
    tables.put(
        db,
        tables.likeness,
        [
            {"one": one.one, "other": one.other, "manner": one.manner, "blob": _encode(one)}
            for one in (*found.copies, *found.quotes, *seeing.likenesses(found.seen))
        ],
    )
    seeing.keep(db, found.seen)
    told = decided.told(found.told, figures)
    by = traced(
        found.groups,
        found.settled,
        (*found.copies, *found.quotes),
        found.seen,
        decisions.links(db, "origin"),
        seeing.marks(db, found.seen, larder),
    )
    weighed = {group.id: standing.of_group(group, told, one) for group, one in zip(found.groups, by, strict=True)}
    anew = {one for one, digest in weighed.items() if stands.weighed.get(one) != digest}
    standing.clear(db, [one for one in stands.weighed if one in anew or one not in weighed])
    todo = [(group, one) for group, one in zip(found.groups, by, strict=True) if group.id in anew]
    rows = _weighed(todo, found.settled, larder, figures, _publishers(db))
    while lot := list(islice(rows, _LOT)):
        _keep_lot(db, lot, found.settled)
    standing.assign(db, {claim: group.id for group in found.groups for claim in group.claims})
    stands.weighed = weighed


def _weighed(
    groups: Sequence[tuple[Gathered, Traced]],
    settled: dict[str, Settled],
    larder: PackLarder,
    figures: decided.Decided,
    published: frozenset[str],
) -> Iterator[tuple[Incident, list[Origin]]]:
    """Each group weighed, with its origins. ``figures``: those that people decided, in place of the ones read; ``published``: who does."""
    rules = standard(larder)
    strikes = {row.key: frozenset(row.fields["of"].split("|")) for row in larder.rows("strikes")}
    names, parties, wider = actor_names(larder), parties_of(larder), wider_of(larder)
    bodies = bodies_of(larder)
    for group, by in groups:
        members = [decided.over(settled[claim], figures) for claim in group.claims]
        again = frozenset(one.later.item for one in by.recycled)
        known = Known(
            names=names,
            parties=parties,
            bodies=bodies,
            published=published,
            media=by.media,
            marked=by.marked,
            recycled=again,
            decided=by.decided,
        )
        stood = origins([one.card for one in members if one.card.kind != "mention"], by.copies, known)
        seen = [
            Seen(
                card=one.card, spot=one.spot, place_why=one.place_why, first=one.first,
                last=one.last, stated=one.stated, day_why=one.day_why,
            )
            for one in members
        ]  # fmt: skip
        found = weigh(group, seen, stood, rules, strikes, wider, parties, names)
        yield replace(decided.signed(found, figures), recycled=tuple(by.recycled)), stood


def _publishers(db: Connection) -> frozenset[str]:
    """The names of all who publish in the case, letters and digits alone."""
    rows = select(tables.voice.c.name).where(tables.voice.c.number == 0).distinct()
    return frozenset(map(squeezed, db.execute(rows).scalars()))


def _keep_lot(db: Connection, lot: Sequence[tuple[Incident, list[Origin]]], settled: dict[str, Settled]) -> None:
    """Some incidents with their origins."""
    tables.put(db, tables.incident, [{"id": one.id, "blob": _encode(one)} for one, _ in lot])
    stood = [origin for _, all_ in lot for origin in all_]
    tables.put(db, tables.origin, [{"id": one.id, "blob": _encode(one)} for one in stood])
    tables.put(
        db,
        tables.origin_item,
        [
            {"claim": claim, "item": settled[claim].card.item, "origin": one.id, "alias": id_of("origin", claim)}
            for one in stood
            for claim in one.claims
        ],
    )
