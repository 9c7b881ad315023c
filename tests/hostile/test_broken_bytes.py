"""Bytes cut off, nested beyond reason, or of no encoding: an outcome in words, and nothing a database chokes on."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.strategies import (
    ARABIC,
    ENGLISH,
    any_json,
    chat,
    jsonl,
    message,
    picture,
    small_files,
    tar_of,
    written,
    zip_of,
)
from witnessmark.casefile.opening import _line
from witnessmark.intake.formats import open_object
from witnessmark.intake.opened import Opened, mend
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Unread

WHOLE = {
    "telegram": written(chat(message(1, ARABIC), message(2, ENGLISH))),
    "items": jsonl({"id": "1", "text": ENGLISH}, {"id": "2", "text": ARABIC}),
    "array": json.dumps([{"id": "1", "text": ENGLISH}, {"id": "2", "text": ARABIC}], indent=1).encode(),
    "page": f"<html><head><title>Invented</title></head><body><p>{ENGLISH}</p></body></html>".encode(),
    "text": ARABIC.encode(),
    "zip": zip_of({"a.txt": ENGLISH.encode()}),
    "tar": tar_of({"a.txt": ENGLISH.encode()}, "w:gz"),
    "picture": picture("PNG"),
}


def outcomes(folder: Path, data: bytes, name: str = "found") -> list[Opened]:
    path = folder / "object"
    path.write_bytes(data)
    return list(open_object(path, "0" * 64, name, folder))


def storable(found: list[Opened]) -> bool:
    """Whether each outcome has a reason or words, and can be spooled and stored."""
    for one in found:
        encoded = msgspec.json.encode(_line(one))  # refuses lone surrogates
        if isinstance(one, Item):
            assert all(mend(passage.text)[1] == 0 for passage in one.passages)
        if isinstance(one, Unread):
            assert one.why.strip()
        # A text may hold a backslash and "u0000" as six characters, in JSON after a doubled backslash: that is no NUL.
        assert b"\\u0000" not in encoded.replace(b"\\\\", b"")
    return bool(found)


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=4),
)
def test_whatever_is_cut_off_or_damaged_has_an_outcome(
    tmp_path_factory: pytest.TempPathFactory, kind: str, kept: float, damage: list[tuple[float, int]]
) -> None:
    data = bytearray(WHOLE[kind])
    for where, byte in damage:
        data[int(where * (len(data) - 1))] = byte
    assert storable(outcomes(tmp_path_factory.mktemp("cut"), bytes(data[: int(kept * len(data))])))


@settings(max_examples=200)
@given(small_files | any_json.map(lambda value: json.dumps(value).encode()) | st.lists(any_json, max_size=4).map(
    lambda rows: b"\n".join(json.dumps({"id": "1", "text": row}).encode() for row in rows)))  # fmt: skip
@example(b"\\u0000")
def test_whatever_is_given_has_an_outcome(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    assert storable(outcomes(tmp_path_factory.mktemp("any"), data))


def test_json_cut_off_in_the_middle_of_an_export_is_unread(tmp_path: Path) -> None:
    (found,) = outcomes(tmp_path, WHOLE["telegram"][:-40], "result.json")
    assert isinstance(found, Unread)
    assert "cut off" in found.why


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"id": "1", "text": "x", "more": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"type": "x", "messages": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"id": "1", "text": ' + b'{"a": ' * 100_000 + b"1" + b"}" * 100_000 + b"}\n" + WHOLE["items"],
    ],
    ids=["array", "object", "unknown field", "messages", "one line of several"],
)
def test_json_nested_beyond_reason_has_an_outcome(data: bytes, tmp_path: Path) -> None:
    assert storable(outcomes(tmp_path, data))


def test_a_line_nested_beyond_reason_costs_that_line(tmp_path: Path) -> None:
    bad = b'{"id": "0", "text": "x", "more": ' + b"[" * 200_000 + b"]" * 200_000 + b"}\n"
    found = outcomes(tmp_path, WHOLE["items"] + bad + WHOLE["items"])
    assert [one.selector for one in found if isinstance(one, Item)] == ["line:1", "line:2", "line:4", "line:5"]
    assert [(one.selector, one.why) for one in found if isinstance(one, Unread)] == [
        ("line:3", "nested too deep to be read")
    ]


def test_a_file_that_is_one_line_nested_beyond_reason_says_so(tmp_path: Path) -> None:
    (found,) = outcomes(tmp_path, b'{"id": "0", "text": "x", "more": ' + b"[" * 200_000 + b"]" * 200_000 + b"}\n")
    assert isinstance(found, Unread)
    assert found.why == "nested too deep to be read"


@pytest.mark.parametrize("number", ["9" * 5000, "-1e999", "NaN", "1" + "0" * 400])
def test_numbers_beyond_reason_cost_no_other_line(number: str, tmp_path: Path) -> None:
    found = outcomes(tmp_path, WHOLE["items"] + f'{{"id": {number}, "text": "x"}}\n'.encode() + WHOLE["items"])
    assert storable(found)
    assert {"line:1", "line:2", "line:4", "line:5"} <= {one.selector for one in found if isinstance(one, Item)}


@pytest.mark.parametrize(
    "data", [b"\xff" * 3000, b"\x80\x81" * 2000, b"\xed\xa0\x80" * 1000, b"\0" * 3000, b"\xff\xfe" * 1500]
)
def test_bytes_of_no_encoding_have_an_outcome(data: bytes, tmp_path: Path) -> None:
    assert storable(outcomes(tmp_path, data, "words.txt"))


def test_surrogates_written_as_bytes_become_replacements_and_are_said(tmp_path: Path) -> None:
    found = outcomes(tmp_path, f"{ARABIC * 4} ".encode() + b"\xed\xa0\x80 after")
    assert storable(found)
    (item,) = (one for one in found if isinstance(one, Item))
    assert item.passages[0].text.endswith("\ufffd after")
    assert len(found) == 2


@pytest.mark.parametrize(
    "bad",
    [
        {**chat(message(1, ENGLISH)), "type": []},
        {**chat(message(1, ENGLISH)), "type": {"a": 1}, "id": [1]},
        chat({**message(1, ENGLISH), "id": [1]}),
    ],
)
def test_a_chat_that_is_wrong_costs_no_other_chat(bad: dict[str, object], tmp_path: Path) -> None:
    account = {"about": "made up", "chats": {"list": [bad, chat(message(2, ARABIC))]}}
    found = [one for one in outcomes(tmp_path, written(account)) if isinstance(one, Item)]
    assert ARABIC in [one.passages[0].text for one in found]


@pytest.mark.parametrize("digits", ["9" * 25, "9" * 4000, "9" * 9000])
@pytest.mark.parametrize("field", ["id", "reply_to_message_id", "date_unixtime"])
def test_a_number_beyond_all_numbers_costs_its_message_at_most(field: str, digits: str, tmp_path: Path) -> None:
    data = json.dumps(chat({**message(1, ENGLISH), field: 777}, message(2, ARABIC)), indent=1).replace("777", digits)
    found = outcomes(tmp_path, data.encode())
    texts = [one.passages[0].text for one in found if isinstance(one, Item)]
    assert texts[-1] == ARABIC
    assert len(texts) + len([one for one in found if isinstance(one, Unread)]) == 2
    assert all(len(str(one)) < 2000 for one in found)


@pytest.mark.parametrize(
    "bad",
    [
        {"name": "n", "type": "public_channel", "id": 5, "messages": {"0": message(1, ENGLISH)}},
        {"about": "made up", "chats": {"list": {"0": chat(message(1, ENGLISH))}}},
        {"about": "made up", "personal_information": {}, "chats": [chat(message(1, ENGLISH))]},
        {"about": "made up", "chats": {"list": [], "extra": [chat(message(1, ENGLISH))]}},
    ],
)
def test_chats_in_a_shape_never_seen_are_listed(bad: dict[str, object], tmp_path: Path) -> None:
    found = outcomes(tmp_path, json.dumps(bad).encode())
    assert any(isinstance(one, Unread) and "private" not in one.why for one in found)


@pytest.mark.parametrize("text", [12345, {"a": 1}, [123, None, ["x"]], True])
def test_a_text_of_no_known_shape_is_said_to_be_left(text: object, tmp_path: Path) -> None:
    (item,) = (
        one for one in outcomes(tmp_path, written(chat({**message(1, "x"), "text": text}))) if isinstance(one, Item)
    )
    assert "text" in item.not_read


def test_words_that_stand_in_the_entities_alone_are_read(tmp_path: Path) -> None:
    given = {**message(1, ""), "text_entities": [{"type": "plain", "text": ENGLISH}]}
    (item,) = (one for one in outcomes(tmp_path, written(chat(given))) if isinstance(one, Item))
    assert item.passages[0].text == ENGLISH
