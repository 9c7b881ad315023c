"""Attributions against PolNeAR (Newell, Margolin, Ruths 2018): which words are attributed, and to whom.

``content token F1``: tokens inside any gold content against tokens inside any statement of ours that has a source.
``direct quotes found``: gold contents that stand wholly in quotation marks and share at least half of their tokens with
one direct or mixed statement of ours; ``with the right source``: of all gold direct quotes, those found whose source
words overlap the gold source's. Where several annotators coded a file, the first by name counts.
"""

import re
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.texts import read_text
from benchmarks.shared import BENCH, digest
from witnessmark.terms.reading import Reading

FOLDER = BENCH / "polnear"
_TOKEN = re.compile(r"\w+")
_QUOTES = "\"“”'‘’«»"
_HALF = 0.5
_Spans = list[tuple[int, int]]


class Attributed(NamedTuple):
    """Spans, in code points, of who says it and of what is said."""

    source: _Spans
    content: _Spans


def gold(path: Path) -> list[Attributed]:
    """The attributions of one stand-off file."""
    spans: dict[str, _Spans] = {}
    events: list[list[tuple[str, str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[0].startswith("T"):
            places = cells[1].split(" ", 1)[1].split(";")
            spans[cells[0]] = [(int(start), int(end)) for start, end in (place.split() for place in places)]
        elif cells[0].startswith("E"):
            events.append([(role, mark) for role, mark in (pair.split(":") for pair in cells[1].split())])
    return [
        Attributed(
            source=[span for role, mark in event if role.startswith("Source") for span in spans.get(mark, [])],
            content=[span for role, mark in event if role.startswith("Content") for span in spans.get(mark, [])],
        )
        for event in events
    ]


def annotated() -> list[tuple[Path, Path]]:
    """Each text with the first annotator's file."""
    found = []
    for text in sorted((FOLDER / "text").glob("*.txt")):
        files = sorted(path for path in (FOLDER / "attributions").glob("*.ann") if path.name.startswith(text.stem))
        if files:
            found.append((text, files[0]))
    return found


def _tokens(text: str, spans: _Spans) -> set[int]:
    """Where the tokens inside spans start."""
    return {found.start() for start, end in spans for found in _TOKEN.finditer(text, start, end)}


def _direct(text: str, spans: _Spans) -> bool:
    """Whether the content is one stretch in quotation marks, counting marks that stand just outside it."""
    if len(spans) != 1:
        return False
    start, end = spans[0]
    before = text[max(0, start - 1) : start + 1]
    after = text[end - 1 : end + 2]
    return any(mark in _QUOTES for mark in before) and any(mark in _QUOTES for mark in after)


def _overlap(one: _Spans, other: _Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _quotes(text: str, wanted: list[Attributed], reading: Reading) -> tuple[int, int, int]:
    """Gold direct quotes; how many are found; how many with the right source."""
    total = found = right = 0
    said = [one for one in reading.statements if one.form in ("direct", "mixed")]
    for one in wanted:
        tokens = _tokens(text, one.content)
        if not tokens or not _direct(text, one.content):
            continue
        total += 1
        near = [
            guess
            for guess in said
            if len(tokens & _tokens(text, [(guess.content.start, guess.content.end)])) >= _HALF * len(tokens)
        ]
        found += bool(near)
        right += any(
            guess.source_span is not None and _overlap([(guess.source_span.start, guess.source_span.end)], one.source)
            for guess in near
        )
    return total, found, right


def score() -> tuple[dict[str, float], str]:
    """The figures of the module's docstring, with the digest of the data."""
    pairs = annotated()
    both = mine = theirs = 0
    quotes = [0, 0, 0]
    for path, marks in pairs:
        text = path.read_text(encoding="utf-8")
        wanted, reading = gold(marks), read_text(text)
        want = _tokens(text, [span for one in wanted for span in one.content])
        have = _tokens(
            text,
            [(one.content.start, one.content.end) for one in reading.statements if one.form != "own"],
        )
        both, mine, theirs = both + len(want & have), mine + len(have), theirs + len(want)
        quotes = [a + b for a, b in zip(quotes, _quotes(text, wanted, reading), strict=True)]
    figures = {
        "content token F1": 2 * both / (mine + theirs) if mine + theirs else 0.0,
        "content token precision": both / mine if mine else 0.0,
        "content token recall": both / theirs if theirs else 0.0,
        "direct quotes found": quotes[1] / quotes[0] if quotes[0] else 0.0,
        "direct quotes with the right source": quotes[2] / quotes[0] if quotes[0] else 0.0,
    }
    return figures, digest([path for pair in pairs for path in pair])
