"""The property above all: however material is split, ordered, added and run, the exports are the same bytes.

It guards ids, clustering, workers and resumption at once.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.casefile import corpus
from tests.casefile.corpus import STRAIGHT, UNITS, Exports, Step
from tests.strategies import StillClock, new_case
from witnessmark.casefile import opening, readings
from witnessmark.casefile.case import open_case
from witnessmark.casefile.run import run
from witnessmark.casefile.verify import verify

ROOT = Path(__file__).resolve().parents[2]


@st.composite
def plans(draw: st.DrawFn, most: int) -> list[Step]:
    """Every unit at least once, in any order and company, runs in between, places, parties and a register brought in at any time.

    ``most``: how often something is added at most.
    """
    jobs = st.integers(1, 3)
    units = [*draw(st.permutations(list(UNITS))), *draw(st.lists(st.sampled_from(list(UNITS)), max_size=2))]
    cuts = sorted(draw(st.sets(st.integers(1, len(units) - 1), max_size=most - 1)))
    groups = [units[start:end] for start, end in pairwise([0, *cuts, len(units)])]
    plan: list[Step] = [{"do": "add", "units": group, "jobs": draw(jobs)} for group in groups]
    runs: list[Step] = [{"do": "run", "jobs": count} for count in draw(st.lists(jobs, max_size=most // 2))]
    for step in (*runs, {"do": "places"}, {"do": "parties"}, {"do": "register"}):
        plan.insert(draw(st.integers(0, len(plan))), step)
    return [*plan, {"do": "run", "jobs": draw(jobs)}]


def same(found: Exports, expected: Exports) -> None:
    assert found.unlike(expected) == []
    assert found == expected


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.lay_out(tmp_path_factory.mktemp("material"))


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory, material: Path) -> Exports:
    """The exports of all added at once, with real workers."""
    root = tmp_path_factory.mktemp("straight") / "case"
    corpus.carry_out(root, material, STRAIGHT)
    return corpus.exports(root)


@pytest.fixture
def _here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No worker processes, but batches come home in any order."""
    monkeypatch.setattr(opening, "Spread", corpus.Here)
    monkeypatch.setattr(readings, "Spread", corpus.Here)
    yield
    readings._larder.cache_clear()


def in_a_process(root: Path, material: Path, plan: list[Step], seed: int) -> Exports:
    """The exports of a plan done by a process with this hash seed."""
    asked = [
        sys.executable,
        "-m",
        "tests.casefile.corpus",
        str(root),
        str(material),
        msgspec.json.encode(plan).decode(),
    ]
    subprocess.run(asked, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": str(seed)}, check=True, capture_output=True)
    return corpus.exports(root)


def test_the_corpus_has_what_could_differ(straight: Exports) -> None:
    incidents = [msgspec.json.decode(line) for line in straight["incidents"].splitlines()]
    assert max(row["posts"] for row in incidents) >= 8
    assert len({row["place"] for row in incidents}) >= 3
    assert all(told for what, told in straight.items() if what != "drifts")  # those have a case of their own
    assert len(straight["unreadable"].splitlines()) >= 4


@settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
@given(plans(most=8), st.integers(0, 1000))
@pytest.mark.usefixtures("_here")
def test_any_split_and_order_gives_the_same_exports(
    tmp_path_factory: pytest.TempPathFactory, material: Path, straight: Exports, plan: list[Step], chance: int
) -> None:
    corpus.Here.chance = random.Random(chance)  # noqa: S311 - no secret depends on it
    root = tmp_path_factory.mktemp("any") / "case"
    new_case(root).close()
    for step in plan:
        readings._larder.cache_clear()  # workers of a run do not outlive it
        with open_case(root, StillClock()) as case:
            corpus.take(case, material, step)
    same(corpus.exports(root), straight)
    corpus.lose_database(root)
    with open_case(root, StillClock()) as case:
        run(case, jobs=1)
        assert verify(case) == []
    same(corpus.exports(root), straight)


@settings(
    max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
@given(plans(most=3), st.sampled_from([0, 1, 20170606]))
def test_any_number_of_workers_and_any_hash_seed_give_the_same_exports(
    tmp_path_factory: pytest.TempPathFactory, material: Path, straight: Exports, plan: list[Step], seed: int
) -> None:
    root = tmp_path_factory.mktemp("jobs") / "case"
    same(in_a_process(root, material, plan, seed), straight)


@pytest.mark.parametrize(("seed", "jobs"), [(0, 1), (1, 3)])
def test_hash_seeds_and_jobs_change_nothing(
    tmp_path: Path, material: Path, straight: Exports, seed: int, jobs: int
) -> None:
    plan = [{**step, "jobs": jobs} if "jobs" in step else step for step in reversed(STRAIGHT[:-1])]
    same(in_a_process(tmp_path / "case", material, [*plan, {"do": "run", "jobs": jobs}], seed), straight)


def test_a_run_with_nothing_new_changes_nothing(tmp_path: Path, material: Path, straight: Exports) -> None:
    root = tmp_path / "case"
    corpus.carry_out(root, material, [*STRAIGHT, {"do": "run", "jobs": 2}, {"do": "run", "jobs": 1}])
    same(corpus.exports(root), straight)


@pytest.mark.usefixtures("_here")
def test_an_archive_met_too_deep_is_unpacked_once_it_is_met_higher_up(tmp_path: Path, material: Path) -> None:
    found = []
    for order in (["nested", "deep"], ["deep", "nested"]):
        root = tmp_path / order[0]
        corpus.carry_out(root, material, [{"do": "add", "units": [unit], "jobs": 1} for unit in order])
        found.append(corpus.exports(root))
    same(*found)
    assert len(found[0]["items"].splitlines()) == 2
