"""The figures of one claim: how many were killed and injured, and who of them were what.

The rules: of several figures for one slot in one item the first stands, as headline and lead sum up what follows, but a
list of names is a floor, and a figure beats a vague word. Where no figure stands, a plural ("civilians were wounded") is two or
more, as Airwars counts it in its assessments. Fighters are counted apart. Of the killed, those whose civilian
status is not said in words stand in ``killed_status_unstated`` as well: presumed, not shown
(https://airwars.org/about/methodology).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from witnessmark.reading.claim_events import Event
from witnessmark.reading.claim_scenes import LISTED
from witnessmark.reading.toll_mentions import AMONG, BODIES
from witnessmark.terms.anchor import Span
from witnessmark.terms.script import key
from witnessmark.terms.toll import Harm, Toll, TollMention, Who
from witnessmark.terms.victim import Victim

_SENTENCE = 60  # code points within which two tolls are taken to be of one sentence
_SIDE_BY_SIDE = 6  # code points between two words of harm with nothing but "and" between them
SEVERAL = Toll(least=2, most=None, vague=True)  # people in the plural, of whom no number is given
_PRESUMED: tuple[Who, ...] = ("unstated", "men", "women")
_NUMBERED: tuple[Harm, ...] = ("killed", "injured", "missing", "trapped", "displaced", "detained")


def mentions(event: Event) -> list[tuple[int, TollMention]]:
    """The tolls of an event that count for it, in order of telling: of several places together only where none is of one."""
    found = [pair for scene in event.scenes for pair in scene.tolls]
    if event.kind == "earlier":
        return found
    found = [(index, toll) for index, toll in found if not toll.cumulative]
    return [pair for pair in found if not pair[1].shared] or found


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The seven figures of a claim; None where no number is given."""

    killed: Toll | None = None
    injured: Toll | None = None
    children: Toll | None = None
    women: Toll | None = None
    men: Toll | None = None
    combatants: Toll | None = None
    status_unstated: Toll | None = None


def figures(event: Event, whole: Event, victims: Sequence[Victim]) -> Figures:
    """The figures of an event as one voice tells it. ``whole``: as all tell it. ``victims``: those whom its item names.

    Where nobody counts the dead or the hurt, as many as are named are their floor; of children killed likewise.
    """
    counted = _counted(event, [toll for _, toll in mentions(whole) if toll.kind == "killed" and not toll.negated])
    told = [toll for _, toll in mentions(whole) if toll.kind == "killed" and toll.count]
    young = named(event, [one for one in victims if one.child])
    if young and not any(toll.who == "children" for toll in told):
        counted = replace(counted, children=Toll(least=young, most=None))
    dead = 0 if told else named(event, victims)
    if dead and (counted.killed is None or counted.killed.least < dead):
        floor = Toll(least=dead, most=None)
        counted = replace(counted, killed=floor, status_unstated=floor)
    hurt = 0 if counted.injured and not counted.injured.vague else named(event, victims, "injured")
    if hurt and (counted.injured is None or counted.injured.least < hurt):
        counted = replace(counted, injured=Toll(least=hurt, most=None))
    return counted


def named(event: Event, victims: Sequence[Victim], kind: Harm = "killed") -> int:
    """How many people an event's sentences name as dead, or hurt; two names of which one holds the other may be one person's."""
    spans = list[Span]()  # in order, none inside another
    for span in sorted({scene.span for scene in event.scenes}, key=lambda one: (one.passage, one.start, -one.end)):
        if not (spans and spans[-1].covers(span)):
            spans.append(span)
    names = {key(one.name) for one in victims if one.kind == kind and _within(one.span, spans)}
    holding: dict[str, list[frozenset[str]]] = {}
    for parts in (frozenset(name.split()) for name in names):
        for word in parts:
            holding.setdefault(word, []).append(parts)
    alone = 0
    for parts in (frozenset(name.split()) for name in names):
        rarest = min((holding[word] for word in parts), key=len, default=[])
        alone += not any(parts < other for other in rarest)
    return alone


