"""Items in and out of the tables: texts apart, under their digests, never overwritten."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import Connection, select

from witnessmark.casefile import tables
from witnessmark.terms.address import address_of
from witnessmark.terms.item import Item

_decoder = msgspec.json.Decoder(Item)


def store(db: Connection, found: Sequence[Item]) -> None:
    """Put items, their passages and their texts into the tables."""
    extracts: dict[str, str] = {}
    rows: list[dict[str, object]] = []
    passages: list[dict[str, object]] = []
    for one in found:
        digests = [passage.digest for passage in one.passages]
        extracts.update(zip(digests, (passage.text for passage in one.passages), strict=True))
        blob = msgspec.json.encode(replace(one, passages=tuple(replace(passage, text="") for passage in one.passages)))
        digest = address_of(blob + "".join(digests).encode())
        rows.append(
            {
                "id": one.id,
                "address": one.address,
                "selector": one.selector,
                "kind": one.kind,
                "files": len(one.attachments),
                "name": one.name,
                "digest": digest,
                "blob": blob,
            }
        )
        passages.extend({"item": one.id, "number": number, "text": text} for number, text in enumerate(digests))
    tables.keep(db, tables.extract, [{"digest": digest, "text": text} for digest, text in extracts.items()])
    tables.put(db, tables.item, rows)
    tables.put(db, tables.passage, passages)


def fetch(db: Connection, ids: Iterable[str]) -> Iterator[Item]:
    """Items by id, whole, in order of id."""
    for lot in tables.chunks(sorted(ids)):
        texts = _texts(db, lot)
        rows = db.execute(
            select(tables.item.c.id, tables.item.c.blob).where(tables.item.c.id.in_(lot)).order_by(tables.item.c.id)
        )
        for row in rows:
            yield _whole(_decoder.decode(row.blob), texts.get(row.id, []))


def _texts(db: Connection, ids: list[str]) -> dict[str, list[str]]:
    joined = tables.passage.join(tables.extract, tables.passage.c.text == tables.extract.c.digest)
    rows = db.execute(
        select(tables.passage.c.item, tables.extract.c.text)
        .select_from(joined)
        .where(tables.passage.c.item.in_(ids))
        .order_by(tables.passage.c.item, tables.passage.c.number)
    )
    texts: dict[str, list[str]] = {}
    for row in rows:
        texts.setdefault(row.item, []).append(row.text)
    return texts


def _whole(bare: Item, texts: list[str]) -> Item:
    passages = tuple(replace(passage, text=text) for passage, text in zip(bare.passages, texts, strict=True))
    return replace(bare, passages=passages)


def all_ids(db: Connection) -> list[str]:
    """Every item's id, sorted."""
    return list(db.execute(select(tables.item.c.id).order_by(tables.item.c.id)).scalars())


def names(db: Connection) -> dict[str, str]:
    """Every item's id with the name to show: the collector's own id where there is one."""
    return {row.id: row.name for row in db.execute(select(tables.item.c.id, tables.item.c.name))}
