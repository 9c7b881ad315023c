"""Lists of the dead and injured by name: one person after another, each on lines of their own.

The rule: after words that announce such a list, every line that holds nothing but a word of harm is one person; a line
with an age below eighteen before it makes that person a child. A list is a floor, so its figure is exact for the names
listed and says nothing of others. What the lines say of each is kept for the reader of victims.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.reading.toll_marks import Mark
from witnessmark.terms.anchor import Span
from witnessmark.terms.toll import Harm, Toll, TollMention, Who
from witnessmark.terms.why import Why

_LINE = re.compile(r"[^\n]+")
_ADULT = 18  # Convention on the Rights of the Child, article 1
_LONGEST = 12  # lines between two persons of one list


@dataclass(slots=True)
class Person:
    """One entry: where its word of harm stands, and who."""

    start: int
    end: int
    kind: Harm
    who: Who


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of people harmed: from behind the words that announce it to its last word of harm."""

    span: Span
    people: tuple[Person, ...]

    def covers(self, span: Span) -> bool:
        """Whether a stretch lies in the list, so that what it names are people, and no places or times."""
        return self.span.covers(span)

    def tolls(self, text: str, first: int) -> list[TollMention]:
        """One for each kind of harm, with parts for children, women and men. ``first``: the index of the first."""
        found: list[TollMention] = []
        for kind in ("killed", "injured"):
            harmed = [one for one in self.people if one.kind == kind]
            if harmed:
                found += _tolls(text, self.span, harmed, first + len(found))
        return found


def name_list(text: str, passage: int, spans: Sequence[Span], found: Sequence[Mark]) -> NameList | None:
    """The list of people in a passage, or None where none is announced or nobody stands in it."""
    head = next((mark for mark in found if mark.role == "list"), None)
    if head is None or not spans:
        return None
    people = _people(text, head.end, spans[-1].end, found)
    if not people:
        return None
    start = head.end
    while not text[start].isalnum():
        start += 1
    return NameList(Span(passage=passage, start=start, end=people[-1].end), tuple(people))


def _people(text: str, start: int, end: int, found: Sequence[Mark]) -> list[Person]:
    """The persons of a list, in order."""
    harms = {(mark.start, mark.end): mark for mark in found if mark.kind == "harm" and mark.start >= start}
    starts = [mark.start for mark in found]
    people: list[Person] = []
    who: Who = "unstated"
    since = 0
    for line in _LINE.finditer(text, start, end):
        stripped = line.group().strip()
        low = line.start() + line.group().find(stripped) if stripped else line.start()
        harm = harms.get((low, low + len(stripped)))
        since += 1
        if since > _LONGEST:
            break
        if harm is not None and harm.field("kind") in {"killed", "injured"}:
            kind: Harm = "killed" if harm.field("kind") == "killed" else "injured"
            people.append(Person(low, low + len(stripped), kind, who))
            who, since = "unstated", 0
            continue
        here = found[bisect_left(starts, line.start()) : bisect_left(starts, line.end())]
        who = _class(who, [mark for mark in here if mark.end <= line.end()])
    return people


def _class(who: Who, marks: Sequence[Mark]) -> Who:
    """What one line says of a person's class: an age below eighteen or a word such as "child" before a sex."""
    for mark, following in zip(marks, [*marks[1:], *marks[:1]], strict=True):
        if mark.figure and following.field("sort") == "age" and mark.figure.least < _ADULT:
            return "children"
        said = mark.field("who") if mark.kind == "people" else ""
        if said == "children":
            return "children"
        if said in {"women", "men"} and who == "unstated":
            who = "women" if said == "women" else "men"
    return who


def _tolls(text: str, whole: Span, people: Sequence[Person], first: int) -> list[TollMention]:
    """The toll of one kind, anchored at the whole list, with its parts."""

    def mention(members: Sequence[Person], who: Who, part: int | None) -> TollMention:
        span = whole if part is None else replace(whole, start=members[0].start, end=members[-1].end)
        count = Toll(least=len(members), most=len(members))
        return TollMention(
            span=span, text=text[span.start : span.end], kind=members[0].kind, who=who, count=count,
            why=Why(rule="tolls.list-of-names"), part_of=part,
        )  # fmt: skip

    found = [mention(people, "unstated", None)]
    for who in ("children", "women", "men"):
        members = [one for one in people if one.who == who]
        if members:
            found.append(mention(members, who, first))
    return found
