"""Where the benchmark sets lie, and reading one text in them. The sets are never part of this repository."""

import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from witnessmark.packs.larder import PackLarder, open_larder
from witnessmark.reading.item import read_item
from witnessmark.terms.address import address_of
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Passage
from witnessmark.terms.reading import Reading

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("WITNESSMARK_SHARED", ROOT.parent / "shared"))
BENCH = SHARED / "bench"

Row = dict[str, Any]


def lines(path: Path) -> Iterator[Row]:
    """The objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as source:
        yield from (json.loads(line) for line in source if line.strip())


def digest(paths: list[Path]) -> str:
    """Twelve digits over the bytes of files, so that a floor holds for the data it was measured on."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


@cache
def larder() -> PackLarder:
    """The packs that ship with the program."""
    return open_larder(None)


def read_text(text: str, published: str | None = None) -> Reading:
    """Read one text by itself, as ``witnessmark read`` does."""
    item = Item(
        address=address_of(text.encode("utf-8", "surrogatepass")),
        selector="",
        kind="text",
        passages=(Passage(role="body", text=text, selector="text"),),
        published=published,
    )
    return read_item(item, larder())
