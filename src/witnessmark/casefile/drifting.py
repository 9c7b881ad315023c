"""Drift over a case: what each item makes its sources say is kept as it is read, and held against others as they are gathered.

An item's row holds the little by which others are found that may say more; only the texts of a pair are looked at whole, and only
once: what was found between readings that are as they were stands (see ``standing``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from hashlib import blake2b
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, select

from witnessmark.casefile import items, rows, tables
from witnessmark.casefile.genera import wider_of
from witnessmark.casefile.standing import Standing
from witnessmark.packs.larder import PackLarder
from witnessmark.reading.outlet_actors import outlet_actor
from witnessmark.reading.sayings import account, outlet_keys
from witnessmark.terms.drift import Drift, Passed
from witnessmark.terms.item import Item
from witnessmark.terms.likeness import PARTLY, PASSED_ON, Likeness
from witnessmark.terms.reading import Reading
from witnessmark.terms.saying import Account
from witnessmark.terms.script import fold, key
from witnessmark.tracing import drift, drift_pairs
from witnessmark.tracing.same_statement import Text, Wider, sorted_out

_encode = msgspec.msgpack.encode
_accounts = msgspec.msgpack.Decoder(Account)
_inside = msgspec.msgpack.Decoder(list[Drift])
_HELD = 400  # accounts held decoded
_LOT = 400
_DIGEST = 12  # bytes


@lru_cache(maxsize=4)
def _wider(larder: PackLarder) -> dict[str, frozenset[str]]:
    return wider_of(larder)


def account_row(item: Item, reading: Reading, larder: PackLarder) -> dict[str, object] | None:
    """The row of one reading; None where it says nothing that another text may change."""
    publisher = item.publisher or item.site or item.author
    found = account(item, reading, outlet_keys(outlet_actor(larder, publisher), publisher), larder)
    if found is None:
        return None
    inside = drift.within(found, _wider(larder))
    return {
        "item": item.id,
        "published": found.published,
        "latest": found.published_latest,
        "keys": "\n".join(drift_pairs.keys_of(found)),
        "outlet": "\n".join(found.outlet),
        "marks": drift_pairs.marks_of(found),
        "names": "\n".join(drift_pairs.names_of(found)),
        "several": max(one.several for one in found.sayings),
        "press": drift_pairs.credits_press(found),
        "inside": _encode(inside) if inside else None,
        "blob": _encode(found),
    }


class _Look(NamedTuple):
    """Texts to be held against each other: a pair, or (``fan``) one that speaks of several sources and those before it.

    ``only``: of each of a pair, whether its outlet has no other text that the other can mean.
    """

    items: tuple[str, ...]
    copied: bool = False
    only: tuple[bool, ...] = ()
    fan: bool = False


def keep(db: Connection, copies: Sequence[Likeness], larder: PackLarder, stands: Standing) -> None:
    """Bring the drifts of the case up to its readings, going on from what stands; that is left as it is now."""
    looked = stands.looked
    keys = {
        row.item: bytes.fromhex(row.key[: 2 * _DIGEST])
        for row in db.execute(select(tables.reading.c.item, tables.reading.c.key))
    }
    looks = {_digest(look, keys): look for look in _looks(list(_hints(db, keys)), copies, stands.marked)}
    found = {one.id: one for one in _within(db)}
    known = {digest: looked[digest] for digest in looks.keys() & looked.keys()}
    stood = {one.id: one for one in all_drifts(db)} if any(known.values()) else {}
    found.update((name, stood[name]) for names in known.values() for name in names)
    looked.clear()
    looked.update(known)
    todo = [(digest, look) for digest, look in looks.items() if digest not in known]
    for digest, drifts in _between(db, todo, _wider(larder)):
        looked[digest] = tuple(one.id for one in drifts)
        found.update((one.id, one) for one in drifts)
    db.execute(delete(tables.drift))
    tables.put(
        db,
        tables.drift,
        [
            {"id": one.id, "earlier": one.earlier.item, "later": one.later.item, "blob": msgspec.json.encode(one)}
            for one in sorted(found.values(), key=lambda one: one.id)
        ],
    )


def _digest(look: _Look, keys: Mapping[str, bytes]) -> bytes:
    """Of all that two texts or more are judged by: their readings, and what the case knows of them."""
    about = bytes((look.fan, look.copied, *look.only))
    return blake2b(about + b"".join(keys[one] for one in look.items), digest_size=_DIGEST).digest()


def _within(db: Connection) -> Iterator[Drift]:
    """Where a text says more than itself; found as it was read."""
    inside = select(tables.account.c.inside).where(tables.account.c.inside.is_not(None))
    for blob in db.execute(inside.order_by(tables.account.c.item)).scalars():
        yield from _inside.decode(blob)


def _looks(
    hints: Sequence[drift_pairs.Hint],
    copies: Sequence[Likeness],
    marked: dict[bytes, tuple[tuple[str, str], ...]],
) -> Iterator[_Look]:
    """All texts that have to do with each other. ``marked``: see ``drift_pairs.pairs``."""
    copied = {(one.one, one.other) for one in copies if one.manner in PASSED_ON and one.manner not in PARTLY}
    often, of = drift_pairs.often(hints), {one.item: one for one in hints}
    for pair in drift_pairs.pairs(hints, copied, marked):
        one, other = of[pair[0]], of[pair[1]]
        only = drift_pairs.only(often, one, other), drift_pairs.only(often, other, one)
        yield _Look(pair, copied=pair in copied, only=only)
    for name, before in drift_pairs.groups(hints):
        yield _Look((name, *before), fan=True)


def _between(
    db: Connection, looks: Sequence[tuple[bytes, _Look]], wider: Wider
) -> Iterator[tuple[bytes, Sequence[Drift]]]:
    """What is found between texts that were not held against each other before."""
    whole = _Whole(db)
    for lot in _lots(looks):
        whole.fetch(item for _, look in lot for item in look.items)
        for digest, look in lot:
            if look.fan:
                yield digest, drift.fanned([whole.of(one) for one in look.items[1:]], whole.of(look.items[0]), wider)
            else:
                yield digest, _of_pair(whole, look, wider)


def _of_pair(whole: "_Whole", look: _Look, wider: Wider) -> list[Drift]:
    """The drifts of a pair, from the earlier to the later; of one day, whichever way there are any."""
    texts = sorted(
        zip(map(whole.of, look.items), look.only, strict=True),
        key=lambda one: (one[0].account.published or "", one[0].account.item),
    )
    for (earlier, only), (later, _) in (texts, texts[::-1]):
        has = partial(whole.has, earlier.account.item)
        found = drift.between(earlier, later, wider, drift.Bond(copied=look.copied, only=only, has=has))
        if found:
            return found
    return []


def _hints(db: Connection, readings: Mapping[str, bytes]) -> Iterator[drift_pairs.Hint]:
    """What finding pairs needs of each item; of those it names, only who is an outlet of the case. ``readings``: their keys."""
    table = tables.account.c
    outlets = {
        name for told in db.execute(select(table.outlet).distinct()).scalars() for name in told.split("\n") if name
    }
    held: dict[frozenset[str], frozenset[str]] = {}
    wanted = select(
        table.item, table.published, table["keys"], table.outlet, table.names, table.marks, table.several, table.press
    )
    for row in db.execute(wanted.order_by(table.item)):
        keys = frozenset(name for name in row[2].split("\n") if name)
        named = frozenset(outlets.intersection(row.names.split("\n")))
        outlet = tuple(name for name in row.outlet.split("\n") if name)
        yield drift_pairs.Hint(
            item=row.item,
            day=drift_pairs.day_of(row.published),
            keys=held.setdefault(keys, keys),
            outlet=outlet,
            arabic=any(map(drift.arabic, outlet)),
            names=held.setdefault(named, named),
            marks=row.marks,
            several=row.several,
            press=bool(row.press),
            digest=_number(readings[row.item], named),
        )


def _number(reading: bytes, named: frozenset[str]) -> int:
    """A digest of what finding pairs needs of an item: of its reading, and of the outlets it names."""
    return int.from_bytes(blake2b(reading + "\n".join(sorted(named)).encode(), digest_size=8).digest())


def _lots(looks: Sequence[tuple[bytes, _Look]]) -> Iterator[list[tuple[bytes, _Look]]]:
    """In order, as many as speak of few enough texts to be held at once."""
    lot: list[tuple[bytes, _Look]] = []
    texts = 0
    for one in looks:
        lot.append(one)
        texts += len(one[1].items)
        if texts >= _LOT:
            yield lot
            lot, texts = [], 0
    if lot:
        yield lot


class _Whole:
    """Texts as they are needed, the last few hundred held."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._held: dict[str, Text] = {}

    def fetch(self, wanted: Iterable[str]) -> None:
        """Hold these; what was held before is let go where it grows too many."""
        asked = set(wanted)
        if len(self._held | dict.fromkeys(asked)) > _HELD + _LOT:
            self._held.clear()
        for lot in tables.chunks(sorted(asked - self._held.keys())):
            stored = select(tables.account.c.item, tables.account.c.blob).where(tables.account.c.item.in_(lot))
            self._held.update((row.item, sorted_out(_accounts.decode(row.blob))) for row in self._db.execute(stored))

    def of(self, item: str) -> Text:
        """One that was fetched."""
        return self._held[item]

    def has(self, item: str, words: str) -> bool:
        """Whether an item's whole text holds some words, however it spells them."""
        (found,) = items.fetch(self._db, [item])
        return any(key(words) in fold(passage.text).text for passage in found.passages)


