"""Zip and tar, and everything that may be wrong with them."""

import bz2
import io
import lzma
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.conftest import Found, Open
from tests.strategies import ARABIC, ENGLISH, picture, tar_of, zip_of
from witnessmark.intake import archives

MEMBERS = {"a.txt": ENGLISH.encode(), "folder/ب.txt": ARABIC.encode(), "folder/c.jpg": picture()}


def held(found: Found) -> dict[str, bytes]:
    """Members by name, with their bytes."""
    assert all(member.size == member.path.stat().st_size for member in found.members)
    return {member.name: member.path.read_bytes() for member in found.members}


@pytest.mark.parametrize(
    "data",
    [
        zip_of(MEMBERS),
        zip_of(MEMBERS, zipfile.ZIP_STORED),
        zip_of(MEMBERS, zipfile.ZIP_LZMA),
        tar_of(MEMBERS),
        tar_of(MEMBERS, "w:gz"),
        tar_of(MEMBERS, "w:bz2"),
        tar_of(MEMBERS, "w:xz"),
    ],
)
def test_members_come_out_as_they_went_in(data: bytes, opening: Open) -> None:
    found = opening(data, "export.dat")
    assert held(found) == MEMBERS
    assert (found.items, found.unread, found.passed) == ([], [], [])


def test_two_members_of_one_name_are_both_kept(opening: Open) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zip_of([("a.txt", b"one"), ("a.txt", b"two")])
    assert [member.path.read_bytes() for member in opening(data).members] == [b"one", b"two"]


def test_folders_are_nothing_and_furniture_is_passed_over(opening: Open) -> None:
    found = opening(
        zip_of({"folder/": b"", "__MACOSX/._a.txt": b"x", "folder/.DS_Store": b"x", "a.txt": ENGLISH.encode()})
    )
    assert list(held(found)) == ["a.txt"]
    assert [one.selector for one in found.passed] == ["__MACOSX/._a.txt", "folder/.DS_Store"]


@pytest.mark.parametrize("data", [zip_of({}), zip_of({"folder/": b""})])
def test_an_archive_with_nothing_in_it_says_so(data: bytes, opening: Open) -> None:
    assert opening(data).why == "nothing is in it (archive)"


def test_an_encrypted_member_is_listed(opening: Open) -> None:
    data = bytearray(zip_of({"locked.txt": b"x", "open.txt": b"y"}))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    found = opening(bytes(data))
    assert list(held(found)) == ["open.txt"]
    assert [(one.selector, "encrypted" in one.why) for one in found.unread] == [("locked.txt", True)]


def test_a_member_whose_sum_is_wrong_is_listed_and_the_others_are_read(opening: Open) -> None:
    data = zip_of({"a.txt": b"first words", "b.txt": b"second words"}, zipfile.ZIP_STORED)
    found = opening(data.replace(b"first words", b"fxrst words", 1))
    assert held(found) == {"b.txt": b"second words"}
    assert [(one.selector, "cut off or broken" in one.why) for one in found.unread] == [("a.txt", True)]


@pytest.mark.parametrize("data", [zip_of(MEMBERS)[:-30], zip_of(MEMBERS)[:40], b"PK\x03\x04 no archive at all"])
def test_a_zip_that_is_cut_off_is_unread(data: bytes, opening: Open) -> None:
    assert "cut off or broken" in opening(data).why


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_a_tar_that_is_cut_off_gives_what_came_before(mode: str, opening: Open) -> None:
    big = {"a.txt": ENGLISH.encode(), "b.bin": bytes(range(256)) * 5000}
    data = tar_of(big, mode)
    found = opening(data[: len(data) * 2 // 3])
    assert [one.selector for one in found.unread] == [""]
    assert "cut off or broken" in found.unread[0].why
    assert set(held(found)) <= {"a.txt"}


@pytest.mark.parametrize("data", [bz2.compress(b"x" * 2000), lzma.compress(b"x" * 2000)])
def test_a_packed_file_that_is_no_tar_is_unread_and_named(data: bytes, opening: Open) -> None:
    assert "it seems to be application/x" in opening(data).why


def test_links_devices_and_fifos_in_a_tar_are_listed(opening: Open) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (
            ("soft", tarfile.SYMTYPE),
            ("hard", tarfile.LNKTYPE),
            ("fifo", tarfile.FIFOTYPE),
            ("dev", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/passwd"
            archive.addfile(info)
    found = opening(out.getvalue())
    assert {one.selector: one.why for one in found.unread} == {
        "soft": "a link; links are not followed",
        "hard": "a link; links are not followed",
        "fifo": "not a regular file",
        "dev": "not a regular file",
    }
    assert found.members == []


def test_more_members_than_the_limit_are_listed(opening: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    found = opening(zip_of({f"{number}.txt": b"x" for number in range(4)}))
    assert len(found.members) == 2
    assert [one.selector for one in found.unread] == ["2.txt", "3.txt"]


@settings(max_examples=80)
@given(st.sampled_from([zip_of(MEMBERS), tar_of(MEMBERS), tar_of(MEMBERS, "w:gz"), tar_of(MEMBERS, "w:xz")]),
       st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=5), st.floats(0.02, 1))  # fmt: skip
def test_damaged_archives_never_raise_and_never_say_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, damage: list[tuple[float, int]], kept: float
) -> None:
    bad = bytearray(data)
    for where, byte in damage:
        bad[int(where * (len(bad) - 1))] = byte
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / "archive"
    path.write_bytes(bad[: int(kept * len(bad))])
    head = path.read_bytes()
    if archives.recognises(head, path):
        list(archives.read(path, "0" * 64, "", folder))
