"""Own access: words by which an item says that its publisher saw, filmed or documented the event, or sent somebody who did.

Three kinds of words, told apart by a column of the packs: those that state it by themselves ("our correspondent", صوّرت, "I
saw"); those that need an owner ("correspondent", مراسل, كاميرا), who must be the publisher or "our"; and those that need one only
where a name follows ("تصوير خاص"). Another outlet's correspondent, what somebody else is quoted as saying and what was forwarded
are no access of the item's own; a bare "a correspondent" is, where the item has its matter from nobody. What it does not prove:
that the words are true.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.quote_marks import inside, quotations
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.credit import Credit
from witnessmark.terms.item import Item
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.script import Folded, fold, key
from witnessmark.terms.statement import Statement

OWN, WHOSE, EITHER, MINE, JOINT = "own", "whose", "either", "mine", "joint"
_PARTS = re.compile(r"[|/()،,:–—]|\s-\s")
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u064b-\u0652\u0670\u0640])*")
_NEAR = 60  # code points on either side in which an owner stands
_MINE = 3  # words between "our" and "correspondent"
_STOP = re.compile(r"[.,;:!?،؛؟\n«»“”\"]")
_LEAST = 3  # letters that tell a publisher
_TO = ("لل", "ل")


def access(sheet: Sheet, said: Sequence[Statement], credited: Sequence[Credit], larder: Larder) -> Span | None:
    """The first words in the item's own sentences that show its own access to the event, or None."""
    if sheet.item.forwarded_from:
        return None
    others = [one for one in said if one.source and not own_source(sheet.item, one, larder, bare=True)]
    alone = not others and not credited
    for number, folded in enumerate(sheet.folded):
        for start, end in _stated(folded, publishers(sheet.item, larder), alone, larder):
            if _its_own(sheet, number, start, end, others):
                return Span(passage=number, start=start, end=end)
    return None


def _its_own(sheet: Sheet, number: int, start: int, end: int, others: Sequence[Statement]) -> bool:
    """Whether words stand in a sentence of the item's own, and not in what another says there."""
    span = sheet.sentence(number, start, end)
    quoted = any(region.role == "quoted" and region.start <= start < region.end for region in sheet.regions[number])
    if span is None or quoted:
        return False
    if inside(quotations(sheet.folded[number].given), start):
        return False
    words = Span(passage=number, start=start, end=end)
    return not any(one.content.covers(words) for one in others)


def own_source(item: Item, said: Statement, larder: Larder, *, bare: bool) -> bool:
    """Whether the source of a statement is the publisher's own eyes: "our correspondent", "Sumac Agency's reporter".

    ``bare``: so is "the correspondent", as where the item has named its own before.
    """
    at = said.source_span
    words = item.passages[at.passage].text[at.start : at.end] if at else said.source or ""
    return any(True for _ in _stated(fold(words), publishers(item, larder), bare, larder))


def _stated(folded: Folded, names: "Names", alone: bool, larder: Larder) -> Iterator[tuple[int, int]]:
    """The stretches of a text that state access. ``alone``: nobody else is told to have it from."""
    text = folded.given
    for hit in larder.lexicon("access").find(folded):
        role = hit.entry.fields.get("role") or OWN
        if role == OWN:
            yield hit.start, hit.end
        elif role in (WHOSE, EITHER):
            found = _owned(text, hit, names, larder)
            if found:
                yield found
            elif (role == EITHER and not _is_to(text, hit.end)) or (
                role == WHOSE and alone and _bare(text, hit, larder)
            ):
                yield hit.start, hit.end


def _owned(text: str, hit: Hit, names: "Names", larder: Larder) -> tuple[int, int] | None:
    """From the owner's name to the word or the other way round, where the owner is the publisher or "our"."""
    before = _cut_before(text[max(0, hit.start - _NEAR) : hit.start])
    mine = list(_WORD.finditer(before))[-_MINE:]
    words = _small(ByDigest(larder), MINE)
    for one in mine:
        if key(one.group()) in words:
            return hit.start - len(before) + one.start(), hit.end
    told = list(_WORD.finditer(before))
    count = names.ends([key(one.group()) for one in told])
    if count:
        return hit.start - len(before) + told[-count].start(), hit.end
    after = text[hit.end : hit.end + _NEAR]
    cut = _STOP.search(after)
    found = list(_WORD.finditer(after[: cut.start()] if cut else after))
    count = names.begins([key(one.group()) for one in found], _small(ByDigest(larder), JOINT))
    return (hit.start, hit.end + found[count - 1].end()) if count else None


