"""Weighing an incident: its day, its place, the sides blamed and what contradicts, each with its reason."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.cards import DAY, killed, party, settled, spot, toll
from witnessmark.casefile.genera import wider_of
from witnessmark.casefile.standards import standard
from witnessmark.incidents.settle import Settled
from witnessmark.packs.larder import open_larder
from witnessmark.terms.incident import Gathered, Incident
from witnessmark.terms.origin import Origin
from witnessmark.terms.place import PlaceLevel
from witnessmark.weighing.seen import Seen
from witnessmark.weighing.weigh import weigh

STANDARD = standard(open_larder())
STRIKES = {row.key: frozenset(row.fields["of"].split("|")) for row in open_larder().rows("strikes")}
WIDER = wider_of(open_larder())
WADI, HILL = spot("Wadi", 36.0, 38.0), spot("Hill", 36.02, 38.0)


def weighed(*claims: Settled, together: Sequence[Sequence[str]] = ()) -> Incident:
    """The incident of some claims; each claim an origin of its own unless ``together`` says otherwise."""
    folded = {claim: group[0] for group in together for claim in group}
    by: dict[str, list[str]] = {}
    for one in claims:
        name = one.card.claim.removeprefix("claim-")
        by.setdefault(folded.get(name, name), []).append(one.card.claim)
    origins = [
        Origin(claims=tuple(sorted(group)), items=(), name=None, shown=False, reason="") for group in by.values()
    ]
    seen = [
        Seen(
            card=one.card,
            spot=one.spot,
            place_why="why here",
            first=one.first,
            last=one.last,
            stated=one.stated,
            day_why="",
        )
        for one in claims
    ]
    group = Gathered(claims=tuple(sorted(one.card.claim for one in claims)))
    return weigh(group, seen, sorted(origins, key=lambda one: one.id), STANDARD, STRIKES, WIDER)


def said(found: Incident) -> list[str]:
    return [one.sentence for one in found.contradictions]


def test_the_day_most_items_give_in_words() -> None:
    found = weighed(settled("a", WADI), settled("b", WADI), settled("c", WADI, "2017-06-09"))
    assert (found.date, found.date_latest) == (DAY, DAY)
    assert found.date_why == "2 of 3 items give it, as a date or as a day counted from publication"


def test_posts_of_a_day_outweigh_one_that_gives_the_day_before() -> None:
    told = [settled(f"p{number}", WADI, DAY, stated=False) for number in range(5)]
    found = weighed(settled("a", WADI, "2017-06-09"), *told)
    assert found.date == DAY
    assert found.date_why == "inferred: 5 of 6 items were published on it or the day after"
    found = weighed(settled("a", WADI, "2017-06-09"), *told[:2])
    assert found.date == "2017-06-09"
    assert found.date_why.endswith("counted from publication, 2 more were published on it or the day after")


def test_a_time_too_long_for_a_day_is_given_where_nothing_else_is() -> None:
    month = settled("a", WADI, "2017-06-01", last="2017-06-30")
    found = weighed(month)
    assert (found.date, found.date_latest) == ("2017-06-01", "2017-06-30")
    assert weighed(month, settled("b", WADI, DAY)).date == DAY


def test_a_way_left_open_contradicts_neither_way() -> None:
    both: dict[str, Any] = {"delivery": ("Airstrike and/or Artillery",)}
    found = weighed(settled("a", WADI, delivery=("Airstrike",)), settled("b", WADI, **both))
    assert found.strike == ("Airstrike",)
    assert not any(one.startswith("how:") for one in said(found))
    assert weighed(settled("a", WADI, **both)).strike == ("Airstrike and/or Artillery",)


def test_words_before_days_of_publication() -> None:
    later = [settled(f"p{number}", WADI, "2017-06-11", stated=False) for number in range(4)]
    assert weighed(settled("a", WADI), *later).date == DAY


def test_without_words_the_earliest_day_of_publication_said_as_inferred() -> None:
    found = weighed(
        *(
            settled(name, WADI, day, stated=False)
            for name, day in (("a", "2017-06-12"), ("b", "2017-06-11"), ("c", "2017-06-12"))
        )
    )
    assert found.date == "2017-06-11"
    assert "inferred" in found.date_why


def test_no_day_is_said() -> None:
    found = weighed(settled("a", WADI, None))
    assert (found.date, found.date_latest) == (None, None)
    assert "no day" in found.date_why


def test_one_item_votes_once() -> None:
    one_item = [settled(f"a{number}", WADI, "2017-06-09", item="item-x") for number in range(3)]
    assert weighed(*one_item, settled("b", WADI), settled("c", WADI)).date == DAY


def test_the_place_most_items_name() -> None:
    found = weighed(settled("a", WADI), settled("b", WADI), settled("c", HILL))
    assert (found.place, found.place_id, found.level, found.lat) == ("Wadi", "test:Wadi", "village", 36.0)
    assert found.place_why == "named by 2 of 3 items; why here"


@pytest.mark.parametrize("level", ["country", "province", "district"])
def test_a_finer_place_before_a_wider_one_however_often(level: PlaceLevel) -> None:
    wide = spot("Raqqa", 36.4, 38.2, level)
    found = weighed(settled("a", wide), settled("b", wide), settled("c", wide), settled("d", WADI))
    assert found.place == "Wadi"


def test_a_place_no_gazetteer_knows_is_given_in_its_words() -> None:
    found = weighed(settled("a", None, place_text="Nowhere"))
    assert (found.place, found.place_id, found.lat, found.level) == ("Nowhere", None, None, None)


def test_origins_that_blame_different_parties_are_alternatives() -> None:
    found = weighed(settled("a", WADI, accused=(party("russia"),)), settled("b", WADI, accused=(party("turkey"),)))
    assert found.alternatives
    assert {one.actor for one in found.accused} == {"russia", "turkey"}
    assert found.grade.rule == "G2"
    assert "who did it: Russia / Turkey" in said(found)


def test_parties_blamed_together_by_one_voice_are_one_side() -> None:
    both = (party("russia"), party("turkey"))
    found = weighed(settled("a", WADI, accused=both), settled("b", WADI, accused=both))
    assert not found.alternatives
    assert found.grade.rule == "G4"


def test_a_voice_that_says_either_or_makes_alternatives() -> None:
    found = weighed(settled("a", WADI, accused=(party("russia"), party("turkey")), alternatives=True))
    assert found.alternatives


def test_who_is_blamed_by_one_and_by_nobody_else_is_no_contradiction() -> None:
    found = weighed(settled("a", WADI, accused=(party("russia"),)), settled("b", WADI))
    assert not found.alternatives
    assert said(found) == []


def test_a_denial_is_a_contradiction_and_its_speaker_not_blamed_by_it() -> None:
    denied = settled("b", WADI, kind="denial", polarity="denied", accused=(party("turkey"),), tolls=())
    found = weighed(settled("a", WADI, accused=(party("russia"),)), denied)
    assert [one.actor for one in found.accused] == ["russia"]
    assert not found.alternatives
    assert "responsibility: laid to Russia / denied by Turkey" in said(found)


def test_a_source_that_says_nobody_was_harmed_contradicts_and_changes_no_figure() -> None:
    nobody = settled("b", WADI, kind="harm", polarity="denied", tolls=())
    found = weighed(settled("a", WADI), nobody)
    assert dict(found.tolls)["killed"] == toll(5)
    assert "whether anyone was harmed: a source says that people were / a source says nobody was" in said(found)


def test_a_denied_attack_does_not_say_that_nobody_was_harmed() -> None:
    denied = settled("b", WADI, kind="attack", polarity="denied", tolls=())
    refused = settled("c", WADI, kind="denial", accused=(party("turkey"),), tolls=())
    told = settled("a", WADI, accused=(party("russia"),))
    alone, answered = weighed(told, denied), weighed(told, denied, refused)
    assert "whether there was an attack as told: told / a source denies it" in said(alone)
    assert "responsibility: laid to Russia / denied by Turkey" in said(answered)
    assert not [one for one in (*said(alone), *said(answered)) if "nobody" in one]
    assert not [one for one in said(answered) if "an attack as told" in one]


def test_nobody_harmed_at_all_is_g0() -> None:
    assert weighed(settled("a", WADI, kind="harm", polarity="denied", tolls=())).grade.rule == "G0"


def test_fighters_alone_are_no_civilian_harm() -> None:
    assert weighed(settled("a", WADI, tolls=(("combatants_killed", toll(4)),))).grade.rule == "G0"


def test_harm_without_a_number_is_harm() -> None:
    found = weighed(settled("a", WADI, tolls=(), harm_unnumbered=("killed",)))
    assert (found.harm_unnumbered, found.tolls, found.grade.rule) == (("killed",), (), "G5")


def test_who_denies_harm_tells_of_none_without_a_number() -> None:
    denied = settled("b", WADI, kind="denial", polarity="denied", tolls=(), harm_unnumbered=("injured", "killed"))
    assert weighed(settled("a", WADI), denied).harm_unnumbered == ()


def test_how_and_what_by_how_many_claims_give_it() -> None:
    air: dict[str, Any] = {"delivery": ("Airstrike",)}
    shells: dict[str, Any] = {"delivery": ("Artillery",)}
    found = weighed(
        settled("a", WADI, **shells), settled("b", WADI, **air), settled("c", WADI, **air, target=("Education",))
    )
    assert (found.strike, found.target) == (("Airstrike", "Artillery", "Airstrike and/or Artillery"), ("Education",))
    assert "how: Airstrike / Artillery" in said(found)


def test_a_mention_counts_as_an_item_and_as_no_claim() -> None:
    found = weighed(settled("a", WADI), settled("m", WADI, kind="mention", tolls=(), polarity="unknown"))
    assert found.claims == ("claim-a",)
    assert found.items == ("item-a", "item-m")


def test_origins_are_counted_at_least_and_at_most() -> None:
    found = weighed(settled("a", WADI), settled("b", WADI), settled("c", WADI), together=[("a", "b")])
    assert (found.origins_shown, found.origins_most, len(found.origins)) == (0, 2, 2)


CASE: list[Any] = [
    settled("a", WADI, accused=(party("russia"),), delivery=("Airstrike",)),
    settled("b", HILL, "2017-06-11", stated=False, tolls=killed(7), accused=(party("turkey"),)),
    settled("c", WADI, None, tolls=(), harm_unnumbered=("injured",)),
    settled("d", None, kind="denial", polarity="denied", accused=(party("russia"),), tolls=()),
]


@given(st.permutations(range(len(CASE))))
@settings(max_examples=24)
def test_the_order_of_input_never_matters(order: list[int]) -> None:
    assert weighed(*(CASE[at] for at in order)) == weighed(*CASE)


def test_a_party_that_only_speaks_for_itself_is_blamed_by_nobody() -> None:
    taken = settled("b", WADI, kind="acceptance", accused=(party("russia"),), tolls=())
    assert weighed(settled("a", WADI), taken).accused == ()


def test_a_party_that_denies_harm_is_not_said_to_deny_responsibility() -> None:
    denied = settled(
        "b", WADI, kind="denial", polarity="denied", accused=(party("turkey"),), tolls=(), denies_harm=True
    )
    found = weighed(settled("a", WADI, accused=(party("russia"),)), denied)
    assert said(found) == ["whether anyone was harmed: a source says that people were / denied by Turkey"]
    assert "a party denies harm; a denial lowers no grade" in found.grade.flags
    assert not any("responsibility" in one for one in found.grade.flags)
