"""Origins: what folds into one, what stays apart, what counts for nothing, and when access is shown."""

from collections.abc import Sequence
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.cards import card, killed
from witnessmark.terms.anchor import Span
from witnessmark.terms.card import Card
from witnessmark.terms.likeness import Likeness, Stretch
from witnessmark.terms.origin import Origin
from witnessmark.tracing.origins import Decided, Known, origins

NAMES = {"amaq": "Amaq News Agency", "isis": "ISIS", "sohr": "Syrian Observatory for Human Rights"}


def like(one: str, other: str, manner: Literal["exact", "near", "same-post", "edit"] = "exact") -> Likeness:
    low, high = sorted((f"item-{one}", f"item-{other}"))
    return Likeness(one=low, other=high, manner=manner, resemblance=1.0, why="the same words")


def of(*cards: Card, copies: Sequence[Likeness] = ()) -> list[Origin]:
    return origins(cards, copies, Known(names=NAMES, parties=frozenset({"isis"})))


def folded(found: Sequence[Origin]) -> list[set[str]]:
    """The claims of each origin, by their short names."""
    return sorted(({claim.removeprefix("claim-") for claim in one.claims} for one in found), key=sorted)


def test_two_outlets_in_their_own_voice_are_two() -> None:
    found = of(card("a", outlet="valley watch"), card("b", outlet="hill news"))
    assert folded(found) == [{"a"}, {"b"}]
    assert [one.name for one in found] in (["valley watch", "hill news"], ["hill news", "valley watch"])
    assert all(not one.shown for one in found)


def test_one_outlet_twice_is_one() -> None:
    (found,) = of(card("a", outlet="valley watch"), card("b", outlet="valley watch"))
    assert found.items == ("item-a", "item-b")
    assert "published by one outlet" in found.reason


@pytest.mark.parametrize("manner", ["exact", "near", "same-post", "edit"])
def test_copies_fold(manner: Literal["exact", "near", "same-post", "edit"]) -> None:
    assert len(of(card("a"), card("b"), copies=[like("a", "b", manner)])) == 1


def test_copies_fold_through_an_item_that_claims_nothing_here() -> None:
    assert len(of(card("a"), card("c"), copies=[like("a", "b"), like("b", "c")])) == 1


def test_a_source_quoted_by_name_is_one_whoever_quotes_it() -> None:
    (found,) = of(
        card("a", outlet="valley watch", source="SOHR", source_actor="sohr"),
        card("b", outlet="hill news", source="the Observatory", source_actor="sohr"),
    )
    assert found.name == "Syrian Observatory for Human Rights"
    assert found.party is None


def test_an_agency_and_the_party_it_speaks_for_are_one() -> None:
    (found,) = of(
        card("a", outlet="valley watch", source="Amaq", source_actor="amaq", source_party="isis"),
        card("b", outlet="hill news", source="ISIS", source_actor="isis"),
    )
    assert (found.party, found.name) == ("isis", "ISIS")


def test_what_a_party_publishes_itself_folds_with_what_is_quoted_of_it() -> None:
    assert (
        len(
            of(
                card("a", outlet="sohr", outlet_actor="sohr"),
                card("b", outlet="hill news", source="SOHR", source_actor="sohr"),
            )
        )
        == 1
    )


@pytest.mark.parametrize(("access", "apart"), [(None, [{"a", "b"}]), ("our correspondent", [{"a"}, {"b"}])])
def test_an_outlet_rests_on_the_source_it_quotes_unless_it_has_access_of_its_own(
    access: str | None, apart: list[set[str]]
) -> None:
    own = card("a", item="item-x", outlet="hill news", access=access)
    quoted = card("b", item="item-x", outlet="hill news", source="SOHR", source_actor="sohr")
    assert folded(of(own, quoted)) == apart


def test_a_body_that_documents_does_not_rest_on_those_it_quotes() -> None:
    own = card("a", item="item-x", outlet="sohr", outlet_actor="sohr")
    quoted = card("b", item="item-x", outlet="sohr", outlet_actor="sohr", source="residents")
    known = Known(names=NAMES, bodies=frozenset({"sohr"}))
    assert folded(origins([own, quoted], [], known)) == [{"a"}, {"b"}]


