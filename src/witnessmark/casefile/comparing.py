"""The search for copies among all pictures and clips of a case, kept under a key over what was seen of each.

A set step: what stands for media that did not change is gone on from, and only new ones are looked up. What it does not do:
decode; dense looks at clips are asked for where sparse frames hint, and made where media are looked at.
"""

import msgspec
from sqlalchemy import Connection, delete, select

from witnessmark.casefile import looking, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.progress import Progress
from witnessmark.casefile.steps import compare_key
from witnessmark.terms.copy import Copy
from witnessmark.tracing.media import copies

_STEP = "compare"


def _key(db: Connection) -> str:
    looked = db.execute(select(tables.look.c.address, tables.look.c.key))
    return compare_key([f"{row.address} {row.key}" for row in looked])


def current(db: Connection) -> bool:
    """Whether the copies that stand are those of the media as they were seen; a case without media has none."""
    stands = db.execute(select(tables.step.c.key).where(tables.step.c.name == _STEP)).scalar()
    return stands == _key(db) or looking.count(db) == 0


def compare_pending(case: Case, *, progress: Progress) -> None:
    """Find copies, unless those that stand are current."""
    with case.transaction() as db:
        if current(db) and db.execute(select(tables.copy.c.one).limit(1)).first() is None and not looking.count(db):
            return
        key = _key(db)
        if db.execute(select(tables.step.c.key).where(tables.step.c.name == _STEP)).scalar() == key:
            return
        progress("comparing", 0, 1)
        found = copies({address: seen for address, _, seen in looking.looks(db)})
        db.execute(delete(tables.copy))
        tables.put(db, tables.copy, [_row(one) for one in found])
        tables.put(db, tables.step, [{"name": _STEP, "key": key}])
        progress("comparing", 1, 1)


def _row(one: Copy) -> dict[str, object]:
    return {
        "one": one.one,
        "other": one.other,
        "manner": one.manner,
        "certain": int(one.certain),
        "blob": msgspec.json.encode(one),
    }
