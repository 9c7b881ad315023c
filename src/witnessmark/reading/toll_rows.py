"""Lists of the dead or hurt that hold names alone: numbered in one row, or one a line.

The rule: behind words that announce names of the killed or of the injured, numbers that count up from one begin an entry
each; without numbers every following line that holds nothing but a name is one, up to the first that holds more. Two
entries at the least make a list. An entry such as "unidentified" is a person without a name. What it does not prove: that
the list is whole, so that its number is a floor.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from witnessmark.reading.toll_marks import Mark
from witnessmark.reading.victim_words import Vocabulary

_NUMBER = re.compile(r"(?:(?<=[\s:])|\A)\(?(\d{1,3})\s?[-–.)/ـ]+\s*(?=[^\W\d])")
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"[\s•●▪*\-–—_🔻🔹🔸]*")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]\n]{1,60}[)\]]\s*$")
_ENDS = re.compile(r"[.،,;؛]|\s[-–—]\s")
_PARTICLE = r"(?:(?:[AaEe][lnrstdz]|[Aa][sd]h|bin|bint|ibn|[Aa]bu?|[Uu]mm?)[ \-])?"
_LATIN = re.compile(rf"{_PARTICLE}[A-Z][\w’'\-]++(?: {_PARTICLE}[A-Z][\w’'\-]++)*")
_ARABIC = re.compile(r"[\u0621-\u0652\u0640]{2,}(?: [\u0621-\u0652\u0640]{2,})*")
_FEWEST, _MOST_WORDS, _NUMBERED_WORDS, _LEAST = 2, 6, 9, 2

Entry = tuple[int, int, int]  # where an entry begins, where its name ends, where it ends itself


def entries(text: str, start: int, end: int, marks: Sequence[Mark], known: Vocabulary) -> list[Entry]:
    """The entries of a list that words ending at ``start`` announce; none where there is no list."""
    found = list(_numbered(text, start, end)) or list(_lines(text, start, end, marks, known))
    return found if len(found) >= _FEWEST else []


def unnamed(text: str, entry: Entry, known: Vocabulary) -> bool:
    """Whether an entry says that nobody knows the person's name."""
    return any("unnamed" in hit.roles for hit in known.find(text, entry[0], entry[2]))


def _numbered(text: str, start: int, end: int) -> Iterator[Entry]:
    """Entries that begin with one, two, three and so on."""
    starts: list[tuple[int, int]] = []
    for hit in _NUMBER.finditer(text, start, end):
        if int(hit.group(1)) == len(starts) + 1:
            starts.append((hit.start(), hit.end()))
    for number, (_, low) in enumerate(starts):
        high = starts[number + 1][0] if number + 1 < len(starts) else end
        line = text.find("\n", low, high)
        yield _entry(text, low, line if line >= 0 else high)


def _lines(text: str, start: int, end: int, marks: Sequence[Mark], known: Vocabulary) -> Iterator[Entry]:
    """Lines that hold a name alone, from the first behind the announcement to the first that holds more."""
    head = text.find("\n", start, end)
    if head < 0 or not text[start:head].rstrip().endswith(":"):
        return
    harms = [mark.start for mark in marks if mark.kind in {"harm", "figure"}]
    for line in _LINE.finditer(text, head, end):
        bullet = _BULLET.match(text, line.start(), line.end())
        entry = _entry(text, bullet.end() if bullet else line.start(), line.end())
        words = text[entry[0] : entry[1]]
        if not words:
            continue
        hits = known.find(text, entry[0], entry[1])
        few = _LEAST <= len(words.split()) <= _MOST_WORDS
        named = few and (_LATIN.fullmatch(words) or _ARABIC.fullmatch(words))
        said = bisect_left(harms, entry[0]) < bisect_left(harms, entry[1]) or any(
            {"stop", "not-name"} & hit.roles for hit in hits
        )
        if not any("unnamed" in hit.roles for hit in hits) and (not named or said):
            return
        yield entry


def _entry(text: str, low: int, high: int) -> Entry:
    """An entry without the blanks around it; its name ends before brackets, a comma or a dash."""
    while high > low and (text[high - 1].isspace() or text[high - 1] in ".,،;؛"):
        high -= 1
    brackets = _BRACKETS.search(text, low, high)
    name = brackets.start() if brackets else high
    ends = _ENDS.search(text, low, name)
    name = ends.start() if ends else name
    words = [*re.finditer(r"\S+", text[low:name])][:_NUMBERED_WORDS]
    return low, low + words[-1].end() if words else low, high
