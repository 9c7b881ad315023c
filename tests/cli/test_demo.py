"""The demo: built from what ships, offline, again and again, and never over somebody's own folder."""

import json
from pathlib import Path

from tests.cli.conftest import Call
from witnessmark.cli.demo import MARK


def test_the_demo_is_built_twice_and_is_the_same_case(tmp_path: Path, call: Call) -> None:
    folder = tmp_path / "out"
    first = call("demo", folder)
    assert first.code == 0
    assert f"Open {folder / 'report' / 'index.html'}" in first.out
    assert (folder / "report" / "index.html").is_file()
    made = call("export", folder / "case", "--what", "incidents", "-o", "-").out
    assert made
    assert json.loads(call("verify", folder / "case", "--json").out)["whole"]
    (folder / "mine.txt").write_text("kept", encoding="utf-8")
    assert call("demo", folder).code == 0
    assert call("export", folder / "case", "--what", "incidents", "-o", "-").out == made
    assert (folder / "mine.txt").read_text(encoding="utf-8") == "kept"


def test_a_folder_that_is_no_demo_is_never_touched(tmp_path: Path, call: Call) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "evidence").write_text("x", encoding="utf-8")
    said = call("demo", tmp_path)
    assert said.code == 2
    assert "Nothing was changed" in said.err
    assert (tmp_path / "case" / "evidence").exists()
    assert not (tmp_path / MARK).exists()
    assert call("demo", tmp_path / "case" / "evidence").code == 2
