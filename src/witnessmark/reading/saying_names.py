"""Names that a text may mean by whom it has its matter: what stands in a sentence as the name of an outlet or a body would.

Words with capital letters in a row, names in quotation marks, and words behind a noun for press ("صحيفة …"), each as keys; which of them are
outlets of the case is known only where the whole case is. What it does not prove: that a name credited anybody.
"""

import re
from collections.abc import Iterator, Sequence

from witnessmark.terms.ports import Hit
from witnessmark.terms.script import key

_CAPITALS = re.compile(
    r"[A-Z][\w'’.&-]*(?:\s+(?:(?:of|for|the|and|on)\s+){0,2}[A-Z][\w'’.&-]*){0,6}"
)  # "Network for Human Rights"
_QUOTED = re.compile(r"[«“\"]([^«»“”\"\n]{3,60})[»”\"]")
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONGEST = 5  # words of a name behind a noun for press
_MOST = 8  # names of one sentence


def names_in(sentence: str, nouns: Sequence[Hit], start: int) -> tuple[str, ...]:
    """Keys of the names in a sentence. ``nouns``: words for press in its passage; ``start``: where it begins there."""
    found = dict.fromkeys(name for name in _names(sentence, nouns, start) if len(name) > 2)
    return tuple(f"name:{name}" for name in list(found)[: _MOST * 3])


def _names(sentence: str, nouns: Sequence[Hit], start: int) -> Iterator[str]:
    for quoted in _QUOTED.finditer(sentence):
        yield key(quoted.group(1)).removeprefix("the ")
    for row in _CAPITALS.finditer(sentence):
        words = row.group().split()
        for at in range(min(len(words), 3)):
            if len(words) - at > 1 or at:
                yield key(" ".join(words[at:])).removeprefix("the ").rstrip(".")
    for noun in nouns:
        if start <= noun.start < start + len(sentence):
            behind = [one.end() for one in _WORDS.finditer(sentence, noun.end - start)][:_LONGEST]
            yield from (key(sentence[noun.start - start : end]) for end in behind)
