"""Grades are suggested in a fixed order, worded by the standard's pack, and never lowered by a denial."""

from dataclasses import replace
from typing import Any

import pytest

from tests.incidents.cards import card, killed, party, toll
from witnessmark.casefile.standards import standard
from witnessmark.packs.larder import open_larder
from witnessmark.terms.card import Card
from witnessmark.terms.incident import Grade
from witnessmark.terms.origin import Origin
from witnessmark.weighing.grade import Heard, grade
from witnessmark.weighing.grounds import grounds

STANDARD = standard(open_larder())
WORDING = STANDARD.wording
ATTACK = card("attack", tolls=killed(5))
ACCEPTS = card("accepts", kind="acceptance", accused=(party("russia"),), harm_unnumbered=("killed",))
DENIES = card("denies", kind="denial", polarity="denied", accused=(party("russia"),))


def graded(*cards: Card, origins: int = 1, shown: int = 0, several: int = 0, **more: Any) -> Grade:  # noqa: ANN401 (anything that is heard or known)
    """The grade of some cards, with so many origins; each origin's only source is named after it."""
    made = [
        Origin(
            claims=(f"claim-{n}",),
            items=(),
            name=None,
            shown=n < shown,
            reason="",
            several=n < several,
            sources=(f"s{n}",),
        )
        for n in range(origins)
    ]
    known = grounds(cards or (ATTACK,), made, sides=more.pop("sides", ()), standard=STANDARD)
    known = replace(known, harmed=more.pop("harmed", True))
    rules = more.pop("standard", STANDARD)
    return grade(known, rules, Heard(**more))


JUDGED = {"s0": "B", "s1": "C"}


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
    ("shown", "reliability", "near_action", "unmet"),
    [
        (2, JUDGED, "likely", ()),
        (2, JUDGED, "declared", ()),
        (2, JUDGED, None, ("action",)),
        (1, JUDGED, "likely", ("shown", "credible")),  # only who shows access counts as credible
        (2, {"s0": "B", "s1": "D"}, "likely", ("credible",)),
        (2, {}, "likely", ("credible",)),
        (0, {}, None, ("shown", "credible", "action")),
    ],
)
def test_fair_says_each_condition_that_is_not_met(
    shown: int, reliability: dict[str, str], near_action: str | None, unmet: tuple[str, ...]
) -> None:
    found = graded(origins=2, shown=shown, reliability=reliability, near_action=near_action)
    assert (found.grade, found.unmet) == (WORDING["G4"]["grade"], unmet)
    assert found.missing == tuple(WORDING[f"G4-{one}"]["missing"] for one in unmet)
    assert (found.label == WORDING["G4"]["label"]) == (not unmet)
    assert all(WORDING[f"G4-{one}"]["label"] in found.label for one in unmet)


def test_a_person_may_say_that_an_origin_shows_its_access() -> None:
    made = [Origin(claims=(f"claim-{n}",), items=(), name=None, shown=False, reason="") for n in range(2)]
    known = grounds((ATTACK,), made, sides=(), standard=STANDARD)
    found = grade(known, STANDARD, Heard(shown={one.id: True for one in made}))
    assert "shown" not in found.unmet


def test_a_party_that_says_it_acted_declares_action_nearby() -> None:
    acted = card("acted", kind="acceptance", accused=(party("russia"),))
    found = graded(ATTACK, acted, origins=2, shown=2, reliability=JUDGED)
    assert (found.rule, found.unmet) == ("G4", ())
    assert any("says that it acted there" in fact for fact in found.facts)


def test_an_acceptance_counts_where_the_party_speaks_itself() -> None:
    told: dict[str, Any] = {"kind": "acceptance", "accused": (party("russia"),), "harm_unnumbered": ("killed",)}
    own = graded(ATTACK, card("own", source="the ministry", source_actor="russia", **told))
    others = graded(ATTACK, card("others", source="the council", source_actor="council", **told))
    assert own.rule == "G1"
    assert others.rule == "G5"
    assert STANDARD.flags["hearsay"] in others.flags


def test_harm_laid_to_the_air_by_one_and_to_the_ground_by_another_is_contested() -> None:
    air = card("0", tolls=killed(5), delivery=("Airstrike",), accused=(party("russia"),))
    ground = card("1", tolls=killed(5), delivery=("Ground operation",), accused=(party("turkey"),))
    found = graded(air, ground, origins=2)
    assert (found.rule, found.missing) == ("G2", (WORDING["G2+ground"]["missing"],))
    same = card("1", tolls=killed(5), delivery=("Ground operation",), accused=(party("russia"),))
    assert graded(air, same, origins=2).rule == "G4"
    shells = card("1", tolls=killed(5), delivery=("Artillery",), accused=(party("turkey"),))
    assert graded(air, shells, origins=2).rule == "G4"


def test_who_denies_what_it_accepted_lowers_nothing_and_is_flagged() -> None:
    took = replace(ACCEPTS, published="2017-06-12")
    found = graded(ATTACK, took, replace(DENIES, published="2017-06-20"))
    assert found.rule == "G1"
    assert STANDARD.flags["denied-later"] in found.flags
    assert STANDARD.flags["denied-later"] not in graded(ATTACK, took, replace(DENIES, published="2017-06-11")).flags


def test_an_accused_party_alone_that_calls_the_dead_fighters_is_flagged_as_such() -> None:
    said = card("f", tolls=(("combatants_killed", toll(2)),), source="the army", source_actor="russia")
    blamed = replace(ATTACK, accused=(party("russia"),))
    assert STANDARD.flags["fighters-by-accused"] in graded(blamed, said).flags
    assert STANDARD.flags["fighters"] in graded(blamed, said, replace(said, source_actor="sohr")).flags


def test_another_standard_has_other_numbers_and_another_order() -> None:
    three = replace(STANDARD, held={**STANDARD.held, "G4_most": "3", "G5_most": "2"})
    assert graded(origins=2, standard=three).rule == "G5"
    assert graded(origins=3, standard=three).rule == "G4"
    later = replace(STANDARD, held={**STANDARD.held, "order": "G0|G2|G1|G4|G5"})
    assert graded(ATTACK, ACCEPTS, sides=("A", "B"), standard=later).rule == "G2"
    strict = replace(STANDARD, held={**STANDARD.held, "G4_reliability": "A"})
    assert graded(origins=2, shown=2, reliability=JUDGED, standard=strict).unmet == ("credible", "action")


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
    found = graded(standard=replace(STANDARD, wording=other))
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
    assert graded(origins=1, several=1).rule == "G4"
