"""Packs of one language: read with in its texts only, with endings written out, and no harm from letters that look alike."""

from pathlib import Path

import pytest

from tests.reading import posts
from witnessmark.packs.larder import open_larder
from witnessmark.packs.pack import Pack, describe, load

OWN = [pack for pack in open_larder().packs if pack.languages]


def test_texts_of_other_languages_are_read_without_the_packs_of_a_language() -> None:
    larder = open_larder()
    assert {one for pack in OWN for one in pack.languages} == {"tr", "ku", "kmr", "ru", "uk"}
    assert all(larder.speaking(language) is larder for language in ("en", "ar", "und", "fr"))
    held = {pack.name for pack in OWN}
    assert not [row.cite for row in larder.rows("harm") if row.cite.split(":")[0] in held]


@pytest.mark.parametrize("pack", OWN, ids=lambda pack: pack.name)
def test_a_language_is_read_with_its_packs_and_without_those_they_stand_instead_of(pack: Pack) -> None:
    larder = open_larder().speaking(pack.languages[0])
    names = {one.name for one in larder.packs}
    assert pack.name in names
    assert names.isdisjoint(pack.instead_of)
    assert larder is open_larder().speaking(pack.languages[0])
    assert larder.digest != open_larder().digest


@pytest.mark.parametrize("pack", OWN, ids=lambda pack: pack.name)
def test_its_parties_are_called_as_in_english(pack: Pack) -> None:
    named = {row.fields["id"]: row.fields["label"] for row in open_larder().rows("actors")}
    told = [row for row in pack.tables["actors"] if row.fields["id"] in named]
    assert told
    assert [row.cite for row in told if row.fields["label"] != named[row.fields["id"]]] == []


def test_endings_are_written_out_and_may_be_named(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "endings.tsv").write_text("name\tendings\nnoun\tlar|da\n", encoding="utf-8")
    (folder / "people.tsv").write_text("word\tforms\tendings\nasker\taskeri\t@noun|dan\n", encoding="utf-8")
    (folder / "pack.toml").write_text('name = "own"\nlanguages = ["xx"]\n', encoding="utf-8")
    describe(folder)
    pack = load(folder)
    assert pack.languages == ("xx",)
    assert list(pack.tables) == ["people"]
    assert pack.tables["people"][0].fields["forms"] == "askeri|askerlar|askerda|askerdan"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("4 sivîl hatin kuştin", "ku"),  # four civilians were killed
        ("HALEP'TE PATLAMA: 3 ÖLÜ", "tr"),
        ("понад двадцять людей загинуло", "uk"),  # more than twenty people died
        ("погибли 5 человек", "ru"),
        ("The market in Zarhal was shelled, killing five.", "en"),
        ("قصف على قرية زرحل", "ar"),  # shelling of a village
    ],
)
def test_the_words_of_packs_tell_the_language_of_short_texts(text: str, language: str) -> None:
    assert posts.read(text).language == language


@pytest.mark.parametrize("mark", ["'", "’", "ʼ", "‘"])
def test_every_apostrophe_is_one(mark: str) -> None:
    read = posts.read(f"Унаслідок обстрілу загинули п{mark}ятеро цивільних.")  # five civilians died in shelling
    assert posts.tolls(read) == [("killed", "civilians", 5, 5)]
    read = posts.read(f"Köye düşen bombada 3{mark}ü çocuk 8 sivil öldü.")  # 8 civilians, 3 of them children
    assert posts.tolls(read) == [("killed", "civilians", 8, 8), ("killed", "children", 3, 3, "part")]


@pytest.mark.parametrize("text", ["ALTI KİŞİ YARALANDI, İKİ SİVİL ÖLDÜ", "Altı kişi yaralandı, iki sivil öldü"])
def test_a_dotless_i_and_a_capital_with_a_dot_are_an_i(text: str) -> None:
    read = posts.read(f"Esenli köyünde {text}.")  # six people hurt, two civilians dead
    assert posts.tolls(read) == [("injured", "unstated", 6, 6), ("killed", "civilians", 2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Пoгибли пять чeлoвек",  # Latin o and e among Cyrillic letters
        "Аir strike on the village of Zarhal killed five",  # a Cyrillic A
        "İ̇stanbul'da 3 ölü ı̇ İ",
        "п'''ятеро ʼʼ загинули",
        "3'3'3'ü'ü çocuk'ı'ın öldü",
        "\u0456\u0131\u0130" * 500,
    ],
)
def test_letters_that_look_alike_break_nothing(text: str) -> None:
    read = posts.read(text)
    assert all(one.count is None or one.count.least <= 5 for one in read.tolls)
