"""The overview of the report names whatever waits."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from witnessmark.casefile.case import make
from witnessmark.casefile.status import status
from witnessmark.publishing.report import site, write_report


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2032, 2, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("step", ["open", "read", "look", "compare", "gather", "match"])
def test_the_overview_has_words_for_whatever_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    with make(tmp_path / "case", Noon()) as case:
        whole: Any = status(case)
        assert step in whole["pending"]
        pending = {**dict.fromkeys(whole["pending"], 0), step: 3}
        monkeypatch.setattr(site, "status", lambda _: {**whole, "pending": pending})
        write_report(case, tmp_path / "report")
    assert "Not finished" in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
