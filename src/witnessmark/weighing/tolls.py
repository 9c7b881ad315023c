"""The suggested range of an incident's figures, from each origin's latest.

Rules: each origin counts once, with its latest figure by time of publication, of several in one text the highest (families and
kin told after a total are parts of it); a preliminary one never lowers a firmer one of the same origin; figures given for several
places together or since some time back are added to none. Left out by name: of three origins or more, one that lies a factor of
three beyond all others, or below them; of four or more that all but one give the same figure, the one at twice or at half of it,
unless it is the higher and the later; dead of whom one text alone tells, without a number or against many that count the hurt; a
figure that a text quotes and itself overtakes; totals that count fighters too (``status``). The range runs from the lowest to the
highest figure left, and stays open only where one alone is named ("at least nine"). Method: Airwars' four integers per class, and
``docs/explanation/weighing.md``. The range is a suggestion until a person decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from witnessmark.terms.card import Card
from witnessmark.terms.claim import FIGURE_SLOTS
from witnessmark.terms.incident import OriginToll
from witnessmark.terms.toll import Toll
from witnessmark.weighing.latest import when
from witnessmark.weighing.status import upper, without_fighters

_FAR = 3.0  # times beyond the next figure from which one of three or more is an outlier
_MANY = 3
_HURT = 5  # texts that count the hurt beside which dead of whom one text alone tells are another event's, or a mistake
_AGREED = 3  # origins with one figure beside which another's, alone, at twice or half of it is an outlier
_TWICE = 2
_DAY = len("2019-01-31")
_SOME = 2  # people that "some" are at the least
_PRESUMED = "killed_status_unstated"
_DEAD = ("killed", _PRESUMED, "children_killed", "women_killed", "men_killed")
_GAP = 5  # people that the distance must be besides, since one and three are no contradiction of that kind


def figures(cards: Sequence[Card], origin_of: Mapping[str, str]) -> list[OriginToll]:
    """Every origin's latest figure of each slot, and those left out with the reason, sorted by slot and origin."""
    found: list[OriginToll] = []
    for slot in FIGURE_SLOTS:
        latest: dict[str, tuple[Card, Toll]] = {}
        own = _own(cards, slot)
        for card in sorted(cards, key=lambda one: (when(one), one.claim)):
            toll, origin = card.figures.get(slot), origin_of.get(card.claim)
            if toll is None or origin is None:
                continue
            reason = _left_out(card) or _overtaken(card, slot, toll, own)
            if reason:
                found.append(OriginToll(origin=origin, slot=slot, toll=toll, claim=card.claim, left_out=reason))
                continue
            before = latest.get(origin)
            if before and _stands(before, card, toll):
                continue
            latest[origin] = (card, toll)
        found += [
            OriginToll(origin=origin, slot=slot, toll=toll, claim=card.claim) for origin, (card, toll) in latest.items()
        ]
    found = _without_outliers(_without_lone(without_fighters(found, cards), cards), cards)
    return sorted(found, key=lambda one: (FIGURE_SLOTS.index(one.slot), one.origin, one.claim))


def _stands(before: tuple[Card, Toll], card: Card, toll: Toll) -> bool:
    """Whether an origin's figure stays beside a later one.

    That is a part told in the same text, preliminary and lower, or no number at all ("civilians were wounded").
    """
    if toll.numberless != before[1].numberless:
        return toll.numberless
    if card.item == before[0].item:
        return _rank(toll) <= _rank(before[1])
    return card.preliminary and not before[0].preliminary and toll.least < before[1].least


def _left_out(card: Card) -> str | None:
    if card.shared:
        return "given for several places together"
    if card.cumulative:
        return "counted since some time back, or over several events"
    return None


def _own(cards: Sequence[Card], slot: str) -> dict[str, Toll]:
    """What each item counts in its own voice."""
    told = [card for card in cards if card.source is None and slot in card.figures and not _left_out(card)]
    told = [card for card in told if not card.figures[slot].numberless]
    return {card.item: card.figures[slot] for card in sorted(told, key=lambda one: _rank(one.figures[slot]))}


