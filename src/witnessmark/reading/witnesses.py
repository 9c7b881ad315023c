"""Witnesses: words in which a named person, quoted by somebody, states an own way to the event.

In the person's own words what an account of one's own would say ("I saw", "with my own hands", رأيت); in words told of the
person a verb of seeing or doing with the person as its subject ("that she counted", إنه وصل). Every sentence of the same
speaker counts, and in the sentence that names the speaker what is told of that one. Bodies and outlets are no persons: of
them only "our teams" and the like counts. What it does not prove: that the words are true, or that the text quotes them rightly.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.quote_marks import inside, quotations
from witnessmark.terms.item import Item
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold, key
from witnessmark.terms.statement import Statement

_OWN, _SPOKEN = ("own", "spoken"), "spoken"
_BODY = "own correspondent"  # the kind of "our teams"
_WORD = re.compile(r"[^\W_]+")
_REACH = 40  # code points between a verb and its subject
_NEAR = 3  # words there


def witness(said: Statement, item: Item, reading: Reading, larder: Larder) -> str | None:
    """The words by which the source of a statement states its own access, or None."""
    if not said.source or said.source_several or not said.source_resolved:
        return None
    larder = larder.speaking(reading.language)
    person = _named(said, larder)
    for one in sorted(_of(said, reading), key=lambda one: one is not said):
        found = next(_stated(one, item, larder, person=person), None)
        if found:
            return found
    return None


def eyes(item: Item, reading: Reading, larder: Larder) -> frozenset[int]:
    """The statements, by index, in which a named person states an own way to what is told; -1 where the item itself does."""
    found = {
        index
        for index, one in enumerate(reading.statements)
        if _named(one, larder) and next(_stated(one, item, larder, person=True), None)
    }
    return frozenset(found | ({-1} if reading.access else set()))


def _named(said: Statement, larder: Larder) -> bool:
    """Whether the source of a statement is a person by name."""
    resolved = said.source_resolved and not said.source_several and said.source_actor is None
    return resolved and said.source is not None and not _is_body(said.source, larder)


def _of(said: Statement, reading: Reading) -> list[Statement]:
    """All statements of the same source."""
    return [one for one in reading.statements if one.source == said.source and one.source_actor == said.source_actor]


def _stated(said: Statement, item: Item, larder: Larder, *, person: bool) -> Iterator[str]:
    span = said.span
    text = item.passages[span.passage].text[min(span.start, said.content.start) : max(span.end, said.content.end)]
    folded, quotes = fold(text), quotations(text)
    for hit in larder.lexicon("access").find(folded):
        role, quoted = hit.entry.fields.get("role") or "own", inside(quotes, hit.start) is not None
        if role not in _OWN or (role == _SPOKEN and not quoted):
            continue
        if (person and (quoted or not quotes)) or (not person and hit.entry.fields["kind"] == _BODY):
            yield text[hit.start : hit.end]
    if person:
        for hit in larder.lexicon("seeing").find(folded):
            start = _subject(text, hit, larder)
            if start is not None:
                yield text[start : hit.end]


def _subject(text: str, hit: Hit, larder: Larder) -> int | None:
    """Where the subject of a verb stands right before it, adverbs between: "she", "who", أنه."""
    words = _words(ByDigest(larder))
    found = list(_WORD.finditer(text, max(0, hit.start - _REACH), hit.start))[-_NEAR:]
    for one in reversed(found):
        word = key(one.group())
        if "subject" in words.get(word, ()):
            return one.start()
        if "adverb" not in words.get(word, ()):
            return None
    return None


@lru_cache(maxsize=8)
def _words(held: ByDigest) -> dict[str, frozenset[str]]:
    """Folded small words by their roles beside a verb of seeing."""
    found: dict[str, set[str]] = {}
    for row in held.larder.rows("access_words"):
        for form in (row.key, *row.fields.get("forms", "").split("|")):
            found.setdefault(key(form), set()).add(row.fields["role"])
    return {word: frozenset(roles) for word, roles in found.items()}


@lru_cache(maxsize=4096)
def _body_words(held: ByDigest) -> frozenset[str]:
    rows = (*held.larder.rows("name_words"), *held.larder.rows("class_words"))
    return frozenset(key(row.key) for row in rows)


def _is_body(name: str, larder: Larder) -> bool:
    """Whether a name holds a word that names of outlets and bodies hold."""
    return any(key(one) in _body_words(ByDigest(larder)) for one in _WORD.findall(name))
