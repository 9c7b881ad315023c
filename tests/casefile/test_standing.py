"""What stands of the steps over the whole case: nothing is done again in vain, and nothing else comes out than without it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from tests.casefile import corpus
from tests.casefile.corpus import STRAIGHT, UNITS
from tests.strategies import StillClock, jsonl
from witnessmark.casefile import decisions, gathering, opening, readings, standing, steps, tables
from witnessmark.casefile.case import open_case
from witnessmark.casefile.run import run
from witnessmark.weighing.weigh import weigh

LATE = "late"  # a unit that comes after all others
UNIT = {
    "late.jsonl": jsonl(
        corpus._post("late", "Late News", "2031-03-11T19:00:00+05:00", corpus.DAWN, url="https://example.org/9")
    )
}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(opening, "Spread", corpus.Here)
    monkeypatch.setattr(readings, "Spread", corpus.Here)
    yield
    readings._larder.cache_clear()


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the incidents weighed from now on."""
    seen: list[str] = []

    def spy(group: Any, *more: Any) -> object:  # noqa: ANN401 (handed on as given)
        seen.append(group.id)
        return weigh(group, *more)

    monkeypatch.setattr(gathering, "weigh", spy)
    return seen


def run_again(root: Path) -> None:
    with open_case(root, StillClock()) as case:
        run(case, jobs=1)


def whole(root: Path) -> corpus.Exports:
    """The exports of a copy that has lost what stands, and does all steps over the whole case anew."""
    bare = Path(shutil.copytree(root, root.with_name("bare"), dirs_exist_ok=True))
    with open_case(bare, StillClock()) as case:
        with case.transaction() as db:
            db.execute(delete(tables.standing))
            db.execute(delete(tables.step))
        run(case, jobs=1)
    return corpus.exports(bare)


def add_late(root: Path, folder: Path) -> None:
    (folder / LATE).mkdir()
    for name, data in UNIT.items():
        (folder / LATE / name).write_bytes(data)
    with open_case(root, StillClock()) as case:
        corpus.take(case, folder, {"do": "add", "units": [LATE], "jobs": 1})


def count(root: Path) -> int:
    with open_case(root, StillClock()) as case, case.transaction() as db:
        return int(db.execute(select(func.count()).select_from(tables.incident)).scalar_one())


def test_one_more_post_leaves_other_incidents_alone(copied: Path, tmp_path: Path, weighed: list[str]) -> None:
    add_late(copied, tmp_path)
    run_again(copied)
    assert 0 < len(weighed) < count(copied)
    assert corpus.exports(copied) == whole(copied)


@pytest.mark.parametrize("act", ["join", "split", "set"])
def test_what_people_decide_is_gathered_with(copied: Path, act: str) -> None:
    rows = [row for row in corpus.rows(copied, "incidents") if len(row["items"]) > 1]
    value = {"join": rows[1]["id"], "split": rows[0]["items"][0], "set": "killed=4"}[act]
    with open_case(copied, StillClock()) as case:
        decisions.decide(case, rows[0]["id"], act, value, by="A. Researcher", reason="as the sources say")
    run_again(copied)
    assert corpus.exports(copied) == whole(copied)


def test_what_was_decided_may_be_decided_otherwise(copied: Path) -> None:
    first, second = [row for row in corpus.rows(copied, "incidents") if len(row["items"]) > 1][:2]
    split = second["items"][0]
    for act, about, value in (("join", first["id"], second["id"]), ("split", None, split), ("join", first["id"], None)):
        rows = corpus.rows(copied, "claims")
        home = {row["item"]: row["incident"] for row in rows if row["incident"]}
        with open_case(copied, StillClock()) as case:
            decisions.decide(
                case, about or home[split], act, value or home[split], by="A. Researcher", reason="as told"
            )
        run_again(copied)
        assert corpus.exports(copied) == whole(copied), act


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_whichever_part_comes_last(tmp_path: Path, corpus_folder: Path, unit: str) -> None:
    root = tmp_path / "case"
    brought = [step for step in STRAIGHT if step["do"] not in ("add", "run")]
    others = [one for one in UNITS if one != unit]
    plan = [*brought, {"do": "add", "units": others, "jobs": 1}, {"do": "run", "jobs": 1}]
    corpus.carry_out(root, corpus_folder, [*plan, {"do": "add", "units": [unit], "jobs": 1}, {"do": "run", "jobs": 1}])
    assert corpus.exports(root) == whole(root)


def test_items_that_are_gone_leave_no_trace(copied: Path) -> None:
    with open_case(copied, StillClock()) as case, case.transaction() as db:
        gone = list(db.execute(select(tables.item.c.id).order_by(tables.item.c.id)).scalars())[::3]
        db.execute(delete(tables.item).where(tables.item.c.id.in_(gone)))
        db.execute(delete(tables.passage).where(tables.passage.c.item.in_(gone)))
    run_again(copied)
    assert corpus.exports(copied) == whole(copied)


def test_a_post_read_again_with_the_same_words_stays_where_it_stood(copied: Path, weighed: list[str]) -> None:
    before = corpus.exports(copied)
    with open_case(copied, StillClock()) as case, case.transaction() as db:
        db.execute(update(tables.reading).values(key="another"))
    run_again(copied)
    assert weighed == []
    assert corpus.exports(copied) == before


def test_other_packs_or_rules_use_nothing_that_stands(
    copied: Path, monkeypatch: pytest.MonkeyPatch, weighed: list[str]
) -> None:
    before = corpus.exports(copied)
    monkeypatch.setattr(steps, "VERSIONS", {**steps.VERSIONS, "gather": 99})
    run_again(copied)
    assert len(weighed) == count(copied)
    assert corpus.exports(copied) == before


def test_cut_off_in_between_all_is_as_before_and_goes_on(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    def kept() -> list[object]:
        with open_case(copied, StillClock()) as case, case.transaction() as db:
            return [db.execute(select(table)).all() for table in (tables.standing, tables.incident, tables.origin)]

    before = kept()
    add_late(copied, tmp_path)
    for name in ("assign", "save"):
        with monkeypatch.context() as patched:
            patched.setattr(standing, name, cut)
            with pytest.raises(KeyboardInterrupt):
                run_again(copied)
        assert kept() == before
    run_again(copied)
    assert kept() != before
    assert corpus.exports(copied) == whole(copied)
