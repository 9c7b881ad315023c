"""Which texts are held against each other for drift: few of all pairs, found by small marks.

Two texts are a pair where one sentence of each tells the same two things of different kinds (place, weapon, way, target, figure), or the same large
figure, and where both name one source, the later names the earlier's outlet, or it credits an outlet that may be called otherwise in another
script; two days apart at most, fourteen where the outlet is named. Copies are pairs in any case. A thing that very many tell is
compared with the nearest texts only. What it does not find: a report of one statement with nothing else in common.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from struct import pack
from typing import NamedTuple, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.saying import Account, Told
from witnessmark.terms.script import key
from witnessmark.terms.sketch import WIDTH, packed, unpacked
from witnessmark.tracing.drift import CITED_DAYS, NEAR_DAYS
from witnessmark.tracing.same_statement import Heard, sorted_out

_SOURCES = 2  # sources from which a text speaks of several
_KINDS = {"place": 0, "weapon": 1, "delivery": 2, "target": 3, "killed": 4, "injured": 4, "number": 4}
_TELLING = (1, 4)  # kinds that hardly two statements share by chance come first
_THINGS = 16  # things of one sentence that are paired; a list of places goes on for hundreds
_MARKS = 32  # marks of one item
_RARE = 100  # a figure that is a mark by itself
_ALL = -1  # stands for every day
_CELL = 5  # cells of a degree: places in one are near each other
_CROWD = 60  # texts with one mark that a text is compared with

Often: TypeAlias = Counter[tuple[str, int]]


class Hint(NamedTuple):
    """What finding pairs needs of one item. ``day``: ordinal of publication, 0 where unknown; ``keys``: of its sources.

    ``outlet``: keys of who published it, ``arabic``: by a name in Arabic letters; ``names``: of whom it names; ``press``: it credits
    an outlet that nothing ties to a name; ``digest``: of all this, 64 bits.
    """

    item: str
    day: int
    keys: frozenset[str]
    outlet: tuple[str, ...]
    names: frozenset[str]
    marks: bytes
    several: int
    press: bool
    arabic: bool
    digest: int


def marks_of(account: Account) -> bytes:
    """Numbers for any two things of different kinds that one sentence tells (of a short text: all of it), packed."""
    found: dict[int, bool] = {}
    for heard in sorted_out(account).whole:
        for telling, name in _marks(heard):
            mark = crc32(name.encode("utf-8", "surrogatepass"))
            found[mark] = telling or found.get(mark, False)
    ranked = sorted(found, key=lambda mark: (not found[mark], mark))
    return packed(sorted(ranked[:_MARKS]))


def _marks(heard: Heard) -> Iterator[tuple[bool, str]]:
    told = {(kind, name) for slot, kind in _KINDS.items() for one in heard.of(slot) for name in [_name(one)] if name}
    for one, other in combinations(sorted(told)[:_THINGS], 2):
        if one[0] != other[0]:
            yield one[0] in _TELLING or other[0] in _TELLING, f"{one[0]} {one[1]}|{other[0]} {other[1]}"
    for slot in ("killed", "injured", "number"):
        yield from ((True, _name(one)) for one in heard.of(slot) if one.toll and one.toll.least >= _RARE)


def _name(told: Told) -> str:
    """A thing's name across languages: a figure's numbers, a place's cell, else its label."""
    spot = told.spot
    if told.toll:
        return f"{told.toll.least}-{told.toll.most}"
    if told.slot != "place":
        return told.label
    if spot and spot.lat is not None and spot.lon is not None:
        return f"{round(spot.lat * _CELL)} {round(spot.lon * _CELL)}"
    return key(told.label)


def keys_of(account: Account) -> list[str]:
    """The keys under which an item is held against others: of its sources, and of whom it passes on."""
    said = {name for one in account.sayings for name in one.by if not name.startswith(("words:", "press:"))}
    return sorted({*account.passed_on, *said})


def names_of(account: Account) -> list[str]:
    """The keys of whom an item names, as a source or otherwise."""
    return sorted({name for one in account.sayings for name in (*one.by, *one.names)})


def credits_press(account: Account) -> bool:
    """Whether it credits an outlet that nothing ties to a name."""
    return any(name.startswith("press:") for one in account.sayings for name in one.by)


def day_of(published: str | None) -> int:
    """The day of publication as an ordinal, 0 where unknown."""
    return date.fromisoformat(published[:10]).toordinal() if published else 0


def often(hints: Iterable[Hint]) -> Often:
    """How many texts each outlet has of each day, and in all (day -1)."""
    return Counter((name, day) for one in hints for name in one.outlet for day in (one.day, _ALL))


