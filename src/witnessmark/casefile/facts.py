"""The facts of one reading that a translation would keep, in the order of the text.

Weights say how seldom two reports share such a fact by chance; they are ours, and were not fitted to any case.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from math import log

from witnessmark.packs.larder import PackLarder
from witnessmark.packs.place_names import bones
from witnessmark.reading.toll_numbers import figures
from witnessmark.terms.anchor import Span
from witnessmark.terms.fact import Fact, FactKind
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold
from witnessmark.terms.toll import Toll

_MOST = 60  # facts of a text: what is longer is told apart by its first ones
_PLACES = {"country": 1, "region": 1, "province": 3, "district": 5, "subdistrict": 5, "city": 6, "town": 10}
_FINE = 16
_NUMBERS = ((1, 3), (2, 5), (5, 8), (12, 12))  # people up to which a figure has a weight
_LARGE = 18
_CHANCE = 5  # people up to which a number tells nothing unless it is said what it counts
_DAY, _HOUR, _ACTOR, _MEANS, _QUOTE, _NAME, _TOKEN, _VAGUE = 6, 12, 4, 4, 5, 18, 18, 3
_NAMED = 4  # consonants of a name told across scripts
_SHORT = 6  # words of a quotation whose length tells nothing
_STEP = 1.3  # lengths of two quotations within it are the same
_AT = {"ar": 1.25, "en": 1.0}  # English words for one word of the language
_PRECISE = ("instant", "hour", "part-of-day", "day")
_TOKEN_WORDS = re.compile(r"https?://\S+|(?<!\w)[@#][A-Za-z]\w{3,}|(?<![\w/])[A-Z]{1,4}-?\d{1,4}[A-Z]?\d?(?!\w)")
_ROLES = ("body", "quoted")


def facts_of(item: Item, reading: Reading, larder: PackLarder) -> list[Fact]:
    """What is told, in order; the same thing told twice in a row once; at most sixty. Empty for captures that hold no post."""
    if reading.unreadable is not None or reading.language not in _AT:
        return []
    told = sorted(_all(item, reading, larder), key=lambda one: (one[0], one[1].kind, one[1].keys))
    told = [one for one in told if _read(one[0], reading)]
    once = [next(same)[1] for _, same in groupby(told, key=lambda one: (one[1].kind, one[1].keys))]
    return once[:_MOST]


def _read(span: Span, reading: Reading) -> bool:
    regions = reading.regions[span.passage] if span.passage < len(reading.regions) else ()
    return any(one.role in _ROLES and one.start <= span.start < one.end for one in regions)


def _all(item: Item, reading: Reading, larder: PackLarder) -> Iterator[tuple[Span, Fact]]:
    yield from _where_and_when(reading)
    yield from _tolls(reading)
    yield from _who(item, reading)
    yield from _figures(item, reading, larder)
    for weapon in reading.weapons:
        yield weapon.span, _fact("means", (f"{weapon.slot} {weapon.label}",), _MEANS, weapon.text)
    for number, passage in enumerate(item.passages):
        for found in _TOKEN_WORDS.finditer(passage.text):
            span = Span(passage=number, start=found.start(), end=found.end())
            yield span, _fact("token", (found.group().lower().rstrip("/.,"),), _TOKEN, found.group())


def _fact(kind: FactKind, keys: tuple[str, ...], weight: int, words: str) -> Fact:
    return Fact(kind=kind, keys=keys, weight=weight, words=" ".join(words.split()))


def _where_and_when(reading: Reading) -> Iterator[tuple[Span, Fact]]:
    for place in reading.places:
        if place.candidates and place.role not in ("dateline", "name-part"):
            best = place.candidates[0]
            weight = _PLACES.get(best.level, _FINE)
            keys = tuple(one.id for one in place.candidates[:3])
            yield place.span, _fact("place", keys, weight, place.text)
    for moment in reading.moments:
        if moment.earliest and moment.precision in _PRECISE and moment.basis in ("stated", "publication", "event"):
            day = moment.earliest[:10]
            yield moment.span, _fact("day", (day,), _DAY, moment.text)
            if moment.precision in ("instant", "hour"):
                yield moment.span, _fact("hour", (f"hour {moment.earliest[11:16]}",), _HOUR, moment.text)


def _tolls(reading: Reading) -> Iterator[tuple[Span, Fact]]:
    for toll in reading.tolls:
        if toll.count is not None and not toll.negated:
            who = toll.who if toll.who in ("children", "women") else "people"
            keys: tuple[str, ...] = (f"{toll.kind} {who} {toll.count.least}",)
            if toll.count.least > _CHANCE and not toll.count.vague:
                keys = (*keys, f"number {toll.count.least}")
            yield toll.span, _fact("toll", keys, _weight(toll.count), toll.text)


def _weight(count: Toll) -> int:
    if count.vague:
        return _VAGUE
    return next((weight for most, weight in _NUMBERS if count.least <= most), _LARGE)


def _who(item: Item, reading: Reading) -> Iterator[tuple[Span, Fact]]:
    for victim in reading.victims:
        name = bones(victim.name)
        if len(name) >= _NAMED:
            yield victim.span, _fact("name", (f"name {name}",), _NAME, victim.name)
    for actor in reading.actors:
        if actor.actor:
            yield actor.span, _fact("actor", (f"actor {actor.actor}",), _ACTOR, actor.text)
    for said in reading.statements:
        if said.source_span and said.source and not said.source_actor and said.source_resolved:
            name = bones(said.source)
            if len(name) >= _NAMED:
                yield said.source_span, _fact("name", (f"name {name}",), _NAME, said.source)
        if said.form == "direct":
            words = item.passages[said.content.passage].text[said.content.start : said.content.end].split()
            if len(words) >= _SHORT:
                step = round(log(len(words) * _AT[reading.language]) / log(_STEP))
                keys = (f"quote {step}", f"quote {step + 1}")
                yield said.content, _fact("quote", keys, _QUOTE, f"{len(words)} words quoted")


def _figures(item: Item, reading: Reading, larder: PackLarder) -> Iterator[tuple[Span, Fact]]:
    """Numbers that count no people harmed and tell no time: kilometres, shells, houses."""
    taken = [*(one.span for one in reading.tolls), *(one.span for one in reading.moments)]
    for number, passage in enumerate(item.passages):
        here = [span for span in taken if span.passage == number]
        for figure in figures(fold(passage.text), larder, [one.span for one in reading.moments]):
            span = Span(passage=number, start=figure.start, end=figure.end)
            if figure.vague or figure.beyond or figure.least <= 1 or any(span.overlaps(one) for one in here):
                continue
            weight = _weight(Toll(least=figure.least, most=None))
            words = passage.text[figure.start : figure.end]
            yield span, _fact("figure", (f"number {figure.least}",), weight, words)
