"""Cards and sketches: what the steps over a whole case need of each reading, made where it was read.

A card holds what one claim says, a sketch what the search for copies needs; both are small, so that a hundred thousand
items are gathered in memory. Anchors of claims are found here too, for decisions to attach by.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache, partial
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from witnessmark.casefile import tables
from witnessmark.casefile.card_facts import (
    access_kind,
    aliases,
    borrowed,
    instant,
    named_killed,
    names_of,
    names_outlet,
    of_another,
    passing,
    person_bones,
)
from witnessmark.casefile.quoting import Linked, linked
from witnessmark.casefile.sketches import sketch_of, speaks
from witnessmark.packs.larder import PackLarder
from witnessmark.reading.access import own_source
from witnessmark.reading.credits import letterhead
from witnessmark.reading.outlet_actors import outlet_actor
from witnessmark.reading.sheet import Sheet
from witnessmark.reading.times import moments
from witnessmark.reading.witnesses import witness
from witnessmark.terms.address import id_of
from witnessmark.terms.anchor import Anchor
from witnessmark.terms.card import Card, Spot
from witnessmark.terms.claim import DENIES_HARM, TOLL_SLOTS, UNATTRIBUTED, Claim, Party
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Moment, Precision, Publication
from witnessmark.terms.place import AREAS, NAMED_BY_TYPE, PlaceMention
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold, key
from witnessmark.terms.sketch import Sketch
from witnessmark.terms.statement import Statement

_PRECISE: tuple[Precision, ...] = ("instant", "hour", "part-of-day", "day")
_SPOTS = 5
_PROBES = tuple(date(2024, 1, day) for day in range(1, 8))  # a Monday and the six days after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the steps over sets need of one reading besides its claims."""

    sketch: Sketch
    mention: Card | None
    linked: Linked


def brief_of(item: Item, reading: Reading, larder: PackLarder) -> Brief:
    """The brief of one reading."""
    return Brief(sketch=sketch_of(item, reading, larder), mention=mention_of(item, reading), linked=linked(item))


def _offsets(
    item: Item, reading: Reading, larder: PackLarder, hanging: Moment | None
) -> tuple[tuple[int, int] | None, ...]:
    """Days from an unknown day of publication, for each weekday it may have been: the sentence read seven times over."""
    if hanging is None or hanging.earliest or hanging.basis != "unresolved":
        return ()
    sheet = Sheet(
        item=item,
        folded=tuple(
            fold(one.text) if number == hanging.span.passage else fold("") for number, one in enumerate(item.passages)
        ),
        regions=reading.regions,
        sentences=tuple(span for span in reading.sentences if span.covers(hanging.span)),
        publication=reading.publication,
        language=reading.language,
    )
    out: list[tuple[int, int] | None] = []
    for day in _PROBES:
        text = day.isoformat()
        probe = Publication(earliest=text, latest=text, zone=None, basis="given", why="")
        told = moments(replace(sheet, publication=probe), larder.speaking(reading.language))
        out.append(_from(day, next((one for one in told if one.span == hanging.span), None)))
    # "On 7 September" is the same day whatever the weekday of publication: it hangs on a year, not on a day.
    days = {day + timedelta(days=pair[0]) for day, pair in zip(_PROBES, out, strict=True) if pair}
    return tuple(out) if len(days) > 1 else ()


def _from(day: date, moment: Moment | None) -> tuple[int, int] | None:
    if moment is None or not moment.earliest or not moment.latest or moment.precision not in _PRECISE:
        return None
    return (date.fromisoformat(moment.earliest[:10]) - day).days, (date.fromisoformat(moment.latest[:10]) - day).days


def card_rows(reading: Reading, cards: Sequence[Card]) -> list[dict[str, object]]:
    """The rows of the table of claims for one reading. ``cards``: one for each of its claims, in order."""
    return [
        {
            "id": claim.id,
            "item": claim.item,
            "kind": claim.kind,
            "incident": None,
            "alias": id_of("incident", claim.id),
            "number": number,
            "card": msgspec.msgpack.encode(card),
        }
        for number, (claim, card) in enumerate(zip(reading.claims, cards, strict=True))
    ]


def cards_of(item: Item, reading: Reading, larder: PackLarder) -> list[Card]:
    """The card of each claim of a reading, in order."""
    offsets = cache(partial(_offsets, item, reading, larder))  # many claims of an item hang on one moment
    return [_card(claim, item, reading, larder, offsets(claim.moment)) for claim in reading.claims]


