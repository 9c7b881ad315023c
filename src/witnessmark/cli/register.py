"""``witnessmark register``: lists of incidents that others coded, added to a case, listed, and what of them matches."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import click

from witnessmark.casefile import exports, registers, rows
from witnessmark.casefile.case import Case
from witnessmark.casefile.show import show
from witnessmark.casefile.status import status
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import SHOWN, by_reason, grid, listed, pairs, say, say_json, say_line
from witnessmark.errors import UsageError


@click.command("register")
@case_argument
@click.argument("action", metavar="add|list|match", type=click.Choice(["add", "list", "match"]))
@click.argument("named", metavar="[FILE|ID]", required=False)
@json_option
def command(case: Path, action: str, named: str | None, *, as_json: bool) -> None:
    """Add a register of incidents to CASE, list those it has, or say what matches.

    add FILE: a CSV, or a zip of it, of Airwars, UCDP GED, ACLED or your own (id, date, place, lat, lon, killed, injured,
    url); rows left out are listed with their reason. The next run holds its rows against the incidents and the earlier
    events of the case. match [ID]: every match, or those of one incident or claim, with the reasons. Nothing is merged.
    """
    if (action == "add") != bool(named) and action != "match":
        raise UsageError(
            "Name the FILE to add." if action == "add" else "list takes nothing more.",
            "Nothing was added.",
            f"witnessmark register {case} add FILE; witnessmark register {case} list",
        )
    with opened(case) as open_case:
        if action == "add":
            _added(registers.add(open_case, Path(named or "")), case, as_json=as_json)
        elif action == "list":
            _listed(registers.listed(open_case), as_json=as_json)
        else:
            _matched(open_case, named, as_json=as_json)


def _added(report: Mapping[str, Any], case: Path, *, as_json: bool) -> None:
    if as_json:
        say_json(report)
        return
    pairs([(key, value) for key, value in report.items() if isinstance(value, int | str)])
    for title, of in (("Rows left out", "left"), ("Rows kept, but for what could not be read of them", "doubts")):
        listed(title, by_reason(report[of]), len({line for lines in report[of].values() for line in lines}))
    say(f"Next: witnessmark run {case}, which holds the case against them.")


def _listed(found: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    if as_json:
        say_json(found)
    elif not found:
        say("No register was added to this case.")
    else:
        heads = ("name", "rows", "added", "file")
        grid(heads, [[one.get(head, "") for head in heads] for one in found])


def _matched(case: Case, wanted: str | None, *, as_json: bool) -> None:
    """Every match, or those of one thing. What stands is shown, and that it is not current is said."""
    pending = status(case)["pending"]
    if wanted is None:
        found: Iterable[Mapping[str, Any]] = exports.export(case, "registers")
    else:
        row = show(case, wanted)
        matched: Sequence[rows.Row] = row.get("registers") or row.get("refers_to") or ()
        found = [{"about": row["id"], **one} for one in matched]
    if as_json:
        say_json(list(found))
        return
    shown = list(islice(found, SHOWN)) if wanted is None else list(found)
    for one in shown:
        _print(one)
    if not shown:
        say("Nothing matches." + ("" if registers.listed(case) else " No register was added to this case."))
    if wanted is None and len(shown) == SHOWN:
        say(f"\nThe first {SHOWN}; all: witnessmark export {case.root} --what registers -o FILE")
    if isinstance(pending, Mapping) and pending["match"]:
        say(f"\nThis is not current. Next: witnessmark run {case.root}")


def _print(one: Mapping[str, Any]) -> None:
    where = f" in {one['register']}" if one["register"] else ""
    say_line(f"{one['about']}: {one['verdict']} as {one['id']}{where}")
    told = [("for it", "; ".join(one["reasons"])), ("against", "; ".join(one["against"])), ("address", one["url"])]
    told += [("also of", ", ".join(one["also"]))]
    pairs([(label, value) for label, value in told if value], indent=2)
