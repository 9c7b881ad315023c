"""A credit: an item says where it has its matter from ("via", "according to", a forward header)."""

from dataclasses import dataclass
from typing import Literal

from witnessmark.terms.anchor import Span
from witnessmark.terms.why import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """``to``: the name credited, as written. ``manner``: ``via`` or ``forward`` (passed on), ``medium`` (the picture or clip is

    theirs), ``according-to`` (quoted).
    """

    to: str
    actor: str | None
    manner: Literal["via", "forward", "medium", "according-to", "reply"]
    span: Span | None
    why: Why
