"""Who is named, and in which role the words put them: accused of a deed, its target, a speaker, or only named.

Names, agencies and epithets are a pack's; a nationality names a party only beside a word for a deed or a weapon ("Turkish
shelling", غارة روسية). Roles come from the nearest word that gives one; who speaks is known only once the statements are read
(``voiced``). "Pro-" and "anti-" before a name mean somebody
else. An epithet is kept as the speaker's word. Nothing here says who did it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.statement import Statement
from witnessmark.terms.why import Why

_WORD = re.compile(r"[^\W_]+")
_NOT_THEM = re.compile(r"(?:pro|anti|non)[\s-]$|\b(?:ex|former)[\s-]$")
_HELD = re.compile(r"-(?:held|backed|controlled|affiliated|linked|aligned|led|run)\b")
_BEFORE_REACH = 4  # words before a party in which a word for a deed makes it the accused
_AFTER_REACH = 5  # … and after it
_INITIALS = 4  # letters up to which a name in Latin script is initials, and needs capitals
_BESIDE = 3  # words between a nationality and its deed


def actors(sheet: Sheet, larder: Larder) -> tuple[ActorMention, ...]:
    """Every party, source and epithet the readable sentences name, in order."""
    out: list[ActorMention] = []
    labels = labels_of(larder)
    for number, folded in enumerate(sheet.folded):
        spans = [span for span in sheet.sentences if span.passage == number]
        if not spans:
            continue
        found = [(hit, "name") for hit in larder.lexicon("actors").find(folded)]
        found += [(hit, "nationality") for hit in larder.lexicon("nationalities").find(folded)]
        found += [(hit, "epithet") for hit in larder.lexicon("epithets").find(folded)]
        marks = _Marks(sheet, number, larder)
        taken: list[tuple[int, int]] = []
        for hit, kind in sorted(found, key=lambda one: (one[1] != "name", one[0].start)):
            sentence = next((span for span in spans if span.start <= hit.start and hit.end <= span.end), None)
            if sentence is None or any(a < hit.end and hit.start < b for a, b in taken):
                continue
            mention = _mention(number, hit, kind, sentence, marks, labels)
            if mention:
                taken.append((hit.start, hit.end))
                out.append(mention)
    return tuple(sorted(out, key=lambda one: one.span))


def labels_of(larder: Larder) -> dict[str, str]:
    """Airwars' label of each actor of the packs, by id; empty where it has none."""
    return _labels(ByDigest(larder))


@lru_cache(maxsize=8)
def _labels(held: ByDigest) -> dict[str, str]:
    return {row.fields["id"]: row.fields["label"] for row in held.larder.rows("actors")}


class _Marks:
    """Words that give roles, in one passage: where each ends or begins, by role."""

    def __init__(self, sheet: Sheet, number: int, larder: Larder) -> None:
        folded = sheet.folded[number]
        self.text = sheet.item.passages[number].text
        self.roles = [
            (hit.start, hit.end, hit.entry.fields["role"]) for hit in larder.lexicon("roles").find_all(folded)
        ]
        self.passive = {row.key for row in larder.rows("source_words") if row.fields["role"] == "be"}
        used = [hit for hit in larder.lexicon("claim_words").find(folded) if hit.entry.fields["role"] == "use"]
        deeds = [*larder.lexicon("deeds").find(folded), *larder.lexicon("deliveries").find(folded), *used]
        self.deeds = sorted({(hit.start, hit.end) for hit in deeds})

    def gap(self, start: int, end: int) -> int:
        """How many words stand between two places; many where a clause ends between them."""
        between = self.text[start:end]
        if re.search(r"[.!?؟\n;؛:]|,\s(?:and|but|while)\s", between):
            return 99
        return len(_WORD.findall(between))


