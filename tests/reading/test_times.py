"""Times as texts say them, resolved against publication only; what cannot be resolved says why."""

import pytest

from tests.reading.posts import DAY, moments, post, read, words

ARCHIVED = "https://web.archive.org/web/20180305101112/https://example.org/a"


def of(text: str, published: str | None = DAY, **more: str) -> list[tuple[str | None, str | None]]:
    return moments(read(text, published=published, **more))


def day(text: str) -> tuple[str, str]:
    return text, text


@pytest.mark.parametrize(
    ("words_", "expected"),
    [
        ("today", day("2017-06-11")),
        ("tonight", day("2017-06-11")),
        ("the day before yesterday", day("2017-06-09")),
        ("three weeks ago", ("2017-05-15", "2017-05-21")),
        ("10 days ago", day("2017-06-01")),
        ("last month", ("2017-05-01", "2017-05-31")),
        ("last year", ("2016-01-01", "2016-12-31")),
        ("this week", ("2017-06-05", "2017-06-11")),
        ("yesterday morning", day("2017-06-10")),
        ("on Sunday", day("2017-06-11")),  # a bare weekday may be the day of publication itself …
        ("last Sunday", day("2017-06-04")),  # … "last" lies strictly before it
        ("next Tuesday", day("2017-06-13")),
        ("on Friday evening", day("2017-06-09")),
        ("on 31 December", day("2016-12-31")),  # the nearest past
        ("on June 20", day("2017-06-20")),  # a few weeks ahead are nearer than a year back
        ("in June 2016", ("2016-06-01", "2016-06-30")),
        ("on 2016-06-08", day("2016-06-08")),
        ("on 8/6/2016", day("2016-06-08")),
        ("between 5 and 8 June 2017", ("2017-06-05", "2017-06-08")),
        ("around dawn on Friday, May 12, 2017", day("2017-05-12")),  # parts of day before and after the weekday
        ("on Monday morning May 8th, 2017", day("2017-05-08")),
        ("overnight on Thursday 5 May 2016", ("2016-05-05", "2016-05-06")),
        ("on either May 12th or 13th, 2017", ("2017-05-12", "2017-05-13")),
    ],
)
def test_english(words_: str, expected: tuple[str, str]) -> None:
    assert of(f"Shells fell on the market {words_}.") == [expected]


@pytest.mark.parametrize(
    ("words_", "expected"),
    [
        ("صباح اليوم", day("2017-06-11")),  # this morning
        ("البارحة", day("2017-06-10")),  # yesterday
        ("أول أمس", day("2017-06-09")),  # the day before yesterday
        ("مساء الجمعة", day("2017-06-09")),  # Friday evening
        ("يوم الأحد الماضي", day("2017-06-04")),  # last Sunday
        ("الأسبوع الماضي", ("2017-05-29", "2017-06-04")),  # last week
        ("منذ أسبوعين", ("2017-05-22", "2017-05-28")),  # two weeks ago, by the dual
        ("في شهر أيار", ("2017-05-01", "2017-05-31")),  # in May
        ("في الثامن والعشرين", None),  # "on the twenty-eighth": no month, so nothing
        ("بتاريخ 08/06/2017", day("2017-06-08")),  # on 08/06/2017
        ("٨ يونيو/حزيران", day("2017-06-08")),  # 8 June, by both names
        ("يوم الثلاثاء 6 حزيران 2017", day("2017-06-06")),  # on the day of Tuesday 6 June 2017
        ("فجر يوم الجمعة 12 أيار 2017", day("2017-05-12")),  # at dawn of the day of Friday 12 May 2017
        ("مساء الجمعة الموافق 12 أيار 2017", day("2017-05-12")),  # Friday evening, which was 12 May 2017
    ],
)
def test_arabic(words_: str, expected: tuple[str, str] | None) -> None:
    assert of(f"سقطت قذائف على السوق {words_}.") == ([expected] if expected else [])  # shells fell on the market …


def test_nothing_is_resolved_against_capture() -> None:
    (found,) = read("Shells fell on the market yesterday.", captured="2021-03-03T08:00:00Z").moments
    assert (found.earliest, found.precision, found.basis) == (None, "unresolved", "unresolved")
    assert found.why.lost


def test_nor_against_the_day_an_archive_held_it() -> None:
    assert of("Shells fell on the market yesterday.", None, archived=ARCHIVED) == [(None, None)]


