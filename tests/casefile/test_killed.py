"""Killed at random moments, a case is whole and goes on; ``benchmarks/robustness`` does the same a hundred times."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

from benchmarks.robustness.kill import kill
from witnessmark.casefile.spread import Spread


def test_a_few_kills_lose_and_double_nothing() -> None:
    outcome = kill(times=6, items=30, seed=20170606)
    assert outcome.killed.total() == 6
    assert outcome.cases >= 1


def linger(values: list[int]) -> list[int]:
    time.sleep(60)
    return values


def begin(pids: "multiprocessing.Queue[int]") -> None:
    """A run with one worker that is at work, and lets its id be known."""
    with Spread(linger, jobs=1) as spread:
        pool = spread._start()
        pool.submit(linger, [1])
        pids.put(next(iter(pool._processes)))
        time.sleep(60)


def test_workers_end_with_the_process_that_started_them() -> None:
    context = multiprocessing.get_context("spawn")
    pids: multiprocessing.Queue[int] = context.Queue()
    run = context.Process(target=begin, args=(pids,))
    run.start()
    worker = pids.get(timeout=60)
    assert alive(worker)
    os.kill(run.pid or 0, signal.SIGKILL)
    run.join()
    end = time.monotonic() + 20
    while alive(worker) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(worker)


def alive(process: int) -> bool:
    """Whether it runs; one that ended and that nobody asked about does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"
