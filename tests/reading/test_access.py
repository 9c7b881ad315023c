"""Own access: whose correspondent, whose film, whose eyes."""

from dataclasses import replace

import pytest

from tests.reading.posts import post, words
from witnessmark.casefile.cards import cards_of
from witnessmark.packs.larder import open_larder
from witnessmark.reading.item import read_item
from witnessmark.terms.card import Card


def access_of(text: str, publisher: str | None = None, **more: str) -> str | None:
    item = replace(post(text, **more), publisher=publisher)
    span = read_item(item, open_larder()).access
    return words(item, span) if span else None


def cards(text: str, publisher: str | None = None) -> list[Card]:
    item = replace(post(text), publisher=publisher)
    return cards_of(item, read_item(item, open_larder()), open_larder())


@pytest.mark.parametrize(
    ("publisher", "text", "shown"),
    [
        ("Valley Wire", "A Valley Wire correspondent saw the crater.", "Valley Wire correspondent"),
        ("Valley Wire", "Valley Wire's own photographer was there.", "Valley Wire's own photographer"),
        ("Valley Wire English", "A reporter for Valley Wire saw the crater.", "reporter for Valley"),
        ("Valley Wire", "A Dune Post correspondent saw the crater.", None),
        ("Valley Wire", "A correspondent saw the crater.", "correspondent"),
        ("Valley Wire", "A correspondent saw the crater, the White Helmets said.", None),
        # a correspondent of Wadi network in Idlib: shelling of the market
        ("شبكة الوادي | Wadi Network", "مراسل شبكة الوادي في إدلب: قصف على السوق", "مراسل شبكة الوادي"),
        ("شبكة الوادي", "مراسل شبكة الكثبان في إدلب: قصف على السوق", None),  # of Dunes network
        (
            "وكالة الوادي",
            "تصوير خاص لوكالة الوادي: قصف على السوق",
            "تصوير خاص لوكالة الوادي",
        ),  # own film for the agency
        ("شبكة الكثبان", "تصوير خاص لوكالة الوادي: قصف على السوق", None),  # … of another
        ("Rami", "This is not my video.", None),
        ("Rami", "“I saw the shell fall,” he wrote.", None),
    ],
)
def test_somebody_sent_is_own_access_where_the_publisher_is_the_owner(
    publisher: str, text: str, shown: str | None
) -> None:
    assert access_of(text, publisher) == shown


def test_what_was_forwarded_is_nobodys_own_access() -> None:
    assert access_of("Our correspondent saw the crater.", forwarded_from="Valley Wire") is None


@pytest.mark.parametrize(
    ("text", "source", "stated"),
    [
        ("“I saw five people die in the air strike on Idlib,” said Huda Saleh, a baker.", "Huda Saleh", "I saw"),
        ("Huda Saleh said five people died in the air strike on Idlib. She said she carried two.", "Huda Saleh", "she carried"),
        ("“I was told that five died in the air strike on Idlib,” said Huda Saleh.", "Huda Saleh", None),
        ("Residents of Idlib said they saw five die in the air strike.", "Residents of Idlib", None),
        # Umm Khaled said that she saw five bodies after the raid on Idlib
        ("وقالت أم خالد الحمصي إنها رأت خمس جثث بعد الغارة على إدلب.", "أم خالد الحمصي", "إنها رأت"),
    ],
)  # fmt: skip
def test_a_named_witness_states_it_in_any_of_the_own_words(text: str, source: str, stated: str | None) -> None:
    found = [(one.source, one.witness) for one in cards(text)]
    assert (source, stated) in found


def test_a_correspondent_of_ones_own_is_no_source_but_the_outlet() -> None:
    (card,) = cards("Five people died in the air strike on Idlib, a Valley Wire reporter said.", "Valley Wire")
    assert (card.source, card.access) == (None, "Valley Wire reporter")


def test_a_party_owns_up_and_disowns_in_its_own_voice() -> None:
    up = cards(
        "Our aircraft hit the wrong house in Idlib and five civilians were unintentionally killed.",
        "U.S. Central Command",
    )
    off = cards(
        "Reports of five civilians killed in Idlib are false. Our aircraft carried out no strikes there.",
        "SDF Press Office",
    )
    assert "acceptance" in {one.kind for one in up}
    assert {one.kind for one in off} == {"denial"}


@pytest.mark.parametrize(
    ("publisher", "actor"),
    [
        ("SANA English", "sana"),
        ("IDF Spokesperson", "israeli-military"),
        ("Syrian Army News", None),
        ("وكالة أعماق Amaq", "amaq"),
    ],
)
def test_a_publisher_is_the_actor_whose_name_it_bears(publisher: str, actor: str | None) -> None:
    cards_ = cards("Five people died in the air strike on Idlib.", publisher)
    assert {one.outlet_actor for one in cards_} == {actor}
