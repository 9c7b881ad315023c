"""Pictures (JPEG, PNG, WebP, GIF, TIFF, HEIC, AVIF) as items with the metadata they hold; pixels are not decoded here.

Metadata is what a file says of itself: anyone can write it, and most platforms remove it. Where a block of it is broken,
the picture is an item all the same, and that is noticed. HEIC needs the extra ``media``; without it the picture is an item
too, and what is left is said.
"""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import (  # each plugin by name: Pillow looks for them all only when the first few fail
    AvifImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
    features,
)

from witnessmark.intake import boxes, exif, iptc, whole, xmp
from witnessmark.intake.facts import BROKEN, Facts
from witnessmark.intake.opened import Opened, shown_name
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Notice, Unread

_KINDS = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        WebPImagePlugin.WebPImageFile,
        GifImagePlugin.GifImageFile,
        TiffImagePlugin.TiffImageFile,
    )
)
_FIRST = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_AVIF = (b"avif", b"avis")
_HEIF = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1")
_LARGEST = 1 << 29  # pixels; sensors of 200 million are sold, and nothing is decoded here. Twice as many are refused
_PHOTOSHOP_IPTC = 0x0404
_BINARY = frozenset(
    ("exif", "icc_profile", "xmp", "XML:com.adobe.xmp", "Raw profile type exif", "Raw profile type iptc")
)
_NO_HEADER = "a picture whose header cannot be read: cut off, broken or absurdly large"


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the shape of a test
    """By the first bytes of each kind."""
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return webp or head.startswith(_FIRST) or boxes.brand(head) in (*_AVIF, *_HEIF)


def read(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:  # noqa: ARG001 - the shape of a reader
    """One item with the picture's metadata."""
    with path.open("rb") as source:
        head = source.read(64)
    wanted, lacking = _kinds(head)
    facts = Facts()
    if lacking:
        facts.put("format", "HEIF" if boxes.brand(head) in _HEIF else "AVIF")
        facts.note(lacking)
    else:
        _gather(path, wanted, facts)
    if not facts.has("format"):
        yield Unread(address=address, selector="", why=_NO_HEADER)
        return
    for note in facts.notes:
        yield Notice(address=address, selector="", what=note)
    yield Item(address=address, selector="", kind="picture", metadata=facts.metadata, not_read=facts.not_read)


def _kinds(head: bytes) -> tuple[tuple[str, ...], str]:
    """The formats to try, and what this machine lacks for them, in words."""
    brand = boxes.brand(head)
    if brand in _AVIF or (brand in (b"mif1", b"msf1") and b"avif" in head[16:]):
        lacking = "" if features.check("avif") else "its header was not read: the Pillow of this machine reads no AVIF"
        return (AvifImagePlugin.AvifImageFile.format,), lacking
    if brand in _HEIF:
        lacking = "" if _heif() else "its header was not read: that needs the extra 'media' (see 'witnessmark doctor')"
        return ("HEIF",), lacking
    return _KINDS, ""


def _heif() -> bool:
    """Teach Pillow HEIF, where the extra is there."""
    try:
        import pi_heif  # noqa: PLC0415 - a heavy extra
    except ImportError:
        return False
    pi_heif.register_heif_opener(thumbnails=False)
    return True


@contextmanager
def _large() -> Iterator[None]:
    """Let headers of large pictures be read: Pillow's own limit is for those who decode."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = _LARGEST
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _gather(path: Path, kinds: tuple[str, ...], facts: Facts) -> None:
    """Everything the picture says of itself. A block that breaks its reader costs that block."""
    with warnings.catch_warnings(record=True) as warned, _large():
        warnings.simplefilter("always")
        try:
            with Image.open(path, formats=kinds) as picture:
                _header(picture, facts)
                for block in (_exif, _xmp, _iptc, _texts):
                    try:
                        block(picture, facts)
                    except exif.TROUBLE:
                        facts.note(BROKEN)  # Pillow's own words may hold the file's path, which is no part of a case
                whole.look(path, str(picture.format), facts)
        except exif.TROUBLE:
            return
    # A large picture is no trouble: its pixels are not decoded here. All else that Pillow warns of is broken metadata.
    if any(not issubclass(one.category, Image.DecompressionBombWarning) for one in warned):
        facts.note(BROKEN)


def _header(picture: Image.Image, facts: Facts) -> None:
    """Format, size and how pixels are kept."""
    facts.put("format", "JPEG" if picture.format == "MPO" else picture.format)
    facts.put("width", picture.width)
    facts.put("height", picture.height)
    facts.put("mode", picture.mode)
    if getattr(picture, "is_animated", False):
        facts.put("animated", "yes")


def _exif(picture: Image.Image, facts: Facts) -> None:
    data = picture.info.get("exif")
    if picture.format == "PNG" and data is None:
        return  # Pillow would decode all pixels to look for it behind them; ``whole`` names what stands there
    exif.gather(picture.getexif(), data if isinstance(data, bytes) else b"", picture.size, facts)


def _xmp(picture: Image.Image, facts: Facts) -> None:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    if packet is None and picture.format == "TIFF":
        packet = picture.getexif().get(ExifTags.Base.XMLPacket)
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "surrogatepass")
    if isinstance(packet, bytes) and packet.strip(b"\0 \r\n\t"):
        xmp.gather(packet, facts)


def _iptc(picture: Image.Image, facts: Facts) -> None:
    """The block that Photoshop's resources hold (JPEG), or the tag for it (TIFF)."""
    held = picture.info.get("photoshop")
    block = held.get(_PHOTOSHOP_IPTC) if isinstance(held, dict) else None
    if picture.format == "TIFF":
        block = picture.getexif().get(0x83BB)
        if isinstance(block, tuple):  # written as numbers of 32 bits by old programs
            block = struct.pack(f"<{len(block)}I", *block)
    if isinstance(block, bytes):
        iptc.gather(block, facts)


def _texts(picture: Image.Image, facts: Facts) -> None:
    """Texts written beside the pixels: PNG's, a comment of a JPEG or GIF."""
    for key, value in sorted(picture.info.items(), key=lambda pair: str(pair[0])):
        if str(key) in _BINARY:
            continue
        given = value.decode("utf-8", "replace") if key == "comment" and isinstance(value, bytes) else value
        if isinstance(given, str):
            facts.put(f"text {shown_name(str(key))}", given)
            if str(key).lower() == "software":
                facts.join("software", given)