def _within(span: Span, sentences: Sequence[Span]) -> bool:
    """Whether a stretch lies in one of several sentences, given in order, none inside another."""
    at = bisect_right(sentences, (span.passage, span.start), key=lambda one: (one.passage, one.start)) - 1
    return at >= 0 and sentences[at].covers(span)


def _counted(event: Event, dead_of_all: Sequence[TollMention]) -> Figures:
    """The figures that an event's words give. ``dead_of_all``: the dead as every voice of the item tells of them."""
    told = [(index, toll) for index, toll in mentions(event) if not toll.negated]
    tops = [(index, toll) for index, toll in told if toll.part_of is None]
    dead = [(index, toll) for index, toll in tops if toll.kind == "killed" and toll.who != "combatants"]
    killed = _chosen(dead)
    parts = [toll for _, toll in told if toll.kind == "killed"]
    fighters = _first(toll.count for toll in parts if toll.who == "combatants")
    if killed and _all_fighters(killed[1], dead_of_all):
        dead = [pair for pair in dead if pair[1].count != killed[1].count]
        fighters, killed = killed[1].count, _chosen(dead)
    killed = _told_apart(killed, dead, told)
    count = _floored(killed, told) or _from_parts("killed", told)
    if killed and count:
        count = _without(count, [toll for _, toll in told if toll.part_of == killed[0] and toll.who == "combatants"])
        count = _civilians(killed, count, told)
    if count is None and fighters is None:
        killed = next((pair for pair in dead if pair[1].plural), killed)
        count = SEVERAL if killed else None
    injured = [(index, toll) for index, toll in tops if toll.kind == "injured" and toll.who != "combatants"]
    return Figures(
        killed=count,
        injured=_hurt(injured, told),
        children=_among("children", killed, told),
        women=_among("women", killed, told),
        men=_among("men", killed, told),
        combatants=fighters,
        status_unstated=count if killed and killed[1].who in _PRESUMED and not _stated(killed[0], told) else None,
    )


def _hurt(injured: Sequence[tuple[int, TollMention]], told: Sequence[tuple[int, TollMention]]) -> Toll | None:
    """The injured, fighters left away as they are of the killed: of "a civilian and six soldiers were hurt" the civilian."""
    chosen = _chosen(injured)
    count = _floored(chosen, told)
    if chosen and count:
        count = _without(count, [toll for _, toll in told if toll.part_of == chosen[0] and toll.who == "combatants"])
    if count is None:
        count = _from_parts("injured", told) or (SEVERAL if any(toll.plural for _, toll in injured) else None)
    return None if count and count.most == 0 else count


def _told_apart(
    killed: tuple[int, TollMention] | None,
    dead: Sequence[tuple[int, TollMention]],
    told: Sequence[tuple[int, TollMention]],
) -> tuple[int, TollMention] | None:
    """The same total where another sentence tells the fighters among it: "five dead … two fighters and three civilians"."""
    if killed is None or killed[1].who != "unstated":
        return killed
    apart = {toll.part_of for _, toll in told if toll.who == "combatants" and toll.count}
    return next((pair for pair in dead if pair[0] in apart and pair[1].count == killed[1].count), killed)


def _all_fighters(total: TollMention, dead: Sequence[TollMention]) -> bool:
    """Whether dead of no stated class are the fighters that another sentence counts: "Four killed" above "Four combatants died".

    As many fighters, in one figure or in several of one sentence, and nobody else counted among the dead.
    """
    if total.who != "unstated" or total.count is None or total.count.most is None:
        return False
    others = [one for one in dead if one.count and one.count != total.count and one.who != "combatants"]
    fighters = [one for one in dead if one.count and one.who == "combatants" and not _beside(one, total)]
    counts = [one.count for one in fighters if one.part_of is None and one.count]
    several = len(counts) > 1 and counts[0].plus(counts[1]) == total.count and _beside(*fighters[:2])
    return not others and (total.count in [one.count for one in fighters] or several)


