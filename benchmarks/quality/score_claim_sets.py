"""Sixty invented sets of claims about one incident each, with the grade, figures and origins that the method gives.

Written from the method alone, before the rules and apart from them (``gold/claim_sets.jsonl``). Each set becomes cards and
likenesses, goes through ``tracing.origins`` and ``weighing`` as a case's claims do, and is held against what is expected: grade,
rule, conditions not met, flags, figures, what is left out, origins. A set is right where all that it states is. Where the
program differs on purpose, an ADR says why and the set stays wrong here. What it does not prove: that claims are read right.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.shared import Row, digest, lines
from witnessmark.casefile.standards import standard
from witnessmark.packs.larder import open_larder
from witnessmark.terms.card import Card
from witnessmark.terms.claim import Party
from witnessmark.terms.incident import Gathered, Incident
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.script import key
from witnessmark.terms.source import source_id
from witnessmark.terms.toll import Toll
from witnessmark.tracing.origins import Known, origins
from witnessmark.weighing.accounts import OWN, SHARED
from witnessmark.weighing.grade import Heard, grade
from witnessmark.weighing.latest import OVERTAKEN, PRELIMINARY
from witnessmark.weighing.seen import Seen
from witnessmark.weighing.weigh import weigh

GOLD = Path(__file__).with_name("gold") / "claim_sets.jsonl"
_SLOTS = ("killed", "injured", "children_killed", "women_killed", "men_killed", "combatants_killed")
_UNMET = {"shown": "two shown origins", "credible": "two credible", "action": "nearby action"}
_FLAGS = {
    "denies-harm": "denied by a party", "denies-part": "denied by a party", "acted": "acceptance without harm",
    "fighters": "fighters among the dead", "fighters-by-accused": "fighters among the dead",
}  # fmt: skip
_REASONS = {OVERTAKEN: "superseded", PRELIMINARY: "preliminary", SHARED: "shared"}


def score() -> tuple[dict[str, float], str]:
    """The share of sets that are right, as a whole and in each thing that they state."""
    asked: dict[str, int] = {}
    right: dict[str, int] = {}
    whole = 0
    rows = list(lines(GOLD))
    for row in rows:
        wrong = wrongs(row)
        whole += not wrong
        for what in ASKED:
            if _states(what, row["expect"]):
                asked[what] = asked.get(what, 0) + 1
                right[what] = right.get(what, 0) + (what not in wrong)
    figures = {"sets": float(len(rows)), "right": whole / len(rows)}
    return {**figures, **{what: right[what] / count for what, count in asked.items()}}, digest([GOLD])


def _states(what: str, expect: Row) -> bool:
    return any(slot in expect for slot in _SLOTS) if what == "figures" else what in expect


def wrongs(row: Row) -> dict[str, tuple[object, object]]:
    """What of one set is not as expected: what was expected, and what was made."""
    incident = weighed(row)
    expect = row["expect"]
    made = {what: of(incident, expect) for what, of in ASKED.items() if _states(what, expect)}
    wanted = {what: _wanted(what, expect) for what in made}
    return {what: (wanted[what], value) for what, value in made.items() if wanted[what] != value}


def _wanted(what: str, expect: Row) -> object:
    match what:
        case "figures":
            return {slot: expect[slot] for slot in _SLOTS if slot in expect}
        case "unmet" | "flags":
            return sorted(expect[what])
        case "left_out":
            return sorted((one["claim"], one["slot"], one["why"]) for one in expect[what])
    return expect[what]


def _figures(incident: Incident, expect: Row) -> object:
    tolls = dict(incident.tolls)
    return {slot: list(tolls[slot].pair) if slot in tolls else None for slot in _SLOTS if slot in expect}


def _left_out(incident: Incident, _: Row) -> object:
    """What the ranges leave out; a party's own figures stand in its account and are none of theirs."""
    return sorted(
        (one.claim.removeprefix("claim-"), one.slot, _reason(one.left_out))
        for one in incident.figures
        if one.left_out and one.left_out != OWN
    )


def _reason(words: str) -> str:
    by_words = {"several places": "shared", "since some time": "cumulative", "times what every": "outlier"}
    found = next((reason for part, reason in by_words.items() if part in words), words)
    return _REASONS.get(words, found)


def _flags(incident: Incident, _: Row) -> object:
    return sorted({_FLAGS[one] for one in incident.grounds.flags if one in _FLAGS})


