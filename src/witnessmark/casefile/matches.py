"""What stands of the step that matches: an incident's rows in registers, an earlier event's incident or row, and their reasons.

A match is a suggestion, and joins nothing. It is read from the tables as it was last made; whether it is current,
``registering`` says.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from witnessmark.casefile import tables
from witnessmark.casefile.rows import Row
from witnessmark.terms.account import Match, RegisterRow

OWN = ""  # the source of matches with the case's own incidents


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A match as stored, with the register's row for people to read; None where the other is an incident of the case."""

    match: Match
    row: RegisterRow | None = None


@dataclass(slots=True)
class Matches:
    """Rows of matches by what they are about; ``mentioned``: incident to the claims that mention it as an earlier event."""

    about: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    mentioned: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def all_of(db: Connection) -> Iterator[Kept]:
    """Every match, in order of what it is about, of source and of rank."""
    yield from _decoded(db, select(tables.match.c.blob))


def matches(db: Connection) -> Matches:
    """Every match of a case, for exports that go through all incidents or claims."""
    return _gathered(all_of(db))


def of(db: Connection, *wanted: str) -> Matches:
    """The matches of some incidents or claims, and who mentions them."""
    touching = tables.match.c.about.in_(wanted) | tables.match.c.other.in_(wanted)
    return _gathered(_decoded(db, select(tables.match.c.blob).where(touching)))


def _decoded(db: Connection, found: Select[Any]) -> Iterator[Kept]:
    decoder = msgspec.json.Decoder(Kept)
    for blob in db.execute(found.order_by(tables.match.c.about, tables.match.c.source, tables.match.c.rank)).scalars():
        yield decoder.decode(blob)


def _gathered(found: Iterable[Kept]) -> Matches:
    about: dict[str, list[Row]] = defaultdict(list)
    mentioned: dict[str, list[Row]] = defaultdict(list)
    for kept in found:
        about[kept.match.one].append(match_row(kept))
        if kept.row is None:
            mentioned[kept.match.other].append(mention_row(kept))
    return Matches(about=about, mentioned=mentioned)


def match_row(kept: Kept) -> Row:
    """One match as it stands beside its incident or claim, by the contract of ``registers`` and ``refers_to``."""
    row, match = kept.row, kept.match
    return {
        "register": row.register if row else None,
        "id": match.other,
        "url": row.url if row else None,
        "line": row.line if row else None,
        "date": row.first if row else None,
        "date_latest": row.last if row else None,
        "place": (row.place or row.place_ar) if row else None,
        "killed": list(row.killed) if row and row.killed else None,
        "injured": list(row.injured) if row and row.injured else None,
        "grade": row.grade if row else None,
        "verdict": match.verdict,
        "reasons": list(match.reasons),
        "against": list(match.against),
        "also": list(match.also),
    }


def mention_row(kept: Kept) -> Row:
    """A claim elsewhere that mentions an incident as an earlier event."""
    match = kept.match
    return {
        "claim": match.one, "verdict": match.verdict, "reasons": list(match.reasons), "against": list(match.against),
    }  # fmt: skip


def register_row(kept: Kept) -> Row:
    """One match on its own, by the contract of ``export --what registers``."""
    kind = kept.match.one.partition("-")[0]
    return {"about": kept.match.one, "kind": kind, **match_row(kept), "score": kept.match.score}
