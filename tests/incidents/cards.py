"""Invented cards and what is settled of them: one claim each, with nothing said but what a test is about."""

from typing import Any

from witnessmark.incidents.settle import Settled
from witnessmark.terms.card import Card, Spot
from witnessmark.terms.claim import Party
from witnessmark.terms.place import PlaceLevel
from witnessmark.terms.script import key
from witnessmark.terms.sketch import Sketch, packed
from witnessmark.terms.toll import Toll

DAY = "2017-06-10"


def toll(least: int, most: int | None = -1) -> Toll:
    """A figure; firm where only one number is given."""
    return Toll(least=least, most=least if most == -1 else most)


def party(actor: str, words: str | None = None) -> Party:
    return Party(actor=actor, label=actor.title(), words=words or actor)


def spot(
    name: str = "Wadi",
    lat: float | None = 36.0,
    lon: float | None = 38.0,
    level: PlaceLevel = "village",
    **more: Any,  # noqa: ANN401 (any field of a spot)
) -> Spot:
    return Spot(
        **{
            "id": f"test:{name}",
            "name": name,
            "name_ar": None,
            "lat": lat,
            "lon": lon,
            "level": level,
            "score": 0.8,
            **more,
        }
    )


def card(claim: str, **more: Any) -> Card:  # noqa: ANN401 (any field of a card)
    """A card of an attack; its item is named after the claim."""
    given: dict[str, Any] = {
        "claim": f"claim-{claim}", "item": f"item-{claim}", "kind": "attack", "polarity": "affirmed", "certainty": "asserted",
        "place_text": None, "spots": (), "earliest": None, "latest": None, "precise": False, "offsets": (), "published": None,
        "published_latest": None, "accused": (), "alternatives": False, "target": (), "weapon": (), "delivery": (), "tolls": (),
        "harm_unnumbered": (), "shared": False, "cumulative": False, "preliminary": False, "source": None, "source_actor": None,
        "source_party": None, "outlet": None, "outlet_actor": None, "passed_on": (), "access": None, "readable": True,
    }  # fmt: skip
    return Card(**{**given, **more})


def killed(number: int, most: int | None = -1) -> tuple[tuple[str, Toll], ...]:
    """The tolls of a card that says how many were killed."""
    return (("killed", toll(number, most)),)


def settled(claim: str, where: Spot | None = None, day: str | None = DAY, **more: Any) -> Settled:  # noqa: ANN401 (as above)
    """A card at a place on a day, said in its own words; five people killed unless told otherwise."""
    stated, last, weekday = more.pop("stated", day is not None), more.pop("last", day), more.pop("weekday", None)
    text = more.pop("place_text", where.name if where else None)
    given = {"tolls": killed(5), "spots": (where,) if where else (), **more}
    return Settled(
        card=card(claim, place_text=text, **given), spot=where, place_why="", first=day, last=last, stated=stated, day_why="",
        weekday=weekday, words=key(text) if text else None, areas=frozenset(key(one) for one in (where.within if where else ())),
    )  # fmt: skip


def sketch(item: str, **more: Any) -> Sketch:  # noqa: ANN401 (any field of a sketch)
    given: dict[str, Any] = {
        "item": item, "digest": item, "count": 0, "minhash": (), "terms": (), "native": None, "series": None,
        "published": None, "readable": True,
    }  # fmt: skip
    given = {**given, **more}
    return Sketch(**{**given, "minhash": packed(given["minhash"]), "terms": packed(given["terms"])})
