"""Tolls: the range the words give, whom it counts, what is inside what, what is denied, and what counts nobody."""

import pytest

from tests.reading.posts import post, read, tolls, words

Row = tuple[object, ...]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven people were killed.", [("killed", "unstated", 7, 7)]),
        ("٧ people were killed.", [("killed", "unstated", 7, 7)]),
        ("A strike killed 12 civilians.", [("killed", "civilians", 12, 12)]),
        ("Twenty-three women were wounded.", [("injured", "women", 23, 23)]),
        ("No fewer than nine civilians died.", [("killed", "civilians", 9, None)]),
        ("Over 30 people were injured.", [("injured", "unstated", 31, None)]),
        ("Fewer than five people were killed.", [("killed", "unstated", 1, 4)]),
        ("Five to eight people were killed.", [("killed", "unstated", 5, 8)]),
        ("About ten people were killed.", [("killed", "unstated", 10, 10)]),
        ("Several civilians were killed.", [("killed", "civilians", 2, None)]),
        ("Civilians were killed.", [("killed", "civilians", None, None)]),
        ("A child was killed.", [("killed", "children", 1, 1)]),
        ("Four militants were killed.", [("killed", "combatants", 4, 4)]),
        ("Five are missing and two were detained.", [("missing", "unstated", 5, 5), ("detained", "unstated", 2, 2)]),
        ("1,200 people were displaced.", [("displaced", "unstated", 1200, 1200)]),
        ("15 civilians from three generations of one family were killed.", [("killed", "civilians", 15, 15)]),
        ("The number of civilians killed in the strike reached 39.", [("killed", "unstated", 39, 39)]),
        ("The strike caused several deaths and injuries.", [("killed", "unstated", 2, None), ("injured", "unstated", 2, None)]),
        ("There are 20 martyrs and missing persons.", [("killed", "unstated", None, None), ("missing", "unstated", None, None)]),
        ("Residents put the death toll as high as 20.", [("killed", "unstated", 1, 20)]),
        ("A man mourned over the dead body of a civilian.", [("killed", "civilians", 1, None)]),
        ("Crews recovered 15 killed victims.", [("killed", "unstated", 15, 15)]),
        ("It caused the death of 14 civilians; another recorded 25 deaths.", [("killed", "civilians", 14, 14), ("killed", "unstated", 25, 25)]),
        ("A cousin of those killed posted a picture.", [("killed", "unstated", None, None)]),
        ("The preliminary toll is of at least 4 dead.", [("killed", "unstated", 4, None, "preliminary")]),
    ],
)  # fmt: skip
def test_english(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("استشهد ثلاثة أشخاص", [("killed", "unstated", 3, 3)]),  # three people were martyred
        ("مقتل 12 مدنيا", [("killed", "civilians", 12, 12)]),  # 12 civilians killed
        ("استشهدت امرأتان", [("killed", "women", 2, 2)]),  # two women were martyred: the dual
        ("مقتل طفلين", [("killed", "children", 2, 2)]),  # two children killed
        ("أصيب ثلاثة عشر طفلا", [("injured", "children", 13, 13)]),  # thirteen children were wounded
        ("أصيبت ثلاث عشرة امرأة", [("injured", "women", 13, 13)]),  # thirteen women were wounded
        ("مقتل مدني", [("killed", "civilians", 1, 1)]),  # a civilian killed
        ("مقتل مدنيين", [("killed", "civilians", 2, None)]),  # civilians killed: written alike for two and many
        ("استشهاد مواطنَين", [("killed", "civilians", 2, 2)]),  # two citizens martyred: the vowel tells
        ("راح ضحية القصف خمسة مدنيين", [("killed", "civilians", 5, 5)]),  # five civilians fell to the shelling
        ("بلغ عدد ضحايا المجزرة 10 أشخاص", [("killed", "unstated", 10, 10)]),  # those killed in the massacre are ten
        ("فقد عامل حياته", [("killed", "unstated", 1, 1)]),  # a worker lost his life
        ("فقدت طفلة تبلغ من العمر 9 أعوام حياتها", [("killed", "children", 1, 1)]),  # a girl aged 9 lost her life
        ("استهدفت المسيرة شابا ما أدى لإصابته", [("injured", "men", 1, 1)]),  # the drone hit a youth, which hurt him
        ("استهدف القصف رجلين ما أدى إلى مقتلهما", [("killed", "men", 2, 2)]),  # the shelling hit two men and killed them
        ("أخبار البلدة 24 - وفاة شاب متأثرا بجراحه", [("killed", "men", 1, 1)]),  # town news 24 - a youth died of wounds
        ("مقتل خمسة مدنيين في آب", [("killed", "civilians", 5, 5)]),  # in August, which is written like "father"
        ("مقتل أب جراء القصف", [("killed", "men", 1, 1)]),  # a father killed
        ("استشهاد العشرات من المدنيين", [("killed", "civilians", 12, 24)]),  # tens of the civilians martyred
        ("إصابة بضعة أشخاص", [("injured", "unstated", 3, 9)]),  # a few people wounded
        ("مقتل خمسة من عناصر داعش", [("killed", "combatants", 5, 5)]),  # five of the members of ISIS killed
    ],
)  # fmt: skip
def test_arabic(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A shell landed 500 metres away.",
        "The strike destroyed four houses and 3 cars.",
        "Five shells fell within two hours.",
        "Route 12 was closed at 10:30 on 8/6/2017.",
        "COVID-19 closed 45% of the schools.",
        "دمر القصف أربعة منازل وثلاث سيارات",  # the shelling destroyed four houses and three cars
        "على بعد 500 متر من السوق",  # 500 metres from the market
        "بعد خمسة أيام من الحصار",  # after five days of siege
        "There is no information on casualties.",
        "",
    ],
)
def test_what_counts_nobody(text: str) -> None:
    assert tolls(read(text)) == []


