"""Opening bytes under a name that says nothing, as the vault does."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from witnessmark.intake.formats import open_object
from witnessmark.intake.opened import Member
from witnessmark.terms.address import address_of
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Notice, PassedOver, Unread


class Found(NamedTuple):
    """What one object gave, by kind, in order."""

    items: list[Item]
    unread: list[Unread]
    passed: list[PassedOver]
    notices: list[Notice]
    members: list[Member]

    @property
    def item(self) -> Item:
        """The only item, where nothing was unread."""
        (only,) = self.items
        assert self.unread == []
        return only

    @property
    def why(self) -> str:
        """The only reason, where nothing was read."""
        (only,) = self.unread
        assert (self.items, self.members) == ([], [])
        return only.why


Open: TypeAlias = Callable[..., Found]


@pytest.fixture
def opening(tmp_path: Path) -> Open:
    """Open bytes; ``name`` is the name they were found under, which no reader may believe."""

    def opened(data: bytes, name: str = "found") -> Found:
        spool = tmp_path / "spool"
        spool.mkdir(exist_ok=True)
        preserved = tmp_path / address_of(data)
        preserved.write_bytes(data)
        found = Found([], [], [], [], [])
        place = {
            Item: found.items,
            Unread: found.unread,
            PassedOver: found.passed,
            Notice: found.notices,
            Member: found.members,
        }
        for outcome in open_object(preserved, preserved.name, name, spool):
            place[type(outcome)].append(outcome)  # type: ignore[attr-defined]  # the lists are told apart by their type
            if not isinstance(outcome, Member):
                assert outcome.address == preserved.name
        return found

    return opened


def text_of(item: Item) -> str:
    """All its words."""
    return "\n".join(passage.text for passage in item.passages)
