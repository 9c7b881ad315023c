"""Why a thing is there: for each value the rule, the pack entries and the words, and what lost against it."""

from collections.abc import Iterable, Sequence

from witnessmark.casefile import ids, items, rows, shown
from witnessmark.casefile.case import Case
from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import TOLL_SLOTS, Claim
from witnessmark.terms.incident import Incident
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading
from witnessmark.terms.toll import Toll, TollMention
from witnessmark.terms.why import Why


def explain(case: Case, wanted: str) -> rows.Row:
    """Reasons for one item, claim, origin or incident.

    Returns ``explained`` (its kind) and ``reasons``, each with ``slot``, ``value``, ``rule``, ``entries``, ``lost``, and
    ``words`` and ``anchor`` where it rests on words.

    Raises:
        UnknownId: nothing is called that.
    """
    with case.transaction() as db:
        found = ids.find(db, wanted)
        reasons: list[rows.Row] = []
        match found.kind:
            case "claim":
                claim, incident = shown.claim(db, found.id)
                (item,) = items.fetch(db, [claim.item])
                read = shown.reading(db, claim.item)
                reasons = _claim(claim, item, read) if read else []
                if incident:
                    joins = [join for join in shown.incident(db, incident).joins if claim.id in (join.claim, join.to)]
                    reasons += [_said("incident", incident, "gather.join", join.reason) for join in joins]
            case "incident":
                reasons = _incident(shown.incident(db, found.id))
            case "origin":
                origin = shown.origin(db, found.id)
                reasons = [_said("shown", origin.shown, "origins", origin.reason)]
            case "item":
                (item,) = items.fetch(db, [found.id])
                read = shown.reading(db, found.id)
                reasons = (
                    _item(item, read)
                    if read
                    else [_said("read", value=False, rule="pending", words="This item has not been read yet.")]
                )
            case "object":
                reasons = [_said("object", found.id, "vault", "Preserved bytes are named by their SHA-256.")]
    return {"explained": found.kind, "id": found.id, "reasons": reasons}


def _said(slot: str, value: object, rule: str, words: str) -> rows.Row:
    return {"slot": slot, "value": value, "rule": rule, "because": words}


def _why(slot: str, value: object, why: Why, item: Item, span: Span, lost: Sequence[str] = ()) -> rows.Row:
    return {
        "slot": slot,
        "value": value,
        "rule": why.rule,
        "entries": list(why.entries),
        "lost": [*why.lost, *lost],
        "words": rows.cut(item, span),
        "anchor": rows.anchor_row(item.anchor(span)),
    }


def _claim(claim: Claim, item: Item, read: Reading) -> list[rows.Row]:
    """The claim itself, then each slot by the mention that gave it."""
    reasons = [_why("claim", claim.kind, claim.why, item, claim.span)]
    if claim.place:
        named = claim.place.candidates[0].name if claim.place.candidates else claim.place.text
        beaten = _other_places(claim, read)
        reasons.append(_why("place", named, claim.place.why, item, claim.place.span, beaten))
        reasons += [
            _said("place candidate", candidate.id, "places.candidate", "; ".join(candidate.reasons))
            for candidate in claim.place.candidates
        ]
    if claim.moment:
        value = [claim.moment.earliest, claim.moment.latest]
        reasons.append(_why("moment", value, claim.moment.why, item, claim.moment.span, _other_moments(claim, read)))
    words = {party.words for party in claim.accused}
    others = _other_parties(claim, read)
    reasons += [
        _why("accused", one.label or one.text, one.why, item, one.span, others)
        for one in read.actors
        if one.text in words
    ]
    slots = set(claim.weapon) | set(claim.delivery) | set(claim.target) | set(claim.observations)
    reasons += [
        _why(one.slot, one.label or one.key, one.why, item, one.span)
        for one in read.weapons
        if {one.key, one.label} & slots
    ]
    tolled = (
        [slot for slot in TOLL_SLOTS if getattr(claim, slot)] or claim.harm_unnumbered or claim.polarity == "denied"
    )
    if tolled:
        near = [one for one in read.tolls if one.span.passage == claim.span.passage]
        reasons += [
            _why(
                f"{one.kind} {one.who}", None if one.count is None else rows.pair(one.count), one.why, item, one.span,
                _beaten(claim, one),
            )
            for one in near
        ]  # fmt: skip
    return reasons


