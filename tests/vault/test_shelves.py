"""Bytes go in once, whole or not at all, and come out as they went in."""

import io
import os
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.terms.address import address_of
from witnessmark.vault.shelves import Shelves


class Cut(io.BytesIO):
    """A stream whose disk fails after a first piece."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.pieces = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.pieces += 1
        if self.pieces > 1:
            raise OSError(5, "Input/output error")
        return super().read(size)


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


@settings(max_examples=25)
@given(st.binary(max_size=500))
def test_bytes_come_out_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    shelves = Shelves(tmp_path_factory.mktemp("vault"))
    address, size = shelves.put_bytes(data)
    assert (address, size) == (address_of(data), len(data))
    with shelves.open(address) as source:
        assert source.read() == data
    assert shelves.check(address) == address


def test_the_same_bytes_are_shelved_once_and_their_file_is_left_alone(tmp_path: Path) -> None:
    shelves = Shelves(tmp_path)
    address, _ = shelves.put_bytes(b"words")
    before = shelves.path(address).stat()
    assert shelves.put_bytes(b"words") == (address, 5)
    after = shelves.path(address).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert files(tmp_path) == [f"{address[:2]}/{address[2:4]}/{address}"]


def test_an_object_is_not_writable(tmp_path: Path) -> None:
    address, _ = Shelves(tmp_path).put_bytes(b"words")
    assert Shelves(tmp_path).path(address).stat().st_mode & 0o222 == 0


def test_a_file_is_shelved_under_its_address_and_stays_where_it_was(tmp_path: Path) -> None:
    given_file = tmp_path / "given"
    given_file.write_bytes(b"x" * (3 << 20))
    shelves = Shelves(tmp_path / "vault")
    address, size = shelves.put_path(given_file)
    assert size == 3 << 20
    assert given_file.read_bytes() == b"x" * size
    assert list(shelves.addresses()) == [address]


def test_a_stream_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Input/output"):
        Shelves(tmp_path).put(cast("BinaryIO", Cut(b"half of it")))
    assert files(tmp_path) == []


def test_no_object_is_seen_before_all_its_bytes_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill just before the rename leaves a stray file, never half an object."""
    shelves = Shelves(tmp_path)
    seen: list[list[str]] = []
    monkeypatch.setattr(os, "fsync", lambda _handle: seen.append(list(shelves.addresses())))
    address, _ = shelves.put_bytes(b"words")
    assert seen[0] == []  # the bytes themselves
    assert seen[-1] == [address]  # the folder that names them


def test_what_a_kill_left_is_swept_and_objects_stay(tmp_path: Path) -> None:
    shelves = Shelves(tmp_path)
    address, _ = shelves.put_bytes(b"words")
    (tmp_path / "incoming" / "tmpleft").write_bytes(b"half")
    assert shelves.sweep() == 1
    assert files(tmp_path) == [f"{address[:2]}/{address[2:4]}/{address}"]
    assert Shelves(tmp_path / "none yet").sweep() == 0


def test_altered_bytes_no_longer_have_their_address(tmp_path: Path) -> None:
    shelves = Shelves(tmp_path)
    address, _ = shelves.put_bytes(b"words")
    shelves.path(address).chmod(0o644)
    shelves.path(address).write_bytes(b"wards")
    assert shelves.check(address) == address_of(b"wards")


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_an_address_has_a_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        Shelves(tmp_path).path(name)
