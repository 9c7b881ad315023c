"""What a party's denial covers: the deed that it disowns, and not the harm that the text tells of in a clause beside it.

The rule: where somebody denies a deed, a clause that begins behind the deed with "where" or "which" and tells of harm is
the outlet's own word ("denied shelling Zarhal, where five were killed"). Whoever denies doing something ("denied shelling",
"Russia denied"), and not that something was done, refuses responsibility. What it does not prove: that the outlet
knew of the harm from anybody else.
"""

from collections.abc import Sequence
from dataclasses import replace

from witnessmark.reading.claim_scenes import HURT, Scene
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import Party
from witnessmark.terms.reading import Reading
from witnessmark.terms.statement import Statement


def parted(rows: Sequence[Scene], reading: Reading) -> list[Scene]:
    """The scenes, those of a denial beside which harm is told cut in two: what is denied, and what the outlet tells."""
    return [part for row in rows for part in _parts(row, reading)]


def _parts(row: Scene, reading: Reading) -> tuple[Scene, ...]:
    said = _denial(row, reading)
    cut = _cut(row, said) if said else None
    if cut is None:
        return (row,)
    return (
        replace(row, tolls=tuple(pair for pair in row.tolls if pair[1].span.start < cut)),
        replace(
            row,
            span=Span(passage=row.span.passage, start=cut, end=row.span.end),
            deeds=tuple(hit for hit in row.deeds if hit.start >= cut),
            known=tuple(hit for hit in row.known if hit.start >= cut),
            words=tuple(hit for hit in row.words if hit.start >= cut),
            tolls=tuple(pair for pair in row.tolls if pair[1].span.start >= cut),
            actors=tuple(actor for actor in row.actors if actor.span.start >= cut),
            statements=(),
            said=False,
        ),
    )


def _denial(row: Scene, reading: Reading) -> Statement | None:
    """The denial that a sentence is, where nobody else speaks in it."""
    said = [reading.statements[index] for index in row.statements if reading.statements[index].source]
    return said[0] if len(said) == 1 and said[0].certainty == "denied" else None


def _cut(row: Scene, said: Statement) -> int | None:
    """Where the clause of harm begins behind the deed that is denied, if there is one."""
    deed = min((hit.end for hit in row.deeds if hit.start >= said.content.start), default=None)
    told = [toll.span.start for _, toll in row.tolls if toll.kind in HURT and not toll.negated]
    if deed is None or not told or min(told) < deed:
        return None
    clauses = (hit.start for hit in row.words if hit.entry.fields["role"] == "relative")
    return next((start for start in clauses if deed <= start < min(told)), None)


def disowning(sheet: Sheet, reading: Reading, row: Scene) -> Party | None:
    """The party that denies having done a deed, where no pack knows it as one: a country, or who denies doing."""
    said = _denial(row, reading)
    deed = next((hit for hit in row.deeds if said and hit.start >= said.content.start), None)
    if said is None or said.source is None or said.source_span is None or deed is None or row.denied:
        return None
    source, start = said.source_span, said.content.start
    state = any(
        one.span == source and one.candidates and one.candidates[0].level == "country" for one in reading.places
    )
    verb = sheet.folded[row.span.passage].given[deed.start : deed.end]
    own = deed.start == start and (verb.endswith("ing") if verb.isascii() else deed not in row.known)
    return Party(actor=said.source_actor, label=None, words=said.source) if state or own else None
