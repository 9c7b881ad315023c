"""Copies of text: exact, near, one inside another, captures and edits of one post; in a star, and never among short texts."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.cards import sketch
from witnessmark.terms.anchor import Span
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sketch import Sketch, unpacked
from witnessmark.tracing.shingles import LEAST_WORDS, signature
from witnessmark.tracing.stretches import Wording
from witnessmark.tracing.texts import Counted, likenesses
from witnessmark.tracing.wording import compared

POST = (
    "shells fell on the market of the valley town at noon and three shops burned to the ground while people who had come "
    "to buy bread ran towards the river and the mill where others were waiting for news of their children"
)
OTHER = "the council of the hill opened a new bridge today and the mayor thanked all who had worked on it through the winter"

Texts = dict[str, str]


def traced(texts: Texts, **more: Mapping[str, object]) -> list[Likeness]:
    """Likenesses of items by their words; ``more``: fields of a sketch by item."""
    return likenesses([_sketch(item, words, **more.get(item, {})) for item, words in texts.items()], _words_of(texts))


def wording(text: str) -> Wording:
    found = compared(text)
    return Wording([word for word, _, _ in found], [(0, start, end) for _, start, end in found])


def _sketch(item: str, text: str, **more: object) -> Sketch:
    words = wording(text).words
    signed = signature(words)
    given = {"digest": signed.digest, "count": len(words), "minhash": unpacked(signed.minhash), "marks": signed.marks}
    return sketch(item, **{**given, "publisher": item, **more})


def _words_of(texts: Texts) -> Callable[[Sequence[str]], dict[str, Wording]]:
    return lambda items: {item: wording(texts[item]) for item in items}


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

    def words_of(items: Sequence[str]) -> dict[str, Wording]:
        asked.append(len(items))
        return {item: wording(texts[item]) for item in items}

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
def test_a_signature_hangs_on_the_words_alone(words: list[str]) -> None:
    assert signature(words) == signature(list(words))
    assert not (signature(words).minhash and len(words) < LEAST_WORDS)
    assert bool(signature(words).minhash) == bool(signature(words).marks)


LONGER = (
    f"the agency wrote in the evening of the day that followed {POST} and it added that the road to the hill was closed by "
    "the guard since the morning while lorries with flour waited at the bridge for the second day without any word"
)


def test_a_post_inside_a_longer_text_is_contained_in_it_and_not_the_other_way_round() -> None:
    (found,) = traced({"a": LONGER * 2, "b": POST})
    assert (found.one, found.other, found.manner, found.holder) == ("a", "b", "contained", "a")
    assert found.resemblance == 1.0
    assert f"100% of its {len(POST.split())} words" in found.why


def test_the_stretch_is_told_in_both_texts_as_given() -> None:
    one = f"«The agency», {POST.upper()}!"
    other = LONGER * 2
    (found,) = traced({"a": one, "b": other})
    (stretch,) = found.stretches
    assert one[stretch.one.start : stretch.one.end].lower() == POST
    assert other[stretch.other.start : stretch.other.end] == POST


def test_a_claim_outside_the_stretch_is_not_copied() -> None:
    text = LONGER * 2
    (found,) = traced({"a": text, "b": POST})
    start = text.index("three shops burned")
    assert found.copied("a", Span(passage=0, start=start, end=start + 30))
    start = text.index("the road to the hill")
    assert not found.copied("a", Span(passage=0, start=start, end=start + 30))
    assert found.copied("b", Span(passage=0, start=0, end=30))
    assert not found.copied("b", Span(passage=1, start=0, end=30))


def test_words_changed_inside_leave_one_stretch() -> None:
    changed = POST.replace("three shops", "four stalls")
    (found,) = traced({"a": changed, "b": LONGER * 2})
    assert found.manner == "contained"
    assert len(found.stretches) == 1


def test_a_thread_copied_into_one_post_holds_each_of_its_posts() -> None:
    thread = {f"p{at}": f"{POST} part {at} {' '.join(f'word{at}x{more}' for more in range(20))}" for at in range(4)}
    parts = {name: " ".join(text.split()[-22:]) for name, text in thread.items()}
    found = traced({**parts, "z": " ".join(parts.values())})
    assert {(one.one, one.holder) for one in found} == {(name, "z") for name in parts}


PRAYER = "we belong to god and to god we return may he have mercy on them and heal the wounded"


def _praying(count: int, weeks: int, prayer: str = PRAYER) -> tuple[Texts, dict[str, dict[str, object]]]:
    texts = {f"i{at:03d}": f"{prayer} {' '.join(f'w{at}y{more}' for more in range(40))}" for at in range(count)} | {
        "p": prayer
    }
    days = [f"2017-{1 + at % weeks // 4:02}-{1 + 7 * (at % weeks % 4):02}" for at in range(count)]
    return texts, {item: {"published": day} for item, day in zip(texts, [*days, "2017-01-01"], strict=True)}


def test_a_prayer_that_everybody_writes_ties_nobody() -> None:
    for count, weeks in ((30, 1), (10, 8)):
        texts, when = _praying(count, weeks)
        assert traced(texts, **when) == []


def test_a_long_text_that_sixty_papers_print_in_a_week_is_found_in_each() -> None:
    texts, when = _praying(60, 1, f"{POST} and a man who saw it")
    found = traced(texts, **when)
    assert {one.manner for one in found} == {"contained"}
    assert len(found) == 60
    assert {"p" in (one.one, one.other) for one in found} == {True}


def test_what_one_publisher_writes_under_all_its_posts_is_its_furniture() -> None:
    texts, when = _praying(6, 1)
    same = {item: {**fields, "publisher": "channel"} for item, fields in when.items()}
    assert traced(texts, **same) == []
    assert traced(texts, **when) != []


def test_a_post_written_around_a_filter_is_a_copy() -> None:
    plain = "قصفت الطائرات سوق المدينة ظهر اليوم وأدى القصف إلى مقتل سبعة مدنيين بينهم طفلان وجرح عشرة آخرين"  # planes shelled a market
    dodged = plain.replace("قصفت", "قـ.ـصفت").replace("الطائرات", "الط.ائرات").replace("القصف", "الق\u200bصف")
    dodged = (
        dodged.replace("مقتل", "م*قتل").replace("مدنيين", "مدنـيين").replace("سبعة", "سب3ة") + " 💔💔 https://t.me/x/1"
    )
    (found,) = traced({"a": plain, "b": f"{dodged} #one #two #three"})
    assert found.manner in ("exact", "near")
    assert found.resemblance == 1.0


def test_letter_forms_marks_and_digits_of_either_script_are_the_same_words() -> None:
    arabic = "أُصيبَ ٧ أشخاص في مدينة الرقة بقصف على السوق القديم يوم أمس"  # seven hurt in the old market
    persian = "اصیب 7 اشخاص فی مدینه الرقه بقصف علی السوق القدیم یوم امس"
    assert pairs(traced({"a": arabic, "b": persian})) == [("a", "b", "exact")]


def test_arabic_without_its_dots_is_a_copy_yet_not_the_same_words() -> None:
    dotted = "قصفت الطائرات سوق المدينة ظهر اليوم وأدى القصف إلى مقتل سبعة مدنيين وجرح عشرة"
    without = dotted.translate(str.maketrans("قفتينبجخشغظضذز", "ٯڡٮىٮٮححسعطصدر"))
    assert pairs(traced({"a": dotted, "b": without})) == [("a", "b", "near")]


def test_what_was_counted_is_not_counted_again() -> None:
    texts = {"a": LONGER * 2, "b": POST, "c": f"breaking {POST}", "d": OTHER}
    sketches = [_sketch(item, words) for item, words in texts.items()]
    counted: Counted = {}
    first = likenesses(sketches, _words_of(texts), counted)

    def none(items: Sequence[str]) -> dict[str, Wording]:
        raise AssertionError(f"asked again for {items}")

    assert likenesses(sketches, none, counted) == first
    assert len(counted) == len(first)
