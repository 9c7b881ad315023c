"""Telegram Desktop's exports: each message is read, passed over or unread; nothing private comes through."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.conftest import Open, text_of
from tests.strategies import ARABIC, ENGLISH, any_json, any_text, chat, message, written
from witnessmark.intake import telegram_desktop
from witnessmark.terms.item import Attachment, Item
from witnessmark.terms.unread import Notice, PassedOver, Unread

SERVICE = {
    "id": 1,
    "type": "service",
    "date": "2017-06-09T09:20:01",
    "actor": "Invented channel",
    "action": "create_channel",
}


def test_a_single_chat(opening: Open) -> None:
    found = opening(written(chat(SERVICE, message(2, ARABIC), message(3, ENGLISH))))
    assert [text_of(item) for item in found.items] == [ARABIC, ENGLISH]
    first = found.items[0]
    assert (first.kind, first.platform, first.publisher) == ("post", "telegram", "Invented channel")
    assert (first.native_id, first.selector) == ("telegram:77:2", "/messages/1")
    assert first.published == "2017-06-09T09:20:02+00:00"
    assert [(one.selector, one.why) for one in found.passed] == [
        ("/messages/0", "a service notice (create_channel); nobody says anything in it")
    ]
    assert (found.unread, found.notices) == ([], [])


def test_text_as_a_list_of_entities_is_joined_and_its_links_are_kept(opening: Open) -> None:
    entities = [
        "Look ",
        {"type": "bold", "text": "here"},
        ": ",
        {"type": "text_link", "text": "the page", "href": "https://example.org/a"},
        {"type": "broken"},
        7,
    ]
    item = opening(written(chat(message(1, entities, text_entities=[])))).item
    assert text_of(item) == "Look here: the page"
    assert item.metadata == (("link", "https://example.org/a"),)


def test_forwards_replies_edits_and_places(opening: Open) -> None:
    given_more = {
        "edited": "2017-06-10T00:00:00",
        "edited_unixtime": "1497052800",
        "forwarded_from": "Another channel",
        "reply_to_message_id": 1,
        "location_information": {"latitude": 1.5, "longitude": 2.25},
        "reactions": [],
        "via_bot": "@invented",
    }
    item = opening(written(chat(message(1, ENGLISH), message(2, ARABIC, **given_more)))).items[1]
    assert item.edited == "2017-06-10T00:00:00+00:00"
    assert item.forwarded_from == "Another channel"
    assert item.reply_to == "telegram:77:1"
    assert item.metadata == (("latitude", "1.5"), ("longitude", "2.25"))
    assert item.not_read == ("reactions", "via_bot")


def test_the_layout_of_2021_has_no_zone_and_none_is_made_up(opening: Open) -> None:
    old = {"id": 1, "type": "message", "date": "2017-06-09T09:20:01", "from": "Invented", "text": ENGLISH}
    assert opening(written(chat(old, id=9999977))).item.published == "2017-06-09T09:20:01"


@pytest.mark.parametrize("peer", [77, -10077, "channel77", "-10077", "chat77"])
def test_one_channel_has_one_number_however_it_is_written(peer: object, opening: Open) -> None:
    assert opening(written(chat(message(5, ENGLISH), id=peer))).item.native_id == "telegram:77:5"


def test_media_beside_the_export_and_media_left_out(opening: Open) -> None:
    found = opening(
        written(
            chat(
                message(1, "", photo="photos/1.jpg"),
                message(2, "", file="files/2.mp4", mime_type="video/mp4", media_type="video_file"),
                message(3, "", photo="(File not included. Change data exporting settings to download.)"),
                message(4, "", file="(File exceeds maximum size. …)", file_name="big.mp4"),
                message(5, "", photo="../../outside.jpg"),
            )
        )
    )
    assert [item.attachments for item in found.items] == [
        (Attachment(name="photos/1.jpg"),),
        (Attachment(name="files/2.mp4", mime="video/mp4"),),
        (Attachment(name="photo", missing="File not included. Change data exporting settings to download."),),
        (Attachment(name="big.mp4", missing="File exceeds maximum size. …"),),
        (Attachment(name="../../outside.jpg", missing="its path climbs out of the archive (..)"),),
    ]
    assert [item.passages for item in found.items] == [()] * 5


def test_gaps_in_the_numbers_are_noticed(opening: Open) -> None:
    found = opening(written(chat(*(message(number, ENGLISH) for number in (1, 2, 5, 6, 8)))))
    (notice,) = found.notices
    assert notice.what.startswith("3 of the numbers 1 to 8 are not in this export (3 to 4, 7)")


def test_a_full_account_gives_its_channels_and_keeps_what_is_private(opening: Open) -> None:
    account = {
        "about": "An invented account.",
        "personal_information": {"phone_number": "PRIVATE"},
        "contacts": {"list": [{"first_name": "PRIVATE"}]},
        "frequent_contacts": {},
        "sessions": {"list": [{"last_ip": "PRIVATE"}]},
        "chats": {
            "list": [
                chat(message(1, ENGLISH)),
                chat(message(1, "PRIVATE"), type="personal_chat", name="PRIVATE", id=5),
                chat(message(1, "PRIVATE"), type="saved_messages", id=6),
                {"name": "no messages", "type": "public_channel"},
            ]
        },
        "left_chats": {"list": [chat(message(1, ARABIC), id=88)]},
    }
    found = opening(written(account))
    assert [(item.native_id, item.selector) for item in found.items] == [
        ("telegram:77:1", "/chats/list/0/messages/0"),
        ("telegram:88:1", "/left_chats/list/0/messages/0"),
    ]
    passed = {one.selector: one.why for one in found.passed}
    assert set(passed) == {
        "/personal_information",
        "/contacts",
        "/frequent_contacts",
        "/sessions",
        "/chats/list/1",
        "/chats/list/2",
    }
    assert [one.selector for one in found.unread] == ["/chats/list/3"]
    assert "PRIVATE" not in repr(found)


def test_an_account_whose_contacts_fill_its_beginning_is_an_export(opening: Open) -> None:
    contacts = {"list": [{"first_name": "PRIVATE", "phone_number": str(number)} for number in range(3000)]}
    account = {"about": "An invented account.", "personal_information": {}, "contacts": contacts}
    found = opening(written({**account, "chats": {"list": [chat(message(1, ENGLISH))]}}))
    assert text_of(found.item) == ENGLISH
    assert "PRIVATE" not in repr(found)


def test_escapes_that_are_no_json_are_repaired_and_said_and_the_bytes_stay(opening: Open) -> None:
    data = written(chat(message(1, "one<VT>two"), message(2, r"a path C:\x0B stays"))).replace(b"<VT>", rb"\x0B")
    found = opening(data)
    assert [text_of(item) for item in found.items] == ["one\x0btwo", r"a path C:\x0B stays"]
    assert [one.what for one in found.notices] == [
        "1 escape such as \\x0B, which is no JSON, read as control characters"
    ]


@pytest.mark.parametrize("korean", ["", "가"], ids=["none", "a letter whose bytes begin like a surrogate's"])
def test_bytes_that_are_no_utf8_are_replaced_and_said(korean: str, opening: Open) -> None:
    found = opening(written(chat(message(1, f"{korean}before<X>after"))).replace(b"<X>", b"\xff"))
    assert text_of(found.item) == f"{korean}before\ufffdafter"
    assert ["1 stretch of bytes is no UTF-8" in one.what for one in found.notices] == [True]


def test_lone_surrogates_and_nul_are_replaced_and_listed(opening: Open) -> None:
    escaped = json.dumps(chat(message(1, "a\ud800b\0c"), message(2, "plain")), indent=1).encode()
    raw = written(chat(message(1, "a\ud800b\0c"), message(2, "plain")))
    for data in (escaped, raw):
        found = opening(data)
        assert [text_of(item) for item in found.items] == ["a\ufffdb\ufffdc", "plain"]
        assert found.items[0].repaired == ("text: 2 NUL or lone surrogate replaced by U+FFFD",)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("words", "no message"),
        ({"id": 1, "type": "unsupported"}, "did not support"),
        ({"id": 1, "type": "hologram\u202e"}, "never seen before (hologram\\u202e)"),
        ({"id": 1}, "never seen before (none given)"),
        ({"type": "message", "text": "x"}, "without a number of its own"),
        ({"id": 1 << 70, "type": "message", "text": "x"}, "without a number of its own"),
        ({"id": 1, "type": "message", "date_unixtime": "9" * 30}, "is no time"),
        ({"id": 1, "type": "message", "date": "yesterday", "text": "x"}, "is no time"),
    ],
)
def test_an_entry_that_cannot_be_read_is_listed_and_the_next_is_read(entry: object, why: str, opening: Open) -> None:
    found = opening(written(chat(entry, message(2, ENGLISH))))  # type: ignore[arg-type]  # it is no message
    assert [text_of(item) for item in found.items] == [ENGLISH]
    assert [(one.selector, why in one.why) for one in found.unread] == [("/messages/0", True)]


def test_a_chat_without_messages_holds_nothing(opening: Open) -> None:
    assert opening(written(chat())).why == "nothing is in it (telegram-desktop)"


def test_an_export_too_large_is_unread(opening: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_desktop, "LARGEST", 100)
    assert "in parts" in opening(written(chat(message(1, ENGLISH)))).why


_FIELDS = st.sampled_from(["id", "type", "date", "date_unixtime", "from", "from_id", "text", "photo", "file", "file_name", "mime_type",
                           "forwarded_from", "reply_to_message_id", "location_information", "edited", "\ud800"])  # fmt: skip


@given(st.lists(st.dictionaries(_FIELDS, any_text | any_json, max_size=6), max_size=4), any_json)
def test_whatever_an_export_holds_each_entry_has_one_outcome(entries: list[dict[str, object]], peer: object) -> None:
    rows = [{"id": 1, "type": "message", "text": "x", **entry} for entry in entries]
    found = list(telegram_desktop._chat(chat(*rows, id=peer, name=peer), "", "0" * 64))
    outcomes = [one for one in found if not isinstance(one, Notice)]
    assert [one.selector for one in outcomes if isinstance(one, Item | Unread | PassedOver)] == [
        f"/messages/{number}" for number in range(len(entries))
    ]
    msgspec.json.encode(found)  # refuses lone surrogates
