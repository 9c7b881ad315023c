"""``witnessmark show``: one thing of a case, its first screen; or whole, with the anchors it rests on."""

from pathlib import Path

import click

from witnessmark.casefile.show import show
from witnessmark.cli.first_screen import first_screen
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import say_json, whole


@click.command("show")
@case_argument
@click.argument("wanted", metavar="ID")
@click.option("--all", "everything", is_flag=True, help="Print all that is known of it, with every anchor.")
@json_option
def command(case: Path, wanted: str, *, everything: bool, as_json: bool) -> None:
    """Show one item, claim, origin, incident, source, preserved file or victim of CASE: its first screen, or all of it.

    ID: as printed elsewhere, the collector's own id, or the beginning of either kind that fits one thing only.
    """
    with opened(case) as open_case:
        row = show(open_case, wanted)
    if as_json:
        say_json(row)
    elif everything:
        whole(row)
    else:
        first_screen(row, str(case))
