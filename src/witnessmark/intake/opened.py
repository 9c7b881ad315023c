"""What opening an object can give, and the safeguards every reader shares.

Each entry of a file ends in exactly one of: an item, unread with its reason, passed over with its reason, a notice, or
a member (a file found inside an archive). Nothing else can happen.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from witnessmark.terms.item import Item
from witnessmark.terms.unread import Notice, PassedOver, Unread

INSIDE = "!/"  # between an archive's name and its member's
# NUL and lone surrogates: both databases choke on them, so they become U+FFFD, and it is said.
_BROKEN = re.compile("[\0\ud800-\udfff]")
# Controls and marks that change the order in which text is shown; harmless in evidence, deceiving in a name.
_UNSAFE_IN_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file found inside an archive: its safe relative name there, and a temporary file that holds its bytes."""

    name: str
    path: Path
    size: int


Opened: TypeAlias = Item | Unread | PassedOver | Notice | Member


def counted(number: int, one: str, many: str) -> str:
    """A number with the words that go with it: ``1 line carries``, ``2 lines carry``."""
    return f"{number} {one if number == 1 else many}"


def undecoded(number: int) -> str:
    """What is said of bytes that are no UTF-8."""
    what = counted(number, "stretch of bytes is no UTF-8 and was", "stretches of bytes are no UTF-8 and were")
    return f"{what} replaced by U+FFFD"


def mend(text: str) -> tuple[str, int]:
    """Text with NUL and lone surrogates replaced by U+FFFD, and how many there were."""
    return _BROKEN.subn("\N{REPLACEMENT CHARACTER}", text)


def shown_name(name: str) -> str:
    """A name made safe to show and store: controls and direction marks are spelled out."""
    return _UNSAFE_IN_NAME.sub(lambda found: f"\\u{ord(found.group()):04x}", mend(name)[0])


def only_inside(name: str) -> str:
    """A path in which a folder whose own name ends in ``!`` is no archive: the mark is spelled out."""
    return name.replace(INSIDE, "\\x21/")


def unsafe_path(name: str) -> str | None:
    """Why a relative path must not be followed, or None where it may be."""
    parts = name.replace("\\", "/").split("/")
    if not name or name.startswith(("/", "\\", "~")) or re.match(r"^[A-Za-z]:", name):
        return "its path does not stay inside the archive (absolute)"
    if ".." in parts:
        return "its path climbs out of the archive (..)"
    if "\0" in name:
        return "its path holds a NUL"
    return None
