"""The steps over the whole case: copies, settling, gathering, origins, weighing; kept under one key.

The key is over the sorted keys of all readings, the links and figures people decided, the packs and the libraries: the same case has
the same key however it was added and run, and nothing is done again in vain. All rows are replaced in one transaction, so a run
cut off leaves the former gathering standing, marked as not current.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update

from witnessmark.casefile import decided, decisions, items, tables
from witnessmark.casefile.cards import Brief, actor_names, parties_of, words_of
from witnessmark.casefile.case import Case
from witnessmark.casefile.progress import Progress
from witnessmark.casefile.steps import gather_key
from witnessmark.incidents.dating import inferred_days
from witnessmark.incidents.gather import gather
from witnessmark.incidents.resemblance import Resemblance
from witnessmark.incidents.settle import Settled, settle
from witnessmark.packs.larder import PackLarder
from witnessmark.terms.address import id_of
from witnessmark.terms.card import Card
from witnessmark.terms.incident import Gathered, Incident
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.origin import Origin
from witnessmark.terms.reading import Reading
from witnessmark.tracing.origins import origins
from witnessmark.tracing.texts import likenesses
from witnessmark.weighing.weigh import Seen, weigh

_STAGES = ("tracing", "gathering", "weighing")
_ALIKE = ("item", "place_text", "accused", "delivery", "target", "outlet", "passed_on", "published", "published_latest")
_LOT = 2_000  # incidents written at once: each holds its facts and reasons in words
_encode = msgspec.json.encode


def current(case: Case, db: Connection) -> bool:
    """Whether what stands in the tables was gathered from the readings as they are."""
    stands = db.execute(select(tables.step.c.key).where(tables.step.c.name == "gather")).scalar()
    return stands == _key(case, db)


def _key(case: Case, db: Connection) -> str:
    readings = db.execute(select(tables.reading.c.item, tables.reading.c.key))
    joins, splits = decisions.links(db)
    return gather_key(
        case.larder,
        [f"{row.item} {row.key}" for row in readings],
        [f"{kind} {one} {other}" for kind, pairs in (("join", joins), ("split", splits)) for one, other in pairs]
        + list(decided.parts(decided.figures(db))),
    )


def gather_pending(case: Case, *, progress: Progress) -> None:
    """Trace, settle, gather and weigh, unless what stands is current."""
    with case.transaction() as db:
        key = _key(case, db)
        if db.execute(select(tables.step.c.key).where(tables.step.c.name == "gather")).scalar() == key:
            return
        settled, copies, groups = _gathered(db, progress)
        progress("weighing", 2, len(_STAGES))
        _keep(db, copies, _weighed(groups, settled, copies, case.larder, decided.figures(db)))
        tables.put(db, tables.step, [{"name": "gather", "key": key}])
        progress("weighing", len(_STAGES), len(_STAGES))


def _gathered(db: Connection, progress: Progress) -> tuple[dict[str, Settled], Sequence[Likeness], Sequence[Gathered]]:
    """Claims settled, by id; copies; and the groups of claims. What served to find them is not held any longer."""
    progress("tracing", 0, len(_STAGES))
    briefs = _briefs(db)
    sketches = [one.sketch for one in briefs]
    copies = likenesses(sketches, lambda wanted: _words(db, wanted))
    progress("gathering", 1, len(_STAGES))
    settled = settle([*_cards(db), *(one.mention for one in briefs if one.mention)], inferred_days(sketches, copies))
    groups = gather(settled, copies, Resemblance(sketches), *decisions.links(db))
    return {one.card.claim: one for one in settled}, copies, groups


def _briefs(db: Connection) -> list[Brief]:
    decoder = msgspec.msgpack.Decoder(Brief)
    return [
        decoder.decode(blob)
        for blob in db.execute(select(tables.reading.c.brief).order_by(tables.reading.c.item)).scalars()
    ]


def _cards(db: Connection) -> list[Card]:
    """Every claim's card, by id. What many cards hold alike (places, parties, outlets) is held once."""
    decoder = msgspec.msgpack.Decoder(Card)
    held: dict[object, Any] = {}
    out = []
    for blob in db.execute(select(tables.claim.c.card).order_by(tables.claim.c.id)).scalars():
        card = decoder.decode(blob)
        same = {name: value for name in _ALIKE if (value := getattr(card, name))}
        same["spots"] = tuple(held.setdefault(spot, spot) for spot in card.spots)
        out.append(replace(card, **{name: held.setdefault(value, value) for name, value in same.items()}))
    return out


