"""Where to look closely at two clips whose scenes hold the same picture, cut out, moved or covered, as local features tell.

Hashes find a copy that is whole, or is the middle. For the rest one picture of each scene is sought among those of other
clips by its features; how they lie on each other says which part of either to decode. When it is cannot be told from a view that
lasts, so shifts are tried over many seconds. Pairs that hashes tell of already are left out. What it does not prove:
anything; two clips of one place have scenes in common without being copies, and the close look decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from witnessmark.terms.copy import Transform
from witnessmark.terms.fingerprint import FORMS, Footage, Region
from witnessmark.tracing.feature_index import Part, candidates, part
from witnessmark.tracing.looks import Look, around
from witnessmark.tracing.verify import Corners, compared, corners

REACH: Final = 15.0  # seconds looked at on either side of a scene's picture
UNSURE: Final = 12.0  # seconds that its time in the other clip may be wrong by
LEAST: Final = 0.15  # of width and of height that both show
MOST: Final = 4  # looks at two clips
_UPRIGHT: Final = 10.0  # degrees by which a picture may be turned to be hashed all the same
_BETWEEN: Final = "\n"  # no address holds it


def scene_looks(
    clips: Mapping[str, Footage], known: frozenset[tuple[str, str]] = frozenset(), fresh: frozenset[str] | None = None
) -> list[Look]:
    """What to look at closely because scenes agree, without the pairs ``known``; with ``fresh`` pairs that hold one of these."""
    held: dict[str, Corners] = {}
    times: dict[str, float] = {}
    for name in sorted(clips):
        for number, (at, shown) in enumerate(clips[name].scenes):
            if shown.features is not None:
                held[f"{name}{_BETWEEN}{number}"], times[f"{name}{_BETWEEN}{number}"] = corners(shown.features), at
    index = [part(held.items())]
    found: dict[tuple[str, str], list[Look]] = {}
    for scene, picture in held.items():
        mine = scene.partition(_BETWEEN)[0]
        if fresh is not None and mine not in fresh:
            continue
        for other, transform in _agreeing(scene, picture, held, index, known):
            theirs = other.partition(_BETWEEN)[0]
            pair = (mine, theirs) if mine < theirs else (theirs, mine)
            if len(found.setdefault(pair, [])) < MOST:
                first, second = (scene, other) if mine < theirs else (other, scene)
                look = _look(pair, (times[first], times[second]), transform, clips)
                found[pair] += [look] if look is not None and look not in found[pair] else []
    return sorted((look for looks in found.values() for look in looks), key=_order)


def _order(look: Look) -> tuple[str, str, float, float]:
    return look.one, look.other, look.at_one, look.at_other


def _agreeing(
    scene: str, picture: Corners, held: Mapping[str, Corners], index: Sequence[Part], known: frozenset[tuple[str, str]]
) -> Iterator[tuple[str, Transform]]:
    """Scenes of other clips that hold the same, with how: from the clip whose address is lower to the other."""
    mine = scene.partition(_BETWEEN)[0]
    for candidate in candidates(index, picture):
        theirs = candidate.name.partition(_BETWEEN)[0]
        if mine == theirs or (min(mine, theirs), max(mine, theirs)) in known:
            continue
        one, other = (picture, held[candidate.name]) if mine < theirs else (held[candidate.name], picture)
        likeness = compared(one, other, way=candidate.mirrored)
        if likeness is not None:
            yield candidate.name, likeness.transform


def _look(
    pair: tuple[str, str], at: tuple[float, float], transform: Transform, clips: Mapping[str, Footage]
) -> Look | None:
    """A look at what both show; None where it is too little, or turned so that hashes cannot tell."""
    quarters = round(transform.turned / 90)
    askew = abs(transform.turned - 90 * quarters) > _UPRIGHT
    regions = overlap(transform)
    if askew or regions is None or (transform.mirrored and quarters % 4):
        return None
    form = FORMS // 2 if transform.mirrored else quarters % 4
    guess = Look(
        one=pair[0], other=pair[1], one_from=0, one_to=0, other_from=0, other_to=0, form=form, at_one=at[0], at_other=at[1],
        slope=1.0, line=-1, hits=1, region_one=regions[0], region_other=regions[1], unsure=UNSURE,
    )  # fmt: skip
    return around(guess, REACH, REACH, clips[pair[0]].duration, clips[pair[1]].duration)


def overlap(transform: Transform) -> tuple[Region, Region] | None:
    """The parts of either picture that lie on the other; None where one side of them is under ``LEAST``."""
    matrix = np.reshape(transform.matrix, (3, 3))
    if abs(np.linalg.det(matrix)) < 1e-9:
        return None
    here = _boxed(np.linalg.inv(matrix), (0.0, 0.0, 1.0, 1.0))
    there = _boxed(matrix, here)
    if min(here[2] - here[0], here[3] - here[1], there[2] - there[0], there[3] - there[1]) < LEAST:
        return None
    return _region(here), _region(there)


def _boxed(matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]], box: tuple[float, ...]) -> tuple[float, ...]:
    """The box around where a box lies, within the picture."""
    edges = np.array([(x, y, 1.0) for x in box[::2] for y in box[1::2]]) @ matrix.T
    places = np.clip(edges[:, :2] / np.where(np.abs(edges[:, 2:]) < 1e-9, 1e-9, edges[:, 2:]), 0, 1)
    return (*(float(edge) for edge in places.min(0)), *(float(edge) for edge in places.max(0)))


def _region(box: tuple[float, ...]) -> Region:
    left, top, right, bottom = (round(edge, 3) for edge in box)
    return Region(name="crop", left=left, top=top, right=right, bottom=bottom)
