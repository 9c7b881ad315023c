"""From any failure to one sentence and an exit code: the three parts of the house, and nothing for the reader to decode.

Failures of the disk and its rights come from many places; what they mean for a case is the same everywhere: what the
ledger holds was synced before and stands. A failure that is not foreseen is our bug, and says so with its traceback.
"""

import errno
import os
import signal
import sys
import traceback
from dataclasses import dataclass
from types import TracebackType
from typing import ClassVar

from witnessmark.errors import Missing, WitnessmarkError

INTERRUPTED = 128 + signal.SIGINT  # as a shell counts a program that a signal ended
READER_GONE = 128 + signal.SIGPIPE
BUG = 9
_UNHARMED = "Nothing that the case already holds was changed."
_REMEDIES = {
    errno.ENOSPC: "Free some disk space, then give the same command again; it goes on where it stopped.",
    errno.EDQUOT: "Free some of your quota, then give the same command again; it goes on where it stopped.",
    errno.EACCES: "Get the right to read and write there, or name another place.",
    errno.EPERM: "Get the right to read and write there, or name another place.",
    errno.EROFS: "Name a place that can be written to.",
    errno.ENOENT: "Check the path and try again.",
    errno.ENAMETOOLONG: "Name a shorter path.",
    errno.EMFILE: "Allow more open files (ulimit -n), then try again.",
}
_DAMAGE = ("malformed", "not a database", "Could not decode", "no such table", "corrupt")
# SQLite gives words, not numbers: https://www.sqlite.org/rescode.html
_SQLITE = {
    "full": errno.ENOSPC,
    "readonly": errno.EACCES,
    "unable to open": errno.EACCES,
    "disk I/O error": errno.EIO,
    "locked": errno.EAGAIN,
}


@dataclass(eq=False)
class DamagedTables(WitnessmarkError):
    """The database of a case is broken in the middle."""

    exit_code: ClassVar[int] = 3

    what: str

    def __str__(self) -> str:
        return (
            f"The database of the case is damaged: {self.what}. Preserved bytes and the ledger hold the truth, and "
            "nothing of them was changed. Delete case.db in the case's folder, then run the case again; "
            "'witnessmark verify' checks the rest."
        )


@dataclass(eq=False)
class StorageTrouble(WitnessmarkError):
    """The disk, or the right to use it, failed."""

    exit_code: ClassVar[int] = 3

    what: str
    number: int

    def __str__(self) -> str:
        remedy = _REMEDIES.get(self.number, "Check the disk, then give the same command again.")
        return f"{self.what} {_UNHARMED} {remedy}"


def of_disk(trouble: OSError) -> StorageTrouble:
    """An error of the operating system as a sentence."""
    name = os.fsdecode(trouble.filename) if isinstance(trouble.filename, str | bytes) else None
    said = trouble.strerror or str(trouble) or type(trouble).__name__
    return StorageTrouble(f"{name}: {said}." if name else f"The operating system refused: {said}.", trouble.errno or 0)


def of_package(trouble: ModuleNotFoundError) -> Missing | None:
    """A package that is not installed; None where the missing module is our own, which is a bug."""
    if trouble.name is None or trouble.name.partition(".")[0] == "witnessmark":
        return None
    return Missing(
        f"The Python package that provides {trouble.name} is not installed.",
        "Install it ('make demo' does in a clone), or see 'witnessmark doctor'.",
    )


def of_database(trouble: BaseException) -> StorageTrouble | DamagedTables | None:
    """A failure of SQLite that the disk, its rights or a damaged file explain, or None.

    Told by name, so that commands that open no case need not load the database.
    """
    inner = getattr(trouble, "orig", None) or trouble
    said = str(inner)
    if type(inner).__module__ == "msgspec":  # what was asked of a person is refused by name; this was our own row
        return DamagedTables(said)
    if type(inner).__module__ != "sqlite3":
        return None
    # Python raises the bare kind for a corrupt file and its virtual tables, kinds of their own for all else.
    if type(inner).__name__ == "DatabaseError" or any(words in said for words in _DAMAGE):
        return DamagedTables(said)
    number = next((number for words, number in _SQLITE.items() if words in said), None)
    return None if number is None else StorageTrouble(f"The database of the case cannot be used: {said}.", number)


def bug(kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> None:
    """Say that a failure is ours, with all that helps to find it, and leave with a code of its own."""
    traceback.print_exception(kind, trouble, trace)
    sys.stderr.write(
        "This is a fault of witnessmark, not of your material. Preserved bytes and the ledger are as they were written. "
        "Please report it with the lines above.\n"
    )
    sys.stderr.flush()
    # Python would leave with 1, which by contract means "finished".
    os._exit(BUG)
