"""What comes back in a source table: how people write, what spreadsheets do, and what is refused with its line and reason."""

import csv
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publishing.conftest import Sheet, Value
from tests.strategies import StillClock
from witnessmark.casefile import slots, together
from witnessmark.casefile.case import open_case
from witnessmark.casefile.decisions import decide
from witnessmark.errors import UsageError
from witnessmark.publishing import workbook
from witnessmark.publishing.columns import columns
from witnessmark.publishing.returned import Receipt, RowRefusedError, pair
from witnessmark.publishing.source_table import stamp

Why = Callable[[Receipt], str]


def row_of(sheet: Sheet, item: str) -> int:
    """The number of the first row of an item."""
    return next(at for at, row in enumerate(sheet.rows()) if row["item"] == item)


def accounted(receipt: Receipt) -> int:
    return len(receipt.decided) + receipt.unchanged + receipt.already + len(receipt.refused)


@pytest.mark.parametrize(
    ("cells", "decided"),
    [
        ({"killed_least": 4.0, "killed_most": 4.0}, "set killed=4"),
        ({"killed_least": " 4 ", "killed_most": "6\u200f"}, "set killed=4..6"),
        ({"killed_least": "٤", "killed_most": "٦"}, "set killed=4..6"),
        ({"killed_least": "3-5", "killed_most": None}, "set killed=3..5"),
        ({"killed_least": "3..5", "killed_most": None}, "set killed=3..5"),
        ({"killed_least": "٣–٥", "killed_most": None}, "set killed=3..5"),
        ({"killed_least": "≥3", "killed_most": None}, "set killed=3.."),
        ({"killed_least": "3+", "killed_most": "open"}, "set killed=3.."),
        ({"killed_least": None, "killed_most": None}, "set killed=null"),
        ({"killed_most": "Open"}, "set killed=3.."),
        ({"women_injured_least": 0, "women_injured_most": 2}, "set women_injured=0..2"),
        ({"translation": "  ثلاثة \n قتلى "}, "set translation=ثلاثة قتلى"),
        ({"accept": "Yes "}, "accept"),
    ],
)
def test_how_a_person_writes_it(cells: dict[str, Value], decided: str, sheet: Sheet) -> None:
    at = row_of(sheet, "dawn")
    receipt = sheet.edit({(at, column): value for column, value in cells.items()}).bring_in()
    assert [one["decided"] for one in receipt.decided] == [[decided]]
    assert sheet.bring_in().already == 1


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"killed_least": 4}, "3 at most is less than 4"),
        ({"women_injured_least": 4}, "women_injured_most is empty: write 4 again for exactly 4, or open"),
        ({"women_injured_most": 4}, "women_injured_least is empty: write 0 for up to 4"),
        ({"killed_least": 2.5}, "cannot be 2.5 at least"),
        ({"killed_least": -3}, "cannot be -3 at least"),
        ({"killed_least": "several"}, "cannot be several at least"),
        ({"killed_least": 10**9, "killed_most": 10**9}, "cannot be 1000000000 at least"),
        ({"killed_least": date(2031, 5, 3)}, "holds a date (2031-05-03): a spreadsheet makes one of 3-5"),
        ({"killed_least": "=1+2"}, "holds a formula"),
        ({"translation": "=HYPERLINK(A1)"}, "holds a formula"),
        ({"killed_least": "#REF!"}, "holds an error"),
        ({"children_killed_least": 9, "children_killed_most": 9}, "a part cannot be more than the whole"),
        ({"women_injured_least": 9, "women_injured_most": 9}, "injured at most 5"),
        ({"accept": "perhaps"}, "accept holds perhaps"),
        ({"accept": "yes", "killed_most": 4}, "only one can be meant"),
        ({"words": "other words"}, "may not be edited: words"),
        ({"claim": "claim-00000000000000000000"}, "the case has no claim"),
        ({"claim": None}, "it names no claim"),
        ({"as_exported": "x"}, "as_exported was changed"),
        ({"source": "Somebody else", "note": "x"}, "may not be edited: source"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_the_rest_is_taken(
    cells: dict[str, Value], says: str, sheet: Sheet, why: Why
) -> None:
    at = row_of(sheet, "dawn")
    edits: dict[tuple[int, str], Value] = {(at, column): value for column, value in cells.items()}
    other = (at + 1) % len(sheet.rows())
    receipt = sheet.edit(edits | {(other, "note"): "fine"}).bring_in()
    assert says in why(receipt)
    assert receipt.refused[0]["line"] == at + 2
    assert [one["decided"] for one in receipt.decided] == [["set note=fine"]]
    assert accounted(receipt) == receipt.rows


def test_ids_in_other_letters_and_blanks_at_the_end_are_no_edit(sheet: Sheet) -> None:
    rows = sheet.rows()
    edits: dict[tuple[int, str], Value] = {
        (0, "claim"): f"{rows[0]['claim'].upper()} ", (0, "words"): f" {rows[0]['words']}\n", (0, "start"): float(rows[0]["start"]),
    }  # fmt: skip
    assert sheet.edit(edits).bring_in().unchanged == len(rows)


def test_a_row_twice_and_a_row_added_are_refused(sheet: Sheet) -> None:
    book = openpyxl.load_workbook(sheet.path)
    cells = [one.value for one in next(iter(book["sources"].iter_rows()))]
    first = [book["sources"].cell(2, at + 1).value for at in range(len(cells))]
    book["sources"].append(list(first))
    book["sources"].append(["incident-x", "2031-03-11", "a new row"])
    book.save(sheet.path)
    receipt = sheet.bring_in()
    assert sorted(str(one["why"])[:24] for one in receipt.refused) == [
        "it names no claim: rows ", "its claim stands in 2 ro", "its claim stands in 2 ro",
    ]  # fmt: skip
    assert accounted(receipt) == receipt.rows == len(sheet.rows()) + 2


def test_a_claims_id_in_the_row_of_other_words_is_refused(sheet: Sheet, why: Why) -> None:
    """Whoever reckons the digests anew has still to leave the words where they are."""
    rows = sheet.rows()
    forged = {**rows[0], "words": rows[-1]["words"]}
    assert forged["words"] != rows[0]["words"]
    told = {**forged, "as_exported": stamp(forged), "note": "signed for other words"}
    workbook.write([told], columns("sources"), str(sheet.path), name="sources")
    assert why(sheet.bring_in()) == "its words are not those of its claim"


def test_rows_may_be_left_out_and_sorted(sheet: Sheet) -> None:
    total = len(sheet.rows())
    book = openpyxl.load_workbook(sheet.path)
    book["sources"].delete_rows(2)
    book.save(sheet.path)
    sheet.export("csv")
    lines = sheet.path.read_text(encoding="utf-8-sig").splitlines()
    assert len(list(csv.reader(lines))) >= total
    with sheet.path.open(encoding="utf-8-sig", newline="") as source:
        head, *rows = csv.reader(source)
    with sheet.path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *reversed(rows[1:])])
    assert sheet.bring_in().unchanged == total - 1