def _words(db: Connection, wanted: Sequence[str]) -> dict[str, list[str]]:
    """The folded words of some items."""
    found: dict[str, list[str]] = {}
    decoder = msgspec.json.Decoder(Reading)
    for lot in tables.chunks(wanted):
        rows = db.execute(select(tables.reading.c.item, tables.reading.c.blob).where(tables.reading.c.item.in_(lot)))
        blobs = {row.item: row.blob for row in rows}
        for item in items.fetch(db, lot):
            if item.id in blobs:
                found[item.id] = words_of(item, decoder.decode(blobs[item.id]))
    return found


def _weighed(
    groups: Sequence[Gathered],
    settled: dict[str, Settled],
    copies: Sequence[Likeness],
    larder: PackLarder,
    figures: decided.Decided,
) -> Iterator[tuple[Incident, list[Origin]]]:
    """Each group weighed, with its origins. ``figures``: those that people decided, in place of the ones read."""
    touching: dict[str, list[Likeness]] = defaultdict(list)
    for like in copies:
        touching[like.one].append(like)
    wording = {row.key: row.fields for row in larder.rows("grades")}
    strikes = {row.key: frozenset(row.fields["of"].split("|")) for row in larder.rows("strikes")}
    names, parties = actor_names(larder), parties_of(larder)
    for group in groups:
        members = [decided.over(settled[claim], figures) for claim in group.claims]
        inside = {one.card.item for one in members}
        between = [like for item in sorted(inside) for like in touching[item] if like.other in inside]
        stood = origins([one.card for one in members if one.card.kind != "mention"], between, names, parties)
        seen = [
            Seen(
                card=one.card, spot=one.spot, place_why=one.place_why, first=one.first,
                last=one.last, stated=one.stated, day_why=one.day_why,
            )
            for one in members
        ]  # fmt: skip
        yield decided.signed(weigh(group, seen, stood, wording, strikes), figures), stood


def _keep(db: Connection, copies: Sequence[Likeness], weighed: Iterator[tuple[Incident, list[Origin]]]) -> None:
    """Replace what stands."""
    for table in (tables.likeness, tables.origin, tables.origin_item, tables.incident):
        db.execute(delete(table))
    db.execute(update(tables.claim).values(incident=None))
    tables.put(
        db,
        tables.likeness,
        [{"one": one.one, "other": one.other, "manner": one.manner, "blob": _encode(one)} for one in copies],
    )
    item_of = {row.id: row.item for row in db.execute(select(tables.claim.c.id, tables.claim.c.item))}
    while lot := list(islice(weighed, _LOT)):
        _keep_lot(db, lot, item_of)


def _keep_lot(db: Connection, lot: Sequence[tuple[Incident, list[Origin]]], item_of: Mapping[str, str]) -> None:
    """Some incidents with their origins, and which claim stands in which."""
    tables.put(db, tables.incident, [{"id": one.id, "blob": _encode(one)} for one, _ in lot])
    stood = [origin for _, all_ in lot for origin in all_]
    tables.put(db, tables.origin, [{"id": one.id, "blob": _encode(one)} for one in stood])
    tables.put(
        db,
        tables.origin_item,
        [
            {"claim": claim, "item": item_of[claim], "origin": one.id, "alias": id_of("origin", claim)}
            for one in stood
            for claim in one.claims
        ],
    )
    belongs = [{"member": claim, "group": incident.id} for incident, _ in lot for claim in incident.claims]
    if belongs:
        db.execute(
            update(tables.claim).where(tables.claim.c.id == bindparam("member")).values(incident=bindparam("group")),
            belongs,
        )
