"""A case's registers: lists of incidents that others coded, each a pack of the case made from a file that is preserved.

Nothing is read with them, so adding one leaves every reading current; its rows are held against the case's incidents in a
step of their own (see ``registering``). What a register here does not prove: that its coders were right.
"""

import csv
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from witnessmark.casefile.cards import actor_names
from witnessmark.casefile.case import Case
from witnessmark.casefile.gazetteers import make_pack
from witnessmark.errors import UsageError
from witnessmark.packs.case_register import compile_register
from witnessmark.packs.larder import REGISTER, PackLarder, register_folders
from witnessmark.terms.account import Account, Point, RegisterRow
from witnessmark.terms.address import address_of
from witnessmark.terms.place import PlaceLevel
from witnessmark.terms.script import fold
from witnessmark.terms.toll import Toll

_LEVELS: dict[str, PlaceLevel] = {
    "country": "country", "region": "region", "province": "province", "district": "district", "subdistrict": "subdistrict",
    "city": "city", "town": "town", "village": "village", "neighbourhood": "neighbourhood", "street": "street",
    "landmark": "landmark", "exact": "exact",
}  # fmt: skip
Columns = dict[str, str]


def add(case: Case, source: Path) -> dict[str, object]:
    """Make a register of a file; returns the compiler's report with the pack's name and digest.

    Raises:
        UsageError: the file is not there, or holds no incident with a day and a place.
        CaseIsBusy: another process writes to the case.
    """
    if not source.is_file():
        raise UsageError(f"{source} is not a file.", "Nothing was added.", "Name a CSV of incidents.")
    return make_pack(
        case, source, "register", lambda folder, name, bytes_: compile_register(bytes_, folder, name, source.name)
    )


def listed(case: Case) -> list[dict[str, object]]:
    """The registers of a case, as the ledger tells of them: name, file, address of the bytes, when they were added, rows."""
    entries = {
        str(entry.about["name"]): {"file": entry.about["file"], "source": entry.about["source"], "added": entry.at}
        for entry in case.ledger.read()
        if entry.did == "added a pack"
    }
    return [
        {"name": folder.name, "rows": sum(1 for _ in _lines(folder)), **entries.get(folder.name, {})}
        for folder in register_folders(case.packs_folder)
    ]


def digests(case: Case) -> list[list[str]]:
    """The name of each register and a digest of its description, which lists the digests of its files."""
    return [
        [folder.name, address_of((folder / "pack.toml").read_bytes())] for folder in register_folders(case.packs_folder)
    ]


def accounts(folder: Path, larder: PackLarder) -> Iterator[Account]:
    """The rows of the register in a folder, one by one, as accounts of events; parties and means as the packs know them."""
    parties, ways = telling(larder)
    for line in _lines(folder):
        yield _account(line, parties, ways)


def rows(folder: Path, wanted: frozenset[str]) -> dict[str, RegisterRow]:
    """Some rows of a register by id, for people to read."""
    return {line["id"]: _row(folder.name, line) for line in _lines(folder) if line["id"] in wanted}


def _lines(folder: Path) -> Iterator[Columns]:
    with (folder / REGISTER).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


Parties = Callable[[str], tuple[tuple[str, str], ...]]
Ways = Callable[[str], frozenset[str]]


def telling(larder: PackLarder) -> tuple[Parties, Ways]:
    """How words of a register become parties (id and name) and ways of delivery; each wording is looked up once."""
    known, actors, deliveries = actor_names(larder), larder.lexicon("actors"), larder.lexicon("deliveries")

    @cache
    def parties(words: str) -> tuple[tuple[str, str], ...]:
        found = {hit.entry.fields.get("id", "") for part in words.split("|") for hit in actors.find(fold(part))}
        return tuple((one, known[one]) for one in sorted(found) if one in known)

    @cache
    def ways(words: str) -> frozenset[str]:
        found = {hit.entry.fields.get("label", "") for hit in deliveries.find(fold(words))}
        return frozenset(one for one in found if one)

    return parties, ways


def _account(line: Columns, parties: Parties, ways: Ways) -> Account:
    lat, lon = line["lat"], line["lon"]
    point = Point(float(lat), float(lon), _LEVELS.get(line["level"], "village")) if lat else None
    killed = tuple(one for slot in ("killed", "dead") if (one := _toll(line[slot])))
    injured = _toll(line["injured"])
    tolls = [("killed", killed)] if killed else []
    return Account(
        id=line["id"],
        place=line["place"] or line["place_ar"] or None,
        names=frozenset(filter(None, line["names"].split("|"))),
        within=frozenset(filter(None, line["within"].split("|"))),
        points=(point,) if point else (),
        first=line["first"],
        last=line["last"],
        tolls=(*tolls, *([("injured", (injured,))] if injured else [])),
        parties=parties(line["parties"]),
        ways=ways(line["means"]),
    )


def _toll(cell: str) -> Toll | None:
    least, _, most = cell.partition("-")
    return Toll(least=int(least), most=int(most) if most else None) if least else None


def _row(register: str, line: Columns) -> RegisterRow:
    killed, injured = _toll(line["killed"]) or _toll(line["dead"]), _toll(line["injured"])
    return RegisterRow(
        register=register,
        id=line["id"],
        line=int(line["line"]),
        url=line["url"] or None,
        first=line["first"],
        last=line["last"],
        place=line["place"] or None,
        place_ar=line["place_ar"] or None,
        killed=killed.pair if killed else None,
        injured=injured.pair if injured else None,
        grade=line["grade"] or None,
    )
