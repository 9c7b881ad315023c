"""Which parts of a picture are hashed: the whole, what lies inside frames, bars and interface, and a few reference crops.

A copy is often posted inside something: a border, bars above and below (of one colour, or the picture itself, blurred), a
band with a caption, a phone's screen. Rows and columns are judged from outside: *flat*, where most of their pixels have one
shade (bars, and lines of text on a ground), or *smooth*, where they are blurred against the rest and end at a straight
edge. What remains inside an even frame or blurred bars is called content, inside flat lines a panel.

What it does not prove: that what was found is where a picture ends; a sky of one shade looks like a bar. So the whole is
always hashed too.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.media.pixels import reduced
from witnessmark.terms.fingerprint import Region

WORKED: Final = 256  # pixels of the shorter side at which edges are looked for
FLAT_SHARE: Final = (
    0.6  # of a line's pixels within SHADE of its median: lines of text leave two thirds of the ground bare
)
EVEN_SHARE: Final = 0.97  # of a line of a frame; compression strays at its inner edge
SHADE: Final = 6  # levels; compression moves a shade by less
BLURRED: Final = 0.35  # of the fine detail of the most detailed lines: bars blurred for display have less
EDGE_SHARE: Final = 0.5  # of a line where brightness steps, for a straight edge
STEP: Final = 8  # levels of brightness over two pixels
REACH: Final = 5  # lines around the end of a blurred run in which its edge is looked for
LEAST: Final = 0.15  # of the whole's width and of its height, below which a part is no content
SAME: Final = 0.96  # of two boxes that both cover, above which they are one

GAP: Final = 3  # lines that may be empty within what is not; between lines of text are more
GROUND: Final = 0.2  # of a picture in its commonest shade, for a ground
BARE_SHARE: Final = 0.5  # of a line that shows the ground

Judged = Callable[[int, int, int, int], NDArray[np.bool_]]  # which lines within a box are empty
Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels, end exclusive


def parts(luma: NDArray[np.uint8]) -> tuple[Region, ...]:
    """The whole first, then up to four proposals of what it holds: inside a frame, on a ground, between bands, inside blur."""
    small = reduced(luma, WORKED).astype(np.int16)
    high, wide = small.shape
    whole = (0, 0, wide, high)
    found = [("whole", whole)]
    proposals = (
        ("content", inside_frame(small)),
        ("panel", inside_ground(small)),
        ("panel", inside_flat(small)),
        ("content", inside_smooth(small)),
    )
    for name, box in proposals:
        if _is_content(box, whole) and all(_overlap(box, other) < SAME for _, other in found):
            found.append((name, box))
    return tuple(_named(name, box, wide, high) for name, box in found)


def _named(name: str, box: Box, wide: int, high: int) -> Region:
    return Region(name=name, left=box[0] / wide, top=box[1] / high, right=box[2] / wide, bottom=box[3] / high)


def _is_content(box: Box, whole: Box) -> bool:
    return box[2] - box[0] >= LEAST * whole[2] and box[3] - box[1] >= LEAST * whole[3] and box != whole


def _overlap(one: Box, other: Box) -> float:
    """Of two boxes, the share of both that both cover."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    common = max(0, across) * max(0, down)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return common / max(1, areas - common)


def inside_frame(small: NDArray[np.int16]) -> Box:
    """What lies inside a frame or bars of even shade: from each side, all lines that have the shade of the outermost."""
    left, top, right, bottom = 0, 0, small.shape[1], small.shape[0]
    for _ in range(2):
        above, below = _even(small[top:bottom, left:right])
        top, bottom = top + above, bottom - below
        before, after = _even(small[top:bottom, left:right].T)
        left, right = left + before, right - after
    return left, top, right, bottom


def _even(lines: NDArray[np.int16]) -> tuple[int, int]:
    """How many rows from the first, and from the last, have one even shade. None where all have."""
    return _run(lines), _run(lines[::-1])


def _run(lines: NDArray[np.int16]) -> int:
    """How many rows from the first have its shade, evenly; 0 where it has none, or all have."""
    shade, count, step = np.median(lines[0]), 0, 16
    while count < len(lines):
        even = (np.abs(lines[count : count + step] - shade) <= SHADE).mean(axis=1) >= EVEN_SHARE
        if not even.all():
            return count + int(np.argmin(even))
        count += step
    return 0


