"""What a group of claims is traced by: how its items resemble each other, what they carry, and what people decided of its origins."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from witnessmark.casefile import seeing
from witnessmark.casefile.seeing import Seen
from witnessmark.incidents.settle import Settled
from witnessmark.terms.card import Spot
from witnessmark.terms.incident import Gathered
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sighting import Recycled, Sighting
from witnessmark.tracing.origins import Decided

Pairs = Iterable[tuple[str, str]]
Credits = tuple[tuple[str, str | None], ...]
NONE: Mapping[str, Credits] = {}


@dataclass(frozen=True, slots=True)
class Traced:
    """``copies``: between the group's items, of words and of media; ``media``: addresses by item; ``recycled``: what cannot show it.

    ``marked``: of items whom the lettering of their pictures names.
    """

    copies: Sequence[Likeness]
    media: Mapping[str, Sequence[str]]
    recycled: Sequence[Recycled]
    decided: Decided
    marked: Mapping[str, Sequence[tuple[str, str | None]]]


def traced(
    groups: Sequence[Gathered],
    settled: Mapping[str, Settled],
    copies: Iterable[Likeness],
    seen: Seen,
    links: tuple[Pairs, Pairs],
    marks: Mapping[str, Credits] = NONE,
) -> list[Traced]:
    """One for each group, in order. ``links``: pairs of claims joined, and split, in origins.

    ``marks``: whom the lettering of pictures names, by address.
    """
    touching: dict[str, list[Likeness]] = defaultdict(list)
    for like in copies:
        touching[like.one].append(like)
    spots = _spots(settled.values())
    before = seeing.placed(seen, spots)
    joins, splits = (_by_claim(of) for of in links)
    found = [_traced(group, settled, touching, seen, spots, before, joins, splits) for group in groups]
    return [replace(one, marked=_marked(one.media, marks)) for one in found] if marks else found


def _traced(
    group: Gathered,
    settled: Mapping[str, Settled],
    touching: Mapping[str, Sequence[Likeness]],
    seen: Seen,
    spots: Mapping[str, Sequence[Spot]],
    before: Mapping[str, Sighting],
    joins: Mapping[str, list[tuple[str, str]]],
    splits: Mapping[str, list[tuple[str, str]]],
) -> Traced:
    told = [settled[claim] for claim in group.claims]
    inside = {one.card.item for one in told}
    days = [one.first for one in told if one.first]
    words = [like for item in sorted(inside & touching.keys()) for like in touching[item] if like.other in inside]
    carrying = sorted(inside & seen.carried.keys())
    return Traced(
        copies=[*words, *seeing.between(seen, carrying)],
        media={item: tuple(one.medium for one in seen.carried[item]) for item in carrying},
        recycled=seeing.again(seen, carrying, min(days) if days else None, spots, before),
        decided=Decided(joins=_touching(group, joins), splits=_touching(group, splits)),
        marked={},
    )


def _marked(media: Mapping[str, Sequence[str]], marks: Mapping[str, Credits]) -> dict[str, Credits]:
    """Of items whom their pictures name."""
    found = {item: tuple(one for at in held for one in marks.get(at, ())) for item, held in media.items()}
    return {item: named for item, named in found.items() if named}


def _spots(settled: Iterable[Settled]) -> dict[str, list[Spot]]:
    """Where each item says that its events were."""
    found: dict[str, list[Spot]] = defaultdict(list)
    for one in settled:
        if one.spot is not None and one.card.kind != "mention":
            found[one.card.item].append(one.spot)
    return dict(found)


def _by_claim(pairs: Pairs) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        found[pair[0]].append(pair)
    return dict(found)


def _touching(group: Gathered, pairs: Mapping[str, list[tuple[str, str]]]) -> tuple[tuple[str, str], ...]:
    """The pairs whose claims both stand in a group."""
    inside = set(group.claims) if pairs else set()
    return tuple(pair for claim in sorted(inside & pairs.keys()) for pair in pairs[claim] if pair[1] in inside)
