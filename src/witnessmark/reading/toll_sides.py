"""Which people a word of harm speaks of: those before it, those after it, or the word itself.

The rule: an active verb or a noun of action looks forward ("killing five", مقتل خمسة), a passive looks back ("five
were killed"), a word for the harmed is itself the people ("five dead", خمسة جرحى). People joined by "and" or a comma
belong together. Nothing is reached across another word of harm, nor, outside Arabic, across a preposition. Where two
readings remain, the nearer wins; that the nearer is meant is likely, not certain.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile
from operator import attrgetter

from witnessmark.reading.toll_company import totalled
from witnessmark.reading.toll_group import Group
from witnessmark.reading.toll_marks import MARKS, Line, Mark, tight

_NAMES = re.compile(
    r"[\s,،()\[\]\"“”'’–\-\d:]*+(?:(?:[A-Z@][\w’'\-.]*+|(?:al|el|abu|bin|ibn|and|as well as)\b[\-\w]*+)[\s,()\[\]\"“”'’–\-\d:]*+)*+"
)
_BREAK = re.compile(r"[.;:!?؟؛\n|]")
_DASHES = ("–", "—")
_COMMA = re.compile(r"\s*[,،]?\s*")
_NAMED_REACH = 8  # words of names between a word of harm and "and three others"
_WHOSE = 14  # words of "members of the family of the journalist NAME, including"
_ARABIC_REACH, _ARABIC_NEAR, _REACH, _BACK_REACH, _LINK, _CONJOINED = 10, 2, 4, 14, 3, 8


@dataclass(frozen=True, slots=True)
class Found:
    """The people of one word of harm: those counted side by side, and those said to be among them."""

    tops: tuple[Group, ...] = ()
    parts: tuple[Group, ...] = ()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.tops)


def after(line: Line, harm: Mark, groups: Sequence[Group]) -> Found:
    """The people that follow a word of harm. ``groups``: those between it and the next word of harm."""
    if not groups or not _reaches(line, harm, groups[0]):
        return Found()
    return _split(line, _chain(line, groups))


def before(line: Line, harm: Mark, groups: Sequence[Group]) -> Found:
    """The people that stand before a word of harm. ``groups``: those between it and the word of harm before it."""
    if not groups or line.words(groups[-1].end, harm.start) > _BACK_REACH:
        return Found()
    if _BREAK.search(line.gap(groups[-1].end, harm.start)):
        return Found()
    if groups[-1].form == "bare" and not _only_verbs(line, groups[-1].end, harm.start):
        return Found()
    if _of_those(line, groups[-1].end, harm.start):
        return Found()
    first = len(groups) - 1
    while first and (linked(line, *groups[first - 1 : first + 1]) or _conjoined(line, *groups[first - 1 : first + 1])):
        first -= 1
    chain = groups[first:]
    if all(group.part for group in chain):
        return _split(line, chain[-1:])
    closed = _closes(line, groups[-1].end)
    found = _split(line, tuple(dropwhile(attrgetter("part"), chain)), closed=closed)
    ahead = groups[first - 1 : first]
    return Found(found.tops, (*ahead, *found.parts)) if ahead and _told_ahead(line, ahead[0], groups[first]) else found


def _told_ahead(line: Line, one: Group, other: Group) -> bool:
    """Whether people are told of before those among whom they are: "2'si çocuk 7 sivil" (7 civilians, 2 of them children)."""
    between = line.between(one.end, other.start)
    ends = any(mark.role == "part-ends" for mark in between)
    near = ends or (line.roles(one.start, one.end) & {"owned"} and tight(line, one.end, other.start))
    return one.part and not other.part and bool(near) and not _BREAK.search(line.gap(one.end, other.start))


def _of_those(line: Line, start: int, end: int) -> bool:
    """Whether people are only somebody's of those harmed: "a cousin of those killed"."""
    between = line.between(start, end)
    words = [mark for mark in between if mark.plays("of") or mark.role == "the"]
    return len(words) > 1 and words == list(between) and words[0].plays("of") and line.words(start, end) == len(words)


def along(line: Line, harm: Mark, found: Found, groups: Sequence[Group]) -> Found:
    """The people of a passive verb, and those said to share their lot: "a man was killed along with two neighbours"."""
    mark = next(line.ahead(harm.end), None)
    if mark is None or not mark.plays("along") or not tight(line, harm.end, mark.start):
        return found
    if not found.tops or not groups or groups[0].form == "bare":  # of a person only named, no sum is said
        return found
    if line.words(mark.end, groups[0].start) > _LINK or groups[0].part:
        return found
    chain = _split(line, _chain(line, groups))
    return Found(tops=(*found.tops, *chain.tops), parts=(*found.parts, *chain.parts))


def _chain(line: Line, groups: Sequence[Group]) -> Sequence[Group]:
    """The first group, and those linked behind it."""
    last = 1
    while last < len(groups) and linked(line, *groups[last - 1 : last + 1]):
        last += 1
    return groups[:last]


