"""Decisions are kept for good: through new material, other readers and a lost database; what finds nothing is queued."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.casefile import corpus
from tests.strategies import StillClock
from witnessmark.casefile import decisions, opening, readings
from witnessmark.casefile.case import open_case
from witnessmark.casefile.run import run
from witnessmark.casefile.status import status
from witnessmark.casefile.steps import VERSIONS
from witnessmark.casefile.verify import verify
from witnessmark.errors import UnknownId, UsageError
from witnessmark.reading.item import read_item
from witnessmark.terms.address import address_of, canonical
from witnessmark.terms.claim import Claim
from witnessmark.terms.item import Item
from witnessmark.terms.ports import Larder
from witnessmark.terms.reading import Reading

FIRST = ["two-posts", "copies", "market"]
LATER = ["edit", "telegram", "page", "texts", "packed"]


@pytest.fixture(scope="module", autouse=True)
def _here() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "Spread", corpus.Here)
        patch.setattr(readings, "Spread", corpus.Here)
        yield


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.lay_out(tmp_path_factory.mktemp("material"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, material: Path) -> Path:
    root = tmp_path_factory.mktemp("built") / "case"
    first = {"do": "add", "units": FIRST, "jobs": 1}
    corpus.carry_out(root, material, [{"do": "places"}, {"do": "parties"}, first, {"do": "run", "jobs": 1}])
    return root


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """A copy of the built case that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "case"))


def decide(root: Path, wanted: str, act: str, value: str = "", **more: str) -> dict[str, object]:
    given = {"by": "A. Researcher", "reason": "as I read it", **more}
    with open_case(root, StillClock()) as case:
        return decisions.decide(case, wanted, act, value, **given)


def again(root: Path) -> None:
    with open_case(root, StillClock()) as case:
        run(case, jobs=1)


def looked_at_again(root: Path) -> list[dict[str, Any]]:
    with open_case(root, StillClock()) as case:
        found = status(case)["look_again"]
    return msgspec.convert(found, list[dict[str, Any]])


def incident_with(root: Path, item: str) -> dict[str, Any]:
    """The incident that an item's first claim stands in."""
    wanted = claims_of(root, item)[0]["incident"]
    (row,) = [row for row in corpus.rows(root, "incidents") if row["id"] == wanted]
    return row


def claims_of(root: Path, item: str) -> list[dict[str, Any]]:
    return [row for row in corpus.rows(root, "claims") if row["item"] == item]


def grow(root: Path, material: Path) -> Iterator[str]:
    """The case after each thing that must not move a decision: again, more material, the database lost."""
    again(root)
    yield "run again"
    for unit in LATER:
        with open_case(root, StillClock()) as case:
            corpus.take(case, material, {"do": "add", "units": [unit], "jobs": 1})
    again(root)
    yield "new material"
    before = corpus.exports(root)
    corpus.lose_database(root)
    again(root)
    assert corpus.exports(root).unlike(before) == []
    yield "database lost"


def test_a_value_set_stands_beside_what_was_suggested(case: Path, material: Path) -> None:
    assert incident_with(case, "dawn")["killed"] not in (None, [4, None])
    entry = decide(case, incident_with(case, "dawn")["id"], "set", "killed=4..", reason="the rescuers counted")
    for _ in grow(case, material):
        row = incident_with(case, "dawn")
        assert (row["killed"], row["decided"]) == ([4, None], {"killed": [4, None]})
        assert row["suggested"]["killed"]
        assert row["review"] == "decided by A. Researcher, 2026-01-02T03:04:05+00:00: the rescuers counted"
        assert [one["entry"] for one in row["decisions"]] == [entry["entry"]]


def test_a_decided_place_takes_the_machines_point_away(case: Path) -> None:
    assert incident_with(case, "dawn")["lat"] is not None
    decide(case, incident_with(case, "dawn")["id"], "set", "place=Another village")
    row = incident_with(case, "dawn")
    assert [row[slot] for slot in ("place", "place_ar", "place_id", "lat", "lon", "precision")] == [
        "Another village",
        *[None] * 5,
    ]
    assert row["place_why"] == "decided by a person"
    assert row["suggested"]["lat"] is not None
    decide(case, row["id"], "set", "lat=10.5")
    assert incident_with(case, "dawn")["lat"] == 10.5


