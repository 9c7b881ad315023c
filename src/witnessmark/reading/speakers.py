"""Whose words: from the words for a source to who is meant, within one text.

The rule, in order: a name that the text itself gave to a party by apposition ("the SDF, a coalition of …" makes a later
"the coalition" the SDF where it speaks); a name of the actors pack, unless the words are about somebody near it ("a
pro-ISIS user", "residents of"); a role or pronoun ("the organization", "it", "the spokesperson") for the nearest earlier
source of a fitting kind; else the words as they stand, unresolved unless they are a proper name. A source that cannot be
tied to a name stays the source of its words, and nobody else's.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import TypeVar

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.person_names import PersonNames, subject
from witnessmark.reading.sheet import beginning
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.script import Folded, key

_APPOSED = re.compile(r"\s*(?:\([^()\n]{1,20}\))?\s*,\s*(?:an?|the)\s+(?:[a-z\-]+\s+){0,3}?$", re.IGNORECASE)
_PROPER = re.compile(r"\b[A-Z][\w'’.\-]+(?:\s+(?:al-|bin |de |von )?[A-Z][\w'’.\-]+)+")
_IN_ROLE = re.compile(rf"(?P<name>{_PROPER.pattern})(?:,| is| was)\s+(?:an?|the|its|their)\s+(?:[\w\-]+ ){{0,3}}$")
_HANDLE = re.compile(r"(?<![\w@])@\w{2,}")
_ALONE = re.compile(r"[A-Z][\w'’\-]{2,}")
_BODY = re.compile(r"[\w]+(?: (?!ال)\w+)? ال\w+(?: ال\w+)?")  # a noun and a name with the article: حركة الرباط الأهلي
_ARTICLE = 4  # code points of "the " before a noun
_SENTENCE = 400  # code points
_BODIES = ("monitor", "ngo", "media", "agency", "rescue", "un")
_LONGEST = 200  # code points; no name is longer
_START, _BEGINS = attrgetter("start"), attrgetter("span.start")
_SET_APART = re.compile(r"[^،,.:\n«»“”\"]{0,60}[،,] ?")
_COMMA = re.compile(r"[،,]")
_THEIRS = re.compile(r"(?:its|their)\s", re.IGNORECASE)
_BEFORE = 60  # code points between a name and a noun that stands for it
_ENDS_NAME = ("stop", "drop", "content", "relative")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Speaker:
    """``name``: resolved, or the words; ``actor``: pack id; ``kind``: of the pack entry; ``entries``: cited.

    ``several``: the words are for more than one whom nothing names ("residents", "multiple sources").
    """

    name: str
    actor: str | None
    kind: str
    resolved: bool
    rule: str
    entries: tuple[str, ...] = ()
    several: bool = False


@dataclass(slots=True)
class Cast:
    """Who has been named or has spoken so far in a passage; kept so that a long text is not gone through at each cue."""

    text: str
    actors: Sequence[ActorMention]
    names: dict[str, tuple[str, str]]
    nouns: list[Hit]
    platforms: list[Hit]
    people: PersonNames
    last: Speaker | None = None
    bodies: frozenset[str] = frozenset()
    _by_word: dict[str, list[Hit]] = field(default_factory=dict)
    _roles: dict[str, list[tuple[int, str]]] = field(
        default_factory=dict
    )  # by noun: where one ends that gives a role, whose
    _apart: dict[str, list[tuple[int, ActorMention]]] = field(default_factory=dict)  # so for parties in apposition
    _bare: dict[str, list[tuple[int, Hit]]] = field(default_factory=dict)  # and for the noun without the article
    _by_kind: dict[str, list[ActorMention]] = field(default_factory=dict)
    _spoken: dict[str, tuple[int, Speaker]] = field(default_factory=dict)  # the last resolved of each kind, and when
    _proper: dict[str, Speaker] = field(default_factory=dict)  # by proper name
    _called: dict[str, set[str]] = field(default_factory=dict)  # those names by each name and word in them
    _turn: int = 0
    _at: int = 0  # where the words for a source begin that were last resolved
    _begun: dict[str, int] = field(default_factory=dict)  # so for the last resolved of each kind

    def __post_init__(self) -> None:
        for hit in self.nouns:
            self._by_word.setdefault(hit.entry.key, []).append(hit)
        for one in self.actors:
            if one.actor:
                self._by_kind.setdefault(self.names.get(one.actor, ("", ""))[1], []).append(one)

    def speaks(self, speaker: Speaker) -> None:
        """From here on this speaker is the one who spoke last."""
        self.last = speaker
        self._turn += 1
        if speaker.resolved:
            self._spoken[speaker.kind] = (self._turn, speaker)
            self._begun[speaker.kind] = self._at
        if speaker.rule == "speakers.proper-name":
            self._proper[speaker.name] = speaker
            for name in _said_names(speaker.name) or {speaker.name}:
                for part in (name, *name.split()):
                    self._called.setdefault(part, set()).add(speaker.name)

    def resolve(self, start: int, end: int) -> Speaker:
        """Who is meant by the words of a source."""
        self._at = start
        noun = next((hit for hit in beginning(self.nouns, start, end, _START) if hit.end <= end), None)
        named = next((one for one in self._over(start, end) if one.actor), None)
        renamed = self._apposed(noun, start) if noun else None
        if renamed:
            return renamed
        if named and named.actor and not self._about(noun, named):
            _, kind = self.names.get(named.actor, (named.text, ""))
            return Speaker(self._together(start, end), named.actor, kind, True, "speakers.named", named.why.entries)
        person = None if named else self._person(start, end, noun)
        if person:
            return person
        stood = self._stood_for(noun, start, end) if noun else None
        return stood or self._worded(start, end, noun, named)

    def _stood_for(self, noun: Hit, start: int, end: int) -> Speaker | None:
        """Whom a noun or a pronoun stands for: the one of that role, an earlier speaker, an earlier body."""
        called = self._of_role(noun, start)
        if called:
            return Speaker(called, None, "person", True, "speakers.role", (noun.entry.cite,))
        earlier = self._earlier(noun, start, end)
        if earlier:
            return replace(
                earlier,
                resolved=True,
                rule="speakers.earlier",
                entries=(noun.entry.cite, *earlier.entries),
                several=False,
            )
        body = self._body(noun, start, end)
        return Speaker(body, None, "", True, "speakers.earlier-body", (noun.entry.cite,)) if body else None

    def _of_role(self, noun: Hit, before: int) -> str | None:
        """The one whom the text before called by this noun: "Sara Haddad is a spokesperson for"; later "the spokesperson"."""
        if "person" not in noun.entry.fields["kinds"].split() or not _definite(self.text, noun):
            return None
        if noun.entry.key not in self._roles:
            given = (
                (hit.end, _IN_ROLE.search(self.text, max(0, hit.start - _LONGEST), hit.start))
                for hit in self._by_word.get(noun.entry.key, ())
            )
            self._roles[noun.entry.key] = [(end, found.group("name")) for end, found in given if found]
        return _nearest(self._roles[noun.entry.key], before)

    def _person(self, start: int, end: int, noun: Hit | None) -> Speaker | None:
        """The person whom an Arabic name in the words names, or the account whose handle stands there alone."""
        found = self.people.find(self.text, start, end) or self._set_apart(end, noun)
        handles = [] if found else _HANDLE.findall(self.text[start:end])
        if found is None and (len(handles) != 1 or self._is_proper(start, end)):
            return None
        name = self.text[slice(*found)] if found else handles[0]
        entries = (noun.entry.cite,) if noun else ()
        return self._again(name) or Speaker(name, None, "person", True, "speakers.proper-name", entries)

    def _set_apart(self, end: int, noun: Hit | None) -> tuple[int, int] | None:
        """The Arabic name that stands between commas behind a calling: "the head of emergency at the clinic، …، announced"."""
        comma = _SET_APART.match(self.text, end) if noun and noun.entry.fields.get("several") != "yes" else None
        if comma is None:
            return None
        close = _COMMA.search(self.text, comma.end(), comma.end() + _BEFORE)
        found = self.people.find(self.text, comma.end(), close.start()) if close else None
        return found if found and close and found == (comma.end(), close.start()) else None

    def _over(self, start: int, end: int) -> Iterator[ActorMention]:
        """The mentions that share a code point with a stretch."""
        return (one for one in beginning(self.actors, start - _LONGEST, end, _BEGINS) if start < one.span.end)

    def _worded(self, start: int, end: int, noun: Hit | None, named: ActorMention | None) -> Speaker:
        """The words as they stand: a proper name, the same as an earlier one it is part of, or people unnamed."""
        words = self.text[start:end].strip(" \n\t,:؛،")
        again = None if named else self._again(words)
        if again:
            return replace(again, rule="speakers.same-name")
        proper = bool(self._is_proper(start, end) or _HANDLE.search(words)) and not named
        rule = "speakers.proper-name" if proper else "speakers.words"
        entries = (noun.entry.cite,) if noun else ()
        several = not proper and any(
            hit.entry.fields.get("several") == "yes"
            for hit in beginning(self.nouns, start, end, _START)
            if hit.end <= end
        )
        return Speaker(words, None, "person" if noun else "", proper, rule, entries, several)

    def _is_proper(self, start: int, end: int) -> bool:
        """Whether a proper name stands between that is more than a platform's: "Facebook accounts" names nobody."""
        return any(
            not any(
                found.start() < hit.end
                for hit in beginning(self.platforms, found.start() - _LONGEST, found.end(), _START)
            )
            for found in _PROPER.finditer(self.text, start, end)
        )

    def _again(self, words: str) -> Speaker | None:
        """The one earlier speaker by proper name of whose name these words give a part, or who is part of theirs."""
        said = _said_names(words)
        given = said or ({words} if _ALONE.fullmatch(words) or not words.isascii() else set())
        met = {name for one in given for name in self._called.get(one, ())}
        return self._proper[met.pop()] if len(met) == 1 else None

    def _together(self, start: int, end: int) -> str:
        """The names of everyone named in the words, in order: several may say one thing together."""
        over = [one for one in self._over(start, end) if one.actor]
        inside = [one.actor for one in over if start <= one.span.start and one.span.end <= end]
        named = [self.names.get(actor or "", (actor or "", ""))[0] for actor in inside or [one.actor for one in over]]
        return " and ".join(dict.fromkeys(named))

    def _about(self, noun: Hit | None, named: ActorMention) -> bool:
        """Whether the words are about somebody near a party, not the party itself: "residents of", "users"."""
        kind = self.names.get(named.actor or "", ("", ""))[1]
        of_theirs = kind in _BODIES  # a monitor's activists, an agency's correspondent speak for it
        return (
            noun is not None
            and noun.entry.fields["resolves"] == "no"
            and noun.start < named.span.start
            and not of_theirs
        )

    def _apposed(self, noun: Hit, before: int) -> Speaker | None:
        """A party that the text before called by this noun in apposition, the nearest first."""
        if noun.entry.fields["resolves"] != "yes" or not _definite(self.text, noun):
            return None
        if noun.entry.key not in self._apart:
            given = ((hit.end, self._beside(hit)) for hit in self._by_word.get(noun.entry.key, ()))
            self._apart[noun.entry.key] = [(end, found) for end, found in given if found]
        one = _nearest(self._apart[noun.entry.key], before)
        if one is None:
            return None
        name, kind = self.names.get(one.actor or "", (one.text, ""))
        return Speaker(name, one.actor, kind, True, "speakers.apposition", (noun.entry.cite, *one.why.entries))

    def _beside(self, noun: Hit) -> ActorMention | None:
        """The party right before a noun in apposition to it."""
        for one in beginning(self.actors, noun.start - _BEFORE - _LONGEST, noun.start, _BEGINS):
            gap = self.text[one.span.end : noun.start] if one.span.end <= noun.start else None
            if gap is not None and len(gap) <= _BEFORE and one.actor and _APPOSED.match(gap):
                return one
        return None

    def _earlier(self, noun: Hit, start: int, end: int) -> Speaker | None:
        """The nearest earlier source or named body of a kind that the noun or pronoun can stand for."""
        resolves, kinds = noun.entry.fields["resolves"], noun.entry.fields["kinds"].split()
        theirs = kinds == ["any"] and _THEIRS.match(self.text, start, noun.end) is not None  # "its monthly report"
        if resolves == "no" or not (theirs or _definite(self.text, noun) or _alone(self.text, noun, start, end)):
            return None
        if resolves == "for":
            kinds = ["any"]
        fitting = self._spoken if "any" in kinds else {*kinds, *([""] if "person" in kinds else [])}
        spoke = max((self._spoken[kind] for kind in fitting if kind in self._spoken), default=None, key=itemgetter(0))
        told = subject(self.text, start, self.people) if kinds == ["person"] and resolves == "yes" else None
        if told and (spoke is None or self._begun.get(spoke[1].kind, 0) < told[0]):
            name = self.text[slice(*told)]
            return self._again(name) or Speaker(name, None, "person", True, "speakers.subject")
        if spoke:
            return spoke[1]
        last = [self._last(kind, noun.start) for kind in kinds]
        mention = max((one for one in last if one), key=_BEGINS, default=None)
        if mention is None:
            return None
        name, kind = self.names.get(mention.actor or "", (mention.text, ""))
        return Speaker(name, mention.actor, kind, True, "speakers.earlier-name", mention.why.entries)

    def _body(self, noun: Hit, start: int, end: int) -> str | None:
        """The name of a body that a bare "the group", الحركة stands for: that noun with a name, or the subject before."""
        bare = noun.start - start <= _ARTICLE and not self.text[noun.end : end].strip()
        if noun.entry.fields["resolves"] == "no" or not bare:
            return None
        if noun.clitics.endswith(("ال", "لل")):
            if noun.entry.key not in self._bare:
                given = self._by_word.get(noun.entry.key, ())
                self._bare[noun.entry.key] = [(hit.end, hit) for hit in given if not hit.clitics.endswith("ال")]
            named = _nearest(self._bare[noun.entry.key], start - 1)
            found = _BODY.match(self.text, named.start) if named else None
            return found.group() if found else None
        if not _definite(self.text, noun):
            return None
        here = _sentence(self.text, start)
        subject = _PROPER.match(self.text, _sentence(self.text, max(0, here - 2)))
        body = subject is not None and any(part.lower() in self.bodies for part in subject.group().split())
        return subject.group() if subject and body and subject.end() < start else None

    def _last(self, kind: str, before: int) -> ActorMention | None:
        """The last body of a kind that is named before a place."""
        named = self._by_kind.get(kind, [])
        at = bisect_right(named, before, key=attrgetter("span.end")) - 1
        return named[at] if at >= 0 else None


