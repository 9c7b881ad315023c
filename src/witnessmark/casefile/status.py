"""Where a case stands: counts, what is pending, what could not be read and why."""

from sqlalchemy import Connection, Select, Table, func, select

from witnessmark.casefile import (
    comparing,
    decisions,
    gathering,
    letters,
    looking,
    opening,
    readings,
    registering,
    steps,
    tables,
)
from witnessmark.casefile.case import Case

_EXAMPLES = 20


def status(case: Case) -> dict[str, object]:
    """Where a case stands: counts, what each step has pending, and what needs a person.

    Counts are of objects, items, readings, claims, origins and incidents; reasons come with how often each stands and
    examples; ``look_again`` are decisions that no longer attach.
    """
    larder = case.larder
    with case.transaction() as db:

        def count(table: Table) -> int:
            return int(db.execute(select(func.count()).select_from(table)).scalar_one())

        pending = {
            "open": opening.count_pending(db, steps.open_key()),
            "read": readings.count_pending(db, steps.read_key(larder)),
            "look": looking.count_pending(db, steps.look_key()),
            "compare": 0 if comparing.current(db) else 1,
            "gather": 0 if gathering.current(case, db) else 1,
            "match": 0 if registering.current(case, db) else 1,
        }
        counts = {
            "objects": count(tables.thing),
            "findings": count(tables.finding),
            "items": count(tables.item),
            "read": readings.count_read(db),
            "unreadable captures": readings.unreadable(db),
            "pictures and clips": looking.count(db),
            "claims": count(tables.claim),
            "origins": count(tables.origin),
            "incidents": count(tables.incident),
            "decisions": len(decisions.all_of(db)),
        }
        lettered, waiting = letters.counted(db)
        reasons = _reasons(db)
        failures = [
            {
                "step": row.step,
                "subject": row.subject,
                "why": row.why.partition(" ")[2] if row.step == "read" else row.why,
            }
            for row in db.execute(select(tables.failure).order_by(tables.failure.c.step, tables.failure.c.subject))
        ]
        look_again = decisions.attached(db).look_again if counts["decisions"] else []
    return {
        "name": case.name,
        "counts": counts,
        "pending": pending,
        "lettering": {"read": lettered, "waiting": waiting},
        "unread": reasons,
        "failures": failures,
        "look_again": look_again,
        "packs": [
            {"name": pack.name, "version": pack.version, "reviewed_by": pack.reviewed_by} for pack in larder.packs
        ],
    }


def waiting(case: Case) -> int:
    """How many objects and items wait to be opened or read."""
    with case.transaction() as db:
        return opening.count_pending(db, steps.open_key()) + readings.count_pending(db, steps.read_key(case.larder))


def _reasons(db: Connection) -> list[dict[str, object]]:
    """Why things could not be read, most frequent first, with a few examples each."""
    found: dict[str, list[str]] = {}
    unread = tables.outcome.c.kind == "unread"
    rows = db.execute(
        select(tables.outcome.c.why, tables.outcome.c.address, tables.outcome.c.selector)
        .where(unread)
        .order_by(tables.outcome.c.address, tables.outcome.c.selector)
    )
    names = _names(db, select(tables.outcome.c.address).where(unread))
    for row in rows:
        where = f"{row.address[:12]} {row.selector}".strip()
        found.setdefault(row.why, []).append(f"{names[row.address]}, {where}" if row.address in names else where)
    empty = db.execute(
        select(tables.reading.c.unreadable, tables.item.c.name)
        .join(tables.item, tables.item.c.id == tables.reading.c.item)
        .where(tables.reading.c.unreadable.is_not(None))
        .order_by(tables.item.c.name)
    )
    for capture in empty:
        found.setdefault(f"an empty capture: {capture.unreadable}", []).append(capture.name)
    ordered = sorted(found.items(), key=lambda reason: (-len(reason[1]), reason[0]))
    return [{"why": why, "times": len(where), "where": where[:_EXAMPLES]} for why, where in ordered]


def _names(db: Connection, addresses: Select[tuple[str]]) -> dict[str, str]:
    """The name that each object was first found under, less its folders."""
    of = tables.finding.c
    found = select(of.address, of.name).where(of.address.in_(addresses)).order_by(of.entry.desc())
    return {row.address: row.name.rpartition("/")[2] for row in db.execute(found)}
