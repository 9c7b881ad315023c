"""Who is named, and in which role the words put them: accused of a deed, its target, a speaker, or only named.

Names, agencies and epithets are a pack's; a nationality names a party only beside a word for a deed or a weapon ("Turkish
shelling", غارة روسية). Roles come from the nearest word that gives one; who speaks is known only once the statements are read
(``voiced``). "Pro-" and "anti-" before a name mean somebody
else. An epithet is kept as the speaker's word; whom it means is taken from the text's own full name for it ("the Turkish
occupation" before "the occupation"), else from the country the text speaks of where the pack says so, else left open.
Nothing here says who did it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from witnessmark.reading.actor_roles import Marks, beside, deed_itself, role_of
from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.ports import Entry, Hit, Larder
from witnessmark.terms.script import key
from witnessmark.terms.statement import Statement
from witnessmark.terms.why import Why

_NOT_THEM = re.compile(r"(?:pro|anti|non)[\s-]$|\b(?:ex|former)[\s-]$")
_HELD = re.compile(
    r"-(?:held|backed|controlled|affiliated|linked|aligned|led|run|made|built|supplied|manufactured|provided|funded|trained)\b"
)
_INITIALS = 4  # letters up to which a name in Latin script is initials, and needs capitals


def actors(sheet: Sheet, larder: Larder, places: Sequence[PlaceMention] = ()) -> tuple[ActorMention, ...]:
    """Every party, source and epithet the readable sentences name, in order. ``places``: what the item names."""
    out: list[ActorMention] = []
    labels = labels_of(larder)
    for number, folded in enumerate(sheet.folded):
        spans = sheet.sentences_of(number)
        if not spans:
            continue
        found = [(hit, "name") for hit in larder.lexicon("actors").find(folded)]
        found += [(hit, "nationality") for hit in larder.lexicon("nationalities").find(folded)]
        found += [(hit, "epithet") for hit in larder.lexicon("epithets").find(folded)]
        if not found:
            continue
        marks = Marks(sheet, number, larder)
        taken: list[tuple[int, int]] = []  # in order; none overlap
        for hit, kind in sorted(found, key=lambda one: (one[1] != "name", one[0].start)):
            sentence = sheet.sentence(number, hit.start, hit.end)
            at = bisect_left(taken, (hit.end,))
            if sentence is None or (at and hit.start < taken[at - 1][1]):
                continue
            mention = _mention(number, hit, kind, sentence, marks, labels)
            if mention:
                taken.insert(at, (hit.start, hit.end))
                out.append(mention)
    return _meant(sorted(out, key=lambda one: one.span), places, larder)


def _meant(found: Sequence[ActorMention], places: Sequence[PlaceMention], larder: Larder) -> tuple[ActorMention, ...]:
    """The same mentions, epithets with the party that this text means by them where it says so."""
    open_ = {one.why.entries[0] for one in found if one.epithet and one.actor is None}
    rows = {row.cite: row for row in larder.rows("epithets") if row.cite in open_}
    whom = {cite: _named_in_full(row, found) or _there(row, places) for cite, row in rows.items()}
    labels = labels_of(larder)
    out = []
    for one in found:
        actor = whom.get(one.why.entries[0]) if one.epithet and one.actor is None else None
        out.append(replace(one, actor=actor, label=labels.get(actor) or None) if actor else one)
    return tuple(out)


def _named_in_full(row: Entry, found: Sequence[ActorMention]) -> str | None:
    """The party whose name in this text holds the epithet, where it is one: "the Turkish occupation"."""
    word = key(row.key)
    named = {one.actor for one in found if one.actor and not one.epithet and word in key(one.text).split()}
    return named.pop() if len(named) == 1 else None


def _there(row: Entry, places: Sequence[PlaceMention]) -> str | None:
    """The party meant in the country that most places of the text lie in, where the pack names one."""
    meant = dict(pair.split("=", 1) for pair in row.fields.get("there", "").split("|") if "=" in pair)
    lands = Counter(one.candidates[0].country for one in places if one.candidates and one.candidates[0].country)
    most = min(lands, key=lambda land: (-lands[land], land), default=None)
    return meant.get(most) if most else None


def labels_of(larder: Larder) -> dict[str, str]:
    """Airwars' label of each actor of the packs, by id; empty where it has none."""
    return _labels(ByDigest(larder))


@lru_cache(maxsize=8)
def _labels(held: ByDigest) -> dict[str, str]:
    return {row.fields["id"]: row.fields["label"] for row in held.larder.rows("actors")}


def _mention(
    number: int, hit: Hit, kind: str, sentence: Span, marks: Marks, labels: dict[str, str]
) -> ActorMention | None:
    text = marks.text
    before = text[max(sentence.start, hit.start - 8) : hit.start]
    if _NOT_THEM.search(before.lower()) or _HELD.match(text, hit.end):
        return None
    given = text[hit.start : hit.end]
    if len(given) <= _INITIALS and given.isascii() and given.islower():
        return None  # "us" is no country
    role, why = role_of(hit, sentence, marks)
    fields = hit.entry.fields
    actor = fields.get("id") or fields.get("means") or None
    if kind == "nationality":
        if role != "accused" and not beside(hit, marks):
            return None
        role = "accused" if role != "target" else role
    elif role == "named" and deed_itself(hit, marks):
        role = "accused"
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


def voiced(
    found: Sequence[ActorMention], said: Sequence[Statement], labels: Mapping[str, str]
) -> tuple[ActorMention, ...]:
    """The same mentions, those within the words for a source as speakers, under the actor the source was resolved to."""
    out = list(found)
    starts = [(mention.span.passage, mention.span.start) for mention in found]
    ends = [(mention.span.passage, mention.span.end) for mention in found]  # in order, too: none overlap
    for one in said:
        if one.source_span is None or one.source_actor is None:
            continue
        span = one.source_span
        inside = range(bisect_right(ends, (span.passage, span.start)), bisect_left(starts, (span.passage, span.end)))
        spoken = any(out[index].actor == one.source_actor for index in inside)
        for index in inside:
            if spoken:
                out[index] = replace(out[index], role="speaker")
            else:  # "the coalition", which the text has made another's name
                label = labels.get(one.source_actor) or None
                out[index] = replace(out[index], actor=one.source_actor, label=label, role="speaker")
    return tuple(out)
