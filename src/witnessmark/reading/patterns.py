"""Tables whose rows are regular expressions, compiled once for each larder.

A pattern is knowledge (what a platform's page prints) and lives in a pack; this only compiles it, and leaves aside those that
cannot match a text: most texts hold the words of few pages.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from witnessmark.terms.ports import Larder

_KEPT = 64  # tables of larders in use in one process
_KEPT_TEXTS = 4  # which several readers ask in turn while one item is read
# What a pattern is made of: a letter meant as such, an escape, a class, a bracket, a count of what stands before.
_PIECE = re.compile(
    r"\\(?P<escaped>[^\w\s])|\\(?:x..|u.{4}|U.{8}|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<bracket>[()])|(?P<count>[?*+]|\{[^}]*\})|(?P<other>[|.^$])|(?P<letter>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row: the compiled pattern, what it does, and how it is cited. ``needs``: letters that every match holds."""

    regex: re.Pattern[str]
    effect: str
    cite: str
    gloss: str
    needs: str = ""


class ByDigest:
    """A larder as a cache key: equal where its packs are equal."""

    def __init__(self, larder: Larder) -> None:
        self.larder = larder

    def __hash__(self) -> int:
        return hash(self.larder.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByDigest) and other.larder.digest == self.larder.digest


def needed(regex: re.Pattern[str]) -> str:
    """The longest run of letters that every match of a pattern holds; empty where none is certain.

    Only letters outside brackets and classes count, and none where there is a choice outside brackets.
    """
    if regex.flags & (re.IGNORECASE | re.VERBOSE):
        return ""
    runs, depth = [""], 0
    for piece in _PIECE.finditer(regex.pattern):
        letter = piece["escaped"] or piece["letter"]
        depth += {"(": 1, ")": -1}.get(piece["bracket"], 0)
        if not depth and piece["other"] == "|":
            return ""
        if not depth and letter:
            runs[-1] += letter
        elif not depth:
            if piece["count"]:
                runs[-1] = runs[-1][:-1]  # perhaps it stands there not at all
            runs.append("")
    return max((run for run in runs if not run.isspace()), key=len, default="")


@lru_cache(maxsize=_KEPT)
def _compiled(key: ByDigest, table: str) -> tuple[Pattern, ...]:
    found = []
    for row in key.larder.rows(table):
        regex = re.compile(row.key, re.MULTILINE)
        found.append(
            Pattern(regex, row.fields["effect"], f"{row.cite[:80]}", row.fields.get("gloss", ""), needed(regex))
        )
    return tuple(found)


def patterns(larder: Larder, table: str) -> tuple[Pattern, ...]:
    """The rows of a table of patterns, in order."""
    return _compiled(ByDigest(larder), table)


@lru_cache(maxsize=_KEPT)
def _heads(key: ByDigest, table: str) -> tuple[frozenset[int], re.Pattern[str]]:
    """Which rows begin at the head of a line and need no certain letters, and a pattern that matches where any of them does."""
    rows = _compiled(key, table)
    plain = re.compile("", re.MULTILINE).flags
    heads = {
        number: row.regex.pattern
        for number, row in enumerate(rows)
        if not row.needs and row.regex.pattern.startswith("^") and row.regex.flags == plain and not row.regex.groups
    }
    return frozenset(heads), re.compile("|".join(f"(?:{one})" for one in heads.values()) or "(?!)", re.MULTILINE)


@lru_cache(maxsize=_KEPT_TEXTS)
def _able(key: ByDigest, table: str, text: str) -> tuple[Pattern, ...]:
    heads, any_head = _heads(key, table)
    left_out = frozenset[int]() if any_head.search(text) else heads
    rows = enumerate(_compiled(key, table))
    return tuple(row for number, row in rows if row.needs in text and number not in left_out)


def able(larder: Larder, table: str, text: str) -> tuple[Pattern, ...]:
    """The rows of a table of patterns that may match somewhere in a text, in order; those left out match nowhere in it."""
    return _able(ByDigest(larder), table, text)
