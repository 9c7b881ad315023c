"""Sentences: stretches of a passage's readable regions, by stops, line ends and quotation marks of both scripts.

Abbreviations are a table; a stop inside a number, an address or a word dodging a filter ends nothing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from witnessmark.reading.patterns import ByDigest
from witnessmark.terms.anchor import Span
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Region
from witnessmark.terms.ports import Larder
from witnessmark.terms.script import Folded

# A stop counts before a blank, a line end, a closing mark, or (in Arabic, typed without blanks) a letter of Arabic.
_STOP = re.compile(r"(?:[.!?؟…]+[\"”»’')\]]*(?=\s|$|[\u0621-\u064a#\"“«])|\n+|[؛](?=\s)|\s[•▪◾🔴🔻🔺⭕]\s?)")
_ARABIC_BEFORE = re.compile(r"[\u0621-\u064a]{1,2}$")
_CLOSING = "\"”»’')"
_SMALL = re.compile(r" [a-z]")
_QUOTES = {"“": "”", "«": "»"}
_STRAIGHT = re.compile(r'"[^"\n]{2,400}"')
_ENDS = '.!?:؟…"”»'
_NEXT_LINES = re.compile(r"([^\n]+)(?:\n+([^\n]*))?")
_HEADED = re.compile(r"\s*[a-z]{2,3}[ -][A-Z][^\n:]{0,30}:\s")  # "al-Zarhal: two killed"
_NUMBER = re.compile(r"\W*\d{1,2}")  # of a line in a list: "1. Zarhal"
_GOING_ON = ",;)"  # no sentence begins with these
_NAME_WORDS = 10  # words of a name that a page sets on a line of its own
_LONGEST = 2_000  # code points: lists and dumps without a stop are longer, sentences are not
_LONGEST_WORD = 80  # code points; no abbreviation is longer, with the marks before it
_LONGEST_QUOTE = 400  # code points within which a quotation is kept in one sentence


@lru_cache(maxsize=8)
def _abbreviations(key: ByDigest) -> frozenset[str]:
    return frozenset(row.key.casefold() for row in key.larder.rows("abbreviations"))


def sentences(
    item: Item, regions: tuple[tuple[Region, ...], ...], folded: tuple[Folded, ...], larder: Larder
) -> tuple[Span, ...]:
    """Spans of sentences in order of passage and position; ``folded``: the item's passages, folded."""
    short = _abbreviations(ByDigest(larder))
    spans: list[Span] = []
    for number, passage in enumerate(item.passages):
        for region in regions[number]:
            if region.role in ("body", "title", "quoted"):
                for start, end in _split(passage.text, region.start, region.end, short, folded[number]):
                    spans.append(Span(passage=number, start=start, end=end))
    return tuple(spans)


def _split(text: str, start: int, end: int, short: frozenset[str], folded: Folded) -> Iterator[tuple[int, int]]:
    quotes = _Quotes(text, start, end)
    here = start
    for found in _STOP.finditer(text, start, end):
        if _goes_on(text, here, found, short) or _hidden(folded, found) or quotes.hold(found.start(), found.end()):
            continue
        yield from _pieces(text, here, found.end())
        here = found.end()
    yield from _pieces(text, here, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, trimmed; one too long to be any is cut at blanks, since finders look at all pairs of words in one."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else text.find(" ", start + _LONGEST, end)
        if cut < 0:
            break
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


class _Quotes:
    """Quotations short enough to keep whole, asked for one stop after another in the order of the text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._marks = sorted(_inside_quotes(text, start, end), reverse=True)
        self._furthest = 0  # where the last of those ends that began before the stop

    def hold(self, start: int, end: int) -> bool:
        """Whether a stop stands inside one."""
        while self._marks and self._marks[-1][0] < start:
            self._furthest = max(self._furthest, self._marks.pop()[1])
        return end < self._furthest


def _inside_quotes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where they begin and end, by their marks."""
    out = [(found.start(), found.end() - 1) for found in _STRAIGHT.finditer(text, start, end)]
    for opening, closing in _QUOTES.items():
        here = text.find(opening, start, end)
        while here >= 0:
            close = text.find(closing, here + 1, min(end, here + _LONGEST_QUOTE))
            if close >= 0 and "\n" not in text[here:close]:
                out.append((here, close))
            here = text.find(opening, here + 1, end)
    return out


def _hidden(folded: Folded, found: re.Match[str]) -> bool:
    """Whether a stop only dodges a filter inside a word, and folds away."""
    if found.group()[0] != ".":
        return False
    at = folded.forth(found.start())
    return at >= len(folded.at) or folded.at[at] != found.start()


def _goes_on(text: str, here: int, found: re.Match[str], short: frozenset[str]) -> bool:
    """Whether a stop ends no sentence: an abbreviation, an initial, or a mark inside a word."""
    stop = found.group()
    if stop.startswith("\n"):
        return _wrapped(text, here, found)
    if stop[-1] in _CLOSING and _SMALL.match(text, found.end()):
        return True  # “Who fired?” she asked; Sara Haddad (Min. of Health) said
    if not stop.startswith(".") or stop.startswith(".."):
        return False
    if _NUMBER.fullmatch(text, here, found.start()) and text[found.end() : found.end() + 1] != "\n":
        return True
    after = text[found.end() : found.end() + 1]
    if (
        after
        and "\u0621" <= after <= "\u064a"
        and _ARABIC_BEFORE.search(text[max(here, found.start() - 3) : found.start()])
    ):
        before = text[max(here, found.start() - 3) : found.start()]
        return len(before) < 3 or not before.isalpha()
    word = text[max(here, found.end() - _LONGEST_WORD) : found.end()].split()[-1:] or [""]
    word_text = word[0].casefold().lstrip("(\"“'")
    return word_text in short or (len(word_text) == 2 and word_text[0].isalpha() and word_text.isascii())


def _wrapped(text: str, here: int, found: re.Match[str]) -> bool:
    """Whether a line break stands inside a sentence of Latin script: small letters or a comma follow it, at once or

    after a name.
    """
    before = text[here : found.start()].rstrip()
    if not before or before[-1] in _ENDS:
        return False
    lines = _NEXT_LINES.match(text, found.end())
    if lines is None:
        return False
    first, second = lines.group(1), lines.group(2) or ""
    goes_on = _continues(second) or second.lstrip()[:1] == "("  # an age behind a name
    sandwiched = len(first.split()) <= _NAME_WORDS and first.rstrip()[-1:] not in _ENDS and goes_on
    aged = (
        first.lstrip()[:1] == "(" and before[-1] not in _ENDS and len(before.rsplit("\n", 1)[-1].split()) <= _NAME_WORDS
    )
    return _continues(first) or aged or (sandwiched and (before[-1].islower() or before[-1] in _GOING_ON))


def _continues(line: str) -> bool:
    """Whether a line begins as the middle of a sentence does."""
    first = line.lstrip()[:1]
    return (first.islower() and not _HEADED.match(line)) or (first != "" and first in _GOING_ON)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(char.isalnum() for char in text[start:end]):
        yield start, end
