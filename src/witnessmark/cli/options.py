"""What the verbs have in common: the case they are about, the form of the answer, how many processes may work."""

import os
from pathlib import Path

import click

from witnessmark.casefile.case import Case, open_case
from witnessmark.cli.clock import SystemClock
from witnessmark.cli.defuse import defuse
from witnessmark.errors import UsageError

case_argument = click.argument("case", metavar="CASE", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1, max=256),
    default=lambda: len(os.sched_getaffinity(0)),
    show_default="number of cores",
    help="How many processes may work at once. The result does not depend on it.",
)


def opened(case: Path) -> Case:
    """The case in a folder, with this machine's clock.

    Raises:
        NotACase: the folder holds none.
        AlteredEvidence: its ledger was cut or reworded.
    """
    found = open_case(case, SystemClock())
    if found.set_aside is not None:
        said = f"The database of the case was damaged and lies set aside as {found.set_aside}; it is made again from the ledger. "
        click.echo(defuse(said + "Run the case to have everything read again."), err=True)
    return found


def outside(case: Case, target: Path) -> None:
    """Refuse to write into the folder of a case, where only evidence, its ledger and its tables lie.

    Raises:
        UsageError: the target lies there.
    """
    if target.resolve().is_relative_to(case.root.resolve()):
        raise UsageError(
            f"{target} lies inside the case itself.", "Nothing was written.", "Name a place outside the case folder."
        )
