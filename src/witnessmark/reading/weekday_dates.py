"""Days whose year is not written but whose weekday is: "Friday 17 March", read under an upper bound.

A weekday, a day and a month agree in one year of five or six. Where the page was there by some day (an archive's stamp, or the
capture), the last year up to it in which they agree is meant. The bound is used for nothing else: no relative word is ever
counted from it. Past six years back the same agreement returns, so very late captures may be a cycle off; the reason says so.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from witnessmark.reading import days
from witnessmark.reading.calendar_words import AFTER, BEFORE, CLITIC, Calendar, Held
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Publication

_CYCLE = 7  # years looked back


def lead(cal: Calendar) -> str:
    """A pattern for what may stand before a date: parts of day (``p``, ``q``), "today", the weekday (``w``), small words."""
    of, article, on = (cal.roles.get(role, "(?!)") for role in ("of", "article", "on"))
    part = rf"(?:{CLITIC}(?:ال)?(?P<p>{cal.parts.any})\s+(?:(?:{of}|{on})\s+)?)?"
    today = rf"(?:{CLITIC}{cal.relative.any}\s*[,(]?\s*)?"
    late = rf"(?:\s+(?P<q>{cal.parts.any}))?"
    named = rf"(?:{CLITIC}(?P<w>(?:ال)?{cal.weekdays.any}){late}\s*[,(]?\s*(?:{of}\s*)?)?"
    small = rf"(?:{CLITIC}(?:ال)?{article}\s+)?"
    return part + today + small + named + small


def latest_agreeing(month: int, number: int, weekday: int, bound: date) -> date | None:
    """The last day up to a bound with this month, day and weekday (Monday 0), within seven years; or None."""
    for year in range(bound.year, bound.year - _CYCLE, -1):
        found = days.day(year, month, number)
        if found and found <= bound and found.weekday() == weekday:
            return found
    return None


def bound_of(item: Item, known: Publication) -> date | None:
    """A day by which the item was there: of publication, of an archive's stamp, or of its capture."""
    for text in (known.latest, item.captured):
        try:
            return date.fromisoformat((text or "")[:10])
        except ValueError:
            continue
    return None


@lru_cache(maxsize=8)
def _today_dated(held: Held) -> tuple[re.Pattern[str], ...]:
    """ "Today" or "yesterday" with a date beside it: the month in words, then in digits."""
    cal = held.calendar
    month = rf"(?P<m>{cal.months.any})(?:\s*/\s*{cal.months.any})?"
    of = cal.roles.get("of", "(?!)")
    year = r"(?:\s*[,/\-]?\s*(?P<y>20\d{2}))"
    named = rf"\s*[,(]?\s*(?:{CLITIC}(?P<w>(?:ال)?{cal.weekdays.any})\s*[,(]?\s*)?(?:{of}\s*)?"
    worded = rf"{BEFORE}{CLITIC}(?P<r>{cal.relative.any}){named}(?P<d>\d{{1,2}})(?:\s*/|\s*-)?\s*(?:{of}\s+)?{month}{year}?{AFTER}"
    digits = rf"{BEFORE}{CLITIC}(?P<r>{cal.relative.any}){named}(?P<d>\d{{1,2}})\s*[/.\-]\s*(?P<n>\d{{1,2}})\s*[/.\-]\s*(?P<y>20\d{{2}}){AFTER}"
    return re.compile(worded), re.compile(digits)


def told_today(texts: Iterator[str], cal: Calendar, bound: date | None) -> tuple[date, str] | None:
    """The day of publication where a text names its own "today" or "yesterday" with the date beside it, and the words."""
    patterns = _today_dated(Held(cal))
    for text in texts:
        for pattern in patterns:
            for found in pattern.finditer(text):
                day = _day(found, cal, bound)
                if day:
                    return day, " ".join(found.group().split())
    return None


def _day(found: re.Match[str], cal: Calendar, bound: date | None) -> date | None:
    """The day of publication that such words give."""
    given = found.groupdict()
    offset = cal.relative[" ".join(given["r"].split())].fields
    if offset["earliest"] != offset["latest"] or offset["precision"] not in ("day", "part-of-day"):
        return None
    row = cal.months.get(" ".join(given["m"].split())) if given.get("m") else None
    if row and row.fields["calendar"] != "gregorian":
        return None
    month, number = int(row.fields["month"]) if row else int(given["n"]), int(given["d"])
    weekday = cal.weekdays.get(given["w"]) if given.get("w") else None
    if given.get("y"):
        day = days.day(int(given["y"]), month, number)
    elif weekday and bound:
        day = latest_agreeing(month, number, int(weekday.fields["day"]), bound)
    else:
        day = None
    return day - timedelta(days=int(offset["earliest"])) if day else None
