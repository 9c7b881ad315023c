"""What each step makes of a fixed input, pinned beside the step's version.

A step whose output changes under the same version would leave old and new results side by side in every case that
exists. Where a test here fails, the message says what to do. ``WITNESSMARK_PIN=1`` pins what is found, but for a changed
output under an unchanged version, which it refuses.
"""

import json
import os
import zipfile
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from tests.casefile import corpus
from tests.strategies import StillClock, chat, jsonl, message, picture, written, zip_of
from witnessmark.casefile import cards, exercise, gathering, readings, steps, tables
from witnessmark.casefile.case import open_case
from witnessmark.casefile.progress import silent
from witnessmark.casefile.steps import VERSIONS
from witnessmark.intake.formats import open_object
from witnessmark.intake.opened import Member
from witnessmark.packs.larder import SHIPPED, PackLarder
from witnessmark.packs.pack import load
from witnessmark.reading.item import read_item
from witnessmark.terms.address import address_of, digest_of
from witnessmark.terms.item import Item

PINNED = Path(__file__).with_name("pinned_steps.json")

OBJECTS = (
    corpus.UNITS["copies"]["copies.jsonl"],
    corpus.UNITS["market"]["market.jsonl"],
    corpus.UNITS["page"]["page.html"],
    written(chat(message(1, corpus.DAWN), message(4, corpus.MARKET_AR, forwarded_from="x"))),
    corpus.NOTE_AR.encode(),
    picture("PNG"),
    zip_of({"a.txt": b"words", "../b.txt": b"out"}, zipfile.ZIP_STORED),  # packed bytes differ from machine to machine
    jsonl({"id": "1", "text": "NUL \0 and half \ud800"}),
    b"",
    bytes(range(40)),
)


def opened(folder: Path) -> list[object]:
    """What opening makes of the objects: plain values, without the machine's own paths."""
    found: list[object] = []
    for number, data in enumerate(OBJECTS):
        path, spool = folder / str(number), folder / f"{number}.members"
        path.write_bytes(data)
        spool.mkdir()
        for one in open_object(path, address_of(data), "given", spool):
            plain = (
                (one.name, address_of(one.path.read_bytes())) if isinstance(one, Member) else msgspec.to_builtins(one)
            )
            found.append([type(one).__name__, plain])
    return found


@pytest.fixture(scope="module")
def larder() -> PackLarder:
    """The packs that ship, with the exercise's invented parties."""
    homes = [*sorted(SHIPPED.iterdir()), exercise.EXERCISE / "packs" / "exercise-actors"]
    return PackLarder([load(folder) for folder in homes if (folder / "pack.toml").is_file()])


def read(folder: Path, larder: PackLarder) -> list[object]:
    """What reading makes of the items, and what it hands on to the steps over the whole case."""
    found: list[object] = []
    for number, data in enumerate(OBJECTS):
        path = folder / str(number)
        path.write_bytes(data)
        for item in open_object(path, address_of(data), "given", folder / "none"):
            if isinstance(item, Item):
                reading = read_item(item, larder)
                handed = [
                    cards.brief_of(item, reading, larder),
                    *cards.cards_of(item, reading, larder),
                ]
                found.append([msgspec.to_builtins(reading), msgspec.to_builtins(handed)])
    return found


def gathered(root: Path) -> list[object]:
    """What gathering makes of a case that was read."""
    with open_case(root, StillClock()) as case:
        with case.transaction() as db:
            db.execute(tables.step.delete())
        gathering.gather_pending(case, progress=silent)
        with case.transaction() as db:
            stored = (
                db.execute(select(table.c.blob).order_by(*table.primary_key.columns)).scalars().all()
                for table in (tables.likeness, tables.origin, tables.incident)
            )
            return [[msgspec.json.decode(blob) for blob in blobs] for blobs in stored]


