"""Figures, days and sources as the report words them, in English, with Latin digits.

Nothing here is about a case: an open range is said to be open, and where nobody is named, that is what is said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import DENIES_HARM, FIGURE_SLOTS, Claim, leaves_open
from witnessmark.terms.item import Item

Pair = Sequence[int | None]
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\+00:00")


def toll(pair: Pair | None) -> str:
    """``3``, ``3 to 5`` or ``3 or more``; ``not stated`` for none."""
    if pair is None:
        return "not stated"
    least, most = pair
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least} to {most}"


def harm(row: Mapping[str, Any], kind: str) -> str:
    """A kind of harm in a list: its figure, else whether it was said without a number, denied, or not said at all."""
    if kind == "killed" and row[kind] is None and row["combatants_killed"]:
        return "combatants alone"
    if row[kind] is None and kind in row["harm_unnumbered"]:
        return "said without a number"
    return "denied" if row[kind] is None and kind in row["harm_denied"] else toll(row[kind])


def kind(row: Mapping[str, Any]) -> str:
    """The kind of a claim; a denial of harm is told from one of responsibility."""
    return "denial of harm" if row["rule"] == DENIES_HARM else str(row["kind"])


def means(strike: Sequence[str]) -> list[str]:
    """The ways an attack was made; a label that leaves open which stands only where no way alone is told."""
    return [one for one in strike if not leaves_open(one)] or list(strike)


def signed(review: str) -> str:
    """Who decided, when to the minute, and why; or that nobody did."""
    return _INSTANT.sub(r"\1 \2 UTC", review)


def signer(row: Mapping[str, Any], slot: str) -> str:
    """Who decided what stands in a slot."""
    made = (
        one["by"] for one in reversed(row["decisions"]) if one["act"] == "set" and one["value"].startswith(f"{slot}=")
    )
    return str(next(made, "a person"))


_CHANGED = {"date_latest": "last day", "killed_status_unstated": "presumed civilians among the killed"}


def changes(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What changed since a signature, a sentence for each slot: as it was then, as it is now. One day is said once."""
    held = {one["slot"]: (one["then"], one["now"]) for one in rows}
    if held.get("date") == held.get("date_latest"):
        held.pop("date_latest", None)
    for slot, (then, now) in held.items():
        if slot.startswith("claims "):
            number = len(then or now)
            yield f"{number} claim{'' if number == 1 else 's'} {slot.partition(' ')[2]}"
        else:
            yield f"{_CHANGED.get(slot, slot.replace('_', ' '))}: then {valued(slot, then)}, now {valued(slot, now)}"


def valued(slot: str, value: Any) -> str:  # noqa: ANN401 (any value of a slot)
    """A slot's value in words: people as a range, parties by name, ``none`` for nothing."""
    if value is None or value == []:
        return "none"
    if slot in FIGURE_SLOTS:
        return toll(value)
    if slot == "origins":
        return origins(value)
    if slot == "accused" and isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        return ", ".join(parties(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def parties(accused: Iterable[Mapping[str, Any]]) -> list[str]:
    """Each party once, by the name that the packs give it, else as worded."""
    return list(dict.fromkeys(party["label"] or party["words"] for party in accused))


def days(earliest: str | None, latest: str | None) -> str:
    """A day, or two days with ``to`` between; an instant keeps its clock and zone."""
    if not earliest:
        return f"up to {stamp(latest)}" if latest else "not settled"
    if not latest or latest == earliest:
        return stamp(earliest)
    return f"{stamp(earliest)} to {stamp(latest)}"


_BASIS = {
    "stated": "as stated",
    "publication": "relative to publication",
    "event": "relative to another time in the text",
    "unresolved": "not resolved",
    "repeated": "a time that comes again and again",
    "duration": "a length of time",
}


def basis(given: str) -> str:
    """What the resolving of a time rests on."""
    return _BASIS.get(given, given)


def stamp(moment: str) -> str:
    """ISO 8601 with a blank for the T, and ``UTC`` for its zero offset."""
    return moment.replace("T", " ").replace("+00:00", " UTC")


def origins(pair: Sequence[int]) -> str:
    """At least how many independent origins are shown, and at most how many there are."""
    least, most = pair
    return f"at least {least}, at most {most}"


def author(item: Item, file: str) -> str:
    """Who publishes an item, as far as the capture shows; else that nobody is named, with its id or its file."""
    return item.publisher or item.author or item.site or f"an unnamed author ({item.given_id or file or item.id})"


def chain(claim: Claim, by: str) -> list[str]:
    """On whose word a claim stands, from the outlet inwards; who publishes it where the words name nobody."""
    return list(dict.fromkeys(claim.on_whose_word)) or [by]


def anchor(span: Span) -> str:
    """The id under which the words of a span stand on their item's page."""
    return f"s-{span.passage}-{span.start}-{span.end}"


def shortened(text: str, most: int = 420) -> str:
    """The beginning of long words, up to a blank where there is one, with a mark that they go on."""
    if len(text) <= most:
        return text
    cut = text[: most + 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut[:most]).rstrip() + " […]"


def ordinal_page(stem: str, number: int) -> str:
    """The file of the n-th page of a list, counted from 1."""
    return f"{stem}.html" if number == 1 else f"{stem}-{number}.html"
