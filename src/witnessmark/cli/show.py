"""``witnessmark show``: one thing of a case, whole, with the anchors it rests on."""

from pathlib import Path

import click

from witnessmark.casefile.show import show
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import say_json, whole


@click.command("show")
@case_argument
@click.argument("wanted", metavar="ID")
@json_option
def command(case: Path, wanted: str, *, as_json: bool) -> None:
    """Show one item, claim, origin, incident or preserved file of CASE with its anchors.

    ID: as printed elsewhere, the collector's own id, or the beginning of either kind that fits one thing only.
    """
    with opened(case) as open_case:
        row = show(open_case, wanted)
    if as_json:
        say_json(row)
    else:
        whole(row)