def test_a_state_and_an_acceptance_follow_what_they_are_about(case: Path, material: Path) -> None:
    decide(case, incident_with(case, "market")["id"], "state", "in review")
    decide(case, claims_of(case, "rescue")[0]["id"], "accept")
    decide(case, "dawn-ar", "set", "publisher=Qarwan Harm Monitor")
    with open_case(case, StillClock()) as open_:
        (origin, *_) = incident_with(case, "market")["origin_ids"]
        decisions.decide(open_, origin, "set", "reliability=B", by="A. Researcher", reason="known to us")
    for when in grow(case, material):
        assert incident_with(case, "market")["state"] == "in review", when
        assert claims_of(case, "rescue")[0]["decisions"][0]["act"] == "accept", when
        (item,) = [row for row in corpus.rows(case, "items") if row["id"] == "dawn-ar"]
        assert item["decided"] == {"publisher": "Qarwan Harm Monitor"}, when
        assert looked_at_again(case) == [], when


def test_the_last_word_stands_and_all_words_are_kept(case: Path) -> None:
    incident = incident_with(case, "dawn")["id"]
    decide(case, incident, "set", "killed=9", by="A. Researcher", reason="first")
    decide(case, incident, "set", "killed=5", by="B. Researcher", reason="second")
    row = incident_with(case, "dawn")
    assert row["killed"] == [5, 5]
    assert [(one["by"], one["value"]) for one in row["decisions"]] == [
        ("A. Researcher", "killed=9"), ("B. Researcher", "killed=5"),
    ]  # fmt: skip


def test_a_join_brings_all_of_both_together_and_holds(case: Path, material: Path) -> None:
    one, other = incident_with(case, "dawn"), incident_with(case, "market")
    assert one["id"] != other["id"]
    decide(case, other["id"], "join", one["id"])
    for when in grow(case, material):
        joined = incident_with(case, "dawn")
        assert set(joined["items"]) >= {*one["items"], *other["items"]}, when
        assert set(joined["claims"]) >= {*one["claims"], *other["claims"]}, when
        assert any(join["reason"] == "joined by a person's decision" for join in joined["joins"])
    assert verified(case)


def test_a_split_keeps_an_item_out_and_holds(case: Path, material: Path) -> None:
    before = incident_with(case, "dawn")
    assert "dawn-near" in before["items"]
    decide(case, before["id"], "split", "dawn-near")
    for when in grow(case, material):
        rest = incident_with(case, "dawn")
        assert "dawn-near" not in rest["items"], when
        assert "dawn-copy" in rest["items"], when
        assert claims_of(case, "dawn-near")[0]["incident"] != rest["id"], when


def test_a_split_of_what_was_joined_parts_it_again(case: Path) -> None:
    decide(case, incident_with(case, "market")["id"], "join", incident_with(case, "dawn")["id"])
    again(case)
    decide(case, incident_with(case, "dawn")["id"], "split", "market")
    again(case)
    assert claims_of(case, "market")[0]["incident"] != incident_with(case, "dawn")["id"]
    assert "market-ar" in incident_with(case, "dawn")["items"]
    decide(case, incident_with(case, "dawn")["id"], "join", claims_of(case, "market")[0]["incident"])
    again(case)
    assert {"market", "market-ar"} <= set(incident_with(case, "dawn")["items"])


def test_an_older_id_still_leads_to_the_incident(case: Path, material: Path) -> None:
    ids = {incident_with(case, "dawn")["id"]}
    for _ in grow(case, material):
        ids.add(incident_with(case, "dawn")["id"])
    for one in ids:
        assert decide(case, one, "accept")["about"] == incident_with(case, "dawn")["id"]


def other_reader(monkeypatch: pytest.MonkeyPatch, change: Any) -> None:  # noqa: ANN401 - a function of item and claim
    """As if the reader had been changed, with its version: every item is read again."""

    def reader(item: Item, larder: Larder) -> Reading:
        reading = read_item(item, larder)
        claims = tuple(changed for claim in reading.claims if (changed := change(item, claim)) is not None)
        return replace(reading, claims=claims)

    monkeypatch.setattr(readings, "read_item", reader)
    monkeypatch.setattr("witnessmark.casefile.steps.VERSIONS", {**VERSIONS, "read": VERSIONS["read"] + 1})


