"""Opening preserved objects into items, in worker processes, from the vault.

A worker writes what it finds to a file in the spool, line by line, and returns only where that file is; the parent puts
the rows into the tables a lot at a time and marks the object opened last, so a run can be cut off anywhere. Files found
inside an archive are deposited as objects of their own and opened in turn.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, update

from witnessmark.casefile import items, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.progress import Progress
from witnessmark.casefile.spread import Died, Failed, Spread, attempt, batched
from witnessmark.casefile.steps import open_key
from witnessmark.intake.formats import open_object
from witnessmark.intake.opened import INSIDE, Member
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Notice, PassedOver, Unread

SECONDS, PER_MIB = (
    60.0,
    1.0,
)  # of processor time for one file, and more for each MiB of it: archives, exports of channels
_LOT = 1000
_BATCH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One object to open: its address, the file that holds it, a name it was found under, and the spool."""

    address: str
    path: str
    name: str
    spool: str


class Line(msgspec.Struct):
    """One outcome of opening, as spooled: exactly one field is set."""

    item: Item | None = None
    unread: Unread | None = None
    passed: PassedOver | None = None
    notice: Notice | None = None
    member: tuple[str, str] | None = None


Opened: TypeAlias = tuple[str, str]


def _line(found: Item | Unread | PassedOver | Notice | Member) -> Line:
    match found:
        case Item():
            return Line(item=found)
        case Unread():
            return Line(unread=found)
        case PassedOver():
            return Line(passed=found)
        case Notice():
            return Line(notice=found)
        case Member():
            return Line(member=(found.name, str(found.path)))


def _open_one(task: Task) -> Opened:
    """In a worker: open one object, spool its outcomes."""
    spool = Path(task.spool) / f"{task.address}.open"
    members = Path(task.spool) / f"{task.address}.members"
    members.mkdir(exist_ok=True)
    encoder = msgspec.json.Encoder()
    with spool.open("wb") as out:
        for found in open_object(Path(task.path), task.address, task.name, members):
            out.write(encoder.encode(_line(found)) + b"\n")
    return task.address, str(spool)


def open_batch(tasks: list[Task]) -> list[Opened | Failed]:
    """In a worker: open each object; a failure of one is its own."""
    return [attempt(_open_one, task, _seconds(task)) for task in tasks]


def _seconds(task: Task) -> float:
    """The processor time that a file may take."""
    return SECONDS + PER_MIB * Path(task.path).stat().st_size / (1 << 20)


def _stale(key: str) -> ColumnElement[bool]:
    """Never opened, opened with other readers, or found since in fewer archives than when it was opened.

    How deep an archive lies decides whether it is unpacked, so that must not depend on where it was found first.
    """
    name = tables.finding.c.name
    marks = func.length(name) - func.length(func.replace(name, INSIDE, ""))
    here = tables.finding.c.address == tables.thing.c.address
    shallower = exists().where(here, marks < tables.thing.c.depth * len(INSIDE))
    opened = tables.thing.c.opened
    return or_(opened.is_(None), opened != key, and_(tables.thing.c.depth > 0, shallower))


def pending(db: Connection, key: str) -> list[tuple[str, str]]:
    """Objects to open, sorted by address: address and the name it was first found under in the fewest archives."""
    stale = select(tables.thing.c.address).where(_stale(key))
    rows = db.execute(
        select(tables.finding.c.address, tables.finding.c.name)
        .where(tables.finding.c.address.in_(stale))
        .order_by(tables.finding.c.entry)
    )
    names: dict[str, str] = {}
    for address, name in rows:
        known = names.get(address)
        if known is None or name.count(INSIDE) < known.count(INSIDE):
            names[address] = name
    return sorted(names.items())


def open_pending(case: Case, *, jobs: int, progress: Progress) -> None:
    """Open every object that is not opened yet with these readers, and what they hold, until none is left."""
    key = open_key()
    done = 0
    _sweep(case.spool)
    # A folder of its own: workers of a run that was killed may still be writing to theirs.
    spool = tempfile.mkdtemp(dir=case.spool)
    with Spread(open_batch, jobs=jobs) as spread:
        while True:
            with case.transaction() as db:
                tasks = pending(db, key)
            if not tasks:
                break
            total = done + len(tasks)
            todo = (
                Task(address=address, path=str(case.shelves.path(address)), name=name, spool=spool)
                for address, name in tasks
            )
            for batch, outcome in spread.over(batched(todo, _BATCH if len(tasks) > _BATCH * jobs else 1)):
                _settle(case, batch, outcome, key)
                done += len(batch)
                progress("opening", done, total)
    _sweep(case.spool)


