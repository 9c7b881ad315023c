"""Where a cue of speech stands in a sentence, its source and what it attributes: the shapes of both languages.

English: SOURCE cue (that) CONTENT; CONTENT, SOURCE cue; CONTENT, cue SOURCE; according to SOURCE, CONTENT. Arabic: cue
SOURCE أن CONTENT; SOURCE cue أن CONTENT; بحسب SOURCE; SOURCE: CONTENT. A passive ("was reported") names no source. Shapes are
surface patterns and not a parse: long subjects are cut to the part nearest the cue that names somebody.
"""

import re
from dataclasses import dataclass, field

from witnessmark.reading.quote_marks import inside
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.ports import Hit

Stretch = tuple[int, int]
_WORD = re.compile(r"[^\s,;:.!?؟،؛\"“”«»()]+")
_BREAK = re.compile(r"[;؛\n]|,\s+(?:and|but|while|after|although)\s|[\"”»]\s")
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
_NAME_WORDS = 6  # words of a name in quotation marks
_OPENS = re.compile(r"[:\"“«]")
_BLANKS = " \t\n,:،"
_SUBJECT_MOST = 14  # words of a subject
_ARABIC_SUBJECT_MOST = 9  # words between an Arabic verb of speech and the word that opens its content
_CONTENT_LEAST = 3  # words that make a content after a cue


@dataclass(frozen=True, slots=True)
class Shape:
    """``source`` and ``content``: code points of the passage, or None for an unnamed or carried-over source."""

    cue: Hit
    source: Stretch | None
    content: Stretch
    rule: str


@dataclass(slots=True)
class Ground:
    """One sentence and what stands in its passage. ``roles``: folded words by their role in attributions."""

    text: str
    start: int
    end: int
    quotes: list[Stretch]
    actors: list[ActorMention]
    nouns: list[Hit]
    roles: dict[str, frozenset[str]]
    platforms: list[Hit] = field(default_factory=list)

    def has(self, role: str, word: str) -> bool:
        """Whether a word plays a role."""
        return word.lower().strip("'’") in self.roles.get(role, frozenset())

    def names_someone(self, start: int, end: int) -> bool:
        """Whether a party, a body or a word for a source stands between."""
        return any(one.span.start >= start and one.span.end <= end for one in self.actors) or any(
            hit.start >= start and hit.end <= end for hit in self.nouns
        )

    def words(self, start: int, end: int) -> list[re.Match[str]]:
        """The words between."""
        return list(_WORD.finditer(self.text, start, end))


def shape_of(ground: Ground, cue: Hit) -> Shape | None:
    """The attribution that a cue makes in its sentence, or None."""
    if inside(ground.quotes, cue.start):
        return None
    shapes = {
        ("en", "verb"): english_verb,
        ("en", "prep"): english_preposition,
        ("ar", "verb"): arabic_verb,
        ("ar", "prep"): arabic_preposition,
    }
    finder = shapes.get((cue.entry.fields["language"], cue.entry.fields["kind"]))
    return finder(ground, cue) if finder else None


def _trim(text: str, start: int, end: int) -> Stretch:
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return start, end


def _quoted(ground: Ground, start: int, end: int) -> Stretch | None:
    """The first quotation that begins between."""
    return next((quote for quote in ground.quotes if start <= quote[0] < end), None)


def english_verb(ground: Ground, cue: Hit) -> Shape | None:
    """SOURCE cue CONTENT, CONTENT SOURCE cue, CONTENT cue SOURCE."""
    before = ground.words(ground.start, cue.start)
    if before and _no_verb(ground, cue, before[-1].group()):
        return None
    subject = _subject(ground, cue, before)
    if subject is None:
        return _inverted(ground, cue)
    if not _plausible(ground, cue, subject):
        return None
    return _forward(ground, cue, subject) or _backward(ground, cue, subject)


def _no_verb(ground: Ground, cue: Hit, before: str) -> bool:
    """Whether the word before a cue makes it a passive or an adjective: "was reported", "the alleged attack"."""
    passive = ground.has("be", before) and not ground.text[cue.start : cue.end].endswith("ing")
    return passive or ground.has("det", before) or _POSSESSIVE.search(before) is not None


def _subject(ground: Ground, cue: Hit, before: list[re.Match[str]]) -> Stretch | None:
    """The words before a cue that name who speaks."""
    stop = cue.start
    while before and (ground.has("drop", before[-1].group()) or ground.has("be", before[-1].group())):
        stop = before.pop().start()
    if not before:
        return None
    start = ground.start
    for found in _BREAK.finditer(ground.text, ground.start, stop):
        closes = found.group()[0] in '"”»'
        if closes and not ground.text[found.end() : stop].strip(_BLANKS):
            if _is_name(ground, found.start()):
                continue
            return None
        if not closes or len(ground.words(*(inside(ground.quotes, found.start()) or (0, 0)))) >= _CONTENT_LEAST:
            start = found.end()
    if not ground.text[start:stop].strip(_BLANKS):
        return None
    last = ground.text.rfind(",", start, stop)
    chunk = (last + 1, stop) if last >= 0 else (start, stop)
    finite = not ground.text[cue.start : cue.end].endswith("ing")
    if ground.words(*chunk) and (finite or ground.names_someone(*chunk)):
        return _cut(ground, *_trim(ground.text, *chunk))
    return _apposed(ground, start, stop)


