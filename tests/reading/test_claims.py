"""Claims: one for each event and place as one item tells it; what is earlier, general, denied or taken upon oneself."""

import pytest

from tests.reading.posts import DAY, post, read, words
from witnessmark.terms.claim import Claim
from witnessmark.terms.toll import Toll


def claims(text: str, title: str | None = None) -> tuple[Claim, ...]:
    return read(text, title=title, published=DAY).claims


def told(text: str) -> list[tuple[str, str, str | None, tuple[int, int | None] | None]]:
    """Kind, polarity, place and killed of each claim."""
    return [
        (one.kind, one.polarity, one.place.text if one.place else None, one.killed.pair if one.killed else None)
        for one in claims(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Five civilians were killed in an airstrike on Kobani. Three others were killed by shelling of Manbij.",
            [("attack", "affirmed", "Kobani", (5, 5)), ("attack", "affirmed", "Manbij", (3, 3))],
        ),
        (  # five civilians were killed by a strike on Kobani; three children, too, by shelling of Manbij
            "قتل خمسة مدنيين بغارة على كوباني. كما قتل ثلاثة أطفال بقصف مدفعي على منبج.",
            [("attack", "affirmed", "كوباني", (5, 5)), ("attack", "affirmed", "منبج", (3, 3))],
        ),
    ],
)
def test_a_round_up_makes_a_claim_for_each_place(text: str, expected: list[object]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "before",
    [
        "In 2014 an airstrike on Manbij killed nine people.",
        "Previously, warplanes bombed Manbij and killed nine people.",
    ],
)
def test_what_happened_before_is_earlier_and_no_incident(before: str) -> None:
    found = claims(f"Shells hit Kobani on Saturday, killing two civilians. {before}")
    assert [(one.kind, one.killed) for one in found] == [
        ("attack", Toll(least=2, most=2)),
        ("earlier", Toll(least=9, most=9)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "According to international law, bombing civilian areas is forbidden.",
        "Five people were killed in a car accident in Kobani.",
        "قتل خمسة أشخاص في حادث سير في كوباني",  # five people were killed in a road accident in Kobani
        "Kobani was calm and markets were open.",
        "",
    ],
)
def test_practice_accident_and_calm_make_no_claim_of_an_attack(text: str) -> None:
    assert [one for one in claims(text) if one.kind in ("attack", "harm")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Kobani on Saturday, but no casualties were reported.",
        "قصف مدفعي على كوباني يوم السبت دون وقوع إصابات.",  # artillery fire on Kobani on Saturday, without injuries
    ],
)
def test_no_casualties_expressly_is_a_denied_claim_without_figures(text: str) -> None:
    attack, denied = claims(text)
    assert (attack.kind, attack.polarity) == ("attack", "affirmed")
    assert (denied.kind, denied.polarity, denied.killed, denied.injured) == ("harm", "denied", None, None)
    assert denied.place is not None
    assert denied.moment is not None
    assert denied.harm_unnumbered == ()


def test_denying_responsibility_is_the_partys_own_denial() -> None:
    kinds = {one.kind: one for one in claims("The Turkish army denied that it had shelled Kobani.")}
    assert kinds["denial"].polarity == "denied"
    assert [party.actor for party in kinds["denial"].accused] == ["turkish-military"]
    assert kinds["attack"].polarity == "denied"


def test_taking_responsibility_is_an_acceptance() -> None:
    (found,) = claims("ISIS claimed responsibility for the bombing in Kobani.")
    assert (found.kind, found.polarity) == ("acceptance", "affirmed")
    assert [party.label for party in found.accused] == ["ISIS"]


def test_two_voices_make_two_claims_of_one_event() -> None:
    text = (
        "The White Helmets said five civilians were killed in the airstrike on Kobani. "
        "The Syrian Observatory for Human Rights said seven civilians were killed."
    )
    found = claims(text)
    assert [(one.on_whose_word[-1], one.killed) for one in found] == [
        ("White Helmets", Toll(least=5, most=5)),
        ("Syrian Observatory for Human Rights", Toll(least=7, most=7)),
    ]
    assert {one.place.text for one in found if one.place} == {"Kobani"}


def test_the_chain_runs_from_the_outlet_inwards() -> None:
    text = "Amaq said ISIS fighters attacked Kobani."
    (found,) = read(text, published=DAY, publisher="Valley Watch").claims
    assert found.on_whose_word == ("Valley Watch", "ISIS", "Amaq News Agency")


