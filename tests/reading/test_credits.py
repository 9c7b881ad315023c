"""Credits: whom an item says it has its matter from; and access: words that show its own way to the event."""

import pytest

from tests.reading.posts import post, read, words
from witnessmark.packs.larder import open_larder
from witnessmark.reading.credits import letterhead

Row = tuple[str, str | None, str]


def credits_of(text: str, **more: str) -> list[Row]:
    return [(one.to, one.actor, one.manner) for one in read(text, **more).credits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on the market. via Valley News Network", [("Valley News Network", None, "via")]),
        ("Shells fell on the market.\nSource: Amaq", [("Amaq", "amaq", "via")]),
        ("قصف على السوق\nالمصدر: شبكة أخبار الوادي", [("شبكة أخبار الوادي", None, "via")]),  # source: Wadi news network
        ("The White Helmets said shells fell on the market.", [("White Helmets", "white-helmets", "according-to")]),
        ("“We heard three explosions,” a witness said.", []),  # a person quoted is a source and no credit
    ],
)
def test_a_credit_names_who_had_it_before(text: str, expected: list[Row]) -> None:
    assert credits_of(text)[: len(expected) or None] == expected


def test_a_forward_header_comes_first_and_has_no_span() -> None:
    reading = read("The White Helmets said shells fell on the market.", forwarded_from="Valley Watch")
    assert [(one.to, one.manner) for one in reading.credits] == [
        ("Valley Watch", "forward"),
        ("White Helmets", "according-to"),
    ]
    assert reading.credits[0].span is None


def test_each_credit_stands_once() -> None:
    text = "The White Helmets said shells fell on the market. The White Helmets said three shops had burned."
    assert len(credits_of(text)) == 1


def test_a_credit_in_furniture_is_none() -> None:
    text = "Shells fell on the market at noon today and three shops burned to the ground.\nRelated Articles\nvia Valley News"
    assert credits_of(text) == []


def test_a_credit_stands_where_its_words_are() -> None:
    text = "قصف على السوق، نقلا عن شبكة أخبار الوادي"  # shelling of the market, from Wadi news network
    found = next(one for one in read(text).credits if one.manner == "via")
    assert found.span is not None
    assert words(post(text), found.span) == found.to


def test_the_source_who_adds_something_is_no_credit() -> None:
    assert (
        credits_of("وأضاف المصدر أن القصف استمر حتى الفجر") == []
    )  # and the source added that the shelling went on till dawn


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Our correspondent said the market was hit at noon.", "Our correspondent"),
        ("قال مراسلنا إن الطائرات قصفت السوق", "مراسلنا"),  # our correspondent said aircraft bombed the market
        ("انتشلت فرقنا ثلاثة مدنيين", "فرقنا"),  # our teams recovered three civilians
        ("Residents said the market was hit at noon.", None),
        ("A correspondent of another paper spoke.", None),
    ],
)
def test_access_is_shown_by_words_only(text: str, shown: str | None) -> None:
    reading = read(text)
    assert (words(post(text), reading.access) if reading.access else None) == shown


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("White Helmets - weekly bulletin\n\nShells fell on the market.", "white-helmets"),
        (
            "بيان صادر عن الدفاع المدني السوري\n\nسقطت قذائف على السوق.",
            "white-helmets",
        ),  # a statement of the Syrian civil defence
        ("The White Helmets issued a statement.\n\nShells fell on the market.", None),  # a sentence
        ("White Helmets find five bodies in market\n\nShells fell on the market.", None),  # a headline
        ("Weekly bulletin\n\nThe White Helmets said shells fell on the market.", None),  # names nobody
    ],
)
def test_a_letterhead_says_in_whose_name_a_text_is_written(text: str, actor: str | None) -> None:
    assert letterhead(post(text), read(text), open_larder()) == actor
