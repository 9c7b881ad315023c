"""Actors, weapons and targets as a text names them, each tied to a pack entry or left as the speaker's own words."""

from dataclasses import dataclass
from typing import Literal

from witnessmark.terms.anchor import Span
from witnessmark.terms.why import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """``actor``: id in the actors pack or None; ``label``: Airwars' name for it. ``epithet``: the speaker's word

    for a party ("the infidels", "mercenaries"), kept as theirs. ``role`` in the deed as worded: ``accused`` (did or is
    said to have done it), ``target``, ``speaker``, or ``named``.
    """

    span: Span
    text: str
    actor: str | None
    label: str | None
    why: Why
    epithet: bool = False
    role: Literal["accused", "target", "speaker", "named"] = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeaponMention:
    """``slot``: ``weapon`` (what: white phosphorus), ``delivery`` (how: aircraft, artillery, drone), ``target``

    (what was hit: home, school, vehicle) or ``observation`` (double tap, no warning). ``label``: the vocabulary's word.
    """

    span: Span
    text: str
    slot: Literal["weapon", "delivery", "target", "observation"]
    key: str
    label: str
    why: Why
