"""Answers: where a party takes or refuses responsibility, in words of others that name it as the speaker or in its own voice.

Words of responsibility ("acknowledged", نفى) need a party that speaks. Words in which a party would own up or disown ("were
unintentionally killed", "carried out no strikes", عارية عن الصحة) count where a party publishes the text in its own voice, or
where one speaks and nobody else is blamed. What it does not prove: that what is owned or disowned is what happened.
"""

from functools import lru_cache

from witnessmark.reading.claim_scenes import Scene
from witnessmark.reading.outlet_actors import outlet_actor
from witnessmark.reading.patterns import ByDigest
from witnessmark.terms.claim import ClaimKind, Party
from witnessmark.terms.item import Item
from witnessmark.terms.ports import Larder


def publishing_party(item: Item, larder: Larder) -> Party | None:
    """The party to the conflict that published an item, where its publisher's name is one's."""
    name = item.publisher or item.site or item.author
    actor = outlet_actor(larder, name)
    label = _parties(ByDigest(larder)).get(actor or "")
    return Party(actor=actor, label=label or None, words=name or "") if label is not None else None


@lru_cache(maxsize=8)
def _parties(held: ByDigest) -> dict[str, str]:
    """Label of each party by its id."""
    rows = [row.fields for row in held.larder.rows("actors") if row.fields.get("party") == "yes"]
    return {row["id"]: row.get("label", "") for row in rows}


def answered(scene: Scene, mine: Party | None) -> tuple[ClaimKind | None, Party | None]:
    """The kind of answer that a sentence is, and whose, as far as it shows. ``mine``: the party that publishes the text."""
    speakers = [actor for actor in scene.actors if actor.role == "speaker" and actor.actor]
    party = Party(actor=speakers[0].actor, label=speakers[0].label, words=speakers[0].text) if speakers else None
    if scene.roles & {"accept", "deny"}:
        own = mine if party is None and not scene.said else None
        return ("denial" if "deny" in scene.roles else "acceptance"), party or own
    party = party or (None if scene.said else mine)
    if party is None or not scene.roles & {"own-up", "own-off"}:
        return None, None
    if "own-off" in scene.roles:
        return "denial", party
    others = any(actor.role == "accused" and actor.actor not in (None, party.actor) for actor in scene.actors)
    return (None, None) if others else ("acceptance", party)
