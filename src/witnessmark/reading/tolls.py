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
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from operator import attrgetter

from witnessmark.reading.sheet import Sheet
from witnessmark.reading.toll_deaths import who_died
from witnessmark.reading.toll_denials import denial
from witnessmark.reading.toll_elsewhere import elsewhere
from witnessmark.reading.toll_group import Group
from witnessmark.reading.toll_groups import groups
from witnessmark.reading.toll_itself import itself, rank, stated
from witnessmark.reading.toll_lists import NameList, name_list
from witnessmark.reading.toll_marks import Line, Mark, marks, tight
from witnessmark.reading.toll_mentions import Row, kind_of, kinds_of, latest, mentions, widened
from witnessmark.reading.toll_sides import Found, after, along, before, objects, reached, relative, trailing
from witnessmark.reading.toll_things import hits_a_thing, kills_a_thing
from witnessmark.reading.victim_words import vocabulary
from witnessmark.terms.anchor import Span
from witnessmark.terms.moment import Moment
from witnessmark.terms.ports import Larder
from witnessmark.terms.toll import Toll, TollMention

_ARABIC_LETTERS = re.compile(r"[\u0621-\u064a]+")
_BEGUN = re.compile(r"\s*(?:[,;)–—-]|[a-z])")
_FULL_STOPS = ".!?؟:"
_PASSIVE_REACH = 3  # words between the auxiliary of a passive and its participle


@dataclass(frozen=True, slots=True)
class Told:
    """One passage: its text, the list of people harmed in it if there is one, and its sentences with their marks."""

    text: str
    names: NameList | None
    lines: list[tuple[Span, Line]]


def tolls(sheet: Sheet, larder: Larder, moments: Sequence[Moment] = ()) -> tuple[TollMention, ...]:
    """Every toll of an item, in order of passage and position; ``part_of`` points into the result.

    ``moments``: the times found in it; a number inside one ("19 June 2024") counts nobody.
    """
    return counted(laid_out(sheet, larder, moments))


def laid_out(sheet: Sheet, larder: Larder, moments: Sequence[Moment] = ()) -> list[Told]:
    """Each passage with its sentences and what stands in them that may make a toll."""
    out = []
    times: dict[int, list[Span]] = {}
    for moment in moments:
        if moment.basis == "duration":  # an age, which lists of the dead need
            continue
        times.setdefault(moment.span.passage, []).append(moment.span)
    for passage, spans in groupby(sorted(sheet.sentences), key=attrgetter("passage")):
        here, folded = list(spans), sheet.folded[passage]
        all_marks = marks(folded, larder, times.get(passage, ()))
        names = name_list(folded.given, passage, here, all_marks, vocabulary(larder))
        out.append(Told(folded.given, names, list(_lines(folded.given, here, all_marks))))
    return out


def counted(passages: Sequence[Told]) -> tuple[TollMention, ...]:
    """The tolls of passages so laid out."""
    found: list[TollMention] = []
    for told in passages:
        for span, line in told.lines:
            if told.names and told.names.covers(span):
                continue
            if any(mark.kind == "harm" or mark.role == "whole" for mark in line.marks):
                found += _sentence(line, span.passage, len(found))
        found += told.names.tolls(told.text, len(found)) if told.names else ()
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
        letters = sum(map(len, _ARABIC_LETTERS.findall(words)))
        arabic = letters > 0 and letters * 2 > sum(map(str.isalpha, words))
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
        for kind in kinds_of(row.harm):
            found += mentions(line, row, kind, passage, first + len(found))
    return found


