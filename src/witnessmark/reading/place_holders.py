"""What stands for a place that no gazetteer knows: what the text says holds it, or a neighbour told of in one list with it.

The rule: of all that the item says holds a name, the closest stands for it, a town before a province. Where that is a province,
the nearest place told of in one list with it stands for it, if it lies there: "the villages of A and B in the countryside of
Zarhal" are neighbours more often than not. Where nothing is said to hold it, the nearest place of its sentence does. None of
it proves where the place is.
"""

from collections import defaultdict
from collections.abc import Iterable

from witnessmark.reading.place_company import holds
from witnessmark.reading.place_words import Hit
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.place import AREAS

_NEAR = 40  # names on each side of one that may stand for it; no list that is read goes on for longer


class Holders:
    """What stands for the places of one item that no gazetteer knows. ``hits``: all its names, in order."""

    def __init__(self, hits: list[Hit], sheet: Sheet) -> None:
        self._hits = hits
        self._sheet = sheet
        self._number = {id(hit): at for at, hit in enumerate(hits)}
        self._held: dict[str, tuple[Hit, Hit]] = {}
        by_name: dict[str, list[Hit]] = defaultdict(list)
        for hit in hits:
            if hit.within is not None and hits[hit.within].known:
                by_name[hit.name].append(hit)
        for name, told in by_name.items():
            self._held[name] = min(((hits[one.within or 0], one) for one in told), key=lambda pair: _wide(pair[0]))

    def of(self, hit: Hit) -> Hit | None:
        """What stands for a place, or its town: None where the item names nothing that could."""
        best = self._held.get(hit.name)
        if best is None:
            return _nearest(
                hit, (one for one in self._beside(hit) if any(place.lat is not None for place in one.candidates))
            )
        found, one = best
        own = self._hits[hit.within] if hit.within is not None else None
        if own is not None and own.known and _wide(own) <= _wide(found):
            found, one = own, hit
        return (self._neighbour(one, found) if _wide(found) else None) or found

    def _neighbour(self, hit: Hit, area: Hit) -> Hit | None:
        """The nearest place told of in one list with a name, and held by the same area."""
        listed = (one for one in self._beside(hit) if one.within == hit.within and not _wide(one))
        return _nearest(hit, (one for one in listed if one.candidates and holds(area, one)))

    def _beside(self, hit: Hit) -> list[Hit]:
        """The other known places of a name's sentence, as many as are near."""
        at = self._number[id(hit)]
        sentence = self._sheet.sentence(hit.span.passage, hit.span.start, hit.span.end) or hit.span
        near = self._hits[max(0, at - _NEAR) : at + _NEAR + 1]
        return [one for one in near if one.known and not one.stray and one is not hit and sentence.covers(one.span)]


def _wide(hit: Hit) -> bool:
    return any(one.level in AREAS for one in hit.candidates)


def _nearest(hit: Hit, others: Iterable[Hit]) -> Hit | None:
    return min(others, key=lambda other: abs(other.span.start - hit.span.start), default=None)
