"""Arguments whose bytes are no text: refused in words before anything is made, looked up or written."""

from pathlib import Path

import pytest

from tests.cli.conftest import Call

BROKEN = "a\udcff"  # how Python hands on the byte 0xFF of an argument


@pytest.mark.parametrize("verb", ["show", "explain"])
def test_an_id_of_broken_bytes_is_an_id_that_is_none(verb: str, tmp_path: Path, call: Call) -> None:
    assert call("new", tmp_path / "case").code == 0
    said = call(verb, tmp_path / "case", BROKEN)
    assert said.code == 2
    assert "Nothing in this case is called a\\udcff. Nothing was changed." in said.err


@pytest.mark.parametrize("how", ["new", "demo", "under", "name"])
def test_no_case_is_made_where_its_path_or_name_is_broken(how: str, tmp_path: Path, call: Call) -> None:
    wanted = tmp_path / BROKEN
    given = {
        "new": ("new", wanted), "demo": ("demo", wanted), "under": ("new", wanted / "case"),
        "name": ("new", tmp_path / "case", "--name", BROKEN),
    }[how]  # fmt: skip
    said = call(*given)
    assert said.code == 2
    assert "bytes that are no text" in said.err
    assert "Nothing was made." in said.err
    assert list(tmp_path.iterdir()) == []


def test_line_ends_of_strangers_begin_no_line(tmp_path: Path, call: Call) -> None:
    (tmp_path / "found").mkdir()
    (tmp_path / "found" / "a\nPending: nothing.bin").write_bytes(b"\x00\x01\x02")
    assert call("new", tmp_path / "case").code == 0
    said = call("add", tmp_path / "case", tmp_path / "found")
    assert "\\nPending" in said.out or "\\u000aPending" in said.out
    assert "\nPending" not in said.out


@pytest.mark.parametrize("verb", ["show", "explain"])
def test_an_id_longer_than_any_is_an_id_that_is_none(verb: str, tmp_path: Path, call: Call) -> None:
    assert call("new", tmp_path / "case").code == 0
    said = call(verb, tmp_path / "case", "incident-" + "a" * 60_000)
    assert said.code == 2
    assert "Nothing in this case is called" in said.err
    assert "Traceback" not in said.err
