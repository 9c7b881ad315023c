"""Sheets from strangers that come back: whatever they hold, nothing is carried out, nothing hangs, and nothing is decided."""

import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import zip_of
from witnessmark.errors import UsageError
from witnessmark.publishing import workbook
from witnessmark.publishing.columns import columns
from witnessmark.publishing.sheets import Returned, admit, read
from witnessmark.publishing.workbook_cells import INFLATED

COLUMNS = columns("sources")
_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = f'<?xml version="1.0"?><worksheet {_SPACE}><sheetData>'
_TAIL = "</sheetData></worksheet>"


def line(number: int, cells: tuple[str, ...]) -> str:
    """A row of texts, whose cells do not say where they stand, as some programs write them."""
    return f'<row r="{number}">' + "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in cells) + "</row>"


def book(sheet: str, more: Mapping[str, bytes] | None = None, *, name: str = "sources") -> bytes:
    """A workbook of one sheet, and further parts."""
    told = {
        "xl/workbook.xml": f'<workbook {_SPACE} xmlns:r="{_LINKS}"><sheets><sheet name="{name}" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="a" Type="{_LINKS}/worksheet" Target="s.xml"/></Relationships>',
        "xl/s.xml": sheet,
    }  # fmt: skip
    return zip_of({**{part: text.encode() for part, text in told.items()}, **(more or {})})


def table(*rows: str) -> str:
    return _HEAD + line(1, COLUMNS) + "".join(rows) + _TAIL


def given_back(tmp_path: Path, data: bytes, name: str = "sheet.xlsx") -> list[Returned]:
    path = tmp_path / name
    path.write_bytes(data)
    admit(path)
    return read(path, COLUMNS)


def test_a_plain_table_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("sheet.xlsx", "sheet.csv", "sheet", "sheet.exe"):
        (row,) = given_back(tmp_path, book(table(line(2, ("x",) * len(COLUMNS)))), name)
        assert (row.line, row.claim, row.before) == (2, "x", "")
    assert len(given_back(tmp_path, book(table(line(9, ("x",))), name="Sheet1"))) == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 cut off", "broken workbook"),
        (book(table())[:-40], "broken workbook"),
        (book(table()).replace(b"PK\x01\x02", b"PK\x01\x03"), "broken workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or a locked workbook"),
        (zip_of({"word/document.xml": b"<a/>"}), "is no workbook"),
        (book(table(), {"xl/vbaProject.bin": b"x"}), "holds macros"),
        (book(_HEAD + "<row>" + "<a>" * 100_000 + _TAIL), "broken workbook"),
        (book("<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 20}'>" for at in range(8)) + "]>" + table(line(2, ("&i;",)))[21:]), "declares entities"),
        (book(table('<row r="2"><c t="s"><v>7</v></c></row>')), "broken workbook"),
        (book(table('<row r="2"><c><v>seven</v></c></row>')), "broken workbook"),
        (book(_HEAD + _TAIL), "column 1 should be incident, and is missing"),
        (book(_HEAD + line(1, ("a", "b")) + _TAIL), "column 1 should be incident, and is called a"),
        (b"", "column 1 should be incident, and is missing"),
        (b"a,b\n1,2\n", "column 1 should be incident, and is called a"),
        (bytes(range(128, 256)), "no text in UTF-8"),
        ("incident;…".encode("cp1252"), "no text in UTF-8"),
        (b"\xff\xfe" + b"\x41", "no text in UTF-8"),
        (",".join(COLUMNS).encode() + b"\n" + b"x" * 200_000, "cannot be read as CSV"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_a_sentence(data: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Nothing was decided") as refused:
        given_back(tmp_path, data)
    assert says in str(refused.value)


def test_a_bomb_is_refused_by_its_directory_or_where_it_goes_off(tmp_path: Path) -> None:
    big = book(table(line(2, ("A" * 30_000_000,))))
    with pytest.raises(UsageError, match="broken workbook"):
        given_back(tmp_path, big)
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for at in range(6):
            archive.writestr(f"xl/{at}.xml", bytes(INFLATED // 5))
    with pytest.raises(UsageError, match="more room unpacked"):
        read(path, COLUMNS)


def test_a_cell_in_the_last_corner_takes_no_room(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    (row,) = given_back(tmp_path, book(table(far)))
    assert (row.line, row.claim) == (1_048_576, "")


def test_nothing_outside_is_fetched_and_a_formula_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    told = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]>' + table(line(2, ("&x;", "y")))[21:]
    with pytest.raises(UsageError, match="declares entities"):
        given_back(tmp_path, book(told))
    at = COLUMNS.index("claim")
    linked = f'<row r="2"><c r="A2" t="str"><f>[1]Other!A1</f><v>x</v></c><c r="{_letters(at)}2" t="str"><f>A1</f><v>claim-1</v></c></row>'
    (row,) = given_back(tmp_path, book(table(linked), {"xl/externalLinks/externalLink1.xml": b"<a/>"}))
    assert row.claim != "claim-1"


def _letters(at: int) -> str:
    at += 1
    told = ""
    while at:
        at, rest = divmod(at - 1, 26)
        told = chr(65 + rest) + told
    return told


def test_many_rows_are_read_in_little_room(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(2, 50_002))
    assert len(given_back(tmp_path, book(table(rows)))) == 50_000


def test_rows_beyond_the_last_of_a_sheet_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="more than 1,048,576 rows"):
        given_back(tmp_path, book(table('<row r="1048577"><c><v>1</v></c></row>')))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="is no file"):
        admit(tmp_path / "pipe")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_workbook_with_altered_bytes_is_read_or_refused(data: st.DataObject, tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    workbook.write([dict.fromkeys(COLUMNS, "x")], COLUMNS, str(path), name="sources")
    whole = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=30)):
        whole[at] = data.draw(st.integers(0, 255))
    with suppress(UsageError):
        given_back(tmp_path, bytes(whole), "altered.xlsx")
