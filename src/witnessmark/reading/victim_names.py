"""Names of people in a sentence, before it is known what became of them.

In Latin script a row of capital words, with the particles of Arabic names; in Arabic, which has no capitals, the words
behind a word of address or of kin ("the child …", السيدة), up to a word that no name holds. Beside each name stands what
its neighbours say: age, sex, kin. What it does not do: know people; a row of capital words may be anything.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.reading.patterns import Pattern
from witnessmark.reading.toll_lists import Person
from witnessmark.reading.toll_marks import Line
from witnessmark.reading.tolls import Told
from witnessmark.reading.victim_words import Vocabulary, Words
from witnessmark.terms.toll import Harm
from witnessmark.terms.victim import Sex

_PARTICLE = r"(?:[AaEe][lnrstdz]|[Aa][sd]h|bin|bint|ibn|[Aa]b[uo]|[Uu]mm?|[Aa]bd(?:el|ul|al)?|de|van|von|der)"
_PART = rf"(?:{_PARTICLE}[ \-])*[A-Z][^\W\d_A-Z]+(?:[-'’](?:[A-Z]|[^\W\d_A-Z])[^\W\d_A-Z]*)*"
_LATIN = re.compile(rf"(?<![\w@#])(?:{_PARTICLE}[ \-])?{_PART}(?:[ \n]{{1,2}}{_PART}){{0,7}}(?!\w)")
_LINE = re.compile(r"[^\n]+")
_CAPITAL = re.compile(r"\b[A-Z]")
_OWNER = re.compile(r"(?:[’']s|[’'](?=\s))")
_ALIAS = re.compile(r"[(“\"‘]\s*$")
_ARABIC = re.compile(r"[\u0621-\u064a\u064b-\u0652\u0640]{2,}")
_BRACKETS = re.compile(r"\s*\([^()\n]{1,60}\)?")
_OPEN, _CLOSE = "\"“”(«:'‘", "\"“”)»'’"
_LEAST = 4  # letters of an Arabic name
_ARABIC_MOST = 5  # words of a name that nothing encloses
_AGE_REACH = 60  # code points before a name within which its age stands
_ADULT = 18  # Convention on the Rights of the Child, article 1
_OLDEST = 115


@dataclass(slots=True)
class Name:
    """``several``: more than one word, or words of a kind that needs none; ``owner``: something of theirs is spoken of;

    ``alias``: in brackets or quotation marks behind another name. ``end_of_all``: behind its age and brackets.
    """

    start: int
    end: int
    several: bool
    owner: bool = False
    alias: bool = False
    end_of_all: int = 0
    age: int | None = None
    sex: Sex | None = None
    child: bool | None = None
    relation: str | None = None
    role: str | None = None
    other_script: str | None = None


def may_name(line: Line) -> bool:
    """Whether a sentence may hold a name at all: Arabic, or two capital letters after its first."""
    return line.arabic or len(_CAPITAL.findall(line.text, line.start, line.end)) > 1


def names(line: Line, words: Words, ages: Sequence[Pattern]) -> list[Name]:
    """The names of a sentence, in order, each with what stands beside it."""
    found = [*_arabic(line, words)] if line.arabic else [*_latin(line, words)]
    for one in found:
        _aged(line, one, words, ages)
        _told(line, one, words)
    return found


def listed(told: Told, known: Vocabulary, ages: Sequence[Pattern]) -> Iterator[tuple[Name, Harm]]:
    """The people of a list, a name a line in one script or both, with the lines that say age and sex."""
    at = told.names.span.start if told.names else 0
    for person in told.names.people if told.names else ():
        if person.name_end is not None:
            at = person.end
            if person.name_end > person.start:
                yield _entered(told.text, person, known, ages), person.kind
            continue
        one: Name | None = None
        for row in _LINE.finditer(told.text, at, person.start):
            words, start = row.group().strip(), row.start() + len(row.group()) - len(row.group().lstrip())
            aged = next((found for rule in ages if rule.effect == "after" and (found := rule.regex.match(words))), None)
            plays = known.roles(words)
            if one is None and (_LATIN.match(words) or _ARABIC.match(words)):
                one = Name(start, start + len(words), several=True)
            elif one is not None and aged:
                one.age = int(aged.group("n")) if aged.group("y") is not None else 0
                one.child = one.age < _ADULT
            elif one is not None and {"female", "male"} & plays:
                one.sex = one.sex or ("female" if "female" in plays else "male")
            elif (
                one is not None
                and one.other_script is None
                and _ARABIC.match(words)
                and not _ARABIC.match(told.text, one.start)
            ):
                one.other_script = words
        at = person.end
        if one is not None:
            one.child = True if person.who == "children" else one.child
            yield one, person.kind


def _entered(text: str, person: Person, known: Vocabulary, ages: Sequence[Pattern]) -> Name:
    """The person of one entry of a list of names alone: a word of kin or of address before the name, an age behind it."""
    start, end = person.start, person.name_end or person.end
    one = Name(start, end, several=True, end_of_all=person.end, child=True if person.who == "children" else None)
    for hit in known.find(text, start, end):
        if not {"before", "lead"} & hit.roles or text[start : hit.start].strip():
            break
        one.sex = one.sex or ("female" if "female" in hit.roles else "male" if "male" in hit.roles else None)
        one.relation = text[hit.start : hit.end] if "kin" in hit.roles else one.relation
        one.start = start = hit.end + len(text[hit.end : end]) - len(text[hit.end : end].lstrip())
    found = next(
        (said for row in ages if row.effect == "after" and (said := row.regex.match(text, end, person.end))), None
    )
    if found is not None:
        one.age = int(found.group("n")) if found.group("y") is not None else 0
        one.child = one.age < _ADULT
    return one


def _latin(line: Line, words: Words) -> Iterator[Name]:
    """Rows of capital words that may be people's names."""
    for row in _LATIN.finditer(line.text, line.start, line.end):
        start, end = row.span()
        for hit in words.between(start, end, "lead"):
            if not line.text[start : hit.start].strip():
                start = hit.end
                while start < end and not line.text[start].isalpha():
                    start += 1
        if start >= end or words.between(start, end, "not-name"):
            continue
        if any(not line.text[end : hit.start].strip() for hit in words.between(end, end + 16, "behind")):
            continue
        owner = _OWNER.search(line.text, end - 2, end + 2)
        end = min(end, owner.start()) if owner else end
        several = len(line.text[start:end].split()) > 1
        alias = bool(_ALIAS.search(line.text, max(line.start, start - 3), start))
        yield Name(start, end, several, owner=owner is not None, alias=alias)


