"""Page anatomy: the post, other people's comments and the page's furniture; and captures that hold no post."""

import itertools

import pytest

from tests.reading.posts import post, read, sentences, words
from witnessmark.packs.larder import open_larder
from witnessmark.reading.item import read_item
from witnessmark.reading.page import regions
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Passage

LONG = "Shells fell on the market of the valley town at noon today, and three shops burned to the ground."
# "Shells fell on the market of the town of the valley at noon today, and three shops in the main street burned."
LONG_AR = "سقطت قذائف على سوق بلدة الوادي ظهر اليوم واحترقت ثلاثة متاجر في الشارع الرئيسي."


def roles(item: Item, number: int = 0) -> list[tuple[str, str]]:
    """Role and words of each region of a passage that holds more than blanks."""
    passage = item.passages[number]
    cut = regions(passage, item, open_larder())
    return [
        (one.role, passage.text[one.start : one.end].strip())
        for one in cut
        if passage.text[one.start : one.end].strip()
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Valley Watch's Post\n\n{LONG}\nAll reactions:\n12\nLikeCommentShare\nMost relevant\nGod help them. Nine died.",
        f"{LONG}\nShare\nHome\n\n{LONG}",
        "",
        "\n\n\n",
        LONG_AR,
    ],
)
def test_regions_cover_a_passage_without_gaps(text: str) -> None:
    item = post(text)
    cut = regions(item.passages[0], item, open_larder())
    assert "".join(text[one.start : one.end] for one in cut) == text
    assert all(one.end == other.start for one, other in itertools.pairwise(cut))


def test_a_post_its_buttons_and_its_comments_are_told_apart() -> None:
    text = f"Valley Watch's Post\n\n{LONG}\nAll reactions:\n12\nMost relevant\nNine died there."
    assert roles(post(text)) == [
        ("chrome", "Valley Watch's Post"),
        ("body", LONG),
        ("chrome", "All reactions:\n12\nMost relevant"),
        ("comment", "Nine died there."),
    ]


def test_comments_are_no_sentences_and_yield_no_claim() -> None:
    text = f"Valley Watch's Post\n\n{LONG}\nAll reactions:\n12\nMost relevant\nFive civilians were killed in the airstrike."
    reading = read(text)
    assert sentences(text) == [LONG]
    assert reading.tolls == ()


def test_a_passage_of_comments_is_never_read() -> None:
    comment = Passage(role="comment", text="Five civilians were killed.", selector="comment:1", author="Somebody")
    item = Item(
        address="0" * 64, selector="", kind="post", passages=(Passage(role="body", text=LONG, selector="text"), comment)
    )
    assert roles(item, 1) == [("comment", comment.text)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{LONG}\nShare\nTweet", [LONG]),
        (f"{LONG}\nRelated Articles\nA football match ended in a draw.", [LONG]),
        (f"{LONG_AR}\nاقرأ أيضا\nانتهت المباراة بالتعادل.", [LONG_AR]),  # read also: the match ended in a draw
        (f"{LONG}\nAll rights reserved. Valley Watch 2017", [LONG]),
        (f"{LONG} https://t.co/abc123 pic.twitter.com/xyz", [LONG]),
        (f"Related Articles\n{LONG}", [LONG]),  # above a first paragraph it heads a menu
        (f"{LONG}\n{LONG}", [LONG]),  # said twice in the same words
    ],
)  # fmt: skip
def test_furniture_is_not_read(text: str, left: list[str]) -> None:
    assert [one for one in sentences(text) if len(one) > 20] == left


def test_lines_above_the_pages_own_headline_are_a_ticker() -> None:
    title = "Market burns in the valley town"
    text = f"Rain expected on Tuesday\nPrices of bread rise again\n{title}\n{LONG}"
    assert sentences(text, title=title) == [title, title, LONG]


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Market burns in the valley town | Valley Watch", "Market burns in the valley town"),
        ("Market burns in the valley town - Valley Watch", "Market burns in the valley town"),
        ('Valley Watch on X: "Market burns in the valley town" / X', "Market burns in the valley town"),
        ("Valley Watch - Market burns in the valley town", "Market burns in the valley town"),
        ("Market burns in the valley town Market burns in the valley town", "Market burns in the valley town"),
    ],
)  # fmt: skip
def test_a_title_loses_its_site_and_its_poster(title: str, left: str) -> None:
    assert sentences("", title=title, publisher="Valley Watch") == [left]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This content isn't available right now", "error page"),
        ("هذا المحتوى غير متوفر الآن", "error page"),  # this content is not available now
        ("Valley Watch\nYou must log in to continue.", "login wall"),
        ("Just a moment...\nVerifying you are human. This may take a few seconds.", "check for robots"),
        ("Enable JavaScript and cookies to continue", "script wall"),
        ("Video unavailable", "error page"),
        ("Facebook", "an empty shell"),
        ("Valley Watch's Post\n\nAll reactions:\n12\nMost relevant\nGod help them", "an empty shell"),
    ],
)  # fmt: skip
def test_an_empty_capture_is_flagged_with_the_words_that_showed_it(text: str, kind: str) -> None:
    item = post(text, publisher="Valley Watch")
    found = read(text, publisher="Valley Watch").unreadable
    assert found is not None
    assert found.kind == kind
    assert found.span is not None
    assert words(item, found.span).startswith(found.words)
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        LONG_AR,
        "Raqqa burns",  # short, but all of it its author's
        "قصف",  # shelling
        f"{LONG}\nPlease log in to comment.",  # a wall beside a whole post
        "12 killed",
    ],
)
def test_a_post_is_a_post_however_short(text: str) -> None:
    assert read(text).unreadable is None


def test_the_body_of_an_empty_capture_is_not_read_but_its_title_is() -> None:
    title = "Three civilians were killed in an airstrike on the town"
    reading = read("This page isn't available right now. Nine were killed.", title=title)
    assert reading.unreadable is not None
    assert [(one.kind, one.count.pair if one.count else None) for one in reading.tolls] == [("killed", (3, 3))]
    assert [one.passage for one in reading.sentences] == [0]


def test_a_picture_without_words_is_not_empty() -> None:
    caption = Passage(role="caption", text="", selector="caption")
    for passages in ((), (caption,)):
        item = Item(address="0" * 64, selector="", kind="picture", passages=passages)
        assert read_item(item, open_larder()).unreadable is None
