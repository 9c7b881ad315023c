"""Claims: that something harmful was done, or was not, as one item words it; one for each event and place.

The rule: an attack needs a word for a deed; harm without a deed is a claim of harm only where the item speaks of a
party, a weapon or a deed somewhere, so that accidents and illness make none. Express denial of harm ("no casualties")
is a claim of its own, denied. A party taking or refusing responsibility is a claim of acceptance or denial. Earlier
events and general practice are kept as such and are never incidents. A claim is anchored at the sentence that says most
of it, and carries the chain of those on whose word it stands. A claim proves that something was said, never that it
happened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias, cast

from witnessmark.reading.claim_answers import answered, publishing_party
from witnessmark.reading.claim_clauses import clauses
from witnessmark.reading.claim_denials import disowning, parted
from witnessmark.reading.claim_events import Event, events, told_later
from witnessmark.reading.claim_figures import figures, mentions, unnumbered
from witnessmark.reading.claim_lines import round_up
from witnessmark.reading.claim_places import together
from witnessmark.reading.claim_scenes import HURT, Scene, scenes
from witnessmark.reading.claim_slots import (
    accused,
    bearer,
    means,
    moment,
    own_place,
    place,
)
from witnessmark.reading.claim_voices import hear, innermost, mouth, voices
from witnessmark.reading.patterns import ByDigest
from witnessmark.reading.sheet import Sheet
from witnessmark.reading.witnesses import eyes
from witnessmark.terms.claim import DENIES_HARM, Claim, ClaimKind, Party, leaves_open
from witnessmark.terms.moment import Moment
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.ports import Larder
from witnessmark.terms.reading import Reading
from witnessmark.terms.statement import Certainty, Statement
from witnessmark.terms.why import Why

Polarity: TypeAlias = Literal["affirmed", "denied", "unknown"]
_FIRMNESS: tuple[Certainty, ...] = ("asserted", "suggested", "alleged", "asked", "advised", "ordered", "denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """The tolls, by index in their reading, that bear on one claim.

    ``own``: those that its voice tells of its event. ``event``: those that any voice of the item tells of it.
    """

    own: frozenset[int]
    event: frozenset[int]


def claims(sheet: Sheet, reading: Reading, larder: Larder) -> tuple[Claim, ...]:
    """The claims of an item, in order of where they are anchored. ``reading`` holds everything found before."""
    found: dict[str, Claim] = {}
    for claim, _ in _made(sheet, reading, larder):
        found.setdefault(claim.id, claim)
    return tuple(sorted(found.values(), key=lambda claim: (claim.span, claim.kind)))


def bearings(sheet: Sheet, reading: Reading, larder: Larder) -> dict[str, Bearing]:
    """For the id of each claim of an item the tolls that bear on it, to say why a figure stands and another does not."""
    found: dict[str, Bearing] = {}
    for claim, bearing in _made(sheet, reading, larder):
        found.setdefault(claim.id, bearing)
    return found


def _made(sheet: Sheet, reading: Reading, larder: Larder) -> Iterator[tuple[Claim, Bearing]]:
    """Every claim as it is made, some of them twice, with what bears on it."""
    seen = eyes(sheet.item, reading, larder)
    found = scenes(sheet, reading, larder)
    if seen and not any(row.harmed or row.denied for row in found):
        found = [replace(row, bodies=True) for row in found]
    rows = round_up(sheet, found, reading.places, larder)
    if not any(row.deed or row.harmed or row.denied for row in rows):
        return
    rows = clauses(sheet, parted(rows, reading), reading)
    mine = publishing_party(sheet.item, larder)
    held = [
        row for row in rows if answered(row, mine)[0] != "denial" or row.said
    ]  # what a party itself disowns is no event
    told = [event for event in events(held, reading.publication) if _counts(event, rows, reading, seen=bool(seen))]
    since = _since(ByDigest(larder))
    hear(told, rows, reading, larder.lexicon("told_words"), sheet)
    parents = _parents(ByDigest(larder))
    main = _main_day(told, reading)
    for event in told:
        for part in voices(event, reading):
            made = (
                _claim(sheet, reading, part, event, parents, main),
                _denied(sheet, reading, part, event, parents, main),
            )
            bearing = Bearing(own=_indexes(part.scenes), event=_indexes(event.scenes))
            for claim in _each(made, together(part, sheet, larder)):
                yield _in_time(claim, since), bearing
    for row in rows:
        answer = _answer(sheet, reading, row, parents, mine)
        if answer is not None:
            yield answer, Bearing(own=_indexes([row]), event=_indexes([row]))


def _indexes(told: Sequence[Scene]) -> frozenset[int]:
    """The tolls of sentences, by index."""
    return frozenset(index for scene in told for index, _ in scene.tolls)


def _in_time(claim: Claim, since: dict[str, str]) -> Claim:
    """The claim; a party that was not there yet on its day is no more than the words say ("the U.S." in 2004)."""
    last = (claim.moment.latest if claim.moment else None) or "9999"
    late = [party for party in claim.accused if last < since.get(party.actor or "", "")]
    if not late:
        return claim
    return replace(
        claim,
        accused=tuple(replace(one, actor=None, label=None) if one in late else one for one in claim.accused),
    )


def _each(made: Sequence[Claim | None], places: Sequence[PlaceMention]) -> Iterator[Claim]:
    """The claims that were made; one whose toll is told of several places together once for each of these."""
    for claim in made:
        if claim is not None and places and claim.polarity == "affirmed":
            for one in places:
                yield replace(claim, place=one, spot=one.span, shared=True)
        elif claim is not None:
            yield claim


def _counts(event: Event, rows: Sequence[Scene], reading: Reading, *, seen: bool) -> bool:
    """Whether an event is one of violence: no accident, and harm alone only beside a party, a weapon or a deed.

    ``seen``: somebody in the item states an own way to it, so that a deed needs nothing beside it; people see accidents too.
    """
    accident = any("accident" in scene.roles for scene in event.scenes)
    blamed = any(actor.role in {"accused", "target"} for scene in event.scenes for actor in scene.actors)
    armed = any(weapon.slot in {"weapon", "delivery"} for scene in event.scenes for weapon in scene.weapons)
    deed = any(scene.deed for scene in event.scenes)
    if deed:
        harmed = any(scene.harmed or scene.denied for scene in event.scenes)
        return blamed or armed or ((harmed or seen) and not accident)
    if accident or not any(_hurt(scene) for scene in event.scenes):
        return False
    return any(row.deed for row in rows) or any(actor.label for actor in reading.actors)


def _hurt(scene: Scene) -> bool:
    """Whether people are said to be dead or injured, or expressly not; trapped, missing or detained alone is no attack."""
    return scene.denied or any(toll.kind in HURT for _, toll in scene.tolls)


def _main_day(told: Sequence[Event], reading: Reading) -> Moment | None:
    """The day of the main event, for events of a text that gives neither them nor itself a day.

    None where a time that hangs on the unknown day of publication is told first: such a text speaks of its own week, and a
    date further down is of something else. A month is no day.
    """
    if reading.publication.earliest is not None:
        return None
    for event in told:
        if event.kind in {"attack", "harm"}:
            when = moment(event)
            if when is not None:
                return when if when.earliest and when.earliest[:10] == (when.latest or "")[:10] else None
    return None


def _day_of(part: Event, whole: Event, main: Moment | None) -> Moment | None:
    """When: the voice's own day, unless it is a later one, on which it spoke; its event's; else the text's main event's."""
    found = moment(part) or moment(whole)
    if part is not whole and whole.day and any(told_later(scene, whole) for scene in part.scenes):
        found = whole.day
    if (
        main
        and part.kind in {"attack", "harm"}
        and (found is None or (found.earliest is None and found.basis == "unresolved"))
    ):
        return main
    return found


def _claim(
    sheet: Sheet, reading: Reading, event: Event, whole: Event, parents: dict[str, str], main: Moment | None
) -> Claim | None:
    """The claim an event makes as one voice tells it, or None where all it says is that nobody was harmed.

    Where and when, by whom and with what come from the whole item where the voice leaves them open; figures never do.
    """
    if (
        event.kind == "harm"
        and any(scene.denied for scene in event.scenes)
        and not any(scene.harmed for scene in event.scenes)
    ):
        return None
    scene = bearer(event)
    blamed, joint, alternatives = _blamed(event, whole, reading)
    counted = figures(event, whole, reading.victims)
    said = innermost(reading, scene)
    polarity: Polarity = "denied" if said and said.certainty == "denied" else "affirmed"
    harm_alone = polarity == "denied" and _harm_alone_is_denied(scene)
    if harm_alone and scene.denied:
        return None
    return Claim(
        item=reading.item,
        span=scene.span,
        anchor=sheet.item.anchor(scene.span),
        kind="harm" if harm_alone else cast("ClaimKind", event.kind),
        why=_why(event, scene),
        accused=blamed,
        joint=joint,
        alternatives=alternatives,
        target=means(event, "target") or means(whole, "target"),
        weapon=means(event, "weapon") or means(whole, "weapon"),
        delivery=_delivery(event, whole),
        observations=means(event, "observation"),
        place=place(event, whole) or place(whole),
        moment=_day_of(event, whole, main),
        polarity=polarity,
        certainty=_certainty(reading, event),
        on_whose_word=_chain(sheet, reading, scene, parents),
        voice=mouth(reading, scene),
        harm_unnumbered=() if harm_alone else unnumbered(event, counted),
        shared=bool(mentions(event)) and all(toll.shared for _, toll in mentions(event)),
        cumulative=bool(mentions(event)) and all(toll.cumulative for _, toll in mentions(event)),
        preliminary=any(toll.preliminary for _, toll in mentions(event)),
        access=sheet.words(reading.access) if reading.access else None,
        killed=counted.killed,
        injured=counted.injured,
        children_killed=counted.children,
        women_killed=counted.women,
        men_killed=counted.men,
        combatants_killed=counted.combatants,
        killed_status_unstated=counted.status_unstated,
    )


def _harm_alone_is_denied(scene: Scene) -> bool:
    """Whether a denial is of deaths or injuries and of no deed: none is told anew before the harm that it denies."""
    harm = min((toll.span.start for _, toll in scene.tolls if toll.kind in HURT), default=None)
    told = (hit.start for hit in scene.deeds if hit not in scene.known)
    return harm is not None and not any(start < harm for start in told)


def _blamed(event: Event, whole: Event, reading: Reading) -> tuple[tuple[Party, ...], bool, bool]:
    """Whom this voice blames; where it blames nobody, whom the item does by name: an epithet stays its speaker's word."""
    own = accused(event, reading.statements)
    if own[0]:
        return own
    parties, joint, alternatives = accused(whole, reading.statements)
    named = tuple(party for party in parties if party.actor)
    return named, joint and len(named) > 1, alternatives and len(named) > 1


