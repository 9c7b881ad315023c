"""What the dead were: civilians, fighters, or contested between the two."""

from typing import Any

from tests.incidents.cards import card
from witnessmark.terms.card import Card
from witnessmark.terms.claim import Party
from witnessmark.terms.toll import Toll
from witnessmark.weighing.status import contested
from witnessmark.weighing.tolls import figures, ranges

_ONE = Party(actor="army", label="Army", words="the army")


def told(name: str, *, killed: int = 0, unstated: bool = True, fighters: int = 0, **more: Any) -> Card:  # noqa: ANN401 (any field of a card)
    """A claim with exact figures."""
    slots = {"killed": killed, "combatants_killed": fighters, "killed_status_unstated": killed if unstated else 0}
    return card(name, tolls=tuple((slot, Toll(least=n, most=n)) for slot, n in slots.items() if n), **more)


def weighed(*cards: Card) -> dict[str, tuple[int, int | None]]:
    """The ranges of claims, each of an origin of its own."""
    found = figures(cards, {one.claim: one.claim for one in cards})
    return {slot: toll.pair for slot, toll in contested(ranges(found), found, cards)}


def test_a_total_gives_way_to_a_claim_that_parts_as_many_into_fighters_and_civilians() -> None:
    split = told("a", killed=1, unstated=False, fighters=4)
    assert weighed(split, told("b", killed=5))["killed"] == (1, 1)
    assert weighed(split, told("b", killed=6))["killed"] == (1, 6)
    assert weighed(split, told("b", killed=5, unstated=False))["killed"] == (1, 5)


def test_where_origins_contest_what_the_dead_were_both_ranges_begin_at_none() -> None:
    told_both = weighed(told("a", killed=3), told("b", fighters=3))
    assert (told_both["killed"], told_both["combatants_killed"]) == ((0, 3), (0, 3))


def test_other_numbers_of_fighters_are_other_dead() -> None:
    assert weighed(told("a", killed=3), told("b", fighters=2))["killed"] == (3, 3)


def test_a_claim_that_parts_them_settles_what_they_were() -> None:
    assert weighed(told("a", killed=1, fighters=1), told("b", fighters=1), told("c", killed=1))["killed"] == (1, 1)


def test_the_word_of_whoever_is_blamed_contests_nothing() -> None:
    blamed = told("a", killed=3, accused=(_ONE,))
    assert weighed(blamed, told("b", fighters=3, source="army", source_actor="army"))["killed"] == (3, 3)
    assert weighed(blamed, told("b", fighters=3, source="spokesman", source_party="army"))["killed"] == (3, 3)
    assert weighed(blamed, told("b", fighters=3, outlet_actor="army"))["killed"] == (3, 3)
