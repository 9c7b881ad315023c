"""Copies of text: which items carry the same, or nearly the same, words, and which stand inside longer ones.

Words are compared folded, without the page's furniture and what reposts change (:mod:`wording`). The very same words in the same order
are exact copies; of these only the earliest is looked at further. Near copies are sought by MinHash (:mod:`near`), texts inside longer
ones by marks that few texts have (:mod:`contained`), and each pair found is then held against the shingles themselves. Texts under
eight words are compared exactly only, since short posts are alike by chance. Copies stand in a star around the earliest member, texts
that hold another in one around the shortest, never all pairs. What it does not prove: who copied whom.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Literal, TypeAlias

from witnessmark.terms.anchor import Span
from witnessmark.terms.likeness import Likeness, Stretch
from witnessmark.terms.sketch import Sketch
from witnessmark.tracing import contained, near
from witnessmark.tracing.shingles import LEAST_SHINGLES, SHINGLE
from witnessmark.tracing.stretches import Common, Ready, Wording, common, ready

NEAR = 0.55  # Jaccard over shingles: a repost with another first line and hashtags keeps more than this
INSIDE = 0.6  # share of the shorter text's shingles
_MORE = (
    (15, 0.85),
    (40, 0.7),
)  # shared shingles under which more is asked: reports of different events have words in common
_AT_ONCE = 400  # pairs whose texts are held at once

WordsOf: TypeAlias = Callable[[Sequence[str]], Mapping[str, Wording]]
Counted: TypeAlias = dict[str, Common]  # of two items, by their ids and digests


def likenesses(sketches: Iterable[Sketch], words_of: WordsOf, counted: Counted | None = None) -> list[Likeness]:
    """Likenesses of items, sorted. ``words_of`` gives the words of items asked for, a lot at a time.

    ``counted``: what pairs were found to share formerly; it is left with that of the pairs held against each other now.
    Near linear in the items: each is held against few others; memory about 2 kB an item.
    """
    known = sorted((one for one in sketches if one.count), key=_order)
    formerly = {} if counted is None else dict(counted)
    held = _Held(words_of, formerly)
    found: dict[tuple[str, str], Likeness] = {}
    exact = list(_exact(known))
    texts = _different(known)
    alike = list(_near(texts, held))
    inside = list(_inside(texts, _families(texts, alike), held))
    for like in (*_same_posts(known), *exact, *alike, *inside):
        found.setdefault((like.one, like.other), like)
    if counted is not None:
        counted.clear()
        counted.update(held.asked)
    return sorted(found.values())


def _order(one: Sketch) -> tuple[bool, str, str]:
    return one.published is None, one.published or "", one.item


def _pair(first: Sketch, later: Sketch) -> tuple[str, str]:
    return (first.item, later.item) if first.item < later.item else (later.item, first.item)


def _same_posts(known: Sequence[Sketch]) -> Iterator[Likeness]:
    """Captures of one post by its platform's own id."""
    first: dict[str, Sketch] = {}
    for one in known:
        if one.native is None:
            continue
        other = first.setdefault(one.native, one)
        if other is one:
            continue
        low, high = _pair(other, one)
        if other.digest == one.digest:
            yield Likeness(
                one=low, other=high, manner="same-post", resemblance=1.0, why="the same post, captured again"
            )
        else:
            yield Likeness(
                one=low, other=high, manner="edit", resemblance=0.0, why="the same post with other words: an edit"
            )


def _exact(known: Sequence[Sketch]) -> Iterator[Likeness]:
    first: dict[str, Sketch] = {}
    for one in known:
        if not one.readable or one.count < SHINGLE:
            continue
        other = first.setdefault(one.digest, one)
        if other is not one:
            low, high = _pair(other, one)
            why = f"the same {one.count} words in the same order"
            yield Likeness(one=low, other=high, manner="exact", resemblance=1.0, why=why)


def _different(known: Sequence[Sketch]) -> list[Sketch]:
    """Texts long enough to be like another, the earliest of each that are the very same, in order of time."""
    first: dict[str, Sketch] = {}
    for one in known:
        if one.readable and one.minhash:
            first.setdefault(one.digest, one)
    return list(first.values())


def _near(texts: Sequence[Sketch], held: "_Held") -> Iterator[Likeness]:
    pairs = [(texts[first], texts[later]) for first, later in near.pairs([one.minhash for one in texts])]
    for (first, later), found in zip(pairs, held.against(pairs, NEAR), strict=True):
        if found.alike >= NEAR:
            both = found.one + found.other - found.shared
            why = f"{found.shared} of {both} runs of three words are the same ({found.inside:.0%} of the shorter text)"
            yield _like(first, later, found, "near", found.alike, why)


