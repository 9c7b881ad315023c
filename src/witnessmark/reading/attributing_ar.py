"""Shapes of attribution in Arabic: a verb of speech before or after its source, and "according to" (بحسب).

The rule: the source stands between the verb and the word that opens the content (أن, a colon, a quotation), or right before
the verb; whoever is told (قال ناشطون لوكالة …: activists told an agency …) is no source. Two named sources joined by و are each one. A verb that
does not always mean speech (تبنى, شارك: took upon itself, shared) needs a content that tells of an event or of those it harmed.
What it does not prove: that the stretch is the grammatical subject.
"""

import re

from witnessmark.reading.attributing_relayed import arabic_relay, told_of
from witnessmark.reading.ground import CONTENT_LEAST, GOES_ON, Ground, Shape, Stretch
from witnessmark.reading.quote_marks import inside
from witnessmark.terms.ports import Hit

_OPENS = re.compile(r"[:\"“«]")
_NAME_WORDS = 6  # words of a name in quotation marks
_SUBJECT_MOST = 9  # words between a verb of speech and the word that opens its content
_CLOSES = "\"”»’'؟?"
_MARKS = set(':"“«')
_STOP = re.compile(r"[,،.؛:\n(«“\"]")
_URGES = ("denied", "ordered", "advised", "asked")
_URGE_LATE = 2  # words before such a verb: it opens its sentence
_NAME_REACH = 60  # code points behind it within which a name stands
_PASSIVE = "\u064f"  # damma
_TOLD = "ل"  # to, written together with who is told


def arabic_verb(ground: Ground, cue: Hit) -> Shape | None:
    """Cue SOURCE أن CONTENT; SOURCE cue أن CONTENT; cue أن CONTENT (the source carried over)."""
    words = ground.words(cue.end, ground.end)[: _SUBJECT_MOST + 1]
    opened = _opener(ground, words)
    takes = cue.entry.fields.get("takes")
    if (
        _unsaid(ground, cue)
        or (takes == "that" and not _that(ground, words))
        or (takes == "quote" and not ground.quoted(cue.end, ground.end))
    ):
        return None
    behind = ground.word(opened, ground.end) if opened is not None else None
    away = cue.entry.fields["certainty"] in _URGES and behind is not None and ground.has("from", behind.group())
    if away or takes == "quote":  # "advised the families to keep away from"
        return _urged(ground, cue) if away else _by_name(ground, cue)
    reach = min(ground.end, cue.end + 120)
    marks = (hit.start() for hit in _OPENS.finditer(ground.text, cue.end, reach) if not _names(ground, hit))
    starts = [one for one in (opened, next(marks, None)) if one is not None]
    if cue.entry.fields.get("takes") == "goes-on":
        return _went_on(ground, cue, opened)
    turned = arabic_relay(ground, cue) or _inverted(ground, cue)
    if turned:
        return turned
    named = _named(ground, cue) if not starts or cue.entry.fields.get("takes") else None
    if not starts or named:
        return named or _urged(ground, cue)
    return _plain(ground, cue, min(starts))


def _unsaid(ground: Ground, cue: Hit) -> bool:
    """Whether a word of speech says that nobody speaks: "did not say", "worth mentioning" (الجدير بالذكر), يُتهم (is accused)."""
    before = ground.words(ground.start, cue.start)[-1:]
    denied = bool(before) and ground.has("none", before[0].group())
    passive = cue.entry.fields["certainty"] == "alleged" and ground.text[cue.start + len(cue.clitics) + 1] == _PASSIVE
    return denied or passive or cue.clitics.endswith("ال")


def _that(ground: Ground, words: list[re.Match[str]]) -> bool:
    """Whether a word for "that" opens a content."""
    return any(ground.has("content", found.group()) and not ground.has("from", found.group()) for found in words)


