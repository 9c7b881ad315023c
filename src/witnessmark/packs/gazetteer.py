"""Gazetteers (placeholder until the index exists)."""

from collections.abc import Sequence

from witnessmark.packs.pack import Pack
from witnessmark.terms.place import PlaceCandidate
from witnessmark.terms.script import Folded


class Gazetteers:
    def find(self, text: Folded) -> list[tuple[int, int, tuple[PlaceCandidate, ...]]]:
        return []

    def lookup(self, name: str) -> tuple[PlaceCandidate, ...]:
        return ()


def open_gazetteers(packs: Sequence[Pack]) -> Gazetteers:
    return Gazetteers()
