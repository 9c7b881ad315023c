"""A drift: a later text that makes a source say more than an earlier text of the case has it say.

It says that two texts differ in what they lay into one mouth; not which of them is right, nor that anyone meant it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.address import id_of
from witnessmark.terms.anchor import Span

Drifted: TypeAlias = Literal["place", "certainty", "delivery", "toll", "weapon", "sources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """One end of a drift: the item, the sentence, what it says there (``said``) and whose word it makes it (``who``)."""

    item: str
    span: Span
    said: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """``earlier`` and ``later`` are of one item where its headline says more than its body. ``why``: in words."""

    slot: Drifted
    earlier: Passed
    later: Passed
    why: str

    @property
    def id(self) -> str:
        """Made from both ends and what changed."""
        ends = [
            part
            for one in (self.earlier, self.later)
            for part in (one.item, one.span.passage, one.span.start, one.said)
        ]
        return id_of("drift", self.slot, *ends)
