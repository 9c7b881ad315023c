"""Empty captures: a login wall, an error page, a check for robots, a shell without a post.

The commonest failure of web archiving. A capture is empty where next to nothing is left once furniture and comments are
taken away. The flag names the words that showed it; words left in a title are still read. It does not say that nothing
was ever there.
"""

import re

from witnessmark.reading.headlines import BESIDE
from witnessmark.reading.patterns import Pattern, patterns
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.passage import Region
from witnessmark.terms.ports import Larder
from witnessmark.terms.reading import Unreadable

_LETTERS = re.compile(r"[^\W\d_]{2,}")
LEAST_WORDS = 3  # words a post has at the least beyond its author's name; "Raqqa burns now" is one
WALLED_WORDS = 5  # a page that shows a wall and leaves fewer words says nothing of its own
_SHOWN = 120  # code points of the words that showed it


def unreadable(sheet: Sheet, larder: Larder) -> Unreadable | None:
    """The capture's emptiness, or None where it holds a post. A picture or a post of media alone is not empty."""
    bodies = [number for number, passage in enumerate(sheet.item.passages) if passage.role in ("body", "quoted")]
    if not bodies:
        return None
    left = sum(_words_left(sheet, number) for number in bodies)
    wall = next((found for number in bodies if (found := _wall(sheet, number, larder))), None)
    if wall is not None and left < WALLED_WORDS:
        row, span = wall
        return Unreadable(
            kind=row.gloss, words=sheet.words(span)[:_SHOWN], span=span, why=f"{row.gloss}: no post is left beside it"
        )
    if left < LEAST_WORDS and not _is_short_post(sheet, bodies):
        text = sheet.item.passages[bodies[0]].text
        span = Span(passage=bodies[0], start=0, end=min(len(text), _SHOWN))
        return Unreadable(
            kind="an empty shell", words=text[:_SHOWN], span=span, why="nothing is left but the page's furniture"
        )
    return None


def _words_left(sheet: Sheet, number: int) -> int:
    """Words of a passage outside furniture and comments, less the names of who publishes it."""
    text = sheet.item.passages[number].text
    names = {
        word for name in (sheet.item.publisher, sheet.item.author, sheet.item.site) if name for word in name.split()
    }
    return sum(
        word not in names
        for region in sheet.regions[number]
        if region.role in ("body", "quoted") or region.why == BESIDE  # its title is read, so it is not called empty
        for word in _LETTERS.findall(text[region.start : region.end])
    )


def _is_short_post(sheet: Sheet, bodies: list[int]) -> bool:
    """A text with no furniture at all is as short as its author made it."""
    return not any(_furnished(region) for number in bodies for region in sheet.regions[number]) and any(
        _LETTERS.search(sheet.item.passages[number].text) for number in bodies
    )


def _furnished(region: Region) -> bool:
    return region.role in ("chrome", "comment") and region.end > region.start


def _wall(sheet: Sheet, number: int, larder: Larder) -> tuple[Pattern, Span] | None:
    text = sheet.item.passages[number].text
    for row in patterns(larder, "furniture"):
        if row.effect == "wall" and (found := row.regex.search(text)) and found.end() > found.start():
            return row, Span(passage=number, start=found.start(), end=found.end())
    return None
