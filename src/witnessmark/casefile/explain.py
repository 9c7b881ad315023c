"""Why a thing is there: for each value the rule, the pack entries and the words, and what lost against it."""

from collections.abc import Iterable, Sequence

from witnessmark.casefile import decisions, drifting, ids, items, matches, rows, shown, victims
from witnessmark.casefile.account_rows import words
from witnessmark.casefile.case import Case
from witnessmark.casefile.explain_figures import told
from witnessmark.casefile.graded import graded
from witnessmark.casefile.standards import standard
from witnessmark.casefile.voices import source_of
from witnessmark.reading.claims import Bearing
from witnessmark.reading.item import tolls_of_claims
from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import Claim
from witnessmark.terms.contradiction import Side
from witnessmark.terms.drift import Drift
from witnessmark.terms.incident import Incident, OriginToll
from witnessmark.terms.item import Item
from witnessmark.terms.place import PlaceCandidate
from witnessmark.terms.reading import Reading
from witnessmark.terms.victim import Victim
from witnessmark.terms.why import Why
from witnessmark.weighing.standard import Standard


def explain(case: Case, wanted: str) -> rows.Row:
    """Reasons for one item, claim, origin, incident or person named as harmed.

    Returns ``explained`` (its kind) and ``reasons``, each with ``slot``, ``value``, ``rule``, ``entries``, ``lost``, and
    ``words`` and ``anchor`` where it rests on words.

    Raises:
        UnknownId: nothing is called that.
    """
    with case.transaction() as db:
        found = ids.find(db, wanted)
        every = decisions.attached(db).standing
        standing = every.get(found.id)
        reasons: list[rows.Row] = []
        match found.kind:
            case "claim":
                claim, incident = shown.claim(db, found.id)
                (item,) = items.fetch(db, [claim.item])
                read = shown.reading(db, claim.item)
                if read:
                    bearing = tolls_of_claims(item, read, case.larder).get(claim.id) if read.tolls else None
                    reasons = _claim(claim, item, read) + _tolls(claim, item, read, bearing)
                if incident:
                    joins = [join for join in shown.incident(db, incident).joins if claim.id in (join.claim, join.to)]
                    reasons += [_said("incident", incident, "gather.join", join.reason) for join in joins]
                reasons += _matched(matches.of(db, claim.id), claim.id)
            case "incident":
                rules = standard(case.larder)
                now = graded(shown.incident(db, found.id), every, rules)
                row = rows.incident_row(now, {}, standing, rows.Beside(said=words(db, now)))
                reasons = _incident(now, rules) + _answers(row) + _drifts(drifting.Found(db).between(now.items))
                reasons += _matched(matches.of(db, found.id), found.id)
            case "source":
                source = source_of(db, found.id, case.larder)
                reasons = [_said("class", source.kind, "sources.class", source.kind_why)]
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
                reasons += _drifts(drifting.Found(db).touching(found.id))
            case "victim":
                reasons = _victim(
                    victims.row(db, found.id, found.item or ""), *victims.whole(db, found.id, found.item or "")
                )
            case "object":
                reasons = [_said("object", found.id, "vault", "Preserved bytes are named by their SHA-256.")]
    reasons += _decided(standing) if standing else []
    return {"explained": found.kind, "id": found.id, "reasons": reasons}


