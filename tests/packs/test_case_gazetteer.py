"""Registers, tables of places and GeoNames dumps become a pack; each row is used or listed with its reason."""

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import zip_of
from witnessmark.errors import UsageError
from witnessmark.packs.case_gazetteer import compile_case_pack
from witnessmark.packs.gazetteer import GAZETTEER
from witnessmark.packs.pack import load

GEONAMES = "170\tZarhal\tZarhal\tZerhal,زرحال\t-30.2\t80.3\tP\tPPL\tSY\t\t01\t\t\t\t1200\t\t5\tAsia/X\t2020-01-01"


def compiled(folder: Path, data: bytes, name: str = "places.csv") -> tuple[dict[str, Any], list[dict[str, str]]]:
    """The report, and the rows of the pack."""
    source, pack = folder / name, folder / "pack"
    source.write_bytes(data)
    report = compile_case_pack(source, pack, "gazetteer-test")
    load(pack)
    with (pack / GAZETTEER).open(encoding="utf-8", newline="") as lines:
        return report, list(csv.DictReader(lines))


def test_columns_of_a_register_are_known_by_their_usual_names(tmp_path: Path) -> None:
    table = "location,location_ar,latitude,longitude,accuracy,admin1\nZarhal,زرحال,-30.2,80.3,village,Dalvat\n"
    report, (row,) = compiled(tmp_path, table.encode("utf-8-sig"))
    assert (report["rows"], report["used"], report["left"]) == (1, 1, [])
    assert (row["name"], row["name_ar"], row["level"], row["within"]) == ("Zarhal", "زرحال", "village", "Dalvat")
    assert (float(row["lat"]), float(row["lon"])) == (-30.2, 80.3)


def test_rows_of_one_name_near_each_other_are_one_place_and_far_ones_are_two(tmp_path: Path) -> None:
    table = "name,lat,lon\nZarhal,-30.20,80.30\nZarhal,-30.22,80.32\nZARHAL,-30.24,80.34\nZarhal,10,10\n"
    _, rows = compiled(tmp_path, table.encode())
    assert sorted((round(float(row["lat"]), 2), round(float(row["lon"]), 2)) for row in rows) == [
        (-30.22, 80.32),
        (10.0, 10.0),
    ]


def test_a_name_with_what_contains_it_keeps_both(tmp_path: Path) -> None:
    _, (row,) = compiled(
        tmp_path, 'name,name_ar,lat,lon\n"Zarhal, Dalvat countryside","زرحال، ريف دلفات",1,2\n'.encode()
    )
    assert (row["name"], row["name_ar"], row["within"]) == ("Zarhal", "زرحال", "Dalvat countryside|ريف دلفات")


def test_a_country_by_its_name_becomes_its_code(tmp_path: Path) -> None:
    _, rows = compiled(tmp_path, "name,lat,lon,country\nZarhal,1,2,سوريا\nDalvat,3,4,Iraq\nMilvat,5,6,ZZ\n".encode())
    assert sorted(row["country"] for row in rows) == ["IQ", "SY", "ZZ"]


def test_a_row_of_broken_bytes_is_left_with_its_line_and_the_rest_is_taken(tmp_path: Path) -> None:
    table = (
        "name,name_ar,lat,lon,note\nZarhal,زرحال,1,2,\n".encode()
        + b"Bad\xffname,,1,2,\n"  # line 3
        + b'\n"Tal Qirmit",,3,4,"a note\nof two lines"\n'  # lines 5 and 6
        + b"Lone\xed\xa0\x80surrogate,,1,2,\n"  # line 7
        + b"Bir Zawlat,,5,6,\xff in a column that is not used\n"
        + b'"Two\nlines",,7,8,\n'
    )
    report, rows = compiled(tmp_path, table)
    assert sorted(row["name"] for row in rows) == ["Bir Zawlat", "Tal Qirmit", "Zarhal"]
    assert [(one["row"], one["why"]) for one in report["left"]] == [
        (3, "bytes that are no UTF-8 text"),
        (7, "bytes that are no UTF-8 text"),
        (9, "a line end or control inside a name"),
    ]
    assert report["rows"] == report["used"] + len(report["left"]) == 6


def test_a_line_of_broken_bytes_in_a_dump_is_left(tmp_path: Path) -> None:
    lines = [GEONAMES.encode(), GEONAMES.encode().replace(b"Zarhal\t", b"Zar\xffhal\t", 1)]
    report, rows = compiled(tmp_path, zip_of({"XX.txt": b"\n".join(lines)}), "XX.zip")
    assert len(rows) == 1
    assert [(one["row"], one["why"]) for one in report["left"]] == [(2, "bytes that are no UTF-8 text")]


def test_a_quote_that_is_never_closed_costs_no_row_before_it(tmp_path: Path) -> None:
    report, rows = compiled(tmp_path, b'name,lat,lon\nA,1,2\n"B,1,2\n' + b"x,1,2\n" * 30_000)
    assert [one["name"] for one in rows] == ["A", "x"]
    assert report["left"] == [{"row": 3, "why": "a cell of more than 131072 letters, or whose quote is not closed"}]
    assert (report["rows"], report["used"]) == (30_002, 30_001)


