"""Reading a case whose folder cannot be written to: a sealed copy, a disc, somebody else's folder.

The tables are read as they lie where they are up to the ledger; else a copy of them is brought up to it in a temporary
folder, which goes when the case is closed. Nothing is made or changed in the case's own folder. What it does not do:
guard against a process on another machine that writes to the same folder meanwhile.
"""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from witnessmark.casefile import replay, tables
from witnessmark.vault.ledger import Ledger

Borrowed: TypeAlias = "TemporaryDirectory[str] | None"


def is_sealed(root: Path) -> bool:
    """Whether this process may not write to the folder, its ledger or its tables."""
    parts = [root, *(path for path in (root / "ledger.jsonl", root / "case.db") if path.exists())]
    return not all(os.access(path, os.W_OK, effective_ids=True) for path in parts)


def borrow(path: Path, ledger: Ledger) -> tuple[Engine, Borrowed]:
    """The tables for reading, and the temporary folder they are in where they had to be copied."""
    if path.exists() and not _unsettled(path):
        engine = tables.open_engine(path, sealed=True)
        if _current(engine, ledger):
            return engine, None
        engine.dispose()
    elsewhere = TemporaryDirectory(prefix="witnessmark-")
    copy = Path(elsewhere.name) / path.name
    for beside in ("", "-wal"):
        given = path.with_name(path.name + beside)
        if given.exists():
            shutil.copyfile(given, copy.with_name(copy.name + beside))
    return tables.open_engine(copy), elsewhere


def _unsettled(path: Path) -> bool:
    """Whether a process that was cut off left changes beside the database."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _current(engine: Engine, ledger: Ledger) -> bool:
    try:
        with engine.begin() as db:
            return tables.laid(db) and replay.mark(db) == ledger.head()
    except DatabaseError:
        return False  # no database, or one without our tables: made anew in the copy
