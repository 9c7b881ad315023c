"""Time expressions against TimeML (TempEval-3, UzZaman et al. 2013): found, found with the same ends, right value.

Dates and times only: lengths of time (``DURATION``) and repetitions (``SET``) are neither missed nor counted as false.
A value is right where the range of days that we give is the range that the TIMEX3 value means; ``PAST_REF`` and its
like are right where we leave the time unresolved. The document's creation time is given as the time of publication.
"""

import calendar
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.texts import read_text
from benchmarks.shared import BENCH, digest

FOLDER = BENCH / "tempeval3" / "TBAQ"
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}
_UNRESOLVED = (None, None)
Days = tuple[str | None, str | None]


class Timed(NamedTuple):
    """A time expression: code points of the text, what kind, and the days it means."""

    start: int
    end: int
    kind: str
    days: Days


def _months(year: int, first: int, last: int) -> Days:
    return (
        date(year, first, 1).isoformat(),
        date(year, last, calendar.monthrange(year, last)[1]).isoformat(),
    )


def _days(first: date, last: date) -> Days:
    return first.isoformat(), last.isoformat()


def _week(year: int, week: int, weekend: bool) -> Days:
    monday = date.fromisocalendar(year, week, 1)
    return _days(monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6))


# A TIMEX3 value's form, and the days it means (TimeML 1.2.1, after ISO 8601).
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days]], ...] = (
    (re.compile(r"\w+_REF"), lambda _: _UNRESOLVED),
    (re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?"), lambda form: (form[1], form[1])),
    (re.compile(r"(\d{4})-(\d\d)"), lambda form: _months(int(form[1]), int(form[2]), int(form[2]))),
    (re.compile(r"(\d{4})-W(\d\d)(-WE)?"), lambda form: _week(int(form[1]), int(form[2]), bool(form[3]))),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda form: _months(int(form[1]), int(form[2]) * 3 - 2, int(form[2]) * 3)),
    (re.compile(r"(\d{4})-H([12])"), lambda form: _months(int(form[1]), int(form[2]) * 6 - 5, int(form[2]) * 6)),
    (re.compile(r"(\d{4})-(SP|SU|FA)"), lambda form: _months(int(form[1]), *_SEASONS[form[2]])),
    (re.compile(r"(\d{4})"), lambda form: _months(int(form[1]), 1, 12)),
    (re.compile(r"(\d{3})"), lambda form: (f"{form[1]}0-01-01", f"{form[1]}9-12-31")),
)


def days_of(value: str) -> Days | None:
    """The first and the last day a TIMEX3 value means; two Nones where it means none; None where we cannot say."""
    return next((days(form) for pattern, days in _FORMS if (form := pattern.fullmatch(value))), None)


def gold(path: Path) -> tuple[str, str, list[Timed]]:
    """The text of a document, its creation time, and its time expressions."""
    tree = ET.parse(path).getroot()  # noqa: S314 - a benchmark's own files
    created = next((stamp.get("value", "") for stamp in tree.iterfind("DCT/TIMEX3")), "")
    text, found = "", []
    body = tree.find("TEXT")

    def walk(node: ET.Element) -> None:
        nonlocal text
        start = len(text)
        text += node.text or ""
        for child in node:
            walk(child)
            text += child.tail or ""
        if node.tag == "TIMEX3":
            value = days_of(node.get("value", ""))
            kind = "unscored" if value is None else node.get("type", "")
            found.append(Timed(start, len(text), kind, value or _UNRESOLVED))

    if body is not None:
        walk(body)
    return text, created[:10], found


def ours(text: str, created: str) -> list[Timed]:
    """What we find in a text."""
    kinds = {"duration": "DURATION", "repeated": "SET"}
    return [
        Timed(
            moment.span.start,
            moment.span.end,
            kinds.get(moment.basis, "DATE"),
            ((moment.earliest or "")[:10] or None, (moment.latest or "")[:10] or None),
        )
        for moment in read_text(text, created).moments
    ]


def _overlap(one: Timed, other: Timed) -> bool:
    return one.start < other.end and other.start < one.end


def compare(wanted: list[Timed], found: list[Timed]) -> dict[str, int]:
    """Counts: gold, predicted, matched, matched with the same ends, with the right value."""
    dated = [one for one in wanted if one.kind in ("DATE", "TIME")]
    other = [one for one in wanted if one.kind not in ("DATE", "TIME")]
    guesses = [one for one in found if one.kind == "DATE"]
    taken: set[int] = set()
    strict = right = 0
    for one in dated:
        near = [n for n, guess in enumerate(guesses) if n not in taken and _overlap(one, guess)]
        if not near:
            continue
        best = max(near, key=lambda n: (guesses[n][:2] == one[:2], guesses[n].days == one.days))
        taken.add(best)
        strict += guesses[best][:2] == one[:2]
        right += guesses[best].days == one.days
    false = sum(
        1 for n, guess in enumerate(guesses) if n not in taken and not any(_overlap(guess, one) for one in other)
    )
    return {
        "gold": len(dated),
        "predicted": len(taken) + false,
        "relaxed": len(taken),
        "strict": strict,
        "value": right,
    }


def score() -> tuple[dict[str, float], str]:
    """F1 of finding (any overlap), of finding with the same ends, and of the value; with the digest of the data."""
    paths = sorted(FOLDER.rglob("*.tml"))
    total = dict.fromkeys(("gold", "predicted", "relaxed", "strict", "value"), 0)
    for path in paths:
        text, created, wanted = gold(path)
        for name, count in compare(wanted, ours(text, created)).items():
            total[name] += count
    both = total["gold"] + total["predicted"]
    figures = {f"{name} F1": 2 * total[name] / both if both else 0.0 for name in ("relaxed", "strict", "value")}
    figures["relaxed recall"] = total["relaxed"] / total["gold"]
    figures["relaxed precision"] = total["relaxed"] / total["predicted"] if total["predicted"] else 0.0
    return figures, digest(paths)
