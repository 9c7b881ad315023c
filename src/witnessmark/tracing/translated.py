"""Translated copies: texts of two languages that tell the same facts in the same order, as a suggestion for a person to confirm.

Two reports of one event share its place, its day and its toll, and whoever wrote them; that is no sign of a translation. A translation
has most facts of the one text in the other, in their order, and among them facts that few reports of the event would share: further
places, numbers of houses or shells, hours, names. Candidates share several facts that few texts have. What it does not prove: that one
was made from the other; both may follow a third, in either language, and a person must say so.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from witnessmark.terms.fact import KEYS_AT, WIDTH, Mark, unpacked
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sketch import Sketch

LabelsOf: TypeAlias = Callable[[Sequence[str]], Mapping[str, Sequence[str]]]  # words of the facts of items, in order

_LEAST = 5  # different facts in common


class Rule(NamedTuple):
    """Least share of the weight of the one text's facts that the other has, and of the other's; of that, what stands in the same

    order; and the weight of the facts in common beyond those of any report of the event (8: one village; 18: a name).
    """

    most: float
    fewer: float
    ordered: float
    telling: int


_RULES = (Rule(0.75, 0.6, 0.75, 8), Rule(0.85, 0.45, 0.85, 18))  # a whole translated, and a part
_CAP = 1_000  # pairs of texts that one fact brings together; what more texts share tells nothing
_BEST = 5  # texts that one text is held against
_DAYS = 14  # from a text to its translation
_PLAIN = ("day", "toll", "actor", "means", "quote")  # facts that any report of an event has


class Told(NamedTuple):
    """One text's facts. ``plain``: the keys of those that any report of its event would have."""

    sketch: Sketch
    facts: list[Mark]
    total: int
    plain: frozenset[int]


class Shared(NamedTuple):
    """What two texts have in common: pairs of facts by number, in the order of both; and shares of weights, 0 to 1.

    ``telling``: the weight of those that not any report of the event would have.
    """

    pairs: list[tuple[int, int]]
    one: float
    other: float
    ordered: float
    telling: int


def translations(sketches: Iterable[Sketch], labels_of: LabelsOf) -> list[Likeness]:
    """Suggestions, sorted, at most one for each text of either language with the text it shares most with."""
    texts = [one for one in sketches if one.readable and one.facts]
    held = lru_cache(maxsize=1000)(told)
    pairs = ((held(one), held(other)) for one, other in candidates(texts))
    found = [(shared, one, other) for one, other in pairs if translated(shared := share(one, other))]
    found.sort(key=lambda row: (-(row[0].one + row[0].other) * row[0].ordered, row[1].sketch.item, row[2].sketch.item))
    taken: set[str] = set()
    kept = []
    for shared, one, other in found:
        if not {one.sketch.item, other.sketch.item} & taken:
            taken |= {one.sketch.item, other.sketch.item}
            kept.append((shared, one.sketch, other.sketch))
    labels = labels_of(sorted(taken)) if taken else {}
    made = (_likeness(shared, one, other, labels) for shared, one, other in kept)
    return sorted(one for one in made if one)


def told(sketch: Sketch) -> Told:
    """A text's facts, ready to be held against others."""
    facts = unpacked(sketch.facts)
    heaviest = max((one.weight for one in facts if one.kind == "place"), default=0)
    scene = next((one for one in facts if one.kind == "place" and one.weight == heaviest), None)
    plain = frozenset(key for one in facts if one is scene or one.kind == "toll" for key in one.keys)
    return Told(sketch, facts, sum(one.weight for one in facts), plain)


