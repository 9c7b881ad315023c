"""Cards and sketches: what the steps over a whole case need of each reading, made where it was read.

A card holds what one claim says, a sketch what the search for copies needs; both are small, so that a hundred thousand
items are gathered in memory. Anchors of claims are found here too, for decisions to attach by.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, select

from witnessmark.casefile import ids, tables
from witnessmark.packs.larder import PackLarder
from witnessmark.terms.address import id_of
from witnessmark.terms.anchor import Anchor
from witnessmark.terms.card import Card, Spot
from witnessmark.terms.claim import TOLL_SLOTS, Claim
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Precision
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold, key, words
from witnessmark.terms.sketch import Sketch
from witnessmark.terms.statement import Statement
from witnessmark.tracing.texts import digest_and_minhash

_PRECISE: tuple[Precision, ...] = ("instant", "hour", "part-of-day", "day")
_SPOTS = 5
_READ = ("body", "quoted")


def words_of(item: Item, reading: Reading) -> list[str]:
    """The folded words of the post itself: its body and what it quotes, else its title."""
    found = _words(item, reading, _READ)
    return found or _words(item, reading, ("title",))


def _words(item: Item, reading: Reading, roles: Sequence[str]) -> list[str]:
    out: list[str] = []
    for passage, regions in zip(item.passages, reading.regions, strict=False):
        for region in regions:
            if region.role in roles:
                folded = fold(passage.text[region.start : region.end])
                out += [folded.text[start:end] for start, end in words(folded)]
    return out


def sketch_of(item: Item, reading: Reading) -> Sketch:
    """What the search for copies needs."""
    told = words_of(item, reading)
    digest, minhash = digest_and_minhash(told)
    return Sketch(
        item=item.id,
        digest=digest,
        count=len(told),
        minhash=minhash,
        native=item.native_id,
        published=reading.publication.earliest,
        readable=reading.unreadable is None,
    )


def card_rows(item: Item, reading: Reading, larder: PackLarder) -> list[dict[str, object]]:
    """The rows of the table of claims for one reading."""
    return [
        {
            "id": claim.id,
            "item": item.id,
            "kind": claim.kind,
            "incident": None,
            "alias": id_of("incident", claim.id),
            "number": number,
            "card": msgspec.msgpack.encode(card_of(claim, item, reading, larder)),
        }
        for number, claim in enumerate(reading.claims)
    ]


def card_of(claim: Claim, item: Item, reading: Reading, larder: PackLarder) -> Card:
    """The card of one claim."""
    said = _innermost(claim, reading)
    publisher = item.publisher or item.site or item.author
    parents = _parents(larder)
    actor = said.source_actor if said else None
    moment, publication = claim.moment, reading.publication
    return Card(
        claim=claim.id,
        item=item.id,
        kind=claim.kind,
        polarity=claim.polarity,
        certainty=claim.certainty,
        place_text=claim.place.text if claim.place else None,
        spots=_spots(claim),
        earliest=moment.earliest[:10] if moment and moment.earliest else None,
        latest=moment.latest[:10] if moment and moment.latest else None,
        precise=bool(moment and moment.precision in _PRECISE),
        published=publication.earliest[:10] if publication.earliest else None,
        published_latest=publication.latest[:10] if publication.latest else None,
        accused=claim.accused,
        alternatives=claim.alternatives,
        target=claim.target,
        weapon=claim.weapon,
        delivery=claim.delivery,
        tolls=tuple((slot, getattr(claim, slot)) for slot in TOLL_SLOTS if getattr(claim, slot)),
        harm_unnumbered=claim.harm_unnumbered,
        shared=claim.shared,
        cumulative=claim.cumulative,
        preliminary=claim.preliminary,
        source=said.source if said else None,
        source_actor=actor,
        source_party=parents.get(actor or "") or None,
        outlet=key(publisher) if publisher else None,
        outlet_actor=_outlet_actor(larder, publisher),
        passed_on=tuple((credit.to, credit.actor) for credit in reading.credits if credit.manner in ("via", "forward")),
        access=claim.access,
        readable=reading.unreadable is None,
    )


def _innermost(claim: Claim, reading: Reading) -> Statement | None:
    """The last attributed statement of the claim's own sentence."""
    said = [one for one in reading.statements if one.span == claim.span and one.source]
    return said[-1] if said else None


def _spots(claim: Claim) -> tuple[Spot, ...]:
    return tuple(
        Spot(
            id=one.id, name=one.name, name_ar=one.name_ar, lat=one.lat, lon=one.lon,
            level=one.level, score=one.score, within=one.within,
        )
        for one in (claim.place.candidates[:_SPOTS] if claim.place else ())
    )  # fmt: skip


@lru_cache(maxsize=4)
def _parents(larder: PackLarder) -> dict[str, str]:
    """Actor id to the party it speaks for."""
    rows = [row.fields for row in larder.rows("actors")]
    known = {row.get("id", "") for row in rows}
    kinds = {row.get("id", ""): row.get("kind", "") for row in rows}
    return {
        row["id"]: row["parent"]
        for row in rows
        if row.get("parent") in known and kinds.get(row["id"]) in ("agency", "media")
    }


@lru_cache(maxsize=4096)
def _outlet_actor(larder: PackLarder, publisher: str | None) -> str | None:
    """The actor that a publisher's name is, where it is one wholly."""
    if not publisher:
        return None
    folded = fold(publisher)
    for hit in larder.lexicon("actors").find(folded):
        if hit.end - hit.start >= len(publisher.strip()) - 2:
            return hit.entry.fields.get("id") or None
    return None


@lru_cache(maxsize=4)
def actor_names(larder: PackLarder) -> dict[str, str]:
    """Actor id to name."""
    return {row.fields["id"]: row.fields.get("name") or row.key for row in larder.rows("actors") if row.fields.get("id")}


def anchors_of(db: Connection, found: ids.Found, claims: Sequence[str]) -> list[Anchor]:
    """The anchors a thing rests on: of its claims, one for each, in their order; of an item without, none."""
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
    holding = select(tables.item.c.id).select_from(joined).where(tables.item.c.address == address, tables.passage.c.text == text)
    inside = select(tables.claim.c.id).where(tables.claim.c.item.in_(holding)).order_by(tables.claim.c.id)
    for claim, anchor in _anchors(db, list(db.execute(inside).scalars())):
        if anchor.text == text:
            yield claim, anchor
