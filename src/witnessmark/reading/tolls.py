"""Tolls: how many people a text says were killed, injured, missing, trapped, displaced or detained, and who.

The rule: in each sentence, every word of harm is tied to the people it speaks of (``toll_sides``). People named side by
side ("a woman and three children") make one toll with its parts; people said to be among others ("including two
children") are parts of that toll and never added. Harm without a figure is kept without one. An express "no
casualties" is kept as denied, "no information on casualties" is nothing at all. A figure "since January" is cumulative
and belongs to no one event. A martyr (شهيد) says nothing of status, so such people stay "unstated". What this does not
prove: that the figure is true, or that two sentences with one figure speak of the same people.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile
from operator import attrgetter
from typing import Literal, cast

from witnessmark.reading.sheet import Sheet
from witnessmark.reading.toll_groups import Group, groups, opened, who_of
from witnessmark.reading.toll_lists import listed
from witnessmark.reading.toll_marks import Line, Mark, marks
from witnessmark.reading.toll_sides import Found, after, before, tight, trailing
from witnessmark.terms.anchor import Span
from witnessmark.terms.moment import Moment
from witnessmark.terms.ports import Larder
from witnessmark.terms.toll import Harm, Toll, TollMention, Who
from witnessmark.terms.why import Why

_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_BEGUN = re.compile(r"\s*(?:[,;)–—-]|[a-z])")
_FOR = re.compile(r"(?<!\w)ل\u0640?\s*$")  # the Arabic "to", apart from its figure: لـ 14
_FULL_STOPS = ".!?؟:"
_DENIAL_REACH, _FIGURE_REACH, _PASSIVE_REACH = 6, 8, 3
Slot = tuple[Harm, ...]
_KINDS: dict[str, Slot] = {"both": ("killed", "injured")}


@dataclass(slots=True)
class _Row:
    """What is written down for one word of harm before indexes are known."""

    harm: Mark
    found: Found = field(default_factory=Found)
    own: Toll | None = None
    who: Who = "unstated"
    start: int = 0
    end: int = 0
    denied: bool = False
    together: bool = False


def tolls(sheet: Sheet, larder: Larder, moments: Sequence[Moment] = ()) -> tuple[TollMention, ...]:
    """Every toll of an item, in order of passage and position; ``part_of`` points into the result.

    ``moments``: the times found in it; a number inside one ("19 June 2024") counts nobody.
    """
    found: list[TollMention] = []
    times: dict[int, list[Span]] = {}
    for moment in moments:
        if moment.basis == "duration":  # an age, which lists of the dead need
            continue
        times.setdefault(moment.span.passage, []).append(moment.span)
    for passage, spans in groupby(sorted(sheet.sentences), key=attrgetter("passage")):
        here, folded = list(spans), sheet.folded[passage]
        all_marks = marks(folded, larder, times.get(passage, ()))
        for span, line in _lines(folded.given, here, all_marks):
            if any(mark.kind == "harm" or mark.role == "whole" for mark in line.marks):
                found += _sentence(line, span.passage, len(found))
        found += listed(folded.given, passage, here, all_marks, len(found))
    return tuple(found)


def _lines(text: str, spans: Sequence[Span], found: Sequence[Mark]) -> Iterator[tuple[Span, Line]]:
    """Each sentence with the marks inside it; one that a line break cut in two is read as one."""
    at = 0
    for span in _whole(text, spans):
        while at < len(found) and found[at].start < span.start:
            at += 1
        last = at
        while last < len(found) and found[last].end <= span.end:
            last += 1
        words = text[span.start : span.end]
        arabic = len(_ARABIC_LETTER.findall(words)) * 2 > sum(map(str.isalpha, words))
        yield span, Line(text, span.start, span.end, found[at:last], arabic=arabic)


def _whole(text: str, spans: Sequence[Span]) -> list[Span]:
    """Sentences, those joined again that a line break cut: the next begins with a comma, a dash or a small letter."""
    whole: list[Span] = []
    for index, span in enumerate(spans):
        if whole and _BEGUN.match(text, span.start) and not _ended(text, spans[index - 1]):
            whole[-1] = replace(whole[-1], end=span.end)
        else:
            whole.append(span)
    return whole


def _ended(text: str, span: Span) -> bool:
    """Whether a full stop, a colon or the like stands behind the last word of a stretch."""
    at = span.end
    while at > span.start and not (text[at - 1].isalnum() or text[at - 1] == "_"):
        at -= 1
        if text[at] in _FULL_STOPS:
            return True
    return False


def _sentence(line: Line, passage: int, first: int) -> list[TollMention]:
    """The tolls of one sentence; ``first``: index the first one will have."""
    rows = _rows(line)
    found: list[TollMention] = []
    for row in rows:
        for kind in _kinds(row.harm):
            found += _mentions(line, row, kind, passage, first + len(found))
    return found


def _kinds(harm: Mark) -> Slot:
    """The kinds of harm a word names."""
    kind = _kind(harm)
    return _KINDS.get(kind, (cast("Harm", kind),))


def _kind(harm: Mark) -> str:
    """The kind a word of harm names; dead and injured in one word are both."""
    return "both" if harm.role == "whole" else harm.field("kind")


def _rows(line: Line) -> list[_Row]:
    """Every word of harm with its people."""
    everyone = groups(line)
    starts = [one.start for one in everyone]
    harms = [mark for mark in line.marks if mark.kind == "harm" or mark.role == "whole"]
    taken: set[int] = set()
    rows: list[_Row] = []
    for index, harm in enumerate(harms):
        low = harms[index - 1].end if index else line.start
        high = harms[index + 1].start if index + 1 < len(harms) else line.end
        near = everyone[bisect_left(starts, low) : bisect_left(starts, high)]
        left = [one for one in near if one.end <= harm.start and one.start not in taken]
        right = [one for one in near if harm.end <= one.start and one.end <= high and one.start not in taken]
        row = _row(line, harm, left, right, rows)
        if row is None:
            continue
        taken.update(one.start for one in (*row.found.tops, *row.found.parts))
        rows.append(row)
    return _shared(line, rows)


def _row(line: Line, harm: Mark, left: list[Group], right: list[Group], rows: list[_Row]) -> _Row | None:
    """One word of harm with its people, or None where it says nothing of harm."""
    denial = _denial(line, harm)
    if denial == "unknown":
        return None
    row = _Row(harm=harm, start=harm.start, end=harm.end, denied=denial == "denied", together=_kind(harm) == "both")
    side = harm.field("side") or "either"
    if side == "then":
        _then(harm, rows)
        return None
    if side == "toll":
        row.own = _stated_figure(line, harm, right)
        return row if row.own else None
    if side == "self":
        _itself(line, row, left, right)
    elif side == "after" or (side == "either" and line.arabic):
        row.found = after(line, harm, right)
        if not row.found.tops and line.arabic and left and tight(line, left[-1].end, harm.start):
            row.found = before(line, harm, left)
        if not row.found.tops and _hits_a_thing(line, harm):
            return None
    elif side == "before":
        row.found = before(line, harm, left)
    else:
        row.found = _either(line, harm, left, right)
        if not row.found.tops and not left:
            row.found = _same_people(line, harm, rows)
    extra = trailing(line, harm, [one for one in right if one not in row.found.tops and one not in row.found.parts])
    if extra and (row.found.tops or row.own or side == "self") and not row.found.parts:
        row.found = replace(row.found, parts=extra)
    return row


def _hits_a_thing(line: Line, harm: Mark) -> bool:
    """Whether an Arabic word for "hit, wounded" has a thing as its object: أصاب القصف مدرسة (the shelling hit a school)."""
    if not line.arabic or _kind(harm) != "injured":
        return False
    behind = next(line.ahead(harm.end), None)
    if behind is None or behind.kind != "thing" or line.clause_ends(harm.end, behind.start):
        return False
    if behind.field("sort") in {"age", "time"} or behind.clitics.lstrip("وف").rstrip("ال"):
        return False
    return line.words(harm.end, behind.start) <= 1


def _either(line: Line, harm: Mark, left: list[Group], right: list[Group]) -> Found:
    """A participle that may be passive or active: "five were killed", "a strike killed five", "four killed"."""
    if left and tight(line, left[-1].end, harm.start):
        return before(line, harm, left)
    near = takewhile(lambda mark: line.words(mark.start, harm.start) <= _PASSIVE_REACH, line.back(harm.start))
    passive = any(mark.role == "be" for mark in near)
    if not passive and (found := after(line, harm, right)).tops:
        return found
    return before(line, harm, left)


def _same_people(line: Line, harm: Mark, rows: list[_Row]) -> Found:
    """The people of the word of harm before, where that only described them: "five who had fled …, were killed"."""
    if not rows or rows[-1].harm.field("side") != "either" or rows[-1].harm.field("kind") == harm.field("kind"):
        return Found()
    start = rows[-1].harm.end
    verb = next((mark.start for mark in line.between(start, harm.start) if mark.role == "be"), harm.start)
    described = "stop" in line.roles(rows[-1].found.tops[-1].end, start) if rows[-1].found.tops else False
    return rows[-1].found if described and line.gap(start, verb).rstrip().endswith(",") else Found()


def _itself(line: Line, row: _Row, left: list[Group], right: list[Group]) -> None:
    """A word that is itself the people harmed: "five dead", شهيدان, "civilian casualties"."""
    harm = row.harm
    number = harm.field("number")
    row.who = who_of(harm.field("who"))
    if left and tight(line, left[-1].end, harm.start) and left[-1].form != "single":
        group = left[-1]
        row.start, row.who = group.start, group.who
        row.own = group.count
        if group.form in {"figure", "bare", "vague", "dual"}:
            row.found = Found()
            _qualify(line, row, right)
            return
    if row.own is None and number == "plural":
        row.own = _stated_figure(line, harm, right) if harm.definite or not line.arabic else None
    if (
        row.own is None
        and number in {"singular", "dual"}
        and not harm.definite
        and (line.arabic or _article(line, harm))
    ):
        count = 1 if number == "singular" else 2
        row.own = Toll(least=count, most=None if opened(line, harm.end) else count)
    _qualify(line, row, right)


def _article(line: Line, harm: Mark) -> bool:
    """Whether an article stands right before a word."""
    before = next(line.back(harm.start), None)
    return before is not None and before.role == "one" and tight(line, before.end, harm.start)


def _qualify(line: Line, row: _Row, right: list[Group]) -> None:
    """The sort of people named right after: قتلى مدنيون (civilian dead)."""
    if right and not right[0].joined and not right[0].part and right[0].form != "figure":
        gap = line.roles(row.harm.end, right[0].start)
        if tight(line, row.harm.end, right[0].start) or (
            gap <= {"stop"} and line.words(row.harm.end, right[0].start) <= 1 and right[0].form in {"plural", "quality"}
        ):
            row.who = right[0].who
            row.end = right[0].end


def _then(harm: Mark, rows: list[_Row]) -> None:
    """Somebody injured who "later died": the people of the row before are among the dead, not the injured."""
    if rows and rows[-1].harm.field("kind") == "injured":
        rows[-1].harm = replace(harm, start=rows[-1].harm.start)


def _stated_figure(line: Line, harm: Mark, right: list[Group]) -> Toll | None:
    """A figure that a count is said to have reached: "the death toll rose to 12"."""
    for group in right:
        if group.form not in {"bare", "figure", "vague"} or group.count is None:
            continue
        reach = line.words(harm.end, group.start)
        if reach > _FIGURE_REACH:
            return None
        leads = any(mark.plays("to") for mark in line.between(harm.end, group.start))
        if leads or not reach or _FOR.search(line.gap(harm.end, group.start)):
            return group.count
    return None


def _denial(line: Line, harm: Mark) -> Literal["", "denied", "unknown"]:
    """Whether harm is denied, or said to be unknown, by words shortly before or after it."""
    near = takewhile(lambda mark: line.words(mark.end, harm.start) <= _DENIAL_REACH, line.back(harm.start))
    none = next((mark for mark in near if mark.role == "none"), None)
    if none is None:
        return ""
    between = line.between(none.end, harm.start)
    if any(mark.kind == "harm" or mark.figure for mark in between) or line.clause_ends(none.end, harm.start):
        return ""
    if any(mark.plays("unknown") or mark.plays("others") for mark in between) or _unknown_behind(line, harm):
        return "unknown"
    return "denied"


def _unknown_behind(line: Line, harm: Mark) -> bool:
    """Whether "unknown" or, in Arabic, "other" follows (إصابات أخرى): no other casualties is not no casualties."""
    behind = next(line.ahead(harm.end), None)
    if behind is None or not tight(line, harm.end, behind.start):
        return False
    return behind.plays("unknown") or (line.arabic and behind.role == "others")


def _shared(line: Line, rows: list[_Row]) -> list[_Row]:
    """Words of harm with "and" between them and one group of people: both happened to them, in unknown shares.

    Where both name one kind of harm ("killed and martyred"), the harm is told once, with its people.
    """
    kept = rows[:1]
    said: set[str] = set()
    for other in rows[1:]:
        one = kept[-1]
        joined = _side_by_side(line, one, other)
        said = {*said, _kind(one.harm)} if joined else set()
        if one.denied and joined and not other.found.tops:
            other.denied = True
        if joined and one.harm.field("side") != "self" and bool(one.found.tops) != bool(other.found.tops):
            if _kind(other.harm) in said:
                kept[-1] = replace(one if one.found.tops else other, end=other.end)
                continue
            one.found = other.found = one.found if one.found.tops else other.found
            one.together = other.together = True
        kept.append(other)
    return kept


def _side_by_side(line: Line, one: _Row, other: _Row) -> bool:
    """Whether nothing but "and" and the like stands between two words of harm."""
    between = line.between(one.end, other.harm.start)
    near = line.words(one.end, other.harm.start) <= 1
    return near and all(mark.role in {"join", "either-or", "be"} for mark in between)


def _mentions(line: Line, row: _Row, kind: Harm, passage: int, first: int) -> list[TollMention]:
    """A row as toll mentions: the whole first, then its parts."""
    cumulative = _cumulative(line, row)

    def mention(group: Group | None, count: Toll | None, rule: str, part: int | None = None) -> TollMention:
        start, end, who = (group.start, group.end, group.who) if group else (row.start, row.end, row.who)
        return TollMention(
            span=Span(passage=passage, start=start, end=end), text=line.text[start:end], kind=kind, who=who,
            count=None if row.denied else count, why=Why(rule=rule, entries=_entries(row, group), lost=group.lost if group else ()), part_of=part,
            negated=row.denied, cumulative=cumulative, preliminary=line.preliminary,
        )  # fmt: skip

    tops = row.found.tops
    if not tops:
        found = [mention(None, _own(row), "tolls.word-of-harm")]
    elif len(tops) == 1 or row.denied:
        found = [mention(tops[0], _count(row, tops[0]), "tolls.people")]
    else:
        whole = replace(tops[0], end=tops[-1].end, who=_common(tops))
        found = [mention(whole, _total(row, tops), "tolls.side-by-side")]
        found += [mention(one, _count(row, one), "tolls.people", first) for one in tops]
    found += [mention(one, _count(row, one), "tolls.among-them", first) for one in row.found.parts]
    return found


def _entries(row: _Row, group: Group | None) -> tuple[str, ...]:
    """The pack entries that made a toll."""
    harm = (row.harm.entry.cite,) if row.harm.entry else ()
    return harm + (group.entries if group else ())


def _own(row: _Row) -> Toll | None:
    """The count of a word that is itself the people; of dead and injured in one figure no share is known."""
    return None if row.together and row.own and row.own.most is not None else row.own


def _count(row: _Row, group: Group) -> Toll | None:
    """A group's count; of people killed and injured together, how many were which is not said."""
    if row.together and group.form != "vague":
        return None
    return None if group.form in {"plural", "quality"} else group.count


