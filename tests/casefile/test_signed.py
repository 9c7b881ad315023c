"""What was signed stays answerable: what changed since, and where an id went that is an incident's no longer."""

from pathlib import Path
from typing import Any

import pytest

from tests.casefile import corpus
from tests.casefile.test_decisions import _here, again, built, case, decide, incident_with, material  # noqa: F401 (fixtures)
from tests.strategies import StillClock
from witnessmark.casefile.case import open_case
from witnessmark.casefile.show import show
from witnessmark.errors import UnknownId


def shown(root: Path, wanted: str) -> dict[str, Any]:
    with open_case(root, StillClock()) as found:
        return show(found, wanted)


def test_nothing_changed_where_nobody_signed_or_nothing_came(case: Path) -> None:  # noqa: F811
    assert incident_with(case, "dawn")["changed"] == []
    decide(case, incident_with(case, "dawn")["id"], "state", "approved")
    again(case)
    assert incident_with(case, "dawn")["changed"] == []


def test_new_material_shows_as_changed_since_it_was_approved(case: Path, material: Path) -> None:  # noqa: F811
    signed = incident_with(case, "dawn")
    decide(case, signed["id"], "state", "approved")
    with open_case(case, StillClock()) as found:
        corpus.take(found, material, {"do": "add", "units": ["texts"], "jobs": 1})
    again(case)
    row = incident_with(case, "dawn")
    changed = {one["slot"]: (one["then"], one["now"]) for one in row["changed"]}
    assert row["state"] == "approved"
    assert changed["claims added"][0] is None
    assert set(changed["claims added"][1]) == set(row["claims"]) - set(signed["claims"])
    decide(case, row["id"], "accept")
    assert incident_with(case, "dawn")["changed"] == []


def test_a_decision_about_a_source_shows_as_a_changed_grade(case: Path) -> None:  # noqa: F811
    row = incident_with(case, "dawn")
    decide(case, row["id"], "state", "approved")
    decide(case, row["id"], "set", "near_action=likely")
    (grade,) = [one for one in incident_with(case, "dawn")["changed"] if one["slot"] == "grade"]
    assert grade["then"] == row["grade_label"] != grade["now"]


def test_an_incident_joined_away_answers_to_its_old_id(case: Path) -> None:  # noqa: F811
    one, other = incident_with(case, "dawn")["id"], incident_with(case, "market")["id"]
    decide(case, one, "join", other, reason="one night, one street")
    again(case)
    now = incident_with(case, "dawn")["id"]
    lost = other if now == one else one
    row = shown(case, lost)
    assert row["id"] == now
    assert row["formerly"]["asked"] == lost
    assert "one night, one street" in row["formerly"]["why"]
    assert shown(case, now)["formerly"] is None


def test_a_withdrawn_incident_says_by_whom_and_why(case: Path) -> None:  # noqa: F811
    wanted = incident_with(case, "market")["id"]
    decide(case, wanted, "state", "withdrawn", reason="another town's market")
    row = shown(case, wanted)
    assert row["state"] == "withdrawn"
    assert "another town's market" in row["review"]


def test_an_id_whose_claims_are_gone_is_told_from_the_ledger(case: Path) -> None:  # noqa: F811
    wanted = incident_with(case, "market")["id"]
    decide(case, wanted, "state", "approved", reason="read whole")
    with open_case(case, StillClock()) as found, found.transaction() as db:
        db.exec_driver_sql("DELETE FROM claim")
        db.exec_driver_sql("DELETE FROM incident")
    row = shown(case, wanted)
    assert (row["shown"], row["id"], row["now"]) == ("retired", wanted, None)
    assert row["seen"]["id"] == wanted
    assert row["decisions"][0]["reason"] == "read whole"
    with pytest.raises(UnknownId):
        shown(case, "incident-000000")