def _inside(texts: Sequence[Sketch], families: Sequence[int], held: "_Held") -> Iterator[Likeness]:
    publishers, weeks = _numbered([one.publisher for one in texts]), _weeks(texts)
    marked = [
        contained.Marked(one.marks, one.count, family, publisher, week)
        for one, family, publisher, week in zip(texts, families, publishers, weeks, strict=True)
    ]
    pairs = [(texts[short], texts[long]) for short, long in contained.pairs(marked)]
    for (short, long), found in zip(pairs, held.against(pairs, INSIDE), strict=True):
        least = next((share for under, share in _MORE if found.shared < under), INSIDE)
        if found.shared >= LEAST_SHINGLES and found.inside >= least:
            why = f"{found.inside:.0%} of its {short.count} words in runs of three stand in the longer text of {long.count}"
            yield _like(short, long, found, "contained", found.inside, why)


def _like(
    first: Sketch, later: Sketch, found: Common, manner: Literal["near", "contained"], resemblance: float, why: str
) -> Likeness:
    low, high = _pair(first, later)
    return Likeness(
        one=low,
        other=high,
        manner=manner,
        resemblance=round(resemblance, 3),
        why=why,
        holder=later.item if manner == "contained" else None,
        stretches=tuple(Stretch(one=_span(mine), other=_span(theirs)) for mine, theirs in found.stretches),
    )


def _span(place: tuple[int, int, int]) -> Span:
    return Span(passage=place[0], start=place[1], end=place[2])


def _families(texts: Sequence[Sketch], alike: Sequence[Likeness]) -> list[int]:
    """Of each text, the number of the first that it is a copy of, or a copy of a copy."""
    number = {one.item: at for at, one in enumerate(texts)}
    up = list(range(len(texts)))

    def root(at: int) -> int:
        while up[at] != at:
            up[at] = up[up[at]]
            at = up[at]
        return at

    for like in alike:
        first, later = sorted((root(number[like.one]), root(number[like.other])))
        up[later] = first
    return [root(at) for at in range(len(texts))]


def _numbered(names: Sequence[str | None]) -> list[int]:
    """A number for each name; each that has none is another's."""
    known: dict[str, int] = {}
    return [len(names) + at if name is None else known.setdefault(name, len(known)) for at, name in enumerate(names)]


def _weeks(texts: Sequence[Sketch]) -> list[int]:
    """The number of the week each is of; each that is undated may be of another."""
    days = (one.published[:10] if one.published else "" for one in texts)
    weeks = (str(date.fromisoformat(day).toordinal() // 7) if len(day) == len("2017-06-06") else None for day in days)
    return _numbered(list(weeks))


class _Held:
    """Texts held against each other, each pair once. ``asked``: what pairs share, of all that were asked for."""

    def __init__(self, words_of: WordsOf, formerly: Counted) -> None:
        self._words_of = words_of
        self._formerly = formerly
        self.asked: Counted = {}

    def against(self, pairs: Sequence[tuple[Sketch, Sketch]], least: float) -> list[Common]:
        """What each pair shares, the lower item first; its stretches only where that comes to ``least``."""
        ordered = [(one, other) if one.item < other.item else (other, one) for one, other in pairs]
        names = [" ".join(f"{one.item}:{one.digest[:16]}:{one.laid}" for one in pair) for pair in ordered]
        todo = {}
        for name, pair in zip(names, ordered, strict=True):
            if name in self._formerly:
                self.asked[name] = self._formerly[name]
            elif name not in self.asked:
                todo[name] = pair
        for name, found in self._counted(sorted(todo.items(), key=lambda one: (one[1][0].item, one[0])), least):
            self.asked[name] = found
        return [self.asked[name] for name in names]

    def _counted(self, todo: Sequence[tuple[str, tuple[Sketch, Sketch]]], least: float) -> Iterator[tuple[str, Common]]:
        """Of pairs in order of the first, which is made ready once."""
        for at in range(0, len(todo), _AT_ONCE):
            lot = todo[at : at + _AT_ONCE]
            words = self._words_of(sorted({one.item for _, pair in lot for one in pair}))
            for first, beside in groupby(lot, key=lambda row: row[1][0].item):
                here: Ready = ready(words[first])
                for name, (_, other) in beside:
                    yield name, common(here, ready(words[other.item]), least)
