"""Checking a case: every preserved byte, every ledger entry, every projected row, every decided row, every kept text.

What it proves: the bytes are those whose digests the ledger names, the ledger's entries follow from each other, and the
tables say what the ledger says. What it does not prove: that the ledger's end was never cut before this case's tables
saw it, nor that the clock was right; compare the head with a sealed copy.
"""

import json
from collections.abc import Iterator, Mapping

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from witnessmark.casefile import replay, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.progress import Progress, silent
from witnessmark.errors import BadPack
from witnessmark.packs.larder import folders, register_folders
from witnessmark.packs.pack import load
from witnessmark.terms.address import address_of, canonical
from witnessmark.vault.verify import verify as verify_vault


def verify(case: Case, progress: Progress = silent) -> list[dict[str, str]]:
    """Every damage found, each with ``what`` (object, ledger, finding, decision, text, pack, database) and a sentence."""
    damages = [
        {"what": found.what, "where": found.where, "sentence": found.sentence} for found in verify_vault(case.root)
    ]
    if case.set_aside is not None:
        why = f"it was set aside as {case.set_aside.name} and is made again from the ledger"
        damages.append(
            _damage("database", "case.db", f"The database was broken; {why}. Run the case; it holds no truth.")
        )
    progress("checking", 1, 3)
    try:
        with case.transaction() as db:
            damages.extend(_rows(case, db))
            progress("checking", 2, 3)
            damages.extend(_texts(db))
    except DatabaseError as trouble:
        damages.append(_broken(str(trouble.orig)))
    damages.extend(_packs(case))
    progress("checking", 3, 3)
    return damages


def _damage(what: str, where: str, sentence: str) -> dict[str, str]:
    return {"what": what, "where": where, "sentence": sentence}


def _broken(why: str) -> dict[str, str]:
    return _damage(
        "database", "case.db", f"The database is broken: {why}. Delete case.db and run again; it holds no truth."
    )


def _rows(case: Case, db: Connection) -> Iterator[dict[str, str]]:
    """Findings and decisions against the ledger."""
    state = tables.integrity(db)
    if state != "ok":
        yield _broken(state)
    findings = {row.entry: dict(row._mapping) for row in db.execute(select(tables.finding))}  # noqa: SLF001 - SQLAlchemy's public name
    decisions = {row.entry: dict(row._mapping) for row in db.execute(select(tables.decision))}  # noqa: SLF001 - as above
    seen, _ = replay.mark(db)
    for entry in case.ledger.read():
        if entry.n > seen:  # another process is adding just now; these tables have not seen it yet
            break
        if entry.did == "deposit" and findings.pop(entry.n, None) != replay.finding_row(entry):
            yield _damage(
                "finding",
                f"entry {entry.n}",
                f"The table's row for ledger entry {entry.n} is not what the ledger says.",
            )
        if entry.did in replay.DECISIONS:
            if decisions.pop(entry.n, None) != replay.decision_row(entry):
                yield _damage(
                    "decision",
                    f"entry {entry.n}",
                    f"The decided row of ledger entry {entry.n} is not what the ledger says.",
                )
            for about in replay.decided(entry):
                yield from _seen(entry.n, about)
    for kind, extra in (("finding", findings), ("decision", decisions)):
        for number in sorted(extra):
            yield _damage(kind, f"entry {number}", f"The tables hold a {kind} {number} that no ledger entry made.")


def _seen(number: int, about: Mapping[str, object]) -> Iterator[dict[str, str]]:
    """What was decided about: the suggestion as seen still has the digest the entry names."""
    suggested = str(about.get("suggested", ""))
    if address_of(suggested.encode("utf-8", "surrogatepass")) != about.get("seen"):
        yield _damage(
            "decision", f"entry {number}", f"The suggestion kept in ledger entry {number} is not the one that was seen."
        )
    elif suggested and canonical(json.loads(suggested)) != suggested.encode("utf-8", "surrogatepass"):
        yield _damage(
            "decision", f"entry {number}", f"The suggestion kept in ledger entry {number} is not in canonical form."
        )


def _texts(db: Connection) -> Iterator[dict[str, str]]:
    """Extracted texts against the digests they are kept under, and each item's passages against them."""
    for row in db.execute(select(tables.extract)):
        if address_of(row.text.encode("utf-8", "surrogatepass")) != row.digest:
            yield _damage("text", row.digest, f"The extracted text {row.digest[:12]} no longer has its digest.")
    joined = tables.passage.outerjoin(tables.extract, tables.passage.c.text == tables.extract.c.digest)
    lost = select(tables.passage.c.item).select_from(joined).where(tables.extract.c.digest.is_(None)).distinct()
    for item in db.execute(lost.order_by(tables.passage.c.item)).scalars():
        yield _damage("text", item, f"The text of {item} is gone from the tables. Delete case.db and run again.")
    for row in db.execute(select(tables.reading.c.item, tables.reading.c.blob)):
        try:
            msgspec.json.decode(row.blob)
        except msgspec.DecodeError:
            yield _damage("reading", row.item, f"The reading of {row.item} is broken. Delete case.db and run again.")


def _packs(case: Case) -> Iterator[dict[str, str]]:
    """The case's packs against their descriptions, and against the ledger entries that brought them in."""
    entered: dict[str, str] = {}
    for entry in case.ledger.read():
        if entry.did == "added a pack":
            entered[str(entry.about["name"])] = str(entry.about["digest"])
            source = str(entry.about["source"])
            if not case.shelves.has(source) or case.shelves.check(source) != source:
                yield _damage(
                    "object", source, f"The file behind the pack {entry.about['name']} is missing or altered."
                )
    for folder in (*folders(case.packs_folder), *register_folders(case.packs_folder)):
        if folder.parent != case.packs_folder:
            continue
        try:
            pack = load(folder)
        except BadPack as trouble:
            yield _damage("pack", folder.name, str(trouble))
            continue
        if entered.pop(folder.name, None) != pack.digest:
            yield _damage("pack", folder.name, f"The pack {folder.name} is not the one that the ledger says was added.")
    for name in sorted(entered):
        yield _damage("pack", name, f"The pack {name} that the ledger says was added is not there.")
