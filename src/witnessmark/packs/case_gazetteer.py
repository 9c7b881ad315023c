"""A case's own gazetteer: a table of places, a register of incidents, or a GeoNames dump becomes a pack.

Rows of one name that lie within a few kilometres are one place at their median point; farther apart they are several. A
row that names no place, whose coordinates are none or whose bytes are no text is listed with its line and its reason;
the numbers of the report add up.
Names with containers ("Kafr Janna, Afrin countryside") keep the first part as the name and the rest as what contains it.
A row whose two names are those of two places keeps the one that is known where it lies (``case_names``).
"""

import csv
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from math import floor
from pathlib import Path

from witnessmark.errors import UsageError
from witnessmark.packs.case_names import agreed, plain
from witnessmark.packs.gazetteer import EMBEDDED_IN, GAZETTEER
from witnessmark.packs.pack import describe, load
from witnessmark.packs.place_names import bones, near
from witnessmark.packs.sheets import bounded, opened, records
from witnessmark.terms.place import LEVELS, PlaceLevel
from witnessmark.terms.script import key

_COLUMNS = {
    "name": ("name", "place", "location", "asciiname", "name_en", "place_en"),
    "name_ar": ("name_ar", "place_ar", "location_ar", "arabic"),
    "alternates": ("alternates", "alternatenames", "aliases", "alt_names"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "level": ("precision", "level", "type", "accuracy"),
    "within": ("governorate", "admin1", "province", "within"),
    "within_ar": ("governorate_ar", "admin1_ar", "province_ar"),
    "country": ("country", "country_code", "iso"),
}
_SHIPPED = Path(__file__).parent / "shipped" / EMBEDDED_IN
_LEVELS = {
    "province_governorate": "province", "governorate": "province", "neighbourhood_area": "neighbourhood", "neighborhood": "neighbourhood",
    "nearby_landmark": "landmark", "within_100m": "exact", "within_1m": "exact", "exact_location": "exact",
    "exact_location_other": "exact", "exact_location_coalition": "exact", "ppl": "village", "adm1": "province", "adm2": "district",
}  # fmt: skip
_GEONAMES = 19  # columns of a GeoNames country dump, https://download.geonames.org/export/dump/readme.txt
_DIGITS = 11  # of a population
_NEAR = 0.12  # degrees: about 13 km, within which rows of one name are one place
_UNQUOTED = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff]')  # what a file may be called and a quotation cannot hold
_PARTED = re.compile(r"[,،;()/|]|(?<=\s)[-–—](?=\s)")
MOST_WORDS, _MOST_LETTERS = 5, 200  # of a place's name
_FIELDS = ("ref", "name", "name_ar", "alternates", "lat", "lon", "level", "country", "within", "population")
Row = dict[str, str]


def compile_case_pack(source: Path, folder: Path, name: str) -> dict[str, object]:
    """Write a pack from a file of places; returns ``rows``, ``places``, ``used``, and ``left`` (line of the file and reason).

    ``rows`` = ``used`` + the length of ``left``.

    Raises:
        UsageError: the file is no table of places, or holds none.
    """
    left: list[dict[str, object]] = []
    count = 0
    taken: list[tuple[int, Row]] = []
    for number, row, why in _read(source):
        count += 1
        if why:
            left.append({"row": number, "why": why})
        else:
            taken.append((number, row))
    agreed([row for _, row in taken], _NEAR / 2)
    groups: dict[tuple[str, str], list[Row]] = {}
    for number, row in taken:
        given = row["name_ar"] or row["name"]
        if not given:
            left.append({"row": number, "why": "its names are those of a countryside, or of places elsewhere"})
            continue
        groups.setdefault((near(given), near(row["within"].split("|")[0])), []).append(row)
    if not groups:
        raise UsageError(
            f"{source.name} holds no place that can be read.",
            "Nothing was added.",
            "See docs/how-to/gazetteers.md for its columns.",
        )
    folder.mkdir(parents=True)
    places = _write(folder, groups, name)
    describe_given(folder, name, source.name)
    left.sort(key=lambda one: int(str(one["row"])))
    return {"rows": count, "used": count - len(left), "places": places, "left": left}


