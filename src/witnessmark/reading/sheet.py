"""A sheet: one item laid out for reading, so that every finder works on the same folded text, regions and sentences."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from witnessmark.terms.anchor import Span
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Publication
from witnessmark.terms.passage import Region
from witnessmark.terms.script import Folded

T = TypeVar("T")
P = TypeVar("P", int, tuple[int, int])  # a place in a passage, or passage and place


def beginning(things: Sequence[T], start: P, end: P, at: Callable[[T], P]) -> Sequence[T]:
    """Of things in order of where they begin (``at``), those that begin between two places."""
    if not things:  # as of most kinds of things in most sentences
        return things
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

    def sentence(self, passage: int, start: int, end: int) -> Span | None:
        """The sentence in which a stretch lies wholly, or None."""
        at = bisect_right(self.sentences, (passage, start), key=lambda one: (one.passage, one.start)) - 1
        found = self.sentences[at] if at >= 0 else None
        return found if found and found.passage == passage and end <= found.end else None

    def sentences_of(self, passage: int) -> Sequence[Span]:
        """The sentences of one passage."""
        return beginning(self.sentences, passage, passage + 1, attrgetter("passage"))

    def readable(self, passage: int, start: int, end: int) -> bool:
        """Whether a stretch lies in a region that is read (not furniture, not a comment)."""
        return any(
            region.role in ("body", "title", "quoted") and region.start <= start and end <= region.end
            for region in self.regions[passage]
        )
