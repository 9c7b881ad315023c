"""The reference says what the program does: every verb, option and column, no more and no less; and no link leads nowhere."""

import importlib
import re
from pathlib import Path

import click
import pytest

from benchmarks.quality.table import page
from witnessmark.casefile.exports import WHAT
from witnessmark.cli import trouble
from witnessmark.cli.main import VERBS
from witnessmark.errors import WitnessmarkError
from witnessmark.intake import items_jsonl
from witnessmark.publishing.columns import columns

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_SECTION = re.compile(r"^## `?([a-z-]+)`?$", re.MULTILINE)
_CELL = re.compile(r"^\| ((?:`[^`|]+`(?:, )?)+) \|", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def sections(page: str) -> dict[str, str]:
    """The text under each heading of the second level that is one word."""
    parts = _SECTION.split((REFERENCE / page).read_text(encoding="utf-8"))
    return {name: text.split("\n## ")[0] for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def first_cells(text: str) -> list[str]:
    """What stands in code in the first column of the tables of a text."""
    return [word for cell in _CELL.findall(text) for word in re.findall(r"`([^`]+)`", cell)]


def command_of(verb: str) -> click.Command:
    """The command of a verb."""
    command = importlib.import_module(f"witnessmark.cli.{verb.replace('-', '_')}").command
    assert isinstance(command, click.Command)
    return command


def options(verb: str) -> list[str]:
    """Every option of a verb but ``--help``, as typed."""
    command = command_of(verb)
    return [name for one in command.params if isinstance(one, click.Option) for name in one.opts]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_reference_names_the_verbs_in_their_order() -> None:
    assert list(sections("cli.md")) == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_the_reference_names_every_option_and_no_other(verb: str) -> None:
    text = sections("cli.md")[verb]
    assert sorted(one for one in first_cells(text) if one.startswith("-")) == sorted(options(verb))


@pytest.mark.parametrize("verb", VERBS)
def test_the_reference_gives_the_arguments_of_every_verb(verb: str) -> None:
    command = command_of(verb)
    context = click.Context(command)
    usage = next(line for line in sections("cli.md")[verb].splitlines() if line.startswith("`witnessmark "))
    for one in command.params:
        if isinstance(one, click.Argument):
            assert one.make_metavar(context).replace("...", "").strip("[]") in usage


def test_the_reference_names_every_kind_of_export() -> None:
    assert tuple(kind for kind in sections("exports.md") if kind in WHAT) == WHAT


@pytest.mark.parametrize("what", WHAT)
def test_the_reference_names_every_column_in_order_and_no_other(what: str) -> None:
    assert tuple(first_cells(sections("exports.md")[what])) == columns(what)


def test_the_reference_names_every_field_of_items_jsonl() -> None:
    named = first_cells((REFERENCE / "items-jsonl.md").read_text(encoding="utf-8"))
    assert set(named) == set(items_jsonl._KNOWN)


def test_the_reference_names_every_exit_code() -> None:
    text = (REFERENCE / "exit-codes.md").read_text(encoding="utf-8")
    named = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    raised = {kind.exit_code for kind in WitnessmarkError.__subclasses__()}
    assert named == raised | {0, 1, trouble.BUG, int(trouble.INTERRUPTED), int(trouble.READER_GONE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_internal_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_every_page_of_the_program_named_in_code_is_there() -> None:
    """Messages and docstrings send people to pages."""
    named = {
        found
        for path in (ROOT / "src").rglob("*.py")
        for found in re.findall(r"docs/[\w./-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert {found for found in named if not (ROOT / found).is_file()} == set()


def test_the_page_of_figures_says_what_the_floors_hold() -> None:
    assert (REFERENCE / "quality.md").read_text(encoding="utf-8") == page()
