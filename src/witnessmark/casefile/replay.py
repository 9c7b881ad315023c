"""The ledger's projection into tables: findings, objects and decisions, up to a high-water mark.

Replaying twice changes nothing. Where the tables have seen more of the ledger than there is, the ledger was cut; that
is said, and nothing is overwritten.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from witnessmark.casefile import tables
from witnessmark.errors import AlteredEvidence
from witnessmark.terms.address import canonical
from witnessmark.vault.ledger import Ledger, LedgerEntry

MARK = "ledger mark"
_LOT = 2000
_DEPOSIT = {"address": str, "size": int, "name": str}
_DECISION = {"about": str, "kind": str}
DECISIONS = ("decision", "decisions")  # one, and those of a whole sheet, which stand in one entry or not at all


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
    decisions = [entry for entry in entries if entry.did in DECISIONS]
    for kind, must in ((deposits, _DEPOSIT), (decisions, _DECISION)):
        for entry in kind:
            for about in (entry.about, *(decided(entry) if kind is decisions else ())):
                if not all(isinstance(about.get(field), wanted) for field, wanted in must.items()):
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


def decided(entry: LedgerEntry) -> list[Mapping[str, Any]]:
    """Each decision that an entry holds.

    Raises:
        AlteredEvidence: the entry is said to hold several and has no list of them.
    """
    if entry.did == "decision":
        return [entry.about]
    held = entry.about.get("decisions")
    if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
        raise AlteredEvidence(f"Ledger entry {entry.n} lacks what an entry of its kind holds.")
    return held


def decision_row(entry: LedgerEntry) -> dict[str, object]:
    """An entry of one decision, or of those of a sheet, as the table holds it."""
    about = entry.about
    return {
        "entry": entry.n,
        "about": about.get("about"),
        "kind": about.get("kind"),
        "blob": canonical({**about, "at": entry.at}),
    }
