"""What the README and the tutorial print is what the program prints, command after command, on the invented exercise.

``...`` on a line of its own stands for any lines, at the end of a line for its rest. Times, hashes of a person's own
entries and the folder of the clone differ from machine to machine and are not compared.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/tutorial/first-case.md")
_BLOCK = re.compile(r"^```\n(\$ .*?)^```", re.MULTILINE | re.DOTALL)
_OWN = re.compile(r"\b[0-9a-f]{12,64}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*")


def commands(page: str) -> Iterator[tuple[str, list[str]]]:
    """Every command of a page, with the lines it is said to print."""
    for block in _BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.rstrip("\n").split("\n")
            typed = lines.pop(0)
            while typed.endswith("\\"):
                typed = typed[:-1] + lines.pop(0).strip()
            yield typed, [line.rstrip() for line in lines]


def same(said: str, printed: str) -> bool:
    """Whether a line is what a page says, what belongs to one machine left aside."""
    said, printed = _OWN.sub("", said.strip()), _OWN.sub("", printed.strip())
    if "..." not in said:
        return said == printed
    at = 0
    for part in said.split("..."):
        at = printed.find(part.strip(), at)
        if at < 0:
            return False
        at += len(part.strip())
    return True


def told(said: list[str], printed: list[str]) -> str | None:
    """The first line of a page that was not printed in its place, or None. ``...`` alone passes over any lines."""
    at, skipping = 0, False
    for line in (one for one in said if one.strip()):
        if line.strip() == "...":
            skipping = True
            continue
        found = next((n for n in range(at, len(printed)) if same(line, printed[n])), None)
        if found is None or (found > at and not skipping and any(one.strip() for one in printed[at:found])):
            return line
        at, skipping = found + 1, False
    return None


@pytest.mark.parametrize("page", PAGES)
def test_a_page_prints_what_the_program_prints(page: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src" / "witnessmark" / "examples", tmp_path / "src" / "witnessmark" / "examples")
    program = Path(sys.executable).with_name("witnessmark")
    if page.startswith("docs"):
        subprocess.run([program, "demo", "examples/out"], cwd=tmp_path, check=True, capture_output=True)
    home = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    wrong = []
    for typed, said in commands(page):
        if typed.startswith(("make ", ". ")):
            continue
        done = subprocess.run(  # noqa: S602 - the page's own line, as a person types it
            typed,
            executable="/bin/bash",
            cwd=tmp_path,
            env=home,
            shell=True,
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if typed.startswith("echo $?"):
            continue
        missing = told(said, done.stdout.split("\n"))
        if missing is None and typed.startswith("cmp ") and done.returncode:
            missing = "nothing: the same"
        if missing is not None:
            wrong.append(f"$ {typed}\nsays: {missing}\nprinted:\n{done.stdout[:2500]}")
    assert wrong == [], "\n\n".join(wrong)
