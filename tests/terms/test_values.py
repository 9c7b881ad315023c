"""Addresses, ids, spans, anchors and tolls: the same content has the same name, and no value can hold nonsense."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import any_text
from witnessmark.terms.address import address_of, canonical, digest_of, id_of, is_address
from witnessmark.terms.anchor import Span
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Passage
from witnessmark.terms.toll import Toll

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=8,
)
tolls = st.builds(
    lambda least, more: Toll(least=least, most=None if more is None else least + more),
    st.integers(0, 500),
    st.none() | st.integers(0, 500),
)


@given(plain)
def test_canonical_json_reads_back_and_has_one_form(value: object) -> None:
    written = canonical(value)
    assert b"\n" not in written
    read = json.loads(written.decode("utf-8", "surrogatepass"))
    assert canonical(read) == written


def test_the_order_of_keys_makes_no_other_name() -> None:
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})
    assert digest_of(["a", "b"]) != digest_of(["b", "a"])
    assert digest_of("a", "b") != digest_of(["a", "b"])


def test_ids_of_different_kinds_never_meet() -> None:
    assert id_of("claim", "x").removeprefix("claim-") != id_of("incident", "x").removeprefix("incident-")


def test_ids_are_those_of_every_version() -> None:
    """A change of these would orphan every decision of every case."""
    assert address_of(b"words") == "dba36bffa5cab0f922d087a3aeb179f9d4e745df40b323e1b1471402848c8a3e"
    assert (
        id_of("claim", "item-1", 0, 3, 9, "attack") == "claim-" + digest_of("claim", "item-1", 0, 3, 9, "attack")[:20]
    )
    item = Item(address="ab" * 32, selector="line:1", kind="post")
    assert item.id == id_of("item", "ab" * 32, "line:1")


@pytest.mark.parametrize("text", ["", "AB" * 32, "ab" * 31, "ab" * 33, "zz" * 32, "ab" * 32 + "\n"])
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)
    assert is_address("ab" * 32)


@given(st.integers(-3, 20), st.integers(-3, 20), st.integers(-3, 20), st.integers(-3, 20))
def test_spans_run_forward_and_overlap_as_sets_do(a: int, b: int, c: int, d: int) -> None:
    if not (0 <= a <= b and 0 <= c <= d):
        with pytest.raises(ValueError, match="a span cannot run"):
            [Span(passage=0, start=a, end=b), Span(passage=0, start=c, end=d)]
        return
    one, other = Span(passage=0, start=a, end=b), Span(passage=0, start=c, end=d)
    mine, theirs = set(range(a, b)), set(range(c, d))
    if mine and theirs:
        assert one.overlaps(other) == bool(mine & theirs) == other.overlaps(one)
        assert one.covers(other) == (mine >= theirs)
    assert not one.overlaps(Span(passage=1, start=c, end=d))


def test_an_anchor_leads_to_bytes_text_and_code_points() -> None:
    text = "🔴 قصف على السوق"  # "shelling of the market", after a mark of two UTF-16 units
    item = Item(
        address="ab" * 32,
        selector="/messages/4",
        kind="post",
        passages=(Passage(role="body", text=text, selector="text"),),
    )
    anchor = item.anchor(Span(passage=0, start=2, end=5))
    assert (anchor.address, anchor.selector, anchor.text) == ("ab" * 32, "/messages/4/text", address_of(text.encode()))
    assert text[anchor.start : anchor.end] == "قصف"


@pytest.mark.parametrize(("least", "most"), [(-1, None), (3, 2)])
def test_a_toll_that_is_none(least: int, most: int | None) -> None:
    with pytest.raises(ValueError, match="a toll cannot"):
        Toll(least=least, most=most)


@given(tolls, tolls)
def test_a_span_of_tolls_contains_both_and_a_sum_adds_both_ends(one: Toll, other: Toll) -> None:
    both, total = one.span(other), one.plus(other)
    assert both == other.span(one)
    assert both.least == min(one.least, other.least)
    assert total == other.plus(one)
    assert total.least == one.least + other.least
    if one.most is None or other.most is None:
        assert (both.most, total.most) == (None, None)
    else:
        assert (both.most, total.most) == (max(one.most, other.most), one.most + other.most)