def _delivery(event: Event, whole: Event) -> tuple[str, ...]:
    """How it was delivered: as this voice says it, unless it leaves open which of two ways and the whole item does not."""
    own, all_told = _told(event), _told(whole)
    return all_told if all(map(leaves_open, own)) and all_told else own


def _told(event: Event) -> tuple[str, ...]:
    """As a weapon says it, else as the word for the deed implies."""
    said = means(event, "delivery")
    if said:
        return said
    implied = [hit.entry.fields.get("delivery", "") for scene in event.scenes for hit in scene.deeds]
    return tuple(dict.fromkeys(one for one in implied if one))


def _why(event: Event, scene: Scene) -> Why:
    """The rule and the words that made a claim."""
    deeds = [hit.entry.cite for one in event.scenes for hit in one.deeds]
    return Why(
        rule=f"claims.{event.kind}", entries=tuple(dict.fromkeys([*[hit.entry.cite for hit in scene.deeds], *deeds]))
    )


def _denied(
    sheet: Sheet, reading: Reading, event: Event, whole: Event, parents: dict[str, str], main: Moment | None
) -> Claim | None:
    """The claim that nobody was harmed, where a scene says so expressly."""
    scene = next((one for one in event.scenes if one.denied), None)
    if scene is None or event.kind not in {"attack", "harm"}:
        return None
    blamed, joint, alternatives = accused(whole, reading.statements)
    return Claim(
        item=reading.item,
        span=scene.span,
        anchor=sheet.item.anchor(scene.span),
        kind="harm",
        why=Why(rule="claims.no-casualties"),
        accused=blamed,
        joint=joint,
        alternatives=alternatives,
        place=own_place(scene) or place(event, whole) or place(whole),
        moment=_day_of(event, whole, main),
        polarity="denied",
        certainty=_certainty(reading, event),
        on_whose_word=_chain(sheet, reading, scene, parents),
        voice=mouth(reading, scene),
    )


