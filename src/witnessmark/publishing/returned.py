"""From a source table that came back to signed decisions: which rows say something new, and which cannot be taken.

Every row is accounted for once: decided, as exported, already decided so, or refused with the reason. A row is refused as a
whole, never in part, where its claim is unknown or comes twice, where a cell was changed that may not be, where what it
decides about is no longer what was shown, and where a value cannot be meant. All that is taken stands in one entry of the
ledger, or nothing does. What this does not judge: whether a decision is right.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from witnessmark.casefile import decisions, sense, sources, tables, together
from witnessmark.casefile.case import Case
from witnessmark.casefile.rows import Row
from witnessmark.errors import UsageError
from witnessmark.publishing.columns import columns
from witnessmark.publishing.sheets import Returned, admit, read
from witnessmark.publishing.source_table import (
    EDITABLE,
    STAMP,
    TEXTS,
    WORDS,
    as_cell,
    figure,
    parted,
    stamp,
    tidy,
)
from witnessmark.publishing.tables import LONGEST_CELL
from witnessmark.publishing.workbook_cells import DATE, Cell, Odd

_NUMBER = re.compile(r"\d{1,6}")
_RANGE = re.compile(r"(\d{1,6})(?:\.\.|…|[-\u2010-\u2015\u2212])(\d{1,6})")
_FLOOR = re.compile(r"(?:≥|>=)(\d{1,6})|(\d{1,6})(?:\+|\.\.|…)")
_YES = ("yes", "y", "true", "1", "x")
_NO = ("", "no", "n", "false", "0")


@dataclass(slots=True)
class Receipt:
    """What became of the rows of a sheet; ``entry``: the ledger's, where anything was decided and written."""

    rows: int = 0
    decided: list[dict[str, object]] = field(default_factory=list)
    unchanged: int = 0
    already: int = 0
    refused: list[dict[str, object]] = field(default_factory=list)
    entry: int | None = None


class RowRefusedError(Exception):
    """A row cannot be taken; the reason is a sentence."""


def bring_in(case: Case, path: Path, *, by: str, reason: str, dry_run: bool = False) -> Receipt:
    """Decide what was edited in a source table that came back; ``dry_run`` writes nothing.

    Raises:
        UsageError: no name or reason, or the file is no source table; nothing was decided.
        CaseIsBusy: another process writes to the case.
    """
    by, reason = sense.line("a name", by), sense.line("a reason", reason)
    admit(path)
    with path.open("rb") as source:
        sheet = hashlib.file_digest(source, "sha256").hexdigest()
    found = read(path, columns("sources"))
    with case.writing():
        case.catch_up()
        with case.transaction() as db:
            receipt, wanted = _judged(case, db, found)
        if wanted and not dry_run:
            receipt.entry = together.write(case, wanted, sheet=sheet, by=by, reason=reason)
    return receipt


Wanted = list[tuple[int, Mapping[str, object]]]


def _judged(case: Case, db: Connection, found: Sequence[Returned]) -> tuple[Receipt, Wanted]:
    """What becomes of each row, and the decisions to write."""
    receipt = Receipt(rows=len(found))
    wanted: Wanted = []
    standing = decisions.attached(db).standing
    times = Counter(one.claim for one in found)
    homes = _homes(db, sorted(times))
    asked = [one.claim for one in found if one.edited is not None or one.locked is not None]
    now = _now(db, standing, [home for claim in asked if (home := homes.get(claim))])
    for one in found:
        try:
            _refuse(one, times[one.claim], homes, now)
            edits = _edits(one, now) if one.edited is not None else None
            if not edits:
                receipt.unchanged += edits is None
                receipt.already += edits is not None
                continue
            accept = edits.pop("accept", None) is not None
            made = together.of_claim(case, db, one.claim, edits, accept=accept, every=standing)
        except (UsageError, RowRefusedError) as trouble:
            receipt.refused.append({**_place(one), "why": _sentence(trouble)})
            continue
        receipt.decided.append({**_place(one), "decided": [f"{each['act']} {each['value']}".strip() for each in made]})
        wanted += [(one.line, each) for each in made]
    return receipt, wanted


def _place(one: Returned) -> dict[str, object]:
    return {"line": one.line, "sheet": one.sheet, "claim": one.claim}


def _sentence(trouble: Exception) -> str:
    """Why a row is refused; that nothing was decided is said once, of the row."""
    return f"{trouble.what} {trouble.remedy}" if isinstance(trouble, UsageError) else str(trouble)


def _homes(db: Connection, claims: Iterable[str]) -> dict[str, str | None]:
    """Each claim that the case knows, with the incident it stands in."""
    return {
        row.id: row.incident
        for lot in tables.chunks(claims)
        for row in db.execute(select(tables.claim.c.id, tables.claim.c.incident).where(tables.claim.c.id.in_(lot)))
    }


def _now(db: Connection, standing: Mapping[str, decisions.Standing], homes: Sequence[str]) -> dict[str, Row]:
    """The rows of some incidents as an export would have them now, by claim."""
    return {row["claim"]: row for row in sources.source_rows(db, standing, homes)} if homes else {}


def _refuse(one: Returned, times: int, homes: Mapping[str, str | None], now: Mapping[str, Row]) -> None:
    """Refuse a row for what it is, before its values are looked at.

    Raises:
        RowRefusedError: it is.
    """
    if not one.claim:
        raise RowRefusedError(
            "it names no claim: rows cannot be added in a sheet; a figure goes into the row of its source"
        )
    if one.claim not in homes:
        raise RowRefusedError(f"the case has no claim {one.claim[:60]}")
    if times > 1:
        raise RowRefusedError(f"its claim stands in {times} rows of the sheet, and only one of them can be meant")
    if not one.before:
        raise RowRefusedError(f"its cell {STAMP} was changed, so it cannot be told what was edited")
    if one.locked is not None:
        raise RowRefusedError(_changed(one.locked, now.get(one.claim)))
    if one.edited is not None and one.claim not in now:
        raise RowRefusedError("its claim stands in no incident any more; export the table anew")


