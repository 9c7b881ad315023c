"""Patterns of pages: those left aside match nowhere in the text, and the letters a pattern needs stand in all it matches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.packs.larder import open_larder
from witnessmark.reading.calendar_words import alternation
from witnessmark.reading.patterns import able, needed, patterns

PRINTED = (
    "All reactions:\n12\nLikeCommentShare", "Most relevant\ufeff", "Copy link to Tweet", "Share", "12h", "1,204 Views", "Loader", "نسخ الرابط",
    "10:04 PM · Mar 3, 2021", "Related Articles", "اقرأ أيضا", "Verified account", "Log in to Facebook", "404", "A shell fell on the market.",
    "Just a moment...", "Page not found", "Yesterday at 10:04 PM · Shared with Public", "3 likes", "مقالات ذات صلة:", "\n", " ",
)  # fmt: skip


@given(st.lists(st.sampled_from(PRINTED), max_size=12), st.sampled_from(["", "\n"]))
def test_rows_left_aside_match_nowhere(parts: list[str], between: str) -> None:
    text = between.join(parts)
    kept = able(open_larder(), "furniture", text)
    assert [row for row in kept if row.regex.search(text)] == [
        row for row in patterns(open_larder(), "furniture") if row.regex.search(text)
    ]


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"^Copy link to Tweet$", "Copy link to Tweet"),
        (r"One moment, please\.\.\.", "One moment, please..."),
        (r"colou?rs?: red", ": red"),
        (r"(?:Like)?Comments{0,2}", "Comment"),
        (r"(?:Like|Comment)", ""),
        (r"Like|Comment", ""),
        (r"(?i)like", ""),
        (r"[Ll]ike\d+ by \w+ \(seen\)", " (seen)"),
        (r"a+\u0041bcd[x\]y]z", "bcd"),
        (r" \d ", ""),
    ],
)
def test_the_letters_that_every_match_holds(pattern: str, letters: str) -> None:
    assert needed(re.compile(pattern)) == letters


@given(
    st.lists(st.text("ab .", min_size=1, max_size=5).map(str.strip).filter(bool), min_size=1),
    st.text("ab .", max_size=9),
)
def test_the_longest_of_words_that_begin_alike_is_found_first(some: list[str], text: str) -> None:
    some = [" ".join(one.split()) for one in some]
    by_length = sorted(set(some), key=lambda one: (-len(one), one))
    plain = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in by_length)
    found, wanted = re.match(alternation(some), text), re.match(plain, text)
    assert (found and found.group()) == (wanted and wanted.group())
