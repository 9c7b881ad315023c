"""``witnessmark gazetteer``: a case's own places. The file is preserved like any evidence and becomes a pack of the case."""

from pathlib import Path
from typing import Any

import click

from witnessmark.casefile import gazetteers
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import by_reason, listed, pairs, say, say_json


@click.command("gazetteer")
@case_argument
@click.argument("action", metavar="add", type=click.Choice(["add"]))
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def command(case: Path, action: str, source: Path, *, as_json: bool) -> None:  # noqa: ARG001 - there is one action yet
    """Add the places of FILE to CASE; the next run reads everything again with them.

    FILE: a CSV with a header (name, name_ar, alternates, lat, lon, precision; a register of incidents will do), or a
    GeoNames country dump. Rows that hold no place are listed with their reason.
    """
    with opened(case) as open_case:
        report: dict[str, Any] = gazetteers.add(open_case, source)
    if as_json:
        say_json(report)
    else:
        pairs([(key, value) for key, value in report.items() if isinstance(value, int | str)])
        left: dict[str, list[int]] = {}
        for row in report["left"]:
            left.setdefault(row["why"], []).append(row["row"])
        listed("Rows left out", by_reason(left), len(report["left"]))
        say(f"Next: witnessmark run {case}, which reads everything again with these places.")
