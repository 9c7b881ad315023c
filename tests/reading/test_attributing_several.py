"""Several sources of one thing: by-agents, lists after "such as", conjuncts, plurals; and what leads into a sentence."""

import pytest

from tests.reading.posts import read
from witnessmark.terms.statement import Statement


def said(text: str) -> list[Statement]:
    return [one for one in read(text).statements if one.source]


def who(text: str) -> list[str | None]:
    return [one.source for one in said(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "This event was mentioned by multiple sources such as Amal Radio, the Orchard, Karim Haddad and local source Wadi.",
            ["multiple sources", "Amal Radio", "the Orchard", "Karim Haddad", "local source Wadi"],
        ),
        (
            "Multiple sources, including local journalists Karim Haddad and Salma Nasser, reported that the market burned.",
            ["Multiple sources", "local journalists Karim Haddad", "Salma Nasser"],
        ),
        (
            "Several sources, including @Orchard and @WadiNews on Twitter/X, reported that ten people were killed.",
            ["Several sources", "@Orchard", "@WadiNews"],
        ),
        (
            "Amal Radio, amongst other sources, shared the image of the injured child.",
            ["Amal Radio", "other sources"],
        ),
        (
            "Amal Radio and Wadi News correspondents report that a market burned.",
            ["Amal Radio", "Wadi News correspondents"],
        ),
        (
            "Karim Haddad, Salma Nasser and the White Helmets said that the market burned.",
            ["Karim Haddad", "Salma Nasser", "White Helmets"],
        ),
        ("The victims were named by Wadi News as two nurses.", ["Wadi News"]),
        ("His death was also confirmed by Wadi News.", ["Wadi News"]),
        # the Observatory and the Civil Defence said that the shelling hit the market
        (
            "قال المرصد السوري والدفاع المدني السوري إن القصف استهدف السوق",
            ["Syrian Observatory for Human Rights", "White Helmets"],
        ),
    ],
)
def test_each_of_several_sources_is_one(text: str, expected: list[str]) -> None:
    assert who(text) == expected
    assert len({one.content for one in said(text)}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Roads and Labour said that the market burned.",
        "The Board of Labour of the Administration of North and East Valley (AONEV) said that the market burned.",
        "Relatives and neighbours said that the market burned.",
    ],
)
def test_one_name_and_unnamed_people_are_not_parted(text: str) -> None:
    assert len(said(text)) == 1


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("@Orchard provided the names of six of the dead.", "@Orchard"),
        ("A post from Karim Haddad added Salma Nasser to the list of those killed.", "A post from Karim Haddad"),
        ("Facebook user Karim Haddad identified the victim.", "Facebook user Karim Haddad"),
        ("Karim Haddad mourned the death of his brother.", "Karim Haddad"),
        ("Another relative, Karim Haddad, posted a list of the victims.", "Karim Haddad"),
        ("Another Facebook user, Karim Haddad, mourned the death of a friend.", "Karim Haddad"),
        ("Salma Nasser, 50, the aunt of the injured children, said that shells hit the tents.", "Salma Nasser"),
        ("At approximately 3.15PM Facebook user Karim Haddad identified the victim.", "Facebook user Karim Haddad"),
        ("On Tuesday, Karim Haddad said that the market burned down.", "Karim Haddad"),
        ("Shortly thereafter Karim Haddad said that the market burned down.", "Karim Haddad"),
        ("Following the incident @Orchard noted that bodies lay on the road.", "@Orchard"),
        ("An hour later the news agency reported that four people had died.", "the news agency"),
        # in this connection, the Syrian Observatory said that the shelling hit the market
        ("وفي السياق، قال المرصد السوري إن القصف استهدف السوق", "Syrian Observatory for Human Rights"),
        ("تبنى تنظيم داعش الهجوم على السوق", "ISIS"),  # ISIS took the attack on the market upon itself
        ("اعترف الجيش التركي بقصف السوق", "Turkish Military"),  # the Turkish army admitted shelling the market
        ("أقر الجيش التركي بمسؤوليته عن الهجوم على السوق", "Turkish Military"),  # … its responsibility for the attack
        ("وأشار مصدر طبي إلى أن القصف استهدف السوق", "مصدر طبي"),  # a medical source pointed out that …
        ("وقال طبيب في حديث لوكالة الوادي إن القصف استهدف السوق", "طبيب"),  # a doctor, speaking to an agency, said …
        # activists of the Observatory recorded heavy shelling of the market
        ("رصد نشطاء المرصد السوري قصفا عنيفا على السوق", "Syrian Observatory for Human Rights"),
        ("قال المكتب الإعلامي التابع لقوات سوريا الديمقراطية إن القصف استهدف السوق", "SDF / YPG"),
        ("وقال مصدر طبي لوكالة الوادي إن القصف استهدف السوق", "مصدر طبي"),  # a medical source told an agency …
    ],
)
def test_the_source_and_nothing_before_it(text: str, source: str) -> None:
    assert who(text) == [source]


@pytest.mark.parametrize(
    "text",
    [
        "No source identified the victim of the strike.",
        "Karim Haddad did not say that the market burned.",
        "Where sources identified the belligerent, it was not named.",
        "Karim Haddad provided the town with bread for a week.",
        "Two paramedics were injured by alleged Turkish strikes near the market.",
        "شارك مع أهالي البلدة في دفن ضحايا القصف",  # he took part with the people of the town in burying the dead
        "Warplanes hit a car, identified as a taxi, near the market.",
    ],
)
def test_who_says_nothing_is_no_source(text: str) -> None:
    assert who(text) == []


def test_a_speaker_named_between_two_halves_says_both() -> None:
    (found,) = said("The strike, Karim Haddad claimed, caused four deaths.")
    assert (found.source, found.content.start) == ("Karim Haddad", 0)


def test_one_person_named_twice_is_one_source() -> None:
    text = "Facebook user Karim Haddad said that a market burned. Karim Haddad added that a bakery burned too."
    assert len(set(who(text))) == 1


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Residents said that the market burned.", True),
        ("All sources attributed the strike to Turkish forces.", True),
        ("Numerous Twitter/X accounts posted images of the injured.", True),
        ("A witness said that the market burned.", False),
        ("Wadi News correspondents said that the market burned.", False),
        ("أفادت مصادر محلية بمقتل ثلاثة مدنيين في القصف", True),  # local sources reported three civilians killed …
        ("بحسب وسائل إعلام محلية قتل ثلاثة مدنيين في القصف على السوق ظهر يوم أمس", True),  # according to local media …
        ("تداول ناشطون صورا للمصابين في السوق", True),  # activists passed on pictures of the injured in the market
        ("قال شاهد إن القصف استهدف السوق", False),  # a witness said …
    ],
)
def test_unnamed_sources_in_the_plural_are_marked(text: str, several: bool) -> None:
    assert [one.source_several for one in said(text)] == [several]
