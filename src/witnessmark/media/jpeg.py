"""JPEG pictures decoded to grey at a reduced size, by simplejpeg (the extra ``[media]``), which owns that library.

The decoder takes the picture down by eighths while it decodes (a smaller inverse cosine transform), reads the luminance
alone, and so never holds the whole picture. What can only be decoded whole (progressive files keep every coefficient) is
measured before. What it does not prove: that what the file says of itself is true.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import Missing

MOST: Final = (
    400_000_000  # pixels of a file that is decoded in strips; larger than any camera makes, and 6 MP at an eighth
)
MOST_KEPT: Final = 100_000_000  # pixels of a progressive file, whose coefficients (up to 6 bytes a pixel) are all kept
MOST_SCANS: Final = 200  # passes of a progressive file over the picture; encoders write about ten, bombs thousands

_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_PROGRESSIVE: Final = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_APP1, _SCAN, _END = 0xE1, 0xDA, 0xD9
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the picture's data. ``channels``: 1 grey, 3 colour, 4 CMYK; ``exif``: the block, or none."""

    width: int
    height: int
    channels: int
    progressive: bool
    exif: bytes


def header(data: bytes) -> Header | None:
    """The header of a JPEG file, or None where it is broken. Thumbnails inside other segments are stepped over."""
    place, exif = 2, b""
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker in _BARE or marker == 0xFF:
            place += 1 if marker == 0xFF else 2
            continue
        if marker in {_SCAN, _END}:
            return None
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        block = data[place + 4 : place + 2 + length]
        if marker in _FRAMES:
            return _frame(block, marker in _PROGRESSIVE, exif)
        if marker == _APP1 and block.startswith(b"Exif\0\0") and not exif:
            exif = block
        place += 2 + length
    return None


def _frame(block: bytes, progressive: bool, exif: bytes) -> Header | None:
    if len(block) < 6:
        return None
    height, width = int.from_bytes(block[1:3], "big"), int.from_bytes(block[3:5], "big")
    return Header(width, height, block[5], progressive, exif) if width and height else None


def too_much(head: Header, data: bytes) -> str | None:
    """Why decoding it would take too much memory or time, or None."""
    pixels = head.width * head.height
    if pixels > (MOST_KEPT if head.progressive else MOST):
        return f"it says it is {head.width} by {head.height} pixels, more than is decoded"
    if head.progressive and data.count(b"\xff\xda") > MOST_SCANS:
        return f"it has more than {MOST_SCANS} scans, as only files made to exhaust a machine have"
    return None


def grey(data: bytes, least: int) -> NDArray[np.uint8]:
    """Luminance, its shorter side at least ``least`` pixels where the picture has as many; what is cut off is even grey.

    Raises:
        Missing: the extra is not installed.
        ValueError: it cannot be decoded.
    """
    try:
        import simplejpeg  # noqa: PLC0415 - a heavy extra
    except ImportError:
        raise Missing("Reading JPEG pictures needs simplejpeg.", "Install witnessmark[media].") from None
    decoded = simplejpeg.decode_jpeg(data, "GRAY", min_height=least, min_width=least, strict=False)
    return np.asarray(decoded[:, :, 0], np.uint8)


def whole(data: bytes) -> bool:
    """Whether the file ends as a JPEG does; platforms and cameras may write more after the end."""
    return data.rfind(b"\xff\xd9") > data.rfind(b"\xff\xda")
