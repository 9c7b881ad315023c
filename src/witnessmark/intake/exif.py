"""EXIF of a picture: every block of it (the picture's, the camera's, the position, the thumbnail's), as Pillow reads them.

Field list: CIPA DC-008 (Exif 3.0). Beside the values as written stand a position in decimal degrees, the time of taking
with its zone or a word that it has none, and the program that wrote the file.
"""

import io
import math
import struct
from typing import SupportsFloat

from PIL import ExifTags, Image

from witnessmark.intake.facts import Facts

_BLOCKS = ((ExifTags.IFD.Exif, ExifTags.TAGS), (ExifTags.IFD.GPSInfo, ExifTags.GPSTAGS))
_TIMES = (("DateTimeOriginal", "OffsetTimeOriginal"), ("DateTimeDigitized", "OffsetTimeDigitized"))
_SOFTWARE = ("Software", "ProcessingSoftware", "HostComputer")
# A text of its own encoding, named by its first eight bytes (DC-008, 4.6.6, UserComment).
_NAMED = {b"ASCII\0\0\0": "latin-1", b"UNICODE\0": "utf-16", b"\0" * 8: "utf-8"}
_WINDOWS = frozenset(("XPTitle", "XPComment", "XPAuthor", "XPKeywords", "XPSubject"))  # UTF-16, little end first
_DCF = (160, 120)  # the thumbnail every camera writes whatever the picture's shape (CIPA DC-009, 3.3.6), bands and all
_SHAPE = 0.05  # two shapes that differ by more are not one
_SKIPPED = frozenset(("ExifOffset", "GPSInfo", "MakerNote", "ExifInteroperabilityOffset", "XMLPacket", "JpegIFOffset"))


def gather(exif: Image.Exif, data: bytes, size: tuple[int, int], facts: Facts) -> None:
    """Put all of a picture's EXIF into its facts; ``data``: its bytes, for the thumbnail. Raises what Pillow raises."""
    found = {ExifTags.TAGS.get(tag, f"tag {tag}"): value for tag, value in exif.items()}
    for block, names in _BLOCKS:
        found.update({names.get(tag, f"tag {tag}"): value for tag, value in exif.get_ifd(block).items()})
    _derived(found, facts)
    for key, value in sorted(found.items()):
        if key == "MakerNote":
            facts.leave("exif MakerNote")
        elif key not in _SKIPPED:
            facts.put(f"exif {key}", _text(key, value))
    _thumbnail(exif, data, found.get("Orientation"), size, facts)


def _text(key: str, value: object) -> object:
    """Bytes that are text as text: comments in their own encoding, the fields of Windows, the rest where it is ASCII."""
    if not isinstance(value, bytes):
        return value
    if key in _WINDOWS:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    if key == "UserComment" and value[:8] in _NAMED:
        return value[8:].decode(_NAMED[value[:8]], "replace").rstrip("\0 ")
    plain = value.rstrip(b"\0")
    return plain.decode("ascii") if plain.isascii() and plain.decode("ascii").isprintable() else value


def _derived(found: dict[str, object], facts: Facts) -> None:
    """Time, place and program, in one form for every kind of file."""
    for key, zone in _TIMES:
        if facts.taken(str(found.get(key, "")), str(found.get(zone, ""))):
            break
    for key in _SOFTWARE:
        if isinstance(found.get(key), str):
            facts.join("software", found[key])
    if "GPSLatitude" in found or "GPSLongitude" in found:
        latitude, longitude = (_degrees(found, axis) for axis in ("GPSLatitude", "GPSLongitude"))
        facts.place(latitude, longitude, _altitude(found))
    stamp = _satellite_time(found)
    if stamp:
        facts.put("position time", stamp)


def _degrees(found: dict[str, object], axis: str) -> float:
    """Degrees, minutes and seconds as decimal degrees, south and west below zero; not a number where they are none."""
    given = found.get(axis)
    parts = [_number(one) for one in given] if isinstance(given, tuple | list) else []
    sign = str(_plain(found.get(f"{axis}Ref"))).strip("\0 ").upper()
    if not 1 <= len(parts) <= 3 or not all(
        0 <= one < bound for one, bound in zip(parts, (181, 60.001, 60.001), strict=False)
    ):
        return math.nan
    if sign not in ("N", "S", "E", "W"):
        return math.nan
    value = sum((one / 60.0**power for power, one in enumerate(parts)), 0.0)
    return -value if sign in ("S", "W") else value


def _plain(given: object) -> object:
    return given.decode("ascii", "replace") if isinstance(given, bytes) else given


def _number(given: object) -> float:
    """A number or fraction as a float; not a number for 0/0 and whatever is none."""
    try:
        return float(given) if isinstance(given, SupportsFloat) else math.nan
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan


def _altitude(found: dict[str, object]) -> float | None:
    if "GPSAltitude" not in found:
        return None
    value = _number(found["GPSAltitude"])
    return -value if found.get("GPSAltitudeRef") in (1, b"\x01", "1") else value


def _satellite_time(found: dict[str, object]) -> str | None:
    """UTC by the satellites' clock, where day and time are given and are such."""
    day, clock = str(found.get("GPSDateStamp", "")).strip("\0 "), found.get("GPSTimeStamp")
    parts = [_number(one) for one in clock] if isinstance(clock, tuple | list) else []
    if len(parts) != 3 or not all(0 <= one < bound for one, bound in zip(parts, (24, 60, 61), strict=True)):
        return None
    if not (len(day) == 10 and day.replace(":", "").isdigit()):
        return None
    return f"{day.replace(':', '-')}T{int(parts[0]):02d}:{int(parts[1]):02d}:{int(parts[2]):02d}Z"


def _thumbnail(exif: Image.Exif, data: bytes, turned: object, size: tuple[int, int], facts: Facts) -> None:
    """The thumbnail's size; a shape of its own may mean that the picture was cropped later."""
    small = _size(dict(exif.get_ifd(ExifTags.IFD.IFD1)), data)
    if small is None:
        return
    facts.put("thumbnail", f"{small[0]} x {small[1]}")
    shapes = {size[0] / size[1], size[1] / size[0]} if turned in (5, 6, 7, 8) else {size[0] / size[1]}
    if small != _DCF and all(abs(small[0] / small[1] / shape - 1) > _SHAPE for shape in shapes):
        facts.note(
            f"its thumbnail ({small[0]} x {small[1]}) has another shape than the picture ({size[0]} x {size[1]}): "
            "it may have been cropped after it was taken"
        )


def _size(block: dict[int, object], data: bytes) -> tuple[int, int] | None:
    """The size of the JPEG that the block points to inside EXIF's own bytes, by its header."""
    start, length = (block.get(tag) for tag in (ExifTags.Base.JpegIFOffset, ExifTags.Base.JpegIFByteCount))
    if not (isinstance(start, int) and isinstance(length, int)):
        return None
    jpeg = data.removeprefix(b"Exif\0\0")[start : start + length]
    if not jpeg.startswith(b"\xff\xd8\xff"):
        return None
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as small:
        return small.size


TROUBLE = (
    OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError, OverflowError,
    RecursionError, NotImplementedError, struct.error, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises on hostile headers and blocks of metadata."""
