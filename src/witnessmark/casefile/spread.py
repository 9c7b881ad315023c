"""Sending batches to worker processes, and living through their deaths.

Workers are spawned, not forked, under a memory limit; they return values and write nothing to the case. When one dies
(a native parser crashed, memory ran out) or hangs, the batches it may have held are tried again alone and halved until
one input is named. A Ctrl-C reaches the run alone, which ends its workers; they never hear of it, and say nothing.
What it does not do: order. Results come as they are ready.
"""

import multiprocessing
import os
import resource
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import Generic, TypeVar

from witnessmark.casefile.limits import TookTooLong, processor_time

T = TypeVar("T")
R = TypeVar("R")

MEMORY = 3 * 1024**3  # bytes of address space a worker may take; mapped libraries alone take about 0.7 GB of it
PATIENCE = 600.0  # seconds after which a batch counts as hung
# Each worker is a core's; threads of the libraries below numpy would wait for each other.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_DRAINS, _DRAIN = 500, 0.02  # how often, and for how many seconds each, the end of a pool is waited for
_AHEAD = 2  # batches in flight per worker, so that none waits for the parent


@dataclass(frozen=True, slots=True)
class Died:
    """A worker did not survive this one input. ``why`` is a sentence for the list of failures."""

    why: str


def _limit(memory: int) -> None:
    """In a fresh worker: refuse more address space than this, and end with the process that started it, silently."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    # A worker holds both ends of its queue, so it would never notice that a killed run is gone, and wait for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C until this is done; a process started meanwhile is born with it held back.

    A worker that is still importing what it needs could not ignore it yet, and would print where it was hit. The
    tracker of shared resources, which the first pool of a program starts, ends by letting Ctrl-C through again
    whatever was held back before (``multiprocessing.resource_tracker``), so it is started first.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Spread(Generic[T, R]):
    """A pool that applies one function to batches. The function gets a list and returns one value for the list."""

    def __init__(
        self, function: Callable[[list[T]], R], *, jobs: int, memory: int = MEMORY, patience: float = PATIENCE
    ) -> None:
        self._function = function
        self._jobs = max(1, jobs)
        self._memory = memory
        self._patience = patience
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Spread[T, R]":
        return self

    def __exit__(self, *trouble: object) -> None:
        self._stop()

    def _start(self) -> ProcessPoolExecutor:
        if self._pool is None:
            for name in _ONE_THREAD:
                os.environ.setdefault(name, "1")
            self._pool = ProcessPoolExecutor(
                self._jobs,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_limit,
                initargs=(self._memory,),
            )
        return self._pool

    def _send(self, batch: list[T]) -> Future[R]:
        """Give a batch to the pool, which may start a worker for it."""
        with _undisturbed():
            return self._start().submit(self._function, batch)

    def _stop(self) -> None:
        with _undisturbed():
            self._end()

    def _end(self) -> None:
        if self._pool is not None:
            processes = list((getattr(self._pool, "_processes", None) or {}).values())
            drain = _drain_of(self._pool)
            results = getattr(getattr(self._pool, "_result_queue", None), "_writer", None)
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.kill()
            for process in processes:
                process.join()
            # A worker killed while it wrote left half a result; with no other writer the pool reads the end, not for ever.
            if results is not None:
                results.close()
            drain()
            self._pool = None

    def over(self, batches: Iterable[list[T]]) -> Iterator[tuple[list[T], R | Died]]:
        """Each batch with its result, or a single input with ``Died``; every input comes back exactly once."""
        waiting = iter(batches)
        suspects: deque[list[T]] = deque()
        flying: dict[Future[R], list[T]] = {}
        exhausted = False
        while True:
            while suspects and not flying:
                yield from self._try_alone(suspects.popleft(), suspects)
            while not exhausted and not suspects and len(flying) < self._jobs * _AHEAD:
                batch = next(waiting, None)
                if batch is None:
                    exhausted = True
                elif not self._submit(batch, flying):
                    suspects.append(batch)
            if not flying:
                if exhausted and not suspects:
                    return
                continue
            yield from self._collect(flying, suspects)

    def _submit(self, batch: list[T], flying: dict[Future[R], list[T]]) -> bool:
        try:
            flying[self._send(batch)] = batch
        except BrokenProcessPool:
            return False
        return True

    def _collect(
        self, flying: dict[Future[R], list[T]], suspects: deque[list[T]]
    ) -> Iterator[tuple[list[T], R | Died]]:
        """Take what is done; after a death or a hang, everything in flight becomes suspect."""
        done, _ = wait(flying, timeout=self._patience, return_when=FIRST_COMPLETED)
        broken = not done
        for future in done:
            batch = flying.pop(future)
            try:
                yield batch, future.result()
            except (BrokenProcessPool, MemoryError):
                suspects.append(batch)
                broken = True
        if broken:
            self._stop()
            suspects.extend(flying.values())
            flying.clear()

    def _try_alone(self, batch: list[T], suspects: deque[list[T]]) -> Iterator[tuple[list[T], R | Died]]:
        """One suspect batch with nothing else in flight: it passes, is halved, or is named."""
        try:
            yield batch, self._send(batch).result(timeout=self._patience)
        except TimeoutError:
            self._stop()
            yield from self._halve(
                batch, suspects, f"its reader was still busy after {self._patience:.0f} seconds and was stopped"
            )
        except (BrokenProcessPool, MemoryError):
            self._stop()
            yield from self._halve(
                batch, suspects, "its reader died (it crashed, or needed more memory or time than a reader may take)"
            )

    def _halve(self, batch: Sequence[T], suspects: deque[list[T]], why: str) -> Iterator[tuple[list[T], R | Died]]:
        if len(batch) == 1:
            yield list(batch), Died(why)
            return
        middle = len(batch) // 2
        suspects.extend([list(batch[:middle]), list(batch[middle:])])


def _drain_of(pool: ProcessPoolExecutor) -> Callable[[], None]:
    """What empties a pool's queue when its workers are dead, so that the pool can end.

    A thread of the pool may be writing a batch larger than a pipe holds; with nobody left to read it would wait for
    ever, and the program for it (https://github.com/python/cpython/issues/94777, mended in later Pythons only).
    """
    reader = getattr(getattr(pool, "_call_queue", None), "_reader", None)
    manager = getattr(pool, "_executor_manager_thread", None)
    if reader is None or manager is None:
        return lambda: None
    try:
        end = os.dup(reader.fileno())  # our own: the pool closes its end when it pleases
    except OSError:  # it has: whoever writes is told
        return lambda: None

    def drain() -> None:
        os.set_blocking(end, False)
        for _ in range(_DRAINS):
            with suppress(BlockingIOError):
                while os.read(end, 1 << 20):
                    pass
            manager.join(_DRAIN)
            if not manager.is_alive():
                break
        os.close(end)

    return drain


def batched(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Values in lists of at most ``size``."""
    lot: list[T] = []
    for value in values:
        lot.append(value)
        if len(lot) == size:
            yield lot
            lot = []
    if lot:
        yield lot


@dataclass(frozen=True, slots=True)
class Failed:
    """A step raised on this input: a bug of ours, or a reader's that is not a crash. Listed, never hidden."""

    why: str


def attempt(function: Callable[[T], R], value: T, seconds: float) -> R | Failed:
    """Apply a step to one input; whatever it raises becomes a row in the list of failures, and so does taking too long.

    ``seconds``: of processor time. This is the one broad ``except`` of the house: one bad file never stops a run.
    """
    try:
        with processor_time(seconds):
            return function(value)
    except MemoryError:
        raise
    except TookTooLong:
        return Failed(f"it took more than {seconds:g} seconds of processor time, and was stopped")
    except Exception as trouble:  # noqa: BLE001 - the step runner; see the docstring
        where = trouble.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = f"{where.tb_frame.f_globals.get('__name__', '?')}:{where.tb_lineno}" if where else "?"
        return Failed(f"{type(trouble).__name__}: {str(trouble)[:300]} (at {place})")
