"""Registers: whether an incident finds its row among thousands, and whether one that has none is left alone.

Three things are measured on a register of some 7,000 coded incidents:

1. *altered copies*: 500 of its own rows made into incidents with one to three changes each, as other people's records of the
   same event differ (the day by one, coordinates moved within 2 km or taken from another gazetteer, a figure changed by
   one or widened, the name in one script only or respelt, other parties). Found: the right row comes first, called the
   same or possibly the same. A row that says the same as the right one in every field counts as right.
2. *moved copies*: 500 more, unchanged but 60 to 400 days or 60 to 300 km away. None may be called the same as any row.
3. *the journey*: a case made of captured posts, with that register (which does not hold their incidents) and with a register of
   what researchers coded from the same posts (which does): how often an incident is called the same as a row, rightly or not.

How it could mislead: the alterations are ours, and milder or harsher than a stranger's; the register is dense in a few
cities, so a moved copy may meet a true row by chance; in 3, what the machine gathered is itself imperfect, so a right row
missed may be the gathering's fault, and the coders' row may be of one of two events that one incident mixes.

1 and 2 are drawn six times over; the figures are means.
"""

import csv
import functools
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import cos, radians
from pathlib import Path
from typing import Any

from benchmarks.quality.journeys import Journey
from benchmarks.shared import BENCH, digest, lines
from witnessmark.casefile import registers, rows
from witnessmark.casefile.registering import incident_account, strikes
from witnessmark.incidents.registers import match
from witnessmark.packs.case_gazetteer import level_of
from witnessmark.packs.case_register import compile_register
from witnessmark.packs.larder import PackLarder, open_larder
from witnessmark.terms.account import Account, Match
from witnessmark.terms.claim import Party
from witnessmark.terms.incident import Grade, Incident
from witnessmark.terms.toll import Toll

COPIES = 500
_SEED = 20261127
_DRAWS = 6  # one alone moves by a hundredth with whatever shifts the dice, such as one more place in a gazetteer
_KM = 111.2  # a degree of latitude
_OTHERWISE = (
    ("kh", "k"),
    ("ee", "i"),
    ("ou", "u"),
    ("q", "k"),
    ("dh", "d"),
    ("aa", "a"),
    ("y", "i"),
    ("al-", ""),
    ("h", ""),
)
_PARTIES = ("Russian Military", "U.S.-led Coalition", "Turkish Military", "Syrian Regime", "ISIS")
_PEOPLED = ("city", "town", "village", "neighbourhood")
_SAME_NAME = 0.1  # degrees within which a gazetteer's place of this name is the one that is meant
Row = dict[str, str]


def score() -> tuple[dict[str, float], str]:
    """The figures, and a digest of the data they are measured on."""
    home = BENCH / "airwars-syria"
    figures = {**_copies(home / "register.csv"), **_journey(home)}
    return figures, digest([home / name for name in ("register.csv", "items.jsonl", "gold.jsonl")])


def _copies(register: Path) -> dict[str, float]:
    """Copies altered, and copies moved, against the register they come from."""
    larder = open_larder()
    with register.open(encoding="utf-8-sig", newline="") as sheet:
        given = {row["code"]: row for row in csv.DictReader(sheet) if row["date"] > "1971" and row["place"]}
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack"
        compile_register(register, pack, "register-bench", register.name)
        known = list(registers.accounts(pack, larder))
    drawn = [_drawn(random.Random(_SEED + draw), given, known, larder) for draw in range(_DRAWS)]  # noqa: S311 - no secret
    return {name: sum(one[name] for one in drawn) / _DRAWS for name in drawn[0]}


def _drawn(
    chance: random.Random, given: Mapping[str, Row], known: Sequence[Account], larder: PackLarder
) -> dict[str, float]:
    """The figures of one draw of rows."""
    chosen = chance.sample(sorted(given), 2 * COPIES)
    altered = [_account(f"copy {code}", _altered(given[code], chance, larder), larder) for code in chosen[:COPIES]]
    placed = [code for code in chosen[COPIES:] if given[code]["lat"]]
    moved = [_account(f"copy {code}", _moved(given[code], chance), larder) for code in placed]
    same = {one.id: replace(one, id="") for one in known}
    best = _first(match(altered, known))
    right = [one for code in chosen[:COPIES] if (one := best.get(f"copy {code}")) and same[one.other] == same[code]]
    strays = _first(match(moved, known))
    return {
        "altered copies: right row first": len(right) / COPIES,
        "altered copies: right row called the same": sum(one.verdict == "the same" for one in right) / COPIES,
        "altered copies: another row wrongly called the same": sum(
            one.verdict == "the same" and one not in right for one in best.values()
        )
        / COPIES,
        "moved copies: wrongly called the same": sum(one.verdict == "the same" for one in strays.values()) / len(moved),
        "moved copies: wrongly called possibly the same": sum(one.verdict != "the same" for one in strays.values())
        / len(moved),
    }