def test_a_claim_whose_words_are_cut_otherwise_keeps_its_decision(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shorter(item: Item, claim: Claim) -> Claim:
        span = replace(claim.span, end=claim.span.end - 1)
        return replace(claim, span=span, anchor=item.anchor(span))

    (claim, *_) = claims_of(case, "rescue")
    incident = incident_with(case, "dawn")
    decide(case, claim["id"], "set", "killed=4", reason="four bodies")
    decide(case, incident["id"], "state", "in research")
    decide(case, incident["id"], "split", "dawn-near")
    other_reader(monkeypatch, shorter)
    again(case)
    (now, *_) = claims_of(case, "rescue")
    assert now["id"] != claim["id"]
    assert now["decided"] == {"killed": [4, 4]}
    assert incident_with(case, "dawn")["state"] == "in research"
    assert "dawn-near" not in incident_with(case, "dawn")["items"]
    assert looked_at_again(case) == []


def test_what_no_longer_attaches_is_queued_and_never_dropped(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(item: Item, claim: Claim) -> Claim | None:
        return None if item.name in ("rescue", "market", "market-ar") else claim

    decide(case, claims_of(case, "rescue")[0]["id"], "accept", reason="seen")
    decide(case, incident_with(case, "market")["id"], "state", "in review", reason="nearly done")
    decide(case, incident_with(case, "dawn")["id"], "join", incident_with(case, "market")["id"], reason="one event")
    again(case)
    with monkeypatch.context() as patch:
        other_reader(patch, blind)
        again(case)
        queued = looked_at_again(case)
        assert [(one["act"], one["reason"]) for one in queued] == [
            ("accept", "seen"), ("state", "nearly done"), ("join", "one event"),
        ]  # fmt: skip
        assert verified(case)
        corpus.lose_database(case)
        again(case)
        assert looked_at_again(case) == queued
    again(case)
    assert looked_at_again(case) == []
    assert claims_of(case, "rescue")[0]["decisions"][0]["reason"] == "seen"


def test_the_ledger_keeps_what_was_seen_and_what_it_rests_on(case: Path) -> None:
    row = incident_with(case, "dawn")
    entry = decide(case, row["id"], "accept")
    with open_case(case, StillClock()) as open_:
        (about,) = [one.about for one in open_.ledger.read() if one.n == entry["entry"]]
    assert about["claims"] == sorted(row["claims"])
    assert len(about["anchors"]) == len(about["claims"])
    assert about["seen"] == address_of(about["suggested"].encode())
    seen = msgspec.json.decode(about["suggested"])
    assert canonical(seen).decode() == about["suggested"]
    assert (seen["date"], seen["place"], seen["items"]) == (row["date"], row["place"], seen["items"])


def test_a_decision_is_in_the_ledger_before_the_tables(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = incident_with(case, "dawn")["id"]

    def cut(_db: object, entries: list[object]) -> None:
        if entries:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("witnessmark.casefile.replay._project", cut)
        with pytest.raises(KeyboardInterrupt):
            decide(case, incident, "state", "approved")
    assert incident_with(case, "dawn")["state"] == "approved"
    assert verified(case)


@pytest.mark.parametrize(
    ("wanted", "act", "value", "says"),
    [
        ("incident", "set", "killed=a few", "is no value for killed"),
        ("incident", "set", "killed=5..3", "the smaller number first"),
        ("incident", "set", "nonsense=1", "is no slot of incidents"),
        ("incident", "set", "date=2031-13-01", "a day such as"),
        ("incident", "set", "lat=91", "degrees between"),
        ("incident", "state", "finished", "is no state"),
        ("incident", "join", "incident", "is not another incident"),
        ("incident", "join", "item", "is not another incident"),
        ("incident", "split", "wall", "has no claim in"),
        ("incident", "shred", "", "is no kind of decision"),
        ("item", "join", "incident", "is about incidents"),
        ("object", "accept", "", "is a preserved file"),
    ],
)
def test_what_cannot_be_decided_decides_nothing(case: Path, wanted: str, act: str, value: str, says: str) -> None:
    names = {
        "incident": incident_with(case, "dawn")["id"], "item": "rescue", "object": claims_of(case, "rescue")[0]["anchor"]["address"],
    }  # fmt: skip
    head = ledger_head(case)
    with pytest.raises(UsageError, match=says) as refused:
        decide(case, names[wanted], act, names.get(value, value))
    assert "Nothing was decided." in str(refused.value)
    assert ledger_head(case) == head


@pytest.mark.parametrize("missing", [{"by": " "}, {"reason": ""}])
def test_a_decision_needs_a_name_and_a_reason(case: Path, missing: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="needs a name and a reason"):
        decide(case, incident_with(case, "dawn")["id"], "accept", **missing)


def test_nothing_is_decided_about_what_is_not_there(case: Path) -> None:
    with pytest.raises(UnknownId):
        decide(case, "incident-ffffffffffffffffffff", "accept")


def ledger_head(root: Path) -> tuple[int, str]:
    with open_case(root, StillClock()) as case:
        return case.ledger.head()


def verified(root: Path) -> bool:
    with open_case(root, StillClock()) as case:
        return verify(case) == []
