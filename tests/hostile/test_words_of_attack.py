"""Texts of no attack at all that are full of its words: the stage, the pitch, the market, the kitchen, the camera."""

import pytest

from tests.reading.posts import DAY, read

NO_ATTACK = [
    "Footage shot in Aleppo on Saturday shows the market.",
    "A video shot by residents of Homs shows five people at a bakery.",
    "He shot footage of a wedding in Homs.",
    "Flu shots for 5,000 children in Aleppo.",
    "Bath bombs: 5 for $10, lavender and rose.",
    "A bomb cyclone will hit Beirut on Saturday.",
    "She killed it at the show last night in London.",
    "The team's attack was excellent, scoring five goals in the second half.",
    "The film is bombing at the box office, earning only 5 million dollars.",
    "Workers went on strike at the factory in Manchester; 300 joined.",
    "It was a massacre on the pitch as Brazil lost 7-1 to Germany.",
    "Apple shares were hit hard, falling 5% to 120 dollars; Tesla crashed 12 points.",
    "Beat the eggs, crush two cloves of garlic, and kill the heat after 5 minutes.",
    "A storm struck Beirut on Friday; rain is expected to hit the coast.",
    "Google killed 5 products last year, including Reader.",
    "Three cows were killed by wolves near Aleppo on Saturday.",
    "He suffered a heart attack and died in Damascus at the age of 80.",
    "هجوم المنتخب كان ضعيفا في مباراة أمس أمام العراق",  # the team's attack was weak
    "سجل اللاعب ضربة جزاء في الدقيقة 90 في مباراة حلب والاتحاد",  # a penalty
    "قصف جبهة ناري من الفنانة لمتابعيها على انستغرام",  # a fiery retort
    "مجزرة كروية: برشلونة يسحق فالنسيا بسبعة أهداف",  # a massacre on the pitch
    "شن المدرب هجوما عنيفا على الحكم بعد مباراة حلب",  # the coach attacked the referee
    "قتل الوقت في المطار خمس ساعات",  # killing time at the airport
    "مات من الضحك في حلب",  # died of laughing
    "ضربة شمس لخمسة أطفال في دمشق",  # sunstroke
    "حمام دم في البورصة السعودية الأحد",  # a bloodbath at the stock exchange
]


@pytest.mark.parametrize("text", NO_ATTACK)
def test_words_of_an_attack_alone_make_no_claim(text: str) -> None:
    assert read(text, published=DAY).claims == ()


def test_a_shooting_that_footage_shows_is_one() -> None:
    (claim,) = read("Footage shot in Homs shows a civilian shot dead on Saturday.", published=DAY).claims
    assert claim.delivery == ("Shooting",)