def _decided(standing: decisions.Standing) -> list[rows.Row]:
    """What people decided about it, in order; the last word on a slot stands."""
    return [
        _said(
            "decided",
            f"{one['act']} {one['value']}".strip(),
            "decision",
            f"by {one['by']}, {one['at']}: {one['reason']}",
        )
        for one in standing.history
    ]


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
    """The claim itself, then each slot but its figures by the mention that gave it."""
    reasons = [_why("claim", claim.kind, claim.why, item, claim.span)]
    if claim.place:
        named = claim.place.candidates[0].name if claim.place.candidates else claim.place.text
        beaten = _other_places(claim, read)
        reasons.append(_why("place", named, claim.place.why, item, claim.place.span, beaten))
        reasons += [
            _said("place candidate", candidate.id, "places.candidate", _candidate(candidate))
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
    return reasons


def _candidate(one: PlaceCandidate) -> str:
    return f"{one.name} ({one.level}): {'; '.join(one.reasons)}"


def _tolls(claim: Claim, item: Item, read: Reading, bearing: Bearing | None) -> list[rows.Row]:
    """Each toll told of a claim's event: what its figure rests on, and what lost against it."""
    reasons: list[rows.Row] = []
    for one in told(claim, item, read, bearing):
        who = "status not said" if one.toll.who == "unstated" else one.toll.who
        value = rows.pair(one.figure if one.rests else one.toll.count)
        row = _why(f"{one.toll.kind}, {who}", value, one.toll.why, item, one.toll.span, [one.lost] if one.lost else [])
        reasons.append({**row, "because": one.rests} if one.rests else row)
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


def _once(lost: Iterable[str]) -> list[str]:
    """Each reason once, in order."""
    return list(dict.fromkeys(lost))


def _victim(row: rows.Row, item: Item, read: Reading, one: Victim) -> list[rows.Row]:
    """Who an item names as harmed, by which rule and words, and who may be the same person."""
    said = [
        f"{name} {row[name]}" for name in ("age", "sex", "relation", "role", "other_script") if row[name] is not None
    ]
    said += [] if one.child is None else ["a child" if one.child else "not a child"]
    reasons = [_why(f"named as {one.kind}", one.name, one.why, item, one.span)]
    reasons += [_said("said of them", None, one.why.rule, "; ".join(said))] if said else []
    if one.statement is not None:
        told = read.statements[one.statement]
        reasons.append(_why("on whose word", told.source or "the publisher's own", told.why, item, told.span))
    reasons += [
        _said(
            "may be the same person",
            other["id"],
            "victims.name",
            f"{other['name']}, in {other['item']}: the names agree; a person says who is who",
        )
        for other in row["candidates"]
    ]
    return reasons


def _answers(row: rows.Row) -> list[rows.Row]:
    """What parties answered, by date, and what changed since somebody signed."""
    said = [
        _said("answer", [one["date"], one["party"]], "accounts", f"{one['act']}; it then stands at: {one['status']}")
        for one in row["answers"]
    ]
    return said + [
        _said("changed since signed", one["slot"], "changed", f"then {one['then']}, now {one['now']}")
        for one in row["changed"]
    ]


def _incident(incident: Incident, rules: Standard) -> list[rows.Row]:
    grade = incident.grade
    reasons = [
        _said("date", incident.date, "settle", incident.date_why),
        _said("place", incident.place, "settle", incident.place_why),
        {
            **_said("grade", grade.label, grade.rule or "none", "; ".join(grade.facts)),
            "entries": [f"{rules.name}:grades:{grade.rule or 'none'}", f"{rules.name}:grading:order"],
        },
    ]
    reasons += [_said("would raise the grade", None, grade.rule or "none", words) for words in grade.missing]
    reasons += [_said("flag", None, "weigh", words) for words in grade.flags]
    reasons += [
        _said(
            figure.slot,
            rows.pair(figure.toll),
            "tolls",
            f"{_counted(figure)} of {figure.origin}, in {figure.claim}"
            + (f"; decided by {figure.decided}" if figure.decided else ""),
        )
        for figure in incident.figures
    ]
    reasons += [
        _said(
            f"contradiction, {one.slot}", side.label, "contradictions", f"said in {', '.join(side.claims)}" + _by(side)
        )
        for one in incident.contradictions
        for side in one.sides
    ]
    reasons += [_said("join", [join.claim, join.to], "gather.join", join.reason) for join in incident.joins]
    return reasons


def _counted(figure: OriginToll) -> str:
    return f"left out, {figure.left_out}: figure" if figure.left_out else "latest figure"


def _drifts(found: Iterable[Drift]) -> list[rows.Row]:
    return [
        _said(
            f"drift, {one.slot}", [one.earlier.said, one.later.said], "drift",
            f"from {one.earlier.item} to {one.later.item}: {one.why}",
        )
        for one in found
    ]  # fmt: skip


def _by(side: Side) -> str:
    return f", by {', '.join(side.who)}" if side.who else ""


def _matched(found: matches.Matches, about: str) -> list[rows.Row]:
    """Rows of registers and incidents that may be the same event, and claims that mention it; each with its reasons."""
    reasons = [
        {**_said(one["verdict"], _named(one), "registers.match", "; ".join(one["reasons"])), "lost": _against(one)}
        for one in found.about.get(about, ())
    ]
    return reasons + [
        {**_said("mentioned later", one["claim"], "registers.match", "; ".join(one["reasons"])), "lost": one["against"]}
        for one in found.mentioned.get(about, ())
    ]


def _named(one: rows.Row) -> str:
    """A row of a register by its id, the register and its address; an incident by its id."""
    return " ".join(filter(None, (one["id"], f"in {one['register']}" if one["register"] else None, one["url"])))


def _against(one: rows.Row) -> list[str]:
    also = [f"matched to {', '.join(one['also'])}, too: one row, several events"] if one["also"] else []
    return [*one["against"], *also]


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