def _mention(
    number: int, hit: Hit, kind: str, sentence: Span, marks: _Marks, labels: dict[str, str]
) -> ActorMention | None:
    text = marks.text
    before = text[max(sentence.start, hit.start - 8) : hit.start]
    if _NOT_THEM.search(before.lower()) or _HELD.match(text, hit.end):
        return None
    given = text[hit.start : hit.end]
    if len(given) <= _INITIALS and given.isascii() and given.islower():
        return None  # "us" is no country
    role, why = _role(hit, sentence, marks)
    fields = hit.entry.fields
    actor = fields.get("id") or fields.get("means") or None
    if kind == "nationality":
        if not _beside(hit, marks):
            return None
        role = "accused" if role != "target" else role
    entries = (hit.entry.cite, *((f"actors:roles:{why}",) if why else ()))
    return ActorMention(
        span=Span(passage=number, start=hit.start, end=hit.end),
        text=text[hit.start : hit.end],
        actor=actor,
        label=(labels.get(actor or "") or None),
        why=Why(rule=f"actors.{kind}", entries=entries),
        epithet=kind == "epithet",
        role=_as_role(role if role != "accused" or fields.get("party", "yes") != "no" else "named"),
    )


def _as_role(role: str) -> Literal["accused", "target", "named"]:
    match role:
        case "accused":
            return "accused"
        case "target":
            return "target"
        case _:
            return "named"


def _beside(hit: Hit, marks: _Marks) -> bool:
    """Whether a word for a deed or its means stands beside a nationality."""
    return any(
        (end <= hit.start and marks.gap(end, hit.start) < _BESIDE)
        or (hit.end <= start and marks.gap(hit.end, start) < _BESIDE)
        for start, end in marks.deeds
    )


def _role(hit: Hit, sentence: Span, marks: _Marks) -> tuple[str, str]:
    """The role that the nearest word gives, and that word's role name."""
    best: tuple[int, int, str, str] | None = None
    for start, end, role in marks.roles:
        if not (sentence.start <= start and end <= sentence.end):
            continue
        option = _option(hit, start, end, role, marks)
        if option and (best is None or option < best):
            best = option
    return (best[2], best[3]) if best else ("named", "")


def _word_before(text: str, at: int) -> str:
    """The word right before a place, in small letters."""
    words = _WORD.findall(text[max(0, at - 20) : at])
    return words[-1].lower() if words else ""


def _option(hit: Hit, start: int, end: int, role: str, marks: _Marks) -> tuple[int, int, str, str] | None:
    """How near a word is that gives a role, its rank among equals, the role, and the word's own."""
    if role.endswith("-before") and end <= hit.start:
        gap = marks.gap(end, hit.start)
        if gap > (_BEFORE_REACH if role == "agent-before" else 1):
            return None
        meant = {"agent-before": "accused", "target-before": "target", "backed-before": "named"}[role]
        return gap, 0 if meant != "accused" else 1, meant, role
    if role == "product-after" and hit.end <= start and marks.gap(hit.end, start) == 0:
        return 0, -1, "named", role
    # "Had been killed" is no deed of whoever is named before; "is attacking" is.
    suffered = not marks.text[start:end].endswith("ing") and _word_before(marks.text, start) in marks.passive
    if role == "agent-after" and hit.end <= start and not suffered:
        gap = marks.gap(hit.end, start)
        return (gap, 2, "accused", role) if gap <= _AFTER_REACH else None
    return None


def voiced(
    found: Sequence[ActorMention], said: Sequence[Statement], labels: Mapping[str, str]
) -> tuple[ActorMention, ...]:
    """The same mentions, those within the words for a source as speakers, under the actor the source was resolved to."""
    out = list(found)
    for one in said:
        if one.source_span is None or one.source_actor is None:
            continue
        inside = [index for index, mention in enumerate(out) if one.source_span.overlaps(mention.span)]
        spoken = any(out[index].actor == one.source_actor for index in inside)
        for index in inside:
            if spoken:
                out[index] = replace(out[index], role="speaker")
            else:  # "the coalition", which the text has made another's name
                label = labels.get(one.source_actor) or None
                out[index] = replace(out[index], actor=one.source_actor, label=label, role="speaker")
    return tuple(out)