def _settle(case: Case, batch: list[Task], outcome: list[Opened | Failed] | Died, key: str) -> None:
    """Put what a batch gave into the tables."""
    results: list[Opened | Failed | Died] = [outcome] if isinstance(outcome, Died) else list(outcome)
    for task, result in zip(batch, results, strict=True):
        if isinstance(result, Died | Failed):
            _fail(case, task, result.why, key)
        else:
            _take(case, task, Path(result[1]), key)


def _forget(db: Connection, address: str) -> None:
    """Drop what an earlier opening of this object left."""
    old = select(tables.item.c.id).where(tables.item.c.address == address)
    db.execute(delete(tables.passage).where(tables.passage.c.item.in_(old)))
    db.execute(delete(tables.item).where(tables.item.c.address == address))
    db.execute(delete(tables.outcome).where(tables.outcome.c.address == address))
    db.execute(delete(tables.failure).where(tables.failure.c.step == "open", tables.failure.c.subject == address))


def _fail(case: Case, task: Task, why: str, key: str) -> None:
    with case.transaction() as db:
        _forget(db, task.address)
        tables.put(db, tables.failure, [{"step": "open", "subject": task.address, "why": why}])
        unread = {"address": task.address, "selector": "", "kind": "unread", "why": why}
        tables.keep(db, tables.outcome, [unread])
        _mark(db, task, key)


def _mark(db: Connection, task: Task, key: str) -> None:
    """Opened with these readers, at the depth its name tells."""
    done = {"opened": key, "depth": task.name.count(INSIDE)}
    db.execute(update(tables.thing).where(tables.thing.c.address == task.address).values(done))


def _take(case: Case, task: Task, spool: Path, key: str) -> None:
    """Read the spooled outcomes back, a lot at a time; the mark comes last."""
    members: list[tuple[str, Path]] = []
    with case.transaction() as db:
        _forget(db, task.address)
    for lot in batched(_lines(spool), _LOT):
        members.extend((name, Path(path)) for name, path in (line.member for line in lot if line.member))
        with case.transaction() as db:
            items.store(db, [line.item for line in lot if line.item])
            tables.keep(db, tables.outcome, [row for line in lot for row in _outcome_rows(line)])
    _deposit_members(case, task, members)
    with case.transaction() as db:
        _mark(db, task, key)
    spool.unlink(missing_ok=True)


def _lines(spool: Path) -> Iterator[Line]:
    decoder = msgspec.json.Decoder(Line)
    with spool.open("rb") as source:
        for line in source:
            yield decoder.decode(line)


def _outcome_rows(line: Line) -> Iterator[dict[str, object]]:
    for kind, found in (("unread", line.unread), ("passed over", line.passed)):
        if found is not None:
            yield {"address": found.address, "selector": found.selector, "kind": kind, "why": found.why}
    if line.notice is not None:
        note = line.notice
        yield {"address": note.address, "selector": note.selector, "kind": "notice", "why": note.what}


def _deposit_members(case: Case, task: Task, members: list[tuple[str, Path]]) -> None:
    """Preserve what an archive held; a member already found under the same name is not entered again."""
    for lot in batched(sorted(members), _LOT):
        entries: list[tuple[str, dict[str, object]]] = []
        for name, path in lot:
            address, size = case.shelves.put_path(path)
            path.unlink(missing_ok=True)
            entries.append(
                (
                    "deposit",
                    {
                        "address": address,
                        "size": size,
                        "name": f"{task.name}{INSIDE}{name}",
                        "member_of": task.address,
                    },
                )
            )
        with case.transaction() as db:
            known = _known(db, entries)
        fresh = [entry for entry in entries if (entry[1]["address"], entry[1]["name"]) not in known]
        if fresh:
            case.record(fresh)


def _known(db: Connection, entries: list[tuple[str, dict[str, object]]]) -> set[tuple[object, object]]:
    names = [str(about["name"]) for _, about in entries]
    found: set[tuple[object, object]] = set()
    for lot in tables.chunks(names):
        rows = db.execute(select(tables.finding.c.address, tables.finding.c.name).where(tables.finding.c.name.in_(lot)))
        found.update((row.address, row.name) for row in rows)
    return found


def _sweep(spool: Path) -> None:
    """Remove what is left on the way; nothing in the spool is the only copy of anything."""
    for path in spool.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)  # a worker whose run was killed may write there until it notices
        else:
            path.unlink()


def count_pending(db: Connection, key: str) -> int:
    """How many objects wait to be opened."""
    return int(db.execute(select(func.count()).select_from(tables.thing).where(_stale(key))).scalar_one())