def test_a_weekday_day_and_month_agree_in_one_year_under_an_archives_bound() -> None:
    text = "سقطت قذائف على السوق الجمعة 17 آذار"  # … on Friday 17 March
    assert of(text, None, archived=ARCHIVED) == [("2017-03-17", "2017-03-17")]
    assert of(text, None) == [(None, None)]  # no bound, no year
    assert of("سقطت قذائف على السوق 17 آذار", None, archived=ARCHIVED) == [(None, None)]  # no weekday


def test_a_weekday_that_is_not_the_named_days_is_believed_and_said() -> None:
    (found,) = read("قصفت البلدة أمس الجمعة", published=DAY).moments  # yesterday, Friday; yesterday was a Saturday
    assert (found.earliest, found.basis) == ("2017-06-09", "publication")
    assert "weekday is believed" in found.why.lost[0]


@pytest.mark.parametrize(
    "text",
    [
        "May God have mercy on them.",
        "They may march on the town.",
        "A second shell fell.",
        "The house had 2000 bricks.",
        "Room 2017 burned.",
    ],
)
def test_words_that_only_look_like_times_are_none(text: str) -> None:
    assert of(text) == []


def test_habit_and_length_are_no_dates() -> None:
    kinds = [
        (one.basis, one.earliest)
        for one in read("Shells fall every day. The siege lasted for three weeks.", published=DAY).moments
    ]
    assert kinds == [("repeated", None), ("duration", None)]


def test_a_hijri_day_is_one_day_wide_on_each_side() -> None:
    (found,) = read("قصف على البلدة في 13 رمضان 1438", published=DAY).moments
    assert (found.earliest, found.latest) == ("2017-06-07", "2017-06-09")
    assert found.why.lost


@pytest.mark.parametrize("text", ["on 31 February 2017", "on 45/45/2017", "on 2017-00-00", "on June 99, 2017"])
def test_days_that_no_calendar_has_are_never_given(text: str) -> None:
    assert all(first is None or first[5:7] != "00" for first, _ in of(f"Shells fell {text}."))


def test_moments_stand_where_their_words_are() -> None:
    text = (
        "يوم الخميس\u200f قصفت المدفعيّة البلدة، وأمـس أيضاً. And on Saturday, too."  # on Thursday …, and yesterday too
    )
    found = read(text, published=DAY).moments
    assert [one.text for one in found] == [words(post(text), one.span) for one in found]
    assert len(found) == 3


def test_every_moment_says_which_rule_made_it() -> None:
    found = read("Shells fell last Tuesday and on 8 June 2017 and in 2004.", published=DAY).moments
    assert [one.why.rule for one in found] == ["times.weekday-last", "times.day-month", "times.year-worded"]
    assert found[0].why.entries


def test_of_overlapping_times_the_more_exact_stands() -> None:
    assert of("Shells fell in the early hours of May 2, 2016.") == [day("2016-05-02")]


def test_a_year_said_once_is_that_of_the_dates_around_where_publication_is_unknown() -> None:
    text = "On October 9 or October 10, 2023, two people were killed. The funeral was on 2 January."
    found = read(text).moments
    assert [(one.earliest, one.basis) for one in found] == [
        ("2023-10-09", "event"),
        ("2023-10-10", "stated"),
        ("2024-01-02", "event"),
    ]
    assert [one.earliest for one in read("Two people were killed on October 9.").moments] == [None]


def test_a_span_whose_year_has_no_leap_day_makes_no_day_that_is_none() -> None:
    found = read("Homes were shelled from 29 February 2024 to 3 March 2023.").moments
    assert "2023-02-29" not in {day for one in found for day in (one.earliest, one.latest)}


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Shells fell on Christmas Day 2016.", "2016-12-25", "2016-12-25"),
        ("Shells fell on Thanksgiving Day 2016.", "2016-11-24", "2016-11-24"),  # the fourth Thursday of November
        ("قصف ليلة رأس السنة 2017", "2017-12-31", "2017-12-31"),  # New Year's Eve
        ("Shells fell on Eid al-Fitr 2016.", "2016-07-05", "2016-07-07"),  # 1 Shawwal 1437, ±1 day
    ],
)
def test_feasts_are_days_by_name(text: str, earliest: str, latest: str) -> None:
    found = read(text).moments
    assert [(one.earliest, one.latest) for one in found] == [(earliest, latest)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Villages were shelled by Turkish forces on Thursday.", "2017-06-08"),  # by whom, not by when
        ("The report is due by Thursday.", "2017-06-15"),
    ],
)
def test_by_speaks_of_what_is_to_come_only_right_before_a_day(text: str, day: str) -> None:
    assert [one.earliest for one in read(text, published=DAY).moments] == [day]
