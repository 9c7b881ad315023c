"""``witnessmark status``: counts, what is pending, what could not be read and why, which decisions need another look."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from witnessmark.casefile.looking import ready
from witnessmark.casefile.status import status
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import listed, pairs, say, say_json
from witnessmark.engines import found
from witnessmark.media.lettering import lacking

_WAITS = {
    "open": "{} to open", "read": "{} to read", "look": "{} pictures and clips to look at", "compare": "comparing these", "gather": "gathering", "match": "matching with registers",
}  # fmt: skip


@click.command("status")
@case_argument
@json_option
def command(case: Path, *, as_json: bool) -> None:
    """Say where CASE stands: counts, what is pending, what could not be read and why."""
    with opened(case) as open_case:
        standing = status(open_case)
    if as_json:
        say_json(standing)
    else:
        print_status(standing, case)


def print_status(standing: Mapping[str, Any], case: Path) -> None:
    """The status for people."""
    say(f"{standing['name']}\n")
    pairs(standing["counts"].items(), indent=2)
    waiting = {step: number for step, number in standing["pending"].items() if number}
    if waiting:
        said = ", ".join(_WAITS[step].format(number) for step, number in waiting.items())
        say(f"\nPending: {said}. Next: witnessmark run {case}")
    else:
        say("\nNothing is pending.")
    if standing["pending"]["look"] and not ready():
        say("Pictures and clips wait for the extra [media] (witnessmark doctor).")
    letters = standing["lettering"]["waiting"]
    if letters and lacking(found()) is None:  # without what reads it there is nothing to run; ``doctor`` says so
        say(f"Pictures whose lettering is not read yet: {letters}. Next: witnessmark run {case}")
    unread = standing["unread"]
    listed("Not read, and why", [_reason(row) for row in unread], sum(row["times"] for row in unread))
    listed("Failed", [f"{row['step']} {row['subject']}: {row['why']}" for row in standing["failures"]])
    listed(
        "Decisions that no longer find what they were about; look again",
        [
            f"entry {row['entry']}: {row['act']} {row['value']} on {row['about']}, by {row['by']}: {row['reason']}"
            for row in standing["look_again"]
        ],
    )
    unreviewed = sum(not pack["reviewed_by"] for pack in standing["packs"])
    say(f"\n{len(standing['packs'])} packs in use, {unreviewed} unreviewed (witnessmark packs).")


def _reason(row: Mapping[str, Any]) -> str:
    where = row["where"]
    more = f", and {row['times'] - 1} more" if row["times"] > 1 else ""
    return f"{row['times']} × {row['why']} ({where[0]}{more})" if where else f"{row['times']} × {row['why']}"