def test_an_outlet_quoted_by_name_is_whoever_publishes_under_it() -> None:
    first = card("a", outlet="al-dardar network", names=("al dardar network", "al dardar"), access="our correspondent")
    (found,) = of(first, card("b", outlet="hill news", source="the agency Al-Dardar"))
    assert (found.shown, found.kind) == (True, "own correspondent")


def test_chains_of_credits_lead_to_their_end() -> None:
    first = card("a", outlet="valley watch", access="our correspondent", published="2031-03-11")
    second = card("b", outlet="hill news", source="Valley Watch", published="2031-03-12")
    third = card("c", outlet="dunes media", source="Hill News", published="2031-03-13")
    (found,) = of(first, second, third)
    assert found.items == ("item-a", "item-b", "item-c")


def test_a_circle_of_credits_is_one_origin_and_named() -> None:
    names = ("valley watch", "hill news", "dunes media")
    ring = [card("abc"[at], outlet=names[at], passed_on=((names[at - 1], None),)) for at in range(3)]
    (found,) = of(*ring)
    assert found.loop == ("item-a", "item-b", "item-c")
    assert "Circular reporting" in found.reason
    assert not found.missing


def test_a_credit_to_nobody_in_the_case_is_a_missing_origin() -> None:
    (found,) = of(*(card(name, outlet=f"group {name}", passed_on=(("Lost Channel", None),)) for name in "ab"))
    assert found.missing == ("Lost Channel",)
    known = Known(names=NAMES, published=frozenset({"lostchannel"}))
    (found,) = origins([card("a", passed_on=(("Lost Channel", None),))], [], known)
    assert not found.missing


def shared(one: str, other: str, manner: Literal["medium", "quote"] = "medium") -> Likeness:
    low, high = sorted((f"item-{one}", f"item-{other}"))
    return Likeness(one=low, other=high, manner=manner, resemblance=1.0, why="one picture")


@pytest.mark.parametrize("manner", ["medium", "quote"])
def test_a_shared_picture_or_a_quoted_post_folds_words_that_add_nothing(manner: Literal["medium", "quote"]) -> None:
    def told(**more: Any) -> list[set[str]]:  # noqa: ANN401 (any field of a card)
        first = card("a", outlet="valley watch", access="I filmed", tolls=killed(5))
        return folded(of(first, card("b", outlet="hill news", **more), copies=[shared("a", "b", manner)]))

    assert told(tolls=killed(5)) == [{"a", "b"}]
    assert told() == [{"a", "b"}]
    assert told(tolls=killed(9)) == [{"a"}, {"b"}]  # a figure of its own
    assert told(tolls=killed(5), access="I saw") == [{"a"}, {"b"}]  # a witness with another's picture


def test_claims_in_words_taken_from_another_item_are_that_items() -> None:
    whole = Span(passage=0, start=0, end=50)
    taken = card("b", item="item-x", outlet="hill news", access="our correspondent", span=whole)
    own = card(
        "c", item="item-x", outlet="hill news", access="our correspondent", span=Span(passage=0, start=60, end=90)
    )
    inside = Likeness(
        one="item-a", other="item-x", manner="contained", resemblance=1.0, why="inside", holder="item-x",
        stretches=(Stretch(one=Span(passage=0, start=0, end=50), other=whole),),
    )  # fmt: skip
    assert folded(of(card("a", outlet="valley watch"), taken, own, copies=[inside])) == [{"a", "b"}, {"c"}]


def test_joined_and_parted_by_a_person() -> None:
    cards = [card("a", outlet="valley watch"), card("b", outlet="hill news"), card("c", outlet="hill news")]
    join = Known(names={}, decided=Decided(joins=(("claim-a", "claim-b"),)))
    assert folded(origins(cards, [], join)) == [{"a", "b", "c"}]
    part = Known(names={}, decided=Decided(splits=(("claim-b", "claim-c"),)))
    assert folded(origins(cards, [], part)) == [{"a"}, {"b"}, {"c"}]


def test_footage_older_than_the_event_shows_no_access_to_it() -> None:
    filmed = card("a", outlet="valley watch", access="our lens", access_kind="own footage")
    (found,) = origins([filmed], [], Known(names={}, recycled=frozenset({"item-a"})))
    assert (found.shown, found.kind) == (False, "unresolved")
    (found,) = origins([filmed], [], Known(names={}))
    assert (found.shown, found.kind) == (True, "own footage")


