"""Whatever the text: reading never raises, every span lies in its passage, and equal input gives equal output."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.posts import DAY, post
from witnessmark.packs.larder import open_larder
from witnessmark.reading.item import read_item
from witnessmark.terms.anchor import Span
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading

# Words that rules look for, so that what hypothesis puts together is more than noise; with glosses in their packs.
PIECES = [
    "killed", "five", "civilians", "including", "children", "said", "“", "”", "«", "»", "according to", "the White Helmets",
    "Raqqa", "in", "airstrike", "on", "Saturday", "June 8, 2017", "last", "via", "Source:", "no casualties", "at least", "7", "٨",
    "12-14", "1,200", "that", "coalition", "reportedly", "قتل", "خمسة", "مدنيين", "بينهم", "أطفال", "قال", "إن", "بحسب", "الرقة",
    "قصـ.ـف", "د1عش", "أمس", "الثلاثاء", "الماضي", "8 حزيران", "المصدر:", "على الأقل", "لم تقع إصابات", "\n", "\n\n", ".", "؟", ",", "،",
    ":", "\u200f", "\u202e", "\u0640", "\u064e", "All reactions:", "Share", "Related Articles", "·", "#", "@valley", "\ufffd", "🔴", "\t",
]  # fmt: skip
pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map(" ".join)
texts = pieces | st.text(max_size=200)
published = (
    st.none() | st.sampled_from([DAY, "2017-06-11T09:52:00-04:00", "soon", "8 حزيران 2017"]) | st.text(max_size=12)
)
urls = (
    st.none()
    | st.sampled_from(["https://x.com/a/status/873824513218363392", "https://example.org/2017/06/11/a"])
    | st.text(max_size=30)
)
items = st.builds(
    lambda text, title, when, url, archived: post(text, title=title, published=when, url=url, archived=archived),
    texts, st.none() | texts, published, urls, st.none() | st.just("https://web.archive.org/web/20180305101112/x"),
)  # fmt: skip


def named(reading: Reading) -> list[Any]:
    """Everything of a reading that has a span and its words."""
    return [*reading.moments, *reading.places, *reading.tolls, *reading.actors, *reading.weapons]


def spans(value: Any) -> list[Span]:  # noqa: ANN401 (anything a reading holds)
    """Every span inside a value, however deep."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [found for one in value for found in spans(one)]
    if is_dataclass(value):
        return [found for field in fields(value) for found in spans(getattr(value, field.name))]
    return []


@given(items)
@settings(max_examples=150, deadline=None)
def test_reading_never_raises_and_its_spans_lie_in_their_passages(item: Item) -> None:
    reading = read_item(item, open_larder())
    for span in spans(reading):
        assert 0 <= span.passage < len(item.passages)
        assert span.end <= len(item.passages[span.passage].text)
    for regions, passage in zip(reading.regions, item.passages, strict=True):
        assert "".join(passage.text[one.start : one.end] for one in regions) == passage.text
    for one in named(reading):
        assert item.passages[one.span.passage].text[one.span.start : one.span.end] == one.text


@given(items)
@settings(max_examples=60, deadline=None)
def test_equal_input_gives_equal_output(item: Item) -> None:
    assert read_item(item, open_larder()) == read_item(item, open_larder())


@given(items)
@settings(max_examples=80, deadline=None)
def test_indexes_point_inside_the_reading(item: Item) -> None:
    reading = read_item(item, open_larder())
    for number, said in enumerate(reading.statements):
        assert said.nested_in is None or said.nested_in < number
        assert all(index < len(reading.moments) for index in said.moments)
        assert all(index < len(reading.places) for index in said.places)
        assert said.span.covers(said.content)
    assert all(one.part_of is None or one.part_of < len(reading.tolls) for one in reading.tolls)
    assert all(one.within is None or one.within < len(reading.places) for one in reading.places)
    assert len({one.id for one in reading.claims}) == len(reading.claims)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_nothing_is_found_outside_the_sentences_read(text: str) -> None:
    reading = read_item(post(text, published=DAY), open_larder())
    for one in named(replace(reading, tolls=())):
        assert any(sentence.covers(one.span) for sentence in reading.sentences)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "قتل " * 200,
        "“" * 3_000,
        "(" * 3_000,
        "5-" * 5_000,
        ". " * 5_000,
        "ـ.ـ" * 5_000,
        "\n" * 60,
        "x\n" * 5_000,
    ],
)
def test_long_and_monotonous_texts_are_read(text: str) -> None:
    reading = read_item(post(text, title=text[:500], published=DAY), open_larder())
    assert all(span.end <= len(text) for span in spans(reading))