def only(found: Often, earlier: Hint, later: Hint) -> bool:
    """Whether an outlet has but one text that a later one can mean: of the day or those before it; at all, where no day is known."""
    days = (0, *range(later.day - CITED_DAYS, later.day + 1)) if later.day and earlier.day else (_ALL,)
    return all(sum(found[name, one] for one in days) <= 1 for name in earlier.outlet)


def pairs(
    hints: Iterable[Hint],
    copies: Iterable[tuple[str, str]],
    before: dict[bytes, tuple[tuple[str, str], ...]] | None = None,
) -> list[tuple[str, str]]:
    """Pairs of items to compare, each once, lower id first, sorted.

    ``before``: of texts that share a mark, by a digest of them all, the pairs found formerly; it is left with those of now.
    """
    ordered = sorted(hints, key=lambda one: (one.day, one.item))
    known = {one.item for one in ordered}
    found = {(min(pair), max(pair)) for pair in copies if pair[0] in known and pair[1] in known}
    before = {} if before is None else before
    now = {}
    for name, members in _sharing(ordered):
        told = before.get(name)
        if told is None:
            near = _near([ordered[at] for at in members.tolist()])
            told = tuple((min(one.item, other.item), max(one.item, other.item)) for one, other in near)
        now[name] = told
        found.update(told)
    before.clear()
    before.update(now)
    return sorted(found)


def _sharing(ordered: Sequence[Hint]) -> Iterator[tuple[bytes, NDArray[np.int64]]]:
    """For each mark that two texts have or more: a digest of it and them, and their numbers, in order."""
    marks = np.frombuffer(b"".join(one.marks for one in ordered), "<u4")
    owner = np.repeat(np.arange(len(ordered)), [len(one.marks) // WIDTH for one in ordered])
    order = np.lexsort((owner, marks))
    bounds = np.flatnonzero(np.diff(marks[order], prepend=-1, append=-1))
    several = np.flatnonzero(np.diff(bounds) > 1)
    digests = np.array([one.digest for one in ordered], np.uint64)[owner[order]]
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(digests)])  # of 64 bits, the rest falls away
    starts, ends = bounds[several], bounds[several + 1]
    names = zip(marks[order][starts].tolist(), (sums[ends] - sums[starts]).tolist(), strict=True)
    for start, end, name in zip(starts.tolist(), ends.tolist(), names, strict=True):
        yield pack("<IQI", *name, end - start), owner[order[start:end]]


def _near(members: Sequence[Hint]) -> Iterator[tuple[Hint, Hint]]:
    """Each of some texts in order of day with those of the last few before it, undated or not too many days older, that it has to do

    with.
    """
    days = [one.day for one in members]
    dated = bisect_left(days, 1)
    for at, later in enumerate(members):
        first = max(0, at - _CROWD)
        near = max(first, bisect_left(days, later.day - CITED_DAYS, hi=at)) if later.day else first
        for one in (*members[first : min(dated, near)], *members[near:at]):
            if _have_to_do(one, later):
                yield one, later


def _have_to_do(one: Hint, later: Hint) -> bool:
    """Whether two items may speak of one statement, by whom they name and when."""
    apart = later.day - one.day if one.day else 0
    if apart > CITED_DAYS:
        return False
    if apart <= NEAR_DAYS:
        strange = (later.press or one.press) and one.arabic != later.arabic
        if strange or not one.keys.isdisjoint(later.keys):
            return True
    return not later.names.isdisjoint(one.outlet) or (apart == 0 and not one.names.isdisjoint(later.outlet))


def groups(hints: Sequence[Hint]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each item that speaks of several sources, with the earlier ones that tell of the same or that it names.

    ``hints``: in order of item. Linear: no more is kept of one mark and day than one item is held against.
    """
    several = [one for one in hints if one.several >= _SOURCES]
    marks = {mark for one in several for mark in unpacked(one.marks)}
    names = {name for one in several for name in one.names}
    shelves: dict[tuple[object, int], list[str]] = defaultdict(list)
    for hint in hints:
        for told in (*marks.intersection(unpacked(hint.marks)), *names.intersection(hint.outlet)):
            for day in (hint.day, _ALL):
                if len(shelf := shelves[told, day]) <= _CROWD:
                    shelf.append(hint.item)
    for later in several:
        days = (0, *range(later.day - NEAR_DAYS, later.day + 1)) if later.day else (_ALL,)
        told_of = (*unpacked(later.marks), *later.names)
        before = {item for told in told_of for day in days for item in shelves.get((told, day), ())} - {later.item}
        yield later.item, tuple(sorted(before)[:_CROWD])
