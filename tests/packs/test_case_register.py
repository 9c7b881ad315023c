"""Registers of others become a pack; each row is used or left out with its reason, whatever the file is made of."""

import csv
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import zip_of
from witnessmark.errors import UsageError
from witnessmark.packs.case_register import compile_register, place_keys
from witnessmark.packs.larder import REGISTER
from witnessmark.packs.pack import load

HEAD = "id,date,place,lat,lon,killed,injured,url\n"
Row = dict[str, str]


def compiled(folder: Path, data: bytes | str, name: str = "given.csv") -> tuple[dict[str, Any], list[Row]]:
    """The report, and the rows of the pack."""
    source, pack = folder / name, folder / "pack"
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    report: dict[str, Any] = compile_register(source, pack, "register-test", name)
    load(pack)
    with (pack / REGISTER).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert report["rows"] == report["used"] + sum(map(len, report["left"].values()))
    assert report["used"] == len(rows)
    return report, rows


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1,,Zarhal,-30,80,5,,", "no date"),
        ("1,31/02/2031,Zarhal,-30,80,5,,", "a date that is none"),
        ("1,2031-13-01,Zarhal,-30,80,5,,", "a date that is none"),
        ("1,some day,Zarhal,-30,80,5,,", "a date in a form that is not known"),
        ("1,45582,Zarhal,-30,80,5,,", "a date in a form that is not known"),
        ("1,0031-03-01,Zarhal,-30,80,5,,", "a date outside the years 1900 to 2100"),
        ("1,04/05/2031,Zarhal,-30,80,5,,", "a date that can be read in two ways"),
        ("1,2031-03-01,,,,5,,", "no place"),
        ("1,2031-03-01,,91,200,5,,", "no place"),
        ("1,2031-03-01,=cmd(),-30,80,5,,", "a formula where a name or id should stand"),
        ("@SUM(A1),2031-03-01,Zarhal,-30,80,5,,", "a formula where a name or id should stand"),
        ("1,2031-03-01,Zar\x07hal,-30,80,5,,", "a control character inside a cell"),
    ],
)
def test_a_row_that_is_no_incident_is_left_with_its_reason(tmp_path: Path, row: str, why: str) -> None:
    report, rows = compiled(tmp_path, f"{HEAD}0,2031-03-01,Zarhal,-30,80,5,,\n{row}\n")
    assert report["left"] == {why: [3]}
    assert [one["id"] for one in rows] == ["0"]


@pytest.mark.parametrize(
    ("cells", "why", "lost"),
    [
        ("91,80,5,", "coordinates outside the globe", "lat"),
        ("0,0,5,", "coordinates outside the globe", "lat"),
        ("nan,inf,5,", "coordinates that are no decimal degrees", "lat"),
        ("30°12′S,80,5,", "coordinates that are no decimal degrees", "lat"),
        ("-30,,5,", "coordinates that are no decimal degrees", "lat"),
        ("-30,80,=1+4,", "a figure that is no number of people", "killed"),
        ("-30,80,-5,", "a figure that is no number of people", "killed"),
        ("-30,80,9999999999,", "a figure that is no number of people", "killed"),
        ("-30,80,9-3,", "a figure whose end lies below its beginning", "killed"),
    ],
)
def test_what_cannot_be_read_of_a_row_is_named_and_the_row_kept(
    tmp_path: Path, cells: str, why: str, lost: str
) -> None:
    report, (row,) = compiled(tmp_path, f"{HEAD}1,2031-03-01,Zarhal,{cells},\n")
    assert report["doubts"] == {why: [2]}
    assert row[lost] == ""
    assert row["names"].split("|")[0] == "zarhal"


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("5", "5-5"), ("5.0", "5-5"), ("3-5", "3-5"), ("3 – 5", "3-5"), ('"[3, 5]"', "3-5"), ('"[3, null]"', "3-"), ("5+", "5-"),
        ('"1,200"', "1200-1200"), ("٣", "3-3"), ("about 30", "30-30"), ("Unknown", ""), ("", ""), ("0", "0-0"),
    ],
)  # fmt: skip
def test_figures_as_people_write_them(tmp_path: Path, cell: str, read: str) -> None:
    _, (row,) = compiled(tmp_path, f"{HEAD}1,2031-03-01,Zarhal,-30,80,{cell},,\n")
    assert row["killed"] == read


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2031-03-15", "2031-03-15", "2031-03-15"), ("2031-03-15T04:00:00", "2031-03-15", "2031-03-15"),
        ("2031/3/15", "2031-03-15", "2031-03-15"), ("15.03.2031", "2031-03-15", "2031-03-15"), ("15/03/2031", "2031-03-15", "2031-03-15"),
        ("03/15/2031", "2031-03-15", "2031-03-15"), ("15 March 2031", "2031-03-15", "2031-03-15"),
        ('"March 15, 2031"', "2031-03-15", "2031-03-15"), ("15 آذار 2031", "2031-03-15", "2031-03-15"),
        ("٢٠٣١-٠٣-١٥", "2031-03-15", "2031-03-15"), ("2031-02", "2031-02-01", "2031-02-28"), ("2031", "2031-01-01", "2031-12-31"),
        ("March 2031", "2031-03-01", "2031-03-31"),
    ],
)  # fmt: skip
def test_days_as_people_write_them(tmp_path: Path, cell: str, first: str, last: str) -> None:
    _, (row,) = compiled(tmp_path, f"{HEAD}1,{cell},Zarhal,-30,80,5,,\n")
    assert (row["first"], row["last"]) == (first, last)