def test_parts_are_inside_and_never_added() -> None:
    reading = read("Nine civilians, including three children and two women, were killed.")
    assert tolls(reading) == [
        ("killed", "civilians", 9, 9),
        ("killed", "children", 3, 3, "part"),
        ("killed", "women", 2, 2, "part"),
    ]
    assert [one.part_of for one in reading.tolls] == [None, 0, 0]


def test_people_side_by_side_are_one_toll_with_its_parts() -> None:
    assert tolls(read("A woman and three children were killed.")) == [
        ("killed", "unstated", 4, 4),
        ("killed", "women", 1, 1, "part"),
        ("killed", "children", 3, 3, "part"),
    ]


def test_fighters_beside_others_are_counted_apart() -> None:
    (whole, *parts) = tolls(read("Three fighters and two civilians were killed."))
    assert whole == ("killed", "unstated", 5, 5)
    assert parts == [("killed", "combatants", 3, 3, "part"), ("killed", "civilians", 2, 2, "part")]


def test_two_others_are_further_people() -> None:
    assert tolls(read("Five people were killed and two others were wounded.")) == [
        ("killed", "unstated", 5, 5),
        ("injured", "unstated", 2, 2),
    ]


def test_dead_and_wounded_in_one_figure_have_unknown_shares() -> None:
    found = tolls(read("12 people were killed or wounded."))
    assert {row[:1] for row in found} == {("killed",), ("injured",)}
    assert all(row[2:4] == (None, None) for row in found)


def test_a_figure_since_some_time_is_cumulative() -> None:
    assert tolls(read("Since January, 215 civilians have been killed.")) == [
        ("killed", "civilians", 215, 215, "cumulative")
    ]
    # "120 civilians have been killed since the beginning of the year"
    assert tolls(read("قتل 120 مدنيا منذ بداية العام")) == [("killed", "civilians", 120, 120, "cumulative")]


def test_no_casualties_is_a_denial_without_a_figure() -> None:
    for text in (
        "No casualties were reported.",
        "لم تقع إصابات",
        "لا ضحايا مدنيين",
    ):  # no injuries, no civilian victims
        found = read(text).tolls
        assert found
        assert all(one.negated and one.count is None for one in found)


