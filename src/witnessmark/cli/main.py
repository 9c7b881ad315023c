"""The command line: a table of verbs, each loaded when called, and the one place where failures become exit codes.

``witnessmark --help`` prints the table and loads no verb. Exit codes: ``docs/reference/exit-codes.md``.
"""

import importlib
import io
import os
import sys
from collections.abc import Sequence

import click

from witnessmark import __version__
from witnessmark.cli import trouble as troubles
from witnessmark.cli.defuse import defuse
from witnessmark.errors import WitnessmarkError

VERBS = {
    "demo": "Build, run and report a small invented bilingual case, and say where to look.",
    "new": "Make an empty case.",
    "add": "Deposit files, folders and archives, open them, and print the receipt.",
    "run": "Do everything pending: open, read, look, compare, trace, gather, weigh, match.",
    "status": "Say where a case stands, what is pending, what could not be read and why.",
    "show": "Show one item, claim, origin, incident, source, file or victim; all of it with --all.",
    "explain": "Say which rule, pack entry and words produced a thing.",
    "origins": "Say at least and at most how many independent origins stand behind an incident, and why.",
    "copies": "List the copies of an item's words, pictures and clips, and who was first.",
    "match": "Say whether a picture, clip or text is already in the case.",
    "sources": "List who published and who is quoted, or one source and what it told across the case.",
    "search": "Search the full text, in Arabic and Latin script.",
    "decide": "Record what a named person decided about a suggestion, and why.",
    "report": "Write the working report, marked as not for publication.",
    "export": "Write items, claims, incidents, their sources, matches or what could not be read as a table.",
    "import-decisions": "Turn what was edited in an exported source table into signed decisions.",
    "verify": "Check every preserved byte, ledger entry and decided row.",
    "read": "Read a text, or items.jsonl lines, without a case, and print JSON.",
    "gazetteer": "Give a case its own places from a register, a table or a GeoNames dump.",
    "register": "Hold the case against incidents that others coded: Airwars, UCDP GED, ACLED or your own.",
    "packs": "List the packs of knowledge in use, and which are unreviewed.",
    "doctor": "Say what this machine has, what is missing, and what that switches off.",
}


class Verbs(click.Group):
    """A group that knows its commands by name and loads the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's shape
        """Every verb, in the order of the work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's shape
        """The verb's command, its module imported now."""
        if cmd_name not in VERBS:
            return None
        command = importlib.import_module(f"witnessmark.cli.{cmd_name.replace('-', '_')}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's shape
        """The table, without loading what it names."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="witnessmark")
def cli() -> None:
    """From the material about an attack said to have harmed civilians to a case file anyone can check.

    The machine drafts, a named person decides, and every sentence leads back to preserved bytes.
    """


def _speak_utf8() -> None:
    """Both scripts on any terminal, whatever the locale; what cannot be encoded is spelled out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _call(arguments: Sequence[str]) -> int:
    """Parse and do; returns the exit code of what was done."""
    try:
        with cli.make_context("witnessmark", list(arguments)) as context:
            code = cli.invoke(context)
    except click.exceptions.Exit as left:
        code = left.exit_code
    except click.ClickException as wrong:
        said = io.StringIO()
        wrong.show(said)
        click.echo(defuse(said.getvalue(), lines=True), err=True, nl=False)
        code = wrong.exit_code
    except WitnessmarkError as wrong:
        code = _say(wrong)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _say(wrong: WitnessmarkError) -> int:
    sys.stdout.flush()
    click.echo(defuse(str(wrong)), err=True)
    return wrong.exit_code


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and leave with its exit code."""
    _speak_utf8()
    if arguments is None:  # a process of its own, and not a test
        sys.excepthook = troubles.bug
    try:
        code = _call(sys.argv[1:] if arguments is None else arguments)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped. What was done is kept; run the same command again to go on.", err=True)
        code = troubles.INTERRUPTED
    except BrokenPipeError:
        # Nobody reads any more; say nothing, and let Python's own flush at exit say nothing either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = troubles.READER_GONE
    except OSError as wrong:
        code = _say(troubles.of_disk(wrong))
    except Exception as wrong:
        named = troubles.of_package(wrong) if isinstance(wrong, ModuleNotFoundError) else troubles.of_database(wrong)
        if named is not None:
            sys.exit(_say(named))
        raise
    sys.exit(code)