def _rows(line: Line) -> list[Row]:
    """Every word of harm with its people."""
    everyone = groups(line)
    starts = [one.start for one in everyone]
    harms = [mark for mark in line.marks if mark.kind == "harm" or mark.role == "whole"]
    taken: set[int] = set()
    rows: list[Row] = []
    for index, harm in enumerate(harms):
        low = harms[index - 1].end if index else line.start
        high = harms[index + 1].start if index + 1 < len(harms) else line.end
        near = everyone[bisect_left(starts, low) : bisect_left(starts, high)]
        if index + 1 < len(harms) and _named_next(line, harm, harms[index + 1], near):
            continue
        if rows and rows[-1].end >= harm.end and rows[-1].harm is not harm and rows[-1].own:
            continue  # the people of the word before: وفاة ثلاثة جرحى (three wounded died)
        if index + 1 < len(harms) and (died := who_died(line, harm, harms[index + 1], near)):
            rows.append(died)
            continue
        left = [one for one in near if one.end <= harm.start and one.start not in taken]
        if index and (start := _subject(line, harm, left)) < len(left):
            left = [replace(left[start], part=False), *left[start + 1 :]]
        right = [one for one in near if harm.end <= one.start and one.end <= high and one.start not in taken]
        if index + 1 < len(harms):
            right = right[: _subject(line, harms[index + 1], right)]
        row = _row(line, harm, left, right, rows)
        if row is None:
            continue
        held = (*row.found.tops, *row.found.parts)
        taken.update(one.start for one in near if any(it.start <= one.start < it.end for it in held))
        rows.append(row)
        rows += elsewhere(line, row, right)
    return _shared(line, latest(line, rows))


def _named_next(line: Line, harm: Mark, following: Mark, near: Sequence[Group]) -> bool:
    """Whether the next word of harm names those of this one, with the figure between: ارتقاء 6 شهداء (six martyrs fell)."""
    own = following.field("side") == "self" and kind_of(following) == kind_of(harm) and harm.field("side") == "after"
    figure = next((one for one in near if harm.end <= one.start), None)
    return own and figure is not None and figure.form == "bare" and tight(line, figure.end, following.start)


def _subject(line: Line, harm: Mark, groups: Sequence[Group]) -> int:
    """Where the subject of a passive verb begins among groups: "…, including two children, and four people were hurt".

    The number of groups where none begins a clause of its own. ``groups``: those between the word of harm before and it.
    """
    near = takewhile(lambda mark: line.words(mark.start, harm.start) <= _PASSIVE_REACH, line.back(harm.start))
    if not any(mark.plays("passive") for mark in near):
        return len(groups)
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        join = next(line.back(group.start), None)
        if group.form in {"figure", "bare", "vague"} and group.who in {"unstated", "civilians"} and join is not None:
            comma = line.gap(join.start - 2, join.start).strip() == ","
            if join.role == "join" and comma and not line.words(join.end, group.start):
                return index
    return len(groups)


def _row(line: Line, harm: Mark, left: list[Group], right: list[Group], rows: list[Row]) -> Row | None:
    """One word of harm with its people, or None where it says nothing of harm."""
    said, start = denial(line, harm)
    side = harm.field("side") or "either"
    if said == "unknown" or (not said and kills_a_thing(line, harm)):
        return None
    row = Row(harm=harm, start=start, end=harm.end, denied=said == "denied", together=kind_of(harm) == "both")
    if harm.plays("whole") and widened(line, rows, harm):
        return None
    if side in {"then", "life"}:
        return _then(harm, rows, left)
    if side == "toll":
        return _toll(line, row, right)
    if not _peopled(line, row, left, right, rows):
        return None
    rank(line, row)
    _trail(line, row, right)
    empty = harm.plays("whole") and not (row.found.tops or row.own or harm.plays("many"))
    return None if empty else row  # "the toll of the shelling rose to": the figure is its own


def _toll(line: Line, row: Row, right: list[Group]) -> Row | None:
    """A count with its figure: "the death toll rose to 12, among them three children"."""
    figure = stated(line, row.harm, right)
    rank(line, row)
    if figure is None:
        return None
    row.own, row.end = figure.count, figure.end
    _trail(line, row, [one for one in right if one.start >= figure.end])
    return None if _of_the_next(line, figure) else row


