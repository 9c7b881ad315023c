"""``witnessmark add``: deposit and open. The receipt names every file in exactly one outcome, and its numbers add up."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from witnessmark.casefile import deposits
from witnessmark.cli.bar import progress
from witnessmark.cli.options import case_argument, jobs_option, json_option, opened
from witnessmark.cli.printed import listed, pairs, say_json


@click.command("add")
@case_argument
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--collector", metavar="CODE", help="A code for who collected this; never a witness's name.")
@click.option("--note", metavar="TEXT", help="How and where it was found.")
@jobs_option
@json_option
def command(
    case: Path, paths: tuple[Path, ...], collector: str | None, note: str | None, jobs: int, *, as_json: bool
) -> int:
    """Deposit files, folders and archives into CASE, open them, and print the receipt.

    Bytes are preserved before anything is opened. The same bytes again make no second copy; that they were found again
    is recorded. Exit code 1: finished, and something could not be read.
    """
    with opened(case) as open_case, progress() as bar:
        receipt: dict[str, Any] = deposits.add(
            open_case, paths, collector=collector, note=note, jobs=jobs, progress=bar
        )
    if as_json:
        say_json(receipt)
    else:
        print_receipt(receipt)
    return 1 if receipt["unread"] or receipt["inside"]["unread"] else 0


def print_receipt(receipt: Mapping[str, Any]) -> None:
    """The counts, then each outcome that needs a person's eye."""
    pairs(
        [
            ("files", receipt["files"]),
            ("  opened", receipt["opened"]),
            ("  again", len(receipt["again"])),
            ("  passed over", len(receipt["passed_over"])),
            ("  unread", len(receipt["unread"])),
            ("new objects", receipt["objects"]),
            ("new items", receipt["items"]),
        ]
    )
    inside = receipt["inside"]
    listed("Unread", _named(receipt["unread"]))
    listed("Passed over", _named(receipt["passed_over"]))
    listed("In the case already", [str(row["name"]) for row in receipt["again"]])
    listed("Unread inside files that were opened", _named(inside["unread"]))
    listed("Passed over inside files that were opened", _named(inside["passed over"]))
    listed("To be noticed", _named(inside["notice"]))


def _named(rows: Sequence[Mapping[str, str]]) -> list[str]:
    return [" ".join(filter(None, (row["name"], row.get("where")))) + f": {row['why']}" for row in rows]
