"""The company a place keeps: which of its candidates fits the other places of the item, and which name is a stray.

The rule: a text speaks of one part of the world, and a place far from all its others, in a country it speaks of nowhere
else, is mostly a person's, a school's or another village's name. Such a candidate goes to the end, with the reason; a
name with none but such is no scene, unless the text calls it a city and it is one. It proves nothing: a text may well
name one far place, and that name stays, as a mention.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import cos, inf, log10, radians

from witnessmark.reading.place_words import Hit
from witnessmark.terms.place import AREAS, LANDS, PlaceCandidate
from witnessmark.terms.script import key

_WIDE = (*AREAS, "district", "subdistrict")
_SETTLED = ("city", "town", "village")
BIG = 50_000  # people from which a name is a place without a word that says so
_CLOSE = 70.0  # km within which a place may lie from the centre of the province or town named as its container
_CLOSE_LATITUDES = _CLOSE / 110.0  # degrees, a little more than so many kilometres
_BESIDE = 30.0  # km from another place of the item within which a street or school may bear its own town's name
_REGION = 100.0  # km across a border within which a place still belongs to what the item speaks of
_WEIGHED = 60  # hits of an item that are held against each other
_TOLD = 2  # times a name counts that the item repeats
_KEPT = 8  # candidates kept for a mention
_AROUND = 45.0  # km from a town within which what is said to lie around it does
_ONE_PLACE = 5.0  # km within which entries of several gazetteers are one place
_SAME_NAME = 25.0  # km within which two gazetteers mean one village by one name, where one of them is approximate
_ROUGH = "places:"  # what entries of the tables that ship begin with
_ACROSS = 120.0  # km from a province's seat within which a place may lie in it
_STRAY = -0.4
_ALONE = "far from every other place of this item, in a country it speaks of nowhere else"


def keep_company(hits: list[Hit]) -> list[Hit]:
    """The hits, strays marked, and without those that only lend their name to something that stands elsewhere."""
    home = _home(hits)
    known = [(_entry(hit), hit) for hit in hits[:_WEIGHED]]
    named = {one.country for hit in hits for one in hit.candidates if one.level == "country"}
    kept = []
    for hit in hits:
        if not hit.part and (home is None or all(one.country == home for one in hit.candidates)):
            kept.append(hit)  # as most are
            continue
        mine = _entry(hit)
        others = [other for entry, other in known if entry != mine]
        if hit.part and not _stands_beside(hit, others):
            continue
        strange = [one for one in hit.candidates if home and not _coherent(one, hit, others, home, named)]
        hit.stray = bool(strange) and len(strange) == len(hit.candidates)
        hit.candidates = tuple(_shunned(one) if one in strange else one for one in hit.candidates)
        kept.append(hit)
    return kept


def _shunned(one: PlaceCandidate) -> PlaceCandidate:
    return one.scored(round(one.score + _STRAY, 3), (*one.reasons, _ALONE))


def _home(hits: Sequence[Hit]) -> str | None:
    """The country that most names of the item lie in, those it repeats before others; None where two tie."""
    entries: dict[str, list[Hit]] = {}
    for hit in hits:
        if not hit.part:
            entries.setdefault(_entry(hit), []).append(hit)
    votes: Counter[str] = Counter()
    for same in entries.values():
        # A name that no word calls a place in all the item may be a person's or a street's.
        best = next((hit for hit in same if hit.cue), same[0])
        for country, weight in _votes(best).items():
            votes[country] += weight * min(len(same), _TOLD) // (1 if best.cue else 2)
    return top(votes)


def _entry(hit: Hit) -> str:
    """What two spellings of one place share: the same first entry of a gazetteer, else the name."""
    return min((one.id for one in hit.candidates), default=hit.name)


def _votes(hit: Hit) -> dict[str, int]:
    """What a name says for each country: its weight as a place of that country, shared among the countries it may lie in."""
    found = {one.country for one in hit.candidates if one.country}
    return {country: _weight(hit, country) // len(found) for country in sorted(found)}


def _weight(hit: Hit, country: str) -> int:
    """12 for a place known without more words, a third more where a pack's own table or the case's gazetteer lists it; else 4.

    A country's own name mostly stands for its army or government, wherever those are at work.
    """
    here = [one for one in hit.candidates if one.country == country]
    if any(one.level == "country" for one in here):
        return 3
    if any(not one.id.startswith("geonames:") for one in here):
        return 16
    big = any(one.population >= BIG or one.level in AREAS for one in here)
    # "The X neighbourhood" may be a quarter that no gazetteer knows, of a city's name abroad.
    return 12 if big and (not hit.typed or hit.typed[0] in ("city", "province")) else 4


def top(countries: Counter[str]) -> str | None:
    """The country most often meant, or None where two are meant as often."""
    first = countries.most_common(2)
    tied = len(first) > 1 and first[0][1] == first[1][1]
    return first[0][0] if first and not tied else None


def _coherent(one: PlaceCandidate, hit: Hit, others: Sequence[Hit], home: str, named: set[str | None]) -> bool:
    """Whether a candidate belongs to what the item speaks of."""
    if one.country is None or one.country == home or one.level == "country":
        return True
    big = one.population >= BIG or one.level in AREAS
    if one.country in hit.spoken or (one.country in named and (big or hit.typed)):
        return True
    if hit.typed and hit.typed[0] == "city" and one.population >= BIG:
        return True
    near = [other for other in others if any(place.country == home for place in other.candidates)]
    return any(km(one, place) < _REGION for other in near for place in other.candidates if place.country == home)


def _stands_beside(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether what bears a town's name may stand in that town: it lies by another place of the item, or none is named."""
    placed = [other for other in others if not other.part and any(one.lat is not None for one in other.candidates)]
    return not placed or any(
        km(one, place) < _BESIDE for one in hit.candidates for other in placed for place in other.candidates[:3]
    )


