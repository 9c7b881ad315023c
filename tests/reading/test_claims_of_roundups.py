"""Round-ups: lines and clauses that each tell of a place of their own, and what a party's denial leaves standing."""

import pytest

from tests.reading.posts import DAY, read
from witnessmark.terms.claim import Claim


def told(text: str) -> list[tuple[str, int, int]]:
    """The place, the killed and the injured of each claim that affirms anything, in the order of the text."""
    return [(_place(one), _least(one, "killed"), _least(one, "injured")) for one in _claims(text, "affirmed")]


def denied(text: str) -> list[tuple[str, str]]:
    """The kind and the place of each claim that denies."""
    return [(one.kind, _place(one)) for one in _claims(text, "denied")]


def _claims(text: str, polarity: str) -> list[Claim]:
    return [one for one in read(text, published=DAY).claims if one.polarity == polarity]


def _place(claim: Claim) -> str:
    return claim.place.text if claim.place else ""


def _least(claim: Claim, slot: str) -> int:
    toll = getattr(claim, slot)
    return toll.least if toll else 0


ENGLISH = """Airstrikes on Idlib countryside today:
- Sarmin: two civilians killed, one a woman
- Saraqib: five injured
- Maarat al-Numan: an airstrike on a school, no casualties"""
ARABIC = """غارات على ريف إدلب اليوم:
- سرمين: مقتل مدنيين اثنين بينهم امرأة
- سراقب: إصابة خمسة مدنيين
- معرة النعمان: غارة على مدرسة دون إصابات"""


@pytest.mark.parametrize(
    ("text", "places"),
    [(ENGLISH, ["Sarmin", "Saraqib", "Maarat al-Numan"]), (ARABIC, ["سرمين", "سراقب", "معرة النعمان"])],
)
def test_each_line_that_a_place_heads_keeps_its_own_toll(text: str, places: list[str]) -> None:
    assert told(text) == [(places[0], 2, 0), (places[1], 0, 5), (places[2], 0, 0)]
    assert denied(text) == [("harm", places[2])]


@pytest.mark.parametrize(
    "text",
    [
        "Airstrikes today:\nSarmin: 2 dead\nBinnish: 5 hurt\nDarkush: 3 dead",
        "Airstrikes today:\n1. Sarmin: 2 dead\n2. Binnish: 5 hurt\n3. Darkush: 3 dead",
        "Airstrikes today\n• Sarmin – 2 dead\n• Town of Binnish – 5 hurt\n• Darkush (Idlib) – 3 dead",
    ],
)
def test_lines_of_a_round_up_have_no_datelines(text: str) -> None:
    assert told(text) == [("Sarmin", 2, 0), ("Binnish", 0, 5), ("Darkush", 3, 0)]


def test_what_stands_above_the_lines_holds_for_each() -> None:
    text = "The White Helmets reported Russian airstrikes yesterday:\n- Sarmin: 2 dead\n- al-Bab: 5 hurt"
    claims = read(text, published=DAY).claims
    assert [_place(one) for one in claims] == ["Sarmin", "al-Bab"]
    assert len({one.moment.earliest for one in claims if one.moment}) == 1
    assert {(one.delivery, one.on_whose_word, tuple(party.label for party in one.accused)) for one in claims} == {
        (("Airstrike",), ("White Helmets",), ("Russian Military",))
    }


def test_a_total_above_the_lines_is_a_claim_of_its_own() -> None:
    text = "Seven civilians were killed in airstrikes on Idlib today:\nSarmin: 2 dead\nBinnish: 5 dead"
    assert told(text) == [("Idlib", 7, 0), ("Sarmin", 2, 0), ("Binnish", 5, 0)]


