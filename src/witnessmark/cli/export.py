"""``witnessmark export``: rows of one kind as JSON lines, CSV or a workbook; their columns: ``docs/reference/exports.md``."""

from pathlib import Path

import click

from witnessmark.casefile import exports
from witnessmark.casefile.case import Case
from witnessmark.cli.defuse import defuse
from witnessmark.cli.options import case_argument, opened, outside
from witnessmark.publishing import workbook
from witnessmark.publishing.about import about
from witnessmark.publishing.columns import columns
from witnessmark.publishing.source_table import stamped
from witnessmark.publishing.tables import FORMATS, LONGEST_CELL, STDOUT, write

_COUNTED = {  # what the rows are, one and several, where an export is called otherwise
    "registers": ("match", "matches"),
    "sources": ("row of the source table", "rows of the source table"),
    "publishers": ("source", "sources"),
    "unreadable": ("unreadable", "unreadable"),
}


@click.command("export")
@case_argument
@click.option("--what", type=click.Choice(exports.WHAT), required=True, help="Which rows.")
@click.option("--incident", metavar="ID", help="With --what sources: the rows of this incident alone.")
@click.option(
    "--format",
    "form",
    type=click.Choice((*FORMATS, workbook.FORMAT)),
    default="jsonl",
    show_default=True,
    help="In which form.",
)
@click.option(
    "-o", "--output", "target", metavar="FILE", required=True, help="The file to write; - is standard output."
)
def command(case: Path, what: str, incident: str | None, form: str, target: str) -> None:
    """Write items, statements, claims, victims, incidents, their sources, matches with registers, drifts, publishers, or what could not be read, as a table.

    A file that is there is replaced at once, when all is written. How many rows there were is said on standard error.
    """
    if incident is not None and what != "sources":
        raise click.UsageError("--incident goes with --what sources alone. Nothing was written.")
    with opened(case) as open_case:
        if target != STDOUT:
            outside(open_case, Path(target))
        written = _written(open_case, what, incident, form, target)
    _say(written, what, target)


def _written(case: Case, what: str, incident: str | None, form: str, target: str) -> workbook.Written:
    rows = exports.export(case, what, incident)
    rows = stamped(rows) if what == "sources" else rows
    if form == workbook.FORMAT:
        return workbook.write(rows, columns(what), target, name=what, about=about(case, what))
    written = workbook.Written()
    written.rows = write(rows, columns(what), form, target, written.cuts)
    return written


def _say(written: workbook.Written, what: str, target: str) -> None:
    count, place = written.rows, "" if target == STDOUT else f" in {defuse(target)}"
    one, many = _COUNTED.get(what, (what.removesuffix("s"), what))
    click.echo(f"{count} {one if count == 1 else many}{place}", err=True)
    if len(written.sheets) > 1:
        click.echo(f"More rows than a sheet holds; they go on in: {', '.join(written.sheets[1:])}.", err=True)
    if written.cuts:
        cut = ", ".join(f"{column} ({number})" for column, number in written.cuts.items())
        click.echo(
            f"Cut to the {LONGEST_CELL:,} characters that a spreadsheet's cell holds, and marked, in: {cut}. "
            "Nothing is cut in --format jsonl.",
            err=True,
        )
