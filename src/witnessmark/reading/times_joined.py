"""Times that lean on other times of a text: an hour on its day, the end of a span on its beginning, "the next day" on an event.

The rule: an hour belongs to the day that stands beside it with nothing but small words between; without one it is no
date. Two times with "to" between them, or "and" behind "between", are one span. "Two days later" and "the previous evening"
are counted from the nearest time told before them, and say so; where none is told they stay unresolved. What it does
not prove: that the time told before is the one that was meant.
"""

import re
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from operator import itemgetter

from witnessmark.reading import times_rules
from witnessmark.reading.calendar_words import AFTER, BEFORE, CLITIC, Calendar, Held
from witnessmark.reading.sheet import beginning
from witnessmark.reading.times_leaning import (
    FINE,
    REACH,
    Told,
    moment,
    of_quarters,
    overlaps,
    role_of,
    to_what_follows,
    where,
    words_at,
)
from witnessmark.reading.times_rules import Resolved, spaced
from witnessmark.terms.anchor import Span
from witnessmark.terms.moment import Moment
from witnessmark.terms.script import Folded
from witnessmark.terms.why import Why

_CLAUSE = 60  # code points ahead in which an event is told that a time is counted from
_BROKEN = re.compile(r"[.,;:!?\n\"]\s")
_NOON, _DAY = 12, 24
_EVENING, _LATE_MORNING = 6, 11  # hours from which "at night" is before midnight, and "at noon" before twelve
_UNKNOWN = "relative to another time of the text, which is not known"


@dataclass(frozen=True, slots=True)
class Joints:
    """The patterns by which times lean on each other, made once for a calendar."""

    clocks: tuple[tuple[re.Pattern[str], frozenset[str]], ...]  # with the kinds of words each needs
    leaning: tuple[tuple[re.Pattern[str], frozenset[str]], ...]  # with the kinds of words each needs
    small: re.Pattern[str]
    before: re.Pattern[str]
    until: re.Pattern[str]
    both: re.Pattern[str]
    between: re.Pattern[str]
    since: re.Pattern[str]
    part: re.Pattern[str]


@lru_cache(maxsize=8)
def _joints(cal: Held) -> Joints:
    calendar = cal.calendar
    numeral = rf"(?P<n>\d{{1,3}}|{calendar.numbers.any})"
    unit, part = rf"(?P<u>{calendar.units.any})", rf"(?P<p>(?:ال)?{calendar.parts.any})"
    later = rf"(?:(?P<later>{role_of(calendar, 'later')})|(?P<earlier>{role_of(calendar, 'before-that')}))"
    turn = rf"(?:(?P<next>{role_of(calendar, 'next-of')})|(?P<prev>{role_of(calendar, 'previous-of')})|(?P<same>{role_of(calendar, 'same-of')}))"
    of, article = role_of(calendar, "of"), role_of(calendar, "article")
    small = role_of(calendar, "of", "on", "article", "local", "clock")
    leaning = (
        (rf"(?:{numeral}|(?P<a>an?))\s+{unit}\s+{later}", "units later"),
        (rf"{CLITIC}{later}\s+ب(?:{numeral}\s+)?{unit}", "units later"),
        (
            rf"{CLITIC}(?P<later>{role_of(calendar, 'after')})\s+(?:{numeral}\s+)?{unit}\s+{role_of(calendar, 'of-that')}",
            "units later",
        ),
        (rf"(?:{article}\s+)?{turn}\s+(?:{unit}|{part})", "turn"),
        (rf"{CLITIC}(?:{part}\s+)?(?:ال)?{unit}\s+{turn}", "units turn"),
    )
    return Joints(
        clocks=tuple((re.compile(BEFORE + one + AFTER), frozenset(needs.split())) for one, needs in _clocks(calendar)),
        leaning=tuple((re.compile(BEFORE + one + AFTER), frozenset(needs.split())) for one, needs in leaning),
        small=re.compile(rf"[\s,(]*(?:{CLITIC}(?:ال)?(?:{small}|{calendar.parts.any})[\s,]*)*"),
        before=re.compile(rf"[\s,)]*(?:(?:{small}|{of}|at|{role_of(calendar, 'nearly')})[\s,]*)*"),
        until=re.compile(rf"\s*(?:-|{role_of(calendar, 'until')})\s*(?:{small}\s*)*"),
        both=re.compile(rf"\s*{role_of(calendar, 'and')}\s*(?:{small}\s*)*"),
        between=re.compile(rf"{BEFORE}{CLITIC}{role_of(calendar, 'between')}\s+(?:{small}\s+)*$"),
        since=re.compile(rf"{BEFORE}{CLITIC}{role_of(calendar, 'between', 'since')}\s+(?:{small}\s+)*$"),
        part=re.compile(rf"{BEFORE}(?:ال)?(?P<p>{calendar.parts.any}){AFTER}"),
    )


