"""Names of persons among the words for a source: what tells "Hajj Nawfal" from "the director of emergency" and from an outlet.

Latin letters show a name by their capitals; Arabic letters do not, so a name is told there by a given name that the packs
list, by أبو or أم (a parent's name), or by a title or a calling with a name behind it. It ends where words cannot go on with it: at a
comma, a small word, a third word without the article. What it does not prove: that a person of that name exists.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from witnessmark.reading.patterns import ByDigest
from witnessmark.terms.script import key

Stretch = tuple[int, int]
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u0652\u0670\u0640])*(?:['’-][^\W\d_]+)*")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_MOST = 5  # words of a name
_LEAST = 3  # letters of a surname
_BACK = 4  # sentences before a pronoun in which its person may be the subject
_REACH = 600  # code points of them
_ENDS = re.compile(r"(?:[.!?][\"”’»]?\s+|\n+)(?=[A-Z])")
_PERSON = re.compile(
    r"(?:(?:The|A|An) (?:[a-z-]+ ){1,4})?"
    r"(?P<name>[A-Z][\w'’-]+\.?(?: (?:(?:[Aa][ldnrstz]|[Ee]l|[Aa]sh)-|bin |abu |ibn )?[A-Z][\w'’-]+)+)"
)
_TOLD_OF = re.compile(r",? (?:who|whose)\b|, \d{1,2},")
_PARTICLE = re.compile(r"(?:a[ldnrstz]|el|ash|adh)-[A-Z]")


@lru_cache(maxsize=8)
def _words(held: ByDigest) -> dict[str, frozenset[str]]:
    """Folded words of the packs by their role in names of persons."""
    found: dict[str, set[str]] = {}
    for row in held.larder.rows("person_words"):
        forms = (row.key, *row.fields.get("forms", "").split("|"))
        found.setdefault(row.fields["role"], set()).update(key(form) for form in forms if form)
    return {role: frozenset(words) for role, words in found.items()}


class PersonNames:
    """The words of the packs, compiled once for each larder. ``stops``: words that end a name."""

    def __init__(self, held: ByDigest, stops: frozenset[str]) -> None:
        words = _words(held)
        self._given = words.get("given", frozenset())
        self._title = words.get("title", frozenset())
        self._kunya = words.get("kunya", frozenset())
        self._joint = words.get("joint", frozenset())
        self._stops = stops

    def find(self, text: str, start: int, end: int) -> Stretch | None:
        """The first Arabic name of a person in a stretch, with the title right before it; None where there is none."""
        if not _ARABIC.search(text, start, end):
            return None
        words = list(_WORD.finditer(text, start, end))
        told = [key(one.group()) for one in words]
        for at in range(len(words)):
            if self._begins(text, words, told, at):
                last = self._last(text, words, told, at)
                if last > at or told[at] in self._given:
                    first = at - 1 if at and told[at - 1] in self._title and _next(text, words, at - 1) else at
                    return words[first].start(), words[last].end()
        return None

    def is_person(self, name: str) -> bool:
        """Whether a name is one that a person bears: it begins with a given name or a parent's, behind any title."""
        told = [key(one.group()) for one in _WORD.finditer(name)]
        while len(told) > 1 and told[0] in self._title:
            told.pop(0)
        return bool(told) and (told[0] in self._given or (told[0] in self._kunya and len(told) > 1))

    def _begins(self, text: str, words: Sequence[re.Match[str]], told: Sequence[str], at: int) -> bool:
        """Whether a name begins with a word: given, of a parent, or whatever stands behind a title."""
        if told[at] in self._given:
            return True
        if told[at] in self._kunya:
            return _next(text, words, at) and self._goes_on(told[at + 1])
        behind = at > 0 and told[at - 1] in self._title and _next(text, words, at - 1)
        return behind and self._goes_on(told[at]) and not told[at].startswith("ال") and told[at] not in self._title

    def _last(self, text: str, words: Sequence[re.Match[str]], told: Sequence[str], at: int) -> int:
        """The last word of a name that begins with one."""
        last = at
        while last + 1 < len(words) and last + 1 - at < _MOST and _next(text, words, last):
            following, before = told[last + 1], told[last]
            sure = following.startswith("ال") or following in self._given | self._joint | self._kunya
            bare = last == at or before in self._joint or before in self._kunya
            if not (sure or bare) or not self._goes_on(following):
                break
            last += 1
        return last

    def _goes_on(self, word: str) -> bool:
        """Whether a word may stand in a name: no small word, and long enough."""
        return word not in self._stops and (len(word) >= _LEAST or word in self._joint or word in self._kunya)


def subject(text: str, before: int, people: PersonNames) -> Stretch | None:
    """The person with whose name one of the last sentences before a place begins, the nearest: who "she" can be."""
    start = max(0, before - _REACH)
    begins = [found.end() for found in _ENDS.finditer(text, start, before)]
    for begin in reversed([*([0] if not start else []), *begins[-_BACK:]]):
        found = _PERSON.match(text, begin, before)
        if found and (people.is_person(found["name"]) or _TOLD_OF.match(text, found.end("name"))):
            return found.span("name")
    return None


def _next(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the next word stands right behind one, with nothing but a blank between."""
    return at + 1 < len(words) and text[words[at].end() : words[at + 1].start()] == " "


def is_capital(word: str) -> bool:
    """Whether a word begins as a name does: "Haddad", "al-Haddad"."""
    return word[:1].isupper() or _PARTICLE.match(word) is not None
