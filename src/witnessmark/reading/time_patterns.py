"""The shapes of time expressions: patterns of both languages, built from the words of time of all packs.

Rules are named and ordered: what is more exact comes first. What each means is in ``times_rules``. The shapes are of
the languages; the words in them are the packs'.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeAlias

from witnessmark.reading import times_rules, times_seasons, weekday_dates
from witnessmark.reading.calendar_words import CLITIC, Calendar
from witnessmark.reading.times_rules import Resolved

Shape: TypeAlias = tuple[str, str, Callable[[re.Match[str], Calendar, date | None], Resolved]]
_ROLES = (
    "ago-after", "ago-before", "last-before", "last-after", "next-before", "next-after", "this-before", "this-after",
    "every", "repeated", "year-before", "weekend", "for", "of", "to", "article", "on", "hijri-mark", "between", "and",
    "vague", "quarter", "month-unit", "ordinal-ending",
)  # fmt: skip


def patterns(cal: Calendar) -> Iterator[Shape]:
    """Every rule: name, pattern, meaning."""
    pieces = _Pieces(cal)
    for group in (_written, _of_months, _relative, _weekdays, _units):
        yield from group(pieces)


class _Pieces:
    """What patterns are made of."""

    def __init__(self, cal: Calendar) -> None:
        self.cal = cal
        self.role = {name: cal.roles.get(name, "(?!)") for name in _ROLES}
        self.month = rf"(?P<m>{cal.months.any})(?:\s*/\s*{cal.months.any})?\.?"
        self.numeral = rf"(?P<n>\d{{1,3}}|{cal.numbers.any})"
        self.unit = rf"(?P<u>{cal.units.any})"
        # "From the day of Thursday", "since the year 2013": no count of units.
        self.uncounted = rf"(?(n)|(?!\s+(?:{cal.weekdays.any}|\d)))"
        self.part = rf"(?P<p>{cal.parts.any})"
        self.weekday = rf"(?P<w>(?:ال)?{cal.weekdays.any})"
        self.named = rf"(?:{CLITIC}(?:ال)?{self.role['article']}\s+)?"
        self.ordinal = rf"(?:'?{self.role['ordinal-ending']})?"
        self.of = rf"(?:\s*(?:{self.role['of']}|/|-)?\s+|\s*[-/]\s*)"
        mark = rf"(?:\s*{self.role['hijri-mark']})?"
        self.year = rf"(?:\s*[,/\-]?\s*(?:{self.role['year-before']}\s*)?(?P<y>(?:1[34]|19|20)\d{{2}}){mark})"
        self.mark = mark
        self.day = rf"(?P<d>\d{{1,2}}|{cal.ordinals.any})"
        self.joint = rf"(?:-|{self.role['to']}|{self.role['and']}(?:\s|(?=\d)))"
        self.lead = weekday_dates.lead(cal)


# 1-5-2023, 1.5.2023, 1/5/2023, 1/ 5 / 2023
_NUMERIC = r"(?P<d>\d{1,2})(?:(?P<s>[.\-])| ?/ ?)(?P<m>\d{1,2})(?(s)(?P=s)| ?/ ?)(?P<y>(?:1[34]|19|20)\d{2})"


def _written(pieces: _Pieces) -> Iterator[Shape]:
    """Dates in digits and words."""
    yield "iso", r"(?P<y>(?:19|20)\d{2})(?P<s>[-/])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", times_rules.numeric
    yield (
        "numeric",
        pieces.lead + _NUMERIC + pieces.mark,
        times_rules.numeric,
    )
    yield "numeric-short", r"(?P<d>\d{1,2})(?P<s>[/\-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{2})", times_rules.numeric_short
    yield (
        "day-range-month",
        pieces.lead
        + rf"(?P<d>\d{{1,2}}){pieces.ordinal}\s*(?:-|{pieces.role['to']})\s*(?P<e>\d{{1,2}}){pieces.ordinal}{pieces.of}{pieces.month}{pieces.year}?",
        times_rules.day_month,
    )
    yield (
        "between-days",
        rf"{CLITIC}{pieces.role['between']}\s+(?P<d>\d{{1,2}}){pieces.ordinal}\s*{pieces.joint}\s*(?P<e>\d{{1,2}}){pieces.ordinal}{pieces.of}{pieces.month}{pieces.year}?",
        times_rules.day_month,
    )
    yield (
        "between-years",
        rf"{CLITIC}{pieces.role['between']}\s+(?P<y>(?:19|20)\d{{2}})\s*{pieces.joint}\s*(?P<z>(?:19|20)\d{{2}})",
        times_rules.years,
    )
    yield (
        "month-day-range",
        rf"{pieces.month}\s+(?P<d>\d{{1,2}}){pieces.ordinal}\s*(?:-|{pieces.role['to']})\s*(?P<e>\d{{1,2}}){pieces.ordinal}{pieces.year}?",
        times_rules.day_month,
    )
    yield (
        "day-month",
        pieces.lead
        + rf"(?:{pieces.role['article']}\s+)?{pieces.day}{pieces.ordinal}{pieces.of}{pieces.month}{pieces.year}?",
        times_rules.day_month,
    )
    yield (
        "month-day",
        pieces.lead + rf"{pieces.month}\s+(?P<d>\d{{1,2}}){pieces.ordinal}(?!\d|:\d){pieces.year}?",
        times_rules.day_month,
    )
    yield (
        "month-year",
        rf"{CLITIC}(?:{pieces.role['of']}\s+)?{pieces.month}\s*,?\s*(?:{pieces.role['of']}\s+|{pieces.role['year-before']}\s+)?(?P<y>(?:1[34]|19|20)\d{{2}}){pieces.mark}",
        times_rules.month_year,
    )
    yield (
        "season-year",
        rf"(?:{pieces.role['article']}\s+)?{CLITIC}(?P<g>{pieces.cal.seasons.any})\s+(?:{pieces.role['of']}\s+|{pieces.role['year-before']}\s+)?(?P<y>(?:19|20)\d{{2}})",
        times_seasons.season,
    )


def _of_months(pieces: _Pieces) -> Iterator[Shape]:
    """Days of this month or the last, seasons of a year that is not written, decades."""
    role, month = pieces.role, rf"(?:ال)?{pieces.role['month-unit']}"
    yield (
        "day-of-month",
        rf"{CLITIC}{pieces.day}{pieces.ordinal}\s+{role['of']}\s+(?:(?P<l>{role['last-before']})\s+{month}|{role['this-before']}\s+{month}|{month}\s+(?:(?P<t>{role['last-after']})|(?P<s>{role['this-after']})))",
        times_rules.day_of_month,
    )
    season = pieces.cal.seasons.any
    yield (
        "season-last",
        rf"{CLITIC}(?:{role['last-before']}\s+(?P<g>{season})|(?:ال)?(?P<h>{season})\s+{role['last-after']})",
        times_seasons.season_last,
    )
    yield (
        "feast",
        rf"(?:{role['this-before']}\s+|{role['article']}\s+)?{CLITIC}(?:ال)?(?P<f>{pieces.cal.feasts.any})(?:\s*,?\s+(?:{role['year-before']}\s+)?(?P<y>(?:19|20)\d{{2}}))?",
        times_seasons.feast,
    )
    yield "decade", rf"(?:{role['article']}\s+)?(?P<y>(?:19|20)\d)0s", times_rules.decade


def _relative(pieces: _Pieces) -> Iterator[Shape]:
    """Times counted from publication."""
    yield (
        "ago-after",
        rf"(?:{pieces.role['for']}\s+)?(?:(?:{pieces.numeral}|(?P<a>an?))\s+)?{pieces.unit}\s+{pieces.role['ago-after']}",
        times_rules.ago,
    )
    yield (
        "ago-before",
        rf"[وف]?{pieces.role['ago-before']}\s+(?:{pieces.role['of']}\s+)?(?:{pieces.numeral}\s+)?{pieces.unit}{pieces.uncounted}",
        times_rules.ago,
    )
    yield (
        "relative-part",
        rf"{CLITIC}(?P<r>{pieces.cal.relative.any})(?:\s*[,(]?\s*(?:{pieces.weekday}))?(?:\s+{pieces.part})?",
        times_rules.relative,
    )
    yield (
        "part-relative",
        rf"{CLITIC}(?:ال)?{pieces.part}\s+(?:{pieces.role['article']}\s+)?(?P<r>{pieces.cal.relative.any})(?:\s+{pieces.weekday})?",
        times_rules.relative,
    )


def _weekdays(pieces: _Pieces) -> Iterator[Shape]:
    """Days of the week."""
    yield (
        "weekday-last",
        rf"(?:{pieces.part}\s+(?:on\s+)?)?{pieces.named}{CLITIC}(?:(?P<l>{pieces.role['last-before']})\s+{pieces.weekday}|{pieces.weekday.replace('?P<w>', '?P<x>')}\s+(?P<t>{pieces.role['last-after']}))(?:\s+{pieces.part.replace('?P<p>', '?P<q>')})?",
        times_rules.weekday_last,
    )
    yield (
        "weekday-next",
        rf"{pieces.named}(?:{pieces.role['next-before']}\s+{pieces.weekday}|{CLITIC}{pieces.weekday.replace('?P<w>', '?P<v>')}\s+{pieces.role['next-after']})",
        times_rules.weekday_next,
    )
    yield (
        "weekday",
        rf"(?:{CLITIC}(?:ال)?{pieces.part}\s+(?:on\s+|of\s+)?)?{pieces.named}{CLITIC}(?:{pieces.role['this-before']}\s+)?{pieces.weekday}(?:\s+{pieces.part.replace('?P<p>', '?P<q>')})?(?:(?:\s*[-/]\s*|(?(p)\s+)){pieces.weekday.replace('?P<w>', '?P<x>')})?",
        times_rules.weekday,
    )
    yield (
        "weekend",
        rf"(?:{pieces.role['article']}\s+)?(?:(?P<l>{pieces.role['last-before']})\s+)?{pieces.role['weekend']}",
        times_rules.weekend,
    )


def _units(pieces: _Pieces) -> Iterator[Shape]:
    """Weeks, months, years, and times that recur or last."""
    yield (
        "unit-last",
        rf"{CLITIC}(?:(?P<l>{pieces.role['last-before']})\s+{pieces.unit}|(?:ال)?{pieces.unit.replace('?P<u>', '?P<v>')}\s+{pieces.role['last-after']})",
        times_rules.unit_last,
    )
    yield (
        "unit-this",
        rf"{CLITIC}(?:{pieces.role['this-before']}\s+(?:ال)?{pieces.unit}|(?:ال)?{pieces.unit.replace('?P<u>', '?P<v>')}\s+{pieces.role['this-after']})",
        times_rules.unit_this,
    )
    yield (
        "unit-next",
        rf"{CLITIC}(?:{pieces.role['next-before']}\s+{pieces.unit}|(?:ال)?{pieces.unit.replace('?P<u>', '?P<v>')}\s+{pieces.role['next-after']})",
        times_rules.unit_next,
    )
    yield (
        "month-last",
        rf"{CLITIC}(?:{pieces.role['last-before']}\s+{pieces.month}|{pieces.month.replace('?P<m>', '?P<k>')}\s+{pieces.role['last-after']})",
        times_rules.month_only,
    )
    yield (
        "repeated",
        rf"(?:{pieces.role['repeated']}|{pieces.role['every']}\s+(?:{pieces.cal.units.any}|{pieces.cal.weekdays.any}))",
        times_rules.repeated,
    )
    yield (
        "year-worded",
        rf"{CLITIC}(?:ال)?{pieces.role['year-before']}\s+(?P<y>(?:19|20)\d{{2}})(?!\s*(?:{pieces.cal.units.any}|%))",
        times_rules.year_only,
    )
    yield (
        "quarter",
        rf"(?:{pieces.role['article']}\s+)?(?:{pieces.role['quarter']}\s+(?P<o>{pieces.cal.ordinals.any})|(?P<f>{pieces.cal.ordinals.any})[\s-]{pieces.role['quarter']})(?:\s+(?:{pieces.role['of']}\s+|{pieces.role['year-before']}\s+)?(?P<y>(?:19|20)\d{{2}}))?",
        times_rules.quarter,
    )
    yield "year-bare", r"(?P<y>(?:19[3-9]|20[0-4])\d)(?=\s+[^\W\d_]{4})", times_rules.year_bare
    yield "vague", pieces.role["vague"], times_rules.vague
    yield "month-this", rf"{pieces.role['this-before']}\s+{pieces.month}", times_rules.month_this
    yield "month", rf"{CLITIC}(?:{pieces.role['of']}\s+)?{pieces.month}", times_rules.month_only
    yield "duration", rf"(?:{pieces.role['for']}\s+)?{pieces.numeral}[\s-]+{pieces.unit}", times_rules.duration
