"""A decision that cannot be meant is refused before anything is written; one that can is kept in the list's spelling."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.casefile import corpus
from tests.strategies import StillClock
from witnessmark.casefile import decisions
from witnessmark.casefile.case import open_case
from witnessmark.errors import UsageError
from witnessmark.publishing.report import write_report


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "case"))


def decide(root: Path, wanted: str, value: str, **signed: str) -> dict[str, object]:
    with open_case(root, StillClock()) as case:
        return decisions.decide(
            case, wanted, "set", value, **{"by": "A. Researcher", "reason": "as I read it", **signed}
        )


def incident(root: Path) -> dict[str, Any]:
    """The incident of most claims: three killed, one of them a child."""
    return max(corpus.rows(root, "incidents"), key=lambda row: len(row["claims"]))


def refused(root: Path, wanted: str, value: str, says: str, **signed: str) -> None:
    """Refused in the three parts, and the ledger is as it was."""
    before = (root / "ledger.jsonl").read_bytes()
    with pytest.raises(UsageError, match=says) as wrong:
        decide(root, wanted, value, **signed)
    assert wrong.value.exit_code == 2
    assert "Nothing was decided." in str(wrong.value)
    assert wrong.value.remedy
    assert (root / "ledger.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("grade=zzz", "Write one of: Confirmed, Contested, Discounted, Fair, Weak"),
        ("place=", "No value is given for place"),
        ("place", "No value is given for place"),
        ("place=  ", "No value is given for place"),
        ("place=Zar\nhal", "cannot be seen"),
        ("note=\x1b[31mred", "cannot be seen"),
        ("date=2025-02-30", "no calendar has that day"),
        ("date=2026-01-05", "has not come"),
        ("killed=5-2", "is no value for killed"),
        ("killed=5..2", "the smaller number first"),
        ("killed=-1", "is no value for killed"),
        ("actors=Nobody At All", "is no value for actors"),
        ("actors=Northern Joint Force, Nobody", "'Nobody' is no value for actors"),
        ("precision=near", "is no value for precision"),
        ("lat=90.5", "degrees between"),
        ("lon=-181", "degrees between"),
        ("lat=nan", "degrees between"),
        ("lon=east", "decimal degrees"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(case: Path, value: str, says: str) -> None:
    refused(case, incident(case)["id"], value, says)


def test_a_part_of_the_killed_is_never_more_than_the_killed(case: Path) -> None:
    wanted = incident(case)["id"]
    decide(case, wanted, "killed=4")
    refused(case, wanted, "children_killed=5", "a part cannot be more than the whole")
    refused(case, wanted, "women_killed=2..5", "women_killed would be 5 and killed at most 4")
    decide(case, wanted, "children_killed=4")
    refused(case, wanted, "killed=3", "children_killed would be 4 and killed at most 3")
    decide(case, wanted, "children_killed=null")
    decide(case, wanted, "killed_status_unstated=null")
    decide(case, wanted, "killed=3..")
    decide(case, wanted, "children_killed=7")
    assert (incident(case)["killed"], incident(case)["children_killed"]) == ([3, None], [7, 7])


def test_a_claim_is_judged_by_its_own_tolls(case: Path) -> None:
    claim = next(row for row in corpus.rows(case, "claims") if row["killed"] == [3, 3])
    refused(case, claim["id"], "children_killed=4", "killed at most 3")
    refused(case, claim["id"], "polarity=perhaps", "Write one of: affirmed, denied, unknown")
    decide(case, claim["id"], "children_killed=2")


def test_what_can_be_meant_is_kept_in_the_spelling_of_its_list(case: Path) -> None:
    wanted = incident(case)["id"]
    assert decide(case, wanted, "grade=weak")["value"] == "grade=Weak"
    kept = decide(case, wanted, "actors=hezbollah,u.s.-led coalition, northern joint force")["value"]
    assert kept == "actors=Hezbollah, U.S.-led Coalition, Northern Joint Force"
    assert decide(case, wanted, "accused=the men of the ridge")["value"] == "accused=the men of the ridge"
    decide(case, wanted, "date=2026-01-02")
    row = incident(case)
    assert (row["grade"], row["grade_label"], row["date_latest"]) == ("Weak", "Weak", "2026-01-02")
    assert row["accused"] == [{"actor": None, "label": None, "words": "the men of the ridge"}]


def test_a_decided_row_is_shown_as_decided_in_the_report(case: Path, tmp_path: Path) -> None:
    wanted = incident(case)["id"]
    suggested = incident(case)["grade_label"]
    for value in ("grade=Discounted", "accused=the men of the ridge", "strike=null"):
        decide(case, wanted, value)
    with open_case(case, StillClock()) as opened:
        write_report(opened, tmp_path / "report")
    page = (tmp_path / "report" / "incident" / f"{wanted}.html").read_text(encoding="utf-8")
    assert "<strong>Discounted</strong>, decided by a person" in page
    assert f"The machine suggested <strong>{suggested}</strong>" in page
    assert "the men of the ridge" in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("who", ["by", "reason"])
@pytest.mark.parametrize("words", ["", " \t", "A.\nB", "A.\rB", "A\x1b[2J", "A\u2028B", "\u202eA", "A\udcff", "A\0"])
def test_a_name_and_a_reason_are_one_line_that_can_be_seen(case: Path, who: str, words: str) -> None:
    refused(case, incident(case)["id"], "killed=3", "cannot be seen|needs a name and a reason", **{who: words})


def test_a_name_in_arabic_is_a_name(case: Path) -> None:
    # "The reader": with a vowel mark and a mark of direction such as keyboards put in.
    assert decide(case, incident(case)["id"], "killed=3", by="القارِئ\u200f")["by"] == "القارِئ\u200f"
