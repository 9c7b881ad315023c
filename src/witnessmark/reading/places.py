"""Where, as texts say it: names with their candidates and the reasons for their order, never a bare point.

A name found in a gazetteer is kept where its wording lets it be a place: a word of place or of direction before it, a
capital, several words, or a gazetteer given for the case. The word of place beside it ("town of") wants its level; a
container beside it ("Kafr Janna, Afrin countryside") narrows its candidates; the other places of the item weigh in. A
name that no gazetteer knows is kept where a word of place says it is one. What one item cannot settle is left to the
case. A candidate first in order is a suggestion, not a location.
"""

import re
from collections.abc import Iterator

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.place_company import (
    BIG,
    around,
    countries,
    keep_company,
    lies_elsewhere,
    ranked,
    spelled_alike,
    stand_in,
    top,
)
from witnessmark.reading.place_holders import Holders
from witnessmark.reading.place_lines import put_in_lines
from witnessmark.reading.place_links import inside, link, tied
from witnessmark.reading.place_roles import acts, for_a_state, governs, heads, take_role
from witnessmark.reading.place_unknown import beside_known, named_by_type
from witnessmark.reading.place_words import (
    Hit,
    Wording,
    called,
    cued,
    in_quotation,
    part_of_another,
    spoken,
    tails,
    typed,
    wording,
    words_after,
    words_before,
)
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.place import AREAS, NAMED_BY_TYPE, PlaceCandidate, PlaceMention
from witnessmark.terms.ports import Larder
from witnessmark.terms.script import Folded, key
from witnessmark.terms.why import Why

# Before a name written together with it: "and", "in", "to", with or without the article; "like" and "so" begin other words.
_THEN = re.compile(r"(?:^|[^\u0621-\u064a])ف$")
_PREFIX = re.compile(r"(?:^|[^\u0621-\u064a])(?:[وف]?[بل]|[وف])?(?:ا?ل)?$")
_NEXT_WORD = re.compile(r" ([A-Z][a-z\u00c0-\u024f'’\-]+)")
_LAST_WORD = re.compile(r"(?<![.!?:] )\b([A-Z][a-z'’\-]+) $")
_LONGER = re.compile(r"[ \-](?:[AaEe]l|[Aa]bu|[Aa]bdel)[ \-][A-Z]")  # a name that goes on: "Zarhal Al-Kabira"
REFERENCE = "places.reference"  # the rule of places from which the way to another is told
_FAR_OFF = 500_000  # people from which a place in a country where none of this is expected is meant by its name alone
_FAR = "another transliteration of the gazetteer's name"


def places(sheet: Sheet, larder: Larder) -> tuple[PlaceMention, ...]:
    """Every place the item's readable sentences name, in order."""
    words = wording(ByDigest(larder))
    found, lent = list[Hit](), set[str]()
    for number in range(len(sheet.item.passages)):
        named = list(_in_passage(sheet, number, larder, words, lent))
        put_in_lines(sheet, named, words)
        found.extend(_among(sheet, named, words))
    # The name of a family or a street is theirs wherever the item says it without a word of place.
    found = [hit for hit in found if hit.cue or hit.name not in lent]
    hits = [_unplaced(hit) for hit in keep_company(_with_unknown(sheet, _familiar(found), words))]
    link(sheet, hits, words)
    for hit in hits:
        if hit.within is not None and lies_elsewhere(hit, hits[hit.within], words.reaches):
            hit.candidates, hit.known = (), False
    country = top(countries(hits))
    for hit in hits:
        if country and governs(hit, country, words):
            hit.stray, hit.role = True, "mention"
        elif acts(hit):
            hit.stray = True
    held = Holders(hits, sheet)
    return tuple(_mention(sheet, hit, hits, (country, held), larder) for hit in hits)


def _familiar(hits: list[Hit]) -> list[Hit]:
    """The hits, those known only by another transliteration kept where the item names another place of that country."""
    sure = {one.country for hit in hits for one in hit.candidates if _FAR not in one.reasons}
    out = []
    for hit in hits:
        kept = tuple(one for one in hit.candidates if _FAR not in one.reasons or (one.country in sure and one.country))
        if kept:
            hit.candidates = kept
            out.append(hit)
    return out