def test_harm_without_a_number_is_said_so_and_a_plural_is_two_or_more() -> None:
    (found,) = claims("Civilians were killed and injured in an airstrike on Kobani.")
    assert found.harm_unnumbered == ("killed", "injured")
    assert [toll and (toll.pair, toll.vague) for toll in (found.killed, found.injured)] == [((2, None), True)] * 2


def test_the_slots_of_a_claim() -> None:
    (found,) = claims(
        "At dawn on Saturday Russian warplanes bombed a school in Kobani, killing nine civilians, "
        "including four children and two women, and wounding at least three."
    )
    assert found.killed == Toll(least=9, most=9)
    assert found.children_killed == Toll(least=4, most=4)
    assert found.women_killed == Toll(least=2, most=2)
    assert found.injured == Toll(least=3, most=None)
    assert found.killed_status_unstated is None
    assert [party.label for party in found.accused] == ["Russian Military"]
    assert (found.delivery, found.target) == (("Airstrike",), ("Education",))
    assert found.moment is not None
    assert (found.moment.earliest, found.certainty) == ("2017-06-10", "asserted")


def test_of_people_whose_status_is_not_said_all_are_presumed_only() -> None:
    (found,) = claims("An airstrike killed seven people in Kobani.")
    assert found.killed == found.killed_status_unstated == Toll(least=7, most=7)


def test_fighters_are_counted_apart() -> None:
    (found,) = claims("An airstrike on Kobani killed three fighters and two civilians.")
    assert found.combatants_killed == Toll(least=3, most=3)
    assert found.killed == Toll(least=2, most=2)


def test_who_blame_different_parties_in_one_sentence_are_alternatives() -> None:
    text = "While many sources blamed the strike on Kobani on Turkish forces, one source said that ISIS shelled Kobani."
    assert {(one.joint, one.alternatives) for one in claims(text)} <= {(False, True), (False, False)}
    assert any(one.alternatives or len(one.accused) == 1 for one in claims(text))


def test_another_sentences_party_is_no_joint_action() -> None:
    text = "Turkish shelling killed two people in Kobani. Earlier that day ISIS attacked a checkpoint in Kobani."
    blamed = {tuple(party.actor for party in one.accused) for one in claims(text)}
    assert ("turkish-military",) in blamed
    assert not any(len(parties) > 1 for parties in blamed)


def test_alternatives_are_no_joint_action() -> None:
    (either,) = claims("Either Russian warplanes or Turkish warplanes bombed Kobani, killing two civilians.")
    assert (either.alternatives, either.joint) == (True, False)
    (both,) = claims("Russian warplanes and Turkish warplanes bombed Kobani, killing two civilians.")
    assert (both.alternatives, both.joint) == (False, True)
    assert len(both.accused) == 2


def test_a_headline_and_its_text_are_one_claim_and_never_firmer_than_the_headline() -> None:
    (found,) = claims("Warplanes bombed Kobani at noon.", title="Five reportedly killed in airstrike on Kobani")
    assert (found.killed, found.certainty) == (Toll(least=5, most=5), "alleged")


def test_a_figure_since_long_ago_belongs_to_no_event() -> None:
    text = (
        "Shells hit Kobani on Saturday, killing two civilians. Since January, 215 civilians have been killed in Manbij."
    )
    found = claims(text)
    assert next((one.kind, one.killed) for one in found) == ("attack", Toll(least=2, most=2))
    assert all(one.kind == "earlier" for one in found[1:])


def test_a_claim_is_anchored_at_the_sentence_that_says_most() -> None:
    text = "Smoke rose over Kobani. An airstrike on Kobani killed five civilians. Nobody slept."
    item = post(text, published=DAY)
    (found,) = claims(text)
    assert words(item, found.span) == "An airstrike on Kobani killed five civilians."
    assert found.anchor == item.anchor(found.span)
    assert found.anchor.text == item.passages[0].digest
    assert found.why.entries


def test_ids_of_claims_are_made_from_where_they_stand() -> None:
    text = "An airstrike on Kobani killed five civilians. Three others were killed by shelling of Manbij."
    found = claims(text)
    assert len({one.id for one in found}) == len(found) == 2
    assert [one.id for one in claims(text)] == [one.id for one in found]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Airstrikes on Kobani and Manbij killed nine civilians.", ["Kobani", "Manbij"]),
        (
            "Airstrikes on Kobani, Manbij and the town of Jarablus killed nine civilians.",
            ["Kobani", "Manbij", "Jarablus"],
        ),
        ("قصف مدفعي على مدينتي كوباني ومنبج أدى إلى مقتل تسعة مدنيين", ["كوباني", "منبج"]),  # the same of two cities
    ],
)
def test_a_toll_given_for_several_places_together_is_shared(text: str, places: list[str]) -> None:
    found = claims(text)
    assert [one.place.text for one in found if one.place] == places
    assert all(one.shared and one.killed == Toll(least=9, most=9) for one in found)
    assert len({one.id for one in found}) == len(places)