def _clocks(cal: Calendar) -> Iterator[tuple[str, str]]:
    """Spans of hours, then hours: of both languages, in digits and words; and the kinds of words each needs."""
    half = rf"(?:\s*(?P<half>{role_of(cal, 'am', 'pm')}))"
    digits, clock = r"\d{1,2}(?:[:.][0-5]\d)?", role_of(cal, "clock")
    to = rf"\s*(?:-|{role_of(cal, 'until', 'and')})\s*"
    worded = rf"{cal.hours.any}(?:\s+{cal.hour_parts.any})?"
    part = rf"(?:\s+(?:{role_of(cal, 'of')}\s+)?(?P<p>(?:ال)?{cal.parts.any}))"
    between = rf"(?:{role_of(cal, 'between')}\s+)?"
    yield rf"{between}(?P<h>{digits})(?:\s*{role_of(cal, 'am', 'pm')})?{to}(?P<e>{digits}){half}", "digit clock"
    yield rf"{between}{clock}\s+(?P<h>{digits}|{worded}){to}(?:{clock}\s+)?(?P<e>{digits}|{worded}){part}?", "clock"
    yield rf"(?P<h>{digits}){half}", "digit clock"
    yield rf"{clock}\s+(?P<h>{digits}|{worded}){part}?", "clock"
    yield rf"(?P<h>{cal.hours.any}\s+{cal.hour_parts.any}){part}?", "hours hour_parts"
    yield rf"(?P<h>\d{{1,2}}:[0-5]\d){part}?", "digit"


def joined(
    passage: int,
    folded: Folded,
    found: Sequence[Moment],
    with_: tuple[Calendar, date | None],
    told: tuple[set[str], set[str]],
) -> list[Moment]:
    """The moments of a passage, in order, with those that lean on others joined to them.

    ``with_``: the calendar, and the day of publication where it is known. ``told``: the kinds of words of time in the
    passage's sentences, and in all of it.
    """
    (cal, base), (kinds, anywhere) = with_, told
    joints = _joints(Held(cal))
    times = Told(folded, sorted(found, key=lambda one: one.span))
    if "toward" in kinds and any(one.earliest and one.precision in FINE for one in times.found):
        to_what_follows(passage, folded, times, cal)
    if kinds & {"units", "parts"}:
        able = [pattern for pattern, needs in joints.leaning if needs <= kinds]
        _leaning(passage, folded, times, able, (cal, base))
    kept = of_quarters(times.found) if "quarter" in kinds else times.found
    if len(kept) > 1:
        kept = _spans(folded, kept, joints)
    if any(map(_is_day, kept)) and ("clock" in kinds or "hours" in kinds or ":" in folded.text):
        able = [pattern for pattern, needs in joints.clocks if needs <= anywhere]
        kept = _hours(passage, folded, kept, able, (cal, joints))
    return kept


def _leaning(
    passage: int,
    folded: Folded,
    told: Told,
    patterns: Sequence[re.Pattern[str]],
    when: tuple[Calendar, date | None],
) -> None:
    """Times counted from the nearest one told before them."""
    for pattern in patterns:
        for match in pattern.finditer(folded.text):
            if any(end - start >= match.end() - match.start() for start, end in told.over(*match.span())):
                continue
            resolved = _counted(match, when[0], told.before(match.start()), when[1])
            if resolved:
                told.put(moment(passage, folded, match.span(), resolved))


