"""Giving a case its own gazetteer: a register, a table of places or a GeoNames dump becomes a pack in the case.

The file itself is deposited like any evidence, so the pack can be made again from it. Everything read before is read
again with the new pack on the next run, since the packs stand in the key of every reading.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from witnessmark.casefile.case import Case
from witnessmark.errors import UsageError
from witnessmark.packs.case_gazetteer import compile_case_pack
from witnessmark.packs.pack import load


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
        name = f"{kind}-{re.sub(r'[^a-z0-9]+', '-', source.stem.lower()).strip('-') or 'places'}-{address[:8]}"
        partial = case.spool / name
        shutil.rmtree(partial, ignore_errors=True)
        try:
            report = compile_into(partial, name, case.shelves.path(address))
        except UsageError:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        pack = load(partial)
        # The ledger first: a pack that it names and that lies ready gets its place when the case is next opened.
        entry = {"name": name, "digest": pack.digest, "source": address, "size": size, "file": source.name}
        case.record([("added a pack", entry)])
        home = case.packs_folder / name
        if home.exists():
            shutil.rmtree(home)
        partial.rename(home)
        case.forget_larder()
    return {**report, "pack": name, "digest": pack.digest, "source": address}
