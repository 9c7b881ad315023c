"""When, as texts say it: found by rules over the words of the packs, resolved against publication and nothing else.

Rules stand in a fixed order, the more exact first; where the matches of two overlap, one that holds the other stands, else
the more exact one's. A bare weekday is
the last one up to the day of publication, as news means it; "last Tuesday" lies strictly before it. A day and month
without a year is the nearest past, and where the day of publication is unknown that of the nearest date of the text that
has a year. What cannot be resolved is said, with the reason. Never against the time of capture.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import TypeAlias

from witnessmark.reading import times_rules, weekday_dates
from witnessmark.reading.calendar_words import AFTER, BEFORE, CLITIC, Calendar, calendar_of
from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.sheet import Sheet, beginning
from witnessmark.reading.time_patterns import patterns
from witnessmark.reading.times_joined import joined
from witnessmark.reading.times_rules import Resolved
from witnessmark.terms.anchor import Span
from witnessmark.terms.moment import Moment
from witnessmark.terms.ports import Larder
from witnessmark.terms.why import Why


@dataclass(frozen=True, slots=True)
class Rule:
    """A name, a pattern over folded text, what it means on a day of publication (None where unknown), and the kinds of

    words without which the pattern cannot match.
    """

    name: str
    pattern: str
    needs: frozenset[str]
    resolve: Callable[[re.Match[str], Calendar, date | None], Resolved]

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled when first looked for: many rules of a language are never asked."""
        return _compiled(self.pattern)


Hit: TypeAlias = tuple[
    int, int, int, Resolved, Rule
]  # start, end as a negative number, rank of the rule, meaning, rule

_NEEDS = {
    "iso": "year", "numeric": "year", "day-range-month": "digit months", "month-day-range": "digit months",
    "day-month": "day months", "month-day": "digit months", "month-year": "year months", "ago-after": "units ago",
    "ago-before": "units ago", "relative-part": "relative", "part-relative": "parts relative", "weekday-last": "weekdays last",
    "weekday-next": "weekdays next", "weekday": "weekdays", "weekend": "weekend", "unit-last": "units last", "unit-this": "units this",
    "unit-next": "units next",
    "month-last": "months last", "month-this": "months this", "repeated": "every", "numeric-short": "digit", "between-days": "digit months between",
    "between-years": "year between", "season-year": "year seasons", "season-last": "seasons last", "feast": "feasts", "day-of-month": "day units", "decade": "year", "quarter": "ordinals quarter",
    "year-bare": "year", "vague": "vague", "year-worded": "year", "month": "months", "duration": "units",
}  # fmt: skip


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=8)
def _rules(wanted: ByDigest) -> tuple[Rule, ...]:
    cal = calendar_of(wanted.larder)
    return tuple(
        Rule(name, BEFORE + pattern + AFTER, frozenset(_NEEDS[name].split()), resolve)
        for name, pattern, resolve in patterns(cal)
    )


_OF_DAYS = ("digit", "ordinals")  # kinds of words that number a day
_DATED = ("instant", "hour", "part-of-day", "day")
_HALF_A_YEAR = timedelta(days=182)
_CLAUSE = 60  # code points before a time in which a word says that it is to come
_SOON, _YEAR_ON = timedelta(days=6), timedelta(days=270)
_AHEAD = {
    "weekday": _SOON, "day-month": _YEAR_ON, "month-day": _YEAR_ON, "day-range-month": _YEAR_ON,
    "month-day-range": _YEAR_ON, "month": _YEAR_ON,
}  # fmt: skip
_SMALL = ("year-before", "on", "of", "to", "for", "last-before", "next-before", "this-before", "every")


