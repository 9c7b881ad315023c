"""How well two claims fit one event, and why, in words a person can check.

Place and day decide; tolls, parties, delivery and targets speak for or against; copies of words carry claims along where
nothing contradicts. Different days or different places are a plain no. The weights were set on the development half of
a register's coded incidents (see ``docs/explanation/gathering.md``) and are no probabilities.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from witnessmark.incidents.resemblance import Resemblance
from witnessmark.incidents.settle import Settled
from witnessmark.terms.card import Card, Spot, kilometres
from witnessmark.terms.place import COARSE, LANDS
from witnessmark.terms.script import key
from witnessmark.terms.toll import Toll

SAME_KM = 3.0  # two gazetteers seldom agree closer on the middle of one village
NEAR_KM = 10.0
PROVINCE_KM = 120.0  # a village from the middle of its province
ENOUGH = 1.2  # a fit from which two claims stand together
NEVER = -6.0
UNDATED = -0.4  # nothing says that they are of one time
STATED_APART = -1.5  # each text says the day itself, and they are one day apart: two events, or a slip
BESIDE = 0.0  # a post is of the day or the day before: one day between two posts speaks neither way
SAME_WEEKDAY = 0.1
FAR_FIGURES = -1.0  # one tells of twice as many as the other
OTHER_FIGURES = -0.4
LATER_FIGURES = -0.2  # one is the other's a little later
OTHER_WEEKDAY = -1.5
SAME = 1.6  # one place that both name
AROUND = 1.2  # both around one town
VILLAGE = 1.5  # one that no gazetteer knows, by its words
LENT = 0.6  # one no gazetteer knows, around the town that the other names
STRANGERS = -2.0  # two long texts of one language without a rare word in common
OTHER_DEAD = -2.0  # each names dead, and not one family of them the same
STRAY = -1.5  # a post that tells of no harm, from the same city and day
_SPOKEN = 0.1  # how alike words are from which two texts may speak of one thing
_WORDS = 5.0  # weight of shared rare words beyond the usual
_USUAL = 0.04  # how alike two reports of different events are


Says: TypeAlias = tuple[float, str]  # what speaks for or against, and why


@dataclass(frozen=True, slots=True)
class Fit:
    """``score``: sum of what speaks for less what speaks against; ``reasons``: for a person, strongest first, then those against.

    ``apart``: place or day is a plain no, whatever else may speak.
    """

    score: float
    reasons: tuple[str, ...]
    apart: bool = False


def fit(
    one: Settled,
    other: Settled,
    alike: Resemblance,
    copied: str | None = None,
    usual: frozenset[str] = frozenset(),
    told: tuple[Says, Says] | None = None,
) -> Fit:
    """How well two claims fit. ``alike``: how alike items' words are; ``copied``: why the items are copies,

    where they are; ``usual``: what most claims of the case share, and which therefore speaks for nothing; ``told``: what
    ``places`` and ``days`` say of them, where that is known.
    """
    parts = list(told or (places(one, other), days(one, other)))
    if parts[0][0] + parts[1][0] <= NEVER / 2 and not copied:
        return Fit(parts[0][0] + parts[1][0], (), apart=True)
    if one.card.item == other.card.item:
        parts.append(_same_item(one.card, other.card, parts[0][0]))
    else:
        words, strangers, other_dead = alike.of(one.card.item, other.card.item)
        if strangers:
            parts.append((STRANGERS, ""))
        if other_dead:
            parts.append((OTHER_DEAD, "they name other dead"))
        if words < _SPOKEN and _stray(one, other):
            parts.append((STRAY, "a post without harm, and all they share is a city"))
        parts.append((_WORDS * max(0.0, words - _USUAL), _said(words)))
    if copied:
        parts.append((1.2, copied))
    parts += [_tolls(one.card, other.card), _parties(one.card, other.card, usual), _means(one.card, other.card, usual)]
    score = sum(weight for weight, _ in parts)
    speaking = sorted((part for part in parts if part[0] > 0 and part[1]), reverse=True)
    against = tuple(f"against it: {words}" for weight, words in parts if weight < 0 and words)
    return Fit(score, (*(words for _, words in speaking), *against))


def _stray(one: Settled, other: Settled) -> bool:
    """Whether one claims no harm, and the place is none of a size in which little else happens on a day."""
    if "mention" not in (one.card.kind, other.card.kind):
        return False
    return any(each.spot is None or each.spot.level == "city" or each.spot.level in COARSE for each in (one, other))


def _said(alike: float) -> str:
    return f"rare words in common ({alike:.0%})" if alike > 4 * _USUAL else ""


def at_of(claims: Mapping[str, Settled]) -> dict[str, tuple[int, int]]:
    """Two numbers for each claim: claims of which ``places`` says the same have the first alike, ``days`` the second."""
    where: dict[object, int] = {}
    when: dict[object, int] = {}
    out = {}
    for claim, one in claims.items():
        place = (one.spot, one.card.spots, one.card.place_text, one.words, one.areas)
        day = (one.first, one.last, one.stated, one.weekday, one.card.published_latest)
        out[claim] = where.setdefault(place, len(where)), when.setdefault(day, len(when))
    return out


def places(one: Settled, other: Settled) -> Says:  # noqa: PLR0911 (one return for each way to be near)
    """How far two claims' places agree, and why."""
    here, there = _point(one), _point(other)
    same_words = one.words is not None and one.words == other.words
    if here is None or there is None:
        land = any(each.spot and each.spot.level in LANDS for each in (one, other))
        return (
            (0.0, "")
            if land
            else (1.5, f"the same place by its words, “{one.card.place_text}”")
            if same_words
            else (0.0, "")
        )
    apart = kilometres(here, there)
    wide = _wide(one) or _wide(other)
    if here.id == there.id or apart <= SAME_KM or same_words:
        return _one_place(one, here, there, same_words=same_words and apart <= PROVINCE_KM)
    if wide and (_inside(one, other) or _inside(other, one)):
        return 0.3, f"{here.name} and {there.name}: one lies in the other"
    if any(kilometres(mine, theirs) <= SAME_KM for mine in one.card.spots[:3] for theirs in other.card.spots[:3]):
        return 0.9, f"“{one.card.place_text}” and “{other.card.place_text}” may be one place"
    if apart <= NEAR_KM and not wide:
        return 0.2, f"{here.name} and {there.name} are {apart:.0f} km apart"
    if apart <= PROVINCE_KM and wide:
        return 0.0, ""
    return NEVER, ""


