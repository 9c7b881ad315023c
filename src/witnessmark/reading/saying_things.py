"""What a stretch of text tells that another text may change: places and their sides, means, figures, and that its material is one.

A figure that counts no people is kept as a number, since a later text may take it for people; a part of a toll is left out, since its
whole is told. What it does not prove: what a number counts.
"""

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import TypeVar

from witnessmark.reading.sheet import beginning
from witnessmark.reading.toll_numbers import Figure, figures
from witnessmark.terms.anchor import Span
from witnessmark.terms.card import Spot
from witnessmark.terms.mention import ActorMention, WeaponMention
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.reading import Reading
from witnessmark.terms.saying import Told
from witnessmark.terms.script import Folded
from witnessmark.terms.toll import Toll, TollMention

_NEAR = 32  # code points between a side and the place it is a side of ("the western districts of the town of")
_BESIDE = 3  # code points from a place to a side right behind it
_NOUN = 24  # code points from a number to the word for what it counts
_NUMBER = 10  # a number that is not of people tells something from this on
_MATERIAL = 30  # code points from "the same" to the video that is
_AMOUNT = 20  # code points from "at" to the number that it puts
_NAME = 80  # code points of the longest name of a body
_START = attrgetter("start")
M = TypeVar("M", PlaceMention, WeaponMention, TollMention, ActorMention)
_ENDS = re.compile(r"\s*(?:[.,;:!?)\]؛،]|$)")


