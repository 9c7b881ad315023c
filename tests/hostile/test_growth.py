"""Twice the text, twice the steps: of everything an item is read for, whatever its words are made of.

Lines run are counted, never timed: each turn of a loop is one, and so is each turn of a comprehension.
"""

import sys
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from tests.reading.posts import DAY, read

if TYPE_CHECKING:
    from _typeshed import TraceFunction

READING = "witnessmark/reading/"


def steps(text: str) -> int:
    """How many lines of the reading room are run to read a text."""
    count = 0

    def line(_frame: FrameType, event: str, _more: object) -> "TraceFunction":
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _more: object) -> "TraceFunction | None":
        return line if READING in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        read(text, published=DAY)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    ("word", "times"),
    [
        ("حلب ", 1500),  # Aleppo
        ("in Aleppo and ", 1000),
        ("the town of Xaba, ", 1000),
        ("a source told AFP that ", 500),
        ("the coalition said. ", 1000),
        ("coalition ", 4000),
        ('"x," he said. ', 1000),
        ("An airstrike killed 5 civilians. ", 500),
        ("the next day ", 500),
        ("8 May at 10:30, ", 500),
        ("a year ago, in the third quarter of 2016, ", 300),
    ],
)
def test_steps_grow_with_the_text(word: str, times: int) -> None:
    read(word * 10, published=DAY)
    assert steps(word * 2 * times) <= 2.2 * steps(word * times)


def test_steps_grow_with_the_names_of_a_list() -> None:
    names = [f"{a}{b} {c}{d}" for a in "AB" for b in "abcdefghij" for c in "CDEFG" for d in "klmnopqrst"]

    def listed(count: int) -> str:
        dead = " ".join(f"{name} was killed in Aleppo by a mortar shell." for name in names[:count])
        return f"A mortar shell hit Aleppo. {dead}"

    read(listed(10), published=DAY)
    assert steps(listed(800)) <= 2.2 * steps(listed(400))


@pytest.mark.parametrize("word", ["a. ", "U.S. ", "Mr. "])
def test_a_long_text_of_initials_is_read(word: str) -> None:
    """Where a word begins is sought near its end: sought from the head of the text, this takes half an hour."""
    assert not read(word * (1_000_000 // len(word)), published=DAY).claims
