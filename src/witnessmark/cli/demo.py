"""``witnessmark demo``: a small invented case in Arabic and English, made, read, gathered and reported offline.

Everything in it is invented: places, people, outlets, events. A folder that is not an earlier demo is never touched.
"""

import os
import shutil
from pathlib import Path
from typing import Any

import click

import witnessmark
from witnessmark.casefile import deposits, exports, gazetteers
from witnessmark.casefile.case import Case, make, refuse_broken
from witnessmark.casefile.run import run
from witnessmark.cli.add import print_receipt
from witnessmark.cli.bar import progress
from witnessmark.cli.clock import SystemClock
from witnessmark.cli.printed import pairs, say
from witnessmark.engines import found
from witnessmark.errors import Missing, UsageError
from witnessmark.packs.pack import load
from witnessmark.publishing.report import write_report

EXERCISE = Path(witnessmark.__file__).parent / "examples" / "exercise"
MARK = ".witnessmark-demo"
_MADE = ("case", "report")


@click.command("demo")
@click.argument("folder", metavar="[DIR]", default="witnessmark-demo", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Build, run and report a small invented bilingual case in DIR (witnessmark-demo), and say where to look.

    Needs no network. Run again, it replaces the earlier demo; any other folder is refused.
    """
    if not EXERCISE.is_dir():
        raise Missing("The invented exercise case did not come with this installation.", "Install witnessmark anew.")
    refuse_broken(str(folder.absolute()))
    _clear(folder)
    case = folder / "case"
    with make(case, SystemClock(), name="exercise (invented)") as made, progress() as bar:
        gazetteers.add(made, EXERCISE / "places.csv")
        for pack in sorted((EXERCISE / "packs").iterdir()):
            _lay_in(made, pack)
        jobs = len(os.sched_getaffinity(0))
        receipt: dict[str, Any] = deposits.add(
            made, [EXERCISE / "material"], collector="EXERCISE", note="invented for practice", jobs=jobs, progress=bar
        )
        standing: dict[str, Any] = run(made, jobs=jobs, engines=found(), progress=bar)
        written = write_report(made, folder / "report")
        named = [row["place_ar"] or row["place"] for row in exports.export(made, "incidents")]
    print_receipt(receipt)
    say()
    pairs(standing["counts"].items())
    say(f"\nEverything in this case is invented. Open {written['index']} in a browser, then try:")
    word = next((name for name in named if name), "")
    for words in ("status {}", f"search {{}} '{word}'", "export {} --what incidents --format csv -o -", "verify {}"):
        say(f"  witnessmark {words.format(case)}")


def _lay_in(case: Case, folder: Path) -> None:
    """Put a pack of invented parties into the case, its files preserved and entered as any pack of a case is."""
    with case.writing():
        case.catch_up()
        kept = {path.name: case.shelves.put_path(path) for path in sorted(folder.iterdir())}
        shutil.copytree(folder, case.packs_folder / folder.name)
        address, size = kept["pack.toml"]
        digest = load(case.packs_folder / folder.name).digest
        about: dict[str, object] = {"name": folder.name, "digest": digest, "source": address, "size": size}
        case.record([("added a pack", {**about, "file": "pack.toml"})])
        case.forget_larder()


def _clear(folder: Path) -> None:
    """Make the folder ready, removing what an earlier demo made there and nothing else.

    Raises:
        UsageError: the folder holds something and is no earlier demo.
    """
    mark = folder / MARK
    if folder.exists() and not mark.is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} holds something that is not an earlier demo.", "Nothing was changed.", "Name a new folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text("An invented exercise case; made again by 'witnessmark demo'.\n", encoding="utf-8")
    for name in _MADE:
        path = folder / name
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)
