"""Sources of a case: listed by class, judged by a person only, with a history that is no score and none of private persons."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.casefile import corpus
from tests.incidents.cards import card
from tests.strategies import StillClock, jsonl
from witnessmark.casefile import decisions, opening, publishers, readings
from witnessmark.casefile.case import open_case
from witnessmark.casefile.run import run
from witnessmark.casefile.show import show
from witnessmark.casefile.voices import Voice, classified, publisher_voice, voice_rows
from witnessmark.errors import UnknownId, UsageError
from witnessmark.packs.larder import open_larder
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Publication
from witnessmark.terms.reading import Reading

UNITS = ["two-posts", "copies", "market"]
OWNER = {"by": "A. Researcher", "reason": "held against hospital lists"}


@pytest.fixture(scope="module", autouse=True)
def _here() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "Spread", corpus.Here)
        patch.setattr(readings, "Spread", corpus.Here)
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    material = corpus.lay_out(tmp_path_factory.mktemp("material"))
    post = {
        "id": "private",
        "publisher": "Salma Idris",
        "published_at": "2031-03-11T12:00:00+05:00",
        "text": corpus.DAWN,
    }
    (material / "market" / "private.jsonl").write_bytes(jsonl(post))
    root = tmp_path_factory.mktemp("built") / "case"
    steps: list[dict[str, Any]] = [
        {"do": "places"}, {"do": "parties"}, {"do": "add", "units": UNITS, "jobs": 1}, {"do": "run", "jobs": 1},
    ]  # fmt: skip
    corpus.carry_out(root, material, steps)
    return root


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "case"))


def listed(root: Path) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in corpus.rows(root, "publishers")}


def decide(root: Path, wanted: str, value: str) -> dict[str, object]:
    with open_case(root, StillClock()) as found:
        return decisions.decide(found, wanted, "set", value, **OWNER)


def history(root: Path, wanted: str) -> dict[str, Any]:
    with open_case(root, StillClock()) as found, found.transaction() as db:
        return publishers.history(db, wanted, found.larder)


def incident(root: Path) -> dict[str, Any]:
    (claim,) = [row for row in corpus.rows(root, "claims") if row["item"] == "dawn"][:1]
    (row,) = [row for row in corpus.rows(root, "incidents") if row["id"] == claim["incident"]]
    return row


def test_everybody_begins_as_cannot_be_judged_on_a_named_scale(built: Path) -> None:
    rows = listed(built)
    assert {row["reliability"] for row in rows.values()} == {"F"}
    assert {row["scale"] for row in rows.values()} == {"admiralty-a-f"}
    assert rows["Dunes Media Collective"]["class"] == "local outlet or activist group"
    assert not any(row["reliability_judged"] for row in rows.values())


def test_a_name_that_no_pack_knows_is_shown_by_role_and_keeps_no_history(built: Path) -> None:
    rows = corpus.rows(built, "publishers")
    private = [row for row in rows if row["class"] == "private person"]
    assert private
    assert not any("Salma" in str(row) for row in rows)
    for row in private:
        found = history(built, row["id"])
        assert found["history"] is None
        assert "Salma" not in str(found)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://zarhal.example/2031/7", "media"),
        ("https://www.facebook.com/someone/posts/1", "private person"),
        ("https://someone.blogspot.com/a", "private person"),
        ("https://web.archive.org/web/2031/https://zarhal.example/7", "private person"),
        ("https://[broken", "private person"),
        (None, "private person"),
    ],
)
def test_a_site_of_its_own_shows_an_outlet_and_an_account_shows_a_person(url: str | None, kind: str) -> None:
    larder = open_larder()
    item = Item(address="", selector="", kind="page", publisher="Salma Idris", url=url)
    publication = Publication(earliest=None, latest=None, zone=None, basis="", why="")
    (row,) = voice_rows(item, Reading(item=item.id, language="", publication=publication), [], larder)
    voice = Voice(key=str(row["key"]), name=str(row["name"]), actor=None, manner=str(row["manner"]))
    assert classified(voice, larder).kind == kind


def test_names_without_a_letter_make_no_one_source() -> None:
    voices = [publisher_voice("\u0640\u0640", open_larder(), item=f"item-{number}") for number in range(2)]
    assert len({one.key for one in voices}) == 2
    assert {classified(one, open_larder()).kind for one in voices} == {"unnamed"}
    told = card("a", source="\u0640", outlet="")
    assert (told.speaker, told.publisher) == ("unnamed:item-a/", "unnamed:item-a")


def test_the_history_says_what_was_told_copied_and_apart(built: Path) -> None:
    found = history(built, listed(built)["Dalvat Today"]["id"])
    assert [one["item"] for one in found["told"]].count("dawn-copy") >= 1
    assert found["history"]["copied"]
    assert set(found["history"]) == {"copied", "overtaken", "apart"}
    first = history(built, listed(built)["Dunes Media Collective"]["id"])
    assert first["history"]["copied"] == []


def test_a_judgement_stands_survives_a_lost_database_and_changes_the_grade_at_once(case: Path) -> None:
    before = incident(case)
    assert "credible" in before["unmet"]
    named = {row["id"] for row in listed(case).values()}
    with open_case(case, StillClock()) as found:
        for origin in before["origin_ids"]:
            row = show(found, origin)
            decisions.decide(found, origin, "set", "shown=yes", **OWNER)
            for source in set(row["sources"]) & named:
                entry = decisions.decide(found, source, "set", "reliability=b", **OWNER)
                assert entry["value"] == "reliability=B"
    decide(case, before["id"], "near_action=likely")
    after = incident(case)
    assert (after["grade_label"], after["unmet"]) == ("Fair", [])
    assert any(one["scale"] == "admiralty-a-f" for one in listed(case)["Dunes Media Collective"]["decisions"])
    corpus.lose_database(case)
    _again(case)
    assert incident(case)["grade_label"] == "Fair"


def _again(root: Path) -> None:
    with open_case(root, StillClock()) as found:
        run(found, jobs=1)


def test_a_person_may_say_what_a_source_is(case: Path) -> None:
    (row, *_) = [row for row in corpus.rows(case, "publishers") if row["class"] == "private person"]
    decide(case, row["id"], "class=local outlet or activist group")
    (after,) = [one for one in corpus.rows(case, "publishers") if one["id"] == row["id"]]
    assert (after["class"], after["class_why"]) == ("local outlet or activist group", "decided by a person")
    assert history(case, row["id"])["history"] is not None
    (entry,) = after["decisions"]
    assert "Salma" not in str(entry)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("reliability=G", "no value for reliability"),
        ("class=oracle", "no value for class"),
        ("affiliation=the moon", "no value for affiliation"),
        ("killed=3", "no slot of sources"),
        ("reliability=", "No value is given"),
    ],
)
def test_what_cannot_be_meant_of_a_source_is_refused(case: Path, value: str, why: str) -> None:
    wanted = listed(case)["Dunes Media Collective"]["id"]
    with pytest.raises(UsageError, match=why):
        decide(case, wanted, value)


def test_confirmed_is_refused_without_two_shown_origins_and_taken_with_them(case: Path) -> None:
    row = incident(case)
    for one in row["origin_ids"]:
        decide(case, one, "shown=no")
    with pytest.raises(UsageError, match="0 independent origins are shown"):
        decide(case, row["claims"][0], "credibility=1")
    assert decide(case, row["claims"][0], "credibility=2")["value"] == "credibility=2"
    for one in row["origin_ids"][:2]:
        decide(case, one, "shown=yes")
    assert decide(case, row["claims"][0], "credibility=1")["value"] == "credibility=1"
    with open_case(case, StillClock()) as found:
        shown = show(found, row["claims"][0])
    assert (shown["credibility"], shown["scale"], shown["credibility_judged"]) == ("1", "admiralty-1-6", True)


def test_a_claim_never_judged_is_six(built: Path) -> None:
    with open_case(built, StillClock()) as found:
        shown = show(found, incident(built)["claims"][0])
    assert (shown["credibility"], shown["credibility_judged"]) == ("6", False)


def test_what_is_no_source_has_no_history(built: Path) -> None:
    with pytest.raises(UsageError, match="no source"):
        history(built, incident(built)["id"])
    with pytest.raises(UnknownId):
        history(built, "source-000000")
