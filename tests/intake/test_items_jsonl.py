"""``items.jsonl``: every field, every line, and no line lost for the sake of another."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.conftest import Open, text_of
from tests.strategies import ARABIC, ENGLISH, any_json, any_text, jsonl
from witnessmark.intake import items_jsonl
from witnessmark.intake.opened import mend
from witnessmark.terms.item import Attachment, Item

FULL = {
    "id": "a-1",
    "url": "https://x.com/invented/status/1234567890",
    "archived": "https://archive.example.org/20170611/a",
    "platform": "social post",
    "publisher": "Invented Monitor",
    "author": "invented",
    "site": "X",
    "published_at": "2017-06-11T09:30:00+03:00",
    "edited_at": "2017-06-12",
    "captured_at": "2019-01-01",
    "title": "Invented headline",
    "text": f"{ARABIC}\n{ENGLISH}",
    "lang": "ar",
    "reply_to": "x::99",
    "forwarded_from": "Another Monitor",
    "attachments": ["photos/1.jpg", {"name": "videos/2.mp4", "mime": "video/mp4"}],
}


def test_every_field_of_the_format(opening: Open) -> None:
    item = opening(jsonl(FULL)).item
    assert item == Item(
        address=item.address,
        selector="line:1",
        kind="post",
        passages=item.passages,
        given_id="a-1",
        native_id="x::1234567890",
        platform="social post",
        publisher="Invented Monitor",
        author="invented",
        site="X",
        url=FULL["url"],  # type: ignore[arg-type]  # a text in a dictionary of several kinds
        archived="https://archive.example.org/20170611/a",
        published="2017-06-11T09:30:00+03:00",
        edited="2017-06-12",
        captured="2019-01-01",
        language="ar",
        reply_to="x::99",
        forwarded_from="Another Monitor",
        attachments=(Attachment(name="photos/1.jpg"), Attachment(name="videos/2.mp4", mime="video/mp4")),
    )
    assert [(one.role, one.text, one.selector) for one in item.passages] == [
        ("title", "Invented headline", "title"),
        ("body", FULL["text"], "text"),
    ]
    assert item.name == "a-1"


def test_fields_we_do_not_use_are_named(opening: Open) -> None:
    item = opening(jsonl({"id": 7, "text": ENGLISH, "likes": 3, "mood\u202e": None})).item
    assert item.given_id == "7"
    assert item.not_read == ("likes", "mood\\u202e")


def test_bad_lines_are_listed_by_line_and_the_rest_is_read(opening: Open) -> None:
    rows = [
        b'{"id": "1", "text": "first"}',
        b'{"id": "2", "text": "cut o',
        b"",
        b"[1, 2]",
        b'{"id": "5"}',
        b'{"id": "6", "text": {"nested": true}}',
        b'{"id": "7", "text": "broken \xff bytes"}',
        b'{"id": "8", "text": "last"}',
    ]
    found = opening(b"\n".join(rows))
    assert [(item.given_id, item.selector) for item in found.items] == [("1", "line:1"), ("8", "line:8")]
    assert {one.selector: one.why for one in found.unread} == {
        "line:2": "not a JSON object: cut off, or broken",
        "line:4": "not a JSON object: cut off, or broken",
        "line:5": "it has neither a text nor a title",
        "line:6": "its field 'text' is not a text",
        "line:7": "not a JSON object: cut off, or broken",
    }


@pytest.mark.parametrize(
    "before", [b'{"id": "0", "url": "u", "text": "cut o\n', b"\n\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"]
)
def test_a_bad_or_blank_first_line_loses_none_that_follow(before: bytes, opening: Open) -> None:
    found = opening(before + jsonl({"id": "1", "text": ENGLISH}, {"id": "2", "text": ARABIC}))
    assert [item.given_id for item in found.items] == ["1", "2"]
    assert [one.selector for one in found.unread] == (["line:1"] if b"cut" in before else [])


@pytest.mark.parametrize("indent", [None, 1])
def test_one_object_or_one_array_is_read_too(indent: int | None, opening: Open) -> None:
    rows: list[object] = [{"id": "1", "text": ENGLISH}, 3, {"id": "2", "text": ARABIC}]
    array = opening(json.dumps(rows, indent=indent).encode())
    assert [(item.given_id, item.selector) for item in array.items] == [("1", "/0"), ("2", "/2")]
    assert [(one.selector, one.why) for one in array.unread] == [("/1", "not a JSON object")]
    assert opening(json.dumps(rows[0], indent=indent).encode()).item.given_id == "1"


def test_an_array_cut_off_is_unread(opening: Open) -> None:
    data = json.dumps([{"id": "1", "text": ENGLISH}] * 3, indent=1).encode()[:-20]
    assert "cut off" in opening(data).why


def test_ids_given_twice_are_both_read_and_noticed(opening: Open) -> None:
    found = opening(jsonl({"id": "1", "text": "one"}, {"id": "1", "text": "two"}))
    assert [text_of(item) for item in found.items] == ["one", "two"]
    assert len({item.id for item in found.items}) == 2
    assert "1 line carries an id" in found.notices[0].what


def test_nul_and_lone_surrogates_are_replaced_and_listed(opening: Open) -> None:
    item = opening(b'{"id": "1", "title": "a\\u0000b", "text": "c\\ud800d\\ud83d\\ude00"}\n').item
    assert [passage.text for passage in item.passages] == ["a\ufffdb", "c\ufffdd😀"]
    assert item.repaired == (
        "title: 1 NUL or lone surrogate replaced by U+FFFD",
        "text: 1 NUL or lone surrogate replaced by U+FFFD",
    )


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("../../etc/passwd", "climbs out"),
        ("/etc/passwd", "absolute"),
        ("C:\\secret", "absolute"),
        ("a\\..\\..\\b", "climbs out"),
    ],
)
def test_an_attachment_that_points_outside_is_kept_as_missing(name: str, missing: str, opening: Open) -> None:
    (attachment,) = opening(jsonl({"id": "1", "text": ENGLISH, "attachments": [name, 7, {}, ""]})).item.attachments
    assert attachment.name == name
    assert missing in str(attachment.missing)


@pytest.mark.parametrize(
    ("url", "native"),
    [
        ("https://twitter.com/Someone/status/42?s=20", "x::42"),
        ("https://mobile.x.com/other/statuses/42", "x::42"),
        ("https://t.me/s/Invented/7", "telegram:invented:7"),
        ("https://www.facebook.com/Invented/posts/99", "facebook:invented:99"),
        ("https://www.youtube.com/watch?v=abcdefghijk", "youtube::abcdefghijk"),
        ("https://nottwitter.com/a/status/42", None),
        ("https://x.com/a", None),
        ("http://[broken", None),
    ],
)
def test_a_posts_own_number_is_in_its_address(url: str, native: str | None) -> None:
    assert items_jsonl.native_id(url) == native


def test_a_line_too_long_is_listed_and_the_next_is_read(opening: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items_jsonl, "LONGEST_LINE", 100)
    rows = [{"id": "1", "text": "one"}, {"id": "2", "text": "x" * 1000}, {"id": "3", "text": "three"}]
    found = opening(jsonl(*rows))
    assert [item.given_id for item in found.items] == ["1", "3"]
    assert [(one.selector, "too long" in one.why) for one in found.unread] == [("line:2", True)]


def test_one_value_too_large_to_hold_is_unread(opening: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items_jsonl, "LARGEST_WHOLE", 50)
    assert "too large" in opening(json.dumps([{"id": "1", "text": ENGLISH}], indent=1).encode()).why


@given(st.dictionaries(st.sampled_from([*FULL, "other"]), any_text | any_json, max_size=8))
def test_any_object_is_an_item_or_unread_and_never_holds_what_a_database_chokes_on(value: dict[str, object]) -> None:
    found = items_jsonl.item_of(value, "0" * 64, "line:1")
    msgspec.json.encode(found)  # refuses lone surrogates
    if isinstance(found, Item):
        assert found.passages
        assert all(one.text.strip() and mend(one.text)[1] == 0 for one in found.passages)