def test_who_later_died_is_no_longer_among_the_wounded() -> None:
    assert tolls(read("Two people were wounded and later died.")) == [("killed", "unstated", 2, 2)]


def test_a_list_of_names_is_a_floor() -> None:
    text = "Names of the dead:\nSara Haddad\n7 years\nkilled\nAmal Harb\nkilled\nOmar Said\nkilled\n"
    found = [one for one in read(text).tolls if one.why.rule == "tolls.list-of-names"]
    assert [(one.who, one.count.pair if one.count else None) for one in found] == [
        ("unstated", (3, 3)),
        ("children", (1, 1)),
    ]


def test_tolls_stand_where_their_words_are_and_say_what_made_them() -> None:
    text = "قُتـ.ـل خمسة مدنيّين. Seven were wounded, among them ٣ children."  # five civilians were killed
    reading = read(text)
    assert len(reading.tolls) == 3
    for one in reading.tolls:
        assert one.text == words(post(text), one.span)
        assert one.why.entries


def test_at_least_one() -> None:
    assert tolls(read("قُتل مدني على الأقل")) == [("killed", "civilians", 1, None)]
    assert tolls(read("استشهاد طفلين على الأقل")) == [("killed", "children", 2, None)]


def test_a_school_that_was_hit_is_nobody() -> None:
    assert tolls(read("أصاب القصف مدرسة")) == []  # the shelling hit a school
    # "a man was wounded in the evening": a time is no thing that was hit
    assert tolls(read("أصيب مساء اليوم رجل")) != []


