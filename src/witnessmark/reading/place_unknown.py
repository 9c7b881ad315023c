"""Names that a word of place makes places though no gazetteer knows them: "the village of X", "قرية X", "X neighbourhood".

The rule: in Arabic the name follows its word of place, one word or, after the first words that names of places begin
with (تل، خربة، بير), two; in quotation marks, all they hold. In Latin script the name has capitals and stands before the
word or after its "of". Words that are no names are listed in the packs. Such a name is a place in words: nothing is
known of where it lies.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from witnessmark.reading.place_words import Wording
from witnessmark.terms.anchor import Span
from witnessmark.terms.script import Folded

_ARABIC = "\u0621-\u064a"
_QUOTED = re.compile(r"[ #(]*\"([^\"\n]{3,40})\"")
_NEXT = re.compile(rf"[ #(\"]+([{_ARABIC}_]{{2,}})(?: ([{_ARABIC}_]{{2,}}))?(?: ([{_ARABIC}_]{{2,}}))?")
_LATIN_NAME = r"(?:[AEae]l[ -])?[A-Z][\w'’]+(?:[ -](?:(?:al|el|[ae][dlnrstz]|ash|ez)[ -])?[A-Z][\w'’]+){0,3}"
_OF = re.compile(rf" of [\"'“‘]?({_LATIN_NAME})")
_AND_LATIN = re.compile(rf"(?:,? and|,) ({_LATIN_NAME})")
_AND_NEXT = re.compile(rf" ?,? و([{_ARABIC}_]{{3,}})(?: ([{_ARABIC}_]{{2,}}))?")
_BEFORE = re.compile(rf"({_LATIN_NAME})[\"'”’]?(?: Refugee| refugee| Residential| residential)? $")
_GLUED_ARTICLES = ("بال", "لل", "وال", "فال", "كال")
_LEAST = 3  # letters of a name
_MOST_WORDS = 4
_MOST_LISTED = 6  # names behind the first of a list
_REACH = 60


def named_by_type(folded: Folded, sentence: Span, words: Wording) -> Iterator[tuple[int, int]]:
    """Spans, in the folded text, of names that a word of place beside them makes places."""
    start, end = folded.forth(sentence.start), folded.forth(sentence.end)
    for found in _types(words.naming).finditer(folded.text, start, end):
        if found.group(1).isascii():
            yield from _latin(folded, found, (start, end), words)
        else:
            span = _arabic(folded.text, found.end(), end, words)
            if span:
                yield span
                yield from _arabic_list(folded.text, span[1], end, words) if _several(found, words) else ()


def _several(found: re.Match[str], words: Wording) -> bool:
    """Whether a word of place speaks of more than one: "villages", "قرى"."""
    return found.group(1) in words.cue("several")


def _arabic_list(text: str, here: int, end: int, words: Wording) -> Iterator[tuple[int, int]]:
    """The further names behind "the villages of X": each one word with "and" before it, or two as names begin."""
    for _ in range(_MOST_LISTED):
        found = _AND_NEXT.match(text, here, end)
        if not found or _no_name(found.group(1), words) or found.group(1) in words.cue("trigger"):
            return
        last = 2 if found.group(1) in words.beginnings and found.group(2) else 1
        yield found.start(1), found.end(last)
        here = found.end(last)


def beside_known(folded: Folded, sentence: Span, here: int, words: Wording) -> tuple[int, int] | None:
    """A Latin name that no gazetteer knows, between a word such as "in" and a known place that holds it: "near X, Aleppo".

    ``here``: where the known place begins, in the text as given.
    """
    start = max(sentence.start, here - _REACH)
    found = _held(words.cue("trigger"), words.cue("link")).search(folded.given[start:here])
    parts = found.group(1).lower().split() if found else ()
    if not found or any(part in words.stop or part in words.not_names for part in parts):
        return None
    return folded.forth(start + found.start(1)), folded.forth(start + found.end(1))


@lru_cache(maxsize=8)
def _held(triggers: frozenset[str], links: frozenset[str]) -> re.Pattern[str]:
    """A capitalised name between a word that places stand behind and a comma or a word of direction."""
    before, behind = (
        "|".join(sorted((re.escape(word) for word in some if word.isascii()), key=lambda word: (-len(word), word)))
        for some in (triggers, links)
    )
    return re.compile(rf"(?<![^\W_])(?i:{before}) ({_LATIN_NAME})(?:,|,? (?:{behind})) $")


@lru_cache(maxsize=8)
def _types(naming: frozenset[str]) -> re.Pattern[str]:
    """The words of place, whole; Arabic ones with the letters written together with them."""
    arabic = "|".join(
        sorted((re.escape(word) for word in naming if not word.isascii()), key=lambda word: (-len(word), word))
    )
    latin = "|".join(
        sorted((re.escape(word) for word in naming if word.isascii()), key=lambda word: (-len(word), word))
    )
    return re.compile(rf"(?<![^\W_])(?:[وف]?[بل]?(?=(?:{arabic})\b))?({arabic}|{latin})(?![^\W_])")


def _arabic(text: str, here: int, end: int, words: Wording) -> tuple[int, int] | None:
    """The name after an Arabic word of place."""
    quoted = _QUOTED.match(text, here, end)
    if quoted:
        name = quoted.group(1).strip().split()
        fits = 0 < len(name) <= _MOST_WORDS and not _no_name(name[0], words)
        return quoted.span(1) if fits and quoted.group(1) == quoted.group(1).strip() else None
    found = _NEXT.match(text, here, end)
    if not found or _no_name(found.group(1), words):
        return None
    last = 1
    while last < 3 and found.group(last) in words.beginnings and found.group(last + 1):
        last += 1
    if found.end(last) - found.start(1) < _LEAST:
        return None
    return found.start(1), found.end(last)


def _no_name(word: str, words: Wording) -> bool:
    """Whether an Arabic word cannot begin a name: a word of direction, of number, a verb, or one with a preposition."""
    if word in words.beginnings:
        return False
    forms = {word, word.removeprefix("ال"), word[1:] if word[0] in "بلوف" else word}
    return word.startswith(_GLUED_ARTICLES) or bool(forms & words.not_names)


def _latin(
    folded: Folded, found: re.Match[str], sentence: tuple[int, int], words: Wording
) -> Iterator[tuple[int, int]]:
    """The name before an English word of place, or after its "of"; read in the text as given, for its capitals."""
    start, end = folded.at[found.start(1)], folded.back(*found.span(1))[1]
    first = folded.back(sentence[0], sentence[0])[0]
    after = _OF.match(folded.given, end)
    if after:
        yield from _trimmed(folded, after.group(1), after.start(1), words)
        end = after.end(1)
        while _several(found, words) and (after := _AND_LATIN.match(folded.given, end)):
            yield from _trimmed(folded, after.group(1), after.start(1), words)
            end = after.end(1)
        return
    before = _BEFORE.search(folded.given[max(first, start - _REACH) : start])
    if before:
        yield from _trimmed(folded, before.group(1), max(first, start - _REACH) + before.start(1), words)


def _trimmed(folded: Folded, name: str, start: int, words: Wording) -> Iterator[tuple[int, int]]:
    """A Latin name less the words at its beginning that are none of a name ("Northern", "The")."""
    parts = list(re.finditer(r"[^\s]+", name))
    while parts and parts[0].group().lower() in words.not_names:
        parts.pop(0)
    if parts and not all(part.group().lower() in words.not_names for part in parts):
        yield folded.forth(start + parts[0].start()), folded.forth(start + len(name))