def _plain(ground: Ground, cue: Hit, begin: int) -> Shape | None:
    """Cue SOURCE CONTENT or SOURCE cue CONTENT, the content beginning at a place."""
    source = _cut_at_stop(ground, *_timeless(ground, *_saying(ground, *ground.trim(cue.end, begin))))
    content = _until(ground, told_of(ground, begin))
    if len(ground.words(*content)) < CONTENT_LEAST - (content[0] > begin) or len(ground.words(*source)) > _SUBJECT_MOST:
        return _named(ground, cue) or _urged(ground, cue)
    if cue.entry.fields.get("takes") == "relay" and not ground.names_someone(*source):
        return None  # the driver carried (نقل) the wounded
    if ground.words(*source):
        return _shared(ground, cue, source, content, "attributing.cue-source-content")
    before = None if _resumes(ground, cue) else _before(ground, cue)
    return Shape(cue, before, content, "attributing.source-before-cue")


def _resumes(ground: Ground, cue: Hit) -> bool:
    """Whether a belief without a subject is of the noun before it, which its "that" resumes: "a drone, believed to be Turkish"."""
    that = ground.word(cue.end, ground.end)
    return cue.entry.fields["certainty"] == "suggested" and that is not None and ground.has("resumed", that.group())


def _timeless(ground: Ground, start: int, end: int) -> Stretch:
    """The words for a source without when it was said; nothing where what is left leads on: نشر صباح اليوم أن, "in an earlier"."""
    time = next((one for one in ground.times if one[0] <= start < one[1]), None)
    if time is not None:
        start, end = ground.trim(min(time[1], end), end)
    first = ground.word(start, end)
    return (end, end) if first is not None and ground.has("stop", first.group()) else (start, end)


def _until(ground: Ground, content: Stretch) -> Stretch:
    """A content up to a comma behind which somebody speaks again: "…, while the army said", "…, and added"."""
    for cue in ground.cues:
        if cue.start <= content[0] or cue.entry.fields["kind"] != "verb" or inside(ground.quotes, cue.start):
            continue
        words = ground.words(content[0], cue.start)
        turned = bool(words) and ground.has("turn", words[-1].group())
        at = words[-1].start() if turned else cue.start
        joined = turned or ground.text[at : at + 1] == "و"
        if joined and ground.text[content[0] : at].rstrip()[-1:] in ("،", ","):
            return ground.trim(content[0], at)
    return content


def _opener(ground: Ground, words: list[re.Match[str]]) -> int | None:
    """Where the first word stands that opens a content, but for one that a noun before it governs: "quoting from"."""
    for number, found in enumerate(words):
        governed = number > 0 and ground.has("from", found.group()) and ground.has("stop", words[number - 1].group())
        if ground.has("content", found.group()) and not governed:
            return found.start()
    return None


def _went_on(ground: Ground, cue: Hit, opened: int | None) -> Shape | None:
    """CONTENT، cue أن CONTENT: a participle ("adding that") goes on with who spoke last."""
    behind = ground.text[cue.end : cue.end + 2].lstrip()[:1]
    start = (
        opened if opened is not None and not ground.words(cue.end, opened) else cue.end if behind in _MARKS else None
    )
    content = told_of(ground, start) if start is not None else (cue.end, cue.end)
    return Shape(cue, None, content, GOES_ON) if len(ground.words(*content)) >= 2 else None


def _inverted(ground: Ground, cue: Hit) -> Shape | None:
    """CONTENT، cue SOURCE: after a quotation, or after "as" (كما يقول)."""
    before = ground.text[ground.start : cue.start].rstrip()
    words = ground.words(ground.start, cue.start)
    as_ = bool(words) and ground.has("as", words[-1].group())
    end = words[-1].start() if as_ else cue.start
    content = ground.trim(ground.start, end)
    quote = next((one for one in ground.quotes if ground.start <= one[0] and one[1] <= cue.start), None)
    closes = quote is not None and not ground.words(quote[1], cue.start) and before.rstrip(",،")[-1:] in _CLOSES
    if not (as_ or closes) or len(ground.words(*content)) < CONTENT_LEAST:
        return None
    stop = _STOP.search(ground.text, cue.end, ground.end)
    source = ground.trim(cue.end, stop.start() if stop else ground.end)
    if not 1 <= len(ground.words(*source)) <= _SUBJECT_MOST:
        return None
    found = quote if closes and quote else content
    return Shape(cue, _cut_at_stop(ground, *source), found, "attributing.content-cue-source")


