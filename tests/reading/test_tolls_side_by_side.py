"""Tolls of people told side by side: whose word it is, what sums up, what a figure was before, and the named among them."""

import pytest

from tests.reading.posts import read, tolls

Row = tuple[object, ...]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The strike killed about ten people, a school teacher said.", [("killed", "unstated", 10, 10)]),
        ("The strike killed ten people, two residents and a medic told a reporter.", [("killed", "unstated", 10, 10)]),
        ("The strike killed ten people, a doctor at the clinic said.", [("killed", "unstated", 10, 10)]),
        ("A resident said two children were killed.", [("killed", "children", 2, 2)]),
        ("A teacher told the reporter that a child was killed.", [("killed", "children", 1, 1)]),
    ],
)
def test_who_says_so_is_not_harmed(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three families, 14 people in all, were killed.", [("killed", "civilians", 14, 14)]),
        ("Three families, 14 in all, were killed.", [("killed", "civilians", 14, 14)]),
        ("Two families, 11 people in total, were killed.", [("killed", "civilians", 11, 11)]),
        ("The strike killed three families, a total of 14 people.", [("killed", "civilians", 14, 14)]),
        ("The strike killed two women and three children, five people in all.", [("killed", "unstated", 5, 5), ("killed", "women", 2, 2, "part"), ("killed", "children", 3, 3, "part")]),
    ],
)  # fmt: skip
def test_a_total_is_not_added(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The death toll rose from four to nine.", [("killed", "unstated", 9, 9)]),
        ("The number of those killed rose from 4 to 9.", [("killed", "unstated", 9, 9)]),
        ("The death toll rose from four people to nine people.", [("killed", "unstated", 9, 9)]),
        ("The death toll was revised from nine to four.", [("killed", "unstated", 4, 4)]),
        ("The number of the wounded rose from 10 to 15.", [("injured", "unstated", 15, 15)]),
        ("From four to nine people were killed.", [("killed", "unstated", 4, 9)]),  # nothing changed: a range
        # the toll of the killed in Kafranbel rose from four to nine
        ("ارتفعت حصيلة القتلى في كفرنبل من أربعة إلى تسعة", [("killed", "unstated", 9, 9)]),
        ("ارتفع عدد القتلى من 4 إلى 9", [("killed", "unstated", 9, 9)]),
        ("ارتفعت الحصيلة من أربعة إلى تسعة قتلى", [("killed", "unstated", 9, 9)]),  # to nine dead
        ("ارتفعت الحصيلة من أربعة قتلى إلى تسعة قتلى", [("killed", "unstated", 9, 9)]),  # from four dead to nine dead
    ],
)
def test_of_a_count_that_changed_the_later_stands(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("استشهاد عائلة مؤلفة من خمسة أفراد", [("killed", "unstated", 5, 5)]),  # a family made up of five
        ("مقتل عائلة من 5 أفراد", [("killed", "unstated", 5, 5)]),
        ("استشهاد أسرة كاملة مكونة من 5 أفراد", [("killed", "unstated", 5, 5)]),  # a whole family
        ("A family of six was killed.", [("killed", "unstated", 6, 6)]),
        ("A family of five, including three children, was killed.", [("killed", "unstated", 5, 5), ("killed", "children", 3, 3, "part")]),
        ("A family of five and their neighbour were killed.", [("killed", "unstated", 6, 6), ("killed", "unstated", 5, 5, "part"), ("killed", "unstated", 1, 1, "part")]),
        ("Three people of a family of six were killed.", [("killed", "unstated", 3, 3)]),
    ],
)  # fmt: skip
def test_the_size_of_a_family_counts_its_people(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A strike killed Ahmad al-Khalil, his wife Fatima and their three children.", [("killed", "unstated", 5, 5), ("killed", "women", 1, 1, "part"), ("killed", "children", 3, 3, "part")]),
        ("Doctor Mahmoud Sattouf, 34, a nurse named Rania Haj Ali and two patients were killed.", [("killed", "unstated", 4, 4), ("killed", "unstated", 1, 1, "part"), ("killed", "unstated", 1, 1, "part"), ("killed", "unstated", 2, 2, "part")]),
        ("A strike killed Samer Qaddour and three other civilians.", [("killed", "unstated", 4, 4), ("killed", "civilians", 3, 3, "part")]),
        ("Killed: Samer Qaddour and three other civilians", [("killed", "unstated", 4, 4), ("killed", "civilians", 3, 3, "part")]),
        # of the first no record of a victim is made, so that the sum is a floor
        ("Samer Qaddour, his wife Huda and their son Yazan were killed.", [("killed", "unstated", 3, None), ("killed", "women", 1, 1, "part"), ("killed", "unstated", 1, 1, "part")]),
        # the martyrdom of Samer Qaddour and three other civilians
        ("استشهاد سامر قدور وثلاثة مدنيين آخرين", [("killed", "unstated", 4, 4), ("killed", "civilians", 3, 3, "part")]),
        # Muhammad and five of his family: of the first no record is made
        ("استشهد محمد وخمسة من أفراد عائلته", [("killed", "unstated", 6, None), ("killed", "civilians", 5, 5, "part")]),
        # Ahmad Qaddour, Samer Hamdan and two children: of the second none
        ("استشهاد أحمد قدور، سامر حمدان وطفلين", [("killed", "unstated", 3, None), ("killed", "children", 2, 2, "part")]),
        # Samer Qaddour, his wife Huda and their child Yazan were killed
        ("قتل سامر قدور وزوجته هدى وطفلهما يزن", [("killed", "unstated", 3, 3), ("killed", "women", 1, 1, "part"), ("killed", "children", 1, 1, "part")]),
    ],
)  # fmt: skip
def test_people_named_beside_people_counted_are_further_people(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Journalist Samer Qaddour and two others were killed.", [("killed", "unstated", 3, 3), ("killed", "unstated", 1, 1, "part"), ("killed", "unstated", 2, 2, "part")]),
        ("Samer Qaddour, a teacher, was killed.", [("killed", "unstated", 1, 1)]),
        ("Samer Qaddour and Huda Ali, two nurses, were killed.", [("killed", "unstated", 2, 2)]),
        ("A strike hit Idlib and three civilians were killed.", [("killed", "civilians", 3, 3)]),
        # the young man Samer Qaddour and two children
        ("استشهاد الشاب سامر قدور وطفلين", [("killed", "unstated", 3, 3), ("killed", "men", 1, 1, "part"), ("killed", "children", 2, 2, "part")]),
    ],
)  # fmt: skip
def test_the_named_who_are_counted_are_not_added(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


_LISTS = [
    # names of the martyrs of the Killi massacre, numbered in one row; the third his daughter, five years old; the fourth unidentified
    (
        "أسماء شهداء مجزرة كللي: 1- خالد محمد العمر 2- فاطمة أحمد الحسن 3- ابنته سلمى خالد العمر (5 سنوات) 4- مجهول الهوية",
        [("killed", "unstated", 4, None), ("killed", "children", 1, 1, "part")],
        ["خالد محمد العمر", "فاطمة أحمد الحسن", "سلمى خالد العمر"],
    ),
    # the same, one a line, and a line that is no name after them
    (
        "أسماء شهداء مجزرة كللي:\nخالد محمد العمر\nفاطمة أحمد الحسن\nانتشلت فرق الدفاع المدني جثامينهم أمس من تحت أنقاض منازلهم.",
        [("killed", "unstated", 2, None)],
        ["خالد محمد العمر", "فاطمة أحمد الحسن"],
    ),
    (
        "Names of those killed in the Darkush airstrike: 1. Khaled al-Omar 2. Fatima al-Hassan 3. Salma al-Omar (5 years old)",
        [("killed", "unstated", 3, None), ("killed", "children", 1, 1, "part")],
        ["Khaled al-Omar", "Fatima al-Hassan", "Salma al-Omar"],
    ),
    (
        "Names of the wounded:\nKhaled al-Omar\nFatima al-Hassan\nKhaled was taken home",
        [("injured", "unstated", 2, None)],
        ["Khaled al-Omar", "Fatima al-Hassan"],
    ),
]


@pytest.mark.parametrize(("text", "expected", "named"), _LISTS)
def test_a_list_of_names_is_a_floor_and_each_name_a_victim(text: str, expected: list[Row], named: list[str]) -> None:
    reading = read(text)
    assert tolls(reading) == expected
    assert [one.name for one in reading.victims] == named


def test_who_was_with_somebody_shares_his_lot() -> None:
    """استشهاد مدني مع زوجته وطفليه: a civilian was martyred with his wife and two children; a soldier in clashes with fighters."""
    assert tolls(read("استشهاد مدني مع زوجته وطفليه جراء القصف"))[0] == ("killed", "unstated", 4, 4)
    assert tolls(read("مقتل جندي في اشتباكات مع عناصر من الفصيل")) == [("killed", "combatants", 1, 1)]
