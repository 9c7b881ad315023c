"""A statement: one sentence, or part of one, and whose word it is."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.anchor import Span
from witnessmark.terms.why import Why

Certainty: TypeAlias = Literal["asserted", "alleged", "suggested", "asked", "denied", "ordered", "advised"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """``span``: the whole sentence or clause; ``content``: the words attributed. ``source``: who says it, as

    resolved words ("Raqqa Is Being Slaughtered Silently", "Amaq News Agency"), None for the outlet's own voice;
    ``source_span``: where the source is worded; ``source_actor``: actors-pack id; ``source_resolved``: False where the
    words ("the coalition", "a user", "he") could not be tied to a name; ``source_several``: True where they are for more
    than one whom nothing names ("multiple sources", "residents"). ``cue``: the attributing words. ``nested_in``:
    index of the statement that quotes this one. ``moments``, ``places``: indexes in the same reading.
    """

    span: Span
    content: Span
    source: str | None
    source_span: Span | None
    source_actor: str | None
    cue: str | None
    cue_span: Span | None
    certainty: Certainty
    form: Literal["direct", "indirect", "mixed", "own"]
    why: Why
    source_resolved: bool = True
    source_several: bool = False
    nested_in: int | None = None
    moments: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
