"""Settling: which of several places and which day, once the whole case is known; every choice with its reason."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.cards import card, party, sketch, spot
from witnessmark.incidents.dating import Inferred, inferred_days
from witnessmark.incidents.settle import Settled, common, settle
from witnessmark.terms.card import Card, kilometres
from witnessmark.terms.likeness import Likeness

HERE, THERE = spot("Wadi", 36.0, 38.0), spot("Wadi far", 20.0, 10.0)


def one(card_: Card, inferred: Inferred | None = None) -> Settled:
    (found,) = settle([card_], {card_.item: inferred} if inferred else {})
    return found


def test_kilometres() -> None:
    assert kilometres(spot(lat=36.0), spot(lat=37.0)) == pytest.approx(111.2)
    assert kilometres(spot(lon=38.0), spot(lon=39.0)) == pytest.approx(111.2 * 0.809, rel=0.01)
    assert kilometres(spot(lat=None), spot()) == float("inf")


def test_the_only_entry_is_taken() -> None:
    found = one(card("a", place_text="Wadi", spots=(HERE,)))
    assert (found.spot, found.place_why) == (HERE, "the only entry of its name")


def test_a_place_no_gazetteer_knows_stays_words() -> None:
    found = one(card("a", place_text="Nowhere"))
    assert found.spot is None
    assert "Nowhere" in found.place_why
    assert one(card("b")).place_why == "no place is named"


def test_company_settles_a_name_of_two_places() -> None:
    near, far = spot("Twin", 36.1, 38.1, score=0.70), spot("Twin away", 10.0, 10.0, score=0.75)
    doubtful = card("a", place_text="Twin", spots=(far, near))
    company = [card(f"c{number}", place_text="Wadi", spots=(HERE,)) for number in range(30)]
    assert one(doubtful).spot == far
    settled = {found.card.claim: found for found in settle([doubtful, *company], {})}
    assert settled["claim-a"].spot == near
    assert "near 25 or more other claims" in settled["claim-a"].place_why


AREA = spot("Area", 36.0, 40.0, "province", stands_in=True)
TOWN = spot("Town", 36.1, 40.2, "subdistrict", stands_in=True)


def test_a_village_of_a_province_lies_where_another_item_says() -> None:
    cards = [card("a", place_text="Samharan", spots=(AREA,)), card("b", place_text="Samharan", spots=(TOWN,))]
    found = {one.card.claim: one for one in settle(cards, {})}["claim-a"]
    assert found.spot == TOWN
    assert "1 items of this case say that “Samharan” lies around Town" in found.place_why


def test_a_place_of_that_name_elsewhere_is_another_if_most_say_so() -> None:
    far = spot("Samharan", 33.0, 36.0)
    cards = [card(name, place_text="Samharan", spots=(TOWN,)) for name in ("a", "b")]
    found = settle([*cards, card("c", place_text="Samharan", spots=(far,))], {})
    assert [one.spot for one in found] == [TOWN, TOWN, TOWN]
    found = settle([cards[0], *(card(name, place_text="Samharan", spots=(far,)) for name in ("c", "d"))], {})
    assert [one.spot for one in found] == [TOWN, far, far]


def test_company_does_not_outweigh_what_the_text_says() -> None:
    near, far = spot("Twin", 36.1, 38.1, score=0.4), spot("Twin away", 10.0, 10.0, score=0.9)
    company = [card(f"c{number}", place_text="Wadi", spots=(HERE,)) for number in range(90)]
    settled = {
        found.card.claim: found for found in settle([card("a", place_text="Twin", spots=(far, near)), *company], {})
    }
    assert settled["claim-a"].spot == far


@pytest.mark.parametrize(
    ("fields", "first", "last", "stated"),
    [
        ({"earliest": "2017-06-08", "latest": "2017-06-08", "precise": True, "published": "2017-06-11"}, "2017-06-08", "2017-06-08", True),
        ({"published": "2017-06-11", "published_latest": "2017-06-11"}, "2017-06-11", "2017-06-11", False),
        # "this month": the day of publication lies inside
        ({"earliest": "2017-06-01", "latest": "2017-06-30", "published": "2017-06-11"}, "2017-06-11", "2017-06-11", False),
        # "last month": the last day of it
        ({"earliest": "2017-05-01", "latest": "2017-05-31", "published": "2017-06-11"}, "2017-05-31", "2017-05-31", False),
        ({"earliest": "2017-05-01", "latest": "2017-05-31"}, "2017-05-01", "2017-05-31", False),
        ({"published_latest": "2018-03-05"}, None, None, False),  # an upper bound is no day
        ({}, None, None, False),
    ],
)  # fmt: skip
def test_days(fields: dict[str, Any], first: str | None, last: str | None, stated: bool) -> None:
    found = one(card("a", **fields))
    assert (found.first, found.last, found.stated) == (first, last, stated)
    assert found.day_why


def test_an_inferred_day_of_publication_is_said_to_be_inferred() -> None:
    found = one(card("a"), Inferred("2017-06-10", "2017-06-12", "inferred: by its number"))
    assert (found.first, found.last, found.stated, found.day_why) == (
        "2017-06-10",
        "2017-06-12",
        False,
        "inferred: by its number",
    )


def test_words_that_hang_on_an_inferred_day_are_moved_by_it() -> None:
    yesterday = ((-1, -1),) * 7
    found = one(card("a", offsets=yesterday), Inferred("2017-06-10", "2017-06-12", "inferred"))
    assert (found.first, found.last) == ("2017-06-09", "2017-06-11")


def test_a_weekday_stands_where_the_day_stays_unknown() -> None:
    thursday = tuple((-((day - 3) % 7), -((day - 3) % 7)) for day in range(7))  # "on Thursday", from each weekday
    assert one(card("a", offsets=thursday)).weekday == 3
    assert one(card("b", offsets=((-1, -1),) * 7)).weekday is None


def test_what_most_claims_share_is_usual() -> None:
    most = [card(f"a{number}", accused=(party("russia"),), delivery=("Airstrike",)) for number in range(30)]
    few = [card(f"b{number}", accused=(party("turkey"),)) for number in range(5)]
    assert common(settle([*most, *few], {})) == frozenset({"who:russia", "how:Airstrike"})
    assert common(settle(most[:10], {})) == frozenset()


@given(st.permutations(range(4)))
@settings(max_examples=24)
def test_the_order_of_input_never_matters(order: list[int]) -> None:
    cards = [
        card("a", spots=(HERE, THERE), place_text="Wadi"),
        card("b", spots=(HERE,)),
        card("c", published="2017-06-11"),
        card("d"),
    ]
    assert settle([cards[at] for at in order], {}) == settle(cards, {})


def _copy(left: str, right: str) -> Likeness:
    return Likeness(one=left, other=right, manner="exact", resemblance=1.0, why="the same words")


def test_a_copy_is_of_the_day_of_the_earliest_dated_one() -> None:
    known = [sketch("a"), sketch("b", published="2017-06-12T10:00:00+00:00"), sketch("c", published="2017-06-10")]
    found = inferred_days(known, [_copy("a", "b"), _copy("a", "c")])
    assert found.keys() == {"a"}
    assert (found["a"].first, found["a"].last) == ("2017-06-10", "2017-06-10")
    assert "inferred" in found["a"].why


def numbered(*days: str | None) -> dict[str, Inferred]:
    """What is inferred for a site's articles in order of their number."""
    return inferred_days(
        [sketch(f"i{n}", series=("valley.example", 1000 + n), published=day) for n, day in enumerate(days)], []
    )


