"""A fact as texts of two languages share it: a place, a day, a number of people, a name, in a form that hangs on neither language."""

from collections.abc import Iterable
from dataclasses import dataclass
from struct import Struct
from typing import Literal, TypeAlias, get_args
from zlib import crc32

FactKind: TypeAlias = Literal["place", "day", "hour", "toll", "figure", "name", "actor", "means", "quote", "token"]
KINDS: tuple[FactKind, ...] = get_args(FactKind)
_ROW = Struct("<BBIII")  # kind, weight, three keys (0: none)
_KEYS = 3
WIDTH, KEYS_AT = _ROW.size, 2  # bytes of a packed fact, and where its keys begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """``keys``: what it may be known by, such as ids of a place's candidates, at most three count; two facts are one where one key is.

    ``weight``: how seldom two texts share such a fact by chance, 1 (an airstrike) to 20 (a name). ``words``: as written.
    """

    kind: FactKind
    keys: tuple[str, ...]
    weight: int
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact as numbers, since those of a whole case are held at once."""

    kind: FactKind
    weight: int
    keys: frozenset[int]


def packed(facts: Iterable[Fact]) -> bytes:
    """Facts in order, 14 bytes each."""
    return b"".join(_row(one) for one in facts)


def _row(one: Fact) -> bytes:
    keys = [crc32(key.encode("utf-8", "surrogatepass")) or 1 for key in one.keys[:_KEYS]]
    return _ROW.pack(KINDS.index(one.kind), one.weight, *keys, *[0] * (_KEYS - len(keys)))


def unpacked(facts: bytes) -> list[Mark]:
    """The facts as numbers, in order."""
    return [Mark(KINDS[kind], weight, frozenset(keys) - {0}) for kind, weight, *keys in _ROW.iter_unpack(facts)]
