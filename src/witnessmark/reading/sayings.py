"""Sayings: what one item makes each source say, made small for comparing texts with each other.

A statement's things are those of its own content, of its whole sentence where the content tells none ("a video posted by N shows …").
Words that hold back ("would not confirm whether") turn what follows them; where nobody is attributed, the body named nearest in the
sentence is who holds back. A figure that counts no people is kept as a number, since a later text may take it for people. A
headline's things are marked where the body says them too, in whatever role. What it does not prove: that the source said so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.toll_numbers import Figure, figures
from witnessmark.terms.anchor import Span
from witnessmark.terms.card import Spot
from witnessmark.terms.item import Item
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.reading import Reading
from witnessmark.terms.saying import Account, Saying, Stance, Told
from witnessmark.terms.script import Folded, fold, key
from witnessmark.terms.statement import Statement
from witnessmark.terms.toll import Toll, TollMention

_MOST = 120  # sayings of one item that are kept: no text that is quoted says more about one event
_NEAR = 32  # code points between a side and the place it is a side of ("the western districts of the town of")
_OPENING = 40  # code points from a sentence's beginning within which a body that reports is its subject
_NOUN = 24  # code points from a number to the word for what it counts
_NUMBER = 10  # a number that is not of people tells something from this on
_STANCES: dict[str, Stance] = {"alleged": "alleged", "suggested": "alleged", "denied": "denied", "asserted": "said"}
_TITLE = "title"


def account(item: Item, reading: Reading, outlet: tuple[str, ...], larder: Larder) -> Account | None:
    """What an item makes its sources say, or None where it says nothing that another text may change.

    ``outlet``: keys of who published it (:func:`outlet_keys`).
    """
    if reading.unreadable is not None or not (reading.places or reading.weapons or reading.tolls):
        return None
    found = tuple(_Teller(item, reading, larder.speaking(reading.language)).sayings())[:_MOST]
    told = tuple(one for one in found if one.told)
    if not told:
        return None
    passed = [keys_of(one.actor, one.to) for one in reading.credits if one.manner in ("via", "forward")]
    return Account(
        item=item.id,
        outlet=outlet,
        passed_on=tuple(sorted({name for names in passed for name in names})),
        published=reading.publication.earliest,
        published_latest=reading.publication.latest,
        sayings=told,
    )


def keys_of(actor: str | None, name: str | None, *, resolved: bool = True) -> tuple[str, ...]:
    """The keys by which a source is known again: its id in the actors pack, its name folded.

    Words that nothing ties to a name ("the monitor") are keyed as ``words``, and fit an outlet so called, no other source.
    """
    found = [f"actor:{actor}"] if actor else []
    bare = key(name or "").removeprefix("the ").strip()
    return (*found, f"{'name' if resolved else 'words'}:{bare}") if bare else tuple(found)


def outlet_keys(actor: str | None, name: str | None) -> tuple[str, ...]:
    """The keys by which an outlet is known where another text names it."""
    return tuple(dict.fromkeys((*keys_of(actor, name), *keys_of(None, name, resolved=False))))


class _Teller:
    """One item's reading, asked sentence by sentence."""

    def __init__(self, item: Item, reading: Reading, larder: Larder) -> None:
        self.item, self.reading = item, reading
        self.folded = [fold(one.text) for one in item.passages]
        self.stances = [larder.lexicon("stances").find(one) for one in self.folded]
        self.sides = [larder.lexicon("sides").find(one) for one in self.folded]
        times = [one.span for one in reading.moments]
        self.figures = [_figures(one, number, larder, times) for number, one in enumerate(self.folded)]
        self.people = [larder.lexicon("people").find(one) for one in self.folded]
        self.reporters = [one for one in reading.actors if one.actor in _reporting(ByDigest(larder))]
        self.body = " ".join(one.text for one, role in zip(self.folded, self._roles(), strict=True) if role != _TITLE)
        self.titled = self._titles()

    def _roles(self) -> list[str]:
        return [one.role for one in self.item.passages]

    def _titles(self) -> list[tuple[int, int, int]]:
        """Where headlines stand: passage, start, end."""
        return [
            (number, region.start, region.end)
            for number, regions in enumerate(self.reading.regions)
            for region in regions
            if region.role == _TITLE
        ]

    def sayings(self) -> Iterator[Saying]:
        """Every saying, in order of sentence."""
        for said in self.reading.statements:
            if said.nested_in is None or self.reading.statements[said.nested_in].span == said.span:
                yield from self._of(said)

    def _of(self, said: Statement) -> Iterator[Saying]:
        """The saying of a statement; two where it holds back part of it."""
        own = self._things(said.content)
        told = own or self._things(said.span)
        headline = any(
            number == said.span.passage and start <= said.span.start and said.span.end <= end
            for number, start, end in self.titled
        )
        if headline:
            told = tuple(replace(one, echoed=self._echoed(one)) for one in told)
        by, who = self._whose(said)
        base = Saying(
            span=said.span,
            by=by,
            who=who,
            stance=self._stance(said),
            told=told,
            headline=headline,
            several=self._several(said),
        )
        turn = next(
            (hit for hit in self._inside(self.stances, said.span) if hit.entry.fields["stance"] == "withheld"), None
        )
        yield from [base] if turn is None else self._turned(base, turn)

    def _whose(self, said: Statement) -> tuple[tuple[str, ...], str]:
        """Whose word a statement is, as keys and in words.

        Where nothing ties its source to a name, a body that reports and stands beside the content is it ("a video posted by …", "the monitor
        counted"); of an unattributed sentence one that begins it.
        """
        if said.source_actor or (said.source and said.source_resolved and not said.source_several):
            return keys_of(said.source_actor, said.source), said.source or ""
        beside = [
            one
            for one in self.reporters
            if said.span.covers(one.span)
            and (not said.content.covers(one.span) if said.source else one.span.start <= said.span.start + _OPENING)
        ]
        if beside:
            return keys_of(beside[0].actor, None), beside[0].text
        named = said.source and not said.source_several
        return keys_of(None, said.source, resolved=False) if named else (), said.source or ""

    def _turned(self, base: Saying, turn: Hit) -> Iterator[Saying]:
        """What stands before words that hold back as it was, what stands behind them as withheld."""
        before = tuple(one for one in base.told if one.end <= turn.start)
        behind = tuple(one for one in base.told if one.start >= turn.end)
        by, who = (base.by, base.who) if base.by else self._nearest(base.span, turn)
        if before:
            yield replace(base, told=before)
        if behind or before:
            yield replace(base, by=by, who=who, stance="withheld", told=behind or before)

    def _nearest(self, span: Span, turn: Hit) -> tuple[tuple[str, ...], str]:
        """The body named nearest before some words of a sentence, else nearest behind them."""
        named = [one for one in self.reading.actors if one.actor and span.covers(one.span)]
        before = [one for one in named if one.span.end <= turn.start]
        behind = [one for one in named if one.span.start >= turn.end]
        found = before[-1] if before else behind[0] if behind else None
        return (keys_of(found.actor, None), found.label or found.text) if found else ((), "")

    def _stance(self, said: Statement) -> Stance:
        stance = _STANCES.get(said.certainty, "said")
        if stance == "said" and said.cue_span:
            cue = said.cue_span
            firm = any(
                hit.entry.fields["stance"] == "confirmed" and hit.start < cue.end and cue.start < hit.end
                for hit in self._inside(self.stances, said.span)
            )
            return "confirmed" if firm else "said"
        return stance

    def _several(self, said: Statement) -> int:
        """How many sources a statement is said to have."""
        where = said.source_span
        if where is None:
            return 1
        counts = [one.least for one in self.figures[where.passage] if where.start <= one.start and one.end <= where.end]
        return max([2 if said.source_several else 1, *counts])

    def _inside(self, hits: Sequence[Sequence[Hit]], span: Span) -> list[Hit]:
        return [hit for hit in hits[span.passage] if span.start <= hit.start and hit.end <= span.end]

    def _things(self, span: Span) -> tuple[Told, ...]:
        """Everything told in a stretch, in order of its words."""
        found = (*self._places(span), *self._means(span), *self._counts(span), *self._single(span))
        return tuple(sorted(found, key=lambda one: (one.start, one.end, one.slot, one.label)))

    def _places(self, span: Span) -> Iterator[Told]:
        for one in self.reading.places:
            if not span.covers(one.span) or one.role in ("name-part", "origin", "dateline"):
                continue
            spot = _spot(one)
            yield Told(slot="place", label=one.text, start=one.span.start, end=one.span.end, spot=spot)
            for side in self.sides[span.passage]:
                if any(
                    actor.span.passage == span.passage and actor.span.start <= side.start < actor.span.end
                    for actor in self.reading.actors
                ):
                    continue  # a name: "North Press"
                near = (
                    one.span.start - _NEAR <= side.end <= one.span.start
                    or one.span.end <= side.start <= one.span.end + 3
                )
                gap = self.folded[span.passage].given[min(side.end, one.span.end) : max(side.start, one.span.start)]
                if near and span.start <= side.start and side.end <= span.end and not set(gap) & set(",،.;؛"):
                    yield Told(
                        slot="side",
                        label=side.entry.fields["side"],
                        start=side.start,
                        end=side.end,
                        spot=spot or _nameless(one),
                    )

    def _means(self, span: Span) -> Iterator[Told]:
        for one in self.reading.weapons:
            if span.covers(one.span) and one.slot in ("weapon", "delivery", "target") and one.label:
                yield Told(slot=one.slot, label=one.label, start=one.span.start, end=one.span.end)

    def _counts(self, span: Span) -> Iterator[Told]:
        """Figures of people by the harm, and numbers that are of none."""
        people = [one for one in self.reading.tolls if span.covers(one.span)]
        for one in people:
            whole = one.part_of is None and not one.negated
            if whole and one.count and not one.count.vague and one.kind in ("killed", "injured"):
                yield Told(slot=one.kind, label=one.text, start=one.span.start, end=one.span.end, toll=one.count)
        for figure in self.figures[span.passage]:
            inside = span.start <= figure.start and figure.end <= span.end and figure.least >= _NUMBER
            if inside and not self._of_people(figure, span.passage, people):
                words = self.folded[span.passage].given[figure.start : figure.end]
                yield Told(slot="number", label=words, start=figure.start, end=figure.end, toll=_toll(figure))

    def _of_people(self, figure: Figure, passage: int, tolls: Sequence[TollMention]) -> bool:
        """Whether a number counts people: in a toll, or with a word for people right behind it."""
        if any(one.span.start <= figure.start and figure.end <= one.span.end for one in tolls):
            return True
        return any(figure.end <= hit.start <= figure.end + _NOUN for hit in self.people[passage])

    def _single(self, span: Span) -> Iterator[Told]:
        for hit in self._inside(self.stances, span):
            if hit.entry.fields["stance"] == "single":
                yield Told(slot="single", label=hit.entry.key, start=hit.start, end=hit.end)

    def _echoed(self, one: Told) -> bool:
        """Whether the body has the words of a headline's thing, or another name or number for it."""
        names: Iterable[str | None] = [one.label]
        if one.spot:
            names = [one.label, one.spot.name, one.spot.name_ar]
        return any(key(name) in self.body for name in names if name)


@lru_cache(maxsize=8)
def _reporting(held: ByDigest) -> frozenset[str]:
    """Ids of the actors that report and are no party to a conflict."""
    return frozenset(
        row.fields["id"]
        for row in held.larder.rows("actors")
        if row.fields.get("id") and row.fields.get("party") != "yes"
    )


def _figures(folded: Folded, number: int, larder: Larder, times: Sequence[Span]) -> list[Figure]:
    return figures(folded, larder, [one for one in times if one.passage == number])


def _toll(figure: Figure) -> Toll:
    return Toll(least=figure.least, most=figure.most)


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