def _overtaken(card: Card, slot: str, toll: Toll, own: Mapping[str, Toll]) -> str | None:
    """Why a figure that an item quotes does not count beside what the item itself counts: it is lower, with the fighters beside it."""
    mine = own.get(card.item)
    beside = card.figures.get("combatants_killed") if slot == "killed" else None
    if card.source is None or mine is None or upper(toll) + (upper(beside) if beside else 0) >= mine.least:
        return None
    return f"the text that quotes it counts {mine.least} itself: earlier, or a part"


def _without_lone(found: Sequence[OriginToll], cards: Sequence[Card]) -> list[OriginToll]:
    """The same, dead of whom one text alone tells marked as left out: without a number, beside two texts or more;

    counted, beside five or more that count the hurt, unless it is later than all of these, as of one who died of wounds.
    "Martyrs and wounded" is often the first word of a shelling in which, as all others have it, people were hurt.
    """
    by_claim = {card.claim: card for card in cards}
    told = [one for one in found if one.slot == "killed"]
    alone = {by_claim[one.claim].item for one in told}
    others = {card.item for card in cards} - alone
    numberless = all(one.toll.numberless for one in told)
    if len(alone) != 1 or len(others) + 1 < _MANY:
        return list(found)
    if not (numberless or _against_the_hurt([by_claim[one.claim] for one in told], cards)):
        return list(found)
    words = f"of the {len(others)} other texts none tells of any dead"
    return [
        replace(one, left_out=words)
        if one.slot in _DEAD and one.left_out is None and by_claim[one.claim].item in alone
        else one
        for one in found
    ]


def _against_the_hurt(told: Sequence[Card], cards: Sequence[Card]) -> bool:
    """Whether many other texts count the hurt of an event, and the one that tells of dead is not later than all of these."""
    alone, last = {card.item for card in told}, max(when(card)[:_DAY] for card in told)
    hurt = [card for card in cards if card.item not in alone and _counts_hurt(card)]
    late = bool(last) and all(when(card)[:_DAY] < last for card in hurt)
    return len({card.item for card in hurt}) >= _HURT and not late


def _counts_hurt(card: Card) -> bool:
    """Whether a claim numbers the injured of one place."""
    toll = card.figures.get("injured")
    return toll is not None and not toll.vague and not _left_out(card)


def _without_outliers(found: Sequence[OriginToll], cards: Sequence[Card]) -> list[OriginToll]:
    """The same, a lone figure far beyond all others, or far below them, or against all others, marked as left out.

    How many of the dead are civilians by presumption alone is part of a figure of the dead, and counts where that counts.
    """
    out = list(found)
    at = {card.claim: when(card) for card in cards}
    for slot in FIGURE_SLOTS:
        if slot == _PRESUMED:
            continue
        counting = [
            index
            for index, one in enumerate(out)
            if one.slot == slot and one.left_out is None and not one.toll.numberless
        ]
        if len(counting) < _MANY:
            continue
        ordered = sorted(counting, key=lambda index: upper(out[index].toll))
        tolls = [out[index].toll for index in ordered]
        if _far(upper(tolls[-2]), upper(tolls[-1])):
            words = f"{upper(tolls[-1])} is over {_FAR:.0f} times what every other origin gives"
            out[ordered[-1]] = replace(out[ordered[-1]], left_out=words)
        elif _far(upper(tolls[0]), tolls[1].least):
            words = f"every other origin gives over {_FAR:.0f} times {upper(tolls[0])}: a part, or early"
            out[ordered[0]] = replace(out[ordered[0]], left_out=words)
        elif (lone := _against_all(out, ordered, at)) is not None:
            others = out[ordered[0 if lone != ordered[0] else -1]].toll.least
            out[lone] = replace(out[lone], left_out=f"each of the {len(ordered) - 1} other origins gives {others}")
    return _with_presumed(out, found)


def _with_presumed(found: Sequence[OriginToll], before: Sequence[OriginToll]) -> list[OriginToll]:
    """The same, those presumed civilians left out with the dead they are of. ``before``: with no outlier marked yet."""
    far = {
        one.claim: one.left_out for one, was in zip(found, before, strict=True) if one.slot == "killed" and one != was
    }
    return [
        replace(one, left_out=far[one.claim])
        if one.slot == _PRESUMED and one.left_out is None and one.claim in far
        else one
        for one in found
    ]


