"""A word of harm with its people, told as tolls: the whole first, then its parts.

The rule: people named side by side ("a woman and three children") make one toll with its parts, fighters among them;
claims count those apart; people said to be among others are parts and never added. Of people killed and injured
in one breath no share is known, so neither toll has a figure, be the words exact ("twelve") or vague ("dozens"). A
figure "since January" is cumulative and belongs to no one event. What this does not prove: that a figure is true.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from witnessmark.reading.toll_changes import earlier
from witnessmark.reading.toll_group import Group
from witnessmark.reading.toll_marks import Line, Mark, tight
from witnessmark.reading.toll_sides import Found
from witnessmark.terms.anchor import Span
from witnessmark.terms.toll import Harm, Toll, TollMention, Who
from witnessmark.terms.why import Why

Slot = tuple[Harm, ...]
AMONG = "tolls.among-them"
BODIES = "tolls.bodies"  # bodies found: some of the dead, of whatever day
_GOING_ON = "ing"  # the end of an English verb that tells what goes on
_SOME = 2  # people that "several" are at the least
_SCATTERED_REACH = 12  # words between a count and the several places that it is of
_EARLIER_REACH = 6  # words between "an earlier count of" and the count
_KINDS: dict[str, Slot] = {"both": ("killed", "injured")}


@dataclass(slots=True)
class Row:
    """What is written down for one word of harm before indexes are known."""

    harm: Mark
    found: Found = field(default_factory=Found)
    own: Toll | None = None
    who: Who = "unstated"
    start: int = 0
    end: int = 0
    denied: bool = False
    together: bool = False


def latest(line: Line, rows: list[Row]) -> list[Row]:
    """Rows without the counts that the sentence itself calls earlier: "12 dead, up from an earlier count of nine dead"."""
    stale = [_earlier(line, row) for row in rows]
    newer = {kind_of(row.harm) for row, old in zip(rows, stale, strict=True) if not old and (row.own or row.found.tops)}
    return [row for row, old in zip(rows, stale, strict=True) if not old or kind_of(row.harm) not in newer]


def widened(line: Line, rows: Sequence[Row], harm: Mark) -> bool:
    """Make those dead or hurt, just told, dead and hurt, where the next words say so: 35 إصابة بين شهيد وجريح (35 struck, dead or hurt).

    Nothing but whom they are may stand between (20 مدنيا بين قتيل وجريح). No row of its own is made of such words.
    """
    last = rows[-1] if rows and (rows[-1].own or rows[-1].found.tops) else None
    if last is None or kind_of(last.harm) not in {"killed", "injured"} or last.denied:
        return False
    end = max([last.end, last.harm.end, *(one.end for one in last.found.tops)])
    between = line.between(end, harm.start)
    known = sum(line.words(mark.start, mark.end) for mark in between if mark.kind == "people" or mark.plays("from"))
    if line.clause_ends(end, harm.start) or line.words(end, harm.start) > known:
        return False
    last.harm, last.together, last.own = harm, True, None
    return True


def _earlier(line: Line, row: Row) -> bool:
    start = min(row.start, row.found.tops[0].start if row.found.tops else row.start)
    if earlier(line, start, max(row.end, row.found.tops[-1].end if row.found.tops else 0)):
        return True
    for mark in line.back(start):
        if line.words(mark.end, start) > _EARLIER_REACH or mark.kind == "harm" or line.clause_ends(mark.end, start):
            return False
        if mark.role == "earlier":
            return True
    return False


def kinds_of(harm: Mark) -> Slot:
    """The kinds of harm a word names."""
    kind = kind_of(harm)
    return _KINDS.get(kind, (cast("Harm", kind),))


def kind_of(harm: Mark) -> str:
    """The kind a word of harm names; dead and injured in one word are both."""
    return "both" if harm.role == "whole" else harm.field("kind")


def mentions(line: Line, row: Row, kind: Harm, passage: int, first: int) -> list[TollMention]:
    """A row as toll mentions: the whole first, then its parts."""
    cumulative, shared = _cumulative(line, row), _scattered(line, row)

    def mention(group: Group | None, count: Toll | None, rule: str, part: int | None = None) -> TollMention:
        start, end, who = (group.start, group.end, group.who) if group else (row.start, row.end, row.who)
        return TollMention(
            span=Span(passage=passage, start=start, end=end), text=line.text[start:end], kind=kind, who=who,
            count=None if row.denied else count, why=Why(rule=rule, entries=_entries(row, group), lost=group.lost if group else ()), part_of=part,
            negated=row.denied, cumulative=cumulative, shared=shared, preliminary=line.preliminary,
            plural=count is None and not row.denied and _plural(line, row, group),
        )  # fmt: skip

    tops = row.found.tops
    if not tops:
        found = [mention(None, _own(row), BODIES if row.harm.field("side") == "body" else "tolls.word-of-harm")]
    elif len(tops) == 1 or row.denied:
        count = _count(row, tops[0])
        one = count == Toll(least=1, most=1) and _of_somebody(line, row, tops[0])
        found = [mention(tops[0], Toll(least=1, most=None) if one else count, "tolls.people")]
    else:
        whole = replace(tops[0], end=tops[-1].end, who=_common(tops))
        found = [mention(whole, _total(row, tops), "tolls.side-by-side")]
        found += [mention(one, _count(row, one), "tolls.people", first) for one in tops]
    found += [mention(one, _part(row, one), AMONG, first) for one in row.found.parts]
    return found


def _plural(line: Line, row: Row, group: Group | None) -> bool:
    """Whether words without a number tell of more than one: people in the plural, or a word that is itself the people.

    "Casualties" and "victims" do not say of which kind, "the wounded" and "the killing of the civilians" tell of those
    told of elsewhere, or of any, and "Martyrs School" is a name.
    """
    joint = row.together or kind_of(row.harm) == "both"
    if group is not None:
        told = group.form == "plural" or (row.together and _some(group))  # "a number of people were killed and injured"
        told_of = row.harm.start if tight(line, row.harm.end, group.start) else group.start  # "the injured people"
        known = _definite(line, group.start) or _definite(line, told_of) or _usual(line, row.harm)
        return told and (row.together or not joint) and not known
    of_many = row.harm.field("side") == "self" and row.harm.field("number") == "plural"
    many = row.harm.plays("many") if joint else of_many  # "deaths and injuries"
    return many and not _definite(line, row.harm.start) and not _in_a_name(line.text, row.harm)


def _definite(line: Line, start: int) -> bool:
    """Whether an article stands before the word at a position, or in it."""
    here = next(line.ahead(start), None)
    article = next(line.back(start), None)
    return (here is not None and here.start == start and here.definite) or (
        article is not None and article.role == "the" and tight(line, article.end, start)
    )


def _usual(line: Line, harm: Mark) -> bool:
    """Whether something is told that goes on, and no event: "the coalition are killing civilians"."""
    before = next(line.back(harm.start), None)
    going_on = line.text[harm.start : harm.end].casefold().endswith(_GOING_ON)
    return going_on and before is not None and before.role == "be" and tight(line, before.end, harm.start)


def _in_a_name(text: str, harm: Mark) -> bool:
    """Whether a word and the next both begin with capitals: "Martyrs School"."""
    return text[harm.start].isupper() and text[harm.end :].lstrip(" ")[:1].isupper()


def _entries(row: Row, group: Group | None) -> tuple[str, ...]:
    """The pack entries that made a toll."""
    harm = (row.harm.entry.cite,) if row.harm.entry else ()
    return harm + (group.entries if group else ())


def _own(row: Row) -> Toll | None:
    """The count of a word that is itself the people; of dead and injured in one figure no share is known."""
    return None if row.together else row.own


def _count(row: Row, group: Group) -> Toll | None:
    """A group's count; of people killed and injured together, how many were which is not said."""
    if row.together:
        each = _some(group) and row.harm.plays("many")  # "several deaths and injuries": two of each
        return group.count if each else None
    return None if group.form in {"plural", "quality"} else group.count


