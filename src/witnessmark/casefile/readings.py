"""Reading items in worker processes, and keeping what was read.

Reading is per item and pure. A worker opens the packs once, gets items and gives back encoded rows; only the parent
writes. A reading stands under a key of everything it was made with; with another key it is made anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
from sqlalchemy import Connection, and_, delete, func, select

from witnessmark.casefile import items, search, tables
from witnessmark.casefile.cards import brief_of, card_rows, cards_of
from witnessmark.casefile.case import Case
from witnessmark.casefile.drifting import account_row
from witnessmark.casefile.progress import Progress
from witnessmark.casefile.spread import Died, Failed, Spread, attempt, batched
from witnessmark.casefile.steps import read_key
from witnessmark.casefile.voices import voice_rows
from witnessmark.packs.larder import PackLarder, folders
from witnessmark.packs.pack import load
from witnessmark.reading.item import read_item
from witnessmark.terms.address import digest_of
from witnessmark.terms.item import Item

SECONDS = 120.0  # of processor time for one item; a post takes a few thousandths
_BATCH = 48
_LOT = 2000


class Row(msgspec.Struct):
    """What a worker gives back for one item, ready for the tables."""

    item: str
    unreadable: str | None
    brief: bytes
    blob: bytes
    claims: list[dict[str, object]]
    account: dict[str, object] | None
    voices: list[dict[str, object]]
    words: str


@cache
def _larder(packs: str) -> PackLarder:
    """In a worker: the packs, opened once."""
    return PackLarder([load(folder) for folder in folders(Path(packs))])


def _read_one(task: tuple[str, Item]) -> Row:
    packs, item = task
    larder = _larder(packs)
    reading = read_item(item, larder)
    cards = cards_of(item, reading, larder)
    return Row(
        item=item.id,
        unreadable=reading.unreadable.kind if reading.unreadable else None,
        brief=msgspec.msgpack.encode(brief_of(item, reading, larder)),
        blob=msgspec.json.encode(reading),
        claims=card_rows(reading, cards),
        account=account_row(item, reading, larder),
        voices=voice_rows(item, reading, cards, larder),
        words=search.indexed(item, reading, larder),
    )


def read_batch(tasks: list[tuple[str, Item]]) -> list[Row | Failed]:
    """In a worker: read each item; a failure of one is its own."""
    return [attempt(_read_one, task, SECONDS) for task in tasks]


def key_of(base: str, item_digest: str) -> str:
    """The key of one reading: what it was made with, and the item's content."""
    return digest_of(base, item_digest)


def pending(db: Connection, base: str) -> Iterator[str]:
    """Ids of items whose reading is missing or stale, sorted."""
    stands = {row.item: row.key for row in db.execute(select(tables.reading.c.item, tables.reading.c.key))}
    failed = {row.subject: row.why for row in db.execute(select(tables.failure).where(tables.failure.c.step == "read"))}
    for row in db.execute(select(tables.item.c.id, tables.item.c.digest).order_by(tables.item.c.id)):
        key = key_of(base, row.digest)
        if stands.get(row.id) != key and not failed.get(row.id, "").startswith(key):
            yield row.id


def read_pending(case: Case, *, jobs: int, progress: Progress) -> None:
    """Read every item that has no current reading."""
    base = read_key(case.larder)
    with case.transaction() as db:
        _drop_orphans(db)
        todo = list(pending(db, base))
    if not todo:
        return
    done = 0
    with Spread(read_batch, jobs=jobs) as spread:
        for batch, outcome in spread.over(_batches(case, todo, jobs)):
            _settle(case, [item for _, item in batch], outcome, base)
            done += len(batch)
            progress("reading", done, len(todo))


def _batches(case: Case, todo: list[str], jobs: int) -> Iterator[list[tuple[str, Item]]]:
    packs = str(case.packs_folder)
    size = max(1, min(_BATCH, len(todo) // (jobs * 4)))
    for lot in batched(todo, _LOT):
        with case.transaction() as db:
            found = list(items.fetch(db, lot))
        yield from batched(((packs, item) for item in found), size)


def _settle(case: Case, batch: list[Item], outcome: list[Row | Failed] | Died, base: str) -> None:
    results: list[Row | Failed | Died] = [outcome] if isinstance(outcome, Died) else list(outcome)
    with case.transaction() as db:
        wanted = select(tables.item.c.id, tables.item.c.digest).where(tables.item.c.id.in_([item.id for item in batch]))
        digests = {row.id: row.digest for row in db.execute(wanted)}
        ids = [item.id for item in batch]
        search.forget(db, ids)
        for table in (tables.claim, tables.account, tables.voice):
            db.execute(delete(table).where(table.c.item.in_(ids)))
        db.execute(delete(tables.reading).where(tables.reading.c.item.in_(ids)))
        db.execute(
            delete(tables.step).where(tables.step.c.name != "compare")
        )  # their claims stand in no incident now, even where they come to the same key
        db.execute(delete(tables.failure).where(tables.failure.c.step == "read", tables.failure.c.subject.in_(ids)))
        keys = {one: key_of(base, digest) for one, digest in digests.items()}
        done = [result for result in results if isinstance(result, Row)]
        _keep(db, done, keys)
        failed = [
            (item.id, result.why) for item, result in zip(batch, results, strict=True) if not isinstance(result, Row)
        ]
        tables.put(
            db,
            tables.failure,
            [{"step": "read", "subject": item, "why": f"{keys[item]} {why}"} for item, why in failed],
        )


def _keep(db: Connection, done: Sequence[Row], keys: Mapping[str, str]) -> None:
    """Put what was read into the tables, a batch in one statement."""
    tables.put(
        db,
        tables.reading,
        [
            {
                "item": row.item,
                "key": keys[row.item],
                "unreadable": row.unreadable,
                "brief": row.brief,
                "blob": row.blob,
            }
            for row in done
        ],
    )
    tables.put(db, tables.claim, [claim for row in done for claim in row.claims])
    tables.put(db, tables.account, [row.account for row in done if row.account])
    tables.put(db, tables.voice, [voice for row in done for voice in row.voices])
    search.index(db, [(row.item, row.words) for row in done])


def _drop_orphans(db: Connection) -> None:
    """Readings of items that a newer opening no longer gives."""
    gone = select(tables.reading.c.item).where(tables.reading.c.item.not_in(select(tables.item.c.id)))
    orphans = list(db.execute(gone).scalars())
    for lot in tables.chunks(orphans):
        search.forget(db, lot)
        for table in (tables.claim, tables.account, tables.voice):
            db.execute(delete(table).where(table.c.item.in_(lot)))
        db.execute(delete(tables.reading).where(tables.reading.c.item.in_(lot)))


def count_pending(db: Connection, base: str) -> int:
    """How many items wait to be read."""
    return sum(1 for _ in pending(db, base))


def count_read(db: Connection) -> int:
    """How many readings stand."""
    return int(db.execute(select(func.count()).select_from(tables.reading)).scalar_one())


def unreadable(db: Connection) -> int:
    """How many captures hold no post."""
    return int(
        db.execute(
            select(func.count()).select_from(tables.reading).where(and_(tables.reading.c.unreadable.is_not(None)))
        ).scalar_one()
    )
