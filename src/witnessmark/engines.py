"""The one module that starts another program: tesseract, which reads the lettering in pictures.

Programs are found once, started by their full path and without a shell, given their input on a pipe and little else of this
program's surroundings, and held to a limit of memory, of processor time and of the clock. They are given nothing that names
the case. What it does not prove: that an engine found is the one its name says.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

MEMORY = 1 << 30  # bytes of address space
SECONDS = 60  # of processor time; half as much again by the clock, where other work goes on beside
_LANGUAGE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")
_KEPT = ("TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT")
_SPARSE = "11"  # "find as much text as possible in no particular order": captions and signs are no page
_LONGEST = 200  # characters of what an engine says of its trouble


@dataclass(frozen=True, slots=True)
class LocalEngines:
    """The programs of this machine. ``tesseract``: its full path, or None. Goes to worker processes as it is."""

    tesseract: str | None
    seconds: int = SECONDS
    memory: int = MEMORY

    def tongues(self) -> frozenset[str]:
        """Languages that the engine has data for; empty where there is no engine, or it does not answer."""
        return _languages(self)

    def letters(self, picture: bytes, tongues: Sequence[str]) -> str:
        """The engine's table for a picture (PGM).

        Raises:
            OSError: the engine is missing, took too long or ended with trouble.
        """
        if self.tesseract is None or not tongues or not all(one and set(one) <= _LANGUAGE for one in tongues):
            raise FileNotFoundError("there is no engine for that lettering")
        asked = [self.tesseract, "stdin", "stdout", "-l", "+".join(tongues), "--psm", _SPARSE, "tsv"]
        return self.run(asked, picture)

    def run(self, asked: list[str], given: bytes) -> str:
        """Start a program, hand it its input, and return what it wrote.

        Raises:
            OSError: it could not be started, took too long or ended with trouble.
        """
        with subprocess.Popen(  # noqa: S603 - a full path found by this module, no shell
            asked,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: os.environ[name] for name in _KEPT if name in os.environ}
            | {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"},
            cwd="/",
        ) as running:
            self._bound(running.pid)
            try:
                out, said = running.communicate(given, timeout=1.5 * self.seconds)
            except subprocess.TimeoutExpired:
                running.kill()
                raise TimeoutError(
                    f"the engine took more than {1.5 * self.seconds:g} seconds and was stopped"
                ) from None
            finally:
                if running.poll() is None:  # stopped by our own limit of time: leave nobody behind
                    running.kill()
        if running.returncode:
            words = said.decode("utf-8", "replace").strip().replace("\n", "; ")[-_LONGEST:]
            raise ChildProcessError(f"the engine ended with code {running.returncode}{': ' if words else ''}{words}")
        return out.decode("utf-8", "replace")

    def _bound(self, pid: int) -> None:
        """Hold a program to its limits. It has been given nothing yet, so nothing hostile runs before they hold."""
        if sys.platform == "linux":
            for which, most in (
                (resource.RLIMIT_AS, self.memory),
                (resource.RLIMIT_CPU, self.seconds),
                (resource.RLIMIT_CORE, 0),
            ):
                resource.prlimit(pid, which, (most, most))


def found() -> LocalEngines:
    """What this machine has."""
    return LocalEngines(shutil.which("tesseract"))


@cache
def _languages(engines: LocalEngines) -> frozenset[str]:
    """Asked once of each engine by each process."""
    if engines.tesseract is None:
        return frozenset()
    try:
        listed = engines.run([engines.tesseract, "--list-langs"], b"")
    except OSError:
        return frozenset()
    return frozenset(
        line.strip() for line in listed.splitlines()[1:] if line.strip() and set(line.strip()) <= _LANGUAGE
    )
