"""``witnessmark explain``: for each value the rule, the pack entries and the words behind it, and what lost against it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from witnessmark.casefile.explain import explain
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import anchor, pairs, say, say_json, toll


@click.command("explain")
@case_argument
@click.argument("wanted", metavar="ID")
@json_option
def command(case: Path, wanted: str, *, as_json: bool) -> None:
    """Say which rule, pack entry and words produced one item, claim, origin, incident, source or victim of CASE."""
    with opened(case) as open_case:
        found = explain(open_case, wanted)
    if as_json:
        say_json(found)
        return
    say(f"{found['explained']} {found['id']}")
    for reason in found["reasons"]:
        _print(reason)


def _print(reason: Mapping[str, Any]) -> None:
    value = reason["value"]
    say(f"\n{reason['slot']}" + ("" if value is None else f": {_said(value)}"))
    rows: list[tuple[str, object]] = [("rule", reason["rule"])]
    rows += [("because", reason["because"])] if reason.get("because") else []
    rows += [("pack entry", entry) for entry in reason.get("entries", [])]
    rows += [("words", " ".join(reason["words"].split()))] if reason.get("words") else []
    rows += [("at", anchor(reason["anchor"]))] if reason.get("anchor") else []
    rows += [("lost", other) for other in reason.get("lost", [])]
    pairs(rows, indent=2)


def _said(value: object) -> str:
    """A value on one line; a range of people as a range."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, list):
        return str(value)
    counts = [one for one in value if one is None or isinstance(one, int)]
    if len(counts) == len(value) == 2 and value[0] is not None:
        return toll(value)
    return " to ".join("unknown" if one is None else str(one) for one in dict.fromkeys(value))
