"""Which role the words around a party put it in: who did a deed, to whom it was done, or neither.

The nearest word that gives a role decides; words and what they give are the pack's (``roles``), how they bind is the
languages': a passive is no deed of whoever stands before it, "by" names who did what stands before "by" and nothing
else, whose base was hit did not hit it. A role is what the sentence says, not what happened.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.ports import Hit, Larder

_WORD = re.compile(r"[^\W_]+")
_BEFORE_REACH = 4  # words before a party in which a word for a deed makes it the accused
_AFTER_REACH = 5  # … and after it
_SUBJECT_REACH = 2  # words between an Arabic subject and the verb behind it
_BESIDE = 3  # words between a nationality and its deed
_BY_REACH = 6  # words between a deed and the "by" of who did it
_USED_REACH = 4  # words between "used" and the weapon
_FAR = 99
_LOOK = 40  # characters looked back for the word before
_WINDOW = 300  # characters on each side of a word in which others are looked for
_CLAUSE_ENDS = re.compile(r"[.!?؟\n;؛:]|,\s(?:and|but|while)\s")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_PARTICIPLE = re.compile(r"[a-z]ed\s*$")
_BEFOREHAND = {
    "agent-before": "accused",
    "agent-by": "accused",
    "agent-to": "accused",
    "target-before": "target",
    "backed-before": "named",
}
_AFTERWARDS = {"product-after": "named", "theirs-after": "target"}


Mark = TypeVar("Mark", tuple[int, int], tuple[int, int, str])


@lru_cache(maxsize=8)
def _words_of(held: ByDigest) -> dict[str, frozenset[str]]:
    """Small words of the roles table, and forms of "to be", by role."""
    found: dict[str, set[str]] = {"article": set(), "adverb": set(), "aside": set(), "conjunction": set()}
    for row in held.larder.rows("roles"):
        for role in row.fields["role"].split("|"):
            found.setdefault(role, set()).add(row.key)
    found["be"] = {row.key for row in held.larder.rows("source_words") if row.fields["role"] == "be"}
    return {role: frozenset(words) for role, words in found.items()}


def _about(marks: Sequence[Mark], start: int, end: int) -> Sequence[Mark]:
    """The marks near a place; they are sorted by where they start."""
    return marks[bisect_left(marks, start - _WINDOW, key=_start) : bisect_left(marks, end + _WINDOW, key=_start)]


def _start(mark: tuple[int, ...] | tuple[int, int, str]) -> int:
    return mark[0]


class Marks:
    """Words that give roles, in one passage: where each ends or begins, by role."""

    def __init__(self, sheet: Sheet, number: int, larder: Larder) -> None:
        folded = sheet.folded[number]
        self.text = sheet.item.passages[number].text
        self.roles = sorted(
            (hit.start, hit.end, role)
            for hit in larder.lexicon("roles").find_all(folded)
            for role in hit.entry.fields["role"].split("|")
        )
        self.words = _words_of(ByDigest(larder))
        self.small = self.words["article"] | self.words["adverb"] | self.words["aside"]
        used = [hit for hit in larder.lexicon("claim_words").find(folded) if hit.entry.fields["role"] == "use"]
        deeds = [hit for hit in larder.lexicon("deeds").find(folded) if hit.entry.fields["kind"] != "none"]
        carriers = larder.lexicon("deliveries").find(folded)
        self.craft = sorted((hit.start, hit.end) for hit in carriers)
        means = [*deeds, *carriers, *used]
        self.deeds = sorted({(hit.start, hit.end) for hit in means})
        self.weapons = sorted((hit.start, hit.end) for hit in larder.lexicon("weapons").find(folded))
        self.parties = sorted((hit.start, hit.end) for hit in larder.lexicon("actors").find(folded))
        harms = {(start, end) for start, end, role in self.roles if role in {"agent-after", "suffered-by"}}
        self.done = sorted(harms | {(hit.start, hit.end) for hit in deeds})

    def gap(self, start: int, end: int) -> int:
        """How many words stand between two places; many where a clause ends between them.

        Articles, adverbs and those beside a party ("and the factions loyal to it") are none.
        """
        if end - start > _WINDOW:
            return _FAR
        between = self.text[start:end]
        if _CLAUSE_ENDS.search(between):
            return _FAR
        return sum(word.lower() not in self.small for word in _WORD.findall(between))

    def joined(self, start: int, end: int) -> bool:
        """Whether other parties stand between two places, and besides them nothing but "or" and the like."""
        inside = [(first, last) for first, last in _about(self.parties, start, end) if start <= first and last <= end]
        pieces = zip([start, *(last for _, last in inside)], [*(first for first, _ in inside), end], strict=True)
        between = {word.lower() for first, last in pieces for word in _WORD.findall(self.text[first:last])}
        return bool(inside) and between - self.words["article"] <= self.words["conjunction"]

    def suffered(self, start: int, end: int) -> bool:
        """Whether a word for a deed is a passive: "had been killed" is no deed of whoever is named before."""
        words = [word.lower() for word in _WORD.findall(self.text[max(0, start - _LOOK) : start])]
        before = next((word for word in reversed(words) if word not in self.words["adverb"]), "")
        return before in self.words["be"] and not self.text[start:end].endswith("ing")

    def did(self, by: int) -> bool:
        """Whether what "by" ends is a deed of violence: its participle right before, else a word for one close before.

        "Was killed by", "an airstrike on the market by": yes. "A school used by", "a video posted by": no.
        """
        if any(end <= by and self.gap(end, by) == 0 for _, end in _about(self.done, by, by)):
            return True
        right = [
            (start, role) for start, end, role in _about(self.roles, by, by) if end <= by and self.gap(end, by) == 0
        ]
        used = [start for start, role in right if role == "use-after"]
        if used:
            return any(
                end <= used[0] and self.gap(end, used[0]) <= _USED_REACH for _, end in _about(self.weapons, by, by)
            )
        if any(role == "done-by" for _, role in right) or _PARTICIPLE.search(self.text, max(0, by - _LOOK), by):
            return False
        return any(end <= by and self.gap(end, by) <= _BY_REACH for _, end in _about(self.done, by, by))

    def attributed(self, to: int) -> bool:
        """Whether something is laid to somebody: "attributed the strike to"."""
        near = [end for _, end, role in _about(self.roles, to, to) if role == "attributing" and end <= to]
        return any(self.gap(end, to) <= _BY_REACH for end in near)

    def arabic(self, start: int) -> bool:
        """Whether a word is written in Arabic letters."""
        return _ARABIC.match(self.text, start) is not None

    def active(self, start: int, end: int) -> bool:
        """Whether an Arabic word is a verb of a deed, which its subject may precede; "accused" is none."""
        return self.arabic(start) and (start, end, "agent-after") in _about(self.roles, start, end)

    def glued(self, start: int) -> bool:
        """Whether an Arabic "and" is written together with a word, which then has its subject before another verb."""
        return start > 0 and self.arabic(start) and self.text[start - 1].isalpha()

    def has_subject(self, start: int, end: int) -> bool:
        """Whether an Arabic verb stands behind its subject: a party right before it, no comma between, that is no other verb's."""
        if self.glued(start):
            return False
        if any(last <= start and self.gap(last, start) == 0 for _, last in _about(self.craft, start, end)):
            return True  # طائرة مسيرة استهدفت القوات
        for first, last in _about(self.parties, start, end):
            if last <= start and "،" not in self.text[last:start] and self.gap(last, start) <= _SUBJECT_REACH:
                verbs = (
                    mark for mark in _about(self.roles, first, first) if mark[2] == "agent-before" and mark[1] <= first
                )
                return all(self.gap(mark[1], first) for mark in verbs)
        return False

    def second(self, verb: int, start: int) -> bool:
        """Whether an Arabic verb's subject stands between it and a party with no "and": استهدف الجيش القوات."""
        if not self.arabic(start) or self.glued(start):
            return False
        between = (one for one in _about(self.parties, verb, start) if verb <= one[0] and one[1] < start)
        return any(self.gap(verb, first) == 0 and self.gap(last, start) == 0 for first, last in between)

    def uses(self, end: int) -> bool:
        """Whether a weapon is what is used: "used the compound as a base" is no deed."""
        return any(end <= start and self.gap(end, start) <= _USED_REACH for start, _ in _about(self.weapons, end, end))


