"""Workers die, hang and raise; every input comes back exactly once all the same."""

import os
import signal
import time

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


def test_what_a_step_raises_becomes_a_row_with_its_place() -> None:
    def fail(value: int) -> int:
        raise KeyError(value)

    outcome = attempt(fail, 3)
    assert isinstance(outcome, Failed)
    assert "KeyError" in outcome.why
    assert "test_spread" in outcome.why


@settings(max_examples=50)
@given(st.lists(st.integers()), st.integers(1, 7))
def test_batches_hold_everything_in_order(values: list[int], size: int) -> None:
    lots = list(batched(values, size))
    assert [value for lot in lots for value in lot] == values
    assert all(1 <= len(lot) <= size for lot in lots)
