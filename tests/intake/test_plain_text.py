"""Texts in the encodings people's machines write; the text as it stands, and a word where something was assumed."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.conftest import Open
from tests.strategies import ARABIC, ENGLISH
from witnessmark.intake import plain_text
from witnessmark.terms.anchor import Span

BOTH = f"{ENGLISH}\n{ARABIC}\n"


@pytest.mark.parametrize(
    "data",
    [
        BOTH.encode(),
        codecs.BOM_UTF8 + BOTH.encode(),
        codecs.BOM_UTF16_LE + BOTH.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + BOTH.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + BOTH.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big", "utf-32"],
)
def test_unicode_in_each_of_its_encodings_is_read_without_a_word(data: bytes, opening: Open) -> None:
    found = opening(data)
    assert [(one.kind, [passage.text for passage in one.passages]) for one in found.items] == [("text", [BOTH])]
    assert (found.notices, found.item.repaired) == ([], ())


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (ARABIC, "cp1256", "windows-1256"),
        ("Le village imaginé a été touché.", "cp1252", "windows-1252"),
        (
            f"{ENGLISH * 20} Café, décembre, blessé, où",
            "cp1252",
            "windows-1252",
        ),  # few accents are accents all the same
    ],
)
def test_a_code_page_is_an_assumption_and_said(text: str, encoding: str, said: str, opening: Open) -> None:
    found = opening(text.encode(encoding))
    assert found.item.passages[0].text == text
    assert said in found.notices[0].what
    assert "assumption" in found.notices[0].what


def test_few_bytes_that_are_no_utf8_become_replacements_and_are_counted(opening: Open) -> None:
    found = opening(f"{BOTH * 3}".encode() + b"broken \xff here, \xc3\x28 there")
    assert found.item.passages[0].text.endswith("broken \ufffd here, \ufffd( there")
    assert "2 stretches of bytes are no UTF-8" in found.notices[0].what


def test_nul_becomes_a_replacement_and_is_listed(opening: Open) -> None:
    item = opening(b"Three\0 civilians were killed in a made-up town, residents said.").item
    assert item.passages[0].text.startswith("Three\ufffd civilians")
    assert item.repaired == ("text: 1 NUL or lone surrogate replaced by U+FFFD",)


def test_markdown_stays_as_it_stands(opening: Open) -> None:
    text = f"# Notes\n\n> {ENGLISH}\n\n* one\n* [two](https://example.org/a)\n"
    assert opening(text.encode()).item.passages[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        f"[11/06/2017, 10:11:12] Neighbour: {ENGLISH}",
        f"[2017-06-11] {ENGLISH}",
        f"[1] {ENGLISH}",
        f"[ ] ask again\n{ENGLISH}",
        f"let us write down what was said. {ENGLISH}",
        f"function and form aside, {ENGLISH}",
        f"The page had <html> and <body> in it. {ENGLISH}",
        f"One, two, three,\nfour, five, six,\n{ENGLISH}",
    ],
)
def test_words_that_begin_like_data_are_words(text: str, opening: Open) -> None:
    assert opening(text.encode()).item.passages[0].text == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"id,date,place\n1,2017-06-11,Nowhere\n2,2017-06-12,Nowhere\n", "a table of values"),
        (b"id\tdate\tplace\n1\t2017-06-11\tNowhere\n", "a table of values"),
        (
            b'id,words,date\n1,"Five people, they said,\nwere killed; the rest, alive",2017-06-11\n2,none,2017-06-12\n',
            "a table of values",
        ),
        (b"id;date;place\n1;2017-06-11;Nowhere\n", "a table of values"),
        (b"!meta 0 {}\ncom,example)/ 20170611101010 {}\n", "a web archive"),
        (b'{"type": "FeatureCollection", "features": []}', "JSON"),
        (b"[1, 2, 3]", "JSON"),
        (b"[]", "JSON"),
        (b"[[35.1, 36.2]]", "JSON"),
        (b"[true, 1]", "JSON"),
        (b'<?xml version="1.0"?><kml></kml>', "XML"),
        (b"window.YTD.tweets.part0 = [ {} ]", "JavaScript"),
        (b"var counts = [1];", "JavaScript"),
        (b"(function () { return 1 })()", "JavaScript"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n", "keys or certificates"),
        (b"WARC/1.1\r\nWARC-Type: response\r\n\r\n<html><body>x</body></html>", "a web archive"),
    ],
)
def test_data_made_for_machines_is_unread_and_named(data: bytes, kind: str, opening: Open) -> None:
    assert kind in opening(data, "notes.txt").why


def test_a_text_of_blanks_says_nothing(opening: Open) -> None:
    assert opening(b" \n\t\n").why == "nothing but blanks"


def test_a_text_too_long_for_one_is_unread(opening: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_text, "LARGEST", 10)
    assert "too large" in opening(ENGLISH.encode()).why


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert plain_text.decode(text.encode()) == (text.removeprefix("\ufeff"), None)


@given(st.binary(max_size=200))
def test_any_bytes_decode_to_something_and_nothing_is_replaced_unsaid(data: bytes) -> None:
    text, said = plain_text.decode(data)
    replaced = text.count("\N{REPLACEMENT CHARACTER}")
    assert (
        replaced <= data.count(b"\xef\xbf\xbd") + data.count(b"\xff\xfd") + data.count(b"\xfd\xff") or said is not None
    )


def test_an_anchor_leads_back_to_the_words(opening: Open) -> None:
    item = opening(BOTH.encode()).item
    start = BOTH.index("residents")
    anchor = item.anchor(Span(passage=0, start=start, end=start + 9))
    assert (anchor.address, anchor.selector, anchor.text) == (item.address, "text", item.passages[0].digest)
    assert item.passages[0].text[anchor.start : anchor.end] == "residents"
