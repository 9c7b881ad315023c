"""Two accounts of an event are held together by place and day, told apart by figures, and never more than suggested."""

import random
from dataclasses import replace

import pytest

from witnessmark.incidents.registers import match
from witnessmark.incidents.resembling import resembling
from witnessmark.terms.account import Account, Match, Point
from witnessmark.terms.place import PlaceLevel
from witnessmark.terms.toll import Toll

RUSSIA, TURKEY = ("russian-military", "Russian Military"), ("turkish-military", "Turkish Military")


def point(lat: float = -30.2, lon: float = 80.3, level: PlaceLevel = "village") -> Point:
    return Point(lat, lon, level)


def killed(least: int, most: int | None = None) -> tuple[str, tuple[Toll, ...]]:
    return "killed", (Toll(least=least, most=least if most is None else most),)


ROW = Account(
    id="R1", place="Zarhal", names=frozenset({"zarhal", "~zarhal", "زرحال"}), within=frozenset({"dalvat"}), points=(point(),),
    first="2031-03-15", last="2031-03-15", tolls=(killed(5), ("injured", (Toll(least=7, most=9),))), parties=(RUSSIA,),
    ways=frozenset({"Airstrike"}),
)  # fmt: skip
MINE = replace(ROW, id="incident-1")


def only(found: list[Match]) -> Match:
    (one,) = found
    return one


def test_the_same_event_says_why() -> None:
    found = only(match([MINE], [ROW]))
    assert (found.one, found.other, found.verdict) == ("incident-1", "R1", "the same")
    assert found.reasons == (
        "the same place, Zarhal, 0.0 km apart", "the same day, 2031-03-15", "both 5 killed", "both 7 to 9 injured",
        "both name Russian Military", "the same means, Airstrike",
    )  # fmt: skip
    assert found.against == ()


@pytest.mark.parametrize(
    "mine",
    [
        replace(MINE, first="2031-03-16", last="2031-03-16"),
        replace(MINE, points=(point(-30.21, 80.31),)),
        replace(MINE, names=frozenset({"زرحال"})),
        replace(MINE, names=frozenset({"zarhaal"})),
        replace(MINE, points=()),
        replace(MINE, tolls=(killed(6),)),
        replace(MINE, tolls=(killed(4, 8),)),
        replace(MINE, parties=(TURKEY,)),
        replace(MINE, tolls=()),
    ],
    ids=[
        "a day later",
        "a kilometre off",
        "in Arabic",
        "respelt",
        "no point",
        "one more",
        "widened",
        "another party",
        "no figure",
    ],
)
def test_one_difference_leaves_it_found(mine: Account) -> None:
    assert only(match([mine], [ROW])).other == "R1"


@pytest.mark.parametrize(
    "mine",
    [
        replace(MINE, first="2031-03-20", last="2031-03-20"),
        replace(MINE, points=(point(-31.2, 80.3),)),
        replace(MINE, points=(), names=frozenset({"qirmit"})),
        replace(MINE, points=(point(-31.2, 80.3),), names=frozenset({"qirmit"}), first=None, last=None),
        replace(MINE, first=None, last=None, tolls=(killed(1),)),
        replace(MINE, first="2031-01-01", last="2031-12-31", tolls=()),
        replace(MINE, before="2031-03-14"),
    ],
    ids=[
        "days later",
        "far away",
        "another name",
        "nothing but figures",
        "no day, a usual figure",
        "a year, no figure",
        "told before",
    ],
)
def test_what_is_far_in_place_or_day_matches_nothing(mine: Account) -> None:
    assert match([mine], [ROW]) == []


def test_without_a_day_place_and_a_telling_figure_make_it_possible() -> None:
    found = only(match([replace(MINE, first=None, last=None)], [ROW]))
    assert found.verdict == "possibly the same"
    assert "no day is given" in found.against


def test_without_a_day_a_figure_that_several_rows_share_tells_nothing() -> None:
    rows = [replace(ROW, id=f"R{number}", first=f"203{number}-01-01", last=f"203{number}-01-01") for number in range(3)]
    assert match([replace(MINE, first=None, last=None)], rows) == []
    assert len(match([replace(MINE, first=None, last=None)], rows[:2])) == 2


def test_figures_that_contradict_leave_it_possible_at_most() -> None:
    found = only(match([replace(MINE, tolls=(killed(40),))], [ROW]))
    assert found.verdict == "possibly the same"
    assert "40 killed here, 5 there" in found.against


