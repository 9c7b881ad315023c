"""Matter of other pages within a page: headings, where the text goes on below them, links within it, and cards."""

import pytest

from tests.reading.posts import post, sentences
from witnessmark.packs.larder import open_larder
from witnessmark.reading.layout import lay_out
from witnessmark.reading.related import cards

TITLE = "Shelling of a market in Zarhal kills two traders"
FIRST = "Shelling of a market in Zarhal on Monday killed two traders and hurt a third, medics in the town said."
MORE = (
    "Doctors at the clinic of Zarhal said that they had treated eleven others for cuts and burns.",
    "The market had opened an hour before, and two of its halls were full when the shells fell.",
    "Nobody has said who fired, and the traders of the town have asked for a truce on days of market.",
)
OTHERS = ("Bus crash in Marin leaves 25 dead and 44 hurt", "Minister visits flooded villages in the south")
TITLE_AR = "مقتل تاجرين بقصف على سوق بلدة زرحل"  # two traders killed by shelling of the market of Zarhal
FIRST_AR = "قتل تاجران وأصيب ثالث اليوم الاثنين بقصف مدفعي على سوق بلدة زرحل، بحسب مسعفين في البلدة."
MORE_AR = (
    "وقال أطباء في البلدة إنهم عالجوا أحد عشر شخصا آخرين من جروح وحروق أصيبوا بها في السوق.",
    "وكان السوق قد فتح أبوابه قبل ساعة من القصف، وامتلأت صالتان من صالاته بأهالي بلدة زرحل.",
    "ولم يعرف بعد مصدر القصف، وطالب تجار البلدة بهدنة في أيام السوق على الأقل حتى نهاية الشهر.",
)


def read(*lines: str, title: str = TITLE) -> list[str]:
    return [one for one in sentences("\n\n".join(lines), title=title, kind="page") if one != title]


@pytest.mark.parametrize("heading", ["Recommended Stories", "Related Articles", "READ MORE", "You may also like"])
def test_the_text_goes_on_below_a_box_of_links(heading: str) -> None:
    assert read(FIRST, heading, *OTHERS, *MORE) == [FIRST, *MORE]


def test_the_text_goes_on_below_a_box_of_links_in_arabic() -> None:
    box = ("اقرأ المزيد", "حادث حافلة في مارين")  # read more; a bus crash in Marin
    assert read(FIRST_AR, *box, *MORE_AR, title=TITLE_AR) == [FIRST_AR, *MORE_AR]


def test_a_second_heading_below_the_rest_of_the_text_covers_what_follows() -> None:
    assert read(FIRST, "Related", "Related Stories", OTHERS[0], *MORE, "Most read", *OTHERS)[-1] == MORE[-1]


def test_a_box_above_the_only_text_of_a_page_leaves_it() -> None:
    # The text has few words of the title: it is the page's own because nothing else is.
    told = ("Medics in the town spoke of a long night and of many wounded people.", *MORE[1:])
    assert read(
        "Comments on Shelling of a market in Zarhal kills two traders are closed", "Related Posts", *OTHERS, *told
    ) == [
        "Comments on Shelling of a market in Zarhal kills two traders are closed",
        *told,
    ]


@pytest.mark.parametrize(
    "other",
    [
        # the next article of an endless page: its headline was in the list
        (
            "Market of Marin shelled for a third day",
            OTHERS[1],
            "Market of Marin shelled for a third day",
            "Shells fell in Marin on Tuesday, and two people of the town were killed in its market.",
            "Three shops of traders burned to the ground before anyone came to help the people of the street.",
            "A school beside the market was closed, and its pupils were sent home before noon by bus.",
        ),
        # or is told by the first sentences below it
        (
            "Flooded villages in the south of Marin to be moved uphill",
            "The flooded villages in the south of Marin are to be moved uphill before the next winter.",
            "Two traders of the north have offered lorries for what has to be carried on the way.",
            "The minister said at a market that nobody would have to leave a house without another one.",
        ),
        # summaries of other pages, one sentence each
        (OTHERS[0], "A bus of traders on the road to the market fell from a bridge, and 25 people died.", OTHERS[1]),
    ],
)
def test_another_article_below_such_a_heading_is_not_read(other: tuple[str, ...]) -> None:
    assert read(FIRST, *MORE, "Most read", *other) == [FIRST, *MORE]


