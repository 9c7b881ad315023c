"""Places: names that wording lets be places, their containers and roles, and words that are only like a place's name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.posts import post, read, words
from witnessmark.terms.place import PlaceMention

ROOT = Path(__file__).resolve().parents[2]


def of(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.role) for one in read(text).places]


def one(text: str) -> PlaceMention:
    (found,) = read(text).places
    return found


@pytest.mark.parametrize(
    ("text", "level", "entry"),
    [
        ("Shells hit the city of Raqqa.", "city", "Ar Raqqah"),
        ("قصف على مدينة الموصل", "city", "Mosul"),  # shelling of the city of Mosul
        ("قصف على سد تشرين", "landmark", "Tishreen Dam"),  # shelling of the dam, which is no month and no village
        ("قصف على بلدة كوباني", "town", "Kobani"),  # … of the town of Kobani
        ("قصف على بلدة الباب", "city", "Al Bāb"),  # … of the town of al-Bab: city and town are used loosely
    ],
)
def test_the_best_candidate_of_a_typed_name(text: str, level: str, entry: str) -> None:
    best = one(text).candidates[0]
    assert (best.name, best.level) == (entry, level)


@pytest.mark.parametrize("text", ["Shells hit Raqqa province.", "قصف على محافظة الرقة"])  # the province of Raqqa
def test_called_a_province_it_is_one(text: str) -> None:
    assert one(text).candidates[0].level == "province"


@pytest.mark.parametrize(
    ("text", "words_"),
    [
        ("سقطت قذائف بالرقة", "الرقة"),  # in Raqqa, the preposition written together with it
        ("سقطت قذائف على الرقّة", "الرقّة"),  # on Raqqa, with a vowel mark
        ("سقطت قذائف على الرقه", "الرقه"),  # … with ha for ta marbuta
        ("#الرقة تحت القصف", "الرقة"),  # #Raqqa under fire
        ("Shells hit Khan Shaykhoun.", "Khan Shaykhoun"),
    ],
)
def test_spellings_of_one_name(text: str, words_: str) -> None:
    assert [found.text for found in read(text).places] == [words_]


@pytest.mark.parametrize(
    ("text", "inner", "outer"),
    [
        ("غارة على بلدة الباب بريف حلب", "الباب", "حلب"),  # a strike on al-Bab in the countryside of Aleppo
        ("Two died in Khan Sheikhoun, Idlib province.", "Khan Sheikhoun", "Idlib"),
        ("Two died in Kobani in Aleppo province.", "Kobani", "Aleppo"),
    ],
)
def test_a_container_is_no_scene(text: str, inner: str, outer: str) -> None:
    places = read(text).places
    assert [(found.text, found.role) for found in places] == [(inner, "scene"), (outer, "container")]
    assert places[0].within == 1
    assert places[0].candidates[0].country == "SY"


def test_siblings_share_what_contains_them() -> None:
    places = read("قصف على كوباني ومنبج بريف حلب").places  # shelling of Kobani and Manbij in the countryside of Aleppo
    assert [found.role for found in places] == ["scene", "scene", "container"]
    assert {found.within for found in places[:2]} == {2}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("RAQQA — Shells hit a market at noon.", "dateline"),
        ("الرقة - سقطت قذائف على السوق", "dateline"),  # Raqqa - shells fell on the market
        ("Warplanes stationed in Damascus bombed the town.", "origin"),
        ("The wounded were taken to Damascus.", "origin"),
        ("Shells hit the market in Damascus.", "scene"),
    ],
)
def test_roles(text: str, role: str) -> None:
    assert one(text).role == role


@pytest.mark.parametrize(
    "text",
    [
        "فتح الباب ودخل المقاتلون",  # he opened the door and the fighters went in
        "Nice people came. Police and Media were there.",
        "The bride wore white and the reading was long.",
        "the raqqa market",  # a Latin name without its capital
        "Abu Ali Idlibi spoke.",
        "Amnesty International and Human Rights Watch spoke.",
        "In May and on Sunday they came.",
        "انفجار في السيارة",  # an explosion in the car
    ],
)
def test_words_that_are_no_place(text: str) -> None:
    assert of(text) == []


@pytest.mark.parametrize("text", ["Ashraf Aleppo Haddad was killed.", "Sara Homs spoke to the agency."])
def test_a_name_inside_a_persons_name_is_no_place(text: str) -> None:
    assert of(text) == []


def test_a_party_named_after_a_place_is_no_place() -> None:
    assert of("قالت وكالة الأناضول إن القصف مستمر") == []  # Anadolu Agency said the shelling went on
    assert of("“Raqqa Is Being Slaughtered Silently” wrote that shells fell.") == []


def test_a_country_alone_is_only_mentioned() -> None:
    assert of("Shells fell in Syria.") == [("Syria", "mention")]


def test_other_places_of_the_item_weigh_in() -> None:
    text = "قصف على بلدة المنصورة"  # shelling of the town of al-Mansura
    alone = {found.id: found.score for found in one(text).candidates}
    among = read(f"{text}. قصف على كوباني. قصف على منبج.").places[0].candidates  # … and of Kobani, and of Manbij
    syrian = next(found for found in among if found.country == "SY")
    assert "in the country most places of this item lie in" in syrian.reasons
    assert all(found.score <= alone[found.id] for found in among if found.country == "EG")


def test_a_latin_name_with_its_article_is_spelled_as_in_the_gazetteer() -> None:
    found = list(read("Shells hit Al-Mansoura and Ar-Raqqah.").places)
    assert [place.text for place in found] == ["Al-Mansoura", "Ar-Raqqah"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Shells hit the home of the Ismail family in Nuseirat.", ["Nuseirat"]),
        ("Shells hit Yarmouk Street in Gaza City.", ["Gaza City"]),
        ("Shells hit the Amman Primary School in Nuseirat.", ["Nuseirat"]),
        ("Shells hit Samara (سمارة) Street in Nuseirat.", ["Nuseirat"]),
        ("سقطت قذائف على شارع بغداد في كوباني", ["كوباني"]),  # shells fell on Baghdad Street in Kobani
        ("سقطت قذائف على مدرسة عمان في كوباني", ["كوباني"]),  # … on Amman School in Kobani
        ("نعت عائلة الرياض أبناءها في كوباني", ["كوباني"]),  # the Riyad family mourned its sons in Kobani
        ("Shells hit Qizan Al-Zarhal, south of Khan Younis.", ["Qizan Al-Zarhal", "Khan Younis"]),
    ],
)
def test_a_name_that_something_else_bears_is_no_place(text: str, left: list[str]) -> None:
    assert [found.text for found in read(text).places] == left


def test_a_hospital_may_stand_in_the_town_whose_name_it_bears() -> None:
    assert [found.text for found in read("Shells hit the Manbij hospital. Kobani was quiet.").places] == ["Kobani"]
    assert of("Shells hit the Manbij hospital.") == [("Manbij", "scene")]
    assert of("Shells hit the Manbij hospital, and a mill in Manbij.")[0] == ("Manbij", "scene")


def test_a_familys_name_is_theirs_wherever_no_word_calls_it_a_place() -> None:
    text = "Shells hit the Ismail family in Nuseirat. Relatives mourned Ismail. A shell fell in Ismail."
    assert [found.text for found in read(text).places] == ["Nuseirat", "Ismail"]


def test_a_place_that_keeps_no_company_is_only_mentioned() -> None:
    text = "سقطت قذائف على كوباني. سقطت قذائف على منبج. وقال سمارة إنه نجا."  # shells on Kobani, on Manbij; Samara said he lived
    *scenes, stray = read(text).places
    assert [found.role for found in scenes] == ["scene", "scene"]
    assert (stray.role, stray.why.rule) == ("mention", "places.stray")
    assert any("in a country it speaks of nowhere else" in reason for reason in stray.candidates[0].reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Kobani and Manbij. They fled to the Jordanian town of Irbid.",
        "Shells hit Kobani and Manbij. They spoke in Baghdad, and left Iraq.",
        "Shells hit Kobani and Manbij. They spoke to the city of Irbid.",
    ],
)
def test_a_far_place_that_the_text_vouches_for_is_no_stray(text: str) -> None:
    assert {found.why.rule for found in read(text).places} == {"places.named"}


def test_of_two_places_of_one_name_the_one_in_company_is_meant() -> None:
    first = read("Shells hit Rafah. Shells hit Nuseirat and Gaza City.").places[0].candidates[0]
    assert first.country == "PS"


def test_a_countrys_own_name_is_no_village_abroad() -> None:
    assert {found.level for found in one("Shells fell in Palestine.").candidates} == {"country"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قصفت الطائرات قرية سمحران", "سمحران"),  # planes bombed the village of Samharan
        ('قصفت الطائرات قرية "سمحران العليا"', "سمحران العليا"),  # … of "Upper Samharan"
        ("قصفت الطائرات بلدة تل سمحران", "تل سمحران"),  # … the town of Tell Samharan
        ("Shells hit the village of Samharan.", "Samharan"),
        ("Shells hit Tell Al-Samharan village.", "Tell Al-Samharan"),
    ],
)
def test_a_word_of_place_makes_an_unknown_name_a_place_in_words(text: str, name: str) -> None:
    found = one(text)
    assert (found.text, found.role, found.candidates, found.why.rule) == (name, "scene", (), "places.named-by-type")


@pytest.mark.parametrize(
    "text",
    [
        "قصفت الطائرات قرية صغيرة",  # a small village
        "قصفت الطائرات القرية كلها",  # the whole village
        "Shells hit another village, and the village of his fathers.",
        "Syrian villages were shelled.",
    ],
)
def test_a_word_of_place_without_a_name_makes_none(text: str) -> None:
    assert of(text) == []


@pytest.mark.parametrize(
    ("text", "role", "level", "name"),
    [
        (
            "قصفت الطائرات قرية سمحران قرب منبج",
            "mention",
            "subdistrict",
            "Manbij",
        ),  # the village of Samharan near Manbij
        ("قصفت الطائرات قرية سمحران بريف حلب", "container", "province", "Aleppo"),  # … in the countryside of Aleppo
        ("Shells hit the Samharan neighbourhood in Gaza City.", "container", "city", "Gaza"),
    ],
)
def test_what_contains_an_unknown_place_stands_for_it_as_coarse_as_it_is(
    text: str, role: str, level: str, name: str
) -> None:
    unknown, around = read(text).places
    (best,) = unknown.candidates
    assert (unknown.role, around.role, unknown.within) == ("scene", role, 1)
    assert (best.name, best.level) == (name, level)
    assert "no gazetteer in use knows" in best.reasons[0]


def test_an_unknown_village_is_no_town_of_its_name_abroad() -> None:
    text = "A strike hit the Ma'an area, east of Khan Younis. Shells hit Nuseirat."
    assert {found.country for found in read(text).places[0].candidates} == {"PS"}


def test_the_scene_of_a_claim_is_the_village_and_not_its_town() -> None:
    text = "قصفت طائرات حربية قرية سمحران قرب منبج، وقتل ثلاثة مدنيين."  # warplanes bombed Samharan near Manbij; three died
    (claim,) = read(text).claims
    assert claim.place
    assert claim.place.text == "سمحران"


def test_a_denial_of_harm_lies_where_it_says() -> None:
    text = "Two civilians were killed in shelling of Manbij on 3 May 2018. No one was killed in Kobani."
    denied = [claim.place.text for claim in read(text).claims if claim.polarity == "denied" and claim.place]
    assert denied == ["Kobani"]


def test_candidates_do_not_hang_on_the_hash_seed() -> None:
    program = (
        "from tests.reading.posts import read\n"
        "print([c.id for c in read('قصف على مدينة الرقة').places[0].candidates])"  # shelling of the city of Raqqa
    )
    said = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)}, cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
        for seed in range(8)
    }  # fmt: skip
    assert len(said) == 1


def test_candidates_stand_best_first_each_with_its_reasons() -> None:
    for found in read("Shells hit Raqqa, Mosul and Aleppo, and the village of Kobani.").places:
        scores = [candidate.score for candidate in found.candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(candidate.reasons for candidate in found.candidates)


def test_places_stand_where_their_words_are() -> None:
    text = "قصف على مدينة الرَّقّـة، وعلى كوباني. Shells hit Deir ez-Zor."  # shelling of Raqqa and of Kobani
    found = read(text).places
    assert [place.text for place in found] == [words(post(text), place.span) for place in found]
    assert len(found) == 3


def test_furniture_names_no_scene() -> None:
    text = "Shells fell on the market at noon today and three shops burned to the ground.\nRelated Articles\nFire in Aleppo"
    assert of(text) == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Dozens of families fled from Saraqib to Azaz.", ["origin", "origin"]),
        (
            "نُقل الجرحى للموصل بعد انفجار لغم في سنجار.",
            ["origin", "scene"],
        ),  # the injured were taken to Mosul after a mine in Sinjar
        ("Shelling was reported about 10 km north of Raqqa.", ["mention"]),
        ("داهمت قوات بلدة حوارة جنوب نابلس.", ["scene", "mention"]),  # forces raided the town of Huwara south of Nablus
        ("In Maaret al-Numan, Idlib province, a market was hit.", ["scene", "container"]),
        ("BEIRUT, 4 May — Two people were wounded in Tripoli.", ["dateline", "scene"]),
        ("Jets hit targets in Manbij and Jarablus.", ["scene", "scene"]),
    ],
)
def test_what_a_place_is_named_for(text: str, roles: list[str]) -> None:
    assert [one.role for one in read(text).places] == roles


def test_a_name_of_doubtful_wording_is_a_place_only_beside_one() -> None:
    assert [one.text for one in read("Jets hit Manbij and Jarablus.").places] == ["Manbij", "Jarablus"]
    assert [one.text for one in read("He met Jarablus there.").places] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصف على حي الوعر بحمص", [("الوعر", "scene"), ("حمص", "container")]),  # the quarter of al-Waer in Homs
        ("An air strike hit Rafah in the Gaza Strip.", [("Rafah", "scene"), ("the Gaza Strip", "container")]),
        ("وصول ثلاثة مصابين لعين عيسى بعد قصف سلوك", [("عين عيسى", "origin")]),  # three wounded reach Ain Issa
        ("Troops entered Saraqeb at noon.", [("Saraqeb", "scene")]),
        ("Jasim al-Hariri was abducted in Inkhil.", [("Inkhil", "scene")]),  # a given name, and a town's
    ],
)
def test_what_holds_a_place_and_where_the_wounded_go(text: str, expected: list[tuple[str, str]]) -> None:
    assert of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A stretch between two towns lies in neither; a town from which the way is told is none.
        ("A mine exploded on the road between Raqqa and Hama.", [("Raqqa", "mention"), ("Hama", "mention")]),
        ("قصف على بلدة مارع شمال حلب", [("مارع", "scene"), ("حلب", "mention")]),  # Mare' north of Aleppo
        # A city holds its quarter, a country what happened in it where it is named to say so.
        ("In Mosul, shells fell on the Zanjili neighbourhood.", [("Mosul", "container"), ("Zanjili", "scene")]),
        ("قصف على مدينة الرقة #سوريا", [("الرقة", "scene"), ("سوريا", "container")]),  # shelling of Raqqa, #Syria
        ("سوريا | الرقة: قصف مدفعي", [("سوريا", "container"), ("الرقة", "scene")]),  # Syria | Raqqa: artillery fire
        # What is fired from a place comes from it; what is fired at one does not.
        (
            "إطلاق صاروخ من صعدة باتجاه مدينة مأرب",
            [("صعدة", "origin"), ("مأرب", "scene")],
        ),  # a rocket from Saada at Marib
        ("BAGHDAD (agency) - Shells hit Baiji.", [("BAGHDAD", "dateline"), ("Baiji", "scene")]),
        # One word for "and then", written together with the name behind it.
        ("قصف على حمص فحماة", [("حمص", "scene"), ("حماة", "scene")]),  # shelling of Homs and then Hama
    ],
)
def test_how_the_places_of_a_sentence_stand_to_each_other(text: str, expected: list[tuple[str, str]]) -> None:
    assert of(text) == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Moscow denies that shells hit Kafr Zita.", ["Kafr Zita"]),
        ("دمشق تتهم أنقرة بقصف تل تمر", ["تل تمر"]),  # Damascus accuses Ankara of shelling Tell Tamer
        ("قالت السفيرة إن القصف طال مدينة الباب", ["الباب"]),  # the ambassador said …; as-Safira is also a town
        ("غارات تدمر مدرسة في مدينة دوما", ["دوما"]),  # strikes destroy a school …; Palmyra is written the same
    ],
)
def test_a_government_and_an_ordinary_word_are_no_place(text: str, left: list[str]) -> None:
    assert [found.text for found in read(text).places] == left


def test_a_list_after_villages_goes_on() -> None:
    """Shelling of the villages of Zarhal, Kafr Durman and Qunbar in the countryside of Aleppo."""
    assert [name for name, _ in of("قصف على قرى زرحال وكفر درمان وقنبار بريف حلب")][:3] == [
        "زرحال",
        "كفر درمان",
        "قنبار",
    ]


def test_the_possessive_is_no_letter_of_a_country() -> None:
    assert ("Syria", "container") in of("In Syria's Aleppo province, shells hit Mare'.")


def test_a_name_with_an_article_in_it_is_found_in_another_transliteration() -> None:
    # the gazetteer has "Jisr ash Shughūr", and other places called Jisr
    found = read("An airstrike hit Jisr al-Shughur in Idlib.").places
    assert [one.text for one in found if one.candidates and one.role == "scene"] == ["Jisr al-Shughur"]
