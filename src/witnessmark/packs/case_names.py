"""Names in a table of places made fit to be looked up: words of place taken off, names of other places left out.

The rule: "the village of X" is X. Where a row's two names, in Latin and in Arabic script, cannot be one name, the table
has put two places together; one of them is left out if the table, or a table that ships, knows it elsewhere and nowhere
near. A name that is a countryside's is no point's. Whether a row that is kept lies where its name says, it does not show.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import floor
from pathlib import Path

from witnessmark.packs.pack import load
from witnessmark.packs.place_names import bones, near
from witnessmark.terms.place import COARSE
from witnessmark.terms.script import fold, key

Row = dict[str, str]
Point = tuple[float, float]
Map = dict[tuple[int, int], Counter[Point]]  # points by cell, as wide as a name reaches
_NONE: Counter[Point] = Counter()
_FIELDS = ("name", "name_ar")
_SHIPPED = Path(__file__).parent / "shipped" / "places"
_TABLES = ("provinces", "place_alternates")
_LEAST = 3  # letters of a name


def plain(name: str) -> str:
    """A name less the word of place beside it: "قرية زرحال", "village of Zarhal", "Zarhal town"."""
    folded = fold(name)
    found = _words().fullmatch(folded.text)
    kept = next((number for number in (1, 2, 3) if found and found[number]), 0)
    if not found or not kept or len(found[kept]) < _LEAST:
        return name
    return name[slice(*folded.back(*found.span(kept)))]


@cache
def _words() -> re.Pattern[str]:
    rows = load(_SHIPPED).tables["place_types"]
    forms = [key(form) for row in rows for form in row.fields.get("omitted", "").split("|") if form]
    latin, arabic = ("|".join(one for one in forms if one.isascii() is asked) for asked in (True, False))
    return re.compile(rf"(?:the )?(?:{latin}) of (.+)|(.+) (?:{latin})|(?:{arabic}) (.+)")


@cache
def _cues(*roles: str) -> frozenset[str]:
    """The words of some roles."""
    return frozenset(key(row.key) for row in load(_SHIPPED).tables["place_cues"] if row.fields["role"] in roles)


def agreed(rows: Sequence[Row], reach: float) -> None:
    """Leave out of rows the names that belong to places elsewhere. ``reach``: degrees within which a name is of one place."""
    known: dict[str, Map] = {}
    for names, point in [*_shipped(_TABLES), *((_names(row), _point(row)) for row in rows if not _differ(row))]:
        for name in names:
            known.setdefault(near(name), {}).setdefault(_cell(point, reach), Counter())[point] += 1
    for row in rows:
        fields = [field for field in _FIELDS if row[field]]
        there = {field: known.get(near(row[field]), {}) for field in fields if _differ(row)}
        here = {field: _about(_point(row), points, reach) for field, points in there.items()}
        strange = {field for field, points in there.items() if points and here[field] < max(1, *here.values())}
        for field in fields:
            if field in strange or _countryside(row[field]) or _named_for_its_province(row, field, reach):
                row[field] = ""


def _cell(point: Point, reach: float) -> tuple[int, int]:
    return floor(point[0] / reach), floor(point[1] / reach)


def _about(point: Point, known: Map, reach: float) -> int:
    """How many of some points lie by one; looked for in its own cell of the map and those around."""
    y, x = _cell(point, reach)
    around = (known.get((y + i, x + j), _NONE) for i in (-1, 0, 1) for j in (-1, 0, 1))
    return sum(times for cell in around for other, times in cell.items() if _by(point, other, reach))


def _by(one: Point, other: Point, reach: float) -> bool:
    return abs(one[0] - other[0]) <= reach and abs(one[1] - other[1]) <= reach


def _countryside(name: str) -> bool:
    """Whether a name is that of part of a province, or of what lies by a place: "ريف حلب الغربي", "near Zarhal", "غرب"."""
    words = key(name).split()
    if words[0] in _cues("beside"):
        return True
    rest = [word for word in words if word not in _cues("around", "link", "direction")]
    return set(words) <= _cues("around", "direction") or (len(rest) < len(words) and near(" ".join(rest)) in _seats())


def _named_for_its_province(row: Row, field: str, reach: float) -> bool:
    """Whether a row far from the seat of its province bears its name, as rows do whose place nobody could say more closely."""
    name = near(row[field])
    seats = _seats().get(name, ())
    return (
        bool(seats)
        and row["level"] not in COARSE
        and name in map(near, row["within"].split("|"))
        and not any(_by(_point(row), one, 2 * reach) for one in seats)
    )


@cache
def _seats() -> dict[str, tuple[Point, ...]]:
    """The seats of the provinces that ship, by name."""
    return {near(name): (point,) for names, point in _shipped(("provinces",)) for name in names}


def _differ(row: Row) -> bool:
    """Whether a row has two names, in two scripts, that cannot be one."""
    latin, arabic = bones(row["name"]), bones(row["name_ar"])
    return bool(latin and arabic) and latin != arabic


def _names(row: Row) -> tuple[str, ...]:
    return tuple(row[field] for field in _FIELDS if row[field])


def _point(row: Mapping[str, str]) -> Point:
    return float(row["lat"]), float(row["lon"])


def _shipped(wanted: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Point]]:
    """Names and points of tables that ship."""
    tables = load(_SHIPPED).tables
    for entry in (one for table in wanted for one in tables[table] if one.fields["lat"]):
        row = entry.fields
        yield tuple(one for one in (entry.key, row["name_ar"], *row["alternates"].split(";")) if one), _point(row)
