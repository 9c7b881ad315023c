"""``witnessmark report``: the working report, for the team's eyes; every page says that it is not for publication."""

from pathlib import Path

import click

from witnessmark.cli.options import case_argument, json_option, opened, outside
from witnessmark.cli.printed import pairs, say, say_json
from witnessmark.publishing.report import write_report


@click.command("report")
@case_argument
@click.option(
    "-o", "--output", "folder", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Where to write it."
)
@json_option
def command(case: Path, folder: Path, *, as_json: bool) -> None:
    """Write the working report of CASE as pages that open from the disk and ask nothing of any network.

    Every page is marked as not for publication, and every row as a machine draft or a signed decision.
    """
    with opened(case) as open_case:
        outside(open_case, folder)
        written = write_report(open_case, folder)
    if as_json:
        say_json({key: str(value) if isinstance(value, Path) else value for key, value in written.items()})
        return
    pairs([(str(key), value) for key, value in written.items() if isinstance(value, int)])
    say(f"Open {written['index']} in a browser. It is for the team, not for publication.")
