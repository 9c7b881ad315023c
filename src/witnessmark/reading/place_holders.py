"""What stands for a place that no gazetteer knows: what the text says holds it, or a neighbour told of in one list with it.

The rule: of all that the item says holds a name, the closest stands for it, a town before a province. Where that is a province,
the nearest place told of in one list with it stands for it, if it lies there: "the villages of A and B in the countryside of
Zarhal" are neighbours more often than not. Where nothing is said to hold it, the nearest place of its sentence does. None of
it proves where the place is.
"""

from collections.abc import Iterable

from witnessmark.reading.place_company import holds
from witnessmark.reading.place_links import inside
from witnessmark.reading.place_words import Hit
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.place import AREAS


def holder(hit: Hit, hits: list[Hit], sheet: Sheet) -> Hit | None:
    """What stands for a place that no gazetteer knows, or its town: None where the item names nothing that could."""
    same = [hit, *(one for one in hits if one.name == hit.name and one is not hit)]
    said = [(hits[one.within], one) for one in same if one.within is not None and hits[one.within].known]
    if not said:
        beside = _beside(hit, hits, sheet)
        return _nearest(hit, (one for one in beside if any(place.lat is not None for place in one.candidates)))
    found, one = min(said, key=lambda pair: _wide(pair[0]))
    return (_neighbour(one, found, hits, sheet) if _wide(found) else None) or found


def _wide(hit: Hit) -> bool:
    return any(one.level in AREAS for one in hit.candidates)


def _neighbour(hit: Hit, area: Hit, hits: list[Hit], sheet: Sheet) -> Hit | None:
    """The nearest place told of in one list with a name, and held by the same area."""
    listed = (one for one in _beside(hit, hits, sheet) if one.within == hit.within and not _wide(one))
    return _nearest(hit, (one for one in listed if one.candidates and holds(area, one)))


def _beside(hit: Hit, hits: list[Hit], sheet: Sheet) -> list[Hit]:
    """The other known places of a name's sentence."""
    sentence = sheet.sentence(hit.span.passage, hit.span.start, hit.span.end) or hit.span
    return [other for other in inside(hits, sentence) if other.known and not other.stray and other is not hit]


def _nearest(hit: Hit, others: Iterable[Hit]) -> Hit | None:
    return min(others, key=lambda other: abs(other.span.start - hit.span.start), default=None)
