"""The exercise: a small invented case, built from material that ships with the program, through the ordinary doors.

Everything in it is invented: the country, the parties, the posts. The coordinates lie in an empty part of an ocean. It is
built as any case is (pack, gazetteer, material, run), so what it shows is what the program does. It proves nothing about
how well the program reads real material; ``benchmarks/quality`` measures that.
"""

import shutil
from pathlib import Path

from witnessmark.casefile import gazetteers
from witnessmark.casefile.case import Case, make
from witnessmark.casefile.deposits import add
from witnessmark.casefile.progress import Progress, silent
from witnessmark.casefile.run import run
from witnessmark.packs.pack import load
from witnessmark.terms.ports import Clock

EXERCISE = Path(__file__).resolve().parent.parent / "examples" / "exercise"
COLLECTOR = "EXERCISE"
_NOTE = "invented material that ships with the program"


def build_exercise(folder: Path, clock: Clock, *, jobs: int = 2, progress: Progress = silent) -> Case:
    """Make the exercise case in a folder that is empty or not there, read it and gather it; the case is left open.

    Raises:
        UsageError: the folder holds something.
        BadPack: the exercise that ships with the program was altered.
    """
    case = make(folder, clock, name="EXERCISE: Dalvat, March 2031 (invented)")
    try:
        for pack in sorted((EXERCISE / "packs").iterdir()):
            _bring_in(case, pack)
        gazetteers.add(case, EXERCISE / "places.csv")
        material = sorted((EXERCISE / "material").iterdir())
        add(case, material, collector=COLLECTOR, note=_NOTE, jobs=jobs, progress=progress)
        run(case, jobs=jobs, progress=progress)
    except BaseException:
        case.close()
        raise
    return case


def _bring_in(case: Case, source: Path) -> None:
    """Copy a pack into the case, with the entry in the ledger by which ``verify`` knows it again.

    Its table is preserved in the vault as the file behind it.
    """
    pack = load(source)
    table = source / "actors.tsv"
    with case.writing():
        address, size = case.shelves.put_path(table)
        shutil.copytree(source, case.packs_folder / source.name)
        entry = {"name": source.name, "digest": pack.digest, "source": address, "size": size, "file": table.name}
        case.record([("added a pack", entry)])
        case.forget_larder()
