"""Every file met stands in exactly one outcome, the numbers add up, and the same bytes are one object however often found."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, func, select

from tests.strategies import ARABIC, ENGLISH, StillClock, folders, jsonl, new_case, picture, tar_of, zip_of
from witnessmark.casefile import opening, tables
from witnessmark.casefile.case import Case, open_case
from witnessmark.casefile.deposits import add
from witnessmark.casefile.verify import verify
from witnessmark.errors import AlteredEvidence, CaseIsBusy, UsageError
from witnessmark.vault.ledger import Ledger

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"


class Here:
    """Opens in this process: for properties tried over many folders."""

    def __init__(self, function: Callable[[list[Any]], Any], *, jobs: int) -> None:
        self.function = function
        self.jobs = jobs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        pass

    def over(self, batches: Iterable[list[Any]]) -> Iterator[tuple[list[Any], Any]]:
        for batch in batches:
            yield batch, self.function(batch)


@pytest.fixture(scope="module", autouse=True)
def _opens_here() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "Spread", Here)
        yield


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with new_case(tmp_path / "case") as made:
        yield made


def adds_up(receipt: dict[str, Any]) -> bool:
    return bool(
        receipt["files"]
        == receipt["opened"] + len(receipt["passed_over"]) + len(receipt["unread"]) + len(receipt["again"])
    )


def listed(receipt: dict[str, Any]) -> list[str]:
    """Names in the receipt's lists."""
    return [row["name"] for outcome in ("passed_over", "unread", "again") for row in receipt[outcome]]


def count(case: Case, table: Table) -> int:
    with case.transaction() as db:
        return int(db.execute(select(func.count()).select_from(table)).scalar_one())


