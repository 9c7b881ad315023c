"""A sighting: an item carries a picture or clip, or a copy of it, and when it was published at the latest and at the earliest.

The first sighting is the earliest in the case; what was published elsewhere before, no case can know.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """``medium``: the address of what the item carries. ``earliest``, ``latest``: ISO bounds of when it was public, None

    where nothing tells; ``rests_on``: what they rest on, in words.
    """

    item: str
    medium: str
    earliest: str | None
    latest: str | None
    rests_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recycled:
    """A medium that cannot show what it is said to: it was published before (``manner`` ``time``), or shown as another place.

    ``later`` carries it for this event, ``earlier`` carried it first; ``why``: in words, with both sides.
    """

    manner: str
    later: Sighting
    earlier: Sighting
    why: str
