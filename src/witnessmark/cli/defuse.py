"""Text of strangers on a terminal: what could move the cursor, hide words or turn their order is spelled out instead.

Evidence is never changed by this, only its showing. What it does not catch: letters that merely look like others.
"""

import re

from witnessmark.publishing.tables import UNSEEN, spelled

_BUT_LINES = re.compile(r"[\n\t]")


def defuse(text: str, *, lines: bool = False) -> str:
    r"""The text with controls and direction marks spelled out (``\u202e``); with ``lines``, line ends and tabs stay."""
    return UNSEEN.sub(lambda found: _shown(found.group(), lines=lines), text)


def _shown(char: str, *, lines: bool) -> str:
    return char if lines and _BUT_LINES.match(char) else spelled(char)
