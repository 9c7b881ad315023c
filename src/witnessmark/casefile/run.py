"""The order of the steps: open, read, gather (trace, settle, gather, weigh). The only place that knows it."""

from witnessmark.casefile import gathering, opening, readings
from witnessmark.casefile.case import Case
from witnessmark.casefile.progress import Progress, silent
from witnessmark.casefile.status import status


def run(case: Case, *, jobs: int = 2, progress: Progress = silent) -> dict[str, object]:
    """Do everything pending; returns the status afterwards. Can be cut off anywhere and started again.

    Raises:
        CaseIsBusy: another process writes to the case.
    """
    with case.writing():
        case.catch_up()
        opening.open_pending(case, jobs=jobs, progress=progress)
        readings.read_pending(case, jobs=jobs, progress=progress)
        gathering.gather_pending(case, progress=progress)
    return status(case)
