"""Entries follow from each other; a tear at the end is mended, an altered word is found."""

import json
import multiprocessing
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.errors import AlteredEvidence
from witnessmark.vault.ledger import NOTHING, Ledger, hash_of

AT = "2026-01-02T03:04:05+00:00"


def filled(path: Path, many: int = 5) -> Ledger:
    """A ledger with entries 0 to ``many`` - 1, one append each."""
    ledger = Ledger(path / "ledger.jsonl")
    for number in range(many):
        assert ledger.append([("noted", {"number": number})], AT) == [number]
    return ledger


def append_some(path: str, count: int) -> None:
    """In another process."""
    for number in range(count):
        Ledger(Path(path)).append([("noted", {"number": number}), ("noted", {"number": -number})], AT)


def test_each_entry_holds_the_hash_of_the_one_before(tmp_path: Path) -> None:
    ledger = filled(tmp_path)
    entries = list(ledger.read())
    assert [entry.prev for entry in entries] == [NOTHING, *(entry.hash for entry in entries[:-1])]
    assert all(hash_of(one.n, one.at, one.did, one.about, one.prev) == one.hash for one in entries)
    assert ledger.head() == (4, entries[-1].hash)
    assert ledger.verify() == []


def test_a_batch_is_one_write_and_one_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    sync = os.fsync

    def watched(handle: int) -> None:
        lengths.append(os.fstat(handle).st_size)
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    ledger = Ledger(tmp_path / "ledger.jsonl")
    assert ledger.append([("noted", {"number": number}) for number in range(3)], AT) == [0, 1, 2]
    assert lengths == [ledger.path.stat().st_size]
    assert ledger.append([], AT) == []
    assert len(lengths) == 1


def test_entries_after_a_number_are_found_in_a_long_ledger(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.append([("noted", {"number": number, "words": "w" * (number % 700)}) for number in range(2000)], AT)
    for after in (-1, 0, 1, 777, 1998, 1999, 5000):
        assert [entry.n for entry in ledger.read(after)] == list(range(after + 1, 2000))


@given(cut=st.integers(1, 60))
@settings(max_examples=20)
def test_a_torn_last_line_is_no_damage_and_is_set_aside(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    ledger = filled(tmp_path_factory.mktemp("torn"))
    data = ledger.path.read_bytes()
    last = data[:-1].rfind(b"\n") + 1
    torn = data[: max(last + 1, len(data) - cut)]
    ledger.path.write_bytes(torn)
    assert [entry.n for entry in ledger.read()] == [0, 1, 2, 3]
    assert ledger.verify() == []
    assert ledger.append([("noted", {"number": 99})], AT) == [4]
    assert [entry.about["number"] for entry in ledger.read()] == [0, 1, 2, 3, 99]
    assert ledger.verify() == []
    assert (ledger.path.parent / f"ledger.torn-{last}").read_bytes() == torn[last:]


def test_a_ledger_torn_in_its_first_line_begins_anew(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.path.write_bytes(b'{"about":{"nam')
    assert ledger.head() == (-1, NOTHING)
    assert ledger.append([("noted", {})], AT) == [0]
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"number":2', b'"number":7', "entry 2 was reworded"),
        (b'"n":2', b'"n":9', "entry 9 does not follow"),
        (b'{"about":{"number":2}', b'{"about": {"number":2}', "Line 3 of the ledger was reworded"),
        (b'{"about":{"number":2}', b'{"also":1,"about":{"number":2}', "Line 3 of the ledger was reworded"),
        (b'{"about":{"number":2}', b'{"about":[2]', "Line 3 of the ledger is no entry"),
        (b'{"about":{"number":2}', b"", "Line 3 of the ledger is no entry"),
    ],
)
def test_an_altered_line_is_found_and_named(tmp_path: Path, old: bytes, new: bytes, words: str) -> None:
    ledger = filled(tmp_path)
    data = ledger.path.read_bytes()
    assert data.count(old) == 1
    ledger.path.write_bytes(data.replace(old, new))
    (sentence,) = ledger.verify()
    assert words in sentence


@pytest.mark.parametrize("order", [[0, 1, 3, 4], [1, 2, 3, 4], [0, 2, 1, 3, 4], [0, 1, 1, 2, 3, 4]])
def test_a_line_removed_moved_or_doubled_is_found(tmp_path: Path, order: list[int]) -> None:
    ledger = filled(tmp_path)
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    ledger.path.write_bytes(b"".join(lines[number] for number in order))
    (sentence,) = ledger.verify()
    assert "does not follow" in sentence


def test_nothing_is_appended_to_a_ledger_whose_end_is_no_entry(tmp_path: Path) -> None:
    ledger = filled(tmp_path)
    with ledger.path.open("ab") as out:
        out.write(b"rubbish\n")
    before = ledger.path.read_bytes()
    with pytest.raises(AlteredEvidence, match="last line"):
        ledger.append([("noted", {})], AT)
    with pytest.raises(AlteredEvidence, match="last line"):
        ledger.head()
    assert ledger.path.read_bytes() == before


def test_a_ledger_that_is_gone_or_empty_is_damage(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    assert ledger.verify() == ["The ledger is gone."]
    assert list(ledger.read()) == []
    ledger.path.touch()
    assert ledger.verify() == ["The ledger is empty."]


# Lone surrogates are refused before anything is written; everything else comes back.
@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none(), max_size=3), min_size=1, max_size=4))
@settings(max_examples=40)
def test_whatever_is_entered_comes_back(
    tmp_path_factory: pytest.TempPathFactory, given_rows: list[dict[str, object]]
) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("any") / "ledger.jsonl")
    ledger.append([("noted", row) for row in given_rows], AT)
    assert [dict(entry.about) for entry in ledger.read()] == given_rows
    assert ledger.verify() == []
    assert all(json.loads(line) for line in ledger.path.read_bytes().splitlines())


def test_two_processes_may_append_and_the_chain_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=append_some, args=(str(path), 20)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [entry.n for entry in Ledger(path).read()] == list(range(80))
    assert Ledger(path).verify() == []
