"""Every way of altering a case is named and leaves exit code 10; what is no damage is not called damage."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.strategies import StillClock
from witnessmark.casefile import decisions
from witnessmark.casefile.case import Case, open_case
from witnessmark.casefile.verify import verify
from witnessmark.cli.main import main
from witnessmark.errors import AlteredEvidence
from witnessmark.vault.ledger import hash_of, line_of, parse

Change = Callable[[Path], None]


@pytest.fixture
def decided(copied: Path) -> Path:
    """A copy of the built case with one decision in it."""
    with open_case(copied, StillClock()) as case:
        decisions.decide(case, "dawn", "set", "publisher=Dunes", by="A. Researcher", reason="as printed")
    return copied


def damages(root: Path) -> list[tuple[str, str]]:
    with open_case(root, StillClock()) as case:
        return [(one["what"], one["sentence"]) for one in verify(case)]


def leave(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(one) for one in arguments])
    return left.value.code if isinstance(left.value.code, int) else 0


def objects(root: Path) -> list[Path]:
    return sorted((root / "vault").glob("??/??/*"))


def copies(root: Path) -> Path:
    """The object that is the corpus' file of copies."""
    return next(path for path in objects(root) if b"dawn-near" in path.read_bytes())


def lines(root: Path) -> list[bytes]:
    return (root / "ledger.jsonl").read_bytes().splitlines(keepends=True)


def relaid(root: Path, given: list[bytes]) -> None:
    (root / "ledger.jsonl").write_bytes(b"".join(given))


def tell(root: Path, statement: str) -> None:
    """Change the database behind the program's back."""
    with sqlite3.connect(root / "case.db") as db:
        assert db.execute(statement).rowcount != 0
    db.close()


def test_a_whole_case_is_whole(decided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert damages(decided) == []
    assert leave("verify", decided) == 0
    assert "Whole" in capsys.readouterr().out


# The vault.


def flip(root: Path) -> None:
    path = copies(root)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def cut_short(root: Path) -> None:
    path = copies(root)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])


def remove(root: Path) -> None:
    copies(root).unlink()


def exchange(root: Path) -> None:
    one, other = (
        next(path for path in objects(root) if words in path.read_bytes()) for words in (b"dawn-near", b"market-ar")
    )
    data, others = one.read_bytes(), other.read_bytes()
    for path, words in ((one, others), (other, data)):
        path.chmod(0o644)
        path.write_bytes(words)


@pytest.mark.parametrize(
    ("change", "count", "says"),
    [(flip, 1, "was altered"), (cut_short, 1, "was altered"), (remove, 1, "is gone"), (exchange, 2, "was altered")],
)
def test_altered_bytes_are_named(decided: Path, change: Change, count: int, says: str) -> None:
    change(decided)
    found = damages(decided)
    assert [what for what, _ in found] == ["object"] * count
    assert all(says in sentence for _, sentence in found)
    assert leave("verify", decided) == 10


def test_the_file_behind_a_pack_is_checked_too(decided: Path) -> None:
    next(path for path in objects(decided) if path.read_bytes().startswith(b"name,name_ar")).unlink()
    ((what, sentence),) = damages(decided)
    assert what == "object"
    assert "The file behind the pack gazetteer-places" in sentence


# The ledger.


def reword(root: Path) -> None:
    given = lines(root)
    given[3] = given[3].replace(b'"name":"', b'"name":"x', 1)
    relaid(root, given)


def reword_and_hash_again(root: Path) -> None:
    """A reworded entry with a hash that fits it: the next one no longer follows."""
    given = lines(root)
    entry = parse(given[3])
    assert entry is not None
    about = {**entry.about, "name": "another name"}
    digest = hash_of(entry.n, entry.at, entry.did, about, entry.prev)
    given[3] = line_of(type(entry)(entry.n, entry.at, entry.did, about, entry.prev, digest))
    relaid(root, given)


def drop_line(root: Path) -> None:
    given = lines(root)
    relaid(root, [*given[:3], *given[4:]])


