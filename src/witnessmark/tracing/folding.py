"""Sets that grow together, with a reason for each tie: how claims, items, outlets and sources fold into origins.

The root of a set is its lowest name, so the order of joining does not matter. What it does not know: what a name stands for.
"""

from collections.abc import Iterable

from witnessmark.terms.origin import Tie


class Folding:
    """Names that belong together. A tie may lead through names that stand for no claim: an item, an outlet, a party."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}
        self.ties: list[Tie] = []

    def root(self, name: str) -> str:
        """The lowest name of the set a name is in."""
        while (up := self._up.setdefault(name, name)) != name:
            self._up[name] = self._up[up]
            name = up
        return name

    def fold(self, one: str, other: str, manner: str, why: str) -> None:
        """Make two sets one, for a reason."""
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self._up[second] = first
        self.ties.append(Tie(one=one, other=other, manner=manner, why=why))

    def reasons(self, members: Iterable[str], names: Iterable[str]) -> tuple[Tie, ...]:
        """The ties that touch some names and hold in the sets of some members, each said once, sorted."""
        inside, roots = set(names), {self.root(one) for one in members}
        touching = (tie for tie in self.ties if tie.one in inside or tie.other in inside)
        return tuple(sorted({tie for tie in touching if self.root(tie.one) in roots}))
