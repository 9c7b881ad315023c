"""A scene: one sentence with everything found in it that may make a claim.

The rule: a sentence speaks of a deed where a word of the deeds tables stands in it and nothing in it says that the deed
is only planned; it speaks of harm where people were killed, injured, lost or buried. Words of the claim tables
tell background from news: what happened before, what happens as a rule, accidents. A scene is what one sentence holds;
whether two scenes are one event is decided in ``claim_events``.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TypeVar

from witnessmark.reading.places import REFERENCE
from witnessmark.reading.sheet import Sheet, beginning
from witnessmark.reading.toll_mentions import BODIES
from witnessmark.terms.anchor import Span
from witnessmark.terms.mention import ActorMention, WeaponMention
from witnessmark.terms.moment import Moment
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.reading import Reading
from witnessmark.terms.statement import Statement
from witnessmark.terms.toll import TollMention

VAGUE = "times.vague"  # the rule of times whose words name no day
LISTED = "tolls.list-of-names"  # the rule of tolls that count a list of people
HURT = ("killed", "injured")
_HARM = (*HURT, "missing", "trapped", "detained")
_DATELINE = 80  # code points within which a dateline stands
_AFTER_DATELINE = re.compile(r"\s*(?:[-–—:|)]|//)\s")
_AGREED_REACH = 45  # code points from a word of agreeing to its year: "the understanding reached by A and B in 2019"
_YEAR = re.compile(r"(?:19|20)\d\d")
_SINCE_REACH = 20  # code points from "since" to its time: "since the beginning of"
_POINTER_REACH = 3  # words between "the" and the deed: "the alleged Israeli strike"
_NOT_SCENES = ("container", "dateline", "origin", "name-part")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence. ``order``: its place in the item. ``title``: whether it is a headline.

    ``known``: the deeds that point back to one already told. ``places``: only those where something may have happened.
    ``tolls`` keep their index in the reading. ``said``: somebody is named whose word it is. ``telling``: moments of the
    telling and not of the deed: "released on …", or a dateline before the sentence where the sentence dates itself.
    ``since``: it sums up from a time on ("since 2011"), which is no day of a deed.
    ``bodies``: bodies that were counted are harm too: who counted them saw them.
    ``own``: it tells an event of its own, whatever stands beside it: a line that a place heads.
    ``listing``: it lies in a list of people harmed, which names nothing but people. ``roles``: of its claim words. ``harmed``: people are said to have been harmed; ``denied``: harm is expressly denied;
    ``deed``: a deed is spoken of that is more than a plan. ``day``: the moment of the sentence that places it in time.
    """

    order: int
    span: Span
    title: bool
    deeds: tuple[Hit, ...]
    words: tuple[Hit, ...]
    known: tuple[Hit, ...]
    tolls: tuple[tuple[int, TollMention], ...]
    moments: tuple[Moment, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]
    weapons: tuple[WeaponMention, ...]
    statements: tuple[int, ...]
    said: bool
    telling: frozenset[Span] = frozenset()
    since: bool = False
    listing: bool = False
    own: bool = False
    bodies: bool = False

    roles: frozenset[str] = field(init=False)
    harmed: bool = field(init=False)
    denied: bool = field(init=False)
    deed: bool = field(init=False)
    day: Moment | None = field(init=False)

    def __post_init__(self) -> None:
        """Say once what is asked of a scene again and again."""
        roles = frozenset(hit.entry.fields["role"] for hit in self.words)
        blamed = any(actor.role == "accused" for actor in self.actors)
        used = ("use" in roles or ("general" in roles and blamed)) and any(one.slot == "weapon" for one in self.weapons)
        hurt = [toll for _, toll in self.tolls if toll.kind in _HARM and not toll.negated]
        harmed = any(toll.why.rule != BODIES or (self.bodies and toll.count is not None) for toll in hurt)
        object.__setattr__(self, "roles", roles)
        object.__setattr__(self, "harmed", harmed and "record" not in roles)
        object.__setattr__(self, "denied", any(toll.negated and toll.kind in HURT for _, toll in self.tolls))
        object.__setattr__(self, "deed", (bool(self.deeds) or used) and not roles & {"plan", "record"})
        object.__setattr__(self, "day", self._day() if self.moments else None)

    @property
    def anew(self) -> bool:
        """Whether a deed is told as something new: not only with "the" or "this" before its noun."""
        return self.deed and (len(self.known) < len(self.deeds) or not self.deeds)

    @property
    def hanging(self) -> Moment | None:
        """A moment that hangs on a day of publication nobody gives ("yesterday", "on Sunday")."""
        return next((one for one in self.moments if one.basis == "unresolved" and not one.earliest), None)

    def _day(self) -> Moment | None:
        """The moment of the sentence that places the event in time: the finest that is resolved.

        None where that is a month or coarser and a day hangs on the unknown day of publication: "on Sunday … the town,
        taken in 2018".
        """
        known = [one for one in self.moments if one.earliest and one.basis in {"stated", "publication", "event"}]
        finest = min(
            (one for one in known if one.span not in self.telling),
            key=lambda one: (len(one.latest or "") != len(one.earliest or ""), _COARSE.get(one.precision, 9)),
            default=None,
        )
        return None if finest and self.hanging and _COARSE.get(finest.precision, 9) > _COARSE["day"] else finest


