"""The tables of a case, and the only SQL dialect outside ``search``.

Every table is a projection of the vault and the ledger, or derived from them; none holds the only copy of anything.
``SCHEMA`` is their version: where a database was made with another, it is dropped and made again. What the tables do
not prove: anything. ``verify`` holds them against bytes and ledger.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.sqlite import Insert, insert

SCHEMA = 4
metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))
thing = Table(  # a preserved object, known from the ledger
    "thing",
    metadata,
    Column("address", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("opened", String),  # key of the opening that is done, or null
    Column("depth", Integer),  # in how many archives it lay, as it was opened
)
finding = Table(  # one finding of an object: who, when, under which name
    "finding",
    metadata,
    Column("entry", Integer, primary_key=True),
    Column("address", String, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("collector", Text),
    Column("note", Text),
    Column("at", String, nullable=False),
)
item = Table(
    "item",
    metadata,
    Column("id", String, primary_key=True),
    Column("address", String, nullable=False, index=True),
    Column("selector", Text, nullable=False),
    Column("kind", String, nullable=False, index=True),
    Column("files", Integer, nullable=False, index=True),  # how many it names
    Column("name", Text, nullable=False, index=True),
    Column("digest", String, nullable=False),
    Column("blob", LargeBinary, nullable=False),  # the item without its texts
)
passage = Table(
    "passage",
    metadata,
    Column("item", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", String, nullable=False),
)
extract = Table(  # extracted text under its digest, never overwritten
    "extract", metadata, Column("digest", String, primary_key=True), Column("text", Text, nullable=False)
)
outcome = Table(  # unread, passed over, notice
    "outcome",
    metadata,
    Column("address", String, primary_key=True),
    Column("selector", Text, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("why", Text, primary_key=True),
)
failure = Table(  # what a step could not do: the step runner's own list
    "failure",
    metadata,
    Column("step", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("why", Text, nullable=False),
)
reading = Table(
    "reading",
    metadata,
    Column("item", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("unreadable", Text),
    Column("brief", LargeBinary, nullable=False),  # what the steps over sets need of it
    Column("blob", LargeBinary, nullable=False),
)
account = Table(  # what an item makes its sources say, and the little of it by which others are found that may say more
    "account",
    metadata,
    Column("item", String, primary_key=True),
    Column("published", String),
    Column("latest", String),
    Column("keys", Text, nullable=False),  # of whose word it is and of whom it passes on, a line each
    Column("outlet", Text, nullable=False),  # of its outlet
    Column("names", Text, nullable=False),  # of whom it names
    Column("marks", LargeBinary, nullable=False),
    Column("several", Integer, nullable=False),  # the most sources that a saying of it is said to have
    Column("press", Integer, nullable=False),  # whether it credits an outlet that nothing ties to a name
    Column("inside", LargeBinary),  # where its headline says more than its body
    Column("blob", LargeBinary, nullable=False),
)
drift = Table(
    "drift",
    metadata,
    Column("id", String, primary_key=True),
    Column("earlier", String, nullable=False, index=True),
    Column("later", String, nullable=False, index=True),
    Column("blob", LargeBinary, nullable=False),
)
indexed = Table(  # the number under which the full-text index knows an item
    "indexed",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("item", String, nullable=False, index=True),
)
claim = Table(
    "claim",
    metadata,
    Column("id", String, primary_key=True),
    Column("item", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("incident", String, index=True),
    Column("alias", String, nullable=False, index=True),  # the id of an incident whose lowest member it is
    Column("number", Integer, nullable=False),
    Column("card", LargeBinary, nullable=False),
)
voice = Table(  # whose word stands in an item: 0 who published it, then the innermost source of each claim
    "voice",
    metadata,
    Column("item", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("claim", String),
    Column("source", String, nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("actor", String),
    Column("manner", String, nullable=False),
)
step = Table(  # steps over sets: the key of what stands in the tables
    "step", metadata, Column("name", String, primary_key=True), Column("key", String, nullable=False)
)
standing = Table(  # what they found on the way, for the next run to go on from
    "standing",
    metadata,
    Column("name", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)
likeness = Table(
    "likeness",
    metadata,
    Column("one", String, primary_key=True),
    Column("other", String, primary_key=True),
    Column("manner", String, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
)
look = Table(  # what is kept of a picture or clip
    "look",
    metadata,
    Column("address", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)
lettering = Table(  # what a program read in a picture
    "lettering",
    metadata,
    Column("address", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)
copy = Table(  # two media that hold the same pixels or sound
    "copy",
    metadata,
    Column("one", String, primary_key=True),
    Column("other", String, primary_key=True, index=True),
    Column("manner", String, primary_key=True),
    Column("certain", Integer, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)
carried = Table(  # which item carries which picture or clip
    "carried",
    metadata,
    Column("item", String, primary_key=True),
    Column("medium", String, primary_key=True, index=True),
    Column("blob", LargeBinary, nullable=False),
)
origin = Table("origin", metadata, Column("id", String, primary_key=True), Column("blob", LargeBinary, nullable=False))
origin_item = Table(
    "origin_item",
    metadata,
    Column("claim", String, primary_key=True),
    Column("item", String, nullable=False, index=True),
    Column("origin", String, nullable=False, index=True),
    Column("alias", String, nullable=False, index=True),
)
incident = Table(
    "incident", metadata, Column("id", String, primary_key=True), Column("blob", LargeBinary, nullable=False)
)
match = Table(  # accounts of the case (incidents, earlier events mentioned) and what may be of the same event
    "match",
    metadata,
    Column("about", String, primary_key=True),
    Column("source", String, primary_key=True),  # the register's pack, or empty for the case's own incidents
    Column("other", String, primary_key=True, index=True),
    Column("rank", Integer, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)
decision = Table(
    "decision",
    metadata,
    Column("entry", Integer, primary_key=True),
    Column("about", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)
Index("finding_name", finding.c.name)
# What is looked up of every item and reading, apart from their blobs: else each look takes a page or more from the disk.
Index("look_key", look.c.address, look.c.key)
Index("item_digest", item.c.id, item.c.digest)
Index("reading_key", reading.c.item, reading.c.key, reading.c.unreadable)

PROJECTED = (finding, thing, decision)
_FTS = "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(item UNINDEXED, body, tokenize = 'unicode61 remove_diacritics 0')"
_IN_CHUNKS = 500


def open_engine(path: Path, *, sealed: bool = False) -> Engine:
    """A SQLite engine on a file: WAL, waits up to 30 s for another writer. A transaction sees one state throughout.

    ``sealed``: the file lies where nothing can be written and nobody writes; nothing is made beside it.
    """
    where, asked = str(path), {}
    if sealed:
        where, asked = path.absolute().as_uri(), {"mode": "ro", "immutable": "1", "uri": "true"}
    engine = create_engine(URL.create("sqlite", database=where, query=asked))
    pragmas = ["busy_timeout = 30000", "cache_size = -32000"]
    pragmas += [] if sealed else ["journal_mode = WAL", "synchronous = NORMAL"]

    @event.listens_for(engine, "connect")
    def _prepare(raw: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection object
        raw.isolation_level = None  # the driver would begin only before a change, and reads would not see one state
        cursor = raw.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(db: Connection) -> None:
        db.exec_driver_sql("BEGIN")

    return engine


def laid(db: Connection) -> bool:
    """Whether the tables are there, in this version of the schema."""
    found = db.execute(meta.select().where(meta.c.key == "schema")).first()
    return found is not None and found.value == str(SCHEMA)


def lay(engine: Engine) -> None:
    """Make the tables; where they were made with another version of this schema, drop and make them again."""
    with engine.begin() as db:
        metadata.create_all(db, tables=[meta])
        found = db.execute(meta.select().where(meta.c.key == "schema")).first()
        if found is not None and found.value != str(SCHEMA):
            metadata.drop_all(db)
            db.execute(text("DROP TABLE IF EXISTS words"))
        metadata.create_all(db)
        db.execute(text(_FTS))
        put(db, meta, [{"key": "schema", "value": str(SCHEMA)}])


@lru_cache(maxsize=128)
def _replacing(table: Table, given: tuple[str, ...]) -> Insert:
    """The statement that inserts these columns, replacing rows of the same key. Building it costs more than a row."""
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    changes = {name: statement.excluded[name] for name in given if name not in keys}
    return (
        statement.on_conflict_do_update(index_elements=keys, set_=changes)
        if changes
        else statement.on_conflict_do_nothing()
    )


def put(db: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, replacing those with the same primary key."""
    if rows:
        db.execute(_replacing(table, tuple(rows[0])), list(rows))


def keep(db: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, leaving those with the same primary key as they are."""
    if rows:
        db.execute(insert(table).on_conflict_do_nothing(), list(rows))


def chunks(values: Iterable[str]) -> Iterable[list[str]]:
    """Values in lots that fit one statement."""
    lot: list[str] = []
    for value in values:
        lot.append(value)
        if len(lot) == _IN_CHUNKS:
            yield lot
            lot = []
    if lot:
        yield lot


def integrity(db: Connection) -> str:
    """SQLite's own word on the file: ``ok``, or what is broken."""
    return str(db.execute(text("PRAGMA quick_check")).scalar())
