"""The search for copies among all pictures, clips and recordings of a case, kept under a key over what was kept of each.

A set step. What stands for media that did not change is gone on from: links between pictures, close looks at clips, and
suggestions by features, which are made when a picture is new. A suggestion joins nothing; which were made may hang on
what was there when a picture came, and running again with everything new makes all. Where clips may share a stretch both are decoded
closely there, in worker processes. What it does not do: say who was first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection, delete, select

from witnessmark.casefile import closely, looking, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.progress import Progress
from witnessmark.casefile.steps import compare_key
from witnessmark.casefile.suggesting import suggested
from witnessmark.terms.copy import Copy
from witnessmark.terms.medium import Medium
from witnessmark.tracing import clip_copies, looks, pictures, stills
from witnessmark.tracing.picture_copies import Match, copy_of

_STEP = "compare"


PathOf: TypeAlias = Callable[[str], Path]


@dataclass(slots=True)
class Compared:
    """What stands of a search. ``keys``: of each medium when it was compared; ``links``: between pictures; ``close``: what close looks found."""

    keys: dict[str, str] = field(default_factory=dict)
    links: list[Match] = field(default_factory=list)
    close: dict[str, bytes] = field(default_factory=dict)


def _key(db: Connection) -> str:
    looked = db.execute(select(tables.look.c.address, tables.look.c.key))
    return compare_key([f"{row.address} {row.key}" for row in looked])


def current(db: Connection) -> bool:
    """Whether the copies that stand are those of the media as they were seen; a case without media has none."""
    stands = db.execute(select(tables.step.c.key).where(tables.step.c.name == _STEP)).scalar()
    return stands == _key(db) or (stands is None and looking.count(db) == 0)


def compare_pending(case: Case, *, jobs: int, progress: Progress) -> None:
    """Find copies, unless those that stand are current."""
    with case.transaction() as db:
        if current(db) or not looking.ready():
            return
        key = _key(db)
        stands = _load(db)
        kept = {address: _less_features(seen) for address, _, seen in looking.media(db)}
        keys = {row.address: row.key for row in db.execute(select(tables.look.c.address, tables.look.c.key))}
    progress("comparing", 0, 1)
    if any(keys.get(address) != was for address, was in stands.keys.items()):
        stands = Compared(close=stands.close)  # a link may rest on what is gone
    fresh = keys.keys() - stands.keys.keys()
    found = [*_of_pictures(kept, fresh, stands), *_of_clips(case.shelves.path, kept, stands, jobs)]
    with case.transaction() as db:
        found += suggested(db, kept, dict.fromkeys(fresh), stands.links)
    stands.keys = keys
    with case.transaction() as db:
        _keep(db, found, fresh)
        tables.put(db, tables.standing, [{"name": _STEP, "key": key, "blob": msgspec.msgpack.encode(stands)}])
        tables.put(db, tables.step, [{"name": _STEP, "key": key}])
    progress("comparing", 1, 1)


def _less_features(one: Medium) -> Medium:
    """A medium without the features of its picture, which are many, and are fetched a lot at a time."""
    return replace(one, still=replace(one.still, features=None)) if one.still else one


def _load(db: Connection) -> Compared:
    """What stands, made with the same version and libraries; nothing else serves."""
    row = db.execute(select(tables.standing).where(tables.standing.c.name == _STEP)).first()
    stands = db.execute(select(tables.step.c.key).where(tables.step.c.name == _STEP)).scalar()
    if row is None or stands != row.key:
        return Compared()
    found = msgspec.msgpack.decode(row.blob, type=Compared)
    same = compare_key([f"{address} {key}" for address, key in found.keys.items()]) == row.key
    return found if same else Compared()


def _keep(db: Connection, found: Iterable[Copy], fresh: Iterable[str]) -> None:
    """The copies found, in place of those that stood; suggestions between media that did not change stay."""
    new = set(fresh)
    rows = select(tables.copy.c.one, tables.copy.c.other, tables.copy.c.manner)
    gone = [
        row._mapping  # noqa: SLF001 - SQLAlchemy's public name
        for row in db.execute(rows)
        if row.manner != "features" or {row.one, row.other} & new
    ]
    for row in gone:
        db.execute(
            delete(tables.copy).where(
                tables.copy.c.one == row["one"],
                tables.copy.c.other == row["other"],
                tables.copy.c.manner == row["manner"],
            )
        )
    tables.put(db, tables.copy, [_row(one) for one in found])


def _row(one: Copy) -> dict[str, object]:
    return {
        "one": one.one,
        "other": one.other,
        "manner": one.manner,
        "certain": int(one.certain),
        "blob": msgspec.json.encode(one),
    }


def _of_pictures(kept: Mapping[str, Medium], fresh: set[str], stands: Compared) -> list[Copy]:
    """Copies of pictures by their hashes."""
    seen = {address: one.still for address, one in kept.items() if one.still and not one.still.plain}
    held = pictures.Pictures()
    held.hold({address: one for address, one in seen.items() if address not in fresh})
    found, stands.links = pictures.copies(
        {address: one for address, one in seen.items() if address in fresh}, held, stands.links
    )
    return found


def _of_clips(
    path: PathOf, kept: Mapping[str, Medium], stands: Compared, jobs: int, fresh: frozenset[str] | None = None
) -> Iterator[Copy]:
    """Copies of clips and their sound, and stills that are a clip's picture; with ``fresh`` only those that concern these."""
    clips = {address: one.footage for address, one in kept.items() if one.footage}
    if not clips:
        stands.close = {}
        return
    shown = {address: one.still for address, one in kept.items() if one.still and not one.still.plain}
    sure, maybe = stills.in_clips(shown, clips, fresh)
    with closely.Decoder(path, stands.close, jobs) as decoder:
        decoder.ahead(
            closely.of_looks(looks.looks(clips, fresh)) + [(one.clip, one.start, one.end, None) for one in maybe]
        )
        yield from sure
        for still in maybe:
            one = stills.seen(still, shown[still.still], decoder(still.clip, still.start, still.end, None))
            if one is not None:
                yield one
        yield from clip_copies.copies(clips, decoder, fresh)
        stands.close = decoder.used


def held_against(case: Case, db: Connection, address: str, path: Path, seen: Medium) -> list[Copy]:
    """What of the case is a copy of a medium that is not in it, the certain first. ``path``: its file."""
    kept = {one: _less_features(medium) for one, _, medium in looking.media(db) if one != address}
    shown = {one: medium.still for one, medium in kept.items() if medium.still and not medium.still.plain}
    found: list[Copy] = []
    if seen.still and not seen.still.plain:
        held = pictures.Pictures()
        held.hold(shown)
        found += [copy_of(match) for match in held.like({address: seen.still})]

    def where(one: str) -> Path:
        return path if one == address else case.shelves.path(one)

    found += _of_clips(where, {**kept, address: _less_features(seen)}, Compared(), 1, frozenset({address}))
    sure = {(one.one, one.other) for one in found}
    found += [one for one in suggested(db, kept, {address: seen}, ()) if (one.one, one.other) not in sure]
    return sorted(found, key=lambda one: (not one.certain, one.one, one.other, one.manner))
