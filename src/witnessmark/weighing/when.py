"""The day of an incident: the one that most of its items speak for.

An item that says the day in its own words has a whole vote. One that does not has been published on some day, and speaks
of that day, or of the one before: half a vote and less (on the development half of a register's coded incidents, a post
without a day of its own is of the day itself about twice as often as of the day before). Ties go to the earlier day. What it
does not prove: the day; all items may repeat one mistake.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from witnessmark.weighing.seen import Seen

_PUBLISHED = 0.5  # vote of a post for the day it was published on, where its words give none
_BEFORE = 0.25  # and for the day before
_COARSE = 0.05  # and for the first day of a longer time
_LONG = 5  # days of a stated time beyond which it speaks for none of them
_DAY = timedelta(days=1)


def day(seen: Sequence[Seen]) -> tuple[str | None, str | None, str]:
    """First day, last day and why; None where no item gives a day, nor was published on a known one."""
    by_item: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        if one.first:
            by_item[one.card.item].append(one)
    votes: dict[str, float] = defaultdict(float)
    said: dict[str, set[str]] = defaultdict(set)
    published: dict[str, set[str]] = defaultdict(set)
    for item in sorted(by_item):
        for when, weight, own in _votes(by_item[item]):
            votes[when] += weight
            (said if own else published)[when].add(item)
    if not votes:
        return _span(seen)
    best = min(votes, key=lambda one: (-round(votes[one], 6), one))
    items = len({one.card.item for one in seen})
    if said[best]:
        beside = f", {len(published[best])} more were published on it or the day after" if published[best] else ""
        return (
            best,
            best,
            f"{len(said[best])} of {items} items give it, as a date or as a day counted from publication{beside}",
        )
    return best, best, f"inferred: {len(published[best])} of {items} items were published on it or the day after"


def _votes(told: Sequence[Seen]) -> Iterator[tuple[str, float, bool]]:
    """The days that one item speaks for, with the weight of each, and whether they stand in its own words."""
    stated = sorted({_reach(one) for one in told if one.stated})
    for first, last in stated:
        days = (last - first).days + 1
        for number in range(days if days <= _LONG else 0):
            yield (first + number * _DAY).isoformat(), 1 / len(stated) / days, True
    if stated:
        return
    spans = sorted({_reach(one) for one in told})
    for first, last in spans:
        if first == last:
            yield first.isoformat(), _PUBLISHED / len(spans), False
            yield (first - _DAY).isoformat(), _BEFORE / len(spans), False
        else:
            yield first.isoformat(), _COARSE / len(spans), False


def _reach(one: Seen) -> tuple[date, date]:
    first = (one.first or "")[:10]
    return date.fromisoformat(first), date.fromisoformat((one.last or first)[:10])


def _span(seen: Sequence[Seen]) -> tuple[str | None, str | None, str]:
    """The earliest time that is too long to name a day, where that is all there is."""
    spans = sorted((one.first[:10], (one.last or one.first)[:10]) for one in seen if one.first)
    if spans:
        return *spans[0], "no item gives a day; the earliest time that one gives"
    return None, None, "no day is given, nor a day of publication"
