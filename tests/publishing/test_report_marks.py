"""Highlights: nothing of a text is lost or let through unescaped, wherever spans nest, cross or touch."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.publishing.report.marks import ELIDE_FROM, Mark, markup

_TAG = re.compile(r"<[^>]*>")


def plain(shown: str) -> str:
    return html.unescape(_TAG.sub("", shown))


def mark(start: int, end: int) -> Mark:
    return Mark(start, end, ["claim"], [], f"s-0-{start}-{end}")


def test_a_marked_word_carries_its_id_and_its_note() -> None:
    shown = markup("three killed", [Mark(0, 5, ["toll"], ['killed: "3"'], "s-0-0-5")])
    assert shown == '<span class="m-toll" id="s-0-0-5" title="killed: &#34;3&#34;">three</span> killed'


def test_a_script_in_a_text_is_words() -> None:
    text = "<script>alert(1)</script> & <b>"
    shown = markup(text, [mark(0, 8)])
    assert "<script" not in shown
    assert plain(shown) == text


def test_crossing_spans_are_cut_and_keep_one_id() -> None:
    shown = markup("abcdef", [mark(0, 4), mark(2, 6)])
    assert plain(shown) == "abcdef"
    assert shown.count('id="s-0-2-6"') == 1
    assert shown.count('class="m-claim"') == 3


def test_a_mark_inside_an_arabic_word_adds_no_character() -> None:
    text = "بالرقة"  # in Raqqa, written as one word
    assert plain(markup(text, [mark(1, 6)])) == text


@given(
    st.text(alphabet=st.sampled_from("ab<>&\"'م\n"), max_size=24),
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=8, unique=True),
)
def test_any_spans_give_back_the_text_and_each_id_once(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = sorted({(min(pair), min(max(pair), len(text))) for pair in pairs if min(pair) < len(text)})
    shown = markup(text, [mark(*span) for span in spans])
    assert plain(shown) == text
    assert shown.count("<span") == shown.count("</span>")
    for start, end in spans:
        assert shown.count(f'id="s-0-{start}-{end}"') == 1


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_the_pieces_of_a_mark_cover_its_words(a: int, b: int, c: int, d: int) -> None:
    text = "0123456789"
    one, other = Mark(min(a, b), max(a, b) + 1, ["toll"], []), Mark(min(c, d), max(c, d) + 1, ["place"], [])
    shown = markup(text, [one, other])
    for kind, wanted in (("toll", one), ("place", other)):
        assert covered(shown, kind) == text[wanted.start : wanted.end]


def covered(shown: str, kind: str) -> str:
    """The text inside the elements of one kind."""
    open_kinds: list[bool] = []
    out: list[str] = []
    for piece in re.split(r"(<[^>]*>)", shown):
        if piece.startswith("</"):
            open_kinds.pop()
        elif piece.startswith("<"):
            open_kinds.append(f"m-{kind}" in piece)
        elif any(open_kinds):
            out.append(piece)
    return "".join(out)


def test_the_middle_of_a_very_long_text_is_left_out_and_said() -> None:
    text = "x" * (ELIDE_FROM + 10)
    shown = markup(text, [mark(100, 110)])
    assert len(shown) < len(text) / 10
    assert "characters left out here" in shown
