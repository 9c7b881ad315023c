"""Everything from new to report works on a machine that has no network: a try to reach one is an error."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.strategies import ARABIC, ENGLISH, chat, jsonl, message, picture, written, zip_of

PROGRAM = Path(sys.executable).with_name("witnessmark")
# Loaded by every Python that starts with this folder on its path, workers too.
FORBID = '''
import socket

class Reached(BaseException):
    """Somebody tried to reach a network."""

def refuse(*_args, **_more):
    raise Reached("no network may be used")

class Shut(socket.socket):
    """May be made (libraries ask whether the machine knows IPv6), and reaches nobody."""

    def connect(self, address):
        return super().connect(address) if self.family == socket.AF_UNIX else refuse()

    connect_ex = connect
    sendto = sendmsg = listen = refuse

socket.socket = Shut
for name in ("create_connection", "getaddrinfo", "gethostbyname", "create_server"):
    setattr(socket, name, refuse)
'''
FILES = {
    "posts.jsonl": jsonl(
        {"id": "1", "url": "https://example.org/1", "published_at": "2017-06-06", "text": f"At least five civilians were killed on Tuesday in an airstrike on Raqqa city, residents said. {ENGLISH}"},
        {"id": "2", "url": "https://example.org/2", "text": f"{ARABIC} في الرقة"},
    ),
    "page.html": f"<html><head><link href='https://example.org/x.css' rel='stylesheet'><script src='https://example.org/x.js'></script></head><body><article><img src='https://example.org/x.png'><p>{ENGLISH}</p></article></body></html>".encode(),
    "result.json": written(chat(message(1, ARABIC), message(2, f"{ENGLISH} https://example.org/3"))),
    "packed.zip": zip_of({"note.txt": f"{ENGLISH} Again.".encode()}),
    "a.png": picture("PNG"),
}  # fmt: skip


@pytest.fixture
def shut(tmp_path: Path) -> dict[str, str]:
    """An environment in which no socket reaches anybody, and in which nothing was compiled before."""
    folder = tmp_path / "forbid"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FORBID, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    return {
        **os.environ,
        "PYTHONPATH": path,
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "HTTPS_PROXY": "",
        "HTTP_PROXY": "",
    }


def journey(folder: Path, environment: dict[str, str], before: tuple[str, ...] = ()) -> Path:
    """From new to report; returns the report's folder."""
    material, case = folder / "material", folder / "case"
    material.mkdir()
    for name, data in FILES.items():
        (material / name).write_bytes(data)
    for arguments in (
        ["new", case],
        ["add", case, material, "--jobs", "2"],
        ["run", case, "--jobs", "2"],
        ["export", case, "--what", "claims", "-o", folder / "claims.jsonl"],
        ["search", case, "الرقه"],
        ["verify", case],
        ["report", case, "-o", folder / "report"],
    ):
        done = subprocess.run(
            [*before, str(PROGRAM), *map(str, arguments)], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{arguments[0]}: {done.stdout}{done.stderr}"
        assert "Reached" not in done.stderr
    return folder / "report"


def test_reaching_out_is_an_error_where_these_tests_say_so(shut: dict[str, str]) -> None:
    for tried in (
        "create_connection(('127.0.0.1', 9))",
        "socket().connect(('127.0.0.1', 9))",
        "getaddrinfo('localhost', 9)",
    ):
        asked = [sys.executable, "-c", f"import socket; socket.{tried}"]
        done = subprocess.run(asked, env=shut, capture_output=True, text=True, check=False)
        assert "Reached" in done.stderr


def test_the_whole_journey_reaches_for_no_network(tmp_path: Path, shut: dict[str, str]) -> None:
    report = journey(tmp_path, shut)
    assert (report / "index.html").is_file()
    assert (tmp_path / "claims.jsonl").stat().st_size


@pytest.mark.skipif(
    shutil.which("unshare") is None or subprocess.run(["unshare", "-n", "true"], check=False).returncode != 0,
    reason="needs the right to leave the network",
)
def test_the_whole_journey_works_without_any_network(tmp_path: Path) -> None:
    assert (journey(tmp_path, dict(os.environ), ("unshare", "-n")) / "index.html").is_file()
