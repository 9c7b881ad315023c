"""An origin: what stands behind one or more items once copies, forwards and credits are folded together.

What it does not prove: independence. Two people briefed by one press officer look like two origins.
"""

from dataclasses import dataclass
from functools import lru_cache

from witnessmark.terms.address import id_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """``claims``, ``items``: sorted ids of what is folded into it. ``shown``: whether access to the event is stated or visible

    (own correspondent, own footage, a named witness, a party about itself); ``reason`` says which. ``name``: who it is,
    as far as the material says. ``party``: actors-pack id where the origin is a party to the conflict, else None.
    ``several``: its words are for more than one ("local sources"), whom nothing tells apart. ``sources``: ids of those whose
    word it is (``terms.source``).
    """

    claims: tuple[str, ...]
    items: tuple[str, ...]
    name: str | None
    shown: bool
    reason: str
    party: str | None = None
    several: bool = False
    sources: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Made from its lowest member claim."""
        return _id(self.claims[0])


@lru_cache(maxsize=10_000)
def _id(claim: str) -> str:
    """Asked for again and again while an incident is weighed."""
    return id_of("origin", claim)
