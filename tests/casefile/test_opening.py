"""Opening: everything an object holds comes through the workers whole; what dies costs itself; cut off, it goes on."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.strategies import ARABIC, ENGLISH, chat, jsonl, message, new_case, picture, tar_of, written, zip_of
from witnessmark.casefile import items, opening, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.deposits import add
from witnessmark.casefile.opening import Opened, Task, count_pending, open_pending
from witnessmark.casefile.progress import silent
from witnessmark.casefile.spread import Failed
from witnessmark.casefile.steps import open_key
from witnessmark.casefile.verify import verify
from witnessmark.intake.formats import open_object
from witnessmark.terms.address import address_of
from witnessmark.terms.item import Item

MANY = 40


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with new_case(tmp_path / "case") as made:
        yield made


def deposited(case: Case, *objects: bytes) -> list[str]:
    """Objects in vault and ledger, not opened yet; their addresses."""
    entries: list[tuple[str, dict[str, object]]] = []
    for number, data in enumerate(objects):
        address, size = case.shelves.put_bytes(data)
        entries.append(("deposit", {"address": address, "size": size, "name": f"given/{number:03d}"}))
    case.record(entries)
    return [str(about["address"]) for _, about in entries]


def all_items(case: Case) -> list[Item]:
    with case.transaction() as db:
        return list(items.fetch(db, items.all_ids(db)))


def outcomes(case: Case) -> list[tuple[str, str, str, str]]:
    with case.transaction() as db:
        rows = db.execute(select(tables.outcome).order_by(*tables.outcome.primary_key.columns))
        return [(row.address, row.selector, row.kind, row.why) for row in rows]


def failures(case: Case) -> dict[str, str]:
    with case.transaction() as db:
        return {row.subject: row.why for row in db.execute(select(tables.failure))}


def texts(case: Case) -> list[str]:
    return sorted(passage.text for item in all_items(case) for passage in item.passages)


def dies(tasks: list[Task]) -> list[Opened | Failed]:
    """Readers of which one crashes as a native parser would, and one raises."""
    for task in tasks:
        if b"CRASH" in Path(task.path).read_bytes():
            os.kill(os.getpid(), signal.SIGSEGV)
    return [
        Failed("KeyError: 'made up'") if b"RAISE" in Path(task.path).read_bytes() else opening._open_one(task)
        for task in tasks
    ]


def test_what_a_reader_gives_stands_in_the_tables(case: Case, tmp_path: Path) -> None:
    objects = [
        ENGLISH.encode(),
        written(chat(message(1, ["a ", {"type": "bold", "text": ARABIC}], photo="photos/1.jpg"), message(4, ENGLISH))),
        jsonl({"id": "1", "title": ARABIC, "text": ENGLISH, "more": 1}, {"id": "2"}),
        picture(),
        b"",
    ]
    addresses = deposited(case, *objects)
    open_pending(case, jobs=2, progress=silent)
    expected: list[Item] = []
    for address in addresses:
        found = open_object(case.shelves.path(address), address, "given", tmp_path)
        expected.extend(one for one in found if isinstance(one, Item))
    assert all_items(case) == sorted(expected, key=lambda item: item.id)
    assert {(address, kind) for address, _, kind, _ in outcomes(case)} == {
        (addresses[1], "notice"),
        (addresses[2], "unread"),
        (addresses[4], "unread"),
    }
    with case.transaction() as db:
        assert count_pending(db, open_key()) == 0
    assert verify(case) == []


def test_a_worker_that_dies_names_one_object_and_costs_no_other(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "open_batch", dies)
    words = [f"words {number} of {ENGLISH}" for number in range(MANY)]
    addresses = deposited(
        case, *(text.encode() for text in words), b"a text that will CRASH", b"a text that will RAISE"
    )
    open_pending(case, jobs=2, progress=silent)
    assert texts(case) == sorted(words)
    crashed, raised = addresses[-2:]
    assert set(failures(case)) == {crashed, raised}
    assert "its reader died" in failures(case)[crashed]
    assert failures(case)[raised] == "KeyError: 'made up'"
    assert [(address, kind) for address, _, kind, _ in outcomes(case)] == sorted(
        [(crashed, "unread"), (raised, "unread")]
    )
    assert case.shelves.check(crashed) == crashed


def test_a_failure_is_forgotten_once_a_later_reader_can_read_it(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    (address,) = deposited(case, b"a text that will CRASH")
    with monkeypatch.context() as patch:
        patch.setattr(opening, "open_batch", dies)
        open_pending(case, jobs=1, progress=silent)
        assert list(failures(case)) == [address]
    monkeypatch.setattr("witnessmark.casefile.steps.VERSIONS", {"open": 99, "read": 1, "gather": 1})
    open_pending(case, jobs=1, progress=silent)
    assert (failures(case), outcomes(case)) == ({}, [])
    assert texts(case) == ["a text that will CRASH"]


def test_opening_again_with_other_readers_leaves_nothing_of_the_first(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    nested = zip_of({"b.txt": ARABIC.encode(), "c.tgz": tar_of({"d.txt": b"deep words"}, "w:gz")})
    deposited(case, nested, jsonl({"id": "1", "text": ENGLISH}, {"id": "2"}))
    open_pending(case, jobs=1, progress=silent)
    before = all_items(case), outcomes(case), case.ledger.head()
    monkeypatch.setattr("witnessmark.casefile.steps.VERSIONS", {"open": 99, "read": 1, "gather": 1})
    with case.transaction() as db:
        assert count_pending(db, open_key()) == 5
    open_pending(case, jobs=2, progress=silent)
    assert (all_items(case), outcomes(case), case.ledger.head()) == before


def test_an_opening_cut_off_after_some_rows_goes_on_and_doubles_nothing(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LOT", 3)
    data = jsonl(*({"id": str(number), "text": f"words {number}"} for number in range(10)), {"id": "bad"})
    archive = zip_of({f"{number}.txt": f"member {number}".encode() for number in range(7)})
    deposited(case, data, archive)
    store = items.store
    record = Case.record
    calls = 0

    def cut(*args: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        store(*args)  # type: ignore[arg-type]  # handed on as given

    def recorded_then_cut(self: Case, entries: list[tuple[str, dict[str, object]]]) -> None:
        record(self, entries)
        raise KeyboardInterrupt

    for target, name, broken in ((items, "store", cut), (Case, "record", recorded_then_cut)):
        with monkeypatch.context() as patch:
            patch.setattr(target, name, broken)
            with pytest.raises(KeyboardInterrupt):
                open_pending(case, jobs=1, progress=silent)
    open_pending(case, jobs=1, progress=silent)
    assert texts(case) == sorted(
        [*(f"words {number}" for number in range(10)), *(f"member {number}" for number in range(7))]
    )
    names = [entry.about["name"] for entry in case.ledger.read() if "member_of" in entry.about]
    assert len(names) == len(set(names)) == 7
    assert [(selector, kind) for _, selector, kind, _ in outcomes(case)] == [("line:11", "unread")]
    assert list(case.spool.iterdir()) == []
    assert verify(case) == []


def test_members_are_objects_of_their_own_found_under_the_archive(case: Case) -> None:
    (outer,) = deposited(case, zip_of({"in/a.txt": ENGLISH.encode()}))
    open_pending(case, jobs=1, progress=silent)
    (entry,) = [entry for entry in case.ledger.read() if "member_of" in entry.about]
    assert entry.about == {
        "address": address_of(ENGLISH.encode()),
        "size": len(ENGLISH),
        "name": "given/000!/in/a.txt",
        "member_of": outer,
    }


def test_progress_is_told_for_every_object(case: Case) -> None:
    deposited(case, *(str(number).encode() for number in range(5)))
    told: list[tuple[str, int, int]] = []
    open_pending(case, jobs=1, progress=lambda step, done, total: told.append((step, done, total)))
    assert told == [("opening", done, 5) for done in range(1, 6)]


def test_only_what_is_pending_is_opened(case: Case) -> None:
    addresses = deposited(case, b"one", b"two")
    with case.transaction() as db:
        db.execute(update(tables.thing).where(tables.thing.c.address == addresses[0]).values(opened=open_key()))
    open_pending(case, jobs=1, progress=silent)
    assert texts(case) == ["two"]


def test_jobs_change_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number}.txt").write_text(f"words {number} of {ENGLISH}", encoding="utf-8")
    (folder / "z.zip").write_bytes(zip_of({"a.txt": ARABIC.encode(), "b": b"\0\1\2"}))
    found = []
    for jobs in (1, 3):
        with new_case(tmp_path / f"case {jobs}") as case:
            receipt = add(case, [folder], jobs=jobs)
            found.append((receipt, all_items(case), outcomes(case)))
    assert found[0] == found[1]