def test_columns_that_were_moved_added_or_renamed_refuse_the_sheet(sheet: Sheet) -> None:
    for change in ("insert", "rename", "beyond"):
        sheet.export()
        book = openpyxl.load_workbook(sheet.path)
        if change == "insert":
            book["sources"].insert_cols(3)
        else:
            book["sources"].cell(1, 3 if change == "rename" else len(columns("sources")) + 1).value = "my own"
        book.save(sheet.path)
        with pytest.raises(UsageError, match=r"other columns|does not have: my own") as refused:
            sheet.bring_in()
        assert "Nothing was decided." in str(refused.value)


def test_what_was_decided_since_the_export_is_not_overwritten(sheet: Sheet, why: Why) -> None:
    at = row_of(sheet, "dawn")
    sheet.edit({(at, "killed_least"): 2})
    with open_case(sheet.root, StillClock()) as case:
        decide(case, sheet.rows()[at]["claim"], "set", "killed=1", by="B. Researcher", reason="I was first")
    assert "has changed since the sheet was exported" in why(sheet.bring_in())
    with open_case(sheet.root, StillClock()) as case:
        decide(case, sheet.rows()[at]["incident"], "state", "in review", by="B. Researcher", reason="moves no figure")


def test_what_moved_elsewhere_in_the_case_refuses_nothing(sheet: Sheet) -> None:
    at = row_of(sheet, "dawn")
    sheet.edit({(at, "killed_least"): 2})
    with open_case(sheet.root, StillClock()) as case:
        decide(case, sheet.rows()[at]["incident"], "state", "in review", by="B. Researcher", reason="its turn")
    assert [one["decided"] for one in sheet.bring_in().decided] == [["set killed=2..3"]]


@pytest.mark.parametrize(("split", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), (",", "utf-8-sig"), (";", "utf-16")])
def test_csv_as_spreadsheets_of_other_countries_save_it(split: str, encoding: str, sheet: Sheet) -> None:
    sheet.export("csv")
    with sheet.path.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    rows[1][rows[0].index("note")] = "ملاحظة"
    with sheet.path.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=split).writerows(rows)
    receipt = sheet.bring_in()
    assert [one["decided"] for one in receipt.decided] == [["set note=ملاحظة"]]
    assert receipt.unchanged == receipt.rows - 1


def test_a_name_and_a_reason_are_needed_and_are_one_line(sheet: Sheet) -> None:
    head = sheet.head()
    sheet.edit({(0, "note"): "x"})
    for by, reason in (("", "why"), ("A", " "), ("A\nB", "why"), ("A\u202e", "why"), ("A", "\x1b[31m")):
        with pytest.raises(UsageError, match="Nothing was decided"):
            sheet.bring_in(by=by, reason=reason)
    assert sheet.head() == head


def test_nothing_is_written_where_writing_fails(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet.edit({(0, "note"): "x"})
    head = sheet.head()

    def full(*_: object, **__: object) -> int:
        raise OSError

    monkeypatch.setattr(together, "write", full)
    with pytest.raises(OSError):  # noqa: PT011 - any failure of the disk
        sheet.bring_in()
    assert sheet.head() == head


@given(st.integers(0, 999_999), st.integers(0, 999_999) | st.none())
def test_a_figure_reads_back_as_it_is_written(least: int, more: int | None) -> None:
    most = None if more is None else min(999_999, least + more)
    cells = str(least), "open" if most is None else str(most)
    told = pair("killed", *cells)
    assert told == (f"{least}.." if most is None else f"{least}" if most == least else f"{least}..{most}")
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert pair("killed", cells[0].translate(arabic), f" {cells[1].translate(arabic)}\u200f") == told


@given(st.text(max_size=20), st.text(max_size=20) | st.just("open"))
def test_any_text_is_a_figure_or_is_refused(least: str, most: str) -> None:
    try:
        told = pair("killed", least, most)
    except RowRefusedError:
        return
    assert told == "null" or slots.toll("killed", told)
