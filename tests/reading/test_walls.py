"""Captures without content: headlines alone, another page in an article's stead, walls in several languages."""

import pytest

from tests.reading.posts import read

TITLE = "Shelling of a market in Zarhal kills two"
OTHERS = "Minister visits flooded villages\n\nPrices of bread rise again in Marin\n\nFootball season opens late\n\n"


def kind(text: str, title: str | None = TITLE, **more: str) -> str | None:
    found = read(text, title=title, **{"kind": "page", **more}).unreadable
    return found.kind if found else None


@pytest.mark.parametrize(
    "text",
    [
        f"12 March 2031\n\n{TITLE}\n\n0\n\nComments\n\nMarket\n\nZarhal\n\nShelling",  # its title, a date, labels
        f"Related Articles\n\n{OTHERS}",
        f"{TITLE}\n\nPrev Post\n\nBus crash in Marin\n\nNext Post\n\nA bridge is mended\n\nRain in the north",
        "Weather in the south\n\nMinister opens a bridge near Marin\n\n20 June, 2031",
        "Telegram: Contact @someone\n\n12 March 2031",
        f"{TITLE} - YouTubeAboutPressCopyrightContact usCreatorsAdvertiseDevelopersTermsPrivacy© 2031 Google LLC",
    ],
)
def test_a_page_of_its_headline_alone_is_empty_and_its_headline_is_read(text: str) -> None:
    assert kind(text) == "a headline alone"
    reading = read(text, title=TITLE, kind="page")
    assert [one.count.pair for one in reading.tolls if one.count and one.kind == "killed"] == [(2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\nMedics said that the shells fell at noon.",
        f"{TITLE}\n\nA mother and her four children were the victims\n\nPrev Post\n\nBus crash in Marin\n\nRain in the north",
        # The article stands below the related news, and has the title's words.
        f"Date:\n\n{TITLE}\n\nRelated News\n\n{OTHERS}On Monday shelling of the market in Zarhal killed two traders, said medics.",
        "Shells fell on the market of Zarhal",
        "قتل شخصان في قصف على سوق القرية",  # two were killed in the shelling of the village's market: another language
    ],
)
def test_a_page_that_says_more_is_not(text: str) -> None:
    assert kind(text) is None


def test_a_post_as_short_as_its_title_is_a_post() -> None:
    text = "PostLog inSign upPostSome One@someoneZarhal burns7:45 PM · Nov 23, 203117Views"
    assert kind(text, title='Some One on X: "Zarhal burns" / X', kind="post") is None
    assert kind(TITLE, kind="post") is None


def test_another_page_served_in_an_articles_stead() -> None:
    article = "The central bank said on Monday that it would lend less to traders of grain this year."
    served = {"title": "Central bank lends less this year", "text": article}
    asked = "https://news.example/en/articles/91995/shelling-of-market-kills-two-in-zarhal"
    assert kind(**served, url=asked) == "another page"
    assert read(served["text"], title=served["title"], kind="page", url=asked).sentences == ()
    for url in (
        "https://news.example/en/central-bank-to-lend-less",
        "https://news.example/en/qasf-ala-suq-zarhal",  # four words, yet an address may be in another script's letters
        "https://news.example/?p=91995",
    ):
        latin = url.endswith("zarhal")
        title = "المصرف المركزي يقلل القروض هذا العام" if latin else served["title"]  # the same title
        text = "قال المصرف المركزي يوم الاثنين إنه سيقلل القروض لتجار الحبوب هذا العام." if latin else article
        assert kind(text, title=title, url=url) is None


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("Dieser Browser wird nicht unterstützt\nChrome Firefox", "browser wall"),
        ("Bu tarayıcı desteklenmiyor", "browser wall"),
        ("هذا المتصفح غير مدعوم", "browser wall"),  # this browser is not supported
        (f"{TITLE}\n\nSubscribe for less than\n$9/month\nto access this story and all our reporting.", "payment wall"),
        (f"{TITLE}\n\nهذا المحتوى متاح للمشتركين فقط", "payment wall"),  # this content is for subscribers only
    ],
)
def test_walls_in_several_languages(text: str, wall: str) -> None:
    assert kind(text) == wall
