"""Which pictures are copies of one another by their hashes, whatever frame, bars or screen stands around them.

Each picture has rows in two indexes: *upright*, one hash of each region and reference crop; *turned*, all eight hashes of
each region. What is new is sought in both, so a copy is found whichever of the two came first, was cut, mirrored or framed;
no two crops are compared, and never all pairs. Whether two pictures match depends on them alone.

Thresholds were set on photographs (benchmarks/quality/copies.py), so that of many without a copy none is matched. What it
does not prove: that no copy was missed (most cropped ones are; features find them), which of two was first, or that
pictures far more alike than photographs are (maps, forms, drawings) are copies.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.copy import Copy
from witnessmark.terms.fingerprint import FORMS, HASH, Fingerprint, Region
from witnessmark.tracing.hash_index import EXACT, Cut, HashIndex, Numbers
from witnessmark.tracing.picture_copies import Match, copy_of, forest, spanning, undone

MOST: Final = 50  # of 256 bits between regions of copies; what is not a copy differs by 80 and more in photographs
AT_ONCE: Final = 8192  # hashes sought at a time

Marks = NDArray[np.int32]


def copies(
    pictures: Mapping[str, Fingerprint], held: "Pictures | None" = None, before: Iterable[Match] = ()
) -> tuple[list[Copy], list[Match]]:
    """The copies among pictures held and these new ones, as links that join all that belong together.

    ``held``: those held before, which holds these too afterwards; ``before``: their links. Also returns the links, as they
    are given as ``before`` the next time. Costs only for what is new, and for sorting the links.
    """
    links = forest([*before, *(held if held is not None else Pictures()).add(pictures)])
    return [copy_of(link) for link in links], links


@dataclass(slots=True, eq=False)
class _Rows:
    """Hashes, and of each a row of marks: number of its picture, place of its region, form."""

    hashes: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, HASH), np.uint8))
    marks: Marks = field(default_factory=lambda: np.zeros((0, 3), np.int32))


@dataclass(slots=True, eq=False)
class _Held:
    """An index of rows."""

    index: HashIndex
    marks: Marks = field(default_factory=lambda: np.zeros((0, 3), np.int32))

    def add(self, rows: _Rows) -> None:
        self.index.add(rows.hashes)
        self.marks = np.concatenate([self.marks, rows.marks])


class _Near(NamedTuple):
    """Rows that met, in order of pair: marks of the turned and of the upright, bits that differ, the number of the pair."""

    turned: Marks
    upright: Marks
    distance: Numbers
    pair: Numbers


class Pictures:
    """Pictures held, by address, and the indexes of their hashes."""

    def __init__(self, cut: Cut = EXACT) -> None:
        """``cut``: how hashes are indexed; FAST finds what is within 31 bits sooner, and half of what is further."""
        self.addresses: list[str] = []
        self._regions: list[tuple[Region, ...]] = []
        self._alike: dict[Region, Region] = {}  # most crops are the same in many pictures
        self._upright, self._turned = _Held(HashIndex(cut)), _Held(HashIndex(cut))

    def __len__(self) -> int:
        return len(self.addresses)

    def hold(self, pictures: Mapping[str, Fingerprint]) -> None:
        """Hold pictures whose links are known, without looking for any: how the indexes are made again."""
        new = self._numbered(pictures)
        self._upright.add(_rows(new, 1))
        self._turned.add(_rows(new, FORMS))

    def add(self, pictures: Mapping[str, Fingerprint]) -> list[Match]:
        """Hold more pictures; gives those matches, with each other and with those held, that a forest of all may need."""
        new = self._numbered(pictures)
        upright, turned = _rows(new, 1), _rows(new, FORMS)
        found: list[Match] = []
        for near in self._against_turned(upright):  # of those held before: pairs of new ones come the other way round
            found += self._matches(self._joining(near))
        self._upright.add(upright)
        for near in self._against_upright(turned):
            found += self._matches(self._joining(near))
        self._turned.add(turned)
        return found

    def like(self, pictures: Mapping[str, Fingerprint]) -> list[Match]:
        """The matches of pictures that are not held with those that are, of each pair the nearest, the nearest pair first."""
        new = self._numbered(pictures)
        best: dict[tuple[str, str], Match] = {}
        try:
            near = [*self._against_turned(_rows(new, 1)), *self._against_upright(_rows(new, FORMS))]
            for match in sorted(match for some in near for match in self._matches(some)):
                best.setdefault((match.one, match.other), match)
        finally:
            del self.addresses[-len(new) :], self._regions[-len(new) :]
        return list(best.values())

    def _numbered(self, pictures: Mapping[str, Fingerprint]) -> list[tuple[int, Fingerprint]]:
        new = []
        for address, picture in sorted(pictures.items()):
            new.append((len(self.addresses), picture))
            self.addresses.append(address)
            self._regions.append(tuple(self._alike.setdefault(one.region, one.region) for one in picture.hashed))
        return new

    def _against_upright(self, turned: _Rows) -> Iterator[_Near]:
        for some in _some(turned):
            found = self._upright.index.find(some.hashes, MOST)
            yield _near(some.marks[found.query], self._upright.marks[found.hit], found.distance)

    def _against_turned(self, upright: _Rows) -> Iterator[_Near]:
        for some in _some(upright):
            found = self._turned.index.find(some.hashes, MOST)
            yield _near(self._turned.marks[found.hit], some.marks[found.query], found.distance)

    def _joining(self, near: _Near) -> _Near:
        """Those pairs that a forest of these needs: of a thousand copies of one picture there are half a million pairs."""
        if not len(near.pair):
            return near
        first = np.flatnonzero(np.diff(near.pair, prepend=-1))
        owners = np.stack([near.turned[first, 0], near.upright[first, 0]])
        involved, place = np.unique(owners, return_inverse=True)
        rank = np.argsort(np.argsort([self.addresses[number] for number in involved]))[place.reshape(owners.shape)]
        low, high = rank.min(axis=0), rank.max(axis=0)
        order = np.lexsort((high, low, near.distance[first]))  # as matches are ordered
        kept = order[spanning(zip(low[order].tolist(), high[order].tolist(), strict=True))]
        rows = np.isin(near.pair, kept)
        return _Near(near.turned[rows], near.upright[rows], near.distance[rows], near.pair[rows])

    def _matches(self, near: _Near) -> Iterator[Match]:
        """The nearest regions of each pair."""
        for _, rows in groupby(range(len(near.pair)), key=near.pair.__getitem__):
            yield min(self._match(int(near.distance[at]), near.turned[at], near.upright[at]) for at in rows)

    def _match(self, distance: int, turned: Marks, upright: Marks) -> Match:
        one, other, form = self.addresses[turned[0]], self.addresses[upright[0]], int(turned[2])
        region_one, region_other = self._regions[turned[0]][turned[1]], self._regions[upright[0]][upright[1]]
        if one <= other:
            return Match(distance, one, other, region_one, region_other, form)
        return Match(distance, other, one, region_other, region_one, undone(form))


def _near(turned: Marks, upright: Marks, distance: Numbers) -> _Near:
    """Of rows that met, the nearest of each pair of pictures."""
    near = turned[:, 0] != upright[:, 0]
    turned, upright, distance = turned[near], upright[near], distance[near]
    low, high = np.minimum(turned[:, 0], upright[:, 0]), np.maximum(turned[:, 0], upright[:, 0])
    order = np.lexsort((distance, high, low))
    turned, upright, distance, low, high = turned[order], upright[order], distance[order], low[order], high[order]
    fresh = np.ones(len(low), np.bool_)
    fresh[1:] = (np.diff(low) != 0) | (np.diff(high) != 0)
    pair = np.cumsum(fresh) - 1
    nearest = distance == distance[fresh][pair]
    return _Near(turned[nearest], upright[nearest], distance[nearest], pair[nearest])


def _some(rows: _Rows) -> Iterator[_Rows]:
    for start in range(0, len(rows.hashes), AT_ONCE):
        yield _Rows(rows.hashes[start : start + AT_ONCE], rows.marks[start : start + AT_ONCE])


def _rows(pictures: list[tuple[int, Fingerprint]], forms: int) -> _Rows:
    """Rows of these numbered pictures: the first hash of every region (``forms`` 1), or all eight of those that have them."""
    hashes, marks = [], []
    for number, picture in pictures:
        for place, one in enumerate(picture.hashed):
            held = len(one.hashes) // HASH
            if held < forms:
                continue
            hashes.append(one.hashes[: forms * HASH])
            marks += [(number, place, form) for form in range(forms)]
    flat = np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, HASH)
    return _Rows(flat, np.array(marks, np.int32).reshape(-1, 3))
