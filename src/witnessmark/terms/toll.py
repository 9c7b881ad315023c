"""Numbers of people, kept as the range the source gave, and where they stand in a text.

"At least seven" is 7 with an open end; "seven" is 7 to 7. An open upper end is a fact about the report and is
never filled in. Kinds of harm are never added to each other. Method: shared rules of casualty recording
(Airwars' four integers per class: https://airwars.org/about/methodology).
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from witnessmark.terms.anchor import Span
from witnessmark.terms.why import Why

Harm: TypeAlias = Literal["killed", "injured", "missing", "trapped", "displaced", "detained"]
Who: TypeAlias = Literal["civilians", "children", "women", "men", "combatants", "unstated"]

_TENS = 10  # people from which a vague word names a number: "dozens"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Toll:
    """``least`` to ``most`` people, both inclusive; ``most`` is None where the source left it open.

    ``vague``: nobody counted, the range is what a word such as "dozens" is taken for; it gives way to a count.
    """

    least: int
    most: int | None
    vague: bool = field(default=False, compare=False)

    @property
    def numberless(self) -> bool:
        """Whether its words name no number at all ("several", "many"), unlike "dozens"."""
        return self.vague and self.least < _TENS

    def __post_init__(self) -> None:
        if self.least < 0:
            raise ValueError(f"a toll cannot start below zero, got {self.least}")
        if self.most is not None and self.most < self.least:
            raise ValueError(f"a toll cannot end below its start: {self.least} to {self.most}")

    @property
    def pair(self) -> tuple[int, int | None]:
        """``(least, most)``, as exported."""
        return self.least, self.most

    def span(self, other: "Toll") -> "Toll":
        """The narrowest toll that contains both reports."""
        most = None if self.most is None or other.most is None else max(self.most, other.most)
        return Toll(least=min(self.least, other.least), most=most)

    def plus(self, other: "Toll") -> "Toll":
        """Two disjoint groups of people together."""
        most = None if self.most is None or other.most is None else self.most + other.most
        return Toll(least=self.least + other.least, most=most, vague=self.vague or other.vague)


@dataclass(frozen=True, slots=True, kw_only=True)
class TollMention:
    """A number of people harmed, as one stretch of text says it.

    ``count`` is None where harm has no number; ``plural`` then says that the words tell of more than one ("wounded
    civilians", جرحى). ``part_of``: index, in the same reading, of the toll that contains
    this one ("including three children"). ``negated``: expressly denied ("no casualties"). ``cumulative``: since
    some time, or over several events, so added to none. ``shared``: given for several places together.
    """

    span: Span
    text: str
    kind: Harm
    who: Who
    count: Toll | None
    why: Why
    part_of: int | None = None
    negated: bool = False
    cumulative: bool = False
    shared: bool = False
    preliminary: bool = False
    plural: bool = False
