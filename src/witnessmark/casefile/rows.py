"""Domain values as rows for export: the contracts of ``docs/reference/exports.md``, one function per kind of row.

A toll is ``[least, most]`` with ``most`` null where open, or null; a list keeps its order. Offsets are code points of
the passage's text as given. A row says what was suggested; what a person decided stands beside it, never in its stead
without a mark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from witnessmark.casefile.account_rows import NO_WORDS, Words, event_rows, party_rows
from witnessmark.casefile.changed import changed
from witnessmark.casefile.decisions import Standing
from witnessmark.terms.anchor import Anchor, Span
from witnessmark.terms.claim import FIGURE_SLOTS, TOLL_SLOTS, Claim, Party
from witnessmark.terms.contradiction import Side
from witnessmark.terms.incident import Grade, Incident, OriginToll
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Moment
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.reading import Reading
from witnessmark.terms.sighting import Recycled
from witnessmark.terms.statement import Statement
from witnessmark.terms.toll import Toll
from witnessmark.terms.victim import Victim

Row = dict[str, Any]
DRAFT = "machine draft, not reviewed"


def pair(toll: Toll | None) -> list[int | None] | None:
    """``[least, most]`` or null."""
    return None if toll is None else [toll.least, toll.most]


def uncounted(tolls: Mapping[str, Toll | None]) -> list[str]:
    """The slots whose figures nobody counted: a word such as "dozens", or a plural, is taken for them."""
    return [slot for slot in FIGURE_SLOTS if (toll := tolls.get(slot)) is not None and toll.vague]


def anchor_row(anchor: Anchor) -> Row:
    """Address, selector, digest of the text, start and end."""
    return {
        "address": anchor.address,
        "selector": anchor.selector,
        "text": anchor.text,
        "start": anchor.start,
        "end": anchor.end,
    }


def moment_row(moment: Moment | None) -> Row | None:
    """A time as worded and as resolved, or null."""
    if moment is None:
        return None
    return {
        "text": moment.text,
        "start": moment.span.start,
        "end": moment.span.end,
        "earliest": moment.earliest,
        "latest": moment.latest,
        "precision": moment.precision,
        "basis": moment.basis,
    }


def place_row(place: PlaceMention | None) -> Row | None:
    """A place as worded, its best candidate spelled out, and all candidates; or null."""
    if place is None:
        return None
    best = place.candidates[0] if place.candidates else None
    return {
        "text": place.text,
        "start": place.span.start,
        "end": place.span.end,
        "role": place.role,
        "name": best.name if best else None,
        "name_ar": best.name_ar if best else None,
        "lat": best.lat if best else None,
        "lon": best.lon if best else None,
        "precision": best.level if best else None,
        "candidates": [msgspec.to_builtins(candidate) for candidate in place.candidates],
    }


def party_row(party: Party) -> Row:
    """Pack id, label and the words as written."""
    return {"actor": party.actor, "label": party.label, "words": party.words}


def decided_row(standing: Standing | None) -> Row:
    """What people decided: state, slots, and who signed what and why; or the mark of a machine draft."""
    if standing is None:
        return {"state": "machine draft", "review": DRAFT, "decided": {}, "decisions": []}
    signed = standing.history[-1]
    review = f"decided by {signed['by']}, {signed['at']}: {signed['reason']}"
    return {"state": standing.state, "review": review, "decided": standing.slots, "decisions": standing.history}


def claim_row(
    claim: Claim, item: Item, incident: str | None, standing: Standing | None, refers_to: Sequence[Row] = ()
) -> Row:
    """One claim, by the contract of ``export --what claims``; ``refers_to``: what its earlier event may be."""
    tolls = {slot: pair(getattr(claim, slot)) for slot in TOLL_SLOTS}
    return {
        "id": claim.id,
        "item": item.name,
        "item_id": item.id,
        "incident": incident,
        "anchor": anchor_row(claim.anchor),
        "words": cut(item, claim.span),
        "kind": claim.kind,
        "accused": [party_row(party) for party in claim.accused],
        "joint": claim.joint,
        "alternatives": claim.alternatives,
        "target": list(claim.target),
        "weapon": list(claim.weapon),
        "delivery": list(claim.delivery),
        "observations": list(claim.observations),
        "place": place_row(claim.place),
        "moment": moment_row(claim.moment),
        **tolls,
        "uncounted": uncounted({slot: getattr(claim, slot) for slot in TOLL_SLOTS}),
        "harm_unnumbered": list(claim.harm_unnumbered),
        "shared": claim.shared,
        "cumulative": claim.cumulative,
        "preliminary": claim.preliminary,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "on_whose_word": list(claim.on_whose_word),
        "refers_to": list(refers_to),
        "rule": claim.why.rule,
        **decided_row(standing),
    }


def cut(item: Item, span: Span) -> str:
    """The words under a span."""
    return item.passages[span.passage].text[span.start : span.end]


def statement_row(number: int, said: Statement, item: Item, reading: Reading) -> Row:
    """One statement, by the contract of ``export --what statements``."""
    return {
        "item": item.name,
        "item_id": item.id,
        "number": number,
        "anchor": anchor_row(item.anchor(said.span)),
        "words": cut(item, said.span),
        "content": anchor_row(item.anchor(said.content)),
        "source": said.source,
        "source_words": cut(item, said.source_span) if said.source_span else None,
        "source_actor": said.source_actor,
        "source_resolved": said.source_resolved,
        "source_several": said.source_several,
        "cue": said.cue,
        "certainty": said.certainty,
        "form": said.form,
        "nested_in": said.nested_in,
        "moments": [moment_row(reading.moments[index]) for index in said.moments],
        "places": [place_row(reading.places[index]) for index in said.places],
        "rule": said.why.rule,
    }


NAMED = "not for publication: a person's name, until a person approves it; the injured are never named outside the team"


def person_row(one: Victim) -> Row:
    """What a text says of a person whom it names as harmed."""
    return {
        "name": one.name,
        "other_script": one.other_script,
        "kind": one.kind,
        "age": one.age,
        "child": one.child,
        "sex": one.sex,
        "relation": one.relation,
        "role": one.role,
    }


def victim_row(one: Victim, item: Item, reading: Reading) -> Row:
    """One person whom a text names as harmed, by the contract of ``export --what victims``."""
    said = reading.statements[one.statement] if one.statement is not None else None
    claim = next((claim for claim in reading.claims if claim.span.covers(one.span)), None)
    return {
        "id": one.id(item.id),
        "item": item.name,
        "item_id": item.id,
        "claim": claim.id if claim else None,
        "anchor": anchor_row(item.anchor(one.span)),
        **person_row(one),
        "source": said.source if said else None,
        "certainty": said.certainty if said else None,
        "publication": NAMED,
        "rule": one.why.rule,
    }


def item_row(item: Item, reading: Reading | None, standing: Standing | None) -> Row:
    """One item, by the contract of ``export --what items``."""
    bad = reading.unreadable if reading else None
    return {
        "id": item.name,
        "item_id": item.id,
        "address": item.address,
        "selector": item.selector,
        "kind": item.kind,
        "native_id": item.native_id,
        "platform": item.platform,
        "publisher": item.publisher,
        "author": item.author,
        "site": item.site,
        "url": item.url,
        "archived": item.archived,
        "published": item.published,
        "published_resolved": msgspec.to_builtins(reading.publication) if reading else None,
        "edited": item.edited,
        "captured": item.captured,
        "forwarded_from": item.forwarded_from,
        "reply_to": item.reply_to,
        "language": reading.language if reading else None,
        "unreadable": None if bad is None else {"kind": bad.kind, "words": bad.words, "why": bad.why},
        "read": reading is not None,
        "texts": [
            {"role": passage.role, "selector": passage.selector, "digest": passage.digest} for passage in item.passages
        ],
        "attachments": [msgspec.to_builtins(attachment) for attachment in item.attachments],
        "metadata": item.shared_metadata,
        "not_read": list(item.not_read),
        "repaired": list(item.repaired),
        **decided_row(standing),
    }


def _figure_row(one: OriginToll) -> Row:
    """One origin's figure for a slot, and why it does not count where it does not."""
    told: Row = {"origin": one.origin, "slot": one.slot, "toll": pair(one.toll), "uncounted": one.toll.vague}
    return {**told, "claim": one.claim, "left_out": one.left_out, "decided": one.decided}