def _card(
    claim: Claim, item: Item, reading: Reading, larder: PackLarder, offsets: tuple[tuple[int, int] | None, ...]
) -> Card:
    publisher, publishing = published_by(item, reading, larder)
    said, stated = _whose(claim, item, reading, publishing, larder)
    return Card(
        claim=claim.id,
        item=item.id,
        kind=claim.kind,
        polarity=claim.polarity,
        certainty=claim.certainty,
        place_text=claim.place.text if claim.place else None,
        spots=_spots(claim.place),
        **_days_of(claim.moment, reading.publication),
        offsets=offsets,
        accused=claim.accused,
        alternatives=claim.alternatives,
        target=claim.target,
        weapon=claim.weapon,
        delivery=claim.delivery,
        tolls=tuple((slot, getattr(claim, slot)) for slot in TOLL_SLOTS if getattr(claim, slot)),
        harm_unnumbered=claim.harm_unnumbered,
        unattributed=any(one.label == UNATTRIBUTED for one in reading.weapons),
        shared=claim.shared,
        cumulative=claim.cumulative,
        preliminary=claim.preliminary,
        outlet=key(publisher) if publisher else None,
        outlet_name=publisher,
        outlet_actor=publishing,
        outlet_party=_parents(larder).get(publishing or "") or None,
        names=names_of(publisher, larder),
        aliases=aliases(item, larder),
        **_of_source(said, larder),
        span=claim.span,
        passed_on=tuple((one.to, one.actor) for one in reading.credits if one.manner in passing(item)),
        denies_harm=claim.why.rule == DENIES_HARM,
        access=stated,
        access_kind=access_kind(stated, larder),
        published_at=instant(reading.publication),
        witness=witness(said, item, reading, larder) if said else None,
        named_killed=named_killed(claim, reading),
        readable=speaks(reading),
    )


def _of_source(said: Statement | None, larder: PackLarder) -> dict[str, Any]:
    """What a card holds of the source of a claim."""
    if said is None:
        return {"source": None, "source_actor": None, "source_party": None}
    actor = said.source_actor
    return {
        "source": said.source,
        "source_actor": actor,
        "source_party": _parents(larder).get(actor or "") or None,
        "source_several": said.source_several,
        "source_named": said.source_resolved,
        "source_bones": person_bones(said.source) if not actor and said.source_resolved else (),
        "source_outlet": names_outlet(said.source, actor, larder),
    }


def _whose(
    claim: Claim, item: Item, reading: Reading, publishing: str | None, larder: PackLarder
) -> tuple[Statement | None, str | None]:
    """Whose word a claim is, None for the outlet's own, and the words that state the item's own access.

    "Our correspondent" is the outlet's own access and voice; of "the correspondent" whom it has from another, it passes that on.
    """
    said = of_another(_innermost(claim, reading), reading, larder)
    if said is None or (not claim.access and borrowed(said, item, reading, larder)):
        return None, claim.access
    own = said.source_actor in (None, publishing) and own_source(item, said, larder, bare=claim.access is not None)
    return (None, claim.access or claim.on_whose_word[-1]) if own else (said, claim.access)


def mention_of(item: Item, reading: Reading) -> Card | None:
    """A card for an item that claims no harm but names a place or the dead: it may stand beside those that do, and opens nothing.

    Its place is the one its sentences name most; its day is that of its first moment of a day or finer.
    """
    named = [one for one in reading.places if one.role in ("scene", "container") and one.candidates]
    if not speaks(reading) or any(_may_open(claim) for claim in reading.claims):
        return None
    if not named and not reading.victims and not reading.tolls:
        return None
    votes = Counter(one.candidates[0].id for one in named)
    best = min(
        named,
        key=lambda one: (one.candidates[0].level in AREAS, one.role != "scene", -votes[one.candidates[0].id], one.span),
        default=None,
    )
    moment = next((one for one in reading.moments if one.precision in _PRECISE and one.earliest), None)
    publisher = item.publisher or item.site or item.author
    blamed = {one.actor: one for one in reading.actors if one.role == "accused" and one.actor}
    return Card(
        claim=id_of("mention", item.id),
        item=item.id,
        kind="mention",
        polarity="unknown",
        certainty="asserted",
        place_text=best.text if best else None,
        spots=_spots(best),
        **_days_of(moment, reading.publication),
        offsets=(),
        accused=tuple(Party(actor=one.actor, label=one.label, words=one.text) for one in blamed.values()),
        alternatives=False,
        target=(),
        weapon=(),
        delivery=(),
        tolls=(),
        harm_unnumbered=(),
        shared=False,
        cumulative=False,
        preliminary=False,
        source=None,
        source_actor=None,
        source_party=None,
        outlet=key(publisher) if publisher else None,
        outlet_actor=None,
        passed_on=(),
        access=None,
        readable=True,
    )


def _may_open(claim: Claim) -> bool:
    hurt = any(getattr(claim, slot) for slot in ("killed", "injured", "combatants_killed"))
    return claim.kind == "attack" or (
        claim.kind == "harm"
        and (hurt or bool({"killed", "injured"} & set(claim.harm_unnumbered)) or claim.polarity == "denied")
    )


