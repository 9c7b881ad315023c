"""Finding the rows of tables in a text: one pass over its words for all tables, whole words only.

A row may say how it matches in a column ``match``: ``word`` (the default: a whole word, with the Arabic prefixes
و ف ب ل ك ال before it), ``exact`` (a whole word, no prefix) or ``stem`` (a whole word that may also carry up to four
more letters after it). It may give other spellings in a column ``forms``, split by ``|``. What it does not do: morphology.
"""

import re
from collections import OrderedDict, deque
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick, MatchKind

from witnessmark.terms.ports import Entry, Hit
from witnessmark.terms.script import Folded, key

_FIRST_ARABIC, _LAST_ARABIC = "\u0621", "\u064a"
# Conjunctions and prepositions written together with the next word, with or without the article.
_CLITICS = frozenset(a + b + c for a in ("", "و", "ف") for b in ("", "ب", "ل", "ك", "س") for c in ("", "ال", "ل")) - {
    ""
}
_LONGEST_CLITIC = max(map(len, _CLITICS))
_LONGEST_TAIL = 4
# Letters and digits, the same that ``isalnum`` tells; where digits are glued to an Arabic word, each by itself (وأصيب11مدنيا).
_WORD = re.compile(r"[\u0621-\u064a]{3,}(?=\d)|\d+(?=[\u0621-\u064a]{3})|[^\W_]+")
_KEPT_TEXTS = 8  # of which every table is asked in turn while one item is read
_KEPT_PASSAGES = 2  # a title and a body, whose hits are kept while an item is read
_KEPT_WORDS = 100_000


class _Form(NamedTuple):
    """One spelling of a row: folded, how it matches, and whether it ends with its first word."""

    table: int
    number: int
    text: str
    match: str
    single: bool


# A spelling found: where it begins and ends in the folded text, which, and the prefixes before it. Thousands are made of
# one page, so a plain tuple.
_Found: TypeAlias = tuple[int, int, int, str]
_Placed: TypeAlias = tuple[int, int, Hit]  # folded start and end of a hit


class Concordance:
    """All tables by the first words of their rows, so that a text is gone through once for all of them.

    What a word may begin is asked once and kept; texts come back table by table, so what was found in the last few is
    kept too.
    """

    def __init__(self) -> None:
        self._whole: dict[str, list[_Form]] = {}
        self._stems: dict[str, list[_Form]] = {}
        self._marks: list[_Form] = []  # that begin with no letter, so with no word
        self._automaton: AhoCorasick | None = None
        self._tables = 0
        self._begins = lru_cache(maxsize=_KEPT_WORDS)(self._may_begin)
        self._texts: OrderedDict[str, list[list[_Found]]] = OrderedDict()

    def add(self, forms: Sequence[tuple[str, str]]) -> int:
        """Take in a table: its spellings, folded, each with how it matches. Returns the table's number."""
        table = self._tables
        self._tables += 1
        for number, (text, match) in enumerate(forms):
            first = _WORD.match(text)
            if first is None:
                self._marks.append(_Form(table, number, text, match, single=False))
                continue
            form = _Form(table, number, text, match, single=first.end() == len(text))
            stem = form.single and match == "stem"
            (self._stems if stem else self._whole).setdefault(first.group(), []).append(form)
        self._automaton = AhoCorasick([form.text for form in self._marks], matchkind=MatchKind.Standard)
        self._begins.cache_clear()
        self._texts.clear()
        return table

    def find(self, text: str, table: int) -> list[_Found]:
        """A table's spellings in a folded text, in no particular order; those of the last few texts are kept."""
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = self._scan(text)
            if len(self._texts) > _KEPT_TEXTS:
                self._texts.popitem(last=False)
        return found[table]

    def _scan(self, text: str) -> list[list[_Found]]:
        """The spellings of every table in a text."""
        out: list[list[_Found]] = [[] for _ in range(self._tables)]
        for found in _WORD.finditer(text):
            begins = self._begins(found.group())
            if not begins:
                continue
            first, last = found.span()
            for offset, clitics, (table, number, words, match, single) in begins:
                start = first + offset
                if single:
                    out[table].append((start, last, number, clitics))
                elif text.startswith(words, start):
                    end = _tail(text, start + len(words), match)
                    if end is not None:
                        out[table].append((start, end, number, clitics))
        if self._marks and self._automaton:
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
                form = self._marks[index]
                whole = _tail(text, end, form.match)
                if whole is not None:
                    out[form.table].append((start, whole, form.number, ""))
        return out

    def _may_begin(self, word: str) -> tuple[tuple[int, str, _Form], ...]:
        """The spellings that a word is or begins: how many letters of it are prefixes, these, and the spelling."""
        out: list[tuple[int, str, _Form]] = []
        for offset in range(min(_LONGEST_CLITIC, len(word) - 1) + 1):
            clitics, bare = word[:offset], word[offset:]
            if offset and not (clitics in _CLITICS and _FIRST_ARABIC <= bare[0] <= _LAST_ARABIC):
                continue
            forms = list(self._whole.get(bare, ()))
            for letters in range(min(_LONGEST_TAIL, len(bare) - 1) + 1):
                forms += self._stems.get(bare[: len(bare) - letters], ())
            out += [(offset, clitics, form) for form in forms if not offset or form.match != "exact"]
            if clitics.endswith("لل"):  # "to" and the article are one: للقوات is ل with القوات, whose ا is not written
                defined = (form for form in self._whole.get("ال" + bare, ()) if form.match != "exact")
                out += [(offset, clitics, form._replace(text=form.text[2:])) for form in defined]
        return tuple(out)


