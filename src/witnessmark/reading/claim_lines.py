"""Round-ups: lines that each tell of their own place, under a sentence or a heading that says what they share.

The rule: a line that a place heads tells an event of its own, with its own toll. A sentence right above such lines that
counts nobody says what befell all of them, and when, and is no event beside them. A heading gives its place to the
lines below it, up to the next, that name none; such a line that tells a deed anew is an event at that place. What this does
not prove: that what stands above a line was meant for it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from witnessmark.reading.claim_events import fine
from witnessmark.reading.claim_scenes import Scene
from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.place_lines import Line, heads_of
from witnessmark.reading.place_words import wording
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.ports import Larder
from witnessmark.terms.script import key

_COLON = re.compile(r"[:\uff1a]\W*$")
_SUMMED = {"month", "season", "year", "decade"}  # what a line counts in such a time is no one event
_LASTING = {"earlier", "general", "accident"}  # words above the lines that hold for all of them


def round_up(sheet: Sheet, rows: Sequence[Scene], places: Sequence[PlaceMention], larder: Larder) -> list[Scene]:
    """The scenes of an item, those in lines of a round-up with what stands above them."""
    lines = _lines(sheet, rows, places, larder)
    if not lines:
        return list(rows)
    return _shared(sheet, _headed(sheet, rows, lines), lines)


def _lines(
    sheet: Sheet, rows: Sequence[Scene], places: Sequence[PlaceMention], larder: Larder
) -> dict[int, tuple[Line, PlaceMention]]:
    """The scenes that begin with a place that heads their line, by order, with how and by which; datelines of the text left aside."""
    words = wording(ByDigest(larder))
    by_span = {row.span: row for row in rows}
    named = [place for place in places if place.role in {"scene", "dateline"}]
    out: dict[int, tuple[Line, PlaceMention]] = {}
    for number, found in heads_of(sheet, [(place.span, place.text) for place in named], words).items():
        place = named[number]
        sentence = sheet.sentence(place.span.passage, place.span.start, place.span.end)
        row = by_span.get(sentence) if sentence else None
        if row and not row.title and not (found.line == "dateline" and (found.first or not found.colon)):
            out.setdefault(row.order, (found.line, place))
    return out


def _headed(sheet: Sheet, rows: Sequence[Scene], lines: dict[int, tuple[Line, PlaceMention]]) -> list[Scene]:
    """The scenes, lines below a heading that name no place with that of the heading, and each with what it is.

    Under the only heading of a text that names other places too, a line without one is told of any of these.
    """
    out: list[Scene] = []
    above: PlaceMention | None = None
    names = {key(place.text) for line, place in lines.values() if line == "heading"}
    several = len(names) > 1
    alone = all(key(place.text) in names for row in rows for place in fine(row.places))
    for row in rows:
        line, place = lines.get(row.order, ("", None))
        if line == "heading":
            above = place
        if line == "entry":
            out.append(replace(row, own=True))
        elif line == "dateline" and place and not row.places:
            out.append(replace(row, places=(place,)))
        elif above and (several or alone) and not row.places and row.anew and _begins_line(sheet, row):
            out.append(replace(row, places=(above,), own=several))
        else:
            out.append(row)
    return out


def _begins_line(sheet: Sheet, row: Scene) -> bool:
    """Whether a sentence is the first of its line."""
    text = sheet.folded[row.span.passage].given
    return not text[text.rfind("\n", 0, row.span.start) + 1 : row.span.start].strip()


def _shared(sheet: Sheet, rows: Sequence[Scene], lines: dict[int, tuple[Line, PlaceMention]]) -> list[Scene]:
    """The scenes, entries with the deed, day, weapons and parties of the sentence right above the first of them."""
    out: list[Scene] = []
    above: Scene | None = None
    for row, following in zip_longest(rows, rows[1:]):
        entry = _is_entry(row, lines)
        if not entry and following and _is_entry(following, lines) and _leads(sheet, row, following):
            above = row
        elif entry and above:
            out.append(_under(row, above))
        else:
            above = None
            out.append(row)
    return out


def _is_entry(row: Scene, lines: dict[int, tuple[Line, PlaceMention]]) -> bool:
    return row.order in lines and lines[row.order][0] == "entry"


def _leads(sheet: Sheet, row: Scene, entry: Scene) -> bool:
    """Whether a sentence says what the lines below it share: by a colon, or a deed at no place of its own above a toll."""
    if not row.deed or row.tolls:
        return False
    return _COLON.search(sheet.words(row.span)) is not None or (bool(entry.tolls) and not fine(row.places))


def _under(row: Scene, above: Scene) -> Scene:
    """An entry with what the sentence above it says where it says nothing itself."""
    blamed = tuple(actor for actor in above.actors if actor.role == "accused")
    summed = above.since or (above.day is not None and above.day.precision in _SUMMED)
    blames = any(actor.role == "accused" for actor in row.actors)
    return replace(
        row,
        deeds=row.deeds or above.deeds,
        words=(*row.words, *(hit for hit in above.words if hit.entry.fields["role"] in _LASTING)),
        moments=row.moments or (() if summed else above.moments),
        telling=row.telling | above.telling,
        actors=row.actors if blames else (*row.actors, *blamed),
        weapons=row.weapons or above.weapons,
        statements=row.statements if row.said else above.statements,
        said=row.said or above.said,
        since=row.since or summed,
    )
