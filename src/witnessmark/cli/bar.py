"""Progress on a terminal: one line on standard error a step, nothing where standard error is a file or a pipe.

How far a step is says nothing about how long the rest takes: items differ in length.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from witnessmark.casefile.progress import Progress, silent

_WIDTH = 30  # cells of the bar
_EVERY = 0.1  # seconds between two drawings; terminals over slow lines choke on more


class Bar:
    """A progress that draws. Steps whose total grows as they go are shown as a count."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._step = ""
        self._drawn = 0.0
        self._bounded = False

    def __call__(self, step: str, done: int, total: int) -> None:
        """Draw where a step stands, unless that was just done."""
        if step != self._step:
            self.end()
            self._step, self._bounded = step, False
        self._bounded = self._bounded or done < total
        now = time.monotonic()
        if done < total and now - self._drawn < _EVERY:
            return
        self._drawn = now
        self._out.write(f"\r\x1b[K{self._line(done, total)}")
        self._out.flush()

    def _line(self, done: int, total: int) -> str:
        if not self._bounded:
            return f"{self._step:<12} {done}"
        full = _WIDTH * done // total if total else _WIDTH
        return f"{self._step:<12} {'█' * full}{'░' * (_WIDTH - full)} {done}/{total}"

    def end(self) -> None:
        """Leave the line, so that what is printed next begins on its own."""
        if self._step:
            self._out.write("\n")
            self._out.flush()
        self._step = ""


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress for the length of some work, drawn where a person watches."""
    if not sys.stderr.isatty():
        yield silent
        return
    bar = Bar(sys.stderr)
    try:
        yield bar
    finally:
        bar.end()
