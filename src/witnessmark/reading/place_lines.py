"""Lines that a place heads: "- Zarhal: two killed", or "Zarhal countryside:" alone above the lines that tell of it.

The rule: a name that nothing but words of place, a number or a mark of a list stands before on its line, with a colon or a
dash behind it, heads that line. On the first line of a text that is how datelines are written; on a later one, with a
colon, or where several lines of a text are headed so, the name is where that line's event was. A name alone on its
line with a colon is the heading of a section. That the lines below a heading all tell of it is likely, not shown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from witnessmark.reading.place_words import Hit, Wording
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.script import key

_BEFORE = re.compile(r"[^\w\n]*(?:\d{1,2}\s*[.)\-–])?[^\w\n]*((?:[^\W\d_]+[ _])*)[^\w\n]*")
_AFTER = re.compile(r"((?: [^\W\d_]+){0,2})(?:[ ]?\([^()\n]{1,40}\))?(?: ?[:\uff1a](?=\s|$)| [-–—](?= ))")
_AGENCY = re.compile(r"\s*[«“\"][^\n«“\"]{1,60}[»”\"][^\w\n]*(?:\n|$)")  # PLACE: “AGENCY”, and nothing else
_END = re.compile(r"[^\w\n]*(?:\n|$)")
_DASHES, _NO_MARKS = "-–—", " \t#_"
_LONGEST = 60  # code points of a line before the end of the name that heads it
Line = Literal["", "entry", "heading", "dateline"]


@dataclass(frozen=True, slots=True)
class Head:
    """How a name heads its line: above others or with its own event behind it.

    ``first``: on the first line; ``listed``: with a mark of a list before it, or a colon at the end of the line above;
    ``colon``: a colon stands behind it, and no dash.
    """

    line: Line
    colon: bool
    first: bool
    listed: bool


def head(sheet: Sheet, span: Span, words: Wording) -> Head | None:
    """How a name heads its line, or None where it heads none."""
    text = sheet.folded[span.passage].given
    start = text.rfind("\n", max(0, span.start - _LONGEST), span.start) + 1
    if start == 0 and span.start > _LONGEST:
        return None
    before, after = _BEFORE.fullmatch(text, start, span.start), _AFTER.match(text, span.end)
    if (
        before is None
        or after is None
        or _AGENCY.match(text, after.end())
        or not _of_place(f"{before[1]} {after[1]}", words)
    ):
        return None
    body = next((region.start for region in sheet.regions[span.passage] if region.role == "body"), 0)
    above, mark = text[body:start].rstrip(), text[start : before.start(1)].strip(_NO_MARKS)
    alone = _END.match(text, after.end()) is not None
    colon = after[0][-1] not in _DASHES
    line: Line = "heading" if alone and colon else "entry"
    return Head(line, colon, first=not above, listed=bool(mark) or above.endswith((":", "\uff1a")))


def _of_place(said: str, words: Wording) -> bool:
    """Whether words are all words of place: "the town of", "countryside"."""
    small = words.cue("article") | words.cue("direction") | words.cue("holding")
    forms = [{key(word), key(word).removeprefix("ال")} for word in re.split(r"[ _]+", said) if word]
    return all(not form.isdisjoint(words.types.keys() | small) for form in forms)


def heads_of(sheet: Sheet, named: Sequence[tuple[Span, str]], words: Wording) -> dict[int, Head]:
    """Which names head lines, by their number: headings, and entries of a list or of several; else as datelines are.

    ``named``: where each name stands, and the name.
    """
    found = {number: one for number, (span, _) in enumerate(named) if (one := head(sheet, span, words))}
    names = {key(named[number][1]) for number, one in found.items() if one.line == "entry"}
    several = len(names) > 1
    return {
        number: one if several or one.listed or one.line == "heading" else replace(one, line="dateline")
        for number, one in found.items()
    }


def put_in_lines(sheet: Sheet, hits: Sequence[Hit], words: Wording) -> None:
    """Make names that head lines of a round-up the scene of those, and keep those that are small beside others."""
    countries = {one.country for hit in hits if not hit.doubtful for one in hit.candidates}
    for number, found in heads_of(sheet, [(hit.span, hit.name) for hit in hits], words).items():
        hit = hits[number]
        if found.line == "dateline":
            continue
        if hit.doubtful and any(one.country in countries for one in hit.candidates):
            hit.doubtful = False
        if hit.role == "dateline":
            hit.role = "scene"
