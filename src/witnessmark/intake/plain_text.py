"""Plain text and Markdown: one item, one passage, the whole text as it stands.

Encoding is taken from a byte order mark, else UTF-8, else a code page that the bytes fit, which is then said. Bytes that
are no text in any of them become U+FFFD, are counted and said. Markdown's marks stay in the text: offsets are those of
the file as decoded.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from witnessmark.intake.opened import Opened, counted, mend, undecoded
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Passage
from witnessmark.terms.unread import Notice, Unread

LARGEST = 32 << 20  # bytes; a person reads no longer text as one, and offsets of longer ones help nobody
_WIDE = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), *_WIDE)
_NUMBER = rb"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_MACHINE = (
    # Not "[11/06/2017, 10:11] Name: words" nor "[1] a footnote": those are people's words.
    (
        "JSON",
        re.compile(
            rb'\{\s*(?:"|\}\s*$|$)|\[\s*(?:["{]|\[\s*["{\[\d-]|\]\s*$|$|(?:'
            + _NUMBER
            + rb'|true|false|null)\s*(?:,\s*["\d{\[-]|\]\s*$))'
        ),
    ),
    ("XML", re.compile(rb"<\?xml|<(?:svg|rss|feed|kml|gpx)[\s>]", re.IGNORECASE)),
    (
        "JavaScript",
        re.compile(rb"window\.\w+[.\s]*[\w.]*\s*[=(\[]|(?:var|let|const)\s+[\w$]+\s*=|\(?function\b\s*\w*\s*\("),
    ),
    ("keys or certificates", re.compile(rb"-----BEGIN ")),
    ("a web archive", re.compile(rb"WARC/\d|\S+ \d{14} \{|!meta \d+ \{|\S+\)/\S* \d{14}\t")),
)
_HEAD = 1 << 16  # bytes that a format is shown
_LOOKED, _FEWEST_ROWS, _FEWEST_COLUMNS = 50, 2, 3  # rows of a table that are looked at, and the fewest it has
_LONGEST_NAME = 60  # characters of the name of a column
_ONE_WIDTH = 0.9  # share of rows as wide as the first
_CONTROLS = frozenset(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27}
_MOST_CONTROLS = 0.02  # share of control bytes above which bytes are no text
_MOST_BROKEN = 0.05  # share of bytes that are no UTF-8 above which another encoding is tried
_FEW = 3  # stretches of bytes that are no UTF-8, up to which a text counts as damaged UTF-8
_ASCII = 127
_ARABIC_SHARE = 0.6  # share of high bytes that windows-1256 maps to Arabic letters in Arabic text


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the shape of a test
    """No other format, few control bytes, and words rather than data made for machines."""
    wide = next((name for mark, name in _WIDE if head.startswith(mark)), None)
    if wide:
        text = head[: len(head) // 4 * 4].decode(wide, "replace")
        odd = sum(char == "\N{REPLACEMENT CHARACTER}" or ord(char) in _CONTROLS for char in text)
        return odd <= len(text) * _MOST_CONTROLS + 1 and not machine_data(text.encode("utf-8", "replace"))
    if machine_data(head):
        return False
    return sum(byte in _CONTROLS for byte in head) <= len(head) * _MOST_CONTROLS


def machine_data(head: bytes) -> str | None:
    """What kind of data made for machines these first bytes look like, or None where they look like words."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for name, pattern in _MACHINE:
        if pattern.match(start):
            return name
    return "a table of values" if _is_table(start.decode("utf-8", "replace")) else None


def _is_table(text: str) -> bool:
    """Whether lines split by commas, semicolons or tabs have one width, under a first line of short names.

    Cells may hold line breaks in quotation marks. A sentence with commas is none: blanks follow them.
    """
    for delimiter in "\t,;":
        try:
            rows = [row for row in islice(csv.reader(StringIO(text), delimiter=delimiter), _LOOKED) if row]
        except csv.Error:
            continue
        whole = rows[:-1] if len(rows) > _FEWEST_ROWS and len(text) >= _HEAD else rows  # the last may be cut off
        head = rows[0] if rows else []
        spaced = sum(cell.startswith(" ") for cell in head[1:])
        named = len(head) >= _FEWEST_COLUMNS and max(map(len, head)) <= _LONGEST_NAME and spaced * 2 < len(head)
        fit = sum(len(row) == len(head) for row in whole)
        if named and len(whole) >= _FEWEST_ROWS and fit >= _ONE_WIDTH * len(whole):
            return True
    return False


def decode(data: bytes) -> tuple[str, str | None]:
    """The text, and a sentence where an encoding was assumed or bytes were replaced."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data.decode(name, "replace")
            return text, _replaced(text)
    text = data.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}") - data.count(b"\xef\xbf\xbd")
    if broken <= 0:
        return text, None
    # Where not one letter beyond ASCII is whole UTF-8, a few broken ones are another encoding's letters, not damage.
    whole = len(text) - broken - sum(char < "\x80" for char in text)
    if broken <= len(data) * _MOST_BROKEN and (whole > 0 or broken <= _FEW):
        return text, undecoded(broken)
    return _code_page(data)


def _replaced(text: str) -> str | None:
    count = text.count("\N{REPLACEMENT CHARACTER}")
    what = counted(count, "stretch of bytes", "stretches of bytes")
    return f"{what} could not be decoded; U+FFFD stands in place" if count else None


def _code_page(data: bytes) -> tuple[str, str]:
    """Windows-1256 where its letters are Arabic, else Windows-1252."""
    arabic = data.decode("cp1256", "replace")
    high = [char for char in arabic if ord(char) > _ASCII]
    letters = sum("\u0621" <= char <= "\u0652" for char in high)
    if high and letters >= len(high) * _ARABIC_SHARE:
        return arabic, "its bytes are no UTF-8; read as windows-1256 (Arabic), an assumption"
    western = data.decode("cp1252", "replace")
    lost = western.count("\N{REPLACEMENT CHARACTER}")
    also = f"; {lost} bytes that it does not know were replaced by U+FFFD" if lost else ""
    return western, f"its bytes are no UTF-8; read as windows-1252, an assumption{also}"


def read(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:  # noqa: ARG001 - the shape of a reader
    """One item with the whole text."""
    if path.stat().st_size > LARGEST:
        yield Unread(address=address, selector="", why="more than 32 MiB, too large to be read as one text")
        return
    text, assumed = decode(path.read_bytes())
    text, broken = mend(text)
    if assumed:
        yield Notice(address=address, selector="", what=assumed)
    if not any(char.isprintable() and not char.isspace() for char in text):
        yield Unread(address=address, selector="", why="nothing but blanks")
        return
    repaired = (f"text: {broken} NUL or lone surrogate replaced by U+FFFD",) if broken else ()
    passage = Passage(role="body", text=text, selector="text")
    yield Item(address=address, selector="", kind="text", passages=(passage,), repaired=repaired)
