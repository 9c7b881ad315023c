"""A case's registers: preserved like evidence, read with nothing, held against its incidents and earlier events."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.casefile import corpus
from tests.strategies import StillClock, jsonl, new_case
from witnessmark.casefile import registering, registers
from witnessmark.casefile.case import Case, open_case
from witnessmark.casefile.decisions import decide
from witnessmark.casefile.deposits import add
from witnessmark.casefile.explain import explain
from witnessmark.casefile.exports import export
from witnessmark.casefile.progress import silent
from witnessmark.casefile.run import run
from witnessmark.casefile.show import show
from witnessmark.casefile.status import status
from witnessmark.casefile.verify import verify
from witnessmark.errors import UsageError
from witnessmark.terms.address import address_of

# Two posts: a strike, and two weeks later another that recalls it.
RECALLED = (
    "Two civilians were injured in Tal Qirmit today by artillery of the Taval Guard. On 11 March 2031, an airstrike of the "
    "Northern Joint Force on Zarhal killed three civilians and injured five."
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with new_case(tmp_path / "case") as made:
        yield made


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "Their list (1).csv"
    path.write_text(corpus.REGISTER, encoding="utf-8")
    return path


def test_a_register_becomes_a_pack_that_nothing_is_read_with(case: Case, given: Path) -> None:
    before = case.larder.digest
    report = registers.add(case, given)
    address = address_of(corpus.REGISTER.encode())
    assert (report["format"], report["rows"], report["used"]) == ("Airwars", 4, 4)
    assert report["pack"] == f"register-their-list-1-{address[:8]}"
    assert case.shelves.check(address) == address == report["source"]
    assert case.larder.digest == before
    (entry,) = [entry for entry in case.ledger.read() if entry.did == "added a pack"]
    assert (entry.about["file"], entry.about["digest"]) == (given.name, report["digest"])
    (one,) = registers.listed(case)
    assert (one["name"], one["rows"], one["file"]) == (report["pack"], 4, given.name)
    assert registers.add(case, given) == report
    assert len(registers.listed(case)) == 1
    assert verify(case) == []


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "id,date,place\n1,,Zarhal\n", "\0\0\0"])
def test_what_is_no_register_adds_nothing_and_leaves_nothing(case: Case, tmp_path: Path, text: str) -> None:
    path = tmp_path / "none.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="Nothing was added"):
        registers.add(case, path)
    assert (list(case.packs_folder.iterdir()), list(case.spool.iterdir())) == ([], [])
    assert [entry.did for entry in case.ledger.read()] == ["made the case"]
    assert verify(case) == []


def test_an_altered_register_is_found(case: Case, given: Path) -> None:
    report = registers.add(case, given)
    table = case.packs_folder / str(report["pack"]) / "register.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Q1", "Q9"), encoding="utf-8")
    assert {damage["what"] for damage in verify(case)} == {"pack"}


def test_a_register_is_pending_until_the_run_and_reads_nothing_again(open_copy: Case, tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text(corpus.REGISTER.replace("Q", "S"), encoding="utf-8")
    registers.add(open_copy, path)
    assert status(open_copy)["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 0, "match": 1}
    assert run(open_copy, jobs=1)["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 0, "match": 0}
    about = {row["about"] for row in export(open_copy, "registers") if row["id"] == "S1"}
    assert about == {row["about"] for row in export(open_copy, "registers") if row["id"] == "Q1"}


def test_an_unchanged_case_is_not_matched_again(open_copy: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(registering, "match", never)
    registering.match_pending(open_copy, progress=silent)


def test_incidents_meet_their_rows_with_reasons_everywhere(built: Path) -> None:
    with open_case(built, StillClock()) as case:
        rows = {row["id"]: row for row in export(case, "registers") if row["kind"] == "incident"}
        assert rows.keys() <= {"Q1", "Q2", "Q3"}
        best = rows["Q1"]
        assert (best["verdict"], best["url"], best["line"]) == ("the same", "https://records.example/q1", 2)
        assert any(reason.startswith("the same place, Zarhal") for reason in best["reasons"])
        incident = next(row for row in export(case, "incidents") if row["id"] == best["about"])
        assert [row["id"] for row in incident["registers"]][:1] == ["Q1"]
        shown: dict[str, Any] = show(case, best["about"])
        assert shown["registers"] == incident["registers"]
        said = [one for one in explain(case, best["about"])["reasons"] if one["rule"] == "registers.match"]
        assert [(one["slot"], one["value"].split()[0]) for one in said][:1] == [("the same", "Q1")]


def test_rows_of_one_day_and_town_are_told_apart_by_their_figures(built: Path) -> None:
    with open_case(built, StillClock()) as case:
        found = [row for row in export(case, "registers") if row["id"] in ("Q2", "Q3") and row["kind"] == "incident"]
    verdicts = {row["id"]: row["verdict"] for row in found}
    assert verdicts["Q2"] == "the same"
    assert verdicts.get("Q3") != "the same"


def test_what_a_person_decided_is_what_is_matched(open_copy: Case) -> None:
    about = next(row["about"] for row in export(open_copy, "registers") if row["id"] == "Q1")
    decide(open_copy, about, "set", "date=2019-05-05", by="N. Aman", reason="a test")
    assert status(open_copy)["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 0, "match": 1}
    run(open_copy, jobs=1)
    assert [row for row in export(open_copy, "registers") if row["about"] == about] == []


@pytest.fixture
def recalling(case: Case, tmp_path: Path, given: Path) -> Case:
    """A case with a strike, and a post that recalls it."""
    corpus.take(case, tmp_path, {"do": "places"})
    corpus.take(case, tmp_path, {"do": "parties"})
    posts = tmp_path / "posts.jsonl"
    posts.write_bytes(
        jsonl(
            corpus._post("dawn", "Dunes Media", "2031-03-11T09:20:00+05:00", corpus.DAWN, url="https://example.org/1"),
            corpus._post("later", "Dalvat News", "2031-03-25T09:20:00+05:00", RECALLED, url="https://example.org/2"),
        )
    )
    add(case, [posts], jobs=1)
    registers.add(case, given)
    run(case, jobs=1)
    return case


def test_an_earlier_event_mentioned_leads_to_its_incident_and_its_row_and_opens_none(recalling: Case) -> None:
    claims = [row for row in export(recalling, "claims") if row["kind"] == "earlier"]
    (claim,) = claims
    assert claim["incident"] is None
    incidents = {row["id"]: row for row in export(recalling, "incidents")}
    told = {row["register"]: row for row in claim["refers_to"]}
    own = told.pop(None)
    assert incidents[own["id"]]["place"] == "Zarhal"
    assert [row["id"] for row in told.values()] == ["Q1"]
    assert [row["claim"] for row in incidents[own["id"]]["mentioned"]] == [claim["id"]]
    assert show(recalling, claim["id"])["refers_to"] == claim["refers_to"]
    said = [one["value"] for one in explain(recalling, own["id"])["reasons"] if one["slot"] == "mentioned later"]
    assert said == [claim["id"]]
    assert len(incidents) == 2


def test_a_mention_is_not_held_against_the_incident_of_its_own_item(recalling: Case) -> None:
    claim = next(row for row in export(recalling, "claims") if row["kind"] == "earlier")
    own = {row["incident"] for row in export(recalling, "claims") if row["item"] == claim["item"]} - {None}
    assert own
    assert own.isdisjoint(row["id"] for row in claim["refers_to"])