def candidates(sketches: Sequence[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    """Pairs of texts of two languages, the Arabic first, that share facts few texts have: each other text with the few that share most."""
    number = _pairs(sketches)
    found, shared = np.unique(number, return_counts=True)
    found, shared = found[shared >= _LEAST - 1], shared[shared >= _LEAST - 1]
    best: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for code, count in zip(found.tolist(), shared.tolist(), strict=True):
        one, other = divmod(code, len(sketches))
        if _near_in_time(sketches[one], sketches[other]):
            best[other].append((-count, one))
    for other, ranked in sorted(best.items()):
        for _, one in sorted(ranked)[:_BEST]:
            yield sketches[one], sketches[other]


def _pairs(sketches: Sequence[Sketch]) -> NDArray[np.int64]:
    """Pairs of an Arabic and another text, as one number, once for each key both have and few texts do."""
    rows = np.frombuffer(b"".join(one.facts for one in sketches), np.uint8).reshape(-1, WIDTH)
    keys = rows[:, KEYS_AT:].copy().view("<u4").astype(np.int64)
    owner = np.repeat(np.arange(len(sketches)), [len(one.facts) // WIDTH for one in sketches])
    room = max(1, len(sketches))
    codes = np.sort((keys * room + owner[:, None])[keys != 0])
    codes = codes[np.concatenate([[True], np.diff(codes) != 0])[: len(codes)]]
    key, item = np.divmod(codes, room)
    arabic = np.array([one.language == "ar" for one in sketches], np.bool_)[item]
    cuts = np.flatnonzero(np.concatenate([[True], np.diff(key) != 0, [True]])[: len(key) + 1])
    out = [np.zeros(0, np.int64)]
    told = np.concatenate([[0], np.cumsum(arabic)])
    first, last = cuts[:-1], cuts[1:]
    mine = told[last] - told[first]
    product = mine * (last - first - mine)
    for at in np.flatnonzero((product > 0) & (product <= _CAP)).tolist():
        members, speak = item[first[at] : last[at]], arabic[first[at] : last[at]]
        out.append((members[speak][:, None] * room + members[~speak][None, :]).ravel())
    return np.concatenate(out)


def _near_in_time(one: Sketch, other: Sketch) -> bool:
    if not one.published or not other.published:
        return True
    days = [date.fromisoformat(text.published[:10]) for text in (one, other) if text.published]
    return abs((days[0] - days[1]).days) <= _DAYS


def share(one: Told, other: Told) -> Shared:
    """What two texts have in common. Quadratic in their facts, which are at most sixty each."""
    pairs = _in_order(one.facts, other.facts)
    mine, theirs = _known(one, other), _known(other, one)
    plain = one.plain | other.plain
    found = {min(fact.keys): fact for fact in (one.facts[at] for at, _ in pairs)}
    details = [fact for fact in found.values() if fact.kind not in _PLAIN and not fact.keys & plain]
    straight = sum(one.facts[a].weight for a, _ in pairs)
    return Shared(
        pairs=pairs,
        one=mine / one.total if one.total else 0.0,
        other=theirs / other.total if other.total else 0.0,
        ordered=straight / max(1, min(mine, theirs)),
        telling=sum(fact.weight for fact in details),
    )


def _known(one: Told, other: Told) -> int:
    """The weight of the one text's facts that the other tells too, in whatever order."""
    keys = frozenset(key for fact in other.facts for key in fact.keys)
    return sum(fact.weight for fact in one.facts if fact.keys & keys)


def translated(shared: Shared) -> bool:
    """Whether what two texts share speaks for a translation, of the whole or of a part."""
    fewer, most = sorted((shared.one, shared.other))
    return len(shared.pairs) >= _LEAST and any(
        most >= rule.most and fewer >= rule.fewer and shared.ordered >= rule.ordered and shared.telling >= rule.telling
        for rule in _RULES
    )


def _in_order(one: Sequence[Mark], other: Sequence[Mark]) -> list[tuple[int, int]]:
    """The heaviest facts in common that stand in the same order in both."""
    best = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for a in range(len(one) - 1, -1, -1):
        for b in range(len(other) - 1, -1, -1):
            best[a][b] = max(best[a + 1][b], best[a][b + 1])
            if one[a].keys & other[b].keys:
                best[a][b] = max(best[a][b], best[a + 1][b + 1] + one[a].weight)
    out, a, b = [], 0, 0
    while a < len(one) and b < len(other):
        if one[a].keys & other[b].keys and best[a][b] == best[a + 1][b + 1] + one[a].weight:
            out.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return out


def _likeness(shared: Shared, one: Sketch, other: Sketch, labels: Mapping[str, Sequence[str]]) -> Likeness | None:
    """The suggestion with its evidence; None where most is worded alike, since what a page says around a post hides its language."""
    both = [(labels[one.item][a], labels[other.item][b]) for a, b in shared.pairs]
    worded = [mine == theirs for mine, theirs in both if any(map(str.isalpha, mine))]
    if 2 * sum(worded) > len(worded):
        return None
    low, high = sorted((one.item, other.item))
    least, most = sorted((shared.one, shared.other))
    why = (
        f"{len(both)} facts in the same order, {least:.0%} of what the one tells and {most:.0%} of what the other tells: "
        f"{'; '.join(f'{mine} = {theirs}' for mine, theirs in both)}. A suggestion: confirm that one is a translation"
    )
    return Likeness(one=low, other=high, manner="translated", resemblance=round(least, 3), why=why)
