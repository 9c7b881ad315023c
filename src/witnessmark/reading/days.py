"""Days, and ranges of days: the arithmetic under ``times`` and ``published``. No words, no clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri

_HIJRI_YEARS = (1343, 1500)  # of the Umm al-Qura table; others stay unresolved


@dataclass(frozen=True, slots=True)
class Days:
    """``first`` to ``last``, both inclusive."""

    first: date
    last: date


def day(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month(year: int, number: int) -> Days | None:
    """A whole month."""
    first = day(year, number, 1)
    if first is None:
        return None
    after = day(year + number // 12, number % 12 + 1, 1)
    return Days(first, after - timedelta(days=1)) if after else None


def year(number: int) -> Days:
    """A whole year."""
    return Days(date(number, 1, 1), date(number, 12, 31))


def week_of(anyday: date) -> Days:
    """Monday to Sunday."""
    monday = back(anyday, anyday.weekday())
    return Days(monday, back(monday, -6))


def back(base: date, days: int) -> date:
    """So many days before (after, where negative); stays inside the calendar."""
    try:
        return base - timedelta(days=days)
    except OverflowError:
        return base


def months_back(base: date, count: int) -> Days | None:
    """The whole month so many months before."""
    index = base.year * 12 + base.month - 1 - count
    return month(index // 12, index % 12 + 1) if 1 <= index // 12 <= 9998 else None


def weekday_before(base: date, number: int, *, strict: bool) -> date:
    """The last such weekday up to a day, that day itself left out where ``strict``."""
    gap = (base.weekday() - number) % 7
    return back(base, gap or (7 if strict else 0))


def weekday_after(base: date, number: int) -> date:
    """The next such weekday after a day."""
    return back(base, -((number - base.weekday()) % 7 or 7))


def nearest_past(base: date, month_number: int, number: int, *, ahead: int = 45) -> date | None:
    """The day and month without a year that lies nearest before a day, or at most ``ahead`` days after it.

    News names days of the last year far more often than days to come.
    """
    options = [day(base.year + step, month_number, number) for step in (1, 0, -1)]
    fitting = [one for one in options if one and (one - base).days <= ahead]
    return max(fitting, default=None)


def hijri(year_number: int, month_number: int, number: int) -> Days | None:
    """A Hijri day as Gregorian days: ±1, since the month begins with a sighting (Umm al-Qura table)."""
    if not _HIJRI_YEARS[0] <= year_number <= _HIJRI_YEARS[1]:
        return None
    try:
        found = Hijri(year_number, month_number, number).to_gregorian()
    except (ValueError, OverflowError):
        return None
    middle = date(found.year, found.month, found.day)
    return Days(back(middle, 1), back(middle, -1))
