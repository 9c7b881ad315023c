"""What holds what, as the packs say: of a weapon, a way of delivery or an actor, everything it is a kind or a part of."""

from witnessmark.packs.larder import PackLarder
from witnessmark.weighing.contradictions import ANY


def wider_of(larder: PackLarder) -> dict[str, frozenset[str]]:
    """Of each label of weapons and deliveries and each actor's id, what holds it, however far above.

    ``*`` is in it where the word may mean anything (table ``genera``). Actors stand below their ``parent``.
    """
    above = {row.key: set(row.fields["of"].split("|")) for row in larder.rows("genera")}
    for row in larder.every("actors"):
        if row.fields.get("id") and row.fields.get("parent"):
            above.setdefault(row.fields["id"], set()).add(row.fields["parent"])
    out: dict[str, frozenset[str]] = {}
    for one, nearest in above.items():
        found: set[str] = set()
        todo = set(nearest)
        while todo:
            found |= todo
            todo = {up for below in todo for up in above.get(below, ())} - found
        out[one] = frozenset(found if ANY in nearest else found - {ANY})  # what a mine may be, a word above it may not
    return out
