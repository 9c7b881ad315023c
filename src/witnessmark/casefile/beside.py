"""What stands beside an incident in other rooms, gathered for its row: contradictions, drifts, its parties' words, registers."""

from sqlalchemy import Connection

from witnessmark.casefile import drifting, matches
from witnessmark.casefile.account_rows import words
from witnessmark.casefile.disputes import disputes
from witnessmark.casefile.rows import Beside
from witnessmark.terms.incident import Incident


def beside(db: Connection, incident: Incident, drifts: drifting.Found, known: matches.Matches) -> Beside:
    """All of it. ``drifts``, ``known``: those found so far, of this incident at least."""
    return Beside(
        disputed=disputes(db, incident),
        drifted=list(drifting.drift_rows(db, drifts.between(incident.items))),
        said=words(db, incident),
        registers=known.about.get(incident.id, ()),
        mentioned=known.mentioned.get(incident.id, ()),
    )
