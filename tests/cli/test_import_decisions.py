"""The source table out and back by the command line: what is printed, what is JSON, which code is left."""

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Call
from witnessmark.publishing.columns import columns

SIGNED = ("--by", "R. Example", "--reason", "read by hand")
TEXT = "At least five civilians were killed on Tuesday in an airstrike on Raqqa city, residents said."


@pytest.fixture
def case(tmp_path: Path, call: Call) -> Path:
    post = {"id": "post", "url": "https://example.org/2", "published_at": "2017-06-07", "text": TEXT}
    (tmp_path / "items.jsonl").write_text(json.dumps(post), encoding="utf-8")
    root = tmp_path / "case"
    assert call("new", root).code == 0
    assert call("add", root, tmp_path / "items.jsonl").code == 0
    assert call("run", root, "--jobs", "1").code == 0
    return root


def edited(path: Path, column: str, value: str | float) -> Path:
    book = openpyxl.load_workbook(path)
    book["sources"].cell(2, columns("sources").index(column) + 1).value = value
    book.save(path)
    return path


def test_out_edited_and_back(case: Path, tmp_path: Path, call: Call) -> None:
    path = tmp_path / "sources.xlsx"
    said = call("export", case, "--what", "sources", "--format", "xlsx", "-o", path)
    assert (said.code, said.err) == (0, f"1 row of the source table in {path}\n")
    tried = call("import-decisions", case, edited(path, "killed_most", 6), *SIGNED, "--dry-run")
    assert tried.code == 0
    assert "set killed=5..6" in tried.out
    assert "would be decided    1" in tried.out
    assert "Ledger" not in tried.out
    done = call("import-decisions", case, path, *SIGNED)
    assert done.code == 0
    assert f"Next: witnessmark run {case}, which weighs anew." in done.out
    assert "already decided so  1" in call("import-decisions", case, path, *SIGNED).out
    assert call("run", case).code == 0
    (incident,) = [json.loads(row) for row in call("export", case, "--what", "incidents", "-o", "-").out.splitlines()]
    assert incident["killed"] == [5, 6]
    assert "killed" in call("show", case, incident["id"]).out
    assert call("verify", case).code == 0


def test_a_refused_row_is_named_and_leaves_code_one(case: Path, tmp_path: Path, call: Call) -> None:
    path = tmp_path / "sources.xlsx"
    call("export", case, "--what", "sources", "--format", "xlsx", "-o", path)
    said = call("import-decisions", case, edited(path, "words", "other\x1b[31mwords".replace("\x1b", "")), *SIGNED)
    assert said.code == 1
    assert "line 2: refused: a cell was changed that may not be edited: words" in said.out
    told = json.loads(call("import-decisions", case, path, *SIGNED, "--json").out)
    assert told["rows"] == len(told["refused"]) == 1
    assert told["entry"] is None


def test_one_incident_and_csv(case: Path, tmp_path: Path, call: Call) -> None:
    row = json.loads(call("export", case, "--what", "sources", "-o", "-").out)
    path = tmp_path / "sources.csv"
    said = call("export", case, "--what", "sources", "--incident", row["incident"], "--format", "csv", "-o", path)
    assert said.code == 0
    with path.open(encoding="utf-8-sig", newline="") as source:
        assert [one["claim"] for one in csv.DictReader(source)] == [row["claim"]]
    assert call("import-decisions", case, path, *SIGNED).code == 0
    assert call("export", case, "--what", "claims", "--incident", row["incident"], "-o", "-").code == 2
    assert call("export", case, "--what", "sources", "--incident", "incident-nowhere", "-o", "-").code == 2


def test_what_is_no_table_and_no_name_decide_nothing(case: Path, tmp_path: Path, call: Call) -> None:
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04")
    head = (case / "ledger.jsonl").read_bytes()
    assert call("import-decisions", case, tmp_path / "no.xlsx", *SIGNED).code == 2
    assert call("import-decisions", case, tmp_path / "nowhere.xlsx", *SIGNED).code == 2
    path = Path(shutil.copy(tmp_path / "items.jsonl", tmp_path / "items.csv"))
    said = call("import-decisions", case, path, "--by", "x\x1b[31m\ny", "--reason", "r")
    assert said.code == 2
    assert "\x1b" not in said.err
    assert (case / "ledger.jsonl").read_bytes() == head


def test_decide_on_a_claims_figure_says_what_comes_next(case: Path, call: Call) -> None:
    row = json.loads(call("export", case, "--what", "sources", "-o", "-").out)
    said = call("decide", case, row["claim"], "--set", "killed=6", *SIGNED)
    assert "Next: witnessmark run" in said.out
    assert "Next" not in call("decide", case, row["claim"], "--set", "translation=x", *SIGNED).out
