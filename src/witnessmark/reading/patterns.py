"""Tables whose rows are regular expressions, compiled once for each larder.

A pattern is knowledge (what a platform's page prints) and lives in a pack; this only compiles it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from witnessmark.terms.ports import Larder

_KEPT = 64  # tables of larders in use in one process


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row: the compiled pattern, what it does, and how it is cited."""

    regex: re.Pattern[str]
    effect: str
    cite: str
    gloss: str


class ByDigest:
    """A larder as a cache key: equal where its packs are equal."""

    def __init__(self, larder: Larder) -> None:
        self.larder = larder

    def __hash__(self) -> int:
        return hash(self.larder.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByDigest) and other.larder.digest == self.larder.digest


@lru_cache(maxsize=_KEPT)
def _compiled(key: ByDigest, table: str) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(
            re.compile(row.key, re.MULTILINE), row.fields["effect"], f"{row.cite[:80]}", row.fields.get("gloss", "")
        )
        for row in key.larder.rows(table)
    )


def patterns(larder: Larder, table: str) -> tuple[Pattern, ...]:
    """The rows of a table of patterns, in order."""
    return _compiled(ByDigest(larder), table)
