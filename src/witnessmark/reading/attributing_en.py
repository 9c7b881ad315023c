"""Shapes of attribution in English: who speaks by a verb of speech, by "according to", or by a passive with "by".

The rule: the subject is the last part before the cue that can speak, without the words that lead into the sentence ("At
4.40pm", "Shortly thereafter"); several named together are each a source. A verb that does not always mean speech
("provided", "attributed", "identified") needs a content that tells of an event or of those it harmed. What it does not
prove: that the stretch is the grammatical subject.
"""

import re
from itertools import pairwise

from witnessmark.reading.attributing_answers import answered
from witnessmark.reading.attributing_inverted import apposition, goes_on_behind, inverted, source_end
from witnessmark.reading.attributing_relayed import cites_for, english_relay, passed_on, said_of
from witnessmark.reading.attributing_subject import cut, subject_of
from witnessmark.reading.ground import CONTENT_LEAST, GOES_ON, Ground, Shape, Stretch
from witnessmark.reading.mouths import among, listed, parted
from witnessmark.reading.quote_marks import inside
from witnessmark.terms.ports import Hit

_BREAK = re.compile(r"[;؛\n]|,\s+(?:and|but|while|after|although|whereas|though|however|yet)\s|[\"”»]\s")
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
_NAMES_WORDS = 14  # words of several names behind "while", "but" and the like
_ASIDE = (",", "”", '"', "—", "-", ";")
_CLOSES = ",.!?…"
_GOING_ON = (None, "", "quote", "may")
_BELOW = 4  # code points from a colon that ends a line to a quotation below it
_THAT_REACH = 8  # words between a cue and "that"
_NAME_WORDS = 6  # words of a name in quotation marks
_BY_REACH = 7  # words between a passive and its "by"
_TELLS_REACH = 9  # words after a verb of many meanings within which the event or its dead are told of
_PROPER = re.compile(r"\b[A-Z][\w'’\-]+(?:\s+(?:al-|bin |de |von )?[A-Z][\w'’\-]+)+")


def english_verb(ground: Ground, cue: Hit) -> Shape | None:
    """SOURCE cue CONTENT, CONTENT SOURCE cue, CONTENT cue SOURCE, CONTENT was cue by SOURCE."""
    before = ground.words(ground.start, cue.start)
    if cites_for(ground, cue) is not None or (before and _no_verb(ground, before[-1].group())):
        return None
    if _suffered(ground, cue, before):
        return said_of(ground, cue) if cue.entry.fields.get("takes") == "relay" else _by(ground, cue, before)
    going_on = ground.text[cue.start : cue.end].endswith("ing") or (ground.spoken and _joined(ground, before))
    if going_on and cue.entry.fields.get("takes") in _GOING_ON:
        went_on = participle(ground, cue, before)
        if went_on:
            return went_on
    subject, others = subject_of(ground, cue, before)
    aside = ground.text[ground.start : cue.start].rstrip().endswith(",")
    if subject is None or (aside and not _opens_quote(ground, cue.end) and not apposition(ground, cue)):
        return inverted(ground, cue)
    relayed = english_relay(ground, cue, subject)
    if relayed or cue.entry.fields.get("takes") == "relay" or not _plausible(ground, cue, subject):
        return relayed
    shape = (
        _quoted(ground, cue, subject)
        or _around(ground, cue, subject)
        or _forward(ground, cue, subject)
        or _backward(ground, cue, subject)
    )
    return passed_on(ground, shape) or _shared(ground, shape, others) if shape else None


def _opens_quote(ground: Ground, at: int) -> bool:
    """Whether a quotation opens here, behind a comma or a colon at most."""
    quote = ground.quoted(at, ground.end)
    return quote is not None and ground.blank(at, quote[0])


def _joined(ground: Ground, before: list[re.Match[str]]) -> bool:
    """Whether "and" or "but" stands before a cue, which so has the subject of the one before: "denied it and said"."""
    words = [found.group() for found in before]
    while words and ground.has("drop", words[-1]) and not ground.has("and", words[-1]):
        words.pop()
    return bool(words) and ground.has("and", words[-1])


