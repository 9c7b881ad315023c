"""A saved page: its words and what it says of itself; never its scripts, never a date it does not stamp."""

import codecs

import pytest

from tests.intake.conftest import Open, text_of
from tests.strategies import ARABIC, ENGLISH
from witnessmark.intake import saved_page

LONG = " ".join([ENGLISH] * 4)
PAGE = f"""<!DOCTYPE html>
<!-- Page saved with a tool url: https://news.example.org/a saved date: Sun Jun 11 2017 10:00:00 GMT+0300 -->
<html lang="en"><head><meta charset="utf-8">
<title>Invented headline</title>
<meta property="og:title" content="Invented headline">
<meta property="og:site_name" content="Invented Daily">
<meta property="article:published_time" content="2017-06-11T09:30:00+03:00">
<meta name="author" content="Inventa Writer">
<link rel="canonical" href="https://news.example.org/a">
<script>var planted = "SCRIPTED";</script><style>.x {{ content: "STYLED" }}</style>
</head><body><nav>Home Sport</nav><article><h1>Invented headline</h1>
<p>{LONG}</p><script>document.write("SCRIPTED")</script><p>{ARABIC} {ARABIC}</p>
<iframe srcdoc="FRAMED">FRAMED</iframe><noscript>SILENT</noscript></article></body></html>"""


def test_the_article_and_what_the_page_says_of_itself(opening: Open) -> None:
    item = opening(PAGE.encode()).item
    assert (item.kind, item.platform) == ("page", "web")
    assert [passage.role for passage in item.passages] == ["title", "body"]
    assert item.passages[0].text == "Invented headline"
    assert LONG in item.passages[1].text
    assert ARABIC in item.passages[1].text
    assert (item.author, item.site) == ("Inventa Writer", "Invented Daily")
    assert item.published == "2017-06-11T09:30:00+03:00"
    assert item.url == "https://news.example.org/a"
    assert item.captured == "Sun Jun 11 2017 10:00:00 GMT+0300"


@pytest.mark.parametrize("body", [LONG, "Short."], ids=["article", "body alone"])
def test_scripts_styles_and_frames_are_never_in_the_text(body: str, opening: Open) -> None:
    text = text_of(opening(PAGE.replace(LONG, body).replace(ARABIC, "").encode()).item)
    assert body in text
    for planted in ("SCRIPTED", "STYLED", "FRAMED", "SILENT"):
        assert planted not in text


@pytest.mark.parametrize(
    "body",
    ["<p>Posted after 12 March 2014.</p><footer>© 2019 Invented</footer>", "<p>updated 3 hours ago</p>"],
)
def test_a_date_that_is_not_stamped_is_no_time_of_publication(body: str, opening: Open) -> None:
    page = f"<html><head><title>Invented</title></head><body><p>{LONG}</p>{body}</body></html>"
    assert opening(page.encode()).item.published is None


def test_the_time_element_of_an_article_counts_as_a_stamp(opening: Open) -> None:
    page = f"<html><body><article><time datetime='2017-06-11T10:00:00+03:00'>then</time><p>{LONG}</p></article></body></html>"
    published = opening(page.encode()).item.published
    assert published is not None
    assert published.startswith("2017-06-11")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("cp1256", "windows-1256"),
        ("iso-8859-6", "iso-8859-6"),
        ("utf-8", "idna"),
        ("utf-8", "no-such"),
    ],
)
def test_the_declared_encoding_is_used_where_it_is_one_of_the_web(encoding: str, declared: str, opening: Open) -> None:
    words = "قتل ثلاثة مدنيين في بلدة وهمية"  # "three civilians were killed in a made-up town"
    page = f'<html><head><meta charset="{declared}"><title>{words}</title></head><body><p>{words}</p></body></html>'
    found = opening(page.encode(encoding))
    assert found.notices == []
    assert [passage.text for passage in found.item.passages] == [words, words]


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE], ids=["utf-8", "utf-16"])
def test_a_page_with_a_byte_order_mark_is_a_page(mark: bytes, opening: Open) -> None:
    encoding = "utf-8" if mark == codecs.BOM_UTF8 else "utf-16-le"
    item = opening(mark + PAGE.encode(encoding)).item
    assert item.kind == "page"
    assert "SCRIPTED" not in text_of(item)
    assert LONG in text_of(item)


@pytest.mark.parametrize(
    "data",
    [
        b'{"html": "<!doctype html><html><body>words</body></html>"}',
        b"HTTP/1.1 200 OK\r\n\r\n<html><body>words</body></html>",
        ENGLISH.encode() + b" They saw <html> and <body> in it.",
    ],
)
def test_markup_quoted_in_something_else_makes_no_page(data: bytes, opening: Open) -> None:
    assert [item.kind for item in opening(data).items if item.kind == "page"] == []


def test_a_page_without_words_is_unread(opening: Open) -> None:
    assert opening(b"<html><body><script>alert(1)</script></body></html>").why == "a page without any text"


def test_a_page_too_large_is_unread(opening: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_page, "LARGEST", 100)
    assert "too large" in opening(PAGE.encode()).why
