"""A sketch: what the search for copies needs of one item's words, packed, since all sketches of a case are held at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from struct import calcsize, pack, unpack

WIDTH = calcsize("<I")  # bytes of one number


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """``digest``: of the folded words in order; ``count``: how many; ``minhash``: of their shingles, empty where too few;

    ``marks``: of those shingles chosen to find it inside longer texts by; ``laid``: of where its words stand in the item.

    ``terms``: its distinct words, sorted. All three are numbers of 32 bits, packed. ``native``: the platform's own id of the post.
    ``series``: a site's running count (which site, which number), where its address holds one. ``published``: ISO.
    ``publisher``: a key of who published it. ``language``: of its words; ``facts``: what it tells that a translation keeps, packed.
    ``dead``: words of the names of those it names as dead, packed likewise; the last bit of a number tells the script.
    """

    item: str
    digest: str
    count: int
    minhash: bytes
    terms: bytes
    native: str | None
    series: tuple[str, int] | None
    published: str | None
    readable: bool
    dead: bytes = b""
    marks: bytes = b""
    laid: str = ""
    publisher: str | None = None
    language: str = ""
    facts: bytes = b""


def packed(numbers: Sequence[int]) -> bytes:
    """Numbers of 32 bits, little end first, four bytes each."""
    return pack(f"<{len(numbers)}I", *numbers)


def unpacked(numbers: bytes) -> tuple[int, ...]:
    """The numbers again."""
    return unpack(f"<{len(numbers) // WIDTH}I", numbers)
