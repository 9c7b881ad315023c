"""Highlighted words: everything read in a passage, as markup around the text exactly as it was extracted.

Every marked span has an id made from passage, start and end (code points), so that a link to a claim's words lands on
them. Spans may nest and cross; where two cross, the later one is cut, and its first piece keeps the id. Marks have no
width of their own, since an Arabic word must not break where a mark begins inside it.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from markupsafe import Markup, escape

from witnessmark.publishing.report.wording import anchor, days, toll
from witnessmark.terms.anchor import Span
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading
from witnessmark.terms.statement import Statement

ELIDE_FROM = 200_000  # code points of a passage from which long unmarked stretches are left out of the page
_KEPT = 4_000  # code points kept at each end of a stretch that is left out


@dataclass(slots=True)
class Mark:
    """One marked span: the kinds of thing read there, and what each says."""

    start: int
    end: int
    kinds: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    id: str | None = None


def passages(item: Item, reading: Reading | None) -> list[Markup]:
    """The markup of each passage of an item."""
    found: list[dict[tuple[int, int], Mark]] = [{} for _ in item.passages]
    for span, kind, note in _read(reading) if reading else ():
        mark = found[span.passage].setdefault((span.start, span.end), Mark(span.start, span.end, id=anchor(span)))
        if kind not in mark.kinds:
            mark.kinds.append(kind)
        if note and note not in mark.notes:
            mark.notes.append(note)
    out: list[Markup] = []
    for number, passage in enumerate(item.passages):
        regions = [
            Mark(region.start, region.end, [region.role], [region.why] if region.why else [])
            for region in (reading.regions[number] if reading and number < len(reading.regions) else ())
            if region.role in {"chrome", "comment", "quoted"} and region.end > region.start
        ]
        out.append(markup(passage.text, [*regions, *found[number].values()]))
    return out


def said_by(said: Statement) -> str:
    """Whose word a statement is, in words."""
    if said.source is None:
        return "the publisher's own voice"
    return f"according to {said.source}" + ("" if said.source_resolved else " (not tied to a name)")


Read: TypeAlias = Iterator[tuple[Span, str, str]]


def _read(reading: Reading) -> Read:
    """Every span that a page may link to, its kind, and a note in words."""
    yield from _claims(reading)
    yield from _statements(reading)
    yield from _mentions(reading)
    if reading.access:
        yield reading.access, "source", "words that show own access to the event"
    if reading.unreadable and reading.unreadable.span:
        yield reading.unreadable.span, "wall", f"shows that no post is here: {reading.unreadable.kind}"


def _claims(reading: Reading) -> Read:
    for claim in reading.claims:
        yield claim.span, "claim", f"{claim.kind}, {claim.polarity}"
        if claim.place:
            yield claim.place.span, "place", ""
        if claim.moment:
            yield claim.moment.span, "moment", ""


def _statements(reading: Reading) -> Read:
    for said in reading.statements:
        yield said.span, "statement", said_by(said)
        if said.source_span:
            yield said.source_span, "source", f"named as the source: {said.source}"
    for credit in reading.credits:
        if credit.span:
            yield credit.span, "source", f"credits {credit.to} ({credit.manner})"


def _mentions(reading: Reading) -> Read:
    for moment in reading.moments:
        yield moment.span, "moment", f"time: {days(moment.earliest, moment.latest)}"
    for place in reading.places:
        name = place.candidates[0].name if place.candidates else "in no gazetteer"
        yield place.span, "place", f"place ({place.role}): {name}"
    for told in reading.tolls:
        count = toll(None if told.count is None else told.count.pair)
        yield told.span, "toll", f"{told.kind}, {told.who}: {count}" + (", denied" if told.negated else "")
    for actor in reading.actors:
        named = actor.label or actor.actor or actor.text
        yield actor.span, "party", f"{actor.role}: {named}" + (" (the speaker's epithet)" if actor.epithet else "")
    for weapon in reading.weapons:
        yield weapon.span, "weapon", f"{weapon.slot}: {weapon.label}"


def markup(text: str, marks: Iterable[Mark]) -> Markup:
    """The text with marks as nested elements; every character is escaped."""
    waiting = [(mark.start, -mark.end, order, mark, True) for order, mark in enumerate(marks) if mark.start < len(text)]
    heapq.heapify(waiting)
    out: list[str] = []
    ends: list[int] = []
    here = 0
    order = len(waiting)
    while waiting:
        start, end, _, mark, first = heapq.heappop(waiting)
        stop = min(-end, len(text))
        here = _close(out, ends, text, here, start)
        if ends and stop > ends[-1]:
            order += 1
            heapq.heappush(waiting, (ends[-1], -stop, order, mark, False))
            stop = ends[-1]
        out.extend((_cut(text, here, start), _opening(mark, first=first)))
        here = start
        ends.append(stop)
    here = _close(out, ends, text, here, len(text))
    out.append(_cut(text, here, len(text)))
    return Markup("".join(out))  # noqa: S704 - each piece of text went through escape, each attribute too


def _close(out: list[str], ends: list[int], text: str, here: int, start: int) -> int:
    """Close every element that ends at or before ``start``; returns how far the text is written."""
    while ends and ends[-1] <= start:
        stop = ends.pop()
        out.extend((_cut(text, here, stop), "</span>"))
        here = max(here, stop)
    return here


def _opening(mark: Mark, *, first: bool) -> str:
    kinds = " ".join(f"m-{kind}" for kind in mark.kinds)
    here = f' id="{escape(mark.id)}"' if first and mark.id else ""
    note = f' title="{escape("; ".join(mark.notes))}"' if mark.notes else ""
    return f'<span class="{kinds}"{here}{note}>'


def _cut(text: str, start: int, end: int) -> str:
    """A stretch of text, escaped; of a very long text, the middle of a long unmarked stretch is left out, and said."""
    left = end - start - 2 * _KEPT
    if len(text) < ELIDE_FROM or left <= _KEPT:
        return str(escape(text[start:end]))
    said = f'<span class="elided">[{left:,} characters left out here; they are in the preserved bytes]</span>'
    return f"{escape(text[start : start + _KEPT])}{said}{escape(text[end - _KEPT : end])}"
