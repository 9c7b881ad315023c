"""The verbs on a small real case, from new to verify: what is printed, what is JSON, which code is left."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call, leave
from witnessmark.casefile.exports import WHAT
from witnessmark.publishing.columns import columns


def only_incident(case: Path, call: Call) -> str:
    rows = [json.loads(line) for line in call("export", case, "--what", "incidents", "-o", "-").out.splitlines()]
    return str(next(row["id"] for row in rows if "post-1" in row["items"]))


def test_the_receipt_adds_up_and_defuses_names(tmp_path: Path, material: Path, call: Call) -> None:
    case = tmp_path / "case"
    assert call("new", case).code == 0
    said = call("add", case, material, "--json")
    receipt = json.loads(said.out)
    lists = sum(len(receipt[kind]) for kind in ("unread", "passed_over", "again"))
    assert said.code == 1
    assert receipt["files"] == receipt["opened"] + lists == 2
    assert (receipt["items"], receipt["objects"]) == (2, 2)
    assert [row["where"] for row in receipt["inside"]["unread"]] == ["line:3"]
    assert "\x1b" not in said.out
    again = call("add", case, material)
    assert "\x1b" not in again.out
    assert "\u202e" not in again.out
    assert "In the case already (2)" in again.out


def test_a_case_is_not_made_over_another(built: Path, call: Call) -> None:
    said = call("new", built)
    assert said.code == 2
    assert "not an empty folder" in said.err


def test_status_counts_and_lists_what_was_not_read(built: Path, call: Call) -> None:
    standing = json.loads(call("status", built, "--json").out)
    assert standing["counts"]["items"] == standing["counts"]["read"] == 2
    assert not any(standing["pending"].values())
    said = call("status", built)
    assert said.code == 0
    assert said.out.startswith("Exercise\n")
    assert "Nothing is pending." in said.out
    assert "empty: 0 bytes" in said.out


def test_show_and_explain_lead_to_the_words(built: Path, call: Call) -> None:
    incident = only_incident(built, call)
    shown = json.loads(call("show", built, incident, "--json").out)
    claim = shown["claims"][0]
    explained = json.loads(call("explain", built, claim, "--json").out)
    assert shown["shown"] == "incident"
    assert all({"slot", "value", "rule"} <= reason.keys() for reason in explained["reasons"])
    assert any(reason.get("entries") for reason in explained["reasons"])
    for wanted in ("post-1", incident, claim, shown["origin_ids"][0]):
        assert call("show", built, wanted).code == 0
        assert call("explain", built, wanted).code == 0
    assert "الرقة" in call("show", built, "post-1").out


@pytest.mark.parametrize("verb", ["show", "explain"])
def test_an_id_that_is_none_is_said(verb: str, built: Path, call: Call) -> None:
    said = call(verb, built, "incident-nowhere")
    assert said.code == 2
    assert "Nothing in this case is called incident-nowhere" in said.err


def test_search_finds_other_spellings_and_phrases(built: Path, call: Call) -> None:
    assert [hit["name"] for hit in json.loads(call("search", built, "الرقه", "--json").out)] == ["post-1"]
    assert "post-2" in call("search", built, '"airstrike on Raqqa"').out
    assert call("search", built, "nowhere").out == "0 items\n"
    assert call("search", built, "...").code == 2


@pytest.mark.parametrize("what", [what for what in WHAT if what not in ("registers", "drifts")])
def test_every_export_has_its_columns_in_both_forms(what: str, built: Path, call: Call) -> None:
    lines = call("export", built, "--what", what, "-o", "-")
    rows = [json.loads(line) for line in lines.out.splitlines()]
    assert rows
    assert all(tuple(row) == columns(what) for row in rows)
    assert lines.err.startswith(f"{len(rows)} ")
    sheet = list(csv.reader(io.StringIO(call("export", built, "--what", what, "--format", "csv", "-o", "-").out[1:])))
    assert tuple(sheet[0]) == columns(what)
    assert len(sheet) == len(rows) + 1


def test_formulas_in_evidence_are_defused_in_a_sheet(built: Path, call: Call) -> None:
    said = call("export", built, "--what", "items", "--format", "csv", "-o", "-")
    publishers = [row["publisher"] for row in csv.DictReader(io.StringIO(said.out[1:]))]
    assert sorted(publishers) == ["'=HYPERLINK(A1)", "A local page"]


def test_cells_too_long_for_a_sheet_are_said_by_column(tmp_path: Path, call: Call) -> None:
    post = {"id": "long", "url": "https://example.org/" + "a" * 40_000, "text": "Nothing."}
    (tmp_path / "items.jsonl").write_text(json.dumps(post), encoding="utf-8")
    assert call("new", tmp_path / "case").code == 0
    assert call("add", tmp_path / "case", tmp_path / "items.jsonl").code == 0
    said = call("export", tmp_path / "case", "--what", "items", "--format", "csv", "-o", tmp_path / "out.csv")
    assert said.code == 0
    assert "characters that a spreadsheet's cell holds, and marked, in: url (1)." in said.err
    assert "Cut" not in call("export", tmp_path / "case", "--what", "items", "-o", tmp_path / "out.jsonl").err


def test_nothing_is_written_into_the_case(built: Path, call: Call) -> None:
    before = (built / "ledger.jsonl").read_bytes()
    said = call("export", built, "--what", "items", "-o", built / "ledger.jsonl")
    assert said.code == 2
    assert (built / "ledger.jsonl").read_bytes() == before
    assert call("report", built, "-o", built / "vault").code == 2


def test_a_decision_is_kept_and_stands_in_the_export(case: Path, call: Call) -> None:
    incident = only_incident(case, call)
    said = call("decide", case, incident, "--set", "killed=5..", "--by", "R. Reader", "--reason", "both say so")
    assert said.code == 0
    assert "Ledger entry" in said.out
    state = call("decide", case, incident, "--state", "in review", "--by", "R. Reader", "--reason", "checked", "--json")
    assert json.loads(state.out)["value"] == "in review"
    row = json.loads(call("show", case, incident, "--json").out)
    assert row["killed"] == [5, None]
    assert row["state"] == "in review"
    assert row["suggested"]["killed"] is not None
    assert "at least 5" in call("show", case, incident).out


@pytest.mark.parametrize(
    "given",
    [
        [],
        ["--accept", "--state", "approved"],
        ["--set", "killed=many"],
        ["--set", "kiled=5"],
        ["--state", "published"],
        ["--join", "post-1"],
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(given: list[str], case: Path, call: Call) -> None:
    incident = only_incident(case, call)
    before = (case / "ledger.jsonl").read_bytes()
    assert call("decide", case, incident, *given, "--by", "R. Reader", "--reason", "because").code == 2
    assert (case / "ledger.jsonl").read_bytes() == before


@pytest.mark.parametrize("missing", ["--by", "--reason"])
def test_a_decision_needs_a_name_and_a_reason(missing: str, built: Path, call: Call) -> None:
    given = {"--by": "R. Reader", "--reason": "because"}
    for blank in ({}, {missing: " "}):
        signed = [part for pair in ({**given, **blank}).items() if blank or pair[0] != missing for part in pair]
        assert call("decide", built, "post-1", "--accept", *signed).code == 2


def test_verify_is_quiet_about_a_whole_case_and_names_damage(case: Path, call: Call) -> None:
    said = call("verify", case, "--json")
    assert said.code == 0
    assert json.loads(said.out)["whole"] is True
    (held,) = [path for path in (case / "vault").rglob("*") if path.is_file() and path.stat().st_size > 100]
    held.chmod(0o644)
    held.write_bytes(held.read_bytes() + b" ")
    damaged = call("verify", case)
    assert damaged.code == 10
    assert held.name[:6] in damaged.out
    assert json.loads(call("verify", case, "--json").out)["damages"]


def test_a_reworded_ledger_is_damage(case: Path, call: Call) -> None:
    ledger = case / "ledger.jsonl"
    ledger.write_text(ledger.read_text(encoding="utf-8").replace('"by hand"', '"by mail"', 1), encoding="utf-8")
    said = call("verify", case)
    assert said.code == 10
    assert "reworded" in said.out + said.err


def test_a_gazetteer_becomes_a_pack_of_the_case(case: Path, tmp_path: Path, call: Call) -> None:
    table = tmp_path / "places.csv"
    table.write_text("name,name_ar,lat,lon,precision\nZarhal,زرحال,1.5,2.5,village\nNowhere,,x,y,\n", encoding="utf-8")
    said = call("gazetteer", case, "add", table, "--json")
    report = json.loads(said.out)
    assert said.code == 0
    assert report["rows"] == report["used"] + len(report["left"]) == 2
    assert report["pack"] in {row["name"] for row in json.loads(call("packs", case, "--json").out)}
    assert json.loads(call("status", case, "--json").out)["pending"]["read"] == 2
    assert call("gazetteer", case, "remove", table).code == 2
    assert call("gazetteer", case, "add", tmp_path / "none.csv").code == 2


def test_the_report_says_where_it_is(built: Path, tmp_path: Path, call: Call) -> None:
    said = call("report", built, "-o", tmp_path / "report")
    assert said.code == 0
    assert "not for publication" in said.out
    assert (tmp_path / "report" / "index.html").is_file()


def test_show_is_one_screen_and_says_how_to_see_everything(built: Path, call: Call) -> None:
    incident = only_incident(built, call)
    whole = json.loads(call("show", built, incident, "--json").out)
    said = call("show", built, incident).out
    labels = [line.split()[0] for line in said.splitlines() if line.startswith("  ")]
    assert labels[:4] == ["what", "where", "when", "who"]
    assert {"origins", "grade", "killed"} <= set(labels)
    assert whole["claims"][0] in said
    assert f"show {built} {whole['id']} --all" in said
    assert len(said.splitlines()) <= 24
    everything = call("show", built, incident, "--all").out
    assert "place_why" in everything
    assert len(everything.splitlines()) > len(said.splitlines())


def test_the_first_screen_of_each_kind_names_the_thing_and_fits(built: Path, call: Call) -> None:
    incident = json.loads(call("show", built, only_incident(built, call), "--json").out)
    claim, origin = incident["claim_rows"][0], incident["origin_ids"][0]
    for wanted in (claim["id"], origin, claim["item"], claim["anchor"]["address"]):
        said = call("show", built, wanted)
        assert said.code == 0
        assert len(said.out.splitlines()) <= 24
    said = call("show", built, claim["id"])
    assert said.out.startswith(f"claim {claim['id']}: machine draft")
    assert claim["words"] in said.out
    assert "relative to publication" in said.out
    assert "1 origin" in call("show", built, "post-1").out
    assert "Findings (1):" in call("show", built, claim["anchor"]["address"]).out


def test_two_slots_in_one_call_are_refused_and_nothing_is_decided(call: Call, tmp_path: Path) -> None:
    leave("new", tmp_path / "case")
    ledger = (tmp_path / "case" / "ledger.jsonl").read_bytes()
    done = call("decide", tmp_path / "case", "x", "--set", "lat=1", "--set", "lon=2", "--by", "A", "--reason", "b")
    assert done.code == 2
    assert "Nothing was decided" in done.err
    assert (tmp_path / "case" / "ledger.jsonl").read_bytes() == ledger


def test_explain_says_what_lost(tmp_path: Path, call: Call) -> None:
    text = (
        "A strike on Manbij on 3 June 2017 killed five civilians, a spokesman in Raqqa said on 5 June 2017. "
        "Later nine people were said to have been killed by the strike on Manbij."
    )
    feed = tmp_path / "items.jsonl"
    feed.write_text(json.dumps({"id": "one", "publisher": "A local page", "text": text}) + "\n", encoding="utf8")
    assert (
        leave("new", tmp_path / "case") == leave("add", tmp_path / "case", feed) == leave("run", tmp_path / "case") == 0
    )
    rows = [json.loads(row) for row in call("export", tmp_path / "case", "--what", "claims", "--format", "jsonl", "-o", "-").out.splitlines() if row.startswith("{")]  # fmt: skip
    first = next(row["id"] for row in rows if row["killed"] == [5, 5])
    reasons = json.loads(call("explain", tmp_path / "case", first, "--json").out)["reasons"]
    lost = {reason["slot"]: reason.get("lost", []) for reason in reasons}
    assert any("Raqqa" in words for words in lost["place"])
    assert any("5 June 2017" in words for words in lost["moment"])
    assert lost["killed, status not said"] == ["told by another voice, for which another claim stands"]


def test_show_and_explain_know_the_people_that_are_exported(tmp_path: Path, call: Call) -> None:
    case = tmp_path / "case"
    text = "An airstrike hit Raqqa city on 6 June 2017. Karim Nasser, 17, was killed{}. Salma Haddad was injured."
    posts = [
        {"id": "one", "publisher": "A local page", "text": text.format("")},
        {
            "id": "two",
            "publisher": "Another page",
            "text": text.format("").replace("Karim Nasser", "Karim Adel Nasser"),
        },
    ]
    (tmp_path / "items.jsonl").write_text("\n".join(map(json.dumps, posts)), encoding="utf-8")
    assert leave("new", case) == leave("add", case, tmp_path / "items.jsonl") == leave("run", case, "--jobs", "1") == 0
    people = [json.loads(line) for line in call("export", case, "--what", "victims", "-o", "-").out.splitlines()]
    killed = {row["item"]: row for row in people if row["kind"] == "killed"}
    said = call("show", case, killed["one"]["id"])
    assert said.code == 0
    for words in ("Karim Nasser", "killed, aged 17", "17, was killed", killed["two"]["id"], "not for publication"):
        assert words in said.out
    explained = call("explain", case, killed["one"]["id"][:14]).out
    for words in (killed["one"]["rule"], "Karim Nasser", killed["two"]["id"], "a person says who is who"):
        assert words in explained
    item = call("show", case, "one").out
    assert f"Named as killed (1):\n  {killed['one']['id']}  Karim Nasser" in item
    assert "Named as injured (1):" in item
    assert "Nothing in this case is called" in call("show", case, "victim-0000000000").err
    refused = call("decide", case, killed["one"]["id"], "--accept", "--by", "A", "--reason", "b")
    assert "a person whom an item names" in refused.err


def test_the_first_screen_says_what_a_figure_is_and_is_not(tmp_path: Path, call: Call) -> None:
    case = tmp_path / "case"
    posts = [
        {"id": "joint", "text": "An airstrike hit Kobani on 3 March 2031. Ten people were killed and wounded."},
        {"id": "presumed", "text": "An airstrike hit Raqqa city on 9 May 2031. Six people were killed."},
    ]
    (tmp_path / "items.jsonl").write_text("\n".join(map(json.dumps, posts)), encoding="utf-8")
    assert leave("new", case) == leave("add", case, tmp_path / "items.jsonl") == leave("run", case, "--jobs", "1") == 0
    lines = call("export", case, "--what", "incidents", "-o", "-").out.splitlines()
    ids = {row["items"][0]: row["id"] for row in map(json.loads, lines)}
    joint, presumed = call("show", case, ids["joint"]).out, call("show", case, ids["presumed"]).out
    assert "no figure for one kind of harm alone" in joint
    assert "injured; killed (told without a number of its own)" in joint
    assert "6 (of these, civilian only by presumption)" in presumed
    assert "killed status unstated" not in presumed


def test_the_first_screen_says_what_people_decided_and_what_the_machine_suggests(case: Path, call: Call) -> None:
    incident = only_incident(case, call)
    signed = ("--by", "A. Reader", "--reason", "read")
    assert call("decide", case, incident, "--set", "killed=6", *signed).code == 0
    assert call("decide", case, incident, "--set", "grade=Weak", *signed).code == 0
    said = call("show", case, incident).out
    assert ": machine draft; decided by A. Reader" in said.splitlines()[0]
    assert "6 (decided by A. Reader; suggested: 5)" in said
    assert "Weak, decided by A. Reader; suggested: " in said
    assert call("decide", case, incident, "--state", "in review", *signed).code == 0
    assert ": in review (entry " in call("show", case, incident).out.splitlines()[0]


def test_what_was_left_out_is_counted_by_rows_and_said_by_reason(case: Path, tmp_path: Path, call: Call) -> None:
    table = tmp_path / "places.csv"
    table.write_text("name,lat,lon\nZarhal,-30.2,80.3\nOne,,\nTwo,,\n,1,2\n", encoding="utf-8")
    said = call("gazetteer", case, "add", table).out
    assert "Rows left out (3):\n  2 × no coordinates: lines 3, 4\n  1 × no name" in said
