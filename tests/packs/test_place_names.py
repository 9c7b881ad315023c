"""Keys of place names: spellings that are one name, and such as are only alike."""

import pytest

from witnessmark.packs.place_names import bones, far, near, respaced, spelled_alike

FIRSTS = frozenset(("كفر", "تل"))


@pytest.mark.parametrize(
    ("one", "other"), [("الزرحال", "زرحال"), ("al-Zarhal", "Zarhal"), ("ZARHAL", "Zarhal"), ("Zar'hal", "Zarhal")]
)
def test_spellings_of_one_key(one: str, other: str) -> None:
    assert near(one) == near(other)


def test_transliterations_share_a_far_key() -> None:
    assert far("Tell Zarheil") == far("Tel Zarhil")
    assert far("زرحال") is None


@pytest.mark.parametrize(
    ("name", "other"), [("كفر زرحال", "كفرزرحال"), ("كفرزرحال", "كفر زرحال"), ("تل زرحال", "تلزرحال")]
)
def test_a_first_word_is_joined_to_the_next_or_not(name: str, other: str) -> None:
    assert other in respaced(name, FIRSTS)


@pytest.mark.parametrize("name", ["زرحال", "باب زرحال", "Tell Zarhal", "تلا"])
def test_other_words_stay_as_they_are(name: str) -> None:
    assert list(respaced(name, FIRSTS)) == []


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("Zarhal", "زرحال"), ("Khan ash-Sharqiyah", "خان الشرقية"), ("Tall al-Ghudayr", "تل الغدير"), ("Qirmit", "قرميت")],
)
def test_both_scripts_have_the_same_bones(latin: str, arabic: str) -> None:
    assert bones(latin) == bones(arabic) != ""


def test_few_consonants_want_spellings_a_letter_apart() -> None:
    assert bones("زرحل") == bones("زرحال")
    assert spelled_alike("زرحل", ["زرحال"])
    assert not spelled_alike("الزريحل", ["زورحلا"])
    assert spelled_alike("قرميت الشرقية", ["قرميتا شرقي"])
