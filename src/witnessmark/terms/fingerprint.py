"""Fingerprints: what is kept of a picture, a clip or its sound, by which copies are found without its bytes.

Hashes are PDQ (256 bits, 32 bytes; https://github.com/facebook/ThreatExchange/tree/main/pdq), a fingerprint of a picture's
coarse light and dark. Features are local: corners with a descriptor each, which survive cropping and turning. What they do
not prove: that two alike pictures show one event, or who made either.
"""

from dataclasses import dataclass

HASH = 32  # bytes of one hash
FORMS = 8  # the dihedral forms of a picture: as it is, turned by 90, 180, 270 degrees, and each of these mirrored
POINT = 16  # bytes of one point: x, y, size and angle, each a float of 32 bits, little end first
DESCRIPTOR = 32  # bytes of one descriptor
MIDDLES = (9 / 16, 4 / 5, 1.0, 4 / 3, 16 / 9)  # width by height of what platforms cut clips to, or lay them into
_SAME = 1.1  # times by which two shapes differ at least to be two


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Region:
    """A part of a picture, its edges as shares (0 to 1) of width and height, from the left and from the top.

    ``name``: ``whole``; ``content`` (frames and bands trimmed); ``panel`` (a picture inside an interface); ``crop`` (a
    reference crop, by which a cropped copy is found).
    """

    name: str
    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """The hashes of one region: eight forms, or one. ``quality``: PDQ's own, 0 to 100; low where there is little to see."""

    region: Region
    hashes: bytes
    quality: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Points with a descriptor each, in pixels of the picture as it was compared, ``width`` by ``height``."""

    width: int
    height: int
    points: bytes
    descriptors: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Of one still picture, upright (turned as its metadata says). ``width``, ``height``: of the whole picture, in pixels.

    ``plain``: why it can match nothing (blank, near-uniform, a logo, an emoji), or None; then nothing else is kept.
    """

    width: int
    height: int
    hashed: tuple[Hashed, ...] = ()
    features: Features | None = None
    plain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A frame of a clip: seconds from its beginning, its eight hashes, and PDQ's quality.

    ``crops``: a hash each of its middle, cut to the shapes in ``MIDDLES`` that differ from its own (:func:`middles`).
    """

    at: float
    hashes: bytes
    quality: int
    crops: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A fingerprint of sound: ``values``, numbers of 32 bits, little end first, one every ``step`` seconds from ``start``."""

    step: float
    start: float
    values: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """Of one clip. ``duration``: seconds, as far as it could be read; ``frames``: in order of time.

    ``scenes``: one frame of each scene with its time, fingerprinted like a still. ``trouble``: what could not be read, and why.
    """

    duration: float
    width: int
    height: int
    frames: tuple[Frame, ...] = ()
    scenes: tuple[tuple[float, Fingerprint], ...] = ()
    sound: Sound | None = None
    trouble: tuple[str, ...] = ()


def middles(width: int, height: int) -> tuple[Region, ...]:
    """The middle of a picture cut to each of ``MIDDLES``, without those of nearly its own shape.

    A clip cut to another shape keeps its middle, mostly; one that is laid into another shape, with bands, is its middle.
    """
    if width <= 0 or height <= 0:
        return ()
    found = []
    for shape in MIDDLES:
        share = shape * height / width
        if share * _SAME < 1:
            found.append(Region(name="crop", left=0.5 - share / 2, right=0.5 + share / 2))
        elif share > _SAME:
            found.append(Region(name="crop", top=0.5 - 0.5 / share, bottom=0.5 + 0.5 / share))
    return tuple(found)
