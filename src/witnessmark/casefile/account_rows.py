"""What parties say of an incident, as rows: dated statements with their words, where they stand by them, and shared concessions.

A party's acceptance for several incidents together is counted once: with the first of them, and the others say so (Airwars
counts one official tally with one of three incidents, https://airwars.org/civilian-casualties/cs965-june-6-2017).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from witnessmark.casefile import items, shown, tables
from witnessmark.terms.incident import Incident, Told
from witnessmark.weighing.accounts import status

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """What stands behind the statements of parties: words by claim, and the incidents that a claim's sentence is told for."""

    said: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NO_WORDS = Words()


def words(db: Connection, incident: Incident) -> Words:
    """The words of the statements of an incident's parties."""
    wanted = {one.claim for account in incident.accounts for one in account.statements}
    if not wanted:
        return NO_WORDS
    said: dict[str, str] = {}
    shared: dict[str, tuple[str, ...]] = {}
    homes = {one.item for account in incident.accounts for one in account.statements}
    for item in items.fetch(db, sorted(homes)):
        read = shown.reading(db, item.id)
        rows = select(tables.claim.c.id, tables.claim.c.incident).where(tables.claim.c.item == item.id)
        stands = {row.id: row.incident for row in db.execute(rows)}
        for claim in read.claims if read else ():
            if claim.id in wanted:
                text = item.passages[claim.span.passage].text
                said[claim.id] = text[claim.span.start : claim.span.end]
                together = {stands.get(one.id) for one in read.claims if one.span == claim.span} if read else set()
                shared[claim.id] = tuple(sorted(one for one in together if one))
    return Words(said, shared)


def party_rows(incident: Incident, found: Words) -> list[Row]:
    """Each party's own account."""
    return [
        {
            "party": account.party,
            "actor": account.actor,
            "accused": account.accused,
            "status": status(account.statements),
            "statements": [_statement(one, found) for one in account.statements],
        }
        for account in incident.accounts
    ]


def event_rows(incident: Incident, found: Words) -> list[Row]:
    """Acceptances and denials as dated events, oldest first, each with where its party stood by it."""
    told = [
        (one, account, account.statements[: number + 1])
        for account in incident.accounts
        for number, one in enumerate(account.statements)
        if one.act != "says"
    ]
    return [
        {
            "date": one.date,
            "party": account.party,
            "act": one.act,
            "status": status(until),
            "words": found.said.get(one.claim),
            "claim": one.claim,
            "by": one.by,
        }
        for one, account, until in sorted(told, key=lambda each: (each[0].date or "9999", each[1].party, each[0].claim))
    ]


def _statement(one: Told, found: Words) -> Row:
    together = found.shared.get(one.claim, ())
    return {
        "date": one.date,
        "act": one.act,
        "by": one.by,
        "words": found.said.get(one.claim),
        "claim": one.claim,
        "place": one.place,
        "lat": one.lat,
        "lon": one.lon,
        "tolls": {slot: [toll.least, toll.most] for slot, toll in one.tolls},
        "harm_unnumbered": list(one.harm_unnumbered),
        "for_incidents": list(together),
        "counted_with": together[0] if together else None,
    }
