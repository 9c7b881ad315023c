"""``witnessmark sources``: who published and who is quoted in a case; or one of them, with what it told across the case."""

from pathlib import Path

import click

from witnessmark.casefile import decisions, publishers
from witnessmark.cli.first_screen import first_screen
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import SHOWN, grid, say, say_json


@click.command("sources")
@case_argument
@click.argument("source", required=False)
@json_option
def command(case: Path, source: str | None, *, as_json: bool) -> None:
    """List the sources of CASE by class, or show one SOURCE: what it told, when, of which incidents, what people decided.

    These are counts to read by, never a score. A person under their own name is shown by role, without a history.
    """
    with opened(case) as open_case, open_case.transaction() as db:
        if source:
            row = {"shown": "source", **publishers.history(db, source, open_case.larder)}
            found = []
        else:
            found = list(publishers.every(db, open_case.larder, decisions.attached(db).standing))
    if as_json:
        say_json(row if source else found)
    elif source:
        first_screen(row, str(case))
    else:
        _listed(found, case)


def _listed(found: list[dict[str, object]], case: Path) -> None:
    heads = ("source", "class", "reliability", "items", "claims", "incidents", "who")
    keys = ("id", "class", "reliability", "items", "claims", "incidents", "name")
    grid(heads, [[row[key] for key in keys] for row in sorted(found, key=_often)[: 2 * SHOWN]])
    if len(found) > 2 * SHOWN:
        say(f"… and {len(found) - 2 * SHOWN} more; all: witnessmark export {case} --what publishers -o FILE")
    say(f"\n{len(found)} sources. One of them: witnessmark sources {case} SOURCE")


def _often(row: dict[str, object]) -> tuple[int, str, str]:
    """Most claims first."""
    return -int(str(row["claims"])), str(row["class"]), str(row["id"])
