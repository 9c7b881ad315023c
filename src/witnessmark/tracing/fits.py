"""How one picture lies on another: the map that most pairs of corners agree with.

Each pair proposes a move, a scale and a turn (its corners carry size and angle); the proposals with most support are refined
to an affine map by least squares, and to a homography where that explains clearly more, as in a screen photographed at a
slant. Every pair is tried as a proposal and nothing is drawn, so the answer is always the same (one-point
voting in place of RANSAC). What it does not prove: that the pairs that agree are more
than a logo; see ``verify``.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAST = 8  # pairs that have to agree
SCALES = (1 / 12, 12.0)  # by how much a copy may be smaller or larger
STRETCHED = 2.0  # how much more a copy may be drawn out in one direction than in the other
TRIED = 6  # proposals that are refined
SUPPORT = 6  # pairs that have to agree roughly with a proposal, for it to be refined
STEPS = (24.0, 12.0, 6.0, 4.0, 4.0)  # pixels by which a pair may miss the map, from one refinement to the next
SLANT = (10.0, 6.0, 4.0, 4.0)
ALIKE = 0.4  # of the logarithm of scale: two steps of the pyramid
TURNED = 0.9  # cosine: 25 degrees

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Pairs(NamedTuple):
    """Pairs of corners: pixels in both pictures (n, 2), scale and turn (radians) from the first to the second, ``ease``.

    ``ease``: by how much more a pair may miss, since large corners lie less exactly.
    """

    here: Floats
    there: Floats
    scale: Floats
    turn: Floats
    ease: Floats


class Fit(NamedTuple):
    """A map (3, 3) from the pixels of the first picture to those of the second, and which pairs agree."""

    matrix: Floats
    agree: Bools


def fitted(pairs: Pairs) -> Fit | None:
    """The map most pairs agree with; None where fewer than ``LEAST`` do."""
    proposed = _proposals(pairs)
    support = proposed.sum(axis=1)
    best: Fit | None = None
    for number in np.argsort(-support, kind="stable")[:TRIED]:
        fit = _refined(pairs, proposed[number]) if support[number] >= SUPPORT else None
        if fit is not None and (best is None or fit.agree.sum() > best.agree.sum()):
            best = fit
    if best is None or best.agree.sum() < LEAST:
        return None
    slanted = _slanted(pairs, best)
    return slanted if slanted is not None and slanted.agree.sum() > best.agree.sum() * 1.1 + 2 else best


def _proposals(pairs: Pairs) -> Bools:
    """For each pair, which pairs agree roughly with the move, scale and turn it proposes: (n, n)."""
    here, there = pairs.here @ (1, 1j), pairs.there @ (1, 1j)
    by = pairs.scale * np.exp(1j * pairs.turn)
    moved = by[:, None] * (here[None] - here[:, None])
    miss = np.abs(there[None] - there[:, None] - moved)
    logs = np.log(pairs.scale)
    alike = np.abs(logs[:, None] - logs[None]) < ALIKE
    turned = np.cos(pairs.turn[:, None] - pairs.turn[None]) > TURNED
    return np.asarray(alike & turned & (miss < 8 + 0.15 * np.abs(moved)))


def _refined(pairs: Pairs, support: Bools) -> Fit | None:
    """An affine map by least squares on those that agree, drawn tighter step by step."""
    agree, matrix = support, np.eye(3)
    for tolerance in STEPS:
        if agree.sum() < 4:
            return None
        known = np.column_stack([pairs.here[agree], np.ones(agree.sum())])
        solved = np.linalg.lstsq(known, pairs.there[agree], rcond=None)[0]
        matrix = np.vstack([solved.T, (0.0, 0.0, 1.0)])
        agree = _agreeing(matrix, pairs, tolerance)
    return Fit(matrix, agree)


def _slanted(pairs: Pairs, fit: Fit) -> Fit | None:
    """A homography by the normalised direct linear transform (Hartley and Zisserman 2004, 4.4), from an affine beginning."""
    matrix = fit.matrix
    for tolerance in SLANT:
        agree = _agreeing(matrix, pairs, tolerance)
        if agree.sum() < 8:
            return None
        matrix = _homography(pairs.here[agree], pairs.there[agree])
        if not np.isfinite(matrix).all():
            return None
    return Fit(matrix, _agreeing(matrix, pairs, SLANT[-1]))


def _homography(here: Floats, there: Floats) -> Floats:
    """The homography with the least algebraic error, (3, 3); not a number where there is none."""
    first, second = _normal(here), _normal(there)
    x, y = (here @ first[:2, :2].T + first[:2, 2]).T
    u, v = (there @ second[:2, :2].T + second[:2, 2]).T
    none, ones = np.zeros_like(x), np.ones_like(x)
    across = np.column_stack([-x, -y, -ones, none, none, none, u * x, u * y, u])
    down = np.column_stack([none, none, none, -x, -y, -ones, v * x, v * y, v])
    rows = np.concatenate([across, down])
    solved = np.linalg.eigh(rows.T @ rows)[1][:, 0].reshape(3, 3)
    matrix = np.linalg.inv(second) @ solved @ first
    return matrix / matrix[2, 2] if abs(matrix[2, 2]) > 1e-12 else np.full((3, 3), np.nan)


def _normal(points: Floats) -> Floats:
    """The similarity that brings points around nought, at a mean distance of the root of two."""
    centre = points.mean(axis=0)
    by = np.sqrt(2) / (float(np.hypot(*(points - centre).T).mean()) or 1.0)
    return np.array([[by, 0, -by * centre[0]], [0, by, -by * centre[1]], [0, 0, 1]])


def mapped(matrix: Floats, points: Floats) -> Floats:
    """Points (n, 2) under a map (3, 3); what it sends behind the picture lies infinitely far."""
    lifted = points @ matrix[:, :2].T + matrix[:, 2]
    depth = lifted[:, 2:]
    return np.where(depth > 1e-9, lifted[:, :2] / np.where(depth > 1e-9, depth, 1.0), np.inf)


def _agreeing(matrix: Floats, pairs: Pairs, tolerance: float) -> Bools:
    """Which pairs the map brings together, measured in the finer of the two pictures."""
    grown = max(1.0, float(np.sqrt(abs(np.linalg.det(matrix[:2, :2])))))
    miss = np.hypot(*(mapped(matrix, pairs.here) - pairs.there).T)
    return np.asarray(miss <= pairs.ease * tolerance * grown)


def plausible(matrix: Floats, frame: tuple[float, float]) -> bool:
    """Whether a map can be a copy's: it keeps the hand, scales within ``SCALES``, and neither shears nor folds much.

    ``frame``: width and height of the first picture, over whose corners and middle it is looked at.
    """
    edges = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0.5, 0.5)]) * frame
    here = np.concatenate([edges, edges + np.array((1, 0)), edges + np.array((0, 1))])
    there = mapped(matrix, here)
    if not np.isfinite(there).all():
        return False
    across, down = there[5:10] - there[:5], there[10:] - there[:5]
    area = across[:, 0] * down[:, 1] - across[:, 1] * down[:, 0]
    if (area <= 0).any():
        return False
    scale = np.sqrt(area)
    widest = np.hypot(np.hypot(*across.T), np.hypot(*down.T)) / scale  # root of 2 where nothing is drawn out
    middle = float(scale[4])
    even = (scale > middle / 3).all() and (scale < middle * 3).all()
    return bool(even and SCALES[0] < middle < SCALES[1] and (widest < np.sqrt(STRETCHED + 1 / STRETCHED) + 0.2).all())
