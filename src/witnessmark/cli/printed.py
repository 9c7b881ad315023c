"""Answers for people: aligned, in both scripts, with the text of strangers defused; and the same as JSON for programs.

A toll is printed as a range with its open end said ("3 to 5", "at least 3"); what is not known is named as such rather
than left out without a word.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from witnessmark.cli.defuse import defuse
from witnessmark.publishing.tables import json_text
from witnessmark.terms.claim import FIGURE_SLOTS

SHOWN = 20  # entries of a list printed for people; --json has them all
_ANCHOR = {"address", "selector", "text", "start", "end"}
_DIGITS = 12  # of a SHA-256, as people are shown it


def say(text: str = "") -> None:
    """One or more lines, defused."""
    click.echo(defuse(text, lines=True))


def say_line(text: str) -> None:
    """One line, whatever the words in it hold: line ends inside them are spelled out too."""
    click.echo(defuse(text))


def say_json(value: object) -> None:
    """The value as indented JSON."""
    click.echo(json_text(value, indent=2))


def width(text: str) -> int:
    """Cells a text takes on a terminal: marks take none, wide letters two."""
    return sum(
        0
        if unicodedata.combining(char) or unicodedata.category(char) == "Cf"
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def padded(text: str, cells: int) -> str:
    """The text with blanks up to this many cells."""
    return text + " " * max(0, cells - width(text))


def pairs(rows: Iterable[tuple[str, object]], indent: int = 0) -> None:
    """Labels and values, values aligned; numbers to the right where all are numbers."""
    held = [(label, str(value), isinstance(value, int)) for label, value in rows]
    label_cells = max((width(label) for label, _, _ in held), default=0)
    number_cells = max((len(value) for _, value, number in held if number), default=0)
    for label, value, number in held:
        say_line(" " * indent + padded(label, label_cells) + "  " + (value.rjust(number_cells) if number else value))


def grid(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; the last column is neither padded nor cut, so long or right-to-left words belong there."""
    held = [[defuse(str(one)) for one in row] for row in rows]
    cells = [max(width(row[at]) for row in (list(heads), *held)) for at in range(len(heads))]
    for row in (list(heads), *held):
        say("  ".join([*(padded(one, cells[at]) for at, one in enumerate(row[:-1])), row[-1]]))


_LINES = 12  # lines of a file named for one reason


def by_reason(found: Mapping[str, Sequence[int]]) -> list[str]:
    """Each reason with the lines of a file that it holds for, the most frequent first."""
    out = []
    for why, lines in sorted(found.items(), key=lambda one: (-len(one[1]), one[0])):
        more = f" and {len(lines) - _LINES} more" if len(lines) > _LINES else ""
        named = ", ".join(map(str, lines[:_LINES]))
        out.append(f"{len(lines)} × {why}: line{'' if len(lines) == 1 else 's'} {named}{more}")
    return out


def listed(title: str, rows: Sequence[str], number: int | None = None) -> None:
    """A titled list, its length said, cut after some entries with how many are left. ``number``: of things, where a row is of several."""
    if not rows:
        return
    say(f"\n{title} ({len(rows) if number is None else number}):")
    for row in rows[:SHOWN]:
        say_line(f"  {row}")
    if len(rows) > SHOWN:
        say(f"  … and {len(rows) - SHOWN} more; --json lists all.")


def toll(value: Sequence[int | None]) -> str:
    """``[3, 5]`` as ``3 to 5``, ``[3, null]`` as ``at least 3``, ``[3, 3]`` as ``3``."""
    least, most = value
    if most is None:
        return f"at least {least}"
    return str(least) if least == most else f"{least} to {most}"


def anchor(value: Mapping[str, Any]) -> str:
    """Where words stand, on one line: the file's digest, the selector and the code points."""
    return f"{value['address'][:_DIGITS]} {value['selector']} {value['start']}–{value['end']}"


def whole(row: Mapping[str, Any], indent: int = 0) -> None:
    """A thing with all that is known of it, and by name what is not."""
    for line in _lines(row, indent):
        say(line)


def _lines(row: Mapping[str, Any], indent: int) -> Iterator[str]:
    known = {key: value for key, value in row.items() if not _empty(value)}
    cells = max((width(key) for key, value in known.items() if _flat(key, value) is not None), default=0)
    for key, value in known.items():
        flat = _flat(key, value)
        if flat is None:
            yield " " * indent + f"{key}:"
            yield from _deep(value, indent + 2)
            continue
        first, *more = flat.split("\n")
        yield " " * indent + f"{padded(key, cells)}  {first}"
        yield from (" " * (indent + cells + 2) + line for line in more)
    unknown = [key for key in row if key not in known]
    if unknown:
        yield " " * indent + f"nothing for: {', '.join(unknown)}"


def _empty(value: object) -> bool:
    return value is None or value in ("", [], (), {})


def _flat(key: str, value: object) -> str | None:
    """A value that fits one line, or None."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return anchor(value) if value.keys() == _ANCHOR else None
    if not isinstance(value, list | tuple):
        return str(value)
    if key in (*FIGURE_SLOTS, "toll"):
        return toll(value)
    if key == "origins" and all(isinstance(one, int) for one in value):
        return f"{value[0]} shown, at most {value[1]}"
    return "; ".join(map(str, value)) if not any(isinstance(one, list | tuple | dict) for one in value) else None


def _deep(value: object, indent: int) -> Iterator[str]:
    """A mapping or a list of them, indented; entries of a list begin with a hyphen."""
    if isinstance(value, Mapping):
        yield from _lines(value, indent)
        return
    for one in value if isinstance(value, list | tuple) else []:
        if not isinstance(one, Mapping):
            yield " " * indent + f"- {one}"
            continue
        lines = list(_lines({key: inner for key, inner in one.items() if not _empty(inner)}, indent + 2))
        if lines:
            yield " " * indent + "- " + lines[0].lstrip()
            yield from lines[1:]