def _in_passage(sheet: Sheet, number: int, larder: Larder, words: Wording, lent: set[str]) -> Iterator[Hit]:
    """The places a passage names; names that something else bears are added to ``lent``."""
    folded = sheet.folded[number]
    spans = sheet.sentences_of(number)
    if not spans:
        return
    at, bounds = 0, (-1, 0, 0)
    within = [(folded.forth(span.start), folded.forth(span.end)) for span in spans]
    for start, end, candidates in larder.gazetteer.find(folded, within):
        while at < len(spans) and spans[at].end < end:
            at += 1
        if at == len(spans):
            return
        if not (spans[at].start <= start and end <= spans[at].end):
            continue
        if bounds[0] != at:
            bounds = (at, *within[at])
        hit = _hit(sheet, Span(passage=number, start=start, end=end), bounds[1:], words)
        hit.candidates = _likely(candidates, hit, words)
        fits = _is_place(sheet, hit, spans[at], words) if hit.candidates else False
        if fits and _THEN.search(folded.text[max(0, hit.folded[0] - 2) : hit.folded[0]]):
            fits = None  # "then", which begins other words too: a place beside another only
        if fits is not False:
            hit.doubtful = fits is None
            _heard(sheet, hit, words)
            take_role(sheet, hit, words)
            yield hit
        elif hit.part == "never":
            lent.add(hit.name)


def _hit(sheet: Sheet, span: Span, sentence: tuple[int, int], words: Wording) -> Hit:
    """A stretch of a sentence with the words around it, before anything is known of it. ``sentence``: in the folded text."""
    folded = sheet.folded[span.passage]
    where = (folded.forth(span.start), folded.forth(span.end))
    before = words_before(folded.text, sentence[0], where[0])
    after = words_after(folded.text, where[1], sentence[1])
    name = key(folded.text[slice(*where)])
    kind, last = typed(before, after, words), tails(before, words)
    return Hit(span, where, (), before, kind, tails=last, after=after, name=name)


def _heard(sheet: Sheet, hit: Hit, words: Wording) -> None:
    """Note what else the words around a name that is kept say of it."""
    hit.called = called(hit.before, hit.after, words) and hit.name not in words.not_names
    hit.inside = sheet.folded[hit.span.passage].text[max(0, hit.folded[0] - 1) : hit.folded[0]] == "ب"
    hit.spoken = spoken([*hit.before, *hit.after[:2]], words)


def _likely(candidates: tuple[PlaceCandidate, ...], hit: Hit, words: Wording) -> tuple[PlaceCandidate, ...]:
    """Candidates less small places of far-off countries, unless a word of place stands beside the name.

    The city of a name is not its province. A country's own name means the country, and no village of that name abroad, unless called a village.
    """
    if hit.typed:
        towns = tuple(one for one in candidates if one.level not in AREAS)
        return (
            towns if towns and hit.typed[0] in ("city", "town") and called(hit.before, hit.after, words) else candidates
        )
    countries_ = tuple(one for one in candidates if one.level == "country")
    return countries_ or tuple(
        one
        for one in candidates
        if not one.id.startswith("geonames:") or one.country in words.small_from or one.population >= _FAR_OFF
    )


def _among(sheet: Sheet, hits: list[Hit], words: Wording) -> list[Hit]:
    """The hits less those of doubtful wording that nothing ties to a place beside them: "Zarhal and Tal Qirmit"."""
    for order in (range(1, len(hits)), range(len(hits) - 2, -1, -1)):
        for index in order:
            other = hits[index - 1 if order.step > 0 else index + 1]
            if hits[index].doubtful and not other.doubtful:
                one, two = sorted((hits[index], other), key=lambda hit: hit.span)
                hits[index].doubtful = not tied(sheet, one, two, words)
    return [hit for hit in hits if not hit.doubtful]


