"""Sets that grow together, with a reason for each tie: how claims, items, outlets and sources fold into origins.

What it does not know: what a name stands for.
"""

from collections import defaultdict
from collections.abc import Iterable

from witnessmark.terms.origin import Tie
from witnessmark.terms.sets import Sets


class Folding:
    """Names that belong together. A tie may lead through names that stand for no claim: an item, an outlet, a party."""

    def __init__(self) -> None:
        self._sets = Sets()
        self.ties: list[Tie] = []
        self._held: dict[str, list[Tie]] | None = None

    def root(self, name: str) -> str:
        """The lowest name of the set a name is in."""
        return self._sets.root(name)

    def fold(self, one: str, other: str, manner: str, why: str) -> None:
        """Make two sets one, for a reason."""
        self._sets.join(one, other)
        self.ties.append(Tie(one=one, other=other, manner=manner, why=why))

    def reasons(self, member: str, names: Iterable[str]) -> tuple[Tie, ...]:
        """The ties of a member's set that touch some names, each said once, sorted. Asked for when all is folded."""
        if self._held is None:
            self._held = defaultdict(list)
            for tie in self.ties:
                self._held[self.root(tie.one)].append(tie)
        inside = set(names)
        return tuple(sorted({tie for tie in self._held[self.root(member)] if tie.one in inside or tie.other in inside}))
