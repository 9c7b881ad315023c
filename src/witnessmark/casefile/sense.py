"""Whether a decision makes sense, asked before it is written: the ledger keeps what it is given for good.

Refused are values that cannot be meant: a day that is none or has not come, more children killed than killed, a grade
that the standard does not have, a party that no pack names. Names of places and notes are a person's own words and only
must be one line of visible text. What stands in the ledger already is read as it was written (``slots``), never judged
again. What passing here does not prove: that the decision is right.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import get_args

from witnessmark.casefile import slots
from witnessmark.casefile.admiralty import codes, rule
from witnessmark.casefile.standards import standard
from witnessmark.casefile.voices import classes
from witnessmark.errors import UsageError
from witnessmark.packs.larder import PackLarder
from witnessmark.terms.claim import Claim, ClaimKind
from witnessmark.terms.place import PlaceLevel
from witnessmark.terms.statement import Certainty

# Slots whose values are a closed list: those of the terms, yes or no, and on whose side a party's word is.
_CLOSED: dict[str, tuple[str, ...]] = {
    "kind": get_args(ClaimKind),
    "polarity": get_args(Claim.__annotations__["polarity"]),
    "certainty": get_args(Certainty),
    "precision": get_args(PlaceLevel),
    "shown": ("yes", "no"),
    "party_interest": ("adverse", "self-serving", "neutral"),
}
# Of each whole, the parts that cannot be more than it. Whether the injured hold fighters depends on who tells.
_PARTS = {
    "killed": ("children_killed", "women_killed", "men_killed", "killed_status_unstated"),
    "injured": ("children_injured", "women_injured", "men_injured"),
}
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # marks that turn the order of text
_EARLIEST_ZONE = timedelta(hours=14)  # a day begins that long before it does in UTC, in the Line Islands
_LISTED = 30


@dataclass(frozen=True, slots=True)
class Ground:
    """What a value is judged by. ``stands``: each toll of the thing, ``[least, most]``, as decided, else as suggested.

    ``shown``: how many independent origins are shown behind the incident that it belongs to.
    """

    now: str
    larder: PackLarder
    stands: Mapping[str, object]
    shown: int = 0


def line(what: str, given: str) -> str:
    """Words of a person for the ledger, without blanks around them.

    Raises:
        UsageError: they are empty, or hold what cannot be seen: line ends, controls, broken bytes, marks that turn text.
    """
    words = given.strip()
    if not words:
        raise UsageError(
            f"A decision needs a name and a reason; {what} is not given, and the reader of the case file will ask for it.",
            "Nothing was decided.",
            "Give --by and --reason.",
        )
    if any(unicodedata.category(char) in _UNSEEN or char in _TURNING for char in words):
        raise UsageError(
            f"The words for {what} hold characters that cannot be seen: a line end, a control or a mark that turns text.",
            "Nothing was decided.",
            "Write one line of plain text.",
        )
    return words


def value(kind: str, slot: str, given: str, ground: Ground) -> str:
    """The value as it is to be kept: checked, and in the spelling of its list where it has one.

    Raises:
        UsageError: no such slot, or a value that cannot be meant.
    """
    nothing = slots.parse(kind, slot, given) in (None, [])
    if not given:
        raise UsageError(f"No value is given for {slot}.", "Nothing was decided.", f"Write {slot}=null to empty it.")
    if nothing:
        return "null"
    words = line(f"a value for {slot}", given)
    if slot in _CLOSED:
        return _one_of(slot, words, _CLOSED[slot])
    if slot in ("reliability", "credibility"):
        return _confirmable(slot, _one_of(slot, words, codes(slot, ground.larder)), ground)
    if slot in _OF_PACKS:
        return _one_of(slot, words, _OF_PACKS[slot](ground.larder))
    if slot == "actors":
        return ", ".join(_one_of(slot, one.strip(), _parties(ground.larder)) for one in words.split(",") if one.strip())
    if slot in ("date", "published"):
        words = _day(slot, words, ground.now)
    for whole, parts in _PARTS.items():
        if slot in (whole, *parts):
            _fits(slot, whole, slots.toll(slot, words), ground.stands)
    return words


def _confirmable(slot: str, code: str, ground: Ground) -> str:
    """A code of the Admiralty scales; "confirmed" only where independent origins are shown.

    Raises:
        UsageError: they are not.
    """
    asked = int(rule("confirmed_origins", ground.larder))
    if slot == "credibility" and code == rule("confirmed", ground.larder) and ground.shown < asked:
        raise UsageError(
            f"Credibility {code} says that independent sources confirm it, and {ground.shown} independent origins are shown behind its incident.",
            "Nothing was decided.",
            f"Where {asked} origins are independent, decide for each: --set shown=yes; else choose a lower code.",
        )
    return code


def _grades(larder: PackLarder) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["grade"] for row in standard(larder).wording.values() if row["grade"]))


def _near(larder: PackLarder) -> tuple[str, ...]:
    return standard(larder).listed("G4_near_action")


def _parties(larder: PackLarder) -> tuple[str, ...]:
    """Parties to a conflict, by the label of the standard where they have one."""
    rows = [row for row in larder.rows("actors") if row.fields.get("party") == "yes"]
    return tuple(dict.fromkeys(row.fields.get("label") or row.fields.get("name") or row.key for row in rows))


_OF_PACKS: dict[str, Callable[[PackLarder], Sequence[str]]] = {
    "grade": _grades, "near_action": _near, "class": classes, "affiliation": _parties,
}  # fmt: skip


def _one_of(slot: str, given: str, known: Sequence[str]) -> str:
    found = next((one for one in known if one.casefold() == given.casefold()), None)
    if found is not None:
        return found
    more = f", and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    other = "; a party that no pack names is written into accused" if slot == "actors" else ""
    raise UsageError(
        f"{given!r} is no value for {slot}.",
        "Nothing was decided.",
        f"Write one of: {', '.join(known[:_LISTED])}{more}{other}.",
    )


def _day(slot: str, given: str, now: str) -> str:
    """A day of the calendar that has begun somewhere on earth; a time of publication may have hours."""
    try:
        day = date.fromisoformat(given) if slot == "date" else datetime.fromisoformat(given).date()
    except ValueError as trouble:
        raise UsageError(
            f"{given!r} is no value for {slot}: no calendar has that day.",
            "Nothing was decided.",
            "Write a day such as 2017-06-08.",
        ) from trouble
    if day > (datetime.fromisoformat(now) + _EARLIEST_ZONE).date():
        raise UsageError(
            f"{given!r} is no value for {slot}: that day has not come.",
            "Nothing was decided.",
            "Write the day on which it happened; a day that is not known is null.",
        )
    return given


def _fits(slot: str, whole: str, given: Sequence[int | None], stands: Mapping[str, object]) -> None:
    """No part of the killed may be more than all killed, nor of the injured.

    Raises:
        UsageError: it would be.
    """
    held = {**stands, slot: given}
    most = _figures(held.get(whole))[-1]
    for part in _PARTS[whole] if slot == whole else (slot,):
        highest = max((one for one in _figures(held.get(part)) if one is not None), default=0)
        if most is not None and highest > most:
            raise UsageError(
                f"{part} would be {highest} and {whole} at most {most}: a part cannot be more than the whole.",
                "Nothing was decided.",
                f"Set {whole if part == slot else part} first, or empty it with null.",
            )


def _figures(toll: object) -> Sequence[int | None]:
    return toll if isinstance(toll, list) else [None]
