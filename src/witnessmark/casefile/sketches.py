"""Sketches: what the search for copies needs of each item's words, made where it was read.

The words of the post itself are taken: its body and what it quotes, else its title; comments and the page's furniture never.
"""

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from zlib import crc32

from witnessmark.casefile.facts import facts_of
from witnessmark.packs.larder import PackLarder
from witnessmark.packs.place_names import far
from witnessmark.terms import fact
from witnessmark.terms.fact import Fact
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold, key, words
from witnessmark.terms.sketch import Sketch, packed
from witnessmark.tracing.shingles import signature
from witnessmark.tracing.stretches import Wording
from witnessmark.tracing.wording import compared

_SERIES = re.compile(
    r"https?://(?P<site>[^/?#]+)(?:(?:/[^?#]*)?\?p=|/(?:[^?#]*/)?p?)(?P<number>\d{4,9})(?:/[^?#/]*)?/?(?:[?#].*)?$"
)
_OF_PAGE = re.compile(
    r"https?://(?:www\.)?([^/?#]+)(/[^/?#]+/[^#]*\w{4}[^#/]*)/?(?:#.*)?$"
)  # one step alone is an account
_SOCIAL = re.compile(r"(?:^|\.)(?:facebook|twitter|x|instagram|youtube|tiktok|t)\.(?:com|me)$")
_READ = ("body", "quoted")


def wording_of(item: Item, reading: Reading) -> Wording:
    """The words of the post itself as texts are compared by: its body and what it quotes, else its title."""
    for roles in (_READ, ("title",)):
        words: list[str] = []
        places: list[tuple[int, int, int]] = []
        for passage, start, text in _regions(item, reading, roles):
            for word, first, last in compared(text):
                words.append(word)
                places.append((passage, start + first, start + last))
        if words:
            break
    return Wording(words, places)


def _regions(item: Item, reading: Reading, roles: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The regions in some roles: their passage, where they begin in it, and their text."""
    for number, (passage, regions) in enumerate(zip(item.passages, reading.regions, strict=False)):
        for region in regions:
            if region.role in roles:
                yield number, region.start, passage.text[region.start : region.end]


def _terms(item: Item, reading: Reading) -> set[int]:
    """The distinct words of the post, folded, as numbers."""
    for roles in (_READ, ("title",)):
        told: set[str] = set()
        for _, _, text in _regions(item, reading, roles):
            folded = fold(text)
            told.update(folded.text[start:end] for start, end in words(folded))
        if told:
            break
    return {
        crc32(word.removeprefix("و").removeprefix("ال").encode("utf-8", "surrogatepass"))
        for word in told
        if len(word) > 2
    }


def sketch_of(item: Item, reading: Reading, larder: PackLarder) -> Sketch:
    """What the search for copies needs."""
    told = wording_of(item, reading)
    signed = signature(told.words)
    facts = facts_of(item, reading, larder)
    publisher = item.publisher or item.site or item.author
    return Sketch(
        item=item.id,
        digest=signed.digest,
        count=len(told.words),
        minhash=signed.minhash,
        terms=packed(sorted(_terms(item, reading))),
        series=_series(item.url),
        native=item.native_id or _page(item.url),
        published=reading.publication.earliest,
        readable=speaks(reading),
        dead=packed(sorted(set(_dead(reading)))),
        marks=signed.marks,
        laid=_laid(told),
        publisher=key(publisher) if publisher else None,
        language=_script(facts),
        facts=fact.packed(facts),
    )


def _script(facts: Sequence[Fact]) -> str:
    """The language most facts are told in, as far as script tells; what a page says around a post may be in another."""
    told = [one.words for one in facts if any(map(str.isalpha, one.words))]
    arabic = sum(any("\u0600" <= char <= "\u06ff" for char in words) for words in told)
    return "ar" if 2 * arabic > len(told) else "en"


def _laid(told: Wording) -> str:
    """A digest of where words stand: the same words of another layout lie at other places."""
    numbers = packed([number for place in told.places for number in place])
    return blake2b(numbers, digest_size=8).hexdigest()


def _dead(reading: Reading) -> Iterator[int]:
    """The words of the names of the dead as numbers, spellings of one name in Latin letters as one; odd for Arabic."""
    for name in {one.name for one in reading.victims if one.kind == "killed"}:
        folded = fold(name)
        for start, end in words(folded):
            word = folded.text[start:end]
            arabic = word >= "\u0600"
            if found := word.removeprefix("ال") if arabic else far(word):
                yield crc32(found.encode("utf-8", "surrogatepass")) & ~1 | arabic


def speaks(reading: Reading) -> bool:
    """Whether a capture holds its publisher's words: its post, or its headline at the least."""
    return reading.unreadable is None or reading.unreadable.headline


def _page(url: str | None) -> str | None:
    """An address that is a page's own, less its fragment: what is captured twice under it is one post. A site's front page is none."""
    found = _OF_PAGE.match(url or "")
    return f"address:{found.group(1).lower()}{found.group(2)}" if found else None


def _series(url: str | None) -> tuple[str, int] | None:
    """A site's running count in an address: ``site/articles/91811``, ``site/?p=39742``, ``site/title/569241/``."""
    found = _SERIES.match(url or "")
    site = found["site"].lower().removeprefix("www.") if found else ""
    return (site, int(found["number"])) if found and not _SOCIAL.search(site) else None