def _cut_before(before: str) -> str:
    cuts = [found.end() for found in _STOP.finditer(before)]
    return before[cuts[-1] :] if cuts else before


def _is_to(text: str, end: int) -> bool:
    """Whether a word with the Arabic "for" follows: "تصوير خاص لوكالة …"."""
    following = _WORD.match(text, end + 1)
    return following is not None and following.group().startswith(_TO)


def _bare(text: str, hit: Hit, larder: Larder) -> bool:
    """Whether the word stands for somebody who has no owner: "a correspondent", المراسل; not "a correspondent of …"."""
    if hit.clitics.endswith(("ال", "لل")) or text.startswith("ال", hit.start):
        return True
    before = _WORD.findall(_cut_before(text[max(0, hit.start - _NEAR) : hit.start]))[-1:]
    after = _WORD.findall(text[hit.end : hit.end + _NEAR])[:1]
    joint = _small(ByDigest(larder), JOINT)
    return [one.lower() for one in before] in (["a"], ["the"]) and not any(one.lower() in joint for one in after)


class Names:
    """The names of a publisher, each as the words that tell it from others: less "agency", شبكة, "English"."""

    def __init__(self, told: Sequence[str], plain: frozenset[str]) -> None:
        self._plain = plain
        self._cores = {core for one in told for core in self._of(one) if sum(map(len, core)) >= _LEAST}

    def _of(self, name: str) -> Iterator[tuple[str, ...]]:
        for part in _PARTS.split(name):
            words = [key(one) for one in _WORD.findall(part)]
            kept = [one for one in words if not self._tells_nothing(one)]
            yield tuple(kept or words)
            for latin in (True, False):
                yield tuple(one for one in kept if one.isascii() == latin)

    def _tells_nothing(self, word: str) -> bool:
        bare = next((word.removeprefix(to) for to in _TO if word.startswith(to)), word)
        return word in self._plain or bare in self._plain or f"ال{bare}" in self._plain

    def ends(self, words: Sequence[str]) -> int:
        """How many of the last words hold one of the names: "Sumac Agency's own" before "reporter"; 0 where none."""
        kept = [(at, one) for at, one in enumerate(words) if not self._tells_nothing(one) and one != "s"]
        for core in self._cores:
            if tuple(one for _, one in kept[-len(core) :]) == core:
                return len(words) - kept[-len(core)][0]
        return 0

    def begins(self, words: Sequence[str], joint: frozenset[str]) -> int:
        """How many of some words are a name that they begin with; 0 where they begin with none. ``joint``: "of", "the"."""
        at = 0
        while at < len(words) and (words[at] in joint or self._tells_nothing(words[at])):
            at += 1
        for core in self._cores:
            told = list(words[at : at + len(core)])
            if told and core in (tuple(told), (_bared(told[0]), *told[1:])):
                return at + len(core)
        return 0


def _bared(word: str) -> str:
    """An Arabic word less the preposition "for" that is written with it."""
    if word.startswith("لل"):
        return f"ال{word[2:]}"
    return word.removeprefix("ل")


@lru_cache(maxsize=4096)
def _names(told: tuple[str, ...], held: ByDigest) -> Names:
    more = [form for name in told for form in _of_actor(name, held.larder)]
    return Names([*told, *more], plain_words(held))


def publishers(item: Item, larder: Larder) -> Names:
    """The names of who published an item."""
    return _names(
        tuple(dict.fromkeys(one for one in (item.publisher, item.author, item.site) if one)), ByDigest(larder)
    )


def _of_actor(name: str, larder: Larder) -> list[str]:
    """All forms of the actor of the packs that a name is wholly."""
    for row in larder.rows("actors"):
        forms = [row.key, *row.fields.get("forms", "").split("|")]
        if key(name) in map(key, forms):
            return forms
    return []


@lru_cache(maxsize=8)
def plain_words(held: ByDigest) -> frozenset[str]:
    """Words in names of outlets that tell none from another."""
    return frozenset(key(row.key) for row in held.larder.rows("name_words"))


@lru_cache(maxsize=16)
def _small(held: ByDigest, role: str) -> frozenset[str]:
    rows = held.larder.rows("access_words")
    return frozenset(key(row.key) for row in rows if row.fields["role"] == role)
