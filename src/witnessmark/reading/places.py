"""Where, as texts say it: names with their candidates and the reasons for their order, never a bare point.

A name found in a gazetteer is kept where its wording lets it be a place: a word of place or of direction before it, a
capital, several words, or a gazetteer given for the case. The word of place before it ("town of") wants its level; a
container beside it ("Kafr Janna, Afrin countryside") narrows its candidates; the other places of the item weigh in.
What one item cannot settle is left to the case. A candidate first in order is a suggestion, not a location.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, log10, radians
from typing import Literal, TypeAlias

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.place import PlaceCandidate, PlaceMention
from witnessmark.terms.ports import Entry, Larder
from witnessmark.terms.script import key
from witnessmark.terms.why import Why

_WORD = re.compile(r"[^\W_]+")
# Before a name written together with it: "and", "in", "to", with or without the article; "like" and "so" begin other words.
_PREFIX = re.compile(r"(?:^|[^\u0621-\u064a])(?:[وف]?[بل]|و)?(?:ا?ل)?$")
_NEXT_WORD = re.compile(r" ([A-Z][a-z\u00c0-\u024f'’\-]+)")
_LAST_WORD = re.compile(r"(?<![.!?:] )\b([A-Z][a-z'’\-]+) $")
_GLUED = re.compile("^[وف]?[بل]?ك?")  # letters written together with the next word: and, so, in, to, like
_DATELINE = re.compile(r"\s*(?:[-–—ـ:|(]|//)\s")
_DATELINE_REACH = 60  # code points at the beginning of a text where a dateline stands
_LINK_REACH = 45  # code points between a place and what contains it
_CLOSE = 70.0  # km within which a place may lie from the centre of the province or town named as its container
_BIG = 50_000  # people from which a name is a place without a word that says so
_KEPT = 8  # candidates kept for a mention
_FAR_OFF = 500_000  # people from which a place in a country where none of this is expected is meant by its name alone
_NO_PLACES = ("place_stopwords", "place_cues", "weekdays", "months", "people", "harm", "units", "not_people")
_AREAS = ("country", "region", "province")


_FAR = "another transliteration of the gazetteer's name"
Role: TypeAlias = Literal["scene", "container", "dateline", "origin", "name-part", "mention"]


@dataclass(frozen=True, slots=True)
class Wording:
    """Folded words of the tables: types of place with their level, cues by role, stop words."""

    types: dict[str, tuple[str, str]]
    cues: dict[str, frozenset[str]]
    stop: frozenset[str]
    longest: int
    small_from: frozenset[str]


@lru_cache(maxsize=8)
def _wording(wanted: ByDigest) -> Wording:
    larder = wanted.larder
    types: dict[str, tuple[str, str]] = {}
    for row in larder.rows("place_types"):
        for form in (row.key, *row.fields["forms"].split("|")):
            if form:
                types[key(form)] = (row.fields["level"], row.cite)
    cues: dict[str, set[str]] = {}
    for row in larder.rows("place_cues"):
        cues.setdefault(row.fields["role"], set()).add(key(row.key))
    stop = frozenset(key(form) for table in _NO_PLACES for row in larder.rows(table) for form in _forms(row))
    longest = max((word.count(" ") + 1 for words in cues.values() for word in words), default=1)
    return Wording(types, {role: frozenset(words) for role, words in cues.items()}, stop, longest, _small(larder))


def _forms(row: Entry) -> tuple[str, ...]:
    return (row.key, *row.fields.get("forms", "").split("|"))


def _small(larder: Larder) -> frozenset[str]:
    """Countries whose small places are in the embedded gazetteer because they are news."""
    return frozenset(row.key for row in larder.rows("place_countries")) - {"*"}


@dataclass(slots=True)
class _Hit:
    """A name found, while it is being judged."""

    span: Span
    folded: tuple[int, int]
    candidates: tuple[PlaceCandidate, ...]
    before: list[str]
    typed: tuple[str, str] | None
    role: Role = "scene"
    within: int | None = None


def places(sheet: Sheet, larder: Larder) -> tuple[PlaceMention, ...]:
    """Every place the item's readable sentences name, in order."""
    wording = _wording(ByDigest(larder))
    hits: list[_Hit] = []
    for number in range(len(sheet.item.passages)):
        hits.extend(_in_passage(sheet, number, larder, wording))
    hits = _familiar(hits)
    _link(sheet, hits, wording)
    countries = _countries(hits)
    mentions = [_mention(sheet, hit, hits, countries) for hit in hits]
    return tuple(mentions)


