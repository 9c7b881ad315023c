"""A small case that was added and run, made once; tests that change it change a copy. And its source table, to be edited."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from tests.casefile import corpus
from tests.strategies import StillClock
from witnessmark.casefile import opening, readings
from witnessmark.casefile.case import open_case
from witnessmark.casefile.exports import export
from witnessmark.casefile.run import run
from witnessmark.publishing import workbook
from witnessmark.publishing.columns import columns
from witnessmark.publishing.returned import Receipt, bring_in
from witnessmark.publishing.source_table import stamped
from witnessmark.publishing.tables import write

Value = str | float | date | None


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a case with the whole corpus added and run; not to be changed."""
    home = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "Spread", corpus.Here)
        patch.setattr(readings, "Spread", corpus.Here)
        corpus.carry_out(home / "case", corpus.lay_out(home / "material"), corpus.STRAIGHT)
    return home / "case"


@dataclass
class Sheet:
    """The source table of a case as a file that a person edits."""

    root: Path
    path: Path

    def export(self, form: str = "xlsx") -> "Sheet":
        """Write it anew; returns it under the name of its form."""
        self.path = self.path.with_suffix(f".{form}")
        with open_case(self.root, StillClock()) as case:
            rows = stamped(export(case, "sources"))
            if form == "xlsx":
                workbook.write(rows, columns("sources"), str(self.path), name="sources")
            else:
                write(rows, columns("sources"), form, str(self.path))
        return self

    def edit(self, edits: dict[tuple[int, str], Value]) -> "Sheet":
        """Type into cells of the workbook, by row from 0 and column, and save it as another program would."""
        book = openpyxl.load_workbook(self.path)
        for (row, column), value in edits.items():
            book["sources"].cell(row + 2, columns("sources").index(column) + 1).value = value
        book.save(self.path)
        return self

    def bring_in(self, **more: Any) -> Receipt:  # noqa: ANN401 - the arguments of the function under test
        """Take it back."""
        given = {"by": "A. Researcher", "reason": "read by hand", **more}
        with open_case(self.root, StillClock()) as case:
            return bring_in(case, self.path, **given)

    def rows(self) -> list[dict[str, Any]]:
        """The rows as the case has them now."""
        with open_case(self.root, StillClock()) as case:
            return [msgspec.to_builtins(row) for row in export(case, "sources")]

    def incident(self, wanted: str) -> dict[str, Any]:
        """An incident as exported now."""
        with open_case(self.root, StillClock()) as case:
            (row,) = [row for row in export(case, "incidents") if row["id"] == wanted]
        return row

    def run(self) -> None:
        """Run the case again."""
        with open_case(self.root, StillClock()) as case:
            run(case, jobs=1)

    def head(self) -> tuple[int, str]:
        """Number and hash of the ledger's last entry."""
        with open_case(self.root, StillClock()) as case:
            return case.ledger.head()


@pytest.fixture
def sheet(built: Path, tmp_path: Path) -> Sheet:
    """The table of a copy of the case, exported as a workbook."""
    root = Path(shutil.copytree(built, tmp_path / "case"))
    return Sheet(root, tmp_path / "sources").export()


@pytest.fixture
def why() -> Callable[[Receipt], str]:
    """The one reason of a receipt that refuses one row."""

    def reason(receipt: Receipt) -> str:
        (one,) = receipt.refused
        return str(one["why"])

    return reason
