"""Which sentences of one item speak of one event.

The rule: the headline and the first sentences that name a deed or harm make the main event. A later sentence goes on
with an event where it names no other place and no other day; where it names another place, or a day that cannot be
the same, it begins another event of a round-up. What is told as having happened before, or long before the main event,
is an earlier event, for context; what is told as a practice or a rule is general; both are never incidents. Harm goes
with the deed told before it. Two events at one place on one day in one item are taken for one: the text must tell them
apart by place or day, or a person must.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import cos, hypot, radians

from witnessmark.reading.claim_scenes import Scene
from witnessmark.terms.anchor import Span
from witnessmark.terms.moment import Moment, Publication
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.script import key
from witnessmark.terms.toll import Harm, Toll

_COARSE_LEVELS = ("country", "region", "province")
_WIDE_LEVELS = (*_COARSE_LEVELS, "district", "subdistrict")
_NEAR_KM = 3.0  # two gazetteers seldom agree closer on the middle of one town
_TOWN_KM = 8.0  # from a quarter to the middle of its town
_KM_PER_DEGREE = 111.2
_LONG_BEFORE = timedelta(days=7)  # news older than this beside a newer main event is background
_HEAD, _BESIDE = 25, 45  # code points from the head of a sentence, or from a figure, to a place it is told of
_LEAD = 3  # sentences after the headline that may still define the main event


@dataclass(slots=True)
class Event:
    """Scenes that speak of one event, in order. ``ranked``: the same as ``claim_slots`` orders them, once that is known."""

    kind: str
    scenes: list[Scene] = field(default_factory=list)
    ranked: tuple[Scene, ...] = field(default=(), compare=False, repr=False)

    _seen: int = field(default=0, init=False)
    _places: list[PlaceMention] = field(default_factory=list, init=False)
    _home: list[PlaceMention] = field(default_factory=list, init=False)
    _day: Moment | None = field(default=None, init=False)
    _figures: set[tuple[Harm, Toll]] = field(default_factory=set, init=False)

    @property
    def places(self) -> list[PlaceMention]:
        """Every place of its scenes."""
        self._look()
        return self._places

    @property
    def home(self) -> list[PlaceMention]:
        """The places of the first scene that names any finer than a province, else every place."""
        self._look()
        return self._home or self._places

    @property
    def day(self) -> Moment | None:
        """The first moment that dates one of its scenes."""
        self._look()
        return self._day

    @property
    def figures(self) -> set[tuple[Harm, Toll]]:
        """Every figure of its scenes."""
        self._look()
        return self._figures

    def _look(self) -> None:
        """Take in the scenes that were added since the last look; every sentence of a text asks every event before it."""
        for scene in self.scenes[self._seen :]:
            self._places += scene.places
            self._home = self._home or (list(scene.places) if fine(scene.places) else [])
            self._day = self._day or scene.day
            self._figures |= {(toll.kind, toll.count) for _, toll in scene.tolls if toll.count}
        self._seen = len(self.scenes)


def events(scenes: Sequence[Scene], publication: Publication) -> list[Event]:
    """The events of an item, in the order they are first told; empty where nothing harmful is told."""
    found: list[Event] = []
    last: Event | None = None
    for before, scene in zip((None, *scenes), scenes, strict=False):
        if not (scene.deed or scene.harmed or scene.denied):
            _enrich(scene, last)
            continue
        kind = "earlier" if _goes_on(scene, last) or _sums_up(scene, before) else _kind(scene, found, publication)
        event = _main(found) if scene.listing else _same(scene, kind, found, last)
        if event is None:
            event = Event(kind)
            found.append(event)
        elif kind == "attack" and event.kind == "harm":
            event.kind = "attack"
        event.scenes.append(scene)
        last = event
    return found


def _main(found: Sequence[Event]) -> Event | None:
    """The main event, which a list of people harmed belongs to: the first."""
    return next((event for event in found if event.kind in {"attack", "harm"}), None)


def _enrich(scene: Scene, last: Event | None) -> None:
    """A sentence without deed or harm still dates, places or attributes the event told just before it."""
    if last is None or scene.order - last.scenes[-1].order != 1 or last.kind not in {"attack", "harm"}:
        return
    accused = any(actor.role == "accused" for actor in scene.actors)
    if (accused or (scene.places and not last.places)) and not scene.roles & {"earlier", "general"}:
        last.scenes.append(scene)


def _goes_on(scene: Scene, last: Event | None) -> bool:
    """Whether a sentence tells more of the earlier event right before it: "225 were killed in 2021 … 38 women died in the shelling"."""
    right_behind = last is not None and last.kind == "earlier" and scene.order - last.scenes[-1].order == 1
    counts = any(toll.count for _, toll in scene.tolls)
    return right_behind and counts and not (scene.anew or scene.day or scene.hanging or scene.places or scene.title)


def _sums_up(scene: Scene, before: Scene | None) -> bool:
    """Whether a sentence counts what the one before told of since some time back: "we answered 376 attacks since January. The attacks killed 76"."""
    since = before is not None and before.since and not (before.day or before.hanging or before.deed or before.harmed)
    pointing = bool(scene.known) and not (scene.anew or scene.day or scene.hanging or scene.places or scene.title)
    return since and pointing and any(toll.count for _, toll in scene.tolls)


def _kind(scene: Scene, found: Sequence[Event], publication: Publication) -> str:
    """What kind of event a scene tells."""
    if scene.tolls and all(toll.cumulative for _, toll in scene.tolls):
        return "earlier"
    if (
        (scene.since and not (scene.day or scene.hanging))
        or "earlier" in scene.roles
        or _long_before(scene, found, publication)
    ):
        return "earlier"
    if "general" in scene.roles and not scene.harmed and not scene.day:
        return "earlier" if scene.places and found else "general"
    if not scene.deed:
        return "harm"
    return "attack"


def _long_before(scene: Scene, found: Sequence[Event], publication: Publication) -> bool:
    """Whether a scene's day lies well before the main event, or before publication where that is known."""
    latest = _day(scene.day.latest if scene.day else None)
    if latest is None:
        return False
    main = next((_day(event.day.latest) for event in found if event.kind == "attack" and event.day), None)
    if main is None and (found or scene.order > _LEAD):
        main = _day(publication.earliest)
    return main is not None and main - latest > _LONG_BEFORE