def _some(group: Group) -> bool:
    """Whether people are "several" or "a number of" and no more is said."""
    return group.count is not None and group.count.least == _SOME and group.count.most is None


def _of_somebody(line: Line, row: Row, group: Group) -> bool:
    """Whether one person is told of as somebody's, or as one found dead.

    Of "her brother", of "the body of a child", nobody says that there were no others.
    """
    before = next(line.back(group.start), None)
    theirs = before is not None and before.plays("whose") and tight(line, before.end, group.start)
    return theirs or (row.harm.field("side") == "after" and row.harm.field("number") == "singular")


def _part(row: Row, group: Group) -> Toll | None:
    """The count of people among others; of "the victims, including six children" it is kept, be the six dead or hurt."""
    victims = kind_of(row.harm) == "both" and row.harm.kind == "harm"
    return group.count if victims and group.form not in {"plural", "quality"} else _count(row, group)


def _total(row: Row, tops: Sequence[Group]) -> Toll | None:
    """People side by side together; open where one group has no figure."""
    known = [count for one in tops if (count := _count(row, one)) is not None]
    if not known:
        return None
    total = known[0]
    for count in known[1:]:
        total = total.plus(count)
    return total if len(known) == len(tops) else Toll(least=total.least, most=None)


def _common(tops: Sequence[Group]) -> Who:
    """The class of all groups, or unstated where they differ."""
    said = sorted({one.who for one in tops})
    return said[0] if len(said) == 1 else "unstated"


def _cumulative(line: Line, row: Row) -> bool:
    """Whether words such as "since January" stand in the clause of a toll, open its sentence, or follow it closely."""
    start = row.found.tops[0].start if row.found.tops else row.start
    end = max(row.end, row.found.tops[-1].end if row.found.tops else 0)
    opening, before, behind = line.since(start)
    if opening:
        return True
    left = before is not None and (
        not line.clause_ends(before.end, start) or not line.harmed(before.start, end, row.harm)
    )
    if behind is None:
        return left
    near = not line.clause_ends(end, behind.start)
    return left or near or not (_one(row) or line.harmed(start, max(behind.end, end), row.harm))


def _scattered(line: Line, row: Row) -> bool:
    """Whether the words right behind a toll, or those of the toll right behind it, sum up several places: "in different areas"."""
    end = max(row.end, row.found.tops[-1].end if row.found.tops else 0)
    for mark in line.ahead(end):
        if line.words(end, mark.start) > _SCATTERED_REACH or line.clause_ends(end, mark.start):
            return False
        if mark.role == "scattered":
            return not (_one(row) and line.harmed(row.start, mark.start, row.harm))
    return False


def _one(row: Row) -> bool:
    """Whether one person is told of: what a further clause sums up ("the second strike within a month") is no count of them."""
    count = row.found.tops[0].count if row.found.tops else row.own
    return count is not None and count.least == count.most == 1