def _cut_at_stop(ground: Ground, start: int, end: int) -> Stretch:
    """The words for a source up to a word that leads on from it: "on his channel"."""
    words = ground.words(start, end)
    for found in words[1:]:
        if ground.has("stop", found.group()):
            return ground.trim(start, found.start())
    return start, end


def _urged(ground: Ground, cue: Hit) -> Shape | None:
    """Cue SOURCE CONTENT where nothing opens the content: who denies, orders, urges or asks, by the shape of a name.

    A body's name (رابطة معلمي الساحل) ends with its first word that has the article; a person's is two words.
    """
    late = ground.words(ground.start, cue.start)[_URGE_LATE:]
    return None if cue.entry.fields["certainty"] not in _URGES or late else _by_name(ground, cue)


def _by_name(ground: Ground, cue: Hit) -> Shape | None:
    """Cue SOURCE CONTENT, the source told by the shape of a name."""
    words = [found for found in ground.words(cue.end, ground.end) if found.start() - cue.end < _NAME_REACH]
    if len(words) < CONTENT_LEAST or ground.has("stop", words[0].group()):
        return None
    body = any(hit.start == words[0].start() and not hit.clitics for hit in ground.nouns)
    number = 2
    if body:
        number = next((at for at, one in enumerate(words[1:], 2) if one.group().startswith("ال")), 2)
        more = words[number : number + 1]
        number += bool(more) and ground.has("beside", more[0].group().removeprefix("ال"))
    elif words[0].group().startswith("ال"):
        number = 2 if words[1].group().startswith("ال") and _describes(ground, words[1].group()) else 1
    source = ground.trim(words[0].start(), words[number - 1].end())
    content = ground.trim(words[number - 1].end(), ground.end)
    return Shape(cue, source, content, "attributing.cue-name") if len(ground.words(*content)) >= 2 else None


def _shared(ground: Ground, cue: Hit, source: Stretch, content: Stretch, rule: str) -> Shape:
    """The shape with each of those who say it together, where one at least is known by name."""
    known = [(one.span.start, one.span.end) for one in ground.actors if one.actor]
    starts = [start for start, _ in known] + [hit.start for hit in ground.nouns if hit.clitics.startswith("و")]
    cuts = sorted({one for one in starts if source[0] + 1 < one < source[1] and _and(ground, one)})
    cuts = [one for one in cuts if not any(first < one < last for first, last in known)]
    edges = [source[0], *[edge for one in cuts for edge in (one - 1, one)], source[1]]
    parts = [ground.trim(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True)]
    named = any(part[0] <= first and last <= part[1] for part in parts for first, last in known)
    if not cuts or not named or not all(ground.names_someone(*part) for part in parts):
        return Shape(cue, source, content, rule)
    return Shape(cue, parts[0], content, rule, tuple(parts[1:]))


def _and(ground: Ground, at: int) -> bool:
    """Whether a word begins here after و (and)."""
    return ground.text[at - 1] == "و" and ground.text[at - 2].isspace()


def _saying(ground: Ground, start: int, end: int) -> Stretch:
    """The words for a source without whoever is told: "activists told Enab Baladi that …"."""
    start, end = _bare(ground, start, end)
    words = ground.words(start, end)
    for number, found in enumerate(words):
        if not _told_to(ground, found):
            continue
        if number:
            return _bare(ground, start, found.start())
        ends = [one.span.end for one in ground.actors if found.start() < one.span.start <= found.start() + 2]
        return ground.trim(max([found.end(), *ends]), end)
    return start, end


