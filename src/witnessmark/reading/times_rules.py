"""What each rule of ``times`` means: from a match and the day of publication to days, or to the reason why not."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from witnessmark.reading import days
from witnessmark.reading.calendar_words import Calendar
from witnessmark.reading.days import Days
from witnessmark.reading.weekday_dates import latest_agreeing
from witnessmark.terms.moment import Precision
from witnessmark.terms.script import key

Basis: TypeAlias = Literal["stated", "publication", "event", "unresolved", "repeated", "duration"]
UNDATED = "relative to publication, whose day is not known"
NO_YEAR = "no year is written, and the day of publication is not known"
_OUT = "outside the calendar's table"


@dataclass(frozen=True, slots=True)
class Resolved:
    """``days`` None: unresolved, with ``why``; ``basis`` ``nothing``: no time after all. ``capital``: see ``times``."""

    days: Days | None
    precision: Precision
    basis: Basis | Literal["nothing"]
    entries: tuple[str, ...] = ()
    why: str = ""
    capital: bool = False


_SIGHTED = "±1 day: the month begins with a sighting"
_QUARTERS = 4
_FRESH = 14  # days
_HIJRI_BEFORE = 1600  # years below are of the Hijri calendar
NOTHING = Resolved(None, "unresolved", "nothing")


def group(match: re.Match[str], *names: str) -> str | None:
    """What the first of some groups holds that matched."""
    given = match.groupdict()
    return next((given[name] for name in names if given.get(name)), None)


def _one(found: date | None, entries: tuple[str, ...], basis: Basis, *, part: bool = False) -> Resolved:
    if found is None:
        return NOTHING
    return Resolved(Days(found, found), "part-of-day" if part else "day", basis, entries)


def numeric(match: re.Match[str], _: Calendar, __: date | None) -> Resolved:
    """Year, month and day in digits. Where a day above twelve stands in the month's place, the two are exchanged."""
    year, month, number = int(match["y"]), int(match["m"]), int(match["d"])
    if year < _HIJRI_BEFORE:
        found = days.hijri(year, month, number)
        return Resolved(found, "day", "stated" if found else "unresolved", (), _SIGHTED if found else _OUT)
    if month > 12 >= number:
        month, number = number, month
    return _one(days.day(year, month, number), (), "stated")


def numeric_short(match: re.Match[str], _: Calendar, base: date | None) -> Resolved:
    """Day, month and a year of two digits, of this century; no date after the day of publication."""
    found = days.day(2000 + int(match["y"]), int(match["m"]), int(match["d"]))
    late = found is not None and found > (base or date(2060, 1, 1))
    return _one(None if late else found, (), "stated")


def years(match: re.Match[str], _: Calendar, __: date | None) -> Resolved:
    """From one year to another."""
    first, last = days.year(int(match["y"])), days.year(int(match["z"]))
    return Resolved(Days(first.first, last.last), "year", "stated") if first.first <= last.last else NOTHING