def check(step: str, output: object, given: object) -> None:
    """Hold a step's output against what is pinned for its version.

    ``given``: what the step was given beyond the test's own input (packs, earlier steps): where that changed, the keys
    of cases change with it, and the output may.
    """
    here = {"version": VERSIONS[step], "given": digest_of(given), "output": digest_of(output)}
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    was = pinned.get(step, {})
    if was == here:
        return
    unseen = (was.get("version"), was.get("given")) == (here["version"], here["given"])
    if os.environ.get("WITNESSMARK_PIN") and not unseen:
        PINNED.write_text(json.dumps({**pinned, step: here}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    command = "WITNESSMARK_PIN=1 .venv/bin/python -m pytest tests/casefile/test_steps.py"
    if unseen:
        said = (
            f"The step '{step}' gives something else than before under the same version {VERSIONS[step]}. Raise "
            f"VERSIONS['{step}'] in casefile/steps.py, so that every case does the step again; then pin it: {command}"
        )
    else:
        said = (
            f"What the step '{step}' is given (its version, the packs, its libraries or an earlier step) has changed, and "
            f"with it the key of all it makes, so no case is left with old results. If that was meant, pin it: {command}"
        )
    pytest.fail(said, pytrace=False)


def test_opening_gives_what_is_pinned_for_its_version(tmp_path: Path) -> None:
    check("open", opened(tmp_path), steps._libraries("open"))


def test_reading_gives_what_is_pinned_for_its_version(tmp_path: Path, larder: PackLarder) -> None:
    given = [larder.digest, larder.gazetteer.digest, opened_digest(tmp_path), steps._libraries("read")]
    check("read", read(tmp_path, larder), given)


def opened_digest(folder: Path) -> str:
    """Of what reading is given."""
    apart = folder / "opened"
    apart.mkdir()
    return digest_of(opened(apart))


def test_gathering_gives_what_is_pinned_for_its_version(copied: Path) -> None:
    with open_case(copied, StillClock()) as case, case.transaction() as db:
        larder = case.larder.digest
        handed = [*db.execute(select(tables.reading.c.brief).order_by(tables.reading.c.item)).scalars()]
        handed += db.execute(select(tables.claim.c.card).order_by(tables.claim.c.id)).scalars()
    given = [larder, [address_of(blob) for blob in handed], steps._libraries("gather")]
    check("gather", gathered(copied), given)


def test_keys_change_with_all_they_depend_on(monkeypatch: pytest.MonkeyPatch, larder: PackLarder) -> None:
    fewer = PackLarder(larder.packs[:-1])
    before = [steps.open_key(), steps.read_key(larder), steps.gather_key(larder, ["a", "b"], ["c"])]
    assert steps.read_key(fewer) != before[1]
    assert steps.gather_key(fewer, ["a", "b"], ["c"]) != before[2]
    assert steps.gather_key(larder, ["a"], ["c"]) != before[2]
    assert steps.gather_key(larder, ["a", "b"], []) != before[2]
    assert steps.gather_key(larder, ["b", "a"], ["c"]) == before[2]
    for changed, patch in (("VERSIONS", dict.fromkeys(VERSIONS, 99)), ("version", lambda _: "99")):
        with monkeypatch.context() as patched:
            patched.setattr(steps, changed, patch)
            after = [steps.open_key(), steps.read_key(larder), steps.gather_key(larder, ["a", "b"], ["c"])]
        assert [one for one, other in zip(before, after, strict=True) if one == other] == []


def test_an_absent_library_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = steps.open_key()
    monkeypatch.setitem(steps._LIBRARIES, "open", ("a-library-that-is-not-there",))
    assert steps.open_key() != before


def test_every_reading_stands_under_its_key(copied: Path) -> None:
    with open_case(copied, StillClock()) as case, case.transaction() as db:
        base = steps.read_key(case.larder)
        rows = db.execute(
            select(tables.reading.c.key, tables.item.c.digest).join(
                tables.item, tables.item.c.id == tables.reading.c.item
            )
        ).all()
        assert rows
        assert [row.key for row in rows] == [readings.key_of(base, row.digest) for row in rows]
