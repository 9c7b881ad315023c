"""People whom a text names as harmed: who counts as one, and who does not."""

import pytest

from tests.reading.posts import post, read
from witnessmark.packs.larder import open_larder
from witnessmark.reading.layout import lay_out
from witnessmark.reading.tolls import laid_out
from witnessmark.reading.victim_words import Vocabulary, vocabulary


def named(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.kind) for one in read(text).victims]


@pytest.mark.parametrize(
    "text",
    [
        "According to Karim Nasser, five people were killed in Zarhal.",
        "A strike hit the house of the Karim Nasser family, killing five people.",
        "Karim Nasser was the only source to specify that dozens were killed.",
        "Five people were killed near Karim Nasser Hospital, residents said.",
        "With Basma Nasser offering condolences, the village buried five people who were killed.",
        "Karim Nasser’s house was hit and five people were killed.",
        "Karim Nasser lives in Zarhal.",
        "",
    ],
)
def test_a_name_alone_makes_no_victim(text: str) -> None:
    assert named(text) == []


def test_dead_and_injured_of_one_sentence_are_told_apart() -> None:
    text = "The strike killed Karim Nasser and his son Adel, and injured Huda Nasser."
    assert named(text) == [("Karim Nasser", "killed"), ("Adel", "killed"), ("Huda Nasser", "injured")]


def test_a_row_goes_on_over_line_breaks() -> None:
    text = "The victims were identified as 54-year-old\nKarim Nasser\n, his wife\nHuda Nasser\nand\nLina Nasser\n. Five people were killed."
    read_ = read("An airstrike killed five people in Zarhal. " + text)
    assert [one.name for one in read_.victims] == ["Karim Nasser", "Huda Nasser", "Lina Nasser"]
    assert [one.age for one in read_.victims] == [54, None, None]
    assert read_.victims[1].relation == "wife"


def test_a_name_in_brackets_is_another_of_the_same_person() -> None:
    assert named("Karim Nasser (Abu Adel) was killed.") == [("Karim Nasser", "killed")]


def test_a_victim_stands_in_the_words_of_who_names_it() -> None:
    reading = read("The White Helmets said that Karim Nasser was killed in Zarhal.")
    (one,) = reading.victims
    assert one.statement is not None
    assert reading.statements[one.statement].source_actor == "white-helmets"


def test_a_list_gives_each_persons_lines() -> None:
    text = "Names of the dead:\nHala Nasser\nهالة ناصر\n34 years old\nfemale\nkilled\nSami Nasser\nسامي ناصر\n7 years old\nmale\nkilled\n"
    hala, sami = read(text).victims
    assert (hala.name, hala.other_script, hala.age, hala.sex, hala.child) == (
        "Hala Nasser",
        "هالة ناصر",
        34,
        "female",
        False,
    )
    assert (sami.name, sami.age, sami.child) == ("Sami Nasser", 7, True)


def test_words_are_looked_up_in_sentences_of_harm_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    find = Vocabulary.find

    def counted(self: Vocabulary, text: str, start: int, end: int) -> list[object]:
        nonlocal looked
        looked += end - start
        return list(find(self, text, start, end))

    monkeypatch.setattr(Vocabulary, "find", counted)
    read("The market of Zarhal opened. Nobody spoke of anything. " * 200)
    assert looked == 0


def test_a_text_of_names_is_read_in_proportion() -> None:
    larder = open_larder()
    sheet = lay_out(post("Karim Nasser, Huda Nasser and " * 3000 + "Adel Nasser were killed."), larder)
    assert laid_out(sheet, larder)
    assert len(read("Karim Nasser, Huda Nasser and " * 3000 + "Adel Nasser were killed.").victims) <= 1000


def test_prefixes_written_together_are_seen_through() -> None:
    known = vocabulary(open_larder())
    assert "kin" in known.roles("وزوجته")
    assert known.roles("وزحل") == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the martyrdom of Ahmad Nawwaf and Muhammad Nawwaf by shelling
        ("استشهاد أحمد نواف ومحمد نواف بقصف مدفعي على منبج", [("أحمد نواف", "killed"), ("محمد نواف", "killed")]),
        ("أصيب عدنان محمود جراء قصف على منبج", [("عدنان محمود", "injured")]),  # Adnan Mahmud was hurt
        ("مقتل خالد في قصف على منبج", []),  # one name alone is too little
        ("مقتل خمسة على أحمد", []),  # no word of harm right before it
    ],
)
def test_a_given_name_right_behind_a_word_of_harm_begins_a_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_the_hurt_who_are_named_are_a_floor() -> None:
    (found,) = read("قصف مدفعي على منبج. أصيب عدنان محمود وأصيب سامر محمود جراء القصف").claims
    assert found.injured
    assert found.injured.pair == (2, None)
