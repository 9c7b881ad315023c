"""An account of one event, as one side tells it: an incident of the case, an earlier event that a claim mentions, or a

row of a register that others coded. Two accounts can be held against each other; that they agree proves neither.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from witnessmark.terms.place import PlaceLevel
from witnessmark.terms.toll import Toll

Verdict: TypeAlias = Literal["the same", "possibly the same"]


class Point(NamedTuple):
    """Decimal degrees (WGS 84) and how fine the place is that they stand for."""

    lat: float | None
    lon: float | None
    level: PlaceLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """``place``: as printed; ``names``: keys of its spellings in both scripts; ``within``: keys of what contains it.

    ``mentions``: keys of other places that its words name. ``points``: the settled one first, then others that its words may mean. ``first``, ``last``: ISO days, inclusive, or
    None; ``before``: an ISO day that it cannot be after. ``stated``: the day is its own, and not only that of a publication.
    ``tolls``: by slot (``killed``, ``injured``) each way of counting them, such as civilians alone and all dead.
    ``parties``: ids in the actors packs, with names; ``ways``: deliveries.
    """

    id: str
    place: str | None = None
    names: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()
    points: tuple[Point, ...] = ()
    first: str | None = None
    last: str | None = None
    before: str | None = None
    stated: bool = True
    tolls: tuple[tuple[str, tuple[Toll, ...]], ...] = ()
    parties: tuple[tuple[str, str], ...] = ()
    ways: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """That two accounts may be of one event. ``reasons`` for it and ``against`` it, for a person, strongest first.

    ``score``: for ordering only. ``also``: ids of other accounts that the ``other`` is matched to, too, ten at most.
    """

    one: str
    other: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A row of a register as its coders wrote it, for people to read: ``line`` of the file, where it begins."""

    register: str
    id: str
    line: int
    url: str | None
    first: str
    last: str
    place: str | None
    place_ar: str | None
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    grade: str | None