@pytest.mark.parametrize(
    "text",
    [
        "The death toll was 14.",
        "Killed: 14",
        "ارتفعت حصيلة القتلى إلى 14",  # the toll of the dead rose to 14
        "ارتفاع حصيلة الشهداء لـ 14",  # a rise of the toll of martyrs to 14
    ],
)
def test_a_toll_that_was_or_rose_to(text: str) -> None:
    assert tolls(read(text)) == [("killed", "unstated", 14, 14)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On May 9th 2019 a girl was injured.", [("injured", "children", 1, 1)]),
        ("On 9 May two were killed.", [("killed", "unstated", 2, 2)]),
        ("قُتل، في 9 من آب الماضي، ثلاثة أطفال", [("killed", "children", 3, 3)]),  # on the 9th of August last
        ("A 25-year-old man was killed.", [("killed", "men", 1, 1)]),
        ("A man, 25, was killed.", [("killed", "men", 1, 1)]),
        ("Route 60 killed two.", [("killed", "unstated", 2, 2)]),
        ("Call 0599123456 killed", [("killed", "unstated", None, None)]),
        ("Twelve families were displaced.", [("displaced", "civilians", 12, None)]),
        ("نزحت 12 عائلة", [("displaced", "civilians", 12, None)]),  # twelve families fled
    ],
)
def test_a_number_of_something_else_is_no_number_of_people(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "مقتل 999999999999 مدني",
        "مقتل 1000000000000000000000000000000 مدني",
        "A total of 12345678901 civilian killed",
        "10**30 civilian killed",
        "1" * 5000 + " civilian killed",
        "111," * 2000 + "111 civilian killed",
        "million million million civilian killed",
        "five million six million civilian killed",
    ],
)
def test_more_people_than_there_are_is_no_figure(text: str) -> None:
    (found,) = read(text).tolls
    assert found.count is None
    assert any("more than there are people" in reason for reason in found.why.lost)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("More than 11 thousand people were killed.", 11_001, None),
        ("Thousands of people were killed.", 2000, None),
        ("مقتل أكثر من 11 ألف شخص", 11_001, None),  # more than 11 thousand persons killed
        ("مقتل 3 آلاف شخص", 3000, 3000),
        ("مقتل آلاف الأشخاص", 2000, None),  # thousands of persons
        ("مقتل وخمس نساء", 5, 5),
        ("Two thousand million people were killed.", 2_000_000_000, 2_000_000_000),
        ("One million two hundred thousand and six people were killed.", 1_200_006, 1_200_006),
        ("مقتل مئتي مدني", 200, 200),  # two hundred civilians
        ("قتل مئتا مدني", 200, 200),
        ("مقتل ألف ومائتي مدني", 1200, 1200),
        ("مقتل أكثر من ألفي مدني", 2001, None),  # more than two thousand civilians
        ("مقتل مئتي ألف مدني", 200_000, 200_000),
        ("مقتل عشرين ألفا", 20_000, 20_000),
    ],
)
def test_thousands(text: str, least: int, most: int | None) -> None:
    assert [one.count and one.count.pair for one in read(text).tolls] == [(least, most)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven people, all from one family, were killed.", [("killed", "unstated", 7, 7)]),
        (
            "Two civilians, a father and son, were killed.",
            [("killed", "civilians", 2, 2), ("killed", "men", 1, 1, "part"), ("killed", "unstated", 1, 1, "part")],
        ),
        (
            "A civilian, a young man, was killed.",
            [("killed", "civilians", 1, 1), ("killed", "men", 1, 1, "part")],
        ),
        # with a comma before "and" and none behind, a list goes on
        (
            "Two civilians, a soldier, and a guard were killed.",
            [
                ("killed", "unstated", 4, 4),
                ("killed", "civilians", 2, 2, "part"),
                ("killed", "combatants", 1, 1, "part"),
                ("killed", "unstated", 1, 1, "part"),
            ],
        ),
        # "seven civilians, all of them of one family, were killed"
        ("سبعة مدنيين، جميعهم من عائلة واحدة، قتلوا بقصف", [("killed", "civilians", 7, 7)]),
        ("مقتل سبعة أشخاص من عائلة واحدة", [("killed", "unstated", 7, 7)]),
    ],
)
def test_an_apposition_adds_nobody(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected


def test_counts_joined_under_one_verb_are_added() -> None:
    text = "10 members of the Darwish family and nine members of the Haddad family were killed."
    assert tolls(read(text))[0] == ("killed", "unstated", 19, 19)
    assert tolls(read("A guard was killed along with two neighbours."))[0] == ("killed", "unstated", 3, 3)


def test_a_mother_and_her_children_are_among_the_members() -> None:
    text = (
        "Seven identified members of the Darwish family, including a mother with her five children, "
        "were killed and seven others injured."
    )
    found = tolls(read(text))
    assert found[0] == ("killed", "unstated", 7, 7)
    assert found[-1] == ("injured", "unstated", 7, 7)


def test_killing_some_and_injuring_others() -> None:
    text = "The raid hit a house, killing at least 12 civilians and injuring six others."
    assert tolls(read(text)) == [("killed", "civilians", 12, None), ("injured", "unstated", 6, 6)]


def test_an_active_verb_with_an_adverb_looks_forward() -> None:
    assert tolls(read("A raid reportedly killed nine civilians.")) == [("killed", "civilians", 9, 9)]
    assert tolls(read("Ten civilians reportedly killed, five injured.")) == [
        ("killed", "civilians", 10, 10),
        ("injured", "unstated", 5, 5),
    ]


def test_people_after_a_list_of_parts_belong_to_the_next_verb() -> None:
    text = "Nine people were killed, including two women, and four people, including a child, were injured."
    assert tolls(read(text)) == [
        ("killed", "unstated", 9, 9),
        ("killed", "women", 2, 2, "part"),
        ("injured", "unstated", 4, 4),
        ("injured", "children", 1, 1, "part"),
    ]
    # "165 persons killed, among them 55 children, while the crews saved 448 persons who were wounded"
    found = tolls(read("مقتل 165 شخصا بينهم 55 طفلا فيما تمكنت الفرق من إنقاذ 448 شخصا أصيبوا"))
    assert found[-1] == ("injured", "unstated", 448, 448)


def test_two_words_for_one_harm_tell_it_once() -> None:
    assert tolls(read("18 قضوا واستشهدوا")) == [("killed", "unstated", 18, 18)]  # perished and were martyred
    assert tolls(read("It showed the dead body of a man.")) == [("killed", "men", 1, None)]


def test_dozens_killed_and_wounded_have_unknown_shares_too() -> None:
    assert all(one.count is None for one in read("Dozens of people were killed and wounded.").tolls)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("About 1.2 million people were displaced.", [("displaced", "unstated", 1_200_000, 1_200_000)]),
        ("Some 85,000 people fled the town.", [("displaced", "unstated", 85_000, 85_000)]),
        ("A mother of four was killed.", [("killed", "women", 1, 1)]),
        ("Shelling killed 35 sheep and a donkey.", []),
        ("Eight of its fighters were killed.", [("killed", "combatants", 8, 8)]),
        ("The toll stands at 12 dead, up from an earlier count of nine dead.", [("killed", "unstated", 12, 12)]),
        ("It is unclear whether there were any casualties.", []),
        ("Shelling hit the market; casualties unknown.", []),
        ("Journalist Omar Halabi was killed.", [("killed", "unstated", 1, 1)]),
        ("One man was killed and another was injured.", [("killed", "men", 1, 1), ("injured", "unstated", 1, 1)]),
        (
            "Six people were killed in Zarhal and two in Marin.",
            [("killed", "unstated", 6, 6), ("killed", "unstated", 2, 2)],
        ),
        (
            "23 people were wounded, three of them critically.",
            [("injured", "unstated", 23, 23), ("injured", "unstated", 3, 3, "part")],
        ),
        (
            "Seven members of the family of the journalist Omar Halabi were killed.",
            [("killed", "unstated", 7, 7)],
        ),
        ("13 قتيلا في صفوف الجيش", [("killed", "combatants", 13, 13)]),  # thirteen dead in the ranks of the army
        ("وفاة ثلاثة جرحى", [("killed", "unstated", 3, 3)]),  # three wounded died
        ("31 إصابة", [("injured", "unstated", 31, 31)]),
        ("قتلت الغارة 17 بقرة", []),  # the strike killed seventeen cows
        ("العثور على جثتين", [("killed", "unstated", 2, 2)]),  # two bodies found
        ("مقتل أم وأطفالها الثلاثة", [("killed", "unstated", 4, 4), ("killed", "women", 1, 1, "part"), ("killed", "children", 3, 3, "part")]),
        ("قد يودي الهجوم بحياة آلاف المدنيين", []),  # an attack may cost thousands of civilians their lives
    ],
)  # fmt: skip
def test_what_reports_say_of_the_harmed(text: str, expected: list[tuple[object, ...]]) -> None:
    assert tolls(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five people were killed in Homs, and two in Idlib survived.", [("killed", "unstated", 5, 5)]),
        ("Ten people were killed in Homs and two in hospital were in critical condition.", [("killed", "unstated", 10, 10)]),
        ("Seven soldiers were killed in Daraa and 300 in nearby villages fled.", [("killed", "combatants", 7, 7)]),
        # five civilians killed in Aleppo, and twenty in the hospital in a grave state
        ("قتل خمسة مدنيين في حلب و20 في المستشفى بحالة خطرة", [("killed", "civilians", 5, 5)]),
        ("The strike killed 12 school children in Idlib.", [("killed", "children", 12, 12)]),
        ("The strike killed three school guards in Idlib.", [("killed", "unstated", 3, 3)]),
        ("A drone killed cattle farmers in Homs.", [("killed", "unstated", None, None)]),
        (
            "A strike wounded 20 people, of whom three later died.",
            [("injured", "unstated", 20, 20), ("killed", "unstated", 3, 3)],
        ),
        # ten killed, a woman among them
        ("قتل عشرة بينهم امرأة", [("killed", "unstated", 10, 10), ("killed", "women", 1, 1, "part")]),
    ],
)  # fmt: skip
def test_nobody_is_counted_for_anothers_harm(text: str, expected: list[Row]) -> None:
    assert tolls(read(text)) == expected
