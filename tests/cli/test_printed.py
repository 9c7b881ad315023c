"""What people see: defused, aligned in both scripts, with open ends said and gaps named."""

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.cli import bar, printed
from witnessmark.cli.defuse import defuse
from witnessmark.publishing.tables import UNSEEN, json_text


def test_hostile_marks_are_spelled_out() -> None:
    assert defuse("evil\x1b[31m\u202egpj.exe") == r"evil\u001b[31m\u202egpj.exe"
    assert defuse("one\ntwo\x85") == r"one\u000atwo\u0085"
    assert defuse("one\ntwo\x07", lines=True) == "one\ntwo\\u0007"
    assert defuse("\U000e0041") == r"\udb40\udc41"


def test_letters_marks_and_joiners_of_real_scripts_stay() -> None:
    written = "قَصْف مدينة الرِّقّة، می‌خواهم – «Raqqa» 👨‍👩‍👧"
    assert defuse(written) == written


@given(st.text())
def test_nothing_unseen_is_left_and_json_reads_back(text: str) -> None:
    assert not UNSEEN.search(defuse(text))
    said = json_text({"text": text})
    assert not UNSEEN.search(said)
    assert json.loads(said) == {"text": text}


@pytest.mark.parametrize(
    ("value", "said"), [([3, 3], "3"), ([3, 5], "3 to 5"), ([3, None], "at least 3"), ([0, 0], "0")]
)
def test_an_open_end_is_said(value: list[int | None], said: str) -> None:
    assert printed.toll(value) == said


def test_marks_take_no_room() -> None:
    assert printed.width("قَصْف") == 3
    assert printed.width("漢") == 2


def test_a_table_is_aligned_and_defused(capsys: pytest.CaptureFixture[str]) -> None:
    printed.grid(("name", "why"), [("قَصْف", "x"), ("longer", "bad\x1b")])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "name    why"
    assert lines[1] == "قَصْف     x"
    assert lines[2] == r"longer  bad\u001b"


def test_a_thing_is_shown_whole_and_its_gaps_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    row = {
        "killed": [3, None], "injured": None, "shared": False, "actors": ["One", "Two"], "place": {"name": "الرقة", "lat": None},
        "anchor": {"address": "ab" * 32, "selector": "line:1/text", "text": "cd" * 32, "start": 4, "end": 9},
        "figures": [{"toll": [2, 2], "why": "a\nb"}],
    }  # fmt: skip
    printed.whole(row)
    assert capsys.readouterr().out.splitlines() == [
        "killed  at least 3",
        "shared  no",
        "actors  One; Two",
        "place:",
        "  name  الرقة",
        "  nothing for: lat",
        "anchor  abababababab line:1/text 4–9",
        "figures:",
        "  - toll  2",
        "    why   a",
        "          b",
        "nothing for: injured",
    ]


def test_long_lists_say_how_much_they_leave_out(capsys: pytest.CaptureFixture[str]) -> None:
    printed.listed("Unread", [str(number) for number in range(25)])
    said = capsys.readouterr().out
    assert "Unread (25):" in said
    assert "5 more; --json lists all" in said


def test_progress_is_drawn_a_line_a_step() -> None:
    out = io.StringIO()
    drawn = bar.Bar(out)
    drawn("depositing", 200, 200)
    drawn("reading", 0, 10)
    drawn("reading", 10, 10)
    drawn.end()
    said = out.getvalue()
    assert "depositing   200\n" in said
    assert said.endswith("10/10\n")


def test_progress_is_silent_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    with bar.progress() as shown:
        shown("reading", 1, 10)
    assert out.getvalue() == ""
