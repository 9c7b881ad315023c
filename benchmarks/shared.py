"""Where the benchmark sets lie. They are never part of this repository."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
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
