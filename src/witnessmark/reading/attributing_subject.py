"""Who speaks before a cue in English: the part of the words before it that can be its subject.

The rule: the last part between commas, or the first that names somebody where the parts behind it only tell of it
("SOURCE, who leads the team, said"), without the words that lead into the sentence. What it does not prove: that the
stretch is the grammatical subject.
"""

import re

from witnessmark.reading.ground import CONTENT_LEAST, Ground, Stretch
from witnessmark.reading.mouths import among, besides, parted
from witnessmark.reading.quote_marks import inside
from witnessmark.terms.ports import Hit

_BREAK = re.compile(r"[;؛\n]|,\s+(?:and|but|while|after|although|whereas|though)\s|[\"”»]\s")
_PROPER = re.compile(r"\b[A-Z][\w'’\-]+(?:\s+(?:al-|bin |de |von )?[A-Z][\w'’\-]+)+")
_CLOSES = ",.!?…"
_NAME_WORDS = 6  # words of a name in quotation marks
_SUBJECT_MOST = 14  # words of a subject
_LEAD_REACH = 5  # words of an opening that a word for "later" ends


def subject_of(ground: Ground, cue: Hit, before: list[re.Match[str]]) -> tuple[Stretch | None, list[Stretch]]:
    """The words before a cue that name who speaks, and others who say it with them."""
    stop = cue.start
    while before and (ground.has("drop", before[-1].group()) or ground.has("be", before[-1].group())):
        stop = before.pop().start()
    if not before or any(ground.has("none", found.group()) for found in ground.words(stop, cue.start)):
        return None, []
    start = _opening(ground, cue, stop)
    if start is None or ground.blank(start, stop):
        return None, []
    many = among(ground, start, stop)
    if many:
        head = cut(ground, *ground.trim(max(start, ground.text.rfind(",", start, many[0][1]) + 1), many[0][1]))
        return head, list(many[1:])
    last = ground.text.rfind(",", start, stop)
    chunk = (last + 1, stop) if last >= 0 else (start, stop)
    if last >= 0:
        chunk = (_list_start(ground, start, chunk), stop)
    finite = not ground.text[cue.start : cue.end].endswith("ing")
    if ground.words(*chunk) and (finite or ground.names_someone(*chunk)):
        return cut(ground, *ground.trim(*chunk)), []
    return _apposed(ground, start, stop), besides(ground, start, stop)


def _list_start(ground: Ground, start: int, chunk: Stretch) -> int:
    """Where a list of three names or more begins that ends in a stretch: "A, B and C said"."""
    if len(parted(ground, *ground.trim(*chunk))) < 2:
        return chunk[0]
    at = chunk[0]
    while at > start:
        comma = ground.text.rfind(",", start, at - 1)
        part = ground.trim(comma + 1 if comma >= 0 else start, at - 1)
        if not ground.is_name(*part):
            break
        at = comma + 1 if comma >= 0 else start
    return at


def _opening(ground: Ground, cue: Hit, stop: int) -> int | None:
    """Where the clause of a cue begins, or None where a quotation stands right before it."""
    start = max([ground.start, *[one for one in ground.opened if one < cue.start]])
    for found in _BREAK.finditer(ground.text, start, stop):
        closes = found.group()[0] in '"”»'
        if closes and ground.blank(found.end(), stop):
            if _is_name(ground, found.start()):
                continue
            return None
        spoken = closes and ground.text[found.start() - 1] in _CLOSES
        if (
            not closes
            or spoken
            or len(ground.words(*(inside(ground.quotes, found.start()) or (0, 0)))) >= CONTENT_LEAST
        ):
            start = found.end()
    return start


def _is_name(ground: Ground, close: int) -> bool:
    """Whether the quotation that closes here is a name: short, and no clause that a comma ends."""
    quote = inside(ground.quotes, close)
    return quote is not None and ground.text[close - 1] not in ",.!?" and len(ground.words(*quote)) <= _NAME_WORDS


def _apposed(ground: Ground, start: int, stop: int) -> Stretch | None:
    """The first part between commas that names someone: "SOURCE, the agency of …, also said"."""
    at = start
    head = cut(ground, *ground.trim(start, start + len(ground.text[start:stop].split(",")[0])))
    proper = _PROPER.match(ground.text, *head)
    if proper and proper.end() == head[1] and head not in (*ground.times, *ground.places):
        return head
    if _described(ground, head, stop):
        return head
    for part in ground.text[start:stop].split(","):
        words = ground.words(at, at + len(part))
        aside = bool(words) and (ground.has("besides", words[0].group()) or ground.has("lead", words[0].group()))
        if ground.names_someone(at, at + len(part)) and not aside:
            source = cut(ground, *ground.trim(at, at + len(part)))
            before = None if _known(ground, source) else _by_name(ground, start, at)
            return before or _called(ground, source, at + len(part) + 1, stop) or source
        at += len(part) + 1
    name = _by_name(ground, start, stop)
    if name:
        return name
    first = ground.trim(start, start + len(ground.text[start:stop].split(",")[0]))
    named = ground.text[first[0] : first[0] + 1].isupper() and len(ground.words(*first)) < _NAME_WORDS
    return cut(ground, *first) if named else None


