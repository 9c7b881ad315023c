"""The range of an incident's figures: each origin once, with its latest, and everything left out by name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.incidents.cards import card, killed, toll
from witnessmark.terms.card import Card
from witnessmark.terms.incident import OriginToll
from witnessmark.terms.toll import Toll
from witnessmark.weighing.tolls import figures, ranges

Told = tuple[str, Card]


def told(origin: str, name: str, number: int, most: int | None = -1, **more: Any) -> Told:  # noqa: ANN401 (any field of a card)
    """An origin and one of its claims."""
    return origin, card(name, tolls=killed(number, most), **more)


def found(*claims: Told) -> list[OriginToll]:
    return figures([one for _, one in claims], {one.claim: origin for origin, one in claims})


def range_(*claims: Told) -> tuple[int, int | None] | None:
    return next((one.pair for slot, one in ranges(found(*claims)) if slot == "killed"), None)


def left_out(*claims: Told) -> dict[str, str]:
    return {one.claim.removeprefix("claim-"): one.left_out for one in found(*claims) if one.left_out}


def test_the_range_runs_from_the_lowest_to_the_highest_origin() -> None:
    assert range_(told("o1", "a", 5), told("o2", "b", 8)) == (5, 8)
    assert range_(told("o1", "a", 5)) == (5, 5)
    assert range_() is None


def test_each_origin_counts_once_with_its_latest() -> None:
    claims = told("o1", "a", 3, published="2017-06-10"), told("o1", "b", 7, published="2017-06-12"), told("o2", "c", 5)
    assert {one.claim: one.toll.least for one in found(*claims)} == {"claim-b": 7, "claim-c": 5}
    assert range_(*claims) == (5, 7)


def test_dozens_beside_an_open_figure_of_more_than_dozens_stand_as_they_were_said() -> None:
    dozens = "o1", card("a", tolls=(("killed", Toll(least=11, most=24, vague=True)),))
    assert range_(dozens, told("o2", "b", 160, None)) == (11, 160)


def test_a_later_lower_figure_of_one_origin_is_its_latest() -> None:
    assert range_(told("o1", "a", 9, published="2017-06-10"), told("o1", "b", 7, published="2017-06-12")) == (7, 7)


def test_of_several_figures_of_one_origin_in_one_text_the_highest_counts() -> None:
    """A family told after a total is a part of it, in whatever order the claims come."""
    assert range_(told("o1", "a", 26, item="x"), told("o1", "b", 4, item="x")) == (26, 26)
    assert range_(told("o1", "a", 4, item="x"), told("o1", "b", 26, item="x")) == (26, 26)
    assert range_(told("o1", "a", 26, item="x"), told("o1", "b", 4, item="y")) == (4, 4)


def test_a_preliminary_figure_never_lowers_a_firmer_one_of_the_same_origin() -> None:
    firm = told("o1", "a", 9, published="2017-06-10")
    early: dict[str, Any] = {"published": "2017-06-12", "preliminary": True}
    assert range_(firm, told("o1", "b", 4, **early)) == (9, 9)
    assert range_(firm, told("o1", "b", 12, **early)) == (12, 12)


def test_a_range_runs_from_the_lowest_figure_named_to_the_highest() -> None:
    assert range_(told("o1", "a", 8), told("o2", "b", 1, None)) == (8, 8)
    assert range_(told("o1", "a", 8), told("o2", "b", 11, None)) == (8, 11)
    assert range_(told("o1", "a", 8), told("o2", "b", 5, None)) == (5, 8)
    assert range_(told("o1", "a", 3, None), told("o2", "b", 5, None)) == (3, 5)
    assert range_(told("o1", "a", 5, None), told("o2", "b", 5, None)) == (5, None)
    assert range_(told("o1", "a", 11), told("o2", "b", 1, 15)) == (11, 15)


@pytest.mark.parametrize(
    ("field", "why"), [("shared", "given for several places together"), ("cumulative", "since some time back")]
)
def test_shared_and_cumulative_figures_are_added_to_none_and_said(field: str, why: str) -> None:
    claims = told("o1", "a", 5), told("o2", "b", 90, **{field: True})
    assert range_(*claims) == (5, 5)
    assert why in left_out(*claims)["b"]


def test_a_lone_figure_far_beyond_all_others_is_left_out_by_name() -> None:
    claims = told("o1", "a", 5), told("o2", "b", 6), told("o3", "c", 60)
    assert range_(*claims) == (5, 6)
    assert left_out(*claims) == {"c": "60 is over 3 times what every other origin gives"}


@pytest.mark.parametrize(
    "claims",
    [
        (told("o1", "a", 5), told("o2", "b", 60)),  # two origins: neither is the outlier
        (told("o1", "a", 1), told("o2", "b", 1), told("o3", "c", 4)),  # one and four: no contradiction of that kind
        (told("o1", "a", 5), told("o2", "b", 6), told("o3", "c", 50), told("o4", "d", 60)),  # two of each
    ],
)
def test_what_is_no_outlier_stays(claims: tuple[Told, ...]) -> None:
    assert left_out(*claims) == {}


def test_a_lone_figure_far_below_all_others_is_a_part_or_early() -> None:
    claims = told("o1", "a", 1), told("o2", "b", 11), told("o3", "c", 12)
    assert range_(*claims) == (11, 12)
    assert left_out(*claims) == {"a": "every other origin gives over 3 times 1: a part, or early"}


def presumed(origin: str, name: str, number: int) -> Told:
    """An origin and a claim of so many dead, of whom it does not say what they were."""
    return origin, card(name, tolls=(*killed(number), ("killed_status_unstated", toll(number))))


def test_how_many_are_presumed_civilians_counts_where_the_dead_do() -> None:
    claims = presumed("o1", "a", 3), presumed("o2", "b", 2), presumed("o3", "c", 14)
    assert dict(ranges(found(*claims)))["killed_status_unstated"] == toll(2, 3)
    assert [one.slot for one in found(*claims) if one.left_out] == ["killed", "killed_status_unstated"]
    beside = dict(ranges(found(*claims, told("o4", "d", 16))))  # another origin is near the fourteen
    assert (beside["killed"], beside["killed_status_unstated"]) == (toll(2, 16), toll(2, 14))


@pytest.mark.parametrize(("lone", "range_of_all"), [(8, (4, 4)), (2, (4, 4)), (7, (4, 7)), (3, (3, 4))])
def test_one_origin_against_three_that_agree_is_left_out_at_twice_or_half(
    lone: int, range_of_all: tuple[int, int]
) -> None:
    claims = told("o1", "a", 4), told("o2", "b", 4), told("o3", "c", 4), told("o4", "d", lone)
    assert range_(*claims) == range_of_all
    left = {"d": "each of the 3 other origins gives 4"} if range_of_all == (4, 4) else {}
    assert left_out(*claims) == left
    assert range_(*claims[1:]) == (min(4, lone), max(4, lone))  # two that agree are none too many


def test_the_higher_and_later_figure_of_one_origin_stays_against_all_others() -> None:
    claims = [told(f"o{one}", one, 4, published="2017-06-10") for one in "abc"]
    assert range_(*claims, told("od", "d", 9, published="2017-06-11")) == (4, 9)
    assert range_(*claims, told("od", "d", 9, published="2017-06-10")) == (4, 4)
    assert range_(*claims, told("od", "d", 9)) == (4, 4)
    assert range_(*claims, told("od", "d", 1, published="2017-06-11")) == (4, 4)


def hurt(name: str, least: int, most: int | None = -1, **more: Any) -> Told:  # noqa: ANN401 (any field of a card)
    some = Toll(least=least, most=least if most == -1 else most, vague=most is None)
    return f"o-{name}", card(name, tolls=(("injured", some),), **more)


def test_dead_of_whom_one_text_alone_tells_without_a_number_count_for_nothing() -> None:
    some = "o1", vague("a", 2, None)
    assert range_(some) == (2, None)
    assert range_(some, hurt("b", 5)) == (2, None)
    assert range_(some, hurt("b", 5), hurt("c", 5)) is None
    assert left_out(some, hurt("b", 5), hurt("c", 5)) == {"a": "of the 2 other texts none tells of any dead"}
    assert range_(some, hurt("b", 5), ("o3", vague("c", 2, None))) == (2, None)


def test_one_dead_in_one_text_against_five_that_count_the_hurt_is_left_out_unless_it_is_later() -> None:
    others = [hurt(one, 4, published="2017-06-10") for one in "bcdef"]
    assert range_(told("o1", "a", 1, published="2017-06-10"), *others) is None
    assert range_(told("o1", "a", 1, published="2017-06-10"), *others[1:]) == (1, 1)
    assert range_(told("o1", "a", 1, published="2017-06-12"), *others) == (1, 1)  # died of wounds


def test_wounded_people_in_the_words_of_two_origins_are_one_more_than_one() -> None:
    one, some, many = hurt("a", 1), hurt("b", 2, None), hurt("c", 2, None)
    spans = [dict(ranges(found(*told_))).get("injured") for told_ in ((one, some), (one, some, many))]
    assert [span.pair for span in spans if span] == [(1, 1), (1, 2)]


def test_a_quoted_figure_that_the_text_itself_overtakes_is_left_out() -> None:
    own = told("o1", "a", 9, item="item-x")
    quoted = told("o2", "b", 4, item="item-x", source="residents")
    assert range_(own, quoted) == (9, 9)
    assert "counts 9 itself" in left_out(own, quoted)["b"]
    assert range_(own, told("o2", "b", 12, item="item-x", source="residents")) == (9, 12)
    assert range_(own, told("o2", "b", 4, item="item-y", source="residents")) == (4, 9)


def test_a_claim_without_an_origin_counts_for_nothing() -> None:
    (_, one) = told("", "a", 5)
    assert figures([one], {}) == []


def test_slots_are_never_added_to_each_other() -> None:
    one = card("a", tolls=(*killed(5), ("injured", toll(9)), ("combatants_killed", toll(2))))
    assert ranges(figures([one], {one.claim: "o1"})) == (
        ("killed", Toll(least=5, most=5)),
        ("injured", Toll(least=9, most=9)),
        ("combatants_killed", Toll(least=2, most=2)),
    )


claims_ = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 50), st.booleans(), st.sampled_from([None, "2017-06-10", "2017-06-12"])
    ),
    max_size=8,
)


@given(claims_, st.randoms())
def test_the_order_of_input_never_matters_and_ranges_hold_what_counts(given_: list[Any], mixed: Any) -> None:  # noqa: ANN401 (a random)
    claims = [
        told(f"o{origin}", f"{number:02}", least, None if is_open else -1, published=when)
        for number, (origin, least, is_open, when) in enumerate(given_)
    ]
    shuffled = list(claims)
    mixed.shuffle(shuffled)
    assert found(*shuffled) == found(*claims)
    counting = [one.toll for one in found(*claims) if one.left_out is None]
    assert (range_(*claims) is None) == (not counting)
    for one in counting:
        pair = range_(*claims)
        assert pair is not None
        assert pair[1] is None or one.least <= pair[1]
        assert one.most is None or pair[0] <= one.most


def vague(name: str, least: int, most: int | None) -> Card:
    return card(name, tolls=(("killed", Toll(least=least, most=most, vague=True)),))


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ([("o1", vague("a", 12, 24))], (12, 24)),
        ([("o1", vague("a", 12, 24)), told("o2", "b", 16)], (16, 16)),  # "dozens" beside sixteen
        ([("o1", vague("a", 12, 24)), told("o2", "b", 11, None)], (11, 24)),  # "dozens" beside "at least eleven"
        ([("o1", vague("a", 5, 10)), told("o2", "b", 4)], (4, 4)),  # "many" beside four
        ([("o1", vague("a", 5, 10)), ("o2", vague("b", 2, None))], (2, None)),  # "many" beside "several"
    ],
)
def test_a_vague_word_gives_way_to_a_count(cards: list[Told], expected: tuple[int, int | None]) -> None:
    assert range_(*cards) == expected


def test_no_number_replaces_none_overtakes_none_and_makes_none_an_outlier() -> None:
    """A plural ("civilians were killed") told by the same origin later, by the text itself, or by others beside a figure."""
    some = "o1", card("b", tolls=(("killed", Toll(least=2, most=None, vague=True)),), published="2017-06-12")
    assert range_(told("o1", "a", 9, published="2017-06-10"), some) == (9, 9)
    own = "o1", card("b", tolls=(("killed", Toll(least=2, most=None, vague=True)),), item="item-x")
    assert left_out(own, told("o2", "a", 1, item="item-x", source="residents")) == {}
    others = [("o2", vague("c", 2, None)), ("o3", vague("d", 2, None))]
    assert range_(told("o1", "a", 12), *others) == (12, 12)
