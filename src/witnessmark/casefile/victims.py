"""Persons whom an item names as harmed, one at a time, beside those who may be the same person.

The rule: two records may be of one person where the words of one name are all in the other, at least two of them, in one
script or in the other that a text gives beside it. Only the items of the incidents that the item tells of are looked through,
and the item itself. That two names agree does not prove that they are one person's: a person says who is who.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from witnessmark.casefile import items, rows, shown, tables
from witnessmark.errors import UnknownId
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import key
from witnessmark.terms.victim import Victim

_LEAST = 2  # words that a name has to share: one given name is many people's


def whole(db: Connection, victim: str, item: str) -> tuple[Item, Reading, Victim]:
    """A person's record, with the item and the reading it stands in.

    Raises:
        UnknownId: the item names nobody of this id.
    """
    (held,) = items.fetch(db, [item])
    reading = shown.reading(db, item)
    one = next((one for one in reading.victims if one.id(item) == victim), None) if reading else None
    if reading is None or one is None:
        raise UnknownId(victim)
    return held, reading, one


def row(db: Connection, victim: str, item: str) -> rows.Row:
    """A person as ``show`` gives them: the row of the export, the item's incidents, the sentence, and who may be the same person."""
    held, reading, one = whole(db, victim, item)
    told = rows.victim_row(one, held, reading)
    sentence = next((span for span in reading.sentences if span.covers(one.span)), one.span)
    homes = select(tables.claim.c.incident).where(tables.claim.c.item == item, tables.claim.c.incident.is_not(None))
    incidents = list(db.execute(homes.distinct().order_by(tables.claim.c.incident)).scalars())
    return {
        **told,
        "incidents": incidents,
        "words": rows.cut(held, sentence),
        "candidates": [
            {"id": other.id(its.id), "item": its.name, **rows.person_row(other)}
            for its, other in _beside(db, incidents, held)
            if (other, its.id) != (one, item) and alike(one, other)
        ],
    }


def _beside(db: Connection, incidents: Sequence[str], item: Item) -> Iterator[tuple[Item, Victim]]:
    """Everybody named by the items of some incidents, and by the item itself."""
    members = {one for incident in incidents for one in shown.incident(db, incident).items}
    for lot in tables.chunks(sorted(members | {item.id})):
        for held in items.fetch(db, lot):
            reading = shown.reading(db, held.id)
            for one in reading.victims if reading else ():
                yield held, one


def alike(one: Victim, other: Victim) -> bool:
    """Whether the words of one name are all in the other's."""
    return any(
        len(least) >= _LEAST and least <= most
        for here in _names(one)
        for there in _names(other)
        for least, most in [sorted((here, there), key=len)]
    )


def _names(one: Victim) -> list[frozenset[str]]:
    return [frozenset(key(name).split()) for name in (one.name, one.other_script) if name]
