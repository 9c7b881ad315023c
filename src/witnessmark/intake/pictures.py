"""Pictures (JPEG, PNG, WebP) as items with the metadata their headers hold; pixels are not decoded here.

Metadata is what a file says of itself: anyone can write it, and most platforms remove it.
"""

from collections.abc import Iterator
from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError

from witnessmark.intake.opened import Opened, mend
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Unread

_KINDS = ("JPEG", "PNG", "WEBP")
_LONGEST = 500  # code points of one value; longer ones are binary blobs or essays, and stay in the bytes
_BLOCKS = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the shape of a test
    """By the first bytes of each kind."""
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or webp


def read(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:  # noqa: ARG001 - the shape of a reader
    """One item with the picture's metadata."""
    try:
        with Image.open(path, formats=_KINDS) as picture:
            metadata = list(_metadata(picture))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as trouble:
        yield Unread(address=address, selector="", why=f"a picture whose header cannot be read ({str(trouble)[:120]})")
        return
    yield Item(address=address, selector="", kind="picture", metadata=tuple(metadata))


def _metadata(picture: Image.Image) -> Iterator[tuple[str, str]]:
    yield "format", str(picture.format)
    yield "width", str(picture.width)
    yield "height", str(picture.height)
    exif = picture.getexif()
    found = {**{ExifTags.TAGS.get(tag, f"tag {tag}"): value for tag, value in exif.items()}}
    for block in _BLOCKS:
        names = ExifTags.GPSTAGS if block is ExifTags.IFD.GPSInfo else ExifTags.TAGS
        found.update({names.get(tag, f"tag {tag}"): value for tag, value in exif.get_ifd(block).items()})
    for key, value in sorted(found.items()):
        if not isinstance(value, bytes | dict):
            text, _ = mend(str(value))
            if text.strip() and len(text) <= _LONGEST:
                yield f"exif {key}", text.strip()
