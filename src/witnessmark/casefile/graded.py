"""Grades with what people decided about sources, origins and nearby action: suggested anew whenever they are looked at.

So a decision counts at once, without gathering anew, and a case graded by another standard needs nothing but its pack. A grade
that a person set stands over all of it (``rows``).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from witnessmark.terms.incident import Incident
from witnessmark.weighing.grade import Heard, grade
from witnessmark.weighing.standard import Standard


class Decided(Protocol):
    """What people decided about one thing."""

    @property
    def slots(self) -> dict[str, object]:
        """The last word for each slot."""
        ...


def graded(incident: Incident, standing: Mapping[str, Decided], standard: Standard) -> Incident:
    """The incident with its grade as suggested now."""
    return replace(incident, grade=grade(incident.grounds, standard, heard(incident, standing)))


def heard(incident: Incident, standing: Mapping[str, Decided]) -> Heard:
    """What people decided that the grade of an incident hangs on."""
    names = {name for one in incident.grounds.behind for name in (one.origin, *one.sources)}
    decided = {name: standing[name].slots for name in sorted(names & standing.keys())}
    own = standing[incident.id].slots if incident.id in standing else {}
    return Heard(
        reliability={name: str(slots["reliability"]) for name, slots in decided.items() if slots.get("reliability")},
        shown={name: slots["shown"] == "yes" for name, slots in decided.items() if slots.get("shown")},
        near_action=str(own["near_action"]) if own.get("near_action") else None,
    )