def swap_lines(root: Path) -> None:
    given = lines(root)
    given[3], given[4] = given[4], given[3]
    relaid(root, given)


def double_line(root: Path) -> None:
    given = lines(root)
    relaid(root, [*given[:4], *given[3:]])


def garble(root: Path) -> None:
    given = lines(root)
    relaid(root, [*given[:3], b"no entry\n", *given[4:]])


def space_out(root: Path) -> None:
    given = lines(root)
    given[3] = json.dumps(json.loads(given[3]), ensure_ascii=False).encode() + b"\n"
    relaid(root, given)


@pytest.mark.parametrize(
    "change", [reword, reword_and_hash_again, drop_line, swap_lines, double_line, garble, space_out]
)
def test_an_altered_ledger_is_named(decided: Path, change: Change) -> None:
    change(decided)
    sentences = [sentence for what, sentence in damages(decided) if what == "ledger"]
    assert len(sentences) == 1
    assert any(number in sentences[0] for number in ("3", "4", "5"))
    assert leave("verify", decided) == 10


def test_a_ledger_whose_end_was_cut_off_is_altered_evidence(decided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    relaid(decided, lines(decided)[:-1])
    with pytest.raises(AlteredEvidence, match="its end was cut off"):
        open_case(decided, StillClock())
    assert leave("verify", decided) == 10
    assert "cut off or reworded" in capsys.readouterr().err


def test_a_ledger_whose_last_entry_was_reworded_is_altered_evidence(decided: Path) -> None:
    given = lines(decided)
    given[-1] = given[-1].replace(b"as printed", b"as planted")
    relaid(decided, given)
    assert leave("verify", decided) == 10


def test_a_ledger_that_is_gone_is_altered_evidence(decided: Path) -> None:
    (decided / "ledger.jsonl").unlink()
    assert leave("verify", decided) == 10


def test_a_line_that_a_kill_left_unfinished_is_no_damage(decided: Path) -> None:
    with (decided / "ledger.jsonl").open("ab") as out:
        out.write(b'{"about":{"addr')
    assert damages(decided) == []
    assert leave("verify", decided) == 0


# The tables.


@pytest.mark.parametrize(
    ("statement", "what", "says"),
    [
        ("UPDATE decision SET blob = replace(CAST(blob AS TEXT), 'Dunes', 'Other')", "decision", "is not what the ledger says"),
        ("UPDATE decision SET about = 'another item'", "decision", "is not what the ledger says"),
        ("DELETE FROM decision", "decision", "is not what the ledger says"),
        ("INSERT INTO decision SELECT entry + 1000, about, kind, blob FROM decision", "decision", "that no ledger entry made"),
        ("UPDATE finding SET name = 'another name' WHERE entry = 4", "finding", "is not what the ledger says"),
        ("DELETE FROM finding WHERE entry = 4", "finding", "is not what the ledger says"),
        ("INSERT INTO finding SELECT entry + 1000, address, name, collector, note, at FROM finding LIMIT 1", "finding", "that no ledger entry made"),
        ("UPDATE extract SET text = text || ' added' WHERE text LIKE '%Zarhal at dawn%'", "text", "no longer has its digest"),
        ("DELETE FROM extract WHERE text LIKE '%Zarhal at dawn%'", "text", "is gone from the tables"),
        ("UPDATE reading SET blob = 'no JSON' WHERE item = (SELECT min(item) FROM reading)", "reading", "is broken"),
    ],
)  # fmt: skip
def test_altered_rows_are_named(decided: Path, statement: str, what: str, says: str) -> None:
    tell(decided, statement)
    found = damages(decided)
    assert {kind for kind, _ in found} == {what}
    assert all(says in sentence for _, sentence in found)
    assert leave("verify", decided) == 10


@pytest.mark.parametrize("part", range(12))
def test_a_database_damaged_in_the_middle_is_said_by_every_verb(
    part: int, decided: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(decided / "case.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    data = bytearray((decided / "case.db").read_bytes())
    start = max(4096, len(data) * part // 12)
    data[start : start + 20_000] = Random(part).randbytes(min(20_000, len(data) - start))  # noqa: S311 - no secret
    for words in (
        ("verify", decided), ("status", decided), ("search", decided, "Zarhal"), ("show", decided, "dawn"),
        ("export", decided, "--what", "claims", "-o", tmp_path / "out.jsonl"), ("report", decided, "-o", tmp_path / f"{part}"),
        ("run", decided), ("decide", decided, "dawn", "--set", "publisher=X", "--by", "N", "--reason", "r"),
    ):  # fmt: skip
        for beside in decided.glob("case.db*"):
            beside.unlink()
        (decided / "case.db").write_bytes(data)
        code = leave(*words)
        said = capsys.readouterr()
        assert code in ((0, 10) if words[0] == "verify" else (0, 1, 2, 3)), (words, said)
        if code == 3:
            assert "Delete case.db" in said.err
    for beside in decided.glob("case.db*"):
        beside.unlink()
    assert leave("verify", decided) == 0


@pytest.mark.parametrize("said", ["", "format = ", "format = 99\nname = 'x'\n", "\x00"])
def test_a_label_that_cannot_be_read_is_not_called_missing(
    said: str, decided: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (decided / "case.toml").write_text(said)
    assert leave("status", decided) == 2
    heard = capsys.readouterr().err
    assert "Restore case.toml" in heard
    assert "witnessmark new" not in heard


def test_the_suggestion_kept_in_a_decision_is_checked(decided: Path) -> None:
    """Even where somebody reworded the last entry and hashed it again, and the tables with it."""
    given = lines(decided)
    entry = parse(given[-1])
    assert entry is not None
    about = {**entry.about, "suggested": str(entry.about["suggested"]).replace("dawn", "dusk")}
    digest = hash_of(entry.n, entry.at, entry.did, about, entry.prev)
    relaid(decided, [*given[:-1], line_of(type(entry)(entry.n, entry.at, entry.did, about, entry.prev, digest))])
    for path in decided.glob("case.db*"):
        path.unlink()
    found = damages(decided)
    assert [what for what, _ in found] == ["decision"]
    assert "not the one that was seen" in found[0][1]


# The packs.


def alter_pack(root: Path) -> None:
    (path,) = (root / "packs").glob("gazetteer-*/gazetteer.csv")
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def remove_pack(root: Path) -> None:
    (path,) = (root / "packs").glob("gazetteer-*")
    path.rename(root.parent / "away")


def plant_pack(root: Path) -> None:
    (path,) = (root / "packs").glob("gazetteer-*")
    path.rename(path.with_name("gazetteer-planted"))


@pytest.mark.parametrize("change", [alter_pack, remove_pack, plant_pack])
def test_altered_packs_are_named(decided: Path, change: Change) -> None:
    change(decided)
    assert {what for what, _ in damages(decided)} == {"pack"}
    assert leave("verify", decided) == 10


# What is no damage.


def test_strays_of_an_adding_that_was_cut_off_are_no_damage(open_copy: Case) -> None:
    open_copy.shelves.put_bytes(b"preserved, and then the power failed")
    (open_copy.root / "vault" / "incoming" / "tmphalf").write_bytes(b"half")
    assert verify(open_copy) == []


def test_entries_that_another_process_is_adding_just_now_are_no_damage(open_copy: Case) -> None:
    address, size = open_copy.shelves.put_bytes(b"words")
    with open_copy.writing():
        open_copy.ledger.append([("deposit", {"address": address, "size": size, "name": "a"})], open_copy.now())
        assert verify(open_copy) == []


def test_a_lost_database_is_no_damage(copied: Path) -> None:
    for path in copied.glob("case.db*"):
        path.unlink()
    assert damages(copied) == []


def test_a_database_that_is_none_is_set_aside_and_made_again(copied: Path) -> None:
    for path in copied.glob("case.db*"):
        path.unlink()
    (copied / "case.db").write_bytes(b"this is no database " * 500)
    ((what, sentence),) = damages(copied)
    assert what == "database"
    assert "set aside as case.db.damaged" in sentence
    assert damages(copied) == []
    assert (copied / "case.db.damaged").exists()
