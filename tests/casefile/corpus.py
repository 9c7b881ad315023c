"""A small invented corpus of many formats in two scripts, and the ways to add and run it that must come to the same.

Several of its pieces speak of one event: a copy, a translation, another capture of one post, an edit, a forward. Some are
no reading matter at all. No place, party, post or person in it exists.
"""

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import msgspec

from tests.strategies import StillClock, chat, jsonl, new_case, picture, tar_of, written, zip_of
from witnessmark.casefile import exercise, gazetteers, registers
from witnessmark.casefile.case import Case, open_case
from witnessmark.casefile.deposits import add
from witnessmark.casefile.exports import WHAT, export
from witnessmark.casefile.run import run
from witnessmark.publishing.columns import columns
from witnessmark.publishing.tables import write

DAWN = "Northern Joint Force warplanes bombed a house in Zarhal at dawn today, killing three civilians including a child and injuring five others. Our correspondent filmed the rubble of the house."
# The same in Arabic: three civilians, one a child, killed and five injured by an airstrike on a house in Zarhal at dawn.
DAWN_AR = "مقتل ثلاثة مدنيين بينهم طفل وإصابة خمسة آخرين في غارة جوية شنها طيران القوة الشمالية فجر اليوم على منزل في قرية زرحال، وفق ما وثق نشطاء مرصد قروان."
RESCUE = "Yesterday our teams recovered the bodies of four civilians from a house in Zarhal that was hit by an airstrike. Two people were injured. Karim Nasser, 17, was among those killed."
MARKET = "At least seven civilians were killed when artillery shells hit the market of Tal Qirmit at noon today, residents said. The Taval Guard shelled the market, they told Dunes Media."
# Eight civilians killed by artillery on the market of Tal Qirmit on Saturday; the Northern Joint Force is accused.
MARKET_AR = "قتل ثمانية مدنيين يوم السبت بقصف مدفعي للقوة الشمالية على سوق بلدة تل قرميت، بحسب مصدر محلي."
DRONE = "A drone strike hit a car near Bir Zawlat on Monday. No civilians were hurt, the Northern Joint Force said in a statement."
NOTE = "Zarhal, 12 March 2031. Residents said that three civilians were killed in the village by an airstrike on 11 March 2031.\n\nOne of them was a child."
# A note: two killed in Zarhal by an airstrike on 11 March 2031, according to relatives.
NOTE_AR = "قال أقارب الضحايا إن مدنيين اثنين قتلا في غارة جوية على قرية زرحال في 11 آذار 2031."
WALL = "This content isn't available right now\nLog In"

_POST = {"platform": "microblog-post", "captured_at": "2032-01-20T10:00:00+00:00"}


def _post(name: str, publisher: str, at: str, text: str, **more: object) -> dict[str, object]:
    return {**_POST, "id": name, "publisher": publisher, "published_at": at, "text": text, **more}


def _message(number: int, stamp: str, text: str, **more: object) -> dict[str, object]:
    given = {"id": number, "type": "message", "date": stamp, "from": "Dunes Media", "from_id": "channel77"}
    return {**given, "text": text, **more}


_TELEGRAM = chat(
    _message(10, "2031-03-11T06:45:00", DAWN),
    _message(11, "2031-03-11T14:00:00", DAWN_AR, forwarded_from="مرصد قروان"),
    _message(14, "2031-03-15T15:00:00", f"{MARKET} #market", reply_to_message_id=10, edited="2031-03-15T18:00:00"),
    _message(15, "2031-03-17T15:00:00", DRONE),
)
_TWO_POSTS = jsonl(
    _post("dawn", "Dunes Media", "2031-03-11T09:20:00+05:00", DAWN, url="https://t.me/dunes/10"),
    _post("dawn-ar", "مرصد قروان", "2031-03-11T13:05:00+05:00", DAWN_AR, url="https://example.org/2"),
)
_PAGE = f"<html><head><title>Market shelled</title><meta property='article:published_time' content='2031-03-15T17:00:00+05:00'></head><body><article><h1>Market shelled</h1><p>{MARKET}</p><p>{RESCUE}</p></article></body></html>"

DEEP = zip_of(
    {"note.txt": f"{MARKET_AR}\n".encode(), "inner.zip": zip_of({"x.txt": f"{RESCUE}\n".encode(), "y": b"\0\1"})}
)

# What is added, a unit at a time. The same bytes come by several ways, at several depths.
UNITS: dict[str, dict[str, bytes]] = {
    "two-posts": {"two-posts.jsonl": _TWO_POSTS},
    "edit": {
        "edit.jsonl": jsonl(
            _post("dawn-edit", "Dunes Media", "2031-03-11T09:20:00+05:00", f"{DAWN} (corrected)", url="https://t.me/dunes/10")
        )
    },
    "copies": {
        "copies.jsonl": jsonl(
            _post("dawn-copy", "Dalvat Today", "2031-03-11T13:40:00+05:00", DAWN_AR, url="https://example.org/3"),
            _post("dawn-near", "Dalvat News", "2031-03-11T15:40:00+05:00", f"Urgent: {DAWN} Share!", url="https://example.org/4"),
            _post("undated", "Dalvat News", "", DAWN, url="https://example.org/5"),
            _post("rescue", "Lantern Volunteers", "2031-03-12T08:00:00+05:00", RESCUE, url="https://example.org/6"),
        )
    },
    "market": {
        "market.jsonl": jsonl(
            _post("market", "Dunes Media", "2031-03-15T14:10:00+05:00", MARKET, url="https://example.org/7"),
            _post("market-ar", "وكالة المنادي", "2031-03-15T20:00:00+05:00", MARKET_AR, url="https://example.org/8"),
            _post("wall", "Neighbours", "2031-03-15T21:00:00+05:00", WALL, url="https://example.org/9"),
            {"id": "bare"},
        )
    },
    "telegram": {"telegram/result.json": written(_TELEGRAM), "telegram/photos/1.png": picture("PNG")},
    "texts": {"texts/note.txt": NOTE.encode(), "texts/ملاحظة.txt": NOTE_AR.encode(), "texts/empty.txt": b""},
    "page": {"page.html": _PAGE.encode()},
    "packed": {
        "packed.zip": zip_of(
            {
                "again/note.txt": NOTE.encode(),
                "posts.jsonl": _TWO_POSTS,
                "inner.tgz": tar_of({"drone.txt": DRONE.encode(), "data.bin": bytes(range(64))}, "w:gz"),
            }
        )
    },
    # Too deep to be unpacked there, not too deep by itself.
    "nested": {"nested.zip": zip_of({"a.zip": zip_of({"b.zip": zip_of({"c.zip": zip_of({"d.zip": DEEP})})})})},
    "deep": {"deep.zip": DEEP},
}  # fmt: skip

