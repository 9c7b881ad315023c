"""A case in a folder that cannot be written to is read, shown, exported and verified, and nothing is made in it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.casefile import corpus
from tests.strategies import StillClock
from witnessmark.casefile import decisions
from witnessmark.casefile.case import open_case
from witnessmark.casefile.deposits import add
from witnessmark.casefile.search import search
from witnessmark.casefile.show import show
from witnessmark.casefile.status import status
from witnessmark.casefile.verify import verify

PROGRAM = Path(sys.executable).with_name("witnessmark")


@pytest.fixture(autouse=True)
def _shut(monkeypatch: pytest.MonkeyPatch, copied: Path) -> None:
    """As if the copied case could not be written to, whoever runs the tests."""
    monkeypatch.setattr(
        "witnessmark.casefile.sealed.os.access", lambda path, *_, **__: not Path(path).is_relative_to(copied)
    )


@pytest.fixture
def everything(copied: Path) -> Callable[[], dict[str, tuple[int, int]]]:
    """What lies in the case's folder: path to size and time of change."""

    def look() -> dict[str, tuple[int, int]]:
        found = {path: path.stat() for path in sorted(copied.rglob("*"))}
        return {str(path): (about.st_size, about.st_mtime_ns) for path, about in found.items()}

    return look


Look = Callable[[], dict[str, tuple[int, int]]]


def test_all_that_reads_works_and_nothing_is_made(built: Path, copied: Path, everything: Look) -> None:
    before = everything()
    with open_case(copied, StillClock()) as case:
        assert case.sealed
        assert case.borrowed is None
        assert verify(case) == []
        assert search(case, "correspondent")
        assert show(case, "dawn")["shown"] == "item"
        found = status(case)
    assert corpus.exports(copied).unlike(corpus.exports(built)) == []
    assert everything() == before
    with open_case(built, StillClock()) as case:
        assert status(case) == found


def test_nothing_is_added_or_decided(copied: Path, corpus_folder: Path, everything: Look) -> None:
    before = everything()
    with open_case(copied, StillClock()) as case:
        with pytest.raises(OSError, match="Read-only file system"):
            add(case, [corpus_folder / "market"], jobs=1)
        with pytest.raises(OSError, match="Read-only file system"):
            decisions.decide(case, "dawn", "accept", "", by="A. Researcher", reason="as I read it")
    assert everything() == before


def test_tables_behind_the_ledger_are_brought_up_elsewhere(
    copied: Path, everything: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.undo()
        with open_case(copied, StillClock()) as case:
            about = {"address": "0" * 64, "size": 1, "name": "late"}
            case.ledger.append([("deposit", about)], case.now())
    before = everything()
    with open_case(copied, StillClock()) as case:
        assert case.borrowed is not None
        elsewhere = Path(case.borrowed.name)
        assert [one["what"] for one in verify(case)] == ["object"]
    assert not elsewhere.exists()
    assert everything() == before


@pytest.mark.parametrize("left", [b"", b"no database"])
def test_a_database_that_is_lost_or_broken_is_made_elsewhere(copied: Path, everything: Look, left: bytes) -> None:
    for path in copied.glob("case.db*"):
        path.unlink()
    if left:
        (copied / "case.db").write_bytes(left * 1000)
    before = everything()
    with open_case(copied, StillClock()) as case:
        assert verify(case) == []
        assert status(case)["counts"]["findings"] > 0  # type: ignore[index]  # plain JSON
    assert everything() == before


def test_what_a_kill_left_beside_the_database_is_read_too(copied: Path, everything: Look) -> None:
    database = copied / "case.db"
    log = database.with_name("case.db-wal")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("witnessmark.casefile.sealed.os.access", lambda *_, **__: True)
        with open_case(copied, StillClock()) as case:
            decisions.decide(case, "dawn", "accept", "", by="A. Researcher", reason="as I read it")
            kept = copied.parent / "kept"
            shutil.copytree(copied, kept)  # as it lies while the writer is at work
    for path in (database, log):
        shutil.copyfile(kept / path.name, path)
    assert log.stat().st_size
    before = everything()
    with open_case(copied, StillClock()) as case:
        assert case.borrowed is not None
        assert status(case)["counts"]["decisions"] == 1  # type: ignore[index]  # plain JSON
        assert verify(case) == []
    assert everything() == before


@pytest.mark.skipif(
    shutil.which("unshare") is None or subprocess.run(["unshare", "-m", "true"], check=False).returncode != 0,
    reason="needs the right to mount",
)
@pytest.mark.parametrize(
    "asked", [["verify"], ["status"], ["search", "market"], ["export", "--what", "claims", "-o", "-"]]
)
def test_on_a_folder_mounted_for_reading_only(built: Path, tmp_path: Path, asked: list[str]) -> None:
    copy = shutil.copytree(built, tmp_path / "mounted")
    verb, *rest = asked
    shell = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", shell, str(copy), str(PROGRAM), verb, str(copy), *rest],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout != "") == (0, True), done.stderr
