"""Tolls as posts and investigators write them: glued digits, his death, people told again, vague words."""

import pytest

from tests.reading.posts import read, tolls

Row = tuple[object, ...]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وأصيب11 مدنيا", [("injured", "civilians", 11, 11)]),  # and11 civilians were wounded: digits glued to the word
        ("استشهد 5مدنيين", [("killed", "civilians", 5, 5)]),
        ("بلغ عدد الضحايا 12 فقيدا", [("killed", "unstated", 12, 12)]),  # twelve lost ones
        (
            "استشهد مدنيان هما أب وابنه",
            [("killed", "civilians", 2, 2), ("killed", "unstated", 2, 2, "part")],
        ),  # two, father and son
        ("مقتل أب وابنه", [("killed", "unstated", 2, 2)]),
        (
            "هوية المدني الذي استشهد أمس",
            [("killed", "civilians", 1, None)],
        ),  # the civilian who was martyred: one of them
        ("استشهاد إحدى إدارياته", [("killed", "unstated", 1, 1)]),  # one of its officials, a word no table knows
        ("استهدفت الطائرة شخصا ما أدى إلى مقتله", [("killed", "unstated", 1, 1)]),  # which led to his death
        ("إصابة شاب ونقله إلى مشفى الشهيدة سلمى", [("injured", "men", 1, 1)]),  # Martyr Salma Hospital
        ("سالم أب لثلاثة أطفال استشهد في الغارة", [("killed", "unstated", 1, 1)]),  # a father of three children
        ("لا سيما بعد مقتل خمسة مدنيين", [("killed", "civilians", 5, 5)]),  # "especially", which begins with "no"
        ("قتل كثير من المدنيين", [("killed", "civilians", 5, 10)]),  # many
        ("أصيب عدد كبير من المدنيين", [("injured", "civilians", 12, 24)]),  # a large number
        # 35 struck, dead and hurt: the share of each is not said
        ("35 إصابة بين شهيد وجريح", [("killed", "unstated", None, None), ("injured", "unstated", None, None)]),
        # dead and wounded in the ranks of the army: both in its ranks
        ("قتلى وجرحى في صفوف الجيش", [("killed", "combatants", None, None), ("injured", "combatants", None, None)]),
        ("اعتقلوا شابا وتم قتله", [("killed", "men", 1, 1)]),  # detained, and he was killed
        ("أربعة قتلى من قسد", [("killed", "combatants", 4, 4)]),  # four dead of the SDF
    ],
)
def test_arabic_as_posts_write_it(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Six people were killed and dozens of others were wounded.", [("killed", "unstated", 6, 6), ("injured", "unstated", 12, 24)]),
        ("A source said “dozens” were injured.", [("injured", "unstated", 12, 24)]),
        ("At least 21 civilians, members of one family, were killed.", [("killed", "civilians", 21, None)]),
        ("The shell killed at least three civilians – a mother and her sons – on Friday.", [("killed", "civilians", 3, None), ("killed", "women", 1, 1, "part"), ("killed", "unstated", None, None, "part")]),
        ("Dozens of others, including two women, were injured.", [("injured", "unstated", 12, 24), ("injured", "women", 2, 2, "part")]),
        ("Ten, including two women, were injured.", [("injured", "unstated", 10, 10), ("injured", "women", 2, 2, "part")]),
        ("She mourned the death of her brother.", [("killed", "unstated", 1, None)]),  # nobody says that no others died
        ("It killed a man and his son.", [("killed", "unstated", 2, 2), ("killed", "men", 1, 1, "part"), ("killed", "unstated", 1, 1, "part")]),
        ("The victims included six children.", [("killed", "unstated", None, None), ("killed", "children", 6, 6, "part"), ("injured", "unstated", None, None), ("injured", "children", 6, 6, "part")]),
    ],
)  # fmt: skip
def test_people_told_again_are_no_further_people(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected
