"""Registers and gazetteers from careless and hostile hands: refused in a sentence, or read with every row accounted for."""

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.strategies import new_case, zip_of
from witnessmark.casefile import gazetteers, registers
from witnessmark.casefile.verify import verify
from witnessmark.errors import UsageError
from witnessmark.packs import case_register
from witnessmark.packs.case_gazetteer import compile_case_pack
from witnessmark.packs.case_register import compile_register
from witnessmark.packs.larder import REGISTER
from witnessmark.packs.pack import load

HEAD = b"id,date,place,lat,lon,killed,injured,url\n"
ROW = b"1,2031-03-01,Zarhal,-30,80,5,,\n"
TABLE = HEAD + ROW * 300
BESIDE = b"\0\5\x16\7\0\2\0\0Mac, OS X        \0\2\0\0\0\t\0\0\0"  # what macOS lays into a zip beside each file
Compiler = Callable[[Path, Path], dict[str, object]]


def register(source: Path, folder: Path) -> dict[str, object]:
    return compile_register(source, folder, "register-test", source.name)


def gazetteer(source: Path, folder: Path) -> dict[str, object]:
    return compile_case_pack(source, folder, "gazetteer-test")


BOTH = pytest.mark.parametrize("compiler", [register, gazetteer])


def made(compiler: Compiler, folder: Path, data: bytes, name: str = "given.csv") -> dict[str, Any]:
    shutil.rmtree(folder / "pack", ignore_errors=True)
    source = folder / name
    source.write_bytes(data)
    report = compiler(source, folder / "pack")
    load(folder / "pack")
    return report


def spoilt(change: Callable[[bytearray, int], None]) -> bytes:
    """A zip with its directory altered at its entry."""
    whole = bytearray(zip_of({"a.csv": TABLE}))
    change(whole, whole.find(b"PK\1\2"))
    return bytes(whole)


def locked(whole: bytearray, at: int) -> None:
    whole[6] |= 1
    whole[at + 8] |= 1


def miscounted(whole: bytearray, at: int) -> None:
    whole[at + 16 : at + 20] = b"abcd"


def unpackable(whole: bytearray, at: int) -> None:
    whole[8] = whole[at + 10] = 99


def torn(whole: bytearray, at: int) -> None:
    whole[at - 20 : at - 5] = bytes(15)


def headless(whole: bytearray, _: int) -> None:
    whole[:4] = b"XXXX"


def lost(whole: bytearray, at: int) -> None:
    whole[at : at + 4] = b"XXXX"


@BOTH
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (locked, "locked with a password"),
        (miscounted, "The zip is broken"),
        (unpackable, "The zip is broken"),
        (torn, "The zip is broken"),
        (headless, "The zip is broken"),
        (lost, "The zip is broken"),
    ],
)
def test_a_zip_that_does_not_open_is_named(
    compiler: Compiler, change: Callable[[bytearray, int], None], says: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=says):
        made(compiler, tmp_path, spoilt(change))


@BOTH
def test_a_zip_without_a_table_and_one_of_too_much_are_named(
    compiler: Compiler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="holds no table"):
        made(compiler, tmp_path, zip_of({"a.xlsx": b"x", "readme.txt": b"x"}))
    monkeypatch.setattr("witnessmark.packs.sheets._MOST_BYTES", 100)
    with pytest.raises(UsageError, match="holds tables of more than"):
        made(compiler, tmp_path, zip_of({"a.csv": TABLE}))


@BOTH
def test_what_a_system_lays_beside_a_table_in_a_zip_is_no_table(compiler: Compiler, tmp_path: Path) -> None:
    for order in (("__MACOSX/._a.csv", "a.csv"), ("a.csv", "__MACOSX/._a.csv")):
        whole = zip_of({name: BESIDE if "MACOSX" in name else HEAD + ROW for name in order})
        (folder := tmp_path / order[0].replace("/", " ")).mkdir()
        assert made(compiler, folder, whole)["rows"] == 1


@BOTH
@pytest.mark.parametrize("zipped", [False, True])
def test_utf_16_is_named_and_not_called_a_table_without_columns(
    compiler: Compiler, zipped: bool, tmp_path: Path
) -> None:
    data = (HEAD + ROW).decode().replace(",", "\t").encode("utf-16")
    with pytest.raises(UsageError, match="is in UTF-16"):
        made(compiler, tmp_path, zip_of({"a.csv": data}) if zipped else data)