def countries(hits: Sequence[Hit]) -> Counter[str]:
    """How often each country could be meant in the item; a name that can lie in one only counts most."""
    votes: Counter[str] = Counter()
    for hit in hits:
        found = sorted({one.country for one in hit.candidates if one.country})
        for country in found:
            votes[country] += 12 // len(found)
    return votes


def ranked(hit: Hit, hits: list[Hit], country: str | None) -> tuple[PlaceCandidate, ...]:
    """The candidates of a name, best first, each with what its wording and company add."""
    container = hits[hit.within] if hit.within is not None else None
    scored = _own_first([_scored(one, hit, container, country, hits) for one in hit.candidates])
    return tuple(sorted(scored, key=lambda one: (-one.score, -one.population, one.id))[:_KEPT])


def _own_first(found: list[PlaceCandidate]) -> list[PlaceCandidate]:
    """The candidates, less villages of the tables that ship where another gazetteer lists the name close by.

    Those tables place villages to some kilometres; what a person gave for the case, or GeoNames, knows better. The score stays.
    """
    rough = [one for one in found if one.level == "village" and one.id.startswith(_ROUGH)]
    better = [one for one in found if one.level not in _WIDE and not one.id.startswith(_ROUGH)]
    twins = {one.id: other.id for one in rough for other in better if km(one, other) < _SAME_NAME}
    best = {other: one.score for one in rough if (other := twins.get(one.id))}
    return [
        one.scored(max(one.score, best.get(one.id, one.score)), one.reasons) for one in found if one.id not in twins
    ]


def _scored(
    one: PlaceCandidate, hit: Hit, container: Hit | None, country: str | None, hits: list[Hit]
) -> PlaceCandidate:
    """A candidate with what its wording and company add, each with its reason."""
    score, reasons = one.score, list(one.reasons)
    if one.population:
        score += min(0.3, log10(one.population) / 20)
        reasons.append(f"{one.population} people")
    wanted = hit.typed[0] if hit.typed else None
    if wanted and _fits(one.level, wanted):
        # A province and its seat bear one name: there the word decides, however big the seat is.
        score += 0.45 if wanted == "province" else 0.15
        reasons.append(f"called a {wanted}, and is one")
    if hit.role == "container" and one.level in AREAS:
        score += 0.15
        reasons.append("an area, as containers are")
    elif one.level in AREAS and wanted != "province":
        score -= 0.1
    if country and one.country == country:
        score += 0.12
        reasons.append("in the country most places of this item lie in")
    if container:
        near, why = _inside(one, container)
        score += near
        reasons += [why] if why else []
    elif one.lat is not None:
        close = sum(_lies_near(one, others.candidates[:3]) for others in hits[:40] if others is not hit)
        if close:
            score += min(0.1, 0.03 * close)
            reasons.append(f"near {close} other places of this item")
    return one.scored(round(score, 3), tuple(reasons))


def _inside(one: PlaceCandidate, container: Hit) -> tuple[float, str | None]:
    """How well a candidate lies in what is named as its container."""
    countries_ = {other.country for other in container.candidates if other.level == "country"}
    if countries_:
        return (0.35, "in the country named as its container") if one.country in countries_ else (-0.25, None)
    names = {key(name) for other in container.candidates for name in (other.name, other.name_ar or "")}
    if names & set(one.within):
        return 0.35, "the gazetteer lists it within its container"
    nearest, reach = min(((km(one, other), _round(other)) for other in container.candidates), default=(inf, 0.0))
    if nearest < reach:
        # Of an area nothing is closer to its seat than the rest of it: what no gazetteer puts elsewhere is as much in it.
        wide = not one.within and any(other.level in AREAS for other in container.candidates)
        return 0.35 if wide else 0.25 - nearest / reach / 10, f"{nearest:.0f} km from its container"
    return (-0.25, "far from its container") if nearest < inf else (0.0, None)