_COARSE = {
    "instant": 0,
    "hour": 0,
    "part-of-day": 0,
    "day": 0,
    "week": 2,
    "month": 3,
    "season": 4,
    "year": 5,
    "decade": 6,
}


def scenes(sheet: Sheet, reading: Reading, larder: Larder) -> list[Scene]:
    """Every sentence of the item as a scene, in the order of the sheet."""
    deeds = _by_passage(sheet, larder, "deeds")
    words = _by_passage(sheet, larder, "claim_words")
    titles = _titles(sheet)
    pointers = [{hit.end for hit in hits if hit.entry.fields["role"] == "the"} for hits in words]
    spans = sheet.sentences
    shelves = _Shelves(spans)
    tolls = shelves.put(list(enumerate(reading.tolls)), lambda pair: _told_at(pair[1], spans))
    dated = [one for one in reading.moments if one.why.rule != VAGUE]
    moments = shelves.put(dated, lambda one: one.span)
    places = shelves.put([one for one in reading.places if one.role not in _NOT_SCENES], lambda one: one.span)
    actors = shelves.put(reading.actors, lambda one: one.span)
    weapons = shelves.put(reading.weapons, lambda one: one.span)
    statements = shelves.put(list(enumerate(reading.statements)), lambda pair: pair[1].span)
    lists = [toll for toll in reading.tolls if toll.why.rule == LISTED and toll.part_of is None]
    begun = [_begun(span, moments[order], words[span.passage]) for order, span in enumerate(spans)]
    return [
        _of_list(order, span, tolls[order])
        if any(_in_list(one, span) for one in lists)
        else Scene(
            order=order,
            span=span,
            title=any(title.covers(span) for title in titles),
            deeds=(done := tuple(_inside(deeds[span.passage], span))),
            words=tuple(_inside(words[span.passage], span)),
            known=tuple(hit for hit in done if _definite(sheet, span.passage, hit, pointers)),
            tolls=tuple(tolls[order]),
            moments=tuple(moments[order]),
            places=_scene_places(places[order]),
            actors=tuple(actors[order]),
            weapons=_used(weapons[order], [one for _, one in statements[order]], places[order]),
            statements=tuple(index for index, _ in statements[order]),
            said=any(statement.source for _, statement in statements[order]),
            telling=_telling(sheet, span, moments[order], words[span.passage]) | begun[order],
            since=bool(begun[order]),
        )
        for order, span in enumerate(spans)
    ]


def _used(
    found: Sequence[WeaponMention], statements: Sequence[Statement], places: Sequence[PlaceMention]
) -> tuple[WeaponMention, ...]:
    """The means and targets of a sentence, without what only names who speaks ("a hospital source") or a place."""
    targets = {one.span for one in found if one.slot == "target"}
    if not targets:
        return tuple(found)
    names = [one.span for one in places]
    for one in statements:
        if one.source_span:
            before = max(one.source_span.end, one.content.start)
            names.append(replace(one.source_span, end=before))  # "a source in the hospital said that"
    named = _inside_longer(targets, names)
    return tuple(one for one in found if one.slot != "target" or one.span not in named)


def _inside_longer(spans: Iterable[Span], longer: Iterable[Span]) -> set[Span]:
    """Those of some spans that others cover and go beyond."""
    order = sorted({(one.passage, one.start, -one.end) for one in longer})
    ends: list[int] = []  # the furthest end of each and those before it in its passage
    for at, (passage, _, end) in enumerate(order):
        ends.append(max(-end, ends[-1]) if at and order[at - 1][0] == passage else -end)
    before = {one: bisect_left(order, (one.passage, one.start, -one.end)) - 1 for one in spans}
    return {one for one, at in before.items() if at >= 0 and order[at][0] == one.passage and ends[at] >= one.end}


