"""Contradictions between the claims of one incident: by what is disputed, each side with its claims and origins.

An origin says what all its claims together say, so its later correction contradicts nobody, and two claims of one origin never
each other. Two origins contradict where nothing that one says can be what the other says, and where both speak of one event:
one place or one inside the other, days at most one apart, and in one text the same named place, since an article tells of several
attacks. What is said more coarsely contradicts nothing finer: a wider place, day, weapon, way or party that holds the other, a word
that leaves open which, a number nobody counted or that may rise, one person told of, a figure given for several places together.
What it does not prove: that sides without a contradiction agree, or which side is right.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import cos, hypot, radians
from typing import TypeVar

from witnessmark.terms.card import Card, Spot
from witnessmark.terms.claim import Party
from witnessmark.terms.contradiction import Contradiction, Disputed, Side
from witnessmark.terms.incident import OriginToll
from witnessmark.terms.origin import Origin
from witnessmark.terms.script import key
from witnessmark.terms.toll import Toll
from witnessmark.weighing.grounds import speaks_again
from witnessmark.weighing.seen import Seen

T = TypeVar("T", bound=Hashable)
ANY = "*"  # in the packs' table of genera: a word so wide that anything may be meant
_FINE = ("town", "village", "neighbourhood", "street", "landmark", "exact")
_APART = 10.0  # kilometres from which two places are not one: gazetteers' points of one place lie up to some km apart
_KM_PER_DEGREE = 111.2
_NIGHT = 1  # days between which one night lies
_COUNTED: tuple[Disputed, ...] = ("killed", "injured", "children_killed")
_MOST = 60  # different answers to one question that are compared, and scenes of one answer; no incident has as many
Wider = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The claims of an incident and who stands behind them. ``wider``: of a label or an actor's id, what holds it."""

    seen: Sequence[Seen]
    origins: Sequence[Origin]
    figures: Sequence[OriginToll]
    wider: Wider

    @property
    def told(self) -> list[Seen]:
        """The claims that affirm an attack or harm, of this event alone."""
        return [one for one in self.seen if one.card.kind in ("attack", "harm") and one.card.polarity != "denied"]

    @property
    def home(self) -> dict[str, str]:
        """The origin of each claim."""
        return {claim: origin.id for origin in self.origins for claim in origin.claims}

    def by_origin(self, of: Callable[[Seen], Iterable[T]]) -> dict[str, dict[T, list[Seen]]]:
        """What each origin says, by origin and value, with the claims that say it."""
        home = self.home
        found: dict[str, dict[T, list[Seen]]] = defaultdict(lambda: defaultdict(list))
        for one in self.told:
            origin = home.get(one.card.claim)
            if origin:
                for value in of(one):
                    found[origin][value].append(one)
        return found

    def side(self, label: str, claims: Iterable[str]) -> Side:
        """A side of these claims, with the origins they stand in."""
        mine = set(claims)
        behind = sorted((one for one in self.origins if mine & set(one.claims)), key=lambda one: one.id)
        return Side(
            label=label,
            claims=tuple(sorted(mine)),
            origins=tuple(one.id for one in behind),
            who=tuple(dict.fromkeys(one.name for one in behind if one.name)),
        )


def contradictions(
    seen: Sequence[Seen], origins: Sequence[Origin], figures: Sequence[OriginToll], wider: Wider
) -> tuple[Contradiction, ...]:
    """Everything the claims of one incident say against each other, by what is disputed."""
    heard = Heard(seen=seen, origins=origins, figures=figures, wider=wider)
    found = [*(_between_origins(heard) if len(origins) > 1 else ()), *_denials(heard)]
    return tuple(one for one in found if one)


def _between_origins(heard: Heard) -> Iterator[Contradiction | None]:
    yield _days(heard)
    yield _places(heard)
    yield _means(heard, "weapon", lambda one: one.card.weapon if one.card.harms else ())
    yield _means(heard, "delivery", lambda one: _ways(one.card, heard.wider) if one.card.harms else ())
    yield from (_counts(heard, slot) for slot in _COUNTED)
    yield _parties(heard)
    yield _status(heard)


