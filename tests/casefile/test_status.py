"""Status says what is there, what is pending and why something could not be read; in a case of any age."""

from pathlib import Path
from typing import Any

import pytest

from tests.casefile import corpus
from tests.strategies import StillClock, new_case
from witnessmark.casefile import opening, readings, steps
from witnessmark.casefile.case import Case, open_case
from witnessmark.casefile.deposits import add
from witnessmark.casefile.run import run
from witnessmark.casefile.status import status


def standing(root: Path) -> dict[str, Any]:
    with open_case(root, StillClock()) as case:
        return status(case)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "Spread", corpus.Here)
    monkeypatch.setattr(readings, "Spread", corpus.Here)


def test_an_empty_case_has_nothing_but_what_is_to_be_gathered(tmp_path: Path) -> None:
    with new_case(tmp_path / "case") as case:
        found = status(case)
        assert set(found["counts"].values()) == {0}  # type: ignore[attr-defined]  # plain JSON
        assert found["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 1, "match": 1}
        assert run(case, jobs=1)["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 0, "match": 0}


def test_counts_are_those_of_the_exports(built: Path) -> None:
    found = standing(built)
    exported = {what: len(lines.splitlines()) for what, lines in corpus.exports(built).items()}
    counts = found["counts"]
    assert {what: counts[what] for what in ("items", "claims", "incidents")} == {
        what: exported[what] for what in ("items", "claims", "incidents")
    }
    assert counts["read"] == counts["items"]
    assert sum(reason["times"] for reason in found["unread"]) == exported["unreadable"]
    assert found["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 0, "match": 0}
    assert (found["failures"], found["look_again"]) == ([], [])
    assert counts["unreadable captures"] == 1
    assert counts["findings"] > counts["objects"]


def test_every_reason_has_an_example(built: Path) -> None:
    for reason in standing(built)["unread"]:
        assert reason["why"]
        assert 1 <= len(reason["where"]) <= reason["times"]


def test_what_was_added_is_pending_until_the_run(tmp_path: Path, corpus_folder: Path) -> None:
    with new_case(tmp_path / "case") as case:
        receipt = add(case, [corpus_folder / "market"], jobs=1)
        assert status(case)["pending"] == {
            "open": 0,
            "read": receipt["items"],
            "look": 0,
            "compare": 0,
            "gather": 1,
            "match": 1,
        }
        run(case, jobs=1)
        assert status(case)["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 0, "match": 0}


@pytest.mark.parametrize(("step", "stale"), [("open", {"open"}), ("read", {"read"}), ("gather", {"gather"})])
def test_another_version_of_a_step_makes_its_work_pending(
    open_copy: Case, monkeypatch: pytest.MonkeyPatch, step: str, stale: set[str]
) -> None:
    monkeypatch.setitem(steps.VERSIONS, step, steps.VERSIONS[step] + 1)
    pending: Any = status(open_copy)["pending"]
    assert {name for name, count in pending.items() if count} == stale
    before: Any = status(open_copy)["counts"]
    assert run(open_copy, jobs=1)["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 0, "match": 0}
    assert status(open_copy)["counts"] == before


def test_a_new_gazetteer_makes_all_that_was_read_with_others_pending(tmp_path: Path, corpus_folder: Path) -> None:
    with new_case(tmp_path / "case") as case:
        receipt = add(case, [corpus_folder / "market"], jobs=1)
        run(case, jobs=1)
        corpus.take(case, corpus_folder, {"do": "places"})
        assert status(case)["pending"] == {
            "open": 0,
            "read": receipt["items"],
            "look": 0,
            "compare": 0,
            "gather": 1,
            "match": 1,
        }


def test_packs_are_listed_with_who_reviewed_them(built: Path) -> None:
    packs = standing(built)["packs"]
    assert any(pack["name"].startswith("gazetteer-places-") for pack in packs)
    assert all(set(pack) == {"name", "version", "reviewed_by"} for pack in packs)
