"""A source: somebody whose word stands in a case, who published it or is quoted in it.

What it does not say: who anybody really is. An account is as the capture shows it; two names of one body that no pack ties
together are two sources.
"""

from dataclasses import dataclass

from witnessmark.terms.address import id_of


def source_id(key: str) -> str:
    """The id of a source, made from its key (``Card.speaker``, ``Card.publisher``): the same in every case."""
    return id_of("source", key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """``key``: what tells it from others. ``name``: as first seen, or a role with digits of the id where

    ``private``; ``actor``: its id in the actors pack. ``kind``: its class, ``kind_why`` by what. ``affiliation``: the party it speaks for or is, by the actors
    pack; ``party``: whether it is a party to the conflict itself. ``private``: perhaps a person under their own name.
    """

    key: str
    name: str
    actor: str | None
    kind: str
    kind_why: str
    affiliation: str | None
    party: bool
    private: bool

    @property
    def id(self) -> str:
        """Made from its key."""
        return source_id(self.key)
