"""Times that lean on others: the event told behind them, the month of publication, the quarter before them."""

import pytest

from tests.reading.posts import moments, read

SUNDAY = "2017-06-11"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The town was hit two days after the strike of 3 May 2017.", ["2017-05-05", "2017-05-03"]),
        ("The town was hit three days before the attack of 4 April 2017.", ["2017-04-01", "2017-04-04"]),
        ("The town was hit the day after the strike of 3 May 2017.", ["2017-05-04", "2017-05-03"]),
        ("قصفت البلدة بعد يومين من هجوم 3 أيار 2017.", ["2017-05-05", "2017-05-03"]),  # two days after
        ("قصفت البلدة قبل يومين من هجوم 4 نيسان 2017.", ["2017-04-02", "2017-04-04"]),  # two days before
        ("قصفت البلدة غداة هجوم 4 نيسان 2017.", ["2017-04-05", "2017-04-04"]),  # the day after
        ("قصفت البلدة في السابع عشر من الشهر الماضي.", ["2017-05-17"]),  # the 17th of last month
        ("قصفت البلدة في الثالث من الشهر الجاري.", ["2017-06-03"]),  # the third of this month
        ("قصفت البلدة في الساعة الثالثة فجرا من يوم الخميس.", ["2017-06-08T03:00"]),  # at 3, of Thursday
        ("قصفت البلدة 2017/6/8.", ["2017-06-08"]),
        ("يقصفون البلدة من عام 2013.", ["2013-01-01"]),  # since 2013, and no year ago
    ],
)
def test_earliest_days(text: str, expected: list[str]) -> None:
    assert [first for first, _ in moments(read(text, published=SUNDAY))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The town was hit last summer.", ("2016-06-01", "2016-08-31")),
        ("قصفت البلدة الصيف الماضي.", ("2016-06-01", "2016-08-31")),  # last summer
        ("قصفت البلدة قبيل منتصف ليل الأحد - الاثنين.", ("2017-06-04", "2017-06-05")),  # no night to come
        ("قصفت البلدة ليل السبت الأحد.", ("2017-06-10", "2017-06-11")),  # the night from Saturday to Sunday
        ("The town was hit the night before last.", ("2017-06-09", "2017-06-10")),
        ("The town was hit in the 1990s.", ("1990-01-01", "1999-12-31")),
        ("Arms were sold in the first quarter of 2017, more than a year earlier.", ("2016-01-01", "2016-03-31")),
    ],
)
def test_ranges(text: str, expected: tuple[str, str]) -> None:
    assert moments(read(text, published=SUNDAY))[-1] == expected


def test_a_year_beside_a_day_that_hangs_on_an_unknown_publication_does_not_date_a_claim() -> None:
    # sources said today, Thursday, that Turkish forces shelled Manbij, which has held the displaced since 2016
    text = "ذكرت مصادر اليوم الخميس أن القوات التركية قصفت منبج والتي تضم النازحين منذ عام 2016"
    (found,) = read(text).claims
    assert (found.kind, found.moment and found.moment.earliest) == ("attack", None)