def beside(hit: Hit, marks: Marks) -> bool:
    """Whether a word for a deed or its means stands beside a nationality."""
    # In Arabic an adjective stands behind its noun, else before it.
    latin = not _ARABIC.match(marks.text, hit.start)
    return any(
        (end <= hit.start and not latin and marks.gap(end, hit.start) < _BESIDE)
        or (hit.end <= start and latin and (marks.gap(hit.end, start) < _BESIDE or marks.joined(hit.end, start)))
        for start, end in _about(marks.deeds, hit.start, hit.end)
    )


def deed_itself(hit: Hit, marks: Marks) -> bool:
    """Whether a name holds a word for a deed, as "Israeli airstrike" does."""
    return any(hit.start <= start and end <= hit.end for start, end in _about(marks.deeds, hit.start, hit.end))


def role_of(hit: Hit, sentence: Span, marks: Marks) -> tuple[str, str]:
    """The role that the nearest word gives, and that word's role name."""
    best: tuple[int, int, str, str] | None = None
    near = [
        mark
        for mark in _about(marks.roles, hit.start, hit.end)
        if sentence.start <= mark[0] and mark[1] <= sentence.end
    ]
    for start, end, role in near:
        if role != "agent-to" and any(one[0] < start and end == one[1] for one in near):
            continue  # the last word of a longer phrase: برصاص عناصر (by the bullets of men of)
        option = _option(hit, start, end, role, marks)
        if option and (best is None or option < best):
            best = option
    return (best[2], best[3]) if best else ("named", "")


