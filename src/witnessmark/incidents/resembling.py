"""How far two accounts of an event agree, and in what, in words a person can check.

Place and day decide whether they are held together at all; figures, parties and means speak for or against. Places are
compared as finely as each side knows them, days as each gives them (a week, a month). The weights are no probabilities;
they were set on altered copies of one register's rows (see ``docs/explanation/gathering.md``).
"""

from dataclasses import dataclass
from datetime import date

from rapidfuzz.fuzz import ratio

from witnessmark.terms.account import Account, Point
from witnessmark.terms.card import kilometres
from witnessmark.terms.place import PlaceLevel
from witnessmark.terms.toll import Toll

LATER = 3  # days between two accounts of one event that still may be one: posts are of the day, or of days after
NEVER = -100.0
_SAME_KM = 3.0  # two gazetteers seldom agree closer on the middle of one village
_NAMED_KM = 15.0  # within which one name is one place
_REACH: dict[PlaceLevel, float] = {  # kilometres that a point may lie off, by what it stands for
    "exact": 1, "landmark": 1, "street": 1, "neighbourhood": 2, "village": 3, "town": 4, "city": 8, "subdistrict": 25,
    "district": 30, "province": 80,
}  # fmt: skip
WIDE = frozenset({"subdistrict", "district", "province"})
_FINE = frozenset({"exact", "landmark", "street", "neighbourhood"})  # inside a town, whose name then tells little
_MANY = 3  # people from which one figure in two accounts is hardly chance
_NEARLY = 0.2  # share by which two counts of the same people differ, as sources do
_SPELT = 80.0  # per cent of letters in common from which two names near each other are one, spelt in two ways
_PER_KM, _PER_KM_FINE = 0.15, 0.4  # what a kilometre takes from a place that is the same; where both are fine
_LESS = 0.8  # the most that distance takes
_ONE_POINT, _POINT_KM = 0.6, 0.2  # two fine points that fall together are hardly chance
_MENTIONED = 0.3  # of a place that its words name beside the settled one
_PLACED = 1.2  # of a place that is the same
_WEIGHT = {"killed": 1.0, "injured": 0.5}
_ONE_SIDED = -0.3  # of a figure that one side gives and the other does not
_EXACT, _HARDLY_CHANCE = 1.0, 1.6  # of the same figure of the dead; of one that is a range, or of three or more
_ANOTHER_DAY = 1.5  # of figures that make two accounts of different days the same event
_VAGUE = -0.9  # of a place or a time that tells nothing by itself
Part = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score``: what speaks for less what speaks against; ``may_be_the_same``: whether place, day and more agree."""

    score: float
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    may_be_the_same: bool = False


_NONE = Likeness(NEVER)


def resembling(one: Account, row: Account) -> Likeness:
    """How far an account of the case and a row of a register agree."""
    day = _days(one, row)
    if day[0] <= NEVER / 2:
        return _NONE
    place = _places(one, row)
    if place[0] <= NEVER / 2:
        return _NONE
    tolls = {slot: _figures(one, row, slot) for slot in _WEIGHT}
    # Nothing but a figure can tell it from all others of the area that day, or, harder, of the place on any day.
    needed = _HARDLY_CHANCE if day[0] < _VAGUE else _EXACT if place[0] < _VAGUE else NEVER
    if tolls["killed"][0] < needed:
        return _NONE
    parties, ways = _parties(one, row), _ways(one, row)
    parts = [place, day, *tolls.values(), parties, ways]
    told = sum(weight for weight, _ in tolls.values())
    agrees = any(weight > 0 for weight, _ in tolls.values()) or (parties[0] > 0 and ways[0] > 0)
    agrees = agrees if day[0] >= _SAME_DAY else told >= _ANOTHER_DAY
    return Likeness(
        score=sum(weight for weight, _ in parts),
        reasons=tuple(words for weight, words in parts if weight >= 0 and words),
        against=tuple(words for weight, words in parts if weight < 0 and words),
        may_be_the_same=place[0] >= _PLACED and day[0] >= _NEXT_DAY and agrees and tolls["killed"][0] >= _ONE_SIDED,
    )


def _places(one: Account, row: Account) -> Part:  # noqa: PLR0911 (one return for each way to be near)
    named = not one.names.isdisjoint(row.names)
    if not one.points or not row.points:
        return _by_name(one, row, named)
    apart, at = _nearest(one, row.points[0])
    mine, theirs = one.points[at].level, row.points[0].level
    reach = _REACH.get(mine, 0.0) + _REACH.get(theirs, 0.0)
    how = f"{row.place}, {apart:.1f} km apart" if row.place else f"{apart:.1f} km apart"
    if mine in WIDE or theirs in WIDE:
        return _wide(mine, theirs, how, named) if apart <= reach else (NEVER, "")
    fine = mine in _FINE and theirs in _FINE
    near = min(_LESS, (_PER_KM_FINE if fine else _PER_KM) * apart)
    near -= _ONE_POINT if fine and apart <= _POINT_KM else 0.0
    if at and apart <= _SAME_KM:  # a place that its words may mean, and not the one that was settled
        return 0.8, f"its words may mean {how}"
    if apart <= (_SAME_KM if fine else _NAMED_KM) and (named or (apart <= _SAME_KM and _alike(one, row))):
        return 2.0 - near, f"the same place, {how}"
    if apart <= _SAME_KM:
        worth, said = (1.0, "near each other") if _told_apart(one, row) else (1.8, "nearly one place")
        return worth - near, f"{said}, {one.place or 'unnamed'} and {how}"
    if apart <= reach:
        return 0.5, f"{one.place or 'unnamed'} and {how}"
    if named and _exchanged(one, row):
        return 0.5, f"the same place, {row.place}, if latitude and longitude are exchanged there"
    if not one.mentions.isdisjoint(row.names):
        return _MENTIONED, f"it names {row.place}, too, though it was placed {apart:.0f} km from there"
    return NEVER, ""


def _nearest(one: Account, there: Point) -> tuple[float, int]:
    """Kilometres to the settled point, or to the nearest other that its words may mean where only that lies there."""
    far = [kilometres(point, there) for point in one.points]
    at = 0 if far[0] <= _SAME_KM or min(far) > _SAME_KM else far.index(min(far))
    return far[at], at


def _wide(mine: PlaceLevel, theirs: PlaceLevel, how: str, named: bool) -> Part:
    """Two places of which one is an area: the same one by its name, or one that may hold the other."""
    if named:
        return (1.0 if mine in WIDE and theirs in WIDE else -0.5), f"the same name, of an area, {how}"
    return -1.0, f"only an area is named {'here' if mine in WIDE else 'there'}, {how}"


def _latin(names: frozenset[str]) -> list[str]:
    return sorted(name for name in names if name[:1] < "\u0250" and name[:1] not in "~ ")


def _alike(one: Account, row: Account) -> bool:
    """Whether two names in Latin letters differ no more than spellings of one do."""
    return any(ratio(here, there) >= _SPELT for here in _latin(one.names) for there in _latin(row.names))


def _told_apart(one: Account, row: Account) -> bool:
    """Whether both are named in one script, by names that are not the same."""
    mine, theirs = ({name.strip(" ~")[:1] >= "\u0600" for name in names} for names in (one.names, row.names))
    return bool(mine & theirs)


def _by_name(one: Account, row: Account, named: bool) -> Part:  # noqa: PLR0911 (one return for each way to be one name)
    """Places of which one has no coordinates; names of what contains them must not contradict."""
    told = row.place or "unnamed"
    if not named and not one.mentions.isdisjoint(row.names):
        return _MENTIONED, f"it names {told}, too"
    around = one.within and row.within and one.within.isdisjoint(row.within)
    if named and around:
        return 0.5, f"the same name, {told}, in another area"
    if named:
        return 2.0, f"the same place by its name, {told}"
    if around:
        return NEVER, ""
    if _alike(one, row):
        return 1.2, f"{one.place} and {told}, spelt nearly alike"
    inside = any(f" {name} " in phrase for phrase in row.names if phrase[:1] == " " for name in one.names)
    if inside:
        return 1.0, f"{one.place} is named in “{told}”"
    return (-1.0, f"both in one area, {told}") if not one.names.isdisjoint(row.within) else (NEVER, "")


def _exchanged(one: Account, row: Account) -> bool:
    turned = [Point(point.lon, point.lat, point.level) for point in row.points]
    return any(kilometres(point, other) <= _NAMED_KM for point in one.points[:1] for other in turned)


_SAME_DAY, _NEXT_DAY = 2.0, 1.2


def _days(one: Account, row: Account) -> Part:  # noqa: PLR0911 (one return for each way to be of one day)
    if row.first is None or row.last is None or (one.before and row.first > one.before):
        return NEVER, ""
    if one.first is None or one.last is None:
        return -1.4, "no day is given"
    apart = _apart(one.first, one.last, row.first, row.last)
    if apart == 0:
        wide = max(_length(one.first, one.last), _length(row.first, row.last))
        if wide <= 2:
            return _SAME_DAY, f"the same day, {row.first}"
        said = f"{row.first} to {row.last}" if row.first != row.last else row.first
        return (1.2 if wide <= 8 else 0.0 if wide <= 31 else -1.2), f"the days do not contradict ({said})"
    if apart == 1:
        return (_NEXT_DAY if one.stated else 1.3), f"one day apart, {one.first} and {row.first}"
    if apart <= LATER:
        # A post is of the day, or of days after; never of days before the event.
        later = not one.stated and one.first > row.first
        return (0.0 if later else -0.8), f"{apart} days apart, {one.first} and {row.first}"
    return NEVER, ""


def _length(first: str, last: str) -> int:
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days + 1


def _apart(first: str, last: str, other_first: str, other_last: str) -> int:
    """Days between two ranges, 0 where they overlap."""
    if first <= other_last and other_first <= last:
        return 0
    early, late = (last, other_first) if last < other_first else (other_last, first)
    return (date.fromisoformat(late[:10]) - date.fromisoformat(early[:10])).days


def _figures(one: Account, row: Account, slot: str) -> Part:
    """The best agreement of any way of counting the people of one kind."""
    mine, theirs = dict(one.tolls).get(slot, ()), dict(row.tolls).get(slot, ())
    if bool(mine) != bool(theirs):
        return _ONE_SIDED * _WEIGHT[slot], ""
    pairs = [_compared(here, there, slot) for here in mine for there in theirs]
    weight, words = max(pairs, default=(0.0, ""), key=lambda part: part[0])
    return weight * _WEIGHT[slot], words


def _compared(here: Toll, there: Toll, slot: str) -> Part:
    said = f"{_said(here)} {slot} here, {_said(there)} there"
    if here.numberless:
        return (0.0, said) if there.least or there.most != 0 else (-0.6, said)
    if here == there:
        return _telling(here), f"both {_said(here)} {slot}"
    tops = [toll.least if toll.most is None else toll.most for toll in (here, there)]
    gap = max(here.least - tops[1], there.least - tops[0], 0)
    if (here.most is None and there.least > here.least) or (there.most is None and here.least > there.least):
        return 0.3, said
    if gap == 0:
        shared = min(tops) - max(here.least, there.least) + 1
        return 0.1 + 0.8 * shared / (max(tops) - min(here.least, there.least) + 1), said
    if gap <= max(1.0, _NEARLY * max(tops)):
        return 0.3, said
    return (-1.2 if min(tops) * 2 < max(here.least, there.least) else -0.6), said


def _telling(toll: Toll) -> float:
    """How much it says that two accounts give one figure: a range or many people is hardly chance, one person often is."""
    if not toll.least and not toll.most:
        return 0.2
    if toll.most is not None and toll.most > max(toll.least, _MANY):
        return 2.0
    return _HARDLY_CHANCE if toll.least >= _MANY else _EXACT


def hardly_chance(toll: Toll) -> bool:
    """Whether a figure, found in two accounts of one place, is enough to hold them together without a day."""
    return _telling(toll) >= _HARDLY_CHANCE


def _said(toll: Toll) -> str:
    if toll.most is None:
        return f"at least {toll.least}"
    return str(toll.least) if toll.least == toll.most else f"{toll.least} to {toll.most}"


def _parties(one: Account, row: Account) -> Part:
    mine, theirs = dict(one.parties), dict(row.parties)
    if not mine or not theirs:
        return 0.0, ""
    shared = sorted(mine.keys() & theirs.keys())
    if shared:
        return 0.4, f"both name {', '.join(mine[party] for party in shared)}"
    return -0.4, f"{', '.join(mine.values())} here, {', '.join(theirs.values())} there"


def _ways(one: Account, row: Account) -> Part:
    if not one.ways or not row.ways:
        return 0.0, ""
    shared = sorted(one.ways & row.ways)
    if shared:
        return 0.2, f"the same means, {', '.join(shared)}"
    return -0.2, f"{', '.join(sorted(one.ways))} here, {', '.join(sorted(row.ways))} there"
