"""Lettering: the words that stand in a picture, as a program read them; captions, watermarks, logos, signs.

What it does not prove: that the words were there when the picture was taken, or that they were read right. Read machine
lettering as a hint on where to look, and Arabic lettering more so.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Line:
    """``box``: left, top, right, bottom as shares (0 to 1) of the upright picture; ``confidence``: the program's own, 0 to 100.

    ``script``: ``Arab``, ``Latn`` (ISO 15924), ``both`` or ``none`` (digits alone).
    """

    box: tuple[float, float, float, float]
    text: str
    confidence: int
    script: Literal["Arab", "Latn", "both", "none"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mark:
    """Whom lettering names: a ``handle`` (``@name``), a ``link`` (an account's address), ``via`` (a name after such a word),

    ``actor`` (a body that the packs know; ``to`` is its id). ``to``: in one form; ``written``: as read; ``line``: its number.
    """

    kind: Literal["handle", "link", "via", "actor"]
    to: str
    written: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """Of one picture: lines from the top; ``unsure``: how many were left out as too uncertain; ``trouble``: why none could be read."""

    lines: tuple[Line, ...] = ()
    unsure: int = 0
    trouble: str | None = None