def laid(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder with these files."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_a_receipt_of_each_outcome(case: Case, tmp_path: Path) -> None:
    folder = laid(
        tmp_path / "given",
        {
            "a.txt": ENGLISH.encode(),
            "b.jpg": picture(),
            "c.bin": bytes(range(32)),
            "copy/of a.txt": ENGLISH.encode(),
            "d.jsonl": jsonl({"id": "1", "text": ARABIC}, {"id": "2"}),
            "e.zip": zip_of({"in.txt": ARABIC.encode(), "a.txt": ENGLISH.encode(), "bad.pdf": b"%PDF-1.7\0\0\0"}),
            "f": b"",
        },
    )
    (folder / "link").symlink_to("a.txt")
    os.mkfifo(folder / "pipe")
    receipt = add(case, [folder], collector="C-1", note="found in a folder", jobs=1)
    unknown = "no reader for this kind of file yet (it seems to be application/pdf); its bytes are preserved"
    assert receipt == {
        "files": 12,
        "opened": 5,
        "items": 4,
        "objects": 8,
        "passed_over": [
            {"name": "given/link", "why": "a link; links are not followed"},
            {"name": "given/pipe", "why": "not a regular file"},
        ],
        "unread": [
            {
                "name": "given/c.bin",
                "why": "no reader for this kind of file yet (its bytes are of no kind known here); its bytes are preserved",
            },
            {"name": "given/f", "why": "empty: 0 bytes"},
            {"name": "given/e.zip!/bad.pdf", "why": unknown},
        ],
        "again": receipt["again"],
        "inside": {
            "unread": [{"name": "given/d.jsonl", "where": "line:2", "why": "it has neither a text nor a title"}],
            "passed over": [],
            "notice": [],
        },
    }
    assert [row["name"] for row in receipt["again"]] == ["given/copy/of a.txt", "given/e.zip!/a.txt"]  # type: ignore[attr-defined]  # the receipt is plain JSON
    assert adds_up(receipt)
    assert verify(case) == []


def test_the_same_bytes_again_are_another_finding_and_nothing_else(case: Case, tmp_path: Path) -> None:
    folder = laid(tmp_path / "given", {"a.txt": ENGLISH.encode(), "b.zip": zip_of({"in.txt": ARABIC.encode()})})
    add(case, [folder], collector="C-1", jobs=1)
    before = count(case, tables.thing), count(case, tables.item)
    receipt = add(case, [folder / "a.txt", folder], collector="C-2", note="second", jobs=1)
    assert (receipt["files"], receipt["opened"], receipt["objects"], receipt["items"]) == (3, 0, 0, 0)
    assert [row["name"] for row in receipt["again"]] == ["a.txt", "given/a.txt", "given/b.zip"]  # type: ignore[attr-defined]  # plain JSON
    assert (count(case, tables.thing), count(case, tables.item)) == before
    entries = [entry for entry in case.ledger.read() if entry.about.get("collector") == "C-2"]
    assert [entry.about["name"] for entry in entries] == ["a.txt", "given/a.txt", "given/b.zip"]
    assert {(entry.about["note"], entry.at) for entry in entries} == {("second", "2026-01-02T03:04:05+00:00")}


def test_a_member_the_case_has_already_is_again(case: Case, tmp_path: Path) -> None:
    add(case, [laid(tmp_path / "first", {"a.txt": ENGLISH.encode()})], jobs=1)
    archive = {"b.zip": zip_of({"in.txt": ENGLISH.encode(), "new.txt": ARABIC.encode()})}
    receipt = add(case, [laid(tmp_path / "second", archive)], jobs=1)
    assert (receipt["files"], receipt["opened"], receipt["items"], receipt["objects"]) == (3, 2, 1, 2)
    assert listed(receipt) == ["second/b.zip!/in.txt"]


def test_a_folder_named_like_an_archive_counts_its_files_once(case: Case, tmp_path: Path) -> None:
    folder = laid(tmp_path / "help!", {"a.txt": ENGLISH.encode(), "b.txt": ENGLISH.encode()})
    assert add(case, [folder], jobs=1)["files"] == 2
    receipt = add(case, [folder], jobs=1)
    assert (receipt["files"], listed(receipt)) == (2, ["help\\x21/a.txt", "help\\x21/b.txt"])


def test_a_note_of_what_was_found_stands_in_the_ledger_before_anything_is_opened(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("witnessmark.casefile.deposits.open_pending", broken)
        with pytest.raises(KeyboardInterrupt):
            add(case, [laid(tmp_path / "given", {"a.txt": ENGLISH.encode()})], jobs=1)
    assert [entry.about["name"] for entry in case.ledger.read() if entry.did == "deposit"] == ["given/a.txt"]
    assert count(case, tables.item) == 0
    receipt = add(case, [tmp_path / "given"], jobs=1)
    assert (receipt["items"], listed(receipt)) == (1, ["given/a.txt"])
    assert adds_up(receipt)


def test_what_a_kill_left_behind_is_swept(case: Case, tmp_path: Path) -> None:
    left = case.root / "vault" / "incoming" / "tmpleft"
    left.parent.mkdir()
    left.write_bytes(b"half")
    stale = case.spool / "old.members"
    stale.mkdir()
    (stale / "000001").write_bytes(b"half")
    add(case, [laid(tmp_path / "given", {"a.txt": b"words"})], jobs=1)
    assert not left.exists()
    assert list(case.spool.iterdir()) == []


def test_adding_the_folder_above_the_case_passes_the_case_over(tmp_path: Path) -> None:
    folder = laid(tmp_path / "all", {"a.txt": ENGLISH.encode()})
    with new_case(folder / "case") as case:
        for _ in range(2):
            receipt = add(case, [folder], jobs=1)
            assert receipt["files"] == 2
            assert receipt["passed_over"] == [{"name": "all/case", "why": "the case itself"}]


@pytest.mark.parametrize("inside", ["", "vault", "case.toml"])
def test_the_case_itself_is_not_added(case: Case, inside: str) -> None:
    with pytest.raises(UsageError, match="inside the case itself"):
        add(case, [case.root / inside], jobs=1)


def test_a_path_that_is_not_there_adds_nothing(case: Case, tmp_path: Path) -> None:
    folder = laid(tmp_path / "given", {"a.txt": b"words"})
    with pytest.raises(UsageError, match="is not there"):
        add(case, [folder, tmp_path / "missing"], jobs=1)
    assert count(case, tables.thing) == 0


def test_two_writers_do_not_meet(case: Case, tmp_path: Path) -> None:
    other = open_case(case.root, StillClock())
    with case.writing(), pytest.raises(CaseIsBusy):
        add(other, [laid(tmp_path / "given", {"a.txt": b"words"})], jobs=1)
    other.engine.dispose()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_listed_and_the_rest_is_added(case: Case, tmp_path: Path) -> None:
    folder = laid(tmp_path / "given", {"a.txt": ENGLISH.encode(), "shut.txt": b"x", "closed/b.txt": b"y"})
    (folder / "shut.txt").chmod(0)
    (folder / "closed").chmod(0)
    receipt = add(case, [folder], jobs=1)
    (folder / "closed").chmod(0o755)
    assert sorted(listed(receipt)) == ["given/closed", "given/shut.txt"]
    assert (receipt["opened"], receipt["files"]) == (1, 3)


def test_a_disk_that_fails_on_one_file_costs_that_file(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = laid(tmp_path / "given", {"a.txt": ENGLISH.encode(), "bad.txt": b"x", "c.txt": ARABIC.encode()})
    put = type(case.shelves).put_path

    def failing(_self: object, path: Path) -> tuple[str, int]:
        if path.name == "bad.txt":
            raise OSError(5, "Input/output error")
        return put(case.shelves, path)

    monkeypatch.setattr(type(case.shelves), "put_path", failing)
    receipt = add(case, [folder], jobs=1)
    assert receipt["unread"] == [
        {"name": "given/bad.txt", "why": "could not be read from the disk: Input/output error"}
    ]
    assert (receipt["files"], receipt["opened"]) == (3, 2)


def test_a_folder_deeper_than_any_recursion_is_walked(case: Case, tmp_path: Path) -> None:
    bottom = tmp_path / "deep"
    levels = [bottom]
    for _ in range(1500):
        levels.append(levels[-1] / "d")
    for level in levels:
        level.mkdir()
    deep = levels[-1] / "a.txt"
    deep.write_bytes(ENGLISH.encode())
    receipt = add(case, [bottom], jobs=1)
    assert (receipt["files"], receipt["items"]) == (1, 1)
    deep.unlink()
    for level in reversed(levels):  # what tidies up after tests would recurse
        level.rmdir()


@settings(max_examples=60, deadline=None)
@given(folders, folders, st.booleans())
def test_every_file_has_one_outcome_and_the_numbers_add_up(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[str, bytes],
    second: dict[str, bytes],
    together: bool,
) -> None:
    root = tmp_path_factory.mktemp("any")
    paths = [laid_flat(root / "one", first), laid_flat(root / "two", second)]
    with new_case(root / "case") as case:
        receipts = [add(case, paths, jobs=1)] if together else [add(case, [path], jobs=1) for path in paths]
        assert all(map(adds_up, receipts))
        assert sum(receipt["objects"] for receipt in receipts) == count(case, tables.thing)  # type: ignore[misc]  # plain JSON
        assert sum(receipt["items"] for receipt in receipts) == count(case, tables.item)  # type: ignore[misc]  # plain JSON
        entries = [entry for entry in case.ledger.read() if entry.did == "deposit"]
        # Each entry is one file that lies on the disk or in an archive; each of these is counted once.
        assert sum(receipt["files"] for receipt in receipts) == len(entries)  # type: ignore[misc]  # plain JSON
        direct = sorted(str(entry.about["name"]) for entry in entries if "member_of" not in entry.about)
        assert direct == sorted([*(f"one/{name}" for name in first), *(f"two/{name}" for name in second)])
        assert {str(entry.about["address"]) for entry in entries} == set(case.shelves.addresses())
        assert verify(case) == []


def laid_flat(folder: Path, files: dict[str, bytes]) -> Path:
    """As ``laid``, for names that hold no folders; the folder is there even where it is empty."""
    folder.mkdir()
    return laid(folder, files)


@settings(max_examples=20, deadline=None)
@given(folders, folders)
def test_in_whatever_order_material_is_added_the_items_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, bytes], second: dict[str, bytes]
) -> None:
    root = tmp_path_factory.mktemp("orders")
    paths = [laid_flat(root / "one", first), laid_flat(root / "two", second)]
    found: list[list[tuple[str, str]]] = []
    for number, order in enumerate((paths, paths[::-1])):
        with new_case(root / f"case {number}") as case:
            for path in order:
                add(case, [path], jobs=1)
            with case.transaction() as db:
                rows = db.execute(select(tables.item.c.id, tables.item.c.digest).order_by(tables.item.c.id))
                found.append([(row.id, row.digest) for row in rows])
    assert found[0] == found[1]


def test_a_lost_database_is_made_again_from_vault_and_ledger(case: Case, tmp_path: Path) -> None:
    add(case, [laid(tmp_path / "given", {"a.txt": ENGLISH.encode(), "b.zip": zip_of({"c.txt": b"words"})})], jobs=1)
    before = count(case, tables.finding), count(case, tables.item)
    case.engine.dispose()
    for path in case.root.glob("case.db*"):
        path.unlink()
    with open_case(case.root, StillClock()) as again:
        opening.open_pending(again, jobs=1, progress=lambda *_: None)
        assert (count(again, tables.finding), count(again, tables.item)) == before
        assert verify(again) == []


@pytest.mark.parametrize("about", [{}, {"address": "x", "name": "y"}, {"address": 1, "name": "y", "size": 2}])
def test_a_ledger_entry_that_lacks_what_it_must_hold_is_altered_evidence(case: Case, about: dict[str, object]) -> None:
    Ledger(case.root / "ledger.jsonl").append([("deposit", about)], "2026-01-02T03:04:05+00:00")
    with pytest.raises(AlteredEvidence, match="entry 1 lacks"):
        open_case(case.root, StillClock())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside this repository")
def test_the_samples_added_whole(case: Case) -> None:
    on_disk = [path for path in SAMPLES.rglob("*") if path.is_symlink() or not path.is_dir()]
    receipt = add(case, [SAMPLES])
    entries = [entry.about for entry in case.ledger.read() if entry.did == "deposit"]
    members = [about for about in entries if "member_of" in about]
    assert receipt["files"] == len(on_disk) + len(members)
    assert adds_up(receipt)
    assert len(listed(receipt)) == len(set(listed(receipt)))
    assert count(case, tables.failure) == 0
    assert verify(case) == []
    assert add(case, [SAMPLES])["again"] == [
        {"name": about["name"], "why": "the same bytes are in the case already", "address": about["address"]}
        for about in entries
        if "member_of" not in about
    ]


def test_a_tar_of_a_zip_of_a_text(case: Case, tmp_path: Path) -> None:
    nested = tar_of({"b.zip": zip_of({"c.txt": ENGLISH.encode()})}, "w:gz")
    receipt = add(case, [laid(tmp_path / "given", {"a.tgz": nested})], jobs=1)
    assert (receipt["files"], receipt["opened"], receipt["items"]) == (3, 3, 1)
    names = [entry.about["name"] for entry in case.ledger.read() if entry.did == "deposit"]
    assert names == ["given/a.tgz", "given/a.tgz!/b.zip", "given/a.tgz!/b.zip!/c.txt"]
