"""Calling the program as a person would, in this process: its words, its complaints, its exit code."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from witnessmark.cli.main import main


class Said(NamedTuple):
    """What one call left behind."""

    code: int
    out: str
    err: str


Call: TypeAlias = Callable[..., Said]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call the program with arguments, and bytes on standard input."""

    def calling(*arguments: str | Path, given: bytes = b"") -> Said:
        capsys.readouterr()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        with pytest.raises(SystemExit) as left:
            main([str(one) for one in arguments])
        said = capsys.readouterr()
        code = left.value.code
        return Said(code if isinstance(code, int) else 0, said.out, said.err)

    return calling


HOSTILE = "photo\x1b[31m\u202egpj.exe"
ITEMS = (
    {
        "id": "post-1", "url": "https://example.org/1", "publisher": "A local page", "published_at": "2017-06-06T20:00:00+03:00",
        "title": "غارة على مدينة الرقة", "text": "قُتل خمسة مدنيين بينهم ثلاثة أطفال في غارة جوية على مدينة الرقة اليوم.",
    },
    {
        "id": "post-2", "url": "https://example.org/2", "publisher": "=HYPERLINK(A1)", "published_at": "2017-06-07",
        "text": "At least five civilians were killed on Tuesday in an airstrike on Raqqa city, residents said. Karim Nasser was among those killed.",
    },
)  # fmt: skip


def leave(*arguments: str | Path) -> int:
    """The exit code of one call, where its words do not matter."""
    with pytest.raises(SystemExit) as left:
        main([str(one) for one in arguments])
    return left.value.code if isinstance(left.value.code, int) else 0


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two posts and a broken line, an empty file, and a file with a hostile name."""
    folder = tmp_path_factory.mktemp("material") / "found"
    folder.mkdir()
    lines = [*(json.dumps(item, ensure_ascii=False) for item in ITEMS), "{cut o"]
    (folder / "items.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / HOSTILE).write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, material: Path) -> Path:
    """A case with the material added and run; not to be changed."""
    case = tmp_path_factory.mktemp("built") / "case"
    assert leave("new", case, "--name", "Exercise") == 0
    assert leave("add", case, material, "--collector", "C1", "--note", "by hand") == 1
    assert leave("run", case, "--jobs", "1") == 1
    return case


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """A copy of the built case that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "case"))
