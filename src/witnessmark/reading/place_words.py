"""The words that let a name be a place: what stands before it and after it, from the tables of places.

A word of place ("town of", "قرية") gives the level wanted; a word of direction is a cue; a word such as "family" or
"street" says that the name is part of another name. The tables say which; nothing here knows a place.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from witnessmark.reading.patterns import ByDigest
from witnessmark.terms.anchor import Span
from witnessmark.terms.place import PlaceCandidate
from witnessmark.terms.ports import Entry, Larder
from witnessmark.terms.script import key

_WORD = re.compile(r"[^\W_]+")
_GLUED = re.compile("^[وف]?[بل]?ك?")  # letters written together with the next word: and, so, in, to, like
_STOP = re.compile(r"[.,;:()\n!?\"]")
_NO_PLACES = ("place_stopwords", "place_cues", "weekdays", "months", "people", "harm", "units", "not_people")
_PLACING = ("trigger", "link", "direction", "around", "sibling")
_NO_NAMES = ("place_not_names", "nationalities", "deeds", "weapons", "numbers")
_ASIDE = re.compile(r"^(?: \([^()\n]{1,40}\)|\))")  # the name once more in another script, or the end of such brackets
_OPENED = re.compile(r"(?<![^\W_])\"([^\"\n.,;:]*)$")
_CLOSED = re.compile(r"([^\"\n.,;:]{0,40})\"")
_QUOTED, _BESIDE_QUOTED = 40, 3  # code points before a name, and words beside it, in one pair of quotation marks
_AFTER_REACH = 3  # words after a name within which "school" in "Umm Zarhal Primary School" stands
Role: TypeAlias = Literal["scene", "container", "dateline", "origin", "name-part", "mention"]


@dataclass(frozen=True, slots=True)
class Wording:
    """Folded words of the tables: types of place with level and citation, cues by role, words that are no place.

    ``naming``: types after which a name no gazetteer knows is a place's. ``parts``: words that make the name beside
    them part of another, by side: "never" that town, or "perhaps" in it. ``beginnings``: first words of longer names.
    ``placing``: words that stand beside places. ``reaches``: km from a province's point within which all of it lies. ``adjectives``: countries by the words for what is theirs ("Jordanian"). ``seats``: towns named for the government in them.
    """

    types: dict[str, tuple[str, str]]
    naming: frozenset[str]
    cues: dict[str, frozenset[str]]
    stop: frozenset[str]
    not_names: frozenset[str]
    parts: dict[tuple[str, str], str]
    beginnings: frozenset[str]
    adjectives: dict[str, str]
    seats: frozenset[str]
    longest: int
    small_from: frozenset[str]
    placing: frozenset[str]
    reaches: dict[str, float]

    def cue(self, role: str) -> frozenset[str]:
        """The cues of a role."""
        return self.cues.get(role, frozenset())


@dataclass(slots=True)
class Hit:
    """A name found, while it is being judged.

    ``folded``: its span in the folded text; ``typed``: level and citation of the word of place beside it; ``tails``: the
    last words before it; ``part``: "perhaps" where a word says that something else bears the name, which may stand in that
    town; ``called``: a word of place that names stand with is right beside it; ``cue``: a word of place or of direction
    is; ``doubtful``: only a place beside it makes it one; ``reference``: the way to another place is told from it; ``holding``: a country named to say where; ``inside``: "in" is written together with the name; ``spoken``: countries named beside it by their adjectives; ``known``: False where no gazetteer knows the name and
    its word of place alone makes it a place.
    """

    span: Span
    folded: tuple[int, int]
    candidates: tuple[PlaceCandidate, ...]
    before: list[str]
    typed: tuple[str, str] | None
    role: Role = "scene"
    within: int | None = None
    part: str | None = None
    known: bool = True
    called: bool = False
    cue: bool = False
    spoken: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()
    after: list[str] = field(default_factory=list)
    stray: bool = False
    name: str = ""
    doubtful: bool = False
    reference: bool = False
    holding: bool = False
    inside: bool = False


@lru_cache(maxsize=8)
def wording(wanted: ByDigest) -> Wording:
    """The tables of places, folded."""
    larder = wanted.larder
    types: dict[str, tuple[str, str]] = {}
    naming: set[str] = set()
    for row in larder.rows("place_types"):
        types.update({key(form): (row.fields["level"], row.cite) for form in _forms(row) if form})
        naming |= {key(form) for form in row.fields.get("naming", "").split("|") if form}
    cues: dict[str, set[str]] = {}
    for row in larder.rows("place_cues"):
        cues.setdefault(row.fields["role"], set()).add(key(row.key))
    return Wording(
        types=types,
        naming=frozenset(naming),
        cues={role: frozenset(words) for role, words in cues.items()},
        stop=_folded(larder, _NO_PLACES),
        not_names=_folded(larder, (*_NO_PLACES[1:], *_NO_NAMES)) | frozenset(types),
        parts={(row.fields["side"], key(form)): row.fields["kind"] for row in larder.rows("place_parts") for form in _forms(row) if form},
        beginnings=_folded(larder, ("place_beginnings",)),
        adjectives=_adjectives(larder),
        seats=frozenset(key(word) for row in larder.rows("countries") for word in row.fields["seats"].split("|") if word),
        longest=max((word.count(" ") + 1 for words in cues.values() for word in words), default=1),
        small_from=frozenset(row.key for row in larder.rows("place_countries")) - {"*"},
        reaches={row.cite: float(row.fields["reach"]) for row in larder.rows("provinces") if row.fields.get("reach")},
        placing=frozenset[str]().union(*(cues.get(role, ()) for role in _PLACING)),
    )  # fmt: skip


def _forms(row: Entry) -> tuple[str, ...]:
    return (row.key, *row.fields.get("forms", "").split("|"))


def _adjectives(larder: Larder) -> dict[str, str]:
    """Countries by their adjectives, Arabic ones with and without the article."""
    rows = [
        (row.fields["country"], key(word))
        for row in larder.rows("countries")
        for word in row.fields["adjectives"].split("|")
    ]
    return {form: country for country, word in rows if word for form in (word, "ال" + word)}


def _folded(larder: Larder, tables: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key(form) for table in tables for row in larder.rows(table) for form in _forms(row) if form)


def words_before(text: str, start: int, here: int) -> list[str]:
    """Up to six folded words before a place, nearest last; a prefix cut off the name itself counts as one."""
    return _WORD.findall(text[max(start, here - 60) : here])[-6:]


def words_after(text: str, here: int, end: int) -> list[str]:
    """Up to three folded words after a place, up to the next stop or comma; the name once more in brackets passed over."""
    rest = _ASIDE.sub("", text[here : min(end, here + 120)], count=1)
    stretch = _STOP.split(rest[:60], maxsplit=1)[0]
    return _WORD.findall(stretch)[:_AFTER_REACH]


@lru_cache(maxsize=20_000)
def _unglued(word: str) -> str:
    """A word less the letters written together with it; the words before names are few, and come again."""
    return _GLUED.sub("", word)


def typed(before: list[str], after: list[str], words: Wording) -> tuple[str, str] | None:
    """The word of place right before the name, or one word farther ("the village and town of"), or right after it."""
    for word in reversed(before[-2:]):
        for bare in (word, _unglued(word), _unglued(word).removeprefix("ال")):
            if bare in words.types:
                return words.types[bare]
    for count in (2, 1):
        said = " ".join(after[:count])
        if said.isascii() and said in words.types:
            return words.types[said]
    return None


def called(before: list[str], after: list[str], words: Wording) -> bool:
    """Whether a word of place that names stand with is right beside the name: "village of X", "قرية X", "the X area"."""
    said = "".join(before[-2:-1] if before[-1:] == ["of"] else before[-1:])
    if said in words.naming or _unglued(said) in words.naming:
        return True
    return bool(after) and after[0].isascii() and words.types.get(after[0], ("province",))[0] != "province"


def spoken(around: list[str], words: Wording) -> frozenset[str]:
    """The countries whose adjectives stand around a name: "the Jordanian town of X"."""
    return frozenset(words.adjectives[word] for word in around if word in words.adjectives)


def tails(before: list[str], words: Wording) -> frozenset[str]:
    """The last words before a name, one to as many as the longest cue has, with and without "and" before the first."""
    found = set()
    for count in range(1, min(words.longest, len(before)) + 1):
        tail = before[-count:]
        found.add(" ".join(tail))
        if tail[0][0] in "وف":
            found.add(" ".join([tail[0].lstrip("وف"), *tail[1:]]))
    return frozenset(found)


def cued(hit: Hit, role: str, words: Wording) -> bool:
    """Whether the words right before a name end with a cue of a role."""
    return not hit.tails.isdisjoint(words.cue(role))


def in_quotation(text: str, hit: Hit, words: Wording) -> bool:
    """Whether quotation marks hold a name and one to three words beside it, none of place: a person's, an outlet's ("Salim Zarhal").

    ``text``: folded.
    """
    start, end = hit.folded
    before, after = _OPENED.search(text, max(0, start - _QUOTED), start), _CLOSED.match(text, end)
    if before is None or after is None:
        return False
    beside = _WORD.findall(f"{before[1]} {after[1]}")
    said = {form for word in beside for form in (word, _unglued(word), word.removeprefix("ال"))}
    return 0 < len(beside) <= _BESIDE_QUOTED and said.isdisjoint(words.types.keys() | words.placing)


def part_of_another(before: list[str], after: list[str], given_after: str, words: Wording) -> str | None:
    """Whether a word beside the name says that something else bears it: "never" that place, "perhaps" in it, or None.

    A word after it may stand behind others of the same name ("Zarhal Primary School"), if they have capitals.
    """
    for word in before[-1:]:
        for bare in (word, _unglued(word)):
            if ("before", bare) in words.parts:
                return words.parts["before", bare]
    capitals = _WORD.findall(_ASIDE.sub("", given_after, count=1))
    for number, word in enumerate(after):
        if ("after", word) in words.parts:
            return words.parts["after", word]
        if number >= len(capitals) or not capitals[number][:1].isupper() or word in words.types:
            return None
    return None