def _is_name(ground: Ground, close: int) -> bool:
    """Whether the quotation that closes here is a name: short, and no clause that a comma ends."""
    quote = inside(ground.quotes, close)
    return quote is not None and ground.text[close - 1] not in ",.!?" and len(ground.words(*quote)) <= _NAME_WORDS


def _apposed(ground: Ground, start: int, stop: int) -> Stretch | None:
    """The first part between commas that names someone: "SOURCE, the agency of …, also said"."""
    at = start
    for part in ground.text[start:stop].split(","):
        if ground.names_someone(at, at + len(part)):
            return _cut(ground, *_trim(ground.text, at, at + len(part)))
        at += len(part) + 1
    first = _trim(ground.text, start, start + len(ground.text[start:stop].split(",")[0]))
    named = ground.text[first[0] : first[0] + 1].isupper() and len(ground.words(*first)) < _NAME_WORDS
    return _cut(ground, *first) if named else None


def _cut(ground: Ground, start: int, end: int) -> Stretch:
    """A subject without leading particles; a long one from the first part that names someone."""
    words = ground.words(start, end)
    while words and (ground.has("drop", words[0].group()) or ground.has("content", words[0].group())):
        words.pop(0)
    if not words:
        return end, end
    start = words[0].start()
    if len(words) > _SUBJECT_MOST:
        inner = [one.span.start for one in ground.actors if start <= one.span.start and one.span.end <= end]
        start = max(start, inner[0]) if inner else words[-_SUBJECT_MOST].start()
    return start, end


def _plausible(ground: Ground, cue: Hit, subject: Stretch) -> bool:
    """Whether a subject can speak: it names someone, or a verb of plain speech with a name or a quotation says it."""
    if subject[0] >= subject[1]:
        return False
    words = ground.text[subject[0] : subject[1]]
    if any(ground.has("no-source", found.group()) for found in ground.words(*subject)):
        return False
    if ground.names_someone(*subject):
        return True
    sure = cue.entry.fields.get("sure") == "yes"
    after = ground.words(cue.end, ground.end)[:1]
    opens = bool(after) and ground.has("content", after[0].group())
    return sure and (opens or words[:1].isupper() or _quoted(ground, ground.start, ground.end) is not None)


def _forward(ground: Ground, cue: Hit, subject: Stretch) -> Shape | None:
    """SOURCE cue CONTENT."""
    start = cue.end
    words = ground.words(start, ground.end)
    for number, found in enumerate(words[:8]):
        if ground.has("content", found.group()) and (number == 0 or found.group().lower() == "that"):
            start = found.end()
            break
    quote = _quoted(ground, cue.end, ground.end)
    rest = ground.words(start, ground.end)
    stops = bool(rest) and ground.has("stop", rest[0].group()) and quote is None and start == cue.end
    if stops and ground.text[ground.start : subject[0]].strip(_BLANKS):
        return None
    if len(rest) < _CONTENT_LEAST and quote is None:
        return None
    return Shape(cue, subject, _trim(ground.text, start, ground.end), "attributing.source-cue-content")


def _backward(ground: Ground, cue: Hit, subject: Stretch) -> Shape | None:
    """CONTENT, SOURCE cue."""
    content = _trim(ground.text, ground.start, subject[0])
    if len(ground.words(*content)) < _CONTENT_LEAST and _quoted(ground, *content) is None:
        return None
    return Shape(cue, subject, content, "attributing.content-source-cue")


def _inverted(ground: Ground, cue: Hit) -> Shape | None:
    """CONTENT, cue SOURCE: after a quotation or a comma."""
    content = _trim(ground.text, ground.start, cue.start)
    before = ground.text[ground.start : cue.start].rstrip()
    if not before or before[-1] not in ",\"”»’'" or not ground.words(*content):
        return None
    end = _source_end(ground, cue.end)
    source = _trim(ground.text, cue.end, end)
    if not ground.words(*source):
        return None
    return Shape(cue, source, content, "attributing.content-cue-source")


def _source_end(ground: Ground, start: int) -> int:
    """Where the words for a source after a cue end."""
    comma = re.compile(r"[,.;\n“\"]").search(ground.text, start, ground.end)
    end = comma.start() if comma else ground.end
    for found in ground.words(start, end)[1:]:
        if ground.has("stop", found.group()):
            beyond = [hit for hit in ground.platforms if found.end() <= hit.start and hit.end <= end]
            return max(hit.end for hit in beyond) if beyond else found.start()
    return end


def english_preposition(ground: Ground, cue: Hit) -> Shape | None:
    """According to SOURCE, CONTENT; CONTENT, according to SOURCE."""
    end = _source_end(ground, cue.end)
    source = _trim(ground.text, cue.end, end)
    words = ground.words(*source)
    if not words or any(ground.has("no-source", found.group()) for found in words):
        return None
    if cue.entry.fields.get("sure") != "yes" and not ground.names_someone(*source):
        return None
    before = _trim(ground.text, ground.start, cue.start)
    after = _trim(ground.text, end, ground.end)
    content = before if len(ground.words(*before)) >= _CONTENT_LEAST else after
    if not ground.words(*content):
        return None
    return Shape(cue, source, content, "attributing.according-to")