def test_a_day_in_figures_is_read_as_the_rest_of_its_column_shows(tmp_path: Path) -> None:
    _, rows = compiled(tmp_path, f"{HEAD}1,04/05/2031,Zarhal,-30,80,5,,\n2,25/05/2031,Zarhal,-30,80,5,,\n")
    assert [row["first"] for row in rows] == ["2031-05-04", "2031-05-25"]


def test_a_column_that_shows_both_orders_shows_none(tmp_path: Path) -> None:
    table = "1,04/05/2031,A,-30,80,5,,\n2,25/05/2031,A,-30,80,5,,\n3,05/25/2031,A,-30,80,5,,\n"
    report, rows = compiled(tmp_path, HEAD + table)
    assert [row["id"] for row in rows] == ["2", "3"]
    assert report["left"] == {"a date that can be read in two ways": [2]}


def test_an_id_that_comes_again_is_the_same_event_or_is_told_apart_by_its_line(tmp_path: Path) -> None:
    again = "1,2031-03-01,Zarhal,-30,80,5,,\n"
    report, rows = compiled(tmp_path, f"{HEAD}{again}{again}1,2031-04-01,Zarhal,-30,80,5,,\n")
    assert [row["id"] for row in rows] == ["1", "1 (line 4)"]
    assert report["left"] == {"the same event under the same id as before": [3]}
    assert list(report["doubts"].values()) == [[4]]


def test_a_row_without_an_id_is_called_by_its_line(tmp_path: Path) -> None:
    _, rows = compiled(tmp_path, "date,place\n2031-03-01,Zarhal\n\n2031-03-02,Zarhal\n")
    assert [row["id"] for row in rows] == ["line 2", "line 4"]


def test_bytes_of_another_encoding_cost_their_row_alone(tmp_path: Path) -> None:
    table = HEAD.encode() + "1,2031-03-01,Zarhál,-30,80,5,,\n".encode("latin-1") + b"2,2031-03-01,Zarhal,-30,80,5,,\n"
    report, rows = compiled(tmp_path, table)
    assert report["left"] == {"bytes that are no UTF-8 text": [2]}
    assert [row["id"] for row in rows] == ["2"]


@pytest.mark.parametrize("data", [HEAD.encode("utf-16"), b"\xff\xfe\x00", b"", b"\n\n", b"\x00" * 4096, b"%PDF-1.7"])
def test_what_is_no_table_adds_nothing(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UsageError, match="Nothing was added"):
        compiled(tmp_path, data)


def test_a_table_without_a_header_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no columns for a day and a place"):
        compiled(tmp_path, "1,2031-03-01,Zarhal,-30,80,5,,\n2,2031-03-01,Zarhal,-30,80,5,,\n")


