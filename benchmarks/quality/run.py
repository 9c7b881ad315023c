"""Measures the quality of reading and gathering on every benchmark set that is present.

    python -m benchmarks.quality.run [SET ...] [--short] [--check] [--accept | --lower REASON]

Prints each set's figures. ``--check`` exits 1 where a figure lies below its floor; ``--accept`` raises floors to the
figures; ``--lower REASON`` may lower them, and keeps the reason. A set that is not there is named and skipped.
What the figures do not prove: that the next material reads as well; the sets are what others coded, on other wars too.
"""

import argparse
import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.measured import DidNotWork
from benchmarks.quality import (
    floors,
    journeys,
    score_captures,
    score_claim_sets,
    score_drifts,
    score_lists,
    score_origins,
    score_quotes,
    score_registers,
    score_spans,
    score_times,
    score_translated,
    text_copies,
)
from benchmarks.shared import BENCH


class Set(NamedTuple):
    """``needs``: a path under the sets' folder, or anywhere; ``short``: quick enough for every submission."""

    needs: str
    measure: Callable[[], tuple[dict[str, float], str]]
    short: bool


SETS = {
    "airwars-gaza": Set("airwars-gaza/gold.jsonl", functools.partial(journeys.airwars, "airwars-gaza"), short=True),
    "airwars-syria": Set("airwars-syria/gold.jsonl", functools.partial(journeys.airwars, "airwars-syria"), short=False),
    "captures": Set("airwars-syria/items.jsonl", score_captures.score, short=True),
    "mixed": Set("negatives/items.jsonl", journeys.mixed, short=False),
    "claim-sets": Set(str(score_claim_sets.GOLD), score_claim_sets.score, short=True),
    "negatives": Set("negatives/items.jsonl", journeys.negatives, short=False),
    "lists": Set(str(score_lists.FOLDER / "times.jsonl"), score_lists.score, short=True),
    "origins": Set(str(score_origins.GOLD), score_origins.score, short=True),
    "drifts": Set(str(score_drifts.GOLD), score_drifts.score, short=True),
    "tempeval3": Set("tempeval3/TBAQ", score_times.score, short=True),
    "polnear": Set("polnear/text", score_quotes.score, short=True),
    "re3d": Set("re3d", score_spans.score, short=True),
    "registers": Set("airwars-syria/register.csv", score_registers.score, short=False),
    "text-copies": Set("airwars-syria/items.jsonl", text_copies.score, short=True),
    "translated": Set(str(score_translated.GOLD), score_translated.score, short=True),
    "readers": Set("airwars-syria/readers.jsonl", journeys.readers, short=False),
}


def show(name: str, figures: dict[str, float], known: dict[str, float]) -> None:
    """A set's figures with their floors."""
    print(f"\n{name}")
    for figure, value in figures.items():
        text = f"{value:.4f}" if abs(value) < 2 and not value.is_integer() else f"{value:,.1f}".removesuffix(".0")
        floor = f"   floor {known[figure]:.4f}" if figure in known else ""
        print(f"  {figure:46} {text:>10}{floor}")
    sys.stdout.flush()


def options() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"one of {', '.join(SETS)}; all where none is named")
    parser.add_argument("--short", action="store_true", help="leave out the sets that take minutes")
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure lies below its floor")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--accept", action="store_true", help="raise the floors to these figures")
    change.add_argument(
        "--lower", metavar="REASON", help="set the floors to these figures, lower ones too, and say why"
    )
    asked = parser.parse_args()
    if strangers := sorted(set(asked.sets) - SETS.keys()):
        parser.error(f"no such set: {', '.join(strangers)}")
    return asked


def main() -> int:
    """Measure, print, compare; returns the exit code."""
    asked = options()
    kept = floors.load()
    trouble: list[str] = []
    for name, one in SETS.items():
        if (asked.sets and name not in asked.sets) or (asked.short and not one.short):
            continue
        if not (Path(BENCH) / one.needs).exists():
            print(f"\n{name}: skipped, its data is not on this machine ({one.needs} under {BENCH})")
            continue
        try:
            figures, data = one.measure()
        except DidNotWork as why:
            print(f"\n{name}: {why}")
            trouble.append(f"{name} could not be measured")
            continue
        known = kept.sets.get(name, {"data": data, "figures": {}})
        if known["data"] != data:
            print(f"\n{name}: other data than the floors were measured on, so they are not compared")
        show(name, figures, known["figures"] if known["data"] == data else {})
        if asked.accept or asked.lower:
            trouble += kept.accept(name, figures, data, asked.lower)
        elif asked.check:
            trouble += kept.shortfalls(name, figures, data)
    if asked.accept or asked.lower:
        floors.save(kept)
    for sentence in trouble:
        print(f"BELOW: {sentence}", file=sys.stderr)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
