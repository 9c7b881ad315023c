"""What stands in a sentence that may make a toll: words of harm, people, things, figures and the grammar between them.

The rule: at each position the longest word of any table wins, so that "civil defence" is no civilian and "the number
of dead" no dead man. Marks say only what the words are; how they belong together is decided in ``toll_groups`` and
``tolls``.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Literal, NamedTuple

from witnessmark.reading.toll_numbers import Figure, figures
from witnessmark.terms.anchor import Span
from witnessmark.terms.ports import Entry, Larder
from witnessmark.terms.script import Folded

_TABLES: tuple[tuple[str, Literal["harm", "people", "thing", "word"]], ...] = (
    ("harm", "harm"), ("people", "people"), ("not_people", "thing"), ("toll_words", "word"),
)  # fmt: skip
_ORDER = {"harm": 0, "people": 1, "thing": 2, "figure": 3, "word": 4}
_CLAUSE = re.compile(r"[,;:،؛()–—\n]|\.\s")
_AND = re.compile(r"(?:^|\s)و[\s\u200e\u200f]*$")  # marks of direction are written before a figure
MARKS = re.compile(
    r"[.,;:!?؟؛،()\[\]«»\n|/]|\s[-–—]\s|\bو"
)  # quotation marks may stand around a figure: “dozens” injured
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\-][^\W_]+){0,5}")  # of a longer chain of hyphens, every six are one word


_FATHA = "\u064e"  # a short a, written: two letters before its end it makes a word one for two
_MADDA = "\u0622"  # alef with madda, which folding makes a plain alef
_SHORT = 3  # letters of a word that a single other letter makes another
_START, _END = attrgetter("start"), attrgetter("end")


class Mark(NamedTuple):
    """One word or phrase. ``start``, ``end``: code points of the passage as given; ``clitics``: Arabic prefixes before it.

    ``role``: the first role of a word of grammar, empty for all others.
    """

    kind: Literal["harm", "people", "thing", "figure", "word"]
    start: int
    end: int
    entry: Entry | None = None
    clitics: str = ""
    figure: Figure | None = None
    role: str = ""

    def field(self, name: str) -> str:
        """A column of its row, empty where there is none."""
        return self.entry.fields.get(name, "") if self.entry else ""

    def plays(self, role: str) -> bool:
        """Whether a word of grammar has a role, be it the first or another."""
        return self.kind == "word" and role in self.field("role").split("|")

    @property
    def definite(self) -> bool:
        """Whether the Arabic article stands before it."""
        return self.clitics.endswith("ال") or self.clitics in {"لل", "ولل", "فلل"}

    @property
    def joined(self) -> bool:
        """Whether an Arabic "and" is written together with it."""
        return self.clitics[:1] in {"و", "ف"}


def marks(folded: Folded, larder: Larder, moments: Sequence[Span] = ()) -> list[Mark]:
    """Every mark of a passage, in order, none overlapping. ``moments``: stretches that tell a time, so no figure."""
    found = [Mark("figure", one.start, one.end, figure=one) for one in figures(folded, larder, moments)]
    for table, kind in _TABLES:
        for start, end, entry, clitics in larder.lexicon(table).find_all(folded):
            role = entry.fields.get("role", "").partition("|")[0] if kind == "word" else ""
            found.append(Mark(kind, start, end, entry, clitics, None, role))
    chosen: list[Mark] = []
    for mark in sorted(found, key=lambda one: (one.start, -one.end, _ORDER[one.kind], _otherwise_spelled(folded, one))):
        if (not chosen or mark.start >= chosen[-1].end) and not _another_word(folded, mark):
            chosen.append(mark)
    return chosen


def _another_word(folded: Folded, mark: Mark) -> bool:
    """Whether a word of two or three letters is spelled as another that folding makes one: آب (August), أب (father)."""
    given = folded.given[mark.start : mark.end]
    return mark.entry is not None and _MADDA in given and _MADDA not in mark.entry.key and len(mark.entry.key) <= _SHORT


def _otherwise_spelled(folded: Folded, mark: Mark) -> bool:
    """Whether a word ends in another letter than its row, which folding makes one: والده (his father), والدة (mother of)."""
    return mark.entry is not None and folded.given[mark.end - 1 : mark.end] != mark.entry.key[-1:]


class Line:
    """One sentence with its marks. ``text``: the whole passage as given; ``arabic``: mostly Arabic letters.

    Where its marks, words and breaks of clauses stand is noted once, so that every look is a search in a sorted list:
    a sentence may be as long as a hostile page. Marks are given in order, none overlapping.
    """

    def __init__(self, text: str, start: int, end: int, marks: Sequence[Mark], *, arabic: bool) -> None:
        self.text, self.start, self.end, self.marks, self.arabic = text, start, end, marks, arabic
        self._starts = [mark.start for mark in marks]
        self._ends = [mark.end for mark in marks]
        self.harms = [mark for mark in marks if mark.kind == "harm"]
        self._since = [mark for mark in marks if mark.role == "cumulative"]
        self.preliminary = any(mark.role == "preliminary" for mark in marks)

    @cached_property
    def _words(self) -> tuple[list[int], list[int]]:
        """Where words begin and end; noted when first asked for, since most sentences tell of no harm."""
        spans = [hit.span() for hit in _WORD.finditer(self.text, self.start, self.end)]
        return [low for low, _ in spans], [high for _, high in spans]

    @cached_property
    def _clauses(self) -> list[tuple[int, int]]:
        """Where clauses break."""
        return [hit.span() for hit in _CLAUSE.finditer(self.text, self.start, self.end)]

    def gap(self, start: int, end: int) -> str:
        """The text between two positions."""
        return self.text[start:end]

    def words(self, start: int, end: int) -> int:
        """How many whole words stand between two positions; Arabic prefixes written with the next word are none."""
        if end <= start:
            return 0
        glued = end < len(self.text) and self.text[end].isalnum() and self.text[end - 1].isalnum()
        starts, ends = self._words
        first = bisect_right(ends, start)
        found = bisect_left(starts, end) - first
        # A lone hyphen or apostrophe inside a word is none.
        lone = found > 0 and starts[first] < start == end - 1 and not self.text[start].isalnum()
        return max(found, 0) - lone - (glued and found > 0)

    def between(self, start: int, end: int) -> Sequence[Mark]:
        """The marks between two positions."""
        return self.marks[bisect_left(self._starts, start) : bisect_right(self._ends, end)]

    def roles(self, start: int, end: int) -> set[str]:
        """The roles of the words of grammar between two positions."""
        return {mark.role for mark in self.between(start, end) if mark.kind == "word"}

    def back(self, position: int) -> Iterator[Mark]:
        """The marks that end before a position, the nearest first."""
        return (self.marks[index] for index in range(bisect_right(self._ends, position) - 1, -1, -1))

    def ahead(self, position: int) -> Iterator[Mark]:
        """The marks that begin at or after a position, the nearest first."""
        return (self.marks[index] for index in range(bisect_left(self._starts, position), len(self.marks)))

    def clause_ends(self, start: int, end: int) -> bool:
        """Whether a comma, a bracket or the like stands between two positions."""
        index = bisect_left(self._clauses, (start,))
        return index < len(self._clauses) and self._clauses[index][1] <= end

    def harmed(self, start: int, end: int, but: Mark) -> bool:
        """Whether a word of harm other than a given one stands between two positions."""
        index = bisect_left(self.harms, start, key=_START)
        here = self.harms[index : index + 2]  # of two, one is not the given one
        return any(mark.end <= end and mark is not but for mark in here)

    def number(self, mark: Mark) -> str:
        """The grammatical number of a word for people; a written vowel tells the ending of two from that of many: مواطنَين."""
        number = mark.field("number")
        return "dual" if number == "two-or-more" and self.text[mark.start : mark.end][-3:-2] == _FATHA else number

    def since(self, start: int) -> tuple[bool, Mark | None, Mark | None]:
        """Words such as "since January": whether they open the sentence, the nearest before a position, the nearest after."""
        index = bisect_right(self._since, start, key=_END)
        before = self._since[index - 1] if index else None
        behind = self._since[index] if index < len(self._since) else None
        return bool(self._since) and self._since[0].start == self.start, before, behind


def tight(line: Line, start: int, end: int) -> bool:
    """Whether nothing but blanks, or the Arabic article of the next word, stands between two positions."""
    return start <= end and not line.words(start, end) and not MARKS.search(line.gap(start, end))


def joined(line: Line, mark: Mark) -> bool:
    """Whether an Arabic "and" is written together with the first word."""
    if mark.joined:
        return True
    if mark.figure is not None and mark.figure.least > 1 and line.text[mark.start] == "و":
        return True  # وخمس (and five): no number but one begins so
    before = line.text[max(mark.start - 3, 0) : mark.start]
    return bool(_AND.search(before))