def _read(source: Path) -> Iterator[tuple[int, Row, str | None]]:
    """Line of the file, row in our columns, and why it cannot be used (or None)."""
    for number, table in enumerate(opened(source)):
        lines = bounded(table)
        first = next(lines, "")
        found = chain([first], lines)
        if first.count("\t") == _GEONAMES - 1:
            yield from _geonames(found)
        elif number == 0 or "," in first:
            yield from _table(found)


def _geonames(lines: Iterator[str]) -> Iterator[tuple[int, Row, str | None]]:
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != _GEONAMES:
            yield number, {}, "not nineteen columns"
            continue
        kind = cells[6]
        if kind not in ("P", "A"):
            yield number, {}, "neither a populated place nor an administrative area"
            continue
        row = {
            "ref": f"geonames:{cells[0]}", "name": cells[1], "name_ar": next((one for one in cells[3].split(",") if _arabic(one)), ""),
            "alternates": cells[3].replace(",", "|"), "lat": cells[4], "lon": cells[5],
            "level": _LEVELS.get(cells[7].lower(), "village" if kind == "P" else "district"), "country": cells[8], "within": "",
            "population": cells[14] if cells[14].isdecimal() and len(cells[14]) <= _DIGITS else "0",
        }  # fmt: skip
        yield number, row, _broken(row) or _wrong(row)


def _arabic(text: str) -> bool:
    return any("\u0621" <= char <= "\u064a" for char in text)


def _table(lines: Iterator[str]) -> Iterator[tuple[int, Row, str | None]]:
    found = records(lines)
    heading = next(found, (1, []))[1]
    if heading is None:
        raise UsageError(
            "The first line of the table cannot be read: a cell is too long, or its quote is not closed.",
            "Nothing was added.",
            "See docs/how-to/gazetteers.md.",
        )
    headers = {header.strip().lower(): number for number, header in reversed([*enumerate(heading)])}
    ours = {
        field: next((headers[name] for name in names if name in headers), None) for field, names in _COLUMNS.items()
    }
    if None in (ours["lat"], ours["lon"]) or (ours["name"] is None and ours["name_ar"] is None):
        raise UsageError(
            "The table has no columns for a name, latitude and longitude.",
            "Nothing was added.",
            "See docs/how-to/gazetteers.md.",
        )
    for number, cells in found:
        if cells is None:
            yield number, {}, f"a cell of more than {csv.field_size_limit()} letters, or whose quote is not closed"
            continue
        given = {field: cells[at].strip() if at is not None and at < len(cells) else "" for field, at in ours.items()}
        row = _ours(given, number)
        yield number, row, _broken(row) or _wrong(row)


def _ours(given: Row, number: int) -> Row:
    parts, arabic = parted(given["name"]), parted(given["name_ar"])
    level = given["level"].strip().lower()
    within = [given["within"], given["within_ar"], *parts[1:], *arabic[1:]]
    return {
        "ref": f"row:{number}", "name": _named(parts),
        "name_ar": _named(arabic),
        "alternates": given["alternates"].replace(";", "|"), "lat": given["lat"], "lon": given["lon"],
        "level": level_of(level) or "village", "country": _country(given["country"]),
        "within": "|".join(dict.fromkeys(part for part in within if part)), "population": "0",
    }  # fmt: skip


def parted(text: str) -> list[str]:
    """The name of a place and of what contains it, as commas, strokes, brackets or a dash between blanks part them."""
    return [part for one in _PARTED.split(text) if (part := one.strip())]


def _named(parts: list[str]) -> str:
    """The first part, where it is short enough to be a name."""
    short = parts and len(parts[0]) <= _MOST_LETTERS and len(parts[0].split()) <= MOST_WORDS
    return plain(parts[0]) if short else ""


def level_of(word: str) -> PlaceLevel | None:
    """The level that a table's word for precision means, in lower case; None where it is no level's."""
    found = _LEVELS.get(word, word)
    return next((level for level in LEVELS if level == found), None)


def _country(given: str) -> str:
    """The code of a country, where a table writes its name; places of two gazetteers are held together by it."""
    return _codes().get(key(given), given)


