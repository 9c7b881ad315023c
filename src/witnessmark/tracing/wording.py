"""Words as they are compared with those of other texts: folded, and with what reposts change taken away.

Addresses, handles and rows of three hashtags or more are left out. Marks between the letters of a word, letters set apart by blanks,
and digits or letters of another script that stand in a word for letters they look like are folded back, so that a text that was
written around a filter has the words of the text it copies. Reading never sees these words. What it does not say: that two words mean
the same, or what a hidden word was; dots are not told apart in what is *hashed* (:func:`bare`), so that seven and nine are alike there.

>>> [word for word, _, _ in compared("The sh3lls hit t.me/x at #one #two #three n o o n")]
['the', 'shells', 'hit', 'at', 'noon']
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from witnessmark.terms.script import fold

Word: TypeAlias = tuple[str, int, int]  # as compared, and where it begins and ends in the text as given

_ARABIC = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3"
_ASIDE = re.compile(
    r"(?:https?://|www\.|(?<![\w.-])[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){0,3}\.(?:com|org|net|info|me|be|ly|co|tv)\b/?)[^\s<>\"]*|(?<![\w@])@[\w.]{2,}|#\w+(?:[\s,|]*#\w+){2,}"
)
# A word; marks between letters join, be they of Arabic letters or of a Latin word with a sign in a letter's stead.
_TOKEN = re.compile(rf"[^\W_]+(?:(?:[.·•*|+~^]{{1,2}}(?=[a-z{_ARABIC}])|[!$@'](?=[a-z]))[^\W_]+)*")
_SPACED = re.compile(r"(?<![\w'])[^\W\d_](?: [^\W\d_]){3,}(?!\w)")
_MIXED = re.compile(rf"[0-9a-z\u0370-\u04ff](?=[{_ARABIC}])|(?<=[{_ARABIC}])[0-9a-z\u0370-\u04ff]")
_SIGN = re.compile(r"(?<=[a-z])[0134578!$@](?=[a-z])")
_OTHER = re.compile(rf"[^{_ARABIC}0-9]")
_PARTS = re.compile(rf"[0-9]+(?=[{_ARABIC}]|$)|[^0-9]+(?:[0-9][^0-9]+)*|[0-9]+")
_LIKE_ARABIC = str.maketrans({
    "0": "و", "1": "ا", "2": "ء", "3": "ع", "5": "خ", "6": "ط", "7": "ح", "9": "ق", "8": "ق", "4": "ء", "o": "ه", "l": "ا", "i": "ا",
    "j": "ل", "w": "س", "u": "ن", "v": "ن", "g": "و", "c": "ع", "e": "ع",
})  # fmt: skip
_LIKE_LATIN = str.maketrans({
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "!": "i", "$": "s", "@": "a",
})  # fmt: skip
# Cyrillic and Greek letters in small case that look like a Latin one (https://www.unicode.org/Public/security/latest/confusables.txt).
_ALIEN = str.maketrans("аеорсухіјѕһԁԛԝкмтвнοαρυνικτε", "aeopcyxijshdqwkmtbhoapyvikte")
# Letters that one stroke without its dots stands for (the rasm), as posts without dots are written.
_STROKES = {
    "ٮ": "ب ت ث ن پ ٹ ٺ ٻ ټ ٽ ٿ ڀ ں ي ى ئ ٮ",
    "ح": "ج ح خ چ ڃ ڄ څ ڇ ڿ",
    "د": "د ذ ڈ ڊ ڌ ڍ ڎ",
    "ر": "ر ز ژ ڑ ړ ڕ ږ ڗ ڙ",
    "س": "س ش ښ ڛ ڜ",
    "ص": "ص ض ڝ ڞ",
    "ط": "ط ظ ڟ",
    "ع": "ع غ ڠ",
    "ٯ": "ف ق ڡ ٯ ڢ ڣ ڤ ڥ ڦ ڧ ڨ",
    "ك": "ك گ ڭ ڬ ڮ",
}
_STROKE = str.maketrans({letter: stroke for stroke, letters in _STROKES.items() for letter in letters.split()})
_LONGEST = 40  # code points of a word; what is longer is no word, and is kept by its beginning


def compared(text: str) -> list[Word]:
    """The words of a text as they are compared, in order. Linear in the text."""
    folded = fold(text)
    told = folded.text
    if "." in told or "/" in told or "@" in told or "#" in told:
        told = _ASIDE.sub(_blank, told)
    spaced = dict(_joined(told))
    out: list[Word] = []
    at = 0
    for found in _TOKEN.finditer(told):
        start, end = found.span()
        if start < at:
            continue
        whole = found.group()
        if start in spaced:
            end = spaced[start]
            whole = told[start:end].replace(" ", "")
        at = end
        for word, first, last in _words(whole, start, end):
            out.append((word, *folded.back(first, last)))
    return out


def _blank(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())


def _joined(told: str) -> Iterator[tuple[int, int]]:
    """Where a word begins whose letters stand apart, and where it ends."""
    for found in _SPACED.finditer(told):
        yield found.span()


def _words(whole: str, start: int, end: int) -> Iterator[Word]:
    """A token as the words it holds: a figure written onto an Arabic word is a word of its own."""
    if whole.isalpha() and (whole.isascii() or not _MIXED.search(whole)):
        yield _plain(whole), start, end
        return
    if not _arabic(whole):
        yield _plain(whole), start, end
        return
    for part in _PARTS.finditer(whole):
        word = _plain(part.group())
        if word:
            yield word, start + part.start(), min(end, start + part.end())


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    """One word, what stands in it for letters taken for these."""
    word = word[:_LONGEST]
    if word.isdigit() or (word.isalpha() and word.isascii()):
        return word
    if _arabic(word):
        return _OTHER.sub("", word.translate(_LIKE_ARABIC))
    if not word.isascii():
        word = word.translate(_ALIEN)
    word = _SIGN.sub(lambda sign: sign.group().translate(_LIKE_LATIN), word)
    return word if word.isalnum() else "".join(filter(str.isalnum, word))


def _arabic(word: str) -> bool:
    return any("\u0600" <= char <= "\u06ff" for char in word)


@lru_cache(maxsize=200_000)
def bare(word: str) -> str:
    """A word as it is hashed: Arabic letters without their dots, and l for i, since a digit one stands for both."""
    return word.translate(_STROKE).replace("i", "l")
