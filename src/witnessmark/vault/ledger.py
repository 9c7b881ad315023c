"""The ledger: an append-only list of what was done to a case, by whom, when; each entry holds the hash of the one before.

One line of canonical JSON an entry: ``n``, ``at``, ``did``, ``about``, ``prev``, ``hash`` (SHA-256 over the other five).
Removing, reordering or rewording an entry changes every hash after it. A batch is one write and one sync, under a lock.
A last line that a kill left unfinished is set aside into ``ledger.torn-<n>`` by the next append and is no damage.
Nothing is ever appended to a ledger whose last finished line is no entry.

What it proves: the entries present are the entries written, in this order. What it does not prove: that the clock was
right, or that the last entries were not cut off or reworded together with all after them (compare ``head`` with a
sealed copy).
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from witnessmark.errors import AlteredEvidence, UsageError
from witnessmark.terms.address import address_of, canonical

_TAIL = 1 << 16
NOTHING = "0" * 64  # what the first entry follows


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry as read. ``about``: what the deed was about, plain values."""

    n: int
    at: str
    did: str
    about: Mapping[str, Any]
    prev: str
    hash: str


def hash_of(n: int, at: str, did: str, about: Mapping[str, object], prev: str) -> str:
    """SHA-256 over the canonical JSON of an entry less its own hash."""
    return address_of(canonical({"n": n, "at": at, "did": did, "about": about, "prev": prev}))


class Ledger:
    """A ledger in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, entries: Sequence[tuple[str, Mapping[str, object]]], at: str) -> list[int]:
        """Add entries (what was done, about what) at one instant; returns their numbers. One write, one sync.

        Raises:
            AlteredEvidence: the last line is no entry, so nothing can follow from it.
            UsageError: an entry holds bytes that are no text, and could never be read again.
        """
        if not entries:
            return []
        _must_be_text(entries)
        with self.path.open("a+b") as out:
            fcntl.flock(out.fileno(), fcntl.LOCK_EX)
            self._set_torn_aside(out)
            n, prev = _head(out)
            lines, numbers = [], []
            for did, about in entries:
                n += 1
                digest = hash_of(n, at, did, about, prev)
                lines.append(line_of(LedgerEntry(n, at, did, about, prev, digest)))
                numbers.append(n)
                prev = digest
            out.write(b"".join(lines))
            out.flush()
            os.fsync(out.fileno())
        return numbers

    def _set_torn_aside(self, out: BinaryIO) -> None:
        """A line without its end was never acknowledged: keep its bytes beside the ledger, and cut it off."""
        end = out.seek(0, os.SEEK_END)
        kept = _end_of_last_line(out, end)
        if kept == end:
            return
        out.seek(kept)
        torn = self.path.with_name(f"ledger.torn-{kept}")
        torn.write_bytes(out.read())
        out.truncate(kept)

    def read(self, after: int = -1) -> Iterator[LedgerEntry]:
        """Entries with a number above ``after``, in order; an unfinished last line is left out."""
        if not self.path.exists():
            return
        with self.path.open("rb") as lines:
            if after >= 0:
                _skip(lines, after)
            for line in lines:
                if not line.endswith(b"\n"):
                    return
                entry = parse(line)
                if entry is not None and entry.n > after:
                    yield entry

    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry; ``(-1, NOTHING)`` where there is none.

        Raises:
            AlteredEvidence: the last line is no entry.
        """
        if not self.path.exists():
            return -1, NOTHING
        with self.path.open("rb") as source:
            return _head(source)

    def verify(self) -> list[str]:
        """Sentences on what does not follow; empty where the chain is whole. Names the first entry that breaks it."""
        if not self.path.exists():
            return ["The ledger is gone."]
        prev, n = NOTHING, -1
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines):
                if not line.endswith(b"\n"):
                    break
                entry = parse(line)
                if entry is None:
                    return [f"Line {number + 1} of the ledger is no entry."]
                if line != line_of(entry):
                    return [f"Line {number + 1} of the ledger was reworded: it is not written as entries are written."]
                if entry.n != n + 1 or entry.prev != prev:
                    return [
                        f"Ledger entry {entry.n} does not follow from the one before it: an entry was removed, added or moved."
                    ]
                if hash_of(entry.n, entry.at, entry.did, entry.about, entry.prev) != entry.hash:
                    return [f"Ledger entry {entry.n} was reworded: its words no longer have its hash."]
                prev, n = entry.hash, entry.n
        return [] if n >= 0 else ["The ledger is empty."]


def line_of(entry: LedgerEntry) -> bytes:
    """An entry as it stands in the file: canonical JSON and a line end."""
    written = {"n": entry.n, "at": entry.at, "did": entry.did, "about": entry.about, "prev": entry.prev}
    return canonical({**written, "hash": entry.hash}) + b"\n"


def parse(line: bytes) -> LedgerEntry | None:
    """One line as an entry, or None where it is none."""
    try:
        raw = json.loads(line)
        if not isinstance(raw["about"], dict):
            return None
        return LedgerEntry(
            int(raw["n"]), str(raw["at"]), str(raw["did"]), raw["about"], str(raw["prev"]), str(raw["hash"])
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _end_of_last_line(source: BinaryIO, end: int) -> int:
    """Byte offset just after the last line end; 0 where there is none."""
    while end > 0:
        start = max(0, end - _TAIL)
        source.seek(start)
        chunk = source.read(end - start)
        found = chunk.rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _head(source: BinaryIO) -> tuple[int, str]:
    """Number and hash of the last finished line, reading only the file's end."""
    end = _end_of_last_line(source, source.seek(0, os.SEEK_END))
    if end == 0:
        return -1, NOTHING
    start = _end_of_last_line(source, end - 1)
    source.seek(start)
    entry = parse(source.read(end - start))
    if entry is None:
        raise AlteredEvidence("The last line of the ledger is no entry.")
    return entry.n, entry.hash


def _skip(lines: BinaryIO, after: int) -> None:
    """Move to a line start at or before the first entry above ``after``, by bisection over bytes."""
    low, high = 0, lines.seek(0, os.SEEK_END)
    while high - low > _TAIL:
        middle = (low + high) // 2
        lines.seek(middle)
        lines.readline()
        here = lines.tell()
        entry = parse(lines.readline())
        if entry is not None and entry.n <= after:
            low = here
        else:
            high = middle
    lines.seek(low)


def _must_be_text(entries: Sequence[tuple[str, Mapping[str, object]]]) -> None:
    """Refuse what UTF-8 cannot hold (an argument with broken bytes) before anything is written."""
    try:
        json.dumps([dict(about) for _, about in entries], ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeEncodeError as trouble:
        raise UsageError(
            "What was given holds bytes that are no text (invalid UTF-8).",
            "Nothing was written.",
            "Type it again in UTF-8.",
        ) from trouble
