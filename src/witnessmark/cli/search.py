"""``witnessmark search``: the full text of a case in both scripts, with the words around each hit."""

from pathlib import Path

import click

from witnessmark.casefile.search import search
from witnessmark.casefile.status import waiting
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import say, say_json


@click.command("search")
@case_argument
@click.argument("query", metavar="QUERY", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(min=1, max=1_000_000), default=50, show_default=True, help="How many items at most."
)
@json_option
def command(case: Path, query: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """Search the full text of CASE, in Arabic and Latin script; all words must stand in an item.

    Spellings that differ only in letter forms or vowel marks find each other. Words in double quotes are a phrase.
    """
    with opened(case) as open_case:
        hits = search(open_case, " ".join(query), limit)
        left = waiting(open_case)
    if left:
        wait = "1 object or item waits" if left == 1 else f"{left} objects or items wait"
        click.echo(
            f"{wait} to be opened or read, and was not searched; run the case.".replace(
                "was", "were" if left > 1 else "was"
            ),
            err=True,
        )
    if as_json:
        say_json(hits)
        return
    for hit in hits:
        say(f"{hit['name']}  {hit['publisher'] or hit['url'] or ''}".rstrip())
        say(f"    {hit['words']}")
    say(
        f"{len(hits)} {'item' if len(hits) == 1 else 'items'}" + (f"; --limit is {limit}" if len(hits) == limit else "")
    )
