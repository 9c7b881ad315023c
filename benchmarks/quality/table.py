"""Writes the page of measured figures from the floors that are committed.

    python -m benchmarks.quality.table > docs/reference/quality.md

So the page says what ``floors.json`` holds, and nothing that was not measured. What it does not prove: see ``run``.
"""

import json
import sys
from pathlib import Path

from benchmarks.quality import floors

MEASURED = Path(__file__).parent.parent / "speed" / "measured.json"
_HEAD = """# How well it reads

Figures of the benchmarks, as the last run that was accepted printed them ([how they are
measured](../how-to/benchmarks.md)). A change that would lower one is refused, or says why. This page is made from
`benchmarks/quality/floors.json` by `python -m benchmarks.quality.table`.

The sets are what others coded, and sentences of our own that were written apart from the rules. High figures on them do not
prove that your material is read as well: read the words behind each draft.
"""
_SAYS = {
    "airwars-gaza": "Assessments of single incidents, one text each, against what Airwars' researchers coded.",
    "airwars-syria": "Captured posts and pages, gathered into incidents, against what Airwars' researchers coded; they had sources that are not in the set.",
    "captures": "300 captured posts and pages labelled by hand: those without content, empty or another page in an article's stead.",
    "readers": "Single incidents of the Syria set against what careful readers coded from the same items.",
    "mixed": "The Syria set with texts among it that speak of no attack: incidents that these open, and what is lost of the grouping.",
    "registers": "Copies of a register's rows, altered as other people's records differ or moved far away, held against the register; and incidents of captured posts against rows that are theirs and rows that are not.",
    "claim-sets": "60 sets of claims written from the method alone, each with the grade, the rule that must fire, toll and origins; the share of sets wholly right, and of each part ([where they differ](../decisions/0015-where-claim-sets-and-program-differ.md)).",
    "negatives": "Texts that speak of no attack: the share that stands in an incident all the same.",
    "lists": "Our own lists, written from the two languages and the definitions; half of each is held aside while rules are written.",
    "drifts": "Seven little cases in which a later text says more than the one it credits, and seven faithful ones beside them.",
    "text-copies": "5,000 posts of the Syria set and copies of them made by us (another first line, tags, words written around a filter, quoted in a longer text …), held against all pairs.",
    "translated": "30 invented Arabic posts with their translations, and others' English reports of the same events beside them; the rules were set with these before us.",
    "tempeval3": "Time expressions of English news (TempEval-3).",
    "polnear": "Whose words, in English news (PolNeAR).",
    "re3d": "Documents on Syria and Iraq, span by span (re3d).",
}


def page() -> str:
    """The page, in Markdown."""
    kept = floors.load()
    parts = [_HEAD]
    for name in [one for one in _SAYS if one in kept.sets]:
        rows = [f"| {figure} | {value:.3f} |" for figure, value in kept.sets[name]["figures"].items()]
        parts.append(f"## {name}\n\n{_SAYS[name]}\n\n| figure | measured |\n|---|---|\n" + "\n".join(rows) + "\n")
    if kept.lowered:
        rows = [
            f"| {one['set']} | {one['figure']} | {one['from']} | {one['to']} | {one['reason']} |"
            for one in kept.lowered
        ]
        parts.append(
            "## Lowered\n\n| set | figure | from | to | why |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
        )
    return "\n".join([*parts, growth()])


def growth() -> str:
    """What the benchmarks of speed printed when they were last run whole; they take too long for every change."""
    kept = json.loads(MEASURED.read_text(encoding="utf-8"))
    rows = [
        f"| {one['items']:,} | {one['step']} | {one['seconds']:.0f} | {one['cpu']:.0f} | {one['peak']:,} |"
        for one in kept["rows"]
    ]
    head = "| items | step | seconds by the clock | of processor time | peak memory, MB |\n|---|---|---|---|---|\n"
    return f"## Growth\n\n{kept['about']}\n\n{head}" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
