"""Cells of registers as values: days in the forms people write, ranges of people, coordinates.

A day that can be read in two ways (04/05/2017) is read as the rest of its column shows, else not at all. A figure keeps its
open end ("3+", "[3, null]"); of a figure with words ("about 30") the number is taken, and the words are not read. What
cannot be read is None with a reason, never a guess.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias

from witnessmark.terms.script import key
from witnessmark.terms.toll import Toll

Order: TypeAlias = Literal["day first", "month first"]
Days: TypeAlias = tuple[date, date]
_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]\d{1,2}:.*)?$", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ]\d{1,2}:.*)?$", re.ASCII)
_WORDED = re.compile(r"(?:(\d{1,2})\s+)?([^\W\d_][^\d,]*?)\.?,?\s+(?:(\d{1,2}),?\s+)?(\d{4})$")
_YEARS = range(1900, 2101)
_NUMBER = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<=\d)[,\u066c\u00a0 ](?=\d{3}(?!\d))")
_FRACTION = re.compile(r"(?<=\d)\.0+(?!\d)")
_OPEN = re.compile(r"\d\s*\+|[≥>]|null")
_DIGITS = 6  # of a number of people
_DECIMAL = re.compile(r"[+-]?\d{1,3}(?:[.,]\d+)?$", re.ASCII)
_WEEK = timedelta(days=6)
_DECEMBER = 12


def order_of(cells: Iterable[str]) -> Order | None:
    """How a column writes days in figures, as those show that can be read in one way only; None where none does, or both."""
    seen: set[Order] = set()
    for cell in cells:
        found = _SHORT.match(_digits(cell.strip()))
        if found and int(found[1]) > _DECEMBER:
            seen.add("day first")
        elif found and int(found[3]) > _DECEMBER:
            seen.add("month first")
    return seen.pop() if len(seen) == 1 else None


def days(cell: str, order: Order | None, months: Mapping[str, int]) -> Days | str:
    """The first and last day a cell may mean, or why it means none. ``months``: keys of names to numbers from 1."""
    text = _digits(cell.strip().strip("'"))
    if not text:
        return "no date"
    found = _ISO.match(text)
    if found:
        return _within(int(found[1]), found[2], found[3])
    found = _SHORT.match(text)
    if found:
        return _short(found, order)
    found = _WORDED.match(text)
    month = months.get(key(found[2])) if found else None
    if not found or not month:
        return "a date in a form that is not known"
    return _within(int(found[4]), str(month), found[1] or found[3])


def _digits(text: str) -> str:
    """The text with the digits of every script as ASCII."""
    return text if text.isascii() else "".join(str(int(char)) if char.isdecimal() else char for char in text)


def _short(found: re.Match[str], order: Order | None) -> Days | str:
    one, other = found[1], found[3]
    if found[2] == "." or int(one) > _DECEMBER or one == other:  # days stand first wherever dots part them
        return _within(int(found[4]), other, one)
    if int(other) > _DECEMBER:
        return _within(int(found[4]), one, other)
    if order is None:
        return "a date that can be read in two ways"
    return _within(int(found[4]), *((other, one) if order == "day first" else (one, other)))


def _within(year: int, month: str | None, day: str | None) -> Days | str:
    """The days of a year, of a month, or the day."""
    if year not in _YEARS:
        return "a date outside the years 1900 to 2100"
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        first = date(year, int(month), int(day or 1))
    except ValueError:
        return "a date that is none"
    return first, first if day else first.replace(day=calendar.monthrange(year, first.month)[1])


_WIDENED: dict[str, Callable[[date], Days]] = {
    "week": lambda day: (day - _WEEK, day + _WEEK),
    "month": lambda day: (day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])),
    "year": lambda day: (day.replace(month=1, day=1), day.replace(month=12, day=31)),
}


def widened(found: Days, precision: str) -> Days:
    """A single day as wide as its coders say they know it: ``day``, ``week``, ``month`` or ``year``; a range as it is."""
    widen = _WIDENED.get(precision)
    return widen(found[0]) if widen and found[0] == found[1] else found


def toll(cell: str) -> Toll | str | None:
    """A number of people, its open end kept; None where the cell holds no digit; or why it is no number."""
    if not cell:
        return None
    text = _FRACTION.sub("", _THOUSANDS.sub("", _digits(cell.strip().strip("'"))))
    found = _NUMBER.findall(text)
    if not found:
        return None if not text.startswith(("=", "@")) else "a formula where a figure should stand"
    if text.startswith(("=", "@", "-")) or len(found) > 2 or max(map(len, found)) > _DIGITS:
        return "a figure that is no number of people"
    least, most = int(found[0]), int(found[-1])
    if most < least:
        return "a figure whose end lies below its beginning"
    return Toll(least=least, most=None if len(found) == 1 and _OPEN.search(text) else most)


def coordinates(lat: str, lon: str) -> tuple[float, float] | str | None:
    """A point in decimal degrees; None where none is given; or why it is none."""
    if not lat.strip() and not lon.strip():
        return None
    given = [_digits(cell.strip()) for cell in (lat, lon)]
    if not all(map(_DECIMAL.match, given)):
        return "coordinates that are no decimal degrees"
    north, east = (float(cell.replace(",", ".")) for cell in given)
    if abs(north) > 90 or abs(east) > 180 or not (north or east):
        return "coordinates outside the globe"
    return north, east
