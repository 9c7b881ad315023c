"""Days of posts that do not say when they were published, from what stands around them in the case; always said as inferred.

A copy of a dated text is of about its day. A site that counts its articles up gives an undated one the days between its
neighbours by number: where the dated neighbours below and above lie within a few days, the post lies between them. A
series whose numbers and days do not rise together says nothing. A web archive's stamp is an upper bound only, and is never taken
for the day (captures are often years later).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sketch import Sketch

_BETWEEN = 6  # days between two dated neighbours from which the span is too wide to compare by
_ORDERLY = 0.9  # share of dated neighbours in rising order that makes a series count
_FEW = 3  # dated members that a series needs


@dataclass(frozen=True, slots=True)
class Inferred:
    """ISO days, inclusive, and why."""

    first: str
    last: str
    why: str


def inferred_days(sketches: Iterable[Sketch], copies: Iterable[Likeness]) -> dict[str, Inferred]:
    """Item to the days it was published on, for undated items of which something can be inferred."""
    known = sorted(sketches, key=lambda one: one.item)
    days = {one.item: one.published[:10] for one in known if one.published and len(one.published) >= 10}
    found = _by_number(known, days)
    for item, inferred in _by_copy(copies, days).items():
        found.setdefault(item, inferred)
    return found


def _by_copy(copies: Iterable[Likeness], days: dict[str, str]) -> dict[str, Inferred]:
    best: dict[str, str] = {}
    for like in copies:
        for undated, dated in ((like.one, like.other), (like.other, like.one)):
            if undated not in days and dated in days:
                best[undated] = min(best.get(undated, days[dated]), days[dated])
    return {item: Inferred(day, day, "inferred: a copy of its words is of this day") for item, day in best.items()}


def _by_number(known: Sequence[Sketch], days: dict[str, str]) -> dict[str, Inferred]:
    series: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in known:
        if one.series:
            series[one.series[0]].append((one.series[1], one.item))
    found: dict[str, Inferred] = {}
    for name, members in series.items():
        dated = _orderly(sorted({(number, days[item]) for number, item in members if item in days}))
        if len(dated) < _FEW:
            continue
        for number, item in members:
            between = None if item in days else _between(number, dated)
            if between:
                why = f"inferred: {name} counts its articles up, and those before and after this one are of {between[0]} and {between[1]}"
                found[item] = Inferred(*between, why)
    return found


def _orderly(dated: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The longest run of members whose days rise with their numbers, if nearly all do; else nothing."""
    best: list[list[tuple[int, str]]] = []
    tails: list[str] = []
    for number, day in dated:
        at = bisect_left(tails, day + "~")
        before = best[at - 1] if at else []
        if at == len(tails):
            tails.append(day)
            best.append([*before, (number, day)])
        elif day < tails[at]:
            tails[at] = day
            best[at] = [*before, (number, day)]
    longest = best[-1] if best else []
    return longest if dated and len(longest) >= _ORDERLY * len(dated) else []


def _between(number: int, dated: list[tuple[int, str]]) -> tuple[str, str] | None:
    """The days of the dated neighbours, where they are few."""
    at = bisect_left(dated, (number, ""))
    if at == 0 or at == len(dated):
        return None
    first, last = dated[at - 1][1], dated[at][1]
    return (first, last) if (date.fromisoformat(last) - date.fromisoformat(first)).days <= _BETWEEN else None
