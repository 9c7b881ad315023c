"""Rows on their way out: JSON lines or CSV, streamed, so that a reader of the result never meets half a file.

A file is written beside its target under another name, synced, and put in place at once. JSON escapes controls and the
marks that change the order of text, which loses nothing and keeps a terminal safe. CSV opens in a spreadsheet: UTF-8
with a byte order mark; a cell that a spreadsheet would take for a formula begins with an apostrophe, and one longer than
a spreadsheet holds is cut, with a mark. What CSV does not keep: what is cut, the difference between null and nothing,
and nested values are JSON text; take JSON lines to read by program.
"""

import csv
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from witnessmark.errors import UsageError

FORMATS = ("jsonl", "csv")
STDOUT = "-"
# Harmless in evidence, deceiving or dangerous on a terminal: controls, separators, direction marks, invisible tags.
UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
# A cell holds so many UTF-16 units: https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
LONGEST_CELL = 32_767
_CUT = " … [cut here: {} characters in all; the whole text is in the JSON lines]"
# What spreadsheets take for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def spelled(char: str) -> str:
    r"""A character as JSON escapes spell it (``\u202e``), in UTF-16 where it lies beyond."""
    raw = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{raw[at]:02x}{raw[at + 1]:02x}" for at in range(0, len(raw), 2))


def json_text(value: object, indent: int | None = None) -> str:
    """JSON in which nothing is unseen; it reads back to the same value. Without ``indent``, one line."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNSEEN.sub(lambda found: found.group() if found.group() == "\n" else spelled(found.group()), text)


def plain(value: object) -> str | int | float:
    """One value for a cell: numbers stay numbers, lists of texts are joined by ``; ``, all else nested is JSON text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    return value if isinstance(value, str) else json_text(value)


def cell(value: object) -> str | int | float:
    """One value as a cell of CSV, its text defused."""
    told = plain(value)
    return defused(told) if isinstance(told, str) else told


def defused(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def undefused(text: str) -> str:
    """The text without the apostrophe that ``defused`` gave it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def fitted(text: str) -> str:
    """The text as long as a spreadsheet's cell may be, with a mark where it was cut."""
    if len(text) * 2 <= LONGEST_CELL or _units(text) <= LONGEST_CELL:
        return text
    mark = _CUT.format(f"{len(text):,}")
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (LONGEST_CELL - len(mark))]
    return kept.decode("utf-16-le", "ignore") + mark  # half of a pair at the end is left out


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def write(
    rows: Iterable[Mapping[str, object]],
    columns: Sequence[str],
    form: str,
    target: str,
    cuts: MutableMapping[str, int] | None = None,
) -> int:
    """Write rows to a file, or to standard output where the target is ``-``; returns how many there were.

    CSV has these columns in this order, also where there is no row; JSON lines hold each row whole. How many cells of
    each column were too long for a spreadsheet and were cut is added to ``cuts``.

    Raises:
        UsageError: no such form, or the target cannot be a file.
    """
    if form not in FORMATS:
        raise UsageError(
            f"{form!r} is no format of tables.", "Nothing was written.", f"Choose one of: {', '.join(FORMATS)}."
        )
    with _opened(target) as out:
        return _csv(rows, columns, out, {} if cuts is None else cuts) if form == "csv" else _jsonl(rows, out)


def _jsonl(rows: Iterable[Mapping[str, object]], out: TextIO) -> int:
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the count is the result
        out.write(json_text(row) + "\n")
    return count


def _csv(
    rows: Iterable[Mapping[str, object]], columns: Sequence[str], out: TextIO, cuts: MutableMapping[str, int]
) -> int:
    seen = out.isatty()
    if not seen:
        out.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    sheet = csv.writer(out)
    sheet.writerow(columns)
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the count is the result
        whole = [cell(row.get(column)) for column in columns]
        cells = [fitted(one) if isinstance(one, str) else one for one in whole]
        for column, one, kept in zip(columns, whole, cells, strict=True):
            if one != kept:
                cuts[column] = cuts.get(column, 0) + 1
        sheet.writerow([_for_eyes(one) for one in cells] if seen else cells)
    return count


def _for_eyes(value: str | float) -> str | float:
    """A cell as a terminal may show it."""
    return UNSEEN.sub(lambda found: spelled(found.group()), value) if isinstance(value, str) else value


@contextmanager
def _opened(target: str) -> Iterator[TextIO]:
    """A stream to write to; what was there before stays whole until all is written."""
    if target == STDOUT:
        yield sys.stdout
        return
    path = _place(target)
    if path.exists() and not path.is_file():  # a device or a pipe must be written to, never replaced
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
            yield out
        return
    with placed(target) as partial, partial.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
        yield out


def _place(target: str) -> Path:
    """Where a target lies.

    Raises:
        UsageError: it cannot be a file.
    """
    path = Path(target).resolve()
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(
            f"{target} cannot be a file: " + ("it is a folder." if path.is_dir() else "its folder is not there."),
            "Nothing was written.",
            "Name a file in a folder that is there, or - for standard output.",
        )
    return path


@contextmanager
def placed(target: str) -> Iterator[Path]:
    """A path beside the target to write to; when all is written it is synced and put in the target's place at once.

    Raises:
        UsageError: the target cannot be a file.
    """
    path = _place(target)
    partial = path.with_name(f".{path.name[:80]}.{os.getpid()}.partial")
    try:
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
