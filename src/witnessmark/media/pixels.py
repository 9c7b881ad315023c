"""A still picture's bytes to upright grey pixels, its shorter side reduced to 512 or little more: what hashes are made of.

Everything a picture may be is taken down to one shape: turned as its metadata says; the first frame of an animation, with
the count; colours to luminance; 16 bits to 8 by dropping the lower; what is transparent shown on white, as most programs
show it. Memory is bounded: the size is read from the header, and what would be absurdly large is refused before decoding.
A file that is cut off is read as far as it goes where most of it is there, and that is said.

What it does not prove: that a picture shows what it seems to; that metadata, the turning too, was not written by hand.
"""

import io
import struct
import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, UnidentifiedImageError

from witnessmark.errors import Missing, WitnessmarkError
from witnessmark.media import jpeg

SHORT: Final = (
    512  # pixels of the shorter side that are kept, or up to a seventh more: PDQ stays within 2 bits of the whole
)
MOST: Final = 80_000_000  # pixels of a picture that can only be decoded whole (four bytes a pixel, and a copy)
LEAST_SHOWN: Final = 0.5  # of its rows: a picture of which less is left is not compared
FLAT: Final = 1.0  # levels of spread within a row that nothing was decoded into

_KINDS: Final = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "MPO", "AVIF", "PPM", "ICO", "JPEG2000")
_REDUCIBLE: Final = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})  # modes whose pixels are levels
_CROSSED: Final = 5  # orientations from here on exchange width and height
_HEIF: Final = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
# What Pillow raises on hostile bytes.
_TROUBLE: Final = (
    OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError,
    OverflowError, EOFError, RuntimeError, struct.error, MemoryError, Image.DecompressionBombError,
)  # fmt: skip


@dataclass
class NoPicture(WitnessmarkError):
    """Bytes that no picture can be made of. ``why``: the rest of a sentence that begins with "It"."""

    why: str

    def __str__(self) -> str:
        return f"The picture cannot be read: {self.why}. Its bytes are preserved. Look at it in another program."


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A picture to be compared. ``luma``: grey, upright, reduced; ``width``, ``height``: of the whole, upright, in pixels.

    ``frames``: how many an animation has (the first is here), else 1; ``trouble``: what of it could not be read, or None.
    """

    luma: NDArray[np.uint8]
    width: int
    height: int
    frames: int = 1
    trouble: str | None = None


def decode(data: bytes) -> Still:
    """The picture in these bytes (JPEG, PNG, GIF, WebP, TIFF, HEIC, AVIF, BMP …).

    Raises:
        NoPicture: they hold none, or one too large, or too little of one.
        Missing: it needs a library of the extra ``[media]`` that is not installed.
    """
    if data[:3] == b"\xff\xd8\xff":
        head = jpeg.header(data)
        if head is not None and head.channels in {1, 3}:
            return _jpeg(data, head)
    return _any(data)


def reduced(luma: NDArray[np.uint8], short: int = SHORT) -> NDArray[np.uint8]:
    """Taken down by a whole factor (means of squares of pixels), so that the shorter side keeps at least ``short``."""
    factor = min(luma.shape) // short
    if factor < 2:
        return luma
    high, wide = (side // factor * factor for side in luma.shape)
    return np.asarray(Image.fromarray(luma[:high, :wide]).reduce(factor), np.uint8)


def _jpeg(data: bytes, head: jpeg.Header) -> Still:
    refused = jpeg.too_much(head, data)
    if refused is not None:
        raise NoPicture(refused)
    try:
        luma = jpeg.grey(data, SHORT)
    except ValueError:
        raise NoPicture("its data are broken from the beginning") from None
    trouble = None if jpeg.whole(data) else _cut_off(luma)
    orientation = _turning(head.exif)
    width, height = (head.height, head.width) if orientation >= _CROSSED else (head.width, head.height)
    return Still(upright(luma, orientation), width, height, trouble=trouble)


def _cut_off(luma: NDArray[np.uint8]) -> str | None:
    """What is missing of a picture, as stored, whose file ends too early.

    Raises:
        NoPicture: most of it.
    """
    spread = np.ptp(luma, axis=1) > FLAT
    shown = float(luma.shape[0] - np.argmax(spread[::-1])) if spread.any() else 0.0
    share = shown / luma.shape[0]
    if share < LEAST_SHOWN:
        raise NoPicture("the file is cut off, and less than half of the picture is left")
    lost = 100 - round(share * 100)
    return (
        f"the file is cut off: about {lost} % of the picture is missing"
        if lost
        else "the file is cut off: details are missing"
    )


def _turning(exif: bytes) -> int:
    """The orientation (1 to 8) that a block of EXIF gives; 1 where it gives none, or is broken."""
    if not exif:
        return 1
    found = Image.Exif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found.load(exif)
            given = found.get(ExifTags.Base.Orientation, 1)
    except _TROUBLE:
        return 1
    return given if isinstance(given, int) and 1 <= given <= 8 else 1


def upright(luma: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Turned and mirrored as an orientation of EXIF (1 to 8) says it is to be shown (EXIF 2.32, tag 0x0112)."""
    quarter = {3: 2, 4: 2, 5: 3, 6: 3, 7: 1, 8: 1}.get(orientation, 0)
    turned = np.rot90(luma, quarter)
    return np.ascontiguousarray(np.fliplr(turned) if orientation in {2, 4, 5, 7} else turned)


