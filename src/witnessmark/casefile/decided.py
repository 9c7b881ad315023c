"""What people decided of claims' figures, for weighing: a decided figure stands in place of the one read.

Gathering goes by what the items say; which claims speak of one event does not depend on what a person makes of a figure.
Weighing takes the figures as decided, so that an incident's suggested range is computed from them, and says who decided.
Figures alone are taken: other slots of a claim stand beside its suggestion. What it does not do: change a reading.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from witnessmark.casefile import decisions, slots
from witnessmark.incidents.settle import Settled
from witnessmark.terms.claim import FIGURE_SLOTS
from witnessmark.terms.incident import Incident
from witnessmark.terms.toll import Toll


@dataclass(frozen=True, slots=True)
class Figure:
    """A decided figure, None where a person emptied it, and who decided."""

    toll: Toll | None
    by: str


Decided = Mapping[str, Mapping[str, Figure]]  # claim id, slot


def figures(db: Connection) -> dict[str, dict[str, Figure]]:
    """The last word on each figure of each claim that exists now."""
    told = [about for _, about in decisions.all_of(db) if about["kind"] == "claim" and about["act"] == "set"]
    now = decisions.attach_claims(db, [(about["about"], next(iter(about["anchors"]), None)) for about in told])
    found: dict[str, dict[str, Figure]] = {}
    for about in told:
        slot, _, given = about["value"].partition("=")
        claim = now[about["about"]]
        if claim is not None and slot in FIGURE_SLOTS:
            pair = None if slots.parse("claim", slot, given) is None else slots.toll(slot, given)
            toll = Toll(least=pair[0] or 0, most=pair[1]) if pair else None
            found.setdefault(claim, {})[slot] = Figure(toll, about["by"])
    return found


def parts(decided: Decided) -> Iterator[str]:
    """Each decided figure as a part of the key of the steps over the whole case."""
    for claim, held in decided.items():
        for slot, one in held.items():
            yield f"figure {claim} {slot} {one.toll and one.toll.pair} {one.by}"


def told(digests: Mapping[str, bytes], decided: Decided) -> dict[str, bytes]:
    """Digests of what is settled of each claim, with what people decided of it."""
    return {
        **digests,
        **{
            claim: digests[claim] + "".join(parts({claim: held})).encode()
            for claim, held in decided.items()
            if claim in digests
        },
    }


def over(settled: Settled, decided: Decided) -> Settled:
    """A settled claim with its figures as decided."""
    held = decided.get(settled.card.claim)
    if not held:
        return settled
    told = {**settled.card.figures, **{slot: one.toll for slot, one in held.items()}}
    tolls = tuple((slot, toll) for slot in FIGURE_SLOTS if (toll := told.get(slot)) is not None)
    return replace(settled, card=replace(settled.card, tolls=tolls))


def signed(incident: Incident, decided: Decided) -> Incident:
    """An incident in which each figure that a person decided says who did."""
    if not any(one.claim in decided for one in incident.figures):
        return incident
    named = tuple(
        replace(one, decided=held.by) if (held := decided.get(one.claim, {}).get(one.slot)) else one
        for one in incident.figures
    )
    return replace(incident, figures=named)