def participle(ground: Ground, cue: Hit, before: list[re.Match[str]]) -> Shape | None:
    """…, cue CONTENT: "adding that", "tweeting, “…”" goes on with who spoke before in the sentence, or with its subject."""
    last = before[-1].group() if before else ""
    aside = ground.text[ground.start : cue.start].rstrip()[-1:] in _ASIDE
    led = ground.has("agent", last) or _joined(ground, before)
    if not before or ground.has("be", last) or not (aside or led) or ground.has("of-doing", last):
        return None
    words = ground.words(cue.end, ground.end)
    opens = bool(words) and ground.has("content", words[0].group())
    start = words[0].end() if opens else cue.end
    quote = ground.quoted(cue.end, ground.end)
    quoted = quote is not None and len(ground.words(cue.end, quote[0])) <= 1
    if len(ground.words(start, ground.end)) < CONTENT_LEAST - quoted or (
        cue.entry.fields.get("takes") == "quote" and quote is None
    ):
        return None
    if quoted and quote and not opens and ground.text[cue.end : quote[0]].strip().endswith((",", ":")):
        start = quote[0]
    spoken = [shape for shape in ground.spoken if shape.source and shape.cue.start < cue.start]
    source = spoken[-1].source if spoken else _first_name(ground, cue.start)
    if source is None:
        return None
    return Shape(cue, source, _whole(ground, *ground.trim(start, _until(ground, start))), GOES_ON)


def _first_name(ground: Ground, before: int) -> Stretch | None:
    """The name or the word for a source with which a sentence begins, before a place."""
    comma = ground.text.find(",", ground.start, before)
    start, end = cut(ground, *ground.trim(ground.start, comma if comma > 0 else before))
    named = _name_of(ground, start, end)
    if named[1] < before and ground.words(*named) and ground.is_name(*named):
        return named
    return None


def _whole(ground: Ground, start: int, end: int) -> Stretch:
    """A content that a quotation opens, up to where that closes, be that sentences later."""
    quote = ground.quoted(start, end)
    if quote and quote[1] > end >= ground.end - 1 and ground.blank(start, quote[0]):
        return start, quote[1]
    return start, end


def _shared(ground: Ground, shape: Shape, others: list[Stretch]) -> Shape:
    """The shape with each of those who say it together."""
    first, *more = parted(ground, *shape.source) if shape.source else []
    return Shape(shape.cue, first, shape.content, shape.rule, (*more, *others))


def _no_verb(ground: Ground, before: str) -> bool:
    """Whether the word before a cue makes it an adjective or a noun: "the alleged attack", "by alleged strikes"."""
    return ground.has("det", before) or ground.has("agent", before) or _POSSESSIVE.search(before) is not None


def _suffered(ground: Ground, cue: Hit, before: list[re.Match[str]]) -> bool:
    """Whether a cue is a passive: "was also reported", "a photo posted on"."""
    words = [found.group() for found in before]
    while words and ground.has("drop", words[-1]) and not ground.has("be", words[-1]):
        words.pop()
    if not words or ground.text[cue.start : cue.end].endswith("ing"):
        return False
    after = ground.words(cue.end, ground.end)[:1]
    following = after[0].group() if after else ""
    published = ground.has("thing", words[-1]) and ground.has("stop", following)
    taken = bool(cue.entry.fields.get("takes")) and ground.has("as", following)
    return ground.has("be", words[-1]) or published or taken


def _by(ground: Ground, cue: Hit, before: list[re.Match[str]]) -> Shape | None:
    """CONTENT was cue by SOURCE; several sources after "such as" are each one."""
    if not before:
        return None
    for found in ground.words(cue.end, ground.end)[:_BY_REACH]:
        if set(';.:“"') & set(ground.text[cue.end : found.start()]):
            return None
        if ground.has("agent", found.group()):
            break
    else:
        return None
    sources = _sources(ground, found.end())
    spoken = min([hit.start for hit in ground.cues if hit.start > found.end()], default=ground.end)
    sources = [_name_of(ground, *ground.trim(start, min(end, spoken))) for start, end in sources if start < spoken]
    if not sources or not _speaks(ground, *sources[0]):
        return None
    while before and (ground.has("be", before[-1].group()) or ground.has("drop", before[-1].group())):
        before.pop()
    content = ground.trim(_clause(ground, cue.start), before[-1].end()) if before else (cue.start, cue.start)
    last = max(end for _, end in sources)
    rest = ground.words(last, ground.end)
    if rest and (ground.has("content", rest[0].group()) or rest[0].group().lower() == "as"):
        content = (content[0], ground.trim(last, ground.end)[1])
    first, *more = sources
    return Shape(cue, first, content, "attributing.by-source", tuple(more)) if ground.words(*content) else None


