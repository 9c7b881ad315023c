"""Pictures (JPEG, PNG, WebP) as items with the metadata their headers hold; pixels are not decoded here.

Metadata is what a file says of itself: anyone can write it, and most platforms remove it. Where a block of it is broken,
the picture is an item all the same, and that is noticed.
"""

import struct
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import ExifTags, Image

from witnessmark.intake.opened import Opened, mend, shown_name
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Notice, Unread

_KINDS = ("JPEG", "PNG", "WEBP")
_LONGEST = 500  # code points of one value; longer ones are binary blobs or essays, and stay in the bytes
_BLOCKS = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
# What Pillow raises on hostile headers and blocks of metadata.
_TROUBLE = (
    OSError,
    ValueError,
    SyntaxError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    ZeroDivisionError,
    struct.error,
    Image.DecompressionBombError,
)


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the shape of a test
    """By the first bytes of each kind."""
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or webp


def read(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:  # noqa: ARG001 - the shape of a reader
    """One item with the picture's metadata."""
    metadata: list[tuple[str, str]] = []
    broken = False
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            with Image.open(path, formats=_KINDS) as picture:
                metadata.extend(_header(picture))
                metadata.extend(_exif(picture))
        except _TROUBLE:
            broken = True  # Pillow's own words may hold the file's path, which is no part of a case
    if not metadata:
        yield Unread(
            address=address, selector="", why="a picture whose header cannot be read: cut off, broken or absurdly large"
        )
        return
    # A large picture is no trouble: its pixels are not decoded here. All else that Pillow warns of is broken metadata.
    if broken or any(not issubclass(one.category, Image.DecompressionBombWarning) for one in warned):
        yield Notice(address=address, selector="", what="a block of its metadata is broken and was not read")
    yield Item(address=address, selector="", kind="picture", metadata=tuple(metadata))


def _header(picture: Image.Image) -> list[tuple[str, str]]:
    """Format and size, and texts written beside the pixels (PNG text, a JPEG's comment)."""
    found = [("format", str(picture.format)), ("width", str(picture.width)), ("height", str(picture.height))]
    for key, value in sorted((str(key), value) for key, value in picture.info.items()):
        given = value.decode("utf-8", "replace") if key == "comment" and isinstance(value, bytes) else value
        text = mend(given)[0].strip() if isinstance(given, str) else ""
        if text and len(text) <= _LONGEST:
            found.append((f"text {shown_name(key)}", text))
    return found


def _exif(picture: Image.Image) -> Iterator[tuple[str, str]]:
    exif = picture.getexif()
    found = {ExifTags.TAGS.get(tag, f"tag {tag}"): value for tag, value in exif.items()}
    for block in _BLOCKS:
        names = ExifTags.GPSTAGS if block is ExifTags.IFD.GPSInfo else ExifTags.TAGS
        found.update({names.get(tag, f"tag {tag}"): value for tag, value in exif.get_ifd(block).items()})
    for key, value in sorted(found.items()):
        if not isinstance(value, bytes | dict):
            text, _ = mend(str(value))
            if text.strip() and len(text) <= _LONGEST:
                yield f"exif {key}", text.strip()