def _bare(ground: Ground, start: int, end: int) -> Stretch:
    """The words for a source without those that lead on from it: "said to", "in a talk"."""
    words = ground.words(start, end)
    while words and (ground.has("drop", words[-1].group()) or ground.has("stop", words[-1].group())):
        end = words.pop().start()
    return ground.trim(start, end)


def _told_to(ground: Ground, word: re.Match[str]) -> bool:
    """Whether a word names who is told: ل with a party's name, or with a word for an outlet."""
    if not word.group().startswith(_TOLD):
        return False
    inside_name = any(one.span.start < word.start() < one.span.end for one in ground.actors)
    begins = any(word.start() < start <= word.start() + 2 for start, _ in ground.outlets)
    return not inside_name and (begins or ground.has("told", word.group()))


def _names(ground: Ground, hit: re.Match[str]) -> bool:
    """Whether an opening mark opens a name in quotation marks, and no speech."""
    quote = inside(ground.quotes, hit.start())
    return (
        hit.group() != ":"
        and quote is not None
        and len(ground.words(*quote)) <= _NAME_WORDS
        and quote[1] < ground.end - 1
    )


def _before(ground: Ground, cue: Hit) -> Stretch | None:
    """A party named just before the verb, or None: then the last speaker goes on."""
    words = ground.words(ground.start, cue.start)
    as_for = _subject(ground, cue) if words and ground.has("as-for", words[0].group()) else None
    if as_for:
        return as_for
    near = words[-_NAME_WORDS].start() if len(words) >= _NAME_WORDS else ground.start
    named = [one for one in ground.actors if near <= one.span.start and one.span.end <= cue.start]
    if named:
        return named[-1].span.start, named[-1].span.end
    nouns = [hit for hit in ground.nouns if near <= hit.start and hit.end <= cue.start]
    return (nouns[-1].start, nouns[-1].end) if nouns else _subject(ground, cue)


def _subject(ground: Ground, cue: Hit) -> Stretch | None:
    """The words of a clause before its verb, where the content opens right behind it: "but a farmer in the village said that".

    Of "as for NAME, her lawyer, she said" the words up to the comma. A verb joined by "and" goes on with who spoke before.
    """
    behind = ground.word(cue.end, ground.end)
    if behind is None or not ground.has("content", behind.group()):
        return None
    words = ground.words(ground.start, cue.start)
    as_for = bool(words) and ground.has("as-for", words[0].group())
    stops = [hit.start() for hit in _STOP.finditer(ground.text, ground.start, cue.start)]
    if as_for and stops:
        return ground.trim(words[0].end(), stops[0])
    words = ground.words(stops[-1] + 1 if stops else ground.start, cue.start)
    while words and ground.has("turn", words[0].group()):
        words.pop(0)
    while words and ground.has("relative", words[-1].group()):
        words.pop()
    spoken = any(hit.start < cue.start for hit in ground.cues if words and hit.start >= words[0].start())
    joined = not as_for and (cue.clitics[:1] in {"و", "ف"} or ground.text[cue.start] == "و")
    if joined or spoken or not 1 <= len(words) <= _SUBJECT_MOST or ground.has("stop", words[0].group()):
        return None
    return ground.trim(words[0].start(), words[-1].end())


def _named(ground: Ground, cue: Hit) -> Shape | None:
    """Cue SOURCE CONTENT or SOURCE cue CONTENT without an opening word, where a party or a body stands beside the verb."""
    words = ground.words(cue.end, ground.end)
    reach = words[3].end() if len(words) > 3 else ground.end
    spans = [(one.span.start, one.span.end) for one in ground.actors] + [(hit.start, hit.end) for hit in ground.nouns]
    within = [span for span in spans if cue.end <= span[0] and span[1] <= reach]
    near = min(within, key=lambda span: (span[0], -span[1]), default=None)
    after = _beside(ground, _governed(ground, near, _whose(ground, near[1]))) if near else cue.end
    source = ground.trim(cue.end, after) if near else _adjacent(ground, cue)
    first = ground.word(*source) if source else None
    if source is None or first is None or ground.has("stop", first.group()):
        return None
    content = ground.trim(after, ground.end)
    tells = ground.tells(*content)
    if len(ground.words(*content)) < CONTENT_LEAST and not tells:
        return None
    if cue.entry.fields.get("takes") and not tells:
        return None
    return _shared(ground, cue, source, content, "attributing.cue-source" if near else "attributing.source-cue")