def _name_of(ground: Ground, start: int, end: int) -> Stretch:
    """The words up to where they are no name any more; all of them where they begin with none."""
    ends = [found.end() for found in ground.words(start, end) if ground.is_name(start, found.end())]
    return start, max(ends, default=end)


def _clause(ground: Ground, before: int) -> int:
    """Where the clause before a place begins."""
    ends = [found.end() for found in _BREAK.finditer(ground.text, ground.start, before)]
    return ends[-1] if ends else ground.start


def _speaks(ground: Ground, start: int, end: int) -> bool:
    """Whether the words after "by" name somebody: a known one, or a name of two words."""
    return ground.names_someone(start, end) or _PROPER.match(ground.text, start, end) is not None


def _sources(ground: Ground, start: int, *, after: bool = True) -> list[Stretch]:
    """The sources after a cue: one, or each of a list; a list of commas only ``after`` the content."""
    end = source_end(ground, start)
    source = ground.trim(start, end)
    if not ground.words(*source):
        return []
    beyond = ground.words(end, ground.end)[:1]
    many = among(ground, start, ground.end) if _lists(ground, start, end, beyond) else None
    if many:
        return list(many)
    several = listed(ground, start, ground.end) if after else []
    if any(ground.text[one[1] : other[0]].strip() != "," for one, other in pairwise(several)):
        return several
    return parted(ground, *source)


def _lists(ground: Ground, start: int, end: int, beyond: list[re.Match[str]]) -> bool:
    """Whether a word that opens a list stands in the words for a source or right after them."""
    words = [*ground.words(start, end), *beyond]
    return any(ground.has("such", one.group()) or one.group().lower() == "such" for one in words)


def _plausible(ground: Ground, cue: Hit, subject: Stretch) -> bool:
    """Whether a subject can speak: it names someone, or a verb of plain speech with a name or a quotation says it."""
    if subject[0] >= subject[1] or not _stands(ground, subject) or _clausal(ground, subject):
        return False
    words = ground.text[subject[0] : subject[1]]
    unquoted = cue.entry.fields.get("takes") == "quote" and not _has_quote(ground, cue, subject)
    if unquoted or any(ground.has("no-source", found.group()) for found in ground.words(*subject)):
        return False
    after = ground.words(cue.end, ground.end)[:_TELLS_REACH]
    takes, tells = cue.entry.fields.get("takes"), bool(after) and ground.tells(cue.end, after[-1].end())
    opens = bool(after) and ground.has("content", after[0].group())
    quoted = _opens_quote(ground, cue.end)
    if (takes == "must" and not tells) or (takes == "that" and not (opens or quoted)):
        return False
    if ground.names_someone(*subject):
        return True
    if ground.is_name(*subject) and (
        any(one[1] <= subject[0] and ground.blank(one[1], subject[0]) for one in ground.quotes)  # “…,” Haddad recalled
        or (takes in ("may", "must") and tells)
        or quoted
        # "Lina Farah asked why", "Hope Bridge urged donors to"
        or (not takes and len(ground.words(*subject)) > 1 and (opens or cue.entry.fields["certainty"] != "asserted"))
    ):
        return True
    sure = cue.entry.fields.get("sure") == "yes"
    determined = ground.has("det", ground.words(*subject)[0].group())
    return sure and (opens or determined or words[:1].isupper() or ground.quoted(ground.start, ground.end) is not None)