def _day(text: str | None) -> date | None:
    """The day an ISO 8601 text begins with."""
    parts = (text or "")[:10].split("-")
    numbers = [int(part) for part in parts if part.isdecimal()]
    if not numbers or len(numbers) != len(parts):
        return None
    year, month, day = (*numbers, 12, 28)[:3] if len(numbers) == 1 else (*numbers, 28)[:3]
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _same(scene: Scene, kind: str, found: Sequence[Event], last: Event | None) -> Event | None:
    """The event a scene goes on with, or None where it begins one.

    In order: an event at its own place; where it tells nothing new ("the strike", or harm alone without a place and
    figure of its own) or repeats a figure, the event told last; else the first that fits.
    """
    if kind in {"earlier", "general"}:
        return next((event for event in found if event.kind == kind and event is last and fits(scene, event)), None)
    told = [event for event in found if event.kind in {"attack", "harm"}]
    if scene.own:
        return next((event for event in told if _named_alike(scene, event) and _days_agree(scene.day, event.day)), None)
    recent = ([last] if last is not None and last in told else []) + told
    named = [event for event in recent if scene.places and shares(scene.places, event.home)]
    for event in named:
        if _days_agree(scene.day, event.day) or told_later(scene, event):
            return event
    if recent and told_later(scene, recent[0]) and _about(scene.places, recent[0].home):
        return recent[0]
    if recent and (not _new(scene) or any(_same_figures(scene, event) for event in recent[:1])):
        return recent[0]
    return next((event for event in recent if fits(scene, event)), None)


def _named_alike(scene: Scene, event: Event) -> bool:
    """Whether a scene names a place of an event by the same name, and not only one that holds it or lies in it."""
    names = {key(one.text) for one in event.home}
    return any(key(one.text) in names for one in scene.places)


def _new(scene: Scene) -> bool:
    """Whether a scene may begin an event: a deed told anew, or counted harm at a place of its own.

    The place stands at the head of the sentence or beside the figure: "an employee of the court in Zarhal, was killed
    with two others" is no event in Zarhal.
    """
    if scene.deed:
        return scene.anew
    counted = [toll.span for _, toll in scene.tolls if toll.count and not toll.cumulative]
    return any(
        place.span.start - scene.span.start <= _HEAD or _distance(place.span, span) <= _BESIDE
        for place in fine(scene.places)
        for span in counted
    )


