"""A case's own register: a list of incidents that others coded becomes a pack of the case, to be held against its incidents.

The format is told by the headings (UCDP GED, ACLED, Airwars, a table of one's own; pack ``registers``). A row needs a day
and a place, by name or by coordinates; one that lacks either, whose bytes are no text or that says again what another said
is left out with its reason. What else cannot be read of a row (a figure, coordinates) is named, and the row kept without
it. Both are listed by line, and the numbers of the report add up. Files are streamed: memory grows with ids only. What a
register does not prove: that its coders were right.
"""

import csv
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from zlib import crc32

from witnessmark.errors import UsageError
from witnessmark.packs.case_gazetteer import MOST_WORDS, describe_given, level_of, parted
from witnessmark.packs.larder import REGISTER, SHIPPED, open_larder
from witnessmark.packs.pack import load
from witnessmark.packs.place_names import far, near
from witnessmark.packs.register_values import Days, Order, coordinates, days, order_of, toll, widened
from witnessmark.packs.sheets import bounded, delimiter, opened, records
from witnessmark.terms.ports import Entry
from witnessmark.terms.script import key
from witnessmark.terms.toll import Toll

FIELDS = (
    "id", "line", "url", "first", "last", "place", "place_ar", "names", "within", "lat", "lon", "level",
    "killed", "dead", "injured", "parties", "means", "grade",
)  # fmt: skip
_ALL_OF = ("within", "parties", "means")  # fields of which every column counts, and not only the first that is filled
_PHRASE = 2  # words from which a name may hold another
_LONGEST = 500  # characters kept of a cell: a name, a party, an address
_TOLLS = ("killed", "dead", "injured")
_SEEN_FIRST = 20_000  # rows gone through to tell how the column of dates writes days in figures
_HELD_FIRST = 1 << 26  # bytes of them, about, that are held meanwhile
_PER_CELL = 60  # bytes that a cell takes beside its letters
_HOW = "See docs/how-to/registers.md for the columns."
Row = dict[str, str]


@dataclass(slots=True)
class Report:
    """``left``: reason to lines of rows left out; ``doubts``: reason to lines of rows kept without what it names."""

    format: str
    rows: int = 0
    used: int = 0
    first: str = "9999"
    last: str = ""
    left: "dict[str, array[int]]" = field(default_factory=dict)
    doubts: "dict[str, array[int]]" = field(default_factory=dict)

    def plain(self) -> dict[str, object]:
        """As printed: ``rows`` is ``used`` and the lines of ``left`` together."""
        lists = {name: {why: list(lines) for why, lines in getattr(self, name).items()} for name in ("left", "doubts")}
        return {
            "format": self.format, "rows": self.rows, "used": self.used, "first": self.first, "last": self.last, **lists,
        }  # fmt: skip


def compile_register(source: Path, folder: Path, name: str, given_as: str) -> dict[str, object]:
    """Write a pack from a register; returns ``format``, ``rows``, ``used``, ``first``, ``last``, ``left`` and ``doubts``.

    ``given_as``: the file's name, which the pack cites as its source.

    Raises:
        UsageError: the file is no register, or no row of it has a day and a place.
    """
    folder.mkdir(parents=True)
    with (folder / REGISTER).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, FIELDS)
        writer.writeheader()
        report = Report("")
        seen: dict[int, int] = {}
        for sheet in _sheets(source):
            report.format = report.format or sheet.name
            for row in sheet.rows(report, seen):
                report.used += 1
                report.first, report.last = min(report.first, row["first"]), max(report.last, row["last"])
                writer.writerow(row)
    if not report.used:
        why = f": {'; '.join(list(report.left)[:3])}" if report.left else ""
        raise UsageError(f"{given_as} holds no incident with a day and a place{why}.", "Nothing was added.", _HOW)
    describe_given(folder, name, given_as)
    return report.plain()