def _disputed(
    heard: Heard,
    slot: Disputed,
    said: Mapping[str, Mapping[T, Sequence[Seen]]],
    agree: Callable[[T, T], bool],
    label: Callable[[T], str],
) -> Contradiction | None:
    """The sides of origins of which no value agrees with any of the other's. ``said``: as of :meth:`Heard.by_origin`."""
    by_answer: dict[frozenset[T], list[Seen]] = defaultdict(list)
    for values in said.values():
        by_answer[frozenset(values)] += [one for told in values.values() for one in told]
    words = {answer: " and ".join(sorted(set(map(label, answer)))) for answer in by_answer}
    answers = sorted(by_answer, key=lambda one: (-len(by_answer[one]), words[one]))[:_MOST]
    at_odds = {
        one
        for pair in combinations(answers, 2)
        if not any(agree(mine, other) for mine in pair[0] for other in pair[1])
        and _meet(by_answer[pair[0]], by_answer[pair[1]], slot)
        for one in pair
    }
    claims: dict[str, list[str]] = defaultdict(list)
    for answer in answers:
        if answer in at_odds:
            claims[words[answer]] += [one.card.claim for one in by_answer[answer]]
    sides = [heard.side(name, told) for name, told in claims.items()]
    sides.sort(key=lambda side: (-len(side.origins), side.label))
    return Contradiction(slot=slot, sides=tuple(sides)) if len(sides) > 1 else None


def _meet(some: Sequence[Seen], others: Sequence[Seen], slot: Disputed) -> bool:
    """Whether any two claims, one of each, speak of one attack: one place, days at most a night apart, and a figure.

    Where figures are what is disputed, place and days must do; where days or places are, the figure and the other of these.
    """

    def one_attack(one: Seen, other: Seen) -> bool:
        if slot not in (*_COUNTED, "harm", "status") and not _share(one.card, other.card):
            return False
        return (slot == "place" or _one_scene(one, other)) and (slot == "time" or _one_time(one, other))

    return any(one_attack(one, other) for one in some[:_MOST] for other in others[:_MOST])


def _one_time(one: Seen, other: Seen) -> bool:
    """Whether the days given in both claims' words are at most a night apart."""
    if not (one.stated and other.stated and one.first and other.first):
        return True
    early, late = sorted(((one.first, one.last or one.first), (other.first, other.last or other.first)))
    return _days_between(early[1], late[0]) <= _NIGHT


def _one_scene(one: Seen, other: Seen) -> bool:
    """Whether two claims may speak of one attack by their places.

    No wider than a town, and of two texts, one place will do. Else a figure must be the same too: a city is hit in many spots, and one
    text tells of several attacks.
    """
    if one.spot and other.spot:
        together = _one_place(one.spot, other.spot)
        near = together and not (_wide(one.spot) or _wide(other.spot))
    else:
        mine, theirs = one.card.place_text, other.card.place_text
        together = not (mine and theirs) or (not (one.spot or other.spot) and key(mine) == key(theirs))
        near = together and bool(mine and theirs)
    return together and ((near and one.card.item != other.card.item) or _share(one.card, other.card))


def _share(one: Card, other: Card) -> bool:
    """Whether two claims give the same number of dead, or of injured."""
    mine, theirs = one.figures, other.figures
    return any(slot in mine and mine[slot] == theirs.get(slot) for slot in ("killed", "injured"))


def _wide(spot: Spot) -> bool:
    """Whether a place is wider than a town: a city's name is said of its province and its countryside too."""
    return spot.level not in _FINE


def _days_between(early: str, late: str) -> int:
    return (date.fromisoformat(late[:10]) - date.fromisoformat(early[:10])).days


def _days(heard: Heard) -> Contradiction | None:
    """Days given in the claims' own words that are not the same, where a figure is."""

    def days(one: Seen) -> list[tuple[str, str]]:
        exact = one.stated and one.first and one.card.precise and one.card.tolls
        return [(one.first[:10], (one.last or one.first)[:10])] if exact and one.first else []

    def agree(one: tuple[str, str], other: tuple[str, str]) -> bool:
        early, late = sorted((one, other))
        return _days_between(early[1], late[0]) <= 0

    def label(one: tuple[str, str]) -> str:
        return one[0] if one[0] == one[1] else f"{one[0]} to {one[1]}"

    return _disputed(heard, "time", heard.by_origin(days), agree, label)


