"""The source table: every claim of every incident once; what comes back unedited decides nothing, and what is edited is signed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.casefile import corpus
from tests.publishing.conftest import Sheet, Value
from tests.strategies import StillClock
from witnessmark.casefile import explain, show
from witnessmark.casefile.case import open_case
from witnessmark.casefile.exports import export
from witnessmark.casefile.status import status
from witnessmark.casefile.verify import verify
from witnessmark.errors import UsageError
from witnessmark.publishing.columns import columns
from witnessmark.publishing.returned import Receipt
from witnessmark.publishing.source_table import EDITABLE

Why = Callable[[Receipt], str]


def row_of(sheet: Sheet, item: str) -> int:
    """The number of the first row of an item."""
    return next(at for at, row in enumerate(sheet.rows()) if row["item"] == item)


def accounted(receipt: Receipt) -> int:
    return len(receipt.decided) + receipt.unchanged + receipt.already + len(receipt.refused)


def test_every_claim_of_every_incident_is_one_row(sheet: Sheet) -> None:
    with open_case(sheet.root, StillClock()) as case:
        claims = [claim for row in export(case, "incidents") for claim in row["claims"]]
    rows = sheet.rows()
    assert sorted(row["claim"] for row in rows) == sorted(claims)
    assert [row["incident_date"] or "9999" for row in rows] == sorted(row["incident_date"] or "9999" for row in rows)
    assert any(row["killed_least"] is None for row in rows)


def test_a_row_holds_the_words_the_figures_and_the_way_to_the_bytes(sheet: Sheet) -> None:
    row = sheet.rows()[row_of(sheet, "dawn")]
    assert row["words"].startswith("Northern Joint Force warplanes bombed a house")
    assert [row[f"{slot}_{end}"] for slot in ("killed", "injured") for end in ("least", "most")] == [3, 3, 5, 5]
    assert (row["outlet"], row["published"], row["url"]) == (
        "Dunes Media",
        "2031-03-11T09:20:00+05:00",
        "https://t.me/dunes/10",
    )
    with open_case(sheet.root, StillClock()) as case:
        assert case.shelves.has(row["address"])
    assert row["counted"][0].endswith("counted") or "left out" in row["counted"][0]


def test_an_open_end_is_said_and_no_figure_is_nothing(sheet: Sheet) -> None:
    row = sheet.rows()[row_of(sheet, "market")]
    assert (row["killed_least"], row["killed_most"]) == (7, "open")
    assert (row["injured_least"], row["injured_most"]) == (None, None)


def test_one_incident_alone(sheet: Sheet) -> None:
    wanted = sheet.rows()[0]["incident"]
    with open_case(sheet.root, StillClock()) as case:
        rows = list(export(case, "sources", wanted[:16]))
        assert {row["incident"] for row in rows} == {wanted}
        assert rows == [row for row in export(case, "sources") if row["incident"] == wanted]
        with pytest.raises(UsageError, match="is no incident"):
            list(export(case, "sources", rows[0]["claim"]))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_comes_back_as_it_was_decides_nothing(form: str, sheet: Sheet) -> None:
    head = sheet.head()
    receipt = sheet.export(form).bring_in()
    assert (receipt.unchanged, receipt.decided, receipt.refused, receipt.entry) == (len(sheet.rows()), [], [], None)
    assert sheet.head() == head


def test_what_another_program_only_saved_decides_nothing(sheet: Sheet) -> None:
    assert sheet.edit({}).bring_in().unchanged == len(sheet.rows())


def test_edits_become_decisions_that_show_explain_and_the_next_run_respect(sheet: Sheet) -> None:
    at, market = row_of(sheet, "dawn"), row_of(sheet, "market")
    before = sheet.rows()
    edits: dict[tuple[int, str], Value] = {
        (at, "killed_least"): 2, (at, "killed_most"): 2, (at, "children_injured_least"): 1, (at, "children_injured_most"): 1,
        (at, "note"): "counted again", (market, "translation"): "سبعة مدنيين على الأقل", (market, "accept"): "yes",
    }  # fmt: skip
    receipt = sheet.edit(edits).bring_in()
    assert accounted(receipt) == receipt.rows == len(before)
    assert receipt.refused == []
    assert {str(one["claim"]): one["decided"] for one in receipt.decided} == {
        before[at]["claim"]: ["set killed=2", "set children_injured=1", "set note=counted again"],
        before[market]["claim"]: ["set translation=سبعة مدنيين على الأقل", "accept"],
    }
    now = sheet.rows()
    assert (now[at]["killed_least"], now[at]["killed_most"], now[at]["suggested"]) == (
        2,
        2,
        ["killed=3", "children_injured=null"],
    )
    assert now[market]["translated_by"] == "A. Researcher, 2026-01-02T03:04:05+00:00"
    with open_case(sheet.root, StillClock()) as case:
        assert status(case)["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 1, "match": 1}
        shown = show.show(case, now[at]["claim"])
        assert shown["decided"] == {"killed": [2, 2], "children_injured": [1, 1], "note": "counted again"}
        told = explain.explain(case, now[at]["claim"])["reasons"]
        assert {"set killed=2", "set note=counted again"} <= {one["value"] for one in told if one["slot"] == "decided"}
        assert verify(case) == []


def test_a_decided_figure_is_what_the_incidents_range_is_computed_from(sheet: Sheet) -> None:
    at = row_of(sheet, "dawn")
    row = sheet.rows()[at]
    before = sheet.incident(row["incident"])
    counted = [one["claim"] for one in before["figures"] if one["slot"] == "killed" and one["left_out"] is None]
    edits: dict[tuple[int, str], Value] = {}
    for number, one in enumerate(sheet.rows()):
        if one["claim"] in counted:
            edits |= {(number, "killed_least"): 9, (number, "killed_most"): 9}
    sheet.edit(edits).bring_in()
    assert all("decided since the last run" in sheet.rows()[number]["counted"][0] for number, _ in edits)
    sheet.run()
    after = sheet.incident(row["incident"])
    assert (before["killed"], after["killed"]) != ([9, 9], before["killed"])
    assert after["killed"] == [9, 9]
    assert {one["decided"] for one in after["figures"] if one["slot"] == "killed" and one["left_out"] is None} == {
        "A. Researcher"
    }
    assert after["claims"] == before["claims"]
    with open_case(sheet.root, StillClock()) as case:
        said = explain.explain(case, row["incident"])["reasons"]
    assert any("decided by A. Researcher" in str(one.get("because")) for one in said)


def test_an_injured_child_that_a_person_counts_reaches_the_incident(sheet: Sheet) -> None:
    at = row_of(sheet, "dawn")
    sheet.edit({(at, "children_injured_least"): 1, (at, "children_injured_most"): "open"}).bring_in()
    sheet.run()
    assert sheet.incident(sheet.rows()[at]["incident"])["children_injured"] == [1, None]


def test_decisions_of_a_sheet_outlive_a_lost_database(sheet: Sheet) -> None:
    sheet.edit({(row_of(sheet, "dawn"), "killed_least"): 1}).bring_in()
    sheet.run()
    before = corpus.exports(sheet.root)
    corpus.lose_database(sheet.root)
    sheet.run()
    assert corpus.exports(sheet.root).unlike(before) == []


def test_importing_twice_changes_nothing_the_second_time(sheet: Sheet) -> None:
    at = row_of(sheet, "dawn")
    sheet.edit({(at, "killed_least"): 2, (at + 1, "note"): "seen", (at + 2, "accept"): "yes"})
    assert len(sheet.bring_in().decided) == 3
    head = sheet.head()
    again = sheet.bring_in()
    assert (again.decided, again.refused, again.already, accounted(again)) == ([], [], 3, again.rows)
    sheet.run()
    assert sheet.bring_in().already == 3
    assert sheet.head() == head


def test_a_dry_run_says_the_same_and_writes_nothing(sheet: Sheet) -> None:
    sheet.edit({(0, "note"): "a note", (1, "words"): "other words"})
    head = sheet.head()
    tried = sheet.bring_in(dry_run=True)
    assert sheet.head() == head
    done = sheet.bring_in()
    assert (tried.decided, tried.refused, tried.unchanged) == (done.decided, done.refused, done.unchanged)
    assert (tried.entry, done.entry) == (None, head[0] + 1)


def test_all_of_a_sheet_is_one_entry_of_the_ledger(sheet: Sheet) -> None:
    head, _ = sheet.head()
    sheet.edit({(at, "note"): f"note {at}" for at in range(5)}).bring_in()
    assert sheet.head()[0] == head + 1
    with open_case(sheet.root, StillClock()) as case:
        entry = list(case.ledger.read(after=head))[-1]
    assert [one["line"] for one in entry.about["decisions"]] == [2, 3, 4, 5, 6]
    assert all(one["by"] == "A. Researcher" and one["seen"] for one in entry.about["decisions"])


def test_a_write_that_is_cut_off_leaves_no_decision(sheet: Sheet) -> None:
    sheet.edit({(at, "note"): f"note {at}" for at in range(5)})
    before, ledger = sheet.rows(), sheet.root / "ledger.jsonl"
    whole = ledger.stat().st_size
    sheet.bring_in()
    for kept in (whole + 1, (whole + ledger.stat().st_size) // 2, ledger.stat().st_size - 1):
        data = ledger.read_bytes()
        ledger.write_bytes(data[:kept])
        corpus.lose_database(sheet.root)
        sheet.run()
        assert [row["note"] for row in sheet.rows()] == [row["note"] for row in before]
        ledger.write_bytes(data)
        for torn in sheet.root.glob("ledger.torn-*"):
            torn.unlink()
    corpus.lose_database(sheet.root)
    sheet.run()
    assert [row["note"] for row in sheet.rows()[:5]] == [f"note {at}" for at in range(5)]


def test_every_column_to_edit_is_a_column() -> None:
    assert set(EDITABLE) < set(columns("sources"))


def test_the_sheet_may_lie_anywhere_and_must_be_a_file(sheet: Sheet, tmp_path: Path) -> None:
    sheet.path = tmp_path
    with pytest.raises(UsageError, match="is no file"):
        sheet.bring_in()
