"""Files larger than memory: shelved and opened in pieces, and what cannot be one text is unread in words."""

import multiprocessing
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.strategies import ENGLISH
from witnessmark.intake.formats import open_object
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Unread
from witnessmark.vault.shelves import Shelves

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

SIZE = 320 << 20  # bytes of each file
ROOM = 96 << 20  # bytes of address space beyond what the bare process takes
LINE = f"{ENGLISH}\n".encode() * 16_000  # about 1 MiB

Told: TypeAlias = tuple[int, int, list[str]]


def narrow() -> None:
    """Leave this process so little room that it cannot hold the file."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + ROOM,) * 2)


def shelve_and_open(path: str, folder: str, told: "Queue[Told]") -> None:
    """In a process with little room: preserve the file, open it from the vault, and tell what came out."""
    narrow()
    shelves = Shelves(Path(folder))
    address, size = shelves.put_path(Path(path))
    items = 0
    reasons: list[str] = []
    for found in open_object(shelves.path(address), address, "found.txt", Path(folder)):
        items += isinstance(found, Item)
        if isinstance(found, Unread):
            reasons.append(found.why)
    told.put((size, items, reasons))


def text() -> Iterator[bytes]:
    while True:
        yield LINE


def lines() -> Iterator[bytes]:
    words = b"w" * (1 << 20)
    while True:
        yield b'{"id": "1", "text": "' + words + b'"}\n'


def one_line() -> Iterator[bytes]:
    yield b'{"id": "1", "text": "first"}\n{"id": "2", "text": "'
    while True:
        yield b"w" * (1 << 20)


def one_value() -> Iterator[bytes]:
    yield b'[\n{"id": "1", "text": "'
    while True:
        yield b"w" * (1 << 20)


def page() -> Iterator[bytes]:
    yield b"<!doctype html><html><body><p>"
    while True:
        yield LINE


def zeros() -> Iterator[bytes]:
    while True:
        yield bytes(1 << 20)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads a process's own size from /proc")
@pytest.mark.parametrize(
    ("pieces", "items", "why"),
    [
        (text, 0, "too large to be read as one text"),
        (lines, 1, ""),
        (one_line, 1, "too long for one captured item"),
        (one_value, 0, "too large to be read"),
        (page, 0, "too large to be read"),
        (zeros, 0, "of no kind known here"),
    ],
)
def test_a_file_larger_than_memory_is_shelved_and_has_an_outcome(
    pieces: Callable[[], Iterator[bytes]], items: int, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "huge"
    given = 0
    with path.open("wb") as out:
        for piece in pieces():
            out.write(piece)
            given += len(piece)
            if given >= SIZE:
                break
    spawn = multiprocessing.get_context("spawn")
    told: Queue[Told] = spawn.Queue()
    worker = spawn.Process(target=shelve_and_open, args=(str(path), str(tmp_path / "vault"), told))
    worker.start()
    worker.join()
    assert worker.exitcode == 0
    size, found, reasons = told.get()
    assert size == given
    assert (found > 0) == (items > 0)
    assert [why in reason for reason in reasons] == ([True] if why else [])
    for left in tmp_path.rglob("*"):  # a third of a gigabyte each
        if left.is_file():
            left.unlink()


def test_a_room_that_small_could_not_hold_the_file(tmp_path: Path) -> None:
    """The measure itself: reading whole fails there."""
    path = tmp_path / "huge"
    with path.open("wb") as out:
        out.truncate(SIZE)
    spawn = multiprocessing.get_context("spawn")
    worker = spawn.Process(target=read_whole, args=(str(path),))
    worker.start()
    worker.join()
    assert worker.exitcode == 7


def read_whole(path: str) -> None:
    narrow()
    try:
        Path(path).read_bytes()
    except MemoryError:
        raise SystemExit(7) from None