class Things:
    """The things of one item's passages, by stretch."""

    def __init__(self, folded: Sequence[Folded], reading: Reading, larder: Larder) -> None:
        self.folded = folded
        self._named = sorted(reading.places, key=_stands)
        self._means_of = sorted(reading.weapons, key=_stands)
        self._tolls = sorted(reading.tolls, key=_stands)
        self._actors = sorted(reading.actors, key=_stands)
        times = [one.span for one in reading.moments]
        self.figures = [
            figures(one, larder, [span for span in times if span.passage == number])
            for number, one in enumerate(folded)
        ]
        self._sides, self._people, self._harm, self._words = (
            [larder.lexicon(table).find(one) for one in folded]
            for table in ("sides", "people", "harm", "passing_words")
        )

    def of(self, span: Span) -> tuple[Told, ...]:
        """Everything told in a stretch, in order of its words."""
        found = (*self._places(span), *self._means(span), *self._counts(span), *self._single(span))
        return tuple(sorted(found, key=lambda one: (one.start, one.end, one.slot, one.label)))

    def _places(self, span: Span) -> Iterator[Told]:
        for one in _inside(self._named, span):
            if one.role in ("name-part", "origin", "dateline"):
                continue
            spot = _spot(one)
            yield Told(slot="place", label=one.text, start=one.span.start, end=one.span.end, spot=spot)
            for side in self._sides_of(one, span):
                label, where = side.entry.fields["side"], spot or _nameless(one)
                yield Told(slot="side", label=label, start=side.start, end=side.end, spot=where)

    def _sides_of(self, place: PlaceMention, span: Span) -> Iterator[Hit]:
        """Words for a side of a place, before it or right behind it, with nothing between that ends a clause."""
        given = self.folded[span.passage].given
        for side in beginning(self._sides[span.passage], span.start, span.end, _START):
            before = place.span.start - _NEAR <= side.end <= place.span.start
            behind = place.span.end <= side.start <= place.span.end + _BESIDE
            inside = place.span.start <= side.start and side.end <= place.span.end  # "west Mosul", a name of its own
            gap = given[min(side.end, place.span.end) : max(side.start, place.span.start)] if before or behind else ""
            held = span.start <= side.start and side.end <= span.end and not set(gap) & set(",،.;؛")
            if (before or behind or inside) and held and not self._in_a_name(side, span.passage):
                yield side

    def _in_a_name(self, side: Hit, passage: int) -> bool:
        """Whether a side is part of somebody's name: "North Press"."""
        return any(
            one.span.start <= side.start < one.span.end
            for one in beginning(self._actors, (passage, side.start - _NAME), (passage, side.end), _stands)
        )

    def _means(self, span: Span) -> Iterator[Told]:
        for one in _inside(self._means_of, span):
            if one.slot in ("weapon", "delivery", "target") and one.label:
                yield Told(slot=one.slot, label=one.label, start=one.span.start, end=one.span.end)

    def _counts(self, span: Span) -> Iterator[Told]:
        """Figures of people by the harm, and numbers that are of none."""
        people = _inside(self._tolls, span)
        for one in people:
            whole = one.part_of is None and not one.negated
            if whole and one.count and not one.count.vague and one.kind in ("killed", "injured"):
                yield Told(slot=one.kind, label=one.text, start=one.span.start, end=one.span.end, toll=one.count)
        for figure in beginning(self.figures[span.passage], span.start, span.end, _START):
            inside = figure.end <= span.end and figure.least >= _NUMBER
            if inside and not self._of_people(figure, span.passage, people):
                words = self.folded[span.passage].given[figure.start : figure.end]
                slot = "killed" if self._put_to_the_dead(figure, span) else "number"
                toll = Toll(least=figure.least, most=figure.most)
                yield Told(slot=slot, label=words, start=figure.start, end=figure.end, toll=toll)  # type: ignore[arg-type]

    def _of_people(self, figure: Figure, passage: int, tolls: Sequence[TollMention]) -> bool:
        """Whether a number counts people: in a toll, or with a word for people right behind it."""
        if any(one.span.start <= figure.start and figure.end <= one.span.end for one in tolls):
            return True
        return bool(beginning(self._people[passage], figure.end, figure.end + _NOUN + 1, _START))

    def _put_to_the_dead(self, figure: Figure, span: Span) -> bool:
        """Whether a number without a noun is put to the dead named before it: "puts the civilians killed at 40"."""
        at = span.passage
        put = any(
            hit.entry.fields["role"] == "amounts" and figure.start - _AMOUNT <= hit.end <= figure.start
            for hit in beginning(self._words[at], span.start, figure.start, _START)
        )
        if not put or not _ENDS.match(self.folded[at].given, figure.end):
            return False
        before = [
            hit
            for hits in (self._people[at], self._harm[at])
            for hit in beginning(hits, span.start, figure.start, _START)
        ]
        kinds = {hit.entry.fields.get("kind") for hit in before}
        return "killed" in kinds and any(
            "who" in hit.entry.fields and not hit.entry.fields.get("kind") for hit in before
        )

    def _single(self, span: Span) -> Iterator[Told]:
        """Words that a report's material, or its source, is one and the same."""
        words = beginning(self._words[span.passage], span.start, span.end, _START)
        ones = [hit for hit in words if hit.entry.fields["role"] == "one"]
        for hit in words:
            role = hit.entry.fields["role"]
            beside = any(
                one.end <= hit.start <= one.end + _MATERIAL or hit.end <= one.start <= hit.end + _BESIDE for one in ones
            )
            if role == "whole" or (role == "thing" and beside):
                yield Told(slot="single", label=hit.entry.key, start=hit.start, end=hit.end)


def _stands(one: M) -> tuple[int, int]:
    return one.span.passage, one.span.start


def _inside(mentions: Sequence[M], span: Span) -> list[M]:
    """The mentions, of some in order, that stand wholly in a stretch."""
    near = beginning(mentions, (span.passage, span.start), (span.passage, span.end), _stands)
    return [one for one in near if span.covers(one.span)]


def _spot(place: PlaceMention) -> Spot | None:
    """What a place most likely means, small."""
    if not place.candidates:
        return None
    best = place.candidates[0]
    return Spot(
        id=best.id, name=best.name, name_ar=best.name_ar, lat=best.lat, lon=best.lon, level=best.level,
        score=best.score, within=best.within,
    )  # fmt: skip


def _nameless(place: PlaceMention) -> Spot:
    """A place that no gazetteer knows, by its words."""
    return Spot(id="", name=place.text, name_ar=None, lat=None, lon=None, level="village", score=0.0)
