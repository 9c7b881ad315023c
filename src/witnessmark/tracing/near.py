"""Which texts may be nearly the same: pairs that agree in a band of their MinHash, and by its estimate enough besides.

In each band the earliest text leads; who is surely its copy follows it, who is perhaps one is held against it and leads as well.
So hundreds of copies stand in a star, and the pairs grow with the texts. What it does not prove: anything; the texts themselves are
held against each other afterwards.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from witnessmark.tracing.shingles import PERMUTATIONS

Numbers = NDArray[np.int64]
Minhashes = NDArray[np.uint32]

_ROWS = 3  # of a band: 21 bands of 3 bring together pairs of 0.6 with 0.994, of 0.55 with 0.98
_PERHAPS = (
    0.4  # estimate from which a pair is held against each other: 64 values miss a true 0.55 by that much once in 150
)
_SURELY = 0.75  # estimate from which a text needs no other leader
_LEADERS = 16
_BEST = 4  # pairs kept of a text that follows
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
_AT_ONCE = 1 << 16


def pairs(minhashes: Sequence[bytes]) -> list[tuple[int, int]]:
    """Numbers of texts, earlier and later, that may be nearly the same; the texts are given in order of time, each with a MinHash."""
    if len(minhashes) < 2:
        return []
    known = np.frombuffer(b"".join(minhashes), dtype="<u4").reshape(-1, PERMUTATIONS).astype(np.uint32)
    found = [np.zeros(0, np.int64)]
    for start in range(0, PERMUTATIONS - _ROWS + 1, _ROWS):
        found += _of_band(known, start)
    lead, later = np.divmod(_once(np.concatenate(found)), len(known))
    return _best(lead, later, _estimated(known, lead, later))


def _once(numbers: Numbers) -> Numbers:
    """Each number once, sorted; quicker for many than numpy's own."""
    told = np.sort(numbers)
    once: Numbers = told[np.concatenate([[True], np.diff(told) != 0])[: len(told)]]
    return once


def _of_band(known: Minhashes, start: int) -> Iterator[Numbers]:
    """Pairs that agree in a band, each as one number."""
    band = (known[:, start : start + _ROWS].astype(np.uint64) * _FACTORS).sum(axis=1, dtype=np.uint64)
    order = np.argsort(band, kind="stable")
    cuts = np.flatnonzero(np.diff(band[order])) + 1
    starts, ends = np.concatenate([[0], cuts]), np.concatenate([cuts, [len(order)]])
    many = np.flatnonzero(ends - starts > 1)
    for first, last in zip(starts[many].tolist(), ends[many].tolist(), strict=True):
        yield from _led(known, order[first:last])


def _led(known: Minhashes, members: Numbers) -> Iterator[Numbers]:
    """The pairs of some texts, in order of time, that agree in a band: each with those that lead it."""
    for _ in range(_LEADERS):
        lead, members = members[0], members[1:]
        if not len(members):
            return
        alike = (known[members] == known[lead]).mean(axis=1)
        yield lead * len(known) + members[alike >= _PERHAPS]
        members = members[alike < _SURELY]
        if not len(members):
            return


def _estimated(known: Minhashes, ones: Numbers, others: Numbers) -> NDArray[np.float64]:
    parts = [
        (known[ones[at : at + _AT_ONCE]] == known[others[at : at + _AT_ONCE]]).mean(axis=1)
        for at in range(0, len(ones), _AT_ONCE)
    ]
    return np.concatenate([np.zeros(0), *parts])


def _best(lead: Numbers, later: Numbers, alike: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Of each later text the earliest that it is surely a copy of, else those that are most alike; sorted."""
    sure = alike >= _SURELY
    order = np.lexsort((lead, np.where(sure, -1.0, -alike), later))
    first = np.searchsorted(later[order], later[order])
    rank = np.arange(len(order)) - first
    kept = order[(rank == 0) | ((rank < _BEST) & ~sure[order[first]])]
    return sorted(zip(lead[kept].tolist(), later[kept].tolist(), strict=True))
