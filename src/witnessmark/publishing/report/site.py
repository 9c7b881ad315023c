"""The whole report: overview, incidents, origins, items, what could not be read, and how it was made.

Pages are written one at a time into a folder that takes its place only when it is complete. Written from one state of
the case; a case that changes meanwhile is not mixed in.
"""

from pathlib import Path

from sqlalchemy import Connection

from witnessmark import __version__
from witnessmark.casefile import exports
from witnessmark.casefile.case import Case
from witnessmark.casefile.standards import standard
from witnessmark.casefile.status import status
from witnessmark.casefile.steps import VERSIONS
from witnessmark.publishing.report.folder import check, replacing
from witnessmark.publishing.report.incident_pages import write_incidents, write_origins
from witnessmark.publishing.report.item_pages import write_items
from witnessmark.publishing.report.material import Material, gather
from witnessmark.publishing.report.press import Press

_FEW = 25  # loose claims and reasons shown on the overview itself


def write_report(case: Case, folder: Path) -> dict[str, object]:
    """Write the working report of a case; returns ``incidents``, ``items`` and ``origins`` (pages written) and ``index``.

    The folder may be new, empty, or a former report, which is replaced whole.

    Raises:
        UsageError: the folder holds something else.
    """
    check(folder.absolute())
    state = status(case)
    with replacing(folder) as making, case.transaction() as db:
        press = Press(making, {"case": case.name, "version": __version__, "made": case.now()})
        found = gather(db, standard(case.larder))
        counts: dict[str, object] = {
            "incidents": write_incidents(press, found),
            "items": write_items(press, found),
            "origins": write_origins(press, found),
        }
        _lists(press, found, state, db)
        _method(press, case, state)
    return {**counts, "index": str(folder / "index.html")}


def _lists(press: Press, found: Material, state: dict[str, object], db: Connection) -> None:
    """The overview and the lists over all pages."""
    unread = list(exports.unreadable(db))
    press.pages(
        "index",
        "index.html",
        found.incidents,
        state=state,
        total=_total(found, unread),
        loose=found.loose[:_FEW],
        pages=found.pages(),
        few=_FEW,
    )
    press.pages("loose", "loose.html", found.loose, total=len(found.loose), pages=found.pages())
    press.pages(
        "items", "items.html", found.items, total=len(found.items), left=sum(not line.page for line in found.items)
    )
    press.pages("unreadable", "unreadable.html", unread, state=state, total=len(unread))


def _total(found: Material, unread: list[dict[str, object]]) -> dict[str, object]:
    """Figures of the overview. Origins are those behind incidents: shown ones at least, all of them at most."""
    published = [line.published for line in found.items if line.published]
    return {
        "incidents": len(found.incidents),
        "loose": len(found.loose),
        "posts": len(found.inside),
        "origins": [sum(origin.shown for origin in found.origins.values()), len(found.origins)],
        "unread": len(unread),
        "first": min(published, default=None),
        "last": max(published, default=None),
        "signed": sum(line.row["review"].startswith("decided") for line in found.incidents),
    }


def _method(press: Press, case: Case, state: dict[str, object]) -> None:
    packs = [
        {
            "name": pack.name,
            "version": pack.version,
            "licence": pack.licence,
            "source": pack.source,
            "compiled_by": pack.compiled_by,
            "reviewed_by": pack.reviewed_by,
            "digest": pack.digest,
        }
        for pack in case.larder.packs
    ]
    rules = standard(case.larder)
    graded_by = f"{rules.name}, version {rules.version}"
    press.page(
        "method.html", "method.html", packs=packs, steps=VERSIONS, state=state,
        order=rules.listed("order"), graded_by=graded_by,
    )  # fmt: skip