def all_drifts(db: Connection) -> Iterator[Drift]:
    """Every drift, in order of id."""
    decoder = msgspec.json.Decoder(Drift)
    for blob in db.execute(select(tables.drift.c.blob).order_by(tables.drift.c.id)).scalars():
        yield decoder.decode(blob)


class Found:
    """The drifts of a case by the items they touch; few texts have any."""

    def __init__(self, db: Connection) -> None:
        self._by_item: dict[str, list[Drift]] = {}
        for one in all_drifts(db):
            for item in {one.earlier.item, one.later.item}:
                self._by_item.setdefault(item, []).append(one)

    def between(self, wanted: Iterable[str]) -> list[Drift]:
        """The drifts of which both ends are among some items, in order of id."""
        inside = set(wanted)
        found = {one.id: one for item in inside for one in self._by_item.get(item, ())}
        return [one for _, one in sorted(found.items()) if {one.earlier.item, one.later.item} <= inside]

    def touching(self, item: str) -> list[Drift]:
        """The drifts that begin or end in an item, in order of id."""
        return sorted(self._by_item.get(item, ()), key=lambda one: one.id)


def drift_rows(db: Connection, found: Iterable[Drift]) -> Iterator[rows.Row]:
    """Drifts as rows, with the words of both ends."""
    for lot in _by_lots(found):
        wanted = sorted({end.item for one in lot for end in (one.earlier, one.later)})
        known = {item.id: item for item in items.fetch(db, wanted)}
        homes = _incidents(db, wanted)
        for one in lot:
            first, last = one.earlier.item, one.later.item
            both = sorted(homes.get(first, set()) & homes.get(last, set()))
            yield row(one, known[first], known[last], both)


