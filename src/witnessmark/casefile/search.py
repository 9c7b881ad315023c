"""Full text of a case in both scripts: the same folding and light stemming for what is kept and what is asked.

الرقه finds الرقة; words in double quotes are a phrase. Comments are searched too, page furniture is not. Stemming is the
light kind (prefixes and suffixes of a pack's table), because heavier stemmers lose names. With FTS5 this is the one
other place that speaks SQLite's dialect. What a hit does not say: who said the words (see ``show``).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from sqlalchemy import Connection, delete, func, select, text

from witnessmark.casefile import items, tables
from witnessmark.casefile.case import Case
from witnessmark.errors import UsageError
from witnessmark.terms.item import Item
from witnessmark.terms.ports import Entry, Larder
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold

_WORD = re.compile(r"[^\W_]+")
_PHRASE = re.compile(r'"([^"]*)"')
_AROUND = 60  # code points shown on each side of a hit


@lru_cache(maxsize=4)
def _stemmer(affixes: tuple[tuple[str, str, int], ...]) -> Callable[[str], str]:
    """What takes a word's affixes off, with a memory of its own: to look up all affixes with each word takes longer than to stem it."""
    return lru_cache(maxsize=200_000)(partial(_stem, affixes))


def _stem(affixes: tuple[tuple[str, str, int], ...], word: str) -> str:
    """The word less one prefix and as many suffixes as leave enough of it."""
    for affix, side, least in affixes:
        if side == "before" and word.startswith(affix) and len(word) - len(affix) >= least:
            word = word[len(affix) :]
            break
    for affix, side, least in affixes:
        if side == "after" and word.endswith(affix) and len(word) - len(affix) >= least:
            word = word[: -len(affix)]
    return word


def _affixes(larder: Larder) -> tuple[tuple[str, str, int], ...]:
    rows: Sequence[Entry] = larder.rows("affixes")
    return tuple((row.key, row.fields["side"], int(row.fields["least_left"])) for row in rows)


def _stems(given: str, larder: Larder) -> Iterator[tuple[str, int, int]]:
    """Each word's stem, with its span in the text as given."""
    stem = _stemmer(_affixes(larder))
    folded = fold(given)
    for found in _WORD.finditer(folded.text):
        start, end = folded.back(found.start(), found.end())
        yield stem(found.group()), start, end


def indexed(item: Item, reading: Reading, larder: Larder) -> str:
    """What the index keeps of an item: stems of all its passages but their furniture."""
    stem = _stemmer(_affixes(larder))
    parts: list[str] = []
    for number, passage in enumerate(item.passages):
        regions = reading.regions[number] if number < len(reading.regions) else ()
        kept = [passage.text[region.start : region.end] for region in regions if region.role != "chrome"]
        for given in kept if regions else [passage.text]:
            parts.extend(map(stem, _WORD.findall(fold(given).text)))
        parts.append("\n")
    return " ".join(parts)


def index(db: Connection, bodies: Sequence[tuple[str, str]]) -> None:
    """Put items' words into the index: item, and what the index keeps of it."""
    first = db.execute(select(func.coalesce(func.max(tables.indexed.c.number), 0))).scalar_one() + 1
    rows = [{"number": number, "item": item, "body": body} for number, (item, body) in enumerate(bodies, first)]
    if rows:
        db.execute(tables.indexed.insert(), [{"number": row["number"], "item": row["item"]} for row in rows])
        db.execute(text("INSERT INTO words (rowid, item, body) VALUES (:number, :item, :body)"), rows)


def forget(db: Connection, ids: Sequence[str]) -> None:
    """Take items out of the index."""
    numbers = db.execute(select(tables.indexed.c.number).where(tables.indexed.c.item.in_(ids))).scalars().all()
    if numbers:
        db.execute(text("DELETE FROM words WHERE rowid = :number"), [{"number": number} for number in numbers])
        db.execute(delete(tables.indexed).where(tables.indexed.c.item.in_(ids)))


def _match(query: str, larder: Larder) -> str:
    """The query in FTS5's own words: quoted stems only, so nothing of the query is syntax."""
    phrases = [" ".join(stem for stem, _, _ in _stems(phrase, larder)) for phrase in _PHRASE.findall(query)]
    loose = [stem for stem, _, _ in _stems(_PHRASE.sub(" ", query), larder)]
    terms = [term for term in (*phrases, *loose) if term]
    if not terms:
        raise UsageError(
            "The query has no word in it.", "Nothing was searched.", "Give at least one word, in any script."
        )
    return " AND ".join(f'"{term}"' for term in terms)


def search(case: Case, query: str, limit: int = 50) -> list[dict[str, object]]:
    """Items that hold all words of the query, best first (BM25, then id).

    Each with id, name, passage, start, end, and the words around the first hit.

    Raises:
        UsageError: the query holds no word.
    """
    larder = case.larder
    match = _match(query, larder)
    wanted = {stem for stem, _, _ in _stems(query, larder)}
    with case.transaction() as db:
        rows = db.execute(
            text("SELECT item FROM words WHERE words MATCH :match ORDER BY bm25(words), item LIMIT :limit"),
            {"match": match, "limit": limit},
        ).scalars()
        ids = list(rows)
        found = {item.id: item for item in items.fetch(db, ids)}
    return [_row(found[one], wanted, larder) for one in ids if one in found]


def _row(item: Item, wanted: set[str], larder: Larder) -> dict[str, object]:
    row: dict[str, object] = {"id": item.id, "name": item.name, "publisher": item.publisher, "url": item.url}
    for number, passage in enumerate(item.passages):
        for stem, start, end in _stems(passage.text, larder):
            if stem in wanted:
                where = {"passage": number, "role": passage.role, "start": start, "end": end}
                return {**row, **where, "words": around(passage.text, start, end)}
    return {**row, "passage": None, "role": None, "start": None, "end": None, "words": ""}


def around(words: str, start: int, end: int) -> str:
    """Whole words on both sides of a hit, on one line; dots where the text goes on."""
    first, last = max(0, start - _AROUND), min(len(words), end + _AROUND)
    if first:
        first = next((at for at in range(first, start) if words[at].isspace()), first)
    if last < len(words):
        last = next((at for at in range(last, end, -1) if words[at].isspace()), last)
    before, behind = "… " if first else "", " …" if last < len(words) else ""
    return f"{before}{' '.join(words[first:last].split())}{behind}"
