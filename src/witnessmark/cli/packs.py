"""``witnessmark packs``: the knowledge in use, as data with a source and a licence, and whether anyone reviewed it."""

from pathlib import Path

import click

from witnessmark.cli.printed import grid, say, say_json
from witnessmark.errors import NotACase
from witnessmark.packs.gazetteer import GAZETTEER
from witnessmark.packs.larder import REGISTER, folders, register_folders
from witnessmark.packs.pack import Pack, load

UNREVIEWED = "unreviewed"


@click.command("packs")
@click.argument("case", metavar="[CASE]", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(case: Path | None, *, as_json: bool) -> None:
    """List the packs of knowledge in use; with CASE, its own packs too.

    A pack that no competent person has signed for is "unreviewed", and so is all that was read with it.
    """
    if case and not (case / "case.toml").is_file():
        raise NotACase(str(case))
    home = case / "packs" if case else None
    rows = [row(load(folder)) for folder in (*folders(home), *(register_folders(home) if home else ()))]
    if as_json:
        say_json(rows)
        return
    heads = ("name", "version", "rows", "review")
    cited = [f"{one['licence']}. {one['source']}" for one in rows]
    cells = [[*(one[head] for head in heads), cite] for one, cite in zip(rows, cited, strict=True)]
    grid((*heads, "licence. source"), cells)
    unreviewed = sum(one["review"] == UNREVIEWED for one in rows)
    say(f"\n{len(rows)} packs, {unreviewed} unreviewed.")


def row(pack: Pack) -> dict[str, object]:
    """What is said of one pack; ``rows``: entries of all its tables, the lines of its gazetteer or register too."""
    sheets = [pack.folder / name for name in (GAZETTEER, REGISTER)]
    return {
        "name": pack.name,
        "version": pack.version,
        "rows": sum(map(len, pack.tables.values())) + sum(_lines(sheet) for sheet in sheets if sheet.is_file()),
        "review": f"reviewed by {pack.reviewed_by}" if pack.reviewed_by else UNREVIEWED,
        "licence": pack.licence,
        "source": pack.source,
        "compiled_by": pack.compiled_by,
        "digest": pack.digest,
    }


def _lines(path: Path) -> int:
    """Lines of a table less its header."""
    with path.open("rb") as source:
        return sum(1 for _ in source) - 1
