"""Drift: a later text that makes a source say more than an earlier text of the case has it say.

Compared are a headline with its own body, a text with the one it cites by its outlet's name, passes on or copies, and two reports
of one statement: one named source, days at most two apart, and enough told in common (:mod:`same_statement`). A source's own later
statement is no drift, nor is what another named source says. What changed is judged slot by slot (:mod:`drift_slots`). What it does not
prove: that the earlier text was right, or that it is the one that was meant.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from witnessmark.terms.drift import Drift
from witnessmark.terms.saying import Account
from witnessmark.tracing.drift_slots import JUDGES, Link, drift_of
from witnessmark.tracing.same_statement import Heard, Text, Wider, points, sorted_out

NEAR_DAYS = 2  # from an earlier text to one that may report the same statement
_SURE = 4  # points from which two sayings are of one statement
_SOURCES = 2  # earlier texts that all rest on one source
_MANY = 3  # sources that nobody needs to say confirm


def _never(words: str) -> bool:  # noqa: ARG001 - the shape of what casefile hands in
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What is known of two items besides their words. ``copied``: the later is a copy or a forward of the earlier.

    ``only``: the earlier's outlet has no other text of these days in the case, so that it is this one that is cited. ``has``: whether the
    earlier's whole text holds some words, asked before they are said to be added.
    """

    copied: bool = False
    only: bool = True
    has: Callable[[str], bool] = _never


def within(account: Account, wider: Wider) -> list[Drift]:
    """Where an item's headline says more than its own body."""
    head = tuple(one for one in account.sayings if one.headline)
    body = tuple(one for one in account.sayings if not one.headline)
    if not head or not any(one.by for one in body):
        return []
    earlier, later = sorted_out(replace(account, sayings=body)), sorted_out(replace(account, sayings=head))
    link = Link(earlier=earlier, later=later, wider=wider, inside=True)
    return _once([*_drifted(link), *_fanned([earlier], later, wider)])


def between(earlier: Text, later: Text, wider: Wider, bond: Bond | None = None) -> list[Drift]:
    """What a later item adds to what an earlier one has a source say; nothing where they have nothing to do with each other."""
    bond = bond or Bond()
    one, other = earlier.account, later.account
    if one.item == other.item or set(one.outlet) & set(other.outlet) or not _follows(one, other):
        return []
    cites = bond.copied or bool(
        set(one.outlet) & {*other.passed_on, *(name for said in other.sayings for name in said.by)}
    )
    link = Link(
        earlier=earlier, later=later, wider=wider, cites=cites, copied=bond.copied, only=bond.only, has=bond.has
    )  # fmt: skip
    return _once(_drifted(link))


def fanned(before: Sequence[Text], later: Text, wider: Wider) -> list[Drift]:
    """Where a later text speaks of several sources and all earlier ones of the case rest on one."""
    mine = later.account
    others = [
        one
        for one in before
        if one.account.item != mine.item
        and not set(one.account.outlet) & set(mine.outlet)
        and _follows(one.account, mine)
    ]
    return _once(_fanned(others, later, wider))


def _follows(earlier: Account, later: Account) -> bool:
    """Whether the later may follow the earlier: not published before it, nor so late that it reports another statement."""
    if not (earlier.published and later.published):
        return True
    first, last = earlier.published, later.published_latest or later.published
    if last < first and last[:10] != first[:10]:
        return False
    early = earlier.published_latest or first
    return (date.fromisoformat(later.published[:10]) - date.fromisoformat(early[:10])).days <= NEAR_DAYS


def _drifted(link: Link) -> Iterator[Drift]:
    """Every drift along a link, saying by saying."""
    for later in link.later.heard:
        before = _before(link, later)
        if before:
            for judge in JUDGES:
                yield from judge(link, before, later)


def _before(link: Link, later: Heard) -> list[Heard]:
    """The earlier sayings that a later one may be held against: of its own source, or all where the text itself is cited or copied."""
    if link.inside:
        return link.earlier.heard
    if later.by & set(link.later.account.outlet):
        return []  # whoever publishes its own words may say more than before
    if later.by & set(link.earlier.account.outlet) or (link.copied and not later.by):
        return link.earlier.whole
    named = {name for name in later.by if not name.startswith("words:")}
    return [one for one in link.earlier.heard if one.by & named]


def _fanned(before: Sequence[Text], later: Text, wider: Wider) -> Iterator[Drift]:
    """Several sources said to confirm what one piece of material, or one source, stands behind."""
    for said in later.heard:
        many = said.saying.several
        if said.saying.stance not in ("said", "confirmed") or many < (
            _SOURCES if said.saying.stance == "confirmed" else _MANY
        ):
            continue
        alike = [
            text
            for text in before
            if text.account.item == later.account.item or any(points(one, said, wider) >= _SURE for one in text.whole)
        ]
        found = next(((text, one) for text in alike for one in text.heard if one.single), None)
        if found is None and len(alike) >= _SOURCES:
            found = _one_source(alike)
        if found:
            link = Link(earlier=found[0], later=later, wider=wider, inside=found[0].account.item == later.account.item)
            ends = (found[1], found[1].saying.who or "one", said, f"{many} or more")
            yield drift_of(link, "sources", ends, "several sources named for what one stands behind")


def _one_source(alike: Sequence[Text]) -> tuple[Text, Heard] | None:
    """The saying of the one source that all of some texts rest on, if they do."""
    speaking = [[one for one in text.heard if one.by] for text in alike]
    resting = [
        {name for one in said for name in one.by} | {*text.account.passed_on, *text.account.outlet}
        for text, said in zip(alike, speaking, strict=True)
    ]
    for name in sorted(set.intersection(*resting)):
        if all(name in one.by for said in speaking for one in said):
            return next(((text, one) for text, said in zip(alike, speaking, strict=True) for one in said), None)
    return None


def _once(found: Iterable[Drift]) -> list[Drift]:
    """The first of each slot and thing said, in order."""
    kept: dict[tuple[object, ...], Drift] = {}
    for one in found:
        kept.setdefault((one.slot, one.later.item, one.later.span, one.later.said), one)
    return list(kept.values())
