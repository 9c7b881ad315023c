"""A case: a folder with case.toml, vault/, ledger.jsonl, packs/ and case.db.

Truth is the vault's bytes and the ledger. Opening a case replays into the tables whatever the ledger holds beyond the
tables' high-water mark; a lost or deleted database is made again by that and by ``run``. One writer at a time holds
``case.lock``. What opening does not do: it checks no bytes (see ``verify``).
"""

import errno
import fcntl
import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from witnessmark.casefile import replay, tables
from witnessmark.casefile.sealed import Borrowed, borrow, is_sealed
from witnessmark.errors import AlteredEvidence, CaseIsBusy, NotACase, UsageError
from witnessmark.packs.larder import PackLarder, folders
from witnessmark.packs.pack import load
from witnessmark.terms.ports import Clock
from witnessmark.vault.ledger import Ledger
from witnessmark.vault.shelves import Shelves

FORMAT = 1


@dataclass(slots=True)
class Case:
    """An open case. Use as a context manager."""

    root: Path
    clock: Clock
    shelves: Shelves
    ledger: Ledger
    engine: Engine
    name: str
    borrowed: Borrowed = None  # tables of a folder that cannot be written to
    sealed: bool = False  # nothing can be written to the folder
    set_aside: Path | None = None  # where a database lies that was found damaged when the case was opened
    _larder: PackLarder | None = field(default=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database, and of its borrowed copy."""
        self.engine.dispose()
        if self.borrowed is not None:
            self.borrowed.cleanup()

    @property
    def packs_folder(self) -> Path:
        """Where the case's own packs lie."""
        return self.root / "packs"

    @property
    def larder(self) -> PackLarder:
        """The packs in use for this case."""
        if self._larder is None:
            self._larder = PackLarder([load(folder) for folder in folders(self.packs_folder)])
        return self._larder

    def forget_larder(self) -> None:
        """Load the packs anew when next asked: one was added."""
        self._larder = None

    @property
    def spool(self) -> Path:
        """A folder for files on their way; whatever lies there may be swept."""
        folder = self.root / "spool"
        folder.mkdir(exist_ok=True)
        return folder

    def now(self) -> str:
        """The instant, in UTC, ISO 8601 to the second."""
        return self.clock.now().isoformat(timespec="seconds")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock of the case.

        Raises:
            CaseIsBusy: another process holds it.
            OSError: the folder cannot be written to.
        """
        if self.sealed:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self.root))
        handle = os.open(self.root / "case.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as trouble:
                raise CaseIsBusy(str(self.root)) from trouble
            yield
        finally:
            os.close(handle)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One short transaction."""
        with self.engine.begin() as db:
            yield db

    def catch_up(self) -> None:
        """Bring the tables up to the ledger. The caller holds the writer's lock."""
        with self.transaction() as db:
            replay.replay(self.ledger, db)

    def record(self, entries: list[tuple[str, dict[str, object]]]) -> None:
        """Write to the ledger first, synced; then into the tables."""
        self.ledger.append(entries, self.now())
        self.catch_up()


def make(root: Path, clock: Clock, *, name: str | None = None) -> Case:
    """Make a new case in a folder that is empty or not there.

    Raises:
        UsageError: the folder holds something, or its path or the name holds bytes that are no text.
    """
    refuse_broken(str(root.absolute()), name or "")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError(f"{root} is not an empty folder.", "Nothing was changed.", "Name a new folder for the case.")
    root.mkdir(parents=True, exist_ok=True)
    title = name or root.resolve().name
    ledger = Ledger(root / "ledger.jsonl")
    ledger.append([("made the case", {"name": title, "format": FORMAT})], clock.now().isoformat(timespec="seconds"))
    (root / "vault").mkdir()
    (root / "packs").mkdir()
    # Last, so that a folder cut off in the making is not a case.
    partial = root / "case.toml.partial"
    partial.write_text(f"format = {FORMAT}\nname = {_toml(title)}\n", encoding="utf-8")
    partial.replace(root / "case.toml")
    return open_case(root, clock)


def refuse_broken(*given: str) -> None:
    """Refuse paths and names whose bytes are no text, before anything is made of them.

    Raises:
        UsageError: one of them is invalid UTF-8; neither the ledger nor the tables could say where the case lies.
    """
    for one in given:
        if any("\ud800" <= char <= "\udfff" for char in one):
            raise UsageError(
                f"{one} cannot be a case's folder or name: it holds bytes that are no text (invalid UTF-8).",
                "Nothing was made.",
                "Give a path and a name in UTF-8.",
            )


def _toml(text: str) -> str:
    """A TOML basic string."""
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"').encode("utf-8", "replace").decode() + '"'


def open_case(root: Path, clock: Clock) -> Case:
    """Open a case, bringing its tables up to its ledger where no other process is writing; a sealed one is only read.

    Raises:
        NotACase: the folder has no case.toml.
        UsageError: its case.toml is broken, or of another format.
        AlteredEvidence: the ledger ends before what the tables have seen of it.
    """
    try:
        about = tomllib.loads((root / "case.toml").read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as trouble:
        raise NotACase(str(root)) from trouble
    except tomllib.TOMLDecodeError as trouble:
        raise _mislabelled(root, f"cannot be read ({trouble})") from trouble
    except (ValueError, RecursionError) as trouble:
        raise _mislabelled(root, "cannot be read: it is no TOML in UTF-8") from trouble
    if about.get("format") != FORMAT:
        raise _mislabelled(root, f"names no format that this version knows (it knows {FORMAT})")
    shut = is_sealed(root)
    path, ledger = root / "case.db", Ledger(root / "ledger.jsonl")
    engine, borrowed = borrow(path, ledger) if shut else (tables.open_engine(path), None)
    case = Case(
        root=root,
        clock=clock,
        shelves=Shelves(root / "vault"),
        ledger=ledger,
        engine=engine,
        name=str(about.get("name", root.name)),
        borrowed=borrowed,
        sealed=shut,
    )
    try:
        _bring_up(case, path)
    except BaseException:
        case.close()
        raise
    return case


def _mislabelled(root: Path, why: str) -> UsageError:
    first = f'a file with the two lines: format = {FORMAT} and name = "…"'
    return UsageError(
        f"The case.toml of {root} {why}.",
        "Nothing was changed; vault and ledger are whatever they were.",
        f"Restore case.toml from a copy, or write it again: {first}.",
    )


def _bring_up(case: Case, path: Path) -> None:
    """Tables and packs as the ledger says, unless another process is writing, which has seen to it."""
    if case.borrowed is not None:
        _lay(case, Path(case.borrowed.name) / path.name)
        case.catch_up()
    if case.sealed:
        return
    try:
        with case.writing():
            _lay(case, path)
            case.catch_up()
            _finish_packs(case)
    except CaseIsBusy:
        pass


def _finish_packs(case: Case) -> None:
    """Give packs their place that the ledger says were added, where a kill came between."""
    waiting = {path.parent.name: path.parent for path in (case.root / "spool").glob("*/pack.toml")}
    if not waiting:
        return
    for entry in case.ledger.read():
        name = str(entry.about.get("name"))
        if entry.did == "added a pack" and name in waiting and not (case.packs_folder / name).exists():
            waiting.pop(name).rename(case.packs_folder / name)


def _lay(case: Case, path: Path) -> None:
    """Make the tables; a database that is no database is set aside and made again, since it holds no truth."""
    try:
        tables.lay(case.engine)
        with case.transaction() as db:
            replay.mark(db)
    except DatabaseError as trouble:
        if "not a database" not in str(trouble) and "malformed" not in str(trouble):
            raise AlteredEvidence(f"The database of the case cannot be read: {trouble.orig}.") from trouble
        case.engine.dispose()
        aside = path.replace(path.with_suffix(".db.damaged"))
        case.set_aside = None if case.borrowed else aside  # a sealed folder keeps its own as it is
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        tables.lay(case.engine)
