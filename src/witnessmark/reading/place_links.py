"""How the places of one sentence stand to each other: what holds which, from which the way is told, between which two it lies.

The rule: a name behind another with nothing but "in", a comma or words of direction and of place between holds it; after
a word of direction alone it is what the way is told from. A province holds the finer places of its sentence, a city its
quarters. Which of two readings a writer meant, it does not prove.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from witnessmark.reading.place_company import all_area, holds, is_area, km
from witnessmark.reading.place_roles import apart
from witnessmark.reading.place_words import Hit, Wording
from witnessmark.reading.sheet import Sheet, beginning
from witnessmark.terms.anchor import Span

_WORD = re.compile(r"[^\W_]+")
_IN = "ب"  # in, written together with the name behind it
_PIPES = ("|", "/")  # between the parts of a heading: country, province, town
_WIDE = ("province", "district", "subdistrict")
_LINK_REACH = 45  # code points between a place and what contains it
_QUARTER = 15.0  # km from a city's centre within which its quarters lie


def inside(hits: list[Hit], sentence: Span) -> Iterator[Hit]:
    """The hits of a sentence, in order."""
    near = beginning(
        hits,
        (sentence.passage, sentence.start),
        (sentence.passage, sentence.end),
        lambda hit: (hit.span.passage, hit.span.start),
    )
    return (hit for hit in near if hit.span.end <= sentence.end)


def tied(sheet: Sheet, one: Hit, other: Hit, words: Wording) -> bool:
    """Whether nothing but "and", a comma or words of direction and of place stand between two names."""
    if other.span.start - one.span.end > _LINK_REACH:
        return False
    text = sheet.folded[one.span.passage].text[one.folded[1] : other.folded[0]]
    between = _WORD.findall(text)
    siblings = words.cue("sibling")
    if not text.strip() or "." in text or "\n" in text:
        return False
    return " ".join(between) in siblings or (bool(between) and _all_links(between, words))


def link(sheet: Sheet, hits: list[Hit], words: Wording) -> None:
    """Containers: what follows a place with nothing but words of direction between, and what siblings share."""
    for index in range(len(hits) - 2, -1, -1):
        one, other = hits[index], hits[index + 1]
        if one.span.passage != other.span.passage or other.span.start - one.span.end > _LINK_REACH:
            continue
        text = sheet.folded[one.span.passage].text[one.folded[1] : other.folded[0]]
        if "." in text or "\n" in text or other.stray:
            continue
        if text.strip() in _PIPES and _contains(one, other):
            one.role, other.within = "container", index
        elif _between(one, text, words):
            _aside(one)
            _aside(other)
            one.within = other.within
        else:
            _pair(hits, index, text, words)
    for one, other in pairwise(hits):
        # Whither or whence people went is told of several places at once: "to hospitals in A and B".
        if one.role == "origin" and other.role == "scene" and _sibling(sheet, (one, other), words):
            other.role = "origin"
    _enclose(sheet, hits, words)


def _pair(hits: list[Hit], index: int, text: str, words: Wording) -> None:
    """What two names with little between them are to each other: siblings, or the second holds or points to the first."""
    one, other = hits[index], hits[index + 1]
    between = _WORD.findall(text)
    comma = not between and "," in text
    if " ".join(between) in words.cue("sibling") or (comma and not _contains(other, one)):
        one.within = other.within
    elif comma or between == [_IN] or (between and _all_links(between, words)):
        one.within = index + 1
        if other.role == "scene" and _beside(between, other, words):
            _aside(other)
        elif other.role == "scene" or (other.role == "mention" and not other.reference):
            other.role = "container"


def _aside(hit: Hit) -> None:
    """A place that only tells where the scene is."""
    if hit.role == "scene":
        hit.role, hit.reference = "mention", True


def _between(one: Hit, text: str, words: Wording) -> bool:
    """Whether two names are the ends of a stretch: "between A and B", "the road A - B"."""
    before = [word for word in one.before if word not in words.cue("article")]
    before = [word for word in before if word not in words.types or word in words.cue("route")]
    if not before:
        return False
    sibling = " ".join(_WORD.findall(text)) in words.cue("sibling") and "," not in text
    route = text.strip() == "-" and before[-1] in words.cue("route")
    return route or (sibling and before[-1] in words.cue("between"))


def _beside(between: list[str], other: Hit, words: Wording) -> bool:
    """Whether a place is named to tell the way from it ("a village south of Zarhal"), and is no area that holds the other.

    A town that gives its province its name is the town there, unless the province or its countryside is said.
    """
    areas = all_area(other) or (other.typed or ("",))[0] == "province"
    points = any(word in words.cue("direction") for word in (*between, " ".join(between)))
    wide = any(words.types.get(word, ("",))[0] in _WIDE or word in words.cue("around") for word in between)
    return points and not areas and not wide


def _enclose(sheet: Sheet, hits: list[Hit], words: Wording) -> None:
    """A province beside a finer place of its sentence holds it, a city its quarters, a country the scenes in it."""
    for sentence in sheet.sentences:
        named = list(inside(hits, sentence))
        fine = [hit for hit in named if hit.role == "scene" and not is_area(hit)]
        for hit in named:
            wide = hit.role == "scene" and is_area(hit) and (all_area(hit) or (hit.typed or ("",))[0] == "province")
            if fine and wide and any(holds(hit, other) for other in fine):
                hit.role = "container"
        _quarters(sheet, fine, words)
        scenes = [hit for hit in fine if hit.role == "scene"]
        for hit in scenes:
            role = apart(hit, words) if len(scenes) > 1 else None
            if role and any(other.role == "scene" for other in scenes if other is not hit):
                hit.role, hit.reference = role, role == "mention"
    there = {one.country for hit in hits if hit.role == "scene" for one in hit.candidates[:1]}
    for hit in hits:
        if hit.holding and hit.role == "mention" and there & {one.country for one in hit.candidates}:
            hit.role = "container"


def _quarters(sheet: Sheet, fine: list[Hit], words: Wording) -> None:
    """A city beside its own quarter, street or crossing holds it, unless both are named one after the other in a list."""
    quarters = [hit for hit in fine if _is_quarter(hit)]
    for number, hit in enumerate(fine):
        if hit in quarters or not quarters:
            continue
        listed = any(_sibling(sheet, one, words) for one in pairwise(fine) if hit in one)
        near = any(
            km(one, other) < _QUARTER for place in quarters for one in hit.candidates[:3] for other in place.candidates
        )
        unknown = any(not place.candidates and abs(fine.index(place) - number) == 1 for place in quarters)
        if (near or unknown) and not listed:
            hit.role = "container"


def _is_quarter(hit: Hit) -> bool:
    """Whether a name means part of a city: a quarter by the gazetteer or, unknown to it, by the word beside it."""
    levels = {one.level for one in hit.candidates}
    return levels <= {"neighbourhood", "landmark", "street"} and (
        bool(levels) or (hit.typed or ("",))[0] == "neighbourhood"
    )


def _sibling(sheet: Sheet, pair: tuple[Hit, Hit], words: Wording) -> bool:
    one, other = pair
    if one.span.passage != other.span.passage:
        return False
    text = sheet.folded[one.span.passage].text[one.folded[1] : other.folded[0]]
    return " ".join(word for word in _WORD.findall(text) if word not in words.types) in words.cue("sibling")


def _all_links(between: list[str], words: Wording) -> bool:
    """Whether words are nothing but words of direction and of place: "village in the countryside of"."""
    links = words.cue("link")
    while between:
        count = next((n for n in range(min(words.longest, len(between)), 0, -1) if " ".join(between[:n]) in links), 0)
        if not count and not (between[0].isascii() and between[0] in words.types):
            return False
        between = between[count or 1 :]
    return True


def _contains(outer: Hit, inner: Hit) -> bool:
    """Whether a place after a comma is larger than the one before it."""
    rank = {"country": 0, "region": 1, "province": 2, "district": 3, "subdistrict": 4, "city": 5, "town": 6}
    first = min((rank.get(one.level, 7) for one in outer.candidates), default=7)
    return first < min((rank.get(one.level, 7) for one in inner.candidates), default=7) or first <= 2
