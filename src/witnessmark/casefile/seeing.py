"""Pictures and clips in the steps over the whole case: which items carry copies of one medium, who was first, what is used again.

Copies that are certain make sets of media; the items that carry one of a set stand in a star around the first of them, so
that a thousand reposts are a thousand ties. A copy that only features suggest ties nothing until a person joins the
origins. What a shared picture does not say: that the words posted with it tell one event.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, delete, select

from witnessmark.casefile import letters, tables
from witnessmark.casefile.carried import sightings
from witnessmark.packs.larder import PackLarder
from witnessmark.terms.card import Spot
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sets import Sets
from witnessmark.terms.sighting import Recycled, Sighting
from witnessmark.tracing.firsts import of_before, of_elsewhere, order

SHARED = "carry copies of one picture or clip"


@dataclass(frozen=True, slots=True)
class Seen:
    """``carried``: each item's sightings; ``sets``: each medium's set of copies; ``by_set``: who carries one of a set, the first first."""

    carried: Mapping[str, Sequence[Sighting]] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    by_set: Mapping[str, Sequence[Sighting]] = field(default_factory=dict)


def members(db: Connection) -> list[str]:
    """What of media the steps over the case depend on: what was compared, and the names that files were found under."""
    compared = db.execute(select(tables.step.c.key).where(tables.step.c.name == "compare")).scalar()
    looked = select(tables.look.c.address)
    names = select(tables.finding.c.address, tables.finding.c.name).where(tables.finding.c.address.in_(looked))
    named = sorted({f"file {row.address} {row.name}" for row in db.execute(names)})
    return [f"compared {compared}", *named, *letters.keys(db)] if named else []


def see(db: Connection) -> Seen:
    """What the items of a case carry, anew."""
    found = sightings(db)
    return of(found, _certain(db)) if found else Seen()


def of(found: Sequence[Sighting], copies: Iterable[tuple[str, str]]) -> Seen:
    """What is seen by some sightings. ``copies``: pairs of media that are copies for certain."""
    joined = Sets(copies)
    sets = {one.medium: joined.root(one.medium) for one in found}
    by_set: dict[str, list[Sighting]] = defaultdict(list)
    carried: dict[str, list[Sighting]] = defaultdict(list)
    for one in found:
        by_set[sets[one.medium]].append(one)
        carried[one.item].append(one)
    return Seen(dict(carried), sets, {root: sorted(held, key=order) for root, held in by_set.items()})


def _certain(db: Connection) -> Iterable[tuple[str, str]]:
    rows = select(tables.copy.c.one, tables.copy.c.other).where(tables.copy.c.certain == 1)
    return [(row.one, row.other) for row in db.execute(rows)]


def marks(db: Connection, seen: Seen, larder: PackLarder) -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Whom the lettering of each picture names."""
    read = letters.of_media(db, list(seen.sets))
    return {address: named for address, one in read if (named := letters.credited(one, larder))}


def keep(db: Connection, seen: Seen) -> None:
    """Write down who carries what."""
    db.execute(delete(tables.carried))
    tables.put(
        db,
        tables.carried,
        [
            {"item": one.item, "medium": one.medium, "blob": msgspec.json.encode(one)}
            for held in seen.by_set.values()
            for one in held
        ],
    )


def likenesses(seen: Seen) -> list[Likeness]:
    """Items that carry copies of one medium, each with the first in the case that carries one."""
    return sorted({like for held in seen.by_set.values() for like in _star(held)})


def between(seen: Seen, items: Sequence[str]) -> list[Likeness]:
    """The same among some items, each with the first of them."""
    by_set: dict[str, list[Sighting]] = defaultdict(list)
    for one in (one for item in items for one in seen.carried[item]):
        by_set[seen.sets[one.medium]].append(one)
    return sorted({like for held in by_set.values() for like in _star(sorted(held, key=order))})


def _star(held: Sequence[Sighting]) -> list[Likeness]:
    center = held[0].item
    pairs = [sorted((center, other)) for other in {one.item for one in held} - {center}]
    return [Likeness(one=low, other=high, manner="medium", resemblance=1.0, why=SHARED) for low, high in pairs]


def placed(seen: Seen, spots: Mapping[str, Sequence[Spot]]) -> dict[str, Sighting]:
    """Of each set the first sighting whose item says where the event was. ``spots``: where each item says that it was."""
    found = ((root, next((one for one in held if one.item in spots), None)) for root, held in seen.by_set.items())
    return {root: one for root, one in found if one is not None}


def again(
    seen: Seen,
    items: Iterable[str],
    event: str | None,
    spots: Mapping[str, Sequence[Spot]],
    before: Mapping[str, Sighting],
) -> list[Recycled]:
    """What some items carry that cannot show their event. ``event``: its first day; ``before``: as ``placed`` gives it."""
    out = set()
    for mine in (one for item in items for one in seen.carried.get(item, ())):
        root = seen.sets[mine.medium]
        found = of_before(mine, seen.by_set[root][:1], event)
        other = before.get(root)
        if found is None and other is not None and other.item != mine.item:
            found = of_elsewhere(mine, spots.get(mine.item, ()), other, spots[other.item])
        out |= {found} if found else set()
    return sorted(out, key=lambda one: (one.later.item, one.later.medium, one.manner))
