"""``read``: the contract, without a case, in both scripts."""

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call

ENGLISH = (
    "Five civilians, including three children, were killed on Tuesday in an airstrike on Raqqa, "
    "the Syrian Observatory for Human Rights said."
)
ARABIC = "قُتل خمسة مدنيين بينهم ثلاثة أطفال في غارة جوية على مدينة الرقة."  # the same deed, no day and no source
CONTRACT = {
    "id": None, "language": None, "unreadable": None, "statements": set(), "claims": set(),
    "moments": {"text", "start", "end", "earliest", "latest", "precision"},
    "places": {"text", "start", "end", "name", "lat", "lon", "precision", "candidates"},
    "tolls": {"text", "start", "end", "kind", "who", "least", "most", "part_of", "negated", "cumulative"},
    "actors": {"text", "start", "end"},
    "weapons": {"text", "start", "end"},
}  # fmt: skip


def spans(value: object) -> list[dict[str, Any]]:
    """Every mapping, however deep, that says where it stands."""
    if isinstance(value, list):
        return [found for one in value for found in spans(one)]
    if not isinstance(value, dict):
        return []
    mine = [value] if {"text", "start", "end", "passage"} <= value.keys() else []
    return mine + [found for one in value.values() for found in spans(one)]


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (ARABIC, "ar")])
def test_what_is_read_keeps_the_contract(text: str, language: str, tmp_path: Path, call: Call) -> None:
    path = tmp_path / "post.txt"
    path.write_text(text, encoding="utf-8")
    said = call("read", path, "--published", "2017-06-11")
    row = json.loads(said.out)
    assert said.code == 0
    assert row["language"] == language
    assert row["unreadable"] is None
    assert row.keys() >= CONTRACT.keys()
    for kind, fields in CONTRACT.items():
        for one in row[kind] or [] if fields is not None else []:
            assert one.keys() >= fields
    assert row["places"]
    assert row["tolls"]
    assert row["claims"]
    found = spans(row)
    assert found
    assert all(one["text"] == text[one["start"] : one["end"]] for one in found)
    assert all(one["passage"] == 0 and one["passage_role"] == "body" for one in found)


def test_times_are_relative_to_the_publication_given(call: Call) -> None:
    dated = json.loads(call("read", "-", "--published", "2017-06-11", given=ENGLISH.encode()).out)
    assert [(one["earliest"], one["latest"], one["precision"]) for one in dated["moments"]] == [
        ("2017-06-06", "2017-06-06", "day")
    ]
    undated = json.loads(call("read", "-", given=ENGLISH.encode()).out)
    assert [one["earliest"] for one in undated["moments"]] == [None]


def test_tolls_and_the_claim_say_how_many(call: Call) -> None:
    row = json.loads(call("read", "-", given=ENGLISH.encode()).out)
    assert {(one["kind"], one["who"], one["least"], one["most"]) for one in row["tolls"]} == {
        ("killed", "civilians", 5, 5), ("killed", "children", 3, 3),
    }  # fmt: skip
    (claim,) = row["claims"]
    assert claim["killed"] == [5, 5]
    assert claim["children_killed"] == [3, 3]
    assert claim["injured"] is None
    assert not {"item", "state", "decisions", "incident"} & claim.keys()


def test_standard_input_and_a_file_read_alike(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "post.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    assert call("read", "-", given=ENGLISH.encode()).out == call("read", path).out


def test_lines_are_read_one_for_one_and_the_broken_one_is_named(call: Call) -> None:
    lines = [
        json.dumps({"id": "one", "title": "غارة على الرقة", "text": ENGLISH, "published_at": "2017-06-11"}),
        "{not json",
        json.dumps({"id": "three"}),
        json.dumps({"id": "four", "text": ARABIC}, ensure_ascii=False),
    ]
    said = call("read", "-", "--jsonl", "--published", "2018-01-01", given="\n".join(lines).encode())
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 1
    assert [row["id"] for row in rows] == ["one", None, None, "four"]
    assert [(row["line"], bool(row["error"])) for row in rows[1:3]] == [(2, True), (3, True)]
    assert rows[0]["publication"]["earliest"] == "2017-06-11"
    assert rows[3]["publication"]["earliest"] == "2018-01-01"
    assert [passage["role"] for passage in rows[0]["passages"]] == ["title", "body"]
    given = json.loads(lines[0])
    for one in spans(rows[0]):
        text = given["title"] if one["passage_role"] == "title" else given["text"]
        assert one["text"] == text[one["start"] : one["end"]]
    assert {one["passage"] for one in rows[0]["places"]} == {0, 1}


def test_hostile_text_is_escaped_and_reads_back(call: Call) -> None:
    text = "Five killed in \u202eRaqqa\u202c \x1b[31mtoday."
    said = call("read", "-", given=text.encode())
    assert "\u202e" not in said.out
    assert "\x1b" not in said.out
    row = json.loads(said.out)
    assert "".join(one["text"] for one in row["statements"]) in text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (b"", "it is empty"),
        (b" \n ", "nothing but blanks"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "no reader"),
        (b'{"id": "one", "text": "killed"}', "items"),
        (b"<!DOCTYPE html><html><body><p>Five killed in Raqqa today.</p></body></html>", "saved-page"),
    ],
)
def test_what_is_no_text_is_refused_in_three_parts(given: bytes, words: str, call: Call) -> None:
    said = call("read", "-", given=given)
    assert said.code == 2
    assert words in said.err
    assert "Nothing was read or changed" in said.err
    assert said.out == ""


def test_an_assumed_encoding_is_said(call: Call) -> None:
    said = call("read", "-", given=ARABIC.encode("cp1256"))
    assert said.code == 0
    assert "windows-1256" in said.err
    assert json.loads(said.out)["language"] == "ar"


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path, call: Call) -> None:
    assert call("read", tmp_path / "none.txt").code == 2
    assert call("read", tmp_path).code == 2


@pytest.mark.parametrize("form", [[], ["--jsonl"]])
def test_a_pipe_with_a_name_is_read_to_its_end(form: list[str], tmp_path: Path, call: Call) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    words = "Five civilians were killed in Raqqa, residents said."
    given = json.dumps({"id": "1", "text": words}) if form else words
    writer = threading.Thread(target=pipe.write_text, args=(given + "\n",))
    writer.start()
    said = call("read", pipe, *form)
    writer.join()
    assert said.code == 0
    assert json.loads(said.out)["tolls"]


def test_a_folder_is_no_text(tmp_path: Path, call: Call) -> None:
    said = call("read", tmp_path)
    assert said.code == 2
    assert "it is a folder. Nothing was read or changed. Give plain text" in said.err


def test_a_line_nested_too_deep_says_so(call: Call) -> None:
    deep = b'{"id": "1", "text": "x", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    said = call("read", "-", "--jsonl", given=deep)
    assert said.code == 1
    assert json.loads(said.out) == {"id": None, "line": 1, "error": "nested too deep to be read"}


@pytest.mark.parametrize("time", ["x", "", "2017-02-30", "2017-06-06T10:00:00+25:00", "99999-01-01"])
def test_a_time_of_publication_that_is_none_is_refused(time: str, call: Call) -> None:
    said = call("read", "-", "--published", time, given=ENGLISH.encode())
    assert said.code == 2
    assert "is no time. Nothing was read or changed." in said.err


@pytest.mark.parametrize("time", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_the_calendar_stop_nothing(time: str, call: Call) -> None:
    said = call(
        "read",
        "-",
        "--published",
        time,
        given=b"Three killed next week, last month, two years ago, in 5 days, yesterday.",
    )
    assert said.code == 0
