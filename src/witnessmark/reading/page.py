"""Page anatomy: which stretch of a captured text is the post, which is somebody's comment, which is the page's furniture.

A collector saves what the browser saw: buttons, counts, comments and related headlines, often glued to the words. The
patterns of the pack ``page-furniture`` say what platforms print; the rest is structure: a line that stands above the
page's own headline, a line said twice, a title said again in the text. What it does not do: judge whose words are true.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise

from witnessmark.reading.headlines import others, words_of
from witnessmark.reading.patterns import ByDigest, Pattern, able, patterns
from witnessmark.reading.related import above_ends, cards, under_headings
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Passage, Region
from witnessmark.terms.ports import Larder
from witnessmark.terms.script import key

_LINE = re.compile(r"[^\n]+")
_INK = re.compile(r"[^\n]")
_TWICE_FROM = 25  # code points from which a line said again is a repetition and no refrain
_HEAD_WORDS = 20  # folded code points of a title by which it is known again in the text
_SUFFIX_MOST = 6  # words of a site's name after the last bar or dash of a title
_SUFFIX = re.compile(r"\s+[|–—\-]\s+(?=[^|–—]*\Z)")
_HEAD_MOST = 2  # times as many words as its title that a headline has where a page adds to it
POST_HEAD, ABOVE_HEADLINE = "head of a page", "above the headline"
CARDS = "cards of other pages"
_TOP = 1500  # code points within which a page's head stands


def regions(passage: Passage, item: Item, larder: Larder) -> tuple[Region, ...]:
    """The passage cut into regions without gaps."""
    if passage.role == "title":
        marks = list(_title_marks(passage.text, item, larder))
        return _cut(passage.text, marks, "title")
    if passage.role == "comment":
        return _cut(passage.text, [], "comment")
    marks = list(_body_marks(passage.text, item, larder))
    return _cut(passage.text, marks, "quoted" if passage.role == "quoted" else "body")


Mark = tuple[int, int, str, str]


def _cut(text: str, marks: list[Mark], own: str) -> tuple[Region, ...]:
    """Regions from marks; where marks overlap, furniture beats comments beats the post."""
    rank = {"chrome": 2, "comment": 1}
    edges = sorted({0, len(text), *(mark[0] for mark in marks), *(mark[1] for mark in marks)})
    coming = sorted(enumerate(marks), key=lambda one: one[1][0], reverse=True)
    over: list[
        tuple[int, int, Mark]
    ] = []  # marks begun, the first of the highest rank on top; a page may have thousands
    out: list[Region] = []
    for start, end in pairwise(edges):
        while coming and coming[-1][1][0] <= start:
            order, mark = coming.pop()
            heappush(over, (-rank[mark[2]], order, mark))
        while over and over[0][2][1] <= start:
            heappop(over)
        role, why = (over[0][2][2], over[0][2][3]) if over else (own, "")
        if out and out[-1].role == role and out[-1].why == why:
            out[-1] = Region(start=out[-1].start, end=end, role=out[-1].role, why=why)
        else:
            out.append(_region(start, end, role, why))
    return tuple(out)


def _region(start: int, end: int, role: str, why: str) -> Region:
    match role:
        case "chrome":
            return Region(start=start, end=end, role="chrome", why=why)
        case "comment":
            return Region(start=start, end=end, role="comment", why=why)
        case "title":
            return Region(start=start, end=end, role="title", why=why)
        case "quoted":
            return Region(start=start, end=end, role="quoted", why=why)
        case _:
            return Region(start=start, end=end, role="body", why=why)


def _title_marks(text: str, item: Item, larder: Larder) -> Iterator[Mark]:
    """Who posted, the site's name, and repetitions of the title."""
    start, end = 0, len(text)
    for row in patterns(larder, "titles"):
        found = row.regex.search(text)
        if found and row.effect == "head":
            start = max(start, found.end())
        elif found and row.effect == "foot":
            end = min(end, found.start())
    end = min(end, _said_again(text, start, end))
    found = _SUFFIX.search(text, start, end)
    if found and len(text[found.end() : end].split()) <= _SUFFIX_MOST and found.start() - start >= _HEAD_WORDS:
        end = found.start()
    if item.publisher and text[start:end].startswith(f"{item.publisher} - "):
        start += len(item.publisher) + 3
    yield 0, min(start, len(text)), "chrome", "head of a title"
    yield max(start, end), len(text), "chrome", "foot or repetition of a title"


def headline(item: Item, larder: Larder) -> str:
    """An item's title less the site's name and what it says twice."""
    given = next((passage.text for passage in item.passages if passage.role == "title"), "")
    (_, start, *_), (end, *_) = _title_marks(given, item, larder)
    return given[start:end]