def _scene_places(found: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The places of a sentence, without those from which the way to another is told, where another is there."""
    named = tuple(one for one in found if one.why.rule != REFERENCE)
    return named or tuple(found)


def _told_at(toll: TollMention, spans: Sequence[Span]) -> Span:
    """Where a toll is told; that of a list, whose names may be no sentences, in the first sentence the list reaches."""
    if toll.why.rule != LISTED:
        return toll.span
    return next((span for span in spans if span.overlaps(toll.span)), toll.span)


def _in_list(toll: TollMention, span: Span) -> bool:
    """Whether a sentence is one of a list; what stands before names in one row ("Names of those killed in …: 1. …") is none."""
    bare = toll.count is not None and toll.count.most is None
    return toll.span.overlaps(span) and not (bare and span.start < toll.span.start)


def _of_list(order: int, span: Span, tolls: Sequence[tuple[int, TollMention]]) -> Scene:
    """A sentence of a list of people harmed: nothing in it but people."""
    return Scene(
        order=order, span=span, title=False, deeds=(), words=(), known=(), tolls=tuple(tolls), moments=(), places=(),
        actors=(), weapons=(), statements=(), said=False, listing=True,
    )  # fmt: skip


def _telling(sheet: Sheet, span: Span, found: Sequence[Moment], words: Sequence[Hit]) -> frozenset[Span]:
    """The moments of a sentence that do not date its deed: right after a word of publishing, or a dateline before another;

    and the year in which something was agreed ("the truce signed in March 2020").
    """
    if not found:
        return frozenset()
    text = sheet.folded[span.passage].given
    ends = [
        hit.end
        for hit in beginning(words, span.start - _DATELINE, span.end, attrgetter("start"))
        if hit.entry.fields["role"] == "told-on"
    ]
    out = {
        one.span
        for one in found
        if any(end <= one.span.start and not text[end : one.span.start].strip(" ,") for end in ends)
    }
    agreed = [hit.end for hit in _inside(words, span) if hit.entry.fields["role"] == "agreed"]
    out |= {
        one.span
        for one in found
        if _YEAR.search(one.text) and any(0 <= one.span.start - end <= _AGREED_REACH for end in agreed)
    }
    dated = [one for one in found if one.earliest or one.basis == "unresolved"]
    if len(dated) > 1 and dated[0].span.start < _DATELINE and _AFTER_DATELINE.match(text, dated[0].span.end):
        out.add(dated[0].span)
    return frozenset(out)


def _begun(span: Span, found: Sequence[Moment], words: Sequence[Hit]) -> frozenset[Span]:
    """The weeks, months and years of a sentence from which on something is counted: "since early 2023"."""
    if not found:
        return frozenset()
    since = [hit for hit in _inside(words, span) if hit.entry.fields["role"] == "since"]
    return frozenset(
        one.span
        for one in found
        if _COARSE.get(one.precision, 0) >= _COARSE["week"]
        and any(hit.start <= one.span.start and one.span.start - hit.end <= _SINCE_REACH for hit in since)
    )


def _definite(sheet: Sheet, passage: int, hit: Hit, pointers: Sequence[set[int]]) -> bool:
    """Whether a word for a deed points back to one already told: the Arabic article, or "the", "this" before it."""
    text = sheet.folded[passage].given
    if hit.clitics.endswith(("ال", "لل")) or text.startswith("ال", hit.start):
        return True
    at = hit.start
    for _ in range(_POINTER_REACH):
        while at > 0 and text[at - 1].isspace():
            at -= 1
        if at in pointers[passage]:
            return True
        while at > 0 and not text[at - 1].isspace():
            at -= 1
    return False


def _by_passage(sheet: Sheet, larder: Larder, table: str) -> list[list[Hit]]:
    """A table's words in each passage, less those listed because they only hold such a word ("ceasefire")."""
    lexicon = larder.lexicon(table)
    return [[hit for hit in lexicon.find(folded) if hit.entry.fields.get("kind") != "none"] for folded in sheet.folded]


def _titles(sheet: Sheet) -> list[Span]:
    """The stretches that are headlines."""
    return [
        Span(passage=number, start=region.start, end=region.end)
        for number, regions in enumerate(sheet.regions)
        for region in regions
        if region.role == "title"
    ]


def _inside(hits: Sequence[Hit], span: Span) -> Sequence[Hit]:
    """The hits that begin in a sentence."""
    return beginning(hits, span.start, span.end, attrgetter("start"))


class _Shelves:
    """The sentences of an item, to put things on by the sentence they begin in."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._count = len(spans)
        starts = sorted((span.passage, span.start, span.end, index) for index, span in enumerate(spans))
        self._starts = [start[:2] for start in starts]
        self._ends = [start[2:] for start in starts]

    def put(self, things: Sequence[T], where: Callable[[T], Span]) -> list[list[T]]:
        """Things by the sentence they begin in."""
        shelves: list[list[T]] = [[] for _ in range(self._count)]
        for thing in things:
            span = where(thing)
            at = bisect_left(self._starts, (span.passage, span.start + 1)) - 1
            if at >= 0 and self._starts[at][0] == span.passage:
                end, index = self._ends[at]
                if span.start < end:
                    shelves[index].append(thing)
        return shelves
