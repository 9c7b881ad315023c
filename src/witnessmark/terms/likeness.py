"""A likeness: two items share words, or one says it has its matter from the other."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Likeness:
    """``one`` and ``other`` are item ids, ``one`` the lower. ``resemblance``: Jaccard over word shingles, 0 to 1.

    ``manner``: ``same-post`` (another capture), ``edit``, ``exact`` (same words), ``near`` (nearly the same words),
    ``forward``, ``credit``, ``medium`` (both carry copies of one picture or clip). ``why``: in words.
    """

    one: str
    other: str
    manner: Literal["same-post", "edit", "exact", "near", "forward", "credit", "medium"]
    resemblance: float
    why: str


PASSED_ON = ("exact", "near", "forward", "credit")  # manners in which one item has its matter from the other
