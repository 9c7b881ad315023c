"""A read-only index of place names: one SQLite file, compiled once, opened by every process that reads.

Two filters (bit fields over hashes, stored in the file) answer "no name begins with this word" and "no name is this" from
memory, so that reading a text asks the file only for names it almost surely holds. The index proves nothing about where
a place is; it says what its source says.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from witnessmark.packs.place_names import bones, far, near, respaced
from witnessmark.terms.place import PlaceCandidate

VERSION = 4
_SEEDS = (0, 0x9E3779B9, 0x7F4A7C15)
_BITS_PER_NAME = 16  # a wrong "perhaps" once in about 2,000 words
_BONES = 3
_SCHEMA = """
CREATE TABLE place (number INTEGER PRIMARY KEY, ref TEXT, name TEXT, name_ar TEXT, lat REAL, lon REAL, level TEXT,
                    country TEXT, within TEXT, population INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE filter (kind TEXT PRIMARY KEY, bits BLOB);
"""


class Place(NamedTuple):
    """One place to be indexed. ``names``: every spelling; ``within``: names of what contains it."""

    ref: str
    name: str
    name_ar: str | None
    lat: float | None
    lon: float | None
    level: str
    country: str | None
    within: tuple[str, ...]
    population: int
    names: tuple[str, ...]


def write(path: Path, places: Iterable[Place], beginnings: Collection[str]) -> int:
    """Compile an index; returns how many places it holds. Written beside its place and renamed, so never seen half.

    ``beginnings``: folded first words of longer names.
    """
    partial = path.with_suffix(f".partial-{crc32(str(path).encode())}")
    partial.unlink(missing_ok=True)
    db = sqlite3.connect(partial)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    count = 0
    for count, place in enumerate(places, 1):
        db.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)",
            (count, *place[:6], place.country, "|".join(place.within), place.population),
        )
        keys = {key for name in place.names for key in _keys(name, beginnings) if key}
        db.executemany("INSERT OR IGNORE INTO name VALUES (?,?)", [(key, count) for key in sorted(keys)])
    keys_all = [row[0] for row in db.execute("SELECT DISTINCT key FROM name ORDER BY key")]
    first = {key.split(" ", 1)[0] for key in keys_all}
    for kind, words in (("key", keys_all), ("first", sorted(first))):
        db.execute("INSERT INTO filter VALUES (?,?)", (kind, _filter(words)))
    db.commit()
    db.execute("VACUUM")
    db.close()
    partial.replace(path)
    return count


def _keys(name: str, beginnings: Collection[str]) -> Iterator[str | None]:
    """What a name is found by: its letters, with its first word joined to the next or not; what transliterations share; its bones."""
    yield near(name)
    yield from respaced(name, beginnings)
    yield far(name)
    yield skeleton(name)


def skeleton(name: str) -> str | None:
    """The key of a name's bones; None where they are too few to tell names apart."""
    found = bones(name)
    return f"={found}" if len(found) >= _BONES else None


def _filter(words: list[str]) -> bytes:
    bits = bytearray(max(64, len(words) * _BITS_PER_NAME // 8))
    for word in words:
        for place in _places(word, len(bits)):
            bits[place >> 3] |= 1 << (place & 7)
    return bytes(bits)


def _places(word: str, size: int) -> Iterator[int]:
    data = word.encode()
    for seed in _SEEDS:
        yield crc32(data, seed) % (size * 8)


class PlaceIndex:
    """An opened index. ``rank``: 1 for a case's own gazetteer, 0 for those that ship."""

    def __init__(self, path: Path, rank: int) -> None:
        self.path = path
        self.rank = rank
        self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._filters = {kind: bytes(bits) for kind, bits in self._db.execute("SELECT kind, bits FROM filter")}
        self._cached = lru_cache(maxsize=20_000)(self._ask)

    def may_begin(self, word: str) -> bool:
        """Whether some name perhaps begins with this folded word."""
        return self._perhaps("first", word)

    def goes_on(self, word: str) -> tuple[int, frozenset[str]]:
        """How many words the longest name has that begins with this folded word (1 where none goes on), and the second

        words of such names.
        """
        if not self.may_begin(word):
            return 1, frozenset()
        # Keys that begin with the word and a blank lie between it with a blank and it with the character after the blank.
        wanted = "SELECT DISTINCT key FROM name WHERE key > ? AND key < ?"
        longer = [str(key).split(" ") for (key,) in self._db.execute(wanted, (word + " ", word + "!"))]
        return max(map(len, longer), default=1), frozenset(words[1] for words in longer)

    def ask(self, key: str) -> tuple[PlaceCandidate, ...]:
        """Candidates under a key."""
        return self._cached(key) if self._perhaps("key", key) else ()

    def _perhaps(self, kind: str, word: str) -> bool:
        bits = self._filters[kind]
        data, size = word.encode(), len(bits) * 8
        for seed in _SEEDS:
            place = crc32(data, seed) % size
            if not bits[place >> 3] & (1 << (place & 7)):
                return False
        return True

    def _ask(self, key: str) -> tuple[PlaceCandidate, ...]:
        rows = self._db.execute(
            "SELECT ref, name, name_ar, lat, lon, level, country, within, population FROM place"
            " JOIN name ON name.place = place.number WHERE name.key = ? ORDER BY population DESC, ref LIMIT 24",
            (key,),
        )
        return tuple(
            PlaceCandidate(
                id=ref, name=name, name_ar=name_ar, lat=lat, lon=lon, level=level, country=country,
                within=tuple(within.split("|")) if within else (), population=population, score=0.1 * self.rank,
            )
            for ref, name, name_ar, lat, lon, level, country, within, population in rows
        )  # fmt: skip
