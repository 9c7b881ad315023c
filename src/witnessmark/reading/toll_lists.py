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
from witnessmark.reading.toll_rows import entries, unnamed
from witnessmark.reading.victim_words import Vocabulary
from witnessmark.terms.anchor import Span
from witnessmark.terms.toll import Harm, Toll, TollMention, Who
from witnessmark.terms.why import Why

_LINE = re.compile(r"[^\n]+")
_ADULT = 18  # Convention on the Rights of the Child, article 1
_HEADS = 20  # announcements of one text that are looked behind
_LONGEST = 12  # lines between two persons of one list


@dataclass(slots=True)
class Person:
    """One entry: where its word of harm stands, or its name, which then ends at ``name_end``, and who."""

    start: int
    end: int
    kind: Harm
    who: Who
    name_end: int | None = None


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of people harmed: from behind the words that announce it to its last word of harm."""

    span: Span
    people: tuple[Person, ...]

    def covers(self, span: Span) -> bool:
        """Whether a stretch lies in the list, so that what it names are people, and no places or times."""
        return self.span.covers(span)

    def holds(self, at: int) -> bool:
        """Whether a position lies in the list."""
        return self.span.start <= at < self.span.end

    def tolls(self, text: str, first: int) -> list[TollMention]:
        """One for each kind of harm, with parts for children, women and men. ``first``: the index of the first."""
        found: list[TollMention] = []
        for kind in ("killed", "injured"):
            harmed = [one for one in self.people if one.kind == kind]
            if harmed:
                found += _tolls(text, self.span, harmed, first + len(found))
        return found


def name_list(
    text: str, passage: int, spans: Sequence[Span], found: Sequence[Mark], known: Vocabulary
) -> NameList | None:
    """The list of people in a passage, or None where none is announced or nobody stands in it."""
    heads = [mark for mark in found if mark.role == "list"][:_HEADS]
    end = spans[-1].end if spans else 0
    told = ((head, people) for head in heads if (people := _people(text, head.end, end, found)))
    bare = ((head, people) for head in heads if (people := _named(text, head, end, found, known)))
    head, people = next(told, None) or next(bare, (None, []))
    if head is None:
        return None
    start = head.end if people[0].name_end is None else people[0].start
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


def _named(text: str, head: Mark, end: int, found: Sequence[Mark], known: Vocabulary) -> list[Person]:
    """The persons of a list of names alone, where the words before it say what became of them."""
    kind: Harm | None = "killed" if head.plays("of-dead") else "injured" if head.plays("of-hurt") else None
    people = []
    starts = [mark.start for mark in found]
    for entry in entries(text, head.end, end, found, known) if kind else ():
        here = found[bisect_left(starts, entry[0]) : bisect_left(starts, entry[2])]
        who = _class("unstated", [mark for mark in here if mark.end <= entry[2]])
        name_end = entry[0] if unnamed(text, entry, known) else entry[1]
        people.append(Person(entry[0], entry[2], kind or "killed", who, name_end=name_end))
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
        floor = part is None and members[0].name_end is not None
        count = Toll(least=len(members), most=None if floor else len(members))
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
