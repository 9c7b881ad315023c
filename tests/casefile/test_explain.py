"""What ``explain`` says of a claim's figures: what they rest on, what lost against them and why, and what is not theirs."""

from pathlib import Path
from typing import Any

import pytest

from tests.strategies import StillClock
from witnessmark.casefile.case import make
from witnessmark.casefile.deposits import add
from witnessmark.casefile.explain import explain
from witnessmark.casefile.exports import export
from witnessmark.casefile.run import run

Reasons = list[dict[str, Any]]
HIT = "An airstrike on Kobani on 3 March 2031"


def reasons_of(folder: Path, text: str) -> tuple[dict[str, Any], Reasons]:
    """The first claim of a text, and the reasons of it that are about people."""
    (folder / "post.txt").write_text(text, encoding="utf-8")
    with make(folder / "case", StillClock(), name="some") as case:
        add(case, [folder / "post.txt"], jobs=1)
        run(case, jobs=1)
        claim = min(export(case, "claims"), key=lambda row: row["anchor"]["start"])
        reasons = explain(case, claim["id"])["reasons"]
    return claim, [one for one in reasons if one["slot"].partition(",")[0] in {"killed", "injured", "missing"}]


def test_a_figure_made_of_a_plural_rests_on_its_words(tmp_path: Path) -> None:
    claim, reasons = reasons_of(tmp_path, f"{HIT} killed civilians and wounded four people.")
    assert claim["killed"] == [2, None]
    (dead,) = [one for one in reasons if one["slot"] == "killed, civilians"]
    assert dead["value"] == [2, None]
    assert dead["lost"] == []
    assert "a plural without a number is two or more" in dead["because"]
    assert all("open" not in words for one in reasons for words in one["lost"])


@pytest.mark.parametrize(
    ("text", "words", "lost"),
    [
        (f"{HIT} killed five civilians. Nine civilians were killed by the airstrike on Kobani.", "Nine", "“five civilians” is told first"),
        (f"{HIT} killed several civilians. The airstrike on Kobani killed nine civilians.", "several", "gives way to “nine civilians”"),
        (f"{HIT} killed five people. Civilians were killed by the airstrike on Kobani.", "Civilians", "a plural without a number gives way"),
        (f"{HIT} killed five people, and 90 people were killed there since January.", "90", "counted since some time"),
        (f"{HIT} killed six members of a family, five of them civilians.", "five", "a part of “six members of a family”"),
        (f"{HIT} killed five people, two of them fighters.", "five", "are counted apart"),
        (f"{HIT} killed five people, including three civilians.", "five", "of these, “three civilians” are said to be civilians"),
    ],
)  # fmt: skip
def test_the_reason_that_applied_is_named(text: str, words: str, lost: str, tmp_path: Path) -> None:
    _, reasons = reasons_of(tmp_path, text)
    (said,) = [one for one in reasons if one["words"].startswith(words)]
    assert [lost in one for one in said["lost"]] == [True]


def test_tolls_of_other_events_are_not_those_of_a_claim(tmp_path: Path) -> None:
    text = f"{HIT} killed five civilians. In Manbij, artillery shells killed nine people on 1 March 2031."
    claim, reasons = reasons_of(tmp_path, text)
    assert claim["killed"] == [5, 5]
    assert [one["value"] for one in reasons] == [[5, 5]]
