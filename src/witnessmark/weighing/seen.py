"""A claim of an incident as weighing sees it: its card, and the place and day that were settled for it."""

from dataclasses import dataclass

from witnessmark.terms.card import Card, Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One claim of an incident as settled: its card, place and day. ``stated``: the day is in its own words."""

    card: Card
    spot: Spot | None
    place_why: str
    first: str | None
    last: str | None
    stated: bool
    day_why: str