def trailing(line: Line, harm: Mark, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Groups after a word of harm that are only said to be among its people ("…, including two children")."""
    found: list[Group] = []
    for group in groups:
        if not group.part or _BREAK.search(line.gap(found[-1].end if found else harm.end, group.start)):
            break
        if found and not linked(line, found[-1], group):
            break
        found.append(group)
    return tuple(found)


def relative(line: Line, person: Group, harm: Mark) -> bool:
    """Whether only "who" stands between a person and a word of harm: المدني الذي استشهد (the civilian who was martyred)."""
    between = line.between(person.end, harm.start)
    one = person.form == "single" and len(between) == 1 and between[0].role == "relative"
    return one and tight(line, person.end, between[0].start) and tight(line, between[0].end, harm.start)


def objects(line: Line, left: Sequence[Group]) -> Sequence[Group]:
    """The people right before a verb that ends a sentence, and those joined to them; who did it stands before."""
    first = max(len(left) - 1, 0)
    while first and "join" in line.roles(left[first - 1].end, left[first].start):
        first -= 1
    return left[first:]


def _only_verbs(line: Line, start: int, end: int) -> bool:
    """Whether nothing but auxiliaries and their adverbs stands between two positions."""
    between = line.between(start, end)
    spoken = sum(line.words(mark.start, mark.end) for mark in between if mark.role == "be")
    return line.words(start, end) == spoken and not MARKS.search(line.gap(start, end))


def _reaches(line: Line, harm: Mark, group: Group) -> bool:
    """Whether a word of harm that looks forward reaches a group."""
    gap = line.gap(harm.end, group.start)
    words = line.words(harm.end, group.start)
    if group.form == "bare" and gap.strip() == ":":  # "Killed: 5"
        return True
    if _BREAK.search(gap) and not (gap.startswith(":") and _named(line, harm, group)):
        return False
    if line.arabic:
        if group.form == "bare":
            return not gap.strip(" و")
        return words <= (_ARABIC_REACH if group.form in {"figure", "dual", "vague"} else _ARABIC_NEAR)
    roles = line.roles(harm.end, group.start)
    if group.form == "bare":
        return not roles - {"to"} and words <= 1
    return (words <= _REACH and not roles & {"stop", "join", "none"}) or _named(line, harm, group)


def _named(line: Line, harm: Mark, group: Group) -> bool:
    """Whether nothing but names and "and" stand between a word of harm and people counted: "killed NAME and three others"."""
    roles = line.roles(harm.end, group.start)
    near = group.form == "figure" and line.words(harm.end, group.start) <= _NAMED_REACH
    names = near and "join" in roles and not roles & {"stop", "none"}
    return names and _NAMES.fullmatch(_unmarked(line, harm.end, group.start)) is not None


def reached(line: Line, harm: Mark, group: Group, *, alone: bool) -> bool:
    """Whether no comma parts a participle from people behind it, but one between names: "killed NAME, his wife …".

    ``alone``: nobody stands before it.
    """
    gap = line.gap(harm.end, group.start)
    names = alone and _NAMES.fullmatch(_unmarked(line, harm.end, group.start)) is not None
    return "," not in gap or (names and gap.lstrip()[:1].isupper())


def linked(line: Line, one: Group, other: Group) -> bool:
    """Whether two groups stand side by side: joined by "and" or a comma, or by names between them."""
    gap = line.gap(one.end, other.start)
    if other.form == "bare" or (one.form == "bare" and not other.part) or _BREAK.search(gap):
        return False  # of a bare number its own parts alone stand beside it: "dozens of others, including two women"
    roles = line.roles(one.end, other.start)
    words = line.words(one.end, other.start)
    if other.part:
        near = words <= (_LINK * 2 if line.arabic else _WHOSE) and (line.arabic or "stop" not in roles)
        goes_on = other.joined or not line.arabic or not one.part or "part" in roles or _COMMA.fullmatch(gap)
        return near and bool(goes_on)
    if line.arabic:
        reach = _CONJOINED if _whose(line, one, other) else _LINK
        return words <= reach if other.joined else _with(line, one, other)
    if _COMMA.fullmatch(gap):
        return "," in gap
    if any(mark.plays("stop") for mark in line.between(one.end, other.start)):
        return False  # "told the reporter that a child was killed"
    return ("join" in roles and words <= _LINK) or _NAMES.fullmatch(_unmarked(line, one.end, other.start)) is not None


def _with(line: Line, one: Group, other: Group) -> bool:
    """Whether nothing but a word such as "with" stands between two groups: مدني مع زوجته (a civilian with his wife)."""
    between = line.between(one.end, other.start)
    mark = between[0] if len(between) == 1 else None
    with_ = mark is not None and mark.plays("along") and tight(line, one.end, mark.start)
    return with_ and mark is not None and tight(line, mark.end, other.start)


def _whose(line: Line, one: Group, other: Group) -> bool:
    """Whether only whose men they are stands between two counted groups: خمسة جنود من قوات النظام وخمسة عناصر."""
    counted = one.form == other.form == "figure" and not line.clause_ends(one.end, other.start)
    return counted and all(mark.plays("ranks") or mark.role == "force" for mark in line.between(one.end, other.start))


def _unmarked(line: Line, start: int, end: int) -> str:
    """What stands between two positions, less articles, joints and ages."""
    kept: list[str] = []
    at = start
    for mark in line.between(start, end):
        if mark.role in {"one", "the", "join", "be", "total-of", "named"} or mark.figure or mark.kind == "thing":
            kept.append(line.gap(at, mark.start))
            at = mark.end
    return "".join([*kept, line.gap(at, end)])


def _conjoined(line: Line, one: Group, other: Group) -> bool:
    """Whether "and" binds two counted groups with one verb behind: "ten of one town and nine of another were killed"."""
    if line.arabic or {one.form, other.form} != {"figure"} or one.part or other.part:
        return False
    join = next(line.back(other.start), None)
    near = line.words(one.end, other.start) <= _CONJOINED and not line.clause_ends(one.end, other.start)
    return near and join is not None and join.role == "join" and not line.words(join.end, other.start)


def _closes(line: Line, end: int) -> bool:
    """Whether a comma or bracket stands right after a position, as at the end of an apposition."""
    return line.gap(end, end + 1) in {",", "،", ")", "–", "—"}


def _split(line: Line, chain: Sequence[Group], *, closed: bool = False) -> Found:
    """The counted groups, and those inside them. ``closed``: a comma stands behind the last."""
    if chain[0].part:
        return Found(tops=(chain[0],), parts=tuple(chain[1:]))
    tops, parts = tuple(one for one in chain if not one.part), tuple(one for one in chain if one.part)
    tops, among = totalled(line, [one for one in tops if one is tops[0] or not _same_again(line, tops[0], one)])
    parts = (*among, *parts)
    if len(tops) > 2 and _apposed(line, tops[:2], closed=_closes(line, tops[1].end)):
        return Found(tops=(tops[0], *tops[2:]), parts=(tops[1], *parts))  # "a civilian, a woman, and others"
    if _apposed(line, tops, closed=closed):
        return Found(tops=tops[:1], parts=(*tops[1:], *parts))
    return Found(tops=tops, parts=parts)


def _same_again(line: Line, head: Group, one: Group) -> bool:
    """Whether people without a figure or class only say who those counted before a comma are: "21 civilians, members of …"."""
    bare = one.count is None and one.form == "plural" and one.who in {"unstated", head.who}
    return bare and not line.arabic and head.count is not None and "join" not in line.roles(head.end, one.start)


def _apposed(line: Line, tops: Sequence[Group], *, closed: bool) -> bool:
    """Whether the groups after the first spell its people out: "two civilians, a father and son"."""
    head, rest = tops[0], tops[1:]
    counts = [one.count for one in rest]
    same = head.form == "single" and len(rest) == 1 and rest[0].who in {"unstated", head.who}
    if not rest or head.count is None or not (same or head.who in {"unstated", "civilians"}):
        return False
    said = sum(count.least for count in counts if count is not None)
    if said <= head.count.least and (_dashed(line, head, rest) or _bracketed(line, head, rest)):
        return True  # "three civilians – a mother and her sons –", "four people (a father and three girls)"
    if head.form not in {"figure", "single"} or (len(rest) == 1 and head.count.least > 1):
        return False
    if any(count is None or count.most is None for count in counts) or any(_foreign(head, one) for one in rest):
        return False
    opens = _closes(line, head.end) or line.gap(head.end, rest[0].start).lstrip()[:1] in {":", "("}
    serial = len(rest) < 2 or _closes(line, rest[-2].end)  # "a man, a woman, and a child" goes on
    return opens and ((closed and said <= head.count.least) or (said == head.count.least and not serial))


def _dashed(line: Line, head: Group, rest: Sequence[Group]) -> bool:
    """Whether the groups behind the first stand between dashes."""
    opens = line.gap(head.end, rest[0].start).lstrip()[:1]
    return opens in _DASHES and line.text[rest[-1].end : line.end].lstrip()[:1] == opens


def _bracketed(line: Line, head: Group, rest: Sequence[Group]) -> bool:
    """Whether a bracket opens right behind the first group, and closes behind the others."""
    opens = line.gap(head.end, rest[0].start).lstrip()[:1] == "("
    return opens and ")" not in line.gap(head.end, rest[-1].end) and line.text.find(")", rest[-1].end, line.end) >= 0


def _foreign(head: Group, one: Group) -> bool:
    """Whether a group cannot be among the people of another: fighters are no civilians, "others" are further people."""
    return one.form == "vague" or (one.who == "combatants" and head.who == "civilians")
