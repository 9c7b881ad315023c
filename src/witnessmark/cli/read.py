"""``witnessmark read``: one text, or lines of ``items.jsonl``, without a case; prints what was found, as JSON.

Nothing is preserved and nothing is written. Lines are read one at a time, so a stream of any length takes little memory.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import click

from witnessmark.cli.defuse import defuse
from witnessmark.errors import UsageError
from witnessmark.intake import items_jsonl, plain_text
from witnessmark.intake.formats import FORMATS, unknown
from witnessmark.packs.larder import PackLarder, open_larder
from witnessmark.publishing.readings import error_row, read_row
from witnessmark.publishing.tables import json_text
from witnessmark.reading.item import read_item
from witnessmark.terms.address import address_of, canonical
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Notice, Unread

_HEAD = 1 << 16
_CHUNK = 1 << 20


def _time(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    """A time as given, if it is one.

    Raises:
        UsageError: it is none.
    """
    try:
        if given is not None:
            datetime.fromisoformat(given)
    except ValueError as trouble:
        raise UsageError(
            f"{defuse(str(given)[:100])!r} is no time.",
            "Nothing was read or changed.",
            "Give a date or an instant, as 2017-06-06 or 2017-06-06T18:30+03:00.",
        ) from trouble
    return given


@click.command("read")
@click.argument("source", metavar="FILE|-", type=click.Path(exists=True, path_type=Path, allow_dash=True))
@click.option(
    "--published", metavar="TIME", callback=_time, help="When it was published (ISO 8601), for times relative to that."
)
@click.option("--jsonl", is_flag=True, help="FILE holds one captured item a line; print one line of JSON for each.")
def command(source: Path, published: str | None, *, jsonl: bool) -> int:
    """Read the text in FILE (a pipe will do; - is standard input) without a case, and print JSON.

    Offsets are Unicode code points of the text as given. With --jsonl, --published is for lines that give no time of
    their own, and a line that cannot be read gives {"id": null, "line": n, "error": why}. Exit code 1: finished, and
    something could not be read.
    """
    with _bytes(source) as stream:
        if jsonl:
            return _lines(stream, published)
        return _text(stream, source, published)


@contextmanager
def _bytes(source: Path) -> Iterator[BinaryIO]:
    if str(source) == "-":
        yield sys.stdin.buffer
        return
    if source.is_dir():
        raise _refused(source, "it is a folder")
    with source.open("rb") as stream:
        yield stream


def _lines(stream: BinaryIO, published: str | None) -> int:
    """One line out for each line in that is not blank."""
    larder = open_larder()
    failed = 0
    for selector, value in items_jsonl.lines(stream):
        found = value if isinstance(value, str) else items_jsonl.item_of(value, address_of(canonical(value)), "")
        if isinstance(found, Item):
            given = found if found.published or not published else replace(found, published=published)
            row = read_row(given, read_item(given, larder))
        else:
            failed = 1
            row = error_row(int(selector.removeprefix("line:")), found if isinstance(found, str) else found.why)
        click.echo(json_text(row))
    return failed


def _text(stream: BinaryIO, source: Path, published: str | None) -> int:
    """One object out for the whole text."""
    with tempfile.TemporaryDirectory(prefix="witnessmark-") as folder:
        path = Path(folder) / "text"
        held = _copied(stream, path)
        item = _item(path, address_of(path.read_bytes()) if held else "", source)
    given = replace(item, published=published) if published else item
    larder: PackLarder = open_larder()
    click.echo(json_text(read_row(given, read_item(given, larder)), indent=2))
    return 0


def _copied(stream: BinaryIO, path: Path) -> int:
    """As much of a stream as a text may be long, in a file; returns how many bytes that are."""
    size = 0
    with path.open("wb") as out:
        while size <= plain_text.LARGEST and (chunk := stream.read(_CHUNK)):
            size += out.write(chunk)
    return size


def _item(path: Path, address: str, source: Path) -> Item:
    """The text as an item; what was assumed about its encoding is said on standard error.

    Raises:
        UsageError: the bytes are no text, or one that only a case can take.
    """
    with path.open("rb") as opened:
        head = opened.read(_HEAD)
    known = next((one.name for one in FORMATS if head and one.recognises(head, path)), None)
    if known != "text":
        raise _refused(
            source,
            "it is empty"
            if not head
            else f"it is of the kind {known!r}"
            if known
            else unknown(head).partition("; ")[0],
        )
    for found in plain_text.read(path, address, path.name, path.parent):
        if isinstance(found, Notice):
            click.echo(defuse(f"{_name(source)}: {found.what}"), err=True)
        elif isinstance(found, Unread):
            raise _refused(source, found.why)
        elif isinstance(found, Item):
            return found
    raise _refused(source, "no text was found in it")


def _name(source: Path) -> str:
    return "standard input" if str(source) == "-" else str(source)


def _refused(source: Path, why: str) -> UsageError:
    return UsageError(
        f"{_name(source)} cannot be read as one text: {why}.",
        "Nothing was read or changed.",
        "Give plain text, items.jsonl with --jsonl, or add the file to a case.",
    )