ASKED: dict[str, Callable[[Incident, Row], object]] = {
    "grade": lambda one, _: one.grade.grade,
    "rule": lambda one, _: one.grade.rule,
    "unmet": lambda one, _: sorted(_UNMET[name] for name in one.grade.unmet),
    "flags": _flags,
    "figures": _figures,
    "left_out": _left_out,
    "origins": lambda one, _: [one.origins_shown, one.origins_most],
}


def weighed(row: Row) -> Incident:
    """The incident of one set, graded with the reliabilities and the nearby action that it supplies."""
    larder = open_larder()
    rules = standard(larder)
    cards = sorted((card_of(claim) for claim in row["claims"]), key=lambda one: one.claim)
    parties = frozenset(
        key(name)
        for claim in row["claims"]
        for name in (claim.get("outlet_speaks_for"), claim.get("source_is") if claim.get("source_is_party") else None)
        if name
    )
    stood = origins(cards, _likenesses(row["claims"]), Known(names={}, parties=parties))
    group = Gathered(claims=tuple(card.claim for card in cards))
    strikes: dict[str, frozenset[str]] = {}
    incident = weigh(group, [_seen(card) for card in cards], stood, rules, strikes, {}, parties)
    heard = Heard(reliability=_reliability(row["claims"], cards), near_action=row["near_action"])
    return replace(incident, grade=grade(incident.grounds, rules, heard))


def _reliability(claims: Sequence[Row], cards: Sequence[Card]) -> Mapping[str, str]:
    """The letter of each claim's source: of who is quoted, else of who published."""
    by_claim = {card.claim: card for card in cards}
    found: dict[str, str] = {}
    for claim in claims:
        card = by_claim[f"claim-{claim['claim']}"]
        told_by = card.speaker if card.source else card.publisher
        if claim.get("reliability"):
            found[source_id(told_by)] = claim["reliability"]
    return found


def card_of(claim: Row) -> Card:
    """The card of one claim, as a case makes it of a reading."""
    source, speaks = claim.get("source"), claim.get("outlet_speaks_for")
    plural = bool(claim.get("source_plural_unnamed"))
    passed = claim.get("passed_on_from")
    at = datetime.fromisoformat(claim["published"])
    day = claim["published"][:10]
    denial = claim["kind"] == "denial"
    speaker = speaks or (claim.get("source_is") if claim.get("source_is_party") else None)
    accused = [speaker] if denial and speaker else claim["accused"]  # a denial names who denies
    return Card(
        claim=f"claim-{claim['claim']}",
        item=f"item-{claim['item']}",
        kind=claim["kind"],
        polarity="denied" if denial else claim.get("polarity", "affirmed"),
        certainty="asserted",
        place_text=None,
        spots=(),
        earliest=None,
        latest=None,
        precise=False,
        offsets=(),
        published=day,
        published_latest=day,
        published_at=at.astimezone(UTC).isoformat() if at.tzinfo else None,
        accused=tuple(Party(actor=key(name), label=name, words=name) for name in accused),
        alternatives=bool(claim.get("accused_are_alternatives")),
        target=(),
        weapon=(),
        delivery=(),
        tolls=tuple((slot, _toll(claim, slot)) for slot in _SLOTS if claim.get(slot)),
        harm_unnumbered=("killed",) if claim.get("accepts_harm") else (),
        shared=bool(claim.get("shared_over_places")),
        cumulative=bool(claim.get("cumulative")),
        preliminary=bool(claim.get("preliminary")),
        source=source,
        source_actor=key(claim["source_is"]) if source and claim.get("source_is") else None,
        source_party=None,
        source_several=plural,
        source_named=not plural,
        outlet=key(claim["outlet"]),
        outlet_actor=key(speaks) if speaks else None,
        passed_on=((passed, None),) if passed else (),
        access=None if source else claim.get("access"),
        witness=claim.get("access") if source and not plural else None,
        readable=True,
        unattributed=bool(claim.get("nobody_blamed")),
        denies_harm=bool(claim.get("denies_harm")),
        named_killed=int(claim.get("named_victims_killed") or 0),
    )


def _toll(claim: Row, slot: str) -> Toll:
    least, most = claim[slot]
    return Toll(least=least, most=most, vague=bool(claim.get(f"{slot}_vague")))


def _likenesses(claims: Sequence[Row]) -> list[Likeness]:
    pairs = sorted(
        {tuple(sorted((f"item-{one['item']}", f"item-{one['copy_of']}"))) for one in claims if one.get("copy_of")}
    )
    return [
        Likeness(one=one, other=other, manner="near", resemblance=1.0, why="the same words") for one, other in pairs
    ]


def _seen(card: Card) -> Seen:
    return Seen(card=card, spot=None, place_why="", first=card.published, last=card.published, stated=True, day_why="")
