"""Decisions: what a named person decided about a suggestion as they saw it, kept in the ledger for good.

An entry holds the suggestion's canonical JSON and its digest, the anchors it rests on, the member claims, what was
decided, who and why. Suggestions are made anew; a decision finds its claim again by id or else by its anchor (same
text, the most shared code points), and a decision about a group follows the incident that holds most of its claims.
What finds nothing is queued "look again", never dropped. What a decision does not do: change what was suggested.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from witnessmark.casefile import ids, sense, slots, tables
from witnessmark.casefile.admiralty import scale
from witnessmark.casefile.cards import anchors_of, claim_anchors
from witnessmark.casefile.case import Case
from witnessmark.casefile.graded import heard
from witnessmark.casefile.shown import incident as shown_incident
from witnessmark.casefile.shown import suggestion, tolls
from witnessmark.errors import UsageError
from witnessmark.terms.address import address_of, canonical
from witnessmark.terms.anchor import Anchor
from witnessmark.terms.decision import Decision

ACTS = ("accept", "set", "join", "split", "state")
_GROUPS = ("incident", "origin")  # what claims are gathered or folded into, so what can be joined and split
STATES = ("machine draft", "in research", "in review", "approved", "withdrawn")


@dataclass(slots=True)
class Standing:
    """What people decided about one thing, as it stands: the last word for each slot, the state, who signed what.

    ``signed``: the suggestion, as JSON, that was seen when it last got a state or was accepted.
    """

    state: str = "machine draft"
    slots: dict[str, object] = field(default_factory=dict)
    accepted: bool = False
    history: list[dict[str, object]] = field(default_factory=list)
    signed: str | None = None


@dataclass(slots=True)
class Attached:
    """Every decision of a case, tied to what it is about now."""

    standing: dict[str, Standing] = field(default_factory=dict)
    joins: list[tuple[str, str]] = field(default_factory=list)
    splits: list[tuple[str, str]] = field(default_factory=list)
    look_again: list[dict[str, object]] = field(default_factory=list)


def decide(case: Case, wanted: str, act: str, value: str, *, by: str, reason: str) -> dict[str, object]:
    """Record one decision; returns the ledger number, what it is about and what stands now.

    Raises:
        UsageError: no name, no reason, a slot, value or state that is none, or an act that does not fit the thing.
        UnknownId: nothing is called that.
        CaseIsBusy: another process writes to the case.
    """
    signed: dict[str, object] = {"by": sense.line("a name", by), "reason": sense.line("a reason", reason)}
    with case.writing():
        case.catch_up()
        with case.transaction() as db:
            about = _about(case, db, wanted, act, value)
        entry = {**about, **signed}
        case.record([("decision", entry)])
        number, _ = case.ledger.head()
    return {
        "entry": number,
        "about": about["about"],
        "act": act,
        "value": about["value"],
        "by": entry["by"],
        "reason": entry["reason"],
    }


def _about(case: Case, db: Connection, wanted: str, act: str, value: str) -> dict[str, object]:
    """The entry, less who and why."""
    found = ids.find(db, wanted)
    if found.kind in ("object", "victim"):
        raise UsageError(
            f"{wanted} is a {'preserved file' if found.kind == 'object' else 'person whom an item names'}.",
            "Nothing was decided.",
            "Decide about an item, claim, origin, incident or source.",
        )
    if (act == "state" and found.kind != "incident") or (act in ("join", "split") and found.kind not in _GROUPS):
        about = "incidents" if act == "state" else "incidents and origins"
        raise UsageError(
            f"--{act} is about {about}, and {wanted} is a {found.kind}.",
            "Nothing was decided.",
            f"Name an {_GROUPS[0] if act == 'state' else ' or an '.join(_GROUPS)}.",
        )
    standing = attached(db).standing
    decided, others = (_set(case, db, found, value, standing), []) if act == "set" else _value(db, found, act, value)
    of = scale(decided.partition("=")[0], case.larder) if act == "set" else None
    return {
        **as_seen(case, db, found, standing),
        "act": act,
        "value": decided,
        "others": others,
        "other_anchors": [msgspec.to_builtins(anchor) for anchor in anchors_of(db, others)],
        **({"scale": of} if of else {}),
    }


def as_seen(case: Case, db: Connection, found: ids.Found, standing: Mapping[str, Standing]) -> dict[str, object]:
    """What an entry keeps of a thing: its suggestion with its digest, its claims, and the anchors it rests on."""
    raw = canonical(suggestion(db, found, case.larder, standing))
    claims = members(db, found)
    return {
        "about": found.id,
        "kind": found.kind,
        "seen": address_of(raw),
        "suggested": raw.decode("utf-8", "surrogatepass"),
        "anchors": [msgspec.to_builtins(anchor) for anchor in anchors_of(db, claims)],
        "claims": claims,
    }


def members(db: Connection, found: ids.Found) -> list[str]:
    """The claims a thing consists of, sorted."""
    if found.kind == "origin":
        return _of_origin(db, found.id)
    column = {"incident": tables.claim.c.incident, "item": tables.claim.c.item, "claim": tables.claim.c.id}.get(
        found.kind
    )
    if column is None:
        return []
    return list(db.execute(select(tables.claim.c.id).where(column == found.id).order_by(tables.claim.c.id)).scalars())


def _of_origin(db: Connection, origin: str) -> list[str]:
    """The claims folded into an origin, sorted."""
    of = tables.origin_item.c
    return list(db.execute(select(of.claim).where(of.origin == origin).order_by(of.claim)).scalars())


def _value(db: Connection, found: ids.Found, act: str, value: str) -> tuple[str, list[str]]:
    """What is decided, checked; and the other claims it names (the incident joined, the item split off)."""
    match act:
        case "accept":
            return "", []
        case "state":
            if value not in STATES:
                raise UsageError(f"{value!r} is no state.", "Nothing was decided.", f"States are: {', '.join(STATES)}.")
            return value, []
        case "join":
            other = ids.find(db, value)
            if other.kind != found.kind or other.id == found.id:
                raise UsageError(
                    f"{value} is not another {found.kind}.", "Nothing was decided.", f"Name the {found.kind} to join."
                )
            return other.id, members(db, other)
        case "split":
            item = ids.find(db, value)
            split = [one for one in members(db, item) if one in members(db, found)] if item.kind == "item" else []
            if not split:
                raise UsageError(
                    f"{value} has no claim in {found.id}.",
                    "Nothing was decided.",
                    f"Name an item whose claim stands in the {found.kind}; `show` lists them. One without a claim cannot be split off.",
                )
            return item.id, split
    raise UsageError(f"{act!r} is no kind of decision.", "Nothing was decided.", f"Kinds are: {', '.join(ACTS)}.")


def _set(case: Case, db: Connection, found: ids.Found, value: str, standing: Mapping[str, Standing]) -> str:
    """A slot and its value, checked, as the ledger keeps them."""
    slot, _, given = (part.strip() for part in value.partition("="))
    stands = {**tolls(db, found), **standing.get(found.id, Standing()).slots}
    behind = _shown(db, found, standing)
    ground = sense.Ground(now=case.now(), larder=case.larder, stands=stands, shown=behind)
    return f"{slot}={sense.value(found.kind, slot, given, ground)}"


def _shown(db: Connection, found: ids.Found, standing: Mapping[str, Standing]) -> int:
    """How many origins are shown, by the machine or by a person, behind the incident of a claim or an origin."""
    column = {"claim": tables.claim.c.id, "origin": tables.origin_item.c.origin}.get(found.kind)
    if column is None:
        return 0
    joined = tables.claim.outerjoin(tables.origin_item, tables.claim.c.id == tables.origin_item.c.claim)
    home = select(tables.claim.c.incident).select_from(joined).where(column == found.id).limit(1)
    incident = db.execute(home).scalar()
    if incident is None:
        return 0
    whole = shown_incident(db, incident)
    said = heard(whole, standing).shown
    return sum(said.get(one.origin, one.shown) for one in whole.grounds.behind)


def all_of(db: Connection) -> list[tuple[int, dict[str, Any]]]:
    """Every decision with its ledger number, oldest first; of several in one entry, in the order of the entry."""
    rows = db.execute(select(tables.decision.c.entry, tables.decision.c.blob).order_by(tables.decision.c.entry))
    held = ((row.entry, msgspec.json.decode(row.blob)) for row in rows)
    return [(number, {**one, "at": about["at"]}) for number, about in held for one in about.get("decisions", [about])]


def as_term(number: int, about: dict[str, Any]) -> Decision:
    """A ledger entry as the noun of the house."""
    fields = {key: about[key] for key in ("about", "kind", "act", "value", "seen", "suggested", "by", "reason", "at")}
    anchors = tuple(Anchor(**anchor) for anchor in about["anchors"])
    return Decision(number=number, anchors=anchors, claims=tuple(about["claims"]), **fields)


def attach_claims(db: Connection, wanted: Iterable[tuple[str, dict[str, Any] | None]]) -> dict[str, str | None]:
    """Where claims named in decisions are now: themselves, or the claim whose anchor shares most with theirs, or None."""
    asked = dict(wanted)
    found: dict[str, str | None] = dict.fromkeys(asked)
    for lot in tables.chunks(sorted(asked)):
        there = db.execute(select(tables.claim.c.id).where(tables.claim.c.id.in_(lot))).scalars()
        found.update((one, one) for one in there)
    for one, anchor in asked.items():
        if found[one] is None and anchor is not None:
            found[one] = _nearest(db, Anchor(**anchor))
    return found


def _nearest(db: Connection, anchor: Anchor) -> str | None:
    """The claim of the same text that shares most code points with an anchor; of equals, the lowest id."""
    best: tuple[int, str] | None = None
    for claim, other in claim_anchors(db, anchor.address, anchor.text):
        shared = min(anchor.end, other.end) - max(anchor.start, other.start)
        if shared > 0 and (best is None or (-shared, claim) < best):
            best = (-shared, claim)
    return best[1] if best else None


def _named(about: dict[str, Any], claims: str, anchors: str) -> list[tuple[str, dict[str, Any] | None]]:
    """Claims that a decision names, each with its anchor where the entry has one for each."""
    named: Sequence[str] = about[claims]
    known: Sequence[dict[str, Any]] = about.get(anchors, ())
    return list(zip(named, known if len(known) == len(named) else [None] * len(named), strict=True))


def _members_now(db: Connection, about: dict[str, Any]) -> dict[str, str | None]:
    """Where the claims of what a decision is about are now."""
    return attach_claims(db, _named(about, "claims", "anchors"))


def _others_now(db: Connection, about: dict[str, Any]) -> list[str]:
    """Where the claims of the incident joined, or of the item split off, are now."""
    now = attach_claims(db, _named(about, "others", "other_anchors"))
    return sorted({claim for claim in now.values() if claim})


def links(db: Connection, kind: str = "incident") -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What people joined and split, as pairs of claims that exist now; the last word on a pair stands.

    ``kind``: of incidents, or of origins. A join holds for all claims that stood in either, not for two of them; each set of
    joined claims is given as pairs with its lowest member. A split takes its item's claims out of the sets that they were
    joined in.
    """
    sets: list[set[str]] = []
    apart: set[tuple[str, str]] = set()
    for _, about in all_of(db):
        if about["act"] not in ("join", "split") or about["kind"] != kind:
            continue
        mine, others = {claim for claim in _members_now(db, about).values() if claim}, set(_others_now(db, about))
        if about["act"] == "join" and mine and others:
            together = mine | others
            sets.append(together)
            apart = {pair for pair in apart if not together.issuperset(pair)}
        elif about["act"] == "split":
            rest = mine - others
            apart.update(_pair(one, other) for one in others for other in rest)
            sets = [part for joined in sets for part in _parted(joined, others, rest)]
    joins = {(min(joined), claim) for joined in sets for claim in joined if claim != min(joined)}
    return sorted(joins), sorted(apart)


