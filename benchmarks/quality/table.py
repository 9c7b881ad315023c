"""Writes the page of measured figures from the floors that are committed.

    python -m benchmarks.quality.table > docs/reference/quality.md

So the page says what ``floors.json`` holds, and nothing that was not measured. What it does not prove: see ``run``.
"""

import sys

from benchmarks.quality import floors

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
    "negatives": "Texts that speak of no attack: the share that stands in an incident all the same.",
    "lists": "Our own lists, written from the two languages and the definitions; half of each is held aside while rules are written.",
    "drifts": "Seven little cases in which a later text says more than the one it credits, and seven faithful ones beside them.",
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
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
