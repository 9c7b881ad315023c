"""Which texts are held against each other for drift: few of all pairs, found by small marks.

Two texts are a pair where one source or outlet is named by both, they are at most two days apart, and one sentence of each tells the same two
things of different kinds (place, weapon, way, target, figure); copies are pairs in any case. A source that very many quote on
one day is compared with the nearest texts only. What it does not find: a report of one statement with nothing else in common.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple, TypeAlias
from zlib import crc32

from witnessmark.terms.saying import Account, Told
from witnessmark.terms.script import key
from witnessmark.terms.sketch import packed, unpacked
from witnessmark.tracing.drift import NEAR_DAYS
from witnessmark.tracing.same_statement import sorted_out

_SOURCES = 2  # sources from which a text speaks of several
_THINGS = 24  # things of one sentence that are paired; a list of places goes on for hundreds
_KINDS = {"place": 0, "weapon": 1, "delivery": 2, "target": 3, "killed": 4, "injured": 4, "number": 4}
_ALL = -1  # stands for every day
_CELL = 5  # cells of a degree: places in one are near each other
_CROWD = 60  # texts of one source that one text is compared with


Often: TypeAlias = Counter[tuple[str, int]]


class Hint(NamedTuple):
    """What finding pairs needs of one item. ``day``: ordinal of publication, 0 where unknown; ``marks``: packed."""

    item: str
    day: int
    keys: tuple[str, ...]
    outlet: tuple[str, ...]
    marks: bytes
    several: int


def marks_of(account: Account) -> bytes:
    """Numbers for any two things of different kinds that one sentence tells (of a short text: all of it), packed.

    Two reports of one statement share one at the least: a place and a figure, a weapon and a place.
    """
    found: set[int] = set()
    for heard in sorted_out(account).whole:
        told = [
            (kind, name) for slot, kind in _KINDS.items() for one in heard.of(slot) for name in [_name(one)] if name
        ]
        for (kind, name), (other, also) in combinations(dict.fromkeys(told[:_THINGS]), 2):
            if kind != other:
                pair = "|".join(sorted((f"{kind} {name}", f"{other} {also}")))
                found.add(crc32(pair.encode("utf-8", "surrogatepass")))
    return packed(sorted(found))


def _name(told: Told) -> str:
    """A thing's name across languages: a figure's numbers, a place's cell, else its label."""
    if told.toll:
        return f"{told.toll.least}-{told.toll.most}"
    spot = told.spot
    if told.slot != "place":
        return told.label
    if spot and spot.lat is not None and spot.lon is not None:
        return f"{round(spot.lat * _CELL)} {round(spot.lon * _CELL)}"
    return key(told.label)


def keys_of(account: Account) -> tuple[str, ...]:
    """The keys under which an item is held against others: of its outlet, its sources, and whom it passes on."""
    said = {name for one in account.sayings for name in one.by}
    return tuple(sorted({*account.outlet, *account.passed_on, *said}))


def day_of(published: str | None) -> int:
    """The day of publication as an ordinal, 0 where unknown."""
    return date.fromisoformat(published[:10]).toordinal() if published else 0


def often(hints: Iterable[Hint]) -> Often:
    """How many texts each outlet has of each day, and in all (day -1)."""
    return Counter((name, day) for one in hints for name in one.outlet for day in (one.day, _ALL))


def only(found: Often, earlier: Account, later: Account) -> bool:
    """Whether an outlet has but one text that a later one can mean: of the day or those before it; at all, where no day is known."""
    day = day_of(later.published)
    days = (0, *range(day - NEAR_DAYS, day + 1)) if day and earlier.published else (_ALL,)
    return all(sum(found[name, one] for one in days) <= 1 for name in earlier.outlet)


def pairs(hints: Iterable[Hint], copies: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of items to compare, each once, lower id first, sorted."""
    by_key: dict[str, list[Hint]] = defaultdict(list)
    known = set()
    for hint in hints:
        known.add(hint.item)
        for name in hint.keys:
            by_key[name].append(hint)
    found = {(min(pair), max(pair)) for pair in copies if pair[0] in known and pair[1] in known}
    for members in by_key.values():
        members.sort(key=lambda one: (one.day, one.item))
        found.update(_near(members))
    return sorted(found)


def _near(members: Sequence[Hint]) -> Iterator[tuple[str, str]]:
    """Pairs of one key: of each text with the few before it, those of the days before and those without a day."""
    undated = [one for one in members if not one.day][:_CROWD]
    told = {one.item: set(unpacked(one.marks)) for one in members} if len(members) > 1 else {}
    for at, later in enumerate(members):
        before = [one for one in members[max(0, at - _CROWD) : at] if later.day - one.day <= NEAR_DAYS or not one.day]
        for one in {*before, *(undated if later.day else ())}:
            if one.item != later.item and told[one.item] & told[later.item]:
                yield min(one.item, later.item), max(one.item, later.item)


def groups(hints: Sequence[Hint]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each item that speaks of several sources, with the earlier ones that tell of the same."""
    by_day: dict[int, list[Hint]] = defaultdict(list)
    for hint in hints:
        by_day[hint.day].append(hint)
    for later in (one for one in hints if one.several >= _SOURCES):
        mine = set(unpacked(later.marks))
        days = range(later.day - NEAR_DAYS, later.day + 1) if later.day else (0,)
        near = [one for day in days for one in by_day.get(day, ()) if one.item != later.item]
        told = [one.item for one in near if mine & set(unpacked(one.marks))][:_CROWD]
        yield later.item, tuple(sorted(told))
