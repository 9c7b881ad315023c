"""Another program is started without a shell, held to its limits, and its trouble is said."""

import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from witnessmark.engines import LocalEngines, found


def played(folder: Path, script: str) -> LocalEngines:
    """A program that plays the engine."""
    path = folder / "played"
    path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    path.chmod(0o755)
    return LocalEngines(str(path), seconds=2, memory=1 << 29)


def test_a_machine_without_the_engine_has_no_tongues() -> None:
    assert LocalEngines(None).tongues() == frozenset()
    with pytest.raises(FileNotFoundError):
        LocalEngines(None).letters(b"", ["eng"])


def test_its_answer_is_what_it_writes_and_its_input_comes_on_a_pipe(tmp_path: Path) -> None:
    engines = played(tmp_path, "import sys\nprint(sys.argv[1:], len(sys.stdin.buffer.read()))")
    assert (
        engines.letters(b"x" * 70_000, ["ara", "eng"])
        == "['stdin', 'stdout', '-l', 'ara+eng', '--psm', '11', 'tsv'] 70000\n"
    )


@pytest.mark.parametrize("tongue", ["", "../eng", "eng -c x", "-psm", "eng;true"])
def test_a_language_is_letters_and_nothing_else(tongue: str, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        played(tmp_path, "print(1)").letters(b"", [tongue])


def test_it_is_told_nothing_of_where_it_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    said = played(tmp_path, "import os\nprint(os.getcwd(), sorted(os.environ))").letters(b"", ["eng"])
    assert said.startswith("/ ")
    assert "SECRET" not in said
    assert "HOME" not in said


def test_trouble_is_said_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(ChildProcessError, match=r"code 3: no data for that"):
        played(tmp_path, "import sys\nsys.exit(sys.stderr.write('no data for that') and 3)").letters(b"", ["eng"])


def test_one_that_sleeps_is_stopped_and_leaves_nobody(tmp_path: Path) -> None:
    engines = played(tmp_path, "import time\ntime.sleep(60)")
    before = time.monotonic()
    with pytest.raises(TimeoutError):
        engines.letters(b"", ["eng"])
    assert time.monotonic() - before < 10
    assert subprocess.run(["pgrep", "-f", str(tmp_path)], capture_output=True, check=False).stdout == b""


def test_one_that_computes_or_grows_for_ever_is_stopped(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("limits of another process are set on Linux alone")
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match=r"ended with code|took more"):
        played(tmp_path / "a", "while True: pass").letters(b"", ["eng"])
    with pytest.raises(ChildProcessError, match="MemoryError"):
        played(tmp_path, "x = b'x' * (1 << 30)").letters(b"", ["eng"])


def test_it_goes_to_workers_as_it_is() -> None:
    assert pickle.loads(pickle.dumps(found())) == found()  # noqa: S301 - our own


def test_languages_are_those_listed(tmp_path: Path) -> None:
    engines = played(tmp_path, "print('List of available languages (3):\\nara\\neng\\n../x\\n')")
    assert engines.tongues() == {"ara", "eng"}
    (tmp_path / "b").mkdir()
    assert played(tmp_path / "b", "raise SystemExit(1)").tongues() == frozenset()
