"""Which pictures of a clip are kept: one every second, the calm ones besides, and one for each scene.

A picture half a second later may be as far away as any other picture where much moves, so copies of a clip that begin
half a second apart have hardly a picture in common at one a second. A moment at which less moves than in the half second
before and after is the same moment in every copy, however it was cut, scaled or mirrored; and since little moves there,
a neighbour of its picture is nearly the same. What it does not prove: that a moment kept shows what matters.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

REACH: Final = 0.5  # seconds before and after in which no moment is calmer
SCENE: Final = 2.0  # seconds that a scene lasts at least
LONG: Final = 10.0  # seconds after which a scene that changes slowly is shown again
JUMP: Final = 64  # bits by which another scene's picture differs at least
DRIFT: Final = 24  # bits by which a slowly changing one must, to be shown again
MOST_SCENES: Final = 600


class Picture(Protocol):
    """A picture with its time, of which a small likeness can be had."""

    at: float

    def thumb(self) -> NDArray[np.float32]:
        """A few means of it."""


Shown = TypeVar("Shown", bound=Picture)


class Chosen(Generic[Shown]):
    """Chooses among pictures given in order of time; holds three of them at most."""

    def __init__(self, every: float) -> None:
        self.every = every
        self.next = 0.0
        self.before: tuple[Shown, NDArray[np.float32], float] | None = None
        self.calm: tuple[float, Shown] | None = None
        self.past: deque[tuple[float, float]] = deque()

    def of(self, pictures: Iterable[Shown]) -> Iterator[tuple[Shown, bool]]:
        """Those to be kept, and whether they are calm: one every so many seconds, and calm ones, up to half a second late."""
        last: Shown | None = None
        for one in pictures:
            for calm in self._calm(one):
                yield calm, True
            last = one
            if one.at >= self.next:
                self.next = one.at + self.every if one.at > self.next + self.every else self.next + self.every
                last = None
                yield one, False
        if last is not None:
            yield last, False

    def _calm(self, one: Shown) -> Iterator[Shown]:
        thumb, before = one.thumb(), self.before
        if before is None:
            self.before = (one, thumb, np.inf)
            return
        shown, seen, moved = before
        moving = _movement(seen, thumb, one.at - shown.at)
        self.before = (one, thumb, moving)
        yield from self._judged(shown, max(moved, moving))

    def _judged(self, shown: Shown, score: float) -> Iterator[Shown]:
        """A picture whose movement before and after is known; gives the calmest once half a second has passed."""
        if self.calm is not None and shown.at - self.calm[1].at > REACH:
            yield self.calm[1]
            self.calm = None
        while self.past and shown.at - self.past[0][0] > REACH:
            self.past.popleft()
        if all(score < other for _, other in self.past):
            self.calm = (score, shown)
        self.past.append((shown.at, score))


def _movement(one: NDArray[np.float32], other: NDArray[np.float32], seconds: float) -> float:
    if one.shape != other.shape or seconds <= 0:
        return np.inf
    return float(np.abs(one - other).mean()) / seconds


class Scenes:
    """Says of each kept picture whether it stands for a scene, by how far its hash is from the last that does.

    Calm ones stand for scenes, since they are likely to be the same in a copy; others only at first, and after long.
    """

    def __init__(self, duration: float) -> None:
        self.least = max(SCENE, duration / MOST_SCENES)
        self.last: tuple[float, NDArray[np.uint8]] | None = None

    def begins(self, at: float, hashed: NDArray[np.uint8], *, calm: bool) -> bool:
        """Whether a picture with this hash (32 bytes) is the first of a scene, or shows a slowly changed one again."""
        if self.last is not None:
            since = at - self.last[0]
            bits = int(np.bitwise_count(self.last[1] ^ hashed).sum())
            if since < self.least or bits < (DRIFT if since > LONG else JUMP) or not (calm or since > LONG):
                return False
        self.last = (at, hashed)
        return True
