"""``witnessmark verify``: every preserved byte, every ledger entry, every decided row; any damage is named."""

from pathlib import Path

import click

from witnessmark.casefile.verify import verify
from witnessmark.cli.bar import progress
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import say, say_json
from witnessmark.errors import AlteredEvidence


@click.command("verify")
@case_argument
@json_option
def command(case: Path, *, as_json: bool) -> int:
    """Check every preserved byte, ledger entry, decided row, kept text and pack of CASE. Exit code 10 on any damage."""
    with opened(case) as open_case, progress() as bar:
        number, head = open_case.ledger.head()
        damages = verify(open_case, bar)
    if as_json:
        say_json({"whole": not damages, "ledger": {"entry": number, "hash": head}, "damages": damages})
    elif damages:
        for damage in damages:
            say(f"{damage['what']}: {damage['sentence']}")
        count = "1 damage" if len(damages) == 1 else f"{len(damages)} damages"
        say(f"{count}. Nothing was changed by this check. Restore what is named from a sealed copy, then check again.")
    else:
        say("Whole: every byte, ledger entry, decided row, text and pack is what was written.")
        say(f"Ledger entry {number}, {head}; compare it with a copy kept elsewhere.")
    return AlteredEvidence.exit_code if damages else 0
