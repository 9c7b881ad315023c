"""Parties, agencies and epithets in the role the words give them; weapons in their slots."""

import pytest

from tests.reading.posts import post, read, words

Role = tuple[str | None, str]


def roles(text: str) -> list[Role]:
    return [(one.actor, one.role) for one in read(text).actors]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Turkish army shelled the village.", [("turkish-military", "accused")]),
        ("The village was shelled by Turkish forces.", [("turkish-military", "accused")]),
        ("A Russian airstrike hit the market.", [("russian-military", "accused")]),
        ("SANA claimed that rebels shelled the village.", [("sana", "speaker"), ("opposition", "accused")]),
        ("Amaq said ISIS fighters attacked the town.", [("amaq", "speaker"), ("isis", "accused")]),
        ("The Syrian Observatory for Human Rights was founded in 2006.", [("sohr", "named")]),
        ("قصفت القوات التركية القرية", [("turkish-military", "accused")]),  # Turkish forces shelled the village
        ("قُصفت القرية من قبل الجيش التركي", [("turkish-military", "accused")]),  # … was shelled by the Turkish army
        ("غارة روسية على السوق", [("russian-military", "accused")]),  # a Russian strike on the market
        ("نفى الجيش التركي قصف القرية", [("turkish-military", "speaker")]),  # the Turkish army denied shelling …
        ("Turkish-backed forces shelled the village.", [("turkish-backed-forces", "accused")]),
    ],
)
def test_roles(text: str, expected: list[Role]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A pro-ISIS user wrote about the market.",
        "An anti-ISIS fighter spoke.",
        "Former SDF members spoke.",
        "Shells fell on the SDF-held town.",
        "The Turkish president visited the market.",
        "The Russian tea was cold.",
    ],
)
def test_somebody_else_is_meant(text: str) -> None:
    assert roles(text) == []


@pytest.mark.parametrize(
    ("text", "epithet", "actor"),
    [
        ("The infidels bombed the town.", "The infidels", None),
        ("قصف الاحتلال البلدة", "الاحتلال", None),  # the occupation shelled the town
        ("The mercenaries shelled the village.", "The mercenaries", "turkish-backed-forces"),
    ],
)
def test_an_epithet_is_kept_as_the_speakers_word(text: str, epithet: str, actor: str | None) -> None:
    (found,) = read(text).actors
    assert (found.epithet, found.text, found.actor, found.role) == (True, epithet, actor, "accused")


def test_the_label_is_airwars_where_it_has_one() -> None:
    found = read("The Turkish army shelled the village, Amnesty International said.").actors
    assert [one.label for one in found] == ["Turkish Military", None]


def test_an_agency_is_never_accused_by_standing_near_a_deed() -> None:
    assert roles("Amaq bombed headlines at noon.") == [("amaq", "named")]


def test_whom_an_attack_was_on_is_its_target() -> None:
    assert roles("An attack on the SDF killed four.") == [("ypg", "target")]


def test_a_base_that_was_hit_makes_no_accused() -> None:
    assert roles("استهدفت غارة جوية مقرا لداعش") != [("isis", "accused")]  # an airstrike hit a base of ISIS


def test_both_alternatives_are_blamed() -> None:
    text = "Russian or Syrian regime warplanes bombed the market."
    assert roles(text) == [("russian-military", "accused"), ("syrian-regime", "accused")]


def test_actors_stand_where_their_words_are() -> None:
    text = "قصفت القوّات التركيّـة القرية. The U.S.-led coalition bombed the town."  # Turkish forces shelled the village
    found = read(text).actors
    assert [one.text for one in found] == [words(post(text), one.span) for one in found]
    assert len(found) == 2
    assert all(one.why.entries for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("White phosphorus fell on homes.", [("weapon", "white phosphorus"), ("target", "Residential")]),
        ("Warplanes bombed a school.", [("delivery", "Airstrike"), ("target", "Education")]),
        ("قصف مدفعي على مشفى", [("delivery", "Artillery"), ("target", "Healthcare")]),  # artillery fire on a hospital
        ("انفجار لغم أرضي بسيارة", [("weapon", "landmine"), ("target", "Vehicle")]),  # a landmine exploded under a car
        ("A second strike came without warning.", [("observation", "Double Tap Strike"), ("observation", "No Warning")]),
        ("ألقت مروحية براميل متفجرة", [("delivery", "Airstrike"), ("delivery", "Airstrike"), ("weapon", "barrel bomb")]),
        ("Nothing of the kind.", []),
    ],
)  # fmt: skip
def test_weapons_fill_slots_of_their_own(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.slot, one.label) for one in read(text).weapons] == expected