def _distance(one: Span, other: Span) -> int:
    """Code points between two stretches of a passage."""
    return max(other.start - one.end, one.start - other.end, 0)


def told_later(scene: Scene, event: Event) -> bool:
    """Whether a scene's day may be another than the event's: a later one, on which somebody says it or the hurt died.

    What points back to a deed known already ("a man injured in the strike died on Friday"), dates it too, or tells of those
    who died of their wounds, does not make another event of its day.
    """
    after, before = scene.day, event.day
    if after is None or before is None or (after.earliest or "") <= (before.earliest or ""):
        return False
    points_back = bool(scene.deeds) and len(scene.known) == len(scene.deeds)
    again = any(one.earliest and one.earliest[:10] == (before.earliest or "")[:10] for one in scene.moments)
    return scene.said or points_back or again or "wounds" in scene.roles


def _about(ones: Sequence[PlaceMention], others: Sequence[PlaceMention]) -> bool:
    """Whether places named with a later day may be where the event was: nothing finer than a province, or the same town."""
    mine = fine(ones)
    return not mine or shares(mine, others) or _near(mine, others, _TOWN_KM)


def _same_figures(scene: Scene, event: Event) -> bool:
    """Whether a scene repeats a figure of an event, of two or more."""
    told = event.figures
    return any(toll.count and toll.count.least > 1 and (toll.kind, toll.count) in told for _, toll in scene.tolls)


def fits(scene: Scene, event: Event) -> bool:
    """Whether a scene may speak of an event: no other place, no other day."""
    return _days_agree(scene.day, event.day) and _places_agree(scene.places, event.home)


def _days_agree(one: Moment | None, other: Moment | None) -> bool:
    """Whether two moments may be the same time."""
    if one is None or other is None:
        return True
    starts, ends = (one.earliest or "")[:10], (one.latest or "")[:10]
    return starts <= (other.latest or "9999")[:10] and (other.earliest or "")[:10] <= ends


def _places_agree(ones: Sequence[PlaceMention], others: Sequence[PlaceMention]) -> bool:
    """Whether places may be the same: nothing named, something shared, or only wide areas against a point."""
    mine, also = fine(ones), fine(others)
    return not mine or not also or shares(mine, also)


def fine(places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Places finer than a province."""
    return [one for one in places if not (one.candidates and one.candidates[0].level in _COARSE_LEVELS)]


def shares(ones: Sequence[PlaceMention], others: Sequence[PlaceMention]) -> bool:
    """Whether two lists of places have one in common: the same words, the same entry, or one inside the other."""
    if _near(ones, others):
        return True
    names = {key(one.text) for one in others}
    ids = {one.candidates[0].id for one in others if one.candidates}
    within = {key(name) for one in others for candidate in one.candidates[:1] for name in candidate.within}
    for one in ones:
        top = one.candidates[:1]
        if key(one.text) in names or any(candidate.id in ids for candidate in top) or key(one.text) in within:
            return True
        if any(key(name) in names for candidate in top for name in candidate.within):
            return True
    return False


def _near(ones: Sequence[PlaceMention], others: Sequence[PlaceMention], reach: float = _NEAR_KM) -> bool:
    """Whether the best candidates of two places lie within a few kilometres, as two entries of one place do."""
    points = [_point(one) for one in others]
    return any(
        here is not None and there is not None and _apart(here, there) <= reach
        for here in map(_point, ones)
        for there in points
    )


def _point(place: PlaceMention) -> tuple[float, float] | None:
    """The best candidate's coordinates, of places no wider than a town."""
    best = place.candidates[0] if place.candidates else None
    if best is None or best.lat is None or best.lon is None or best.level in _WIDE_LEVELS:
        return None
    return best.lat, best.lon


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points no farther apart than a province (flat earth)."""
    north = (one[0] - other[0]) * _KM_PER_DEGREE
    east = (one[1] - other[1]) * _KM_PER_DEGREE * cos(radians(one[0]))
    return hypot(north, east)
