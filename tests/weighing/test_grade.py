"""Grades are suggested in a fixed order, worded by the pack, and never lowered by a denial."""

from typing import Any

import pytest

from tests.incidents.cards import card, killed, party, toll
from witnessmark.packs.larder import open_larder
from witnessmark.terms.card import Card
from witnessmark.terms.incident import Grade
from witnessmark.terms.origin import Origin
from witnessmark.weighing.grade import Known, grade

WORDING = {row.key: row.fields for row in open_larder().rows("grades")}
ATTACK = card("attack", tolls=killed(5))
ACCEPTS = card("accepts", kind="acceptance", accused=(party("russia"),), harm_unnumbered=("killed",))
DENIES = card("denies", kind="denial", polarity="denied", accused=(party("russia"),))


def graded(*cards: Card, origins: int = 1, shown: int = 0, **more: Any) -> Grade:  # noqa: ANN401 (any field of what is known)
    made = [Origin(claims=(f"claim-{n}",), items=(), name=None, shown=n < shown, reason="") for n in range(origins)]
    return grade(Known(**{"cards": cards or (ATTACK,), "origins": made, "harmed": True, "sides": (), **more}), WORDING)


@pytest.mark.parametrize(
    ("cards", "more", "rule"),
    [
        ((ATTACK, ACCEPTS), {"harmed": False, "sides": ("A", "B"), "origins": 3}, "G0"),
        ((ATTACK, ACCEPTS), {"sides": ("A", "B"), "origins": 3}, "G1"),
        ((ATTACK,), {"sides": ("A", "B"), "origins": 3}, "G2"),
        ((ATTACK,), {"origins": 2}, "G4"),
        ((ATTACK,), {"origins": 1}, "G5"),
        ((ATTACK,), {"origins": 0}, None),
    ],
)
def test_the_first_rule_that_fires_stands(cards: tuple[Card, ...], more: dict[str, Any], rule: str | None) -> None:
    found = graded(*cards, **more)
    assert found.rule == rule
    assert found.facts
    assert found.label


@pytest.mark.parametrize("more", [{"origins": 1}, {"origins": 2}, {"sides": ("A", "B")}, {"harmed": False}])
def test_a_denial_lowers_nothing_and_is_flagged(more: dict[str, Any]) -> None:
    with_, without = graded(ATTACK, DENIES, **more), graded(ATTACK, **more)
    assert (with_.grade, with_.rule, with_.label) == (without.grade, without.rule, without.label)
    assert any("denial lowers no grade" in flag for flag in with_.flags)


@pytest.mark.parametrize(
    ("shown", "action", "missing"),
    [(2, True, 0), (2, None, 1), (1, True, 1), (0, None, 2)],
)
def test_fair_says_each_condition_that_is_not_met(shown: int, action: bool | None, missing: int) -> None:
    found = graded(origins=2, shown=shown, near_action=action)
    assert found.grade == WORDING["G4"]["grade"]
    assert len(found.missing) == missing
    assert (found.label == WORDING["G4"]["label"]) == (missing == 0)
    assert all(one in {row["missing"] for row in WORDING.values()} for one in found.missing)


def test_a_party_that_says_only_that_it_acted_confirms_nothing() -> None:
    acted = card("acted", kind="acceptance", accused=(party("russia"),))
    found = graded(ATTACK, acted)
    assert found.rule == "G5"
    assert any("G1" in flag for flag in found.flags)


def test_who_accepts_is_named() -> None:
    assert "Russia" in graded(ATTACK, ACCEPTS).facts[0]


@pytest.mark.parametrize(
    ("one", "flag"),
    [
        (card("f", tolls=(("combatants_killed", toll(2)),)), "fighters"),
        (card("n", kind="harm", polarity="denied"), "nobody was harmed"),
    ],
)
def test_what_a_person_should_look_at_is_flagged_and_changes_no_grade(one: Card, flag: str) -> None:
    found = graded(ATTACK, one)
    assert any(flag in said for said in found.flags)
    assert found.rule == graded(ATTACK).rule
    assert found.rule != "G3"


def test_the_wording_is_the_packs() -> None:
    other = {
        rule: {"grade": f"grade {rule}", "label": f"label {rule}", "missing": f"missing {rule}"} for rule in WORDING
    }
    origins = [Origin(claims=("c",), items=(), name=None, shown=False, reason="")]
    found = grade(Known(cards=(ATTACK,), origins=origins, harmed=True, sides=()), other)
    assert (found.grade, found.label, found.missing) == ("grade G5", "label G5", ("missing G5",))


def test_where_the_sources_are_said_to_blame_nobody_it_is_contested() -> None:
    silent = card("silent", tolls=killed(5), accused=(), unattributed=True)
    found = graded(silent, origins=3)
    assert (found.grade, found.rule) == (WORDING["G2"]["grade"], "G2")
    assert found.missing == (WORDING["G2+nobody"]["missing"],)
    blamed = card("blamed", tolls=killed(5), accused=(party("russia"),))
    assert graded(silent, blamed, origins=3).rule == "G4"  # one source does blame somebody
    assert graded(card("open", tolls=killed(5), accused=()), origins=3).rule == "G4"  # silence alone says nothing


def test_a_source_named_only_in_the_plural_counts_as_two() -> None:
    one = Origin(claims=("claim-0",), items=(), name="local sources", shown=False, reason="", several=True)
    known = Known(cards=(ATTACK,), origins=(one,), harmed=True, sides=())
    assert grade(known, WORDING).rule == "G4"