def inside_ground(small: NDArray[np.int16]) -> Box:
    """What stands on a ground of one shade, as a picture does among the texts of a screen; all, where there is no ground."""
    high, wide = small.shape
    counts = np.convolve(np.bincount(small.ravel(), minlength=256), np.ones(2 * SHADE + 1), "same")
    ground = int(np.argmax(counts))
    if counts[ground] < GROUND * small.size:
        return 0, 0, wide, high
    bare = np.abs(small - ground) <= 2 * SHADE
    return _inside(
        lambda left, top, right, bottom: bare[top:bottom, left:right].mean(axis=1) >= BARE_SHARE,
        lambda left, top, right, bottom: bare[top:bottom, left:right].mean(axis=0) >= BARE_SHARE,
        small,
    )


def inside_flat(small: NDArray[np.int16]) -> Box:
    """What lies between flat rows and columns, of whatever shade each."""
    return _inside(
        lambda left, top, right, bottom: _flat(small[top:bottom, left:right]),
        lambda left, top, right, bottom: _flat(small[top:bottom, left:right].T),
        small,
    )


def _inside(rows: Judged, columns: Judged, small: NDArray[np.int16]) -> Box:
    """The longest run of lines that are not empty, first of rows, then of columns, until it stays."""
    left, top, right, bottom = 0, 0, small.shape[1], small.shape[0]
    for _ in range(3):
        before = (left, top, right, bottom)
        top, bottom = _between(rows(left, top, right, bottom), top, bottom)
        left, right = _between(columns(left, top, right, bottom), left, right)
        if (left, top, right, bottom) == before:
            break
    return left, top, right, bottom


def _flat(lines: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Which rows are mostly of one shade."""
    seen = lines[:, :: max(1, lines.shape[1] // 160)]
    middle = np.partition(seen, seen.shape[1] // 2, axis=1)[:, seen.shape[1] // 2, None]
    return np.asarray((np.abs(seen - middle) <= SHADE).mean(axis=1) >= FLAT_SHARE)


def _between(empty: NDArray[np.bool_], start: int, end: int) -> tuple[int, int]:
    """The longest run of lines that are not empty, small gaps closed; all of them where there is none long enough."""
    length = empty.size
    filled = np.flatnonzero(~empty)
    if filled.size < LEAST * length:
        return start, end
    breaks = np.flatnonzero(np.diff(filled) > GAP)
    firsts = filled[np.concatenate([[0], breaks + 1])]
    lasts = filled[np.concatenate([breaks, [filled.size - 1]])] + 1
    best = int(np.argmax(lasts - firsts))
    return start + int(firsts[best]), start + int(lasts[best])


def inside_smooth(small: NDArray[np.int16]) -> Box:
    """What lies between blurred bars that end at a straight edge, above and below, or left and right."""
    high, wide = small.shape
    top, bottom = _sharp(small)
    left, right = _sharp(small[top:bottom].T)
    if (left, right) != (0, wide) and (top, bottom) != (0, high):
        return (0, 0, wide, high)  # bars stand on two sides, never on four
    return left, top, right, bottom


def _sharp(lines: NDArray[np.int16]) -> tuple[int, int]:
    """First and end of the rows that have detail, where all before and after are blurred and a straight edge divides them.

    Bars are as wide on both sides: where an edge is seen on one alone, and the other is blurred as far, it is taken for both.
    """
    count = len(lines)
    detail = np.abs(np.diff(lines[:, ::2], 2, axis=1)).mean(axis=1)
    detail = np.convolve(detail, np.full(5, 0.2), "same")
    blurred = detail < BLURRED * np.quantile(detail, 0.85)
    runs = int(np.argmin(blurred)), int(np.argmin(blurred[::-1]))
    before, after = _edged(lines, runs[0]), _edged(lines[::-1], runs[1])
    if not before and after and runs[0] >= 0.7 * after:
        before = after
    if not after and before and runs[1] >= 0.7 * before:
        after = before
    return (before, count - after) if before + after < count else (0, count)


def _edged(lines: NDArray[np.int16], at: int) -> int:
    """The row near this at which most of a line steps in brightness, or 0."""
    if at < REACH or at + REACH + 2 >= len(lines):
        return 0
    steps = (np.abs(lines[at - 2 : at + REACH + 2] - lines[at - 4 : at + REACH]) > STEP).mean(axis=1)
    best = int(np.argmax(steps))
    return at - 3 + best if steps[best] >= EDGE_SHARE else 0