def _first(found: Sequence[Match]) -> dict[str, Match]:
    """The best match of each account."""
    best: dict[str, Match] = {}
    for one in found:
        best.setdefault(one.one, one)
    return best


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _journey(home: Path) -> dict[str, float]:
    """A case of captured posts, held against the register without its incidents and against what was coded from it."""
    coded = {row["incident"]: row for row in lines(home / "gold.jsonl")}
    with tempfile.TemporaryDirectory() as folder:
        journey = Journey(Path(folder))
        sheet = Path(folder) / "coded.csv"
        _write(sheet, coded.values())
        journey.step("new", journey.case)
        journey.step("gazetteer", journey.case, "add", home / "register.csv")
        journey.step("add", journey.case, home / "items.jsonl")
        journey.step("run", journey.case, "--jobs", "2")
        run = journey.seconds
        for register in (home / "register.csv", sheet):
            journey.step("register", journey.case, "add", register)
        journey.step("run", journey.case, "--jobs", "2")
        matching = journey.seconds - run
        for what in ("incidents", "registers"):
            journey.step("export", journey.case, "--what", what, "--format", "jsonl", "-o", journey.exported(what))
        incidents = {row["id"]: set(row["items"]) for row in lines(journey.exported("incidents"))}
        found = [row for row in lines(journey.exported("registers")) if row["about"] in incidents]
        cost = {**journey.cost, "seconds for both registers and the run behind them": matching}
    others = [row for row in found if row["register"] and row["register"].startswith("register-register")]
    mine = [row for row in found if row["register"] and row["register"].startswith("register-coded")]
    return {**_strangers(others, len(incidents)), **_coded(mine, incidents, coded), **cost}


def _write(sheet: Path, coded: Iterable[Mapping[str, Any]]) -> None:
    """What researchers coded, as a register of theirs."""
    same = ("date", "place", "place_ar", "governorate", "lat", "lon", "precision", "belligerents", "strike", "grade")
    ranges = [f"{slot}_{end}" for slot in ("killed", "injured") for end in ("min", "max")]
    with sheet.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ("code", *same, *ranges))
        writer.writeheader()
        for row in coded:
            figures = [*(row["killed"] or (None, None)), *(row["injured"] or (None, None))]
            kept = {name: row[name] for name in same}
            writer.writerow({"code": row["incident"], **kept, **dict(zip(ranges, figures, strict=True))})


def _strangers(found: Sequence[Mapping[str, Any]], incidents: int) -> dict[str, float]:
    """Shares of the incidents that a register without them claims to hold."""
    verdicts: dict[str, set[str]] = defaultdict(set)
    for row in found:
        verdicts[row["about"]].add(row["verdict"])
    same = sum("the same" in one for one in verdicts.values())
    return {
        "incidents not in the register: wrongly called the same": same / incidents,
        "incidents not in the register: wrongly called possibly the same": ((len(verdicts) - same) / incidents),
    }


def _coded(
    found: Sequence[Mapping[str, Any]], incidents: Mapping[str, set[str]], coded: Mapping[str, Mapping[str, Any]]
) -> dict[str, float]:
    """How often incidents meet the row that was coded from their items.

    Found: of the coded incidents whose items stand in some incident, those whose row is matched to the one that shares most.
    """
    by_incident: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in found:
        by_incident[row["about"]].append(row)
    right = Counter(
        (row["verdict"], bool(incidents[one] & set(coded[row["id"]]["items"])))
        for one, rows_ in by_incident.items()
        for row in rows_[:1]
    )
    met = total = 0
    for name, row in coded.items():
        items = set(row["items"])
        near = max(incidents, key=lambda one: (len(items & incidents[one]) / len(items | incidents[one]), one))
        if items & incidents[near]:
            total += 1
            met += any(one["id"] == name for one in by_incident.get(near, ()))
    return {
        "coded rows: met by the incident that shares most items": met / total,
        "coded rows: called the same, rightly": _share(right["the same", True], right["the same", False]),
        "coded rows: first of the possible ones, rightly": _share(
            right["possibly the same", True], right["possibly the same", False]
        ),
    }


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 0.0


