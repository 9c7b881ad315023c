"""Reading the lettering in pictures (captions, watermarks, logos), in worker processes, where this machine has an engine for it.

Who is named there is credited: a handle, an account's address, a name after "via". Without the engine pictures wait, and the
status says how many. What it does not prove: that words were read right; see ``media/lettering.py``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import Connection, delete, func, select

from witnessmark.casefile import looking, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.progress import Progress
from witnessmark.casefile.spread import Died, Failed, Spread, attempt, batched
from witnessmark.casefile.steps import letters_key
from witnessmark.media.lettering import lacking, lettering, marks
from witnessmark.media.pixels import NoPicture, decode
from witnessmark.packs.larder import PackLarder
from witnessmark.terms.lettering import Lettering
from witnessmark.terms.ports import Engines

SECONDS = 60.0  # of this program's own processor time for one picture; the engine has limits of its own
_BATCH = 4
_ORDER = ("link", "handle", "via", "actor")
_encode = msgspec.msgpack.encode


@dataclass(frozen=True, slots=True)
class Task:
    """One picture: its address, the file that holds it, and the engines."""

    address: str
    path: str
    engines: Engines


def _read_one(task: Task) -> bytes:
    try:
        still = decode(Path(task.path).read_bytes())
    except NoPicture as wrong:
        return _encode(Lettering(trouble=wrong.why))
    return _encode(lettering(still.luma, task.engines))


def read_batch(tasks: list[Task]) -> list[bytes | Failed]:
    """In a worker: the lettering of each picture; a failure of one is its own."""
    return [attempt(_read_one, task, SECONDS) for task in tasks]


def pending(db: Connection, key: str) -> list[str]:
    """Pictures whose lettering was not read, sorted."""
    read = select(tables.lettering.c.address).where(tables.lettering.c.key == key)
    of = tables.item.c
    found = select(of.address).where(of.kind == "picture", of.address.not_in(read)).distinct()
    return list(db.execute(found.order_by(of.address)).scalars())


def read_letters(case: Case, engines: Engines | None, *, jobs: int, progress: Progress) -> None:
    """Read the lettering of every picture that waits, where the engine is there."""
    if engines is None or lacking(engines) or not looking.ready():
        return
    key = letters_key()
    with case.transaction() as db:
        todo = pending(db, key)
    if not todo:
        return
    done = 0
    tasks = (Task(address, str(case.shelves.path(address)), engines) for address in todo)
    with Spread(read_batch, jobs=jobs) as spread:
        for batch, outcome in spread.over(batched(tasks, max(1, min(_BATCH, len(todo) // (jobs * 4))))):
            _settle(case, batch, outcome, key)
            done += len(batch)
            progress("lettering", done, len(todo))


def _settle(case: Case, batch: Sequence[Task], outcome: list[bytes | Failed] | Died, key: str) -> None:
    results: list[bytes | Failed | Died] = [outcome] if isinstance(outcome, Died) else list(outcome)
    with case.transaction() as db:
        addresses = [task.address for task in batch]
        failed = tables.failure.c
        db.execute(delete(tables.failure).where(failed.step == "lettering", failed.subject.in_(addresses)))
        blobs = [one if isinstance(one, bytes) else _encode(Lettering(trouble=one.why)) for one in results]
        rows = [{"address": at, "key": key, "blob": blob} for at, blob in zip(addresses, blobs, strict=True)]
        tables.put(db, tables.lettering, rows)
        wrong = [(at, one.why) for at, one in zip(addresses, results, strict=True) if not isinstance(one, bytes)]
        tables.put(db, tables.failure, [{"step": "lettering", "subject": at, "why": why} for at, why in wrong])


def of_media(db: Connection, addresses: Sequence[str]) -> Iterator[tuple[str, Lettering]]:
    """The lettering of pictures, sorted by address."""
    decoder = msgspec.msgpack.Decoder(Lettering)
    for lot in tables.chunks(sorted(addresses)):
        rows = select(tables.lettering.c.address, tables.lettering.c.blob).where(tables.lettering.c.address.in_(lot))
        for row in db.execute(rows.order_by(tables.lettering.c.address)):
            yield row.address, decoder.decode(row.blob)


def counted(db: Connection) -> tuple[int, int]:
    """How many pictures were read, and how many wait."""
    read = int(db.execute(select(func.count()).select_from(tables.lettering)).scalar_one())
    return read, len(pending(db, letters_key()))


def keys(db: Connection) -> list[str]:
    """What the steps over the case depend on."""
    rows = select(tables.lettering.c.address, tables.lettering.c.key)
    return sorted(f"lettering {row.address} {row.key}" for row in db.execute(rows))


def credited(read: Lettering, larder: PackLarder) -> tuple[tuple[str, str | None], ...]:
    """Whom a picture's lettering names, surest first: handles and addresses, names after "via", bodies known to the packs."""
    found = sorted(marks(read, larder), key=lambda one: (_ORDER.index(one.kind), one.line, one.to))
    told = [(one.written, one.to) if one.kind == "actor" else (one.to, None) for one in found]
    return tuple(dict.fromkeys(told))