@pytest.mark.parametrize(
    "text",
    [
        "A strike on the road between Kobani and Manbij killed nine civilians.",
        "Airstrikes on Kobani in Aleppo province killed nine civilians.",
        "An airstrike on Kobani or Manbij killed nine civilians.",
        "Airstrikes on Kobani killed nine civilians. Manbij was hit too.",
    ],
)
def test_a_toll_of_one_place_is_not_shared(text: str) -> None:
    assert [one.shared for one in claims(text) if one.killed] == [False]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("An airstrike killed civilians in Manbij, including five children and two women.", (7, None), None),
        # the artillery fire left dead and wounded, among them two children: nobody says of which
        ("أوقع القصف المدفعي على منبج قتلى وجرحى بينهم طفلان", (2, None), (2, None)),
    ],
)
def test_parts_are_a_floor_of_a_total_without_a_number(
    text: str, killed: tuple[int, int | None] | None, injured: tuple[int, int | None] | None
) -> None:
    (found,) = claims(text)
    assert (found.killed and found.killed.pair, found.injured and found.injured.pair) == (killed, injured)


def test_not_to_speak_of_the_dead_denies_none() -> None:
    # the rescuers said that five civilians were killed by artillery in Manbij, without pointing to any dead of the raids
    found = claims("قال الدفاع المدني إن خمسة مدنيين قتلوا بقصف مدفعي على منبج، دون إشارة إلى سقوط ضحايا جراء الغارات.")
    assert [(one.polarity, one.killed) for one in found] == [("affirmed", Toll(least=5, most=5))]


@pytest.mark.xfail(reason="“the use of … is banned” is taken for an attack")
def test_a_rule_about_a_weapon_is_no_attack() -> None:
    assert [one.kind for one in claims("The use of cluster munitions is banned.")] in ([], ["general"])


def test_a_list_of_the_dead_belongs_to_the_main_event_and_names_no_places() -> None:
    text = (
        "On 3 May 2017 an airstrike on Kobani killed several people. Shelling of Manbij on 4 May killed one man.\n"
        "The victims were named as:\nHaifa Invented\nAdult\nfemale\nkilled\nRaqqa Invented\n7 years old\nmale\nkilled\n"
    )
    found = read(text).claims
    assert [(one.place and one.place.text, one.killed and one.killed.pair) for one in found] == [
        ("Kobani", (2, None)),
        ("Manbij", (1, 1)),
    ]
    assert found[0].children_killed == Toll(least=1, most=1)


def test_an_epithet_in_one_voice_is_no_other_voices_word() -> None:
    text = "A video shows the strike on Kobani. “The infidels bombed a house in Kobani,” a user on Telegram said."
    assert [
        [one.words for one in claim.accused] for claim in claims(text) if not claim.voice and claim.on_whose_word == ()
    ] in (
        [[]],
        [],
    )


def test_a_party_that_was_not_there_yet_stays_in_words() -> None:
    (found,) = claims("Previously, U.S. warplanes bombed Fallujah in 2004 and killed nine people.")
    assert [(one.actor, one.label) for one in found.accused] == [(None, None)]
    (found,) = claims("U.S. warplanes bombed Raqqa on 3 June 2017 and killed nine people.")
    assert [one.label for one in found.accused] == ["U.S.-led Coalition"]


def test_people_trapped_alone_are_no_attack() -> None:
    assert claims("The ISIS stronghold was calm. Aid workers say 200,000 people are still trapped in Raqqa.") == ()


def test_no_further_injured_denies_no_injured() -> None:
    # a child and a man were injured by shelling of Kobani; our teams made sure that there were no other injured
    found = claims("إصابة طفل ورجل بقصف على كوباني، فرقنا تفقدت المكان وتأكدت من عدم وجود مصابين آخرين.")
    assert [(one.polarity, one.injured) for one in found] == [("affirmed", Toll(least=2, most=2))]


def test_a_denial_of_deaths_is_no_denial_of_the_attack() -> None:
    for text in (
        "The US military denied that civilians were killed in the airstrike on Raqqa.",
        "ونفت قوات سوريا الديمقراطية وقوع ضحايا مدنيين في القصف.",  # the SDF denied that there were civilian victims in the shelling
    ):
        found = read(text).claims
        assert not [one for one in found if one.kind == "attack"]
        assert [one.polarity for one in found if one.kind == "harm"] == ["denied"]


