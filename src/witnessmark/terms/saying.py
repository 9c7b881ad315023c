"""A saying: what one text makes one source say, as drift compares it: how firmly, and which places, means and figures.

It is made of a reading and holds nothing the reading does not; it is small, since all texts of a case are compared.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.anchor import Span
from witnessmark.terms.card import Spot
from witnessmark.terms.toll import Toll

Stance: TypeAlias = Literal["withheld", "denied", "alleged", "said", "confirmed"]
Slot: TypeAlias = Literal[
    "place", "side", "delivery", "weapon", "target", "killed", "injured", "number", "sources", "single"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing told: ``label`` as the packs name it, else as worded; ``start``, ``end``: of its words in the passage.

    ``spot``: of a place and of a side of one; ``toll``: of a figure. ``echoed``: of a headline's, its words stand in the body too.
    """

    slot: Slot
    label: str
    start: int
    end: int
    spot: Spot | None = None
    toll: Toll | None = None
    echoed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """``by``: keys of whose word it is, none for the outlet's own voice; ``who``: the same in words. ``span``: the sentence.

    ``several``: how many sources it is said to have, 1 where it names one. ``names``: keys of whom the sentence names, some of which may
    be outlets.
    """

    span: Span
    by: tuple[str, ...]
    who: str
    stance: Stance
    told: tuple[Told, ...]
    headline: bool = False
    several: int = 1
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All sayings of one item. ``outlet``: keys of who published it; ``passed_on``: of whom it has its matter from.

    ``published``, ``published_latest``: ISO, or None.
    """

    item: str
    outlet: tuple[str, ...]
    passed_on: tuple[str, ...]
    published: str | None
    published_latest: str | None
    sayings: tuple[Saying, ...]