def recycled_row(one: Recycled, names: Mapping[str, str]) -> Row:
    """A picture or clip that cannot show the event, with both sides. ``names``: of items, by id."""
    sides = {
        side: {
            "item": names.get(each.item, each.item),
            "item_id": each.item,
            "medium": each.medium,
            "published": [each.earliest, each.latest],
            "rests_on": each.rests_on,
        }
        for side, each in (("later", one.later), ("earlier", one.earlier))
    }
    return {"manner": one.manner, **sides, "why": one.why}


_OF_PLACE = ("place_ar", "place_id", "lat", "lon", "precision")


def side_row(side: Side) -> Row:
    """One side of a contradiction: its answer, the claims that give it, and who stands behind these."""
    return {"label": side.label, "claims": list(side.claims), "origins": list(side.origins), "who": list(side.who)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside an incident in other rooms. ``disputed``: its contradictions with the words of each side; ``drifted``: drifts

    between its items; ``said``: what stands behind the statements of its parties; ``registers``: the rows of registers it may
    be; ``mentioned``: claims elsewhere that mention it as an earlier event.
    """

    disputed: Sequence[Row] = ()
    drifted: Sequence[Row] = ()
    said: Words = NO_WORDS
    registers: Sequence[Row] = ()
    mentioned: Sequence[Row] = ()


NOTHING = Beside()


def incident_row(
    incident: Incident,
    names: Mapping[str, str],
    standing: Standing | None,
    beside: Beside = NOTHING,
) -> Row:
    """One incident, by the contract of ``export --what incidents``; ``items`` are collectors' own ids where given."""
    tolls = dict(incident.tolls)
    row: Row = {
        "id": incident.id,
        "items": sorted(names.get(one, one) for one in incident.items),
        "claims": list(incident.claims),
        "date": incident.date,
        "date_latest": incident.date_latest,
        "date_why": incident.date_why,
        "place": incident.place,
        "place_ar": incident.place_ar,
        "place_id": incident.place_id,
        "lat": incident.lat,
        "lon": incident.lon,
        "precision": incident.level,
        "place_why": incident.place_why,
        **{slot: pair(tolls.get(slot)) for slot in FIGURE_SLOTS},
        "uncounted": [],
        "harm_unnumbered": list(incident.harm_unnumbered),
        "actors": sorted({party.label for party in incident.accused if party.label}),
        "accused": [party_row(party) for party in incident.accused],
        "alternatives": incident.alternatives,
        "strike": list(incident.strike),
        "weapon": list(incident.weapon),
        "target": list(incident.target),
        "origins": [incident.origins_shown, incident.origins_most],
        "origin_ids": list(incident.origins),
        "posts": len(incident.items),
        "figures": [_figure_row(one) for one in incident.figures],
        **_grade_row(incident.grade),
        "contradictions": [one.sentence for one in incident.contradictions],
        "disputes": list(beside.disputed),
        "drifts": list(beside.drifted),
        "recycled": [recycled_row(one, names) for one in incident.recycled],
        "parties": party_rows(incident, beside.said),
        "answers": event_rows(incident, beside.said),
        "joins": [{"claim": join.claim, "to": join.to, "reason": join.reason} for join in incident.joins],
        "registers": list(beside.registers),
        "mentioned": list(beside.mentioned),
        **decided_row(standing),
        "changed": changed(standing.signed if standing else None, incident),
    }
    decided = _decided(standing)
    row["uncounted"] = [slot for slot in uncounted(tolls) if slot not in decided]
    return {**row, **decided, "suggested": {slot: row[slot] for slot in decided if slot in row}}


def _grade_row(grade: Grade) -> Row:
    return {
        "grade": grade.grade,
        "grade_label": grade.label,
        "rule": grade.rule,
        "facts": list(grade.facts),
        "missing": list(grade.missing),
        "unmet": list(grade.unmet),
        "flags": list(grade.flags),
    }


def _decided(standing: Standing | None) -> Row:
    """What people set for an incident, with what follows from it."""
    decided = dict(standing.slots) if standing else {}
    if "date" in decided:
        decided["date_latest"] = decided["date"]  # a person decides one day
    if "place" in decided:  # the machine's point and entry are of the place it named, not of this one
        decided = {**dict.fromkeys(_OF_PLACE), "place_why": "decided by a person", **decided}
    if "grade" in decided:
        decided["grade_label"] = decided["grade"] or "No grade"
    return decided
