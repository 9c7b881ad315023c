"""``witnessmark copies``: the copies of an item's words, pictures and clips in a case, the first sighting, and what was done to each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from witnessmark.casefile.copied import copies_of
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import listed, say, say_json, say_line

Row = Mapping[str, Any]
_DIGITS = 12


@click.command("copies")
@case_argument
@click.argument("wanted", metavar="ITEM")
@json_option
def command(case: Path, wanted: str, *, as_json: bool) -> None:
    """List what in CASE copies an ITEM: its words, and its pictures and clips whatever was done to them.

    ITEM may be the address of a picture or clip too. What only features show is a suggestion, and joins nothing.
    """
    with opened(case) as open_case:
        row = copies_of(open_case, wanted)
    if as_json:
        say_json(row)
        return
    say_line(f"{row['kind']} {row['id']}")
    listed("Its words", [_text(one) for one in row["texts"]])
    for medium in row["media"]:
        _medium(medium)
    if not row["texts"] and not row["media"]:
        say("\nNo copy of its words was found, and it carries no picture or clip that was looked at.")


def _text(one: Row) -> str:
    return f"{one['published'] or 'undated'}  {one['item']}  {one['publisher'] or ''}: {one['manner']}, {one['why']}"


def _medium(row: Row) -> None:
    say()
    say_line(f"medium {row['medium'][:_DIGITS]}")
    if row["first"]:
        say_line(f"  first seen  {_seen(row['first'])}")
    listed("Carried by", [_seen(one) for one in row["carried"]])
    listed("Copies", [_copy(one, row["medium"]) for one in row["copies"]])
    listed("A person may confirm", [_copy(one, row["medium"]) for one in row["suggested"]])
    if not row["copies"] and not row["suggested"]:
        say("  No copy of it was found.")


def _seen(one: Row) -> str:
    earliest, latest = one["published"]
    when = latest or "time not known"
    if earliest and latest and earliest != latest:
        when = f"{earliest} to {latest}"
    return f"{when}  {one['item']}  {one['publisher'] or ''} ({one['medium'][:_DIGITS]}; {one['rests_on']})"


def _copy(one: Row, medium: str) -> str:
    ends = [one["other"] if one["one"] == medium else one["one"]] if one["of_this"] else [one["one"], one["other"]]
    return f"{' and '.join(end[:_DIGITS] for end in ends)}  {one['manner']}: {one['why']}"
