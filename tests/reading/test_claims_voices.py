"""Voices: a claim for each source of an event, of those too who tell of it without a deed or a figure of their own."""

import pytest

from tests.reading.posts import DAY, read

STRIKE = "An airstrike on Kobani killed three civilians on Saturday. "


def voices(text: str) -> list[str]:
    """The innermost word of each claim of an attack, the outlet's own as "-"."""
    return [one.on_whose_word[-1] if one.on_whose_word else "-" for one in read(text, published=DAY).claims]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("The event was mentioned by Amal Radio and Wadi News.", ["-", "Amal Radio", "Wadi News"]),
        (
            "@Orchard provided the names of the dead. Karim Haddad mourned the victims.",
            ["-", "@Orchard", "Karim Haddad"],
        ),
        ("All sources attributed the strike to Turkish forces.", ["-", "All sources"]),
        ("Wadi News named the dead of Manbij. @Orchard shared the names of the dead of Manbij.", ["-"]),
        ("@Orchard named the dead. Previously, Karim Haddad mourned the victims of a flood.", ["-", "@Orchard"]),
    ],
)
def test_who_tells_of_an_event_is_its_voice(more: str, expected: list[str]) -> None:
    assert sorted(voices(STRIKE + more)) == sorted(expected)


def test_a_voice_has_the_place_and_day_of_its_event() -> None:
    found = read(STRIKE + "@Orchard named the dead. Karim Haddad mourned the victims.", published=DAY).claims
    assert len({(one.place.text if one.place else None, one.moment and one.moment.earliest) for one in found}) == 1
    assert [one.killed is not None for one in found] == [True, False, False]


def test_two_sources_of_one_sentence_make_two_claims() -> None:
    text = "Amal Radio and Wadi News said that an airstrike on Kobani killed three civilians."
    found = read(text, published=DAY).claims
    assert [one.on_whose_word[-1] for one in found] == ["Amal Radio", "Wadi News"]
    assert len({one.id for one in found}) == 2
    assert {one.killed.pair if one.killed else None for one in found} == {(3, 3)}


def test_each_of_two_who_differ_has_their_own_figure() -> None:
    text = "Amal Radio said that an airstrike on Kobani killed three civilians, while the White Helmets reported that five were killed."
    found = {one.on_whose_word[-1]: one.killed.pair for one in read(text, published=DAY).claims if one.killed}
    assert found == {"Amal Radio": (3, 3), "White Helmets": (5, 5)}


def test_a_mourners_town_is_not_the_place_of_the_strike() -> None:
    text = (
        STRIKE + "Wadi News said the strike killed a nurse. Karim Haddad in Manbij said the strike killed his cousin."
    )
    assert {one.place.text for one in read(text, published=DAY).claims if one.place} == {"Kobani"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a car was exposed to a strike, believed to be from a Turkish drone, near Manbij
        ("تعرضت سيارة لقصف يعتقد أنه من طائرة مسيرة تركية قرب منبج", ()),
        # the Observatory believes that it bombed Manbij
        ("المرصد السوري يعتقد أن القوات التركية قصفت منبج", ("Syrian Observatory for Human Rights",)),
    ],
)
def test_a_belief_that_goes_back_to_a_thing_has_no_source_before_it(text: str, expected: tuple[str, ...]) -> None:
    assert [one.on_whose_word for one in read(text, published=DAY).claims] == [expected]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("A drone strike on a car in Kobani killed two people, a hospital source said.", ("Vehicle",)),
        ("قال مصدر في المشفى إن القصف على منبج قتل مدنيين اثنين", ()),  # a source in the hospital
        ("An airstrike hit the hospital in Kobani, a source said.", ("Healthcare",)),
    ],
)
def test_where_a_source_works_is_not_what_was_hit(text: str, target: tuple[str, ...]) -> None:
    assert [one.target for one in read(text, published=DAY).claims] == [target]