def _arabic(line: Line, words: Words) -> Iterator[Name]:
    """Names behind words of address and kin, names in a row behind "both of", and given names right behind a word of harm."""
    at, row = line.start, -1
    for hit in words.hits:
        plays = hit.roles
        if hit.start < at:
            continue
        if "given" in plays and (begun := _given(line, hit.start, row)) is not None:
            for one in _behind(line, words, begun, in_row=False):
                at = row = one.end
                yield one
            continue
        if not {"before", "each"} & plays:
            continue
        for one in _behind(line, words, hit.end, in_row="each" in plays):
            at = one.end
            yield one


def _given(line: Line, start: int, row: int) -> int | None:
    """Where a given name begins that stands right behind a word of harm, or behind "and" and the name before (``row``)."""
    if not line.text[row:start].strip() and row >= 0:
        return start + 1 if line.text[start] == "و" else None
    harm = next(line.back(start), None)
    right = harm is not None and harm.kind == "harm" and not line.text[harm.end : start].strip(" ")
    return start if right else None


def _behind(line: Line, words: Words, at: int, *, in_row: bool) -> Iterator[Name]:
    """The name that begins at a place, in quotation marks or brackets or bare; of a row, each."""
    text, begun = line.text, at
    while at < line.end and (text[at].isspace() or text[at] in _OPEN):
        at += 1
    enclosed = any(mark in text[begun:at] for mark in _OPEN[:5])
    start, (end, count) = at, _arabic_end(line, words, at, several=in_row or enclosed)
    if (text[start : start + 1] == "و" and not in_row and not _and_in(words, start, end)) or end - start < _LEAST:
        return
    yield Name(start, end, count > 1 or enclosed)
    at = _bracketed(line, end)
    while at < line.end and text[at] in _CLOSE + " ،,":
        at += 1
    if (in_row or enclosed) and at < line.end and text[at] == "و" and text[at + 1 : at + 2].strip():
        yield from _behind(line, words, at + 1, in_row=in_row)


def _arabic_end(line: Line, words: Words, at: int, *, several: bool) -> tuple[int, int]:
    """Where a name ends that begins at a place, and how many words it has. ``several``: names may follow each other."""
    marks = {mark.start for mark in line.between(at, line.end)}
    ends = {hit.start for role in ("stop", "before") for hit in words.between(at, line.end, role)} | marks
    end, count = at, 0
    while (found := _ARABIC.match(line.text, at)) and count < _ARABIC_MOST + 3 * several:
        joined = found.group()[0] == "و" and count > 0 and not _and_in(words, found.start(), found.end())
        another = joined and any(hit.start == found.start() for hit in words.between(at, found.end(), "given"))
        if found.start() in ends or another or (joined and (several or found.start() + 1 in ends)):
            break
        end, count = found.end(), count + 1
        at = end
        while at < line.end and line.text[at] == " ":
            at += 1
    return end, count


def _and_in(words: Words, start: int, end: int) -> bool:
    """Whether the first letter of a name that else means "and" belongs to it."""
    return any(hit.start == start for hit in words.between(start, end, "name"))


def _aged(line: Line, one: Name, words: Words, ages: Sequence[Pattern]) -> None:
    """The age beside a name, and where all that stands beside it ends."""
    one.end_of_all = _bracketed(line, one.end)
    for row in ages:
        if row.effect == "before":
            low = max(line.start, one.start - _AGE_REACH)
            last = next(reversed([*row.regex.finditer(line.text, low, one.start)]), None)
            found = last if last and words.nothing_but(last.end(), one.start, "before") else None
        else:
            found = row.regex.match(line.text, one.end, line.end) or row.regex.match(
                line.text, one.end_of_all, line.end
            )
        if found is None:
            continue
        years = int(found.group("n")) if found.group("y") is not None else 0
        if years <= _OLDEST:
            one.age, one.child = years, years < _ADULT
            one.end_of_all = max(one.end_of_all, _bracketed(line, found.end()) if row.effect == "after" else 0)
            return


def _bracketed(line: Line, end: int) -> int:
    """The end of brackets that open right behind a place, else the place."""
    opened = _BRACKETS.match(line.text, end, line.end)
    return opened.end() if opened else end


def _told(line: Line, one: Name, words: Words) -> None:
    """What the words right before a name say of the person: sex, kin, calling."""
    low = max(line.start, one.start - _AGE_REACH)
    for hit in reversed(words.between(low, one.start, "before")):
        if any(char in ".;:()" for char in line.text[hit.end : one.start]):
            return
        plays = hit.roles
        one.sex = one.sex or ("female" if "female" in plays else "male" if "male" in plays else None)
        if "child" in plays and one.child is None and "kin" not in plays:
            one.child = True
        if "kin" in plays:
            one.relation = line.text[hit.start : hit.end]
            return
        if "lead" in plays or line.arabic:
            one.role = one.role or line.text[hit.start : hit.end]
