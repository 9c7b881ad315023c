"""Seasons of a year, and feasts by name: Christmas, Nowruz, Eid al-Fitr."""

import re
from datetime import date
from operator import attrgetter

from witnessmark.reading import days
from witnessmark.reading.calendar_words import Calendar
from witnessmark.reading.days import Days
from witnessmark.reading.times_rules import NO_YEAR, NOTHING, UNDATED, Resolved, group, spaced

_FEAST_AHEAD = 45  # days from publication up to which a feast is one to come


def feast(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """A feast by its name: a fixed day, a weekday by its number in a month, or a Hijri day (±1); of a year, or the nearest past."""
    row = cal.feasts[spaced(match["f"])]
    entries = (row.cite,)
    if not match["y"] and base is None:
        return Resolved(None, "unresolved", "unresolved", entries, NO_YEAR, capital=True)
    month, number = int(row.fields["month"]), int(row.fields["day"])
    years = [int(match["y"])] if match["y"] else [base.year + step for step in (1, 0, -1)] if base else []
    if row.fields["calendar"] == "hijri":
        first = (min(years) - 622) * 33 // 32
        found = [one for year in range(first - 1, first + 5) if (one := days.hijri(year, month, number))]
        found = [one for one in found if days.back(one.first, -1).year in years]
    elif nth := row.fields.get("nth"):
        starts = [date(year, month, 1) for year in years]
        told = [days.back(one, -((number - one.weekday()) % 7 + 7 * (int(nth) - 1))) for one in starts]
        found = [Days(one, one) for one in told]
    else:
        found = [Days(fixed, fixed) for year in years if (fixed := days.day(year, month, number))]
    fitting = [one for one in found if match["y"] or base is None or (one.first - base).days <= _FEAST_AHEAD]
    if not fitting:
        return NOTHING
    why = "" if match["y"] else "the year is that of the nearest past from publication"
    return Resolved(max(fitting, key=attrgetter("first")), "day", "stated", entries, why, capital=True)


def season(match: re.Match[str], cal: Calendar, _: date | None) -> Resolved:
    """A season of a year: three whole months; winter runs into the next year."""
    row = cal.seasons[spaced(match["g"])]
    found = _season(int(match["y"]), int(row.fields["month"]))
    return Resolved(found, "season", "stated", (row.cite,)) if found else NOTHING


def _season(year: int, month: int) -> Days | None:
    first, last = days.month(year, month), days.month(year + (month + 1) // 12, (month + 1) % 12 + 1)
    return Days(first.first, last.last) if first and last else None


def season_last(match: re.Match[str], cal: Calendar, base: date | None) -> Resolved:
    """ "Last summer": the last that was over before publication."""
    row = cal.seasons[spaced(group(match, "g", "h") or "")]
    if base is None:
        return Resolved(None, "unresolved", "unresolved", (row.cite,), UNDATED)
    tried = (_season(year, int(row.fields["month"])) for year in range(base.year, base.year - 3, -1))
    found = next((one for one in tried if one and one.last < base), None)
    return Resolved(found, "season", "publication", (row.cite,)) if found else NOTHING
