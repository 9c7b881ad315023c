"""Groups of people in a sentence: a figure with its people, one person, a pair, people without a figure.

The rule: a figure counts people only where a word for people belongs to it ("four young men", ثلاثة من عناصر), or
where it stands bare beside a word of harm. A word for people in the singular is one person where it has an article, a
possessive or the like; an Arabic dual is two; a plural has no figure; the Arabic oblique ending ين, written alike for
two and for many, is two or more. Ages, and numbers before things, count nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from witnessmark.reading.toll_bare import families, stands_alone, told_off
from witnessmark.reading.toll_changes import standing
from witnessmark.reading.toll_company import harmed
from witnessmark.reading.toll_families import sized
from witnessmark.reading.toll_group import Form, Group
from witnessmark.reading.toll_marks import Line, Mark, joined, tight
from witnessmark.terms.toll import Toll, Who

_STOPS = re.compile(r"[.,;:!?؟،؛()\[\]«»\n/|]")
_SPECIFIC: tuple[Who, ...] = ("combatants", "children", "women", "men", "civilians", "unstated")
_TITLED = re.compile(r"\s+[A-Z][\w'’\-]+\s+(?:[Aa]l-|[Ee]l-|[Aa]bu |[Bb]in )?[A-Z][a-z]")  # "journalist Omar Halabi"
_INITIALS = re.compile(r"[\s\-]*(?:[A-Z]{2,}|ال|لل)?\s*")  # "women SDF fighters", or an Arabic article
_NEAR, _FAR = 1, 4  # words that may stand between a figure and its people: Arabic, others
_ARTICLE_REACH = 5
_OWNER_REACH = 4  # words between people and "of" whose they are
_PART_REACH = 12  # words over which "including" holds without people
_OF_THE = 2  # the words "of the"
_HEADLINE = 2  # words before a person in a headline
_JOINT = 4  # words between her and what befell them: "and two children"


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
        made = _made(line, index, found)
        if made is None:
            index += 1
        else:
            # "Others" are further people, so they end what "including" began.
            part = (part and not _others(line, made[0])) or _spelled_out(line, found, made[0])
            among = part or made[0].part or _of_them(line, made[0])
            found.append(replace(made[0], part=True) if among else made[0])
            index, since = made[1], made[0].end
    return sized(line, harmed(line, found))


def _made(line: Line, index: int, before: Sequence[Group]) -> tuple[Group, int] | None:
    """The group that begins with a mark, and the mark after it."""
    mark = line.marks[index]
    if mark.kind == "figure":
        return _figured(line, index)
    if mark.kind == "people":
        return _unfigured(line, index, before)
    if mark.plays("single"):
        return _another(line, index)
    return _some_one(line, index) if mark.role == "one" and line.arabic else None


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


def _spelled_out(line: Line, before: Sequence[Group], group: Group) -> bool:
    """Whether people right behind counted ones are those again, one by one: 3 مدنيين طفلان وامرأة (two children and a woman)."""
    if not before:
        return False
    head = before[-1]
    counted = line.arabic and head.form == "figure" and head.count is not None and not head.part
    some = group.form in {"single", "dual"} and not group.joined and group.count is not None
    return counted and some and tight(line, head.end, group.start)


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
        if told_off(line, index):  # "four of them critically", "including five in a grave state"
            return replace(bare, form="figure", part=True), index + 1
        return (bare, index + 1) if stands_alone(line, index, figure) else None
    people, after = run
    who = _most_specific(people)
    if who == "unstated" and _of_a_force(line, mark, people):
        who = "combatants"
    while (more := _same_figure(line, people[-1], after)) is not None:
        people += more[0]
        after = more[1]
        who = who if _most_specific(more[0]) == who else "unstated"
    entries = (*figure.entries, *(one.entry.cite for one in people if one.entry))
    if people[0].field("number") == "household" and not line.between(mark.end, people[0].start):
        return replace(bare, end=people[-1].end, count=families(figure), who=who, form="vague", entries=entries), after
    form: Form = "vague" if figure.vague else "figure"
    return replace(bare, end=people[-1].end, who=who, form=form, entries=entries), after


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
            or (mark.role == "force" and not line.arabic)
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
    while (index := _past_a_force(line, index)) < len(line.marks) and line.marks[index].kind == "people":
        mark = line.marks[index]
        gap = line.gap(people[-1].end, mark.start)
        if (
            _STOPS.search(gap)
            or (gap.strip() and not _INITIALS.fullmatch(gap))
            or mark.joined
            or _fewer(line, people[-1], mark)
        ):
            break
        people.append(mark)
        index += 1
    return people, index


def _of_a_force(line: Line, figure: Mark, people: Sequence[Mark]) -> bool:
    """Whether people are a force's, as "six ISIS members" and "two members of the SDF" are."""
    if any(one.role == "force" for one in line.between(figure.end, people[0].start)):
        return True
    behind = list(islice(line.ahead(people[-1].end), 3))
    named = next((one for one in behind if not (one.plays("of") or one.role == "the")), None)
    of = not line.arabic and bool(behind) and behind[0].plays("of")
    return of and named is not None and named.role == "force" and line.words(people[-1].end, named.start) <= _OF_THE


def _past_a_force(line: Line, index: int) -> int:
    """The place of people whose side is named before them, as in the headline "three women SDF fighters"; else the same place."""
    pair = line.marks[index : index + 2]
    named = not line.arabic and len(pair) > 1 and pair[0].role == "force" and pair[1].kind == "people"
    return index + 1 if named and tight(line, pair[0].end, pair[1].start) else index


def _fewer(line: Line, one: Mark, other: Mark) -> bool:
    """Whether an Arabic word for two people follows one for many, with which it cannot agree."""
    return line.arabic and one.field("number") in {"plural", "two-or-more"} and other.field("number") == "dual"


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
    number = _number(line, head, people)
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


def _number(line: Line, head: Mark, people: Sequence[Mark]) -> str:
    """Grammatical number of a run of words for people: Arabic agrees, elsewhere the last word tells."""
    numbers = [line.number(one) for one in people]
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
    """Whether a word of harm follows right away, or behind people counted with her: "Woman killed", "Woman and two children killed"."""
    joint = False
    for behind in line.ahead(mark.end):
        joint = joint or behind.role == "join"
        if behind.kind != "people" and not (joint and (behind.role == "join" or behind.kind == "figure")):
            near = line.words(mark.end, behind.start) <= (_JOINT if joint else 1)
            return behind.field("side") == "either" and near and not line.clause_ends(mark.end, behind.start)
    return False


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
