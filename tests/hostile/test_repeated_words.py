"""One word thousands of times: the reader of tolls takes steps in proportion to the text, and reads it to its end.

Steps are counted, never timed: how often words are counted between two positions, marks listed, and how many were listed.
"""

import re
from collections.abc import Sequence

import pytest

from tests.reading.posts import post, read
from witnessmark.packs.larder import open_larder
from witnessmark.reading.ground import Ground
from witnessmark.reading.layout import lay_out
from witnessmark.reading.toll_marks import Line, Mark
from witnessmark.reading.tolls import tolls
from witnessmark.terms.ports import Entry
from witnessmark.terms.toll import TollMention

REPEATED = [
    "killed ", "3 killed, ", "5 ", "killed-", "killed.\n", "killed,\n", "no information on killed ", "no casualties ",
    "since January, killed, ", "killed and wounded and ", "a man and a woman and ", "killed a man and a woman and ",
    "killed, including 3 children, ", "a boy who had fled, injured, killed, ", "names of the dead:\nkilled\n", "111,",
    "قتل ", "قتيل و", "قتل طفل و", "إصابات أخرى ", "على الأقل ", "مئة و",
]  # fmt: skip


def found_in(text: str) -> tuple[TollMention, ...]:
    """The tolls of a text."""
    larder = open_larder()
    return tolls(lay_out(post(text), larder), larder)


@pytest.mark.parametrize("word", REPEATED)
def test_steps_grow_with_the_text(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0
    words, between = Line.words, Line.between

    def counted(line: Line, start: int, end: int) -> int:
        nonlocal steps
        steps += 1
        return words(line, start, end)

    def listed(line: Line, start: int, end: int) -> Sequence[Mark]:
        nonlocal steps
        found = between(line, start, end)
        steps += 1 + len(found)
        return found

    monkeypatch.setattr(Line, "words", counted)
    monkeypatch.setattr(Line, "between", listed)
    taken = []
    for times in (400, 800):
        steps = 0
        found_in(word * times)
        taken.append(steps)
    assert taken[1] <= 2.1 * taken[0]


@pytest.mark.parametrize("word", ["killed ", "3 killed, ", "قتل ", "قتيل و", "5 "])
def test_a_long_text_of_one_word_is_read(word: str) -> None:
    text = word * (200_000 // len(word))
    found = found_in(text)
    assert bool(found) == (word != "5 ")
    assert all(one.text == text[one.span.start : one.span.end] for one in found)


@pytest.mark.parametrize("word", ["he said: ", "وقالت المصادر ", "according to X, ", "who said "])
def test_the_words_looked_at_for_speakers_grow_with_the_text(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    words = Ground.words

    def counted(ground: Ground, start: int, end: int) -> list[re.Match[str]]:
        nonlocal looked
        found = words(ground, start, end)
        looked += 1 + len(found)
        return found

    monkeypatch.setattr(Ground, "words", counted)
    taken = []
    for times in (1000, 2000):
        looked = 0
        read(word * times)
        taken.append(looked)
    assert taken[1] <= 2.2 * taken[0]


@pytest.mark.parametrize("row", open_larder().rows("furniture"), ids=lambda row: str(row.key)[:30])
def test_no_pattern_of_furniture_begins_with_an_unbounded_run(row: Entry) -> None:
    """Such a pattern is tried at each place of a long run of digits or marks, and reads to its end each time."""
    assert not re.match(r"(?:\[[^\]]*\]|\\[dwsW]|\(\?:[^)]*\))[*+]", row.key) or "\n" in row.key
