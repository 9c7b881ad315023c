"""A card: what the steps over a whole case need of one claim, small enough that a hundred thousand fit in memory.

It is made from the claim and its item and holds nothing they do not say; the claim itself, with its spans and reasons,
stays in its reading.
"""

from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Protocol

from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import Party, leaves_open
from witnessmark.terms.place import PlaceLevel
from witnessmark.terms.script import key
from witnessmark.terms.toll import Toll

_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place a claim may mean: a gazetteer's entry, less its reasons. ``score``: 0 to 1, for ordering only.

    ``stands_in``: the claim's place lies in it, and no gazetteer knows it.
    """

    id: str
    name: str
    name_ar: str | None
    lat: float | None
    lon: float | None
    level: PlaceLevel
    score: float
    within: tuple[str, ...] = ()
    stands_in: bool = False


class Point(Protocol):
    """What has coordinates, in decimal degrees (WGS 84), or none."""

    @property
    def lat(self) -> float | None: ...  # noqa: D102

    @property
    def lon(self) -> float | None: ...  # noqa: D102


def kilometres(one: Point, other: Point) -> float:
    """Between two spots with coordinates, as the crow flies (flat earth: right within one per cent to some 100 km)."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    north = (one.lat - other.lat) * _KM_PER_DEGREE
    east = (one.lon - other.lon) * _KM_PER_DEGREE * cos(radians(one.lat))
    return hypot(north, east)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """``earliest``, ``latest``: ISO days of the claim's moment; ``published``, ``published_latest``: of its item.

    ``offsets``: for a time that hangs on an unknown day of publication, the days from it (first, last) by the weekday it
    was, Monday first; else empty. ``spots``: best first. ``source``: the innermost source's words, ``source_actor`` its id in the actors pack (an
    agency's party is ``source_party``), None where the outlet tells it in its own voice; ``source_several`` where its words
    are for more than one whom nothing names. ``unattributed``: the item says that no source lays the deed to anybody. ``outlet``: a key for who
    published, ``outlet_name`` as the capture spells it, ``outlet_actor`` where that is an actor of the packs, ``outlet_party`` the party
    it speaks for; ``names``: what its publisher goes by, as folded words, with and without such as "agency"; ``aliases``: more of
    its names (account, site), letters and digits alone. ``source_outlet``: the source's words name an outlet. ``source_bones``: of a person quoted by name the consonants of each word.
    ``span``: where the claim stands in its item. ``passed_on``: whom the item says it has its matter
    from. ``source_named``: the words for the source name somebody;
    ``access``: words that state the item's own access, ``access_kind`` of which kind (``terms.origin``);
    ``witness``: words in which that source itself states its access. ``published_at``: the instant of publication in UTC, where it is
    known. ``named_killed``: how many dead the item names for it. ``item_digest`` groups items of the very same words. ``readable``: the capture holds its post.
    """

    claim: str
    item: str
    kind: str
    polarity: str
    certainty: str
    place_text: str | None
    spots: tuple[Spot, ...]
    earliest: str | None
    latest: str | None
    precise: bool
    offsets: tuple[tuple[int, int] | None, ...]
    published: str | None
    published_latest: str | None
    accused: tuple[Party, ...]
    alternatives: bool
    target: tuple[str, ...]
    weapon: tuple[str, ...]
    delivery: tuple[str, ...]
    tolls: tuple[tuple[str, Toll], ...]
    harm_unnumbered: tuple[str, ...]
    shared: bool
    cumulative: bool
    preliminary: bool
    source: str | None
    source_actor: str | None
    source_party: str | None
    outlet: str | None
    outlet_actor: str | None
    passed_on: tuple[tuple[str, str | None], ...]
    access: str | None
    readable: bool
    source_several: bool = False
    unattributed: bool = False
    denies_harm: bool = False
    source_named: bool = True
    published_at: str | None = None
    witness: str | None = None
    named_killed: int = 0
    outlet_name: str | None = None
    outlet_party: str | None = None
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    source_outlet: bool = False
    source_bones: tuple[str, ...] = ()
    span: Span | None = None
    access_kind: str | None = None

    @property
    def speaker(self) -> str:
        """The key of whose word it is: the innermost source, else whom the item passes on, else who published it.

        Sources that words alone do not tell apart ("residents") are told apart by the item.
        """
        told, unnamed = key(self.source or ""), f"unnamed:{self.item}"
        if self.source or self.source_actor:
            actor = self.source_actor or self.source_party
            named = f"named:{told}" if told and self.source_named and not self.source_several else f"{unnamed}/{told}"
            return f"actor:{actor}" if actor else named
        if self.passed_on:
            to, actor = self.passed_on[0]
            passed = f"outlet:{key(to)}" if key(to) else unnamed
            return f"actor:{actor}" if actor else passed
        return self.publisher

    @property
    def publisher(self) -> str:
        """The key of who published its item."""
        if self.outlet_actor:
            return f"actor:{self.outlet_actor}"
        return f"outlet:{self.outlet}" if self.outlet else f"unnamed:{self.item}"

    @property
    def figures(self) -> dict[str, Toll]:
        """Its tolls by slot."""
        return dict(self.tolls)

    @property
    def one_way(self) -> tuple[str, ...]:
        """The deliveries that name one way; "Airstrike and/or Artillery" leaves open which, so agrees with either."""
        return tuple(one for one in self.delivery if not leaves_open(one))

    @property
    def harms(self) -> bool:
        """Whether it says that people were killed or injured, or expressly that nobody was."""
        hurt = any(slot in ("killed", "injured", "combatants_killed") for slot, _ in self.tolls)
        hurt = hurt or any(kind in ("killed", "injured") for kind in self.harm_unnumbered)
        return hurt or (self.polarity == "denied" and self.kind in ("attack", "harm"))

    @property
    def answers(self) -> bool:
        """Whether a party takes or refuses responsibility with it: it joins an incident and opens none."""
        return self.kind in ("acceptance", "denial")

    @property
    def opens(self) -> bool:
        """Whether it may stand in an incident of its own: an attack, or people killed or hurt; nothing earlier or general."""
        return not self.cumulative and (self.kind == "attack" or (self.kind == "harm" and self.harms))