def test_a_weapon_in_furniture_is_none() -> None:
    text = "The mayor opened the new bridge over the river today, and children sang songs all morning.\nRelated Articles\nAirstrike"
    assert read(text).weapons == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The school was used by ISIS as a store.", [("isis", "named")]),  # not every "by" names who did harm
        ("A video posted by ISIS showed smoke.", [("isis", "speaker")]),
        ("Four people were killed by ISIS.", [("isis", "accused")]),
        ("An airstrike on the market by Turkish forces killed four.", [("turkish-military", "accused")]),
        ("White phosphorus used by Turkish forces burned two homes.", [("turkish-military", "accused")]),
        ("The ISIS fighter was reportedly hit.", [("isis", "named")]),  # an adverb does not make a passive active
        ("Turkish forces used the school as a base.", [("turkish-military", "named")]),
        ("Turkish forces used cluster munitions.", [("turkish-military", "accused")]),
        ("The strike hit ISIS positions near the river.", [("isis", "target")]),
        ("غارة على قسد", [("ypg", "target")]),  # a raid on the SDF
    ],
)
def test_by_and_what_stands_around_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the Turkish occupation shelled Kobani. The occupation's planes bombed it, too
        ("قصف الاحتلال التركي كوباني. قصفت طائرات الاحتلال القرية.", ["turkish-military", "turkish-military"]),
        ("قصفت قوات الاحتلال مدينة غزة", ["israeli-military"]),  # the occupation's forces shelled Gaza City
        ("قصفت قوات الاحتلال كوباني", [None]),  # … Kobani: whom the word means there is the speaker's to say
    ],
)
def test_whom_an_epithet_means_is_the_texts_own_word_or_the_countrys(text: str, expected: list[str | None]) -> None:
    assert [one.actor for one in read(text).actors] == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("An alleged Turkish airstrike on a house killed four.", "accused"),  # the name holds the deed
        ("All sources attributed the strikes to Turkish forces.", "accused"),
        ("Many blamed the strikes on Turkish forces.", "accused"),
        ("Many blamed Turkish forces.", "accused"),
        ("He spoke to Turkish forces.", "named"),
    ],
)
def test_whom_a_deed_is_laid_to(text: str, role: str) -> None:
    assert [one.role for one in read(text).actors] == [role]


@pytest.mark.parametrize(
    "text",
    [
        "US-made munitions were likely used in the strike.",  # who made a weapon did not fire it
        "Turkish shelling hit the Jordanian hospital.",  # in English an adjective belongs to what follows it
    ],
)
def test_a_nationality_beside_the_deed_of_another_accuses_nobody(text: str) -> None:
    assert {one.actor for one in read(text).actors if one.role == "accused"} <= {"turkish-military"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "القوات التركية تقصف القرية",
            [("turkish-military", "accused")],
        ),  # Turkish forces shell the village: subject first
        ("قسد تستهدف مدينة منبج", [("ypg", "accused")]),
        # Turkish forces and the factions loyal to them shelled the village
        ("القوات التركية والفصائل الموالية لها قصفت القرية", [("turkish-military", "accused")]),
        # … struck regime forces: subject, verb, object; and verb, subject, object
        ("الجيش الوطني استهدف قوات النظام", [("turkish-backed-forces", "accused"), ("syrian-regime", "target")]),
        ("استهدف الجيش الوطني قوات النظام", [("turkish-backed-forces", "accused"), ("syrian-regime", "target")]),
        ("طائرة مسيرة استهدفت قوات النظام", [("syrian-regime", "target")]),  # a drone struck regime forces
        ("قصفت القوات الروسية وقوات النظام البلدة", [("russian-military", "accused"), ("syrian-regime", "accused")]),
        ("قصف للقوات الحكومية على البلدة", [("syrian-regime", "accused")]),  # shelling by (li + the) government forces
    ],
)
def test_arabic_subjects_stand_before_their_verb_too(text: str, expected: list[Role]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # shelling from the areas that the SDF controls; from SDF-controlled areas; by the bullets of SDF men
        ("قصف صاروخي من المناطق التي تسيطر عليها قسد على البلدة", [("ypg", "accused")]),
        ("قصف مصدره مناطق سيطرة قسد على البلدة", [("ypg", "accused")]),
        ("قتل مدني برصاص عناصر قسد", [("ypg", "accused")]),
        ("قصف البلدة الخاضعة لسيطرة قسد", [("ypg", "target")]),  # shelled the town held by the SDF
    ],
)
def test_whence_fire_comes_accuses_whoever_holds_it(text: str, expected: list[Role]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "غارة قتلت أحد متزعمي داعش",  # a strike killed one of the ringleaders of ISIS
        "غارة استهدفت قياديا بارزا في داعش",  # … struck a leading man of ISIS
        "مقتل شاب متهم بالانتماء إلى داعش في غارة",  # a young man accused of belonging to ISIS
        "مقتل شخصين يعتقد أنهم من داعش في غارة",  # two people thought to be of ISIS
        "Six ISIS members killed near the town.",
    ],
)
def test_whom_the_dead_are_said_to_belong_to_did_not_kill_them(text: str) -> None:
    assert ("isis", "accused") not in roles(text)


def test_a_source_before_a_comma_is_no_subject() -> None:
    text = "بحسب وكالة هاوار، استهدف الجيش التركي القرية"  # according to ANHA, the Turkish army struck the village
    assert ("turkish-military", "accused") in roles(text)