# Incidents as others coded them: two of the corpus' events, one of them twice, and one that is nobody's here.
REGISTER = """code,date,place,place_ar,lat,lon,precision,belligerents,strike,killed_min,killed_max,injured_min,injured_max,url
Q1,2031-03-11,"Zarhal, Dalvat",زرحال,-30.2145,80.3302,village,Northern Joint Force,Airstrike,3,4,5,5,https://records.example/q1
Q2,2031-03-15,Tal Qirmit,تل قرميت,-30.402,80.087,town,Taval Guard,Artillery,7,8,,,https://records.example/q2
Q3,2031-03-15,Tal Qirmit,تل قرميت,-30.402,80.087,town,Northern Joint Force,Artillery,1,1,,,https://records.example/q3
Q4,2030-01-02,Bir Zawlat,بير زولات,-30.3,80.2,village,Taval Guard,Airstrike,2,2,,,https://records.example/q4
"""

Step = dict[
    str, Any
]  # {"do": "add", "units": [...], "jobs": 2}, {"do": "run", "jobs": 1}, {"do": "places"}, {"do": "parties"}, {"do": "register"}
STRAIGHT: list[Step] = [
    {"do": "places"}, {"do": "parties"}, {"do": "register"}, {"do": "add", "units": list(UNITS), "jobs": 1}, {"do": "run", "jobs": 1},
]  # fmt: skip


def lay_out(folder: Path) -> Path:
    """The corpus on the disk, one folder a unit."""
    for unit, files in UNITS.items():
        for name, data in files.items():
            path = folder / unit / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    return folder


def take(case: Case, material: Path, step: Step) -> None:
    """Do one step of a plan."""
    match step["do"]:
        case "add":
            add(case, [material / unit for unit in step["units"]], jobs=step["jobs"])
        case "run":
            run(case, jobs=step["jobs"])
        case "places":
            gazetteers.add(case, exercise.EXERCISE / "places.csv")
        case "register":
            registers.add(case, material / "register.csv")
        case "parties":
            exercise._bring_in(case, exercise.EXERCISE / "packs" / "exercise-actors")


def carry_out(root: Path, material: Path, plan: Iterable[Step]) -> None:
    """A new case, and a plan done in it, each step with the case opened anew."""
    new_case(root).close()
    for step in plan:
        with open_case(root, StillClock()) as case:
            take(case, material, step)


class Exports(dict[str, bytes]):
    """The bytes of each kind of export, too many to be shown whole."""

    def __repr__(self) -> str:
        return f"Exports({ {what: len(data) for what, data in self.items()} })"

    def unlike(self, other: "Exports") -> list[str]:
        """Lines that only one of the two has."""
        return [
            f"{what} {mark} {line.decode()}"
            for what in WHAT
            for mark, here, there in (("-", self, other), ("+", other, self))
            for line in sorted(set(here[what].splitlines()) - set(there[what].splitlines()))
        ]


def exports(root: Path) -> Exports:
    """Every export of a case, as the bytes of its JSON lines."""
    found = Exports()
    with open_case(root, StillClock()) as case:
        for what in WHAT:
            target = root.with_name(f"{root.name}.{what}.jsonl")
            write(export(case, what), columns(what), "jsonl", str(target))
            found[what] = target.read_bytes()
    return found


def rows(root: Path, what: str) -> list[dict[str, Any]]:
    """The rows of one export."""
    return [msgspec.json.decode(line) for line in exports(root)[what].splitlines()]


def lose_database(root: Path) -> None:
    """Delete what holds no truth."""
    for path in root.glob("case.db*"):
        path.unlink()


class Here:
    """In place of worker processes: works in this one, and gives its results in any order."""

    chance = random.Random(0)  # noqa: S311 - no secret depends on it

    def __init__(self, function: Callable[[list[Any]], Any], *, jobs: int) -> None:
        self.function = function
        self.jobs = jobs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        pass

    def over(self, batches: Iterable[list[Any]]) -> Iterator[tuple[list[Any], Any]]:
        """Each batch with its result."""
        ready = list(batches)
        self.chance.shuffle(ready)
        for batch in ready:
            yield batch, self.function(batch)


def main(arguments: Sequence[str]) -> None:
    """In a process of its own: carry out a plan given as JSON, and write the exports beside the case."""
    root, material, plan = arguments
    carry_out(Path(root), Path(material), msgspec.json.decode(plan))
    exports(Path(root))


if __name__ == "__main__":
    main(sys.argv[1:])