def _familiar(hits: list[_Hit]) -> list[_Hit]:
    """The hits, those known only by another transliteration kept where the item names another place of that country."""
    sure = {one.country for hit in hits for one in hit.candidates if _FAR not in one.reasons}
    out = []
    for hit in hits:
        kept = tuple(one for one in hit.candidates if _FAR not in one.reasons or (one.country in sure and one.country))
        if kept:
            hit.candidates = kept
            out.append(hit)
    return out


def _in_passage(sheet: Sheet, number: int, larder: Larder, wording: Wording) -> Iterator[_Hit]:
    folded = sheet.folded[number]
    spans = [span for span in sheet.sentences if span.passage == number]
    if not spans:
        return
    at = 0
    for start, end, candidates in larder.gazetteer.find(folded):
        while at < len(spans) and spans[at].end < end:
            at += 1
        if at == len(spans):
            return
        sentence = spans[at]
        if not (sentence.start <= start and end <= sentence.end):
            continue
        where = (folded.forth(start), folded.forth(end))
        before = _words_before(folded.text, folded.forth(sentence.start), where[0])
        typed = _typed(before, wording)
        hit = _Hit(
            Span(passage=number, start=start, end=end), where, _likely(candidates, typed, wording), before, typed
        )
        if hit.candidates and _is_place(sheet, hit, wording):
            _role(sheet, hit, wording)
            yield hit


def _likely(
    candidates: tuple[PlaceCandidate, ...], typed: tuple[str, str] | None, wording: Wording
) -> tuple[PlaceCandidate, ...]:
    """Candidates less small places of far-off countries, unless a word of place stands before the name."""
    if typed:
        return candidates
    return tuple(
        one
        for one in candidates
        if not one.id.startswith("geonames:") or one.country in wording.small_from or one.population >= _FAR_OFF
    )


def _words_before(text: str, start: int, here: int) -> list[str]:
    """Up to six folded words before a place, nearest last; a prefix cut off the name itself counts as one."""
    stretch = text[max(start, here - 60) : here]
    words = _WORD.findall(stretch)
    return words[-6:]


def _typed(before: list[str], wording: Wording) -> tuple[str, str] | None:
    """The word of place right before the name, or one word farther ("the village and town of")."""
    for word in reversed(before[-2:]):
        for bare in (word, _GLUED.sub("", word), _GLUED.sub("", word).removeprefix("ال")):
            if bare in wording.types:
                return wording.types[bare]
    return None


def _cued(before: list[str], role: str, wording: Wording) -> bool:
    """Whether the words right before end with a cue of a role; Arabic prefixes ب and ل count as cues of place."""
    cues = wording.cues.get(role, frozenset())
    for count in range(1, wording.longest + 1):
        tail = before[-count:]
        if len(tail) == count and (" ".join(tail) in cues or " ".join([tail[0].lstrip("وف"), *tail[1:]]) in cues):
            return True
    return False