def _one_place(one: Settled, here: Spot, there: Spot, *, same_words: bool) -> Says:
    """Two that are in or around one place: how closely both say so."""
    if not (here.stands_in or there.stands_in):
        if not (here.level in COARSE and there.level in COARSE):
            return SAME, f"the same place, {here.name}"
        town = here.level == "subdistrict"
        return (AROUND, f"both around {here.name}") if town else (0.6, f"both in {here.name}")
    if same_words:
        return VILLAGE, f"the same place by its words, “{one.card.place_text}”"
    return (0.6, f"both in {here.name}") if here.stands_in and there.stands_in else (LENT, f"both around {here.name}")


def _point(one: Settled) -> Spot | None:
    """The place, unless it is so wide that every other may lie in it."""
    return None if one.spot and one.spot.level in LANDS else one.spot


def _wide(one: Settled) -> bool:
    """Whether its words may mean a whole area: a province, or a city of the same name as its province."""
    return one.spot is not None and (one.spot.level in COARSE or any(spot.level in COARSE for spot in one.card.spots))


def _inside(one: Settled, other: Settled) -> bool:
    """Whether one's place is named as containing the other's."""
    if one.spot is None or not other.areas:
        return False
    return key(one.spot.name) in other.areas or bool(one.spot.name_ar and key(one.spot.name_ar) in other.areas)


