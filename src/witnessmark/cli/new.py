"""``witnessmark new``: an empty case. A case is a folder with case.toml, vault/, a ledger and case.db."""

from pathlib import Path

import click

from witnessmark.casefile.case import make
from witnessmark.cli.clock import SystemClock
from witnessmark.cli.options import case_argument
from witnessmark.cli.printed import say


@click.command("new")
@case_argument
@click.option("--name", metavar="TEXT", help="What the case is called; else the folder's name.")
def command(case: Path, name: str | None) -> None:
    """Make an empty case in the folder CASE, which must be empty or not be there yet."""
    with make(case, SystemClock(), name=name) as made:
        say(f"Made the case {made.name} in {case}. Add material: witnessmark add {case} PATH...")
