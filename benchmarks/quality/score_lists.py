"""Times, tolls, statements and places against our own lists: sentences written from the two languages and the definitions

in ``docs/reference/exports.md``, apart from the rules and before them, every event in them invented. Of every four lines
the first two are of the half that rules may be written by; the other half is held aside, to tell whether a rule is the
language's. A line is right where everything it expects is found and nothing else is.
"""

import re
from collections.abc import Callable
from pathlib import Path

from benchmarks.quality.texts import read_text
from benchmarks.shared import Row, digest, lines
from witnessmark.reading.claim_scenes import VAGUE
from witnessmark.reading.place_company import km
from witnessmark.terms.anchor import Span
from witnessmark.terms.moment import Moment
from witnessmark.terms.place import PlaceCandidate, PlaceMention
from witnessmark.terms.reading import Reading
from witnessmark.terms.statement import Statement
from witnessmark.terms.toll import TollMention

FOLDER = Path(__file__).with_name("lists")
_REACH = {"province": 60.0, "region": 200.0, "district": 25.0, "subdistrict": 25.0}  # km; 10 for all that is finer
_WORD = re.compile(r"\w+")
_NO_DATE = ("duration", "repeated")


def stands(text: str, words: str, span: Span) -> bool:
    """Whether a stretch of the text overlaps some place where the words stand."""
    at = text.find(words)
    while at >= 0:
        if span.start < at + len(words) and at < span.end:
            return True
        at = text.find(words, at + 1)
    return False


def _time_fits(wanted: Row, one: Moment) -> bool:
    if wanted["precision"] == "unresolved":
        return one.earliest is None
    length = len(wanted["earliest"]) if wanted["precision"] in ("instant", "hour") else 10
    return ((one.earliest or "")[:length], (one.latest or "")[:length]) == (
        wanted["earliest"][:length],
        wanted["latest"][:length],
    )


def times_right(row: Row, reading: Reading) -> bool:
    """Every time found with its days, and none besides; "now" and "recently" name no day and are not asked for."""
    found = [one for one in reading.moments if one.basis not in _NO_DATE and one.why.rule != VAGUE]
    for wanted in row["expect"]:
        mine = [one for one in found if stands(row["text"], wanted["text"], one.span)]
        if len(mine) != 1 or not _time_fits(wanted, mine[0]):
            return False
        found.remove(mine[0])
    return not found


def _toll_fits(wanted: Row, one: TollMention) -> bool:
    if wanted["negated"]:
        return one.negated and one.kind in ("killed", "injured")
    same = (one.kind, one.who, one.count.pair if one.count else (None, None))
    said = (one.part_of is not None, one.negated, one.cumulative)
    return same == (wanted["kind"], wanted["who"], (wanted["least"], wanted["most"])) and said == (
        wanted["part"],
        False,
        wanted["cumulative"],
    )


def tolls_right(row: Row, reading: Reading) -> bool:
    """Every toll found with its kind, class and range, and none besides; a denial said of dead and injured is one."""
    found = list(reading.tolls)
    denied = any(wanted["negated"] for wanted in row["expect"])
    for wanted in row["expect"]:
        mine = next(
            (one for one in found if stands(row["text"], wanted["text"], one.span) and _toll_fits(wanted, one)), None
        )
        if mine is None:
            return False
        found.remove(mine)
    return not [one for one in found if not (denied and one.negated)]


def _said_fits(wanted: Row, one: Statement, text: str) -> bool:
    content = text[one.content.start : one.content.end]
    inside = stands(text, wanted["content"], one.content) and _alike(content, wanted["content"])
    named = wanted["means"] or wanted["source"]
    ours = {
        (one.source or "").casefold(),
        text[one.source_span.start : one.source_span.end].casefold() if one.source_span else "",
    }
    right = any(name and (name in named.casefold() or named.casefold() in name) for name in ours)
    return inside and right and one.certainty == wanted["certainty"] and one.form == wanted["form"]


def _alike(one: str, other: str) -> bool:
    """Whether two contents share at least three of four words; "that" before one (إن, أن) is no difference."""
    mine, theirs = set(_WORD.findall(one)), set(_WORD.findall(other))
    return len(mine & theirs) >= 0.75 * max(len(mine), len(theirs))


def statements_right(row: Row, reading: Reading) -> bool:
    """Every attributed statement found with its source, content, certainty and form, and none besides."""
    found = [one for one in reading.statements if one.source]
    for wanted in row["expect"]:
        mine = next((one for one in found if _said_fits(wanted, one, row["text"])), None)
        if mine is None:
            return False
        found.remove(mine)
    return not found


def _place_fits(wanted: Row, one: PlaceMention) -> bool:
    if one.role != wanted["role"] or not one.candidates:
        return False
    best = one.candidates[0]
    if wanted["lat"] is None:
        return bool(best.level == wanted["level"])
    there = PlaceCandidate(
        id="", name="", name_ar=None, lat=wanted["lat"], lon=wanted["lon"], level=wanted["level"], country=None
    )
    return km(best, there) <= _REACH.get(wanted["level"], 10.0)


def places_right(row: Row, reading: Reading) -> bool:
    """Every place found where it is and in its role, and none besides; a name inside an organisation's is none."""
    found = [one for one in reading.places if one.role != "name-part"]
    for wanted in row["expect"]:
        mine = next(
            (one for one in found if stands(row["text"], wanted["text"], one.span) and _place_fits(wanted, one)), None
        )
        if mine is None:
            return False
        found.remove(mine)
    return not found


LISTS: dict[str, Callable[[Row, Reading], bool]] = {
    "times": times_right,
    "tolls": tolls_right,
    "statements": statements_right,
    "places": places_right,
}


def score() -> tuple[dict[str, float], str]:
    """The share of lines that are right, by list and half, with the digest of the lists."""
    figures: dict[str, float] = {}
    for name, right in LISTS.items():
        rows = list(lines(FOLDER / f"{name}.jsonl"))
        told = [right(row, read_text(row["text"], row.get("published"))) for row in rows]
        aside = [number % 4 >= 2 for number in range(len(told))]
        for half, wanted in (
            ("", (True, False)),
            (", by which rules were written", (False,)),
            (", held aside", (True,)),
        ):
            mine = [one for one, kept in zip(told, aside, strict=True) if kept in wanted]
            figures[f"{name}: right{half}"] = sum(mine) / len(mine)
    return figures, digest(sorted(FOLDER.glob("*.jsonl")))
