"""How long work is reported: a step's name, how much is done, and how much there is."""

from typing import Protocol


class Progress(Protocol):
    """Called by the steps; a terminal shows it, a file does not."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """``done`` of ``total`` in this step."""
        ...


def silent(step: str, done: int, total: int) -> None:
    """Report nothing."""
