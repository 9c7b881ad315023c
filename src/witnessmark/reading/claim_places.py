"""Places that one toll is told of together: "strikes on Zarhal and Tal Qirmit killed nine".

The rule: where the sentence that gives an event's toll names two or more places, all in one list ("A, B and C"), none of
them in another, the toll belongs to all of them together and to none alone. "Between A and B" is one stretch and "A or B"
an alternative, so neither is a list. What it does not prove: how the toll falls to each.
"""

import re
from itertools import pairwise

from witnessmark.reading.claim_events import Event, shares
from witnessmark.reading.claim_scenes import Scene
from witnessmark.reading.claim_slots import ordered
from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.place_words import Wording, wording
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.place import NAMED_BY_TYPE, PlaceMention
from witnessmark.terms.ports import Larder

_WORD = re.compile(r"[^\W_]+")
_STRAY = "places.stray"
_WIDE = ("country", "region", "province", "district")
_LOOK = 30  # code points before a list in which "between" stands


def together(event: Event, sheet: Sheet, larder: Larder) -> tuple[PlaceMention, ...]:
    """The places that the event's toll is told of together, in order; empty where it is told of one, or of none."""
    scene = next((one for one in ordered(event) if any(toll.count and not toll.negated for _, toll in one.tolls)), None)
    if scene is None:
        return ()
    named = [one for one in scene.places if one.role == "scene" and one.why.rule != _STRAY and not _is_wide(one)]
    if len(named) < 2 or any(shares([one], [other]) for one, other in pairwise(named)):
        return ()
    words = wording(ByDigest(larder))
    listed = all(_listed(sheet, scene, pair, words) for pair in pairwise(named))
    return tuple(named) if listed and not _between(sheet, named[0], words) else ()


def _is_wide(place: PlaceMention) -> bool:
    """Whether a name means an area in which others lie; one that no gazetteer knows is a place of its own."""
    return bool(place.candidates) and place.why.rule != NAMED_BY_TYPE and place.candidates[0].level in _WIDE


def _listed(sheet: Sheet, scene: Scene, pair: tuple[PlaceMention, PlaceMention], words: Wording) -> bool:
    """Whether nothing but "and", commas and words of place stand between two places."""
    one, other = pair[0].span, pair[1].span
    if one.passage != other.passage or any(
        hit.entry.fields["role"] == "either-or" and one.end <= hit.start and hit.end <= other.start
        for hit in scene.words
    ):
        return False
    folded = sheet.folded[one.passage]
    text = folded.text[folded.forth(one.end) : folded.forth(other.start)]
    small = words.cues.get("sibling", frozenset()) | words.cues.get("article", frozenset())
    between = [word for word in _WORD.findall(text) if word not in small and word.removeprefix("و") not in words.types]
    return bool(text.strip()) and "\n" not in text and "(" not in text and not between


def _between(sheet: Sheet, first: PlaceMention, words: Wording) -> bool:
    """Whether "between" stands before the first of two places, words of place apart."""
    folded = sheet.folded[first.span.passage]
    here = folded.forth(first.span.start)
    before = [word for word in _WORD.findall(folded.text[max(0, here - _LOOK) : here]) if word not in words.types]
    return bool(before) and before[-1] in words.cues.get("between", frozenset())