def _answer(sheet: Sheet, reading: Reading, scene: Scene, parents: dict[str, str], mine: Party | None) -> Claim | None:
    """A party that takes or refuses responsibility: in a sentence that names it as the speaker, or in its own voice."""
    if not (scene.deed or scene.harmed):
        return None
    kind, party = answered(scene, mine)
    party = party or (disowning(sheet, reading, scene) if kind == "denial" else None)
    if kind is None or party is None:
        return None
    alone = Event(kind, [scene])
    return Claim(
        item=reading.item,
        span=scene.span,
        anchor=sheet.item.anchor(scene.span),
        kind=kind,
        why=Why(
            rule=DENIES_HARM
            if kind == "denial" and (scene.denied or _harm_alone_is_denied(scene))
            else f"claims.{kind}",
            entries=tuple(hit.entry.cite for hit in scene.words),
        ),
        accused=(party,),
        place=place(alone),
        moment=moment(alone),
        polarity="denied" if kind == "denial" else "affirmed",
        harm_unnumbered=tuple(
            sorted({toll.kind for _, toll in scene.tolls if not toll.negated and toll.who != "combatants"})
        ),
        on_whose_word=_chain(sheet, reading, scene, parents),
        voice=mouth(reading, scene),
    )


def _certainty(reading: Reading, event: Event) -> Certainty:
    """How firmly the event is told: as its bearer tells it, but never firmer than its headline."""
    told = [one for one in event.scenes if one.title] + [bearer(event)]
    found = [reading.statements[index].certainty for scene in told for index in scene.statements]
    return max(found, key=_FIRMNESS.index, default="asserted")