def day_month(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """A day and a month, with or without a year, or a range of days in one month."""
    row = cal.months[spaced(match["m"])]
    entries = (row.cite,)
    told = match["d"]
    number = int(told if told.isdigit() else cal.ordinals[spaced(told)].fields["day"])
    month = int(row.fields["month"])
    last = group(match, "e")
    year = group(match, "y")
    if number < 1 or number > 31:
        return NOTHING
    if row.fields["calendar"] == "hijri":
        return _hijri_day(year, month, number, entries)
    if year is None and base is None:
        return Resolved(None, "unresolved", "unresolved", entries, NO_YEAR, capital=True)
    first = days.day(int(year), month, number) if year else days.nearest_past(base or date.min, month, number)
    if first is not None and year is None and base and (agreed := _agreeing_before(match, cal, first, base)):
        return agreed
    end = days.day(first.year, month, int(last)) if first and last else first
    if first is None or end is None or end < first:
        return NOTHING
    why = "" if year else "the year is that of the nearest past from publication"
    part = group(match, "p", "q")
    return Resolved(
        Days(first, _over(end, part, cal)), "part-of-day" if part else "day", "stated", entries, why, capital=True
    )


def _hijri_day(year: str | None, month: int, number: int, entries: tuple[str, ...]) -> Resolved:
    """A Hijri day of a year, ±1; without a year, or out of the table, unresolved."""
    found = days.hijri(int(year), month, number) if year else None
    why = _SIGHTED if found else (_OUT if year else NO_YEAR)
    return Resolved(found, "day", "stated" if found else "unresolved", entries, why)


def _over(day: date, part: str | None, cal: Calendar) -> date:
    """The last day of a part of a day: a night that runs over ends on the next."""
    row = cal.parts.rows.get(spaced(part)) if part else None
    return days.back(day, -1) if row and row.fields.get("side") == "over" else day


def agreeing(match: re.Match[str], cal: Calendar, bound: date) -> Resolved | None:
    """A day and a month without a year, whose weekday is named: the last year up to a bound in which they agree."""
    named = cal.weekdays.get(group(match, "w") or "")
    row = cal.months.get(spaced(group(match, "m") or ""))
    number = group(match, "d")
    if named is None or row is None or number is None or row.fields["calendar"] != "gregorian":
        return None
    found = latest_agreeing(int(row.fields["month"]), int(number), int(named.fields["day"]), bound)
    if found is None:
        return None
    why = f"no year is written: the last one up to {bound.isoformat()} in which day and weekday agree"
    return Resolved(Days(found, found), "day", "stated", (row.cite, named.cite), why, capital=True)


def _agreeing_before(match: re.Match[str], cal: Calendar, first: date, base: date) -> Resolved | None:
    """Where the weekday named is not that of the nearest such day: the last year in which it is.

    News of the last days errs about weekdays more often than it means a year long past.
    """
    named = cal.weekdays.get(group(match, "w") or "")
    if named is None or first.weekday() == int(named.fields["day"]) or abs((base - first).days) <= _FRESH:
        return None
    return agreeing(match, cal, base)


def day_of_month(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """ "The third of this month", "of last month"."""
    told = match["d"]
    number = int(told if told.isdigit() else cal.ordinals[spaced(told)].fields["day"])
    if re.fullmatch(cal.roles.get("same-of", "(?!)"), group(match, "s") or ""):
        return NOTHING  # "of the same month" as another time's
    if base is None:
        return Resolved(None, "unresolved", "unresolved", (), UNDATED)
    of = days.months_back(base, 1 if group(match, "l", "t") else 0)
    return _one(days.day(of.first.year, of.first.month, number) if of else None, (), "publication")


def decade(match: re.Match[str], _: Calendar, __: date | None) -> Resolved:
    """ "The 1990s"."""
    first = days.year(int(match["y"]) * 10).first
    return Resolved(Days(first, days.year(first.year + 9).last), "decade", "stated")


def spaced(text: str) -> str:
    """Words with one blank between."""
    return " ".join(text.split())


def month_year(match: re.Match[str], cal: Calendar, _: date | None) -> Resolved:
    """A month of a year."""
    row = cal.months[spaced(match["m"])]
    year = int(match["y"])
    if row.fields["calendar"] == "hijri":
        first, long, last = (days.hijri(year, int(row.fields["month"]), number) for number in (1, 30, 29))
        last = long or last
        if first is None or last is None:
            return Resolved(None, "unresolved", "unresolved", (row.cite,), _OUT)
        return Resolved(Days(first.first, last.last), "month", "stated", (row.cite,))
    return Resolved(days.month(year, int(row.fields["month"])), "month", "stated", (row.cite,), capital=True)


def month_only(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """A month without a year: the nearest past."""
    row = cal.months[spaced(group(match, "m", "k") or "")]
    if row.fields["calendar"] == "hijri":
        return Resolved(None, "unresolved", "unresolved", (row.cite,), NO_YEAR, capital=True)
    if base is None:
        return Resolved(None, "unresolved", "unresolved", (row.cite,), NO_YEAR, capital=True)
    month = int(row.fields["month"])
    year = base.year if month <= base.month else base.year - 1
    return Resolved(days.month(year, month), "month", "publication", (row.cite,), "the nearest past", capital=True)


def month_this(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """ "This September": of the year of publication, be it to come."""
    row = cal.months[spaced(match["m"])]
    if row.fields["calendar"] == "hijri" or base is None:
        return Resolved(None, "unresolved", "unresolved", (row.cite,), NO_YEAR, capital=True)
    return Resolved(days.month(base.year, int(row.fields["month"])), "month", "publication", (row.cite,), capital=True)


def year_only(match: re.Match[str], _: Calendar, __: date | None) -> Resolved:
    """A year."""
    return Resolved(days.year(int(match["y"])), "year", "stated")


def quarter(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """A quarter of a year; without a year the last that had begun before publication."""
    row = cal.ordinals[spaced(group(match, "o", "f") or "")]
    number, year = int(row.fields["day"]), group(match, "y")
    if not 1 <= number <= _QUARTERS:
        return NOTHING
    if year is None and base is None:
        return Resolved(None, "unresolved", "unresolved", (row.cite,), UNDATED)
    of = int(year) if year else (base or date.min).year
    first, last = (days.month(of, 3 * number - 2), days.month(of, 3 * number))
    if first and last and not year and base and first.first > base:
        first, last = (days.month(of - 1, 3 * number - 2), days.month(of - 1, 3 * number))
    return Resolved(Days(first.first, last.last), "month", "stated", (row.cite,)) if first and last else NOTHING


def year_bare(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """A year before what happened in it ("the 1990 invasion"): no count of people or things, and not long to come."""
    number = int(match["y"])
    before = match.string[: match.start()].rstrip().rsplit(None, 1)[-1:]
    led = bool(before) and bool(re.fullmatch(cal.roles.get("year-of", "(?!)"), before[0]))
    late = number > (base.year if base else 2100) + 1
    return NOTHING if late or not led else Resolved(days.year(number), "year", "stated")


def vague(_: re.Match[str], __: Calendar, ___: date | None) -> Resolved:
    """ "Now", "recently": a time of which the words name no day."""
    return Resolved(None, "unresolved", "unresolved", (), "the words name no day")


def _count(match: re.Match[str], cal: Calendar) -> tuple[int, str, tuple[str, ...]]:
    """How many of which unit; a dual noun is two by itself."""
    row = cal.units[spaced(group(match, "u", "v") or "")]
    given = group(match, "n")
    times = int(row.fields["count"])
    entries: tuple[str, ...] = (row.cite,)
    if given is None:
        return times, row.fields["unit"], entries
    if given.isdigit():
        return int(given), row.fields["unit"], entries
    number = cal.numbers[spaced(given)]
    return int(number.fields["value"]), row.fields["unit"], (*entries, number.cite)


def ago(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """So many units before publication; hours without a number are of its day, other units without one of no day."""
    count, unit, entries = _count(match, cal)
    row = cal.units[spaced(group(match, "u", "v") or "")]
    uncounted = group(match, "n", "a") is None and key(row.key) != spaced(group(match, "u", "v") or "")
    if base is None:
        return Resolved(None, "unresolved", "unresolved", entries, UNDATED)
    if uncounted and unit in ("second", "minute", "hour"):
        return Resolved(Days(base, base), "part-of-day", "publication", entries)
    if uncounted or (group(match, "n", "a") is None and match.group().isascii()):
        return Resolved(None, "unresolved", "unresolved", entries, "no number is given")
    return before(base, count, unit, entries)


def before(base: date, count: int, unit: str, entries: tuple[str, ...]) -> Resolved:
    """So many units before a day; after it, where the count is negative."""
    match unit:
        case "second" | "minute" | "hour":
            # An hour count under a day reaches back over midnight.
            reach = days.back(base, (count + 23) // 24 if unit == "hour" else 0)
            return Resolved(Days(reach, base), "day", "publication", entries)
        case "day":
            return _one(days.back(base, count), entries, "publication")
        case "week":
            return Resolved(days.week_of(days.back(base, 7 * count)), "week", "publication", entries)
        case "month" | "quarter":
            return Resolved(
                days.months_back(base, count * (3 if unit == "quarter" else 1)), "month", "publication", entries
            )
        case "year" | "decade":
            number = base.year - count * (10 if unit == "decade" else 1)
            return Resolved(days.year(number), "year", "publication", entries) if number > 1 else NOTHING
    return NOTHING


def relative(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """Today, yesterday, last night, with or without a part of day and the weekday's name beside it."""
    row = cal.relative[spaced(match["r"])]
    part = group(match, "p")
    if base is None:
        return Resolved(None, "unresolved", "unresolved", (row.cite,), UNDATED)
    first = days.back(base, -int(row.fields["earliest"]))
    last = days.back(base, -int(row.fields["latest"]))
    precision: Precision = "part-of-day" if part or row.fields["precision"] == "part-of-day" else "day"
    weekday = group(match, "w")
    named = cal.weekdays.get(spaced(weekday)) if weekday else None
    if named and first == last and first.weekday() != int(named.fields["day"]):
        near = days.weekday_before(base, int(named.fields["day"]), strict=False)
        why = "the weekday named is not that day's; the weekday is believed"
        return Resolved(Days(near, near), precision, "publication", (row.cite, named.cite), why)
    return Resolved(Days(first, last), precision, "publication", (row.cite,))


def _weekday(match: re.Match[str], cal: Calendar, *names: str) -> tuple[int, str] | None:
    row = cal.weekdays.get(spaced(group(match, *names) or ""))
    return (int(row.fields["day"]), row.cite) if row else None


def weekday(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """A bare weekday: the last one up to publication; with a night that runs over, the next day too."""
    found = _weekday(match, cal, "w")
    if found is None:
        return NOTHING
    number, cite = found
    if base is None:
        return Resolved(None, "unresolved", "unresolved", (cite,), UNDATED, capital=True)
    first = days.weekday_before(base, number, strict=False)
    part = group(match, "p", "q")
    last = _over(first, part, cal)
    second = _weekday(match, cal, "x")
    if second:
        last = days.back(first, -((second[0] - number) % 7))
        if last > base:  # the night from Sunday to Monday, told on a Sunday
            first, last = days.back(first, 7), days.back(last, 7)
    return Resolved(Days(first, last), "part-of-day" if part else "day", "publication", (cite,), capital=True)


def weekday_last(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """ "Last Tuesday": strictly before publication."""
    found = _weekday(match, cal, "w", "x")
    if found is None:
        return NOTHING
    number, cite = found
    if base is None:
        return Resolved(None, "unresolved", "unresolved", (cite,), UNDATED, capital=True)
    part = group(match, "p", "q") is not None
    strict = days.weekday_before(base, number, strict=True)
    return Resolved(Days(strict, strict), "part-of-day" if part else "day", "publication", (cite,), capital=True)


def weekday_next(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """ "Next Tuesday": strictly after publication."""
    found = _weekday(match, cal, "w", "v")
    if found is None:
        return NOTHING
    if base is None:
        return Resolved(None, "unresolved", "unresolved", (found[1],), UNDATED, capital=True)
    after = days.weekday_after(base, found[0])
    return Resolved(Days(after, after), "day", "publication", (found[1],), capital=True)


def weekend(match: re.Match[str], _: Calendar, base: date | None) -> Resolved:
    """Saturday and Sunday up to publication."""
    if base is None:
        return Resolved(None, "unresolved", "unresolved", (), UNDATED)
    saturday = days.weekday_before(base, 5, strict=bool(group(match, "l")) and base.weekday() >= 5)
    return Resolved(Days(saturday, days.back(saturday, -1)), "day", "publication")


def unit_last(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """ "Last week", "the past year": the whole unit before publication's."""
    _, unit, entries = _count(match, cal)
    if base is None:
        return Resolved(None, "unresolved", "unresolved", entries, UNDATED)
    return NOTHING if unit in ("second", "minute", "hour") else before(base, 1, unit, entries)


def unit_next(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """ "Next week": the whole unit after publication's."""
    _, unit, entries = _count(match, cal)
    if base is None:
        return Resolved(None, "unresolved", "unresolved", entries, UNDATED)
    return NOTHING if unit in ("second", "minute", "hour") else before(base, -1, unit, entries)


def unit_this(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """ "This week": publication's own."""
    _, unit, entries = _count(match, cal)
    if base is None:
        return Resolved(None, "unresolved", "unresolved", entries, UNDATED)
    return NOTHING if unit in ("second", "minute", "hour") else before(base, 0, unit, entries)


def repeated(_: re.Match[str], __: Calendar, ___: date | None) -> Resolved:
    """Every day: a habit, and no date."""
    return Resolved(None, "unresolved", "repeated", (), "a repeated time")


def duration(match: re.Match[str], cal: Calendar, _: date | None) -> Resolved:
    """Three days: a length of time, and no date."""
    _count(match, cal)
    return Resolved(None, "unresolved", "duration", (), "a length of time")
