"""From templates to files: every value is escaped, every page says what it is and may load nothing but its own style.

The security policy stands in each page, so it holds when a page is opened from a disk: no script, no frame, no picture,
no font, no form, nothing from any host.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from witnessmark.publishing.report import wording

HERE = Path(__file__).resolve().parent
POLICY = "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'"
LISTED = 500  # rows of one page of a list
_QUOTED = re.compile("(“[^”]*”)")
T = TypeVar("T")


class Press:
    """Writes pages of one report. ``about`` is what every page shows of the case."""

    def __init__(self, folder: Path, about: dict[str, object]) -> None:
        self.folder = folder
        self._env = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters.update(
            toll=wording.toll,
            stamp=wording.stamp,
            shortened=wording.shortened,
            origins=wording.origins,
            harm=wording.harm,
            kind=wording.kind,
            parties=wording.parties,
            means=wording.means,
            signed=wording.signed,
            changes=wording.changes,
            isolated=isolated,
        )
        self._env.globals.update(
            about=about,
            policy=POLICY,
            days=wording.days,
            basis=wording.basis,
            signer=wording.signer,
            valued=wording.valued,
        )
        for name in ("incident", "item", "origin"):
            (folder / name).mkdir()
        (folder / "report.css").write_bytes((HERE / "assets" / "report.css").read_bytes())

    def page(self, path: str, template: str, /, **values: object) -> None:
        """Write one page; ``path`` is where it stands in the report. It goes to the file as it is made, not whole."""
        root = "../" * path.count("/")
        stream = self._env.get_template(template).stream(root=root, page=path, **values)
        stream.enable_buffering(64)
        with (self.folder / path).open("w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.writelines(stream)

    def pages(self, stem: str, template: str, lines: Sequence[T], **values: object) -> None:
        """Write a list over as many pages as it takes; at least one."""
        for number, of, lot in paged(lines, LISTED):
            turn = {
                "number": number,
                "of": of,
                "before": wording.ordinal_page(stem, number - 1) if number > 1 else None,
                "after": wording.ordinal_page(stem, number + 1) if number < of else None,
            }
            self.page(wording.ordinal_page(stem, number), template, lines=lot, turn=turn, **values)


def isolated(text: str) -> Markup:
    """A reason, each quotation in it kept in its own direction, so that what follows an Arabic one stays behind it."""
    parts = _QUOTED.split(text)
    quoted = [Markup("“<bdi>{}</bdi>”").format(part[1:-1]) if at % 2 else escape(part) for at, part in enumerate(parts)]
    return Markup("").join(quoted)


def paged(lines: Sequence[T], most: int) -> Iterator[tuple[int, int, Sequence[T]]]:
    """Number of the page from 1, how many there are, and its lines."""
    of = max(1, -(-len(lines) // most))
    for number in range(1, of + 1):
        yield number, of, lines[(number - 1) * most : number * most]