def _against_all(found: Sequence[OriginToll], ordered: Sequence[int], at: Mapping[str, str]) -> int | None:
    """The figure at twice or half of the one that all others give, by index; a higher one that is the latest is no outlier.

    ``ordered``: indexes of figures that count, lowest first; ``at``: when each claim was published.
    """
    if len(ordered) <= _AGREED:
        return None
    for lone, others in ((ordered[0], ordered[1:]), (ordered[-1], ordered[:-1])):
        one, same = found[lone].toll, found[others[0]].toll
        if any(found[index].toll.pair != same.pair for index in others) or _floorless(one):
            continue
        higher = upper(one) > upper(same)
        apart = one.least >= _TWICE * upper(same) if higher else same.least >= _TWICE * upper(one)
        day = at[found[lone].claim][:_DAY]
        latest = bool(day) and all(at[found[index].claim][:_DAY] < day for index in others)
        if apart and not (higher and latest):
            return lone
    return None


def _far(lower: int, higher: int) -> bool:
    """Whether two figures that stand next to each other are too far apart to be counts of the same people."""
    return higher >= _FAR * max(1, lower) and higher - lower >= _GAP


def _rank(toll: Toll) -> tuple[int, int]:
    return toll.least, upper(toll)


def ranges(found: Sequence[OriginToll]) -> tuple[tuple[str, Toll], ...]:
    """The envelope of each slot, in the order of the slots; slots without a figure are left away.

    From the lowest figure named to the highest; open only where one figure alone is named, and that open. "Some", "at least one" and "up to ten"
    name no lowest figure, so they never lower one that is named. Of the injured, "wounded people" in the words of two origins is one more
    than the single one that others count: the dead are named and counted from the start, the hurt seldom.
    """
    out: list[tuple[str, Toll]] = []
    for slot in FIGURE_SLOTS:
        counting = [one.toll for one in found if one.slot == slot and one.left_out is None]
        if not counting:
            continue
        said = _counted(counting)
        least = min([toll.least for toll in said if not _floorless(toll)] or [toll.least for toll in said])
        most = max(map(upper, said))
        if slot == "injured" and most == 1 and sum(map(_plural, counting)) >= _SOME:
            most = _SOME  # two origins that tell of wounded people stand above one wounded, and name no number
        closed = most > least or any(toll.most is not None for toll in said)
        vague = all(toll.vague for toll in said)
        out.append((slot, Toll(least=least, most=most if closed else None, vague=vague)))
    return tuple(out)


def _counted(tolls: Sequence[Toll]) -> Sequence[Toll]:
    """What counts beside what. "Several" or "many" give way to every figure, and of such words the least stands.

    "Dozens" gives way to a closed count of as many; beside lower or open ones it is an upper end ("at least eleven", "dozens":
    11 to 24, as Airwars codes them).
    """
    said = [toll for toll in tolls if not toll.vague]
    tens = [toll for toll in tolls if toll.vague and not toll.numberless]
    if not (said or tens):
        return [min(tolls, key=_rank)]
    if not said:
        return tens
    if tens and any(toll.most is not None and toll.most >= tens[0].least for toll in said):
        return said
    floor = min((toll.least for toll in said if not _floorless(toll)), default=None)
    return [
        *said,
        *(toll if floor is None or _beyond(floor, toll) else Toll(least=floor, most=toll.most) for toll in tens),
    ]


def _plural(toll: Toll) -> bool:
    """Whether words tell of more than one and name no number."""
    return toll.numberless and toll.least >= _SOME


def _beyond(figure: int, toll: Toll) -> bool:
    """Whether a figure is more than a range can hold: "dozens", where another says more than a hundred."""
    return toll.most is not None and figure > toll.most


def _floorless(toll: Toll) -> bool:
    """Whether the lower end is none that anybody counted: of "some" and "at least one", and of "up to ten"."""
    return (toll.most is None and toll.least <= _SOME) or (
        toll.least <= 1 and toll.most is not None and toll.most > _SOME
    )
