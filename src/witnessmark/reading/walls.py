"""Empty captures: a login wall, an error page, a check for robots, a shell without a post, a headline alone, another page.

The commonest failure of web archiving. A capture is empty where next to nothing is left once furniture and comments are
taken away; of a page under a headline, where no line says more than that headline. Another page was served where none
of the words of the address is in its title. The flag names the words that showed it; words left in a title are still
read, save those of another page. It does not say that nothing was ever there.
"""

import re

from witnessmark.reading.headlines import TITLE_LEAST, elsewhere, more_than, words_of
from witnessmark.reading.page import POST_HEAD, is_post
from witnessmark.reading.patterns import Pattern, able
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.passage import Region
from witnessmark.terms.ports import Larder
from witnessmark.terms.reading import Unreadable

_LETTERS = re.compile(r"[^\W\d_]{2,}")
LEAST_WORDS = 3  # words a post has at the least beyond its author's name; "Raqqa burns now" is one
WALLED_WORDS = 5  # a page that shows a wall and leaves fewer words says nothing of its own
ANOTHER = "another page"
_SHOWN = 120  # code points of the words that showed it


def unreadable(sheet: Sheet, larder: Larder) -> Unreadable | None:
    """The capture's emptiness, or None where it holds a post. A picture or a post of media alone is not empty."""
    bodies = [number for number, passage in enumerate(sheet.item.passages) if passage.role in ("body", "quoted")]
    if not bodies:
        return None
    left = sum(_words_left(sheet, number) for number in bodies)
    page = _is_page(sheet, larder) and len(words_of(_title(sheet))) >= TITLE_LEAST
    told = _more_than_title(sheet, bodies) if page else left
    wall = next((found for number in bodies if (found := _wall(sheet, number, larder))), None)
    if wall is not None and told < WALLED_WORDS:
        row, span = wall
        return Unreadable(
            kind=row.gloss, words=sheet.words(span)[:_SHOWN], span=span, why=f"{row.gloss}: no post is left beside it"
        )
    text = sheet.item.passages[bodies[0]].text
    shown, span = text[:_SHOWN], Span(passage=bodies[0], start=0, end=min(len(text), _SHOWN))
    if page and elsewhere(sheet.item.url, " ".join(passage.text for passage in sheet.item.passages), _title(sheet)):
        why = "none of the words in its address is in its title: another page was served in its stead"
        return Unreadable(kind=ANOTHER, words=shown, span=span, why=why)
    if page and told < LEAST_WORDS:
        why = "nothing is left but its headline and headlines of others"
        return Unreadable(kind="a headline alone", words=shown, span=span, why=why, headline=True)
    if left < LEAST_WORDS and not _is_short_post(sheet, bodies):
        return Unreadable(kind="an empty shell", words=shown, span=span, why="nothing is left but the page's furniture")
    return None


def _is_page(sheet: Sheet, larder: Larder) -> bool:
    """Whether a capture is a page under a headline and no post of a platform, whose title is the post's own text."""
    heads = (region.why == POST_HEAD for passage in sheet.regions for region in passage)
    titles = (passage.text for passage in sheet.item.passages if passage.role == "title")
    return sheet.item.kind == "page" and not any(heads) and not any(is_post(title, larder) for title in titles)


def _title(sheet: Sheet) -> str:
    """What the title says, its furniture left aside."""
    return "".join(
        passage.text[region.start : region.end]
        for passage, regions in zip(sheet.item.passages, sheet.regions, strict=True)
        for region in regions
        if region.role == "title"
    )


def _more_than_title(sheet: Sheet, bodies: list[int]) -> int:
    """Words of a page's lines outside furniture that say more than its title does."""
    return sum(more_than(_kept(sheet, number), _title(sheet)) for number in bodies)


def _kept(sheet: Sheet, number: int) -> str:
    """A passage's words outside furniture and comments."""
    text = sheet.item.passages[number].text
    return "".join(
        text[region.start : region.end] for region in sheet.regions[number] if region.role in ("body", "quoted")
    )


def _words_left(sheet: Sheet, number: int) -> int:
    """Words of a passage outside furniture and comments, less the names of who publishes it."""
    names = {
        word for name in (sheet.item.publisher, sheet.item.author, sheet.item.site) if name for word in name.split()
    }
    return sum(word not in names for word in _LETTERS.findall(_kept(sheet, number)))


def _is_short_post(sheet: Sheet, bodies: list[int]) -> bool:
    """A text with no furniture at all is as short as its author made it; so is one that the title says too."""
    if not any(_furnished(region) for number in bodies for region in sheet.regions[number]):
        return any(_LETTERS.search(sheet.item.passages[number].text) for number in bodies)
    titled = {
        word
        for number, passage in enumerate(sheet.item.passages)
        for region in sheet.regions[number]
        if region.role == "title"
        for word in _LETTERS.findall(passage.text[region.start : region.end])
    }
    return any(word in titled for number in bodies for word in _LETTERS.findall(_kept(sheet, number)))


def _furnished(region: Region) -> bool:
    return region.role in ("chrome", "comment") and region.end > region.start


def _wall(sheet: Sheet, number: int, larder: Larder) -> tuple[Pattern, Span] | None:
    text = sheet.item.passages[number].text
    for row in able(larder, "furniture", text):
        if row.effect == "wall" and (found := row.regex.search(text)) and found.end() > found.start():
            return row, Span(passage=number, start=found.start(), end=found.end())
    return None
