"""The cells of a workbook (.xlsx) from a stranger, read row by row, so that what it holds and not what it claims sets the room it takes.

A reader of our own, since three things must be told apart that readers for analysis run together: a cell with a formula
(what it shows some program reckoned, or nothing did), one in which a spreadsheet made a date of "3-5", and one with an error.
Only values are read; nothing is carried out or fetched. A sheet in which a cell may show another value than it holds is
refused: merged cells, a formula that fills its neighbours, two cells in one place, the table in two sheets. What it does
not read: rich text's looks, comments, other sheets.
Format: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from zipfile import ZipFile

from lxml import etree

INFLATED = 1024**3  # bytes of a workbook's parts together, as its directory gives them
_PARTS, WIDEST = 10_000, 200  # parts of a file; columns of a row that are told apart
_PARSER = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
_PEEKED = 50  # rows of another sheet in which the table's heading is looked for
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_LINK = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_REF = re.compile(r"([A-Z]{1,3})\d{1,7}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # of a number's format, what is no code
_DATE_CODES = re.compile(r"[dmyhs]", re.IGNORECASE)
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})  # built-in formats, 18.8.30
_EXACT = 1e15  # whole numbers of a spreadsheet are exact below it
_DAY_ZERO, _LAST_DAY = date(1899, 12, 30), 2_958_465
DATE, FORMULA, ERROR, MERGED = "a date", "a formula", "an error", "merged"
_HIDING = {
    FORMULA: "has a formula that fills several cells ({}); write their values",
    MERGED: "has merged cells ({}), of which one alone holds what is seen in all; split them",
}
_ODD = {"d": DATE, "e": ERROR}


class NotReadableError(Exception):
    """The file is no workbook with the sheets that are wanted; the reason continues a sentence that begins with its name."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no text or number: ``kind`` says what."""

    kind: str
    text: str


Cell = str | Odd
Line = tuple[int, Sequence[Cell]]


def sheets(archive: ZipFile, wanted: re.Pattern[str], mark: str) -> Iterator[tuple[str, Iterator[Line]]]:
    """Each sheet whose title is wanted, or the only one there is: its title and its rows, with their numbers from 1.

    ``mark``: a heading of the table, by which it is known in a sheet of another title.

    Raises:
        NotReadableError: there is no such sheet, the table stands in another, too, or the file holds macros or too much.
    """
    listed = archive.infolist()
    names = {one.filename for one in listed}
    if len(listed) > _PARTS or sum(one.file_size for one in listed) > INFLATED:
        raise NotReadableError("would take more room unpacked than any table")
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise NotReadableError("holds macros; save it as .xlsx, which has none")
    if "xl/workbook.xml" not in names:
        raise NotReadableError("is no workbook (.xlsx)")
    parts, others = _parts(archive, wanted)
    strings = _strings(archive) if "xl/sharedStrings.xml" in names else []
    dated = _dated(archive) if "xl/styles.xml" in names else frozenset()
    for title, part in others.items():
        if any(mark in cells for _, cells in islice(_lines(archive, part, strings, dated), _PEEKED)):
            raise NotReadableError(
                f"has the table in a further sheet, {title[:60]}, too, and only one of them can be meant; delete the other"
            )
    for title, part in parts.items():
        yield title, _rows(archive, part, strings, dated)


