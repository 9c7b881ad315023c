"""Where an incident was, of what its claims name."""

from tests.incidents.cards import card, spot
from witnessmark.terms.card import Card, Spot
from witnessmark.weighing.where import where

WADI = spot("Wadi", 36.0, 38.0)
CITY, PROVINCE = spot("Raqqa", 36.1, 38.1, "city"), spot("Raqqa", 36.1, 38.1, "province", id="test:province")
AROUND = spot("Town", 36.05, 38.05, "subdistrict")
LENT = spot("Raqqa", 36.1, 38.1, "province", id="test:province", stands_in=True)


def told(name: str, here: Spot, text: str | None = None, **more: object) -> tuple[Card, Spot, str]:
    return card(name, place_text=text or here.name, spots=(here,), **more), here, "why"


def named(*claims: tuple[Card, Spot, str], together: tuple[str, ...] = ()) -> tuple[str, str | None, int]:
    """Name, id and items of the place; claims of ``together`` are of one origin."""
    found = where(claims, {f"claim-{one}": f"claim-{together[0]}" for one in together})
    assert found is not None
    return found[0].name, found[0].id, len(found[2].items)


def test_nothing_named_is_nowhere() -> None:
    assert where([], {}) is None


def test_a_village_before_a_headlines_city_that_may_be_its_province() -> None:
    headlines = [(card(name, place_text="Raqqa", spots=(CITY, PROVINCE)), CITY, "why") for name in ("a", "b", "c")]
    assert named(*headlines, told("d", WADI)) == ("Wadi", "test:Wadi", 1)


def test_a_city_called_one_is_as_close_as_a_village() -> None:
    assert named(told("a", CITY), told("b", CITY), told("c", WADI))[0] == "Raqqa"


def test_copies_have_one_vote() -> None:
    copies = [told(name, WADI) for name in ("a", "b", "c")]
    hill = spot("Hill", 36.3, 38.3)
    others = [told(name, hill) for name in ("d", "e")]
    assert named(*copies, *others, together=("a", "b", "c"))[0] == "Hill"


def test_a_village_no_gazetteer_knows_has_its_votes_and_its_name() -> None:
    unknown = [told(name, LENT, "Samharan") for name in ("a", "b")]
    assert named(*unknown, told("c", WADI)) == ("Samharan", "test:province", 2)


def test_the_closest_area_that_a_claim_names_stands_for_it() -> None:
    unknown = [told(name, LENT, "Samharan") for name in ("a", "b")]
    assert named(*unknown, told("c", AROUND)) == ("Samharan", "test:Town", 2)


def test_two_entries_of_one_place_vote_together() -> None:
    other = spot("Wadi again", 36.01, 38.0)
    hill = [told(name, spot("Hill", 36.3, 38.3)) for name in ("c", "d")]
    assert named(told("a", WADI), told("b", other), told("e", other), *hill)[2] == 3
