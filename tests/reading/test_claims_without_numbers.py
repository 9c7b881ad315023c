"""Claims of people harmed of whom no number is given: a plural is two or more, and no more than that is made of it."""

import pytest

from tests.reading.posts import DAY, read


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Shells hit Kobani, causing deaths and injuries.", (2, None), (2, None)),
        ("أصيب مواطنون في قصف مدفعي على منبج", None, (2, None)),  # citizens were hurt
        ("سقوط قتلى وجرحى في صفوف المدنيين بقصف مدفعي على منبج", (2, None), (2, None)),  # of both, civilians
        ("سقوط قتلى وجرحى من عناصر الجيش بقصف مدفعي على منبج", None, None),  # of both, soldiers
        ("The coalition are killing civilians in airstrikes on Kobani.", None, None),  # a practice
        ("قصف مدفعي على منبج يتعمد قتل المدنيين", None, None),  # the killing of the civilians
        ("There were casualties in an airstrike on Kobani.", None, None),  # dead, or hurt
        ("Shells hit the Martyrs School in Kobani.", None, None),  # a name
        ("An airstrike in Kobani hit an ambulance with the injured people.", None, None),
        ("An airstrike hit crews recovering the martyrs in Kobani.", None, None),  # of an earlier strike
        ("An airstrike on Kobani killed 5. Civilians were killed, a witness said.", (5, 5), None),  # a figure beats it
    ],
)
def test_a_plural_without_a_number_counts_only_where_it_tells_of_people_harmed(
    text: str, killed: tuple[int, int | None] | None, injured: tuple[int, int | None] | None
) -> None:
    found = read(text, published=DAY).claims[0]
    assert (found.killed and found.killed.pair, found.injured and found.injured.pair) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "hurt"),
    [
        ("An airstrike on Kobani wounded six soldiers and killed a man.", None),
        ("An airstrike on Kobani wounded two civilians and six soldiers.", (2, 2)),
        ("Nine people, including six soldiers, were wounded in an airstrike on Kobani.", (3, 3)),
    ],
)
def test_wounded_fighters_are_no_injured_civilians(text: str, hurt: tuple[int, int] | None) -> None:
    (found,) = read(text).claims
    assert (found.injured and found.injured.pair) == hurt
