"""Gathering: which claims stand together, never by a chain, in any order of input, and as people decided."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.cards import killed, party, settled, sketch, spot
from witnessmark.incidents.gather import gather
from witnessmark.incidents.resemblance import Resemblance
from witnessmark.incidents.settle import Settled
from witnessmark.terms.incident import Gathered
from witnessmark.terms.likeness import Likeness

WADI, HILL = spot("Wadi", 36.0, 38.0), spot("Hill", 34.0, 36.0)
Pair = tuple[str, str]


def gathered(
    *given_: Settled, copies: Sequence[Likeness] = (), joins: Sequence[Pair] = (), splits: Sequence[Pair] = ()
) -> list[Gathered]:
    alike = Resemblance([sketch(one.card.item) for one in given_])
    return gather(given_, copies, alike, [_ids(pair) for pair in joins], [_ids(pair) for pair in splits])


def _ids(pair: Pair) -> Pair:
    return f"claim-{pair[0]}", f"claim-{pair[1]}"


def groups(found: Sequence[Gathered]) -> list[set[str]]:
    return sorted(({claim.removeprefix("claim-") for claim in one.claims} for one in found), key=sorted)


def mention(name: str, **more: Any) -> Settled:  # noqa: ANN401 (any field of a card)
    """An item that claims no harm but names the place."""
    return settled(name, WADI, **{"kind": "mention", "polarity": "unknown", "tolls": (), **more})


def test_claims_of_one_place_and_day_stand_together_with_their_reasons() -> None:
    (one,) = gathered(settled("a", WADI), settled("b", WADI), settled("c", WADI))
    assert groups([one]) == [{"a", "b", "c"}]
    assert len(one.joins) == 2
    assert all("the same place, Wadi" in join.reason for join in one.joins)


@pytest.mark.parametrize("other", [{"where": HILL}, {"day": "2017-06-20"}])
def test_another_place_or_day_is_another_incident(other: dict[str, Any]) -> None:
    where, day = other.get("where", WADI), other.get("day", "2017-06-10")
    assert groups(gathered(settled("a", WADI), settled("b", where, day))) == [{"a"}, {"b"}]


def test_a_chain_of_neighbours_makes_no_incident() -> None:
    days = [settled(f"{number:02}", WADI, f"2017-06-{10 + number}", stated=False) for number in range(12)]
    found = gathered(*days)
    assert len(found) > 1
    assert max(len(one.claims) for one in found) < 6
    along = [settled(f"{number:02}", spot(f"P{number}", 36.0 + number * 0.025, 38.0)) for number in range(12)]
    assert len(gathered(*along)) > 1


def test_figures_tell_two_events_of_one_day_apart() -> None:
    many = [
        settled(f"m{number}", WADI, tolls=killed(40), delivery=("Airstrike",), accused=(party("russia"),))
        for number in range(3)
    ]
    few = [
        settled(
            f"n{number}",
            spot("Other side", 36.08, 38.0),
            tolls=killed(2),
            delivery=("Artillery",),
            accused=(party("turkey"),),
        )
        for number in range(3)
    ]
    assert groups(gathered(*many, *few)) == [{"m0", "m1", "m2"}, {"n0", "n1", "n2"}]


def test_a_copy_without_a_place_goes_along() -> None:
    bare = settled("b", None, None, tolls=killed(5))
    copy = Likeness(
        one="item-a", other="item-b", manner="exact", resemblance=1.0, why="the same 40 words in the same order"
    )
    (one,) = gathered(settled("a", WADI), bare, copies=[copy])
    assert groups([one]) == [{"a", "b"}]
    assert "the same 40 words" in one.joins[0].reason


def test_a_claim_without_place_day_and_company_stays_loose() -> None:
    assert gathered(settled("a", None, None)) == []


def test_an_attack_that_one_item_tells_without_harm_stays_loose_until_a_second_tells_it() -> None:
    bare = [settled(name, WADI, tolls=()) for name in "ab"]
    assert gathered(bare[0]) == []
    assert groups(gathered(*bare)) == [{"a", "b"}]


def test_nobody_harmed_expressly_is_an_incident_to_record() -> None:
    assert groups(gathered(settled("a", WADI, tolls=(), kind="harm", polarity="denied"))) == [{"a"}]


@pytest.mark.parametrize("kind", ["earlier", "general"])
def test_what_is_earlier_or_general_is_never_in_an_incident(kind: str) -> None:
    assert groups(gathered(settled("a", WADI), settled("b", WADI, kind=kind))) == [{"a"}]


def test_a_cumulative_figure_opens_nothing() -> None:
    assert gathered(settled("a", WADI, cumulative=True)) == []


def test_a_mention_stands_beside_and_opens_nothing() -> None:
    assert gathered(mention("m"), mention("n")) == []
    (one,) = gathered(settled("a", WADI), mention("m"))
    assert groups([one]) == [{"a", "m"}]


def test_a_join_that_a_person_decided_holds() -> None:
    (one,) = gathered(settled("a", WADI), settled("b", HILL, "2016-01-01"), joins=[("a", "b")])
    assert groups([one]) == [{"a", "b"}]
    assert one.joins[0].reason == "joined by a person's decision"


def test_a_split_that_a_person_decided_holds() -> None:
    cards = [settled(name, WADI) for name in "abc"]
    found = groups(gathered(*cards, splits=[("a", "b")]))
    assert len(found) == 2
    assert not any({"a", "b"} <= group for group in found)


def test_decisions_about_claims_that_are_gone_change_nothing() -> None:
    cards = [settled("a", WADI), settled("b", HILL)]
    assert gathered(*cards, joins=[("a", "x")], splits=[("y", "z"), ("a", "x")]) == gathered(*cards)


def test_an_incident_is_named_after_its_lowest_claim_and_never_after_a_mention() -> None:
    named = gathered(settled("a", WADI))[0].id
    assert gathered(settled("a", WADI), settled("b", WADI), mention("m"))[0].id == named


CASE = [
    settled("a", WADI),
    settled("b", WADI, tolls=killed(6)),
    settled("c", spot("Hill of Wadi", 36.05, 38.0), "2017-06-11", stated=False),
    settled("d", HILL),
    settled("e", HILL, tolls=()),
    settled("f", None, None),
    settled("g", WADI, None, weekday=5),
    settled("h", HILL, "2017-06-11", stated=False, item="item-d"),
    mention("m"),
    settled("z", WADI, "2017-06-20"),
]


@given(st.permutations(range(len(CASE))), st.permutations(range(2)))
@settings(max_examples=60, deadline=None)
def test_the_order_of_input_never_matters(order: list[int], decided: list[int]) -> None:
    copies = [Likeness(one="item-a", other="item-f", manner="near", resemblance=0.8, why="nearly the same words")]
    joins = [("d", "z"), ("b", "g")]
    shuffled = gathered(
        *(CASE[at] for at in order), copies=copies, joins=[joins[at] for at in decided], splits=[("a", "b")]
    )
    assert shuffled == gathered(*CASE, copies=copies, joins=joins, splits=[("a", "b")])


@given(st.lists(st.sampled_from(CASE), max_size=10, unique_by=lambda one: one.card.claim))
@settings(max_examples=40, deadline=None)
def test_no_claim_stands_in_two_incidents(case: list[Settled]) -> None:
    found = [claim for one in gathered(*case) for claim in one.claims]
    assert len(found) == len(set(found))
    assert set(found) <= {one.card.claim for one in case}


def test_a_rare_word_brings_an_unplaced_post_of_the_day_to_its_event() -> None:
    words = list(range(10, 40))
    names = [9001, 9002, 9003]  # words of a name that stand in these two items only
    others = [sketch(f"item-x{number}", terms=sorted(words)) for number in range(30)]
    alike = Resemblance([*others, *(sketch(f"item-{name}", terms=sorted([*words, *names])) for name in "ab")])
    obituary = settled("b", None, kind="mention", polarity="unknown", tolls=())
    found = gather([settled("a", WADI), obituary], (), alike)
    assert groups(found) == [{"a", "b"}]
    later = settled("b", None, "2017-07-02", kind="mention", polarity="unknown", tolls=())
    assert groups(gather([settled("a", WADI), later], (), alike)) == [{"a"}]


def test_a_brief_post_joins_by_the_one_report_it_fits() -> None:
    # Three reports of one event; the fourth fits one of them well and the others only so far.
    reports = [settled(name, WADI, tolls=killed(number)) for name, number in (("a", 5), ("b", 6), ("c", 7))]
    brief = settled("d", WADI, None, tolls=killed(5), accused=(party("army"),))
    copy = Likeness(one="item-a", other="item-d", manner="near", resemblance=0.8, why="the same words")
    assert groups(gathered(*reports, brief, copies=[copy])) == [{"a", "b", "c", "d"}]


@pytest.mark.parametrize(("other", "apart"), [(5, False), (6, False), (40, True)])
def test_a_day_between_posts_says_nothing_and_figures_decide(other: int, apart: bool) -> None:
    one = settled("a", WADI, stated=False, tolls=killed(5))
    next_day = settled("b", WADI, "2017-06-11", stated=False, tolls=killed(other))
    assert (len(gathered(one, next_day)) == 2) is apart


def test_one_country_is_not_one_place() -> None:
    land = spot("Land", 35.0, 38.0, level="country")
    assert len(gathered(settled("a", land, None), settled("b", land, None))) == 2
    assert (
        len(gathered(settled("a", None, None, place_text="Tal Wadi"), settled("b", None, None, place_text="Tal Wadi")))
        == 1
    )