def _round(holder: PlaceCandidate) -> float:
    """Km from the centre of an area or a town within which what is said to lie in it or around it does: a city's land is wider."""
    small = holder.level in (*_SETTLED, "subdistrict") and holder.population < 2 * BIG
    return _AROUND if small else _CLOSE


def lies_elsewhere(hit: Hit, container: Hit, reaches: Mapping[str, float]) -> bool:
    """Whether every place that gazetteers know by a name lies far from what the text says holds it: another of its name.

    ``reaches``: km from a province's point within which all of it lies; of other areas nothing is known. A city of another
    country stands beside, as in a list: "sieges of Mosul, Raqqa".
    """
    if not hit.candidates or any(one.lat is None or one.level in AREAS for one in hit.candidates):
        return False
    home = {other.country for other in container.candidates}
    if any(one.level == "city" and one.country not in home for one in hit.candidates):
        return False
    holders = [(one, reaches.get(one.id, inf if one.level in AREAS else _round(one))) for one in container.candidates]
    return bool(holders) and all(km(one, other) > reach for one in hit.candidates for other, reach in holders)


def spelled_alike(found: Sequence[PlaceCandidate], holder: Sequence[PlaceCandidate]) -> tuple[PlaceCandidate, ...]:
    """Of places with the same consonants as a name that no gazetteer knows, the one around the town that holds it.

    None where there are several, or where only a province is named.
    """
    town = next(iter(holder), None)
    if town is None or town.level in AREAS:
        return ()
    near = [one for one in found if one.level not in AREAS and one.id != town.id and km(one, town) <= _AROUND]
    if not near or any(km(one, near[0]) > _ONE_PLACE for one in near):
        return ()
    why = f"another spelling of a place {km(near[0], town):.0f} km from {town.name}, where the text says it lies"
    return tuple(one.scored(one.score, (*one.reasons, why)) for one in near)


def _lies_near(one: PlaceCandidate, others: Sequence[PlaceCandidate]) -> bool:
    """Whether a candidate lies close to one of some others; those far to the north or south need no more arithmetic."""
    if one.lat is None:
        return False
    for other in others:  # asked of every pair of names: a generator for each takes twice as long
        if other.lat is not None and abs(one.lat - other.lat) < _CLOSE_LATITUDES and km(one, other) < _CLOSE:
            return True
    return False


def km(one: PlaceCandidate, other: PlaceCandidate) -> float:
    """Distance on a sphere good to a percent within a country; infinite where a point is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    north = (one.lat - other.lat) * 111.2
    east = (one.lon - other.lon) * 111.2 * cos(radians(one.lat))
    return float((north * north + east * east) ** 0.5)


def _fits(level: str, wanted: str) -> bool:
    """Whether a level answers a word of place; city, town and village are used loosely."""
    both = level in _SETTLED and wanted in _SETTLED and {level, wanted} != {"city", "village"}
    return level == wanted or both


def stand_in(name: str, level: str, container: Sequence[PlaceCandidate]) -> tuple[PlaceCandidate, ...]:
    """What contains a place that no gazetteer knows, in its stead: as coarse as that is, and said so.

    ``level``: the place's own, by its word of place. A neighbourhood lies in its city; a village lies around its town.
    """
    # A village in "Aleppo" lies in the province, not in the city that gives it its name.
    areas = [one for one in container if one.level == "province"] if level != "neighbourhood" else []
    best = next(iter([*areas, *container]), None)
    if best is None or best.level in LANDS:
        return ()
    coarse = best.level if best.level in _WIDE or level == "neighbourhood" else "subdistrict"
    why = f"no gazetteer in use knows “{name}”: {best.name}, which the text names around or beside it, stands for it"
    return (replace(best, level=coarse, reasons=(why,)),)


def around(candidates: Sequence[PlaceCandidate], wanted: str | None) -> tuple[PlaceCandidate, ...]:
    """The candidates, towns as coarse as what lies around them, where the text names that: "the countryside of Zarhal".

    ``wanted``: the level that the word of place beside the name says.
    """
    if wanted not in _WIDE:
        return tuple(candidates)
    why = "the text names what lies around it"
    return tuple(
        replace(one, level="subdistrict", reasons=(*one.reasons, why)) if one.level in _SETTLED else one
        for one in candidates
    )


def is_area(hit: Hit) -> bool:
    """Whether a name's first meaning is an area."""
    return any(one.level in AREAS for one in hit.candidates[:1])


def all_area(hit: Hit) -> bool:
    """Whether a name means an area and no town: "the Gaza Strip", الغوطة الشرقية."""
    return bool(hit.candidates) and all(one.level in AREAS for one in hit.candidates)


def holds(area: Hit, one: Hit) -> bool:
    """Whether a place may lie in an area: no gazetteer knows it, or it lies no farther than across a province."""
    return not one.candidates or any(km(here, there) <= _ACROSS for here in one.candidates for there in area.candidates)
