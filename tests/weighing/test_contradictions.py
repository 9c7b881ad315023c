"""What claims say against each other: both sides with who says them, and never a coarser word against a finer one."""

from typing import Any

import pytest

from tests.incidents.cards import killed, party, settled, spot, toll
from tests.weighing.test_weigh import weighed
from witnessmark.incidents.settle import Settled
from witnessmark.terms.contradiction import Contradiction

WADI = spot("Wadi", 36.0, 38.0)
FAR = spot("Far", 36.4, 38.0)
PROVINCE = spot("Province", 36.2, 38.1, "province")
WITHIN = spot("Wadi", 36.0, 38.0, within=("Province",))


def found(*claims: Settled, **more: Any) -> dict[str, Contradiction]:  # noqa: ANN401 (any argument of weighed)
    return {one.slot: one for one in weighed(*claims, **more).contradictions}


def test_both_sides_are_kept_with_their_claims_and_origins() -> None:
    told = found(
        settled("a", WADI, delivery=("Airstrike",)),
        settled("b", WADI, delivery=("Airstrike",)),
        settled("c", WADI, delivery=("Artillery",)),
    )["delivery"]
    assert [side.label for side in told.sides] == ["Airstrike", "Artillery"]
    assert [side.claims for side in told.sides] == [("claim-a", "claim-b"), ("claim-c",)]
    assert [len(side.origins) for side in told.sides] == [2, 1]
    assert told.sentence == "how: Airstrike / Artillery"


DISPUTED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("killed", {"tolls": killed(5)}, {"tolls": killed(9)}),
    ("killed", {"tolls": killed(3)}, {"tolls": killed(5, None)}),
    ("injured", {"tolls": (("injured", toll(2)),)}, {"tolls": (("injured", toll(7)),)}),
    ("children_killed", {"tolls": (*killed(5), ("children_killed", toll(2)))}, {"tolls": (*killed(5), ("children_killed", toll(3)))}),
    ("weapon", {"weapon": ("white phosphorus",)}, {"weapon": ("landmine",)}),
    ("weapon", {"weapon": ("barrel bomb",)}, {"weapon": ("mortar",)}),
    ("delivery", {"delivery": ("Airstrike",)}, {"delivery": ("Artillery",)}),
    ("actor", {"accused": (party("russia"),)}, {"accused": (party("turkey"),)}),
    ("status", {"tolls": killed(5)}, {"tolls": (("combatants_killed", toll(5)),)}),
]  # fmt: skip


