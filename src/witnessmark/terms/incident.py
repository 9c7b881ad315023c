"""An incident: the claims that speak of one event, gathered by a machine until a person decides."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from witnessmark.terms.address import id_of
from witnessmark.terms.claim import Party
from witnessmark.terms.contradiction import Contradiction
from witnessmark.terms.place import PlaceLevel
from witnessmark.terms.sighting import Recycled
from witnessmark.terms.toll import Toll

State: TypeAlias = Literal["machine draft", "in research", "in review", "approved", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Why one claim stands with another, in words a person can check ("same village, same day, both 5 injured")."""

    claim: str
    to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A cluster of claims about one event, before weighing. ``claims`` sorted; ids of claims, not of items."""

    claims: tuple[str, ...]
    joins: tuple[Join, ...] = ()

    @property
    def id(self) -> str:
        """Made from its lowest member claim; ids of claims sort before those of mere mentions."""
        return _id(self.claims[0])


@lru_cache(maxsize=400_000)
def _id(claim: str) -> str:
    """Asked for several times of every group of a case."""
    return id_of("incident", claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginToll:
    """The latest figure of one origin for one slot, with the claim that gives it; ``left_out`` says why it does not count.

    ``decided``: who decided the figure, where a person set it in place of the one read.
    """

    origin: str
    slot: str
    toll: Toll
    claim: str
    left_out: str | None = None
    decided: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A suggestion. ``grade``: Airwars' word or None; ``label``: as printed ("Fair, if nearby action is confirmed").

    ``rule``: G0 to G5 or None where no rule fires. ``facts``: what fired. ``missing``: what would raise it, in words;
    ``unmet``: the same as names of conditions (``shown``, ``credible``, ``action``).
    """

    grade: str | None
    label: str
    rule: str | None
    facts: tuple[str, ...]
    missing: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One origin as grading looks at it. ``sources``: ids of those whose word it is; ``several``: it stands for more than one."""

    origin: str
    shown: bool
    several: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the claims of an incident give to grade it by, whatever people decide about its sources.

    ``accepted``: parties that accept harm to civilians in their own statement; ``acted``: parties that accept only the
    deed. ``sides``: parties blamed as alternatives. ``ground``: some lay it to forces on the ground, others to the air.
    ``nobody``: the material says itself that nobody is blamed. ``flags``: names of what a person should look at.
    """

    harmed: bool
    accepted: tuple[str, ...] = ()
    acted: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    ground: tuple[str, ...] = ()
    nobody: bool = False
    behind: tuple[Behind, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One statement of a party about an incident, with its own place and figures, kept apart from the incident's.

    ``act``: what it does (``accepts harm``, ``accepts the deed``, ``denies harm``, ``denies``, ``says``). ``date``: ISO
    day of publication, None where nothing gives it. ``by``: who says or passes it on, as worded.
    """

    claim: str
    item: str
    act: str
    date: str | None
    by: str | None
    place: str | None
    lat: float | None
    lon: float | None
    tolls: tuple[tuple[str, Toll], ...]
    harm_unnumbered: tuple[str, ...] = ()
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAccount:
    """What one party to the conflict says of an incident: ``statements`` in order of publication, and nothing merged.

    ``actor``: its id in the actors pack; ``accused``: whether others lay the deed to it.
    """

    party: str
    actor: str | None
    accused: bool
    statements: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """``date``, ``latest``: ISO days local to the place. ``tolls``: the suggested range per slot. ``origins``: ids;

    ``origins_shown`` and ``origins_most``: at least and at most how many. ``strike``: Airwars' delivery words.
    ``grade``: as suggested before anybody decided about its sources; ``grounds``: what it is suggested from. ``recycled``: what
    its items carry that cannot show it.
    """

    id: str
    claims: tuple[str, ...]
    items: tuple[str, ...]
    date: str | None
    date_latest: str | None
    date_why: str
    place: str | None
    place_ar: str | None
    place_id: str | None
    lat: float | None
    lon: float | None
    level: PlaceLevel | None
    place_why: str
    accused: tuple[Party, ...]
    alternatives: bool
    strike: tuple[str, ...]
    weapon: tuple[str, ...]
    target: tuple[str, ...]
    tolls: tuple[tuple[str, Toll], ...]
    figures: tuple[OriginToll, ...]
    harm_unnumbered: tuple[str, ...]
    origins: tuple[str, ...]
    origins_shown: int
    origins_most: int
    grade: Grade
    joins: tuple[Join, ...]
    contradictions: tuple[Contradiction, ...] = ()
    grounds: Grounds = Grounds(harmed=False)
    accounts: tuple[PartyAccount, ...] = ()
    recycled: tuple[Recycled, ...] = ()
