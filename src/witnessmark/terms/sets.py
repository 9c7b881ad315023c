"""Sets that grow together: names that belong to one set by the pairs that join them (disjoint sets, Galler and Fischer 1964).

The root of a set is its lowest name, so the order of joining does not matter. What it does not know: why two were joined.
"""

from collections.abc import Iterable, Mapping


class Sets:
    """Names in sets, each first in one of its own."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._up: dict[str, str] = {}
        for one, other in pairs:
            self.join(one, other)

    def root(self, name: str) -> str:
        """The lowest name of the set a name is in."""
        while (up := self._up.setdefault(name, name)) != name:
            self._up[name] = self._up[up]
            name = up
        return name

    def join(self, one: str, other: str) -> None:
        """Make two sets one."""
        low, high = sorted((self.root(one), self.root(other)))
        self._up[high] = low

    def roots(self) -> Mapping[str, str]:
        """Of each name that was joined, the lowest of its set."""
        return {one: self.root(one) for one in list(self._up)}
