"""The ledger's projection into tables: findings, objects and decisions, up to a high-water mark.

Replaying twice changes nothing. Where the tables have seen more of the ledger than there is, the ledger was cut; that
is said, and nothing is overwritten.
"""

import json

from sqlalchemy import Connection, select

from witnessmark.casefile import tables
from witnessmark.errors import AlteredEvidence
from witnessmark.terms.address import canonical
from witnessmark.vault.ledger import Ledger, LedgerEntry

MARK = "ledger mark"
_LOT = 2000
_DEPOSIT = {"address": str, "size": int, "name": str}
_DECISION = {"about": str, "kind": str}


def mark(db: Connection) -> tuple[int, str]:
    """Number and hash of the last ledger entry the tables have seen; ``(-1, "")`` where they saw none."""
    row = db.execute(select(tables.meta.c.value).where(tables.meta.c.key == MARK)).scalar()
    if row is None:
        return -1, ""
    number, digest = json.loads(row)
    return number, digest


def replay(ledger: Ledger, db: Connection) -> None:
    """Bring the projected tables up to the ledger's head.

    Raises:
        AlteredEvidence: the ledger is shorter than what the tables have seen, or an entry lacks what it must hold.
    """
    seen, digest = mark(db)
    head, head_hash = ledger.head()
    if head < seen or (head == seen and seen >= 0 and head_hash != digest):
        raise AlteredEvidence(
            f"The ledger ends at entry {head}, but this case has seen entry {seen}: its end was cut off or reworded."
        )
    lot: list[LedgerEntry] = []
    for entry in ledger.read(after=seen):
        lot.append(entry)
        if len(lot) == _LOT:
            _project(db, lot)
            lot = []
    _project(db, lot)


def _project(db: Connection, entries: list[LedgerEntry]) -> None:
    """One lot of entries into the tables, and the mark moved."""
    if not entries:
        return
    deposits = [entry for entry in entries if entry.did == "deposit"]
    decisions = [entry for entry in entries if entry.did == "decision"]
    for kind, must in ((deposits, _DEPOSIT), (decisions, _DECISION)):
        for entry in kind:
            if not all(isinstance(entry.about.get(field), wanted) for field, wanted in must.items()):
                raise AlteredEvidence(f"Ledger entry {entry.n} lacks what an entry of its kind holds.")
    tables.keep(db, tables.thing, [{"address": one.about["address"], "size": one.about["size"]} for one in deposits])
    tables.keep(db, tables.finding, [finding_row(one) for one in deposits])
    tables.keep(db, tables.decision, [decision_row(one) for one in decisions])
    last = entries[-1]
    tables.put(db, tables.meta, [{"key": MARK, "value": json.dumps([last.n, last.hash])}])


def finding_row(entry: LedgerEntry) -> dict[str, object]:
    """A deposit as the table holds it."""
    about = entry.about
    return {
        "entry": entry.n,
        "address": about.get("address"),
        "name": about.get("name"),
        "collector": about.get("collector"),
        "note": about.get("note"),
        "at": entry.at,
    }


def decision_row(entry: LedgerEntry) -> dict[str, object]:
    """A decision as the table holds it."""
    about = entry.about
    return {
        "entry": entry.n,
        "about": about.get("about"),
        "kind": about.get("kind"),
        "blob": canonical({**about, "at": entry.at}),
    }
