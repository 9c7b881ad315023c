"""A source table that came back, as rows: from a workbook or CSV, whatever its name ends in; its bytes are a stranger's.

It is read in a process of its own, under a limit of memory and time. Nothing in it is carried out: a workbook with macros
is refused, and a cell with a formula is told from one with a value. CSV may be split by commas, semicolons or tabs, in
UTF-8 or UTF-16. The columns must be those of the table, in their order, and nothing more: what stands under a heading
that this program does not know would be lost without a word. Rows come back small: cells alone that are not as exported.
"""

import codecs
import csv
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from witnessmark.casefile.spread import Died, Failed, Spread, attempt
from witnessmark.errors import UsageError
from witnessmark.publishing.source_table import EDITABLE, ID, STAMP, WORDS, edited_digest, locked_digest, parted
from witnessmark.publishing.workbook_cells import WIDEST, Cell, Line, NotReadableError, Odd, sheets

LARGEST = 256 * 1024**2  # bytes of a file
_MOST_ROWS = 1_048_576  # of a sheet of Excel
_LONGEST_LINE = 1 << 22  # letters: each column of the table filled as far as a cell goes
_MEMORY, _SECONDS = 2 * 1024**3, 300.0
_NAMED = 200  # rows changed where they may not be, whose cells are kept to name the column
_TITLES = re.compile(r"sources(?: \d+)?")


@dataclass(frozen=True, slots=True)
class Returned:
    """A row as it came back. ``line``: as spreadsheets number rows; ``sheet``: the further sheet it stands in, or nothing.

    ``edited``: its cells that may be edited, where they are not as exported, and then its ``words``; ``locked``: the others
    likewise.
    """

    line: int
    sheet: str
    claim: str
    seen: str
    before: str
    edited: Mapping[str, Cell] | None = None
    locked: Mapping[str, str] | None = None
    words: str = ""


def read(path: Path, columns: Sequence[str]) -> list[Returned]:
    """The rows of a table that came back, blank ones left away.

    Raises:
        UsageError: it is no such table, or cannot be read; the reason says why.
        OSError: the file is not there, or may not be read.
    """
    with path.open("rb") as source:
        head = source.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(path, "is an old or a locked workbook; save it as .xlsx without a password")
    found = _in_a_process((str(path), tuple(columns)), _workbook if head.startswith(b"PK") else _text)
    if isinstance(found, str):
        raise refused(path, found)
    return found


def admit(path: Path) -> None:
    """Refuse what need not be opened to be refused.

    Raises:
        UsageError: it is no file, or a very large one.
    """
    if not path.is_file():
        raise refused(path, "is no file")
    if path.stat().st_size > LARGEST:
        raise refused(path, f"is larger than {LARGEST // 1024**2} MiB")


def refused(path: Path, why: str) -> UsageError:
    """The refusal of a whole file."""
    return UsageError(
        f"{path} {why}.", "Nothing was decided.", "Export the table anew, and edit the yellow columns alone."
    )


Asked = tuple[str, tuple[str, ...]]
Reader = Callable[[Asked], list[Returned] | str]


def _in_a_process(asked: Asked, reader: Reader) -> list[Returned] | str:
    """The rows of one table, or a sentence on why there are none."""
    with Spread(_opened, jobs=1, memory=_MEMORY) as spread:
        ((_, found),) = spread.over([[(asked, reader)]])
    return f"cannot be read: {found.why}" if isinstance(found, Died | Failed) else found


def _opened(given: list[tuple[Asked, Reader]]) -> list[Returned] | str | Failed:
    """In a worker: what its reader says of a file."""
    ((asked, reader),) = given
    return attempt(reader, asked, _SECONDS)


def _text(asked: Asked) -> list[Returned] | str:
    path, columns = asked
    try:
        return list(_csv(Path(path), columns))
    except UnicodeError:
        return "is no text in UTF-8; save it as “CSV UTF-8”, or better as .xlsx"
    except csv.Error as trouble:
        return f"cannot be read as CSV ({trouble})"
    except NotReadableError as trouble:
        return str(trouble)


