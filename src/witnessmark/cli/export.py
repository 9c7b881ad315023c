"""``witnessmark export``: rows of one kind as JSON lines or CSV; what the columns mean is in ``docs/reference/exports.md``."""

from pathlib import Path

import click

from witnessmark.casefile import exports
from witnessmark.cli.defuse import defuse
from witnessmark.cli.options import case_argument, opened, outside
from witnessmark.publishing.columns import columns
from witnessmark.publishing.tables import FORMATS, LONGEST_CELL, STDOUT, write

_COUNTED = {"registers": "matches"}  # of which rows are counted where they are not what the export is called by


@click.command("export")
@case_argument
@click.option("--what", type=click.Choice(exports.WHAT), required=True, help="Which rows.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True, help="In which form.")
@click.option(
    "-o", "--output", "target", metavar="FILE", required=True, help="The file to write; - is standard output."
)
def command(case: Path, what: str, form: str, target: str) -> None:
    """Write items, statements, claims, victims, incidents, matches with registers, or what could not be read, as a table.

    A file that is there is replaced at once, when all is written. How many rows there were is said on standard error.
    """
    with opened(case) as open_case:
        if target != STDOUT:
            outside(open_case, Path(target))
        cuts: dict[str, int] = {}
        count = write(exports.export(open_case, what), columns(what), form, target, cuts)
    place = "" if target == STDOUT else f" in {defuse(target)}"
    said = _COUNTED.get(what, what)
    click.echo(
        f"{count} {said if count != 1 else said.removesuffix('es' if said == 'matches' else 's')}{place}", err=True
    )
    if cuts:
        cut = ", ".join(f"{column} ({number})" for column, number in cuts.items())
        click.echo(
            f"Cut to the {LONGEST_CELL:,} characters that a spreadsheet's cell holds, and marked, in: {cut}. "
            "Nothing is cut in --format jsonl.",
            err=True,
        )