def _counted(match: re.Match[str], cal: Calendar, told: Sequence[Moment], base: date | None) -> Resolved | None:
    """What a leaning time means, from the times told before it; None where it does not lean."""
    given = {name: value for name, value in match.groupdict().items() if value}
    unit = cal.units[spaced(given["u"])] if "u" in given else None
    name = unit.fields["unit"] if unit else "day"
    if (
        "next" in given
        and name in ("week", "month", "year")
        and re.fullmatch(cal.roles.get("next-before", "(?!)"), given["next"])
    ):
        return None  # "next week" is counted from publication
    anchor = next((one for one in reversed(told) if one.earliest and (one.precision in FINE or name == "year")), None)
    entries = (unit.cite,) if unit else ()
    back = "earlier" in given or "prev" in given
    if anchor is None and back and base and name == "day" and "n" not in given:
        return times_rules.before(base, 1, "day", entries)  # "the day before", of news
    if anchor is None or anchor.earliest is None:
        return Resolved(None, "unresolved", "unresolved", entries, _UNKNOWN)
    count = 0 if "same" in given else 1
    if "n" in given:
        count = int(given["n"]) if given["n"].isdigit() else int(cal.numbers[spaced(given["n"])].fields["value"])
    elif unit and "next" not in given and "prev" not in given and "same" not in given:
        count = int(unit.fields["count"])
    day = date.fromisoformat((anchor.earliest if back else anchor.latest or anchor.earliest)[:10])
    made = times_rules.before(day, count if back else -count, name, entries)
    part = "part-of-day" if "p" in given else made.precision
    why = f"counted from {anchor.text!r}, told before it"
    return replace(made, precision=part, basis="event", why=why) if made.days else None


def _spans(folded: Folded, found: list[Moment], joints: Joints) -> list[Moment]:
    """Two times that are the ends of one span made one."""
    out: list[Moment] = []
    for one in found:
        before = out[-1] if out else None
        whole = _span(folded, before, one, joints) if before else None
        if whole:
            out[-1] = whole
        else:
            out.append(one)
    return out


def _span(folded: Folded, first: Moment, last: Moment, joints: Joints) -> Moment | None:
    """The span of two times, or None where they are two."""
    if not (first.earliest and last.latest) or first.span.passage != last.span.passage:
        return None
    start, end = where(folded, first)
    following = where(folded, last)[0]
    gap, lead = folded.text[end:following], folded.text[max(0, start - 30) : start]
    night = first.precision == "part-of-day" and joints.until.fullmatch(gap) is not None
    to = joints.until.fullmatch(gap) is not None and joints.since.search(lead) is not None
    both = joints.both.fullmatch(gap) is not None and joints.between.search(lead) is not None
    if not (night or to or both):
        return None
    earliest, once = first.earliest, _in_year_of(first.earliest, last.latest)
    lent = first.basis == "event" or bool(first.why.lost)
    if earliest[:10] > last.latest[:10] or (lent and once <= last.latest):
        earliest = once  # "from 29 October to 8 November 2006": the year is said once
    if earliest > last.latest or (night and (days_between(earliest, last.latest) > 1)):
        return None
    span = Span(passage=first.span.passage, start=first.span.start, end=last.span.end)
    return replace(
        last, span=span, text=folded.given[span.start : span.end], earliest=earliest,
        precision=first.precision if night else last.precision,
        why=Why(rule="times.span", entries=(*first.why.entries, *last.why.entries), lost=last.why.lost),
    )  # fmt: skip


def _in_year_of(day: str, other: str) -> str:
    """A day in the year of another; a 29 February that the year lacks stays as it is."""
    moved = f"{other[:4]}{day[4:]}"
    try:
        date.fromisoformat(moved[:10])
    except ValueError:
        return day
    return moved


def days_between(first: str, last: str) -> int:
    """Days from one ISO day to another."""
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days