def _beside(one: TollMention, other: TollMention) -> bool:
    """Whether two tolls stand in one sentence, as far as can be told from where they stand."""
    return one.span.passage == other.span.passage and abs(one.span.start - other.span.start) < _SENTENCE


def _stated(top: int, told: Sequence[tuple[int, TollMention]]) -> bool:
    """Whether a total of fighters and others says of each what they were: "two soldiers and a civilian"."""
    among = {toll.who for _, toll in told if toll.part_of == top}
    return "combatants" in among and among <= {"combatants", "civilians", "children"}


def _from_parts(kind: Harm, told: Sequence[tuple[int, TollMention]]) -> Toll | None:
    """Where a total has no number and its parts do ("the dead, among them five children"): at least as many as these.

    Parts of one class are one figure said again; fighters are counted apart. What is among "dead and wounded" is of
    either.
    """
    bare = [(index, toll) for index, toll in told if toll.count is None]
    others = _Spans(toll.span for _, toll in bare if toll.kind != kind)
    whole = {index for index, toll in bare if toll.kind == kind and not others.beside(toll.span)}
    parts: dict[Who, int] = {}
    for _, toll in told:
        if toll.kind == kind and toll.count and toll.part_of in whole and toll.who != "combatants":
            parts[toll.who] = max(parts.get(toll.who, 0), toll.count.least)
    return Toll(least=sum(parts.values()), most=None) if parts else None


class _Spans:
    """Where words of other kinds of harm stand, to be asked whether one is side by side: "dead and wounded"."""

    def __init__(self, spans: Iterable[Span]) -> None:
        found = sorted(spans)
        self._starts = [(span.passage, span.start) for span in found]
        self._ends = list(accumulate(((span.passage, span.end) for span in found), max))  # the furthest end so far

    def beside(self, span: Span) -> bool:
        """Whether one of them ends shortly before a stretch, or begins shortly after."""
        at = bisect_right(self._starts, (span.passage, span.start))
        before = at > 0 and self._ends[at - 1] >= (span.passage, span.start - _SIDE_BY_SIDE)
        return before or (at < len(self._starts) and self._starts[at] <= (span.passage, span.end + _SIDE_BY_SIDE))


def _without(total: Toll, fighters: Sequence[TollMention]) -> Toll:
    """A total less the fighters said to be among it."""
    for one in fighters:
        if one.count and one.count.most is not None and one.count.most <= total.least:
            least = total.least - one.count.most
            total = Toll(least=least, most=None if total.most is None else max(total.most - one.count.least, least))
    return total


def _civilians(top: tuple[int, TollMention], count: Toll, told: Sequence[tuple[int, TollMention]]) -> Toll:
    """Of "six members of the family, five of them civilians" the five: the text says that not all were.

    Of "five people, among them three children and another civilian" it says nothing of the kind.
    """
    among = [toll for _, toll in told if toll.part_of == top[0] and toll.why.rule == AMONG]
    some = [toll for toll in among if toll.who != "combatants"]
    if (
        len(some) != 1
        or some[0].who != "civilians"
        or top[1].who != "unstated"
        or some[0].count is None
        or some[0].count.least >= count.least
    ):
        return count
    return some[0].count


def _chosen(tolls: Sequence[tuple[int, TollMention]]) -> tuple[int, TollMention] | None:
    """The figure that stands: the first exact or bounded one before vague ones; names and bodies found are a floor."""
    counted = [(index, toll) for index, toll in tolls if toll.count]
    if not counted:
        return None
    listed = [pair for pair in counted if pair[1].why.rule in (LISTED, BODIES)]
    said = [pair for pair in counted if pair not in listed]
    first = next((pair for pair in said if not _vague(pair[1])), None) or next(iter(said), None)
    if first is None:
        return listed[0]
    return _beside_list(first, listed[0]) if listed else first


