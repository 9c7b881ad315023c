"""The boxes that MP4, MOV, HEIC and AVIF are made of (ISO/IEC 14496-12, 4.2): where each lies, and whether all is there.

Sizes are believed only inside the box that holds them, and a walk ends after so many boxes, whatever the file says.
"""

import math
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_MOST = 4096  # boxes of one walk
_FIRST = frozenset((b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))


class Box(NamedTuple):
    """``kind``: four letters; ``start``, ``end``: its content, as the size says; ``end`` may lie beyond the file's."""

    kind: bytes
    start: int
    end: int


def begins(head: bytes) -> bool:
    """Whether bytes begin as such a file does: with a box of a kind that may stand first, and a size, which no text spells."""
    size = head[:4]
    number = any(byte < 9 for byte in size) or (head[4:8] == b"mdat" and not size.isascii())
    return len(head) >= 12 and head[4:8] in _FIRST and number


def brand(head: bytes) -> bytes:
    """The kind of file by its first box; empty for files older than that box."""
    return head[8:12] if head[4:8] == b"ftyp" else b""


def walk(source: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes from ``start`` on, until ``end`` or until one is no box."""
    for _ in range(_MOST):
        source.seek(start)
        head = source.read(16)
        if start + 8 > end or len(head) < 8:
            return
        size, kind, header = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1 and len(head) == 16:
            size, header = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - start
        if size < header:
            return
        yield Box(kind, start + header, start + size)
        start += size


def cut(source: BinaryIO, size: int) -> str | None:
    """In words, that a file of ``size`` bytes ends inside one of its boxes; None where it does not."""
    for box in walk(source, 0, size):
        if box.end > size:
            return f"it is cut off: by its own account it has at least {box.end - size} bytes more than are here"
    return None


def turned(source: BinaryIO, size: int) -> int | None:
    """Degrees clockwise by which the first track with a picture is to be turned when shown; None where none says so."""
    for moov in (box for box in walk(source, 0, size) if box.kind == b"moov"):
        for track in (box for box in walk(source, moov.start, min(moov.end, size)) if box.kind == b"trak"):
            for header in (box for box in walk(source, track.start, min(track.end, size)) if box.kind == b"tkhd"):
                source.seek(header.start)
                found = _matrix(source.read(min(header.end - header.start, 128)))
                if found is not None:
                    return found
    return None


def _matrix(header: bytes) -> int | None:
    """Of a track's header: the turn its matrix makes; None where the track shows nothing."""
    at = 40 if header[:1] == b"\0" else 52
    if len(header) < at + 44:
        return None
    a, b = struct.unpack(">ii", header[at : at + 8])
    width, height = struct.unpack(">II", header[at + 36 : at + 44])
    if not width or not height or not (a or b):
        return None
    return round(math.degrees(math.atan2(b, a))) % 360
