"""Keys of place names: what spellings of one name have in common, in Arabic and Latin script.

Three tiers. ``near``: folded letters, the article at the beginning left out (الرقة, رقة; al-Bab, Bab). ``far``: for Latin
script, what transliterations of Arabic share (Khan Sheikhoun, Khan Shaykhun). ``bones``: the consonants that every
spelling shares, in either script (خان شيخون). Far keys and bones bring together names that are not the same, too; they
only propose.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from witnessmark.terms.ports import Entry
from witnessmark.terms.script import folded_already, key

_ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|esh|ad|an|at|az|ul)[\s\-']+(?=\w{2})")
_INNER_ARTICLE = re.compile(r"[\s\-'](?:al|el|ar|as|ash|ad|an|at|az|ez|ed|es|ul|eth)[\s\-']+(?=\w)")
_BREAKS = re.compile(r"[\-_/.]+")
_SILENT = re.compile(r"['’ʿʾ`\"]")
_LATIN = re.compile(r"[a-z]")
_FEW_BONES = 3  # consonants that many names share
_LEAST = 3  # letters of the second half of a name written as one word
# Consonants as transliterations write them, those that are confused taken for one; vowels, w, y, h and ayn are written or not.
_LETTERS = {
    "b": ("ب", "پ", "p"),
    "f": ("ف", "v"),
    "t": ("ث", "ت", "ط"),
    "j": ("ج", "چ", "غ", "گ"),
    "s": ("س", "ص", "ش"),
    "d": ("د", "ذ", "ض", "ظ"),
    "r": ("ر",),
    "z": ("ز",),
    "l": ("ل",),
    "m": ("م",),
    "n": ("ن",),
    "k": ("ك", "ق", "خ", "q", "c"),
}
_BONES = str.maketrans({letter: bone for bone, letters in _LETTERS.items() for letter in letters})
_PAIRS = (
    (re.compile("[sc]h"), "s"),
    (re.compile("kh"), "k"),
    (re.compile("gh|dj|g"), "j"),
    (re.compile("[dt]h"), lambda two: two[0][0]),
)
_NO_BONE = re.compile("[^bdfjklmnrstz]")
_ARABIC_ARTICLE = re.compile(r"(?<![^\W_])ال(?=\w{3})")
_DOUBLED = re.compile(r"(.)\1+")
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


def first_words(tables: Mapping[str, Iterable[Entry]]) -> frozenset[str]:
    """The folded first words of longer names, as a pack's tables list them."""
    return frozenset(key(row.key) for row in tables.get("place_beginnings", ()))


def respaced(name: str, beginnings: Collection[str]) -> Iterator[str]:
    """Near keys of a name whose first word writers join to the next or not: "كفر نوران", "كفرنوران".

    ``beginnings``: folded first words of longer names.
    """
    folded = near(name)
    first, _, rest = folded.partition(" ")
    if rest and first in beginnings and not first[0].isascii():
        yield first + rest
    if not rest and not first[:1].isascii():
        cuts = (cut for cut in range(2, len(first) - _LEAST + 1) if first[:cut] in beginnings)
        yield from (f"{first[:cut]} {first[cut:]}" for cut in cuts)


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
def bones(name: str) -> str:
    """The consonants that all spellings of a name share, in order, doubled ones once; empty for other scripts."""
    folded = _INNER_ARTICLE.sub(" ", " " + _SILENT.sub("", key(name)))
    folded = _ARABIC_ARTICLE.sub("", folded)
    for pair, one in _PAIRS:
        folded = pair.sub(one, folded)
    return _DOUBLED.sub(r"\1", _NO_BONE.sub("", folded.translate(_BONES)))


def spelled_alike(name: str, others: Iterable[str]) -> bool:
    """Whether two names of the same bones may well be one: four consonants or more, or one letter between their spellings."""
    return len(bones(name)) > _FEW_BONES or any(_one_letter(near(name), near(other)) for other in others)


def _one_letter(one: str, other: str) -> bool:
    """Whether one word becomes another by one letter more, less or changed."""
    short, long = sorted((one, other), key=len)
    at = next((number for number, char in enumerate(short) if char != long[number]), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


@lru_cache(maxsize=50_000)
def _shared(word: str) -> str:
    """What transliterations of one word share; words come again in many names."""
    for pattern, instead in _FAR:
        word = pattern.sub(instead, word)
    return word
