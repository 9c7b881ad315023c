"""A whole article against what a person read in it; the article is no part of the project, so without it this is skipped."""

import os
from functools import cache
from pathlib import Path

import pytest

from tests.reading.posts import post
from witnessmark.packs.larder import open_larder
from witnessmark.reading.item import read_item
from witnessmark.terms.claim import TOLL_SLOTS, Claim
from witnessmark.terms.reading import Reading
from witnessmark.terms.statement import Statement

_SHARED = Path(os.environ.get("WITNESSMARK_SHARED", Path(__file__).resolve().parents[3] / "shared"))
ARTICLE = _SHARED / "samples" / "article-raqqa-2017-06-11.txt"
pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason=f"the sample article is not at hand ({ARTICLE.name})")


@cache
def article() -> Reading:
    return read_item(post(ARTICLE.read_text(encoding="utf-8")), open_larder())


def text(start: int, end: int) -> str:
    return ARTICLE.read_text(encoding="utf-8")[start:end]


def said_by(actor: str) -> list[Statement]:
    return [one for one in article().statements if one.source_actor == actor]


def claims(kind: str) -> list[Claim]:
    return [one for one in article().claims if one.kind == kind]


def place(claim: Claim) -> str | None:
    return claim.place.text if claim.place else None


@pytest.mark.parametrize(
    ("actor", "word", "form"),
    [
        ("rbss", "coalition are killing", "mixed"),
        ("amaq", "infidels", "direct"),
        ("ypg", "our forces", "direct"),
        ("irc", "are still trapped", "indirect"),
        ("irc", "human shields", "direct"),
        ("irc", "deeply concerned", "direct"),
        ("amnesty", "indiscriminate", "indirect"),
    ],
)
def test_each_is_the_source_of_its_words(actor: str, word: str, form: str) -> None:
    found = [one for one in said_by(actor) if word in text(one.content.start, one.content.end)]
    assert [one.form for one in found] == [form]
    assert found[0].source_resolved


def test_the_telegram_user_is_a_source_of_their_own_and_unresolved() -> None:
    (user,) = [one for one in article().statements if one.source and "user" in one.source]
    assert (user.source_actor, user.source_resolved) == (None, False)
    assert "Crusader" in text(user.content.start, user.content.end)


@pytest.mark.parametrize(("words", "day"), [("last Tuesday", "2017-06-06"), ("Saturday", "2017-06-10")])
def test_days_relative_to_publication(words: str, day: str) -> None:
    (found,) = [one for one in article().moments if one.text == words]
    assert (found.earliest, found.latest, found.precision) == (day, day, "day")


def test_the_day_of_publication_has_its_zone() -> None:
    known = article().publication
    assert known.earliest is not None
    assert known.earliest.startswith("2017-06-11T09:52")
    assert known.zone == "-04:00"


def test_the_us_led_coalition_is_accused_and_never_speaks() -> None:
    assert said_by("us-led-coalition") == []
    roles = {one.role for one in article().actors if one.actor == "us-led-coalition"}
    assert "accused" in roles
    assert "speaker" not in roles


def test_the_coalition_that_said_so_in_a_statement_is_the_sdf() -> None:
    (found,) = [
        one
        for one in article().statements
        if one.source_span and text(one.source_span.start, one.source_span.end) == "the coalition"
    ]
    assert found.source_actor == "ypg"


def test_an_attack_in_raqqa_is_alleged() -> None:
    found = [one for one in claims("attack") if place(one) == "Raqqa"]
    assert any(one.certainty == "alleged" for one in found)
    assert all(one.polarity == "affirmed" for one in found)
    assert {party.actor for one in found for party in one.accused} <= {"us-led-coalition", None}
    assert any("white phosphorus" in one.weapon for one in found)


def test_white_phosphorus_is_a_weapon_as_worded() -> None:
    assert "white phosphorus" in {one.label for one in article().weapons if one.slot == "weapon"}


def test_mosul_is_an_allegation_without_a_day() -> None:
    (found,) = [one for one in claims("attack") if place(one) == "Mosul"]
    assert (found.moment, found.certainty) == (None, "alleged")
    assert found.on_whose_word[-2:] == ("ISIS", "Amaq News Agency")


@pytest.mark.parametrize("name", ["Aleppo", "Fallujah"])
def test_what_happened_elsewhere_before_is_context(name: str) -> None:
    assert [one.kind for one in article().claims if place(one) == name] == ["earlier"]


def test_fallujah_is_dated_2004() -> None:
    (found,) = [one for one in claims("earlier") if place(one) == "Fallujah"]
    assert found.moment is not None
    assert (found.moment.earliest, found.moment.latest) == ("2004-01-01", "2004-12-31")


def test_the_group_and_its_agency_stand_in_one_chain_and_the_user_in_another() -> None:
    chains = {one.on_whose_word for one in claims("attack")}
    assert all(chain[chain.index("Amaq News Agency") - 1] == "ISIS" for chain in chains if "Amaq News Agency" in chain)
    users = [chain for chain in chains if chain and "user" in chain[-1]]
    assert len(users) == 1
    assert "ISIS" not in users[0]


def test_every_toll_of_a_claim_is_null() -> None:
    assert {(slot, getattr(one, slot)) for one in article().claims for slot in TOLL_SLOTS} == {
        (slot, None) for slot in TOLL_SLOTS
    }


def test_people_trapped_are_no_toll_and_harm_without_a_number_is_said_so() -> None:
    trapped = [one for one in article().tolls if one.count and one.count.least == 200_000]
    assert {one.kind for one in trapped} == {"trapped"}
    assert any("killed" in one.harm_unnumbered for one in claims("attack"))
