"""What stands for a place that no gazetteer knows; which of two gazetteers is believed of one place."""

import pytest

from tests.reading.posts import read
from witnessmark.reading.place_company import ranked
from witnessmark.reading.place_words import Hit
from witnessmark.terms.anchor import Span
from witnessmark.terms.place import PlaceCandidate, PlaceLevel


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        # shelling of the village of Samharan in the countryside of Aleppo; Samharan is near the town of Manbij
        ("قصف على قرية سمحران بريف حلب. وتقع قرية سمحران قرب مدينة منبج.", "Manbij"),
        # shelling of the villages of Manbij and Samharan in the countryside of Aleppo
        ("قصف على قرى منبج وسمحران بريف حلب.", "Manbij"),
        # shelling of the village of Samharan in the countryside of Aleppo
        ("قصف على قرية سمحران بريف حلب.", "Aleppo"),
    ],
)
def test_the_closest_thing_that_an_item_names_around_a_place_stands_for_it(text: str, holder: str) -> None:
    unknown = next(one for one in read(text).places if one.text == "سمحران")
    assert [one.name for one in unknown.candidates] == [holder]


def test_a_place_farther_than_a_towns_surroundings_is_another_of_its_name() -> None:
    # shelling of the town of Azaz in the countryside of Jarabulus, 90 km away
    found = read("قصف على قرية اعزاز بريف جرابلس").places[0]
    assert (found.why.rule, found.candidates[0].level) == ("places.named-by-type", "subdistrict")


def test_a_village_of_the_tables_needs_a_word_that_says_it_is_one() -> None:
    assert [one.text for one in read("قصف على قرية كنصفرة").places] == ["كنصفرة"]  # shelling of the village of Kansafra
    assert [one.text for one in read("كنصفرة جميلة").places] == []  # Kansafra is beautiful


def entry(ref: str, lat: float, level: PlaceLevel = "village") -> PlaceCandidate:
    return PlaceCandidate(id=ref, name=ref, name_ar=None, lat=lat, lon=37.0, level=level, country="SY", score=0.5)


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ((entry("places:x", 36.0), entry("register:1", 36.1)), {"register:1"}),
        ((entry("places:x", 36.0), entry("geonames:1", 36.1)), {"geonames:1"}),
        ((entry("places:x", 36.0), entry("register:1", 36.5)), {"places:x", "register:1"}),  # another of its name
        ((entry("places:x", 36.0, "town"), entry("register:1", 36.1)), {"places:x", "register:1"}),
        ((entry("places:x", 36.0), entry("register:1", 36.1, "province")), {"places:x", "register:1"}),
    ],
)
def test_a_village_of_the_tables_gives_way_to_one_close_by_that_another_gazetteer_lists(
    found: tuple[PlaceCandidate, ...], kept: set[str]
) -> None:
    hit = Hit(Span(passage=0, start=0, end=1), (0, 1), found, [], None)
    assert {one.id for one in ranked(hit, [hit], None)} == kept
