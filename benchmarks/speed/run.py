"""Measures how fast the program takes material in and reads it, and how that grows.

    python -m benchmarks.speed.run [--sizes 1000,10000,100000] [--jobs 2]

Prints, for each size, items a second, MB a second, seconds of processor time and the peak memory of ``add`` and of
``run``; then the exponents of growth between the smallest and the largest size (1 is linear), and the best of five of
``witnessmark --help``. The figures belong to the machine they were measured on; where others use it too, the time by the
clock says little, and processor time (spread over the workers) somewhat more.
"""

import argparse
import math
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measured import Measured, measure, must
from benchmarks.shared import BENCH
from benchmarks.speed.make_items import SET, make

_HELP_TRIES = 5


def show(step: str, count: int, size: int, done: Measured) -> None:
    """One line of figures."""
    print(
        f"{count:>8} items  {step:<4} {done.seconds:8.1f} s {done.cpu:8.1f} s cpu {count / done.seconds:9.1f} items/s"
        f" {size / 1e6 / done.seconds:7.2f} MB/s  peak {done.peak / 1e6:7.0f} MB",
        flush=True,
    )


def once(count: int, jobs: int) -> tuple[float, float]:
    """One size; returns the seconds of add and run together, by the clock and of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        items, case = Path(folder) / "items.jsonl", Path(folder) / "case"
        size = make(count, items)
        must("new", case)
        if (SET / "register.csv").exists():
            must("gazetteer", case, "add", SET / "register.csv")
        added = must("add", case, items)
        show("add", count, size, added)
        ran = must("run", case, "--jobs", str(jobs))
        show("run", count, size, ran)
        held = sum(path.stat().st_size for path in case.rglob("*") if path.is_file())
        print(f"{'':>15}  the case takes {held / 1e6:.0f} MB on disk for {size / 1e6:.0f} MB of items")
    return added.seconds + ran.seconds, added.cpu + ran.cpu


def help_time() -> float:
    """Seconds of ``witnessmark --help``, best of five."""
    return min(measure("--help").seconds for _ in range(_HELP_TRIES))


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000", help="how many items, split by commas")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    print(f"witnessmark --help: {help_time() * 1000:.0f} ms, best of {_HELP_TRIES}")
    if not (SET / "items.jsonl").exists():
        print(
            f"The set that items are made from is not on this machine ({SET} under {BENCH}); nothing else to measure."
        )
        return 0
    sizes = sorted(int(size) for size in asked.sizes.split(","))
    print(f"{os.cpu_count()} cores, {asked.jobs} workers, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    took = {size: once(size, asked.jobs) for size in sizes}
    if len(sizes) > 1:
        small, large = sizes[0], sizes[-1]
        wall, cpu = (math.log(took[large][i] / took[small][i]) / math.log(large / small) for i in (0, 1))
        print(f"growth from {small} to {large} items: n^{wall:.2f} by the clock, n^{cpu:.2f} of processor time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
