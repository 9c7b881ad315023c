"""The words of time of all packs, compiled into alternations that the rules of ``times`` are built from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from witnessmark.reading.patterns import ByDigest
from witnessmark.terms.ports import Entry, Larder
from witnessmark.terms.script import key

BEFORE = r"(?<![^\W_])"  # no letter or digit before …
AFTER = r"(?![^\W_])"  # … or after
CLITIC = r"(?:[وف]?[بلك]?)"  # Arabic prefixes written together with a word of time


_CENTURIES = ("13", "14", "19", "20")  # with which a year is written that a rule takes for one; 13 and 14 of the Hijra
_TABLES = {
    "months": "months",
    "weekdays": "weekdays",
    "relative": "relative_days",
    "parts": "day_parts",
    "units": "time_units",
    "hours": "hours",
    "hour_parts": "hour_parts",
    "ordinals": "ordinal_days",
    "seasons": "seasons",
    "feasts": "feasts",
}
_TOLD = {
    "weekend": ("weekend",),
    "every": ("every", "repeated"),
    "vague": ("vague",),
    "between": ("between",),
    "quarter": ("quarter",),
    "later": ("later", "before-that", "of-that"),
    "toward": ("after-what", "before-what", "day-after"),
    "turn": ("next-of", "previous-of", "same-of"),
    "ago": ("ago-after", "ago-before"),
    "last": ("last-before", "last-after"),
    "next": ("next-before", "next-after"),
    "this": ("this-before", "this-after"),
    "clock": ("clock", "am", "pm"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words of each table to their rows; and the same as an alternation, longest first."""

    rows: dict[str, Entry]
    any: str

    def __getitem__(self, word: str) -> Entry:
        return self.rows[word]

    def get(self, word: str) -> Entry | None:
        """The row of a folded word, with or without its article."""
        return self.rows.get(word) or self.rows.get(word.removeprefix("ال"))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every table of time words."""

    months: Words
    weekdays: Words
    relative: Words
    parts: Words
    units: Words
    numbers: Words
    hours: Words
    hour_parts: Words
    ordinals: Words
    seasons: Words
    feasts: Words
    roles: dict[str, str]
    zones: Words
    kinds: "Kinds"


_Tree: TypeAlias = dict[str, "_Tree"]  # letters, each with those that follow it


class Held:
    """A calendar as a cache key: by identity, since there is one for each set of packs."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def __hash__(self) -> int:
        return id(self.calendar)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and other.calendar is self.calendar


class Kinds:
    """Where letters of each kind of words of time stand: a rule whose kinds a sentence lacks need not be tried there."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        known = sorted({(form.split()[0], kind) for kind, forms in words.items() for form in forms})
        self._kinds = [kind for _, kind in known]
        self._automaton = AhoCorasick(
            [first for first, _ in known], matchkind=MatchKind.Standard, implementation=Implementation.DFA
        )

        # A text is read again for each weekday that it may have been published on.
        self.find = lru_cache(maxsize=8)(self._find)

    def _find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and kind, in order, in folded text; behind other letters, too, but not before them."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        ends, kinds = len(text), self._kinds
        return sorted(
            (start, end, kinds[number])
            for number, start, end in found
            if end == ends or not text[end].isalpha() or not _one_word(text[end - 1], text[end])
        )


def _one_word(last: str, after: str) -> bool:
    """Whether two letters stand in one word; where a link follows a word without a blank, they do not."""
    return last.isalpha() and after.isalpha() and last.isascii() == after.isascii()


def _words(entries: list[Entry]) -> Words:
    rows: dict[str, Entry] = {}
    for entry in entries:
        for form in (entry.key, *entry.fields.get("forms", "").split("|")):
            folded = key(form)
            if folded:
                rows.setdefault(folded, entry)
    return Words(rows, alternation(list(rows)))


def alternation(words: list[str]) -> str:
    """A pattern that matches any of the folded words, longest first; blanks match any run of blanks.

    Words that begin alike share their beginning, so that a search reads it once and not word by word.
    """
    tree: _Tree = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}  # a word ends here
    return f"(?:{_grown(tree)})" if tree else r"(?!)"


def _grown(tree: _Tree) -> str:
    """The pattern of a tree of letters."""
    further = [
        (r"\s+" if letter == " " else re.escape(letter)) + _grown(tree[letter]) for letter in sorted(tree) if letter
    ]
    if not further or (len(further) == 1 and "" not in tree):
        return "".join(further)
    return f"(?:{'|'.join(further)})" + ("?" if "" in tree else "")


@lru_cache(maxsize=8)
def _calendar(wanted: ByDigest) -> Calendar:
    larder = wanted.larder
    roles: dict[str, list[str]] = {}
    for entry in larder.rows("time_words"):
        forms = (entry.key, *entry.fields.get("forms", "").split("|"))
        roles.setdefault(entry.fields["role"], []).extend(key(form) for form in forms if form)
    tabled = {kind: _words(list(larder.rows(table))) for kind, table in _TABLES.items()}
    told = {kind: [word for name in names for word in roles.get(name, ())] for kind, names in _TOLD.items()}
    return Calendar(
        **tabled,
        kinds=Kinds(
            {
                **{kind: words.rows for kind, words in tabled.items()},
                **told,
                "digit": "0123456789",
                "year": _CENTURIES,
            }
        ),
        numbers=_words([row for row in larder.rows("numbers") if int(row.fields["value"]) <= 100]),
        roles={role: alternation(words) for role, words in roles.items()},
        zones=_words(list(larder.rows("zones"))),
    )


def calendar_of(larder: Larder) -> Calendar:
    """The calendar of a larder, compiled once."""
    return _calendar(ByDigest(larder))
