"""Folding: spellings people use for one word meet, and every folded letter knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.terms.script import fold, key

texts = st.text(st.characters(codec="utf-8") | st.sampled_from(list("قصفـ.ًّةهىيأإآ٠١۲ ابتلا.،\u200f\ufefb\u202e")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الرَّقّة", "الرقه"),  # Raqqa, with and without vowel marks
        ("قصـ.ـف", "قصف"),  # shelling, dotted to pass a filter
        ("قَصْـ.ـف", "قصف"),
        ("مج.زرة", "مجزرة"),  # massacre, cut by a dot
        ("د1عش", "داعش"),  # a digit for a letter
        ("إدلب", "ادلب"),
        ("٨ حزيران", "8 حزيران"),  # 8 June, in Arabic digits
        ("ﻻ", "لا"),  # a ligature
        ("Café", "cafe"),
        ("كفر نبّل", "کفر نبل"),  # a Persian kaf
    ],
)
def test_spellings_of_one_word_fold_to_the_same(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    "text",
    [
        "وصلت إلى حلب.وقالت المصادر",  # "…reached Aleppo.And the sources said": a full stop typed without a blank
        "5.6 km",
        "example.org",
    ],
)
def test_a_stop_between_whole_words_stays(text: str) -> None:
    assert "." in fold(text).text


@given(texts)
def test_every_folded_letter_stands_inside_the_text_as_given(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.at)
    assert list(folded.at) == sorted(folded.at)
    assert all(0 <= place < len(text) for place in folded.at)


@given(texts)
def test_folding_again_changes_only_what_a_first_folding_brought_together(text: str) -> None:
    once = fold(text).text
    assert fold(fold(once).text).text == fold(once).text


@given(texts, st.data())
def test_the_way_back_covers_what_was_found(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        first, last = folded.back(start, end)
        assert 0 <= first < last <= len(text)
        assert folded.forth(first) <= start
