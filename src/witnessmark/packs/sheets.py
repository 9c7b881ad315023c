"""Tables that strangers made, opened and cut into records, so that a broken line costs itself and nothing behind it.

A file is plain text or a zip that holds tables; either is streamed. Bytes that are no UTF-8 become lone surrogates, so
that their row can be told. What it does not do: guess another encoding, since a wrong guess would pass for a name.
"""

import codecs
import csv
import io
import lzma
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from witnessmark.errors import UsageError

_CELL_LINES = 20  # lines over which one cell of a table of places or incidents may run
_MOST_BYTES = 1 << 30  # of the tables in a zip together
_DELIMITERS = ",;\t"
_LONGEST_LINE = 1 << 22  # letters; no line of a table is longer, and a file of one line is not held whole
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOTHING = "Nothing was added."


def opened(source: Path) -> Iterator[io.TextIOWrapper]:
    """The tables of a file, to be read one after the other.

    Raises:
        UsageError: a zip is broken, locked, holds no table or more than a gigabyte; or a table is in UTF-16.
    """
    if not zipfile.is_zipfile(source):
        with source.open("rb") as raw:
            yield _text(raw)
        return
    try:
        with zipfile.ZipFile(source) as archive:
            for info in _tables(archive):
                with archive.open(info) as packed:
                    yield _text(packed)
    except _BROKEN as trouble:
        raise _refused(f"is broken ({type(trouble).__name__})") from trouble


def _tables(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """What in a zip is a table, by its name; notes and what a system lays beside files are none."""
    found = [
        info
        for info in archive.infolist()
        if (named := info.filename.lower()).endswith((".txt", ".csv"))
        and "readme" not in named
        and not Path(named).name.startswith("._")  # https://en.wikipedia.org/wiki/AppleSingle_and_AppleDouble_formats
    ]
    if not found:
        raise _refused("holds no table, whose name would end in .csv or .txt")
    if sum(info.file_size for info in found) > _MOST_BYTES:
        raise _refused(f"holds tables of more than {_MOST_BYTES >> 30} GiB")
    if any(info.flag_bits & 1 for info in found):
        raise _refused("is locked with a password")
    return found


def _refused(why: str) -> UsageError:
    return UsageError(
        f"The zip {why}.", _NOTHING, "Name a CSV in UTF-8, or a zip that holds it and opens without a password."
    )


def _text(raw: IO[bytes]) -> io.TextIOWrapper:
    if raw.read(2) in _WIDE:
        raise UsageError("The table is in UTF-16.", _NOTHING, "Save it as CSV in UTF-8 (“CSV UTF-8” in a spreadsheet).")
    raw.seek(0)
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")


def bounded(lines: io.TextIOBase) -> Iterator[str]:
    """The lines of a table; of one that is absurdly long the beginning alone, which is no record.

    Raises:
        UsageError: the zip that it lies in is broken there.
    """
    try:
        while line := lines.readline(_LONGEST_LINE):
            more = line
            while len(more) == _LONGEST_LINE and not more.endswith(("\n", "\r")):
                more = lines.readline(_LONGEST_LINE)
            yield line
    except _BROKEN as trouble:
        raise _refused(f"is broken ({type(trouble).__name__})") from trouble


def delimiter(heading: str) -> str:
    """What parts the cells of a table whose first line this is: a comma, a semicolon or a tab."""
    return max(_DELIMITERS, key=heading.count)


def records(lines: Iterator[str], parted: str = ",") -> Iterator[tuple[int, list[str] | None]]:
    """The line on which each record begins, and its cells; None where it cannot be read. Blank lines are none.

    A quote that is not closed within as many lines as a cell may have costs its own line, not those behind it.
    """
    waiting: deque[str] = deque()
    number = 1
    while first := waiting.popleft() if waiting else next(lines, ""):
        taken, quotes = [first], first.count('"')
        while quotes % 2 and len(taken) < _CELL_LINES and (more := waiting.popleft() if waiting else next(lines, "")):
            taken.append(more)
            quotes += more.count('"')
        if quotes % 2 or any(len(line) == _LONGEST_LINE for line in taken):
            waiting.extendleft(reversed(taken[1:]))
            taken = taken[:1]
            yield number, None
        elif "".join(taken).strip():
            yield number, _cells(taken, parted)
        number += len(taken)


def _cells(lines: list[str], parted: str) -> list[str] | None:
    try:
        return next(csv.reader(lines, delimiter=parted), None)
    except csv.Error:
        return None
