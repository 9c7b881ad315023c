"""``witnessmark decide``: what a named person decided about a suggestion as they saw it, kept in the ledger for good."""

from pathlib import Path

import click

from witnessmark.casefile.decisions import STATES, decide
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import say, say_json, say_line
from witnessmark.terms.claim import FIGURE_SLOTS


@click.command("decide")
@case_argument
@click.argument("wanted", metavar="ID")
@click.option("--accept", is_flag=True, help="The suggestion is right as it stands.")
@click.option(
    "--set",
    "slots",
    metavar="SLOT=VALUE",
    multiple=True,
    help="A value in place of the suggested one (killed=3..5, date=2017-06-08); one slot a call.",
)
@click.option("--join", "other", metavar="ID", help="This incident and that one are one event.")
@click.option("--split", "item", metavar="ITEM", help="This item speaks of another event.")
@click.option("--state", type=click.Choice(STATES), help="Where the incident stands.")
@click.option("--by", metavar="NAME", required=True, help="Who decides.")
@click.option("--reason", metavar="TEXT", required=True, help="Why, for whoever reads the case file.")
@json_option
def command(
    *,
    case: Path,
    wanted: str,
    slots: tuple[str, ...],
    other: str | None,
    item: str | None,
    state: str | None,
    by: str,
    reason: str,
    accept: bool,
    as_json: bool,
) -> None:
    """Record one decision about an item, claim, origin, incident or source of CASE. Exactly one of the five kinds a call.

    The suggestion as seen is kept beside the decision; nothing is overwritten, and a later decision stands over an
    earlier one.
    """
    if len(slots) > 1:
        raise click.UsageError("Give --set once a call: each decision has a reason of its own. Nothing was decided.")
    given = {
        "set": slots[0] if slots else None,
        "join": other,
        "split": item,
        "state": state,
        "accept": "" if accept else None,
    }
    acts = {act: value for act, value in given.items() if value is not None}
    if len(acts) != 1:
        raise click.UsageError("Give exactly one of --accept, --set, --join, --split, --state. Nothing was decided.")
    ((act, value),) = acts.items()
    with opened(case) as open_case:
        entry = decide(open_case, wanted, act, value, by=by, reason=reason)
    if as_json:
        say_json(entry)
        return
    decided = f"{act} {entry['value']}".strip()
    say_line(f"Ledger entry {entry['entry']}: {decided}, on {entry['about']}, by {entry['by']}: {entry['reason']}")
    of_claim = str(entry["about"]).startswith("claim-") and str(entry["value"]).partition("=")[0] in FIGURE_SLOTS
    if act in ("join", "split") or of_claim:
        say(f"Next: witnessmark run {case}, which gathers anew.")