def _is_place(sheet: Sheet, hit: Hit, sentence: Span, words: Wording) -> bool | None:
    """Whether the wording lets a name be a place; None where only a place beside it would."""
    folded = sheet.folded[hit.span.passage]
    name = folded.text[slice(*hit.folded)]
    given = sheet.words(hit.span)
    bare = key(name)
    joined = not _PREFIX.search(folded.text[max(0, hit.folded[0] - 5) : hit.folded[0]])
    if bare in words.types or joined or _lent(sheet, hit, sentence, words):
        return False
    said = hit.cue = _cue(sheet, hit, words)
    if bare in words.cue("needs-cue"):
        return said or heads(sheet, hit) or None
    return False if for_a_state(hit, words) else _by_itself(sheet, hit, (name, given, bare), words)


def _by_itself(sheet: Sheet, hit: Hit, forms: tuple[str, str, str], words: Wording) -> bool | None:
    """Whether a name that nothing else bears is a place, as its letters and the cue before it say.

    ``forms``: the name folded, as given, and as a key.
    """
    name, given, bare = forms
    stopped = any(form in words.stop for form in (bare, bare.removeprefix("ال"), bare.removeprefix("ل")))
    said = hit.cue
    if all(_FAR in one.reasons for one in hit.candidates) and not (said and len(name) > (4 if hit.typed else 5)):
        return None if len(name) > 5 and _capital(given) and not stopped else False
    if name.isascii() or name[:1].isascii():
        if not _capital(given) or (not said and len(_bare(name)) == 1 and _in_a_name(sheet, hit, words)):
            return False
        return not stopped and (said or _known(hit) or None)
    if stopped:
        listed = given.startswith("و") and len(given.split()) == 1  # مدينة دمشق، وأدى: "and led to" is no second town
        return hit.typed is not None and hit.before[-1:] != [] and not listed
    return said or _known(hit) or ("_" in given or len(name.split()) > 1) or None


def _cue(sheet: Sheet, hit: Hit, words: Wording) -> bool:
    """Whether a word of place or of direction, a hashtag or a letter for "in" and "to" stands before a name."""
    before = sheet.folded[hit.span.passage].text[max(0, hit.folded[0] - 1) : hit.folded[0]]
    prefixed = before in ("ب", "ل") and sheet.words(hit.span)[:1] not in "ال"
    return hit.typed is not None or prefixed or before in ("#", "_") or cued(hit, "trigger", words)


def _capital(given: str) -> bool:
    """Whether a Latin name has its capital, its article (al-, ar-, the) or "northern" left aside."""
    return given[:1].isupper() or any(part[:1].isupper() for part in re.split(r"[ -]", given)[1:2])


def _bare(name: str) -> list[str]:
    """The words of a Latin name without its article."""
    return re.split(r"[ \-]", re.sub(r"^(?:a[dlnrstz]|ash|el)[ \-]", "", name))


def _lent(sheet: Sheet, hit: Hit, sentence: Span, words: Wording) -> bool:
    """Whether something else bears the name: a family, a street, or a longer name that goes on behind it.

    What may stand in the town whose name it bears, as a hospital may, is marked and left to the company it keeps.
    """
    text = sheet.item.passages[hit.span.passage].text
    hit.part = part_of_another(hit.before, hit.after, text[hit.span.end : sentence.end][:120], words)
    if in_quotation(sheet.folded[hit.span.passage].text, hit, words):
        hit.part = "never"
    big = any(one.population >= 10 * BIG or not one.id.startswith("geonames:") for one in hit.candidates)
    return hit.part == "never" or (not big and _LONGER.match(text, hit.span.end) is not None)


def _in_a_name(sheet: Sheet, hit: Hit, words: Wording) -> bool:
    """Whether another capitalised word that is none of place follows or precedes: "Ashraf Abdel", "Palestine Post"."""
    text = sheet.item.passages[hit.span.passage].text
    after = _NEXT_WORD.match(text, hit.span.end)
    if after and key(after.group(1)) not in words.types:
        return True
    before = _LAST_WORD.search(text[max(0, hit.span.start - 30) : hit.span.start])
    return before is not None and key(before.group(1)) not in words.types and not before.group(1).isupper()


