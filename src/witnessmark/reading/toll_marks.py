"""What stands in a sentence that may make a toll: words of harm, people, things, figures and the grammar between them.

The rule: at each position the longest word of any table wins, so that "civil defence" is no civilian and "the number
of dead" no dead man. Marks say only what the words are; how they belong together is decided in ``toll_groups`` and
``tolls``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from witnessmark.reading.toll_numbers import Figure, figures
from witnessmark.terms.ports import Entry, Larder
from witnessmark.terms.script import Folded

_TABLES: tuple[tuple[str, Literal["harm", "people", "thing", "word"]], ...] = (
    ("harm", "harm"), ("people", "people"), ("not_people", "thing"), ("toll_words", "word"),
)  # fmt: skip
_ORDER = {"harm": 0, "people": 1, "thing": 2, "figure": 3, "word": 4}
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Mark:
    """One word or phrase. ``start``, ``end``: code points of the passage as given; ``clitics``: Arabic prefixes before it."""

    kind: Literal["harm", "people", "thing", "figure", "word"]
    start: int
    end: int
    entry: Entry | None = None
    clitics: str = ""
    figure: Figure | None = None

    def field(self, name: str) -> str:
        """A column of its row, empty where there is none."""
        return self.entry.fields.get(name, "") if self.entry else ""

    @property
    def role(self) -> str:
        """The role of a word of grammar."""
        return self.field("role") if self.kind == "word" else ""

    @property
    def definite(self) -> bool:
        """Whether the Arabic article stands before it."""
        return self.clitics.endswith("ال") or self.clitics in {"لل", "ولل", "فلل"}

    @property
    def joined(self) -> bool:
        """Whether an Arabic "and" is written together with it."""
        return self.clitics[:1] in {"و", "ف"}


def marks(folded: Folded, larder: Larder) -> list[Mark]:
    """Every mark of a passage, in order, none overlapping."""
    found = [Mark("figure", one.start, one.end, figure=one) for one in figures(folded, larder)]
    for table, kind in _TABLES:
        found += [Mark(kind, hit.start, hit.end, hit.entry, hit.clitics) for hit in larder.lexicon(table).find(folded)]
    chosen: list[Mark] = []
    for mark in sorted(found, key=lambda one: (one.start, -one.end, _ORDER[one.kind])):
        if not chosen or mark.start >= chosen[-1].end:
            chosen.append(mark)
    return chosen


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with its marks. ``text``: the whole passage as given; ``arabic``: mostly Arabic letters."""

    text: str
    start: int
    end: int
    marks: Sequence[Mark]
    arabic: bool

    def gap(self, start: int, end: int) -> str:
        """The text between two positions."""
        return self.text[start:end]

    def words(self, start: int, end: int) -> int:
        """How many whole words stand between two positions; Arabic prefixes written with the next word are none."""
        if end <= start:
            return 0
        glued = end < len(self.text) and self.text[end].isalnum() and self.text[end - 1].isalnum()
        return sum(1 for _ in _WORD.finditer(self.text, start, end)) - glued

    def between(self, start: int, end: int) -> list[Mark]:
        """The marks between two positions."""
        return [mark for mark in self.marks if mark.start >= start and mark.end <= end]

    def roles(self, start: int, end: int) -> set[str]:
        """The roles of the words of grammar between two positions."""
        return {mark.role for mark in self.between(start, end) if mark.kind == "word"}