def _parted(joined: set[str], others: set[str], rest: set[str]) -> list[set[str]]:
    """A set of joined claims after a split: itself, or its two parts where it held claims of both sides."""
    if joined & others and joined & rest:
        return [joined & others, joined - others]
    return [joined]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def attached(db: Connection) -> Attached:
    """Every decision tied to what it is about now. Called after gathering."""
    out = Attached()
    for number, about in all_of(db):
        found = target(db, about)
        lone = about["act"] in ("join", "split") and not _others_now(db, about)
        if found is None or lone:
            out.look_again.append(
                {"entry": number, **{key: about[key] for key in ("about", "act", "value", "by", "reason", "at")}}
            )
            continue
        standing = out.standing.setdefault(found, Standing())
        _stand(standing, number, about)
    return out


def target(db: Connection, about: dict[str, Any]) -> str | None:
    """The present id of what a decision is about."""
    kind, wanted = about["kind"], about["about"]
    if kind == "source":
        return db.execute(select(tables.voice.c.source).where(tables.voice.c.source == wanted).limit(1)).scalar()
    if kind == "item":
        return db.execute(select(tables.item.c.id).where(tables.item.c.id == wanted)).scalar()
    if kind == "origin":
        return db.execute(select(tables.origin_item.c.origin).where(tables.origin_item.c.alias == wanted)).scalar()
    now = _members_now(db, about)
    if kind == "claim":
        return now.get(wanted)
    votes: Counter[str] = Counter()
    for lot in tables.chunks(sorted(claim for claim in now.values() if claim)):
        rows = select(tables.claim.c.incident).where(tables.claim.c.id.in_(lot), tables.claim.c.incident.is_not(None))
        votes.update(db.execute(rows).scalars())
    return min(votes, key=lambda one: (-votes[one], one)) if votes else None


def _stand(standing: Standing, number: int, about: dict[str, Any]) -> None:
    """Add one decision to what stands."""
    match about["act"]:
        case "accept":
            standing.accepted, standing.signed = True, about["suggested"]
        case "state":
            standing.state, standing.signed = about["value"], about["suggested"]
        case "set":
            slot, _, given = about["value"].partition("=")
            standing.slots[slot] = slots.parse(about["kind"], slot, given)
    said: dict[str, object] = {
        key: about[key] for key in ("act", "value", "by", "reason", "at", "seen", "scale") if key in about
    }
    standing.history.append({"entry": number, **said})
