"""Where words stand: inside a passage (Span), and all the way down to preserved bytes (Anchor).

A word in HTML, JSON or PDF has no byte span. So an anchor names the preserved bytes, a selector inside them, the
digest of the text extracted there, and a span in Unicode code points of that text. Extracted text is kept under
its digest, so an upgrade of an extractor never moves an old span.
"""

from dataclasses import dataclass

from witnessmark.terms.address import Address


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of one passage of an item: passage index, then code points, end exclusive."""

    passage: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot run from {self.start} to {self.end}")

    def covers(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.passage == other.passage and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.passage == other.passage and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Anchor:
    """A span that anyone can walk back to bytes.

    ``address``: SHA-256 of the preserved bytes. ``selector``: where inside them (``line:12/text``,
    ``/messages/4/text``, ``article``). ``text``: SHA-256 of the extracted text. ``start``, ``end``: code points.
    """

    address: Address
    selector: str
    text: str
    start: int
    end: int
