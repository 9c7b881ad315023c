"""A copy: two media (pictures, clips, or one inside the other) hold the same pixels or the same sound, in whole or in part.

What it does not prove: which was first, or that the words posted with them speak of one event.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Transform:
    """What was done to ``one``'s picture to make ``other``'s, or the other way round, as measured.

    ``matrix``: nine numbers, row by row, that take a point of ``one`` to a point of ``other`` (both as shares of width and
    height). ``shared``: the parts of ``one`` and of ``other`` that show the same (left, top, right, bottom, 0 to 1).
    ``turned``: degrees clockwise from ``one`` to ``other``. ``matched``: how many points agree (0 where a hash alone matched).
    """

    matrix: tuple[float, ...]
    shared_one: tuple[float, float, float, float]
    shared_other: tuple[float, float, float, float]
    mirrored: bool
    turned: float
    matched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Segment:
    """A stretch of ``one`` (seconds) is a stretch of ``other``. ``speed``: of ``other`` against ``one`` (0.5: slowed to half).

    ``frames``: how many frames agree; ``distance``: mean Hamming distance of their hashes, 0 to 256.
    """

    one_from: float
    one_to: float
    other_from: float
    other_to: float
    mirrored: bool = False
    speed: float = 1.0
    frames: int = 0
    distance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Copy:
    """``one``, ``other``: addresses of media, ``one`` the lower. ``manner``: ``bytes`` (the same file), ``hash``, ``features``,

    ``footage`` (frames of clips, or a still in a clip), ``sound``. ``certain``: a hash joins by itself, features suggest
    and a person confirms. ``why``: in words.
    """

    one: str
    other: str
    manner: Literal["bytes", "hash", "features", "footage", "sound"]
    certain: bool
    why: str
    transform: Transform | None = None
    segments: tuple[Segment, ...] = ()
