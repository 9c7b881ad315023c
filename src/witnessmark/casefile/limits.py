"""How much processor time one input may take, so that none can hold up a run.

Processor time is counted, not the clock, so a busy or sleeping machine fails nothing. When it is used up, work in Python
(and in its regular expressions) is stopped where it stands; a library that does not return to Python is ended with its
process a little later, and ``spread`` finds out which input it was. What it does not do: make the same input pass on
every machine; one that takes nearly as long as it may can be read here and listed as failed there. Steps over the whole case
take no more of it than they need: see ``uncollected``.
"""

import gc
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 1.0  # seconds after which work is stopped again that swallowed being stopped
_GRACE = 30  # seconds more for what cannot be stopped, until its process ends


class TookTooLong(BaseException):
    """The time is used up. No ``Exception``, so that no library's ``except`` takes it for a fault of its own."""


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Let what is inside take so much processor time of this process. Only a process's main thread can be stopped.

    Raises:
        TookTooLong: the time is used up.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (_ceiling(seconds, hard), hard))
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before or signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the shape of a handler
    raise TookTooLong


def _ceiling(seconds: float, hard: int) -> int:
    """Seconds of processor time after which the system ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(used.ru_utime + used.ru_stime + seconds) + _GRACE
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage in cycles meanwhile: millions of small things are held at once, none of them in a cycle, and

    looking through them all again and again takes half the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
