"""Contradictions as rows: each side with its claims, and the words in which some of them say it.

The words are those of the slot itself where the reading knows them (the figure, the place, the day), else the claim's
sentence. A side shows the words of its first claims only; every claim is listed, and leads to its own.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from witnessmark.casefile import items, rows, shown
from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import Claim
from witnessmark.terms.contradiction import Contradiction, Side
from witnessmark.terms.incident import Incident
from witnessmark.terms.reading import Reading

_QUOTED = 3  # claims of a side whose words are shown with it
_HARMS = {"killed": "killed", "children_killed": "killed", "injured": "injured", "status": "killed"}


def disputes(db: Connection, incident: Incident) -> list[rows.Row]:
    """Each contradiction of an incident: ``slot``, ``sentence`` and ``sides`` with the words of both."""
    return [
        {
            "slot": one.slot,
            "sentence": one.sentence,
            "sides": [{**rows.side_row(side), "words": list(_words(db, one, side))} for side in one.sides],
        }
        for one in incident.contradictions
    ]


def _words(db: Connection, dispute: Contradiction, side: Side) -> Iterator[rows.Row]:
    """The words of a side's first claims, one for each item."""
    told: set[str] = set()
    for one in side.claims:
        claim, _ = shown.claim(db, one)
        if claim.item in told:
            continue
        told.add(claim.item)
        read = shown.reading(db, claim.item)
        (item,) = items.fetch(db, [claim.item])
        span = _span(dispute.slot, side.label, claim, read) if read else claim.span
        yield {
            "claim": claim.id,
            "item": item.name,
            "item_id": item.id,
            "said_by": list(claim.on_whose_word) or [item.publisher or item.author or item.site or item.name],
            "words": rows.cut(item, span),
            "sentence": rows.cut(item, claim.span),
            "anchor": rows.anchor_row(item.anchor(span)),
        }
        if len(told) == _QUOTED:
            return


def _span(slot: str, label: str, claim: Claim, read: Reading) -> Span:
    """Where a claim words a slot; its whole span where that is not known."""
    if slot == "time" and claim.moment:
        return claim.moment.span
    if slot == "place" and claim.place:
        return claim.place.span
    inside = [claim.span]
    if slot in ("weapon", "delivery"):
        inside = [one.span for one in read.weapons if one.slot == slot and one.label in label]
    elif slot == "actor":
        inside = [one.span for one in read.actors if one.role == "accused" and (one.label or one.text) in label]
    elif slot in _HARMS:
        inside = [
            one.span for one in read.tolls if one.kind == _HARMS[slot] and one.count and str(one.count.least) in label
        ]
    near = [span for span in inside if claim.span.covers(span)]
    return near[0] if near else inside[0] if inside else claim.span