def moments(sheet: Sheet, larder: Larder) -> tuple[Moment, ...]:
    """Every time the item's readable sentences name, in order; none overlap."""
    base = publication_day(sheet)
    bound = weekday_dates.bound_of(sheet.item, sheet.publication)
    rules = _rules(ByDigest(larder))
    calendar = calendar_of(larder)
    marks = [calendar.kinds.find(folded.text) for folded in sheet.folded]
    anywhere = [{kind for _, _, kind in here} for here in marks]
    found: list[Moment] = []
    told: list[set[str]] = [set() for _ in sheet.folded]
    for span in sheet.sentences:
        folded = sheet.folded[span.passage]
        first, last = folded.forth(span.start), folded.forth(span.end)
        kinds = _kinds(marks[span.passage], first, last)
        told[span.passage] |= kinds
        able = [rule for rule in rules if rule.needs <= kinds] if kinds else []
        found.extend(_in_sentence(sheet, span, (first, last), able, calendar, (base, bound)))
    found = found if base else _lent(sheet, found, rules, calendar)
    by_passage = [[one for one in found if one.span.passage == number] for number in range(len(sheet.folded))]
    return tuple(
        one
        for number, (folded, here) in enumerate(zip(sheet.folded, by_passage, strict=True))
        for one in _readable(sheet, joined(number, folded, here, (calendar, base), (told[number], anywhere[number])))
    )


def _readable(sheet: Sheet, found: Sequence[Moment]) -> Iterator[Moment]:
    """The moments that stand in sentences that are read."""
    for one in found:
        span = one.span
        after = bisect_left(sheet.sentences, (span.passage, span.end), key=lambda each: (each.passage, each.start))
        if after and sheet.sentences[after - 1].overlaps(span):
            yield one


def _lent(sheet: Sheet, found: list[Moment], rules: Sequence[Rule], calendar: Calendar) -> list[Moment]:
    """The moments, those without a year in the year that brings them nearest to the nearest date that has one.

    "October 9 or October 10, 2023": a text that says a year once means it of the dates around.
    """
    named = {rule.name: rule for rule in rules}
    dated = sorted((one for one in found if one.basis == "stated" and one.precision in _DATED), key=attrgetter("span"))
    out = []
    for one in found:
        near = _nearest(one, dated) if times_rules.NO_YEAR in one.why.lost else None
        if near and near.earliest:
            day = date.fromisoformat(near.earliest[:10])
            out.append(_again(sheet, one, named[one.why.rule.removeprefix("times.")], calendar, day) or one)
        else:
            out.append(one)
    return out


def _nearest(one: Moment, dated: Sequence[Moment]) -> Moment | None:
    """The moment that stands nearest, of those in order; the earlier where two stand as near."""
    at = bisect_left(dated, one.span, key=attrgetter("span"))
    return min(dated[max(0, at - 1) : at + 1], key=lambda other: _gap(one.span, other.span), default=None)


def _gap(one: Span, other: Span) -> tuple[bool, int]:
    """How far apart two stretches stand; those of one passage before others."""
    return one.passage != other.passage, abs(one.start - other.start)


def _again(sheet: Sheet, one: Moment, rule: Rule, calendar: Calendar, near: date) -> Moment | None:
    """A moment resolved so that it lies within half a year of a day."""
    folded = sheet.folded[one.span.passage]
    match = rule.regex.match(folded.text, folded.forth(one.span.start))
    if match is None:
        return None
    resolved = rule.resolve(match, calendar, near + _HALF_A_YEAR)
    if resolved.days is None:
        return None
    why = f"no year is written: that of the nearest date of the text, {near.isoformat()}"
    return _moment(sheet, one.span.passage, match.span(), replace(resolved, basis="event", why=why), rule)


def _kinds(marks: Sequence[tuple[int, int, str]], first: int, last: int) -> set[str]:
    """The kinds of words of time whose letters stand in a sentence."""
    found: set[str] = set()
    for _, end, kind in beginning(marks, first, last, itemgetter(0)):
        if end <= last:
            found.add(kind)
    if not found.isdisjoint(_OF_DAYS):
        found.add("day")
    return found


def publication_day(sheet: Sheet) -> date | None:
    """The day of publication where exactly one is known."""
    known = sheet.publication
    if known.earliest is None or known.latest is None or known.earliest[:10] != known.latest[:10]:
        return None
    return date.fromisoformat(known.earliest[:10])


def _in_sentence(
    sheet: Sheet,
    span: Span,
    bounds: tuple[int, int],
    rules: Sequence[Rule],
    calendar: Calendar,
    when: tuple[date | None, date | None],
) -> Iterator[Moment]:
    folded = sheet.folded[span.passage]
    hits: list[Hit] = []
    for rank, rule in enumerate(rules):
        for match in rule.regex.finditer(folded.text, *bounds):
            resolved = rule.resolve(match, calendar, _base(folded.text, match, rule, calendar, when[0]))
            if resolved.why == times_rules.NO_YEAR and when[1]:
                resolved = times_rules.agreeing(match, calendar, when[1]) or resolved
            if resolved.basis != "nothing" and _is_meant(sheet, span, match, resolved, rule.name, calendar):
                hits.append((match.start(), -match.end(), rank, resolved, rule))
    for start, minus, _, resolved, rule in _chosen(hits):
        yield _moment(sheet, span.passage, (start, -minus), resolved, rule)


