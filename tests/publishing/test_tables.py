"""Tables on their way out: streamed, put in place whole, and harmless in a spreadsheet."""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.casefile.exports import WHAT
from witnessmark.errors import UsageError
from witnessmark.publishing.columns import columns
from witnessmark.publishing.tables import LONGEST_CELL, cell, fitted, json_text, write

ROW: dict[str, object] = {
    "id": "claim-1", "words": "قُتل\nخمسة", "killed": [3, None], "actors": ["One", "Two"], "place": {"name": "الرقة"},
    "lat": -33.5, "shared": False, "injured": None, "none": [],
}  # fmt: skip


def sheet(path: Path) -> list[list[str]]:
    """The cells of a CSV file, as a spreadsheet would read them."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_json_lines_hold_every_value(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    assert write([ROW, {**ROW, "note": "more"}], ["id"], "jsonl", str(path)) == 2
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == [
        ROW,
        {**ROW, "note": "more"},
    ]


def test_csv_has_a_mark_a_header_and_one_row_each(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    assert write([ROW], list(ROW), "csv", str(path)) == 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert sheet(path) == [
        list(ROW),
        ["claim-1", "قُتل\nخمسة", "[3, null]", "One; Two", '{"name": "الرقة"}', "-33.5", "false", "", ""],
    ]


@pytest.mark.parametrize("what", WHAT)
def test_an_empty_export_still_has_the_header_of_its_kind(what: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    assert write([], columns(what), "csv", str(path)) == 0
    assert sheet(path) == [list(columns(what))]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_a_cell_that_begins_like_a_formula_is_defused(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell([text]) == f"'{text}"


@pytest.mark.parametrize("number", [-1, -33.5, 0, 7])
def test_numbers_stay_numbers(number: float) -> None:
    assert cell(number) == number


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_no_text_cell_begins_like_a_formula(value: Any) -> None:  # noqa: ANN401 - any value
    made = cell(value)
    assert not isinstance(made, str) or not made.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.text(), min_size=1), max_size=5))
def test_csv_reads_back_but_for_the_apostrophe(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "rows.csv"
    held = [
        {key: value.encode("utf-8", "replace").decode().replace("\0", "") for key, value in row.items()} for row in rows
    ]
    write(held, "abc", "csv", str(path))
    wanted = [[str(cell(row.get(column))) for column in "abc"] for row in held]
    assert sheet(path)[1:] == wanted


def test_unseen_marks_are_escaped_and_read_back() -> None:
    said = json_text({"name": "a\u202eb\x9b\u2028\U000e0041\ud800"})
    assert said == r'{"name": "a\u202eb\u009b\u2028\udb40\udc41\ud800"}'
    assert json.loads(said) == {"name": "a\u202eb\x9b\u2028\U000e0041\ud800"}


def test_a_table_that_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("before\n", encoding="utf-8")

    def failing() -> Iterator[dict[str, object]]:
        yield ROW
        raise LookupError

    with pytest.raises(LookupError):
        write(failing(), [], "jsonl", str(path))
    assert path.read_text(encoding="utf-8") == "before\n"
    assert list(tmp_path.iterdir()) == [path]


def test_rows_are_not_gathered_before_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    seen: list[int] = []

    def rows() -> Iterator[dict[str, object]]:
        for number in range(3000):
            (partial,) = tmp_path.iterdir()
            seen.append(partial.stat().st_size)
            yield {"number": number, "text": "x" * 100}

    assert write(rows(), [], "jsonl", str(path)) == 3000
    assert seen[-1] > 0


def test_standard_output_gets_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("jsonl", "csv"):
        path = tmp_path / "rows"
        write([ROW], list(ROW), form, str(path))
        write([ROW], list(ROW), form, "-")
        assert capsys.readouterr().out == path.read_bytes().decode("utf-8")


def test_a_link_is_followed_and_a_device_is_never_replaced(tmp_path: Path) -> None:
    real, link, pipe = tmp_path / "real", tmp_path / "link", tmp_path / "pipe"
    real.write_text("before", encoding="utf-8")
    link.symlink_to(real)
    write([ROW], [], "jsonl", str(link))
    assert link.is_symlink()
    assert json.loads(real.read_text(encoding="utf-8")) == ROW
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write([ROW], [], "jsonl", str(pipe))
    assert json.loads(os.read(reader, 1 << 16)) == ROW
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize("target", ["", "nowhere/rows.csv"])
def test_a_target_that_cannot_be_a_file_is_refused(target: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write([ROW], [], "csv", str(tmp_path / target))


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write([ROW], [], "xlsx", str(tmp_path / "rows"))


def test_a_cell_longer_than_a_spreadsheet_holds_is_cut_with_a_mark_and_its_column_is_said(tmp_path: Path) -> None:
    long = "قصف " * 20_000
    rows = [{"id": "1", "words": long, "claims": ["claim"] * 9_000}, {"id": "2", "words": long, "claims": []}]
    cuts: dict[str, int] = {}
    path = tmp_path / "out"
    assert write(rows, ["id", "words", "claims"], "csv", str(path), cuts) == 2
    with path.open(encoding="utf-8-sig", newline="") as lines:
        first, second = csv.DictReader(lines)
    assert cuts == {"words": 2, "claims": 1}
    assert first["words"].startswith("قصف قصف")
    assert first["words"].endswith("[cut here: 80,000 characters in all; the whole text is in the JSON lines]")
    assert len(first["claims"]) == len(second["words"]) == LONGEST_CELL
    assert second["claims"] == ""
    write(rows, [], "jsonl", str(path), cuts)
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["words"] == long


@given(st.text(max_size=12).map(lambda text: text * 6_000))
def test_a_fitted_cell_fits_in_utf_16_and_a_short_one_is_as_it_was(text: str) -> None:
    kept = fitted(text)
    size = len(kept.encode("utf-16-le")) // 2
    assert size <= LONGEST_CELL
    assert (kept == text) == (len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL)


def test_a_cell_of_exactly_what_fits_is_whole() -> None:
    assert fitted("a" * LONGEST_CELL) == "a" * LONGEST_CELL
    assert fitted("𝔸" * (LONGEST_CELL // 2 + 1)).startswith("𝔸" * 1000)