def test_place_and_day_alone_are_possible_at_most() -> None:
    bare = replace(MINE, tolls=(), parties=(), ways=frozenset())
    assert only(match([bare], [ROW])).verdict == "possibly the same"


def test_rows_of_one_day_and_village_are_kept_apart_by_figures() -> None:
    other = replace(ROW, id="R2", tolls=(killed(1), ("injured", (Toll(least=2, most=2),))))
    best, second = match([MINE], [ROW, other])
    assert (best.other, best.verdict) == ("R1", "the same")
    assert (second.other, second.verdict) == ("R2", "possibly the same")


def test_rows_that_fit_as_well_are_all_possible_and_say_so() -> None:
    rows = [ROW, replace(ROW, id="R2"), replace(ROW, id="R3")]
    found = match([MINE], rows)
    assert [one.verdict for one in found] == ["possibly the same"] * 3
    assert found[0].against == ("R2, R3 fit about as well",)


def test_a_row_of_two_incidents_says_so() -> None:
    found = match([MINE, replace(MINE, id="incident-2")], [ROW])
    assert [one.also for one in found] == [("incident-2",), ("incident-1",)]


def test_a_row_that_may_not_be_held_against_an_account_is_passed_over() -> None:
    assert match([MINE], [ROW], {"incident-1": frozenset({"R1"})}) == []


@pytest.mark.parametrize(
    ("row", "matched"),
    [
        (replace(ROW, points=(point(-30.5, 80.3, "province"),), names=frozenset({"dalvat"})), True),
        (replace(ROW, points=(point(-30.5, 80.3, "province"),), names=frozenset({"dalvat"}), tolls=()), False),
        (replace(ROW, points=(point(-33.0, 80.3, "province"),), names=frozenset({"dalvat"})), False),
        (replace(ROW, points=(), names=frozenset({" the outskirts of zarhal city "})), True),
        (replace(ROW, points=(), within=frozenset({"milvat"}), names=frozenset({"zarhaal"})), False),
        (replace(ROW, points=(point(80.3, -30.2),)), True),
        (replace(ROW, first="2031-03-01", last="2031-03-31"), True),
    ],
    ids=[
        "an area, a figure",
        "an area alone",
        "another area",
        "named in a phrase",
        "alike, elsewhere",
        "exchanged",
        "a month",
    ],
)
def test_rows_as_fine_as_their_coders_knew(row: Account, *, matched: bool) -> None:
    mine = replace(MINE, within=frozenset({"dalvat"}))
    found = match([mine], [row])
    assert bool(found) == matched
    if matched and row.points[:1] != (point(),):
        assert found[0].verdict == "possibly the same"


def test_registers_that_count_all_the_dead_are_compared_with_fighters_counted_in() -> None:
    mine = replace(MINE, tolls=(("killed", (Toll(least=5, most=5), Toll(least=8, most=8))),))
    row = replace(ROW, tolls=(killed(8),))
    assert "both 8 killed" in only(match([mine], [row])).reasons


def test_no_more_than_ten_rows_are_kept_for_one_account() -> None:
    assert len(match([MINE], (replace(ROW, id=f"R{number:03}") for number in range(200)))) == 10


def test_the_order_of_rows_and_accounts_does_not_matter() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    rows = [
        replace(ROW, id=f"R{number}", points=(point(-30.2 + chance.uniform(-0.05, 0.05)),), tolls=(killed(chance.randint(1, 6)),))
        for number in range(40)
    ]  # fmt: skip
    mine = [replace(MINE, id=f"incident-{number}", tolls=(killed(number),)) for number in range(1, 5)]
    first = match(mine, rows)
    chance.shuffle(rows)
    again = match(list(reversed(mine)), rows)
    assert sorted(first, key=lambda one: (one.one, -one.score, one.other)) == sorted(
        again, key=lambda one: (one.one, -one.score, one.other)
    )


def test_nothing_is_held_against_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counting(one: Account, row: Account) -> object:
        nonlocal compared
        compared += 1
        return resembling(one, row)

    monkeypatch.setattr("witnessmark.incidents.registers.resembling", counting)
    mine = [
        replace(MINE, id=f"i{number}", points=(point(-30.0 + number, 80.3),), names=frozenset({f"n{number}"}))
        for number in range(50)
    ]
    rows = [
        replace(ROW, id=f"R{number}", points=(point(-30.0 + number, 80.3),), names=frozenset({f"n{number}"}))
        for number in range(50)
    ]
    assert len(match(mine, rows)) == 50
    assert compared == 50
