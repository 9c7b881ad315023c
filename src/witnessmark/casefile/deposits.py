"""Adding material: every file met stands in exactly one outcome, and the numbers of the receipt add up.

Bytes go into the vault first, then one synced ledger entry per finding (address, size, name, collector, note), then
the tables. The same bytes again make no new object; the second finding is an entry all the same, since who else found
a thing is evidence. Links are not followed. What a receipt does not say: that what was read is true.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from witnessmark.casefile import tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.opening import open_pending
from witnessmark.casefile.progress import Progress, silent
from witnessmark.casefile.spread import batched
from witnessmark.errors import UsageError
from witnessmark.intake.opened import INSIDE, only_inside

_LOT = 200
_VAULT_FAILS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)  # said of the disk written to, never of the file read


@dataclass(slots=True)
class _Met:
    """What was met on the way through the paths given."""

    deposits: list[tuple[str, str]] = field(default_factory=list)  # address, name
    again: list[dict[str, str]] = field(default_factory=list)
    passed_over: list[dict[str, str]] = field(default_factory=list)
    unread: list[dict[str, str]] = field(default_factory=list)


def add(
    case: Case,
    paths: Iterable[Path],
    *,
    collector: str | None = None,
    note: str | None = None,
    jobs: int = 2,
    progress: Progress = silent,
) -> dict[str, object]:
    """Deposit files, folders and archives, open them, and give the receipt.

    Returns ``files`` (met, those inside archives too) = ``opened`` + the lengths of ``passed_over``, ``unread`` and
    ``again``; ``objects`` and ``items`` newly made; ``inside``: what was unread, passed over or to be noticed *inside*
    files that were opened.

    Raises:
        UsageError: a path is not there, or lies inside the case itself.
        CaseIsBusy: another process writes to the case.
    """
    given = list(paths)
    _check(case, given)
    with case.writing():
        case.catch_up()
        case.shelves.sweep()
        before = _counts(case)
        with case.transaction() as db:
            start = db.execute(select(func.max(tables.finding.c.entry))).scalar()
        first = -1 if start is None else int(start)
        met = _deposit(case, given, {"collector": collector, "note": note}, progress)
        open_pending(case, jobs=jobs, progress=progress)
        return _receipt(case, met, first, before)


def _check(case: Case, paths: list[Path]) -> None:
    root = case.root.resolve()
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"{path} is not there.", "Nothing was added.", "Check the path and add again.")
        if path.resolve().is_relative_to(root):
            raise UsageError(
                f"{path} lies inside the case itself.",
                "Nothing was added.",
                "Add material from outside the case folder.",
            )


def safe_name(name: str) -> str:
    r"""A file's name as UTF-8 text; bytes that are none are shown as ``\xNN``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\0", "\\x00")


def _walk(path: Path, case: Path, met: _Met) -> Iterator[tuple[Path, str]]:
    """Regular files under a path, in order of name; all else is passed over with its reason. Folders of any depth."""
    base = path.absolute()
    itself = case.stat()
    waiting = [(base, safe_name(base.name or "root"))]
    while waiting:
        place, name = waiting.pop()
        try:
            found = place.lstat()
            if stat.S_ISREG(found.st_mode):
                yield place, name
            elif stat.S_ISLNK(found.st_mode):
                met.passed_over.append({"name": name, "why": "a link; links are not followed"})
            elif not stat.S_ISDIR(found.st_mode):
                met.passed_over.append({"name": name, "why": "not a regular file"})
            elif os.path.samestat(found, itself):
                met.passed_over.append({"name": name, "why": "the case itself"})
            else:
                children = sorted((child.name for child in place.iterdir()), reverse=True)
                waiting.extend((place / child, only_inside(f"{name}/{safe_name(child)}")) for child in children)
        except OSError as trouble:
            met.unread.append({"name": name, "why": f"could not be read from the disk: {trouble.strerror}"})


def _deposit(case: Case, paths: list[Path], about: dict[str, str | None], progress: Progress) -> _Met:
    met = _Met()
    seen: set[str] = set()
    done = 0
    for lot in batched((found for path in paths for found in _walk(path, case.root, met)), _LOT):
        entries: list[tuple[str, dict[str, object]]] = []
        for path, name in lot:
            try:
                address, size = case.shelves.put_path(path)
            except OSError as trouble:
                if trouble.errno in _VAULT_FAILS:
                    raise
                met.unread.append({"name": name, "why": f"could not be read from the disk: {trouble.strerror}"})
                continue
            given = {key: value for key, value in about.items() if value}
            entries.append(("deposit", {"address": address, "size": size, "name": name, **given}))
        _sort_out(case, entries, seen, met)
        if entries:
            case.record(entries)
        done += len(lot)
        progress("depositing", done, done)
    return met