@cache
def _codes() -> dict[str, str]:
    rows = load(_SHIPPED).tables["countries"]
    return {key(name): row.fields["country"] for row in rows for name in (row.key, row.fields["name_ar"]) if name}


def _broken(row: Row) -> str | None:
    if any("\ud800" <= char <= "\udfff" for value in row.values() for char in value):
        return "bytes that are no UTF-8 text"
    if any(char < " " for char in row["name"] + row["name_ar"]):
        return "a line end or control inside a name"
    return None


def _wrong(row: Row) -> str | None:
    if not row["name"] and not row["name_ar"]:
        return "no name, or one too long to be a place's"
    if (row["name"] or row["name_ar"])[:1] in "=+@":
        return "a formula where a name should stand"
    if not row["lat"] or not row["lon"]:
        return "no coordinates"
    try:
        lat, lon = float(_plain(row["lat"])), float(_plain(row["lon"]))
    except ValueError:
        return "coordinates that are no numbers"
    return None if abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon) else "coordinates outside the globe"


def _plain(number: str) -> str:
    """A number as people write it; Python's own underscores make none."""
    return "" if "_" in number else number


def _write(folder: Path, groups: dict[tuple[str, str], list[Row]], name: str) -> int:
    count = 0
    with (folder / GAZETTEER).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, _FIELDS)
        writer.writeheader()
        for _, rows in sorted(groups.items()):
            for cluster in _clusters(rows):
                count += 1
                writer.writerow(_merged(cluster, name))
    return count


def _clusters(rows: list[Row]) -> list[list[Row]]:
    """Rows of one name, split where they lie apart."""
    clusters: list[list[Row]] = []
    shelved: dict[
        tuple[int, int], int
    ] = {}  # cells as wide as rows of one place lie apart, so that none holds two firsts
    for row in rows:
        lat, lon = float(row["lat"]), float(row["lon"])
        y, x = floor(lat / _NEAR), floor(lon / _NEAR)
        around = sorted(at for i in (-1, 0, 1) for j in (-1, 0, 1) if (at := shelved.get((y + i, x + j))) is not None)
        home = next((clusters[at] for at in around if _beside(clusters[at][0], lat, lon)), None)
        if home is None:
            shelved.setdefault((y, x), len(clusters))
            clusters.append([row])
        else:
            home.append(row)
    return clusters


def _beside(row: Row, lat: float, lon: float) -> bool:
    return abs(float(row["lat"]) - lat) <= _NEAR and abs(float(row["lon"]) - lon) <= _NEAR


def _merged(rows: list[Row], pack: str) -> Row:
    names = [row["name"] for row in rows if row["name"]]
    arabic = next((row["name_ar"] for row in rows if row["name_ar"]), "")
    # A works or a street in the place may stand in its row: the name that the Arabic one is goes before.
    times, meant = Counter(names), bones(arabic)
    times = Counter({one: count for one, count in times.items() if bones(one) == meant}) or times
    name = max(sorted(times), key=times.__getitem__, default="")
    levels = [row["level"] for row in rows]
    others = {part for row in rows for part in (row["name"], row["name_ar"], *row["alternates"].split("|"))}
    others -= {name, arabic}
    return {
        "ref": f"{pack}:{rows[0]['ref']}", "name": name, "name_ar": arabic,
        "alternates": "|".join(sorted(one for one in others if one)),
        "lat": f"{statistics.median(float(row['lat']) for row in rows):.6f}",
        "lon": f"{statistics.median(float(row['lon']) for row in rows):.6f}",
        "level": max(sorted(set(levels)), key=levels.count), "country": rows[0]["country"], "within": rows[0]["within"],
        "population": str(max(int(row["population"] or 0) for row in rows)),
    }  # fmt: skip


def describe_given(folder: Path, name: str, source: str) -> None:
    """Write the description of a pack that was made of a file given for one case."""
    quoted = _UNQUOTED.sub("_", source)
    head = f'name = "{name}"\nversion = "1"\nlicence = "as its source"\nsource = "{quoted}, given for this case"\n'
    (folder / "pack.toml").write_text(head + 'compiled_by = "witnessmark"\nreviewed_by = ""\n', encoding="utf-8")
    (folder / "examples.jsonl").write_text("", encoding="utf-8")
    describe(folder)
