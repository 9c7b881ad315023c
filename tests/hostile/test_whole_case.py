"""A folder of everything hostile, with honest words among it: all is preserved, each is listed, and the run goes on."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.strategies import ARABIC, ENGLISH, chat, jsonl, message, new_case, picture, tar_of, written, zip_of
from witnessmark.casefile import items, opening, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.deposits import add
from witnessmark.casefile.opening import Opened, Task
from witnessmark.casefile.run import run
from witnessmark.casefile.spread import Failed
from witnessmark.casefile.verify import verify
from witnessmark.terms.address import address_of

HOSTILE = {
    "cut off.json": written(chat(message(1, ARABIC), message(2, ENGLISH)))[:-30],
    "empty.txt": b"",
    "lying.pdf": b"GIF89a\1\0\1\0\0\0\0;",
    "bomb.zip": zip_of({"bomb": bytes(60 << 20)}),
    "outside.tar": tar_of({"../outside": b"x", "/etc/outside": b"y"}),
    "control.bin": b"\xff\xfe\0\0" * 500,
    "shell.html": b"<html><body><script>document.write('PLANTED')</script></body></html>",
    "deep.json": b"[" * 100_000,
    "deep.jsonl": b'{"id": "deep", "text": ' + b"[" * 100_000 + b"\n",
    "cut off.zip": zip_of({"a.txt": ENGLISH.encode() * 9})[:60],
    "broken.jpg": picture()[:12],
    "turned\u202egpj.exe": b"MZ" + b"\0\1\2\3" * 50,
    "dies.txt": b"a text that will CRASH its reader",
}
HONEST = {
    "a picture.txt": picture(),
    "b words.jpg": f"{ENGLISH} {ARABIC}".encode(),
    "c.jsonl": b'{"id": "cut", "text": "\n' + jsonl({"id": "c", "text": f"{ENGLISH}\ud800\0"}),
    "d.html": f"<html><body><script>PLANTED</script><p>{ENGLISH}</p></body></html>".encode(),
    "e.json": written(chat(message(1, ARABIC), {"id": 2, "type": "hologram"}, message(4, f"{ENGLISH}<VT>"))).replace(
        b"<VT>", rb"\x0B"
    ),
}


def dies(tasks: list[Task]) -> list[Opened | Failed]:
    """The real readers, but for one text on which a native parser would crash."""
    if any(b"will CRASH" in Path(task.path).read_bytes()[:100] for task in tasks):
        os.kill(os.getpid(), signal.SIGKILL)
    return opening_batch(tasks)


opening_batch = opening.open_batch


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with new_case(tmp_path / "case") as made:
        yield made


def test_all_is_preserved_each_is_listed_and_the_run_goes_on(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "open_batch", dies)
    folder = tmp_path / "given"
    folder.mkdir()
    for name, data in {**HOSTILE, **HONEST}.items():
        (folder / name).write_bytes(data)
    (folder / "link").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")

    receipt = add(case, [folder], collector="C-1")
    bad = {row["name"].removeprefix("given/"): row["why"] for row in receipt["unread"]}  # type: ignore[attr-defined]  # the receipt is plain JSON
    archives = {"bomb.zip", "outside.tar"}  # opened; what was refused is listed inside them
    assert set(bad) == set(HOSTILE) - archives
    assert all(bad.values())
    assert receipt["passed_over"] == [
        {"name": "given/link", "why": "a link; links are not followed"},
        {"name": "given/pipe", "why": "not a regular file"},
    ]
    assert receipt["opened"] == len(HONEST) + len(archives)
    assert receipt["files"] == len(HONEST) + len(HOSTILE) + 2
    assert {(row["name"], row["where"]) for row in receipt["inside"]["unread"]} == {  # type: ignore[index]  # plain JSON
        ("given/bomb.zip", "bomb"),
        ("given/outside.tar", "../outside"),
        ("given/outside.tar", "/etc/outside"),
        ("given/c.jsonl", "line:1"),
        ("given/e.json", "/messages/1"),
    }
    assert not (tmp_path / "outside").exists()
    for data in (*HOSTILE.values(), *HONEST.values()):
        with case.shelves.open(address_of(data)) as source:
            assert source.read() == data

    with case.transaction() as db:
        failed = [row.subject for row in db.execute(select(tables.failure))]
        found = list(items.fetch(db, items.all_ids(db)))
    assert failed == [address_of(HOSTILE["dies.txt"])]
    assert len(found) == receipt["items"] == len(HONEST) + 1
    assert "PLANTED" not in "".join(passage.text for item in found for passage in item.passages)

    standing = run(case)
    assert standing["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 0, "match": 0}
    counts = standing["counts"]
    assert isinstance(counts, dict)
    assert counts["read"] == counts["items"] == len(found)
    assert [row["subject"] for row in standing["failures"]] == failed  # type: ignore[attr-defined]  # plain JSON
    json.dumps(standing)
    assert verify(case) == []


@pytest.mark.parametrize(
    "name", ["turned\u202egpj.exe", "line\nbreak.txt", "\x1b[2J.txt", "صورة\u200f.txt", "-rf", " ", "a" * 200]
)
def test_a_hostile_name_is_kept_as_it_is_and_harms_nothing(name: str, case: Case, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(ENGLISH.encode())
    receipt = add(case, [tmp_path / name], jobs=1)
    assert (receipt["files"], receipt["items"]) == (1, 1)
    (entry,) = [entry for entry in case.ledger.read() if entry.did == "deposit"]
    assert entry.about["name"] == name
    assert case.ledger.verify() == []


def test_a_name_that_is_no_utf8_is_written_out(case: Case, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "given")
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/a\xff.txt")).write_bytes(ENGLISH.encode())
    receipt = add(case, [tmp_path / "given"], jobs=1)
    assert (receipt["files"], receipt["items"]) == (1, 1)
    names = [entry.about["name"] for entry in case.ledger.read() if entry.did == "deposit"]
    assert names == ["given/a\\xff.txt"]
