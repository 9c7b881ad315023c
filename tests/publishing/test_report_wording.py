"""How the report words what changed, who decided, by what means, and reasons that quote another script."""

from typing import Any

import pytest

from witnessmark.publishing.report import wording
from witnessmark.publishing.report.press import isolated


def test_what_changed_is_said_in_words_and_one_day_once() -> None:
    rows: list[dict[str, Any]] = [
        {"slot": "date", "then": "2031-03-11", "now": None},
        {"slot": "date_latest", "then": "2031-03-11", "now": None},
        {"slot": "children_killed", "then": None, "now": [3, None]},
        {"slot": "accused", "then": ["Northern Joint Force"], "now": ["Northern Joint Force", "Taval Guard"]},
        {"slot": "origins", "then": [1, 2], "now": [1, 3]},
        {"slot": "claims added", "then": None, "now": ["claim-1"]},
        {"slot": "claims gone", "then": ["claim-2", "claim-3"], "now": None},
    ]
    assert list(wording.changes(rows)) == [
        "date: then 2031-03-11, now none",
        "children killed: then none, now 3 or more",
        "accused: then Northern Joint Force, now Northern Joint Force, Taval Guard",
        "origins: then at least 1, at most 2, now at least 1, at most 3",
        "1 claim added",
        "2 claims gone",
    ]


def test_a_suggested_value_is_said_in_words() -> None:
    assert wording.valued("killed", [3, 5]) == "3 to 5"
    assert wording.valued("accused", [{"label": None, "words": "the patrol"}]) == "the patrol"
    assert wording.valued("weapon", ["bomb", "mine"]) == "bomb, mine"
    assert wording.valued("grade_label", "Weak") == "Weak"
    assert wording.valued("place", None) == "none"


def test_a_label_that_leaves_the_way_open_stands_only_alone() -> None:
    assert wording.means(["Airstrike", "Artillery", "Airstrike and/or Artillery"]) == ["Airstrike", "Artillery"]
    assert wording.means(["Airstrike and/or Artillery"]) == ["Airstrike and/or Artillery"]
    assert wording.means([]) == []


def test_who_decided_a_slot_is_the_last_who_set_it() -> None:
    made = [
        {"act": "set", "value": "killed=3", "by": "A. Reader"},
        {"act": "set", "value": "killed=4", "by": "B. Reader"},
        {"act": "set", "value": "killed_status_unstated=1", "by": "C. Reader"},
        {"act": "state", "value": "in review", "by": "D. Reader"},
    ]
    assert wording.signer({"decisions": made}, "killed") == "B. Reader"


def test_a_time_of_signing_is_readable_and_a_reason_untouched() -> None:
    said = wording.signed("decided by T. Tall, 2031-03-11T01:45:07+00:00: the Tuesday list, T3")
    assert said == "decided by T. Tall, 2031-03-11 01:45 UTC: the Tuesday list, T3"


@pytest.mark.parametrize(
    ("reason", "html"),
    [
        ("Access is shown: “فريقنا”. 2 items fold", "Access is shown: “<bdi>فريقنا</bdi>”. 2 items fold"),
        ("no quotation <b>", "no quotation &lt;b&gt;"),
        ("“<i>” and “open", "“<bdi>&lt;i&gt;</bdi>” and “open"),
    ],
)
def test_a_quotation_keeps_its_own_direction_and_nothing_of_it_is_markup(reason: str, html: str) -> None:
    assert str(isolated(reason)) == html


def test_long_words_are_cut_at_a_blank() -> None:
    assert wording.shortened("three civilians were killed", 17) == "three civilians […]"
    assert wording.shortened("three civilians", 15) == "three civilians"
    assert wording.shortened("a" * 30, 10) == "a" * 10 + " […]"
