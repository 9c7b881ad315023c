"""A credit: an item says where it has its matter from ("via", "according to", a forward header)."""

from dataclasses import dataclass
from typing import Literal

from witnessmark.terms.anchor import Span
from witnessmark.terms.why import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """``to``: the name credited, as written. ``manner``: ``via`` or ``forward`` (passed on), ``according-to`` (quoted)."""

    to: str
    actor: str | None
    manner: Literal["via", "forward", "according-to", "reply"]
    span: Span | None
    why: Why
