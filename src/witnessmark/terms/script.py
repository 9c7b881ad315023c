"""Folding of Arabic and Latin script, with the way back to the text as given.

Two spellings fold to the same when people write them for the same word: with or without tashkeel and tatweel, alef
and hamza forms, final ya and alef maqsura, ta marbuta and ha, Persian letter forms, Latin case and accents, digits of
any script. Marks that writers put inside words to dodge moderation (قصـ.ـف, مج.زرة, د1عش) are folded away; every
folded code point knows which code points of the given text it stands for, so spans are always those of the text as
given. What it does not do: it never says two words mean the same, only that they are written alike.

>>> fold("قَصْـ.ـف الرِّقّة").text
'قصف الرقه'
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

_ARABIC_LETTER = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3"
_MARKED = _ARABIC_LETTER + "\u064b-\u0652\u0670"
_SAME = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي",
    "ة": "ه", "ۃ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ؤ": "و", "ئ": "ي", "ک": "ك", "ڪ": "ك", "ﮎ": "ك",
    "گ": "ك", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "ʼ": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ", "ı": "i", "ß": "s", "ø": "o", "ł": "l", "đ": "d",
}  # fmt: skip
# Inside a word these hide it from moderation filters and say nothing; seen in posts as captured (tatweel + dot, slash, star).
# Both patterns begin with the mark and look back from it, so that the search passes over letters at once.
_DODGES = r".·•*_/|\\+~^"
_DODGE = re.compile(
    rf"[\u0640{_DODGES}](?<=[{_MARKED}].)"
    rf"(?:(?<=\u0640)(?:\u0640*[{_DODGES}\-!' ]{{0,4}}\u0640+|\u0640*[{_DODGES}\-!']*)|(?<!\u0640)[{_DODGES}]*\u0640+)(?=[{_ARABIC_LETTER}])"
)
# A dot between letters with no blank is a dodge where one side is a stub; else it ends a sentence typed without a blank.
_STUBS = ".·•*_|+~^"
_STUB = re.compile(
    rf"[{_STUBS}](?<=[{_ARABIC_LETTER}].)"
    rf"(?:(?:(?<=(?<![{_ARABIC_LETTER}])[{_ARABIC_LETTER}].)|(?<=(?<![{_ARABIC_LETTER}])[{_ARABIC_LETTER}]{{2}}.))[{_STUBS}]{{0,2}}(?=[{_ARABIC_LETTER}])"
    rf"|[{_STUBS}]{{0,2}}(?=[{_ARABIC_LETTER}]{{1,2}}(?![{_ARABIC_LETTER}])))"
)
# Digits standing for letters inside an Arabic word (د1عش): the letters they look like. The digit first: it is rare.
_DIGIT_LETTER = re.compile(rf"[10](?<=[{_ARABIC_LETTER}][10])(?=[{_ARABIC_LETTER}])")
# Latin, Arabic and general punctuation: nearly all that posts are written in; the rest is looked up one by one.
_BLOCKS = ((0x00, 0x250), (0x600, 0x700), (0x2000, 0x2070))
_WORD = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*")
# Words of small Latin letters and digits, or of Arabic letters that stand for themselves, one blank between: these fold to
# themselves. (With digits among Arabic letters they do not.)
_SELF = "\u0621\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a"
_FOLDED = re.compile(rf"(?:[a-z0-9]+|[{_SELF}]+)(?: (?:[a-z0-9]+|[{_SELF}]+))*")
_SHORT = 50_000  # code points up to which what a text folds to is kept for a while


@dataclass(frozen=True, slots=True)
class Folded:
    """``given``: the text; ``text``: folded; ``at[i]``: the code point of ``given`` that folded code point i comes from."""

    given: str
    text: str
    at: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A folded span as a span of the text as given (marks that follow the last letter are included)."""
        if start >= end:
            here = self.at[start] if start < len(self.at) else len(self.given)
            return here, here
        given, last = self.given, self.at[end - 1] + 1
        while last < len(given) and unicodedata.combining(given[last]):
            last += 1
        return self.at[start], last

    def forth(self, given: int) -> int:
        """The first folded code point at or after a code point of the text as given."""
        return bisect_left(self.at, given)


