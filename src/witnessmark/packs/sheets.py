"""Tables that strangers made, opened and cut into records, so that a broken line costs itself and nothing behind it.

A file is plain text or a zip that holds tables; either is streamed. Bytes that are no UTF-8 become lone surrogates, so
that their row can be told. What it does not do: guess another encoding, since a wrong guess would pass for a name.
"""

import csv
import io
import zipfile
from collections import deque
from collections.abc import Iterator
from pathlib import Path

_CELL_LINES = 20  # lines over which one cell of a table of places or incidents may run
_MOST_BYTES = 1 << 30  # of one table in a zip
_DELIMITERS = ",;\t"
_LONGEST_LINE = 1 << 22  # letters; no line of a table is longer, and a file of one line is not held whole


def opened(source: Path) -> Iterator[io.TextIOWrapper]:
    """The tables of a file, to be read one after the other."""
    if not zipfile.is_zipfile(source):
        with source.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            yield lines
        return
    with zipfile.ZipFile(source) as archive:
        for info in archive.infolist():
            named = info.filename.lower()
            if named.endswith((".txt", ".csv")) and "readme" not in named and info.file_size < _MOST_BYTES:
                with archive.open(info) as packed:
                    yield io.TextIOWrapper(packed, encoding="utf-8-sig", errors="surrogateescape", newline="")


def bounded(lines: io.TextIOBase) -> Iterator[str]:
    """The lines of a table; one that is absurdly long comes in pieces, each of which is then no record."""
    return iter(lambda: lines.readline(_LONGEST_LINE), "")


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
        if quotes % 2:
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
