"""What parties say themselves stays theirs: dated, with their own places and figures, and in nobody's range."""

from typing import Any

import pytest

from tests.incidents.cards import card, killed, party, settled, spot, toll
from tests.weighing.test_weigh import weighed
from witnessmark.terms.card import Card
from witnessmark.weighing.accounts import OWN, SHARED, accounts, own_deed, status

WADI, HILL = spot("Wadi", 36.0, 38.0), spot("Hill", 36.02, 38.0)
GUARD = (party("guard"),)
PARTIES = frozenset({"guard", "force"})


def said(name: str, kind: str, day: str, **more: Any) -> Card:  # noqa: ANN401 (any field of a card)
    polarity = "denied" if kind == "denial" else "affirmed"
    return card(name, kind=kind, polarity=polarity, accused=GUARD, published=day, **more)


DENIED = said("d", "denial", "2031-03-12")
DEED = said("e", "acceptance", "2031-04-02")
HARM = said("h", "acceptance", "2032-01-09", harm_unnumbered=("killed",))


@pytest.mark.parametrize(
    ("cards", "stands"),
    [
        ((DENIED,), "denies"),
        ((DENIED, DEED), "accepts the deed"),
        ((DENIED, DEED, HARM), "accepts harm"),
        ((HARM, said("l", "denial", "2032-05-01")), "accepts harm, later denied"),
        ((HARM, DENIED), "accepts harm"),
        ((), "has not answered here"),
    ],
)
def test_where_a_party_stands_follows_its_dated_words_and_rewrites_none(cards: tuple[Card, ...], stands: str) -> None:
    blamed = card("a", accused=GUARD)
    (account,) = accounts([(one, None) for one in (blamed, *cards)], PARTIES, {})
    assert account.accused
    assert len(account.statements) == len(cards)
    assert [one.date for one in account.statements] == sorted(one.published or "" for one in cards)
    assert status(account.statements) == stands


def test_what_somebody_else_says_that_a_party_accepts_is_told_as_such() -> None:
    heard = said(
        "x", "acceptance", "2031-03-12", harm_unnumbered=("killed",), source="the council", source_actor="council"
    )
    (account,) = accounts([(heard, None)], PARTIES, {})
    assert account.statements[0].act == "is said to: accepts harm"
    assert status(account.statements) == "has not answered here"


def test_a_party_keeps_its_own_place_and_takes_none_that_others_lend() -> None:
    own = said("o", "denial", "2031-03-12", spots=(HILL,), place_text="Hill")
    lent = said("p", "denial", "2031-03-13")
    (account,) = accounts([(own, HILL), (lent, WADI)], PARTIES, {})
    assert [(one.place, one.lat) for one in account.statements] == [("Hill", 36.02), (None, None)]


def test_a_party_that_only_tells_of_others_has_an_account_too() -> None:
    tells = card("t", accused=(party("force"),), source="the Guard", source_actor="guard", tolls=killed(3))
    found = {one.actor: one for one in accounts([(tells, None)], PARTIES, {"guard": "Taval Guard"})}
    assert (found["guard"].party, found["guard"].accused, found["guard"].statements[0].act) == (
        "Taval Guard",
        False,
        "says",
    )
    assert found["force"].accused
    assert not own_deed(tells, frozenset({"guard", "force"}))


def test_figures_of_ones_own_deed_stay_out_of_the_range() -> None:
    told = settled("a", WADI, tolls=killed(5), accused=GUARD)
    conceded = settled("b", WADI, kind="acceptance", accused=GUARD, tolls=killed(2))
    blaming = settled("c", WADI, accused=GUARD, tolls=killed(1), source="the Guard", source_actor="guard")
    found = weighed(told, conceded, blaming)
    assert dict(found.tolls)["killed"] == toll(5)
    assert {(one.claim, one.left_out) for one in found.figures if one.left_out} == {("claim-b", OWN), ("claim-c", OWN)}
    assert (
        weighed(told, settled("b", WADI, kind="acceptance", accused=GUARD, tolls=killed(12), shared=True))
        .figures[-1]
        .left_out
        == SHARED
    )


def test_a_party_that_tells_of_its_deed_without_blaming_itself_speaks_of_it_all_the_same() -> None:
    accepts = settled("b", WADI, kind="acceptance", accused=GUARD, tolls=(), harm_unnumbered=("killed",))
    beside = settled("c", WADI, tolls=killed(2), source="the Guard", source_actor="guard")
    found = weighed(settled("a", WADI, tolls=killed(5)), accepts, beside)
    assert dict(found.tolls)["killed"] == toll(5)
    others = settled("c", WADI, tolls=killed(2), accused=(party("force"),), source="the Guard", source_actor="guard")
    assert dict(weighed(settled("a", WADI, tolls=killed(5), accused=GUARD), others).tolls)["killed"] == toll(2, 5)


def test_an_acceptance_alone_is_a_report_of_harm_and_confirms() -> None:
    alone = settled("b", WADI, kind="acceptance", accused=GUARD, tolls=(), harm_unnumbered=("killed",))
    assert weighed(alone).grade.rule == "G1"
    fighters = settled("b", WADI, kind="acceptance", accused=GUARD, tolls=(("combatants_killed", toll(4)),))
    assert weighed(settled("a", WADI, accused=GUARD), fighters).grade.rule == "G4"
