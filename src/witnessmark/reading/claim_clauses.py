"""Two events of one sentence: "shelling killed five in Zarhal on Sunday, and on Monday a child was killed in Kafr Janna".

The rule: a clause behind a comma that begins with "and" is an event of its own where it has its own time, its own place and
its own deed or toll, and so has what stands before it; the places must be two. Who died of wounds, died of what stands
before. What it does not prove: that the two have nothing to do with each other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from witnessmark.reading.claim_events import fine, shares
from witnessmark.reading.claim_scenes import HURT, Scene
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.moment import Moment
from witnessmark.terms.ports import Hit
from witnessmark.terms.reading import Reading

_COMMA = re.compile(r"[,;\u060c\u061b]\s+")
_AND = re.compile(r"و\w")  # written together with the next word
_DAYS = {"instant", "hour", "part-of-day", "day"}


def clauses(sheet: Sheet, rows: Sequence[Scene], reading: Reading) -> list[Scene]:
    """The scenes, those that tell two events cut where the second begins."""
    return [part for row in rows for part in _parts(sheet, row, reading)]


def _parts(sheet: Sheet, row: Scene, reading: Reading) -> tuple[Scene, ...]:
    sources = {reading.statements[index].source for index in row.statements} - {None}
    if len(row.moments) < 2 or len(fine(row.places)) < 2 or len(sources) > 1 or row.roles & {"wounds", "deny", "since"}:
        return (row,)
    text = sheet.folded[row.span.passage].given
    joins = {hit.start for hit in row.words if hit.entry.fields["role"] == "join"}
    for comma in _COMMA.finditer(text, row.span.start, row.span.end):
        if comma.end() in joins or _AND.match(text, comma.end()):
            one, other = _side(row, row.span.start, comma.start()), _side(row, comma.end(), row.span.end)
            if _whole(one) and _whole(other) and not shares(fine(one.places), fine(other.places)):
                return one, replace(other, own=True, words=(*_lasting(one, other), *other.words))
    return (row,)


def _lasting(one: Scene, other: Scene) -> tuple[Hit, ...]:
    """Words by which the first clause is of an earlier time, where the second tells of no later day."""
    before, day = (one.day.earliest if one.day else None), (other.day.earliest if other.day else None)
    later = day is not None and (before is None or day > before)
    return () if later else tuple(hit for hit in one.words if hit.entry.fields["role"] == "earlier")


def _side(row: Scene, start: int, end: int) -> Scene:
    """What stands in a part of a sentence."""
    return replace(
        row,
        span=Span(passage=row.span.passage, start=start, end=end),
        deeds=tuple(hit for hit in row.deeds if start <= hit.start < end),
        known=tuple(hit for hit in row.known if start <= hit.start < end),
        words=tuple(hit for hit in row.words if start <= hit.start < end),
        tolls=tuple(pair for pair in row.tolls if start <= pair[1].span.start < end),
        moments=tuple(one for one in row.moments if start <= one.span.start < end),
        places=tuple(one for one in row.places if start <= one.span.start < end),
        actors=tuple(one for one in row.actors if start <= one.span.start < end or one.role == "speaker"),
        weapons=tuple(one for one in row.weapons if start <= one.span.start < end),
    )


def _whole(side: Scene) -> bool:
    """Whether a part of a sentence has a day, a place, and a deed or a toll of its own."""
    counted = any(toll.kind in HURT and toll.count and toll.part_of is None for _, toll in side.tolls)
    return any(map(_dates, side.moments)) and bool(fine(side.places)) and (side.deed or counted)


def _dates(moment: Moment) -> bool:
    """Whether a time is a day, or hangs on the unknown day of publication."""
    known = bool(moment.earliest) and moment.precision in _DAYS
    return known or (moment.basis == "unresolved" and not moment.earliest)
