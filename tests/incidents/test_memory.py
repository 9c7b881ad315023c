"""Gathering with a memory of an earlier one finds what it finds without, whatever came, went or changed in between."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.incidents.cards import killed, party, settled, sketch, spot
from witnessmark.incidents import blocks, gather
from witnessmark.incidents.match import Fit, fit
from witnessmark.incidents.memory import Compared, Memory
from witnessmark.incidents.resemblance import Resemblance
from witnessmark.incidents.settle import Settled
from witnessmark.terms.incident import Gathered
from witnessmark.terms.likeness import Likeness

PLACES = [None, spot("Wadi", 36.0, 38.0), spot("Hill", 36.06, 38.0), spot("Dam", 34.0, 36.0)]
DAYS = [None, "2017-06-10", "2017-06-11", "2017-06-13"]
Words = Mapping[str, tuple[int, ...]]
Links = Sequence[tuple[str, str]]


def like(one: str, other: str) -> Likeness:
    low, high = sorted((one, other))
    return Likeness(one=low, other=high, manner="near", resemblance=0.7, why=f"{low} as {high}")


def found(
    claims: Sequence[Settled],
    words: Words,
    copies: Sequence[Likeness] = (),
    joins: Links = (),
    splits: Links = (),
    before: Compared | None = None,
) -> tuple[list[Gathered], Compared]:
    """The groups, and what the gathering leaves."""
    here = {one.card.item for one in claims}
    alike = Resemblance([sketch(item, terms=sorted(words[item])) for item in sorted(here)])
    memory = Memory({one.card.claim: repr(replace(one, areas=frozenset())).encode() for one in claims}, before)
    inside = [one for one in copies if {one.one, one.other} <= here]
    return gather.gather(claims, inside, alike, joins, splits, memory), memory.after


@st.composite
def claims(draw: st.DrawFn) -> Settled:
    number = draw(st.integers(0, 40))
    return settled(
        f"{number:02}",
        draw(st.sampled_from(PLACES)),
        draw(st.sampled_from(DAYS)),
        item=f"item-{number % 17:02}",
        stated=draw(st.booleans()),
        tolls=killed(draw(st.integers(1, 4))),
        accused=(party(draw(st.sampled_from(["north", "south"]))),),
    )


CLAIMS = st.lists(claims(), min_size=1, max_size=40, unique_by=lambda one: one.card.claim)
TERMS = st.sets(st.integers(1, 60), max_size=20).map(lambda terms: tuple(sorted(terms)))
WORDS = st.fixed_dictionaries({f"item-{number:02}": TERMS for number in range(17)})
NAMES = st.integers(0, 40).map(lambda number: f"claim-{number:02}")
LINKS = st.lists(st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] < pair[1]), max_size=2)
COPIES = st.lists(
    st.tuples(st.integers(0, 16), st.integers(0, 16))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: like(*(f"item-{one:02}" for one in pair))),
    max_size=3,
)
CASES = st.tuples(CLAIMS, WORDS, COPIES, LINKS, LINKS)


@given(CASES, CASES, st.booleans())
def test_a_memory_changes_nothing(
    first: tuple[list[Settled], Words, list[Likeness], Links, Links],
    second: tuple[list[Settled], Words, list[Likeness], Links, Links],
    mixed: bool,
) -> None:
    """Mixed: the second holds what the first held, but where it says otherwise."""
    given_, words, copies, joins, splits = second
    if mixed:
        given_ = list({one.card.claim: one for one in (*first[0], *given_[:5])}.values())
        words = {**first[1], **dict(list(words.items())[:2])}
        copies, joins = first[2], first[3]
    _, before = found(*first)
    assert found(given_, words, copies, joins, splits, before)[0] == found(given_, words, copies, joins, splits)[0]


@pytest.mark.parametrize(("first", "then"), [(8, 30), (30, 8), (30, 31), (12, 13), (13, 12)])
def test_blocks_that_become_too_crowded_or_no_longer_are(
    monkeypatch: pytest.MonkeyPatch, first: int, then: int
) -> None:
    monkeypatch.setattr(blocks, "_CROWDED", 12)
    every = [settled(f"{at:02}", PLACES[1], "2017-06-10", tolls=killed(1 + at % 3)) for at in range(31)]
    words = {f"item-{at:02}": (at % 5, 50 + at % 7) for at in range(31)}
    _, before = found(every[:first], words)
    again, after = found(every[-then:], words, before=before)
    whole, anew = found(every[-then:], words)
    assert (again, after.crowded) == (whole, anew.crowded)


def test_only_what_changed_is_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    every = [settled(f"{at:02}", spot(f"P{at // 4}", 30.0 + at // 4, 38.0), "2017-06-10") for at in range(40)]
    words = {f"item-{at:02}": (at,) for at in range(41)}
    whole, before = found(every, words)
    looked: list[frozenset[str]] = []

    def seen(one: Settled, other: Settled, *more: Any) -> Fit:  # noqa: ANN401 (handed on as given)
        looked.append(frozenset((one.card.claim, other.card.claim)))
        return fit(one, other, *more)

    monkeypatch.setattr(gather, "fit", seen)
    assert found(every, words, before=before)[0] == whole
    assert looked == []
    one_more = [*every, settled("40", spot("P0", 30.0, 38.0), "2017-06-10")]
    again, _ = found(one_more, words, before=before)
    near = {f"claim-{at:02}" for at in (0, 1, 2, 3, 40)}
    assert looked
    assert all("claim-40" in pair or pair <= near for pair in looked)
    assert again == found(one_more, words)[0]


def test_without_digests_nothing_is_left() -> None:
    memory = Memory()
    gather.gather([settled("a", PLACES[1]), settled("b", PLACES[1])], [], Resemblance([]), memory=memory)
    assert memory.after == Compared()