def _peopled(line: Line, row: Row, left: list[Group], right: list[Group], rows: list[Row]) -> bool:
    """Find the people of a word of harm; False where it says nothing of harm."""
    harm, side = row.harm, row.harm.field("side") or "either"
    if side in {"people", "whom"}:
        row.found = _counted_only(before(line, harm, left) if side == "people" else after(line, harm, right))
        return bool(row.found) or row.denied
    if side in {"self", "body"}:
        itself(line, row, left, right)
    elif side == "either" and line.arabic:
        row.found = _plural_verb(line, harm, left, right)
    elif side == "after":
        row.found = _forward(line, harm, left, right)
        return bool(row.found.tops) or not hits_a_thing(line, harm)
    elif side in {"before", "object"}:
        row.found = before(line, harm, left if side == "before" else objects(line, left))
    else:
        row.found = _either(line, harm, left, right) or _same_people(line, harm, left, rows)
        return kind_of(harm) in {"killed", "injured", "both"} or not _adjective(line, row)
    return True


def _of_the_next(line: Line, stated: Group) -> bool:
    """Whether the figure of a count stands before a word that is itself those counted: ارتفعت الحصيلة إلى 12 شهيدا."""
    behind = next(line.ahead(stated.end), None)
    return behind is not None and behind.field("side") == "self" and tight(line, stated.end, behind.start)


def _trail(line: Line, row: Row, right: list[Group]) -> None:
    """People only said to be among those of a word of harm, after it."""
    if row.found.parts or not (row.found.tops or row.own or row.harm.field("side") == "self"):
        return
    taken = {one.start for one in row.found.tops}
    row.found = replace(row.found, parts=trailing(line, row.harm, [one for one in right if one.start not in taken]))


def _forward(line: Line, harm: Mark, left: list[Group], right: list[Group]) -> Found:
    """A word that looks forward; in Arabic, of people that stand right before it where none follow, or of its own number."""
    if line.arabic and left and left[-1].form == "bare" and tight(line, left[-1].end, harm.start):
        return before(line, harm, left)  # 31 إصابة (31 injuries)
    found = after(line, harm, right)
    if not found.tops and line.arabic and left and tight(line, left[-1].end, harm.start):
        return before(line, harm, left)
    if not found.tops and line.arabic and left and relative(line, left[-1], harm):
        return Found((replace(left[-1], count=Toll(least=1, most=None)),))  # one of the dead, be there others or not
    return found


def _plural_verb(line: Line, harm: Mark, left: list[Group], right: list[Group]) -> Found:
    """An Arabic verb that agrees with many people: those right behind it, else those before it.

    In the press its people stand before it (قتلوا مدنيون is not written); where it stands first, it is dialect (استشهدوا
    أربعة), or an active verb with those it harmed (قتلوا خمسة).
    """
    near = (
        bool(right)
        and line.words(harm.end, right[0].start) <= 1
        and not (left and tight(line, left[-1].end, harm.start))
    )
    return (near and after(line, harm, right)) or before(line, harm, left)


def _either(line: Line, harm: Mark, left: list[Group], right: list[Group]) -> Found:
    """A participle that may be passive or active: "five were killed", "a strike killed five", "four killed"."""
    if left and tight(line, left[-1].end, harm.start):
        counted = left[-1].count is None and right and right[0].count and tight(line, harm.end, right[0].start)
        return after(line, harm, right) if counted else before(line, harm, left)  # "forces detained 23 men"
    near = takewhile(lambda mark: line.words(mark.start, harm.start) <= _PASSIVE_REACH, line.back(harm.start))
    if any(mark.plays("passive") for mark in near):
        return along(line, harm, before(line, harm, left), right)
    ahead = after(line, harm, right)
    if ahead.tops and reached(line, harm, ahead.tops[0], alone=not left):
        return ahead
    return before(line, harm, left)  # "ten reportedly killed, five hurt"


def _adjective(line: Line, row: Row) -> bool:
    """Whether a participle only tells which: "the besieged quarter", "a bus carrying displaced families"."""
    tops = row.found.tops
    return not row.denied and (not tops or (tops[0].count is None and tight(line, row.harm.end, tops[0].start)))


