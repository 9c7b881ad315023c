"""Where a cue of speech stands in a sentence, its source and what it attributes: the door to both languages.

English: SOURCE cue (that) CONTENT; CONTENT, SOURCE cue; CONTENT, cue SOURCE; according to SOURCE, CONTENT; CONTENT was
cue by SOURCE. Arabic: cue SOURCE أن CONTENT; SOURCE cue أن CONTENT; بحسب SOURCE; SOURCE: CONTENT. A passive without "by" ("was
reported") names no source. Shapes are surface patterns and not a parse: long subjects are cut to the part nearest the cue
that names somebody.
"""

import re

from witnessmark.reading.attributing_ar import arabic_preposition, arabic_verb
from witnessmark.reading.attributing_en import english_preposition, english_verb
from witnessmark.reading.attributing_final import postposition, verb_at_the_end
from witnessmark.reading.ground import CONTENT_LEAST, Ground, Shape, Stretch
from witnessmark.reading.quote_marks import inside
from witnessmark.terms.ports import Hit

_HEAD_MOST = 90  # code points before the colon of "SOURCE: CONTENT"
_BODY_MOST = 5  # words of a body's name that stands before a colon
_SIGNATURE = re.compile(r"\s*[―—–-]{1,2}\s*(?P<name>[^\W\d_][^\n“\".,:;]{1,60})")
_PERSON = re.compile(
    r"(?:[A-Z][\w'’.\-]+ )(?:(?:[Aa]l|[Ee]l|bin|abu|de|van)[ \-])?[A-Z][\w'’\-]+"
)  # two words: "Rania Saab"
_SPARE = 12  # code points beside the name there
_HEADLINE = 0.6  # share of words with a great letter


def shape_of(ground: Ground, cue: Hit) -> Shape | None:
    """The attribution that a cue makes in its sentence, or None."""
    # A cue of another language names in a column ``shape`` whose shapes it shares: "en", "ar" or "final".
    if inside(ground.quotes, cue.start) or _is_name(ground, cue):
        return None
    shapes = {
        ("en", "verb"): english_verb,
        ("en", "prep"): english_preposition,
        ("ar", "verb"): arabic_verb,
        ("ar", "prep"): arabic_preposition,
        ("final", "verb"): verb_at_the_end,
        ("final", "post"): postposition,
    }
    finder = shapes.get((cue.entry.fields.get("shape") or cue.entry.fields["language"], cue.entry.fields["kind"]))
    return finder(ground, cue) if finder else None


def _is_name(ground: Ground, cue: Hit) -> bool:
    """Whether a word that may be of speech stands in a name: volunteers from "Hope Bridge"."""
    word = ground.text[cue.start : cue.end]
    if not word[0].isupper() or word.isupper() or not ground.words(ground.start, cue.start):
        return False
    return cue.entry.fields.get("sure") != "yes" or not _headline(ground)


def _headline(ground: Ground) -> bool:
    """Whether a sentence is written with great letters throughout, so that they tell nothing of names."""
    words = [found.group() for found in ground.words(ground.start, ground.end)]
    return sum(word[0].isupper() for word in words) > _HEADLINE * len(words)


def may_head(text: str, start: int, end: int) -> bool:
    """Whether a colon stands near the head of a sentence, without which no source heads it."""
    return _colon(text, start, end) >= 0


def _colon(text: str, start: int, end: int) -> int:
    return text.find(":", start, min(end, start + _HEAD_MOST))


def headed(ground: Ground) -> tuple[Stretch, Stretch] | None:
    """SOURCE: CONTENT, where a party, a body or a word for a source and nothing else stands before a colon at the head."""
    colon = _colon(ground.text, ground.start, ground.end)
    if colon < 0:
        return None
    source = ground.trim(ground.start, colon)
    named = [one for one in ground.actors if source[0] <= one.span.start and one.span.end <= source[1]]
    content = ground.trim(colon + 1, ground.end)
    body = any(hit.start == source[0] for hit in ground.nouns) and len(ground.words(*source)) <= _BODY_MOST
    body = body or _person(ground, source, content)
    if body and len(ground.words(*content)) >= CONTENT_LEAST:
        return source, content
    if not named or named[0].span.start - source[0] > _SPARE or source[1] - named[-1].span.end > _SPARE:
        return None
    return (source, content) if len(ground.words(*content)) >= CONTENT_LEAST else None


def _person(ground: Ground, source: Stretch, content: Stretch) -> bool:
    """Whether a proper name before a colon speaks: at the head of a text, or before words in quotation marks."""
    quoted = any(one[0] <= content[0] + 1 and content[1] <= one[1] + 1 for one in ground.quotes)
    opened = quoted or any(one[0] == content[0] for one in ground.quotes)
    if _heads(ground, source, quoted=opened):
        return True
    bears = ground.people is not None and ground.people.is_person(ground.text[slice(*source)])
    return (
        (quoted or (ground.start == 0 and bears))
        and _PERSON.fullmatch(ground.text, *source) is not None
        and source not in ground.places
    )


def _heads(ground: Ground, source: Stretch, *, quoted: bool) -> bool:
    """Whether words before a colon begin with a person and go on to tell of that one, or are a statement's of one by name."""
    if any(source[0] <= one[0] < source[1] for one in ground.quotes):
        return False
    latin = _PERSON.match(ground.text, *source)
    if quoted and latin and ground.text[latin.end() : latin.end() + 1] == ",":
        return True
    name = ground.people.find(ground.text, *source) if ground.people else None
    if name is None:
        return False
    led = [found.group() for found in ground.words(source[0], name[0])]
    if led:
        return ground.has("letterhead", led[0])
    return quoted and (name[1] == source[1] or ground.text[name[1]] in "،,")


def signed(ground: Ground) -> tuple[Stretch, Stretch] | None:
    """“CONTENT” ― NAME: a quotation signed behind a dash, at the end of its line."""
    for quote in reversed(ground.quotes):
        if ground.start < quote[1] <= ground.end:
            name = _SIGNATURE.match(ground.text, quote[1])
            found = name and ground.trim(*name.span("name"))
            return (found, quote) if found and ground.is_name(*found) else None
    return None
