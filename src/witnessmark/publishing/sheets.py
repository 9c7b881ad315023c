"""A source table that came back, as rows: from a workbook or CSV, whatever its name ends in; its bytes are a stranger's.

A workbook is read in a process of its own, under a limit of memory and time. Nothing in it is carried out: a file with
macros is refused, and a cell with a formula is told from one with a value. CSV may be split by commas, semicolons or tabs,
in UTF-8 or UTF-16. The columns must be those of the table, in their order, and nothing more: what stands under a heading
that this program does not know would be lost without a word. Rows come back small: cells alone that are not as exported.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from witnessmark.casefile.spread import Died, Failed, Spread, attempt
from witnessmark.errors import UsageError
from witnessmark.publishing.source_table import EDITABLE, ID, STAMP, edited_digest, locked_digest, parted

LARGEST = 256 * 1024**2  # bytes of a file
_INFLATED = 1024**3  # bytes of a workbook's parts together, as its directory gives them
_PARTS, _MOST_ROWS = 10_000, 1_048_576
_MEMORY, _SECONDS = 2 * 1024**3, 120.0
_NAMED = 200  # rows changed where they may not be, whose cells are kept to name the column
_MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_CHUNK = 1 << 20
_EXACT = 1e15  # whole numbers of a spreadsheet are exact below it
DATE, SUM = "a date", "a formula"


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no text or number: ``kind`` says what."""

    kind: str
    text: str


Cell = str | Odd


@dataclass(frozen=True, slots=True)
class Returned:
    """A row as it came back. ``line``: as spreadsheets number rows; ``sheet``: the further sheet it stands in, or nothing.

    ``edited``: its cells that may be edited, where they are not as exported; ``locked``: the others likewise.
    """

    line: int
    sheet: str
    claim: str
    seen: str
    before: str
    edited: Mapping[str, Cell] | None = None
    locked: Mapping[str, str] | None = None


def read(path: Path, columns: Sequence[str]) -> list[Returned]:
    """The rows of a table that came back, blank ones left away.

    Raises:
        UsageError: it is no such table, or cannot be read; the reason says why.
        OSError: the file is not there, or may not be read.
    """
    if path.stat().st_size > LARGEST:
        raise refused(path, f"is larger than {LARGEST // 1024**2} MiB")
    with path.open("rb") as source:
        head = source.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(path, "is an old or a locked workbook; save it as .xlsx without a password")
    try:
        if head.startswith(b"PK"):
            return _in_a_process(path, columns)
        return list(_csv(path, columns))
    except (UnicodeError, csv.Error, _NoTableError) as trouble:
        raise refused(path, _why(trouble)) from trouble


def refused(path: Path, why: str) -> UsageError:
    """The refusal of a whole file."""
    return UsageError(
        f"{path} {why}.", "Nothing was decided.", "Export the table anew, and edit the yellow columns alone."
    )


class _NoTableError(Exception):
    """What is given is no source table."""


def _why(trouble: Exception) -> str:
    if isinstance(trouble, UnicodeError):
        return "is no text in UTF-8; save it as “CSV UTF-8”, or better as .xlsx"
    return str(trouble) if isinstance(trouble, _NoTableError) else f"cannot be read as CSV ({trouble})"


def _in_a_process(path: Path, columns: Sequence[str]) -> list[Returned]:
    with Spread(_opened, jobs=1, memory=_MEMORY) as spread:
        for _, found in spread.over([[(str(path), tuple(columns))]]):
            if isinstance(found, Died):
                raise _NoTableError(f"cannot be read: {found.why}")
            if isinstance(found, Failed):
                raise _NoTableError(f"cannot be read: {found.why}")
            if isinstance(found, str):
                raise _NoTableError(found)
            return found
    return []


def _opened(asked: list[tuple[str, tuple[str, ...]]]) -> list[Returned] | str | Failed:
    """In a worker: the rows of one workbook, or a sentence on why there are none."""
    (one,) = asked
    return attempt(_workbook, one, _SECONDS)


