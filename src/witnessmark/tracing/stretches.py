"""What two texts have in common, held against each other: how many shingles, and which stretches of words.

Stretches are found in the order of the shorter text; where a word or two differ between two of them they are one. What it does not
prove: which text had the words first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from witnessmark.tracing.shingles import SHINGLE, Hashes, distinct, hashes

Place: TypeAlias = tuple[int, int, int]  # passage, and code points from and to
Run: TypeAlias = tuple[int, int, int, int]  # words of the one text from and to, and of the other

_HELD = 8  # places at which one shingle is looked for in a text
_GAP = 3  # words that differ between two stretches that are one
_LEAST = 5  # words of a stretch worth telling
_MOST = 64  # stretches told of a pair


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an item as they are compared, and where each stands in it."""

    words: Sequence[str]
    places: Sequence[Place]


class Common(NamedTuple):
    """``shared``: distinct shingles of both texts; ``one``, ``other``: of each. ``stretches``: places in the one and in the other."""

    shared: int
    one: int
    other: int
    stretches: tuple[tuple[Place, Place], ...] = ()

    @property
    def alike(self) -> float:
        """Jaccard over the shingles."""
        both = self.one + self.other - self.shared
        return self.shared / both if both else 0.0

    @property
    def inside(self) -> float:
        """Share of the shorter text's shingles that stand in the longer."""
        least = min(self.one, self.other)
        return self.shared / least if least else 0.0


class Ready(NamedTuple):
    """A text ready to be held against others."""

    wording: Wording
    hashes: Hashes
    distinct: Hashes


def ready(wording: Wording) -> Ready:
    """A text's shingles, counted once for all comparisons."""
    told = hashes(wording.words)
    return Ready(wording, told, distinct(told))


def common(one: Ready, other: Ready, least: float) -> Common:
    """What two texts share; their stretches only where either measure comes to ``least``."""
    shared = len(np.intersect1d(one.distinct, other.distinct, assume_unique=True))
    found = Common(shared, len(one.distinct), len(other.distinct))
    if max(found.alike, found.inside) < least:
        return found
    if len(one.hashes) > len(other.hashes):
        runs = [(c, d, a, b) for a, b, c, d in _joined(_runs(other.hashes, one.hashes))]
    else:
        runs = list(_joined(_runs(one.hashes, other.hashes)))
    told = [run for run in runs if min(run[1] - run[0], run[3] - run[2]) >= _LEAST][:_MOST]
    places = (pair for run in told for pair in _placed(run, one.wording.places, other.wording.places))
    return found._replace(stretches=tuple(places))


def _runs(short: Hashes, long: Hashes) -> Iterator[Run]:
    """Runs of the same words, in the order of the shorter text. Linear in both texts."""
    where: dict[int, list[int]] = {}
    there = long.tolist()
    for at, number in enumerate(there):
        held = where.setdefault(number, [])
        if len(held) < _HELD:
            held.append(at)
    here = short.tolist()
    at, reached = 0, 0
    while at < len(here):
        held = where.get(here[at], [])
        if not held:
            at += 1
            continue
        start = next((one for one in held if one >= reached), held[0])
        length = 1
        while at + length < len(here) and start + length < len(there) and here[at + length] == there[start + length]:
            length += 1
        yield at, at + length + SHINGLE - 1, start, start + length + SHINGLE - 1
        at, reached = at + length, start + length


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Runs between which only a few words differ, as one."""
    last: Run | None = None
    for run in runs:
        if last is not None and run[0] - last[1] <= _GAP and -SHINGLE <= run[2] - last[3] <= _GAP:
            last = (last[0], max(last[1], run[1]), last[2], max(last[3], run[3]))
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _placed(run: Run, one: Sequence[Place], other: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """A run as places in both texts. A run over several passages is told from the first to the last of each."""
    here, there = _inside(one[run[0] : run[1]]), _inside(other[run[2] : run[3]])
    if len(here) == len(there):
        yield from zip(here, there, strict=True)
    else:
        yield from ((mine, theirs) for mine in here for theirs in there)


def _inside(places: Sequence[Place]) -> list[Place]:
    """Words one after the other as one place in each passage."""
    out: dict[int, Place] = {}
    for passage, start, end in places:
        first = out.get(passage)
        out[passage] = (passage, first[1] if first else start, end)
    return list(out.values())
