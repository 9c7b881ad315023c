"""Statements: each sentence, or part of one, and whose word it is.

Every cue of speech outside quotation marks makes a statement of its source; a sentence that lies wholly in quotation
marks and has no cue goes on with the speaker before it; every other sentence is the outlet's own. A statement inside
another's content is nested in it. The accused of a deed is never made a speaker by being named. What it does not prove:
that the source said so; it says that this text says so.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Literal

from witnessmark.reading.attributing import headed, may_head, shape_of, signed
from witnessmark.reading.ground import GOES_ON, Ground, Shape, Stretch
from witnessmark.reading.hedging import certainty
from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.quote_marks import inside, near, quotations
from witnessmark.reading.sheet import Sheet, beginning
from witnessmark.reading.speakers import Cast, Speaker, cast
from witnessmark.terms.anchor import Span
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.moment import Moment
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.script import key
from witnessmark.terms.statement import Statement
from witnessmark.terms.why import Why

_OUTLETS = ("media", "agency")
_CUES = 40  # cues of one sentence that are tried; no person says more in one
_START, _BEGINS, _FIRST = attrgetter("start"), attrgetter("span.start"), itemgetter(0)  # of hits, mentions, stretches
_NEXT = 4  # code points from a colon that ends a line to a quotation below it
_WHOLLY = 0.85  # share of a sentence in quotation marks from which it is all quotation


def statements(
    sheet: Sheet,
    actors: Sequence[ActorMention],
    moments: Sequence[Moment],
    places: Sequence[PlaceMention],
    larder: Larder,
) -> tuple[Statement, ...]:
    """The statements of an item, in order of sentence, each outer one before those nested in it."""
    out: list[Statement] = []
    for number in range(len(sheet.folded)):
        spans = sheet.sentences_of(number)
        if spans:
            stage = _Stage(sheet, number, [one for one in actors if one.span.passage == number], larder)
            stage.times = [(one.span.start, one.span.end) for one in moments if one.span.passage == number]
            stage.places = [(one.span.start, one.span.end) for one in places if one.span.passage == number]
            first = len(out)
            for span in spans:
                stage.read(span, out)
            out[first:] = _owned(out[first:], stage.quotes)
    times, wheres = _Index(moments), _Index(places)
    return tuple(_with(said, times.inside(said.span), wheres.inside(said.span)) for said in out)


def _with(said: Statement, moments: tuple[int, ...], places: tuple[int, ...]) -> Statement:
    return replace(said, moments=moments, places=places) if moments or places else said


@lru_cache(maxsize=8)
def _roles(held: ByDigest) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in held.larder.rows("source_words"):
        found.setdefault(row.fields["role"], set()).update((row.key, key(row.key)))
    return {role: frozenset(words) for role, words in found.items()}


class _Index:
    """Mentions of an item by where they stand."""

    def __init__(self, mentions: Sequence[Moment | PlaceMention]) -> None:
        ordered = sorted(enumerate(mentions), key=lambda one: one[1].span)
        self._places = [index for index, _ in ordered]
        self._spans = [one.span for _, one in ordered]

    def inside(self, span: Span) -> tuple[int, ...]:
        """Which of them, by their number, stand wholly in a stretch."""
        first = bisect_left(self._spans, (span.passage, span.start), key=_place)
        last = bisect_left(self._spans, (span.passage, span.end), key=_place)
        return tuple(sorted(self._places[at] for at in range(first, last) if span.covers(self._spans[at])))


def _place(span: Span) -> tuple[int, int]:
    return span.passage, span.start


class _Stage:
    """One passage being read for statements."""

    def __init__(self, sheet: Sheet, number: int, actors: list[ActorMention], larder: Larder) -> None:
        folded = sheet.folded[number]
        self.number = number
        self.text = folded.given
        self.quotes = quotations(self.text)
        self.actors = actors
        self.cast: Cast = cast(self.text, folded, actors, larder)
        self.cues = larder.lexicon("cues").find(folded)
        self.hedges = larder.lexicon("hedges").find(folded)
        self.told = larder.lexicon("told_words").find(folded)
        kinds = {actor: kind for actor, (_, kind) in self.cast.names.items()}
        outlets = [one for one in actors if kinds.get(one.actor or "") in _OUTLETS]
        self.outlets = [(one.span.start, one.span.end) for one in outlets]
        self.times: list[Stretch] = []
        self.places: list[Stretch] = []
        self.roles = _roles(ByDigest(larder))
        self.cast.bodies = self.roles.get("body", frozenset())

    def read(self, span: Span, out: list[Statement]) -> None:
        """Add the statements of one sentence."""
        cues = [cue for cue in _inside(self.cues, span) if cue.end <= span.end][:_CUES]
        quotes = list(near(self.quotes, span.start, span.end + _NEXT))
        hedges = [hit for hit in _inside(self.hedges, span) if hit.end <= span.end]
        if not cues and not quotes and not may_head(self.text, span.start, span.end):
            out.append(self._unattributed(span, hedges, out))
            return
        ground = Ground(
            text=self.text,
            start=span.start,
            end=span.end,
            quotes=quotes,
            actors=list(beginning(self.actors, span.start, span.end, _BEGINS)),
            nouns=_inside(self.cast.nouns, span),
            roles=self.roles,
            platforms=_inside(self.cast.platforms, span),
            told=_inside(self.told, span),
            outlets=list(beginning(self.outlets, span.start, span.end, _FIRST)),
            times=list(beginning(self.times, span.start, span.end, _FIRST)),
            places=list(beginning(self.places, span.start, span.end, _FIRST)),
            cues=cues,
            people=self.cast.people,
        )
        first = len(out)
        for cue in ground.cues:
            shape = shape_of(ground, cue)
            if shape is None or _shadowed(shape, out[first:]):
                continue
            ground.spoken.append(shape)
            if _opens(ground, shape):
                ground.opened.append(shape.content[0])
            around = _around(shape, out, first)
            sources = (shape.source, *shape.others)
            for source in sources:
                out.append(self._attributed(span, shape, source, hedges, around))
                if shape.relayed:
                    out[-1] = self._not_the_outer(out[-1], out[around] if around is not None else None)
                    around = len(out) - 1
        if len(out) == first:
            out.append(self._headed(span, ground, hedges) or self._unattributed(span, hedges, out))

    def _attributed(
        self, span: Span, shape: Shape, source: Stretch | None, hedges: list[Hit], around: int | None
    ) -> Statement:
        """The statement of one source of a shape; ``around``: the statement in whose content it stands."""
        speaker = self._speaker(source, shape.cue)
        firmness, entries = certainty(shape.cue, hedges, quoted=near(self.quotes, span.start, span.end))
        content = Span(passage=self.number, start=shape.content[0], end=shape.content[1])
        return Statement(
            span=span,
            content=content,
            source=speaker.name if speaker else None,
            source_span=Span(passage=self.number, start=source[0], end=source[1]) if source else None,
            source_actor=speaker.actor if speaker else None,
            source_resolved=speaker.resolved if speaker else False,
            source_several=speaker.several if speaker else False,
            cue=self.text[shape.cue.start : shape.cue.end],
            cue_span=Span(passage=self.number, start=shape.cue.start, end=shape.cue.end),
            certainty=firmness,
            form=self._form(content) if speaker else "own",
            why=Why(rule=shape.rule, entries=(*entries, *(speaker.entries if speaker else ()))),
            nested_in=around,
        )

    def _not_the_outer(self, inner: Statement, outer: Statement | None) -> Statement:
        """Whom another quotes is somebody else: "Reuters quoted an official" leaves the official unresolved."""
        if outer is None or inner.source_span is None or inner.source != outer.source:
            return inner
        said = self.text[inner.source_span.start : inner.source_span.end]
        return replace(inner, source=said, source_actor=None, source_resolved=False)

    def _speaker(self, source: Stretch | None, cue: Hit) -> Speaker | None:
        """Who is meant; without words for a source the last speaker goes on."""
        if source is None:
            return self.cast.last
        speaker = self.cast.resolve(*source)
        if speaker.resolved or cue.entry.fields.get("sure") == "yes":
            self.cast.speaks(speaker)
        return speaker

    def _form(self, content: Span) -> Literal["direct", "indirect", "mixed"]:
        share = _share(self.quotes, content.start, content.end)
        if share >= _WHOLLY:
            return "direct"
        return "mixed" if share > 0 else "indirect"

    def _headed(self, span: Span, ground: Ground, hedges: list[Hit]) -> Statement | None:
        """SOURCE: CONTENT, or “CONTENT” ― NAME."""
        found = signed(ground) or headed(ground)
        if found is None:
            return None
        speaker = self.cast.resolve(*found[0])
        self.cast.speaks(speaker)
        firmness, entries = certainty(None, hedges, quoted=near(self.quotes, span.start, span.end))
        content = Span(passage=self.number, start=found[1][0], end=found[1][1])
        return Statement(
            span=span,
            content=content,
            source=speaker.name,
            source_span=Span(passage=self.number, start=found[0][0], end=found[0][1]),
            source_actor=speaker.actor,
            source_resolved=speaker.resolved,
            source_several=speaker.several,
            cue=":" if found[0] < found[1] else "—",
            cue_span=None,
            certainty=firmness,
            form=self._form(content),
            why=Why(
                rule="attributing.source-colon" if found[0] < found[1] else "attributing.signed",
                entries=(*entries, *speaker.entries),
            ),
        )

    def _unattributed(self, span: Span, hedges: list[Hit], out: list[Statement]) -> Statement:
        """The outlet's own sentence, or one more sentence of a quotation."""
        firmness, entries = certainty(None, hedges, quoted=near(self.quotes, span.start, span.end))
        goes_on = _share(self.quotes, span.start, span.end) >= _WHOLLY and out
        speaker = self.cast.last if goes_on else None
        rule = "quotations.goes-on" if speaker else "quotations.own-voice"
        return Statement(
            span=span,
            content=span,
            source=speaker.name if speaker else None,
            source_span=None,
            source_actor=speaker.actor if speaker else None,
            source_resolved=speaker.resolved if speaker else True,
            source_several=speaker.several if speaker else False,
            cue=None,
            cue_span=None,
            certainty=firmness,
            form="direct" if speaker else "own",
            why=Why(rule=rule, entries=(*entries, *(speaker.entries if speaker else ()))),
        )


