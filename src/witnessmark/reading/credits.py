"""Credits: whom an item names as where it has its matter from.

A forward header and "via" pass a thing on; an attribution to another body ("according to the Observatory") quotes it.
A person quoted is a source and no credit. What it does not prove: that a credit is honest.
"""

import re
from collections.abc import Iterator, Sequence

from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.credit import Credit
from witnessmark.terms.item import Item
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import key
from witnessmark.terms.statement import Statement
from witnessmark.terms.why import Why

_NAME_END = re.compile(r"[\n.,؛;|()\"“«]|\s-\s|\shttps?:")
_NAME_MOST = 60  # code points of a name after "via"
_NAME_LEAST = 2
_HEAD_MOST = 120  # code points of a first line that says in whose name a text is written
_WORD = re.compile(r"[^\W_]+")


def credits(  # noqa: A001 (the field's own word)
    sheet: Sheet, said: Sequence[Statement], actors: Sequence[ActorMention], larder: Larder
) -> tuple[Credit, ...]:
    """Every credit of an item, each once, forwards first."""
    found: dict[tuple[str, str], Credit] = {}
    for credit in (*_forwarded(sheet), *_via(sheet, actors, larder), *_quoted(said)):
        found.setdefault((credit.manner, credit.to), credit)
    return tuple(found.values())


def _forwarded(sheet: Sheet) -> Iterator[Credit]:
    if sheet.item.forwarded_from:
        yield Credit(
            to=sheet.item.forwarded_from,
            actor=None,
            manner="forward",
            span=None,
            why=Why(rule="credits.forward-header"),
        )


def _via(sheet: Sheet, actors: Sequence[ActorMention], larder: Larder) -> Iterator[Credit]:
    """A name after a word that passes a thing on."""
    for number, folded in enumerate(sheet.folded):
        for hit in larder.lexicon("via").find(folded):
            if sheet.readable(number, hit.start, hit.end):
                credit = _named(sheet, number, hit, actors)
                if credit:
                    yield credit


def _named(sheet: Sheet, number: int, hit: Hit, actors: Sequence[ActorMention]) -> Credit | None:
    text = sheet.folded[number].given
    stop = min(len(text), hit.end + _NAME_MOST)
    start = hit.end
    while start < stop and text[start] in " :@\t":
        start += 1
    cut = _NAME_END.search(text, start, stop)
    end = cut.start() if cut else stop
    name = text[start:end].strip()
    if len(name) < _NAME_LEAST or name.isdecimal():
        return None
    span = Span(passage=number, start=start, end=start + len(text[start:end].rstrip()))
    actor = next((one for one in actors if one.actor and one.span.passage == number and one.span.overlaps(span)), None)
    return Credit(
        to=name,
        actor=actor.actor if actor else None,
        manner="via",
        span=span,
        why=Why(rule="credits.via", entries=(hit.entry.cite,)),
    )


def _quoted(said: Sequence[Statement]) -> Iterator[Credit]:
    """Bodies quoted: an attribution that names an actor of the packs."""
    for one in said:
        if one.source and one.source_actor:
            yield Credit(
                to=one.source,
                actor=one.source_actor,
                manner="according-to",
                span=one.source_span or one.span,
                why=Why(rule="credits.quoted", entries=one.why.entries),
            )


def letterhead(item: Item, reading: Reading, larder: Larder) -> str | None:
    """The actor in whose name a text is written: its first line names one beside a word for such a document.

    "Taval Guard, press office"; "بيان صادر عن …". A first line that is a sentence, or names an actor alone, is a headline.
    """
    number, passage = next(((n, one) for n, one in enumerate(item.passages) if one.role == "body"), (0, None))
    if passage is None:
        return None
    line = passage.text.lstrip().split("\n", 1)[0].rstrip()
    start = passage.text.find(line)
    if len(line) > _HEAD_MOST or line.endswith((".", "!", "?", "؟")):
        return None
    kinds = {key(row.key) for row in larder.rows("source_words") if row.fields["role"] == "letterhead"}
    told = " " + " ".join(_WORD.findall(key(line))) + " "
    if not any(f" {kind} " in told for kind in kinds):
        return None
    inside = [
        one for one in reading.actors if one.span.passage == number and start <= one.span.start < start + len(line)
    ]
    return next((one.actor for one in inside if one.actor), None)