def test_where_the_wounded_were_taken_was_not_struck() -> None:
    for text in (
        "Shelling killed three in Raqqa. Ambulance teams took the wounded to a nearby hospital.",
        "قتل ثلاثة مدنيين بقصف على الرقة. ونقلت فرق الإسعاف الجرحى إلى مشفى قريب.",  # the same
    ):
        assert [one.target for one in read(text).claims if one.kind == "attack"] == [()]
    assert read("A missile hit an ambulance in Raqqa and killed three.").claims[0].target == ("Healthcare",)


def test_an_arabic_target_as_an_object_and_a_figure_behind_a_mark_of_direction() -> None:
    # warplanes struck a popular market in Raqqa and killed 5 civilians and 3 children
    found = read("استهدف الطيران الروسي سوقا شعبيا في الرقة وقتل 5 مدنيين و\u200f3 أطفال.")
    assert found.claims[0].target == ("Commerce",)
    assert found.claims[0].killed is not None
    assert found.claims[0].killed.pair == (8, 8)


def test_a_ceasefire_is_no_shooting() -> None:
    # "Ankara and Moscow signed a memorandum to strengthen the ceasefire in Idlib in 2018"
    assert claims("وقعت أنقرة وموسكو عام 2018 مذكرة لتعزيز وقف إطلاق النار في إدلب.") == ()
    # "a civilian was killed by shooting in Idlib"
    assert claims("قتل مدني برصاص قوات النظام في إطلاق النار في إدلب.")[0].delivery == ("Shooting",)


def test_weapons_that_were_struck_are_not_what_struck() -> None:
    (found,) = claims("Israeli aircraft struck a weapons depot near Raqqa and killed two people.")
    assert found.weapon == ()


def test_one_who_died_later_of_a_strike_does_not_move_its_day() -> None:
    text = (
        "Three civilians were killed when an airstrike hit Raqqa on 3 June 2017, the White Helmets said. "
        "A man who was injured in the strike died on 9 June 2017."
    )
    assert {one.moment.earliest for one in claims(text) if one.moment} == {"2017-06-03"}


@pytest.mark.parametrize(
    ("text", "killed", "fighters"),
    [
        (
            "Four killed in a drone strike in Kobani. The monitor wrote on Sunday that four fighters were killed by the strike.",
            None,
            (4, 4),
        ),
        (
            "Five people were killed by a strike on Kobani. Two fighters and three civilians were among the dead.",
            (3, 3),
            (2, 2),
        ),
        ("A strike on Kobani killed six members of the family, five of them civilians.", (5, 5), None),
    ],
)
def test_fighters_are_told_from_a_total_that_says_nothing_of_them(
    text: str, killed: tuple[int, int] | None, fighters: tuple[int, int] | None
) -> None:
    found = claims(text)[0]
    assert found.killed == (None if killed is None else Toll(least=killed[0], most=killed[1]))
    assert found.combatants_killed == (None if fighters is None else Toll(least=fighters[0], most=fighters[1]))


def test_who_dies_of_wounds_later_belongs_to_the_event() -> None:
    text = (
        "On 3 June 2017 six people were killed by a strike on Kobani. On 5 June 2017 the father of the family also died of his "
        "wounds, bringing the death toll to seven."
    )
    assert {one.moment.earliest for one in claims(text) if one.moment} == {"2017-06-03"}


def test_what_the_attacks_of_a_sum_did_belongs_to_no_event() -> None:
    found = claims(
        "A strike killed a man in Kobani. Rescuers have been called out since early 2017. The attacks killed 49 civilians."
    )
    assert [(one.kind, one.killed.least if one.killed else None) for one in found] == [("attack", 1), ("earlier", 49)]


def test_what_is_counted_since_a_time_dates_no_event() -> None:
    found = claims("A strike killed a man in Kobani. Strikes on Kobani since early 2017 have reached 49.")
    assert [(one.kind, one.moment) for one in found if one.kind == "attack"] == [("attack", None)]


def test_two_who_answer_each_other_in_one_sentence_each_have_their_figure() -> None:
    text = "While the mayor reported that four people were killed in a strike on Kobani, a medic said that six people were killed."
    assert sorted(one.killed.pair for one in claims(text) if one.killed) == [(4, 4), (6, 6)]


def test_a_party_that_denies_harm_denies_more_than_responsibility() -> None:
    found = {
        one.kind: one for one in claims("The Turkish army denied that civilians were killed in the strike on Kobani.")
    }
    assert found["denial"].why.rule == "claims.denial-of-harm"
