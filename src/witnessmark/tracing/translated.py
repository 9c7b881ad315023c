"""Translated copies: texts of two languages that tell the same facts in the same order, as a suggestion for a person to confirm.

Two reports of one event share its place, its day and its toll, and whoever wrote them; that is no sign of a translation. A translation
has most facts of the one text in the other, in their order, and among them facts that few reports of the event would share: further
places, numbers of houses or shells, hours, names. Candidates share several facts that few texts have. What it does not prove: that one
was made from the other; both may follow a third, in either language, and a person must say so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from witnessmark.terms.fact import Mark, unpacked
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
_CAP = 2_000  # pairs of texts that one fact brings together; what more texts share tells nothing
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
    texts = [told(one) for one in sketches if one.readable and one.facts]
    found = [(shared, one, other) for one, other in candidates(texts) if translated(shared := share(one, other))]
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


def candidates(texts: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs of texts of two languages that share facts few texts have, each with the few that share most."""
    having: dict[int, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        for key in sorted({key for one in text.facts for key in one.keys}):
            having[key].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for members in having.values():
        by_language: dict[str, list[int]] = defaultdict(list)
        for at in members:
            by_language[texts[at].sketch.language].append(at)
        arabic = by_language.pop("ar", [])
        others = [at for rest in by_language.values() for at in rest]
        if len(arabic) * len(others) <= _CAP:
            shared.update((one, other) for one in arabic for other in others)
    best: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (one, other), number in shared.items():
        if number >= _LEAST - 1 and _near_in_time(texts[one].sketch, texts[other].sketch):
            best[other].append((-number, one))
    for other, ranked in sorted(best.items()):
        for _, one in sorted(ranked)[:_BEST]:
            yield texts[one], texts[other]


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
