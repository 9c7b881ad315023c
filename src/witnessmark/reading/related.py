"""Matter of other pages within a page: what stands under a heading ("read also"), and rows of cards.

The rule: a heading of related matter covers all below it up to where the page's own text goes on. It goes on at a
sentence with half the title's words, or with three full sentences in a row that hold words of the title, or are the
first that the page tells; it does not where the line above them was said before as a headline, or they tell what a
headline above them says: that is the next article of an endless page. A card is a headline, perhaps with a day or a
summary, printed twice, as pages do for a picture's text; three cards in a row below a sentence of the article are
other pages'. What it does not do: tell an unlabelled single link within an article from its own subheading.
"""

import re
from collections.abc import Iterator
from itertools import islice

from witnessmark.reading.headlines import TITLE_LEAST, Row, words_of

_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = 12  # words from which a line above a heading is a paragraph
_PROSE = 3  # full sentences in a row that make a text
_LEAST_SHARED, _SHARE = 3, 0.4  # words of the title, and their share, that the page's own text has
_TOLD = 0.6  # share of a headline's words in the two sentences below it that tell what it says
_ABOVE = 3  # lines above a text among which its headline stands
_HEADINGS = 12  # headings of one kind looked at; a page with more is a list of links
_BOX = 12  # headlines of a box
_CARDS, _CARD_LINES, _CARD_LEAST = 3, 3, 20  # cards in a row; lines of one; code points of its headline
_EMBEDDED = re.compile(r"\(@\w{2,}\)")  # a post of X shown within an article, which pages print twice, too


def under_headings(
    text: str, title: str, top: int, heading: re.Pattern[str], resumes: bool
) -> Iterator[tuple[int, int]]:
    """Stretches under headings, each with its heading. ``resumes``: whether text of the page's own may follow in prose."""
    at = top
    for seen, hit in enumerate(heading.finditer(text, top)):
        if seen >= _HEADINGS:
            return
        if hit.start() < at:
            continue
        rows = _rows(text, title, hit.end())
        if not _ends_matter(text, top, hit, rows):
            continue
        own = next((row.start for row in rows if row.sentence and row.own), None) if words_of(title) else None
        prose = _prose(text, title, rows, told=_told(text, title, top, hit.start())) if resumes else None
        at = min((start for start in (own, prose) if start is not None), default=len(text))
        yield hit.start(), at


def above_ends(text: str, title: str, top: int, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Boxes of headlines above a mark that says that one ends there, each with its mark."""
    for hit in islice(mark.finditer(text, top), _HEADINGS):
        box: list[Row] = []
        for row in reversed(_rows(text[: hit.start()], title, top)):
            if row.full or (row.own and words_of(title)) or len(box) >= _BOX:
                break
            box.append(row)
        yield (box[-1].start if box else hit.start()), hit.end()


def _ends_matter(text: str, top: int, heading: re.Match[str], rows: list[Row]) -> bool:
    """Whether a heading ends the page's own matter: above a first paragraph such words head a menu."""
    above = any(len(line.group().split()) >= _PARAGRAPH for line in _LINE.finditer(text, top, heading.start()))
    return above or not any(row.sentence for row in rows)


def _told(text: str, title: str, top: int, end: int) -> bool:
    """Whether the page told anything above a place."""
    return any(row.full and row.sentence for row in _rows(text[:end], title, top))


def _rows(text: str, title: str, start: int) -> list[Row]:
    named = words_of(title)
    return [Row(line, named, frozenset()) for line in _LINE.finditer(text, start) if line.group().strip()]


def _prose(text: str, title: str, rows: list[Row], *, told: bool) -> int | None:
    """Where below a heading the page's own text goes on, in sentences one after another."""
    for number, row in enumerate(rows):
        if not (row.sentence and row.full):
            continue
        run = [row]
        for after in rows[number + 1 :]:
            if not after.full:
                break
            run.append(after)
        if len(run) < _PROSE:
            return None  # a summary, or a comment: what follows is not the page's own, either
        words = set[str]().union(*(_words(text, one) for one in run))
        shared = len(words & words_of(title))
        own = not told or (shared >= _LEAST_SHARED and shared >= _SHARE * len(words_of(title)))
        return row.start if own and not _of_another(text, rows[:number], run) else None
    return None


def _words(text: str, row: Row) -> set[str]:
    return words_of(text[row.start : row.end])


def _of_another(text: str, above: list[Row], run: list[Row]) -> bool:
    """Whether a headline of another page stands right above a text: said before, or told in its first sentences."""
    lines = [text[row.start : row.end].strip() for row in above]
    first = set[str]().union(*(_words(text, row) for row in run[:2]))
    for number in range(max(0, len(above) - _ABOVE), len(above)):
        words = _words(text, above[number])
        if above[number].words <= TITLE_LEAST:
            continue  # who reports from where: the text below says it again
        if lines[number] in lines[:number] or len(words & first) >= _TOLD * len(words):
            return True
    return False


def cards(text: str, title: str, top: int) -> Iterator[tuple[int, int]]:
    """Rows of cards below a sentence of the article, where the page's own text does not go on below them."""
    rows = _rows(text, title, top)
    lines = [text[row.start : row.end].strip() for row in rows]
    named, told, at = bool(words_of(title)), False, 0
    while at < len(rows):
        ends = _row_of_cards(lines, rows, at, named=named)
        if len(ends) < _CARDS or not told:
            told = told or (rows[at].sentence and rows[at].full and not _doubled(lines, at))
            at += 1
            continue
        last = ends[-1]
        if _prose(text, title, rows[last:], told=True) is None:
            yield rows[at].start, rows[last - 1].end
        at = last


def _row_of_cards(lines: list[str], rows: list[Row], at: int, *, named: bool) -> list[int]:
    """Where each card ends, of those that follow one another from a line on; a short label may stand between two."""
    ends: list[int] = []
    while at < len(lines):
        end = _card(lines, at)
        if end is None and ends and at + 1 < len(lines) and len(lines[at]) < _CARD_LEAST:
            end = _card(lines, at + 1)
        if end is None or any(
            (named and row.own) or _EMBEDDED.search(line) for row, line in _pairs(rows, lines, at, end)
        ):
            return ends
        ends.append(end)
        at = end
    return ends


def _pairs(rows: list[Row], lines: list[str], start: int, end: int) -> Iterator[tuple[Row, str]]:
    return zip(rows[start:end], lines[start:end], strict=True)


def _card(lines: list[str], at: int) -> int | None:
    """Behind a card's last line: a headline said again, alone or behind its summary, with the lines it is said with."""
    for length in range(1, _CARD_LINES + 1):
        again = at + length
        if again < len(lines) and _same(lines[at], lines[again]):
            while again < len(lines) and again - length < at + length and _same(lines[again - length], lines[again]):
                again += 1
            return again
    return None


def _doubled(lines: list[str], at: int) -> bool:
    """Whether a line is said twice in a row: on a page that says all twice, no line is a card for it."""
    return _card(lines, at) is not None or lines[at] in lines[max(0, at - _CARD_LINES) : at]


def _same(first: str, again: str) -> bool:
    """Whether a line says a headline again, or is that to which a summary or an hour was glued."""
    return len(again) >= _CARD_LEAST and (first == again or first.startswith(again) or first.endswith(again))
