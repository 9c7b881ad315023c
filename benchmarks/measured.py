"""Running the program as a person would, with its wall time and the most memory its processes held together.

Memory is the proportional set size summed over the process and its descendants, looked at five times a second, so a
page that several workers share counts once. A peak shorter than that may be missed.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("witnessmark")
_EVERY = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Measured:
    """``seconds`` of wall time, ``cpu``: seconds of all its processes, ``peak`` in bytes, the exit code and what was printed."""

    seconds: float
    cpu: float
    peak: int
    code: int
    out: str
    err: str


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text(encoding="ascii").split()]
        except OSError:
            continue  # it ended while we looked
    return found


def _held(process: int) -> int:
    """Bytes held by a process and its descendants."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        mine = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0) * 1024
    except OSError:
        return 0
    return mine + sum(_held(child) for child in _children(process))


def _cpu() -> float:
    """Seconds of processor time of all processes that were waited for so far."""
    spent = os.times()
    return spent.children_user + spent.children_system


def measure(*arguments: str | Path) -> Measured:
    """Run ``witnessmark`` with these arguments."""
    start, before = time.perf_counter(), _cpu()
    peak = 0
    with subprocess.Popen(
        [str(PROGRAM), *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while True:
            try:
                out, err = process.communicate(timeout=_EVERY)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, _held(process.pid))
    return Measured(time.perf_counter() - start, _cpu() - before, peak, process.returncode, out, err)


class DidNotWork(Exception):
    """The program refused or failed where a benchmark needs it to work."""


def must(*arguments: str | Path) -> Measured:
    """Run it; exit 1 (finished, something is listed) is fine.

    Raises:
        DidNotWork: any other exit.
    """
    done = measure(*arguments)
    if done.code > 1:
        raise DidNotWork(f"witnessmark {' '.join(map(str, arguments))}: exit {done.code}: {done.err.strip()[-400:]}")
    return done
