"""Ids that no incident has any longer: what they were, where their claims went, and why.

An incident that somebody decided about stays answerable: the ledger holds what it was, its claims and their anchors. Joined
to another, taken apart or gathered otherwise since, its old id leads to where most of its claims are now. An id that nobody ever
decided about and that no claim leads to is unknown: nothing signed can carry it.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection

from witnessmark.casefile import decisions
from witnessmark.casefile.ids import LEAST

Row = dict[str, Any]


def formerly(db: Connection, wanted: str, now: str) -> Row | None:
    """How an incident that was asked for by another id came to have this one; None where it is asked for by its own."""
    if now.startswith(wanted) or not wanted.startswith("incident-"):
        return None
    joins = [
        (number, about)
        for number, about in decisions.all_of(db)
        if about["act"] == "join" and any(one.startswith(wanted) for one in (about["about"], about["value"]))
    ]
    if joins:
        number, about = joins[-1]
        why = f"joined by {about['by']}, entry {number}: {about['reason']}"
    else:
        why = "gathered otherwise since: claims came to it, or went from it"
    return {"asked": wanted, "now": now, "why": why}


def gone(db: Connection, wanted: str) -> Row | None:
    """An incident of the ledger whose id nothing has now: as it was seen, who decided what, and where its claims are.

    ``wanted``: the id, or its beginning. None where no decision names it.
    """
    if len(wanted.rpartition("-")[2]) < LEAST:
        return None
    told = [(number, about) for number, about in decisions.all_of(db) if about["kind"] == "incident"]
    mine = [(number, about) for number, about in told if about["about"].startswith(wanted)]
    if not mine:
        return None
    _, last = mine[-1]
    now = decisions.target(db, last)
    return {
        "id": last["about"],
        "now": now,
        "why": _why(told, last["about"])
        or ("its claims stand there" if now else "no claim of it stands in an incident now"),
        "seen": msgspec.json.decode(last["suggested"]),
        "decisions": [
            {"entry": number, **{key: about[key] for key in ("act", "value", "by", "reason", "at")}}
            for number, about in mine
        ],
    }


def _why(told: list[tuple[int, dict[str, Any]]], wanted: str) -> str | None:
    """The last decision that took it out of sight."""
    return next(_reasons(told, wanted), None)


def _reasons(told: list[tuple[int, dict[str, Any]]], wanted: str) -> Iterator[str]:
    for number, about in reversed(told):
        named = wanted in (about["about"], about["value"])
        if named and about["act"] == "join":
            yield f"joined by {about['by']}, entry {number}: {about['reason']}"
        if about["about"] == wanted and (about["act"], about["value"]) == ("state", "withdrawn"):
            yield f"withdrawn by {about['by']}, entry {number}: {about['reason']}"
