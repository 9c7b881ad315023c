"""The slots of one claim: who is blamed, where, when, with what, how many, and on whose word.

The rules: the sentence that says most about the event carries the claim; a slot it leaves open is filled from the other
sentences of the same event. Of several figures for one slot in one item the first stands, as headline and lead sum up
what follows, but a list of names is a floor, and a figure beats a vague word. Fighters are counted apart. Of the killed,
those whose civilian status is not said in words stand in ``killed_status_unstated`` as well: presumed, not shown
(https://airwars.org/about/methodology).
"""

from collections.abc import Sequence
from itertools import pairwise

from witnessmark.reading.claim_events import Event, shares
from witnessmark.reading.claim_scenes import Scene
from witnessmark.reading.place_company import km
from witnessmark.reading.weapons import CARRIER
from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import Party
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.moment import Moment
from witnessmark.terms.place import NAMED_BY_TYPE, PlaceMention
from witnessmark.terms.statement import Statement

_Meant = tuple[str, str | None, str | None]
_FINE = (
    "exact",
    "landmark",
    "street",
    "neighbourhood",
    "village",
    "town",
    "city",
    "subdistrict",
    "district",
    "province",
    "region",
    "country",
)
_STRAY = "places.stray"  # keeps no company with the other places of the item
_PROVINCE = 100.0  # km from a province's seat within which a place may lie in it


def bearer(event: Event) -> Scene:
    """The scene that carries the claim: the first that tells the deed and the harm, else the deed, else the harm."""
    return ordered(event)[0]


def ordered(event: Event) -> tuple[Scene, ...]:
    """The scenes of an event, the bearer first, then in order; worked out again only where scenes were added."""
    if len(event.ranked) != len(event.scenes):
        first = _first(event.scenes)
        event.ranked = (first, *(scene for scene in event.scenes if scene is not first))
    return event.ranked


def _first(scenes: Sequence[Scene]) -> Scene:
    def said(scene: Scene) -> tuple[int, int]:
        counted = any(toll.count for _, toll in scene.tolls)
        return 2 * scene.deed + counted + scene.harmed, -scene.order

    return max(scenes, key=said)


def accused(event: Event, said: Sequence[Statement]) -> tuple[tuple[Party, ...], bool, bool]:
    """Who is blamed, whether several act together, and whether they are alternatives ("A or B").

    The first sentence that blames anyone says who; others add to it only where they blame one of the same. A party that
    another sentence alone blames did something else, or is another voice's answer. ``said``: the item's statements.
    """
    parties: dict[str, Party] = {}
    either = False
    for scene in ordered(event):
        blamed = {
            actor.actor or actor.label or actor.text.casefold(): actor
            for actor in scene.actors
            if actor.role == "accused"
        }
        if parties and parties.keys().isdisjoint(blamed):
            continue
        either = either or _either(scene, list(blamed.values())) or _apart(scene, list(blamed.values()), said)
        for name, actor in blamed.items():
            parties.setdefault(name, Party(actor=actor.actor, label=actor.label, words=actor.text))
    known = [party for party in parties.values() if party.actor] or list(parties.values())
    return tuple(known), len(known) > 1 and not either, len(known) > 1 and either


def _either(scene: Scene, blamed: Sequence[ActorMention]) -> bool:
    """Whether two parties blamed in one sentence stand with "or" between them."""
    spans = sorted(actor.span for actor in blamed)
    words = [hit for hit in scene.words if hit.entry.fields["role"] == "either-or"]
    return any(one.end <= hit.start and hit.end <= other.start for one, other in pairwise(spans) for hit in words)


def _apart(scene: Scene, blamed: Sequence[ActorMention], said: Sequence[Statement]) -> bool:
    """Whether several speak in one sentence and blame each another: "many blamed A, one source said B did it"."""
    told = [said[index] for index in scene.statements if said[index].source]
    mouths = {
        min((one.content for one in told if one.content.covers(actor.span)), key=_length, default=None)
        for actor in blamed
    }
    return len(blamed) > 1 and len(mouths) == len(blamed)


def _length(span: Span) -> int:
    return span.end - span.start


