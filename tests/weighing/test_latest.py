"""Later figures take the place of earlier ones by name; preliminary ones lower nobody; the named dead are a floor."""

from typing import Any

from tests.incidents.cards import killed, settled, spot, toll
from tests.weighing.test_weigh import weighed
from witnessmark.weighing.latest import OVERTAKEN, PRELIMINARY

WADI = spot("Wadi", 36.0, 38.0)


def told(name: str, count: int, day: str, **more: Any) -> Any:  # noqa: ANN401 (a settled claim with any field of a card)
    return settled(name, WADI, tolls=killed(count), published=day, **more)


def test_an_origins_earlier_figure_is_listed_as_overtaken() -> None:
    found = weighed(
        told("a", 5, "2031-03-11"), told("b", 8, "2031-03-12"), told("c", 6, "2031-03-11"), together=[("a", "b")]
    )
    assert dict(found.tolls)["killed"] == toll(6, 8)
    assert [(one.claim, one.left_out) for one in found.figures if one.left_out] == [("claim-a", OVERTAKEN)]


def test_of_two_bulletins_of_one_day_the_later_counts_by_the_instant() -> None:
    evening = told("a", 8, "2031-03-11", published_at="2031-03-11T19:00:00+00:00")
    morning = told("b", 6, "2031-03-11", published_at="2031-03-11T07:00:00+00:00")
    assert dict(weighed(evening, morning, together=[("a", "b")]).tolls)["killed"] == toll(8)


def test_a_preliminary_count_lowers_no_later_one_of_another_origin() -> None:
    early, late = told("a", 5, "2031-03-11", preliminary=True), told("b", 9, "2031-03-12")
    found = weighed(early, late)
    assert dict(found.tolls)["killed"] == toll(9)
    assert [one.left_out for one in found.figures] == [PRELIMINARY, None]
    assert dict(weighed(told("a", 5, "2031-03-13", preliminary=True), late).tolls)["killed"] == toll(5, 9)


def test_the_named_dead_are_a_floor_even_where_their_claim_was_overtaken() -> None:
    named = told("a", 7, "2031-03-11", named_killed=7)
    found = weighed(named, told("b", 9, "2031-03-12"), told("c", 6, "2031-03-12"), together=[("a", "b")])
    assert dict(found.tolls)["killed"] == toll(7, 9)
    assert dict(weighed(told("a", 15, "2031-03-11", named_killed=15), told("b", 10, "2031-03-11")).tolls)[
        "killed"
    ] == toll(15)
    several = told("a", 15, "2031-03-11", named_killed=15, shared=True)
    assert dict(weighed(several, told("b", 10, "2031-03-11")).tolls)["killed"] == toll(10)
