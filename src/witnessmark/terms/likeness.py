"""A likeness: two items share words, or one says it has its matter from the other."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.anchor import Span

Manner: TypeAlias = Literal[
    "same-post", "edit", "exact", "near", "contained", "translated", "forward", "credit", "medium", "quote"
]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Stretch:
    """Words that stand in both items: where in ``one``, and where in ``other``. Some words inside may differ."""

    one: Span
    other: Span


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Likeness:
    """``one`` and ``other`` are item ids, ``one`` the lower. ``resemblance``: Jaccard over word shingles, 0 to 1; of a text

    inside a longer one the share of the shorter that stands in the longer; of a translation the share of facts in common.

    ``manner``: ``same-post`` (another capture), ``edit``, ``exact`` (same words), ``near`` (nearly the same words), ``contained``
    (most of the shorter stands in ``holder``, the longer), ``translated`` (the same facts in the same order in another language: a
    suggestion), ``forward``, ``credit``, ``medium`` (both carry copies of one picture or clip), ``quote`` (one quotes or embeds the
    other). ``why``: in words. ``stretches``: of ``near`` and ``contained``, what stands in both, in order.
    """

    one: str
    other: str
    manner: Manner
    resemblance: float
    why: str
    holder: str | None = None
    stretches: tuple[Stretch, ...] = ()

    def copied(self, item: str, span: Span) -> bool:
        """Whether words of one of the two items are also the other's: most of them stand in a stretch, or all is copied."""
        if self.manner in WHOLE:
            return True
        spans = [one.one if item == self.one else one.other for one in self.stretches]
        shared = sum(min(one.end, span.end) - max(one.start, span.start) for one in spans if one.overlaps(span))
        return 2 * shared > span.end - span.start


WHOLE = ("same-post", "exact", "near", "forward", "credit")  # what one item tells, the other tells
PASSED_ON = (
    "exact",
    "near",
    "contained",
    "forward",
    "credit",
)  # manners in which one item has its matter from the other
PARTLY = ("contained", "translated")  # the items tell other things as well, or a person has to confirm
