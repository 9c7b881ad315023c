"""Keys of place names: what spellings of one name have in common, in Arabic and Latin script.

Two tiers. ``near``: folded letters, the article at the beginning left out (الرقة, رقة; al-Bab, Bab). ``far``: for Latin
script, what transliterations of Arabic share (Khan Sheikhoun, Khan Shaykhun). A far key brings together names that are
not the same, too; it only proposes.
"""

import re
from functools import lru_cache

from witnessmark.terms.script import folded_already, key

_ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|esh|ad|an|at|az|ul)[\s\-']+(?=\w{2})")
_INNER_ARTICLE = re.compile(r"[\s\-'](?:al|el|ar|as|ash|ad|an|at|az|ez|ed|es|ul|eth)[\s\-']+(?=\w)")
_BREAKS = re.compile(r"[\-_/.]+")
_SILENT = re.compile(r"['’ʿʾ`\"]")
_LATIN = re.compile(r"[a-z]")
_FAR = (
    (re.compile(r"(?:ou|oo|ow|uw)"), "u"), (re.compile(r"(?:ee|ei|ey|ay|ai|iy|y|e)"), "i"), (re.compile(r"aa"), "a"),
    (re.compile(r"dh|th(?=a)"), "d"), (re.compile(r"q|ck|c(?!h)"), "k"), (re.compile(r"ph"), "f"), (re.compile(r"j|dj"), "j"),
    (re.compile(r"(.)\1+"), r"\1"), (re.compile(r"i?a?h\b"), "a"), (re.compile(r"ia\b"), "a"),
)  # fmt: skip


@lru_cache(maxsize=200_000)
def near(name: str) -> str:
    """Folded, single-spaced, without the article at its beginning."""
    plain = folded_already(name)
    folded = name if plain else " ".join(_BREAKS.sub(" ", _SILENT.sub("", key(name))).split())
    if folded.startswith("ال") and len(folded) > 4:
        return folded[2:]
    return folded if plain and " " not in folded else _ARTICLE.sub("", folded)


def inner(word: str) -> str:
    """A folded word as it stands in keys behind the first."""
    return _SILENT.sub("", word)


def far(name: str) -> str | None:
    """What transliterations share, marked so that it never meets a near key; None for other scripts and short names."""
    folded = _INNER_ARTICLE.sub(" ", " " + _SILENT.sub("", key(name))).strip()
    folded = _BREAKS.sub(" ", _ARTICLE.sub("", folded))
    if not _LATIN.search(folded) or len(folded) < 5:
        return None
    return "~" + "".join(map(_shared, folded.split()))


@lru_cache(maxsize=50_000)
def _shared(word: str) -> str:
    """What transliterations of one word share; words come again in many names."""
    for pattern, instead in _FAR:
        word = pattern.sub(instead, word)
    return word
