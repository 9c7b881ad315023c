"""Hedging: how firmly a sentence is told, by the cue that attributes it and the hedges it holds.

A hedge ("reportedly", "suspected", أنباء عن) weakens an assertion and never strengthens a denial, a question or an order.
Which words hedge is a pack's. What it does not say: whether the speaker is right to be careful.
"""

from collections.abc import Sequence

from witnessmark.terms.ports import Hit
from witnessmark.terms.statement import Certainty

_WEAKER: tuple[Certainty, ...] = ("asserted", "suggested", "alleged")
_ALL: tuple[Certainty, ...] = ("asserted", "alleged", "suggested", "asked", "denied", "ordered", "advised")


def certainty(
    cue: Hit | None, hedges: Sequence[Hit], *, quoted: Sequence[tuple[int, int]] = ()
) -> tuple[Certainty, tuple[str, ...]]:
    """The certainty of a statement and the pack entries that gave it; hedges inside somebody's quotation are theirs."""
    base = _certainty(cue.entry.fields["certainty"]) if cue else "asserted"
    entries = (cue.entry.cite,) if cue else ()
    if base not in _WEAKER:
        return base, entries
    best, used = base, entries
    for hedge in hedges:
        if any(start <= hedge.start and hedge.end <= end for start, end in quoted):
            continue
        said = _certainty(hedge.entry.fields["certainty"])
        if _WEAKER.index(said) > _WEAKER.index(best):
            best, used = said, (*entries, hedge.entry.cite)
    return best, used


def _certainty(word: str) -> Certainty:
    return next(one for one in _ALL if one == word)
