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
from witnessmark.terms.saying import Account, Saying
from witnessmark.tracing.drift_slots import JUDGES, Link, drift_of
from witnessmark.tracing.same_statement import POST, SURE, Heard, Text, Wider, as_one, points, sorted_out

NEAR_DAYS = 2  # from an earlier text to one that may report the same statement
CITED_DAYS = 14  # from a text to one that names its outlet
_SOURCES = 2  # earlier texts that all rest on one source


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
    """Where an item says more than it has itself: its headline than its body, or several sources for what it says is one."""
    head = tuple(one for one in account.sayings if one.headline)
    body = tuple(one for one in account.sayings if not one.headline)
    text = sorted_out(account)
    found = list(_fanned([text], text, wider))
    if head and any(one.by for one in body):
        earlier, later = sorted_out(replace(account, sayings=body)), sorted_out(replace(account, sayings=head))
        found += _drifted(Link(earlier=earlier, later=later, wider=wider, inside=True))
    return _once(found)


def between(earlier: Text, later: Text, wider: Wider, bond: Bond | None = None) -> list[Drift]:
    """What a later item adds to what an earlier one has a source say; nothing where they have nothing to do with each other."""
    bond = bond or Bond()
    one, other = earlier.account, later.account
    if one.item == other.item or set(one.outlet) & set(other.outlet):
        return []
    cites = bond.copied or credits_to(one, other)
    if not _follows(one, other, CITED_DAYS if cites else NEAR_DAYS):
        return []
    alias = frozenset() if cites or not bond.only else _called_otherwise(earlier, later, wider)
    link = Link(
        earlier=earlier, later=later, wider=wider, cites=cites or bool(alias), alias=alias, copied=bond.copied,
        only=bond.only, has=bond.has,
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
        and _follows(one.account, mine, NEAR_DAYS)
    ]
    return _once(_fanned(others, later, wider))


def credits_to(earlier: Account, later: Account) -> bool:
    """Whether a text names the outlet of another, as its source or otherwise, or passes it on."""
    named = {*later.passed_on, *(name for said in later.sayings for name in (*said.by, *said.names))}
    return bool(named & set(earlier.outlet))


def _called_otherwise(earlier: Text, later: Text, wider: Wider) -> frozenset[str]:
    """The keys of an outlet that a text credits and nothing ties to a name, where it may mean this one, whose name is of another script.

    "The local network" and شبكة …: they must tell very much the same.
    """
    named = [one for one in later.heard if any(name.startswith("press:") for name in one.by)]
    outlet = " ".join(earlier.account.outlet)
    return frozenset(
        name
        for said in named
        if arabic(" ".join(said.by)) != arabic(outlet) and any(points(one, said, wider) > SURE for one in earlier.whole)
        for name in said.by
    )


def arabic(text: str) -> bool:
    """Whether a text has Arabic letters."""
    return any("\u0600" <= char <= "\u06ff" for char in text)


def _follows(earlier: Account, later: Account, days: int) -> bool:
    """Whether the later may follow the earlier: not published before it, nor so late that it reports another statement."""
    if not (earlier.published and later.published):
        return True
    first, last = earlier.published, later.published_latest or later.published
    if last < first and last[:10] != first[:10]:
        return False
    early = earlier.published_latest or first
    return (date.fromisoformat(later.published[:10]) - date.fromisoformat(early[:10])).days <= days


def _drifted(link: Link) -> Iterator[Drift]:
    """Every drift along a link, saying by saying, and what rests on the cited text taken together."""
    resting = [] if link.inside or not link.cites else _resting(link)
    for later in link.later.heard:
        before = _before(link, later, rests=later.saying in resting)
        if before:
            yield from _judged(link, before, later)
    if 1 < len(resting) <= POST:
        yield from _judged(link, link.earlier.whole, as_one(resting))


def _judged(link: Link, before: Sequence[Heard], later: Heard) -> Iterator[Drift]:
    for judge in JUDGES:
        yield from judge(link, before, later)


def _before(link: Link, later: Heard, *, rests: bool) -> list[Heard]:
    """The earlier sayings that a later one may be held against: of its own source, or all where the text itself is cited or copied."""
    if link.inside:
        return link.earlier.heard
    if later.by & set(link.later.account.outlet):
        return []  # whoever publishes its own words may say more than before
    if rests or (link.copied and not later.by):
        whole = link.earlier.whole
        return whole if whole is link.earlier.heard else [*link.earlier.heard, *whole]
    named = {name for name in later.by if name.startswith(("actor:", "name:"))}
    return [one for one in link.earlier.heard if one.by & named]


def _resting(link: Link) -> list[Saying]:
    """The later's sayings that rest on the text it cites: credited to its outlet, or told with its name.

    Where no other source is named, all that the later tells in its own voice rests on it too.
    """
    outlet = set(link.earlier.account.outlet) | link.alias
    spoken = [one.by for one in link.earlier.account.sayings if one.by]
    sayings = link.later.account.sayings
    sole = all(_known(one.by, outlet, spoken) for one in sayings if one.by)
    out = []
    for one in sayings:
        told = set(one.by) & outlet or (not one.by and set(one.names) & outlet)
        if told or (sole and _known(one.by, outlet, spoken)):
            out.append(one)
    return out


def _known(by: Sequence[str], outlet: set[str], spoken: Sequence[Sequence[str]]) -> bool:
    """Whether a source is the outlet cited, or speaks in its text, by its name or by some of its words ("the centre")."""
    if not by or set(by) & outlet:
        return True
    mine = [set(name.partition(":")[2].split()) for name in by if name.startswith(("words:", "press:"))]
    known = [set(name.partition(":")[2].split()) for names in (outlet, *spoken) for name in names]
    if any(words <= other or other <= words for words in mine for other in known if words and other):
        return True
    return any(set(by) & set(names) for names in spoken)


def _fanned(before: Sequence[Text], later: Text, wider: Wider) -> Iterator[Drift]:
    """Several sources said to confirm what one piece of material, or one source, stands behind."""
    for said in later.heard:
        many = said.saying.several
        if said.saying.stance != "confirmed" or many < _SOURCES:
            continue
        alike = [text for text in before if _told_of(text, said, later, wider)]
        found = next(((text, one) for text in alike for one in text.heard if one.single), None)
        if found is None and len(alike) >= _SOURCES:
            found = _one_source(alike)
        if found:
            link = Link(earlier=found[0], later=later, wider=wider, inside=found[0].account.item == later.account.item)
            ends = ((found[1], None, found[1].saying.who or "one"), (said, None, f"{many} or more"))
            yield drift_of(link, "sources", ends, "several sources named for what one stands behind")


def _told_of(text: Text, said: Heard, later: Text, wider: Wider) -> bool:
    """Whether a text tells of what a saying tells, or is named in it."""
    if text.account.item == later.account.item or set(said.saying.names) & set(text.account.outlet):
        return True
    return any(points(one, said, wider) >= SURE for one in text.whole)


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