@lru_cache(maxsize=8)
def _since(held: ByDigest) -> dict[str, str]:
    """Actor id to the day from which a party was there, where the actors pack gives one."""
    return {row.fields["id"]: row.fields["since"] for row in held.larder.rows("actors") if row.fields.get("since")}


@lru_cache(maxsize=8)
def _parents(held: ByDigest) -> dict[str, str]:
    """Actor id to the name of the party it speaks for, where the actors pack gives one."""
    rows = {row.fields.get("id", row.key): row.fields for row in held.larder.rows("actors")}
    parents: dict[str, str] = {}
    for name, fields in rows.items():
        parent = fields.get("parent", "")
        if parent in rows:
            parents[name] = rows[parent].get("name") or rows[parent].get("label") or parent
    return parents


def _chain(sheet: Sheet, reading: Reading, scene: Scene, parents: dict[str, str]) -> tuple[str, ...]:
    """On whose word: the outlet, then each source inwards, an agency behind the party it speaks for."""
    chain = [name for name in (sheet.item.publisher or sheet.item.site or sheet.item.author,) if name]
    said = innermost(reading, scene)
    inwards: list[Statement] = []
    while said is not None:
        inwards.insert(0, said)
        said = reading.statements[said.nested_in] if said.nested_in is not None else None
    for one in inwards:
        if one.source_actor in parents:
            chain.append(parents[one.source_actor])
        if one.source:
            chain.append(one.source)
    return tuple(dict.fromkeys(chain))
