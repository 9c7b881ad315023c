"""The ground of attributions: one sentence, what stands in it, and the shape in which somebody speaks there.

Everything an attribution is told by is found before it is looked for: names, words for sources, quotation marks, times,
places, and the pack's words by their role. What it does not do: parse; a subject is a stretch of words and no more.
"""

import re
from dataclasses import dataclass, field

from witnessmark.reading.person_names import PersonNames, is_capital
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.ports import Hit

Stretch = tuple[int, int]
GOES_ON = "attributing.goes-on"  # the rule of a participle: "adding that"
CONTENT_LEAST = 3  # words that make a content after a cue
_PLAIN_WORD = re.compile(r"[^\s,;:.!?؟،؛\"“”«»()]+")
_WORD = re.compile(rf"(?!''(?:\s|$)){_PLAIN_WORD.pattern}")  # two apostrophes may close a quotation
_HANDLE = re.compile(r"(?<![\w@])@\w{2,}")
_BLANKS = " \t\n,:،"
_NAME_WORDS = 6  # words of a name


@dataclass(frozen=True, slots=True)
class Shape:
    """``source`` and ``content``: code points of the passage, or None for an unnamed or carried-over source.

    ``others``: further sources of the same content, in order ("A and B said", "sources such as A, B"); ``relayed``: the
    first passes on what these said ("A quoted B as saying").
    """

    cue: Hit
    source: Stretch | None
    content: Stretch
    rule: str
    others: tuple[Stretch, ...] = ()
    relayed: bool = False


@dataclass(slots=True)
class Ground:
    """One sentence and what stands in its passage. ``roles``: folded words by their role in attributions.

    ``told``: words by which a sentence tells of an event told before it. ``taken``: times and places. ``opened``: where
    the contents of the cues before begin, the next subject among them. ``spoken``: the shapes of those cues. ``outlets``: where an outlet or an agency is named, who may be told a thing.
    """

    text: str
    start: int
    end: int
    quotes: list[Stretch]
    actors: list[ActorMention]
    nouns: list[Hit]
    roles: dict[str, frozenset[str]]
    platforms: list[Hit] = field(default_factory=list)
    told: list[Hit] = field(default_factory=list)
    outlets: list[Stretch] = field(default_factory=list)
    times: list[Stretch] = field(default_factory=list)
    places: list[Stretch] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    cues: list[Hit] = field(default_factory=list)
    spoken: list[Shape] = field(default_factory=list)
    people: PersonNames | None = None
    _word: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self._word = _WORD if "''" in self.text else _PLAIN_WORD

    def has(self, role: str, word: str) -> bool:
        """Whether a word plays a role."""
        return word.lower().strip("'’") in self.roles.get(role, frozenset())

    def names_someone(self, start: int, end: int) -> bool:
        """Whether a party, a body, an account or a word for a source stands between."""
        return (
            any(one.span.start >= start and one.span.end <= end for one in self.actors)
            or any(hit.start >= start and hit.end <= end for hit in self.nouns)
            or _HANDLE.search(self.text, start, end) is not None
        )

    def words(self, start: int, end: int) -> list[re.Match[str]]:
        """The words between."""
        return list(self._word.finditer(self.text, start, end))

    def word(self, start: int, end: int) -> re.Match[str] | None:
        """The first word between."""
        return self._word.search(self.text, start, end)

    def trim(self, start: int, end: int) -> Stretch:
        """The stretch without blanks, commas and colons at its ends."""
        while start < end and self.text[start] in _BLANKS:
            start += 1
        while end > start and self.text[end - 1] in _BLANKS:
            end -= 1
        return start, end

    def blank(self, start: int, end: int) -> bool:
        """Whether nothing but blanks and commas stands between."""
        return not self.text[start:end].strip(_BLANKS)

    def quoted(self, start: int, end: int) -> Stretch | None:
        """The first quotation that begins between."""
        return next((quote for quote in self.quotes if start <= quote[0] < end), None)

    def tells(self, start: int, end: int) -> bool:
        """Whether the words tell of an event or of those it harmed."""
        return any(start <= hit.start and hit.end <= end for hit in self.told)

    def is_name(self, start: int, end: int) -> bool:
        """Whether the words are a name or a word for a source and nothing else: "journalist Sara Haddad", "@Valley"."""
        found = self.words(start, end)
        known = self.names_someone(start, end)
        capital = any(is_capital(one.group()) for one in found)
        if not (known or capital) or len(found) > 2 * _NAME_WORDS or self.has("stop", found[0].group()):
            return False
        return all(is_capital(one.group()) or one.group()[0] in "@[" or self._of_name(one) for one in found)

    def _of_name(self, word: re.Match[str]) -> bool:
        """Whether a small word may stand in a name: part of an actor's name or a noun, a platform, "of", "local"."""
        around = [(one.span.start, one.span.end) for one in self.actors]
        around += [(hit.start, hit.end) for hit in (*self.nouns, *self.platforms)]
        return self.has("beside", word.group()) or any(
            start <= word.start() and word.end() <= end for start, end in around
        )
