"""Headlines of other pages, below an article or beside its title, are not its words."""

import pytest

from tests.reading.posts import read
from witnessmark.reading.headlines import BELOW, BESIDE, others
from witnessmark.terms.script import key

TITLE = "Shelling of a market in Zarhal kills two"
ARTICLE = (
    "Shelling of a market in Zarhal on Monday killed two people and hurt a third, medics in the town said.\n\n"
    "Doctors at the clinic of Zarhal said that they had treated eleven others for cuts and burns.\n\n"
)
HEADLINES = (
    "Bus crash in Marin leaves 25 dead and 44 injured\n\nMinister visits flooded villages in the south\n\n"
    "Nine killed as building collapses in Qarwan\n\nPrices of bread rise for the third week\n\n"
)


def marked(text: str, title: str = TITLE) -> str:
    return "".join(text[start:end] for start, end, _ in others(text, title, 0, frozenset()))


def test_a_row_of_headlines_below_an_article_is_not_its_own() -> None:
    assert marked(ARTICLE + HEADLINES).split("\n\n") == HEADLINES.strip().split("\n\n")
    assert {why for _, _, why in others(ARTICLE + HEADLINES, TITLE, 0, frozenset())} == {BELOW}


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        ARTICLE + HEADLINES.split("\n\n", maxsplit=1)[0],  # one line alone is no row
        ARTICLE + "- two killed in Zarhal\n- one hurt in Marin\n- houses burnt in Qarwan\n",  # a list of its own
        ARTICLE
        + "Three of the dead were children.\n\nNobody claimed the strike.\n\n"
        + "Ten were hurt in Marin.\n\n" * 2,
        ARTICLE + "The dead were named as follows:\n" + "Nura Haddad, aged 24, a baker\n" * 5,
        HEADLINES + ARTICLE,  # above the article: the rule of headlines above says that
    ],
)
def test_what_may_be_the_article_stays(text: str) -> None:
    assert marked(text) == ""


def test_paragraphs_that_never_end_in_a_stop_are_no_headlines() -> None:
    unstopped = "\n\n".join(line.rstrip(".") for line in ARTICLE.strip().split("\n\n")) + "\n\n"
    unstopped += "The mayor of Zarhal told reporters on Monday evening that nobody had warned the traders before the shells fell\n\n"
    assert marked(unstopped + "Two people were hurt at the bridge of Zarhal\n\nThe clinic was full by noon\n\n") == ""


def test_a_page_that_holds_other_headlines_beside_its_title_says_its_title_alone() -> None:
    text = TITLE + "\n\n" + HEADLINES
    assert TITLE not in marked(text)
    assert {why for _, _, why in others(text, TITLE, 0, frozenset())} == {BESIDE}
    reading = read(text, title=TITLE, kind="page")
    tolls = reading.tolls
    assert [(one.kind, one.count.pair if one.count else None) for one in tolls if one.count] == [("killed", (2, 2))]
    assert reading.unreadable is not None
    assert reading.unreadable.headline


def test_a_title_of_three_words_says_too_little() -> None:
    assert marked(HEADLINES * 3, "Latest news today") == ""


def test_arabic_lines_that_go_on_with_and_are_the_articles_own() -> None:
    # five killed on Monday, medics said. / and three children killed in Idlib / and ten hurt in Hama / and the body asked / …
    article = "قتل خمسة أشخاص يوم الاثنين في قصف على السوق بحسب مصادر طبية.\n\n"
    tail = (
        "وقتل ثلاثة أطفال في القرية في اليوم نفسه\nوأصيب عشرة مدنيين بجروح في البلدة\nوطالبت المنظمة بوقف القصف فورا\n"
        * 2
    )
    title = "مقتل خمسة أشخاص في قصف على سوق المدينة"
    assert not [*others(article + tail, title, 0, frozenset({"قتل", "اصيب", "طالبت"}))]


def test_headlines_that_ask_or_are_cut_off_are_headlines() -> None:
    asking = (
        "Who will pay for the bridge that fell into the river in May?\n\n"
        "Minister visits flooded villages in the south and says that all of the...\n\n"
        "Nine killed as building collapses in Qarwan\n\nPrices of bread rise for the third week\n\n"
    )
    assert marked(ARTICLE + "Nine are hurt.\n\n" + asking).split("\n\n") == asking.strip().split("\n\n")


def test_a_last_sentence_that_asks_is_still_the_articles() -> None:
    last = "Who will pay for the halls of the market, asked one of its traders on Monday?\n\n"
    assert last.strip() not in marked(ARTICLE + last + HEADLINES)


def test_who_signs_an_article_is_not_a_headline() -> None:
    assert marked(ARTICLE + "Source: Valley news agency\n\nZarhal\n\n" + HEADLINES).startswith("Bus crash")


FEW = (
    "Minister of the south visits villages that were flooded\n\n"
    "Nine people killed as building collapses in Qarwan\n\nPrices of bread and oil rise for the third week\n\n"
)


def test_a_few_headlines_behind_tags_at_the_end_of_a_page_are_headlines() -> None:
    assert marked(ARTICLE + "Zarhal\n\nThe south\n\n" + FEW) == FEW.rstrip()


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE + FEW,  # no tags
        ARTICLE + "Zarhal\n\nThe south\n\n" + FEW + "Doctors of the town said on Monday that ten more were hurt there.",
        ARTICLE + "Sami Haddad\n\nNura Aun\n\nSara Issa Haddad\n\nHana Aun Mikhail Karam\n\nKarim Issa Haddad Saleh",
    ],
)
def test_a_few_lines_that_may_be_the_articles_stay(text: str) -> None:
    assert marked(text) == ""


@pytest.mark.parametrize("label", ["The dead:", "أسماء الشهداء:"])  # names of the martyrs:
def test_a_list_of_names_under_a_label_is_the_articles(label: str) -> None:
    names = "Sami Issa Haddad Aun\nNura Aun Karam Saleh\nSara Issa Haddad Aun\nHana Aun Issa Karam"
    verbs = frozenset({key("dead"), key("الشهداء")})
    text = f"{ARTICLE}{label}\n{names}\n"
    assert not [*others(text, TITLE, 0, verbs)]