def _is_place(sheet: Sheet, hit: _Hit, wording: Wording) -> bool:
    """Whether the wording lets a name be a place."""
    folded = sheet.folded[hit.span.passage]
    name = folded.text[slice(*hit.folded)]
    given = sheet.words(hit.span)
    bare = key(name)
    if bare in wording.types or not _PREFIX.search(folded.text[max(0, hit.folded[0] - 5) : hit.folded[0]]):
        return False
    stopped = any(form in wording.stop for form in (bare, bare.removeprefix("ال"), bare.removeprefix("ل")))
    prefixed = hit.folded[0] > 0 and folded.text[hit.folded[0] - 1] in "بل" and given[:1] not in "ال"
    tagged = hit.folded[0] > 0 and folded.text[hit.folded[0] - 1] in "#_"
    cued = hit.typed is not None or prefixed or tagged or _cued(hit.before, "trigger", wording)
    if all(_FAR in one.reasons for one in hit.candidates) and not (cued and len(name) > 5):
        return False
    if name.isascii() or name[:1].isascii():
        if not given[:1].isupper() or (not cued and len(name.split()) == 1 and _in_a_name(sheet, hit, wording)):
            return False
        return not stopped and (cued or _known(hit))
    if stopped:
        return hit.typed is not None and hit.before[-1:] != []
    return cued or _known(hit) or ("_" in given or len(name.split()) > 1)


def _in_a_name(sheet: Sheet, hit: _Hit, wording: Wording) -> bool:
    """Whether another capitalised word that is none of place follows or precedes: "Ashraf Abdel", "Palestine Post"."""
    text = sheet.item.passages[hit.span.passage].text
    after = _NEXT_WORD.match(text, hit.span.end)
    if after and key(after.group(1)) not in wording.types:
        return True
    before = _LAST_WORD.search(text[max(0, hit.span.start - 30) : hit.span.start])
    return before is not None and key(before.group(1)) not in wording.types and not before.group(1).isupper()


def _known(hit: _Hit) -> bool:
    """A big place, an area, or one of the case's own gazetteer: a place without a word that says so."""
    return any(
        one.population >= _BIG or one.level in _AREAS or one.score > 0.5 or one.id.startswith("places:")
        for one in hit.candidates
    )


def _role(sheet: Sheet, hit: _Hit, wording: Wording) -> None:
    folded = sheet.folded[hit.span.passage]
    body = next((region.start for region in sheet.regions[hit.span.passage] if region.role == "body"), 0)
    text = sheet.item.passages[hit.span.passage].text
    if hit.span.start - body <= _DATELINE_REACH and _DATELINE.match(text, hit.span.end) and not hit.before[-1:]:
        hit.role = "dateline"
    elif _cued(hit.before, "origin", wording) or _cued(hit.before, "destination", wording):
        hit.role = "origin"
    elif _cued(hit.before, "organisation", wording) and folded.text[: hit.folded[0]].endswith(" "):
        hit.role = "name-part"
    elif all(one.level == "country" for one in hit.candidates):
        hit.role = "mention"


def _link(sheet: Sheet, hits: list[_Hit], wording: Wording) -> None:
    """Containers: what follows a place with nothing but words of direction between, and what siblings share."""
    links, siblings = wording.cues.get("link", frozenset()), wording.cues.get("sibling", frozenset())
    for index in range(len(hits) - 2, -1, -1):
        one, other = hits[index], hits[index + 1]
        if one.span.passage != other.span.passage or other.span.start - one.span.end > _LINK_REACH:
            continue
        text = sheet.folded[one.span.passage].text[one.folded[1] : other.folded[0]]
        between = " ".join(_WORD.findall(text))
        if "." in text or "\n" in text:
            continue
        comma = not between and "," in text
        if between in siblings or (comma and not _contains(other, one)):
            one.within = other.within
        elif comma or between in links or _all_links(between, links):
            one.within = index + 1
            if other.role == "scene":
                other.role = "container"


def _all_links(between: str, links: frozenset[str]) -> bool:
    return bool(between) and all(word in links for word in between.split())


def _contains(outer: _Hit, inner: _Hit) -> bool:
    """Whether a place after a comma is larger than the one before it."""
    rank = {"country": 0, "region": 1, "province": 2, "district": 3, "subdistrict": 4, "city": 5, "town": 6}
    first = min((rank.get(one.level, 7) for one in outer.candidates), default=7)
    return first < min((rank.get(one.level, 7) for one in inner.candidates), default=7) or first <= 2