@BOTH
@pytest.mark.parametrize("name", ['a\n"b\\.csv', "a\x01\x7f.csv", os.fsdecode(b"a\xff.csv"), f"{'n' * 240}.csv"])
def test_a_file_of_any_name_becomes_a_pack_and_leaves_nothing_lying(
    compiler: Compiler, name: str, tmp_path: Path
) -> None:
    source = tmp_path / name
    source.write_bytes(HEAD + ROW)
    add = registers.add if compiler is register else gazetteers.add
    with new_case(tmp_path / "case") as case:
        first = add(case, source)
        assert add(case, source)["pack"] == first["pack"]
        bad = tmp_path / "bad.csv"
        bad.write_bytes(b"no table")
        with pytest.raises(UsageError):
            add(case, bad)
        assert not list(case.spool.iterdir())
        assert not verify(case)
        load(case.packs_folder / str(first["pack"]))


@BOTH
def test_a_line_without_end_is_one_row_left_out(compiler: Compiler, tmp_path: Path) -> None:
    """Cut into pieces, it would make rows of what stands in its middle, and number all that follow wrongly."""
    long = b"2,2031-03-02,Zarhal,-31,80,5,," + b"3,2031-03-03,X,-32,80,5,," * 400_000 + b"\n"
    report = made(compiler, tmp_path, HEAD + ROW + long + b"4,2031-03-04,Zarhal,-30,80,5,,\n")
    assert (report["rows"], report["used"]) == (3, 2)
    lines = [one["row"] for one in report["left"]] if compiler is gazetteer else next(iter(report["left"].values()))
    assert lines == [3]


def test_ids_that_end_in_words_for_a_line_stay_apart(tmp_path: Path) -> None:
    rows = b"1 (line 4),2031-03-01,A,-30,80,5,,\n1,2031-03-01,B,-30,80,5,,\n1,2031-03-02,C,-30,80,7,,\n1 (line 4),2031-03-03,D,-30,80,5,,\n"
    report = made(register, tmp_path, HEAD + rows)
    ids = [line.split(",")[0] for line in (tmp_path / "pack" / REGISTER).read_text(encoding="utf-8").splitlines()[1:]]
    assert len(set(ids)) == report["used"] == 4


def test_a_last_day_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    head = HEAD.replace(b"date,", b"date,date_end,")
    rows = b"1,2031-03-01,some day,Z,-30,80,5,,\n2,2031-03-05,2031-03-01,Z,-30,80,5,,\n3,2031-03-05,,Z,-30,80,5,,\n"
    doubts = made(register, tmp_path, head + rows)["doubts"]
    assert doubts == {
        "a last day that is none: a date in a form that is not known": [2], "a last day before the first": [3],
    }  # fmt: skip


def test_rows_with_long_cells_are_not_held_by_the_thousand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The column of dates is looked through before the first row is used."""
    monkeypatch.setattr(case_register, "_HELD_FIRST", 300_000)
    rows = b"".join(b"%d,2031-03-01,Zarhal,-30,80,%d,,%s\n" % (at, at, b"x" * 100_000) for at in range(20))
    found = iter([(at, ["x" * 100_000]) for at in range(20)])
    assert len(case_register._first_of(found)) == 3
    assert made(register, tmp_path, HEAD + rows)["used"] == 20


PLACES = b"name,name_ar,alternates,lat,lon,precision\n"


def spread(count: int) -> bytes:
    """One name at so many places."""
    return b"".join(b"Zarhal,,,%.2f,%.2f,village\n" % (at // 300 * 0.25 - 80, at % 300 * 0.25) for at in range(count))


def at_odds(count: int) -> bytes:
    """Rows whose two names cannot be one, and rows that know one of them elsewhere."""
    arabic = "تل قرميت".encode()  # Tall Qirmit
    return b"".join(b"Zarhal,%s,,%.3f,80,village\n" % (arabic * (at % 2), at * 0.002 - 80) for at in range(count))


def spelt(count: int) -> bytes:
    """One place in so many spellings."""
    return b"".join(b"Zarhal%d,%s,,-30,80,village\n" % (at, "زرحال".encode()) for at in range(count))  # Zarhal


@pytest.mark.parametrize(("rows", "places"), [(spread, 20_000), (at_odds, 20_000), (spelt, 20_000)])
def test_many_rows_of_one_name_take_no_square_of_time(
    rows: Callable[[int], bytes], places: int, tmp_path: Path
) -> None:
    report = made(gazetteer, tmp_path, PLACES + rows(places))
    assert report["rows"] == report["used"] + len(report["left"]) == places


@pytest.mark.parametrize(
    "cells", [b"a" + b" " * 130_000 + b"b,", b"Zarhal,b" + b" " * 130_000 + "ز".encode(), b"a" * 130_000 + b","]
)
def test_a_name_of_blanks_or_of_endless_letters_costs_little(cells: bytes, tmp_path: Path) -> None:
    report = made(gazetteer, tmp_path, PLACES + b"Tal Qirmit,,,-30,80,village\n" + cells + b",,-31,80,village\n")
    assert report["rows"] == 2


def test_a_zip_of_the_usual_make_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("A.CSV", HEAD + ROW)
    assert register(path, tmp_path / "pack")["used"] == 1
