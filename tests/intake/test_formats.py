"""A file is what its bytes are, whatever it is called; and every object has an outcome."""

import gzip

import pytest
from hypothesis import given, settings

from tests.intake.conftest import Open
from tests.strategies import ENGLISH, any_text, chat, jsonl, message, picture, small_files, tar_of, written, zip_of
from witnessmark.intake.formats import FORMATS, open_object
from witnessmark.intake.opened import shown_name, unsafe_path

KINDS = {
    "picture": picture(),
    "text": ENGLISH.encode(),
    "page": f"<html><body><p>{ENGLISH}</p></body></html>".encode(),
    "post": written(chat(message(1, ENGLISH))),
}
NAMES = ("found.txt", "found.jpg", "found.html", "result.json", "found.zip", "found", "found.exe")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_lying_extension_is_not_believed(kind: str, name: str, opening: Open) -> None:
    assert opening(KINDS[kind], name).item.kind == kind


@pytest.mark.parametrize("name", NAMES)
def test_archives_and_items_are_known_by_content(name: str, opening: Open) -> None:
    assert [member.name for member in opening(zip_of({"a": b"x"}), name).members] == ["a"]
    assert [member.name for member in opening(tar_of({"a": b"x"}), name).members] == ["a"]
    assert opening(jsonl({"id": "1", "text": ENGLISH}), name).item.given_id == "1"


@pytest.mark.parametrize(
    ("data", "seems"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\0\1\2\3" * 40, "application/pdf"),
        (b"RIFF\x40\0\0\0AVI LIST" + b"\0" * 64, "video/x-msvideo"),
        (bytes(range(32)) * 8, "of no kind known here"),
        (b"name,date,place\na,b,c\nd,e,f\n", "a table of values"),
        (gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"), "a web archive, packed"),
        (gzip.compress(b"\0\1\2\3" * 9), "packed, and no whole archive is in it"),
    ],
)
def test_what_no_reader_knows_is_unread_with_a_word_on_what_it_seems(data: bytes, seems: str, opening: Open) -> None:
    why = opening(data, "words.txt").why
    assert seems in why
    assert "its bytes are preserved" in why


def test_nothing_is_unread_as_nothing(opening: Open) -> None:
    assert opening(b"").why == "empty: 0 bytes"


def test_the_formats_have_names_of_their_own() -> None:
    assert len({one.name for one in FORMATS}) == len(FORMATS)


@settings(max_examples=150)
@given(small_files)
def test_any_bytes_have_at_least_one_outcome_and_the_same_again(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "object"
    path.write_bytes(data)
    first = list(open_object(path, "0" * 64, "name", folder))
    assert first
    assert list(open_object(path, "0" * 64, "other.zip", folder)) == first


@given(any_text)
def test_a_shown_name_is_safe_to_store_and_show(name: str) -> None:
    shown = shown_name(name)
    shown.encode("utf-8")
    assert not set(shown) & set("\0\x1b\r\n\u202e\u2066\u200f")
    assert shown_name(shown) == shown


@pytest.mark.parametrize("path", ["a", "a/b.txt", "..a/b..", "a/...", "ب/ج.jpg", "a b", "-rf"])
def test_paths_that_stay_inside(path: str) -> None:
    assert unsafe_path(path) is None


@pytest.mark.parametrize("path", ["", "/a", "\\a", "~/a", "..", "a/../../b", "a\\..\\b", "C:a", "c:/a", "a\0b"])
def test_paths_that_do_not(path: str) -> None:
    assert unsafe_path(path) is not None
