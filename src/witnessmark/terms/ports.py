"""What pure rooms are handed and do not make: tables of knowledge, a gazetteer, a clock, other programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from witnessmark.terms.place import PlaceCandidate
from witnessmark.terms.script import Folded


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a pack's table. ``key``: its first column as written; ``fields``: every column by name.

    ``cite``: ``pack:table:key``, for ``Why.entries``.
    """

    key: str
    fields: Mapping[str, str]
    cite: str


class Hit(NamedTuple):
    """An entry found in a text: code points of the text as given, end exclusive; ``clitics``: Arabic prefixes before it.

    A named tuple and no dataclass: hundreds are made of each item, and a frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    entry: Entry
    clitics: str = ""


class Lexicon(Protocol):
    """A table whose rows are looked for in texts."""

    def find(self, text: Folded) -> list[Hit]:
        """Every row's words in the text, leftmost longest first, in order of position; none overlap."""
        ...

    def find_all(self, text: Folded) -> list[Hit]:
        """Every row's words in the text, overlapping ones too, in order of position."""
        ...


class Gazetteer(Protocol):
    """Names of places and what they may mean."""

    def find(
        self, text: Folded, within: Sequence[tuple[int, int]] | None = None
    ) -> list[tuple[int, int, tuple[PlaceCandidate, ...]]]:
        """Names found: start, end (code points of the text as given), candidates in no particular order.

        ``within``: stretches of the folded text, in order; only names on lines that these touch need be found.
        """
        ...

    def alike(self, name: str) -> tuple[PlaceCandidate, ...]:
        """Candidates whose name has the same consonants, in either script; many are other names."""
        ...

    def lookup(self, name: str) -> tuple[PlaceCandidate, ...]:
        """Candidates of one name, in any spelling that folds to the same."""
        ...


class Larder(Protocol):
    """Every pack in use, compiled."""

    @property
    def digest(self) -> str:
        """Over the digests of all packs in use."""
        ...

    @property
    def gazetteer(self) -> Gazetteer:
        """All gazetteers in use, as one."""
        ...

    def lexicon(self, table: str) -> Lexicon:
        """The rows of every pack's table of that name, compiled once."""
        ...

    def rows(self, table: str) -> Sequence[Entry]:
        """The rows of every pack's table of that name, in order of pack and line."""
        ...

    @property
    def tongues(self) -> Mapping[str, frozenset[str]]:
        """Folded words of each language (ISO 639) that has packs of its own."""
        ...

    def speaking(self, language: str) -> "Larder":
        """The packs that texts of a language (ISO 639) are read with."""
        ...


class Clock(Protocol):
    """Where time comes from; made in cli or desk and handed down."""

    def now(self) -> datetime:
        """The present instant, with a zone."""
        ...


class Engines(Protocol):
    """Other programs, where this machine has them; made in cli or desk and handed down, to worker processes too."""

    def tongues(self) -> frozenset[str]:
        """What lettering can be read in, by the engine's own codes (``ara``, ``eng``); empty where there is no engine."""
        ...

    def letters(self, picture: bytes, tongues: Sequence[str]) -> str:
        """The words in a picture (PGM) as a table with tabs: level, place in the page, box, confidence, text.

        Raises:
            OSError: the engine could not be started, took too long or ended with trouble; it says which.
        """
        ...