def _other_places(claim: Claim, read: Reading) -> list[str]:
    """The other places that the claim's sentence names, and what they are named for."""
    return _once(
        f"“{one.text}”, a {one.role}" + ("" if one.role != "scene" else " less often named, or less fine")
        for one in read.places
        if claim.place and claim.span.covers(one.span) and one.text != claim.place.text
    )


def _other_moments(claim: Claim, read: Reading) -> list[str]:
    """The other times that the claim's sentence tells."""
    return _once(
        f"“{one.text}”, {one.earliest or one.basis}"
        for one in read.moments
        if claim.moment and claim.span.covers(one.span) and one.span != claim.moment.span
    )


def _other_parties(claim: Claim, read: Reading) -> list[str]:
    """The parties that the claim's sentence names otherwise than as blamed."""
    blamed = {party.words for party in claim.accused}
    return _once(
        f"“{one.text}”, {one.role}" for one in read.actors if claim.span.covers(one.span) and one.text not in blamed
    )


def _beaten(claim: Claim, told: TollMention) -> list[str]:
    """Why a toll told beside a claim is not its figure; nothing where it is, or where it is a part of one."""
    if told.negated or told.part_of is not None or told.kind not in ("killed", "injured"):
        return []
    if told.cumulative and not claim.cumulative:
        return ["counted since some time, or over several events, so no figure of this claim"]
    slot = "combatants_killed" if told.who == "combatants" and told.kind == "killed" else told.kind
    stands: Toll | None = getattr(claim, slot)
    if stands is None or told.count == stands:
        return []
    given = f"{stands.least}" if stands.least == stands.most else f"{stands.least} to {stands.most or 'open'}"
    return [f"{given} stands for this claim: told first, of another class or voice, or with its parts counted apart"]


def _once(lost: Iterable[str]) -> list[str]:
    """Each reason once, in order."""
    return list(dict.fromkeys(lost))


def _incident(incident: Incident) -> list[rows.Row]:
    grade = incident.grade
    reasons = [
        _said("date", incident.date, "settle", incident.date_why),
        _said("place", incident.place, "settle", incident.place_why),
        _said("grade", grade.grade, grade.rule or "none", "; ".join(grade.facts)),
    ]
    reasons += [_said("would raise the grade", None, grade.rule or "none", words) for words in grade.missing]
    reasons += [_said("flag", None, "weigh", words) for words in grade.flags]
    reasons += [
        _said(
            figure.slot,
            rows.pair(figure.toll),
            "tolls",
            figure.left_out or f"latest figure of {figure.origin}, in {figure.claim}",
        )
        for figure in incident.figures
    ]
    reasons += [_said("contradiction", None, "weigh", words) for words in incident.contradictions]
    reasons += [_said("join", [join.claim, join.to], "gather.join", join.reason) for join in incident.joins]
    return reasons


def _item(item: Item, read: Reading) -> list[rows.Row]:
    publication = read.publication
    dated = [publication.earliest, publication.latest]
    reasons = [
        _said("language", read.language, "language", "by script and letters"),
        _said("publication", dated, publication.basis, publication.why),
    ]
    if read.unreadable:
        reasons.append(
            _said("unreadable", read.unreadable.kind, "walls", f"{read.unreadable.why}: {read.unreadable.words}")
        )
    reasons += [_why("claim", claim.id, claim.why, item, claim.span) for claim in read.claims]
    reasons += [_why("statement", said.source, said.why, item, said.span) for said in read.statements]
    return reasons
