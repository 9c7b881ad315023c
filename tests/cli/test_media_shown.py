"""What a picture says of itself: all of it where the case is worked on, less places and devices where rows leave it."""

import json
from pathlib import Path

from tests.cli.conftest import Call
from tests.intake.test_picture_metadata import placed
from witnessmark.terms.item import WITHHELD


def test_a_place_is_shown_in_the_case_and_withheld_from_exports(tmp_path: Path, call: Call) -> None:
    case, found, rows = tmp_path / "case", tmp_path / "found.jpg", tmp_path / "items.jsonl"
    found.write_bytes(placed((1.0, 30.0, 0.0), "N", (2.0, 15.0, 36.0), "E"))
    for asked in (("new", case), ("add", case, found), ("run", case), ("export", case, "--what", "items", "-o", rows)):
        assert call(*asked).code == 0
    (row,) = map(json.loads, rows.read_text(encoding="utf-8").splitlines())
    assert (row["kind"], row["metadata"]["latitude"], row["metadata"]["exif GPSLatitude"]) == (
        "picture",
        WITHHELD,
        WITHHELD,
    )
    assert row["metadata"]["width"] == "8"
    assert "at 1.5, 2.26" in call("show", case, row["item_id"]).out
    assert json.loads(call("show", case, row["item_id"], "--json").out)["metadata"]["latitude"] == "1.5"
    report = tmp_path / "report"
    assert call("report", case, "-o", report).code == 0
    assert not [page for page in report.rglob("*.html") if "2.26" in page.read_text(encoding="utf-8")]
