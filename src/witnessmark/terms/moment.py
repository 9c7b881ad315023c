"""When, as a text says it: a range with a precision, or unresolved with the reason.

Never resolved against the time of capture: captures are often years later.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.anchor import Span
from witnessmark.terms.why import Why

Precision: TypeAlias = Literal[
    "instant", "hour", "part-of-day", "day", "week", "month", "season", "year", "decade", "unresolved"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """``earliest``, ``latest``: ISO 8601 in the zone of publication or place, both inclusive; a day is ``2017-06-06``.

    ``basis``: ``stated``, ``publication`` (relative to it), ``event`` (relative to another moment of the text), or
    ``unresolved``; ``repeated`` marks a repeated or habitual time, ``duration`` a length of time and no date.
    """

    span: Span
    text: str
    earliest: str | None
    latest: str | None
    precision: Precision
    basis: Literal["stated", "publication", "event", "unresolved", "repeated", "duration"]
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When an item was published, as far as the material says.

    ``earliest``, ``latest``: ISO 8601, inclusive (equal days where only a day is known). ``zone``: an offset such as
    ``+03:00`` or None. ``basis``: where it came from (``given``, ``page stamp``, ``dateline``, ``address``,
    ``archive stamp``, ``post id``, ``embedded post``); ``why`` says it in words, and why it is unknown where it is.
    """

    earliest: str | None
    latest: str | None
    zone: str | None
    basis: str
    why: str