def _days_of(moment: Moment | None, publication: Publication) -> dict[str, Any]:
    return {
        "earliest": moment.earliest[:10] if moment and moment.earliest else None,
        "latest": moment.latest[:10] if moment and moment.latest else None,
        "precise": bool(moment and moment.precision in _PRECISE),
        "published": publication.earliest[:10] if publication.earliest else None,
        "published_latest": publication.latest[:10] if publication.latest else None,
    }


def _innermost(claim: Claim, reading: Reading) -> Statement | None:
    """The last attributed statement of the claim's own sentence, or that of its voice where several speak there."""
    said = [one for one in reading.statements if one.span == claim.span and one.source]
    if claim.kind in ("acceptance", "denial") and claim.accused:  # the party's own word, whoever passes it on
        answering = [one for one in said if one.source_actor and one.source_actor == claim.accused[0].actor]
        if answering:
            return answering[-1]
    said = [one for one in said if claim.voice in (None, one.source_span)]
    return said[-1] if said else None


def _spots(place: PlaceMention | None) -> tuple[Spot, ...]:
    return tuple(
        Spot(
            id=one.id, name=one.name, name_ar=one.name_ar, lat=one.lat, lon=one.lon,
            level=one.level, score=one.score, within=one.within,
            stands_in=place is not None and place.why.rule == NAMED_BY_TYPE,
        )
        for one in (place.candidates[:_SPOTS] if place else ())
    )  # fmt: skip


@lru_cache(maxsize=4)
def _parents(larder: PackLarder) -> dict[str, str]:
    """Actor id to the party it speaks for."""
    rows = [row.fields for row in larder.every("actors")]
    known = {row.get("id", "") for row in rows}
    kinds = {row.get("id", ""): row.get("kind", "") for row in rows}
    return {
        row["id"]: row["parent"]
        for row in rows
        if row.get("parent") in known and kinds.get(row["id"]) in ("agency", "media")
    }


def published_by(item: Item, reading: Reading, larder: PackLarder) -> tuple[str | None, str | None]:
    """Who published an item, as the capture shows; and the actor that this is, by its name or else by its letterhead."""
    publisher = item.publisher or item.site or item.author
    head = None if publisher else letterhead(item, reading, larder)
    return publisher, head or outlet_actor(larder, publisher)


@lru_cache(maxsize=4)
def actor_names(larder: PackLarder) -> dict[str, str]:
    """Actor id to name."""
    return {
        row.fields["id"]: row.fields.get("name") or row.key for row in larder.every("actors") if row.fields.get("id")
    }


def parties_of(larder: PackLarder) -> frozenset[str]:
    """Ids of those whom the actors packs call a party to a conflict."""
    return frozenset(row.fields["id"] for row in larder.every("actors") if row.fields.get("party") == "yes")


def bodies_of(larder: PackLarder) -> frozenset[str]:
    """Ids of those whose own voice rests on their own work: all that the actors packs know, less outlets."""
    kinds = {row.fields["id"]: row.fields.get("kind", "") for row in larder.every("actors") if row.fields.get("id")}
    return frozenset(one for one, kind in kinds.items() if kind not in ("agency", "media"))


def anchors_of(db: Connection, claims: Sequence[str]) -> list[Anchor]:
    """The anchors a thing rests on: of its claims, one for each, in their order."""
    anchors = dict(_anchors(db, claims))
    return [anchors[one] for one in claims if one in anchors]


def _anchors(db: Connection, claims: Sequence[str]) -> Iterator[tuple[str, Anchor]]:
    for lot in tables.chunks(claims):
        joined = tables.claim.join(tables.reading, tables.claim.c.item == tables.reading.c.item)
        rows = select(tables.claim.c.id, tables.claim.c.number, tables.reading.c.blob).select_from(joined)
        for row in db.execute(rows.where(tables.claim.c.id.in_(lot))):
            yield row.id, msgspec.json.decode(row.blob, type=Reading).claims[row.number].anchor


def claim_anchors(db: Connection, address: str, text: str) -> Iterator[tuple[str, Anchor]]:
    """The claims that rest on one text of one preserved object, with their anchors."""
    joined = tables.item.join(tables.passage, tables.item.c.id == tables.passage.c.item)
    holding = (
        select(tables.item.c.id)
        .select_from(joined)
        .where(tables.item.c.address == address, tables.passage.c.text == text)
    )
    inside = select(tables.claim.c.id).where(tables.claim.c.item.in_(holding)).order_by(tables.claim.c.id)
    for claim, anchor in _anchors(db, list(db.execute(inside).scalars())):
        if anchor.text == text:
            yield claim, anchor