@pytest.mark.parametrize("population", ["x", "9" * 5000, "-1"])
def test_a_population_that_is_no_number_costs_nothing(tmp_path: Path, population: str) -> None:
    cells = GEONAMES.split("\t")
    cells[14] = population
    report, rows = compiled(tmp_path, "\t".join(cells).encode(), "XX.txt")
    assert len(rows) == report["used"] == 1


def test_a_cell_longer_than_any_costs_its_row(tmp_path: Path) -> None:
    report, rows = compiled(tmp_path, b"name,lat,lon\nA,1,2\nB,1," + b"2" * 200_000 + b"\nC,1,2\n")
    assert [one["name"] for one in rows] == ["A", "C"]
    assert report["rows"] == report["used"] + 1


def test_a_heading_longer_than_any_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        compiled(tmp_path, b"name,lat," + b"x" * 200_000 + b"\nA,1,2\n")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",1,2", "no name"), ("X,,2", "no coordinates"), ("X,a,b", "no numbers"), ("X,4_4,3", "no numbers"), ("X,91,2", "outside the globe"),
        ("X,0,0", "outside the globe"), ("X,nan,nan", "outside the globe"), ("=HYPERLINK(A1),1,2", "formula"),
        ("a b c d e f g,1,2", "too long"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_place_is_left_with_its_reason(tmp_path: Path, row: str, why: str) -> None:
    report, rows = compiled(tmp_path, f"name,lat,lon\nGood,1,2\n{row}\n".encode())
    assert [one["name"] for one in rows] == ["Good"]
    assert (report["rows"], report["used"]) == (2, 1)
    (left,) = report["left"]
    assert why in left["why"]


@pytest.mark.parametrize(
    ("name", "name_ar"),
    [("Zarhal village", "قرية زرحال"), ("the village of Zarhal", "زرحال"), ("Zarhal", "بلدة زرحال")],
)
def test_a_word_of_place_beside_a_name_is_taken_off(tmp_path: Path, name: str, name_ar: str) -> None:
    _, (row,) = compiled(tmp_path, f"name,name_ar,lat,lon\n{name},{name_ar},1,2\n".encode())
    assert (row["name"], row["name_ar"]) == ("Zarhal", "زرحال")


def test_a_row_that_puts_two_places_together_keeps_the_name_that_is_known_there(tmp_path: Path) -> None:
    rows = (
        "Zarhal,زرحال,1.0,2.0\nZarhal,زرحال,1.0,2.0\nDalvat,دلفات,5.0,6.0\nDalvat,زرحال,1.0,2.0\nZarhal,دلفات,5.0,6.0\n"
    )
    _, places = compiled(tmp_path, f"name,name_ar,lat,lon\n{rows}".encode())
    assert {(row["name"], row["name_ar"], row["lat"][0]) for row in places} <= {
        ("Zarhal", "زرحال", "1"),
        ("", "زرحال", "1"),
        ("Dalvat", "دلفات", "5"),
        ("", "دلفات", "5"),
    }


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("ريف حلب الغربي", "countryside"),  # the western countryside of Aleppo
        ("Southern Idlib", "countryside"),
        ("near Zarhal", "countryside"),
        ("غرب", "countryside"),  # west
        ("Idlib", "elsewhere"),  # the province's name, far from its seat
    ],
)
def test_a_name_of_no_point_is_left(tmp_path: Path, name: str, why: str) -> None:
    table = f"name,lat,lon,admin1\nGood,1,2,\n{name},35.2,38.9,Idlib\n"
    report, rows = compiled(tmp_path, table.encode())
    assert [one["name"] for one in rows] == ["Good"]
    assert why in report["left"][0]["why"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_geonames_dump_is_read_packed_or_not(tmp_path: Path, packed: bool) -> None:
    dump = f"{GEONAMES}\n{GEONAMES.replace('PPL', 'PPLX')[:40]}\n".encode()
    report, (row,) = compiled(tmp_path, zip_of({"SY.txt": dump, "readme.txt": b"about"}) if packed else dump, "SY")
    assert (report["rows"], report["used"], len(report["left"])) == (2, 1, 1)
    assert (row["name"], row["name_ar"], row["country"], row["population"]) == ("Zarhal", "زرحال", "SY", "1200")
    assert "Zerhal" in row["alternates"]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\0", b"a,b\n1,2\n", b"name,lat,lon\n", b"PK\x03\x04"])
def test_what_holds_no_place_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UsageError, match="Nothing was added"):
        compiled(tmp_path, data)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(["Zarhal", "Tal", "زرحال", "", "=x"]), st.floats(), st.floats()),
        min_size=1,
        max_size=12,
    ),
)
def test_the_numbers_add_up_and_no_place_leaves_the_globe(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, float, float]],
) -> None:
    lines = [f"{name},{lat},{lon}\n" for name, lat, lon in rows]
    folder = tmp_path_factory.mktemp("rows")
    try:
        report, places = compiled(folder, ("name,lat,lon\n" + "".join(lines)).encode())
    except UsageError:
        return
    assert report["rows"] == len(rows) == report["used"] + len(report["left"])
    assert report["places"] == len(places) <= report["used"]
    assert all(abs(float(place["lat"])) <= 90 and abs(float(place["lon"])) <= 180 for place in places)