def _whose(ground: Ground, end: int) -> int:
    """The end of a word for a source with the name right after it: "activists of the Observatory"; a name stays as it is."""
    if any(one.span.end == end for one in ground.actors):
        return end
    return next((one.span.end for one in ground.actors if ground.text[end : one.span.start] == " "), end)


def _governed(ground: Ground, noun: Stretch, end: int) -> int:
    """The end of a noun without the article with the one that it governs: "the director of the hospital", مدير المستشفى."""
    following = ground.word(end, ground.end)
    bare = any(
        hit.start + len(hit.clitics) == noun[0] or hit.start == noun[0] for hit in ground.nouns if not hit.clitics
    )
    plain = end == noun[1] and bare and not ground.text.startswith("ال", noun[0])
    if plain and following and ground.blank(end, following.start()) and following.group().startswith("ال"):
        return following.end()
    return end


def _describes(ground: Ground, word: str) -> bool:
    """Whether a word has the ending of a relative adjective: "of the United Nations", الأممي."""
    return word.endswith(tuple(ground.roles.get("adjective-ending", ())))


def _beside(ground: Ground, end: int) -> int:
    """The end of a word for a source with the words that say which: "local" sources."""
    for found in ground.words(end, ground.end):
        word = found.group()
        if not ground.blank(end, found.start()):
            return end
        of_article = word.startswith("ال") and _describes(ground, word)
        if not (ground.has("beside", word) or of_article):
            return end
        end = found.end()
    return end


def _adjacent(ground: Ground, cue: Hit) -> Stretch | None:
    """A party that stands right before the verb."""
    ends = [(one.span.start, one.span.end) for one in ground.actors if one.actor and one.span.end <= cue.start]
    return ends[-1] if ends and not ground.text[ends[-1][1] : cue.start].strip() else None


def arabic_preposition(ground: Ground, cue: Hit) -> Shape | None:
    """بحسب SOURCE after or before CONTENT."""
    comma = re.compile(r"[,،.؛:\n(«“\"]").search(ground.text, cue.end, ground.end)
    end = comma.start() if comma else ground.end
    words = ground.words(cue.end, end)
    if len(words) > _SUBJECT_MOST:
        named = [one.span.end for one in ground.actors if cue.end <= one.span.start and one.span.end <= end]
        nouns = [hit.end for hit in ground.nouns if cue.end <= hit.start and hit.end <= words[3].end()]
        end = named[0] if named else _beside(ground, nouns[0]) if nouns else words[3].end()
    source = ground.trim(cue.end, end)
    if not ground.words(*source) or not (ground.names_someone(*source) or cue.entry.fields.get("sure") == "yes"):
        return None
    before = ground.trim(ground.start, cue.start)
    content = (
        before if len(ground.words(*before)) >= CONTENT_LEAST else told_of(ground, ground.trim(end, ground.end)[0])
    )
    behind = ground.word(end, ground.end)
    opens = behind is not None and ground.has("content", behind.group())
    if behind and opens:  # SOURCE said, according to another, that CONTENT
        content = told_of(ground, behind.start())
    if not ground.words(*content):
        return None
    if not opens and ground.words(*before) and content[0] >= end and ground.text[: cue.start].rstrip()[-1:] == "،":
        content = ground.trim(ground.start, ground.end)  # الغارة، بحسب الجيش، استهدفت: the source between two halves
    return _shared(ground, cue, source, content, "attributing.according-to")
