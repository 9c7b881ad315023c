"""How surely two sayings of different texts report one statement.

Points are given for what both tell: two for a place as fine as a town, two for a figure of people that few statements share by chance
(three or more; one for two people), one for each of weapon, way and target, two for a weapon that is a kind of another (white phosphorus, not "a bomb"). Where each names a fine place that the other does not, they speak of different
things, whatever else they share. What it does not prove: that there was one statement; a source may say alike things of two attacks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, hypot, radians
from typing import TypeAlias

from witnessmark.terms.card import Spot
from witnessmark.terms.saying import Account, Saying, Told
from witnessmark.terms.script import key
from witnessmark.terms.toll import Toll

ANY = "*"  # in the packs' table of genera: a word so wide that anything may be meant
Wider: TypeAlias = Mapping[str, frozenset[str]]
_NONE: frozenset[str] = frozenset()
FINE = ("city", "town", "village", "neighbourhood", "street", "landmark", "exact")
_KM_PER_DEGREE = 111.2
_SAME = 3.0  # kilometres within which two entries are of one place
_APART = 10.0  # kilometres from which two places are not one
_FEW = 3  # people from which a figure is worth two points
_LABELS = ("weapon", "delivery", "target")
SURE = 4  # points from which two sayings are of one statement
POST = 4  # sayings of a text that is short enough to tell of one thing


@dataclass(slots=True)
class Heard:
    """A saying, or several as one, with its things sorted, made once for all comparisons. ``merged``: it is several.

    ``fine``: its places as fine as a town; ``said``, ``counted``: labels and figures by slot.
    """

    saying: Saying
    by: frozenset[str]
    merged: bool = False
    places: list[Told] = field(default_factory=list)
    sides: list[Told] = field(default_factory=list)
    figures: dict[str, list[Told]] = field(default_factory=dict)
    labels: dict[str, list[Told]] = field(default_factory=dict)
    single: bool = False
    homes: list[tuple[Saying, Told]] = field(default_factory=list)
    fine: list[Told] = field(default_factory=list)
    said: dict[str, frozenset[str]] = field(default_factory=dict)
    counted: dict[str, frozenset[Toll]] = field(default_factory=dict)

    def of(self, slot: str) -> list[Told]:
        """Its things of a slot."""
        if slot == "place":
            return self.places
        return self.sides if slot == "side" else self.figures.get(slot) or self.labels.get(slot) or []

    def home(self, told: Told | None) -> Saying:
        """The saying that tells a thing."""
        return next((saying for saying, one in self.homes if one is told), self.saying)


@dataclass(slots=True)
class Text:
    """One item's account with its sayings sorted; ``whole``: a short text as one saying, else its sayings."""

    account: Account
    heard: list[Heard]
    whole: list[Heard]


def sorted_out(account: Account) -> Text:
    """An account, ready to be compared."""
    heard = [as_one([one]) for one in account.sayings]
    return Text(account=account, heard=heard, whole=[as_one(account.sayings)] if 1 < len(heard) <= POST else heard)


def as_one(sayings: Sequence[Saying]) -> Heard:
    """Some sayings of one text as one: what a short text tells in one sentence is of what it tells in the next."""
    first = sayings[0]
    found = Heard(saying=first, by=frozenset(name for one in sayings for name in one.by), merged=len(sayings) > 1)
    for saying in sayings:
        for told in saying.told:
            found.homes.append((saying, told))
            if told.slot == "place":
                found.places.append(told)
            elif told.slot == "side":
                found.sides.append(told)
            elif told.slot == "single":
                found.single = True
            else:
                (found.figures if told.toll else found.labels).setdefault(told.slot, []).append(told)
    found.fine = [one for one in found.places if is_fine(one)]
    found.said = {slot: frozenset(one.label for one in things) for slot, things in found.labels.items()}
    found.counted = {slot: frozenset(one.toll for one in things if one.toll) for slot, things in found.figures.items()}
    return found


def is_fine(told: Told) -> bool:
    """Whether a place is a town or finer."""
    return told.spot is not None and told.spot.level in FINE


def points(one: Heard, other: Heard, wider: Wider, judged: Sequence[str] = ()) -> int:
    """How surely two sayings are of one statement. ``judged``: slots that are left out since they are in question.

    ``wider``: of a weapon, what it is a kind of.
    """
    found = 0
    if "place" not in judged:
        mine, theirs = one.fine, other.fine
        shared = [(a, b) for a in mine for b in theirs if very_place(a, b)]
        if len(mine) > len({id(a) for a, _ in shared}) and len(theirs) > len({id(b) for _, b in shared}):
            return 0
        found += 2 if shared else 0
    for slot in ("killed", "injured"):
        if slot not in judged and slot in one.counted and slot in other.counted:
            most = max((toll.least for toll in one.counted[slot] & other.counted[slot]), default=0)
            found += 2 if most >= _FEW else 1 if most > 1 else 0
    for slot in _LABELS:
        if (
            slot not in judged
            and slot in one.said
            and slot in other.said
            and (same := one.said[slot] & other.said[slot])
        ):
            known = slot == "weapon" and any(wider.get(label, _NONE) - {ANY} for label in same)
            found += 2 if known else 1
    return found


def very_place(one: Told, other: Told) -> bool:
    """Whether two words are for one and the same place."""
    if one.spot is None or other.spot is None:
        return key(one.label) == key(other.label)
    if one.spot.id == other.spot.id and one.spot.id:
        return True
    if _names(one) & _names(other):
        return True
    known = one.spot.lat is not None and other.spot.lat is not None
    return known and one.spot.level == other.spot.level and _km(one.spot, other.spot) < _SAME


def may_be_place(one: Told, other: Told) -> bool:
    """Whether two places may be one: by a name, one inside the other, or near each other."""
    if one.spot is None or other.spot is None:
        return key(one.label) == key(other.label)
    around = [{key(name) for name in spot.within} for spot in (one.spot, other.spot)]
    mine, theirs = _names(one), _names(other)
    return bool(mine & (theirs | around[1]) or theirs & around[0]) or _km(one.spot, other.spot) < _APART


def _names(told: Told) -> frozenset[str]:
    spot = told.spot
    return _folded(told.label, spot.name if spot else None, spot.name_ar if spot else None)


@lru_cache(maxsize=20_000)
def _folded(*names: str | None) -> frozenset[str]:
    return frozenset(key(name) for name in names if name)


def _km(one: Spot, other: Spot) -> float:
    """Flat earth; nothing is far from what has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    middle = radians((one.lat + other.lat) / 2)
    return hypot(one.lat - other.lat, (one.lon - other.lon) * cos(middle)) * _KM_PER_DEGREE
