"""Victims: people whom a text names as dead or injured, one record each.

The rule: a name is a victim's where a word of harm is said of it ("killing NAME", "NAME was killed"), where its loss is
mourned, where words announce names of the harmed, where an age stands beside it in a sentence of harm, and where it
stands in one row with such a name. Whose word a sentence is (its source), parties, places and the owners of houses are
no victims by being named. The kind of harm is that of the word that governs the name. What it does not prove: that the
person died; it says that this text says so. Nobody is identified here: a name is kept as written.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.reading.patterns import patterns
from witnessmark.reading.sheet import Sheet
from witnessmark.reading.toll_marks import Line, Mark
from witnessmark.reading.tolls import Told
from witnessmark.reading.victim_names import Name, listed, may_name, names
from witnessmark.reading.victim_words import Vocabulary, Words, vocabulary
from witnessmark.terms.anchor import Span
from witnessmark.terms.ports import Larder
from witnessmark.terms.reading import Reading
from witnessmark.terms.toll import Harm
from witnessmark.terms.victim import Victim
from witnessmark.terms.why import Why

_REACH = 120  # code points between a name and the word of harm said of it
_SENTENCE = 4000  # code points of a sentence that line breaks cut
_ROW = 140  # code points between two names of one row
_AND = "و"  # and, written together with the next name
_MOST = 1000  # people of one text
_NEAR = 24  # code points at the end of a line in which the last word stands
_GOES_ON = 3  # sentences without a word of harm over which a row of names may run


@dataclass(slots=True)
class _Run:
    """What the sentences before have told: the last kind of harm, how many sentences ago, and the last victim."""

    kind: Harm | None = None
    since: int = 0

    def hear(self, line: Line) -> None:
        """Take note of the harm a sentence tells."""
        self.since = 0 if line.harms else self.since + 1
        kinds = [kind for mark in line.harms if (kind := _kind(mark))]
        if kinds:
            self.kind = kinds[-1]


def victims(sheet: Sheet, reading: Reading, passages: Sequence[Told], larder: Larder) -> tuple[Victim, ...]:
    """The victims an item names, in order. ``passages``: its sentences with their marks, as tolls are read from them."""
    found: list[Victim] = []
    taken = _taken(reading)
    for told in passages:
        if told.names or any(line.harms for _, line in told.lines):
            found += _in_passage(sheet, reading, told, taken, larder)
    return tuple(sorted(found, key=lambda one: one.span)[:_MOST])


def _in_passage(sheet: Sheet, reading: Reading, told: Told, taken: Sequence[Span], larder: Larder) -> Iterator[Victim]:
    """The victims of one passage: those of its sentences, and those of a list of people harmed."""
    ages = patterns(larder, "victim_ages")
    number = told.lines[0][0].passage
    known = vocabulary(larder)
    for one, kind in listed(told, known, ages):
        yield _victim(sheet, reading, Span(passage=number, start=one.start, end=one.end), one, kind, "victims.listed")
    run = _Run()
    for span, line in _whole([row for row in told.lines if not (told.names and told.names.covers(row[0]))], known):
        run.hear(line)
        if run.kind is None or not may_name(line):
            continue
        words = Words(line, known)
        heard = line.harms or run.since <= _GOES_ON or words.between(line.start, line.end, "named")
        if not heard:
            continue
        free = [one for one in names(line, words, ages) if one.relation or not _overlaps(taken, span.passage, one)]
        free = [one for one in free if not (told.names and told.names.holds(one.start))]
        for one, kind, rule in _harmed(line, free, words, run):
            yield _victim(sheet, reading, Span(passage=number, start=one.start, end=one.end), one, kind, rule)


def _whole(lines: Sequence[tuple[Span, Line]], known: Vocabulary) -> Iterator[tuple[Span, Line]]:
    """The sentences, those joined that a line break before a name cut: the first ends in a comma or in words that a name follows."""
    held: tuple[Span, Line] | None = None
    for span, line in lines:
        if held and held[0].passage == span.passage and _goes_on(held[1], span.start, known):
            whole = Line(line.text, held[1].start, line.end, [*held[1].marks, *line.marks], arabic=line.arabic)
            held = Span(passage=span.passage, start=held[0].start, end=span.end), whole
            continue
        if held:
            yield held
        held = span, line
    if held:
        yield held


def _goes_on(line: Line, start: int, known: Vocabulary) -> bool:
    """Whether a sentence is not at its end where its line is."""
    end = line.end
    while end > line.start and line.text[end - 1].isspace():
        end -= 1
    if end - line.start > _SENTENCE or line.text[end:start].count("\n") != 1:
        return False
    if line.text[start] in "(,،":
        return True
    near = known.find(line.text, max(line.start, end - _NEAR), end)
    return line.text[end - 1] in ",،" or any(hit.end == end and {"before", "row", "named"} & hit.roles for hit in near)


def _taken(reading: Reading) -> list[Span]:
    """What names something or somebody else: parties, places, times, and whose word a sentence is."""
    spans = [one.span for one in reading.actors] + [one.span for one in reading.moments]
    spans += [one.span for one in reading.places]
    spans += [one.source_span for one in reading.statements if one.source_span]
    return sorted(spans)


def _overlaps(taken: Sequence[Span], passage: int, name: Name) -> bool:
    """Whether most of a name is something else's: a family is often called as a town is."""
    first = bisect_left(taken, (passage, name.start - 200), key=lambda one: (one.passage, one.start))
    covered = 0
    for span in taken[first:]:
        if (span.passage, span.start) >= (passage, name.end):
            break
        covered += max(0, min(span.end, name.end) - max(span.start, name.start))
    return 2 * covered > name.end - name.start