def _countries(hits: list[_Hit]) -> Counter[str]:
    """How often each country could be meant in the item; a name that can lie in one only counts most."""
    votes: Counter[str] = Counter()
    for hit in hits:
        found = sorted({one.country for one in hit.candidates if one.country})
        for country in found:
            votes[country] += 12 // len(found)
    return votes


def _top(countries: Counter[str]) -> str | None:
    """The country most often meant, or None where two are meant as often."""
    first = countries.most_common(2)
    tied = len(first) > 1 and first[0][1] == first[1][1]
    return first[0][0] if first and not tied else None


def _mention(sheet: Sheet, hit: _Hit, hits: list[_Hit], countries: Counter[str]) -> PlaceMention:
    container = hits[hit.within] if hit.within is not None else None
    top = _top(countries)
    scored = [_scored(one, hit, container, top, hits) for one in hit.candidates]
    ordered = sorted(scored, key=lambda one: (-one.score, -one.population, one.id))[:_KEPT]
    entries = (hit.typed[1],) if hit.typed else ()
    return PlaceMention(
        span=hit.span,
        text=sheet.words(hit.span),
        candidates=tuple(ordered),
        why=Why(rule="places.named", entries=entries),
        role=hit.role,
        within=hit.within,
    )


def _scored(
    one: PlaceCandidate, hit: _Hit, container: _Hit | None, country: str | None, hits: list[_Hit]
) -> PlaceCandidate:
    """A candidate with what its wording and company add, each with its reason."""
    score, reasons = one.score, list(one.reasons)
    if one.population:
        score += min(0.3, log10(one.population) / 20)
        reasons.append(f"{one.population} people")
    wanted = hit.typed[0] if hit.typed else None
    if wanted and _fits(one.level, wanted):
        score += 0.15
        reasons.append(f"called a {wanted}, and is one")
    if hit.role == "container" and one.level in _AREAS:
        score += 0.15
        reasons.append("an area, as containers are")
    elif one.level in _AREAS and wanted != "province":
        score -= 0.1
    if country and one.country == country:
        score += 0.12
        reasons.append("in the country most places of this item lie in")
    if container:
        near, why = _inside(one, container)
        score += near
        reasons += [why] if why else []
    elif one.lat is not None:
        close = sum(
            any(_km(one, other) < _CLOSE for other in others.candidates[:3])
            for others in hits[:40]
            if others is not hit
        )
        if close:
            score += min(0.1, 0.03 * close)
            reasons.append(f"near {close} other places of this item")
    return replace(one, score=round(score, 3), reasons=tuple(reasons))


def _inside(one: PlaceCandidate, container: _Hit) -> tuple[float, str | None]:
    """How well a candidate lies in what is named as its container."""
    names = {key(name) for other in container.candidates for name in (other.name, other.name_ar or "")}
    if names & set(one.within):
        return 0.35, "the gazetteer lists it within its container"
    nearest = min((_km(one, other) for other in container.candidates), default=None)
    if nearest is not None and nearest < _CLOSE:
        return 0.25 - nearest / 700, f"{nearest:.0f} km from its container"
    return (-0.25, "far from its container") if nearest is not None and nearest < float("inf") else (0.0, None)


def _km(one: PlaceCandidate, other: PlaceCandidate) -> float:
    """Distance on a sphere good to a percent within a country; infinite where a point is missing or both are one."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    north = (one.lat - other.lat) * 111.2
    east = (one.lon - other.lon) * 111.2 * cos(radians(one.lat))
    return float((north * north + east * east) ** 0.5)


def _fits(level: str, wanted: str) -> bool:
    """Whether a level answers a word of place; city, town and village are used loosely."""
    settled = ("city", "town", "village")
    return level == wanted or (level in settled and wanted in settled and {level, wanted} != {"city", "village"})
