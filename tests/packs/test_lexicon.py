"""Finding rows of a table: whole words, Arabic prefixes allowed where the row says so, longest first."""

from witnessmark.packs.lexicon import TableLexicon
from witnessmark.terms.ports import Entry
from witnessmark.terms.script import fold


def lexicon(*rows: tuple[str, str]) -> TableLexicon:
    return TableLexicon([Entry(word, {"match": match}, f"test:words:{word}") for word, match in rows])


def found(table: TableLexicon, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in table.find(fold(text))]


def test_prefixes_written_together_are_allowed_and_not_part_of_the_hit() -> None:
    assert found(lexicon(("قصف", "word")), "وبالقصف") == ["قصف"]  # "and with the shelling"


def test_an_exact_row_takes_no_prefix() -> None:
    assert found(lexicon(("في", "exact")), "وفي") == []


def test_a_word_inside_another_is_not_found() -> None:
    assert found(lexicon(("قتل", "word")), "مقتل") == []  # "killed" inside "killing"
    assert found(lexicon(("war", "word")), "warm dwarf toward") == []


def test_a_stem_takes_a_few_more_letters() -> None:
    assert found(lexicon(("قصف", "stem")), "قصفها") == ["قصفها"]  # "shelled it"


def test_the_longest_row_wins_and_none_overlap() -> None:
    assert found(lexicon(("white phosphorus", "word"), ("white", "word")), "White  phosphorus") == ["White"]
    assert found(lexicon(("white phosphorus", "word"), ("white", "word")), "white phosphorus") == ["white phosphorus"]


def test_hits_are_spans_of_the_text_as_given() -> None:
    text = "ال قَصْـ.ـف على"
    (hit,) = lexicon(("قصف", "word")).find(fold(text))
    assert text[hit.start : hit.end] == "قَصْـ.ـف"
