"""A decision: what a named person decided about what they saw, and why. Added, never edited."""

from dataclasses import dataclass
from typing import Literal

from witnessmark.terms.anchor import Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``about``: the id as seen; ``seen``: digest of the suggestion's canonical JSON, kept beside it in ``suggested``.

    ``anchors``: what the suggestion rests on; by these a decision finds its thing again when the machine's drafts are
    made anew. ``claims``: member claims, for a decision about a group. ``value``: the decided slots, the id joined, the
    item split off or the state.
    """

    number: int
    about: str
    kind: Literal["item", "claim", "origin", "incident", "source"]
    act: Literal["accept", "set", "join", "split", "state"]
    value: str
    seen: str
    suggested: str
    anchors: tuple[Anchor, ...]
    claims: tuple[str, ...]
    by: str
    reason: str
    at: str
