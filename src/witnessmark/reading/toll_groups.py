"""Groups of people in a sentence: a figure with its people, one person, a pair, people without a figure.

The rule: a figure counts people only where a word for people belongs to it ("four young men", ثلاثة من عناصر), or
where it stands bare beside a word of harm. A word for people in the singular is one person where it has an article, a
possessive or the like; an Arabic dual is two; a plural has no figure; the Arabic oblique ending ين, written alike for
two and for many, is two or more. Ages, and numbers before things, count nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from witnessmark.reading.toll_changes import standing
from witnessmark.reading.toll_company import harmed
from witnessmark.reading.toll_families import sized
from witnessmark.reading.toll_group import Form, Group
from witnessmark.reading.toll_marks import Line, Mark, joined, tight
from witnessmark.reading.toll_numbers import Figure
from witnessmark.terms.toll import Toll, Who

_STOPS = re.compile(r"[.,;:!?؟،؛()\[\]«»\n/|]")
_SPECIFIC: tuple[Who, ...] = ("combatants", "children", "women", "men", "civilians", "unstated")
_TITLED = re.compile(r"\s+[A-Z][\w'’\-]+\s+(?:[Aa]l-|[Ee]l-|[Aa]bu |[Bb]in )?[A-Z][a-z]")  # "journalist Omar Halabi"
_INITIALS = re.compile(r"[\s\-]*(?:[A-Z]{2,}|ال|لل)?\s*")  # "women SDF fighters", or an Arabic article
_NEAR, _FAR = 1, 4  # words that may stand between a figure and its people: Arabic, others
_ARTICLE_REACH = 5
_OWNER_REACH = 4  # words between people and "of" whose they are
_YEARS = range(1900, 2101)
_UNGROUPED = re.compile(r"\d{7,}")  # a number of a telephone or of a post
_PART_REACH = 12  # words over which "including" holds without people
_HEADLINE = 2  # words before a person in a headline


def groups(line: Line) -> list[Group]:
    """The groups of one sentence, in order."""
    found: list[Group] = []
    part, since, index = False, line.start, 0
    while index < len(line.marks):
        mark = line.marks[index]
        if mark.kind == "harm" or mark.role == "part-ends" or line.words(since, mark.start) > _PART_REACH:
            part = False
        if mark.role in {"part", "all"}:
            part, since = True, mark.end
        if part and mark.plays("stop") and not line.arabic and line.clause_ends(since, mark.start):
            part = False  # "including two medics, as a strike hit their car"
        made: tuple[Group, int] | None = None
        if mark.kind == "figure":
            made = _figured(line, index)
        elif mark.kind == "people":
            made = _unfigured(line, index, found)
        elif mark.plays("single"):
            made = _another(line, index)
        elif mark.role == "one" and line.arabic:
            made = _some_one(line, index)
        if made is None:
            index += 1
        else:
            # "Others" are further people, so they end what "including" began.
            part = part and not _others(line, made[0])
            among = part or made[0].part or _of_them(line, made[0])
            found.append(replace(made[0], part=True) if among else made[0])
            index, since = made[1], made[0].end
    return sized(line, harmed(line, found))


def _another(line: Line, index: int) -> tuple[Group, int] | None:
    """One more person, where "another" stands alone: "and another was hurt"."""
    mark, behind = line.marks[index], line.marks[index + 1] if index + 1 < len(line.marks) else None
    alone = behind is None or behind.kind in {"word", "harm"}
    near = behind is not None and not line.words(mark.end, behind.start)
    ends = not line.words(mark.end, line.end) or line.clause_ends(mark.end, mark.end + 2)
    if not alone or not (near or ends):
        return None
    return Group(mark.start, mark.end, Toll(least=1, most=1), "unstated", "single"), index + 1


def _some_one(line: Line, index: int) -> tuple[Group, int] | None:
    """One of people for whom no word is listed, right behind a word for killing: استشهاد إحدى إدارياته (one of its officials)."""
    mark, before = line.marks[index], line.marks[index - 1] if index else None
    if before is None or before.field("kind") != "killed" or before.field("side") != "after":
        return None
    if line.words(before.end, mark.start) or line.clause_ends(before.end, mark.start):
        return None
    behind = line.marks[index + 1] if index + 1 < len(line.marks) else None
    if behind is not None and not line.words(mark.end, behind.start):
        return None  # people or things that a table knows
    return Group(mark.start, mark.end, Toll(least=1, most=1), "unstated", "single"), index + 1


def _others(line: Line, group: Group) -> bool:
    """Whether a group is of further people: "five others"."""
    inside = line.between(group.start, group.end)
    return any(mark.role == "others" or mark.field("number") == "others" for mark in inside)


def _of_them(line: Line, group: Group) -> bool:
    """Whether the words "of them" stand inside: "three of them children"."""
    return not line.roles(group.start, group.end).isdisjoint({"part", "owned"})


def _figured(line: Line, index: int) -> tuple[Group, int] | None:
    """A figure with the people it counts, or bare."""
    mark = line.marks[index]
    figure = mark.figure
    if figure is None:
        return None
    count = standing(line, mark)
    lost = (f"{line.gap(mark.start, mark.end)}: more than there are people",) if figure.beyond else ()
    bare = Group(
        mark.start, mark.end, count, "unstated", "bare", joined=joined(line, mark), entries=figure.entries, lost=lost
    )
    run = _people_after(line, index)
    if run is None:
        following = line.marks[index + 1] if index + 1 < len(line.marks) else None
        if following and following.kind == "thing" and line.words(mark.end, following.start) <= _NEAR:
            return None
        if _told_off(line, index):  # "four of them critically", "including five in a grave state"
            return replace(bare, form="figure", part=True), index + 1
        return (bare, index + 1) if _stands_alone(line, index, figure) else None
    people, after = run
    who = _most_specific(people)
    while (more := _same_figure(line, people[-1], after)) is not None:
        people += more[0]
        after = more[1]
        who = who if _most_specific(more[0]) == who else "unstated"
    entries = (*figure.entries, *(one.entry.cite for one in people if one.entry))
    if people[0].field("number") == "household" and not line.between(mark.end, people[0].start):
        return replace(bare, end=people[-1].end, count=_families(figure), who=who, form="vague", entries=entries), after
    form: Form = "vague" if figure.vague else "figure"
    return replace(bare, end=people[-1].end, who=who, form=form, entries=entries), after


def _told_off(line: Line, index: int) -> bool:
    """Whether a figure without people tells off some of those before: "of them" or their state behind, "including" before."""
    mark, before = line.marks[index], line.marks[index - 1] if index else None
    if mark.figure is None or mark.figure.definite or _year(mark.figure.least, mark.figure.most):
        return False
    behind = line.marks[index + 1 : index + 3]
    if behind and behind[0].plays("theirs") and not line.gap(mark.end, behind[0].start).strip():
        return not (
            len(behind) > 1 and line.words(behind[0].end, behind[1].start) <= 1 and behind[1].kind in ("people", "harm")
        )
    if before is None or before.role != "part" or line.words(before.end, mark.start):
        return False
    return bool(behind) and behind[0].role == "stop" and not line.words(mark.end, behind[0].start)


def _families(figure: Figure) -> Toll | None:
    """People in a number of families: each has one at least. Of one family nothing is said."""
    return Toll(least=figure.least, most=None) if figure.least > 1 else None


def _stands_alone(line: Line, index: int, figure: Figure) -> bool:
    """Whether a figure without people may still count some: no year, no age, no number that names a thing."""
    if (
        (figure.definite and figure.least == figure.most)
        or not (figure.least or figure.beyond)
        or _year(figure.least, figure.most)
    ):
        return False
    before, mark = line.marks[index - 1] if index else None, line.marks[index]
    named = before is not None and (before.field("sort") == "numbered" or before.field("number") == "household")
    names = named and before is not None and tight(line, before.end, mark.start)  # "Route 60", عائلة واحدة
    kin = line.marks[index - 2] if before is not None and before.plays("of") and index > 1 else None
    if kin is not None and kin.kind == "people" and not line.words(kin.end, mark.start) - 1:  # "a mother of four"
        return False
    return not (names or _UNGROUPED.fullmatch(line.gap(mark.start, mark.end)) or _aged(line, mark))


def _aged(line: Line, mark: Mark) -> bool:
    """Whether a figure stands between two commas, as an age does: "a man, 25, was killed"."""
    return (
        line.gap(mark.start - 2, mark.start) in {", ", "، "}
        and line.text[mark.end : mark.end + 1] in {",", "،"}
        and mark.figure is not None
        and not mark.figure.entries
    )


def _year(least: int, most: int | None) -> bool:
    """Whether a bare number is more likely a year than people."""
    return least == most and least in _YEARS


def _people_after(line: Line, index: int) -> tuple[list[Mark], int] | None:
    """The words for people that belong to a figure, and the mark after them."""
    at, reach = line.marks[index].end, _NEAR if line.arabic else _FAR
    following = index + 1
    while following < len(line.marks):
        mark = line.marks[following]
        if _STOPS.search(line.gap(at, mark.start)) or line.words(at, mark.start) > reach:
            return None
        if mark.kind == "people":
            return _run(line, following)
        if _age(line, following):
            following += 2
        elif (
            _compound(line, following)
            or mark.role in {"one", "the", "others", "least", "owned", "named"}
            or (mark.role == "part" and mark.plays("theirs"))
            or (line.arabic and mark.role == "stop")
            or mark.plays("of")
        ):
            following += 1
        else:
            return None
        at = line.marks[following - 1].end
    return None


def _same_figure(line: Line, head: Mark, index: int) -> tuple[list[Mark], int] | None:
    """Further people under the same figure: "19 women and children"."""
    if head.field("number") != "plural" or index >= len(line.marks):
        return None
    following = index + 1 if line.marks[index].role == "join" else index
    if following >= len(line.marks):
        return None
    mark = line.marks[following]
    joined = mark.joined if line.arabic else following > index
    close = not line.words(line.marks[following - 1].end, mark.start) and not _STOPS.search(
        line.gap(head.end, mark.start)
    )
    if mark.kind != "people" or mark.field("number") != "plural" or not (joined and close):
        return None
    return _run(line, following)


def _age(line: Line, index: int) -> bool:
    """Whether a figure at this place is an age ("12-year-old")."""
    pair = line.marks[index : index + 2]
    return len(pair) > 1 and pair[0].kind == "figure" and pair[1].field("sort") == "age"


def _compound(line: Line, index: int) -> bool:
    """Whether a thing in the singular only tells what sort of people follow: "four hospital workers"."""
    mark, following = line.marks[index], line.marks[index + 1] if index + 1 < len(line.marks) else None
    if (
        line.arabic
        or mark.kind != "thing"
        or mark.field("sort") not in {"", "family"}
        or line.gap(mark.end - 1, mark.end) == "s"
    ):
        return False
    return following is not None and following.kind == "people" and line.words(mark.end, following.start) <= 1


def _run(line: Line, index: int) -> tuple[list[Mark], int]:
    """Words for people side by side ("Palestinian women", "men and women"), and the mark after them."""
    people = [line.marks[index]]
    index += 1
    while index < len(line.marks) and line.marks[index].kind == "people":
        mark = line.marks[index]
        gap = line.gap(people[-1].end, mark.start)
        if _STOPS.search(gap) or (gap.strip() and not _INITIALS.fullmatch(gap)) or mark.joined:
            break
        people.append(mark)
        index += 1
    return people, index


def _most_specific(people: Sequence[Mark]) -> Who:
    """The narrowest class among words for the same people."""
    said = {one.field("who") for one in people}
    return next((who for who in _SPECIFIC if who in said), "unstated")


def _unfigured(line: Line, index: int, before: Sequence[Group]) -> tuple[Group, int] | None:
    """People without a figure before them."""
    people, after = _run(line, index)
    first, head = people[0], people[-1]
    if (head.field("number") == "household" and _of_one_family(line, first)) or _owner(line, index, before):
        return None
    if line.text[head.end : head.end + 2] in {"'s", "’s", "' ", "’ "} or (
        head.definite and head.field("definite") == "no" and not _defined(line, after)
    ):
        return None
    number = _number(head, people)
    count, form = _counted(line, first, number, head.end, before)
    end = head.end
    if (
        number != "household"
        and form in {"plural", "dual", "vague"}
        and (later := _figure_behind(line, head, after)) is not None
    ):
        figure = line.marks[later].figure
        if figure is not None:
            count, form, end, after = Toll(least=figure.least, most=figure.most), "figure", figure.end, later + 1
    entries = tuple(one.entry.cite for one in people if one.entry)
    group = Group(first.start, end, count, _most_specific(people), form, joined=joined(line, first), entries=entries)
    return group, after


def _defined(line: Line, after: int) -> bool:
    """Whether "who" follows, so that the article makes a person of a word that else names a thing: المدني الذي."""
    return after < len(line.marks) and line.marks[after].role == "relative"


def _of_one_family(line: Line, mark: Mark) -> bool:
    """Whether a word for a family only tells where people belong: معظمهم من عائلة واحدة (most of them of one family)."""
    before = next(line.back(mark.start), None)
    return before is not None and before.role in {"stop", "part", "all"} and not line.words(before.end, mark.start)


def _owner(line: Line, index: int, before: Sequence[Group]) -> bool:
    """Whether one person only tells whose people the group before is: "seven members of the family of the journalist"."""
    if line.arabic or not before or line.marks[index].field("number") != "singular":
        return False
    back = index - 1
    while back > 0 and line.marks[back].role in {"the", "one"}:
        back -= 1
    mark = line.marks[back]
    of = back >= 0 and mark.plays("of") and not line.words(mark.end, line.marks[back + 1].start)
    return (
        of
        and line.words(before[-1].end, mark.start) <= _OWNER_REACH
        and not line.clause_ends(before[-1].end, mark.start)
    )


def _number(head: Mark, people: Sequence[Mark]) -> str:
    """Grammatical number of a run of words for people: Arabic agrees, elsewhere the last word tells."""
    numbers = [one.field("number") for one in people]
    if head.definite and numbers[-1] == "two-or-more":
        return "plural"
    return "dual" if "dual" in numbers else numbers[0] if numbers[0] in {"two-or-more", "others"} else numbers[-1]


def _counted(line: Line, mark: Mark, number: str, behind: int, before: Sequence[Group]) -> tuple[Toll | None, Form]:
    """What a grammatical number says about how many. ``behind``: where the words for people end."""
    if number == "dual":
        return Toll(least=2, most=None if opened(line, behind) else 2), "dual"
    if number in {"two-or-more", "others"}:
        return Toll(least=2, most=None), "vague"
    if number == "one" or (number == "singular" and (line.arabic or _single(line, mark, before))):
        return Toll(least=1, most=None if opened(line, behind) else 1), "single"
    if line.arabic and number == "plural" and _one_of(line, mark):
        return Toll(least=1, most=1), "single"
    return None, "plural" if number in {"plural", "household"} else "quality"


def opened(line: Line, end: int) -> bool:
    """Whether "at least" stands right behind: مدني على الأقل (a civilian at least)."""
    behind = next(line.ahead(end), None)
    return behind is not None and behind.role == "least" and not line.words(end, behind.start)


def _one_of(line: Line, mark: Mark) -> bool:
    """Whether "one of" stands right before a plural: أحد عناصرها (one of its men)."""
    before = next(line.back(mark.start), None)
    return before is not None and before.role == "one" and not line.words(before.end, mark.start)


def _single(line: Line, mark: Mark, before: Sequence[Group]) -> bool:
    """Whether a singular outside Arabic is one person: an article or possessive before it, or a counted person joined to it."""
    early = line.words(line.start, mark.start) <= _HEADLINE
    if _TITLED.match(line.text, mark.end) or (early and _headline(line, mark)):
        return True
    for other in line.back(mark.start):
        between = line.gap(other.end, mark.start)
        if line.words(other.end, mark.start) > _ARTICLE_REACH or _STOPS.search(between):
            break
        near = not line.words(other.end, mark.start)
        active = other.field("side") == "after" and not between.strip()  # the headline "killing child"
        joined = other.role == "join" and before and before[-1].count and near
        if other.role in {"one", "the", "others"} or active or joined:
            return True
        if other.kind in {"harm", "people"} or other.role in {"stop", "join"}:
            break
    return False


def _headline(line: Line, mark: Mark) -> bool:
    """Whether a word of harm follows right away, as in the headline "Woman killed"."""
    behind = next((one for one in line.ahead(mark.end) if one.kind != "people"), None)
    return behind is not None and behind.field("side") == "either" and line.words(mark.end, behind.start) <= 1


def _figure_behind(line: Line, head: Mark, after: int) -> int | None:
    """A figure written after its people (أطفالهما الثلاثة, their three children), which counts nothing else."""
    if after >= len(line.marks) or not line.arabic:
        return None
    mark = line.marks[after]
    if mark.figure is None or joined(line, mark) or line.words(head.end, mark.start):
        return None
    if _STOPS.search(line.gap(head.end, mark.start)):
        return None
    if not mark.figure.entries or (head.definite and not mark.figure.definite):
        return None  # digits stand before what they count; a figure agrees with its people
    following = line.marks[after + 1] if after + 1 < len(line.marks) else None
    if following and following.kind in {"people", "thing"} and not line.gap(mark.end, following.start).strip():
        return None
    return after


def who_of(text: str) -> Who:
    """A class of people as a pack names it."""
    return next((who for who in _SPECIFIC if who == text), "unstated")
