"""Origins: what folds into one, what stays apart, what counts for nothing, and when access is shown."""

from collections.abc import Sequence
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.cards import card
from witnessmark.terms.card import Card
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.origin import Origin
from witnessmark.tracing.origins import Known, origins

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


def test_an_outlet_and_the_source_it_quotes_are_two() -> None:
    own = card("a", item="item-x", outlet="hill news")
    quoted = card("b", item="item-x", outlet="hill news", source="SOHR", source_actor="sohr")
    assert folded(of(own, quoted)) == [{"a"}, {"b"}]


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
