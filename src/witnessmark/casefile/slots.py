"""What a person may set, and how they write it: tolls as ``3``, ``3..5`` or ``3..``, days as ``2017-06-08``.

Only the form is looked at, so that whatever the ledger holds can be read back; whether a value makes sense is asked
before it is written (``sense``).
"""

import re

from witnessmark.errors import UsageError
from witnessmark.terms.claim import FIGURE_SLOTS

_TOLL = re.compile(r"(\d{1,6})(?:\.\.(\d{1,6})?)?")
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DEGREES = {"lat": 90.0, "lon": 180.0}
_LISTS = ("actors", "accused", "strike", "weapon", "delivery", "target")
_TEXTS = {
    "incident": ("place", "place_ar", "grade", "near_action", "precision", "note"),
    "claim": ("place", "kind", "polarity", "certainty", "credibility", "party_interest", "translation", "note"),
    "item": ("publisher", "published", "language", "unreadable", "note"),
    "origin": ("name", "shown", "reliability", "credibility", "note"),
    "source": ("class", "affiliation", "reliability", "note"),
}
_NOTHING = ("null", "none", "")


def parse(kind: str, slot: str, given: str) -> object:
    """The value a person gave for a slot of a claim, incident, item, origin or source; ``null`` or nothing empties it.

    Raises:
        UsageError: no such slot, or a value that does not have its form.
    """
    tolled = kind in ("claim", "incident")
    if not (
        slot in _TEXTS.get(kind, ())
        or (tolled and (slot in FIGURE_SLOTS or slot in _LISTS or slot in ("date", *_DEGREES)))
    ):
        known = [*_TEXTS.get(kind, ()), *((*FIGURE_SLOTS, *_LISTS, "date", *_DEGREES) if tolled else ())]
        raise UsageError(f"{slot!r} is no slot of {kind}s.", "Nothing was decided.", f"Slots are: {', '.join(known)}.")
    if given.lower() in _NOTHING:
        return [] if slot in _LISTS else None
    if slot in FIGURE_SLOTS:
        return toll(slot, given)
    if slot == "date" and not _DAY.fullmatch(given):
        raise _bad(slot, given, "a day such as 2017-06-08")
    if slot in _DEGREES:
        return _degrees(slot, given)
    if slot in _LISTS:
        parts = [part.strip() for part in given.split(",") if part.strip()]
        return [{"actor": None, "label": None, "words": part} for part in parts] if slot == "accused" else parts
    return given


def _bad(slot: str, given: str, form: str) -> UsageError:
    return UsageError(f"{given!r} is no value for {slot}.", "Nothing was decided.", f"Write {form}.")


def toll(slot: str, given: str) -> list[int | None]:
    """``[least, most]`` as a person writes it; ``most`` is None where the end is open.

    Raises:
        UsageError: it does not have the form.
    """
    found = _TOLL.fullmatch(given)
    if not found:
        raise _bad(slot, given, "3 for exactly three, 3..5 for a range, 3.. for at least three")
    least = int(found.group(1))
    most = int(found.group(2)) if found.group(2) else (None if ".." in given else least)
    if most is not None and most < least:
        raise _bad(slot, given, "the smaller number first")
    return [least, most]


def _degrees(slot: str, given: str) -> float:
    try:
        value = float(given)
    except ValueError as trouble:
        raise _bad(slot, given, "decimal degrees") from trouble
    if not abs(value) <= _DEGREES[slot]:
        raise _bad(slot, given, f"degrees between -{_DEGREES[slot]:.0f} and {_DEGREES[slot]:.0f}")
    return value
