"""Whose words: from the words for a source to who is meant, within one text.

The rule, in order: a name that the text itself gave to a party by apposition ("the SDF, a coalition of …" makes a later
"the coalition" the SDF where it speaks); a name of the actors pack, unless the words are about somebody near it ("a
pro-ISIS user", "residents of"); a role or pronoun ("the organization", "it", "the spokesperson") for the nearest earlier
source of a fitting kind; else the words as they stand, unresolved unless they are a proper name. A source that cannot be
tied to a name stays the source of its words, and nobody else's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from witnessmark.reading.patterns import ByDigest
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.script import Folded

_APPOSED = re.compile(r"\s*(?:\([^()\n]{1,20}\))?\s*,\s*(?:an?|the)\s+(?:[a-z\-]+\s+){0,3}?$", re.IGNORECASE)
_DEFINITE = re.compile(r"^(?:the|this|that|its|their)\s", re.IGNORECASE)
_PROPER = re.compile(r"\b[A-Z][\w'’.\-]+(?:\s+(?:al-|bin |de |von )?[A-Z][\w'’.\-]+)+")
_HANDLE = re.compile(r"(?<![\w@])@\w{2,}")
_ALONE = re.compile(r"[A-Z][\w'’\-]{2,}")
_BODIES = ("monitor", "ngo", "media", "agency", "rescue", "un")
_BEFORE = 60  # code points between a name and a noun that stands for it


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
    """Who has been named or has spoken so far in a passage."""

    text: str
    folded: Folded
    actors: Sequence[ActorMention]
    names: dict[str, tuple[str, str]]
    nouns: list[Hit]
    platforms: list[Hit] = field(default_factory=list)
    spoken: list[Speaker] = field(default_factory=list)

    def resolve(self, start: int, end: int) -> Speaker:
        """Who is meant by the words of a source."""
        noun = next((hit for hit in self.nouns if start <= hit.start and hit.end <= end), None)
        named = next((one for one in self.actors if one.span.start < end and start < one.span.end and one.actor), None)
        renamed = self._apposed(noun, start) if noun else None
        if renamed:
            return renamed
        if named and named.actor and not self._about(noun, named):
            _, kind = self.names.get(named.actor, (named.text, ""))
            return Speaker(self._together(start, end), named.actor, kind, True, "speakers.named", named.why.entries)
        if noun:
            earlier = self._earlier(noun, start, end)
            if earlier:
                return Speaker(
                    earlier.name,
                    earlier.actor,
                    earlier.kind,
                    True,
                    "speakers.earlier",
                    (noun.entry.cite, *earlier.entries),
                )
        return self._worded(start, end, noun, named)

    def _worded(self, start: int, end: int, noun: Hit | None, named: ActorMention | None) -> Speaker:
        """The words as they stand: a proper name, the same as an earlier one it is part of, or people unnamed."""
        words = self.text[start:end].strip(" \n\t,:؛،")
        again = None if named else self._again(words)
        if again:
            return replace(again, rule="speakers.same-name")
        proper = bool(self._proper(start, end) or _HANDLE.search(words)) and not named
        rule = "speakers.proper-name" if proper else "speakers.words"
        entries = (noun.entry.cite,) if noun else ()
        several = not proper and any(
            hit.entry.fields.get("several") == "yes" for hit in self.nouns if start <= hit.start and hit.end <= end
        )
        return Speaker(words, None, "person" if noun else "", proper, rule, entries, several)

    def _proper(self, start: int, end: int) -> bool:
        """Whether a proper name stands between that is more than a platform's: "Facebook accounts" names nobody."""
        return any(
            not any(hit.start < found.end() and found.start() < hit.end for hit in self.platforms)
            for found in _PROPER.finditer(self.text, start, end)
        )

    def _again(self, words: str) -> Speaker | None:
        """The one earlier speaker by proper name of whose name these words give a part, or who is part of theirs."""
        said = _said_names(words)
        named = [one for one in self.spoken if one.rule == "speakers.proper-name"]
        met = {one.name: one for one in named if said & _said_names(one.name)}
        if not said and _ALONE.fullmatch(words):
            met = {one.name: one for one in named if any(words in name.split() for name in _said_names(one.name))}
        return next(iter(met.values())) if len(met) == 1 else None

    def _together(self, start: int, end: int) -> str:
        """The names of everyone named in the words, in order: several may say one thing together."""
        inside = [one.actor for one in self.actors if start <= one.span.start and one.span.end <= end and one.actor]
        named = [
            self.names.get(actor, (actor, ""))[0]
            for actor in inside
            or [one.actor for one in self.actors if one.span.start < end and start < one.span.end and one.actor]
        ]
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
        word = noun.entry.key
        for hit in reversed(self.nouns):
            if hit.entry.key != word or hit.end > before:
                continue
            for one in self.actors:
                gap = self.text[one.span.end : hit.start] if one.span.end <= hit.start else None
                if gap is not None and len(gap) <= _BEFORE and one.actor and _APPOSED.match(gap + ""):
                    name, kind = self.names.get(one.actor, (one.text, ""))
                    return Speaker(
                        name, one.actor, kind, True, "speakers.apposition", (noun.entry.cite, *one.why.entries)
                    )
        return None

    def _earlier(self, noun: Hit, start: int, end: int) -> Speaker | None:
        """The nearest earlier source or named body of a kind that the noun or pronoun can stand for."""
        resolves, kinds = noun.entry.fields["resolves"], noun.entry.fields["kinds"].split()
        if resolves == "no" or not (_definite(self.text, noun) or _alone(self.text, noun, start, end)):
            return None
        if resolves == "for":
            kinds = ["any"]
        for one in reversed(self.spoken):
            if one.resolved and ("any" in kinds or one.kind in kinds or (one.kind == "" and "person" in kinds)):
                return one
        before = [one for one in self.actors if one.span.end <= noun.start and one.actor]
        for mention in reversed(before):
            name, kind = self.names.get(mention.actor or "", (mention.text, ""))
            if kind in kinds:
                return Speaker(name, mention.actor, kind, True, "speakers.earlier-name", mention.why.entries)
        return None


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
def _names(key: ByDigest) -> dict[str, tuple[str, str]]:
    return {
        row.fields["id"]: (row.fields.get("name") or row.key, row.fields.get("kind", ""))
        for row in key.larder.rows("actors")
        if row.fields.get("id")
    }


def cast(text: str, folded: Folded, actors: Sequence[ActorMention], larder: Larder) -> Cast:
    """The cast of one passage before anyone has spoken."""
    nouns = larder.lexicon("source_nouns").find(folded)
    platforms = larder.lexicon("platforms").find(folded)
    return Cast(text, folded, actors, _names(ByDigest(larder)), nouns, platforms)