def _workbook(asked: tuple[str, tuple[str, ...]]) -> list[Returned] | str:
    path, columns = asked
    try:
        with ZipFile(path) as archive:
            parts = _parts(archive)
            found: list[Returned] = []
            with CalamineWorkbook.from_path(path) as book:
                for title, part in parts.items():
                    formulas = _formulas(archive, part)
                    rows = (
                        (_text(value) for value in row)
                        for row in book.get_sheet_by_name(title).to_python(skip_empty_area=False)
                    )
                    marked = (
                        [Odd(SUM, "") if (line, at) in formulas else cell for at, cell in enumerate(row)]
                        for line, row in enumerate(rows)
                    )
                    further = "" if title == next(iter(parts)) else title
                    found += _rows(marked, columns, further)
    except _NoTableError as trouble:
        return str(trouble)
    except (
        BadZipFile,
        CalamineError,
        etree.XMLSyntaxError,
        KeyError,
        EOFError,
        NotImplementedError,
        OSError,
    ) as trouble:
        return f"is a broken workbook ({type(trouble).__name__})"
    return found


def _parts(archive: ZipFile) -> dict[str, str]:
    """The sheets that hold the table, by title, each with the part of the file it lies in."""
    listed = archive.infolist()
    names = {one.filename for one in listed}
    if len(listed) > _PARTS or sum(one.file_size for one in listed) > _INFLATED:
        raise _NoTableError("would take more room unpacked than any table")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise _NoTableError("holds macros; save it as .xlsx, which has none")
    if "xl/workbook.xml" not in names:
        raise _NoTableError("is no workbook (.xlsx)")
    links = {
        one.get("Id"): str(one.get("Target"))
        for one in _xml(archive, "xl/_rels/workbook.xml.rels")
        if "worksheet" in str(one.get("Type"))
    }
    sheets = _xml(archive, "xl/workbook.xml").findall("m:sheets/m:sheet", _MAIN)
    titled = {str(one.get("name")): links.get(one.get(_LINK)) for one in sheets}
    wanted = {title: part for title, part in titled.items() if re.fullmatch(r"sources(?: \d+)?", title) and part}
    if not wanted and len(titled) == 1:
        wanted = {title: part for title, part in titled.items() if part}  # a table that was opened as CSV and saved
    if not wanted:
        raise _NoTableError("has no sheet called sources")
    return {title: part.lstrip("/") if part.startswith("/") else f"xl/{part}" for title, part in wanted.items()}


def _xml(archive: ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(name), parser)


def _formulas(archive: ZipFile, part: str) -> set[tuple[int, int]]:
    """Row and column, from 0, of each cell with a formula: what it shows is what some program reckoned, or nothing."""
    with archive.open(part) as source:
        tail, any_ = b"", False
        while not any_ and (chunk := source.read(_CHUNK)):
            any_, tail = _FORMULA.search(tail + chunk) is not None, chunk[-32:]
    if not any_:
        return set()
    found = set()
    with archive.open(part) as source:
        for _, one in etree.iterparse(source, tag=("{*}c", "{*}row"), resolve_entities=False, no_network=True):
            place = _REF.fullmatch(str(one.get("r")))
            if place and one.find("{*}f") is not None:
                found.add((int(place[2]) - 1, _column(place[1])))
            if one.tag.endswith("}row"):
                one.clear()
                while one.getprevious() is not None:
                    del one.getparent()[0]
    return found


def _column(letters: str) -> int:
    at = 0
    for char in letters:
        at = at * 26 + ord(char) - ord("A") + 1
    return at - 1


def _text(value: float | str | bool | time | date | datetime | timedelta) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if abs(value) < _EXACT and int(value) == value else repr(value)
    return value if isinstance(value, str) else Odd(DATE, str(value))


def _csv(path: Path, columns: Sequence[str]) -> Iterator[Returned]:
    with path.open("rb") as source:
        head = source.read(4)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else "utf-8-sig"
    for split in (",", ";", "\t"):
        with path.open(encoding=encoding, newline="") as source:
            rows = csv.reader(source, delimiter=split)
            first = next((row for row in rows if any(row)), [])
            if split == "\t" or ID in [one.strip() for one in first]:
                yield from _rows(chain([first], rows), columns, "")
                return


def _rows(rows: Iterable[Sequence[Cell]], columns: Sequence[str], sheet: str) -> Iterator[Returned]:
    """Each row that is not blank, under the columns' names."""
    lines = enumerate(rows, start=1)
    _same(next((row for _, row in lines if any(row)), []), columns)
    kept = 0
    for line, row in lines:
        if line > _MOST_ROWS:
            raise _NoTableError(f"has more than {_MOST_ROWS:,} rows")
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
            raise _NoTableError(
                f"has other columns than the source table: column {at} should be {wanted}, and is "
                + (f"called {one[:60]}" if one else "missing")
            )
    if len(found) > len(columns):
        raise _NoTableError(f"has a column that the source table does not have: {found[len(columns)][:60]}")


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
    )
