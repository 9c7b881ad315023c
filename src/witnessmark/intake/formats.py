"""The formats, in the order in which they are asked; the most particular first.

A file is recognised by its content, never by its extension alone. What no format recognises is unread, with a word on
what it seems to be. A reader's own failure on hostile bytes is its format's business; a crash is the step runner's.
"""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import filetype

from witnessmark.intake import archives, clips, items_jsonl, pictures, plain_text, saved_page, telegram_desktop
from witnessmark.intake.opened import Opened
from witnessmark.terms.unread import Unread

_HEAD = 1 << 16
_PEEK = 256


class Format(NamedTuple):
    """A name for people, a cheap test on the first 64 KiB, and a reader."""

    name: str
    recognises: Callable[[bytes, Path], bool]
    read: Callable[[Path, str, str, Path], Iterator[Opened]]


FORMATS: tuple[Format, ...] = (
    Format("archive", archives.recognises, archives.read),
    Format("picture", pictures.recognises, pictures.read),
    Format("clip", clips.recognises, clips.read),
    Format("telegram-desktop", telegram_desktop.recognises, telegram_desktop.read),
    Format("items", items_jsonl.recognises, items_jsonl.read),
    Format("saved-page", saved_page.recognises, saved_page.read),
    Format("text", plain_text.recognises, plain_text.read),
)


_ARCHIVES = ("application/zip", "application/x-tar")
_PACKED = ("application/gzip", "application/x-bzip2", "application/x-xz")


def open_object(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:
    """Everything in one preserved object. ``name``: as found, for members' depth; ``spool``: where members may be put."""
    with path.open("rb") as source:
        head = source.read(_HEAD)
    if not head:
        yield Unread(address=address, selector="", why="empty: 0 bytes")
        return
    for candidate in FORMATS:
        if candidate.recognises(head, path):
            some = False
            for outcome in candidate.read(path, address, name, spool):
                some = True
                yield outcome
            if not some:
                yield Unread(address=address, selector="", why=f"nothing is in it ({candidate.name})")
            return
    yield Unread(address=address, selector="", why=unknown(head))


def unknown(head: bytes) -> str:
    """A sentence on bytes that no format recognises."""
    machine = plain_text.machine_data(head)
    kind = None if machine else filetype.guess(head)
    name = machine or (kind.mime if kind else None)
    if name in _ARCHIVES:
        return f"an archive that is cut off or broken at its beginning ({name}); its bytes are preserved"
    inside = plain_text.machine_data(_unpacked(head)) if name in _PACKED else None
    if name in _PACKED and not inside:
        return f"packed, and no whole archive is in it (it seems to be {name}); its bytes are preserved"
    named = f"{inside}, packed" if inside else name
    seems = f"it seems to be {named}" if named else "its bytes are of no kind known here"
    return f"no reader for this kind of file yet ({seems}); its bytes are preserved"


def _unpacked(head: bytes) -> bytes:
    """The first bytes inside gzip, to tell what was packed: a web archive is packed record by record."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, _PEEK)
    except zlib.error:
        return b""
