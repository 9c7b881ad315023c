"""First sightings of pictures and clips, and material that is used again for an event that it cannot show.

Of all items that carry copies of one medium the first is the one that was public earliest, by the latest moment at which it
can have been. A capture bounds publication from above: what was saved in May was not published in June. Recycled is what
was public, at the latest, days before the first day that the event can have been on: a day's leeway is left, since clocks,
zones and "yesterday" err by one. What it does not prove: that the first sighting in the case is the first of all, or that who published first made it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from witnessmark.terms.card import Spot, kilometres
from witnessmark.terms.place import AREAS
from witnessmark.terms.sighting import Recycled, Sighting

LEEWAY = 1  # days
APART = (
    25.0  # kilometres between two places of which one medium cannot show both; towns near by are told by either name
)
_NEVER = "9999"


def sighting(
    item: str, medium: str, published: tuple[str | None, str | None], captured: str | None, why: str
) -> Sighting:
    """An item's sighting. ``published``: ISO bounds; ``captured``: ISO, when it was saved."""
    earliest, latest = published
    latest = latest or earliest
    if captured and (latest is None or captured[:10] < latest[:10]):
        return Sighting(
            item=item,
            medium=medium,
            earliest=earliest,
            latest=captured,
            rests_on="it was captured then; published before",
        )
    return Sighting(item=item, medium=medium, earliest=earliest, latest=latest, rests_on=why)


def order(one: Sighting) -> tuple[str, str, str]:
    """By the latest moment at which it was public, the unknown last."""
    return one.latest or _NEVER, one.earliest or _NEVER, one.item


def first(sightings: Iterable[Sighting]) -> Sighting:
    """The earliest of some."""
    return min(sightings, key=order)


def of_before(later: Sighting, sightings: Sequence[Sighting], event: str | None) -> Recycled | None:
    """Whether what an item carries was public before the event's first day. ``event``: ISO day."""
    earlier = first(sightings)
    if event is None or earlier.latest is None or later.item == earlier.item:
        return None
    if date.fromisoformat(earlier.latest[:10]) + timedelta(days=LEEWAY) >= date.fromisoformat(event):
        return None
    why = f"published by {earlier.latest[:10]} at the latest ({earlier.rests_on}); the event is of {event} or later"
    return Recycled(manner="time", later=later, earlier=earlier, why=why)


def of_elsewhere(later: Sighting, here: Sequence[Spot], earlier: Sighting, there: Sequence[Spot]) -> Recycled | None:
    """Whether one medium is said to show places that all lie far apart. ``here``, ``there``: where each item says it was."""
    pairs = [(kilometres(spot, other), spot, other) for spot in here for other in there]
    areas = any(spot.level in AREAS for spot in (*here, *there))
    if areas or not pairs or min(pairs, key=lambda one: one[0])[0] < APART:
        return None
    distance, spot, other = min(pairs, key=lambda one: one[0])
    if distance == float("inf"):
        return None
    why = f"said to show {spot.name} here and {other.name} there, {distance:.0f} km apart"
    return Recycled(manner="place", later=later, earlier=earlier, why=why)