def _changed(locked: Mapping[str, str], now: Row | None) -> str:
    """Which cell was changed that may not be, as far as it can be told."""
    told = {} if now is None else {**now, STAMP: stamp(now)}
    named = [
        column
        for column, text in locked.items()
        if column not in told or tidy(column, text) != tidy(column, as_cell(told[column]))
    ]
    named = [column for column in named if column != STAMP]
    same = now is not None and stamp(now).split("-")[2] == (parted(locked.get(STAMP, "")) or ("",))[-1]
    moved = "" if same or not named else ", or one of these whose value in the case has changed since"
    return f"a cell was changed that may not be edited: {', '.join(named) or 'which, cannot be told'}{moved}"


def _edits(one: Returned, now: Mapping[str, Row]) -> dict[str, str]:
    """The slots of a row that say something new, as ``decide --set`` takes them; none where all stands so already.

    Raises:
        RowRefusedError: what the row was about has changed since, or a cell cannot be meant.
    """
    row, edited = now[one.claim], one.edited or {}
    if tidy(WORDS, one.words) != tidy(WORDS, as_cell(row[WORDS])):
        raise RowRefusedError("its words are not those of its claim")
    stands = {column: as_cell(row[column]) for column in EDITABLE}
    seen, before, _ = stamp(row).split("-")
    given = dict(_values(edited))
    held = dict(_values(stands))
    new = {slot: value for slot, value in given.items() if value != held[slot]}
    if new and (one.seen, one.before) != (seen, before):
        was = "the suggestion" if one.seen != seen else "what stands decided"
        raise RowRefusedError(f"{was} has changed since the sheet was exported; export it anew and look again")
    if new.get("accept") == "null":
        raise RowRefusedError("an acceptance cannot be taken back by emptying it: decisions are added, never removed")
    if "accept" in new and any(slot in sources.ORDER for slot in new):
        raise RowRefusedError("it is accepted as it stands, and its figures are changed: only one can be meant")
    return new


def _values(cells: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    """Each slot of a row with its value as ``decide --set`` takes it.

    Raises:
        RowRefusedError: a cell cannot be meant.
    """
    odd = {column: cell for column, cell in cells.items() if isinstance(cell, Odd)}
    if odd:
        column, cell = next(iter(odd.items()))
        raise RowRefusedError(_odd(column, cell))
    texts = {column: str(cell) for column, cell in cells.items()}
    for slot in sources.ORDER:
        yield slot, pair(slot, texts[f"{slot}_least"], texts[f"{slot}_most"])
    for slot in TEXTS:
        yield slot, _words(slot, texts[slot])
    yield "accept", _accepted(tidy("accept", texts["accept"]))


def _words(slot: str, text: str) -> str:
    """A person's words, or ``null``.

    Raises:
        RowRefusedError: they are more than a spreadsheet's cell holds, so no person typed them.
    """
    words = tidy(slot, text)
    if len(words) > LONGEST_CELL:
        raise RowRefusedError(f"{slot} holds {len(words):,} characters, and a spreadsheet's cell {LONGEST_CELL:,}")
    return words or "null"


def _odd(column: str, cell: Odd) -> str:
    if cell.kind == DATE:
        return f"{column} holds {cell.kind} ({cell.text}): a spreadsheet makes one of 3-5; write the two numbers into two cells"
    return f"{column} holds {cell.kind}, and what it shows is no word of a person; write the value"


def _accepted(text: str) -> str:
    """``yes`` or ``null``.

    Raises:
        RowRefusedError: neither.
    """
    if text.casefold() not in (*_YES, *_NO):
        raise RowRefusedError(f"accept holds {text[:40]}; write yes, or nothing")
    return "yes" if text.casefold() in _YES else "null"


def pair(slot: str, least: str, most: str) -> str:
    """The two cells of a figure as ``3``, ``3..5``, ``3..`` or ``null``. One cell alone may hold ``3-5`` or ``≥3``.

    Raises:
        RowRefusedError: no number, the larger first, or one end where two are needed.
    """
    low, high = figure(least), figure(most)
    if not low and not high:
        return "null"
    alone = low or high if not (low and high) or high == sources.OPEN else ""
    if alone and (found := _RANGE.fullmatch(alone)) and high != sources.OPEN:
        low, high = found[1], found[2]
    elif alone and (found := _FLOOR.fullmatch(alone)):
        low, high = found[1] or found[2], sources.OPEN
    if not _NUMBER.fullmatch(low) or not (high == sources.OPEN or _NUMBER.fullmatch(high)):
        raise RowRefusedError(_no_figure(slot, low, high))
    if high != sources.OPEN and int(high) < int(low):
        raise RowRefusedError(f"{slot}: {high} at most is less than {low} at least")
    return sources.written([int(low), None if high == sources.OPEN else int(high)])


def _no_figure(slot: str, low: str, high: str) -> str:
    """Why two cells are no figure, and what to write."""
    if _NUMBER.fullmatch(low) and not high:
        return f"{slot}_most is empty: write {low} again for exactly {low}, or {sources.OPEN} for at least {low}"
    if not low:
        return f"{slot}_least is empty: write 0 for up to {high[:20]}"
    return f"{slot} cannot be {low[:20]} at least and {high[:20]} at most: write whole numbers, or {sources.OPEN} in {slot}_most"
