"""The grading standard of a case: the pack that holds its tables, the case's own before those that ship.

A pack is a standard where it holds the tables ``grades``, ``grading`` and ``flags``. One that ships is used until a pack
in the case's folder ``packs`` holds them too; then the case's is, whole. What it does not do: mix two standards.
"""

from functools import lru_cache

from witnessmark.errors import BadPack
from witnessmark.packs.larder import SHIPPED, PackLarder
from witnessmark.packs.pack import Pack
from witnessmark.weighing.standard import Standard

_TABLES = ("grades", "grading", "flags")


@lru_cache(maxsize=4)
def standard(larder: PackLarder) -> Standard:
    """The standard in use.

    Raises:
        BadPack: a pack holds one of the tables and not the others, or the case holds several standards.
    """
    found = [pack for pack in larder.packs if set(_TABLES) & pack.tables.keys()]
    found = [pack for pack in found if pack.folder.parent != SHIPPED] or found
    if len(found) > 1:
        raise BadPack(found[1].name, f"it is a grading standard, and so is {found[0].name}: a case is graded by one")
    return _made(found[0])


def _made(pack: Pack) -> Standard:
    missing = [table for table in _TABLES if table not in pack.tables]
    if missing:
        raise BadPack(
            pack.name, f"a grading standard needs the tables {', '.join(_TABLES)}; it lacks {', '.join(missing)}"
        )
    return Standard(
        name=pack.name,
        version=pack.version,
        wording={row.key: row.fields for row in pack.tables["grades"]},
        held={row.key: row.fields["value"] for row in pack.tables["grading"]},
        flags={row.key: row.fields["words"] for row in pack.tables["flags"]},
    )