def test_a_cell_of_a_million_letters_costs_its_row_and_little_memory(tmp_path: Path) -> None:
    long = "x" * 1_000_000
    report, rows = compiled(tmp_path, f"{HEAD}1,2031-03-01,{long},-30,80,5,,\n2,2031-03-01,Zarhal,-30,80,5,,\n")
    assert [row["id"] for row in rows] == ["2"]
    (why,) = report["left"]
    assert "131072" in why


def test_a_file_of_one_endless_line_is_no_table(tmp_path: Path) -> None:
    source = tmp_path / "given.csv"
    source.write_bytes(b"x" * (1 << 24))
    tracemalloc.start()
    try:
        with pytest.raises(UsageError, match="Nothing was added"):
            compile_register(source, tmp_path / "pack", "register-test", "given.csv")
        assert tracemalloc.get_traced_memory()[1] < 1 << 27
    finally:
        tracemalloc.stop()


def test_a_name_as_long_as_a_cell_may_be_is_cut(tmp_path: Path) -> None:
    _, (row,) = compiled(tmp_path, f"{HEAD}1,2031-03-01,{'x' * 100_000},-30,80,5,,{'y' * 100_000}\n")
    assert max(map(len, row.values())) <= 2_000


@pytest.mark.parametrize("parted", [";", "\t"])
def test_cells_parted_by_semicolons_or_tabs(tmp_path: Path, parted: str) -> None:
    table = (HEAD + "1,2031-03-01,Zarhal,-30,80,5,,\n").replace(",", parted)
    _, (row,) = compiled(tmp_path, table)
    assert (row["place"], row["killed"]) == ("Zarhal", "5-5")


def test_a_quote_that_is_never_closed_costs_its_line(tmp_path: Path) -> None:
    table = f'{HEAD}1,2031-03-01,"Zarhal,-30,80,5,,\n' + "".join(f"{n},2031-03-01,A,-30,80,5,,\n" for n in range(2, 40))
    report, rows = compiled(tmp_path, table)
    assert len(rows) == 38
    assert list(report["left"].values()) == [[2]]


def test_a_zip_holds_several_tables_of_one_register(tmp_path: Path) -> None:
    one, two = (f"{HEAD}{number},2031-03-01,Zarhal,-30,80,5,,\n".encode() for number in (1, 2))
    report, rows = compiled(tmp_path, zip_of({"a.csv": one, "b.csv": two, "readme.txt": b"words"}), "both.zip")
    assert [row["id"] for row in rows] == ["1", "2"]
    assert report["format"] == "a table of one's own"


def test_the_same_bytes_make_the_same_pack(tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        compiled(tmp_path / name, f"{HEAD}1,2031-03-01,Zarhal,-30,80,5,,\n")
        digests.add(load(tmp_path / name / "pack").digest)
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zarhal", "Zarhal village"), ("قرية زرحال", "زرحال"), ("Tal Qirmit, Dalvat", "Tall Kirmit"), ("al-Zarhal", "Zarhal"),
        ("مدينة زرحال", "زرحال، دلفات"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert set(place_keys([one])[0]) & set(place_keys([other])[0])


def test_what_stands_behind_a_comma_contains_the_place() -> None:
    names, around = place_keys(["Zarhal, Dalvat countryside", "زرحال (دلفات)"], ["Milvat"])
    assert {"zarhal", "زرحال"} <= set(names)
    assert {"دلفات", "milvat"} <= set(around)
    assert "milvat" not in names


@given(st.binary(max_size=400), st.integers(0, 60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_stand_in_a_table_the_numbers_add_up(tmp_path: Path, noise: bytes, at: int) -> None:
    table = f"{HEAD}1,2031-03-01,Zarhal,-30,80,5,,\n2,2031-03-02,Zarhal,-30,80,5,,\n".encode()
    where = len(HEAD) + at
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    source = folder / "given.csv"
    source.write_bytes(table[:where] + noise + table[where:])
    pack = folder / "pack"
    try:
        report: dict[str, Any] = compile_register(source, pack, "register-test", "given.csv")
    except UsageError:
        return
    assert report["rows"] == report["used"] + sum(map(len, report["left"].values()))
