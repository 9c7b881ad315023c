"""Measures what a few more items cost in a case that was run: add them, run again.

    python -m benchmarks.speed.again [--sizes 1000,10000] [--more 100] [--jobs 2]

Prints, for each size, seconds by the clock and of processor time of the first run, of the run after the items were added,
and of ``status``, ``show`` and ``explain`` of an incident. Then a case is made that is given all items before its only run; both must
export the same bytes, or the exit code is 1. Where others use the machine, too, processor time says more than the clock.
"""

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

from benchmarks.measured import Measured, measure, must
from benchmarks.shared import BENCH
from benchmarks.speed.make_items import SET, Maker
from witnessmark.casefile.exports import WHAT


def show(step: str, count: int, done: Measured) -> None:
    """One line of figures."""
    print(
        f"{count:>8} items  {step:<22} {done.seconds:8.1f} s {done.cpu:8.1f} s cpu  peak {done.peak / 1e6:6.0f} MB",
        flush=True,
    )


def _written(rows: Iterator[dict[str, object]], path: Path) -> Path:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def _made(case: Path, *batches: Path) -> Path:
    """A case with some items added and not yet run."""
    must("new", case)
    if (SET / "register.csv").exists():
        must("gazetteer", case, "add", SET / "register.csv")
    for batch in batches:
        must("add", case, batch)
    return case


def _exports(case: Path) -> dict[str, str]:
    """A digest of each kind of export."""
    found = {}
    for what in WHAT:
        target = case.with_name(f"{case.name}.{what}.jsonl")
        must("export", case, "--what", what, "-o", target)
        with target.open("rb") as source:
            digest = sha256()
            while block := source.read(1 << 20):
                digest.update(block)
        found[what] = digest.hexdigest()
        target.unlink()
    return found


def _incident(case: Path) -> str:
    """The id of the incident that most posts tell of."""
    target = case.with_name("incidents.jsonl")
    must("export", case, "--what", "incidents", "-o", target)
    with target.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return str(max(rows, key=lambda row: (row["posts"], row["id"]))["id"])


def once(count: int, more: int, jobs: int) -> tuple[Measured, bool]:
    """One size; returns what the second run took, and whether the exports are those of a case run once."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        items = Maker(SET).items(count + more)
        first = _written(islice(items, count), home / "items.jsonl")
        then = _written(items, home / "more.jsonl")
        case = _made(home / "case", first)
        show("run", count, must("run", case, "--jobs", str(jobs)))
        show(f"add {more} more", count, must("add", case, then))
        again = must("run", case, "--jobs", str(jobs))
        show("run again", count, again)
        incident = _incident(case)
        for verb, *about in (("status",), ("show", incident), ("explain", incident)):
            show(verb, count, measure(verb, case, *about))
        whole = _made(home / "whole", first, then)
        must("run", whole, "--jobs", str(jobs))
        same = _exports(case) == _exports(whole)
        print(f"{'':>15}  the exports are {'the same as' if same else 'NOT those'} of a case run once")
    return again, same


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000", help="how many items, split by commas")
    parser.add_argument("--more", type=int, default=100, help="how many are added then")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    if not (SET / "items.jsonl").exists():
        print(f"The set that items are made from is not on this machine ({SET} under {BENCH}); nothing to measure.")
        return 0
    sizes = sorted(int(size) for size in asked.sizes.split(","))
    found = {size: once(size, asked.more, asked.jobs) for size in sizes}
    if len(sizes) > 1:
        small, large = sizes[0], sizes[-1]
        growth = math.log(found[large][0].cpu / found[small][0].cpu) / math.log(large / small)
        print(f"running again, from {small} to {large} items: n^{growth:.2f} of processor time")
    return 0 if all(same for _, same in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
