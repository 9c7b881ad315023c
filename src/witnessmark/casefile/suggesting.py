"""Copies that local features suggest: new pictures, and scenes of clips, held against all others, a lot in memory at a time.

Of pictures that are copies for certain one stands for all. Each new one is looked up in an index of a few thousand others, then in the
next, so memory does not grow with the case. A suggestion joins nothing until a person confirms it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from witnessmark.casefile import looking
from witnessmark.casefile.spread import batched
from witnessmark.terms.copy import Copy, Segment
from witnessmark.terms.medium import Medium
from witnessmark.terms.sets import Sets
from witnessmark.tracing import feature_index
from witnessmark.tracing.alike import alike
from witnessmark.tracing.picture_copies import Match
from witnessmark.tracing.verify import Corners, corners

_LOT = 4_000  # pictures of one index: some 50 kB each
_ASKED = 500  # new pictures held at once
_SCENE = "@"  # between a clip's address and the second of a scene


def suggested(
    db: Connection, kept: Iterable[str], fresh: Mapping[str, Medium | None], links: Iterable[Match]
) -> list[Copy]:
    """Suggestions that concern new media, sorted; none between media that are copies for certain.

    ``kept``: addresses of what is looked through; ``fresh``: of what is new, with the medium where the case does not hold it.
    """
    stands = Sets((link.one, link.other) for link in links).roots()  # of copies for certain one stands for all
    pool = [one for one in sorted(kept) if stands.get(one, one) == one]
    asked = [one for one in sorted(fresh) if stands.get(one, one) == one]
    found: dict[tuple[str, str], Copy] = {}
    for lot in batched(pool, _LOT) if asked else ():
        held = dict(_corners(db, lot))
        index = [feature_index.part(held.items())]
        for some in batched(asked, _ASKED):
            given = [(one, medium) for one in some if (medium := fresh[one]) is not None]
            for name, corner in (*_of(given), *_corners(db, [one for one in some if fresh[one] is None])):
                for copy in alike(name, corner, index, held.__getitem__):
                    one = _of_media(copy)
                    if one.one != one.other:
                        found.setdefault((one.one, one.other), one)
    return sorted(found.values())


def _corners(db: Connection, addresses: Sequence[str]) -> Iterator[tuple[str, Corners]]:
    """The features of pictures of the case, and of its clips' scenes under their address and second."""
    yield from _of((address, medium) for address, _, medium in looking.media(db, list(addresses)))


def _of(media: Iterable[tuple[str, Medium]]) -> Iterator[tuple[str, Corners]]:
    for address, medium in media:
        if medium.still and medium.still.features:
            yield address, corners(medium.still.features)
        for at, scene in medium.footage.scenes if medium.footage else ():
            if scene.features:
                yield f"{address}{_SCENE}{at:.2f}", corners(scene.features)


def _of_media(copy: Copy) -> Copy:
    """A copy between pictures or scenes as one between media, with the seconds of the scenes."""
    (one, _, at), (other, _, there) = copy.one.partition(_SCENE), copy.other.partition(_SCENE)
    if not at and not there:
        return copy
    first, second = float(at or 0), float(there or 0)
    segment = Segment(one_from=first, one_to=first, other_from=second, other_to=second, frames=1)
    if one > other:  # the address of a clip sorts otherwise with its second behind it
        segment = Segment(one_from=second, one_to=second, other_from=first, other_to=first, frames=1)
        one, other = other, one
    return replace(copy, one=one, other=other, segments=(segment,))
