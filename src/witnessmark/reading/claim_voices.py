"""Voices: which sources of an item tell one event, so that each makes a claim of its own.

The rule: each source that tells an event is a voice, and so is the outlet where it tells some of it in its own words: that
these rest on the one source it names is likely, but nothing shows it. A sentence without a deed or a figure is a voice of the event told before it where somebody says it, it speaks of
"the event" or of those harmed, and names no other place, no other day and no earlier time. In a sentence where several
speak of different things, each has the figures of its own words. What a voice does not prove: that it knew the event
otherwise than from the others.
"""

from collections.abc import Sequence
from dataclasses import replace

from witnessmark.reading.claim_events import Event, fits, shares
from witnessmark.reading.claim_scenes import Scene
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.ports import Hit, Lexicon
from witnessmark.terms.reading import Reading
from witnessmark.terms.statement import Statement

_SAID = ("asserted", "alleged", "suggested")
_BACKGROUND = {"earlier", "general", "plan", "record", "accident", "accept", "deny"}


def innermost(reading: Reading, scene: Scene) -> Statement | None:
    """The innermost attributed statement of a scene."""
    said = [reading.statements[index] for index in scene.statements if reading.statements[index].source]
    return said[-1] if said else None


def mouth(reading: Reading, scene: Scene) -> Span | None:
    """Where the source of a scene's statement is worded, if its sentence has several whose word it is."""
    said = innermost(reading, scene)
    if said is None:
        return None
    first = last = next(index for index in scene.statements if reading.statements[index] is said)
    while first > 0 and reading.statements[first - 1].span == scene.span:
        first -= 1
    while last < len(reading.statements) and reading.statements[last].span == scene.span:
        last += 1
    return said.source_span if len(_ends(reading, range(first, last))) > 1 else None


def _ends(reading: Reading, indexes: Sequence[int]) -> list[int]:
    """The statements of a sentence that somebody makes and that quote no other."""
    said = [index for index in indexes if reading.statements[index].source]
    outer = {reading.statements[index].nested_in for index in said}
    return [index for index in said if index not in outer]


def hear(told: Sequence[Event], rows: Sequence[Scene], reading: Reading, words: Lexicon, sheet: Sheet) -> None:
    """Add to each event the sentences in which somebody tells of it without a deed or a figure."""
    known = {scene.order for event in told for scene in event.scenes}
    spoken = [words.find(folded) for folded in sheet.folded]
    for scene in rows:
        if scene.order in known or scene.title or not _speaks(reading, scene, spoken[scene.span.passage], sheet):
            continue
        before = [event for event in told if event.kind in ("attack", "harm") and event.scenes[0].order < scene.order]
        near = max(before, key=lambda event: _last(event, scene.order), default=None)
        if near is not None and fits(scene, near):
            near.scenes.append(replace(scene, weapons=(), places=(), moments=(), tolls=()))


def _last(event: Event, before: int) -> int:
    """The last sentence of an event before a place."""
    return max(scene.order for scene in event.scenes if scene.order < before)


def _speaks(reading: Reading, scene: Scene, words: Sequence[Hit], sheet: Sheet) -> bool:
    """Whether somebody tells of an event told before: by "the event" or by those harmed, and not as background."""
    if scene.roles & _BACKGROUND or not scene.said or scene.hanging:
        return False
    text = sheet.folded[scene.span.passage].given
    for index in scene.statements:
        said = reading.statements[index]
        if not said.source or said.certainty not in _SAID:
            continue
        inside = [hit for hit in words if said.content.start <= hit.start and hit.end <= said.content.end]
        if any(hit.entry.fields["role"] == "victim" or _pointed(text, hit, said) for hit in inside):
            return True
    return False


def _pointed(text: str, hit: Hit, said: Statement) -> bool:
    """Whether a word for an event points back: with the Arabic article, or with a small word right before it."""
    if hit.clitics.endswith(("ال", "لل")) or text.startswith("ال", hit.start):
        return True
    return text[said.content.start : hit.start].split()[-1:] in (["the"], ["this"], ["This"], ["The"])


def voices(event: Event, reading: Reading) -> list[Event]:
    """The event as each voice tells it, where more than one does."""
    parts: dict[str | None, Event] = {}
    for scene in event.scenes:
        for said, narrowed in _tellers(scene, reading):
            if said and _of_elsewhere(narrowed, event):
                continue
            part = parts.setdefault(said.source if said else None, Event(event.kind))
            here = _here(narrowed, event)
            part.scenes.append(narrowed if here == narrowed.places else replace(narrowed, places=here))
    telling = [part for name, part in parts.items() if name or any(_tells(one) for one in part.scenes)]
    return telling if len(telling) > 1 else [event]


def _of_elsewhere(scene: Scene, event: Event) -> bool:
    """Whether a voice that gives neither a deed nor a figure names another place: "the dead of Manbij"."""
    told = scene.deed or any(toll.count for _, toll in scene.tolls)
    return not told and bool(scene.places and event.home) and not shares(scene.places, event.home)


def _here(scene: Scene, event: Event) -> tuple[PlaceMention, ...]:
    """The places of a voice: those of a deed told anew, else those that may be the event's; a mourner's town is another's."""
    if scene.anew or not event.home:
        return scene.places
    return tuple(place for place in scene.places if shares([place], event.home))


def _tells(scene: Scene) -> bool:
    return scene.deed or scene.harmed or scene.denied


def _tellers(scene: Scene, reading: Reading) -> list[tuple[Statement | None, Scene]]:
    """Who tells a scene, each with the scene as they tell it."""
    ends = _ends(reading, scene.statements)
    said = [reading.statements[index] for index in ends]
    if len(ends) <= 1:
        return [(innermost(reading, scene), scene)]
    if len({one.content for one in said}) == 1:
        return [(one, replace(scene, statements=(index,))) for index, one in zip(ends, said, strict=True)]
    own = [(one, _own(scene, index, one, said)) for index, one in zip(ends, said, strict=True)]
    return [(one, narrowed) for one, narrowed in own if _tells(narrowed)] or [(innermost(reading, scene), scene)]


def _own(scene: Scene, index: int, said: Statement, others: Sequence[Statement]) -> Scene:
    """The scene as one of those tells it who speak in it: deeds and figures of the narrowest words that hold each."""

    def mine(span: Span) -> bool:
        holding = [one.content for one in others if one.content.covers(span)]
        return min(holding, key=lambda held: held.end - held.start, default=said.content) == said.content

    def deed(hit: Hit) -> bool:
        return mine(Span(passage=scene.span.passage, start=hit.start, end=hit.end))

    return replace(
        scene,
        statements=(index,),
        deeds=tuple(hit for hit in scene.deeds if deed(hit)),
        known=tuple(hit for hit in scene.known if deed(hit)),
        tolls=tuple((number, toll) for number, toll in scene.tolls if mine(toll.span)),
        actors=tuple(actor for actor in scene.actors if mine(actor.span)),
    )
