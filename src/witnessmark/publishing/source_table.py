"""The source table on its way out and back: which of its columns a person may edit, and how a row knows itself again.

A row carries three digests in ``as_exported``: of the suggestion it shows, of its cells that may be edited, and of the
others. So a row that comes back is known to be as it was, edited where it may be, or changed where it may not, though the
case has moved on meanwhile. Blanks, letter case of what is not edited, marks that cannot be seen, and how a program writes a
number ("3.0", Arabic digits) make no difference. What the digests are not: a signature; who signs is said at import.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from witnessmark.casefile import sources
from witnessmark.casefile.rows import Row
from witnessmark.publishing.tables import UNSEEN, fitted, plain, undefused

STAMP = "as_exported"
TEXTS = ("translation", "note")
EDITABLE = ("translation", *sources.FIGURES, "note", "accept")
ID, WORDS = "claim", "words"
_DIGITS = 16
_ENOUGH = 8_000  # characters of a cell that are compared; where a longer one is cut differs by its form
_WHOLE = re.compile(r"(\d+)\.00?")  # 3.000 is three thousand where dots part them
_THOUSANDS = re.compile(r"(?<![\d ])\d{1,3}(?: \d{3})+(?![ \d])")
_LOOSE = re.compile(r"(?<!\d) | (?!\d)")


def stamped(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each with its digests as the last column."""
    for row in rows:
        yield {**row, STAMP: stamp(row)}


def stamp(row: Mapping[str, object]) -> str:
    """The three digests of a row as the case has it."""
    told = {column: as_cell(value) for column, value in row.items() if column != STAMP}
    return "-".join((str(row["seen"])[:_DIGITS], edited_digest(told), locked_digest(told)))


def as_cell(value: object) -> str:
    """A value as the text that a cell of any form holds of it."""
    return fitted(str(plain(value)))


def edited_digest(cells: Mapping[str, str]) -> str:
    """Over the cells that may be edited, in their order."""
    return _digest(tidy(column, cells.get(column, "")) for column in EDITABLE)


def locked_digest(cells: Mapping[str, str]) -> str:
    """Over the other cells, by name of their columns, so that their order does not matter."""
    return _digest(
        f"{column}={tidy(column, cells[column])}" for column in sorted(cells) if column not in (*EDITABLE, STAMP)
    )


def _digest(parts: Iterable[str]) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def tidy(column: str, text: str) -> str:
    """A cell's text less what a spreadsheet may do to it, so that only what a person changed is a change."""
    if not text:
        return ""
    if column in sources.FIGURES:
        return figure(text)
    words = " ".join(UNSEEN.sub(" ", unicodedata.normalize("NFC", undefused(text))).split())
    words = words.replace("\ufffe", "").replace("\uffff", "")
    if column in TEXTS:
        return words
    whole = _WHOLE.fullmatch(words)
    return whole[1] if whole else words[:_ENOUGH].casefold()


def figure(text: str) -> str:
    """A figure as typed, in ASCII digits, without marks, "3.0" as "3".

    A blank stays where it parts two numbers ("3 5", or two lines of a cell), so that they are not run together; so does what
    is no digit of a number but looks like one (a footnote's mark).
    """
    shown = " ".join("".join(map(_shown, undefused(text))).split())
    kept = _LOOSE.sub("", _THOUSANDS.sub(lambda found: found[0].replace(" ", ""), shown))
    whole = _WHOLE.fullmatch(kept)
    return whole[1] if whole else kept


def _shown(char: str) -> str:
    """A character of a figure; a blank for what cannot be seen."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Cs"):
        return " "
    return char if char.isnumeric() else unicodedata.normalize("NFKC", char).casefold()


def parted(found: str) -> Sequence[str] | None:
    """The three digests of a cell of ``as_exported``, or None where it holds no such thing."""
    parts = found.strip().casefold().split("-")
    return parts if len(parts) == 3 and all(re.fullmatch(rf"[0-9a-f]{{{_DIGITS}}}", one) for one in parts) else None