def _harmed(line: Line, found: Sequence[Name], words: Words, run: _Run) -> Iterator[tuple[Name, Harm, str]]:
    """Those of a sentence's names that are victims', with the kind of harm and the rule."""
    alone = [one for one in found if not (one.several or one.age is not None or one.relation)]
    owners = [(one.start, one.end + 2) for one in found if one.owner or one.alias or one in alone]
    last: tuple[Name, Harm] | None = None
    for one in found:
        if one.owner or one.alias:
            continue
        said = _said(line, one, words)
        row = last if last and _in_row(line, last[0], one, words, owners) else None
        kind = said or (row[1] if row else None)
        rule = "victims.of-harm" if said else "victims.in-a-row" if row else ""
        if kind is None and (one.age is not None or _announced(line, one, words)):
            kind, rule = _nearest(line, one) or run.kind, "victims.beside-harm"
        if kind is None or not (one.several or one.age is not None or one.relation):
            continue
        last = (one, kind)
        yield one, kind, rule


def _said(line: Line, one: Name, words: Words) -> Harm | None:
    """The harm said of a name: by a word before it ("killing NAME", "mourned NAME") or behind it ("NAME was killed")."""
    for mark in line.back(one.start):
        if one.start - mark.end > _REACH:
            break
        if mark.kind == "harm" and _kind(mark):
            if mark.field("side") in ("after", "self", "either", "toll") and words.nothing_but(
                mark.end, one.start, "before", "each", masked=_figures(line)
            ):
                return _kind(mark)
            break
    for hit in words.between(max(line.start, one.start - _REACH), one.start, "mourned"):
        if words.nothing_but(hit.end, one.start, "before", masked=_figures(line)):
            return "killed"
    for mark in line.ahead(one.end_of_all):
        if mark.start - one.end_of_all > _REACH:
            break
        if mark.kind == "harm" and _kind(mark):
            fits = mark.field("side") in ("either", "before") and words.nothing_but(one.end_of_all, mark.start, "said")
            return _kind(mark) if fits else None
    return None


def _figures(line: Line) -> list[tuple[int, int]]:
    """Numbers and measures of age, which may stand between a word of harm and a name."""
    return [(mark.start, mark.end) for mark in line.marks if mark.kind == "figure" or mark.field("sort") == "age"]


def _kind(mark: Mark) -> Harm | None:
    kind = mark.field("kind")
    return "killed" if kind == "killed" else "injured" if kind == "injured" else None


def _announced(line: Line, one: Name, words: Words) -> bool:
    """Whether words before a name announce those harmed: "the victims were named as"."""
    hits = words.between(max(line.start, one.start - _REACH), one.start, "named")
    return any(words.nothing_but(hit.end, one.start, "before", "row", masked=_figures(line)) for hit in hits)


def _nearest(line: Line, one: Name) -> Harm | None:
    """The kind of the nearest word of harm of a sentence."""
    near = min(
        (mark for mark in line.harms if _kind(mark)),
        key=lambda mark: max(mark.start - one.end, one.start - mark.end),
        default=None,
    )
    return _kind(near) if near else None


def _in_row(line: Line, before: Name, one: Name, words: Words, owners: Sequence[tuple[int, int]]) -> bool:
    """Whether two names stand in one row: commas, "and", ages and words for relatives between them."""
    if one.start - before.end > _ROW:
        return False
    masked = [*_figures(line), *owners, (before.end, before.end_of_all)]
    masked += [(one.start - 1, one.start)] * (line.text[one.start - 1] == _AND)
    return words.nothing_but(before.end, one.start, "row", "before", masked=masked)


def _victim(sheet: Sheet, reading: Reading, span: Span, one: Name, kind: Harm, rule: str) -> Victim:
    return Victim(
        span=span, name=" ".join(sheet.words(span).split()), kind=kind, why=Why(rule=rule), age=one.age, sex=one.sex,
        other_script=one.other_script, child=one.child, relation=one.relation, role=one.role, statement=_statement(reading, span),
    )  # fmt: skip


def _statement(reading: Reading, span: Span) -> int | None:
    """The innermost statement in whose words a name stands."""
    at = bisect_right(
        reading.statements, (span.passage, span.start), key=lambda one: (one.span.passage, one.span.start)
    )
    inside = [index for index in range(max(0, at - 8), at) if reading.statements[index].content.covers(span)]
    return inside[-1] if inside else None