def test_an_article_lies_between_its_neighbours_by_number() -> None:
    found = numbered("2017-06-08", "2017-06-10", None, "2017-06-11", "2017-06-20")
    assert found.keys() == {"i2"}
    assert (found["i2"].first, found["i2"].last) == ("2017-06-10", "2017-06-11")
    assert "valley.example" in found["i2"].why


@pytest.mark.parametrize(
    "days",
    [
        ("2017-06-08", None, "2017-06-10"),  # too few dated neighbours
        ("2017-06-08", "2017-06-09", "2017-06-10", None),  # nothing above it
        (None, "2017-06-08", "2017-06-09", "2017-06-10"),  # nothing below it
        ("2017-06-01", "2017-06-02", None, "2017-06-20", "2017-06-21"),  # neighbours too far apart
        ("2017-06-20", "2017-06-03", None, "2017-06-12", "2017-06-01"),  # numbers and days do not rise together
    ],
)
def test_a_series_that_says_nothing_infers_nothing(days: tuple[str | None, ...]) -> None:
    assert numbered(*days) == {}


def test_another_sites_numbers_say_nothing() -> None:
    known = [sketch(f"i{n}", series=("hill.example", n), published=f"2017-06-{10 + n}") for n in range(1, 5)]
    assert inferred_days([*known, sketch("x", series=("valley.example", 2))], []) == {}


def test_a_name_means_what_most_items_of_the_case_mean_by_it() -> None:
    near, far = spot("Twin", 36.1, 38.1, score=0.70), spot("Twin away", 33.0, 38.1, score=0.75)
    doubtful = card("a", place_text="Twin", spots=(far, near))
    sure = [
        card(f"s{number}", place_text="Twin", spots=(spot("Twin", 36.1, 38.1, score=1.0), far)) for number in range(3)
    ]
    assert one(doubtful).spot == far
    found = {found.card.claim: found for found in settle([doubtful, *sure], {})}["claim-a"]
    assert found.spot == near
    assert "most items of this case mean" in found.place_why