def _places(heard: Heard) -> Contradiction | None:
    """Places as fine as a town, of which none holds the other and none is near it."""

    def spots(one: Seen) -> list[Spot]:
        fine = one.spot is not None and not _wide(one.spot) and one.card.harms and not one.card.shared
        return [one.spot] if fine and one.spot else []

    return _disputed(heard, "place", heard.by_origin(spots), _one_place, lambda one: one.name)


def _one_place(one: Spot, other: Spot) -> bool:
    names = [{key(name) for name in (spot.name, spot.name_ar) if name} for spot in (one, other)]
    around = [{key(name) for name in spot.within} for spot in (one, other)]
    return bool(names[0] & (names[1] | around[1]) or names[1] & around[0]) or _km(one, other) < _APART


def _km(one: Spot, other: Spot) -> float:
    """Flat earth: right within one per cent to some 100 km; nothing is near what has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    middle = radians((one.lat + other.lat) / 2)
    return hypot(one.lat - other.lat, (one.lon - other.lon) * cos(middle)) * _KM_PER_DEGREE


def _means(heard: Heard, slot: Disputed, of: Callable[[Seen], Iterable[str]]) -> Contradiction | None:
    """Weapons or ways of delivery, none of which is a kind of another."""
    return _disputed(heard, slot, heard.by_origin(of), lambda one, other: _kin(one, other, heard.wider), str)


def _ways(card: Card, wider: Wider) -> tuple[str, ...]:
    """How a claim says it was delivered; nothing where its weapon may come in any way, as missiles do from the air and the ground."""
    return () if any(ANY in wider.get(one, ()) for one in card.weapon) else card.one_way


def _kin(one: str, other: str, wider: Wider) -> bool:
    """Whether two words may mean one thing: the same, one a kind of the other, or one so wide that anything may be meant."""
    above = wider.get(one, frozenset()), wider.get(other, frozenset())
    return one == other or one in above[1] or other in above[0] or ANY in above[0] | above[1]


def _allied(one: str, other: str, wider: Wider) -> bool:
    """Whether two actors are parts of one ("Iran's army", "militias of Iran"), so that either may be meant by the whole."""
    return _kin(one, other, wider) or bool(wider.get(one, frozenset()) & wider.get(other, frozenset()))


def _counts(heard: Heard, slot: Disputed) -> Contradiction | None:
    """The latest figures of different origins that have no number in common."""
    claims = {one.card.claim: one for one in heard.told}
    said: dict[str, dict[Toll, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for figure in heard.figures:
        one = claims.get(figure.claim)
        if one and figure.slot == slot and figure.left_out is None and not figure.toll.vague:
            said[figure.origin][_at_least(slot, figure.toll, one.card)].append(one)
    return _disputed(heard, slot, said, _overlap, _number)


def _at_least(slot: str, toll: Toll, card: Card) -> Toll:
    """A figure that may rise, or is of some of those harmed only, is a least: preliminary ones, one person told of, children alone."""
    some = slot == "killed" and toll in [
        card.figures.get(part) for part in ("children_killed", "women_killed", "men_killed")
    ]
    return Toll(least=toll.least, most=None) if card.preliminary or toll.most == 1 or some else toll


def _overlap(one: Toll, other: Toll) -> bool:
    lower, upper = sorted((one, other), key=lambda toll: toll.least)
    return lower.most is None or lower.most >= upper.least


def _number(toll: Toll) -> str:
    if toll.most is None:
        return f"at least {toll.least}"
    return str(toll.least) if toll.least == toll.most else f"{toll.least} to {toll.most}"


def _parties(heard: Heard) -> Contradiction | None:
    """Parties blamed: by one label, or one above the other, they are one; who blames "A or B" agrees with either."""
    labels: dict[str, str] = {}

    def blamed(one: Seen) -> list[str]:
        named = {party.actor: _named(party) for party in one.card.accused if party.actor and one.card.harms}
        labels.update(named)
        return list(named)

    def agree(one: str, other: str) -> bool:
        return labels[one] == labels[other] or _allied(one, other, heard.wider)

    return _disputed(heard, "actor", heard.by_origin(blamed), agree, lambda one: labels[one])


def _status(heard: Heard) -> Contradiction | None:
    """The same number of dead called civilians by one origin and fighters by another; neither speaks of both."""

    def dead(one: Seen) -> list[tuple[str, Toll]]:
        figures = one.card.figures
        killed, fighters, presumed = (
            figures.get(slot) for slot in ("killed", "combatants_killed", "killed_status_unstated")
        )
        if one.card.shared or one.card.cumulative or (killed and fighters):
            return []
        if fighters:
            return [("fighters", fighters)]
        return [("civilians", killed)] if killed and not presumed and not killed.vague else []

    def agree(one: tuple[str, Toll], other: tuple[str, Toll]) -> bool:
        return one[0] == other[0] or one[1] != other[1]

    said = {origin: told for origin, told in heard.by_origin(dead).items() if len({status for status, _ in told}) == 1}
    return _disputed(heard, "status", said, agree, lambda one: f"{_number(one[1])} {one[0]}")


def _denials(heard: Heard) -> list[Contradiction]:
    """What is denied, against those who say it: harm, a party's part in it, and that there was an attack."""
    blaming = [one for one in heard.told if one.card.accused]
    attacks = [one for one in heard.told if one.card.kind == "attack"]
    answers = [one for one in heard.seen if one.card.kind == "denial"]
    refused = [one for one in answers if not one.card.denies_harm]
    flat = [one for one in heard.seen if one.card.polarity == "denied" and one.card.kind == "attack"]
    flat = [one for one in flat if _meet([one], attacks, "harm")]
    found = [
        _harmless(heard, [one for one in answers if one.card.denies_harm]),
        _against(
            heard, "responsibility", (f"laid to {_names(blaming)}", blaming), (f"denied by {_names(refused)}", refused)
        ),
        # Whoever denies an attack denies that it was made, or that it was theirs; not that people were harmed.
        _against(heard, "attack", ("told", attacks), ("a source denies it", [] if answers else flat)),
    ]
    return [one for one in found if one]


