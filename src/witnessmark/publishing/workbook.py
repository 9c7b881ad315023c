"""Rows as a workbook (.xlsx): for people who work in a spreadsheet, and made so that nothing in it acts.

Texts are written as texts, so none is a formula, a link or a number; an address is copied, never clicked by mistake. The
header stays in sight. Cells whose first letter is Arabic or Hebrew are read from the right. Columns that may be edited are
yellow, and the others locked, without a password. What a sheet of Excel cannot hold goes on in a further sheet, and a cell's
text is cut and marked as in CSV. A sheet "about" says of which state of which case it is. The same rows make the same bytes.
Rows are written as they come and none is kept in memory. What a workbook does not keep is what CSV does not.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from witnessmark.errors import UsageError
from witnessmark.publishing.source_table import EDITABLE, STAMP
from witnessmark.publishing.tables import STDOUT, fitted, placed, plain

FORMAT = "xlsx"
# https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
MOST_ROWS = 1_048_576
_MADE = datetime(1980, 1, 1)  # noqa: DTZ001 - the file's format has no zone; a fixed one, so that equal rows are equal bytes
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WIDTHS = {"words": 52, "translation": 40, "note": 30, "counted": 34, "decided": 34, "source": 18, "outlet": 18}
_WIDTH, _FIGURE = 14, 9
_HEIGHT = 62  # points: four lines, so that a long text does not push the next row out of sight
_FROZEN = "words"  # the source table's columns up to this one stay in sight
_HELP = {
    "input_title": "A figure",
    "input_message": "Whole numbers. The same in both for exactly so many; open in _most for at least; both empty: no figure.",
}
_ALLOWED = dict.fromkeys(("format_cells", "format_columns", "format_rows", "sort", "autofilter"), True)


@dataclass(slots=True)
class Written:
    """What was written: rows, how many cells of each column were cut, and the sheets."""

    rows: int = 0
    cuts: MutableMapping[str, int] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)


def write(
    rows: Iterable[Mapping[str, object]],
    columns: Sequence[str],
    target: str,
    *,
    name: str,
    about: Iterable[tuple[str, object]] = (),
) -> Written:
    """Write rows as sheets called ``name``, ``name 2`` ..., and what they are about as another.

    Raises:
        UsageError: the target cannot be a file.
    """
    if target == STDOUT or (Path(target).exists() and not Path(target).is_file()):
        raise UsageError(
            f"A workbook cannot be written to {target}.", "Nothing was written.", "Name a file, or choose csv or jsonl."
        )
    written = Written()
    with placed(target) as partial, _made(partial) as book:
        looks = _looks(book)
        _rows(book, looks, rows, columns, name, written)
        _about(book, looks, name, [("rows", written.rows), *about])
    return written


@contextmanager
def _made(path: Path) -> Iterator[Workbook]:
    """A workbook whose parts lie beside its target until it is closed, and nowhere after.

    Raises:
        OSError: the disk does not take it.
    """
    with TemporaryDirectory(prefix=".sheet-", dir=path.parent) as folder:
        options = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        book = Workbook(str(path), options)
        book.set_properties({"created": _MADE})
        try:
            yield book
        finally:  # also where writing failed: its parts are open files
            try:
                book.close()
            except FileCreateError as trouble:
                raise OSError(*getattr(trouble.args[0], "args", trouble.args)) from trouble


Looks = Mapping[tuple[str, bool], Format]


def _looks(book: Workbook) -> Looks:
    """Formats by kind of cell, and whether it is read from the right."""
    shared = {"valign": "top", "text_wrap": True}
    kinds: dict[str, dict[str, object]] = {
        "head": {"bold": True, "bg_color": "#D9D9D9", "bottom": 1},
        "head to edit": {"bold": True, "bg_color": "#FFD966", "bottom": 1},
        "locked": {},
        "to edit": {"bg_color": "#FFF9E3", "border": 1, "border_color": "#D9C98A", "locked": False},
    }
    return {
        (kind, right): book.add_format({**shared, **look, **({"reading_order": 2} if right else {})})
        for kind, look in kinds.items()
        for right in (False, True)
    }


def _rows(
    book: Workbook,
    looks: Looks,
    rows: Iterable[Mapping[str, object]],
    columns: Sequence[str],
    name: str,
    written: Written,
) -> None:
    sheet, line = _sheet(book, looks, columns, name, written), 0
    for row in rows:
        line += 1
        if line == MOST_ROWS:
            _finish(sheet, columns, line - 1)
            sheet, line = _sheet(book, looks, columns, name, written), 1
        sheet.set_row(line, _HEIGHT)
        for at, column in enumerate(columns):
            _cell(sheet, line, at, _fitting(column, row.get(column), written.cuts), _kind(column, columns), looks)
        written.rows += 1
    _finish(sheet, columns, line)


def _sheet(book: Workbook, looks: Looks, columns: Sequence[str], name: str, written: Written) -> Worksheet:
    """A further sheet with its header."""
    title = name if not written.sheets else f"{name} {len(written.sheets) + 1}"
    sheet = book.add_worksheet(title)
    written.sheets.append(title)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column, _FIGURE if column.endswith(("_least", "_most")) else _WIDTH))
        _cell(sheet, 0, at, column, "head to edit" if _kind(column, columns) == "to edit" else "head", looks)
    sheet.freeze_panes(1, columns.index(_FROZEN) + 1 if STAMP in columns else 0)
    return sheet


def _kind(column: str, columns: Sequence[str]) -> str:
    return "to edit" if STAMP in columns and column in EDITABLE else "locked"


def _finish(sheet: Worksheet, columns: Sequence[str], last: int) -> None:
    """What can be said of a sheet when its rows are known: filters, and what may be edited."""
    sheet.autofilter(0, 0, last, max(0, len(columns) - 1))
    if STAMP not in columns:
        return
    sheet.protect(options=_ALLOWED)
    for at, column in enumerate(columns):
        if column.endswith(("_least", "_most")):
            sheet.data_validation(1, at, max(1, last), at, {"validate": "any", **_HELP})
        if column == "accept":
            sheet.data_validation(1, at, max(1, last), at, {"validate": "list", "source": ["yes"]})


def _fitting(column: str, value: object, cuts: MutableMapping[str, int]) -> str | int | float:
    told = plain(value)
    if not isinstance(told, str):
        return told
    kept = fitted(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", told))
    if len(kept) != len(told):
        cuts[column] = cuts.get(column, 0) + 1
    return kept


def _cell(sheet: Worksheet, row: int, column: int, value: str | float, kind: str, looks: Looks) -> None:
    if isinstance(value, str):
        look = looks[kind, _from_the_right(value)]
        if value:
            sheet.write_string(row, column, value, look)
        elif kind == "to edit":
            sheet.write_blank(row, column, None, look)
    elif isinstance(value, float) and not math.isfinite(value):
        sheet.write_string(row, column, str(value), looks[kind, False])
    else:
        sheet.write_number(row, column, value, looks[kind, False])


def _from_the_right(text: str) -> bool:
    """Whether a text's first letter that has a direction is read from the right."""
    found = (side for char in text[:200] if (side := unicodedata.bidirectional(char)) in ("L", "R", "AL"))
    return next(found, "L") != "L"


def _about(book: Workbook, looks: Looks, name: str, told: Iterable[tuple[str, object]]) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    for line, (label, value) in enumerate([("sheet", name), *told]):
        _cell(sheet, line, 0, label, "head", looks)
        _cell(sheet, line, 1, _fitting(label, value, {}), "locked", looks)
