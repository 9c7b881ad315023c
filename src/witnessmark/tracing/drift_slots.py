"""What changed on the way from one text to another, slot by slot, each only where it can be known.

That a place or a weapon was *added* is known of a headline, a copy, or a text that cites the only text it can mean, since two reporters
may each tell a part of one statement; that more died, of a headline and a copy alone, since figures rise. No change are a wider place, a kind of the same
means, a word that leaves open which, and a firmer word for the same commitment ("said", "confirmed"). Whoever withheld a thing or denied it and is
said to own to it is a change of certainty; so is what was alleged or held possible and is said to be confirmed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from witnessmark.terms.drift import Drift, Drifted, Passed
from witnessmark.terms.saying import Stance, Told
from witnessmark.terms.toll import Toll
from witnessmark.tracing.same_statement import ANY, SURE, Heard, Text, Wider, may_be_place, points, very_place

_LIKELY = 3  # points from which what was held back is what is owned to
_SAID = 2  # points that a figure itself, when it is what is judged, is looked for from
_RARE = 100  # a figure that hardly two statements share, whatever else they tell
_MANY = 10  # a figure from which few statements share it by chance
_OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}
_HELD: tuple[Stance, ...] = ("withheld", "denied")
_OWNED: tuple[Stance, ...] = ("said", "confirmed")
_COUNTED = ("killed", "injured", "number")
End: TypeAlias = tuple[Heard, Told | None, str]  # a saying, the thing in it, and what it says
Ends: TypeAlias = tuple[End, End]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How a later text has to do with an earlier one; see :class:`drift.Bond`. ``inside``: a headline and its own body.

    ``alias``: what the later calls the earlier's outlet by, besides its name.
    """

    earlier: Text
    later: Text
    wider: Wider
    cites: bool = False
    alias: frozenset[str] = frozenset()
    inside: bool = False
    copied: bool = False
    only: bool = True
    has: Callable[[str], bool] = lambda words: False  # noqa: ARG005 - the shape of what is handed in

    @property
    def known(self) -> bool:
        """Whether the earlier is known for the text that the later rests on."""
        return self.copied or (self.cites and self.only)

    def new(self, told: Told) -> bool:
        """Whether a thing's words are not in the earlier text in any role."""
        if self.inside:
            return not told.echoed
        names = [told.label, *((told.spot.name, told.spot.name_ar) if told.spot else ())]
        return not any(self.has(name) for name in names if name)


def drift_of(link: Link, slot: Drifted, ends: Ends, why: str) -> Drift:
    """A drift with both ends and how the texts have to do with each other."""
    (before, was, said), (later, now, says) = ends
    how = "both report one source"
    if link.inside:
        how = "the same text"
    elif link.copied:
        how = "it copies or passes on the other"
    elif link.cites:
        how = "it cites the other"
    one, other = before.home(was), later.home(now)
    return Drift(
        slot=slot,
        earlier=Passed(item=link.earlier.account.item, span=one.span, said=said, who=one.who),
        later=Passed(item=link.later.account.item, span=other.span, said=says, who=other.who or one.who),
        why=f"{how}: {why}",
    )


def _alike(link: Link, before: Sequence[Heard], later: Heard, least: int, *judged: str) -> list[Heard]:
    """Of some earlier sayings, those of the same statement; of one's own body, those that have anything to do with it."""
    return [one for one in before if points(one, later, link.wider, judged) >= (1 if link.inside else least)]


def _certainty(link: Link, before: Sequence[Heard], later: Heard) -> Iterator[Drift]:
    """A source that would not say, or denied, and is then said to own to it; one that suspected, and is said to confirm."""
    stance = later.saying.stance
    if later.merged or stance not in _OWNED or not later.by:
        return
    near = _alike(link, [one for one in before if one.by & later.by and not one.merged], later, _LIKELY)
    held = [one for one in near if one.saying.stance in _HELD]
    doubted = [one for one in near if one.saying.stance == "alleged"]
    now: End = (later, None, stance)
    if held and not any(one.saying.stance in _OWNED for one in near) and not _blames(held[0], later):
        was: End = (held[0], None, held[0].saying.stance)
        yield drift_of(link, "certainty", (was, now), "a source that withheld or denied it is said to own to it")
    elif stance == "confirmed" and doubted and len(doubted) == len(near):
        sure = [one for one in doubted if link.inside or points(one, later, link.wider) >= SURE]
        if sure:
            was = (sure[0], None, "alleged or held possible")
            yield drift_of(link, "certainty", (was, now), "what was alleged or held possible is said to be confirmed")


def _blames(held: Heard, later: Heard) -> bool:
    """Whether what was held back is that a weapon caused deaths: that is judged as weapon."""
    return bool(held.of("weapon") and later.of("weapon") and later.of("killed"))


def _delivery(link: Link, before: Sequence[Heard], later: Heard) -> Iterator[Drift]:
    """Another way of delivery, of which neither is a kind of the other."""
    now = later.of("delivery")
    near = [one for one in _alike(link, before, later, SURE, "delivery") if one.of("delivery")] if now else []
    was = [(one, told) for one in near for told in one.of("delivery")]
    if not was or any(_kin(one.label, other.label, link.wider) for (_, one), other in product(was, now)):
        return
    weapons = [told for one in (*near, later) for told in one.of("weapon")]
    if not any(ANY in link.wider.get(one.label, ()) for one in weapons):
        one, told = was[0]
        ends = ((one, told, told.label), (later, now[0], now[0].label))
        yield drift_of(link, "delivery", ends, "another way of delivery")


