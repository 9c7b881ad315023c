"""The words around names of people harmed, by the roles they play, looked up only in sentences that may name any.

They are the commonest words of a language ("the", "and", "his"), so a search through every text would cost more than all
that is found by it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.sheet import beginning
from witnessmark.reading.toll_marks import Line
from witnessmark.terms.ports import Larder
from witnessmark.terms.script import key

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+){0,3}")
_CLITIC = re.compile(r"[\u0648\u0641\u0628\u0644\u0643](?=\w{3})")  # prefixes written together with the next word
_OWNED = re.compile(r"['’]s\Z")
_KEPT = 50_000  # words as written whose roles are kept at hand
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A word or phrase and what it may do around a name."""

    start: int
    end: int
    roles: frozenset[str]


class Vocabulary:
    """``rows``: folded words to their roles; ``joined``: those that Arabic prefixes may be written together with."""

    def __init__(self, rows: dict[str, frozenset[str]], joined: frozenset[str]) -> None:
        self.rows, self.joined = rows, joined
        self._met: dict[
            str, tuple[frozenset[str], int]
        ] = {}  # words as written: their roles, words of phrases they begin
        self._longest: dict[str, int] = {}
        for words in rows:
            first, *others = words.split()
            self._longest[first] = max(self._longest.get(first, 0), len(others))

    def roles(self, words: str) -> frozenset[str]:
        """What words may do, empty where they are none of the pack's."""
        return self._meet(words)[0]

    def _meet(self, words: str) -> tuple[frozenset[str], int]:
        """The roles of words, and how many more words the longest phrase has that they begin."""
        met = self._met.get(words)
        if met is None:
            if len(self._met) >= _KEPT:
                self._met.clear()
            folded = _OWNED.sub("", key(words))
            bare = _CLITIC.sub("", folded, count=1)
            plays = self.rows.get(folded) or (self.rows[bare] if bare in self.joined else _NONE)
            met = self._met[words] = plays, max(self._longest.get(folded, 0), self._longest.get(bare, 0))
        return met

    def find(self, text: str, start: int, end: int) -> list[Hit]:
        """Every word and phrase between two places, in order; overlapping ones too."""
        spans = [found.span() for found in _WORD.finditer(text, start, end)]
        out = []
        for number, (low, high) in enumerate(spans):
            plays, more = self._meet(text[low:high])
            if plays:
                out.append(Hit(low, high, plays))
            for _, last in spans[number + 1 : number + 1 + more]:
                plays = self.roles(text[low:last])
                if plays:
                    out.append(Hit(low, last, plays))
        return out


@lru_cache(maxsize=8)
def _vocabulary(held: ByDigest) -> Vocabulary:
    rows: dict[str, frozenset[str]] = {}
    joined = set()
    for row in held.larder.rows("victim_words"):
        folded = key(row.key)
        rows[folded] = rows.get(folded, _NONE) | frozenset(row.fields["role"].split())
        if row.fields["match"] == "word":
            joined.add(folded)
    return Vocabulary(rows, frozenset(joined))


def vocabulary(larder: Larder) -> Vocabulary:
    """The words of the packs in use."""
    return _vocabulary(ByDigest(larder))


class Words:
    """The words of one sentence that play a role around names."""

    def __init__(self, line: Line, words: Vocabulary) -> None:
        self.line = line
        self.hits = words.find(line.text, line.start, line.end)

    def between(self, start: int, end: int, role: str) -> list[Hit]:
        """The words of a role between two places."""
        found = beginning(self.hits, start, end, lambda one: one.start)
        return [hit for hit in found if hit.end <= end and role in hit.roles]

    def nothing_but(self, start: int, end: int, *wanted: str, masked: Sequence[tuple[int, int]] = ()) -> bool:
        """Whether all the letters between two places are words of some roles, or masked."""
        left = list(self.line.text[start:end])
        spans = [(hit.start, hit.end) for role in wanted for hit in self.between(start, end, role)]
        for low, high in (*spans, *masked):
            for at in range(max(low, start), min(high, end)):
                left[at - start] = " "
        return not any(char.isalnum() for char in left)
