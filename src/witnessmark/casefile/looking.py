"""Looking at preserved pictures and clips, in worker processes: what is kept of each so that copies of it are found.

Of each object once, whoever carries it, under a key of its own. Where the extra ``[media]`` is not installed the step stays
pending, and everything else goes on. What could not be decoded is among the failures, with its reason; what could be in
part keeps a notice. What it does not do: compare.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import msgspec
from sqlalchemy import Connection, delete, func, select

from witnessmark.casefile import tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.progress import Progress
from witnessmark.casefile.spread import Died, Failed, Spread, attempt, batched
from witnessmark.casefile.steps import look_key
from witnessmark.media.medium import medium
from witnessmark.terms.medium import Medium

KINDS = ("picture", "clip", "sound")
NEEDED = ("av", "cv2", "simplejpeg")
SECONDS, PER_MIB = (
    120.0,
    5.0,
)  # of processor time for one file, and more for each MiB of it: an hour of film takes minutes
_BATCH = 8
_encode = msgspec.msgpack.encode


@dataclass(frozen=True, slots=True)
class Task:
    """One object to look at: its address, the file that holds it, and what it is."""

    address: str
    path: str
    kind: str


def ready() -> bool:
    """Whether what decodes pictures and clips is installed."""
    return all(find_spec(name) is not None for name in NEEDED)


def _look_one(task: Task) -> bytes:
    return _encode(medium(Path(task.path), task.kind))


def look_batch(tasks: list[Task]) -> list[bytes | Failed]:
    """In a worker: look at each object; a failure of one is its own."""
    return [attempt(_look_one, task, SECONDS + PER_MIB * Path(task.path).stat().st_size / (1 << 20)) for task in tasks]


def pending(db: Connection, key: str) -> list[tuple[str, str]]:
    """Pictures and clips not looked at with these readers, sorted: address and kind."""
    looked = select(tables.look.c.address).where(tables.look.c.key == key)
    of = tables.item.c
    found = select(of.address, of.kind).where(of.kind.in_(KINDS), of.address.not_in(looked)).distinct()
    return [(row.address, row.kind) for row in db.execute(found.order_by(of.address))]


def look_pending(case: Case, *, jobs: int, progress: Progress) -> None:
    """Look at every picture and clip that is not looked at yet."""
    key = look_key()
    with case.transaction() as db:
        gone = select(tables.item.c.address).where(tables.item.c.kind.in_(KINDS))
        db.execute(delete(tables.look).where(tables.look.c.address.not_in(gone)))
        todo = pending(db, key) if ready() else []
    if not todo:
        return
    done = 0
    tasks = (Task(address, str(case.shelves.path(address)), kind) for address, kind in todo)
    size = max(1, min(_BATCH, len(todo) // (jobs * 4)))
    with Spread(look_batch, jobs=jobs) as spread:
        for batch, outcome in spread.over(batched(tasks, size)):
            _settle(case, batch, outcome, key)
            done += len(batch)
            progress("looking", done, len(todo))


def _settle(case: Case, batch: list[Task], outcome: list[bytes | Failed] | Died, key: str) -> None:
    results: list[bytes | Failed | Died] = [outcome] if isinstance(outcome, Died) else list(outcome)
    with case.transaction() as db:
        db.execute(
            delete(tables.failure).where(
                tables.failure.c.step == "look", tables.failure.c.subject.in_([task.address for task in batch])
            )
        )
        rows, failed = [], []
        for task, result in zip(batch, results, strict=True):
            blob = result if isinstance(result, bytes) else _encode(Medium(unseen=result.why))
            rows.append({"address": task.address, "key": key, "blob": blob})
            why = msgspec.msgpack.decode(blob, type=_Unseen).unseen
            failed += [{"step": "look", "subject": task.address, "why": why}] if why else []
        tables.put(db, tables.look, rows)
        tables.put(db, tables.failure, failed)


class _Unseen(msgspec.Struct):
    """Of what is kept, why there is nothing to compare."""

    unseen: str | None


def media(db: Connection, addresses: list[str] | None = None) -> Iterator[tuple[str, str, Medium]]:
    """What is kept of each object, sorted by address: address, key, medium."""
    decoder = msgspec.msgpack.Decoder(Medium)
    found = select(tables.look).order_by(tables.look.c.address)
    for lot in [None] if addresses is None else tables.chunks(sorted(addresses)):
        for row in db.execute(found if lot is None else found.where(tables.look.c.address.in_(lot))):
            yield row.address, row.key, decoder.decode(row.blob)


def count_pending(db: Connection, key: str) -> int:
    """How many pictures and clips wait to be looked at."""
    return len(pending(db, key))


def count(db: Connection) -> int:
    """How many have been looked at."""
    return int(db.execute(select(func.count()).select_from(tables.look)).scalar_one())