def _hours(
    passage: int,
    folded: Folded,
    found: list[Moment],
    patterns: Sequence[re.Pattern[str]],
    with_: tuple[Calendar, Joints],
) -> list[Moment]:
    """Hours joined to the day beside them."""
    cal, joints = with_
    taken: list[tuple[int, int]] = []  # in order of where they begin
    told = Told(folded, found)
    for pattern in patterns:
        for match in pattern.finditer(folded.text):
            where = match.span()
            near = beginning(taken, where[0] - 2 * REACH, where[1], itemgetter(0))
            if any(overlaps(where, one) for one in near):
                continue
            day = _day_beside(folded, told, where, joints)
            whole = _at(passage, folded, day, match, (cal, joints)) if day else None
            if whole:
                start, end = folded.forth(whole.span.start), folded.forth(whole.span.end)
                insort(taken, (min(where[0], start), max(where[1], end)))
                told.put(whole)
    return told.found


def _is_day(one: Moment) -> bool:
    """Whether a moment is one day, or a part of one."""
    known = one.precision in ("day", "part-of-day") and one.earliest
    return bool(known) and (one.earliest or "")[:10] == (one.latest or "")[:10]


def _day_beside(folded: Folded, told: Told, clock: tuple[int, int], joints: Joints) -> Moment | None:
    """The day that an hour belongs to: right behind it, else right before it."""
    for one, (start, end) in told.around(*clock):
        if not _is_day(one):
            continue
        if clock[0] < start and joints.small.fullmatch(folded.text[min(clock[1], start) : start]):
            return one
        if end <= clock[0] and joints.before.fullmatch(folded.text[end : clock[0]]):
            return one
    return None


def _at(
    passage: int, folded: Folded, day: Moment, match: re.Match[str], with_: tuple[Calendar, Joints]
) -> Moment | None:
    """A day at an hour, or from one hour to another."""
    cal, joints = with_
    start, end = where(folded, day)
    reach = min(start, match.start()), max(end, match.end())
    given = match.groupdict()
    half = _half(given, folded.text[slice(*reach)], cal, joints)
    first, last = (_minutes(given[name], half, cal) if given.get(name) else None for name in ("h", "e"))
    if first is None or day.earliest is None:
        return None
    stamps = [f"{day.earliest[:10]}T{one // 60:02}:{one % 60:02}" for one in (first, first if last is None else last)]
    span, text = words_at(passage, folded, reach)
    return Moment(
        span=span, text=text, earliest=stamps[0], latest=max(stamps), precision="instant" if last is None else "hour",
        basis=day.basis, why=Why(rule="times.clock", entries=day.why.entries, lost=day.why.lost),
    )  # fmt: skip


def _half(given: dict[str, str | None], text: str, cal: Calendar, joints: Joints) -> str:
    """The half of the day an hour lies in: "am", "pm", "noon", "night", or nothing."""
    said = given.get("half")
    if said:
        return "am" if re.fullmatch(role_of(cal, "am"), said) else "pm"
    part = given.get("p") or next((found["p"] for found in joints.part.finditer(text)), None)
    row = cal.parts.get(spaced(part)) if part else None
    return row.fields.get("half", "") if row else ""


def _minutes(told: str, half: str, cal: Calendar) -> int | None:
    """Minutes since midnight of an hour in digits or words; None where there is no such hour."""
    digits = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?", told)
    if digits:
        hour, minutes = int(digits.group(1)), int(digits.group(2) or 0)
    else:
        word = next((one for one in sorted(cal.hours.rows, key=len, reverse=True) if spaced(told).startswith(one)), "")
        more = spaced(told)[len(word) :].strip()
        hour = int(cal.hours[word].fields["hour"])
        minutes = int(cal.hour_parts[more].fields["minutes"]) if more else 0
    if hour > _DAY or (hour == _DAY and minutes):
        return None
    total = _of_day(hour, half) * 60 + minutes
    return total % (_DAY * 60)


def _of_day(hour: int, half: str) -> int:
    """The hour of twenty-four that an hour of twelve means in a half of the day."""
    if hour > _NOON or not half:
        return hour
    if half == "am":
        return hour % _NOON
    if half == "pm":
        return hour % _NOON + _NOON
    if half == "noon":
        return hour if hour >= _LATE_MORNING else hour + _NOON
    return (hour + _NOON) % _DAY if hour >= _EVENING else hour  # at night
