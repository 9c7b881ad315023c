"""Lettering in a picture: an engine's words put together into lines, the uncertain ones left out and counted.

The engine is handed grey pixels that were decoded already, never the hostile file. Lines are told by their place; what the
engine is not sure of is no line, since photographs of leaves and rubble "hold" letters too. Whom lines name (handles,
addresses, "via", bodies the packs know) is a pure function beside. What it does not prove: see ``terms/lettering.py``.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from witnessmark.errors import Missing
from witnessmark.terms.lettering import Lettering, Line, Mark
from witnessmark.terms.ports import Engines, Larder
from witnessmark.terms.script import fold

WANTED = (
    "ara",
    "eng",
)  # both at once, Arabic first: the engine then takes Latin for Latin, and seldom Arabic for Latin
# A line's mean confidence from which it is kept, and that of a line so short that rubble and leaves often spell it; measured
# in docs/explanation/lettering.md.
SURE, SHORT_SURE = 70, 85
_WORD_SURE = 30  # below which a word is no part of a line
_LETTERS, _SHORT = 3, 5  # letters and digits a line has at least; below how many it is short
_SMALL, _LARGE = 700, 2600  # pixels of the longer side: less is enlarged, since letters of few pixels are not read
_BRIGHT = 230  # of 255: captions are white, with an outline or a shadow
_LITTLE = (0.0005, 0.2)  # the share of a picture that captions are
_COLUMNS = 12
_WORD = 5  # the level of the table that holds words
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_HANDLE = re.compile(r"(?<![\w.@])@\s?([A-Za-z0-9_](?:[A-Za-z0-9_.]{1,28})[A-Za-z0-9_])")
_LINK = re.compile(
    r"(?<![\w.@-])(?:https?:/{1,2})?(?:www\.)?([a-z0-9-]+(?:\s?[.,]\s?[a-z0-9-]+)+)\s?/\s?(@?[A-Za-z0-9_.+-]{3,60})",
    re.IGNORECASE,
)
_NAME_END = re.compile(r"[\n.,؛;|()\"“«]|\s-\s|\shttps?:")
_NAME = (2, 60)  # code points of a name after "via"

Luma = npt.NDArray[np.uint8]


def lacking(engines: Engines) -> str | None:
    """What this machine lacks for lettering, in words; None where it has all. What needs it is then pending, never empty."""
    missing = sorted(set(WANTED) - engines.tongues())
    return f"the engine tesseract with its data for {' and '.join(missing)}" if missing else None


def lettering(luma: Luma, engines: Engines) -> Lettering:
    """The lines of a picture; ``luma``: grey, 8 bits, (height, width), upright.

    Raises:
        Missing: the engine or one of its languages is not there.
    """
    lack = lacking(engines)
    if lack:
        raise Missing(f"Lettering cannot be read on this machine: {lack} is missing.", "See 'witnessmark doctor'.")
    if luma.ndim != 2 or not luma.size:
        return Lettering(trouble="there are no pixels to read")
    fitted = _fitted(luma)
    lines: list[Line] = []
    unsure = 0
    try:
        for pixels in _views(fitted):
            height, width = pixels.shape
            table = engines.letters(b"P5 %d %d 255\n" % (width, height) + pixels.tobytes(), WANTED)
            found, doubtful = _lines(table, width, height)
            lines, unsure = _joined(lines, found), max(unsure, doubtful)
    except OSError as trouble:
        return Lettering(trouble=_clean(str(trouble)))
    return Lettering(lines=tuple(sorted(lines, key=lambda one: (one.box[1], one.box[0], one.text))), unsure=unsure)


def _views(luma: Luma) -> Iterator[Luma]:
    """The picture as it is; and, where a little of it is as bright as captions are, only that, black on white."""
    yield luma
    bright = luma >= _BRIGHT
    if _LITTLE[0] <= float(bright.mean()) <= _LITTLE[1]:
        yield np.where(bright, np.uint8(0), np.uint8(255))


def _joined(lines: list[Line], more: list[Line]) -> list[Line]:
    """Lines of both views; of two at one place the one with more letters, the surer of equals."""
    kept = list(lines)
    for line in more:
        there = [one for one in kept if _overlap(one, line)]
        if all(_worth(one) < _worth(line) for one in there):
            kept = [one for one in kept if one not in there] + [line]
    return kept


def _worth(line: Line) -> tuple[int, int]:
    return _letters(line.text), line.confidence


def _overlap(one: Line, other: Line) -> bool:
    """Whether two boxes share most of the lower of them, and any of their width."""
    height = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    width = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    return width > 0 and height > 0.5 * min(one.box[3] - one.box[1], other.box[3] - other.box[1])


def _fitted(luma: Luma) -> Luma:
    """Neither so small that letters are a few pixels, nor so large that the engine takes minutes."""
    longer = max(luma.shape)
    scale = 2.0 if longer < _SMALL else min(1.0, _LARGE / longer)
    if scale == 1.0:
        return np.ascontiguousarray(luma)
    size = (max(1, round(luma.shape[1] * scale)), max(1, round(luma.shape[0] * scale)))
    return np.asarray(Image.fromarray(luma).resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)


class _Word(NamedTuple):
    """``box``: left, top, right, bottom in pixels."""

    line: tuple[str, str, str]
    box: tuple[int, int, int, int]
    confidence: float
    text: str


def _words(table: str) -> Iterator[_Word]:
    for row in table.split("\n"):
        cells = row.split("\t")
        if len(cells) < _COLUMNS or cells[0] != str(_WORD):
            continue
        text = _clean("\t".join(cells[_COLUMNS - 1 :]))
        try:
            left, top, width, height = (int(cell) for cell in cells[6:10])
            confidence = float(cells[10])
        except ValueError:
            continue
        if text and confidence >= 0:
            yield _Word((cells[2], cells[3], cells[4]), (left, top, left + width, top + height), confidence, text)


def _lines(table: str, width: int, height: int) -> tuple[list[Line], int]:
    """Words by line; a line that is too uncertain, or too short to say anything, is only counted."""
    rows: dict[tuple[str, str, str], list[_Word]] = {}
    for word in _words(table):
        rows.setdefault(word.line, []).append(word)
    kept: list[Line] = []
    unsure = 0
    for words in rows.values():
        line = _line([one for one in words if one.confidence >= _WORD_SURE], width, height)
        if line is not None and line.confidence >= (SHORT_SURE if _letters(line.text) < _SHORT else SURE):
            kept.append(line)
        else:
            unsure += 1
    return kept, unsure


def _line(words: list[_Word], width: int, height: int) -> Line | None:
    text = " ".join(one.text for one in words)
    if _letters(text) < _LETTERS:
        return None
    weight = sum(len(one.text) for one in words)
    edges = np.array([one.box for one in words], dtype=np.float64)
    box = (edges[:, 0].min() / width, edges[:, 1].min() / height, edges[:, 2].max() / width, edges[:, 3].max() / height)
    left, top, right, bottom = (round(float(min(1.0, max(0.0, edge))), 4) for edge in box)
    return Line(
        box=(left, top, right, bottom),
        text=text,
        confidence=round(sum(one.confidence * len(one.text) for one in words) / weight),
        script=_script(text),
    )


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _script(text: str) -> Literal["Arab", "Latn", "both", "none"]:
    arabic, latin = bool(_ARABIC.search(text)), bool(_LATIN.search(text))
    return "both" if arabic and latin else "Arab" if arabic else "Latn" if latin else "none"


def _clean(text: str) -> str:
    """Without controls and marks of direction, which the engine writes between scripts."""
    return _UNSEEN.sub("", text).strip()


def marks(read: Lettering, larder: Larder) -> tuple[Mark, ...]:
    """Whom the lines name, each once a line, in order: handles, accounts' addresses, names after "via", bodies known."""
    hosts = {row.key for row in larder.rows("person_hosts")}
    found: dict[Mark, None] = {}
    for number, line in enumerate(read.lines):
        links = list(_links(line.text, number, hosts))
        for mark in (*links, *_handles(line.text, number), *_named(line.text, number, larder)):
            found[mark] = None
    return tuple(found)