def arabic_verb(ground: Ground, cue: Hit) -> Shape | None:
    """Cue SOURCE أن CONTENT; SOURCE cue أن CONTENT; cue أن CONTENT (the source carried over)."""
    words = ground.words(cue.end, ground.end)
    opened = next(
        (
            number
            for number, found in enumerate(words[: _ARABIC_SUBJECT_MOST + 1])
            if ground.has("content", found.group())
        ),
        None,
    )
    colon = next(
        (
            hit
            for hit in _OPENS.finditer(ground.text, cue.end, min(ground.end, cue.end + 120))
            if not _names(ground, hit)
        ),
        None,
    )
    if opened is None and colon is None:
        return _arabic_named(ground, cue)
    end = words[opened].start() if opened is not None else ground.end
    start = words[opened].start() if opened is not None else ground.end
    if colon is not None and colon.start() < end:
        end, start = colon.start(), colon.start()
    source = _trim(ground.text, cue.end, end)
    content = _trim(ground.text, start, ground.end)
    if len(ground.words(*content)) < _CONTENT_LEAST:
        return None
    if ground.words(*source):
        if len(ground.words(*source)) > _ARABIC_SUBJECT_MOST:
            return None
        return Shape(cue, source, content, "attributing.cue-source-content")
    return Shape(cue, _arabic_before(ground, cue), content, "attributing.source-before-cue")


def _names(ground: Ground, hit: re.Match[str]) -> bool:
    """Whether an opening mark opens a name in quotation marks, and no speech."""
    quote = inside(ground.quotes, hit.start())
    return (
        hit.group() != ":"
        and quote is not None
        and len(ground.words(*quote)) <= _NAME_WORDS
        and quote[1] < ground.end - 1
    )


def _arabic_before(ground: Ground, cue: Hit) -> Stretch | None:
    """A party named just before the verb, or None: then the last speaker goes on."""
    words = ground.words(ground.start, cue.start)
    near = words[-6].start() if len(words) >= 6 else ground.start
    named = [one for one in ground.actors if near <= one.span.start and one.span.end <= cue.start]
    if named:
        return named[-1].span.start, named[-1].span.end
    nouns = [hit for hit in ground.nouns if near <= hit.start and hit.end <= cue.start]
    return (nouns[-1].start, nouns[-1].end) if nouns else None


def _arabic_named(ground: Ground, cue: Hit) -> Shape | None:
    """Cue SOURCE CONTENT without an opening word, where a party or a body stands right after the verb."""
    words = ground.words(cue.end, ground.end)
    reach = words[3].end() if len(words) > 3 else ground.end
    spans = [(one.span.start, one.span.end) for one in ground.actors] + [(hit.start, hit.end) for hit in ground.nouns]
    near = min((span for span in spans if cue.end <= span[0] and span[1] <= reach), default=None)
    if near is None:
        return None
    content = _trim(ground.text, near[1], ground.end)
    if len(ground.words(*content)) < _CONTENT_LEAST:
        return None
    return Shape(cue, _trim(ground.text, cue.end, near[1]), content, "attributing.cue-source")


def arabic_preposition(ground: Ground, cue: Hit) -> Shape | None:
    """بحسب SOURCE after or before CONTENT."""
    comma = re.compile(r"[,،.؛:\n(«“\"]").search(ground.text, cue.end, ground.end)
    end = comma.start() if comma else ground.end
    words = ground.words(cue.end, end)
    if len(words) > _ARABIC_SUBJECT_MOST:
        named = [one.span.end for one in ground.actors if cue.end <= one.span.start and one.span.end <= end]
        end = named[0] if named else words[3].end()
    source = _trim(ground.text, cue.end, end)
    if not ground.words(*source) or not (ground.names_someone(*source) or cue.entry.fields.get("sure") == "yes"):
        return None
    before = _trim(ground.text, ground.start, cue.start)
    content = before if len(ground.words(*before)) >= _CONTENT_LEAST else _trim(ground.text, end, ground.end)
    if not ground.words(*content):
        return None
    return Shape(cue, source, content, "attributing.according-to")


def headed(ground: Ground) -> tuple[Stretch, Stretch] | None:
    """SOURCE: CONTENT, where a party or a body and nothing else stands before a colon at the head of a sentence."""
    colon = ground.text.find(":", ground.start, min(ground.end, ground.start + 90))
    if colon < 0:
        return None
    source = _trim(ground.text, ground.start, colon)
    named = [one for one in ground.actors if source[0] <= one.span.start and one.span.end <= source[1]]
    content = _trim(ground.text, colon + 1, ground.end)
    if not named or named[0].span.start - source[0] > 12 or source[1] - named[-1].span.end > 12:
        return None
    return (source, content) if len(ground.words(*content)) >= _CONTENT_LEAST else None
