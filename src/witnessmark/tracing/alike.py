"""Pictures that hold the same as others, found by local features: suggestions, with what was done to the picture in words.

What hashes miss (cropped, turned, covered, inside a screenshot or a collage) is found here: candidates by the index, each
held against the picture itself. A match by features is never certain: a person confirms it. What it does not prove: which
picture was first; that two alike pictures show one event, since two photographs from one spot can agree as well.
"""

from collections.abc import Callable, Iterator, Sequence

from witnessmark.terms.copy import Copy, Transform
from witnessmark.tracing.agreement import Box
from witnessmark.tracing.feature_index import Part, candidates
from witnessmark.tracing.verify import Corners, Likeness, compared

ALL = 0.93  # of the width and the height, from which all of a picture is shown
TURNED = 2.0  # degrees from which it is said
FEW = 0.15  # of the corners there, below which it may be another photograph of the same thing

_Corner = Callable[[str], Corners]


def alike(name: str, picture: Corners, parts: Sequence[Part], held: _Corner) -> Iterator[Copy]:
    """The pictures of an index that hold the same as this one. ``held``: the corners of a picture of the index, by name."""
    best: dict[str, Copy] = {}
    for candidate in candidates(parts, picture):
        if candidate.name == name:
            continue
        low, high = sorted((name, candidate.name))
        one, other = (picture, held(high)) if low == name else (held(low), picture)
        found = compared(one, other, way=candidate.mirrored)
        if found is None:
            continue
        copy = Copy(one=low, other=high, manner="features", certain=False, why=why(found), transform=found.transform)
        before = best.get(candidate.name)
        if before is None or _points(copy) > _points(before):  # some hold a picture and its mirror image
            best[candidate.name] = copy
    yield from best.values()


def _points(copy: Copy) -> int:
    return copy.transform.matched if copy.transform is not None else 0


def why(likeness: Likeness) -> str:
    """What the two have in common, and what was done, in words; "the first" is ``one``."""
    transform, share, covered = likeness
    said = [f"{transform.matched} points agree", _extent(transform)]
    if transform.mirrored:
        said.append("one is mirrored")
    if abs(transform.turned) >= TURNED:
        way = "clockwise" if transform.turned > 0 else "anticlockwise"
        said.append(f"the second is turned by {abs(transform.turned):.0f}° {way}")
    if covered is not None:
        said.append(f"something is covered, added or blurred {_where(covered)} of the first")
    if share < FEW:
        said.append("few of the corners there do: it may be another photograph of the same place")
    return "; ".join(said) + "."


def _extent(transform: Transform) -> str:
    one, other = transform.shared_one, transform.shared_other
    if _all(one) and _all(other):
        return "both show the whole"
    if _all(one):
        return f"the first lies within the second, {_where(other)}"
    if _all(other):
        return f"the second is a part of the first, {_where(one)}"
    return f"a part is the same: {_where(one)} of the first, {_where(other)} of the second"


def _all(part: Box) -> bool:
    return part[2] - part[0] >= ALL and part[3] - part[1] >= ALL


def _where(part: Box) -> str:
    left, top, right, bottom = (round(edge * 100) for edge in part)
    return f"from {left} to {right} % across and from {top} to {bottom} % down"
