"""Copies of text: exact, near, captures and edits of one post; in a star, and never among short texts."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.cards import sketch
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sketch import Sketch
from witnessmark.tracing.texts import LEAST_WORDS, digest_and_minhash, likenesses, shingles

POST = (
    "shells fell on the market of the valley town at noon and three shops burned to the ground while people who had come "
    "to buy bread ran towards the river and the mill where others were waiting for news of their children"
)
OTHER = "the council of the hill opened a new bridge today and the mayor thanked all who had worked on it through the winter"

Texts = dict[str, str]


def traced(texts: Texts, **more: Mapping[str, object]) -> list[Likeness]:
    """Likenesses of items by their words; ``more``: fields of a sketch by item."""
    return likenesses([_sketch(item, words, **more.get(item, {})) for item, words in texts.items()], _words_of(texts))


def _sketch(item: str, text: str, **more: object) -> Sketch:
    digest, minhash = digest_and_minhash(text.split())
    return sketch(item, **{"digest": digest, "count": len(text.split()), "minhash": minhash, **more})


def _words_of(texts: Texts) -> Callable[[Sequence[str]], dict[str, list[str]]]:
    return lambda items: {item: texts[item].split() for item in items}


def pairs(found: Sequence[Likeness]) -> list[tuple[str, str, str]]:
    return [(one.one, one.other, one.manner) for one in found]


def test_the_same_words_in_the_same_order_are_exact() -> None:
    found = traced({"a": POST, "b": POST, "c": OTHER})
    assert pairs(found) == [("a", "b", "exact")]
    assert found[0].resemblance == 1.0
    assert f"{len(POST.split())} words" in found[0].why


def test_other_hashtags_and_another_first_line_are_near() -> None:
    found = traced({"a": POST, "b": f"breaking now {POST} valley help"})
    assert pairs(found) == [("a", "b", "near")]
    assert 0.55 <= found[0].resemblance < 1
    assert "runs of three words" in found[0].why


def test_a_post_passed_on_by_hundreds_is_a_copy_in_each() -> None:
    """Beyond some number they were once taken for furniture, and each for an origin of its own."""
    asked: list[int] = []
    texts = {f"{at:04d}": f"{POST} {at}" for at in range(600)} | {f"x{at:03d}": f"{POST} 0" for at in range(600)}

    def words_of(items: Sequence[str]) -> dict[str, list[str]]:
        asked.append(len(items))
        return {item: texts[item].split() for item in items}

    found = likenesses([_sketch(item, words) for item, words in texts.items()], words_of)
    assert {other for one in found for other in (one.one, one.other)} == set(texts)
    assert {one.one for one in found} == {"0000"}
    assert max(asked) <= 401
    assert sum(asked) < 1000


def test_different_matter_is_not_alike() -> None:
    assert traced({"a": POST, "b": OTHER}) == []


def test_the_same_words_in_another_order_are_no_copy() -> None:
    assert traced({"a": POST, "b": " ".join(sorted(POST.split()))}) == []


def test_short_texts_are_compared_exactly_only() -> None:
    short = "shells fell on the market at noon"
    assert len(short.split()) < LEAST_WORDS
    assert traced({"a": short, "b": f"{short} again"[: len(short)] + "s"}) == []
    assert pairs(traced({"a": short, "b": short})) == [("a", "b", "exact")]


def test_one_or_two_words_are_everybodys() -> None:
    assert traced({"a": "god help", "b": "god help"}) == []


def test_items_without_words_are_no_copies_of_each_other() -> None:
    assert traced({"a": "", "b": ""}) == []


def test_one_post_captured_again_and_edited() -> None:
    native: dict[str, object] = {"native": "telegram:valley:12"}
    again = traced({"a": POST, "b": POST}, a=native, b=native)
    assert pairs(again) == [("a", "b", "same-post")]
    edit = traced({"a": POST, "b": OTHER}, a=native, b=native)
    assert pairs(edit) == [("a", "b", "edit")]


def test_two_posts_of_one_platform_are_no_captures_of_each_other() -> None:
    assert traced({"a": POST, "b": OTHER}, a={"native": "telegram:valley:12"}, b={"native": "telegram:valley:13"}) == []


def test_an_unreadable_capture_is_no_copy() -> None:
    assert traced({"a": POST, "b": POST}, b={"readable": False}) == []


def test_copies_stand_in_a_star_around_the_earliest() -> None:
    texts = {f"item-{number}": POST for number in range(6)}
    when = {item: {"published": f"2017-06-{12 - number:02}"} for number, item in enumerate(texts)}
    found = traced(texts, **when)
    assert len(found) == 5
    assert {("item-5" in (one.one, one.other)) for one in found} == {True}


def test_an_undated_copy_is_never_the_centre_of_dated_ones() -> None:
    found = traced({"a": POST, "b": POST, "c": POST}, b={"published": "2017-06-11"}, c={"published": "2017-06-12"})
    assert {"b" in (one.one, one.other) for one in found} == {True}


def test_near_copies_stand_in_a_star_too() -> None:
    texts = {f"item-{number}": f"{POST} tail number {number}" for number in range(6)}
    assert len(traced(texts)) < len(list(combinations(texts, 2)))
    assert {item for one in traced(texts) for item in (one.one, one.other)} == set(texts)


@given(st.permutations(["a", "b", "c", "d", "e"]))
@settings(max_examples=30, deadline=None)
def test_the_order_of_input_never_matters(order: list[str]) -> None:
    texts = {"a": POST, "b": POST, "c": f"breaking {POST}", "d": OTHER, "e": OTHER}
    assert traced({item: texts[item] for item in order}) == traced(texts)


@given(st.lists(st.text(min_size=1, max_size=5), max_size=40))
def test_a_minhash_hangs_on_the_words_alone(words: list[str]) -> None:
    digest, minhash = digest_and_minhash(words)
    assert (digest, minhash) == digest_and_minhash(list(words))
    assert bool(minhash) == (len(words) >= LEAST_WORDS)
    assert len(shingles(words)) <= max(0, len(words) - 2)