def _clausal(ground: Ground, subject: Stretch) -> bool:
    """Whether what would be a subject is a clause: it holds a finite verb, none of a name's words, and no word for "who"."""
    words = [found.group() for found in ground.words(*subject)]
    finite = any((ground.has("finite", word) or ground.has("be", word)) and word[0].islower() for word in words[1:])
    return finite and not any(ground.has("relative", word) for word in words)


def _has_quote(ground: Ground, cue: Hit, subject: Stretch) -> bool:
    """Whether a quotation stands behind a cue, or right before who speaks."""
    before = any(one[1] <= subject[0] and ground.blank(one[1], subject[0]) for one in ground.quotes)
    return before or ground.quoted(cue.end, ground.end) is not None


def _stands(ground: Ground, subject: Stretch) -> bool:
    """Whether it is said that they speak: not "no source", and not "where sources identified"."""
    words = ground.words(*subject)
    return (
        bool(words)
        and not ground.has("condition", words[0].group())
        and not any(ground.has("none", one.group()) for one in words)
    )


def _quoted(ground: Ground, cue: Hit, subject: Stretch) -> Shape | None:
    """“CONTENT,” SOURCE cue: a quotation right before who speaks, whatever is told behind ("told the miners").

    The quotation is the content, from where it opens, be that sentences before.
    """
    before = next((one for one in reversed(ground.quotes) if one[1] <= subject[0]), None)
    if before is None or not ground.blank(before[1], subject[0]) or "\n" in ground.text[before[1] : subject[0]]:
        return None
    words = ground.words(cue.end, ground.end)[:2]
    behind = any(ground.has("content", found.group()) for found in words)
    if behind or not ground.words(*before) or _leads_in(ground, before, words):
        return None
    if before[1] <= ground.start and (words or ground.text[before[1] - 2] not in _CLOSES):
        return None  # the sentence after a quotation is its speaker's only where it tells nothing else
    inner = any(shape.cue.start < before[0] for shape in ground.spoken)
    content = (before[0] if inner else min(ground.start, before[0]), before[1])
    return Shape(cue, subject, goes_on_behind(ground, content, cue.end), "attributing.content-source-cue")


def _leads_in(ground: Ground, quote: Stretch, behind: list[re.Match[str]]) -> bool:
    """Whether a quotation is only part of what leads in: 'On "Morning Talk," the mayor said she would go'."""
    first = ground.word(ground.start, ground.end)
    leads = first is not None and first.start() < quote[0] and ground.has("lead", first.group())
    return leads and bool(behind) and not ground.has("stop", behind[0].group())


def _around(ground: Ground, cue: Hit, subject: Stretch) -> Shape | None:
    """CONTENT, SOURCE cue, CONTENT: the speaker named between two halves of what is said."""
    before, after = ground.text[ground.start : subject[0]].rstrip(), ground.text[cue.end : ground.end].lstrip()
    if not before.endswith(",") or not after.startswith(",") or len(ground.words(subject[0], cue.start)) > _NAME_WORDS:
        return None
    if len(ground.words(ground.start, subject[0])) < CONTENT_LEAST - 1 or len(after.split()) < CONTENT_LEAST:
        return None
    content = ground.trim(ground.start, ground.end)
    return Shape(cue, subject, content, "attributing.content-source-cue-content")


def _forward(ground: Ground, cue: Hit, subject: Stretch) -> Shape | None:
    """SOURCE cue CONTENT."""
    start = _content_start(ground, cue)
    quote = ground.quoted(cue.end, ground.end)
    below = ground.quoted(ground.end, ground.end + _BELOW)
    if below and ground.text[cue.end : below[0]].strip() == ":":
        return Shape(cue, subject, below, "attributing.source-cue-content")
    rest = ground.words(start, ground.end)
    stops = bool(rest) and ground.has("stop", rest[0].group()) and quote is None and start == cue.end
    if ground.has("tells", ground.text[cue.start : cue.end]) and quote is None and start == cue.end:
        before = ground.text[ground.start : subject[0]].rstrip()
        stops = stops or (before.endswith(",") and len(before.split()) >= CONTENT_LEAST)  # "…, he told the paper"
    bare = bool(rest) and stops and ground.has("to", rest[0].group()) and cue.entry.fields["certainty"] == "asserted"
    if bare or (stops and not ground.blank(ground.start, subject[0])):
        return None
    if len(rest) < CONTENT_LEAST and quote is None and not ground.tells(start, ground.end):
        return None
    opens = ground.word(ground.start, ground.end)
    until = answered(ground, start) if opens and ground.has("contrast", opens.group()) else None
    content = _whole(ground, *ground.trim(start, until or _until(ground, start)))
    return Shape(cue, subject, content, "attributing.source-cue-content")


