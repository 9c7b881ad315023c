"""Whether a picture is all there, by the marks its format ends with, and whether bytes follow that are no part of it.

Pixels are not decoded. What it does not prove: that what is there is sound, or that nothing was hidden inside.
"""

import mmap
from pathlib import Path
from typing import BinaryIO

from witnessmark.intake import boxes
from witnessmark.intake.facts import Facts

CUT = "it is cut off: its end is missing"
_WORDS = (b"eXIf", b"tEXt", b"zTXt", b"iTXt")
_SPARE = 64  # bytes of padding after a picture that say nothing


def look(path: Path, kind: str, facts: Facts) -> None:
    """Note a missing end; name bytes after the end as not read."""
    with path.open("rb") as source:
        size = path.stat().st_size
        if kind in ("HEIF", "AVIF"):
            missing = boxes.cut(source, size)
            if missing:
                facts.note(missing)
            return
        end = _end(source, kind, facts)
    if end is None:
        return
    if end == 0 or end > size:
        facts.note(CUT)
    elif size - end > _SPARE:
        facts.leave(f"{size - end} bytes after the picture's end")


def _end(source: BinaryIO, kind: str, facts: Facts) -> int | None:
    """Where the picture ends; 0 where its end is not found, None where the format has no such mark."""
    with mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if kind in ("JPEG", "MPO"):
            return _jpeg(data)
        if kind == "PNG":
            return _png(data, facts)
        if kind == "WEBP":
            return 8 + int.from_bytes(data[4:8], "little")
        if kind == "GIF":
            return len(data) if data[-_SPARE:].rstrip(b"\0").endswith(b";") else 0
    return None


def _png(data: mmap.mmap, facts: Facts) -> int:
    """After the last chunk; words and EXIF that stand behind the pixels are named as not read."""
    at, behind = 8, False
    while at + 12 <= len(data):
        kind = data[at + 4 : at + 8]
        if kind == b"IEND":
            return at + 12
        behind = behind or kind == b"IDAT"
        if behind and kind in _WORDS:
            facts.leave(f"{kind.decode()} behind the pixels")
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return 0


def _jpeg(data: mmap.mmap) -> int:
    """After the first mark of an end that follows the picture's own segments; a thumbnail's lies inside one of them."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xFF:  # padding before a mark
            at += 1
            continue
        if data[at + 1] == 0xDA:
            break
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    found = data.find(b"\xff\xd9", at)
    return found + 2 if found > 0 else 0
