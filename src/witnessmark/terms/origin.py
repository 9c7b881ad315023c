"""An origin: what stands behind one or more items once copies, forwards and credits are folded together.

What it does not prove: independence. Two people briefed by one press officer look like two origins.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from witnessmark.terms.address import id_of

OriginKind: TypeAlias = Literal[
    "own footage", "own correspondent", "named witness", "own document", "party's statement", "unresolved"
]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Tie:
    """Why two things fold into one origin. ``one``, ``other``: ids of claims or items, addresses of media, or a name in words.

    ``manner``: what kind of tie (a likeness' manner, ``credit``, ``outlet``, ``source``, ``party``, ``voice``, ``medium``,
    ``decided``); ``why``: a sentence.
    """

    one: str
    other: str
    manner: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """``claims``: sorted ids of what is folded into it; ``items``: theirs, by time of publication, the undated last.

    ``shown``: whether access to the event is stated or visible (own correspondent, own footage, a named witness, a party
    about itself); ``kind`` says which, ``reason`` in words. ``name``: who it is, as far as the material says. ``party``:
    actors-pack id where the origin is a party to the conflict, else None. ``several``: its words are for more than one
    ("local sources"), whom nothing tells apart. ``sources``: ids of those whose word it is (``terms.source``).
    ``media``: addresses of pictures and clips that its items carry. ``ties``: a reason for each fold. ``missing``: names
    credited that published nothing of it in the case. ``loop``: items that credit each other in a circle.
    """

    claims: tuple[str, ...]
    items: tuple[str, ...]
    name: str | None
    shown: bool
    reason: str
    party: str | None = None
    several: bool = False
    sources: tuple[str, ...] = ()
    kind: OriginKind = "unresolved"
    media: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    missing: tuple[str, ...] = ()
    loop: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Made from its lowest member claim."""
        return _id(self.claims[0])


@lru_cache(maxsize=10_000)
def _id(claim: str) -> str:
    """Asked for again and again while an incident is weighed."""
    return id_of("origin", claim)