def _said_again(text: str, start: int, end: int) -> int:
    """Where a title begins to say itself again; ``end`` where it does not."""
    head = text[start : start + _HEAD_WORDS]
    again = text.find(head, start + _HEAD_WORDS) if len(head) == _HEAD_WORDS else -1
    return again if 0 <= again < end else end


def _body_marks(text: str, item: Item, larder: Larder) -> Iterator[Mark]:
    rows = able(larder, "furniture", text)
    given = next((passage.text for passage in item.passages if passage.role == "title"), "")
    title = headline(item, larder)
    top = _heads(text, rows)
    marks = [(0, top, "chrome", POST_HEAD)] if top else []
    marks += _rows(text, rows, top, title)
    marks += _above_headline(text, title, top)
    marks += _repeated(text, top)
    yield from marks
    if item.kind != "post" and not is_post(given, larder):
        rows_of_cards = [(start, end, "chrome", CARDS) for start, end in cards(text, title, top)]
        yield from rows_of_cards
        marks += rows_of_cards
        found = others(_without(text, marks), title, top, _verbs(ByDigest(larder)))
        yield from ((start, end, "chrome", why) for start, end, why in found)


def _without(text: str, marks: list[Mark]) -> str:
    """The text with blanks in the place of what is marked; line ends stay."""
    parts, at = [], 0
    for start, end, *_ in sorted(marks):
        if end > at:
            parts += [text[at : max(at, start)], _INK.sub(" ", text[max(at, start) : end])]
            at = end
    return "".join([*parts, text[at:]])


def is_post(title: str, larder: Larder) -> bool:
    """Whether a title is one that a platform gives to a post."""
    return any(row.effect == "head" and row.regex.search(title) for row in patterns(larder, "titles"))


@lru_cache(maxsize=8)
def _verbs(held: ByDigest) -> frozenset[str]:
    """Folded words of harm, of speech, and those that names of persons harmed stand after."""
    return frozenset(key(row.key) for table in ("harm", "cues", "victim_words") for row in held.larder.rows(table))


def _heads(text: str, rows: tuple[Pattern, ...]) -> int:
    """Where the furniture at the top of a platform's page ends."""
    top = 0
    for row in rows:
        if row.effect == "shell":
            found = row.regex.search(text, 0, _TOP)
            if found:
                top = max(top, found.end())
    return top


def _rows(text: str, rows: tuple[Pattern, ...], top: int, title: str) -> Iterator[Mark]:  # noqa: C901 (one case for each effect)
    ended: int | None = None
    comments: int | None = None
    for row in rows:
        match row.effect:
            case "post-end":
                found = row.regex.search(text, top)
                if found and (ended is None or found.start() < ended):
                    ended = found.start()
            case "comments":
                found = row.regex.search(text, top)
                if found and (comments is None or found.end() < comments):
                    comments = found.end()
            case "tail" | "related":
                covered = under_headings(text, title, top, row.regex, resumes=row.effect == "related")
                yield from ((start, end, "chrome", row.gloss) for start, end in covered)
            case "box-end":
                yield from ((start, end, "chrome", row.gloss) for start, end in above_ends(text, title, top, row.regex))
            case "line" | "inline" | "wall":
                yield from ((hit.start(), hit.end(), "chrome", row.gloss) for hit in row.regex.finditer(text))
    if comments is not None:
        yield comments, len(text), "comment", "comments"
    if ended is not None:
        stop = comments if comments is not None and comments > ended else len(text)
        yield ended, stop, "chrome", "foot of a post"


def _above_headline(text: str, title: str, top: int) -> Iterator[Mark]:
    """Lines above the line that is the page's own headline: tickers and menus."""
    head = title.strip()[: _HEAD_WORDS + 5]
    if len(head) < _HEAD_WORDS:
        return
    here = text.find(head, top)
    while here > 0 and not (text[here - 1] == "\n" and _is_headline(text, here, title)):
        here = text.find(head, here + 1)
    if here > top and text.count("\n", top, here) >= 2:
        yield top, here, "chrome", ABOVE_HEADLINE


def _is_headline(text: str, start: int, title: str) -> bool:
    """Whether a line that begins as a title does is that headline, and no paragraph that begins with the same words."""
    line = text[start:].partition("\n")[0]
    return line.startswith(title.strip()) or len(words_of(line)) <= _HEAD_MOST * len(words_of(title))


def _repeated(text: str, top: int) -> Iterator[Mark]:
    """Lines said before in the same words."""
    seen: set[str] = set()
    for line in _LINE.finditer(text, top):
        words = line.group().strip()
        if len(words) >= _TWICE_FROM:
            if words in seen:
                yield line.start(), line.end(), "chrome", "said before in the same words"
            seen.add(words)