def test_an_attack_above_one_line_elsewhere_stays() -> None:
    text = "An airstrike hit a market in Binnish today.\nSarmin: 2 dead in shelling"
    assert told(text) == [("Binnish", 0, 0), ("Sarmin", 2, 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Idlib:\nAirstrikes on Sarmin killed two civilians\nArtillery shelling killed a child\nAleppo countryside:\nA barrel bomb on a farm injured five",
            [("Sarmin", 2, 0), ("Idlib", 1, 0), ("Aleppo", 0, 5)],
        ),
        (
            "ريف إدلب:\nقتل مدنيان اثنان بغارات على سرمين\nقصف مدفعي أدى لمقتل طفل\nريف حلب:\nبرميل متفجر على مزرعة أدى لإصابة خمسة مدنيين",
            [("سرمين", 2, 0), ("إدلب", 1, 0), ("حلب", 0, 5)],
        ),
    ],
)
def test_a_heading_gives_its_place_to_the_lines_that_name_none(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert told(text) == expected


def test_a_heading_alone_does_not_part_what_is_told_below_it() -> None:
    text = "#Idlib countryside:\nCivilians were injured in an airstrike...\n\n#Idlib countryside:\nCivilians were injured in an airstrike on Sarmin."
    assert [place for place, _, _ in told(text)] == ["Sarmin"]


def test_one_place_before_a_colon_on_a_later_line_is_where_its_toll_was() -> None:
    assert told("BREAKING: airstrikes today\nSarmin: 2 dead") == [("Sarmin", 2, 0)]


def test_what_an_agency_writes_before_a_colon_below_the_headline_is_no_line_of_a_round_up() -> None:
    text = "Two civilians killed in a drone strike in the north\n\nAl-Hasakah province: Two civilians were killed by a drone strike in Kobani."
    assert told(text) == [("Kobani", 2, 0)]


def test_a_dateline_stays_one() -> None:
    text = "RAQQA - Two civilians were killed in an airstrike on Sarmin.\nA second strike hit a farm."
    assert {_place(one) for one in read(text, published=DAY).claims} == {"Sarmin"}


@pytest.mark.parametrize(
    ("text", "party", "place", "killed"),
    [
        (
            "The army denied shelling the town of Binnish on Monday, where 5 people were killed.",
            "The army",
            "Binnish",
            5,
        ),
        ("Israel denied bombing the hospital in Gaza City, which killed 40 people.", "Israel", "Gaza City", 40),
        ("نفى الجيش قصف بلدة بنش يوم الاثنين حيث قتل خمسة أشخاص", "الجيش", "بنش", 5),
    ],
)
def test_the_dead_told_beside_a_denied_deed_are_the_outlets_word(
    text: str, party: str, place: str, killed: int
) -> None:
    found = read(text, published=DAY).claims
    assert [party_.words for one in found if one.kind == "denial" for party_ in one.accused] == [party]
    assert [(one.kind, _place(one), _least(one, "killed"), one.on_whose_word) for one in found if one.killed] == [
        ("attack", place, killed, ())
    ]
    assert told(text) == [(place, killed, 0)]


@pytest.mark.parametrize("text", ["Russia denied bombing Darkush.", "نفت وزارة الدفاع الروسية قصف دركوش"])
def test_whoever_denies_doing_a_deed_refuses_responsibility(text: str) -> None:
    (found,) = read(text, published=DAY).claims
    assert (found.kind, found.polarity, len(found.accused)) == ("denial", "denied", 1)
    assert found.on_whose_word


@pytest.mark.parametrize(
    "text",
    [
        "The Coalition denied that civilians were killed.",
        "The Coalition denied that civilians were killed in its airstrikes on Raqqa.",
        "Russia denied that its bombing of Darkush killed 7 civilians.",
        "نفى التحالف مقتل مدنيين في غاراته على الرقة",
    ],
)
def test_who_denies_the_deaths_does_not_deny_the_deed(text: str) -> None:
    found = read(text, published=DAY).claims
    assert {(one.kind, one.why.rule) for one in found if one.kind == "denial"} <= {("denial", "claims.denial-of-harm")}
    assert [one.kind for one in found if one.kind != "denial"] == ["harm"]
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Shelling killed five in Sarmin on Sunday, and on Monday an airstrike killed a child in Binnish.",
            ["Sarmin", "Binnish"],
        ),
        (
            "The White Helmets said yesterday's shelling killed five in Sarmin, and this morning a child was killed in Binnish.",
            ["Sarmin", "Binnish"],
        ),
        ("قصف أمس قتل خمسة مدنيين في سرمين، وصباح اليوم قتل طفل في بنش", ["سرمين", "بنش"]),
    ],
)
def test_a_clause_with_its_own_time_place_and_toll_is_an_event_of_its_own(text: str, places: list[str]) -> None:
    assert told(text) == [(places[0], 5, 0), (places[1], 1, 0)]
    days = [one.moment.earliest for one in read(text, published=DAY).claims if one.moment]
    assert len(set(days)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Shelling killed five in Sarmin on Sunday, and a day later three of the injured died in hospital in Idlib.",
        "Shelling killed five in Sarmin on Sunday, and on Monday the injured were taken to Idlib.",
        "Shelling killed five in Sarmin on Sunday, and the army shelled Sarmin again on Monday.",
    ],
)
def test_what_a_later_clause_says_of_the_same_event_begins_none(text: str) -> None:
    assert {place for place, _, _ in told(text)} == {"Sarmin"}


def test_a_toll_summed_up_over_scattered_places_is_shared_and_gives_way_to_one_of_a_place() -> None:
    """قتل خمسة وأصيب سبعة في قصف على مناطق عدة: five dead and seven hurt in shelling of several areas."""
    (whole,) = _claims("قتل 5 مدنيين وأصيب 7 في قصف على مناطق عدة شمالي البلاد", "affirmed")
    assert (whole.shared, whole.killed and whole.killed.pair) == (True, (5, 5))
    (part,) = _claims("قتل مدني في القرية، وأصيب أكثر من 8 آخرين بمناطق متفرقة جراء القصف", "affirmed")
    assert (part.shared, part.killed and part.killed.pair, part.injured) == (False, (1, 1), None)