def _content_start(ground: Ground, cue: Hit) -> int:
    """Where a content begins behind a cue: after "that", be it after when, where or to whom it was said."""
    words = ground.words(cue.end, ground.end)
    tells = ground.has("tells", ground.text[cue.start : cue.end])
    if not words:
        return cue.end
    cites = ground.has("cites", words[0].group())
    timed = cites or any(words[0].start() <= first <= words[0].end() for first, _ in ground.times)
    late = tells or timed or ground.has("stop", words[0].group()) or ground.has("drop", words[0].group())
    for number, found in enumerate(words[:_THAT_REACH]):
        if number and ground.quoted(cue.end, found.start()):
            break
        if ground.has("content", found.group()) and (number == 0 or (late and found.group().lower() == "that")):
            return found.end()
    told = tells and ground.has("told-one", words[0].group()) and len(words) > CONTENT_LEAST
    return words[0].end() if told else cue.end


def _until(ground: Ground, start: int) -> int:
    """Where a content ends: before ", while SOURCE cue", where another begins to speak."""
    for hit in ground.cues:
        if hit.start <= start or hit.entry.fields["kind"] != "verb" or inside(ground.quotes, hit.start):
            continue
        words = ground.words(start, hit.start)
        if hit.entry.fields.get("sure") == "yes" and len(words) >= CONTENT_LEAST and _joined(ground, words[-1:]):
            return words[-1].start()
        if ground.text[hit.start - 2] in _ASIDE and ground.text[hit.start : hit.end].endswith("ing"):
            return hit.start
    for found in _BREAK.finditer(ground.text, start, ground.end):
        next_cue = next((hit.start for hit in ground.cues if hit.start > found.end()), None)
        if next_cue is None or found.group()[0] not in ",;":
            continue
        most = _NAMES_WORDS if ground.has("against", found.group().strip(", \n")) else _NAME_WORDS
        near = len(ground.words(found.end(), next_cue)) <= most
        if near and inside(ground.quotes, found.start()) is None and ground.names_someone(found.end(), next_cue):
            return found.start()
    return ground.end


def _backward(ground: Ground, cue: Hit, subject: Stretch) -> Shape | None:
    """CONTENT, SOURCE cue."""
    content = ground.trim(ground.start, subject[0])
    if len(ground.words(*content)) < CONTENT_LEAST and ground.quoted(*content) is None:
        return None
    return Shape(cue, subject, content, "attributing.content-source-cue")


def english_preposition(ground: Ground, cue: Hit) -> Shape | None:
    """According to SOURCE, CONTENT; CONTENT, according to SOURCE."""
    before = ground.trim(ground.start, cue.start)
    if cites_for(ground, cue) is not None:
        return None
    sources = _sources(ground, cue.end, after=len(ground.words(*before)) >= CONTENT_LEAST)
    if not sources or any(ground.has("no-source", found.group()) for found in ground.words(*sources[0])):
        return None
    if cue.entry.fields.get("sure") != "yes" and not ground.names_someone(*sources[0]):
        return None
    after = ground.trim(max(end for _, end in sources), ground.end)
    behind = ground.word(*after)
    if behind and before[1] > before[0] and ground.has("content", behind.group()):
        return Shape(
            cue, sources[0], ground.trim(behind.end(), after[1]), "attributing.according-to", tuple(sources[1:])
        )
    content = before if len(ground.words(*before)) >= CONTENT_LEAST else after
    if not ground.words(*content):
        return None
    return Shape(cue, sources[0], content, "attributing.according-to", tuple(sources[1:]))
