"""When an item was published: what each basis says, in order of trust; never the time of capture."""

from typing import Any

import pytest

from tests.reading.posts import read
from witnessmark.terms.moment import Publication

LONG = "Shells fell on the market of the valley town, and three shops burned to the ground before help came."
X_NUMBER = (1497174720000 - 1288834974657) << 22  # a post's number made at 2017-06-11 09:52 UTC


def published(text: str = LONG, **more: Any) -> Publication:  # noqa: ANN401 (any field of an item)
    return read(text, **more).publication


@pytest.mark.parametrize(
    ("given", "earliest", "zone"),
    [
        ("2017-06-11", "2017-06-11", None),
        ("2017-06-11T09:52:00-04:00", "2017-06-11T09:52:00-04:00", "-04:00"),
        ("2017-06-11T09:52:00Z", "2017-06-11T09:52:00+00:00", "+00:00"),
        ("2017-06-11 09:52", "2017-06-11T09:52", None),
        ("2017-06-11T09:52:00.123+0300", "2017-06-11T09:52:00+03:00", "+03:00"),
        ("June 11, 2017", "2017-06-11", None),
        ("11 حزيران 2017", "2017-06-11", None),  # 11 June 2017
    ],
)
def test_what_the_source_gives_is_taken(given: str, earliest: str, zone: str | None) -> None:
    known = published(published=given)
    assert (known.basis, known.earliest, known.latest, known.zone) == ("given", earliest, earliest, zone)
    assert given in known.why


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        (f"Jun 11, 2017 at 9:52 AM ET\n{LONG}", "2017-06-11T09:52-04:00"),  # summer time
        (f"Jan 11, 2017 at 9:52 PM ET\n{LONG}", "2017-01-11T21:52-05:00"),
        (f"11 June 2017\n{LONG}", "2017-06-11"),
        (f"الأحد ١١ حزيران ٢٠١٧\n{LONG}", "2017-06-11"),  # Sunday 11 June 2017
        (f"11/06/2017\n{LONG}", "2017-06-11"),
        (f"2017/06/11 10:20\n{LONG}", "2017-06-11T10:20"),
    ],
)
def test_a_page_prints_its_stamp(text: str, earliest: str) -> None:
    known = published(text)
    assert (known.basis, known.earliest) == ("page stamp", earliest)


def test_a_date_inside_a_sentence_is_no_stamp() -> None:
    assert (
        published(f"On 11 June 2016 the market of the valley town burned for the first time. {LONG}").basis
        == "unresolved"
    )


def test_the_day_of_capture_at_the_top_of_a_page_is_the_sites_clock() -> None:
    text = f"March 3, 2021\n{LONG}"
    assert published(text, captured="2021-03-03T08:00:00Z").basis == "unresolved"
    assert published(text, captured="2022-08-09T08:00:00Z").earliest == "2021-03-03"


def test_the_capture_itself_says_nothing() -> None:
    known = published(captured="2021-03-03T08:00:00Z")
    assert (known.earliest, known.latest, known.basis) == (None, None, "unresolved")
    assert known.why


@pytest.mark.parametrize("where", ["url", "native_id"])
def test_the_number_of_a_post_on_x_holds_its_time(where: str) -> None:
    given = {"url": f"https://x.com/valley/status/{X_NUMBER}", "native_id": f"x::{X_NUMBER}"}[where]
    known = published(**{where: given})
    assert (known.basis, known.earliest, known.zone) == ("post id", "2017-06-11T09:52:00+00:00", "+00:00")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2017/06/11/market-burns",
        "https://example.org/news/2017-06-11",
        "https://example.org/news/market-burns-11-06-2017",
        "https://example.org/news/alwady-11-hzyran-2017",  # "the valley, 11 June 2017", in Latin letters
    ],
)
def test_an_address_may_hold_the_day(url: str) -> None:
    known = published(url=url)
    assert (known.basis, known.earliest, known.latest) == ("address", "2017-06-11", "2017-06-11")


@pytest.mark.parametrize(
    "url", ["https://example.org/2017/13/45/x", "https://example.org/articles/20170611", "not an address"]
)
def test_an_address_without_a_day_says_nothing(url: str) -> None:
    assert published(url=url).basis == "unresolved"


def test_an_archives_stamp_is_an_upper_bound_only() -> None:
    known = published(archived="https://web.archive.org/web/20180305101112/https://example.org/a")
    assert (known.basis, known.earliest, known.latest) == ("archive stamp", None, "2018-03-05")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("قصفت المدفعية البلدة اليوم الأحد 11 حزيران 2017.", "2017-06-11"),  # today, Sunday 11 June 2017
        ("قصفت المدفعية البلدة أمس السبت 10 حزيران 2017.", "2017-06-11"),  # yesterday, Saturday 10 June 2017
        ("Shells hit the town today, Sunday 11 June 2017, residents said.", "2017-06-11"),
    ],
)
def test_a_text_that_dates_its_own_today_is_of_that_day(text: str, day: str) -> None:
    known = published(text)
    assert (known.basis, known.earliest) == ("dateline", day)


def test_the_order_of_trust() -> None:
    stamp = f"11 June 2017\n{LONG}"
    url = "https://example.org/2015/01/02/x"
    archived = "https://web.archive.org/web/20180305101112/x"
    assert published(stamp, published="2016-02-03", url=url).earliest == "2016-02-03"  # ISO: the source's own
    assert published(stamp, published="3 February 2016", url=url).earliest == "2017-06-11"  # words a collector wrote
    assert published(stamp, url=url, archived=archived).basis == "page stamp"
    assert published(url=url, archived=archived).basis == "address"


