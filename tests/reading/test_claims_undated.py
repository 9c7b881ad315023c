"""Days of claims in a text that gives no day of publication: what dates its event, and what does not."""

import pytest

from tests.reading.posts import read


@pytest.mark.parametrize(
    "text",
    [
        (
            "On Friday morning an airstrike on Kobani killed seven civilians. The area is under a truce signed in March 2016. "
            "Shelling of Manbij injured two people."
        ),
        # on Friday seven civilians were killed by a strike on Kobani; the understanding reached in October 2016; shelling of Manbij
        (
            "قتل سبعة مدنيين صباح يوم الجمعة بغارة على كوباني. وكان ينبغي الانسحاب بموجب التفاهم المبرم بين الطرفين في 22 تشرين الأول 2016. "
            "وأصيب شخصان بقصف مدفعي على منبج."
        ),
    ],
)
def test_a_date_further_down_dates_no_event_of_an_undated_text(text: str) -> None:
    days = [one.moment.earliest if one.moment else None for one in read(text).claims if one.kind == "attack"]
    assert len(days) >= 2
    assert set(days) == {None}


def test_an_undated_text_that_begins_with_a_day_is_of_that_day() -> None:
    text = "On 8 June 2016 an airstrike on Kobani killed seven civilians. Residents said that shells hit Manbij and injured two people."
    days = {one.moment.earliest if one.moment else None for one in read(text).claims if one.kind == "attack"}
    assert days == {"2016-06-08"}
