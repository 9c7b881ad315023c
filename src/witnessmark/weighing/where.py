"""Where one incident was, of what its claims name: the finest place that most origins name, and what lies around it.

The rule: claims that name one place, by its words or by one point, vote together, one vote for each origin.
A place stands before what lies around one, this before a name that may mean a city or its whole province, this before
provinces and countries: a headline says "Idlib" where the text says which village. A place that no gazetteer knows has
its votes too, and the finest area that a claim names around it stands in for it. That most name it does not prove it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from witnessmark.terms.card import Card, Spot, kilometres
from witnessmark.terms.place import COARSE, LEVELS
from witnessmark.terms.script import key

_ONE_PLACE = 2.0  # km within which entries of two gazetteers are taken for one place
_SEAT = 30.0  # km between a province's point and the city that gives it its name
_ACROSS = 120.0  # km from a province's seat within which a place may lie in it


@dataclass(slots=True)
class Named:
    """One place as claims of an incident name it. ``spots``: with the claim's reason; ``voters``: origins."""

    tier: int
    spots: list[tuple[Spot, str]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    voters: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)

    def best(self) -> tuple[Spot, str]:
        """The spot that is known before one that stands in, and of these the finest; the one that most claims give."""
        given = Counter(spot.id for spot, _ in self.spots)

        def rank(one: tuple[Spot, str]) -> tuple[bool, int, int, int, float, str]:
            spot = one[0]
            level = -LEVELS.index(spot.level)
            return spot.stands_in, level * spot.stands_in, -given[spot.id], level, -spot.score, spot.id

        return min(self.spots, key=rank)


def where(told: Sequence[tuple[Card, Spot, str]], origin_of: Mapping[str, str]) -> tuple[Spot, str, Named] | None:
    """The spot, why it is the claim's, and the place as named; None where no claim has one.

    A spot that stands in for a place that no gazetteer knows bears its name, in the claims' words.

    ``told``: claims with their settled spot and its reason.
    """
    places: list[Named] = []
    for card, spot, why in sorted(told, key=lambda one: one[0].claim):
        one = Named(_tier(card, spot), [(spot, why)], {key(card.place_text)} if card.place_text else set())
        one.voters, one.items = {origin_of.get(card.claim, card.item)}, {card.item}
        same = [other for other in places if _one_place(one, other)]
        for other in same:
            places.remove(other)
            one = _joined(one, other)
        places.append(one)
    if not places:
        return None
    chosen = min(places, key=_rank)
    spot, why = chosen.best()
    if spot.stands_in:
        found = [(spot, why), *_closer(chosen, spot, places)]
        spot, why = min(found, key=lambda one: (-LEVELS.index(one[0].level), one[0].id))
        words = Counter(card.place_text or "" for card, _, _ in told if key(card.place_text or "") in chosen.words)
        name = min(words, key=lambda one: (-words[one], one))
        spot = replace(spot, name=name, name_ar=None)
    return spot, why, chosen


def _tier(card: Card, spot: Spot) -> int:
    """How closely a claim says where: 0 a place, 1 what lies around one, 2 a city or its province, 3 an area."""
    if spot.stands_in:
        return 0
    if spot.level in COARSE:
        return 1 if spot.level in ("subdistrict", "district") else 3
    either = any(one.level == "province" and kilometres(one, spot) <= _SEAT for one in card.spots)
    return 2 if either and spot.level in ("city", "town") else 0


def _one_place(one: Named, other: Named) -> bool:
    """Whether two name one place: in the same words, or by points near each other."""
    if one.tier != other.tier:
        return False
    if one.words & other.words:
        return True
    return any(
        mine.id == theirs.id or (mine.level not in COARSE and kilometres(mine, theirs) <= _ONE_PLACE)
        for mine, _ in one.spots
        for theirs, _ in other.spots
        if not mine.stands_in and not theirs.stands_in
    )


def _joined(one: Named, other: Named) -> Named:
    return Named(
        one.tier, one.spots + other.spots, one.words | other.words, one.voters | other.voters, one.items | other.items
    )


def _rank(one: Named) -> tuple[int, int, int, int, float, str]:
    spot, _ = one.best()
    return one.tier, -len(one.voters), -len(one.items), -LEVELS.index(spot.level), -spot.score, spot.id


def _closer(chosen: Named, area: Spot, places: Sequence[Named]) -> list[tuple[Spot, str]]:
    """Finer areas that claims name within the one that stands in: "around Zarhal" within the province."""
    reach = _ACROSS if area.level == "province" else 0.0
    found = [one.best() for one in places if one.tier == 1 and one is not chosen]
    return [(spot, why) for spot, why in found if kilometres(spot, area) <= reach]