def _base(text: str, match: re.Match[str], rule: Rule, calendar: Calendar, base: date | None) -> date | None:
    """The day that a time is counted from: so far ahead of publication, where a word before it says what is to come, that

    the nearest such day lies before it ("the talks will begin on Tuesday"). "By" says so only right before it: who are
    "shelled by the army on Tuesday" were shelled.
    """
    far = _AHEAD.get(rule.name)
    if base is None or far is None:
        return base
    clause = re.split(r"[.;,:\n]\s", text[max(0, match.start() - _CLAUSE) : match.start()])[-1]
    roles = calendar.roles
    to_come = re.search(rf"{BEFORE}{CLITIC}{roles.get('ahead', '(?!)')}{AFTER}", clause) or re.search(
        rf"{BEFORE}{roles.get('due', '(?!)')}\s*\Z", clause
    )
    return base + far if to_come else base


def _chosen(hits: list[Hit]) -> list[Hit]:
    """Of hits that overlap: one that holds the other whole ("overnight on Thursday"), else the more exact rule's, whatever

    begins before it ("of May" in "hours of May 2"); in order.
    """
    kept: list[Hit] = []
    for hit in sorted(_outermost(hits), key=lambda one: (one[2], one[0])):
        at = bisect_left(kept, hit[0], key=itemgetter(0))
        if (at == 0 or -kept[at - 1][1] <= hit[0]) and (at == len(kept) or -hit[1] <= kept[at][0]):
            kept.insert(at, hit)
    return kept


def _outermost(hits: list[Hit]) -> Iterator[Hit]:
    """Hits that no other holds; of two with the same words, the more exact rule's."""
    reached = -1
    for hit in sorted(hits, key=lambda one: one[:3]):
        if -hit[1] > reached:
            reached = -hit[1]
            yield hit


def _is_meant(sheet: Sheet, span: Span, match: re.Match[str], resolved: Resolved, rule: str, cal: Calendar) -> bool:
    """English words for months and days are written with capitals; "may" and "march" without are none.

    A month alone needs a small word of time before it ("in May"): "May God …" is none, nor is مارس, "practised", nor a man
    called Ramadan. A weekday behind "market" or "mosque" is that one's name.
    """
    folded = sheet.folded[span.passage]
    before = folded.text[max(0, match.start() - 12) : match.start()].split()
    if rule == "weekday" and before and re.fullmatch(cal.roles.get("name-before", "(?!)"), before[-1]):
        return False
    if not resolved.capital:
        return True
    if rule == "month":
        small = any(re.fullmatch(cal.roles.get(role, "(?!)"), before[-1]) for role in _SMALL) if before else False
        opened = re.match(rf"{CLITIC}{cal.roles.get('of', '(?!)')}\s", match.group())
        if not small and not opened:
            return False
    start, end = folded.back(match.start(), match.end())
    return any(char.isupper() or not char.isascii() for char in sheet.item.passages[span.passage].text[start:end])


def _moment(sheet: Sheet, passage: int, where: tuple[int, int], resolved: Resolved, rule: Rule) -> Moment:
    start, end = sheet.folded[passage].back(*where)
    text = sheet.item.passages[passage].text
    while end > start and text[end - 1].isspace():
        end -= 1
    span = Span(passage=passage, start=start, end=end)
    reach = resolved.days
    because = (resolved.why,) if resolved.why else ()
    return Moment(
        span=span,
        text=text[start:end],
        earliest=reach.first.isoformat() if reach else None,
        latest=reach.last.isoformat() if reach else None,
        precision=resolved.precision if reach else "unresolved",
        basis=resolved.basis
        if resolved.basis != "nothing" and (reach or resolved.basis in ("repeated", "duration"))
        else "unresolved",
        why=Why(rule=f"times.{rule.name}", entries=resolved.entries, lost=because),
    )
