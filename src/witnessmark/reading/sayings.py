"""Sayings: what one item makes each source say, made small for comparing texts with each other.

A statement's things are those of its own content, of its whole sentence where the content tells none ("a video posted by N shows …").
Words that hold back ("would not confirm whether") turn what follows them; where nobody is attributed, the body named nearest in the
sentence is who holds back, and the one that a verb of owning to it stands with is who owns. A headline's things are marked where the body says them
too, in whatever role. What it does not prove: that the source said so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from operator import attrgetter

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.saying_names import names_in
from witnessmark.reading.saying_things import Things
from witnessmark.reading.sheet import beginning
from witnessmark.terms.anchor import Span
from witnessmark.terms.item import Item
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.reading import Reading
from witnessmark.terms.saying import Account, Saying, Stance, Told
from witnessmark.terms.script import fold, key
from witnessmark.terms.statement import Statement

_MOST = 120  # sayings of one item that are kept: no text that is quoted says more about one event
_OPENING = 40  # code points from a sentence's beginning within which a body that reports is its subject
_OWNS = 60  # code points between a verb of owning to a thing and who owns
_REFUSED = 80  # code points from a verb of refusing to what is refused
_SOURCES = 60  # code points from how many sources there are to the verb by which they confirm
_STANCES: dict[str, Stance] = {"alleged": "alleged", "suggested": "alleged", "denied": "denied", "asserted": "said"}
_PRESS = {"media", "agency", "monitor"}
_TITLE = "title"
_START = attrgetter("start")


def account(item: Item, reading: Reading, outlet: tuple[str, ...], larder: Larder) -> Account | None:
    """What an item makes its sources say, or None where it says nothing that another text may change.

    ``outlet``: keys of who published it (:func:`outlet_keys`).
    """
    if reading.unreadable is not None or not reading.statements:
        return None
    found = _Teller(item, reading, larder.speaking(reading.language)).sayings()
    told = tuple(islice((one for one in found if one.told or one.several > 1), _MOST))
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


def keys_of(actor: str | None, name: str | None, kind: str = "name") -> tuple[str, ...]:
    """The keys by which a source is known again: its id in the actors pack, its name folded.

    Words that nothing ties to a name are keyed as ``words`` ("the official"), as ``press`` where they are for an outlet or a monitor ("the
    network"); these fit an outlet that may be so called, and no other source.
    """
    found = [f"actor:{actor}"] if actor else []
    bare = key(name or "").removeprefix("the ").strip()
    return (*found, f"{kind}:{bare}") if bare else tuple(found)


def outlet_keys(actor: str | None, name: str | None) -> tuple[str, ...]:
    """The keys by which an outlet is known where another text names it."""
    kinds = ("name", "words", "press")
    return tuple(dict.fromkeys(one for kind in kinds for one in keys_of(actor, name, kind)))


def _stands(one: ActorMention) -> tuple[int, int]:
    return one.span.passage, one.span.start


class _Teller:
    """One item's reading, asked sentence by sentence."""

    def __init__(self, item: Item, reading: Reading, larder: Larder) -> None:
        self.item, self.reading = item, reading
        self.folded = [fold(one.text) for one in item.passages]
        self.things = Things(self.folded, reading, larder)
        self.stances = [larder.lexicon("stances").find(one) for one in self.folded]
        self.nouns = [larder.lexicon("source_nouns").find(one) for one in self.folded]
        self.actors = sorted(reading.actors, key=_stands)
        self.denials = {one.span for one in reading.claims if one.kind == "denial"}
        self.reporters = [one for one in self.actors if one.actor in _reporting(ByDigest(larder))]
        self.pronouns = _pronouns(ByDigest(larder))
        self.body = " ".join(
            one.text for one, passage in zip(self.folded, item.passages, strict=True) if passage.role != _TITLE
        )
        self.titled = [
            (number, region.start, region.end)
            for number, regions in enumerate(reading.regions)
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
        told = self.things.of(said.content) or self.things.of(said.span)
        headline = any(
            number == said.span.passage and start <= said.span.start and said.span.end <= end
            for number, start, end in self.titled
        )
        if headline:
            told = tuple(replace(one, echoed=self._echoed(one)) for one in told)
        by, who = self._whose(said)
        base = Saying(
            span=said.span, by=by, who=who, stance=self._stance(said), told=told, headline=headline,
            several=self._several(said), names=self._names(said.span),
        )  # fmt: skip
        hits = self._inside(self.stances, said.span)
        turn = _withheld(hits)
        if turn:
            yield from self._turned(base, turn)
            return
        if not _named(by) and base.stance == "said":
            base = self._owned(base, hits)
        yield base

    def _whose(self, said: Statement) -> tuple[tuple[str, ...], str]:
        """Whose word a statement is, as keys and in words.

        Where nothing ties its source to a name, a body that reports and stands beside the content is it ("a video posted by …", "the monitor
        counted"); of an unattributed sentence one that begins it. A pronoun is nobody's name.
        """
        if said.source_actor or (said.source and said.source_resolved and not said.source_several):
            return keys_of(said.source_actor, said.source), said.source or ""
        beside = [
            one
            for one in self._standing(self.reporters, said.span)
            if (not said.content.covers(one.span) if said.source else one.span.start <= said.span.start + _OPENING)
        ]
        if beside:
            return keys_of(beside[0].actor, None), beside[0].text
        if not said.source or key(said.source) in self.pronouns:
            return (), said.source or ""
        return keys_of(None, said.source, "press" if self._press(said.source_span) else "words"), said.source

    def _press(self, span: Span | None) -> bool:
        """Whether words for a source are for an outlet or a monitor."""
        return span is not None and any(
            _PRESS & set(hit.entry.fields["kinds"].split()) and "person" not in hit.entry.fields["kinds"]
            for hit in self._inside(self.nouns, span)
        )

    def _turned(self, base: Saying, turn: Hit) -> Iterator[Saying]:
        """What stands before words that hold back as it was, what stands behind them as withheld."""
        before = tuple(one for one in base.told if one.end <= turn.start)
        behind = tuple(one for one in base.told if one.start >= turn.end)
        by, who = base.by, base.who
        if not _named(by) and (found := self._nearest(base.span, turn)):
            by, who = keys_of(found.actor, None), found.label or found.text
        if before:
            yield replace(base, told=before)
        if behind or before:
            yield replace(base, by=by, who=who, stance="withheld", told=behind or before)

    def _owned(self, base: Saying, hits: Sequence[Hit]) -> Saying:
        """A sentence in which somebody owns to a thing, or several are said to confirm it, though nobody is attributed."""
        for hit in hits:
            stance = hit.entry.fields["stance"]
            found = self._nearest(base.span, hit) if stance == "admitted" else None
            if found and abs(found.span.start - hit.start) <= _OWNS:
                who = found.label or found.text
                return replace(base, by=keys_of(found.actor, None), who=who, stance="confirmed")
            if stance == "confirmed" and (many := self._counted(base.span, hit)) > 1:
                return replace(base, stance="confirmed", several=many)
        return base

    def _counted(self, span: Span, verb: Hit) -> int:
        """How many sources stand before a verb: a number with a word for sources between."""
        for one in beginning(self.things.figures[span.passage], span.start, verb.start, _START):
            near = span.start <= one.start and verb.start - _SOURCES <= one.end <= verb.start and not one.vague
            if near and any(one.end <= noun.start and noun.end <= verb.start for noun in self.nouns[span.passage]):
                return one.least
        return 1

    def _nearest(self, span: Span, turn: Hit) -> ActorMention | None:
        """The body named nearest before some words of a sentence, else nearest behind them."""
        named = [one for one in self._standing(self.actors, span) if one.actor]
        before = [one for one in named if one.span.end <= turn.start]
        behind = [one for one in named if one.span.start >= turn.end]
        return before[-1] if before else behind[0] if behind else None

    def _stance(self, said: Statement) -> Stance:
        stance = _STANCES.get(said.certainty, "said")
        if stance == "said" and said.span in self.denials:  # "said that it did not bomb"
            return "denied"
        cue = said.cue_span
        if stance != "said" or cue is None:
            return stance
        firm = any(
            hit.entry.fields["stance"] in ("confirmed", "admitted") and hit.start < cue.end and cue.start < hit.end
            for hit in self._inside(self.stances, said.span)
        )
        return "confirmed" if firm else "said"

    def _several(self, said: Statement) -> int:
        """How many sources a statement is said to have."""
        where = said.source_span
        if where is None:
            return 1
        found = self.things.figures[where.passage]
        counts = [one.least for one in found if where.start <= one.start and one.end <= where.end and not one.vague]
        return max([2 if said.source_several else 1, *counts])

    def _names(self, span: Span) -> tuple[str, ...]:
        """Whom a sentence may name as where its matter is from."""
        text = self.folded[span.passage].given[span.start : span.end]
        nouns = [hit for hit in self._inside(self.nouns, span) if _PRESS & set(hit.entry.fields["kinds"].split())]
        bodies = [f"actor:{one.actor}" for one in self._standing(self.reporters, span)]
        return tuple(dict.fromkeys((*bodies, *names_in(text, nouns, span.start))))

    def _standing(self, actors: Sequence[ActorMention], span: Span) -> list[ActorMention]:
        """The mentions, of some in order, that stand in a stretch."""
        near = beginning(actors, (span.passage, span.start), (span.passage, span.end), _stands)
        return [one for one in near if span.covers(one.span)]

    def _inside(self, hits: Sequence[Sequence[Hit]], span: Span) -> list[Hit]:
        return [hit for hit in beginning(hits[span.passage], span.start, span.end, _START) if hit.end <= span.end]

    def _echoed(self, one: Told) -> bool:
        """Whether the body has the words of a headline's thing, or another name for it."""
        names: Iterable[str | None] = [one.label]
        if one.spot:
            names = [one.label, one.spot.name, one.spot.name_ar]
        return any(key(name) in self.body for name in names if name)


def _withheld(hits: Sequence[Hit]) -> Hit | None:
    """The words that hold back, if any: in one, or a verb of refusing with what is refused behind it ("امتنع … عن التعليق")."""
    refusing: Hit | None = None
    for hit in hits:
        stance = hit.entry.fields["stance"]
        if stance == "withheld":
            return hit
        if stance == "refuses":
            refusing = hit
        elif stance == "comment" and refusing and hit.start - refusing.end <= _REFUSED:
            return hit
    return None


def _named(by: Sequence[str]) -> bool:
    return any(name.startswith(("actor:", "name:")) for name in by)


@lru_cache(maxsize=8)
def _reporting(held: ByDigest) -> frozenset[str]:
    """Ids of the actors that report and are no party to a conflict."""
    rows = [row.fields for row in held.larder.rows("actors")]
    return frozenset(row["id"] for row in rows if row.get("id") and row.get("party") != "yes")


@lru_cache(maxsize=8)
def _pronouns(held: ByDigest) -> frozenset[str]:
    return frozenset(key(row.key) for row in held.larder.rows("source_words") if row.fields["role"] == "pronoun")
