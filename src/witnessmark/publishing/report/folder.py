"""The folder a report is written into: made apart, then put in its place in one move, so it is never seen half-made.

A folder that holds anything but a former report is refused; a former report is known by its mark and is replaced whole.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from witnessmark.errors import UsageError

MARK = ".witnessmark-report"
_SAID = "A working report of witnessmark. The folder is replaced whole when the report is written again.\n"


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """An empty folder to write into; when the block ends well it takes the place of ``folder``, else it is removed.

    Raises:
        UsageError: the folder holds something that is no former report.
    """
    target = folder.absolute()
    check(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{target.name}.making-", dir=target.parent))
    try:
        yield making
        (making / MARK).write_text(_SAID, encoding="utf-8")
        making.chmod(0o777 & ~_umask())
        _swap(making, target)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def check(folder: Path) -> None:
    """Refuse a folder whose contents would be lost.

    Raises:
        UsageError: it is a file, or holds something that is no former report.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder} is not a folder.", "Nothing was written.", "Name a new folder for the report.")
    if folder.is_dir() and not (folder / MARK).is_file() and any(folder.iterdir()):
        raise UsageError(
            f"{folder} holds files that are not a former report.",
            "Nothing was written or removed.",
            "Name a new or empty folder for the report.",
        )


def _umask() -> int:
    now = os.umask(0o022)
    os.umask(now)
    return now


def _swap(making: Path, target: Path) -> None:
    """Put the new folder in place; the former one is moved aside first and removed last."""
    if not target.exists():
        making.rename(target)
        return
    former = Path(tempfile.mkdtemp(prefix=f".{target.name}.former-", dir=target.parent))
    target.rename(former / "report")
    making.rename(target)
    shutil.rmtree(former, ignore_errors=True)
