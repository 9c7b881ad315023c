"""Why a derived thing is there: the rule that fired, the pack entries it used, and what lost against it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """``rule``: a dotted name such as ``times.weekday-before``. ``entries``: ``pack:table:key`` of each entry used.

    ``lost``: other readings of the same words, each with the reason, in plain words.
    """

    rule: str
    entries: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