def _known(ground: Ground, source: Stretch) -> bool:
    """Whether a party or body of the packs stands in the words for a source."""
    return any(source[0] <= one.span.start and one.span.end <= source[1] for one in ground.actors)


def _by_name(ground: Ground, start: int, stop: int) -> Stretch | None:
    """The name of two words or more that is all of the last part, or of the last but one: "…, Sara Haddad, a nurse, said"."""
    parts, at = [], start
    for part in ground.text[start:stop].split(","):
        parts.append(ground.trim(at, at + len(part)))
        at += len(part) + 1
    for name in reversed([one for one in parts[1:] if one[0] < one[1]][-2:]):
        proper = _PROPER.match(ground.text, *name)
        if proper and proper.end() == name[1] and name not in (*ground.times, *ground.places):
            return name
    return None


def _described(ground: Ground, head: Stretch, stop: int) -> bool:
    """Whether a name of one word is told of between commas: "Haddad, who leads the team, said"."""
    after = ground.word(head[1], stop)
    if after is None or len(ground.words(*head)) != 1 or not ground.text[head[0]].isupper():
        return False
    return head not in (*ground.times, *ground.places) and (
        ground.has("relative", after.group()) or ground.has("article", after.group())
    )


def _called(ground: Ground, source: Stretch, start: int, stop: int) -> Stretch | None:
    """The name that stands between commas after a word for a person: "a relative, Sara Haddad, said"."""
    named = [one for one in ground.words(*source)[1:] if one.group()[0] == "@" or one.group()[0].isupper()]
    if not all(any(hit.start <= one.start() <= hit.end for hit in ground.platforms) for one in named):
        return None
    name = ground.trim(start, start + len(ground.text[start:stop].split(",")[0])) if start < stop else (start, start)
    proper = _PROPER.match(ground.text, *name)
    handle = ground.text.startswith("@", name[0]) and len(ground.words(*name)) == 1
    return name if handle or (proper and proper.end() == name[1]) else None


def cut(ground: Ground, start: int, end: int) -> Stretch:
    """A subject without leading particles and openings; a long one from the first part that names someone."""
    words = ground.words(_led(ground, start, end), end)
    while words and (ground.has("drop", words[0].group()) or ground.has("content", words[0].group())):
        words.pop(0)
    if not words:
        return end, end
    start = words[0].start()
    if len(words) > _SUBJECT_MOST:
        inner = [one.span.start for one in ground.actors if start <= one.span.start and one.span.end <= end]
        start = max(start, inner[0]) if inner else words[-_SUBJECT_MOST].start()
    return start, end


def _led(ground: Ground, start: int, end: int) -> int:
    """Where a subject begins after words that lead into the sentence without a comma: "At 4.40pm Facebook user …"."""
    words = ground.words(start, end)
    for number, found in enumerate(words[:_LEAD_REACH]):
        if number and ground.has("later", found.group()) and not ground.has("det", words[number - 1].group()):
            start = found.end()
    words = [found for found in words if found.start() >= start]
    while len(words) > 1 and ground.has("turn", words[0].group()) and not _counts(ground, words):
        start = words.pop(0).end()
    timed = [last for first, last in ground.times if start <= first <= start + 2 and last < end]
    if timed:
        return max(timed)
    if not words or not ground.has("lead", words[0].group()):
        return words[0].start() if words else start
    return _past(ground, words, end)


def _counts(ground: Ground, words: list[re.Match[str]]) -> bool:
    """Whether the first word counts those who speak: "some residents"."""
    return ground.has("beside", words[0].group()) and ground.names_someone(words[0].end(), words[-1].end())


def _past(ground: Ground, words: list[re.Match[str]], end: int) -> int:
    """Where a name begins after a preposition and what it governs, or the preposition itself."""
    governed = (*ground.times, *ground.places)
    starts = [
        found
        for found in words[1:]
        if not any(first < found.end() and found.start() < last for first, last in governed)
    ]
    last = None
    for found in reversed(starts):
        if not ground.is_name(found.start(), end) and not (last and ground.has("beside", found.group())):
            break
        if ground.is_name(found.start(), end):
            last = found
    if last is None or not ground.words(words[0].end(), last.start()):
        return words[0].start()
    between = ground.words(words[0].end(), last.start())
    return words[0].start() if all(ground.has("beside", one.group()) for one in between) else last.start()
