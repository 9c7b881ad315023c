"""Credits: whom an item names as where it has its matter from.

A forward header, "via" and an agency's name in brackets pass a thing on; "Photo:", a logo that a clip is told to carry say whose
the picture or clip is, and leave the words to the writer; an attribution to another body ("according to the Observatory") quotes it.
A person quoted is a source and no credit. What it does not prove: that a credit is honest.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from witnessmark.reading.access import plain_words, publishers
from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.person_names import is_capital
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

_NAME_END = re.compile(r"[\n.,:؛;|()\"“«]|\s-\s|\shttps?:")
_NAME_MOST = 60  # code points of a name after "via"
_NAME_LEAST = 2
_HEAD_MOST = 120  # code points of a first line that says in whose name a text is written
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u064b-\u0652\u0670\u0640'’-])*")
_TAIL_MOST = 5  # words of a name that is all that is left of a line
_CARRIES = 3  # words between "carries" and "logo"
_LAST_MOST = 120  # code points of a text's end
_SMALL = frozenset({"of", "for", "and", "the", "via"})
_OWN = frozenset(
    {"our", "my", "me", "us", "him", "her", "them", "you", "a", "an", "this", "these", "its", "his", "their"}
)
_PRESS = ("media", "agency")
_NAME_BEFORE = re.compile(
    r"(?P<name>@\w{2,}|[A-Z][\w'’-]+(?: (?:al-|el-)?[A-Z][\w'’-]+)+|[\u0621-\u064a\u064b-\u0652]+(?: [\u0621-\u064a\u064b-\u0652]+){0,3}) $"
)
_MARKED = re.compile(
    r"(?P<word>\w+) (?:the |an? |its )?(?P<name>[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,4}|[\u0621-\u064a ]{3,40})(?:'s|’s)? $"
)
_OF = re.compile(r" (?:of|for) (?:the )?")
_DATELINE = re.compile(r"[^\n(]{3,70}\((?P<name>[^()\n]{2,40})\)\s*[-–—―:]")
_LAST = re.compile(r"\((?P<name>[^()\n:]{2,40})\)[\s.]*\Z")
Stretch = tuple[int, int]
Manner = Literal["via", "medium"]


def credits(  # noqa: A001 (the field's own word)
    sheet: Sheet, said: Sequence[Statement], actors: Sequence[ActorMention], larder: Larder
) -> tuple[Credit, ...]:
    """Every credit of an item, each once, forwards first."""
    found: dict[tuple[str, str], Credit] = {}
    for credit in (
        *_forwarded(sheet),
        *_via(sheet, actors, larder),
        *_bracketed(sheet, actors, larder),
        *_quoted(said),
    ):
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
    """A name beside a word that passes a thing on, or that says whose a picture or clip is."""
    for number, folded in enumerate(sheet.folded):
        for hit in larder.lexicon("via").find(folded):
            if sheet.readable(number, hit.start, hit.end):
                found = _SIDES[hit.entry.fields.get("side", "")](folded.given, hit, larder)
                name = _made(sheet, number, found, actors) if found else None
                if name and not publishers(sheet.item, larder).begins(_words_of(name.to), _SMALL):
                    manner: Manner = "medium" if hit.entry.fields["manner"] == "medium" else "via"
                    yield replace(name, manner=manner, why=Why(rule=f"credits.{manner}", entries=(hit.entry.cite,)))


def _behind(text: str, hit: Hit, larder: Larder) -> Stretch | None:  # noqa: ARG001 (one of several shapes)
    """The words behind a credit, up to where a name ends."""
    start, stop = hit.end, min(len(text), hit.end + _NAME_MOST)
    while start < stop and text[start] in " :@\t":
        start += 1
    cut = _NAME_END.search(text, start, stop)
    return start, cut.start() if cut else stop


def _tail(text: str, hit: Hit, larder: Larder) -> Stretch | None:
    """The same, where they are a name and nothing else: "Photo: Juniper Wire." after the text, and not "Video: Raid on …"."""
    found = _behind(text, hit, larder)
    opens = not text[: hit.start].strip(' \n\t(#«“"')
    if found is None or opens or text[hit.end - 1 : hit.end + 1].strip(" ") == "":
        return None
    words = [one.group() for one in _WORD.finditer(text, *found)]
    latin = all(is_capital(word) or word in _SMALL or text[found[0] - 1] == "@" for word in words if word.isascii())
    return found if latin and len(words) <= _TAIL_MOST else None


def _before(text: str, hit: Hit, larder: Larder) -> Stretch | None:  # noqa: ARG001
    """A name that stands right before: "Sara Haddad took it"."""
    found = _NAME_BEFORE.search(text, max(0, hit.start - _NAME_MOST), hit.start)
    return found.span("name") if found else None


def _mark(text: str, hit: Hit, larder: Larder) -> Stretch | None:
    """The name of a logo that a picture carries: "the Amaq logo", "the watermark of Valley News"."""
    of = _OF.match(text, hit.end)
    if of:
        return _behind(text, hit._replace(end=of.end()), larder)
    found = _MARKED.search(text, max(0, hit.start - _NAME_MOST), hit.start)
    return found.span("name") if found and key(found["word"]) in _carrying(ByDigest(larder)) else None


def _logo(text: str, hit: Hit, larder: Larder) -> Stretch | None:
    """The name behind شعار where a word for carrying stands before it."""
    words = [key(one.group()) for one in _WORD.finditer(text, max(0, hit.start - _NAME_MOST), hit.start)][-_CARRIES:]
    return _behind(text, hit, larder) if any(word in _carrying(ByDigest(larder)) for word in words) else None


def _outlet(text: str, hit: Hit, larder: Larder) -> Stretch | None:
    """The words behind, where a word for an outlet begins them: عبر راديو …, and not "through the valley"."""
    found = _behind(text, hit, larder)
    first = _WORD.search(text, *found) if found else None
    return found if first and key(first.group()) in plain_words(ByDigest(larder)) else None


_SIDES: dict[str, Callable[[str, Hit, Larder], Stretch | None]] = {
    "": _behind, "tail": _tail, "before": _before, "mark": _mark, "logo": _logo, "outlet": _outlet,
}  # fmt: skip


@lru_cache(maxsize=8)
def _carrying(held: ByDigest) -> frozenset[str]:
    """Folded words by which a picture is said to carry a mark."""
    rows = (row for row in held.larder.rows("access_words") if row.fields["role"] == "carries")
    return frozenset(key(form) for row in rows for form in (row.key, *row.fields["forms"].split("|")))


def _made(sheet: Sheet, number: int, found: Stretch, actors: Sequence[ActorMention]) -> Credit | None:
    """A credit to the name that stands in a stretch, or None where none does or it is the writer's own."""
    text = sheet.folded[number].given
    name = text[slice(*found)].strip()
    first = key(name).partition(" ")[0]
    if len(name) < _NAME_LEAST or name.isdecimal() or first in _OWN:
        return None
    span = Span(passage=number, start=found[0], end=found[0] + len(text[slice(*found)].rstrip()))
    actor = next((one for one in actors if one.actor and one.span.passage == number and one.span.overlaps(span)), None)
    return Credit(to=name, actor=actor.actor if actor else None, manner="via", span=span, why=Why(rule="credits.via"))


def _words_of(name: str) -> list[str]:
    return [key(one) for one in _WORD.findall(name)]


def _bracketed(sheet: Sheet, actors: Sequence[ActorMention], larder: Larder) -> Iterator[Credit]:
    """An outlet in brackets at the end of a text, or in its dateline: "(Juniper Wire)", (أ ف ب)."""
    kinds = {row.fields.get("id"): row.fields.get("kind") for row in larder.rows("actors")}
    own = publishers(sheet.item, larder)
    for number, folded in enumerate(sheet.folded):
        text = folded.given
        for found in filter(
            None, (_DATELINE.match(text, 0, _HEAD_MOST), _LAST.search(text, max(0, len(text) - _LAST_MOST)))
        ):
            made = (
                _made(sheet, number, found.span("name"), actors)
                if sheet.readable(number, *found.span("name"))
                else None
            )
            words = _words_of(found["name"])
            press = (
                kinds.get(made.actor) in _PRESS if made and made.actor else plain_words(ByDigest(larder)) & set(words)
            )
            if made and press and not own.ends(words):
                yield replace(made, why=Why(rule="credits.bracketed"))


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