def _option(hit: Hit, start: int, end: int, role: str, marks: Marks) -> tuple[int, int, str, str] | None:
    """How near a word is that gives a role, its rank among equals, the role, and the word's own."""
    if end <= hit.start:
        return _from_before(hit, start, end, role, marks)
    if hit.end > start:
        return None
    gap = marks.gap(hit.end, start)
    if gap == 0 and role in _AFTERWARDS:
        return 0, -1, _AFTERWARDS[role], role
    active = (role == "agent-after" and not marks.glued(start)) or (role == "use-after" and marks.uses(end))
    reach = _SUBJECT_REACH if marks.arabic(start) else _AFTER_REACH
    if active and gap <= reach and not marks.suffered(start, end):
        return gap, 2, "accused", role
    return None


def _from_before(hit: Hit, start: int, end: int, role: str, marks: Marks) -> tuple[int, int, str, str] | None:
    """The option of a word that stands before the party."""
    meant = _BEFOREHAND.get(role)
    if meant is None:
        return None
    gap = marks.gap(end, hit.start)
    if (
        role == "agent-before"
        and marks.active(start, end)
        and (marks.second(end, hit.start) or (not gap and marks.has_subject(start, end)))
    ):
        return gap, 0, "target", role  # استهدف الجيش القوات, الجيش استهدف القوات: the other party is the object
    if gap > (_BEFORE_REACH if meant == "accused" else 1) or (role == "agent-by" and not marks.did(start)):
        return None
    if role == "agent-to" and (gap or not marks.attributed(start)):
        return None
    rank = -1 if role == "agent-to" else int(meant == "accused")  # "blamed the strikes on": no target
    return gap, rank, meant, role