def _beside_list(said: tuple[int, TollMention], listed: tuple[int, TollMention]) -> tuple[int, TollMention]:
    """A figure said beside a list of names: of "up to 15" the list is the floor, of "at least 13" a longer one the upper end.

    An exact figure lower than the list tells of some.
    """
    count, names = said[1].count, listed[1].count
    if count is None or names is None:
        return said
    if count.most is not None and count.least <= 1 < names.least <= count.most:
        return said[0], replace(said[1], count=Toll(least=names.least, most=count.most))
    if names.least <= (count.least if count.most is None else count.most):
        return said
    if count.most is not None or _vague(said[1]):
        return listed
    return said[0], replace(said[1], count=Toll(least=count.least, most=names.least))


def _vague(toll: TollMention) -> bool:
    """Whether a toll names no number ("several", "others")."""
    return toll.count is not None and (toll.count.numberless or (toll.count.most is None and toll.count.least == 2))


def _floored(pair: tuple[int, TollMention] | None, told: Sequence[tuple[int, TollMention]]) -> Toll | None:
    """The count of a chosen toll; an open one is no less than the people said to be among it."""
    if pair is None or pair[1].count is None:
        return None
    count = pair[1].count
    parts = [toll for _, toll in told if toll.part_of == pair[0] and toll.count]
    inside = [toll.why.rule == AMONG for toll in parts]  # those among people told side by side are these again
    among = max(
        sum(toll.count.least for toll, within in zip(parts, inside, strict=True) if toll.count and within is side)
        for side in (True, False)
    )
    return Toll(least=among, most=None) if count.most is None and among > count.least else count


def _first(counts: Iterable[Toll | None]) -> Toll | None:
    """The first count that is given."""
    return next((count for count in counts if count), None)


def _among(who: Who, killed: tuple[int, TollMention] | None, told: Sequence[tuple[int, TollMention]]) -> Toll | None:
    """How many of the killed were of one class: said as part of the chosen toll, or of another no greater than it."""
    if killed and killed[1].who == who:
        return killed[1].count
    same = [toll for _, toll in told if toll.kind == "killed" and toll.who == who and toll.count]
    if killed is None:
        same = _of_one_kind(same, told)
    inside = [toll for index, toll in told if killed and toll.part_of == killed[0] and toll in same]
    if len(inside) > 1:
        total = inside[0].count
        for one in inside[1:]:
            total = total.plus(one.count) if total and one.count else total
        return total
    if inside:
        return inside[0].count
    top = killed[1].count if killed else None
    fits = [
        toll.count for toll in same if toll.count and (top is None or top.most is None or toll.count.least <= top.most)
    ]
    return max(fits, key=lambda count: count.least, default=None)


def _of_one_kind(parts: Sequence[TollMention], told: Sequence[tuple[int, TollMention]]) -> list[TollMention]:
    """Those not said to be among dead and injured together ("20 casualties, including three children")."""
    tolls = {index: toll for index, toll in told if toll.count is None}
    wholes = [tolls.get(part.part_of) if part.part_of is not None else None for part in parts]
    others = {
        kind: _Spans(toll.span for _, toll in told if toll.kind != kind)
        for kind in {whole.kind for whole in wholes if whole}
    }
    pairs = zip(parts, wholes, strict=True)
    return [part for part, whole in pairs if not (whole and others[whole.kind].beside(whole.span))]


def unnumbered(event: Event, counted: Figures) -> tuple[str, ...]:
    """The kinds of harm said without a number and not numbered elsewhere in the event."""
    told = {toll.kind for _, toll in mentions(event) if not toll.negated and toll.count is None}
    told -= {
        kind
        for kind, count in (("killed", counted.killed or counted.combatants), ("injured", counted.injured))
        if count and not count.numberless
    }
    return tuple(kind for kind in _NUMBERED if kind in told)
