"""A contradiction: what the claims of one incident say of one thing, where not all of it can be so.

It says that two things were said, by whom and in which claims; never which of them is right.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Disputed: TypeAlias = Literal[
    "time", "place", "weapon", "delivery", "killed", "injured", "children_killed", "actor", "status", "harm",
    "responsibility", "attack",
]  # fmt: skip
_ASKED: dict[Disputed, str] = {
    "time": "when",
    "place": "where",
    "weapon": "what with",
    "delivery": "how",
    "killed": "how many were killed",
    "injured": "how many were injured",
    "children_killed": "how many children were killed",
    "actor": "who did it",
    "status": "civilians or fighters",
    "harm": "whether anyone was harmed",
    "responsibility": "responsibility",
    "attack": "whether there was an attack as told",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One answer: ``label`` says it shortly; ``claims`` give it, sorted; ``origins`` stand behind these, ``who`` names them."""

    label: str
    claims: tuple[str, ...]
    origins: tuple[str, ...] = ()
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """``sides``: two or more, each at odds with another, the one with most origins first."""

    slot: Disputed
    sides: tuple[Side, ...]

    @property
    def sentence(self) -> str:
        """What is disputed, and the answers: "how: Airstrike / Artillery"."""
        return f"{_ASKED[self.slot]}: {' / '.join(side.label for side in self.sides)}"