@pytest.mark.parametrize(("slot", "one", "other"), DISPUTED)
def test_what_cannot_both_be_so(slot: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert slot in found(settled("a", WADI, **one), settled("b", WADI, **other))


AGREE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"tolls": killed(5)}, {"tolls": killed(4, None)}),
    ({"tolls": killed(5)}, {"tolls": killed(3), "preliminary": True}),
    ({"tolls": killed(5)}, {"tolls": killed(1)}),
    ({"tolls": killed(5)}, {"tolls": (*killed(2), ("children_killed", toll(2)))}),
    ({"tolls": killed(5)}, {"tolls": killed(40), "shared": True}),
    ({"tolls": killed(5)}, {"tolls": killed(40), "cumulative": True}),
    ({"weapon": ("white phosphorus",)}, {"weapon": ("incendiary",)}),
    ({"weapon": ("barrel bomb",)}, {"weapon": ("aerial bomb",)}),
    ({"weapon": ("cluster munitions",)}, {"weapon": ("rocket or missile",)}),
    ({"delivery": ("Airstrike",)}, {"delivery": ("Drone Strike",)}),
    ({"delivery": ("Airstrike",)}, {"delivery": ("Airstrike and/or Artillery",)}),
    ({"delivery": ("Airstrike",)}, {"delivery": ()}),
    ({"delivery": ("Airstrike",)}, {"delivery": ("Artillery",), "weapon": ("rocket or missile",)}),
    ({"delivery": ("Airstrike", "Artillery")}, {"delivery": ("Artillery",)}),
    ({"accused": (party("iranian-military"),)}, {"accused": (party("iran-backed"),)}),
    ({"accused": (party("russia"), party("turkey")), "alternatives": True}, {"accused": (party("russia"),)}),
    ({"tolls": killed(5)}, {"tolls": (*killed(3), ("combatants_killed", toll(2)))}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_what_is_coarser_or_may_rise_contradicts_nothing(one: dict[str, Any], other: dict[str, Any]) -> None:
    told = found(settled("a", WADI, **one), settled("b", WADI, **other))
    assert not {"weapon", "delivery", "actor", "status"} & told.keys()
    if "preliminary" in other or "shared" in other or "cumulative" in other or len(other.get("tolls", ())) < 2:
        assert "killed" not in told


def test_days_and_places() -> None:
    assert "time" in found(settled("a", WADI, precise=True), settled("b", WADI, "2017-06-11", precise=True))
    assert "time" not in found(settled("a", WADI, precise=True), settled("b", WADI, "2017-06-01", last="2017-06-30"))
    assert "time" not in found(
        settled("a", WADI, precise=True), settled("b", WADI, "2017-06-11", stated=False, precise=True)
    )
    assert "place" in found(settled("a", WADI), settled("b", FAR))
    assert "place" not in found(settled("a", WITHIN), settled("b", PROVINCE))
    assert "place" not in found(settled("a", WADI), settled("b", spot("Wadi Outskirts", 36.03, 38.0)))


def test_one_origin_corrects_itself_and_contradicts_nobody() -> None:
    first, later = (
        settled("a", WADI, published="2017-06-10"),
        settled("b", WADI, tolls=killed(9), published="2017-06-12"),
    )
    assert found(first, later, together=[("a", "b")]) == {}


def test_one_text_tells_of_several_attacks() -> None:
    first = settled("a", WADI, item="item-x", delivery=("Airstrike",))
    assert "delivery" not in found(first, settled("b", WADI, item="item-x", tolls=killed(2), delivery=("Artillery",)))
    assert "killed" not in found(first, settled("b", FAR, item="item-x", tolls=killed(2)))


def test_who_denies_harm_in_a_text_that_tells_of_it_speaks_of_another_place() -> None:
    told = settled("a", WADI)
    also, denied = (
        settled("b", WADI, item="item-x"),
        settled("c", WADI, item="item-x", kind="harm", polarity="denied", tolls=()),
    )
    assert "harm" not in found(told, also, denied)


GUARD = party("turkey")
ANSWER: dict[str, Any] = {"kind": "denial", "polarity": "denied", "accused": (GUARD,), "tolls": (), "denies_harm": True}
NOBODY: dict[str, Any] = {"kind": "harm", "polarity": "denied", "tolls": ()}


def test_a_party_that_denies_harm_in_two_sentences_is_one_side_and_one_question() -> None:
    again = settled("c", WADI, source="Turkey", source_actor="turkey", **NOBODY)
    told = weighed(settled("a", WADI), settled("b", WADI, **ANSWER), again)
    assert [one.sentence for one in told.contradictions] == [
        "whether anyone was harmed: a source says that people were / denied by Turkey"
    ]
    assert told.contradictions[0].sides[1].claims == ("claim-b", "claim-c")
    assert [one for one in told.grade.flags if "nobody" in one] == []


def test_who_else_says_that_nobody_was_harmed_is_a_side_of_its_own() -> None:
    told = weighed(settled("a", WADI), settled("b", WADI, **ANSWER), settled("c", WADI, source="the council", **NOBODY))
    assert [one.sentence for one in told.contradictions] == [
        "whether anyone was harmed: a source says that people were / a source says nobody was / denied by Turkey"
    ]
    assert "a source says that nobody was harmed" in told.grade.flags


def test_a_thousand_answers_end() -> None:
    claims = [settled(f"a{number:04}", WADI, tolls=killed(number + 2)) for number in range(1000)]
    assert len(found(*claims)["killed"].sides) <= 60