def _nearest(given: Sequence[tuple[int, T]], before: int) -> T | None:
    """Of things in order of where they end, the last that ends before a place."""
    at = bisect_right(given, before, key=itemgetter(0)) - 1
    return given[at][1] if at >= 0 else None


def _sentence(text: str, at: int) -> int:
    """Where the sentence around a place begins."""
    begun = max(text.rfind(mark, max(0, at - _SENTENCE), at) for mark in (". ", "! ", "? ", "\n"))
    return begun + (1 if begun < 0 or text[begun] == "\n" else 2)


def _said_names(words: str) -> set[str]:
    """The names in words for a source: each proper name of two words or more, each handle."""
    return {hit.group() for hit in _PROPER.finditer(words)} | {hit.group() for hit in _HANDLE.finditer(words)}


def _definite(text: str, noun: Hit) -> bool:
    """Whether a noun points to someone named before: "the", or the Arabic article."""
    words = text[max(0, noun.start - 24) : noun.end]
    head = re.search(r"(?:\bthe|\bthis|\bthat)\s+(?:[\w\-]+\s+)?[\w\-]+$", words, re.IGNORECASE)
    return bool(head) or noun.clitics.endswith(("ال", "لل")) or text.startswith("ال", noun.start)


def _alone(text: str, noun: Hit, start: int, end: int) -> bool:
    """Whether the noun is all of the source: a pronoun."""
    return not text[start : noun.start].strip() and not text[noun.end : end].strip()


@lru_cache(maxsize=8)
def _names(held: ByDigest) -> dict[str, tuple[str, str]]:
    return {
        row.fields["id"]: (row.fields.get("name") or row.key, row.fields.get("kind", ""))
        for row in held.larder.rows("actors")
        if row.fields.get("id")
    }


@lru_cache(maxsize=8)
def _people(held: ByDigest) -> PersonNames:
    stops = {key(row.key) for row in held.larder.rows("source_words") if row.fields["role"] in _ENDS_NAME}
    return PersonNames(held, frozenset(stops))


def cast(text: str, folded: Folded, actors: Sequence[ActorMention], larder: Larder) -> Cast:
    """The cast of one passage before anyone has spoken."""
    nouns = larder.lexicon("source_nouns").find(folded)
    platforms = larder.lexicon("platforms").find(folded)
    return Cast(text, actors, _names(ByDigest(larder)), nouns, platforms, _people(ByDigest(larder)))
