"""Translated copies: most facts in order, and some that not any report of the event would have; place, day and toll alone never."""

from collections.abc import Sequence

from tests.incidents.cards import sketch
from witnessmark.terms.fact import Fact, FactKind, packed, unpacked
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sketch import Sketch
from witnessmark.tracing.translated import candidates, share, told, translated, translations

WEIGHTS: dict[FactKind, int] = {"place": 16, "day": 6, "toll": 12, "figure": 12, "name": 18, "means": 4, "hour": 12}


def fact(kind: FactKind, key: str) -> Fact:
    return Fact(kind=kind, keys=(f"{kind} {key}",), weight=WEIGHTS[kind], words=key)


EVENT = [fact("place", "mill-town"), fact("day", "2017-06-03"), fact("toll", "killed 12"), fact("toll", "children 5")]
DETAILS = [fact("figure", "8 shops"), fact("hour", "02:30"), fact("place", "hill-village"), fact("name", "nadir")]


def text(item: str, language: str, facts: Sequence[Fact], **more: object) -> Sketch:
    return sketch(item, language=language, facts=packed(facts), count=30, **more)


def found(*texts: Sketch) -> list[Likeness]:
    labels = {one.item: [f"{one.language}{at}" for at, _ in enumerate(unpacked(one.facts))] for one in texts}
    return translations(texts, lambda items: {item: labels[item] for item in items})


def test_the_same_facts_in_the_same_order_are_suggested_with_their_words() -> None:
    (one,) = found(text("a", "ar", EVENT + DETAILS), text("b", "en", EVENT + DETAILS))
    assert (one.one, one.other, one.manner, one.resemblance) == ("a", "b", "translated", 1.0)
    assert "8 facts in the same order" in one.why
    assert "ar0 = en0; ar1 = en1" in one.why
    assert one.holder is None


def test_place_day_and_toll_are_no_sign_of_it() -> None:
    more = [fact("means", "aircraft"), fact("toll", "injured 20")]
    assert found(text("a", "ar", EVENT + more), text("b", "en", EVENT + more)) == []


def test_a_report_with_details_of_its_own_is_none() -> None:
    own = [fact("figure", "35 beds"), fact("name", "salim"), fact("place", "river-town")]
    assert found(text("a", "ar", EVENT + DETAILS), text("b", "en", EVENT + own)) == []


def test_the_same_facts_in_another_order_are_none() -> None:
    facts = EVENT + DETAILS
    assert found(text("a", "ar", facts), text("b", "en", facts[::-1])) == []


def test_a_part_translated_needs_more_that_tells() -> None:
    rest = [fact("figure", f"{at} sheep") for at in range(30, 36)]
    assert found(text("a", "ar", EVENT + DETAILS + rest), text("b", "en", EVENT + DETAILS)) != []
    plain = EVENT + DETAILS[:1] + [fact("means", "aircraft")]
    assert found(text("a", "ar", plain + rest), text("b", "en", plain)) == []


def test_texts_of_one_language_are_never_held_against_each_other() -> None:
    assert found(text("a", "ar", EVENT + DETAILS), text("b", "ar", EVENT + DETAILS)) == []


def test_texts_weeks_apart_are_none() -> None:
    one = text("a", "ar", EVENT + DETAILS, published="2017-06-03")
    assert found(one, text("b", "en", EVENT + DETAILS, published="2017-06-10")) != []
    assert found(one, text("b", "en", EVENT + DETAILS, published="2017-08-03")) == []


def test_of_several_the_one_that_shares_most_is_suggested() -> None:
    whole, less = EVENT + DETAILS, EVENT + DETAILS[:3]
    (one,) = found(text("a", "ar", whole), text("b", "en", less), text("c", "en", whole))
    assert (one.one, one.other) == ("a", "c")


def test_what_hundreds_share_brings_nobody_together() -> None:
    """Two hundred reports of one event in each language: none is held against all."""
    texts = [
        text(f"{language}{at:03}", language, [*EVENT, fact("figure", f"{at} x")])
        for language in ("ar", "en")
        for at in range(200)
    ]
    assert list(candidates(texts)) == []
    assert found(*texts) == []


def test_facts_are_packed_and_come_back_in_order() -> None:
    facts = [Fact(kind="place", keys=("a", "b", "c", "d"), weight=16, words="x"), fact("name", "nadir")]
    first, second = unpacked(packed(facts))
    assert (first.kind, first.weight, len(first.keys)) == ("place", 16, 3)
    assert second.kind == "name"


def test_sharing_is_the_same_from_either_side() -> None:
    one, other = told(text("a", "ar", EVENT + DETAILS)), told(text("b", "en", EVENT + DETAILS[:2]))
    mine, theirs = share(one, other), share(other, one)
    assert (mine.one, mine.other, mine.telling) == (theirs.other, theirs.one, theirs.telling)
    assert translated(mine) == translated(theirs)
