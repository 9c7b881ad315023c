"""Registers and sources by the command line: added, listed, matched, judged."""

import json
import shutil
from pathlib import Path

from tests.cli.conftest import Call
from witnessmark.publishing.columns import columns


def test_a_register_is_added_listed_and_matched(built: Path, tmp_path: Path, call: Call) -> None:
    incident = json.loads(call("export", built, "--what", "incidents", "-o", "-").out.splitlines()[0])
    case = Path(shutil.copytree(built, tmp_path / "case"))
    table = tmp_path / "theirs.csv"
    day, point = incident["date"], f"{incident['lat']},{incident['lon']}"
    killed, injured = (incident[slot][0] if incident[slot] else "" for slot in ("killed", "injured"))
    head = "id,date,place,lat,lon,killed,injured,url\n"
    row = f'R-1,{day},"{incident["place"]}",{point},{killed},{injured},https://records.example/1\n'
    table.write_text(
        f"{head}{row}R-2,,{incident['place']},,,,,\nR-3,{day},,,,,,\nR-4,{day},=A1,,,,,\n", encoding="utf-8"
    )
    assert "No register" in call("register", case, "list").out
    said = call("register", case, "add", table)
    assert said.code == 0
    assert "1 × no date: line 3" in said.out
    assert "1 × no place: line 4" in said.out
    report = json.loads(call("register", case, "add", table, "--json").out)
    assert report["rows"] == report["used"] + sum(map(len, report["left"].values())) == 4
    assert "not current" in call("register", case, "match").out
    assert json.loads(call("status", case, "--json").out)["pending"] == {
        "open": 0,
        "read": 0,
        "look": 0,
        "compare": 0,
        "gather": 0,
        "match": 1,
    }
    assert call("run", case).code in (0, 1)
    assert [one["rows"] for one in json.loads(call("register", case, "list", "--json").out)] == [1]
    assert report["pack"] in {one["name"] for one in json.loads(call("packs", case, "--json").out)}
    found = json.loads(call("register", case, "match", incident["id"], "--json").out)
    assert [(one["id"], one["verdict"]) for one in found] == [("R-1", "the same")]
    words = call("register", case, "match").out
    assert f"{incident['id']}: the same as R-1 in {report['pack']}" in words
    assert "https://records.example/1" in words
    assert "not current" not in words
    assert "the same as R-1" in call("show", case, incident["id"]).out
    assert "registers.match" in call("explain", case, incident["id"]).out
    lines = call("export", case, "--what", "registers", "-o", "-")
    assert lines.err == "1 match\n"
    assert tuple(json.loads(lines.out)) == columns("registers")


def test_a_register_needs_a_file_and_a_list_none(case: Path, tmp_path: Path, call: Call) -> None:
    assert call("register", case, "add").code == 2
    assert call("register", case, "list", "x").code == 2
    assert call("register", case, "add", tmp_path / "none.csv").code == 2
    assert call("register", case, "drop", "x").code == 2
    assert "Nothing matches." in call("register", case, "match").out


def test_sources_are_listed_and_one_is_shown_with_what_it_told(built: Path, call: Call) -> None:
    listed = json.loads(call("sources", built, "--json").out)
    assert {row["name"] for row in listed} >= {"A local page"}
    assert {row["class"] for row in listed if "HYPERLINK" in row["name"]} == {"media"}  # it has a site of its own
    said = call("sources", built)
    assert said.code == 0
    assert "A local page" in said.out
    assert f"{len(listed)} sources" in said.out
    (wanted,) = [row["id"] for row in listed if row["name"] == "A local page"]
    one = call("sources", built, wanted)
    assert one.code == 0
    assert "F, Cannot be judged (admiralty-a-f): nobody has judged it" in one.out
    assert "post-1" in one.out
    assert json.loads(call("sources", built, wanted, "--json").out)["told"]
    assert call("show", built, wanted).out == one.out
    assert call("sources", built, "source-0\u202e0\x1b[31m").code != 0
    assert call("sources", built, "post-1").code == 2


def test_a_source_is_judged_by_a_person(case: Path, call: Call) -> None:
    (wanted,) = [row["id"] for row in json.loads(call("sources", case, "--json").out) if row["name"] == "A local page"]
    signed = ("--by", "R. Example", "--reason", "held against hospital lists")
    assert call("decide", case, wanted, "--set", "reliability=B", *signed).code == 0
    assert "B, Usually reliable (admiralty-a-f): as a person judged" in call("sources", case, wanted).out
    assert call("decide", case, wanted, "--state", "approved", *signed).code == 2
    assert json.loads(call("verify", case, "--json").out)["whole"]
    assert call("explain", case, wanted).code == 0
