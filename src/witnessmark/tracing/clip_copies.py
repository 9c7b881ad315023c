"""All copies among clips, in the order in which they are cheapest to find: by hashes, then by scenes' features, sound beside both.

The rooms of thinking decode nothing: ``decode`` is handed in, and gives the frames of a stretch of a clip, of a region of the
picture or the whole; where a clip cannot be decoded any more, none. Only pairs that an index brings together are looked at.
What it does not prove: what :mod:`footage` and :mod:`sounds` do not prove.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from witnessmark.terms.copy import Copy
from witnessmark.terms.fingerprint import Footage, Frame, Region
from witnessmark.tracing.footage import Stretch, copy_of, stretches
from witnessmark.tracing.looks import Look, further, looks
from witnessmark.tracing.scenes import scene_looks
from witnessmark.tracing.sounds import alignments

ROUNDS: Final = 6  # times that it is looked further where a stretch goes on

Decode: TypeAlias = Callable[[str, float, float, Region | None], Sequence[Frame]]
Seen: TypeAlias = dict[tuple[str, str], list[Stretch]]


def copies(clips: Mapping[str, Footage], decode: Decode, fresh: frozenset[str] | None = None) -> list[Copy]:
    """Copies of footage and of sound among clips by address, sorted; with ``fresh`` only pairs that hold one of these.

    ``decode``: frames of an address from and to a second, about eight a second, of a region or the whole.
    """
    seen: Seen = defaultdict(list)
    _look(looks(clips, fresh), clips, decode, seen)
    known = frozenset(pair for pair, found in seen.items() if found)
    _look(scene_looks(clips, known, fresh), clips, decode, seen)
    heard = {(one.one, one.other): one for one in alignments(clips, fresh)}
    footage = [copy_of(*pair, found, heard.get(pair)) for pair, found in seen.items()]
    return sorted([*(one for one in footage if one is not None), *heard.values()], key=_order)


def _order(copy: Copy) -> tuple[str, str, str]:
    return copy.one, copy.other, copy.manner


def _look(asked: Iterable[Look], clips: Mapping[str, Footage], decode: Decode, seen: Seen) -> None:
    """Look, and further where a certain stretch goes on; stretches seen are added."""
    todo = list(asked)
    for _ in range(ROUNDS):
        beyond: list[Look] = []
        for look in todo:
            one = decode(look.one, look.one_from, look.one_to, look.region_one)
            other = decode(look.other, look.other_from, look.other_to, look.region_other)
            found = stretches(look, one, other)
            seen[look.one, look.other] += found
            beyond += further(look, [part.segment for part in found if part.certain], clips)
        todo = beyond