def place(event: Event, whole: Event | None = None) -> PlaceMention | None:
    """The place of the event: the one that most of its sentences name or lie in, a headline counting twice.

    Scenes stand before mere mentions and places before the province they lie in, in whatever sentence; the bearer's own place and finer
    places before others. A name
    that keeps no company with the other places of the item is no event's place. ``whole``: the event of which this is one
    voice's part; all its sentences vote.
    """
    best: tuple[tuple[bool, bool, float], PlaceMention] | None = None
    told = _tellings((whole or event).scenes)
    votes: dict[_Meant, float] = {}
    fine = [one for one in event.places if one.role == "scene" and not _wide(one) and one.why.rule != _STRAY]
    for rank, scene in enumerate(ordered(event)):
        for one in scene.places:
            if one.why.rule == _STRAY:
                continue
            if _meant(one) not in votes:
                votes[_meant(one)] = sum(weight for weight, places in told if shares([one], places))
            said = bool(one.candidates) or one.why.rule == NAMED_BY_TYPE
            wide = _wide(one) and any(_inside(other, one) for other in fine)
            score = one.role == "scene", not wide, votes[_meant(one)] + (rank == 0) + said - _level(one) / len(_FINE)
            if best is None or score > best[0]:
                best = (score, one)
    return best[1] if best else None


def _meant(mention: PlaceMention) -> _Meant:
    """A name and what it means here: all that ``shares`` asks of a mention."""
    best = mention.candidates[0] if mention.candidates else None
    return mention.text, best.id if best else None, best.level if best else None


def _tellings(scenes: Sequence[Scene]) -> list[tuple[float, Sequence[PlaceMention]]]:
    """What places sentences name together, and how much they weigh: a headline counts twice."""
    weights: dict[frozenset[_Meant], float] = {}
    named: dict[frozenset[_Meant], Sequence[PlaceMention]] = {}
    for scene in scenes:
        meant = frozenset(map(_meant, scene.places))
        weights[meant] = weights.get(meant, 0.0) + 1.0 + scene.title
        named.setdefault(meant, scene.places)
    return [(weight, named[meant]) for meant, weight in weights.items()]


def _wide(mention: PlaceMention) -> bool:
    """Whether a name may mean a whole province: it is one, or a city's that no word calls a city."""
    if mention.why.rule == NAMED_BY_TYPE or not mention.candidates:
        return False
    coarse = _FINE.index("province")
    return any(_FINE.index(one.level) >= coarse for one in mention.candidates[: None if not mention.why.entries else 1])


def _inside(one: PlaceMention, wide: PlaceMention) -> bool:
    """Whether a place lies about where a province does, or nothing is known of where it lies."""
    if not one.candidates or one.why.rule == NAMED_BY_TYPE:
        return True
    return any(km(one.candidates[0], other) < _PROVINCE for other in wide.candidates[:1])


def own_place(scene: Scene) -> PlaceMention | None:
    """The finest place of one sentence itself, where it names one finer than a province as the scene."""
    found = [one for one in scene.places if one.role == "scene" and one.why.rule != _STRAY]
    best = min(found, key=_level, default=None)
    return best if best and _level(best) < _FINE.index("province") else None


def _level(mention: PlaceMention) -> int:
    """How coarse a place is; one that no gazetteer knows is as fine as a village, whatever stands for it."""
    if mention.why.rule == NAMED_BY_TYPE:
        return _FINE.index("village")
    return _FINE.index(mention.candidates[0].level) if mention.candidates else len(_FINE)


def moment(event: Event) -> Moment | None:
    """When: the bearer's day, else the first day among the other scenes, else a time that hangs on an unknown day.

    A day that hangs is more than a month or a year that another scene names.
    """
    known = next((scene.day for scene in ordered(event) if scene.day), None)
    if known and (known.earliest or "")[:10] == (known.latest or "")[:10]:
        return known
    return next((scene.hanging for scene in ordered(event) if scene.hanging), known)


def means(event: Event, slot: str) -> tuple[str, ...]:
    """Weapons, delivery, targets or observations, each once, in order; aircraft and ships where nothing else says how.

    A word without a kind ("weapons", which may be what was struck) fills no slot.
    """
    found = [one for scene in ordered(event) for one in scene.weapons if one.slot == slot and one.label]
    said = [one for one in found if one.why.rule != CARRIER]
    return tuple(dict.fromkeys(one.label for one in said or found))
