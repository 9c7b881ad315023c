"""A passage: one voice's words inside an item, in the role it plays there."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.address import address_of

Role: TypeAlias = Literal["title", "body", "quoted", "comment", "caption"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Text as extracted, never normalised except that NUL and lone surrogates are U+FFFD.

    ``selector`` is the last step of the item's selector (``text``, ``title``); ``author`` is the voice where it
    differs from the item's own.
    """

    role: Role
    text: str
    selector: str
    author: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8: the name under which it is kept."""
        return address_of(self.text.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch of a passage in one voice: what the page itself says, somebody's comment, or the page's furniture."""

    start: int
    end: int
    role: Literal["body", "title", "comment", "quoted", "chrome"]
    why: str = ""
