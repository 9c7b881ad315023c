"""From the id of a person whom an item names as harmed to the item: such ids stand in no table, only in the readings.

An id is made from item, span and name. What it does not prove: that two ids are two persons.
"""

import msgspec
from sqlalchemy import Connection, select

from witnessmark.casefile import tables
from witnessmark.terms.victim import Victim


class _Named(msgspec.Struct):
    """What is needed of a reading to find a person by id."""

    item: str
    victims: tuple[Victim, ...] = ()


def matching(db: Connection, wanted: str) -> list[tuple[str, str]]:
    """Id and item of every person whose id is, or begins with, what is wanted; sorted. Goes through every reading."""
    decoder = msgspec.json.Decoder(_Named)
    found: set[tuple[str, str]] = set()
    for blob in db.execute(select(tables.reading.c.blob)).scalars():
        named = decoder.decode(blob)
        ids = (one.id(named.item) for one in named.victims)
        found |= {(one, named.item) for one in ids if one.startswith(wanted)}
    return sorted(found)