def _total(row: _Row, tops: Sequence[Group]) -> Toll | None:
    """People side by side together, fighters left out where others are there; open where one group has no figure."""
    counted = [one for one in tops if one.who != "combatants"] or list(tops)
    known = [count for one in counted if (count := _count(row, one)) is not None]
    if not known:
        return None
    total = known[0]
    for count in known[1:]:
        total = total.plus(count)
    return total if len(known) == len(counted) else Toll(least=total.least, most=None)


def _common(tops: Sequence[Group]) -> Who:
    """The class of all groups, fighters aside, or unstated where they differ."""
    said = sorted({one.who for one in tops if one.who != "combatants"})
    if not said:
        return "combatants"
    return said[0] if len(said) == 1 else "unstated"


def _cumulative(line: Line, row: _Row) -> bool:
    """Whether words such as "since January" stand in the clause of a toll, open its sentence, or follow it closely."""
    start = row.found.tops[0].start if row.found.tops else row.start
    end = max(row.end, row.found.tops[-1].end if row.found.tops else 0)
    opening, before, behind = line.since(start, end)
    if opening:
        return True
    left = before is not None and (
        not line.clause_ends(before.end, start) or not line.harmed(before.start, end, row.harm)
    )
    return left or (
        behind is not None
        and (not line.clause_ends(end, behind.start) or not line.harmed(start, max(behind.end, end), row.harm))
    )