@pytest.mark.parametrize("given", ["2017-02-31", "soon", "0000-00-00", "99999999", "\u0660"])
def test_what_is_no_day_leaves_it_unresolved(given: str) -> None:
    assert published(published=given).earliest is None


def test_an_address_may_hold_day_month_and_year_without_a_break() -> None:
    known = published(url="https://example.org/kurdistan/110620173", archived="https://web.archive.org/web/20170701/x")
    assert (known.basis, known.earliest) == ("address", "2017-06-11")


def test_a_day_in_an_address_that_is_later_than_its_capture_is_a_number() -> None:
    known = published(url="https://example.org/news/11062030", archived="https://web.archive.org/web/20170701/x")
    assert known.basis == "archive stamp"


def test_the_last_post_shown_in_an_article_dates_it_where_the_weekdays_agree() -> None:
    shown = "\n\nA post.\n— Valley Rescue (@valleyrescue) June 10, 2017\n\nMore.\n— Valley Rescue (@valleyrescue) June 11, 2017"
    archived = "https://web.archive.org/web/20170701/x"
    known = published(f"On Sunday the market burned. {LONG}{shown}", archived=archived)
    assert (known.basis, known.earliest, known.latest) == ("embedded post", "2017-06-11", "2017-06-11")
    for other in (f"On Friday the market burned. {LONG}{shown}", LONG + shown):  # an old post, for all that is said
        assert published(other, archived=archived).basis == "archive stamp"


@pytest.mark.parametrize("url", ["https://example.org/?phone=0901201700", "https://example.org/a-12122016-b"])
def test_digits_that_are_no_part_of_an_address_by_themselves_are_no_day(url: str) -> None:
    assert published(url=url, archived="https://web.archive.org/web/20170701/x").basis == "archive stamp"


def test_a_post_shown_from_after_the_capture_dates_nothing() -> None:
    text = f"On Tuesday it burned. {LONG}\n\n— Valley Rescue (@valleyrescue) June 11, 2019"
    assert published(text, archived="https://web.archive.org/web/20170701/x").basis == "archive stamp"


def test_a_round_up_is_of_the_day_its_heading_names() -> None:
    heading = f"حصاد الأحداث الميدانية في البلاد ليوم الأحد 11-06-2017\n{LONG}"  # harvest of the events of Sunday …
    assert published(heading).earliest == "2017-06-11"
    assert published(url="https://valley.example/reports/harvest-11-06-2017.html").earliest == "2017-06-11"


def test_the_day_of_an_archives_visit_above_a_page_is_the_sites_clock() -> None:
    archived = "https://web.archive.org/web/20170611101010/https://valley.example/1"
    assert published(f"الأحد 11 حزيران 2017\n{LONG}", archived=archived).earliest is None
    assert published(f"20 May 2017\n{LONG}", archived=archived).earliest == "2017-05-20"


@pytest.mark.parametrize(
    ("stamp", "earliest"),
    [
        ("تاريخ النشر: 11.06.2017 | 17:47 GMT |", "2017-06-11T17:47+00:00"),  # published:
        ("11/06/2017\n\n1:23 م", "2017-06-11T13:23"),  # p.m.
        ("11/06/2017\n\n12:05 ص", "2017-06-11T00:05"),  # a.m.
        ("11 حزيران \\ يونيو 2017", "2017-06-11"),  # June in both calendars' words
        ("06/25/2017", "2017-06-25"),  # no month has the number 25
        ("06/11/2017", "2017-11-06"),  # day and month, in this order, where both may be
    ],
)
def test_shapes_of_a_stamp(stamp: str, earliest: str) -> None:
    known = published(f"{stamp}\n{LONG}")
    assert (known.basis, known.earliest) == ("page stamp", earliest)


def test_an_agency_dates_its_first_sentence() -> None:
    assert published(f"(June 11, 2017 / Valley News) {LONG}").earliest == "2017-06-11"
    assert published(f"The town (June 11, 2017 / before the war) burned. {LONG}").basis == "unresolved"


TITLE = "Shells fall on the market of the valley town"
MENU = "\n".join(f"Section number {number} of this site" for number in range(30))


def test_the_stamp_stands_below_the_headline_however_long_the_menu_above_it() -> None:
    known = published(f"{MENU}\n{TITLE}\n11 June 2017\n{LONG}", title=TITLE, kind="page")
    assert (known.basis, known.earliest) == ("page stamp", "2017-06-11")


def test_a_day_in_a_menu_that_is_the_archives_is_no_stamp() -> None:
    archived = "https://web.archive.org/web/20180305101112/https://example.org/a"
    menu = f"Section number one of this site, in full, for all\nPlan of the day 5-3-2018\nWeather\n{TITLE}\n"
    assert published(f"{menu}{LONG}", title=TITLE, kind="page", archived=archived).basis == "archive stamp"
    assert (
        published(f"{menu}11 June 2017\n{LONG}", title=TITLE, kind="page", archived=archived).earliest == "2017-06-11"
    )


def test_the_today_of_a_post_shown_in_an_article_is_not_the_articles() -> None:
    shown = "Shells hit the town today, Saturday 10 June 2017. pic.twitter.com/abc\n— Valley Rescue (@valleyrescue) June 10, 2017"
    text = f"On Sunday the market burned. {LONG}\n\n{shown}\n\nMore."
    assert published(text, archived="https://web.archive.org/web/20170701/x").basis == "archive stamp"