def _same_people(line: Line, harm: Mark, left: list[Group], rows: list[Row]) -> Found:
    """The people of the word of harm before, where that only described them: "five who had fled …, were killed"."""
    if left or not rows or rows[-1].harm.field("side") != "either" or rows[-1].harm.field("kind") == harm.field("kind"):
        return Found()
    start = rows[-1].harm.end
    verb = next((mark.start for mark in line.between(start, harm.start) if mark.role == "be"), harm.start)
    described = "stop" in line.roles(rows[-1].found.tops[-1].end, start) if rows[-1].found.tops else False
    return rows[-1].found if described and line.gap(start, verb).rstrip().endswith(",") else Found()


def _counted_only(found: Found) -> Found:
    """People of a word that tells of harm only where somebody is counted: "85,000 people have fled"."""
    return found if any(one.count is not None for one in found.tops) else Found()


def _then(harm: Mark, rows: list[Row], left: list[Group]) -> Row | None:
    """Somebody injured who "later died", or lost who lost "their lives": the people of the row before are among the dead.

    Those who are counted apart ("20 were wounded, of whom three later died") are, and the others stay what they were. Of
    "his death", with nobody harmed told before, he is the one dead: ما أدى إلى مقتله. "His life" is of him who lost it.
    """
    own = {"singular": 1, "dual": 2}.get(harm.field("number"))
    if not rows and own:
        form = "single" if own == 1 else "dual"
        who = left[-1].who if left and left[-1].form == form else "unstated"
        return Row(harm=harm, own=Toll(least=own, most=own), who=who, start=harm.start, end=harm.end)
    lost = {"missing"} if harm.field("side") == "life" else {"injured", "missing", "detained"}
    if not rows or rows[-1].harm.field("kind") not in lost:
        return None
    apart = left[-1] if left and left[-1].count is not None else None
    before = rows[-1].found
    if apart is None and before.parts and before.parts[-1].count is not None and before.parts[-1].end <= harm.start:
        apart = before.parts[-1]
        rows[-1].found = replace(before, parts=before.parts[:-1])
    if apart is not None:
        return Row(harm=harm, found=Found(tops=(replace(apart, part=False),)), start=apart.start, end=harm.end)
    rows[-1].harm = harm._replace(start=rows[-1].harm.start)
    return None


def _shared(line: Line, rows: list[Row]) -> list[Row]:
    """Words of harm with "and" between them and one group of people: both happened to them, in unknown shares.

    Where both name one kind of harm ("killed and martyred"), the harm is told once, with its people.
    """
    kept = rows[:1]
    said: set[str] = set()
    for other in rows[1:]:
        one = kept[-1]
        joined = _side_by_side(line, one, other)
        said = {*said, kind_of(one.harm)} if joined else set()
        if one.denied and joined and not other.found.tops:
            other.denied = True
        if joined and one.own and _one_number(line, one, other):
            one.own = None  # عشرات القتلى والجرحى: dozens of dead and wounded, in unknown shares
        if joined and one.harm.field("side") == other.harm.field("side") == "self" and one.who == "unstated":
            one.who = other.who  # قتلى وجرحى في صفوف المدنيين: both in their ranks
        if joined and one.harm.field("side") != "self" and bool(one.found.tops) != bool(other.found.tops):
            if kind_of(other.harm) in said:
                kept[-1] = replace(one if one.found.tops else other, end=other.end)
                continue
            one.found = other.found = one.found if one.found.tops else other.found
            one.together = other.together = True
        kept.append(other)
    return kept


def _one_number(line: Line, one: Row, other: Row) -> bool:
    """Whether one figure counts two words of harm: with their articles, in Arabic; elsewhere "200 dead and missing"."""
    both = one.harm.field("side") == other.harm.field("side") == "self"
    articles = not line.arabic or (one.harm.definite and other.harm.definite)
    return both and articles and other.own is None and kind_of(one.harm) != kind_of(other.harm)


def _side_by_side(line: Line, one: Row, other: Row) -> bool:
    """Whether nothing but "and" and the like stands between two words of harm."""
    between = line.between(one.end, other.harm.start)
    near = line.words(one.end, other.harm.start) <= 1
    return near and all(mark.role in {"join", "either-or", "be"} for mark in between)