def _links(text: str, number: int, hosts: set[str]) -> Iterator[Mark]:
    """Addresses of accounts at the hosts where people publish; an engine reads a dot as a comma, or sets blanks around it."""
    for hit in _LINK.finditer(text):
        host = re.sub(r"\s?[.,]\s?", ".", hit.group(1).lower())
        if host in hosts:
            name = hit.group(2).strip(".").lower()
            yield Mark(kind="link", to=f"{host}/{name}", written=hit.group().strip(), line=number)


def _handles(text: str, number: int) -> Iterator[Mark]:
    for hit in _HANDLE.finditer(text):
        yield Mark(kind="handle", to=f"@{hit.group(1).lower()}", written=hit.group(), line=number)


def _named(text: str, number: int, larder: Larder) -> Iterator[Mark]:
    folded = fold(text)
    for hit in larder.lexicon("via").find(folded):
        start = hit.end + len(text[hit.end :]) - len(text[hit.end :].lstrip(" :@"))
        cut = _NAME_END.search(text, start)
        name = text[start : cut.start() if cut else len(text)].strip()
        if _NAME[0] <= len(name) <= _NAME[1] and not name.isdecimal():
            yield Mark(kind="via", to=name, written=name, line=number)
    for hit in larder.lexicon("actors").find(folded):
        actor = _actor(hit.entry.fields)
        if actor:
            yield Mark(kind="actor", to=actor, written=text[hit.start : hit.end], line=number)


def _actor(fields: Mapping[str, str]) -> str | None:
    return fields.get("id") or None