def _altered(row: Row, chance: random.Random, larder: PackLarder) -> Row:
    """A copy of a row with one to three changes."""
    kinds: list[Callable[[Row, random.Random], Row]] = [
        _other_day, functools.partial(_other_point, larder=larder), _other_toll, _other_name, _other_parties,
    ]  # fmt: skip
    for change in chance.sample(kinds, chance.randint(1, 3)):
        row = change(row, chance)
    return row


def _other_day(row: Row, chance: random.Random) -> Row:
    day = date.fromisoformat(row["date"]) + timedelta(days=chance.choice((-1, 1)))
    return {**row, "date": day.isoformat()}


def _other_point(row: Row, chance: random.Random, larder: PackLarder) -> Row:
    if not row["lat"]:
        return row
    lat, lon = float(row["lat"]), float(row["lon"])
    others = [
        {"lat": str(one.lat), "lon": str(one.lon), "precision": one.level}
        for name in (row["place"], row["place_ar"])
        for one in larder.gazetteer.lookup(name)
        if one.level in _PEOPLED and one.lat is not None and one.lon is not None
        if abs(one.lat - lat) < _SAME_NAME and abs(one.lon - lon) < _SAME_NAME
    ]
    if others and chance.random() < 0.5:
        return {**row, **others[0]}
    north, east = (chance.uniform(-2, 2) / 1.42 for _ in range(2))  # at most 2 km as the crow flies
    return {**row, "lat": str(lat + north / _KM), "lon": str(lon + east / (_KM * cos(radians(lat))))}


def _other_toll(row: Row, chance: random.Random) -> Row:
    slot = chance.choice([slot for slot in ("killed", "injured") if row[f"{slot}_min"]] or ["killed"])
    least, most = _number(row[f"{slot}_min"]), _number(row[f"{slot}_max"])
    if least is None or most is None:
        return row
    if chance.random() < 0.5:
        step = chance.choice((-1, 1)) if least else 1
        least, most = least + step, most + step
    else:
        least, most = max(0, least - chance.randint(0, 2)), most + chance.randint(1, 3)
    return {**row, f"{slot}_min": str(least), f"{slot}_max": str(most)}


def _other_name(row: Row, chance: random.Random) -> Row:
    turn = chance.random()
    if row["place_ar"] and turn < 0.4:
        return {**row, "place": ""}
    if turn < 0.7:
        return {**row, "place_ar": ""}
    name = row["place"]
    for here, there in chance.sample(_OTHERWISE, 3):
        name = name.replace(here, there).replace(here.capitalize(), there.capitalize())
    return {**row, "place": name, "place_ar": ""}


def _other_parties(row: Row, chance: random.Random) -> Row:
    return {**row, "belligerents": chance.choice((*_PARTIES, ""))}


def _moved(row: Row, chance: random.Random) -> Row:
    """A copy of a row far away in time or in place."""
    sign = chance.choice((-1, 1))
    if chance.random() < 0.5:
        day = date.fromisoformat(row["date"]) + timedelta(days=sign * chance.randint(60, 400))
        return {**row, "date": day.isoformat()}
    return {**row, "lat": str(float(row["lat"]) + sign * chance.uniform(60, 300) / _KM)}


def _account(name: str, row: Row, larder: PackLarder) -> Account:
    """A row as an incident of a case, on the way that every incident takes."""
    tolls = []
    for slot in ("killed", "injured"):
        least, most = _number(row[f"{slot}_min"]), _number(row[f"{slot}_max"])
        if least is not None:
            tolls.append((slot, Toll(least=least, most=most)))
    parties, _ = registers.telling(larder)
    named = parties(row["belligerents"].replace(", ", "|")) or ((row["belligerents"], row["belligerents"]),)
    level = level_of(row["precision"]) or "village"
    incident = Incident(
        id=name, claims=(), items=(), date=row["date"], date_latest=row["date"], date_why="the claim's own words",
        place=row["place"] or None, place_ar=row["place_ar"] or None, place_id=None,
        lat=float(row["lat"]) if row["lat"] else None, lon=float(row["lon"]) if row["lon"] else None, level=level, place_why="",
        accused=tuple(Party(actor=actor, label=label, words=label) for actor, label in named if actor),
        alternatives=False, strike=tuple(one for one in row["strike"].split(", ") if one), weapon=(), target=(),
        tolls=tuple(tolls), figures=(), harm_unnumbered=(), origins=(), origins_shown=0, origins_most=0,
        grade=Grade(grade=None, label="", rule=None, facts=()), joins=(),
    )  # fmt: skip
    return incident_account(incident, rows.incident_row(incident, {}, None), (), strikes(larder))
