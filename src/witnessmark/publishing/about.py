"""What a workbook says of itself: of which state of which case it is, made by which versions, and how it may be used.

The state is the ledger's last entry, and whether a run has gathered all since; no clock is asked, so that the same case
makes the same file.
"""

from collections.abc import Iterator

from witnessmark import __version__
from witnessmark.casefile import gathering
from witnessmark.casefile.case import Case
from witnessmark.casefile.steps import VERSIONS
from witnessmark.publishing.source_table import EDITABLE

_DRAFT = "Machine drafts and signed decisions, for the team and not for publication. It says what was reported, not what happened."
_EDIT = (
    "Yellow columns may be edited, and come back as signed decisions: witnessmark import-decisions CASE FILE --by NAME --reason TEXT. "
    "Rows may be sorted and left out, not added; columns stay as they are. Whoever needs another cell unlocked: the sheet has no password."
)
_FIGURES = (
    "Both cells of a figure the same: exactly so many. _most open: at least. Both empty: no figure. accept: yes, where the row is right as it stands. "
    "killed: civilians, stated or presumed; killed_status_unstated: how many of these nobody calls civilians; combatants: fighters, not among the killed."
)


def about(case: Case, what: str) -> Iterator[tuple[str, object]]:
    """Lines of the sheet "about": a label and a value each."""
    number, digest = case.ledger.head()
    with case.transaction() as db:
        current = gathering.current(case, db)
    yield "case", case.name
    yield "use", _DRAFT
    if what == "sources":
        yield "editing", _EDIT
        yield "figures", _FIGURES
        yield "columns to edit", "; ".join(EDITABLE)
    yield "ledger", f"entry {number}, {digest}"
    yield (
        "gathered",
        "all that was read and decided" if current else "not all that was read and decided since: witnessmark run",
    )
    yield "witnessmark", __version__
    yield "steps", "; ".join(f"{name} {version}" for name, version in VERSIONS.items())
    yield "packs", "; ".join(f"{pack.name} {pack.version}" for pack in case.larder.packs)
