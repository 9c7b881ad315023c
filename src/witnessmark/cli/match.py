"""``witnessmark match``: is this picture, clip or text already in the case."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from witnessmark.casefile.matching import matched
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import listed, say, say_json, say_line

Row = Mapping[str, Any]
_DIGITS = 12


@click.command("match")
@case_argument
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def command(case: Path, file: Path, *, as_json: bool) -> None:
    """Say whether the picture, clip or text in FILE is already in CASE, whatever was done to it. Nothing is added.

    What only features show is a suggestion. That nothing is found is no proof that it is not there.
    """
    with opened(case) as open_case:
        found = list(matched(open_case, file))
    if as_json:
        say_json(found)
        return
    for thing in found:
        say_line(f"{thing['what']} {thing['name']}")
        sure = [_told(one) for one in thing["found"] if one["certain"]]
        listed("Already in the case", sure)
        listed("Perhaps in the case", [_told(one) for one in thing["found"] if not one["certain"]])
        if not thing["found"]:
            say("  Nothing in the case was found to be a copy of it.")


def _told(one: Row) -> str:
    if "medium" not in one:
        return (
            f"{one['published'] or 'undated'}  {one['item']}  {one['publisher'] or ''}: {one['manner']}, {one['why']}"
        )
    first = one["carried"][0] if one["carried"] else None
    who = f", carried by {first['item']} ({first['publisher'] or 'nobody named'})" if first else ""
    more = f" and {len(one['carried']) - 1} more" if len(one["carried"]) > 1 else ""
    return f"{one['medium'][:_DIGITS]}  {one['manner']}: {one['why']}{who}{more}"
