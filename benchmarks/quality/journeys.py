"""The whole journey through the command line: a case made, filled, run and exported, and its figures.

The figures themselves come from the programs beside the data (``score.py``, ``readers.py``), run as they are.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.measured import PROGRAM, DidNotWork, must
from benchmarks.shared import BENCH, digest, lines

_EXPORTS = ("incidents", "claims", "unreadable")
_PLACES = ("place within 2 km", "place within 10 km")


class Journey:
    """A case in a temporary folder, with what the journey cost: seconds and the most bytes held at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case = folder / "case"
        self.seconds = 0.0
        self.peak = 0

    def step(self, *arguments: str | Path) -> None:
        """One command, measured."""
        done = must(*arguments)
        self.seconds += done.seconds
        self.peak = max(self.peak, done.peak)

    def walk(self, items: Path, gazetteer: Path | None = None) -> None:
        """From nothing to exports; two workers."""
        self.step("new", self.case)
        if gazetteer:
            self.step("gazetteer", self.case, "add", gazetteer)
        self.step("add", self.case, items)
        self.step("run", self.case, "--jobs", "2")
        for what in _EXPORTS:
            self.step("export", self.case, "--what", what, "--format", "jsonl", "-o", self.exported(what))

    def exported(self, what: str) -> Path:
        """Where an export lies."""
        return self.folder / f"{what}.jsonl"

    @property
    def cost(self) -> dict[str, float]:
        """Never a floor: it belongs to the machine."""
        return {"seconds": self.seconds, "peak MB": self.peak / 1e6}


def _told(script: Path, *arguments: str | Path) -> dict[str, float]:
    """What a scoring program says in JSON, less its counts."""
    done = subprocess.run(
        [sys.executable, str(script), *map(str, arguments), "--json"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DidNotWork(f"{script.name}: {done.stderr.strip()[-400:]}")
    said = json.loads(done.stdout)
    return {name: float(value) for name, value in said.items() if name != "n"}


def _without_register(home: Path, folder: Path) -> dict[str, float]:
    """Where incidents are placed when the register is not given as a gazetteer."""
    folder.mkdir()
    journey = Journey(folder)
    journey.walk(home / "items.jsonl")
    told = _told(BENCH / "score.py", home / "gold.jsonl", journey.exported("incidents"))
    return {f"{name}, no register": told[name] for name in _PLACES}


def airwars(name: str) -> tuple[dict[str, float], str]:
    """A set of captured items against what Airwars' researchers coded; empty captures where the set lists them."""
    home = BENCH / name
    register, walls = home / "register.csv", home / "walls.json"
    with tempfile.TemporaryDirectory() as folder:
        journey = Journey(Path(folder))
        journey.walk(home / "items.jsonl", register if register.exists() else None)
        extra: list[str | Path] = []
        if walls.exists():
            flagged = [row["id"] for row in lines(journey.exported("unreadable")) if row["kind"] == "empty capture"]
            listed = Path(folder) / "unreadable.json"
            listed.write_text(json.dumps(flagged), encoding="utf-8")
            extra = ["--walls", walls, listed]
        figures = _told(BENCH / "score.py", home / "gold.jsonl", journey.exported("incidents"), *extra)
        if (home / "readers.jsonl").exists():
            figures |= _together(home / "readers.jsonl", journey.exported("incidents"))
        if register.exists():
            figures |= _without_register(home, Path(folder) / "bare")
    files = [path for path in (home / "items.jsonl", home / "gold.jsonl", register, walls) if path.exists()]
    return {**figures, **journey.cost}, digest(files)


_TOGETHER = "readers, all items together: "


def _together(readers: Path, incidents: Path) -> dict[str, float]:
    """What careful readers coded of single incidents against incidents gathered from all items at once.

    ``off``: items that stood among an incident's sources and speak of another event; the share kept out of the incident
    that shares most items with the readers' one.
    """
    coded = [row for row in lines(readers) if row.get("main_event", True) and row["items"]]
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "readers.jsonl"
        gold.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in coded), encoding="utf-8")
        told = _told(BENCH / "score.py", gold, incidents)
    drafts = [set(row["items"]) for row in lines(incidents)]
    apart = off = 0
    for row in coded:
        mine = set(row["items"])
        best = max(drafts, key=lambda one: len(mine & one) / len(mine | one), default=set())
        off += len(row.get("off", []))
        apart += sum(one not in best for one in row.get("off", []))
    kept = {name: value for name, value in told.items() if not name.startswith(("incidents", "grouping"))}
    return {_TOGETHER + name: value for name, value in {**kept, "off kept apart": apart / max(1, off)}.items()}


def mixed() -> tuple[dict[str, float], str]:
    """The Syria half with texts among it that speak of no attack: incidents these open, and what they do to the grouping."""
    home, foreign = BENCH / "airwars-syria", BENCH / "negatives" / "items.jsonl"
    register = home / "register.csv"
    with tempfile.TemporaryDirectory() as folder:
        journey = Journey(Path(folder))
        journey.step("new", journey.case)
        journey.step("gazetteer", journey.case, "add", register)
        for items in (home / "items.jsonl", foreign):
            journey.step("add", journey.case, items)
            journey.step("run", journey.case, "--jobs", "2")
            journey.step("export", journey.case, "--what", "incidents", "-o", journey.exported(items.parent.name))
        alone, beside = (
            _told(BENCH / "score.py", home / "gold.jsonl", journey.exported(name)) for name in (home.name, "negatives")
        )
        strangers = {row["id"] for row in lines(foreign)}
        journey.step("export", journey.case, "--what", "claims", "-o", journey.exported("claims"))
        attacks = {row["item"] for row in lines(journey.exported("claims")) if row["kind"] == "attack"} & strangers
        opened = sum(
            strangers.issuperset(row["items"]) and not attacks.isdisjoint(row["items"])
            for row in lines(journey.exported("negatives"))
        )
    figures = {
        "attack incidents opened by texts without one, per 1,000": 1000 * opened / len(strangers),
        "grouping B3 F1": beside["grouping B3 F1"],
        "grouping B3 F1 lost": alone["grouping B3 F1"] - beside["grouping B3 F1"],
    }
    return {**figures, **journey.cost}, digest([home / "items.jsonl", home / "gold.jsonl", register, foreign])


def negatives() -> tuple[dict[str, float], str]:
    """The share of texts that speak of no attack and stand all the same in an incident, by kind of text."""
    items = BENCH / "negatives" / "items.jsonl"
    kinds = {row["id"]: row.get("kind") or "no harm" for row in lines(items)}
    with tempfile.TemporaryDirectory() as folder:
        journey = Journey(Path(folder))
        journey.walk(items)
        gathered = {one for row in lines(journey.exported("incidents")) for one in row["items"]}
        attacks = {row["item"] for row in lines(journey.exported("claims")) if row["kind"] == "attack"}
    total = Counter(kinds.values())
    figures: dict[str, float] = {}
    for kind in sorted(total):
        mine = {one for one, its in kinds.items() if its == kind}
        figures[f"{kind}: share in an incident"] = len(mine & gathered) / total[kind]
        figures[f"{kind}: share with an attack in an incident"] = len(mine & gathered & attacks) / total[kind]
    return {**figures, **journey.cost}, digest([items])


def readers() -> tuple[dict[str, float], str]:
    """Single incidents against what careful readers coded from the same items."""
    home = BENCH / "airwars-syria"
    figures = _told(BENCH / "readers.py", PROGRAM, "--gazetteer", home / "register.csv", "--jobs", "2")
    return figures, digest([home / "readers.jsonl", home / "items.jsonl", home / "register.csv"])
