"""Names that mean another place than they seem, or none: persons', outlets', governments', and other spellings."""

import pytest

from tests.reading.posts import read
from tests.reading.test_places import of, one


@pytest.mark.parametrize(
    "text",
    [
        'قصف على منزل "سالم الرقة زيدان" في القرية',  # shelling of the house of "Salim al-Raqqa Zaydan" in the village
        'قال موقع "منبج نيوز" إن القصف مستمر',  # the site "Manbij News" said that the shelling went on
    ],
)
def test_a_name_beside_others_in_quotation_marks_is_no_place(text: str) -> None:
    assert of(text) == []


def test_a_place_in_quotation_marks_stays_one() -> None:
    assert of('قصف على "مدينة منبج" وقرب سد "تشرين"') == [("منبج", "scene"), ('سد "تشرين', "scene")]
    # shelling of "the city of Manbij" and near the dam of "Tishreen"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "نقل الجرحى على إثرها إلى مشفى في مدينة الرقة",
            {"الرقة"},
        ),  # the hurt were taken to a hospital in the city of Raqqa
        ("نقل الجرحى إلى مستشفيات الرقة ومنبج", {"الرقة", "منبج"}),  # … to hospitals of Raqqa and Manbij
    ],
)
def test_places_whither_people_are_brought_are_no_scenes(text: str, names: set[str]) -> None:
    assert {found.text for found in read(text).places if found.role == "origin"} == names


def test_a_dam_keeps_its_name_behind_a_letter() -> None:
    assert one("القصف التركي لسد تشرين").candidates[0].name == "Tishreen Dam"  # the Turkish shelling of the dam


def test_a_first_word_joined_to_the_next() -> None:
    assert one("قصف على مدينة ديرالزور").candidates[0].name == "Deir ez-Zor"  # shelling of the city of Deir ez-Zor


def test_what_lies_around_a_town_is_as_coarse_as_that() -> None:
    assert one("قصف على ريف منبج").candidates[0].level == "subdistrict"  # shelling of the countryside of Manbij
    assert one("قصف على مدينة منبج").candidates[0].level == "town"


def test_the_city_of_a_name_is_not_its_province() -> None:
    assert {found.level for found in one("قصف على مدينة إدلب").candidates} == {"city"}


def test_a_place_far_from_what_holds_it_is_another_of_its_name() -> None:
    found = read("قصف على بلدة منبج بريف درعا").places[0]  # shelling of the town of Manbij in the countryside of Daraa
    assert (found.why.rule, found.candidates[0].name) == ("places.named-by-type", "Daraa")


def test_another_spelling_of_a_place_around_the_town_that_holds_it() -> None:
    found = read("قصف على بلدة جنديريس قرب مدينة عفرين").places[
        0
    ]  # shelling of Jindires, near Afrin, with a letter more
    assert abs((found.candidates[0].lat or 0) - 36.39) < 0.05


def test_a_seat_of_government_abroad_is_no_scene() -> None:
    text = "قصف على منبج. قصف على كوباني. وعلى طهران أن توقف ذلك."  # … and Tehran must stop that
    assert ("طهران", "scene") not in of(text)


def test_a_country_that_acts_is_not_where_it_was() -> None:
    found = read("Turkey often hits targets in Syria; two men were killed.")
    assert [one.why.rule for one in found.places] == ["places.stray", "places.named"]
    assert [one.place.text for one in found.claims if one.place] == ["Syria"]


def test_where_the_dead_hail_from_is_no_scene() -> None:
    # killed in the town of Manbij; he hails from the town of Kobani
    assert of("قتل رجل في مدينة منبج. وينحدر الرجل من مدينة كوباني.") == [("منبج", "scene"), ("كوباني", "origin")]