class TableLexicon:
    """A compiled table. Building costs about 3 µs a form; finding is linear in the text.

    ``concordance``: the one that all tables used together share, which goes through each text once.
    """

    def __init__(self, entries: Sequence[Entry], concordance: Concordance | None = None) -> None:
        self._entries: list[Entry] = []
        forms: list[tuple[str, str]] = []
        for entry in entries:
            for form in (entry.key, *entry.fields.get("forms", "").split("|")):
                folded = key(form)
                if folded:
                    forms.append((folded, entry.fields.get("match") or "word"))
                    self._entries.append(entry)
        self._concordance = concordance or Concordance()
        self._table = self._concordance.add(forms)
        # Several readers ask one table of the passages of an item in turn.
        self._all: deque[tuple[Folded, list[_Placed]]] = deque(maxlen=_KEPT_PASSAGES)
        self._longest: deque[tuple[Folded, list[Hit]]] = deque(maxlen=_KEPT_PASSAGES)

    def find_all(self, text: Folded) -> list[Hit]:
        """Every row's words in the text, overlapping ones too, in order of position."""
        return [hit for _, _, hit in self._hits(text)]

    def find(self, text: Folded) -> list[Hit]:
        """Leftmost longest rows, none overlapping."""
        for kept, chosen in self._longest:
            if kept is text:
                return chosen.copy()
        hits = self._hits(text)
        if not hits:
            return []
        chosen, last = [], 0
        if len(hits) > 1:
            hits = sorted(hits, key=lambda found: (found[0], -found[1]))
        for start, end, hit in hits:
            if start >= last:
                chosen.append(hit)
                last = end
        self._longest.append((text, chosen))
        return chosen.copy()

    def _hits(self, text: Folded) -> list[_Placed]:
        """Folded start and end, with the hit; a row found by two of its spellings at one place once."""
        found = self._concordance.find(text.text, self._table)
        if not found:
            return []
        for kept, made in self._all:
            if kept is text:
                return made
        hits: dict[tuple[int, int, str], _Placed] = {}
        for start, end, number, clitics in found:
            entry = self._entries[number]
            place = (start, end, entry.cite)
            if place not in hits:
                hits[place] = (start, end, Hit(*text.back(start, end), entry, clitics))
        placed = [hits[place] for place in sorted(hits)] if len(hits) > 1 else list(hits.values())
        self._all.append((text, placed))
        return placed


def _tail(text: str, end: int, match: str) -> int | None:
    """Where the word ends, or None where more letters follow than the row allows."""
    if end == len(text) or not text[end].isalnum() or not text[end - 1].isalnum():
        return end
    if match != "stem":
        return None
    stop = end + 1
    while stop < len(text) and text[stop].isalnum() and stop - end <= _LONGEST_TAIL:
        stop += 1
    return None if stop - end > _LONGEST_TAIL else stop
