"""An item whose reading does not come to an end is listed with its reason; the run goes on, and does not try it again unasked."""

import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.casefile import corpus
from tests.strategies import StillClock
from witnessmark.casefile import opening, readings
from witnessmark.casefile.case import open_case
from witnessmark.casefile.run import run
from witnessmark.reading.item import read_item
from witnessmark.terms.item import Item
from witnessmark.terms.ports import Larder
from witnessmark.terms.reading import Reading

STUCK = "market"


def never_ends(item: Item, larder: Larder) -> Reading:
    """Reads all items but one."""
    while item.given_id == STUCK:
        pass
    return read_item(item, larder)


def again(root: Path, *, retry: bool = False) -> dict[str, Any]:
    with open_case(root, StillClock()) as case:
        return msgspec.convert(run(case, jobs=1, retry=retry), dict[str, Any])


@pytest.fixture
def stuck(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a case whose readings are gone, and a reader that hangs on one item."""
    monkeypatch.setattr(opening, "Spread", corpus.Here)
    monkeypatch.setattr(readings, "Spread", corpus.Here)
    monkeypatch.setattr(readings, "read_item", never_ends)
    monkeypatch.setattr(readings, "SECONDS", 2.0)
    root = Path(shutil.copytree(built, tmp_path / "case"))
    (root / "case.db").unlink()
    return root


def test_one_item_that_takes_for_ever_is_listed_and_the_run_goes_on(
    stuck: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = again(stuck)
    (failure,) = standing["failures"]
    assert failure["step"] == "read"
    assert failure["why"] == "it took more than 2 seconds of processor time, and was stopped"
    assert standing["counts"]["read"] == standing["counts"]["items"] - 1
    assert not any(standing["pending"].values())
    (row,) = [row for row in corpus.rows(stuck, "unreadable") if row["kind"] == "failed"]
    assert row["why"] == failure["why"]
    monkeypatch.setattr(readings, "read_item", read_item)
    assert again(stuck)["failures"] == [failure], "the same would fail again, so it is not tried unasked"
    assert again(stuck, retry=True)["failures"] == []
    assert corpus.rows(stuck, "claims") == corpus.rows(built, "claims")
