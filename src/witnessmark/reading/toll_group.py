"""People named together in a sentence, and how they are counted: what ``toll_groups`` finds."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.toll import Toll, Who

Form: TypeAlias = Literal["figure", "bare", "single", "dual", "vague", "plural", "quality"]


@dataclass(frozen=True, slots=True)
class Group:
    """People named together. ``quality``: a word that only tells what sort of people others are ("civilian deaths").

    ``lost``: why its number is none. ``part``: inside the number before it ("including"). ``joined``: bound to what stands before by an Arabic "and".
    """

    start: int
    end: int
    count: Toll | None
    who: Who
    form: Form
    part: bool = False
    joined: bool = False
    entries: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
