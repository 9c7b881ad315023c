"""Drift and contradictions through a whole case: shown, explained, exported and laid side by side, and gone with their texts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select

from tests.strategies import StillClock
from witnessmark.casefile import tables
from witnessmark.casefile.case import Case, make
from witnessmark.casefile.deposits import add
from witnessmark.casefile.explain import explain
from witnessmark.casefile.exports import export
from witnessmark.casefile.run import run
from witnessmark.casefile.show import show
from witnessmark.publishing.report import write_report

DAY = "2031-06-09"
TEXTS = [
    {"id": "first", "publisher": "The Ledger", "text": "Artillery fire on Kobani killed four civilians on 8 June 2031 and wounded nine, the Syrian Observatory for Human Rights said."},
    {"id": "second", "publisher": "Radio Ambry", "text": "Warplanes bombed Kobani on 8 June 2031, killing four civilians, the Syrian Observatory for Human Rights said."},
    {"id": "third", "publisher": "Saltmarsh Courier", "text": "An airstrike on Kobani killed four civilians on 8 June 2031, the White Helmets said."},
    {"id": "fourth", "publisher": "The Tidewater", "text": "An artillery attack on Kobani killed four civilians on 8 June 2031, residents told our reporter."},
]  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    home = tmp_path_factory.mktemp("drifts")
    lines = [json.dumps({**one, "published_at": DAY}) for one in TEXTS]
    (home / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with make(home / "case", StillClock(), name="some") as made:
        add(made, [home / "items.jsonl"], jobs=1)
        run(made, jobs=1)
        yield made


def the_incident(case: Case) -> dict[str, Any]:
    return max(export(case, "incidents"), key=lambda row: row["posts"])


def test_a_drift_is_exported_with_the_words_of_both_ends(case: Case) -> None:
    (row,) = [one for one in export(case, "drifts") if one["slot"] == "delivery"]
    ends = {one["item"]: one for one in (row["earlier"], row["later"])}
    assert set(ends) == {"first", "second"}
    assert ends["second"]["said"] == "Airstrike"
    assert ends["second"]["words"].startswith("Warplanes bombed Kobani")
    assert ends["first"]["whose_word"] == "Syrian Observatory for Human Rights"
    assert not row["within"]
    assert row["review"] == "machine draft, not reviewed"


def test_it_is_shown_and_explained_with_its_items_and_its_incident(case: Case) -> None:
    drifted = next(one for one in export(case, "drifts") if one["slot"] == "delivery")
    for item in ("first", "second"):
        assert drifted["id"] in [one["id"] for one in show(case, item)["drifts"]]
        assert any(one["slot"] == "drift, delivery" for one in explain(case, item)["reasons"])
    assert show(case, "third")["drifts"] == []
    for incident in drifted["incidents"]:
        assert drifted["id"] in [one["id"] for one in show(case, incident)["drifts"]]


def test_a_contradiction_is_exported_with_the_words_of_both_sides(case: Case) -> None:
    incident = the_incident(case)
    (dispute,) = [one for one in incident["disputes"] if one["slot"] == "delivery"]
    assert dispute["sentence"] in incident["contradictions"]
    sides = {side["label"]: side for side in dispute["sides"]}
    assert "White Helmets" in sides["Airstrike"]["who"]
    assert {said["words"] for said in sides["Airstrike"]["words"]} <= {"airstrike", "Warplanes"}
    for side in sides.values():
        assert side["claims"]
        assert side["origins"]
        assert all(said["said_by"] and said["anchor"] for said in side["words"])
    told = [one for one in explain(case, incident["id"])["reasons"] if one["slot"] == "contradiction, delivery"]
    assert {one["value"] for one in told} == set(sides)


def test_the_report_lays_both_side_by_side(case: Case, tmp_path: Path) -> None:
    incident = the_incident(case)
    write_report(case, tmp_path / "out")
    page = html.document_fromstring(
        (tmp_path / "out" / "incident" / f"{incident['id']}.html").read_text(encoding="utf-8")
    )
    said = " ".join(page.text_content().split())
    assert "What the sources disagree on" in said
    heads = [" ".join(cell.text_content().split()) for cell in page.iter("th")]
    assert {"Airstrike", "Artillery"} <= set(heads)
    assert ("Where a later text says more" in said) == bool(incident["drifts"])


def test_a_text_that_is_no_longer_read_drifts_no_more(tmp_path: Path) -> None:
    for name, one in zip(("a.jsonl", "b.jsonl"), TEXTS[:2], strict=True):
        (tmp_path / name).write_text(json.dumps({**one, "published_at": DAY}) + "\n", encoding="utf-8")
    with make(tmp_path / "case", StillClock(), name="some") as made:
        add(made, [tmp_path / "a.jsonl"], jobs=1)
        run(made, jobs=1)
        assert list(export(made, "drifts")) == []
        add(made, [tmp_path / "b.jsonl"], jobs=1)
        run(made, jobs=1)
        assert [row["slot"] for row in export(made, "drifts")] == ["delivery"]
        with made.transaction() as db:
            assert len(db.execute(select(tables.account.c.item)).all()) == len(TEXTS[:2])


def test_drifts_are_the_same_in_whatever_order_texts_are_added(tmp_path: Path) -> None:
    found = []
    for name, texts in (("straight", TEXTS), ("back", TEXTS[::-1])):
        with make(tmp_path / name, StillClock(), name="some") as made:
            for one in texts:
                source = tmp_path / f"{one['id']}.jsonl"
                source.write_text(json.dumps({**one, "published_at": DAY}) + "\n", encoding="utf-8")
                add(made, [source], jobs=1)
                run(made, jobs=1)
            found.append(list(export(made, "drifts")))
    assert found[0] == found[1]
    assert found[0]
