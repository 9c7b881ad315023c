"""Who is shown as a party to the conflict: those whom a pack calls one, and never who reported, counted or dug."""

from pathlib import Path

from tests.casefile import corpus
from tests.strategies import StillClock
from witnessmark.casefile import shown
from witnessmark.casefile.case import open_case
from witnessmark.casefile.show import show
from witnessmark.publishing.report import write_report


def test_no_outlet_monitor_or_rescuer_is_called_a_party(built: Path, tmp_path: Path) -> None:
    with open_case(built, StillClock()) as case:
        named = {row.fields["id"]: row.fields["party"] for row in case.larder.rows("actors")}
        wanted = sorted({one for row in corpus.rows(built, "incidents") for one in row["origin_ids"]})
        rows = {one: show(case, one) for one in wanted}
        with case.transaction() as db:
            stored = {one: shown.origin(db, one).party for one in wanted}
        write_report(case, tmp_path / "report")
    assert rows
    assert {named[row["party"]] for row in rows.values() if row["party"]} == {"yes"}
    assert all(row["party"] for row in rows.values() if row["name"] in ("Northern Joint Force", "Taval Guard"))
    assert {named[actor] for actor in stored.values() if actor} == {"yes"}
    others = [one for one, row in rows.items() if row["name"] and not row["party"]]
    assert "Dunes Media Collective" in {rows[one]["name"] for one in others}
    for one in others:
        page = (tmp_path / "report" / "origin" / f"{one}.html").read_text(encoding="utf-8")
        assert "A party to the conflict" not in page
