"""Workers die, hang and raise; every input comes back exactly once all the same."""

import os
import re
import resource
import signal
import struct
import threading
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.casefile.spread import Died, Failed, Spread, attempt, batched


def double_or_die(values: list[int]) -> list[int]:
    """A reader that crashes on 13, as a native parser would."""
    if 13 in values:
        os.kill(os.getpid(), signal.SIGSEGV)
    return [value * 2 for value in values]


def hang_on_7(values: list[int]) -> list[int]:
    if 7 in values:
        time.sleep(3600)
    return values


def first_only(values: list[str]) -> int:
    """A reader that is done with one text and busy with all others."""
    if not values[0].startswith("a"):
        time.sleep(3600)
    return len(values)


def hoard(values: list[int]) -> list[int]:
    """A reader that wants more memory than a worker may take."""
    if 5 in values:
        hog = bytearray(8 * 1024**3)
        return [len(hog)]
    return values


def test_a_dead_worker_names_one_input_and_loses_none() -> None:
    with Spread(double_or_die, jobs=2) as spread:
        results = list(spread.over(batched(range(40), 8)))
    died = [batch for batch, outcome in results if isinstance(outcome, Died)]
    assert died == [[13]]
    assert sorted(value for batch, _ in results for value in batch) == list(range(40))
    assert all(outcome == [value * 2 for value in batch] for batch, outcome in results if not isinstance(outcome, Died))


def test_a_hanging_worker_is_stopped_and_its_input_named() -> None:
    with Spread(hang_on_7, jobs=1, patience=3.0) as spread:
        results = list(spread.over(batched([6, 7, 8], 3)))
    assert [batch for batch, outcome in results if isinstance(outcome, Died)] == [[7]]
    assert sorted(value for batch, _ in results for value in batch) == [6, 7, 8]


def test_a_worker_cannot_take_more_memory_than_its_limit() -> None:
    with Spread(hoard, jobs=1) as spread:
        results = list(spread.over([[4, 5]]))
    assert [batch for batch, outcome in results if isinstance(outcome, Died)] == [[5]]


def test_nobody_waits_for_a_queue_that_is_read_no_more() -> None:
    """Batches larger than a pipe holds, in flight when the run ends: a thread that writes on would hold the program."""
    with Spread(first_only, jobs=1) as spread:
        batch, outcome = next(spread.over([[text * 1_000_000] for text in "abcd"]))
        assert (len(batch), outcome) == (1, 1)
    for _ in range(200):
        if not any(one.name == "QueueFeederThread" for one in threading.enumerate()):
            break
        time.sleep(0.05)
    assert [one.name for one in threading.enumerate() if one.name == "QueueFeederThread"] == []


def test_nobody_waits_for_the_rest_of_a_result_whose_writer_was_killed() -> None:
    with Spread(double_or_die, jobs=1) as spread:
        assert [told for _, told in spread.over([[1]])] == [[2]]
        pool: Any = spread._pool
        manager, writer = pool._executor_manager_thread, pool._result_queue._writer
        os.write(writer.fileno(), struct.pack("!i", 1000) + b"the beginning")  # as multiprocessing sends bytes
        time.sleep(0.2)  # the pool begins to read it
    manager.join(10)
    assert not manager.is_alive()


def test_what_a_step_raises_becomes_a_row_with_its_place() -> None:
    def fail(value: int) -> int:
        raise KeyError(value)

    outcome = attempt(fail, 3, 10.0)
    assert isinstance(outcome, Failed)
    assert "KeyError" in outcome.why
    assert "test_spread" in outcome.why


def count_for_ever(value: int) -> int:
    """A reader that never comes to an end, and swallows what libraries swallow."""
    while value >= 0:
        try:
            value += 1
        except Exception:  # noqa: BLE001 - as careless as a library
            value = 0
    return value


def doubled_or_stopped(values: list[int]) -> list[int | Failed]:
    return [attempt(count_for_ever if value == 7 else double, value, 0.2) for value in values]


def double(value: int) -> int:
    return value * 2


def backtrack(value: int) -> int:
    """A pattern that runs away."""
    return int(re.match(r"(a+)+$", "a" * 60 + "b") is None) + value


def test_an_input_that_takes_for_ever_is_a_row_and_the_rest_is_done() -> None:
    with Spread(doubled_or_stopped, jobs=2) as spread:
        results = list(spread.over(batched(range(12), 4)))
    assert not any(isinstance(outcome, Died) for _, outcome in results)
    rows = {
        value: row for batch, out in results if not isinstance(out, Died) for value, row in zip(batch, out, strict=True)
    }
    assert rows.pop(7) == Failed("it took more than 0.2 seconds of processor time, and was stopped")
    assert rows == {value: value * 2 for value in range(12) if value != 7}


def test_a_pattern_that_runs_away_is_stopped() -> None:
    assert attempt(backtrack, 1, 0.2) == Failed("it took more than 0.2 seconds of processor time, and was stopped")


def test_a_limit_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGPROF), resource.getrlimit(resource.RLIMIT_CPU)
    assert attempt(double, 2, 0.2) == 4
    assert attempt(count_for_ever, 1, 0.1) != 4
    assert (signal.getsignal(signal.SIGPROF), resource.getrlimit(resource.RLIMIT_CPU)) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


@settings(max_examples=50)
@given(st.lists(st.integers()), st.integers(1, 7))
def test_batches_hold_everything_in_order(values: list[int], size: int) -> None:
    lots = list(batched(values, size))
    assert [value for lot in lots for value in lot] == values
    assert all(1 <= len(lot) <= size for lot in lots)
