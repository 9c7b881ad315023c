"""``witnessmark import-decisions``: what was edited in a source table, as signed decisions; the rest of its rows accounted for."""

from dataclasses import asdict
from pathlib import Path

import click

from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import pairs, say, say_json, say_line
from witnessmark.publishing.returned import Receipt, bring_in

_REFUSED = 1
_LISTED = 200  # lines of each kind printed for people


@click.command("import-decisions")
@case_argument
@click.argument("sheet", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", metavar="NAME", required=True, help="Who decides.")
@click.option("--reason", metavar="TEXT", required=True, help="Why, for whoever reads the case file.")
@click.option("--dry-run", is_flag=True, help="Say what would be decided and refused, and write nothing.")
@json_option
@click.pass_context
def command(
    context: click.Context, *, case: Path, sheet: Path, by: str, reason: str, dry_run: bool, as_json: bool
) -> None:
    """Take back FILE (.xlsx or .csv), which `export --what sources` wrote and a person edited.

    Every row is accounted for: decided, as exported, already decided so, or refused with its line and the reason. All that is
    decided is one entry of the ledger.
    """
    with opened(case) as open_case:
        receipt = bring_in(open_case, sheet, by=by, reason=reason, dry_run=dry_run)
    if as_json:
        say_json(asdict(receipt))
    else:
        _print(receipt, case, dry_run=dry_run)
    context.exit(_REFUSED if receipt.refused else 0)


def _print(receipt: Receipt, case: Path, *, dry_run: bool) -> None:
    for one in receipt.decided[:_LISTED]:
        said = one["decided"]
        say_line(f"{_line(one)}: {one['claim']}: {'; '.join(said) if isinstance(said, list) else said}")
    for one in receipt.refused[:_LISTED]:
        say_line(f"{_line(one)}: refused: {one['why']}")
    if max(len(receipt.decided), len(receipt.refused)) > _LISTED:
        say("… and more; --json lists all.")
    would = "would be decided" if dry_run else "decided"
    pairs(
        [
            ("rows", receipt.rows),
            (would, len(receipt.decided)),
            ("as exported", receipt.unchanged),
            ("already decided so", receipt.already),
            ("refused", len(receipt.refused)),
        ]
    )
    if receipt.entry is not None:
        say(f"Ledger entry {receipt.entry}. Next: witnessmark run {case}, which weighs anew.")


def _line(one: dict[str, object]) -> str:
    return f"{one['sheet']} line {one['line']}".strip()
