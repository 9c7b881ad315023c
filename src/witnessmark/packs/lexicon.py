"""Finding the rows of a table in a text: one pass over folded text, whole words only.

A row may say how it matches in a column ``match``: ``word`` (the default: a whole word, with the Arabic prefixes
و ف ب ل ك ال before it), ``exact`` (a whole word, no prefix) or ``stem`` (a whole word that may also carry up to four
more letters after it). It may give other spellings in a column ``forms``, split by ``|``. What it does not do: morphology.
"""

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from witnessmark.terms.ports import Entry, Hit
from witnessmark.terms.script import Folded, key

_FIRST_ARABIC, _LAST_ARABIC = "\u0621", "\u064a"
# Conjunctions and prepositions written together with the next word, with or without the article.
_CLITICS = frozenset(a + b + c for a in ("", "و", "ف") for b in ("", "ب", "ل", "ك", "س") for c in ("", "ال", "ل")) - {
    ""
}
_LONGEST_CLITIC = max(map(len, _CLITICS))
_LONGEST_TAIL = 4
_SMALL = 40_000  # letters of all forms of a table


class TableLexicon:
    """A compiled table. Building costs about 3 µs a form; finding is linear in the text."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._forms: list[tuple[Entry, str]] = []
        patterns: list[str] = []
        for entry in entries:
            for form in (entry.key, *entry.fields.get("forms", "").split("|")):
                folded = key(form)
                if folded:
                    patterns.append(folded)
                    self._forms.append((entry, entry.fields.get("match") or "word"))
        self._automaton = _automaton(patterns) if patterns else None

    def find_all(self, text: Folded) -> list[Hit]:
        """Every row's words in the text, overlapping ones too, in order of position."""
        return [hit for _, _, hit in self._hits(text)]

    def find(self, text: Folded) -> list[Hit]:
        """Leftmost longest rows, none overlapping."""
        chosen: list[Hit] = []
        last = 0
        for start, end, hit in sorted(self._hits(text), key=lambda found: (found[0], -found[1])):
            if start >= last:
                chosen.append(hit)
                last = end
        return chosen

    def _hits(self, text: Folded) -> list[tuple[int, int, Hit]]:
        """Folded start and end, with the hit."""
        if self._automaton is None:
            return []
        hits: dict[tuple[int, int, str], tuple[int, int, Hit]] = {}
        for number, start, end in self._automaton.find_matches_as_indexes(text.text, overlapping=True):
            entry, match = self._forms[number]
            whole_end = _tail(text.text, end, match)
            if whole_end is None:
                continue
            clitics = _clitics(text.text, start, match)
            if clitics is None:
                continue
            given = text.back(start, whole_end)
            hits.setdefault((start, whole_end, entry.cite), (start, whole_end, Hit(*given, entry, clitics)))
        return sorted(hits.values(), key=lambda found: (found[0], found[1], found[2].entry.cite))


def _automaton(patterns: Sequence[str]) -> AhoCorasick:
    """As a table of states where it stays small (a few MB), which finds two to four times as fast."""
    made = Implementation.DFA if sum(map(len, patterns)) <= _SMALL else None
    return AhoCorasick(patterns, matchkind=MatchKind.Standard, implementation=made)


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


def _clitics(text: str, start: int, match: str) -> str | None:
    """The Arabic prefixes before the words, or None where other letters stand there."""
    if start == 0 or not text[start - 1].isalnum() or not text[start].isalnum():
        return ""
    if match == "exact" or not _FIRST_ARABIC <= text[start] <= _LAST_ARABIC:
        return None
    first = start
    while first > 0 and text[first - 1].isalnum() and start - first <= _LONGEST_CLITIC:
        first -= 1
    before = text[first:start]
    return before if before in _CLITICS else None
