"""Drifts against fourteen little cases: seven in which a later text says more than the one it credits, seven faithful ones beside them.

Each line is a case of its own, walked through the command line. A drift counts as found where one of its slot ends in the item that says more. The
cases (``gold/drift.jsonl``) were written from the drifts that the method names, apart from the rules. What they do not prove: that drifts
in other words are found, or that real material is as plain.
"""

import json
import tempfile
from pathlib import Path

from benchmarks.quality.journeys import Journey
from benchmarks.shared import digest, lines

GOLD = Path(__file__).resolve().parent / "gold" / "drift.jsonl"


def score() -> tuple[dict[str, float], str]:
    """The share of drifts found, of faithful texts falsely accused, and of drift cases with another drift told beside it."""
    found: list[bool] = []
    beside: list[bool] = []
    accused: list[bool] = []
    for case in lines(GOLD):
        told = _told(case["items"])
        expected = case["expect"]
        if expected is None:
            accused.append(bool(told))
            continue
        right = [one for one in told if one == (expected["slot"], expected["later_item"])]
        found.append(bool(right))
        beside.append(any(slot != expected["slot"] for slot, _ in told))
    figures = {
        "drifts found": sum(found) / len(found),
        "drifts falsely accused: another slot beside": sum(beside) / len(beside),
        "faithful texts falsely accused": sum(accused) / len(accused),
    }
    return figures, digest([GOLD])


def _told(items: list[dict[str, object]]) -> list[tuple[str, str]]:
    """Slot and later item of every drift of a case made of some items."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "items.jsonl"
        source.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in items), encoding="utf-8")
        journey = Journey(Path(folder))
        journey.step("new", journey.case)
        journey.step("add", journey.case, source)
        journey.step("run", journey.case, "--jobs", "1")
        journey.step("export", journey.case, "--what", "drifts", "-o", journey.exported("drifts"))
        return [(row["slot"], row["later"]["item"]) for row in lines(journey.exported("drifts"))]
