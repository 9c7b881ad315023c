"""Posts that quote, embed or link to other posts of the case: whom an item names by address or id, found among the others.

What it does not prove: that who links to a post takes anything from it; whether the words fold is for the origins to say.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from witnessmark.intake.items_jsonl import native_id
from witnessmark.terms.item import Item
from witnessmark.terms.likeness import Likeness

_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]{}،]+")
_MOST = 20  # posts that one item links to; more make a list of links, which quotes nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """``names``: by which others may link to an item; ``to``: posts that it links to, by native id, a collector's id or address."""

    names: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


def linked(item: Item) -> Linked:
    """What an item links to and is linked to by."""
    names = dict.fromkeys(one for one in (item.native_id, item.given_id, item.url) if one)
    found = {native_id(one) for one in _addresses(item)} - {None}
    to = dict.fromkeys((*item.quotes, *(sorted(one for one in found if one) if len(found) <= _MOST else ())))
    return Linked(names=tuple(names), to=tuple(one for one in to if one not in names))


def _addresses(item: Item) -> Iterator[str]:
    for passage in item.passages:
        if passage.role in ("body", "quoted") and "://" in passage.text:
            yield from _ADDRESS.findall(passage.text)
    yield from (value for key, value in item.metadata if key == "link")


def likenesses(held: Iterable[tuple[str, Linked]]) -> list[Likeness]:
    """Items that quote others, as pairs. A name that several items go by leads to the first of them by id."""
    told = sorted(held, key=lambda one: one[0])
    home: dict[str, str] = {}
    for item, links in told:
        for name in links.names:
            home.setdefault(name, item)
    pairs = {
        (min(item, home[to]), max(item, home[to]))
        for item, links in told
        for to in links.to
        if to in home and home[to] != item
    }
    why = "one quotes, embeds or links to the other"
    return [Likeness(one=one, other=other, manner="quote", resemblance=1.0, why=why) for one, other in sorted(pairs)]
