"""Many copies, formulas, texts of one word, a text of a megabyte, words made to collide: found or passed over, in steps that grow with them.

Comparisons are counted, never timed: pairs held against each other, and shingles looked at.
"""

from collections.abc import Sequence

import pytest

from tests.incidents.cards import sketch
from tests.tracing.test_texts import wording
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sketch import Sketch, unpacked
from witnessmark.tracing import contained, near
from witnessmark.tracing.shingles import LEAST_WORDS, hashes, signature
from witnessmark.tracing.stretches import Wording, common, ready
from witnessmark.tracing.texts import Counted, likenesses
from witnessmark.tracing.wording import compared

POST = "shells fell on the market of the valley town at noon and three shops burned to the ground while people ran to the river"


def found(texts: dict[str, str], **more: object) -> tuple[list[Likeness], Counted]:
    """Likenesses, and what was counted on the way."""
    wordings = {item: wording(text) for item, text in texts.items()}
    counted: Counted = {}
    sketches = [_sketch(item, told, more) for item, told in wordings.items()]
    return likenesses(sketches, lambda items: {item: wordings[item] for item in items}, counted), counted


def _sketch(item: str, told: Wording, more: dict[str, object]) -> Sketch:
    signed = signature(told.words)
    given = {
        "digest": signed.digest,
        "count": len(told.words),
        "minhash": unpacked(signed.minhash),
        "marks": signed.marks,
    }
    return sketch(item, **{**given, "publisher": item, **more})


def copies(count: int) -> dict[str, str]:
    """One post with another tail in each copy."""
    return {f"i{at:05}": f"{POST} tail{at} more{at}" for at in range(count)}


@pytest.mark.parametrize("many", [10, 100])
def test_pairs_grow_with_the_copies(many: int) -> None:
    texts = copies(10 * many)
    alike, counted = found(texts)
    assert len(counted) <= 2 * len(texts)
    assert len(alike) <= 1.1 * len(texts)
    assert {one.other for one in alike} == set(texts) - {"i00000"}


def test_the_very_same_text_a_thousand_times_is_a_star_without_a_comparison() -> None:
    alike, counted = found(dict.fromkeys((f"i{at:04}" for at in range(1000)), POST))
    assert counted == {}
    assert len(alike) == 999
    assert {one.one for one in alike} == {"i0000"}


def test_many_texts_that_hold_many_posts_are_each_held_against_few() -> None:
    parts = [" ".join(f"w{part}x{at}" for at in range(30)) for part in range(60)]
    texts = {f"p{at:03}": part for at, part in enumerate(parts)}
    texts |= {f"z{at:03}": " ".join(parts[(at + step) % 60] for step in range(0, 40, 2)) for at in range(60)}
    _, counted = found(texts)
    assert len(counted) <= 60 * (contained._HELD + near._BEST)


def test_texts_of_one_word_over_and_over_are_alike_exactly_or_not_at_all() -> None:
    texts = {f"i{at}": "bombs " * (at + 9) for at in range(50)} | {"x": "bombs " * 9}
    alike, counted = found(texts)
    assert counted == {}
    assert [(one.one, one.other, one.manner) for one in alike] == [("i0", "x", "exact")]


@pytest.mark.parametrize("word", ["bombs ", "a b ", "قصف ", "one two three four five six seven eight nine ten "])
def test_a_megabyte_of_the_same_words_takes_steps_that_grow_with_it(word: str) -> None:
    long = wording(word * (1_000_000 // len(word)))
    assert len(signature(long.words).marks) <= 4 * len(word.split())
    shared = common(ready(long), ready(wording(f"{POST} {word * 30}")), 0.1)
    assert shared.shared <= 2 + len(word.split())
    assert len(shared.stretches) <= 64


def test_a_megabyte_that_holds_a_post_is_found_to_hold_it() -> None:
    long = " ".join(f"word{at}" for at in range(60_000)) + f" {POST} " + " ".join(f"tail{at}" for at in range(60_000))
    alike, _ = found({"a": long, "b": POST})
    (one,) = alike
    assert (one.manner, one.holder, one.resemblance) == ("contained", "a", 1.0)
    (stretch,) = one.stretches
    assert long[stretch.one.start : stretch.one.end] == POST


def test_shingles_shared_by_chance_of_their_numbers_tie_nobody() -> None:
    """Marks hold 32 bits: texts made so that these meet share no words, and nothing comes of it."""
    texts = {f"i{at}": " ".join(f"w{at}x{one}" for one in range(40)) for at in range(2)}
    wordings = {item: wording(text) for item, text in texts.items()}
    forged = signature(wordings["i0"].words)
    sketches = [
        sketch(item, digest=item, count=40, minhash=unpacked(forged.minhash), marks=forged.marks, publisher=item)
        for item in texts
    ]
    assert likenesses(sketches, lambda items: {item: wordings[item] for item in items}) == []


@pytest.mark.parametrize(
    "text",
    ["", " ", "\ufffd" * 50, "\u200b" * 5000, "🔴" * 5000, "#" * 5000, "@" * 5000, "." * 5000, "ـ" * 5000, "a." * 20_000, "#a " * 20_000,
     "a " * 20_000, "1" * 100_000, "ا1" * 20_000, "http://" * 5000, "a.com" * 20_000, "a.b" * 20_000, "x-" * 30_000, "\ud800 a b c"],
)  # fmt: skip
def test_whatever_a_text_is_made_of_its_words_stand_in_it(text: str) -> None:
    told = compared(text)
    assert all(0 <= start < end <= len(text) for _, start, end in told)
    assert [start for _, start, _ in told] == sorted(start for _, start, _ in told)
    signed = signature([word for word, _, _ in told])
    assert bool(signed.minhash) <= (len(told) >= LEAST_WORDS)
    assert len(hashes([word for word, _, _ in told])) == max(0, len(told) - 2)


def _pieces(words: Sequence[str], size: int) -> list[str]:
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


def test_a_text_cut_into_posts_holds_each_of_them() -> None:
    words = [f"w{at}" for at in range(40 * 30)]
    texts = {f"p{at:02}": piece for at, piece in enumerate(_pieces(words, 30))} | {"z": " ".join(words)}
    alike, _ = found(texts)
    assert {(one.one, one.holder) for one in alike} == {(f"p{at:02}", "z") for at in range(40)}