def _any(data: bytes) -> Still:
    """Whatever Pillow reads, and HEIC."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large pictures and broken metadata; the size is judged here
        try:
            with _opened(data) as picture:
                return _still(picture)
        except _TROUBLE as trouble:
            raise NoPicture(_reason(trouble)) from None


def _opened(data: bytes) -> Image.Image:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return _heif(data)
    return Image.open(io.BytesIO(data), formats=[kind for kind in _KINDS if kind in Image.OPEN or _loaded(kind)])


def _loaded(kind: str) -> bool:
    Image.init()
    return kind in Image.OPEN


def _heif(data: bytes) -> Image.Image:
    """A HEIC picture; the library turns it as its own properties say."""
    try:
        import pi_heif  # noqa: PLC0415 - a heavy extra
    except ImportError:
        raise Missing("Reading HEIC pictures needs pi-heif.", "Install witnessmark[media].") from None
    held = pi_heif.open_heif(io.BytesIO(data))
    if held.size[0] * held.size[1] > MOST:
        raise NoPicture(f"it says it is {held.size[0]} by {held.size[1]} pixels, more than is decoded")
    return held.to_pillow()


def _still(picture: Image.Image) -> Still:
    width, height = picture.size
    if width * height > MOST:
        raise NoPicture(f"it says it is {width} by {height} pixels, more than is decoded")
    orientation = 1 if picture.format in {None, "HEIF"} else _orientation(picture)
    if picture.format in {"JPEG", "MPO"}:
        picture.draft(None, (SHORT, SHORT) if min(width, height) >= SHORT else (width, height))
    luma = upright(reduced(_grey(picture)), orientation)
    if orientation >= _CROSSED:
        width, height = height, width
    return Still(luma, width, height, frames=_frames(picture))


def _frames(picture: Image.Image) -> int:
    """How many frames it has; one, where the later ones are broken."""
    try:
        return max(1, int(getattr(picture, "n_frames", 1)))
    except _TROUBLE:
        return 1


def _orientation(picture: Image.Image) -> int:
    try:
        given = picture.getexif().get(ExifTags.Base.Orientation, 1)
    except _TROUBLE:
        return 1
    return given if isinstance(given, int) and 1 <= given <= 8 else 1


def _grey(picture: Image.Image) -> NDArray[np.uint8]:
    """Luminance, 0 to 255, of the first frame."""
    if picture.mode in {"I", "F"} or picture.mode.startswith("I;"):
        return _deep(picture)
    factor = min(picture.size) // SHORT
    if factor >= 2 and picture.mode in _REDUCIBLE:
        picture = picture.reduce(factor)
    if picture.has_transparency_data:
        shown = picture.convert("RGBA")
        ground = Image.new("RGBA", shown.size, "white")
        picture = Image.alpha_composite(ground, shown)
    if picture.mode in {"P", "CMYK", "LAB", "HSV", "YCbCr", "1"}:
        picture = picture.convert("RGB")
    return np.array(picture.convert("L"), np.uint8)


def _deep(picture: Image.Image) -> NDArray[np.uint8]:
    """More than eight bits a pixel: the upper eight of sixteen; other ranges are stretched to what they hold."""
    values: NDArray[np.float64] = np.nan_to_num(np.asarray(picture, np.float64))
    low, high = float(values.min()), float(values.max())
    if low < 0 or high > 65535 or picture.mode == "F":
        values = (values - low) * (255 / max(high - low, 1e-6))
    elif high > 255:
        values = values / 257
    return np.asarray(np.clip(values, 0, 255), np.uint8)


def _reason(trouble: BaseException) -> str:
    if isinstance(trouble, Image.DecompressionBombError):
        return "it says it has more pixels than are decoded"
    if isinstance(trouble, UnidentifiedImageError):
        return "no reader of pictures knows its format"
    if isinstance(trouble, MemoryError):
        return "it needs more memory than there is"
    return "its data are cut off or broken"