def days(one: Settled, other: Settled) -> Says:
    """How far two claims' days agree, and why."""
    if one.first is None or other.first is None:
        return _undated(one, other)
    gap = _apart(one, other)
    both = one.stated and other.stated
    if gap == 0:
        return 1.0 if both else 0.8, f"the same day, {max(one.first, other.first)}"
    if gap == 1:
        return (STATED_APART, "each says another day") if both else (BESIDE, "one day apart, by the day of publication")
    if gap == 2 and not both:
        return -0.2, "two days apart, by the day of publication"
    if gap <= 4 and not (one.stated or other.stated):
        return -0.8, f"{gap} days apart, by the days of publication"
    return NEVER, ""


def _undated(one: Settled, other: Settled) -> Says:
    """Two claims of which one gives no day: a bound by which it was published, or a weekday, may still tell."""
    for undated, dated in ((one, other), (other, one)):
        if undated.first is None and dated.first:
            if undated.card.published_latest and undated.card.published_latest < dated.first:
                return NEVER, ""
            if undated.weekday is not None and dated.first == dated.last:
                same = date.fromisoformat(dated.first[:10]).weekday() == undated.weekday
                return (SAME_WEEKDAY, "the same weekday") if same else (OTHER_WEEKDAY, "")
    if one.weekday is not None and other.weekday is not None:
        return (SAME_WEEKDAY, "the same weekday") if one.weekday == other.weekday else (OTHER_WEEKDAY, "")
    return UNDATED, ""


def _apart(one: Settled, other: Settled) -> int:
    """Days between two ranges, 0 where they overlap."""
    first, second = sorted(((one.first or "", one.last or ""), (other.first or "", other.last or "")))
    if second[0] <= first[1]:
        return 0
    return (date.fromisoformat(second[0][:10]) - date.fromisoformat(first[1][:10])).days


def _same_item(one: Card, other: Card, place: float) -> Says:
    """Two claims of one item are one event told by two voices, unless the text tells them apart by place or day."""
    if place < 0 or (one.source == other.source and one.kind == other.kind and one.earliest != other.earliest):
        return -1.5, ""
    if one.answers != other.answers:
        return 1.8, "answered in one text"
    return 0.8, "told in one text"


def _tolls(one: Card, other: Card) -> Says:
    mine, theirs = one.figures, other.figures
    score = 0.0
    same: list[str] = []
    for slot in ("killed", "injured"):
        here, there = mine.get(slot), theirs.get(slot)
        if here is None or there is None or here.numberless or there.numberless:
            continue
        if here == there:
            score += 0.7 if here.least > 1 else 0.4
            same.append(f"both {here.least}{'' if here.most == here.least else '+'} {slot}")
        elif _overlap(here, there):
            score += 0.2
        elif min(here.least, there.least) * 2 < max(here.least, there.least):
            score += FAR_FIGURES
        else:
            score += LATER_FIGURES if _close(here, there) else OTHER_FIGURES
    return score, ", ".join(same)


def _close(one: Toll, other: Toll) -> bool:
    """Whether one figure may be a later count of the other: two more at most, or half as many again."""
    low, high = sorted((one.least, other.least))
    return high - low <= 2 or 2 * high <= 3 * low


def _overlap(one: Toll, other: Toll) -> bool:
    return (one.most is None or other.least <= one.most) and (other.most is None or one.least <= other.most)


def _parties(one: Card, other: Card, usual: frozenset[str]) -> Says:
    mine = {party.actor: party for party in one.accused if party.actor}
    theirs = {party.actor for party in other.accused if party.actor}
    if not mine or not theirs:
        return 0.0, ""
    shared = sorted(mine.keys() & theirs)
    if shared:
        named = mine[shared[0]]
        if f"who:{shared[0]}" in usual:
            return 0.0, ""
        return 0.3, f"both blame {named.label or named.words}"
    return -0.5, ""


def _means(one: Card, other: Card, usual: frozenset[str]) -> Says:
    if one.one_way and other.one_way:
        shared = sorted(set(one.one_way) & set(other.one_way))
        if not shared:
            return -0.3, ""
        return (0.0, "") if f"how:{shared[0]}" in usual else (0.2, f"the same means, {shared[0]}")
    shared = sorted(one_ for one_ in set(one.target) & set(other.target) if f"what:{one_}" not in usual)
    return (0.1, f"the same kind of target, {shared[0]}") if shared else (0.0, "")