@cache
def _one(char: str) -> str:  # noqa: PLR0911 (one return for each kind of code point)
    """What one code point folds to; empty for marks and controls."""
    if char in _SAME:
        return _SAME[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char in "\n\t\r" or " " <= char <= "~":
        return char.lower()
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf") or char == "\u0640":
        return ""
    if category == "Zs" or char in "\u2028\u2029":
        return " "
    parts = unicodedata.normalize("NFKD", char)
    if parts == char:
        return char.lower()
    return "".join(_one(part) for part in parts if part != char)


@cache
def _plain() -> tuple[dict[int, str], re.Pattern[str]]:
    """Code points that fold to exactly one, with what they fold to; and a pattern for all others."""
    folded = {code: _one(chr(code)) for block in _BLOCKS for code in range(*block)}
    single = {code: one for code, one in folded.items() if len(one) == 1}
    return single, re.compile(f"[^{''.join(re.escape(chr(code)) for code in single)}]")


def _hidden(text: str) -> Iterator[int]:
    """Code points that only hide a word from filters."""
    for pattern in (_DODGE, _STUB):
        for found in pattern.finditer(text):
            yield from range(found.start(), found.end())


_NAMED = re.compile(r"[^\W_]+")


def fold(text: str) -> Folded:
    """The text folded, with the way back. Linear in the length of the text; never raises."""
    return _kept(text) if len(text) <= _SHORT else _fold(text)


@lru_cache(maxsize=16)
def _kept(text: str) -> Folded:
    """One passage is folded by several steps in turn."""
    return _fold(text)


def _ascii(text: str) -> str:
    """What a text of plain Latin letters folds to: small letters, and one apostrophe in the stead of a grave accent."""
    return text.lower().replace("`", "'")


def _fold(text: str) -> Folded:
    if text.isascii():
        return Folded(given=text, text=_ascii(text), at=range(len(text)))
    single, other = _plain()
    folded = text.translate(single)
    apart = dict.fromkeys(_hidden(text), "")
    apart.update(
        (found.start(), "ا" if found.group() == "1" else "و")
        for found in _DIGIT_LETTER.finditer(text)
        if found.start() not in apart
    )
    apart.update((found.start(), _one(found.group())) for found in other.finditer(text) if found.start() not in apart)
    if not apart:
        return Folded(given=text, text=folded, at=range(len(text)))
    out: list[str] = []
    at: list[int] = []
    last = 0
    for index in sorted(apart):
        out += (folded[last:index], apart[index])
        at.extend(range(last, index))
        at.extend([index] * len(apart[index]))
        last = index + 1
    out.append(folded[last:])
    at.extend(range(last, len(text)))
    return Folded(given=text, text="".join(out), at=at)


def folded_already(text: str) -> bool:
    """Whether a text is plain words in their folded form; False where that is not certain at a glance."""
    return _FOLDED.fullmatch(text) is not None


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """The folded form of a name, words single-spaced: equal keys mean the same spelling."""
    if text.isascii():
        return " ".join(_ascii(text).split())
    if folded_already(text):
        return text
    return " ".join(fold(text).text.split())


def told(text: str) -> list[str]:
    """The folded words of a short text, less all that is no letter or digit."""
    return _NAMED.findall(key(text))


@lru_cache(maxsize=50_000)
def squeezed(name: str) -> str:
    """A name's folded letters and digits alone: ``@Valley_Watch`` and "Valley Watch" are the same."""
    return "".join(char for char in key(name) if char.isalnum())


def words(text: Folded) -> list[tuple[int, int]]:
    """Spans, in the folded text, of its words."""
    return [found.span() for found in _WORD.finditer(text.text)]