@pytest.mark.parametrize("passed_on", [(("Valley Watch", None),), (("valley  watch", None),)])
def test_what_is_passed_on_folds_with_whom_it_is_from(passed_on: tuple[tuple[str, str | None], ...]) -> None:
    assert len(of(card("a", outlet="valley watch"), card("b", outlet="hill news", passed_on=passed_on))) == 1


def test_what_is_passed_on_from_a_known_body_folds_with_its_own_post() -> None:
    passed = card("b", outlet="hill news", passed_on=(("SOHR", "sohr"),))
    assert len(of(card("a", outlet="sohr", outlet_actor="sohr"), passed)) == 1


def test_two_forwards_of_one_channel_outside_the_case_are_one() -> None:
    cards = [card(name, outlet=f"group {name}", passed_on=(("Lost Channel", None),)) for name in "ab"]
    assert len(of(*cards)) == 1


def test_residents_quoted_by_two_items_are_told_apart() -> None:
    cards = [card(name, outlet=f"outlet {name}", source="residents") for name in "ab"]
    assert folded(of(*cards)) == [{"a"}, {"b"}]


def test_residents_quoted_by_two_copies_are_one() -> None:
    cards = [card(name, outlet=f"outlet {name}", source="residents") for name in "ab"]
    assert len(of(*cards, copies=[like("a", "b")])) == 1


def test_residents_and_medics_of_one_item_are_two() -> None:
    cards = [card("a", item="item-x", source="residents"), card("b", item="item-x", source="medics")]
    assert folded(of(*cards)) == [{"a"}, {"b"}]


def test_an_empty_capture_counts_for_nothing() -> None:
    assert of(card("a", readable=False)) == []
    assert folded(of(card("a", readable=False), card("b"))) == [{"b"}]


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"outlet": "valley watch"}, False),
        ({"outlet": "valley watch", "access": "our correspondent"}, True),
        ({"outlet": "valley watch", "access": "our correspondent", "source": "residents"}, False),  # another's words
        ({"kind": "acceptance", "source": "ISIS", "source_actor": "isis"}, True),  # a party about itself
        ({"kind": "acceptance", "source": "a man"}, False),
    ],
)
def test_access_is_shown_or_it_is_not(more: dict[str, str], shown: bool) -> None:
    (found,) = of(card("a", **more))
    assert found.shown == shown
    assert found.reason.startswith("Access is shown" if shown else "No access")


def test_who_denies_an_allegation_does_not_stand_behind_it() -> None:
    denial = card("b", kind="denial", source="ISIS", source_actor="isis")
    assert folded(of(card("a"), denial)) == [{"a"}]


def test_no_claims_have_no_origin() -> None:
    assert of() == []


@given(st.permutations(range(6)), st.permutations(range(3)))
@settings(max_examples=40)
def test_the_order_of_input_never_matters(order: list[int], ties: list[int]) -> None:
    cards = [
        card("a", outlet="valley watch"),
        card("b", outlet="hill news", passed_on=(("Valley Watch", None),)),
        card("c", source="residents"),
        card("d", source="Amaq", source_actor="amaq", source_party="isis"),
        card("e", source="ISIS", source_actor="isis"),
        card("f", readable=False),
    ]
    copies = [like("a", "c"), like("c", "d"), like("e", "f")]
    assert of(*(cards[at] for at in order), copies=[copies[at] for at in ties]) == of(*cards, copies=copies)


def test_an_origin_is_named_after_its_lowest_claim() -> None:
    (found,) = of(card("b", outlet="x"), card("a", outlet="x"))
    (alone,) = of(card("a", outlet="x"))
    assert found.id == alone.id


def test_only_a_party_to_the_conflict_is_one() -> None:
    (monitor,) = of(card("a", source="the Observatory", source_actor="sohr"))
    assert (monitor.name, monitor.party) == ("Syrian Observatory for Human Rights", None)


def test_an_outlet_is_named_as_the_capture_spells_it() -> None:
    (found,) = of(card("a", outlet="وكاله المنادي للانباء", outlet_name="وكالة المنادي للأنباء"))
    assert found.name == "وكالة المنادي للأنباء"


def test_an_origin_named_only_in_the_plural_says_so() -> None:
    one, other = of(card("a", source="local sources", source_several=True), card("b", outlet="hill news"))
    assert {one.several, other.several} == {True, False}
