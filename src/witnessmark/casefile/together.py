"""Many decisions at once, those of a sheet that came back: one entry of the ledger, so that all stand or none.

Each is checked as if it were made alone, with the row's other new values standing already, and keeps what was seen.
What this does not do: hold the sheet. The entry names the digest of its bytes, and each decision its line.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from witnessmark.casefile import sense, slots
from witnessmark.casefile.case import Case
from witnessmark.casefile.decisions import Standing, as_seen
from witnessmark.casefile.ids import Found
from witnessmark.casefile.shown import tolls
from witnessmark.terms.claim import FIGURE_SLOTS


def of_claim(
    case: Case, db: Connection, claim: str, wanted: Mapping[str, str], *, accept: bool, every: Mapping[str, Standing]
) -> list[dict[str, object]]:
    """What a person decided in one row about a claim: values of slots as typed, and acceptance; less who and why.

    Raises:
        UsageError: a value that cannot be meant; then nothing of the row may be written.
    """
    found = Found("claim", claim)
    given = {slot: slots.parse("claim", slot, value) for slot, value in wanted.items() if slot in FIGURE_SLOTS}
    stands = {**tolls(db, found), **every.get(claim, Standing()).slots, **given}
    ground = sense.Ground(now=case.now(), larder=case.larder, stands=stands)
    acts = [("set", f"{slot}={sense.value('claim', slot, value, ground)}") for slot, value in wanted.items()]
    acts += [("accept", "")] if accept else []
    seen = as_seen(case, db, found, every)
    return [{**seen, "act": act, "value": value, "others": [], "other_anchors": []} for act, value in acts]


def write(case: Case, decided: Sequence[tuple[int, Mapping[str, object]]], *, sheet: str, by: str, reason: str) -> int:
    """Record the decisions of a sheet, each with its line; returns the ledger number. The caller holds the writer's lock.

    ``sheet``: the address of its bytes.
    """
    signed = {"by": by, "reason": reason}
    held = [{**about, **signed, "line": line} for line, about in decided]
    case.record([("decisions", {"about": sheet, "kind": "sheet", **signed, "decisions": held})])
    number, _ = case.ledger.head()
    return number