@dataclass(slots=True)
class _Sheet:
    """One table: its records after the heading, and which of its columns hold which field."""

    kind: str
    name: str
    columns: dict[str, list[int]]
    records: Iterator[tuple[int, list[str] | None]]
    order: Order | None

    def rows(self, report: Report, seen: dict[int, int]) -> Iterator[Row]:
        """The rows that can be used. ``seen``: marks of ids to marks of what the rows said."""
        for line, cells in self.records:
            report.rows += 1
            doubts: list[str] = []
            row = _unreadable(cells) or self.row(line, cells or [], doubts)
            why = row if isinstance(row, str) else _again(row, seen, doubts)
            for reason in [why] if why else doubts:
                (report.left if why else report.doubts).setdefault(reason, array("Q")).append(line)
            if not why and not isinstance(row, str):
                yield row

    def cell(self, cells: Sequence[str], wanted: str) -> str:
        """The first filled cell of a field, or all of them joined where all count."""
        columns = self.columns.get(wanted)
        if not columns:
            return ""
        filled = [one for at in columns if at < len(cells) and (one := cells[at].strip()[:_LONGEST])]
        return "|".join(filled) if wanted in _ALL_OF else next(iter(filled), "")

    def row(self, line: int, cells: list[str], doubts: list[str]) -> Row | str:
        """A record in our columns, or why it is left out."""
        when = _days(self.cell(cells, "date"), self.order)
        if isinstance(when, str):
            return when
        when = self._ended(when, self.cell(cells, "date_end"), doubts)
        first, last = widened(when, self.ours("day_precision", cells) or "day")
        point = coordinates(self.cell(cells, "lat"), self.cell(cells, "lon"))
        if isinstance(point, str):
            doubts.append(point)
        given = {
            name: self.cell(cells, name) for name in ("id", "url", "place", "place_ar", "parties", "means", "grade")
        }
        wrong = _wrong(given, placed=isinstance(point, tuple))
        if wrong:
            return wrong
        names, within = place_keys((given["place"], given["place_ar"]), self.cell(cells, "within").split("|"))
        return {
            **given, "id": given["id"] or f"line {line}", "line": str(line), "first": first.isoformat(), "last": last.isoformat(),
            "names": "|".join(names), "within": "|".join(within),
            **dict(zip(("lat", "lon"), map(str, point) if isinstance(point, tuple) else ("", ""), strict=True)),
            "level": self.ours("level", cells) or level_of(self.cell(cells, "level").lower()) or "village",
            **{slot: self.figures(slot, cells, doubts) for slot in _TOLLS},
        }  # fmt: skip

    def _ended(self, when: Days, given: str, doubts: list[str]) -> Days:
        """Days as long as the cell of the last one says."""
        end = _days(given, self.order) if given else when
        if isinstance(end, str) or end[1] < when[0]:
            doubts.append(f"a last day that is none: {end}" if isinstance(end, str) else "a last day before the first")
            return when
        return when[0], max(when[1], end[1])

    def ours(self, wanted: str, cells: Sequence[str]) -> str:
        """A coded cell in our words."""
        return _values().get((self.kind, wanted, self.cell(cells, wanted)), "")

    def figures(self, slot: str, cells: list[str], doubts: list[str]) -> str:
        """The range of people of one kind, as ``least-most``; empty where none is given."""
        given = [toll(self.cell(cells, f"{slot}{end}")) for end in ("", "_least", "_most")]
        doubts += [one for one in given if isinstance(one, str)]
        whole, least, most = (one if isinstance(one, Toll) else None for one in given)
        low, high = least or whole or most, most or whole or least
        if low is None or high is None:
            return ""
        top = high.most if most is None else max(low.least, high.least)
        if most is not None and most.least < low.least:
            doubts.append("a figure whose end lies below its beginning")
        return f"{low.least}-{'' if top is None else top}"


def _sheets(source: Path) -> Iterator[_Sheet]:
    """The tables of a file that are registers.

    Raises:
        UsageError: a table is none.
    """
    for table in opened(source):
        lines = bounded(table)
        heading = next(lines, "")
        if not heading.strip("\r\n ,;\t"):
            continue
        parted = delimiter(heading)
        cells = next(records(iter([heading]), parted), (1, None))[1]
        headings = [one.strip().strip("\N{ZERO WIDTH NO-BREAK SPACE}").lower() for one in cells or []]
        kind, name, columns = _format(headings)
        found = ((line + 1, cells) for line, cells in records(lines, parted))
        first = _first_of(found)
        at = columns["date"][0]
        order = order_of(cells[at] for _, cells in first if cells and at < len(cells))
        yield _Sheet(kind, name, columns, _chained(first, found), order)


def _first_of(found: Iterator[tuple[int, list[str] | None]]) -> list[tuple[int, list[str] | None]]:
    """As many records as may be held at once."""
    first: list[tuple[int, list[str] | None]] = []
    room = _HELD_FIRST
    for line, cells in islice(found, _SEEN_FIRST):
        first.append((line, cells))
        room -= sum(len(cell) + _PER_CELL for cell in cells or ())
        if room < 0:
            break
    return first


def _chained(
    first: list[tuple[int, list[str] | None]], rest: Iterator[tuple[int, list[str] | None]]
) -> Iterator[tuple[int, list[str] | None]]:
    """Records already read, let go one by one, then the others."""
    first.reverse()
    while first:
        yield first.pop()
    yield from rest