def test_a_comment_form_is_left_where_it_stands() -> None:
    assert read(FIRST, "Leave a comment", *MORE) == [FIRST]


@pytest.mark.parametrize(
    "link",
    [
        "اقرأ أيضاً: قتلى وجرحى بقصف على مارين",  # read also: dead and wounded in shelling of Marin
        "إقرأ أيضًا.. قصف على مارين يوقع قتلى",  # the same
        "اقرأ المزيد: قصف على مارين يوقع قتلى",  # read more: …
        "شاهد أيضا: قصف على مارين يوقع قتلى",  # see also: …
        "Read More: Nine killed by shelling of Marin",
        "Read more: Shelling of Marin.. nine killed",
        "RELATED: Nine killed by shelling of Marin",
        "See also - Nine killed by shelling of Marin",
        "list 2 of 4Nine killed by shelling of Marin",
    ],
)
def test_a_link_within_an_article_is_not_read(link: str) -> None:
    assert read(FIRST, link, *MORE) == [FIRST, *MORE]


@pytest.mark.parametrize(
    "line",
    [
        "شاهد آخر قال إن القذائف سقطت على السوق قبل الظهر.",  # another witness said that the shells fell before noon
        "Read also were the names of the dead, at noon. Nobody spoke.",
        "Related groups said that the market had been hit twice before.",
        "اشترك في الهجوم ثلاثة مسلحين من خارج البلدة.",  # three gunmen took part in the attack
    ],
)
def test_a_sentence_that_begins_with_such_words_is_read(line: str) -> None:
    assert line.split(". ", maxsplit=1)[0].rstrip(".") in " ".join(read(FIRST, line, *MORE))


def doubled(*headlines: str) -> str:
    return "\n\n".join(f"{one}\n\n{one}" for one in headlines)


CARDS = ("Bus crash in Marin leaves 25 dead", "Nine killed as a building falls in Qarwan", "Prices of bread rise again")


def covered(text: str) -> str:
    return "".join(text[start:end] for start, end in cards(text, TITLE, 0))


def test_a_row_of_cards_below_an_article_is_not_its_own() -> None:
    article = "\n\n".join((FIRST, *MORE)) + "\n\n"
    assert covered(article + doubled(*CARDS)) == doubled(*CARDS)
    summed = "\n\n".join(f"{one}\n\n{one} on Friday, said one.\n\n{one}\n\n{one} on Friday, said one." for one in CARDS)
    assert covered(article + summed) == summed
    glued = "\n\n".join(f"{one}The governor said so on Friday …\n\n{one}" for one in CARDS)
    assert covered(article + glued) == glued


@pytest.mark.parametrize(
    "text",
    [
        doubled(FIRST, *MORE),  # a page that says each of its paragraphs twice
        FIRST + "\n\n" + doubled(*CARDS[:2]),  # two are no row
        FIRST + "\n\n" + doubled(*CARDS) + "\n\n" + "\n\n".join(MORE),  # pictures' captions: the article goes on
        FIRST + "\n\n" + doubled(*(f"{one} (@valleyrescue)" for one in CARDS)),  # posts shown within it
    ],
)
def test_what_an_article_says_twice_stays(text: str) -> None:
    assert covered(text) == ""


def test_a_paragraph_that_begins_like_the_title_is_not_the_headline() -> None:
    caption = "The market of Zarhal after the shelling, seen from its northern gate"
    text = (caption, "Save", FIRST, *MORE)
    assert read(*text)[0] == caption


def test_days_of_other_pages_do_not_date_this_one() -> None:
    text = "\n\n".join((FIRST, *(f"{one}\n\n12 June 2021\n\n{one}" for one in CARDS)))
    dated = lay_out(post(text, title=TITLE, kind="page"), open_larder())
    assert dated.publication.basis == "unresolved"


@pytest.mark.parametrize("mark", ["End of Most read", "end of list", "الأكثر قراءة نهاية"])  # end of most read
def test_a_box_that_says_where_it_ends_is_not_read(mark: str) -> None:
    assert read(FIRST, *OTHERS, "Who pays for the bridge?", mark, *MORE) == [FIRST, *MORE]
