"""An item: one thing somebody published or saved (a post, a page, a text, a picture, a clip), as found in preserved bytes.

Its id is made from where it stands in which bytes, so it does not depend on who added it, when, or in what order.
What it does not say: who really wrote it. ``publisher`` and ``author`` are what the capture shows.
"""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.address import Address, id_of
from witnessmark.terms.anchor import Anchor, Span
from witnessmark.terms.passage import Passage

ItemKind: TypeAlias = Literal["post", "page", "text", "picture", "clip", "sound"]

# Fields, by their names in EXIF, XMP and containers, that say where a device was or which one it is.
_PRIVATE = re.compile(r"^(?:latitude|longitude|altitude|position time)\b|gps|location|serial|owner", re.IGNORECASE)
_MEDIA = frozenset(("picture", "clip", "sound"))
WITHHELD = "withheld: it says where a device was, or which one it is; 'show' gives it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file the item names. ``name``: as written there, made safe. ``missing``: why it is not in the export, or None."""

    name: str
    mime: str | None = None
    missing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``published``: as the source gave it, words or ISO 8601; nothing here is resolved against a clock.

    ``quotes``: posts that it quotes, embeds or links to, by native id, by a collector's id or by address. ``given_id``: the id a collector gave (``items.jsonl``). ``native_id``: platform, container, number; the same
    native id with the same text is another capture of one post, with other text an edit. ``not_read``: fields of
    the source format that we do not use; they stay in the preserved bytes. ``metadata``: of a picture, clip or sound, key and value.
    """

    address: Address
    selector: str
    kind: ItemKind
    passages: tuple[Passage, ...] = ()
    given_id: str | None = None
    native_id: str | None = None
    platform: str | None = None
    publisher: str | None = None
    author: str | None = None
    site: str | None = None
    url: str | None = None
    archived: str | None = None
    published: str | None = None
    edited: str | None = None
    captured: str | None = None
    language: str | None = None
    reply_to: str | None = None
    forwarded_from: str | None = None
    quotes: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    not_read: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Made from the bytes and the place inside them."""
        return id_of("item", self.address, self.selector)

    @property
    def name(self) -> str:
        """The id to show and export: the collector's own where there is one."""
        return self.given_id or self.id

    @property
    def shared_metadata(self) -> dict[str, str]:
        """Metadata fit to leave the working case: of pictures, clips and sounds, without places and numbers of devices."""
        private = self.kind in _MEDIA
        return {key: WITHHELD if private and _PRIVATE.search(key) else value for key, value in self.metadata}

    def anchor(self, span: Span) -> Anchor:
        """The span, walked down to bytes."""
        passage = self.passages[span.passage]
        selector = f"{self.selector}/{passage.selector}" if self.selector else passage.selector
        return Anchor(address=self.address, selector=selector, text=passage.digest, start=span.start, end=span.end)