def _format(headings: Sequence[str]) -> tuple[str, str, dict[str, list[int]]]:
    """The first format whose marks a heading bears, its name, and the columns of each field.

    Raises:
        UsageError: no column for a day or for a place.
    """
    at = {heading: number for number, heading in reversed(list(enumerate(headings)))}
    for row in _tables()["register_formats"]:
        marks = row.fields["marks"].split("&") if row.fields["marks"] else []
        if not all(any(one in at for one in mark.split("|")) for mark in marks):
            continue
        columns: dict[str, list[int]] = {}
        for column in _tables()["register_columns"]:
            if column.fields["kind"] == row.key and column.key in at:
                columns.setdefault(column.fields["field"], []).append(at[column.key])
        if "date" in columns and (columns.keys() & {"place", "place_ar"} or {"lat", "lon"} <= columns.keys()):
            return row.key, row.fields["name"], columns
    raise UsageError("The first line of the register has no columns for a day and a place.", "Nothing was added.", _HOW)


def _unreadable(cells: list[str] | None) -> str | None:
    if cells is None:
        return f"a cell of more than {csv.field_size_limit()} letters, or whose quote is not closed"
    if all(map(str.isascii, cells)):
        return None
    if any("\ud800" <= char <= "\udfff" for cell in cells for char in cell[:_LONGEST]):
        return "bytes that are no UTF-8 text"
    return None


def _wrong(given: Mapping[str, str], *, placed: bool) -> str | None:
    if any(char < " " and char not in "\t\r\n" for value in given.values() for char in value):
        return "a control character inside a cell"
    if any(given[name][:1] in ("=", "@") for name in ("id", "place", "place_ar")):
        return "a formula where a name or id should stand"
    return None if placed or given["place"] or given["place_ar"] else "no place"


def _again(row: Row, seen: dict[int, int], doubts: list[str]) -> str | None:
    """Whether a row says again what one of its id said; another event under a known id is told apart by its line."""
    mark = _mark(row["id"])
    said = crc32("|".join(row[name] for name in ("first", "last", "place", "place_ar", "lat", "lon", *_TOLLS)).encode())
    if seen.get(mark) == said:
        return "the same event under the same id as before"
    if mark in seen:
        doubts.append("another event under an id that came before; its line is added to its id")
    while mark in seen:  # an id may itself end in the words for a line
        row["id"] = f"{row['id']} (line {row['line']})"
        mark = _mark(row["id"])
    seen[mark] = said
    return None


def _mark(name: str) -> int:
    return crc32(name.encode()) << 32 | crc32(name[::-1].encode())


def place_keys(names: Iterable[str], within: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """Keys of the names of a place, and of what contains it: what stands behind a comma, a stroke or in brackets.

    The same for a register's cells and for the names that an incident's place goes by, so that the two meet.
    """
    called: dict[str, None] = {}
    around: dict[str, None] = {}
    for text in names:
        for number, part in enumerate(parted(text)):
            (around if number else called).update(dict.fromkeys(_kept_keys(part)))
    for part in within:
        around.update(dict.fromkeys(_kept_keys(part)))
    return list(called), list(around)


@lru_cache(maxsize=50_000)
def _kept_keys(name: str) -> tuple[str, ...]:
    """The keys of a name; names come again on many rows."""
    return tuple(_keys(name))


def _keys(name: str) -> Iterator[str]:
    """What spellings of a name have in common, with and without the word for what it is ("Zarhal village").

    A phrase of several words is kept whole, too, between blanks, so that a name is found inside "the outskirts of Dalvat city"
    as ``" dalvat "``; a key of one name has no blank at its ends.
    """
    plain = near(name).replace("|", " ").strip()
    words = plain.split()
    if len(words) > _PHRASE:
        yield f" {plain} "
    if not words or len(words) > MOST_WORDS:
        return
    bare = near(" ".join(word for word in words if word not in _kinds()))
    for one in dict.fromkeys((plain, bare)):
        if one:
            yield one
            yield from filter(None, [far(one)])


@lru_cache(maxsize=10_000)
def _days(cell: str, order: Order | None) -> Days | str:
    """The days of a cell; they come again on many rows."""
    return days(cell, order, _months())


@cache
def _kinds() -> frozenset[str]:
    """Words that say what a place is, as they stand in keys: village, قرية."""
    rows = open_larder().every("place_types")
    return frozenset(near(word) for row in rows for word in (row.key, *row.fields.get("forms", "").split("|")) if word)


@cache
def _tables() -> Mapping[str, Sequence[Entry]]:
    return load(SHIPPED / "registers").tables


@cache
def _values() -> dict[tuple[str, str, str], str]:
    rows = _tables()["register_values"]
    return {(row.fields["kind"], row.fields["sort"], row.key): row.fields["ours"] for row in rows}


@cache
def _months() -> dict[str, int]:
    """Keys of the names of Gregorian months in every language of the packs."""
    rows = [row for row in open_larder().every("months") if row.fields.get("calendar", "gregorian") == "gregorian"]
    return {
        key(name): int(row.fields["month"])
        for row in rows
        for name in (row.key, *row.fields.get("forms", "").split("|"))
        if name
    }
