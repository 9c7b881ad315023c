"""Where a report is written: nothing of anybody's is lost, and no half-made report is ever seen."""

from pathlib import Path

import pytest

from witnessmark.errors import UsageError
from witnessmark.publishing.report.folder import MARK, replacing


def write(folder: Path, word: str) -> None:
    with replacing(folder) as making:
        (making / "index.html").write_text(word, encoding="utf-8")


def test_a_new_folder_is_made_with_its_mark(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "report", "one")
    assert (tmp_path / "deep" / "report" / MARK).is_file()
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["report"]


def test_a_former_report_is_replaced_whole(tmp_path: Path) -> None:
    write(tmp_path / "report", "one")
    (tmp_path / "report" / "old.html").write_text("left over", encoding="utf-8")
    write(tmp_path / "report", "two")
    assert (tmp_path / "report" / "index.html").read_text(encoding="utf-8") == "two"
    assert not (tmp_path / "report" / "old.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    write(tmp_path / "report", "one")
    assert (tmp_path / "report" / "index.html").is_file()


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="not a former report"):
        write(tmp_path, "one")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="not a folder"):
        write(tmp_path / "report", "one")


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "report").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="not a folder"):
        write(tmp_path / "report", "one")


def test_a_report_that_fails_leaves_the_former_one(tmp_path: Path) -> None:
    write(tmp_path / "report", "one")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "report") as making:
        (making / "index.html").write_text(str(1 // 0), encoding="utf-8")
    assert (tmp_path / "report" / "index.html").read_text(encoding="utf-8") == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]
