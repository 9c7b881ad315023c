"""``witnessmark run``: everything pending. It can be cut off anywhere, and goes on where it stopped."""

from pathlib import Path

import click

from witnessmark.casefile.run import run
from witnessmark.cli.bar import progress
from witnessmark.cli.options import case_argument, jobs_option, json_option, opened
from witnessmark.cli.printed import say_json
from witnessmark.cli.status import print_status
from witnessmark.engines import found


@click.command("run")
@case_argument
@jobs_option
@click.option(
    "--no-lettering", is_flag=True, help="Leave the lettering in pictures for later: it takes a second or more each."
)
@click.option("--retry", is_flag=True, help="Try again what failed, too.")
@json_option
def command(case: Path, jobs: int, *, no_lettering: bool, retry: bool, as_json: bool) -> int:
    """Do everything pending in CASE: open, read, look at media, trace, gather, weigh; then print where it stands.

    Nothing is decided here: all that comes out is a machine draft. Exit code 1: finished, and something is listed as
    unread or failed.
    """
    with opened(case) as open_case, progress() as bar:
        standing = run(open_case, jobs=jobs, retry=retry, engines=None if no_lettering else found(), progress=bar)
    if as_json:
        say_json(standing)
    else:
        print_status(standing, case)
    return 1 if standing["unread"] or standing["failures"] else 0
