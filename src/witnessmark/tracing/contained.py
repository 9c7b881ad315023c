"""Which texts may stand inside longer ones: pairs that share marks which few other texts have.

What everybody writes ties nobody to anybody: a prayer, a list of tags, a channel's signature. A mark counts for nothing where some
otherwise different texts that have it are spread over weeks (those undated may be), and where all are of one publisher, being its own
furniture; where very many of a few weeks have it, only in a long stretch, as of an agency's text that sixty papers print. Of each mark only the shortest texts that have it
are held against the others. What it does not prove: anything; the texts themselves are held against each other afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_SOME, _WEEKS = 6, 3  # otherwise different texts, and the weeks they are of: beyond both, words are everybody's
_MANY = 16  # texts beyond which they are so in any case, unless the stretch is long
_OWN = 4  # texts of one publisher from which what they share is its furniture
_LONG = 11  # marks of a stretch of about thirty words
_LEADERS = 3
_LEAST = 2  # marks shared
_SHARE = 0.4  # of the shorter's marks; every edit of a word moves one or two
_HELD = 50  # texts found inside one


@dataclass(frozen=True, slots=True)
class Marked:
    """One text. ``family``: the number of its copies; ``publisher``, ``week``: numbers, of each text that has none another."""

    marks: bytes
    count: int
    family: int
    publisher: int
    week: int


def pairs(texts: Sequence[Marked]) -> list[tuple[int, int]]:
    """Numbers of texts, the shorter and the longer, of which the one may stand in the other; sorted. Memory: 60 bytes a mark."""
    order = sorted(range(len(texts)), key=lambda at: (texts[at].count, at))
    ranked = [texts[at] for at in order]
    marks = np.frombuffer(b"".join(one.marks for one in ranked), dtype="<u4")
    owner = np.repeat(np.arange(len(ranked)), [len(one.marks) // 4 for one in ranked])
    by_mark = np.argsort(marks, kind="stable")  # the shortest first of each mark
    marks, owner = marks[by_mark], owner[by_mark]
    group = np.concatenate([[0], np.cumsum(np.diff(marks) != 0)]) if len(marks) else np.zeros(0, np.int64)
    several = np.bincount(group)[group] > 1 if len(group) else np.zeros(0, np.bool_)
    alone = np.bincount(owner[~several], minlength=len(ranked))
    group, owner = group[several], owner[several]
    nobodys, formula = _everyday(group, owner, ranked)
    counted, usual = ~nobodys[group], formula[group]
    of_rare = alone + np.bincount(owner[counted & ~usual], minlength=len(ranked))
    of_all = alone + np.bincount(owner[counted], minlength=len(ranked))
    short, long, rare, every = _tally(group[counted], owner[counted], usual[counted], len(ranked))
    other = np.array([one.family for one in ranked], np.int64)
    apart = other[short] != other[long] if len(short) else np.zeros(0, np.bool_)
    good = (rare >= _LEAST) & (rare >= _SHARE * of_rare[short])
    good |= (every >= _LONG) & (every >= _SHARE * of_all[short])
    kept = np.flatnonzero(good & apart)
    kept = kept[np.lexsort((short[kept], -every[kept], long[kept]))]
    rank = np.arange(len(kept)) - np.searchsorted(long[kept], long[kept])
    kept = kept[rank < _HELD]
    return sorted((order[one], order[two]) for one, two in zip(short[kept].tolist(), long[kept].tolist(), strict=True))


def _everyday(group: Numbers, owner: Numbers, texts: Sequence[Marked]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each mark, whether it counts for nothing, and whether only in a long stretch."""
    many = int(group[-1]) + 1 if len(group) else 0
    often = np.bincount(group, minlength=many)[group] > _OWN if many else np.zeros(0, np.bool_)
    asked, whose = group[often], owner[often]

    def distinct(numbers: Numbers) -> Numbers:
        """How many different numbers each mark's texts have, where several have it."""
        room = int(numbers.max()) + 1 if len(numbers) else 1
        told = np.sort(asked * room + numbers[whose])
        first = np.concatenate([[True], np.diff(told) != 0])[: len(told)]
        return np.bincount(told[first] // room, minlength=many)

    families = distinct(np.array([one.family for one in texts], np.int64))
    publishers = distinct(np.array([one.publisher for one in texts], np.int64))
    weeks = distinct(np.array([one.week for one in texts], np.int64))
    own = (families > _OWN) & (publishers == 1)
    return ((families > _SOME) & (weeks > _WEEKS)) | own, families > _MANY


def _tally(
    group: Numbers, owner: Numbers, usual: NDArray[np.bool_], many: int
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Pairs of texts, the shorter first, and the marks they share: the rare ones, and all."""
    first = np.searchsorted(group, group)
    rank = np.arange(len(group)) - first
    pairs, rare = [np.zeros(0, np.int64)], [np.zeros(0, np.bool_)]
    for leader in range(_LEADERS):
        rows = np.flatnonzero(rank > leader)
        pairs.append(owner[first[rows] + leader] * many + owner[rows])
        rare.append(~usual[rows])
    every_pair, every_rare = np.concatenate(pairs), np.concatenate(rare)
    order = np.argsort(every_pair, kind="stable")
    told = every_pair[order]
    starts = np.flatnonzero(np.concatenate([[True], np.diff(told) != 0])[: len(told)])
    short, long = np.divmod(told[starts], max(many, 1))
    every = np.diff(np.concatenate([starts, [len(told)]]))
    sums = np.concatenate([[0], np.cumsum(every_rare[order])])
    return short, long, sums[starts + every] - sums[starts], every
