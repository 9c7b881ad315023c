"""Kills ``add`` and ``run`` at random moments, and checks that nothing of the case is lost or doubled.

    python -m benchmarks.robustness.kill [--times 100] [--items 300] [--seed 1]

A case is made, and each of its two steps is killed (SIGKILL) some times before it may finish: sometimes with its workers,
sometimes alone, so that they must notice by themselves. After every kill ``verify`` must pass. Once both steps have
finished, every export must be the same bytes as that of a case that nobody disturbed, and it must hold as many objects
and items. Then another case is made, until enough kills have struck. What it does not prove: anything about a loss of
power, for which a machine would have to be cut off.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measured import PROGRAM, must
from benchmarks.robustness.material import PLACES, make

KINDS = ("items", "statements", "claims", "incidents", "unreadable")
_GRACE = 10.0  # seconds after which a worker whose run was killed should long be gone
_MOST_IN_A_ROW = 4
_VERIFIED = (0, 1)


class Disturbed(Exception):
    """A kill lost, doubled or damaged something, or left a process behind."""


@dataclass(slots=True)
class Outcome:
    """``killed``: how often each step was; ``cases``: how many were compared; ``torn``: unfinished ledger lines set aside."""

    killed: Counter[str] = field(default_factory=Counter)
    cases: int = 0
    torn: int = 0


def _silent(_: str) -> None:
    """Say nothing."""


def exports(case: Path) -> dict[str, str]:
    """Every export of a case."""
    return {kind: must("export", case, "--what", kind, "-o", "-").out for kind in KINDS}


def counts(case: Path) -> tuple[int, int]:
    """Objects and items that a case holds, after checking that nothing is pending.

    Raises:
        Disturbed: something is.
    """
    standing = json.loads(must("status", case, "--json").out)
    if any(standing["pending"].values()) or standing["failures"]:
        raise Disturbed(f"after the last run: pending {standing['pending']}, failures {standing['failures']}")
    return standing["counts"]["objects"], standing["counts"]["items"]


def _left(session: int) -> list[int]:
    """Processes of a session that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of, *_ = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if int(of) == session and state not in "ZX":
            found.append(int(path.parent.name))
    return found


def strike(arguments: list[str], after: float, *, workers_too: bool) -> bool:
    """Start the program, and kill it after some seconds; returns whether it was still at work.

    Raises:
        Disturbed: it failed by itself, or workers outlived it for long.
    """
    with subprocess.Popen(
        [str(PROGRAM), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            _, said = process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            (os.killpg if workers_too else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
            if process.stderr:
                process.stderr.close()
            _wait_for_workers(process.pid)
            return process.returncode == -signal.SIGKILL
    if process.returncode > 1:
        raise Disturbed(f"{arguments[0]} left with {process.returncode}: {said.decode(errors='replace')[-600:]}")
    return False


def _wait_for_workers(session: int) -> None:
    end = time.monotonic() + _GRACE
    while _left(session):
        if time.monotonic() > end:
            raise Disturbed(f"workers of a killed run are still there after {_GRACE:.0f} seconds")
        time.sleep(0.02)


@dataclass(slots=True)
class Trial:
    """Material, what an undisturbed case makes of it, and how long its steps take."""

    folder: Path
    paths: list[Path]
    jobs: int
    chance: random.Random
    seconds: dict[str, float] = field(default_factory=dict)
    exported: dict[str, str] = field(default_factory=dict)
    held: tuple[int, int] = (0, 0)

    def undisturbed(self) -> None:
        """Make the case that the others are held against."""
        case = self._new("undisturbed")
        for step in ("add", "run"):
            self.seconds[step] = must(*self._command(step, case)).seconds
        self.exported, self.held = exports(case), counts(case)

    def disturbed(self, name: str, most: int, outcome: Outcome) -> None:
        """One case whose steps are killed, at most so many times in all, and then held against the undisturbed one.

        Raises:
            Disturbed: something is not as it should be.
        """
        case = self._new(name)
        for step in ("add", "run"):
            for _ in range(self.chance.randint(1, _MOST_IN_A_ROW)):
                moment = self.chance.uniform(0.05, self.seconds[step])
                struck = outcome.killed.total() < most and strike(
                    self._command(step, case), moment, workers_too=self.chance.random() < 0.5
                )
                if not struck:
                    break
                outcome.killed[step] += 1
                self._verify(case, f"{step} killed after {moment:.2f} s")
            took = must(*self._command(step, case)).seconds
            self.seconds[step] = (
                self.seconds[step] + took
            ) / 2  # so that moments stay within the work as the machine slows
        self._verify(case, "all done")
        self._compare(case)
        outcome.cases += 1
        outcome.torn += len(list(case.glob("ledger.torn-*")))

    def _new(self, name: str) -> Path:
        case = self.folder / name / "case"
        must("new", case, "--name", "killed over")
        must("gazetteer", case, "add", PLACES)
        return case

    def _command(self, step: str, case: Path) -> list[str]:
        paths = [str(path) for path in self.paths] if step == "add" else []
        return [step, str(case), *paths, "--jobs", str(self.jobs)]

    def _verify(self, case: Path, when: str) -> None:
        done = subprocess.run([str(PROGRAM), "verify", str(case)], capture_output=True, text=True, check=False)
        if done.returncode not in _VERIFIED:
            raise Disturbed(f"{when}: verify left with {done.returncode}: {done.stdout[-600:]}{done.stderr[-600:]}")

    def _compare(self, case: Path) -> None:
        held = counts(case)
        if held != self.held:
            raise Disturbed(f"objects and items are {held}, not {self.held}")
        for kind, rows in exports(case).items():
            if rows != self.exported[kind]:
                mine, other = set(rows.splitlines()), set(self.exported[kind].splitlines())
                unlike = [*sorted(mine - other)[:1], *sorted(other - mine)[:1]]
                raise Disturbed(f"the {kind} are not those of an undisturbed case: {' / '.join(unlike)[:2000]}")


def kill(times: int, items: int, seed: int, jobs: int = 2, say: Callable[[str], None] = _silent) -> Outcome:
    """Kill that many times; returns what struck.

    Raises:
        Disturbed: something was lost, doubled or damaged.
        DidNotWork: the program failed where nobody disturbed it.
    """
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        trial = Trial(root, make(root / "material", items, seed), jobs, random.Random(seed))  # noqa: S311 - no secret
        trial.undisturbed()
        say(", ".join(f"{step} takes {seconds:.1f} s" for step, seconds in trial.seconds.items()))
        number = 0
        while outcome.killed.total() < times:
            number += 1
            trial.disturbed(f"case-{number}", times, outcome)
            say(f"case {number} is whole: {outcome.killed.total()} kills so far")
    return outcome


def main() -> int:
    """Kill and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", "--points", type=int, default=100, help="how many kills must strike")
    parser.add_argument("--items", type=int, default=300, help="how many items are made")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    try:
        outcome = kill(asked.times, asked.items, asked.seed, asked.jobs, lambda line: print(line, flush=True))
    except Disturbed as wrong:
        print(f"Not whole: {wrong}")
        return 1
    print(
        f"{outcome.killed.total()} kills (add {outcome.killed['add']}, run {outcome.killed['run']}) in {outcome.cases} cases;"
        f" {outcome.torn} unfinished ledger lines were set aside; nothing was lost or doubled, and every export is that of an"
        " undisturbed case"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