def _parts(archive: ZipFile, wanted: re.Pattern[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The sheets wanted and the others, by title, each with the part of the file it lies in."""
    links = {str(one.get("Id")): str(one.get("Target")) for one in _xml(archive, "xl/_rels/workbook.xml.rels")}
    titled: dict[str, str] = {}
    for one in _xml(archive, "xl/workbook.xml").findall("{*}sheets/{*}sheet"):
        title, part = str(one.get("name")), links[str(one.get(_LINK) or one.get(_STRICT_LINK))]
        if title in titled:
            raise NotReadableError(f"has two sheets called {title[:60]}")
        titled[title] = part.lstrip("/") if part.startswith("/") else f"xl/{part}"
    found = {title: part for title, part in titled.items() if wanted.fullmatch(title)}
    if not found and len(titled) == 1:
        found = titled  # a table that was opened as CSV, and saved under the title of its file
    if not found:
        raise NotReadableError("has no sheet called sources")
    return found, {title: part for title, part in titled.items() if title not in found}


def _xml(archive: ZipFile, name: str) -> etree._Element:
    return _own(etree.fromstring(archive.read(name), etree.XMLParser(**_PARSER)))


def _own(one: etree._Element) -> etree._Element:
    """An element whose words are its own: entities, which no workbook needs, would be left out of them.

    Raises:
        NotReadableError: its document declares some.
    """
    if one.getroottree().docinfo.doctype:
        raise NotReadableError("declares entities, which no spreadsheet writes")
    return one


def _elements(archive: ZipFile, part: str, *tags: str) -> Iterator[etree._Element]:
    """The elements of some tags, one after the other; what was read is let go."""
    with archive.open(part) as source:
        for number, (_, one) in enumerate(etree.iterparse(source, tag=tuple(f"{{*}}{tag}" for tag in tags), **_PARSER)):
            yield one if number else _own(one)
            one.clear()
            parent = one.getparent()
            while parent is not None and one.getprevious() is not None:
                del parent[0]


def _strings(archive: ZipFile) -> list[str]:
    return [_worded(one) for one in _elements(archive, "xl/sharedStrings.xml", "si")]


def _worded(holder: etree._Element) -> str:
    """The text of a string, its runs joined, without how it is to be pronounced."""
    runs = [*holder.findall("{*}t"), *holder.findall("{*}r/{*}t")]
    return _unescaped("".join(run.text or "" for run in runs))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _dated(archive: ZipFile) -> frozenset[int]:
    """The looks of cells whose numbers are shown as dates or times."""
    styles = _xml(archive, "xl/styles.xml")
    custom = {
        str(one.get("numFmtId")): bool(_DATE_CODES.search(_ASIDE.sub("", str(one.get("formatCode")))))
        for one in styles.findall("{*}numFmts/{*}numFmt")
        if one.get("formatCode") != "General"
    }
    looks = [str(one.get("numFmtId")) for one in styles.findall("{*}cellXfs/{*}xf")]
    return frozenset(at for at, one in enumerate(looks) if custom.get(one, one.isdigit() and int(one) in _DATES))


def _rows(archive: ZipFile, part: str, strings: Sequence[str], dated: frozenset[int]) -> Iterator[Line]:
    """The rows of a sheet in which every cell holds what it shows.

    Raises:
        NotReadableError: cells are merged, a formula fills several, or two rows or cells stand in one place.
    """
    before = 0
    for line, cells in _lines(archive, part, strings, dated):
        for one in cells:
            if isinstance(one, Odd) and one.kind in _HIDING and one.text:
                raise NotReadableError(_HIDING[one.kind].format(one.text[:40]))
        if line <= before:
            raise NotReadableError(f"has rows out of their order, near row {line}")
        before = line
        yield line, cells


def _lines(archive: ZipFile, part: str, strings: Sequence[str], dated: frozenset[int]) -> Iterator[Line]:
    line = 0
    for row in _elements(archive, part, "row", "mergeCell"):
        if row.tag.endswith("mergeCell"):
            yield line + 1, [Odd(MERGED, str(row.get("ref")))]
            continue
        given = row.get("r")
        line = int(given) if given and given.isdecimal() else line + 1
        cells: list[Cell] = []
        for one in row.findall("{*}c"):
            at = _column(one.get("r"), len(cells))
            told = _cell(one, strings, dated)
            cells += [""] * (at + 1 - len(cells))
            if told and cells[at] and at < WIDEST:  # beyond the widest, the first that is not blank is enough
                raise NotReadableError(f"has two cells in one place, in row {line}")
            cells[at] = cells[at] or told
        yield line, cells


def _column(place: str | None, following: int) -> int:
    """The column of a cell, from 0; one that names none follows the one before it."""
    found = _REF.fullmatch(place or "")
    at = 0
    for char in found[1] if found else "":
        at = at * 26 + ord(char) - ord("A") + 1
    return min(at - 1 if found else following, WIDEST)


def _cell(one: etree._Element, strings: Sequence[str], dated: frozenset[int]) -> Cell:
    inline, held, look = one.find("{*}is"), one.find("{*}v"), one.get("s") or ""
    kind, text = one.get("t") or "n", held.text or "" if held is not None else ""
    formula = one.find("{*}f")
    if formula is not None:
        return Odd(FORMULA, _filled(formula))
    if kind in _ODD:
        return Odd(_ODD[kind], text)
    if kind == "n":
        return _number(text, dated=look.isdecimal() and int(look) in dated)
    if inline is not None:
        return _worded(inline)
    if kind != "s":
        return ("true" if text == "1" else "false") if kind == "b" else _unescaped(text)
    return strings[int(text) if text.isdecimal() else len(strings)]  # a number below zero would count from the end


def _filled(formula: etree._Element) -> str:
    """The cells that an array's or a table's formula fills (``D2:D9``); the others hold but what it shows. Else nothing."""
    first, _, last = (formula.get("ref") or "").partition(":")
    return f"{first}:{last}" if formula.get("t") in ("array", "dataTable") and last not in ("", first) else ""


def _number(text: str, *, dated: bool) -> Cell:
    if not text:
        return ""
    value = float(text.replace("_", "x"))  # Python's own underscores make no number
    if dated:
        told = _DAY_ZERO + timedelta(days=int(value)) if 0 <= value <= _LAST_DAY else text
        return Odd(DATE, str(told))
    return str(int(value)) if math.isfinite(value) and abs(value) < _EXACT and value == int(value) else repr(value)
