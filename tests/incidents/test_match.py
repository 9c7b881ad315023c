"""How well two claims fit one event: place and day decide, the rest speaks for or against, each in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.incidents.cards import DAY, killed, party, settled, sketch, spot, toll
from witnessmark.incidents.match import ENOUGH, NEVER, Fit, fit
from witnessmark.incidents.resemblance import Resemblance
from witnessmark.incidents.settle import Settled
from witnessmark.terms.place import PlaceLevel
from witnessmark.terms.sketch import packed
from witnessmark.terms.toll import Toll

WADI = spot("Wadi", 36.0, 38.0)
BLIND = Resemblance([])


def fits(one: Settled, other: Settled, **more: Any) -> Fit:  # noqa: ANN401 (as fit takes them)
    return fit(one, other, more.pop("alike", BLIND), **more)


def at(**more: Any) -> Settled:  # noqa: ANN401 (any field of a card or of what is settled)
    return settled("a", more.pop("where", WADI), **more)


def by(**more: Any) -> Settled:  # noqa: ANN401 (as above)
    return settled("b", more.pop("where", WADI), **more)


def test_the_same_place_day_and_toll_are_enough_and_say_so() -> None:
    found = fits(at(), by())
    assert found.score >= ENOUGH
    assert found.reasons[0] == "the same place, Wadi"
    assert f"the same day, {DAY}" in found.reasons
    assert "both 5 killed" in found.reasons


@pytest.mark.parametrize("day", ["2017-06-12", "2017-06-15", "2016-06-10"])
def test_another_stated_day_is_a_plain_no(day: str) -> None:
    assert fits(at(), by(day=day)).score <= NEVER / 2


def test_a_day_apart_by_publication_only_is_still_possible() -> None:
    assert fits(at(stated=False), by(day="2017-06-11", stated=False)).score >= ENOUGH
    assert fits(at(), by(day="2017-06-11")).score < fits(at(), by()).score


@pytest.mark.parametrize(("lat", "score"), [(36.02, ENOUGH), (37.5, NEVER / 2)])
def test_how_far_apart_places_may_lie(lat: float, score: float) -> None:
    found = fits(at(), by(where=spot("Hill", lat, 38.0)))
    assert (found.score >= score) if score > 0 else (found.score <= score)


def test_the_same_words_for_a_place_no_gazetteer_knows() -> None:
    found = fits(
        at(where=None, place_text="وادي النور"), by(where=None, place_text="وادي النّور")
    )  # the valley of light
    assert "the same place by its words" in found.reasons[0]
    assert found.score >= ENOUGH


@pytest.mark.parametrize("level", ["province", "district"])
def test_a_village_in_a_wide_area_is_no_contradiction(level: PlaceLevel) -> None:
    wide = spot("Raqqa", 36.4, 38.2, level)
    inside = spot("Wadi", 36.0, 38.0, within=("Raqqa",))
    assert fits(at(where=inside), by(where=wide)).score > 0
    assert "lies in the other" in " ".join(fits(at(where=inside), by(where=wide)).reasons)


def test_two_claims_in_one_province_are_not_one_place() -> None:
    wide = spot("Raqqa", 36.4, 38.2, "province")
    assert fits(at(where=wide), by(where=wide)).score < fits(at(), by()).score


def test_tolls_speak_for_and_against() -> None:
    same, near, apart = (fits(at(), by(tolls=killed(number))).score for number in (5, 6, 40))
    assert same > near > apart
    assert fits(at(), by(tolls=(("killed", toll(3, None)),))).score > near


def test_a_plural_without_a_number_speaks_neither_for_nor_against() -> None:
    plural = (("killed", Toll(least=2, most=None, vague=True)),)
    several = by(tolls=plural)
    assert fits(at(), several).score == fits(at(), by(tolls=())).score
    assert not [why for why in fits(at(tolls=plural), several).reasons if "killed" in why]


def test_parties_speak_for_and_against_unless_everybody_blames_them() -> None:
    blamed = {"accused": (party("russia"),)}
    same, none, other = (fits(at(**blamed), by(**more)).score for more in (blamed, {}, {"accused": (party("turkey"),)}))
    assert same > none > other
    assert "both blame Russia" in fits(at(**blamed), by(**blamed)).reasons
    assert fits(at(**blamed), by(**blamed), usual=frozenset({"who:russia"})).score == pytest.approx(none)


def test_means_speak_for_and_against() -> None:
    air = {"delivery": ("Airstrike",)}
    same, none, other = (fits(at(**air), by(**more)).score for more in (air, {}, {"delivery": ("Artillery",)}))
    assert same > none > other
    assert "the same means, Airstrike" in fits(at(**air), by(**air)).reasons


def test_copied_words_carry_a_claim_along_but_not_over_a_plain_no() -> None:
    bare = {"where": None, "place_text": None, "day": None, "tolls": ()}
    assert fits(at(), by(**bare), copied="the same words").score > fits(at(), by(**bare)).score
    assert "the same words" in fits(at(), by(**bare), copied="the same words").reasons
    assert fits(at(), by(day="2016-01-01"), copied="the same words").score < ENOUGH


def test_rare_words_in_common_speak_for_it() -> None:
    said = [
        sketch("item-a", terms=(1, 2, 3)),
        sketch("item-b", terms=(1, 2, 9)),
        *(sketch(f"x{n}", terms=(3, n)) for n in range(20, 60)),
    ]
    alike = Resemblance(said)
    assert alike.of("item-a", "item-b").words > alike.of("item-a", "x20").words
    assert fits(at(), by(), alike=alike).score > fits(at(), by()).score


def test_long_texts_without_a_rare_word_in_common_are_strangers() -> None:
    everyday = tuple(range(40))
    said = [
        sketch(item, terms=(*everyday, *range(base, base + 60))) for item, base in (("item-a", 1000), ("item-b", 2000))
    ]
    alike = Resemblance([*said, *(sketch(f"x{n}", terms=everyday) for n in range(50))])
    assert alike.of("item-a", "item-b").strangers
    assert fits(at(), by(), alike=alike).score < fits(at(), by()).score


def test_texts_that_name_other_dead_are_two_events_and_families_that_many_bear_tell_nothing() -> None:
    """Words of the names of the dead as even numbers: Latin letters; odd ones would be Arabic."""

    def named(one: tuple[int, ...], other: tuple[int, ...], *more: tuple[int, ...]) -> Resemblance:
        others = [sketch(f"x{number}", dead=packed(names)) for number, names in enumerate(more)]
        return Resemblance([sketch("item-a", dead=packed(one)), sketch("item-b", dead=packed(other)), *others])

    assert "against it: they name other dead" in fits(at(), by(), alike=named((2, 4), (6, 8, 10, 12))).reasons
    assert not named((2, 4), (6, 8)).of("item-a", "item-b").other_dead  # one name each: a slip may part them
    assert not named((2, 4), (4, 8, 10, 12)).of("item-a", "item-b").other_dead
    assert not named((2, 4), (3, 5, 7, 9)).of("item-a", "item-b").other_dead  # two scripts
    assert not named((2,), (6, 8, 10, 12)).of("item-a", "item-b").other_dead  # one word is no name
    assert named((2, 4), (4, 8, 10, 12), *[(4, 14)] * 9).of("item-a", "item-b").other_dead  # 4 is borne by many


def test_two_voices_of_one_text_are_one_event_unless_it_tells_them_apart() -> None:
    one = settled("a", WADI, item="item-x", source="residents")
    assert "told in one text" in fits(one, settled("b", WADI, item="item-x", source="medics")).reasons
    apart = settled("b", WADI, item="item-x", source="residents", earliest="2017-06-09")
    assert fits(one, apart).score < fits(one, settled("b", WADI, item="item-x", source="medics")).score


@pytest.mark.parametrize(
    ("undated", "better"),
    [
        ({"weekday": 5}, True),
        ({"weekday": 1}, False),
        ({"published_latest": "2017-06-01"}, False),
    ],  # 10 June was a Saturday
)
def test_a_weekday_or_a_bound_may_still_tell(undated: dict[str, Any], better: bool) -> None:
    plain = fits(at(), by(day=None)).score
    assert (fits(at(), by(day=None, **undated)).score > plain) == better


@given(st.integers(0, 40), st.sampled_from([DAY, "2017-06-11", "2017-06-13", None]), st.floats(35.5, 36.5))
def test_the_fit_is_the_same_both_ways(number: int, day: str | None, lat: float) -> None:
    one, other = at(), by(day=day, tolls=killed(number), where=spot("Hill", lat, 38.0))
    assert fits(one, other).score == pytest.approx(fits(other, one).score)


def test_two_texts_that_each_say_another_day_speak_against_one_event() -> None:
    apart = fits(at(), by(day="2017-06-11"))
    assert apart.score < fits(at(), by()).score - 2
    assert "against it: each says another day" in apart.reasons