def _inside(hits: Sequence[Hit], span: Span) -> list[Hit]:
    """The hits that begin in a sentence; they are in order."""
    return list(beginning(hits, span.start, span.end, _START))


def _owned(said: list[Statement], quotes: Sequence[tuple[int, int]]) -> list[Statement]:
    """The statements of a passage, sentences of one quotation each given to whom its end or its beginning names."""
    owners: dict[tuple[int, int], Statement] = {}
    for one in said:
        quote = inside(quotes, one.content.start) if one.cue and one.source else None
        if quote and one.content.end <= quote[1] + 1:
            owners.setdefault(quote, one)
    return [_given(one, owners.get(inside(quotes, one.span.start) or (0, 0))) for one in said]


def _given(one: Statement, owner: Statement | None) -> Statement:
    """A sentence of a quotation as its owner's."""
    if owner is None or one.cue or one.source_span or one.span.end > owner.content.end + 1:
        return one
    return replace(
        one, source=owner.source, source_actor=owner.source_actor, source_resolved=owner.source_resolved,
        source_several=owner.source_several, form="direct",
        why=Why(rule="quotations.goes-on", entries=owner.why.entries),
    )  # fmt: skip


def _opens(ground: Ground, shape: Shape) -> bool:
    """Whether a content is a clause with a subject of its own: after "that", or with أن."""
    words = ground.words(shape.cue.end, shape.content[0])[-1:] + ground.words(*shape.content)[:1]
    return any(ground.has("content", found.group()) for found in words)


def _around(shape: Shape, out: Sequence[Statement], first: int) -> int | None:
    """The statement of the same sentence in whose content a cue stands, the innermost."""
    around = [
        index
        for index in range(first, len(out))
        if out[index].content.start <= shape.cue.start and shape.cue.end <= out[index].content.end
    ]
    return around[-1] if around else None


def _shadowed(shape: Shape, before: Sequence[Statement]) -> bool:
    """Whether a cue says again what another in the sentence has said: the same source, or part of a source's words."""
    for said in before:
        source = said.source_span
        if source and source.start <= shape.cue.start and shape.cue.end <= source.end:
            return True
        if shape.rule == GOES_ON:
            continue
        if shape.source and source and shape.source[0] <= source.start and source.end <= shape.source[1]:
            return True
        if shape.source is None:
            return True
    return False


def _share(quotes: Sequence[tuple[int, int]], start: int, end: int) -> float:
    """How much of a stretch stands in quotation marks, 0 to 1."""
    covered = sum(max(0, min(end, close) - max(start, opening)) for opening, close in near(quotes, start, end))
    return covered / (end - start) if end > start else 0.0
