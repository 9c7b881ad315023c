"""Full text in both scripts: what is spelled alike is found alike, phrases hold together, and no query breaks anything."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.casefile import corpus
from tests.strategies import StillClock, any_text, jsonl, new_case
from witnessmark.casefile import opening, readings
from witnessmark.casefile.case import Case, open_case
from witnessmark.casefile.deposits import add
from witnessmark.casefile.run import run
from witnessmark.casefile.search import around, search
from witnessmark.errors import UsageError

TEXTS = {
    "raqqa": "سقطت قذائف على مدينة الرَّقّة صباحاً.",  # "Shells fell on the city of Raqqa in the morning."
    "dodged": "قصـ.ـف على السوق",  # "shelling of the market", with the word for shelling hidden from filters
    "english": "Shells fell near Résidence Deir al-Zor; the market was closed.",
    "order": "The closed market was near.",
    "code": 'body:x OR "quoted" AND NEAR(a b) * ^ - col:val {x}',
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "texts.jsonl").write_bytes(jsonl(*({"id": name, "text": text} for name, text in TEXTS.items())))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "Spread", corpus.Here)
        patch.setattr(readings, "Spread", corpus.Here)
        with new_case(folder / "case") as case:
            add(case, [folder / "texts.jsonl"], jobs=1)
            run(case, jobs=1)
    return folder / "case"


def found(root: Path, query: str) -> list[str]:
    """The collectors' ids of what is found, sorted."""
    with open_case(root, StillClock()) as case, case.transaction() as db:
        names = {row.id: row.name for row in db.exec_driver_sql("SELECT id, name FROM item")}
        return sorted(names[str(row["id"])] for row in search(case, query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("الرقه", ["raqqa"]),  # "Raqqa", spelled with ha
        ("الرقة", ["raqqa"]),
        ("رقة", ["raqqa"]),  # without the article
        ("بالرقة", ["raqqa"]),  # "in Raqqa"
        ("قصف", ["dodged"]),  # "shelling"
        ("residence", ["english"]),
        ("RÉSIDENCE market", ["english"]),
        ("market", ["english", "order"]),
        ("closed market", ["english", "order"]),
        ('"closed market"', ["order"]),
        ('"market was closed"', ["english"]),
        ('"مدينة الرقه"', ["raqqa"]),  # "city of Raqqa"
        ('"الرقة مدينة"', []),  # the same words in another order
        ('near "closed market', ["english", "order"]),  # a quotation mark left open
        ("nowhere", []),
    ],
)
def test_what_is_asked_is_found(texts: Path, query: str, expected: list[str]) -> None:
    assert found(texts, query) == expected


def test_a_hit_shows_the_words_where_they_stand(texts: Path) -> None:
    with open_case(texts, StillClock()) as case:
        (hit,) = search(case, "الرقه")
    text = TEXTS["raqqa"]
    start, end = hit["start"], hit["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert (hit["role"], text[start:end]) == ("body", "الرَّقّة")
    assert hit["words"] == text


def test_words_around_a_hit_are_whole_and_say_that_the_text_goes_on() -> None:
    text = "unremarkable " * 20 + "market" + " afterwards" * 20
    words = around(text, 260, 266).split()
    assert (words[0], words[-1]) == ("…", "…")
    assert set(words[1:-1]) == {"unremarkable", "market", "afterwards"}
    assert around("a market day", 2, 8) == "a market day"
    assert "market" in around("x" * 900 + "market" + "x" * 900, 900, 906)  # no blank far and wide


def test_a_limit_is_kept(texts: Path) -> None:
    with open_case(texts, StillClock()) as case:
        assert len(search(case, "market", limit=1)) == 1


@pytest.mark.parametrize("query", ["", "   ", '""', "'", "***", "؟!، ـ", "\0"])
def test_a_query_without_a_word_is_refused(texts: Path, query: str) -> None:
    with open_case(texts, StillClock()) as case, pytest.raises(UsageError, match="no word in it"):
        search(case, query)


HOSTILE = [
    'market" OR "1', "market AND NOT closed", "NEAR(market closed)", "body:market", "market*", "^market", "mar\0ket",
    "'; DROP TABLE words; --", "{body}: market", '"' * 99 + "x", "market " * 5000, "\ud800x", "\u202emarket", "(((((x", "x -y +z",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_of_a_query_is_syntax(texts: Path, query: str) -> None:
    found(texts, query)
    assert found(texts, "market") == ["english", "order"]


def test_words_of_the_index_itself_are_only_words(texts: Path) -> None:
    assert found(texts, "col:val NEAR(a b)") == ["code"]
    assert found(texts, "market OR quoted") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(any_text, st.text(st.sampled_from("\"*^:(){}-+ ANDORTNEAR'xمق"), max_size=30)))
@example('"a" "b')
def test_any_query_finds_or_is_refused(texts: Path, query: str) -> None:
    with open_case(texts, StillClock()) as case:
        try:
            search(case, query)
        except UsageError as refused:
            assert "no word in it" in str(refused)  # noqa: PT017 - either outcome is right


def test_comments_are_searched_and_page_furniture_is_not(open_copy: Case) -> None:
    assert search(open_copy, "correspondent filmed")
    assert search(open_copy, "Urgent")
