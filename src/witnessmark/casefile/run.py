"""The order of the steps: open, read, look at media, read their lettering, compare them, gather (trace, settle, gather, weigh), match with registers. The only place that knows it.

What failed is not tried again with the same packs and versions, since it would fail again; it is where a person asks.
"""

from sqlalchemy import delete, select, update

from witnessmark.casefile import comparing, gathering, letters, looking, opening, readings, registering, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.progress import Progress, silent
from witnessmark.casefile.status import status
from witnessmark.terms.ports import Engines


def run(
    case: Case,
    *,
    jobs: int = 2,
    retry: bool = False,
    engines: Engines | None = None,
    progress: Progress = silent,
) -> dict[str, object]:
    """Do everything pending; returns the status afterwards. Can be cut off anywhere and started again.

    ``retry``: what failed before is tried again too. ``engines``: other programs, where lettering is to be read.

    Raises:
        CaseIsBusy: another process writes to the case.
    """
    with case.writing():
        case.catch_up()
        if retry:
            _forget_failures(case)
        opening.open_pending(case, jobs=jobs, progress=progress)
        readings.read_pending(case, jobs=jobs, progress=progress)
        looking.look_pending(case, jobs=jobs, progress=progress)
        letters.read_letters(case, engines, jobs=jobs, progress=progress)
        comparing.compare_pending(case, jobs=jobs, progress=progress)
        gathering.gather_pending(case, progress=progress)
        registering.match_pending(case, progress=progress)
    return status(case)


def _forget_failures(case: Case) -> None:
    """Make what failed pending again."""
    failed = select(tables.failure.c.subject).where(tables.failure.c.step == "open")
    with case.transaction() as db:
        db.execute(update(tables.thing).where(tables.thing.c.address.in_(failed)).values(opened=None))
        db.execute(delete(tables.failure).where(tables.failure.c.step == "read"))
        looked = select(tables.failure.c.subject).where(tables.failure.c.step == "look")
        db.execute(delete(tables.look).where(tables.look.c.address.in_(looked)))
        lettered = select(tables.failure.c.subject).where(tables.failure.c.step == "lettering")
        db.execute(delete(tables.lettering).where(tables.lettering.c.address.in_(lettered)))