def _known(hit: Hit) -> bool:
    """A big place, an area, a town of a pack's table, or one of the case's own gazetteer: a place without a word that says so."""
    return any(
        one.population >= BIG
        or one.level in AREAS
        or one.score > 0.5
        or (one.id.startswith("places:") and one.level != "village")
        for one in hit.candidates
    )


def _with_unknown(sheet: Sheet, hits: list[Hit], words: Wording) -> list[Hit]:
    """The hits, with names that no gazetteer knows though a word of place says they are places.

    Such a name stands before a shorter one inside it: "the village of Tell Zarhal" is not the town of Zarhal.
    """
    added = list[Hit]()
    for sentence in sheet.sentences:
        folded = sheet.folded[sentence.passage]
        for start, end in _unknown(folded, sentence, hits, words):
            first, last = folded.back(start, _grown(folded.text, end, sentence, hits, words))
            if any(hit.span.start <= first and last <= hit.span.end for hit in inside(hits, sentence)):
                continue
            bounds = folded.forth(sentence.start), folded.forth(sentence.end)
            hit = _hit(sheet, Span(passage=sentence.passage, start=first, end=last), bounds, words)
            hit.known = False
            _heard(sheet, hit, words)
            take_role(sheet, hit, words)
            added.append(hit)
    if not added:
        return hits
    taken = {(hit.span.passage, at) for hit in added for at in range(hit.span.start, hit.span.end)}
    kept = [hit for hit in hits if (hit.span.passage, hit.span.start) not in taken]
    return sorted([*kept, *added], key=lambda hit: hit.span)


def _unknown(folded: Folded, sentence: Span, hits: list[Hit], words: Wording) -> Iterator[tuple[int, int]]:
    """Names that a word of place makes places, and those that a known place beside them does."""
    yield from named_by_type(folded, sentence, words)
    named = list(inside(hits, sentence))
    for hit in named:
        span = beside_known(folded, sentence, hit.span.start, words)
        if span and not any(one.folded[0] < span[1] and span[0] < one.folded[1] for one in named):
            yield span


def _grown(text: str, end: int, sentence: Span, hits: list[Hit], words: Wording) -> int:
    """The end of an Arabic name, with the gazetteer's name that stands right behind it: the second half of one name."""
    if text[end - 1].isascii():
        return end
    for hit in inside(hits, sentence):
        if hit.folded[0] == end + 1 and text[end] == " " and hit.name.split()[0] not in words.not_names:
            return hit.folded[1]
    return end


def _unplaced(hit: Hit) -> Hit:
    """A stray that the text calls a village or a quarter is one that no gazetteer knows; others are only mentioned."""
    if hit.stray and hit.called:
        hit.candidates, hit.known, hit.stray = (), False, False
    elif hit.stray and hit.role == "scene":
        hit.role = "mention"
    return hit


def _mention(
    sheet: Sheet, hit: Hit, hits: list[Hit], around_it: tuple[str | None, Holders], larder: Larder
) -> PlaceMention:
    """A place as it is kept. ``around_it``: where most places of the item lie, and what stands for those that no gazetteer knows."""
    country, known = around_it
    text, candidates = sheet.words(hit.span), ranked(hit, hits, country)
    if not hit.known:
        held = known.of(hit)
        holders = ranked(held, hits, country) if held else ()
        candidates = spelled_alike(larder.gazetteer.alike(text), holders)
        if candidates:
            hit.known = True
        else:
            candidates = stand_in(text, hit.typed[0] if hit.typed else "village", holders)
    else:
        candidates = around(candidates, hit.typed[0] if hit.typed else None)
    rule = "places.stray" if hit.stray else "places.named" if hit.known else NAMED_BY_TYPE
    return PlaceMention(
        span=hit.span,
        text=text,
        candidates=candidates,
        why=Why(rule=REFERENCE if hit.reference else rule, entries=(hit.typed[1],) if hit.typed else ()),
        role=hit.role,
        within=hit.within,
    )
