"""Giving a case its own gazetteer: a register, a table of places or a GeoNames dump becomes a pack in the case.

The file itself is deposited like any evidence, so the pack can be made again from it. Everything read before is read
again with the new pack on the next run, since the packs stand in the key of every reading.
"""

import re
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from witnessmark.casefile.case import Case
from witnessmark.casefile.deposits import safe_name
from witnessmark.errors import UsageError
from witnessmark.packs.case_gazetteer import compile_case_pack
from witnessmark.packs.pack import load

_CALLED = 60  # letters of a file's name that its pack is called by


def add(case: Case, source: Path) -> dict[str, object]:
    """Compile a file of places into the case's packs; returns the compiler's report with the pack's name and digest.

    Raises:
        UsageError: the file is not there or holds no place.
        CaseIsBusy: another process writes to the case.
    """
    if not source.is_file():
        raise UsageError(f"{source} is not a file.", "Nothing was added.", "Name a CSV of places or a GeoNames dump.")
    return make_pack(case, source, "gazetteer", lambda folder, name, _: compile_case_pack(source, folder, name))


def make_pack(
    case: Case, source: Path, kind: str, compile_into: Callable[[Path, str, Path], dict[str, object]]
) -> dict[str, object]:
    """Deposit a file and make a pack of the case from it, named by its kind, the file and its bytes.

    ``compile_into``: writes the pack into a folder, given its name and the preserved bytes, and returns its report.

    Raises:
        CaseIsBusy: another process writes to the case.
    """
    with case.writing():
        case.catch_up()
        address, size = case.shelves.put_path(source)
        called = re.sub(r"[^a-z0-9]+", "-", source.stem.lower()[:_CALLED]).strip("-") or "places"
        name = f"{kind}-{called}-{address[:8]}"
        partial = case.spool / name
        shutil.rmtree(partial, ignore_errors=True)
        with ExitStack() as undoing:
            undoing.callback(shutil.rmtree, partial, ignore_errors=True)
            report = compile_into(partial, name, case.shelves.path(address))
            pack = load(partial)
            undoing.pop_all()
        # The ledger first: a pack that it names and that lies ready gets its place when the case is next opened.
        entry = {"name": name, "digest": pack.digest, "source": address, "size": size, "file": safe_name(source.name)}
        case.record([("added a pack", entry)])
        home = case.packs_folder / name
        before = case.spool / f"before-{name}"
        if home.exists():  # set aside whole: a kill while it is deleted would leave half a pack in its place
            shutil.rmtree(before, ignore_errors=True)
            home.rename(before)
        partial.rename(home)
        shutil.rmtree(before, ignore_errors=True)
        case.forget_larder()
    return {**report, "pack": name, "digest": pack.digest, "source": address}
