"""Which items carry which pictures and clips, and when each was public: an item that is one, and posts that name files.

A file that a post names is the one found under that name nearest to the post's own file, where exactly one fits: with
two, nothing is guessed. What it does not prove: that a file of that name is the one that was posted.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, or_, select

from witnessmark.casefile import looking, tables
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading
from witnessmark.terms.sighting import Sighting
from witnessmark.tracing.firsts import sighting


@dataclass(frozen=True, slots=True)
class Files:
    """Preserved media by the names they were found under."""

    whole: dict[str, set[str]]
    last: dict[str, list[str]]  # the last part of a name, and the names that end in it

    def of(self, name: str, homes: Sequence[str]) -> set[str]:
        """The addresses that a name may mean, those beside the item's own file first."""
        beside = {address for home in homes for address in self.whole.get(f"{home}/{name}".lstrip("/"), ())}
        if beside:
            return beside
        ends = self.last.get(name.rpartition("/")[2], ())
        return {at for one in ends if one == name or one.endswith(f"/{name}") for at in self.whole[one]}


def sightings(db: Connection) -> list[Sighting]:
    """Every carrying of a picture or clip that was looked at, sorted by item and medium."""
    known = set(db.execute(select(tables.look.c.address)).scalars())
    if not known:
        return []
    files, homes = _files(db, known)
    found = _of_posts(set(_pairs(db, known, files, homes)))
    published = _published(db, [item for item, _ in found])
    return [
        sighting(item, medium, published[item][0], published[item][1], published[item][2]) for item, medium in found
    ]


def _of_posts(pairs: set[tuple[str, str, bool]]) -> list[tuple[str, str]]:
    """Item and medium, sorted; a file that is an item of its own is none where a post carries it: it is that post's."""
    posted = {medium for _, medium, itself in pairs if not itself}
    return sorted((item, medium) for item, medium, itself in pairs if not (itself and medium in posted))


def _files(db: Connection, known: set[str]) -> tuple[Files, dict[str, list[str]]]:
    """Media by name; and of every object the folders it was found in."""
    whole: dict[str, set[str]] = defaultdict(set)
    last: dict[str, list[str]] = defaultdict(list)
    homes: dict[str, list[str]] = defaultdict(list)
    for row in db.execute(select(tables.finding.c.address, tables.finding.c.name)):
        homes[row.address].append(row.name.rpartition("/")[0])
        if row.address in known:
            if row.name not in whole:
                last[row.name.rpartition("/")[2]].append(row.name)
            whole[row.name].add(row.address)
    return Files(dict(whole), dict(last)), homes


def _pairs(
    db: Connection, known: set[str], files: Files, homes: dict[str, list[str]]
) -> Iterator[tuple[str, str, bool]]:
    """Item and address of what it carries, and whether it is that file itself."""
    decoder = msgspec.json.Decoder(Item)
    of = select(tables.item.c.id, tables.item.c.address, tables.item.c.blob)
    for row in db.execute(of.where(or_(tables.item.c.kind.in_(looking.KINDS), tables.item.c.files > 0))):
        if row.address in known:
            yield row.id, row.address, True
            continue
        for one in decoder.decode(row.blob).attachments:
            fitting = files.of(one.name, homes[row.address]) if one.missing is None else set()
            if len(fitting) == 1:
                yield row.id, next(iter(fitting)), False


def _published(
    db: Connection, wanted: Sequence[str]
) -> dict[str, tuple[tuple[str | None, str | None], str | None, str]]:
    """Of each item when it was public at the earliest and at the latest, when it was captured, and what this rests on."""
    out: dict[str, tuple[tuple[str | None, str | None], str | None, str]] = {}
    readings, items = msgspec.json.Decoder(Reading), msgspec.json.Decoder(Item)
    joined = tables.item.outerjoin(tables.reading, tables.item.c.id == tables.reading.c.item)
    columns = select(tables.item.c.id, tables.item.c.blob, tables.reading.c.blob.label("read")).select_from(joined)
    for lot in tables.chunks(dict.fromkeys(wanted)):
        for row in db.execute(columns.where(tables.item.c.id.in_(lot))):
            told = readings.decode(row.read).publication if row.read else None
            bounds = (told.earliest, told.latest) if told else (None, None)
            out[row.id] = bounds, items.decode(row.blob).captured, told.why if told else "not read"
    return out
