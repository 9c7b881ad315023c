"""Ctrl-C while workers are at it: one plain line, a code of its own, nobody left behind, and the work goes on later."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.strategies import StillClock, jsonl, new_case
from witnessmark.casefile.case import open_case
from witnessmark.casefile.deposits import add
from witnessmark.casefile.run import run
from witnessmark.cli.trouble import INTERRUPTED

POSTS = 300
TEXT = "At least {} civilians were killed in an airstrike on the invented town of Zarhal on Tuesday, residents said. "
# Says on standard output when a step has got somewhere, as a person would see on the bar.
# Tests may themselves run where Ctrl-C is ignored (nohup, a background job), so the program asks for it again.
PROGRAM = """
import signal
import sys
from contextlib import contextmanager
from witnessmark.cli import add, main, run

@contextmanager
def progress():
    yield lambda step, done, total: print(step, flush=True)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    add.progress = run.progress = progress
    main.main(sys.argv[1:])
"""


@pytest.fixture
def material(tmp_path: Path) -> Path:
    folder = tmp_path / "found"
    folder.mkdir()
    rows = [{"id": f"p{number}", "publisher": "A page", "text": TEXT.format(number) * 6} for number in range(POSTS)]
    (folder / "items.jsonl").write_bytes(jsonl(*rows))
    for number in range(40):
        (folder / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
    return folder


def still_there(group: int) -> list[str]:
    """Living processes of a group; those that ended and wait to be counted are gone."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if after_name[2] == str(group) and after_name[0] != "Z":
            found.append(status.parent.name)
    return found


def interrupted(program: Path, step: str, *arguments: str | Path) -> tuple[int, str, list[str]]:
    """Call the program, and send Ctrl-C to all its processes, as a terminal does, once a step has got somewhere."""
    command = [sys.executable, str(program), *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stdout is not None
        while (line := running.stdout.readline()) and line.strip() != step:
            pass
        assert line, "it ended before it got there"
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate()
    for _ in range(200):  # the kernel takes a moment to bury them
        if not still_there(running.pid):
            break
        time.sleep(0.05)
    return running.returncode, said, still_there(running.pid)


@pytest.mark.parametrize(("verb", "step"), [("add", "opening"), ("run", "reading")])
def test_ctrl_c_ends_with_one_plain_line_and_the_same_command_goes_on(
    verb: str, step: str, tmp_path: Path, material: Path
) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with new_case(tmp_path / "case") as case:
        if verb == "run":
            add(case, [material], jobs=1)
    given = ("add", tmp_path / "case", material) if verb == "add" else ("run", tmp_path / "case")
    code, said, left = interrupted(program, step, *given, "--jobs", "2")
    assert (code, said) == (INTERRUPTED, "Stopped. What was done is kept; run the same command again to go on.\n")
    assert left == []
    with open_case(tmp_path / "case", StillClock()) as case:
        standing = run(case, jobs=2)
    assert json.loads(json.dumps(standing["counts"]))["read"] == POSTS + 40
    assert standing["failures"] == []


HELD_BACK = """
import signal
import sys
from witnessmark.casefile.spread import Spread

AT_BIRTH = signal.pthread_sigmask(signal.SIG_BLOCK, [])

def held_back(batch):
    return signal.SIGINT in AT_BIRTH

if __name__ == "__main__":
    with Spread(held_back, jobs=2) as spread:
        print(sorted(told for _, told in spread.over([[1], [2], [3], [4]])))
    print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))
"""


def test_the_first_workers_of_a_program_are_born_with_ctrl_c_held_back_and_the_program_is_not(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(HELD_BACK, encoding="utf-8")
    told = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == [str([True] * 4), "False"]
