"""Sentences: stops of both scripts, what only looks like a stop, and lines that a page breaks."""

import itertools

import pytest

from tests.reading.posts import post, read, sentences, words
from witnessmark.packs.larder import open_larder
from witnessmark.reading.layout import lay_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell at noon. Two shops burned.", ["Shells fell at noon.", "Two shops burned."]),
        ("Gen. Harb met the U.N. envoy at 5 p.m. in the square.", ["Gen. Harb met the U.N. envoy at 5 p.m. in the square."]),
        ("A. Haddad spoke. Nobody answered.", ["A. Haddad spoke.", "Nobody answered."]),
        ("The wall is 5.6 metres high. See example.org for more.", ["The wall is 5.6 metres high.", "See example.org for more."]),
        ("Where were they? Nobody knew! The market burned…", ["Where were they?", "Nobody knew!", "The market burned…"]),
        # "Did the shelling stop? No. The town burned."
        ("هل توقف القصف؟ لا. احترقت البلدة.", ["هل توقف القصف؟", "لا.", "احترقت البلدة."]),
        # "The shelling reached the market.And the sources said …": typed without a blank
        ("وصل القصف إلى السوق.وقالت المصادر إنه توقف.", ["وصل القصف إلى السوق.", "وقالت المصادر إنه توقف."]),
        # "The shelling stopped; then it went on."
        ("توقف القصف؛ ثم عاد.", ["توقف القصف؛", "ثم عاد."]),
    ],
)  # fmt: skip
def test_a_stop_ends_a_sentence_and_an_abbreviation_does_not(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“We ran. They came back. We ran again,” she said.",
        "قال الشاهد: «هربنا. عادوا. هربنا مرة أخرى» في السوق",  # the witness said: "we ran. They came back. …" in the market
    ],
)
def test_a_short_quotation_stays_in_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("word", ["قصـ.ـف", "مج.زرة", "قـ..ـتل"])  # shelling, massacre, killing: cut to pass a filter
def test_a_stop_that_dodges_a_filter_ends_nothing(word: str) -> None:
    text = f"هذا {word} على البلدة"
    assert sentences(text) == [text]


def test_a_line_broken_inside_a_sentence_is_joined() -> None:
    assert sentences("The shells fell on the\nmarket at noon.\nTwo shops burned.") == [
        "The shells fell on the\nmarket at noon.",
        "Two shops burned.",
    ]


def test_a_name_that_a_page_sets_on_a_line_of_its_own_breaks_no_sentence() -> None:
    text = "On Monday the\nValley Watch\nsaid that shells fell on the market."
    assert sentences(text) == [text]


def test_a_headline_and_its_text_are_two() -> None:
    assert sentences("Market burns in the valley\nShells fell at noon.") == [
        "Market burns in the valley",
        "Shells fell at noon.",
    ]


def test_points_of_a_list_are_sentences() -> None:
    found = sentences("Today: • Shells on the market • Fire in the mill")
    assert [one.rstrip(" •") for one in found] == ["Today:", "Shells on the market", "Fire in the mill"]


def test_what_holds_no_letter_or_digit_is_none() -> None:
    assert sentences("... !!!\n\n---\n🔴") == []


def test_sentences_stand_in_order_and_apart() -> None:
    text = "One fell. Two fell!\nThree fell? Four.\n«خمسة. ستة» سبعة. ثمانية"  # "five. six" seven. eight
    item = post(text, title="A headline. And more.")
    spans = read(text, title="A headline. And more.").sentences
    assert list(spans) == sorted(spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans) if one.passage == other.passage)
    assert all(words(item, span) == words(item, span).strip() for span in spans)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Shells fell on the market of the valley town at noon.", "en"),
        ("سقطت قذائف على سوق البلدة عند الظهر واحترقت المتاجر.", "ar"),  # shells fell on the town's market at noon …
        ("قصف", "ar"),  # shelling
        ("12:30 … 45%", "und"),
        ("", "und"),
        ("https://example.org/ar/news @valley #market", "und"),
        ("Des obus sont tombés sur le marché de la ville à midi.", "fr"),
    ],
)
def test_the_language_is_told_by_what_is_read(text: str, language: str) -> None:
    assert read(text).language == language


def test_furniture_does_not_tell_the_language() -> None:
    text = "سقطت قذائف على سوق البلدة عند الظهر.\nShare\nRelated Articles\nPrevious\nHome"
    assert read(text).language == "ar"


def test_a_sheet_says_what_is_read() -> None:
    sheet = lay_out(post("Shells fell on the market.\nShare\nTwo shops burned."), open_larder())
    assert sheet.readable(0, 0, 6)
    assert not sheet.readable(0, 27, 32)
    assert [sheet.words(span) for span in sheet.sentences] == ["Shells fell on the market.", "Two shops burned."]


def test_what_is_longer_than_any_sentence_is_cut_at_blanks() -> None:
    text = "shelling " * 1_000
    cut = [words(post(text), one) for one in read(text).sentences]
    assert len(cut) > 1
    assert " ".join(cut) == text.strip()
    unbroken = "x" * 9_000
    assert [words(post(unbroken), one) for one in read(unbroken).sentences] == [unbroken]


def test_a_line_that_begins_with_a_comma_goes_on() -> None:
    text = "Five people, among them 5-year-old \nHala\n, were killed."
    assert len(read(text).sentences) == 1


def test_a_name_on_a_line_of_its_own_with_an_age_behind_stays_in_its_sentence() -> None:
    text = "On 7 October,\nNura Haddad\n(24 years old), a teacher, was killed at home."
    assert sentences(text) == [text]
