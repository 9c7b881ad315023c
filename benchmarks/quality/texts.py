"""Reading one text by itself, for sets that are scored span by span."""

from functools import cache

from witnessmark.packs.larder import PackLarder, open_larder
from witnessmark.reading.item import read_item
from witnessmark.terms.address import address_of
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Passage
from witnessmark.terms.reading import Reading


@cache
def larder() -> PackLarder:
    """The packs that ship with the program."""
    return open_larder(None)


def read_text(text: str, published: str | None = None) -> Reading:
    """Read one text by itself, as ``witnessmark read`` does."""
    item = Item(
        address=address_of(text.encode("utf-8", "surrogatepass")),
        selector="",
        kind="text",
        passages=(Passage(role="body", text=text, selector="text"),),
        published=published,
    )
    return read_item(item, larder())
