"""Times that lean on one another: the event told behind a time, the quarter before "a year ago"; and what that is made with.

"Two days after the strike of 3 May" is counted from the time told behind it in the same clause. What it does not prove: that
the time behind is the event's.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from operator import itemgetter

from witnessmark.reading import times_rules
from witnessmark.reading.calendar_words import AFTER, BEFORE, CLITIC, Calendar, Held
from witnessmark.reading.times_rules import Resolved, spaced
from witnessmark.terms.anchor import Span
from witnessmark.terms.moment import Moment
from witnessmark.terms.script import Folded
from witnessmark.terms.why import Why

FINE = ("instant", "hour", "part-of-day", "day")
REACH = 600  # code points back in which an event is told that a time is counted from
_CLAUSE = 60  # code points ahead in which an event is told that a time is counted from
_BROKEN = re.compile(r"[.,;:!?\n\"]\s")
_YEAR_BACK = ("times.ago-after", "times.leaning")


def role_of(cal: Calendar, *names: str) -> str:
    """Any word of some roles, as a pattern."""
    return "(?:" + "|".join(cal.roles.get(name, "(?!)") for name in names) + ")"


def where(folded: Folded, one: Moment) -> tuple[int, int]:
    """Where a moment stands in the folded text."""
    return folded.forth(one.span.start), folded.forth(one.span.end)


def words_at(passage: int, folded: Folded, where: tuple[int, int]) -> tuple[Span, str]:
    """A folded stretch in the text as given, and its words."""
    start, end = folded.back(*where)
    return Span(passage=passage, start=start, end=end), folded.given[start:end]


class Told:
    """The moments of a passage in order, none overlapping, with where each stands in the folded text."""

    def __init__(self, folded: Folded, found: Sequence[Moment]) -> None:
        self.found = list(found)
        self._folded = folded
        self._at = [where(folded, one) for one in found]

    def put(self, one: Moment) -> None:
        """A moment in the stead of those it overlaps."""
        first = bisect_right(self.found, one.span.start, key=lambda each: each.span.end)
        last = max(first, bisect_left(self.found, one.span.end, key=lambda each: each.span.start))
        self.found[first:last], self._at[first:last] = [one], [where(self._folded, one)]

    def over(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where those stand that share a code point with a stretch of the folded text."""
        return self._at[
            bisect_right(self._at, start, key=itemgetter(1)) : bisect_left(self._at, end, key=itemgetter(0))
        ]

    def before(self, place: int) -> list[Moment]:
        """Those that end before a place and within reach of it."""
        first = bisect_left(self._at, place - REACH, key=itemgetter(1))
        return self.found[first : bisect_right(self._at, place, key=itemgetter(1))]

    def behind(self, place: int) -> tuple[Moment, int] | None:
        """The first that begins behind a place, and where."""
        at = bisect_left(self._at, place, key=itemgetter(0))
        return (self.found[at], self._at[at][0]) if at < len(self.found) else None

    def around(self, start: int, end: int) -> Iterator[tuple[Moment, tuple[int, int]]]:
        """Those within reach of a stretch, and where they stand."""
        first = bisect_left(self._at, start - REACH, key=itemgetter(1))
        last = bisect_right(self._at, end + REACH, key=itemgetter(0))
        return zip(self.found[first:last], self._at[first:last], strict=True)


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches share a code point."""
    return one[0] < other[1] and other[0] < one[1]


def moment(passage: int, folded: Folded, where: tuple[int, int], resolved: Resolved) -> Moment:
    """A moment that leans on another."""
    reach = resolved.days
    span, text = words_at(passage, folded, where)
    return Moment(
        span=span, text=text,
        earliest=reach.first.isoformat() if reach else None,
        latest=reach.last.isoformat() if reach else None,
        precision=resolved.precision if reach else "unresolved",
        basis=resolved.basis if reach and resolved.basis != "nothing" else "unresolved",
        why=Why(rule="times.leaning", entries=resolved.entries, lost=(resolved.why,) if resolved.why else ()),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _towards(held: Held) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(BEFORE + one + AFTER) for one in _toward(held.calendar))


def _toward(cal: Calendar) -> Iterator[str]:
    """ "Two days after", "the day before", "بعد يومين من": behind which the event they are counted from is named."""
    numeral, unit = rf"(?P<n>\d{{1,3}}|{cal.numbers.any})", rf"(?P<u>{cal.units.any})"
    side = rf"(?:(?P<later>{role_of(cal, 'after-what')})|(?P<earlier>{role_of(cal, 'before-what')}))"
    yield rf"(?:{numeral}|an?|{role_of(cal, 'article')})\s+{unit}\s+{side}"
    yield rf"{CLITIC}{side}\s+(?:{numeral}\s+)?{unit}\s+{role_of(cal, 'of-what')}"
    yield rf"{CLITIC}(?P<later>{role_of(cal, 'day-after')})"


def to_what_follows(passage: int, folded: Folded, told: Told, cal: Calendar) -> None:
    """Times counted from one told behind them in the same clause: "two days after the strike of 3 May"."""
    for pattern in _towards(Held(cal)):
        for match in pattern.finditer(folded.text):
            anchor, begins = told.behind(match.end()) or (None, 0)
            if anchor is None or not anchor.earliest or anchor.precision not in FINE:
                continue
            between = folded.text[match.end() : begins]
            if len(between) > _CLAUSE or _BROKEN.search(between):
                continue
            given = match.groupdict()
            unit = cal.units[spaced(given["u"])].fields if given.get("u") else {"unit": "day", "count": "1"}
            number = given.get("n")
            count = int(unit["count"])
            if number:
                count = int(number) if number.isdigit() else int(cal.numbers[spaced(number)].fields["value"])
            back = given.get("earlier") is not None
            day = date.fromisoformat((anchor.earliest if back else anchor.latest or anchor.earliest)[:10])
            made = times_rules.before(day, count if back else -count, unit["unit"], ())
            why = f"counted from {anchor.text!r}, told behind it"
            if made.days:
                told.put(moment(passage, folded, match.span(), replace(made, basis="event", why=why)))


def of_quarters(found: Sequence[Moment]) -> list[Moment]:
    """The moments, in order, those counted from a quarter with its months."""
    quarters = [one for one in found if one.why.rule == "times.quarter"]
    return [_of_quarter(one, quarters) for one in found]


def _of_quarter(one: Moment, quarters: Sequence[Moment]) -> Moment:
    """ "A year ago", where the figure of a quarter stands before it: that quarter, a year before.

    Reports compare a quarter with the same one of another year.
    """
    if one.precision != "year" or one.why.rule not in _YEAR_BACK or not one.earliest:
        return one
    at = bisect_left(quarters, one.span, key=lambda other: other.span)
    near = quarters[at - 1] if at else None
    if near is None or not (near.earliest and near.latest) or one.span.start - near.span.end > REACH:
        return one
    year = one.earliest[:4]
    if int(year) + 1 != int(near.earliest[:4]):
        return one
    why = Why(rule=one.why.rule, entries=one.why.entries, lost=(f"the quarter of {near.text!r}, a year before",))
    earliest, latest = year + near.earliest[4:], year + near.latest[4:]
    return replace(one, earliest=earliest, latest=latest, precision="month", basis="event", why=why)
