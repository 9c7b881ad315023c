"""Workbooks on their way out: everything is there, nothing in them acts, and the same rows are the same bytes."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.publishing.conftest import Sheet
from tests.strategies import StillClock
from witnessmark.casefile.case import open_case
from witnessmark.casefile.exports import WHAT, export
from witnessmark.errors import UsageError
from witnessmark.publishing import workbook
from witnessmark.publishing.about import about
from witnessmark.publishing.columns import columns
from witnessmark.publishing.source_table import EDITABLE
from witnessmark.publishing.tables import LONGEST_CELL, write

ROW: dict[str, object] = {
    "id": "claim-1", "words": "قُتل\nخمسة", "killed": [3, None], "actors": ["One", "Two"], "lat": -33.5, "shared": False, "none": None,
}  # fmt: skip
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    '=HYPERLINK("http://example.org")',
    "{=1}",
    "http://example.org/a",
]


def cells(path: Path, title: str) -> list[list[object]]:
    """The cells of a sheet, as another program reads them."""
    with CalamineWorkbook.from_path(path) as book:
        return [list(row) for row in book.get_sheet_by_name(title).to_python(skip_empty_area=False)]


def test_a_workbook_holds_a_header_the_rows_and_what_it_is_about(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    assert workbook.write([ROW], list(ROW), str(path), name="claims", about=[("case", "Exercise")]).rows == 1
    assert cells(path, "claims") == [
        list(ROW),
        ["claim-1", "قُتل\nخمسة", "[3, null]", "One; Two", -33.5, "false", ""],
    ]
    assert cells(path, "about") == [["sheet", "claims"], ["rows", 1.0], ["case", "Exercise"]]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("what", WHAT)
def test_every_export_fits_and_an_empty_one_has_its_header(what: str, built: Path, tmp_path: Path) -> None:
    with open_case(built, StillClock()) as case:
        rows = list(export(case, what))
    assert rows or what == "drifts"  # the corpus holds none
    assert workbook.write(rows, columns(what), str(tmp_path / "a.xlsx"), name=what).rows == len(rows)
    assert len(cells(tmp_path / "a.xlsx", what)) == len(rows) + 1
    workbook.write([], columns(what), str(tmp_path / "b.xlsx"), name=what)
    assert cells(tmp_path / "b.xlsx", what) == [list(columns(what))]


def test_the_same_case_makes_the_same_bytes(sheet: Sheet, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        with open_case(sheet.root, StillClock()) as case:
            rows = export(case, "incidents")
            workbook.write(
                rows, columns("incidents"), str(tmp_path / name), name="incidents", about=about(case, "incidents")
            )
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_cell_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    workbook.write([{"words": text} for text in FORMULAS], ["words"], str(path), name="rows")
    found = [row[0] for row in openpyxl.load_workbook(path)["rows"].iter_rows()][1:]
    assert [cell.value for cell in found] == FORMULAS
    with zipfile.ZipFile(path) as archive:
        told = archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()]
    assert b"<f>" not in told
    assert b"hyperlink" not in told


@given(st.text(st.characters(exclude_characters="\r"), max_size=60))
def test_any_text_reads_back_but_for_broken_halves(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("book") / "rows.xlsx"
    whole = text.encode("utf-8", "replace").decode()
    workbook.write([{"words": whole, "id": "1"}], ["words", "id"], str(path), name="rows")
    (_, row) = cells(path, "rows")
    assert row[1] == "1"
    assert len(str(row[0])) == len(whole) or "_x" in whole


def test_a_broken_half_of_a_letter_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    workbook.write([{"words": "a\ud800b"}], ["words"], str(path), name="rows")
    assert cells(path, "rows")[1] == ["a\N{REPLACEMENT CHARACTER}b"]


def test_a_cell_too_long_is_cut_and_its_column_said(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    written = workbook.write([{"words": "قصف " * 20_000}], ["words"], str(path), name="rows")
    assert written.cuts == {"words": 1}
    told = str(cells(path, "rows")[1][0])
    assert len(told) == LONGEST_CELL
    assert told.endswith("the whole text is in the JSON lines]")


def test_rows_beyond_what_a_sheet_holds_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    path = tmp_path / "rows.xlsx"
    written = workbook.write(({"id": str(at)} for at in range(8)), ["id"], str(path), name="rows")
    assert written.sheets == ["rows", "rows 2", "rows 3"]
    assert [cells(path, title) for title in written.sheets] == [
        [["id"], ["0"], ["1"], ["2"]], [["id"], ["3"], ["4"], ["5"]], [["id"], ["6"], ["7"]],
    ]  # fmt: skip


def test_a_table_over_several_sheets_comes_back(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    rows = sheet.rows()
    receipt = sheet.export().bring_in()
    assert receipt.unchanged == len(rows) > 3


def test_the_header_stays_and_only_columns_to_edit_are_open(sheet: Sheet) -> None:
    page = openpyxl.load_workbook(sheet.path)["sources"]
    assert page.freeze_panes == "G2"
    assert page.protection.sheet
    (_, *rows) = page.iter_rows()
    head = [str(page.cell(1, at + 1).value) for at in range(len(columns("sources")))]
    for row in rows:
        assert {name for name, cell in zip(head, row, strict=True) if not cell.protection.locked} == set(EDITABLE)


def test_arabic_cells_are_read_from_the_right(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    rows = [{"words": "(1) قُتل"}, {"words": "5 killed في"}, {"words": "נהרגו"}, {"words": "2031"}]
    workbook.write(rows, ["words"], str(path), name="rows")
    found = [row[0] for row in openpyxl.load_workbook(path)["rows"].iter_rows()][1:]
    assert [int(cell.alignment.readingOrder or 0) for cell in found] == [2, 0, 2, 0]


def test_rows_are_not_gathered_before_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    seen: list[int] = []

    def rows() -> Iterator[dict[str, object]]:
        for number in range(3000):
            (folder,) = [one for one in tmp_path.iterdir() if one.is_dir()]
            seen.append(sum(one.stat().st_size for one in folder.iterdir()))
            yield {"number": number, "text": "x" * 100}

    assert workbook.write(rows(), ["number", "text"], str(path), name="rows").rows == 3000
    assert seen[-1] > 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_that_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    path.write_text("before", encoding="utf-8")

    def failing() -> Iterator[dict[str, object]]:
        yield ROW
        raise LookupError

    with pytest.raises(LookupError):
        workbook.write(failing(), list(ROW), str(path), name="rows")
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("target", ["-", "nowhere/rows.xlsx", ".", "pipe"])
def test_a_target_that_cannot_be_a_workbook_is_refused(target: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="Nothing was written"):
        workbook.write([ROW], ["id"], target if target == "-" else str(tmp_path / target), name="rows")
    with pytest.raises(UsageError):
        write([ROW], [], "xlsx", str(tmp_path / "rows"))
