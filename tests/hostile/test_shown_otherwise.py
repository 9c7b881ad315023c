"""Sheets in which a cell shows a person another value than it holds: what comes back is what was seen, or nothing is decided."""

import csv
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.test_sheets import COLUMNS, book, given_back, line, table
from witnessmark.errors import UsageError
from witnessmark.publishing import returned
from witnessmark.publishing.returned import RowRefusedError, pair
from witnessmark.publishing.sheets import read
from witnessmark.publishing.source_table import EDITABLE

ROOM = 512 << 20  # bytes of address space beyond what the bare process takes
_SHEET = '<sheet name="{}" r:id="{}"/></sheets>'


def row(number: int, cells: str) -> str:
    return table(f'<row r="{number}">{cells}</row>')


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (row(2, '<c r="H2"><f t="array" ref="H2:H9">A1</f><v>3</v></c>'), "a formula that fills several cells (H2:H9)"),
        (row(2, '<c r="H2"><f t="dataTable" ref="H2:I3"/><v>3</v></c>'), "a formula that fills several cells (H2:I3)"),
        (
            table().replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="H2:H3"/></mergeCells>'),
            "merged cells (H2:H3)",
        ),
        (row(2, '<c r="H2"><v>3</v></c><c r="H2"><v>4</v></c>'), "two cells in one place, in row 2"),
        (row(1, "<c><v>3</v></c>"), "rows out of their order, near row 1"),
        (row(2, "<c><v>1_2</v></c>"), "broken workbook"),
        ('<!DOCTYPE a [<!ENTITY x "3">]>' + row(2, "<c><v>&x;</v></c>")[21:], "declares entities"),
    ],
)
def test_a_cell_that_shows_what_it_does_not_hold_refuses_the_sheet(sheet: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Nothing was decided") as refused:
        given_back(tmp_path, book(sheet))
    assert says in str(refused.value)


def test_a_formula_of_one_cell_and_words_cut_by_a_comment_are_read_as_seen(tmp_path: Path) -> None:
    at = COLUMNS.index("claim")
    alone = '<c r="A2"><f t="array" ref="A2">A1</f><v>3</v></c>'
    cells = "".join('<c t="str"><v/></c>' for _ in range(at - 1)) + '<c t="str"><v>claim<!-- x -->-<?x y?>1</v></c>'
    (one,) = given_back(tmp_path, book(row(2, alone + cells)))
    assert one.claim == "claim-1"


@pytest.mark.parametrize("title", ["sources (2)", "sources", "Sheet1"])
def test_the_table_in_a_further_sheet_refuses_the_file(title: str, tmp_path: Path) -> None:
    """A recorder may copy the sheet, and work in the copy."""
    data = _with_another(title, table(line(2, ("x",) * len(COLUMNS))))
    with pytest.raises(UsageError, match=r"further sheet|two sheets called sources"):
        given_back(tmp_path, data)


def test_a_sheet_of_ones_own_is_no_matter(tmp_path: Path) -> None:
    own = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c><f t="array" ref="A1:A9">B1</f></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
    assert len(given_back(tmp_path, _with_another("mine", own))) == 1


def _with_another(title: str, sheet: str) -> bytes:
    """A workbook with a second sheet."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = f'<sheets><sheet name="sources" r:id="a"/><sheet name="{title}" r:id="b"/></sheets>'
    links = "".join(f'<Relationship Id="{one}" Target="{part}"/>' for one, part in (("a", "s.xml"), ("b", "t.xml")))
    more = {
        "xl/workbook.xml": f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{space}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/t.xml": sheet,
    }  # fmt: skip
    return book(table(line(2, ("x",) * len(COLUMNS))), {part: text.encode() for part, text in more.items()})


@pytest.mark.parametrize(
    ("least", "most"),
    [
        ("3 5", "9999"),
        ("3\n5", "3\n5"),
        ("٣ ٥", "9999"),
        ("3\u200b5", "9999"),
        ("5¹", "5¹"),  # a footnote's mark
        ("①②", "99"),
        ("1.000", "1.000"),  # a thousand, where dots part thousands
        ("12 3456", "999999"),
        ("½", "1"),
    ],
)
def test_digits_are_not_run_together(least: str, most: str) -> None:
    with pytest.raises(RowRefusedError, match="cannot be"):
        pair("killed", least, most)


@pytest.mark.parametrize(
    ("cell", "told"), [("1 200", "1200"), ("1\u202f200", "1200"), ("\u200f 3 ", "3"), ("3.00", "3")]
)
def test_a_figure_is_read_through_what_programs_do_to_it(cell: str, told: str) -> None:
    assert pair("killed", cell, cell) == told


def test_words_that_no_cell_holds_are_refused() -> None:
    cells = dict.fromkeys(EDITABLE, "")
    with pytest.raises(RowRefusedError, match=r"note holds 40,000 characters"):
        dict(returned._values({**cells, "note": "x" * 40_000}))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (lambda: "x," * 4_000_000, "longer than any row"),
        (lambda: "," * 3_000_000, ""),
        (lambda: "x," * 2_000_000 + "\n" + "y," * 2_000_000, ""),
    ],
)
def test_a_row_without_end_takes_no_room(body: Callable[[], str], says: str, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(COLUMNS) + "\n" + body(), encoding="utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + ROOM, hard))
    try:
        if says:
            with pytest.raises(UsageError, match=says):
                read(path, COLUMNS)
        else:
            assert all(len(row.locked or {}) < 300 for row in read(path, COLUMNS))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def test_files_of_other_programs_are_read_or_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\r").writerows([COLUMNS, ["x"], [], ["y"]])
    assert [one.line for one in read(path, COLUMNS)] == [2, 4]
    for encoding in ("utf-16-le", "utf-32"):
        path.write_text(",".join(COLUMNS) + "\n", encoding=encoding)
        with pytest.raises(UsageError, match="column 1 should be incident"):
            read(path, COLUMNS)