def _kin(one: str, other: str, wider: Wider) -> bool:
    """Whether one may be said for the other: the same, one a kind of the other, or a word that leaves open which."""
    above = wider.get(one, frozenset()), wider.get(other, frozenset())
    opened = " and/or " in one or " and/or " in other
    return one == other or opened or one in above[1] or other in above[0] or ANY in above[0] | above[1]


def _side(link: Link, before: Sequence[Heard], later: Heard) -> Iterator[Drift]:
    """The opposite side of one place, where the earlier never names the later's side of it."""
    near = _alike(link, before, later, SURE) if later.sides else []
    for now in later.sides:
        ends = [(one, was) for one in near for was in one.sides if very_place(was, now)]
        sides = {side for _, was in ends for side in was.label.split("|")}
        new = set(now.label.split("|"))
        if ends and not new & sides and any(_OPPOSITE[side] in sides for side in new):
            one, was = ends[0]
            yield drift_of(
                link, "place", ((one, was, was.label), (later, now, now.label)), "the opposite side of a place"
            )


def _tolls(link: Link, before: Sequence[Heard], later: Heard) -> Iterator[Drift]:
    """A figure of dead that was one of injured or of things; or, of a headline or a copy, one above all that its text gives."""
    for now in later.of("killed"):
        toll = now.toll
        if toll is None or (link.inside and now.echoed):
            continue
        rare = link.inside or (link.cites and toll.least >= _RARE)
        near = list(before) if rare else _alike(link, before, later, _SAID, "killed")
        dead = [(one, told) for one in near for told in one.of("killed")]
        if any(told.toll and _overlap(told.toll, toll) for _, told in dead):
            continue
        other = [
            (one, told) for one in near for slot in ("injured", "number") for told in one.of(slot) if told.toll == toll
        ]
        if other and toll.least >= _MANY:
            one, was = other[0]
            unit = "injured" if was.slot == "injured" else "no people"
            ends = ((one, was, f"{was.label}: {unit}"), (later, now, f"{now.label}: killed"))
            yield drift_of(link, "toll", ends, "a figure of the dead that counted others or other things")
        elif (link.inside or link.copied) and dead and toll.least > _all(before):
            one, was = dead[0]
            yield drift_of(
                link, "toll", ((one, was, was.label), (later, now, now.label)), "more dead than the text tells of"
            )


def _all(before: Sequence[Heard]) -> int:
    """The sum of all figures: a headline may add up what its text tells apart."""
    return sum(_top(told.toll) for one in before for slot in _COUNTED for told in one.of(slot) if told.toll)


def _top(toll: Toll) -> int:
    return toll.least if toll.most is None else toll.most


def _overlap(one: Toll, other: Toll) -> bool:
    lower, upper = sorted((one, other), key=lambda toll: toll.least)
    return lower.most is None or lower.most >= upper.least


def _cause(link: Link, before: Sequence[Heard], later: Heard) -> Iterator[Drift]:
    """Deaths laid to a weapon by a source that would not do so, or does not know; or, of a citing text, to one that the cited never names."""
    if later.merged or later.saying.stance not in _OWNED or not later.of("killed"):
        return
    alone = [one for one in before if not one.merged]
    for now in later.of("weapon"):
        if ANY in link.wider.get(now.label, ()) or any(
            _names(one, now, link.wider) and one.of("killed") and one.saying.stance in _OWNED for one in alone
        ):
            continue
        held = [
            one
            for one in _alike(link, alone, later, _LIKELY, "killed")
            if one.saying.stance in _HELD and _names(one, now, link.wider)
        ]
        told = [one for one in _alike(link, alone, later, SURE, "weapon") if one.of("killed")]
        if not held and link.known and told:
            held = [one for one in alone if one.saying.stance == "withheld" and points(one, later, link.wider) >= 1]
        says: End = (later, now, f"{now.label}: killed")
        if held:
            was: End = (held[0], None, f"{now.label}: {held[0].saying.stance}")
            yield drift_of(link, "weapon", (was, says), "deaths laid to a weapon that the source did not lay them to")
        elif link.known and told and link.new(now) and not any(_names(one, now, link.wider) for one in alone):
            was = (told[0], None, "no such weapon")
            yield drift_of(link, "weapon", (was, says), "deaths laid to a weapon that the text cited does not name")


def _names(one: Heard, weapon: Told, wider: Wider) -> bool:
    return any(_kin(was.label, weapon.label, wider) for was in one.of("weapon"))


def _places(link: Link, before: Sequence[Heard], later: Heard) -> Iterator[Drift]:
    """A place that a headline, a citing text or a copy adds to those of the text it rests on."""
    if not (link.inside or link.known) or later.saying.stance in _HELD or not later.fine:
        return
    here = [told for one in link.earlier.heard for told in one.places]
    near = [one for one in before if one.fine and _rests(link, one, later)]
    for now in later.fine:
        more = any(told.slot not in ("place", "side") for told in later.home(now).told)
        if more and near and not any(may_be_place(now, one) for one in here) and link.new(now):
            was = near[0].fine[0]
            ends = ((near[0], was, was.label), (later, now, now.label))
            yield drift_of(link, "place", ends, "a place that the text it rests on does not name")


def _rests(link: Link, one: Heard, later: Heard) -> bool:
    """Whether a saying that names more places is of the statement of an earlier one: it names one of its places too, or tells much the same."""
    rest = points(one, later, link.wider, ("place",))
    pairs = list(product(one.fine, later.fine))
    if any(very_place(mine, other) for mine, other in pairs):
        return rest >= 1
    near = any(may_be_place(mine, other) for mine, other in pairs)
    return rest >= (1 if link.inside else _SAID if near else SURE)


JUDGES: tuple[Callable[[Link, Sequence[Heard], Heard], Iterator[Drift]], ...] = (
    _certainty, _delivery, _side, _tolls, _cause, _places,
)  # fmt: skip