def _sort_out(case: Case, entries: list[tuple[str, dict[str, object]]], seen: set[str], met: _Met) -> None:
    """Which of a lot's bytes the case has already."""
    known: set[str] = set()
    with case.transaction() as db:
        for lot in tables.chunks(str(about["address"]) for _, about in entries):
            known.update(db.execute(select(tables.thing.c.address).where(tables.thing.c.address.in_(lot))).scalars())
    for _, about in entries:
        address, name = str(about["address"]), str(about["name"])
        if address in known or address in seen:
            met.again.append({"name": name, "why": "the same bytes are in the case already", "address": address})
        else:
            met.deposits.append((address, name))
            seen.add(address)


def _counts(case: Case) -> tuple[int, int]:
    with case.transaction() as db:
        things = db.execute(select(func.count()).select_from(tables.thing)).scalar_one()
        items = db.execute(select(func.count()).select_from(tables.item)).scalar_one()
    return int(things), int(items)


def _members(case: Case, first: int, met: _Met) -> list[tuple[str, str]]:
    """Files found inside archives by this adding: address and name."""
    mine = {*met.deposits, *((row["address"], row["name"]) for row in met.again)}
    with case.transaction() as db:
        rows = db.execute(
            select(tables.finding.c.address, tables.finding.c.name)
            .where(tables.finding.c.entry > first, tables.finding.c.name.contains(INSIDE))
            .order_by(tables.finding.c.entry)
        )
        return [(row.address, row.name) for row in rows if (row.address, row.name) not in mine]


def _earlier(case: Case, first: int, addresses: Iterable[str]) -> set[str]:
    """Which of these objects were found before this adding."""
    earlier: set[str] = set()
    with case.transaction() as db:
        for lot in tables.chunks(addresses):
            rows = select(tables.finding.c.address).where(
                tables.finding.c.entry <= first, tables.finding.c.address.in_(lot)
            )
            earlier.update(db.execute(rows).scalars())
    return earlier


def _receipt(case: Case, met: _Met, first: int, before: tuple[int, int]) -> dict[str, object]:
    after = _counts(case)
    new = list(met.deposits)
    members = _members(case, first, met)
    known = {address for address, _ in new} | _earlier(case, first, (address for address, _ in members))
    for address, name in members:
        if address in known:
            met.again.append({"name": name, "why": "the same bytes are in the case already", "address": address})
        else:
            known.add(address)
            new.append((address, name))
    opened, inside = _outcomes(case, new, met)
    return {
        "files": opened + len(met.passed_over) + len(met.unread) + len(met.again),
        "opened": opened,
        "items": after[1] - before[1],
        "objects": after[0] - before[0],
        "passed_over": met.passed_over,
        "unread": met.unread,
        "again": met.again,
        "inside": inside,
    }


def _outcomes(case: Case, new: list[tuple[str, str]], met: _Met) -> tuple[int, dict[str, list[dict[str, str]]]]:
    """Sort new objects into opened, passed over and unread; list what was found amiss inside the opened ones."""
    opened = 0
    inside: dict[str, list[dict[str, str]]] = {"unread": [], "passed over": [], "notice": []}
    with case.transaction() as db:
        for address, name in new:
            rows = db.execute(
                select(tables.outcome.c.kind, tables.outcome.c.selector, tables.outcome.c.why)
                .where(tables.outcome.c.address == address)
                .order_by(tables.outcome.c.selector, tables.outcome.c.kind)
            ).all()
            whole = [row for row in rows if row.selector == "" and row.kind != "notice"]
            has_items = db.execute(select(tables.item.c.id).where(tables.item.c.address == address).limit(1)).first()
            if whole and has_items is None:
                place = met.unread if any(row.kind == "unread" for row in whole) else met.passed_over
                place.append({"name": name, "why": "; ".join(row.why for row in whole)})
                rows = [row for row in rows if row not in whole]
            else:
                opened += 1
            for row in rows:
                inside[row.kind].append({"name": name, "where": row.selector, "why": row.why})
    return opened, inside