def _harmless(heard: Heard, answers: Sequence[Seen]) -> Contradiction | None:
    """Whether anyone was harmed, asked once. A party that answers so, and says so again in its statement, is one side of it."""
    harmed = [one for one in heard.told if one.card.harms]
    denied = [one for one in heard.seen if one.card.polarity == "denied" and one.card.kind == "harm"]
    nobody = _not_theirs(harmed, denied)
    again = [one for one in nobody if speaks_again(one.card, [answer.card for answer in answers])]
    others = [one for one in nobody if one not in again]
    told = harmed if answers else [one for one in harmed if _meet([one], nobody, "harm")]
    return _against(
        heard,
        "harm",
        ("a source says that people were", told),
        ("a source says nobody was", others),
        (f"denied by {_names(answers)}", [*answers, *again]),
    )


def _not_theirs(told: Sequence[Seen], denied: Sequence[Seen]) -> list[Seen]:
    """Denials by items that do not tell of harm themselves: such a one denies it of another place in the same breath."""
    telling = {one.card.item for one in told}
    return [one for one in denied if one.card.item not in telling and one.spot and _meet([one], told, "harm")]


def _against(
    heard: Heard, slot: Disputed, said: tuple[str, Sequence[Seen]], *denied: tuple[str, Sequence[Seen]]
) -> Contradiction | None:
    """Those who say a thing and those who deny it, who may do so in several ways; None where there are none of either."""
    against = [one for one in denied if one[1]]
    if not (said[1] and against):
        return None
    sides = (heard.side(label, [one.card.claim for one in claims]) for label, claims in (said, *against))
    return Contradiction(slot=slot, sides=tuple(sides))


def _names(claims: Sequence[Seen]) -> str:
    return ", ".join(sorted({_named(party) for one in claims for party in one.card.accused})) or "nobody named"


def _named(party: Party) -> str:
    return party.label or party.words
