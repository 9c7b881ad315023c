"""Invented posts and pages, laid out as items, and what is read from them with the packs that ship."""

from collections.abc import Iterator
from typing import Any

from witnessmark.packs.larder import open_larder
from witnessmark.reading.item import read_item
from witnessmark.terms.anchor import Span
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Passage
from witnessmark.terms.reading import Reading

DAY = "2017-06-11"  # a Sunday


def post(text: str, *, title: str | None = None, **more: Any) -> Item:  # noqa: ANN401 (any field of an item)
    """An item with a body and, where given, a title before it."""
    passages = [Passage(role="body", text=text, selector="text")]
    if title is not None:
        passages.insert(0, Passage(role="title", text=title, selector="title"))
    given: dict[str, Any] = {"address": "0" * 64, "selector": "", "kind": "post", "passages": tuple(passages), **more}
    return Item(**given)


def read(text: str, *, title: str | None = None, **more: Any) -> Reading:  # noqa: ANN401 (as above)
    """The reading of such an item."""
    return read_item(post(text, title=title, **more), open_larder())


def words(item: Item, span: Span) -> str:
    """The text under a span."""
    return item.passages[span.passage].text[span.start : span.end]


def sentences(text: str, **more: Any) -> list[str]:  # noqa: ANN401 (as above)
    """The sentences that are read in a body."""
    item = post(text, **more)
    return [words(item, span) for span in read_item(item, open_larder()).sentences]


def tolls(reading: Reading) -> list[tuple[object, ...]]:
    """Kind, who, least, most, and what is said of the toll besides."""
    return [
        (one.kind, one.who, *(one.count.pair if one.count else (None, None)), *flags) for one, flags in _told(reading)
    ]


def _told(reading: Reading) -> Iterator[tuple[Any, tuple[str, ...]]]:
    for one in reading.tolls:
        said = {
            "part": one.part_of is not None,
            "denied": one.negated,
            "cumulative": one.cumulative,
            "preliminary": one.preliminary,
        }
        yield one, tuple(name for name, holds in said.items() if holds)


def moments(reading: Reading) -> list[tuple[str | None, str | None]]:
    """The days of each moment."""
    return [(one.earliest, one.latest) for one in reading.moments]


def sources(reading: Reading) -> list[tuple[str | None, str]]:
    """Whose word each statement is, and how firmly."""
    return [(one.source, one.certainty) for one in reading.statements]
