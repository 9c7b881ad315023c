"""A sheet: one item laid out for reading, so that every finder works on the same folded text, regions and sentences."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from witnessmark.terms.anchor import Span
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Publication
from witnessmark.terms.passage import Region
from witnessmark.terms.script import Folded

T = TypeVar("T")


def beginning(things: Sequence[T], start: int, end: int, at: Callable[[T], int]) -> Sequence[T]:
    """Of things in order of where they begin (``at``), those that begin between two places of their passage."""
    first = bisect_left(things, start, key=at)
    return things[first : bisect_left(things, end, lo=first, key=at)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """``folded`` and ``regions``: one entry per passage of the item, in order. ``sentences``: spans in regions whose

    role is body, title or quoted (never chrome, never comments), in order of passage and position. A span of a
    sentence counts code points of the passage's text as given, like every span.
    """

    item: Item
    folded: tuple[Folded, ...]
    regions: tuple[tuple[Region, ...], ...]
    sentences: tuple[Span, ...]
    publication: Publication
    language: str

    def words(self, span: Span) -> str:
        """The text as given under a span."""
        return self.item.passages[span.passage].text[span.start : span.end]

    def readable(self, passage: int, start: int, end: int) -> bool:
        """Whether a stretch lies in a region that is read (not furniture, not a comment)."""
        return any(
            region.role in ("body", "title", "quoted") and region.start <= start and end <= region.end
            for region in self.regions[passage]
        )