def _workbook(asked: Asked) -> list[Returned] | str:
    path, columns = asked
    found: list[Returned] = []
    try:
        with ZipFile(path) as archive:
            for number, (title, lines) in enumerate(sheets(archive, _TITLES, STAMP)):
                found += _rows(lines, columns, title if number else "")
    except NotReadableError as trouble:
        return str(trouble)
    except (
        BadZipFile,
        etree.XMLSyntaxError,
        zlib.error,
        LookupError,
        ValueError,
        EOFError,
        NotImplementedError,
    ) as trouble:
        return f"is a broken workbook ({type(trouble).__name__})"
    return found


def _csv(path: Path, columns: Sequence[str]) -> Iterator[Returned]:
    with path.open("rb") as source:
        head = source.read(4)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else "utf-8-sig"
    for split in (",", ";", "\t"):
        with path.open(encoding=encoding, newline="") as source:
            rows = map(_narrow, csv.reader(_bounded(source), delimiter=split))
            first = next((row for row in rows if any(row)), [])
            if split == "\t" or ID in [one.strip() for one in first]:
                yield from _rows(enumerate(chain([first], rows), start=1), columns, "")
                return


def _bounded(source: TextIO) -> Iterator[str]:
    """The lines of a table, none of which is held that is longer than a row can be."""
    for line in iter(lambda: source.readline(_LONGEST_LINE), ""):
        if len(line) == _LONGEST_LINE:
            raise NotReadableError("has a line that is longer than any row of the table")
        yield line


def _narrow(row: list[str]) -> list[str]:
    """A row less what lies beyond the columns that are told apart; of that, the first cell that is not blank is enough."""
    return row if len(row) <= WIDEST else [*row[:WIDEST], next(filter(str.strip, row[WIDEST:]), "")]


def _rows(given: Iterable[Line], columns: Sequence[str], sheet: str) -> Iterator[Returned]:
    """Each row that is not blank, under the columns' names."""
    lines = iter(given)
    _same(next((row for _, row in lines if any(row)), []), columns)
    kept = 0
    for line, row in lines:
        if line > _MOST_ROWS:
            raise NotReadableError(f"has more than {_MOST_ROWS:,} rows")
        if any(cell if isinstance(cell, Odd) else cell.strip() for cell in row):
            named = {column: row[at] if at < len(row) else "" for at, column in enumerate(columns)}
            beyond = {f"column {at + 1}": cell for at, cell in enumerate(row) if at >= len(columns) and cell}
            one = _returned(line, sheet, {**named, **beyond}, name=kept < _NAMED)
            kept += one.locked is not None
            yield one


def _same(head: Sequence[Cell], columns: Sequence[str]) -> None:
    """Refuse a header that is not the table's."""
    found = [cell.text if isinstance(cell, Odd) else cell.strip().lstrip("\ufeff") for cell in head]
    while found and not found[-1]:
        found.pop()
    for at, (one, wanted) in enumerate(zip([*found, *[""] * len(columns)], columns, strict=False), start=1):
        if one != wanted:
            raise NotReadableError(
                f"has other columns than the source table: column {at} should be {wanted}, and is "
                + (f"called {one[:60]}" if one else "missing")
            )
    if len(found) > len(columns):
        raise NotReadableError(f"has a column that the source table does not have: {found[len(columns)][:60]}")


def _returned(line: int, sheet: str, cells: Mapping[str, Cell], *, name: bool) -> Returned:
    """One row, less the cells that are as exported."""
    texts = {column: cell if isinstance(cell, str) else f"\x1f{cell.kind}" for column, cell in cells.items()}
    claim = texts[ID].strip().casefold()
    parts = parted(texts[STAMP])
    if parts is None:
        return Returned(line, sheet, claim, "", "")
    seen, before, locked = parts
    edited = edited_digest(texts) != before
    changed = locked_digest(texts) != locked
    return Returned(
        line,
        sheet,
        claim,
        seen,
        before,
        {column: cells[column] for column in EDITABLE} if edited else None,
        ({column: texts[column] for column in texts if column not in EDITABLE} if name else {}) if changed else None,
        texts[WORDS] if edited else "",
    )