def _by_lots(found: Iterable[Drift]) -> Iterator[list[Drift]]:
    lot: list[Drift] = []
    for one in found:
        lot.append(one)
        if len(lot) == _LOT:
            yield lot
            lot = []
    if lot:
        yield lot


def _incidents(db: Connection, wanted: Sequence[str]) -> dict[str, set[str]]:
    """The incidents in which claims of some items stand, by item."""
    found: dict[str, set[str]] = {}
    claim = tables.claim.c
    for lot in tables.chunks(wanted):
        for item, incident in db.execute(select(claim.item, claim.incident).where(claim.item.in_(lot))):
            if incident:
                found.setdefault(item, set()).add(incident)
    return found


def row(one: Drift, earlier: Item, later: Item, incidents: Sequence[str] = ()) -> rows.Row:
    """One drift, by the contract of ``export --what drifts``."""
    return {
        "id": one.id,
        "slot": one.slot,
        "incidents": list(incidents),
        "within": one.earlier.item == one.later.item,
        "earlier": _end(one.earlier, earlier),
        "later": _end(one.later, later),
        "why": one.why,
        "review": rows.DRAFT,
    }


def _end(end: Passed, item: Item) -> rows.Row:
    return {
        "item": item.name,
        "item_id": item.id,
        "publisher": item.publisher or item.author or item.site,
        "whose_word": end.who or None,
        "said": end.said,
        "words": rows.cut(item, end.span),
        "anchor": rows.anchor_row(item.anchor(end.span)),
    }
