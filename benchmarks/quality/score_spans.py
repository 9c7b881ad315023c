"""Places, weapons, times, quantities and actors against re3d (documents on Syria and Iraq; Dstl 2017), span by span.

A mention of ours is right where it overlaps a gold entity of the type; a gold entity is found where it overlaps a
mention. Gold organisations and persons are far more than parties to a conflict, so for actors only the share of our
mentions that are an organisation, a nationality or a person is given. A quantity is a figure as tolls are read from, no part of a time,
with a word right behind it; whether it counts people, bombs or metres is not asked.
"""

import re
from collections import defaultdict

from benchmarks.quality.texts import larder, read_text
from benchmarks.shared import BENCH, digest, lines
from witnessmark.reading.toll_numbers import figures
from witnessmark.terms.anchor import Span
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold

FOLDER = BENCH / "re3d"
_TYPES = {
    "Location": ("Location",),
    "Weapon": ("Weapon", "MilitaryPlatform"),
    "Temporal": ("Temporal",),
    "Quantity": ("Quantity",),
}
_PARTIES = ("Organisation", "Nationality", "Person")
_COUNTED = re.compile(r"[ \xa0\-][^\W\d_]")  # a word right behind a figure: what it counts, or a measure
_Pair = tuple[int, int]


def _counts(text: str, reading: Reading) -> list[_Pair]:
    """The figures from which tolls are read, of people or not, where a word behind them says of what."""
    found = figures(fold(text), larder(), [one.span for one in reading.moments])
    return [(one.start, one.end) for one in found if _COUNTED.match(text, one.end)]


def _ours(text: str, reading: Reading) -> dict[str, list[_Pair]]:
    def pairs(spans: list[Span]) -> list[_Pair]:
        return [(span.start, span.end) for span in spans]

    return {
        "Location": pairs([one.span for one in reading.places]),
        "Weapon": pairs([one.span for one in reading.weapons if one.slot in ("weapon", "delivery")]),
        "Temporal": pairs([one.span for one in reading.moments]),
        "Quantity": _counts(text, reading),
        "Actor": pairs([one.span for one in reading.actors]),
    }


def _hits(some: list[_Pair], others: list[_Pair]) -> int:
    return sum(any(a < d and c < b for c, d in others) for a, b in some)


def score() -> tuple[dict[str, float], str]:
    """F1 for each type and precision for actors, with the digest of the data."""
    paths = sorted(FOLDER.glob("*/*.json"))
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])  # mentions, right, gold, found
    for publisher in sorted({path.parent for path in paths}):
        entities: dict[str, dict[str, list[_Pair]]] = defaultdict(lambda: defaultdict(list))
        for row in lines(publisher / "entities.json"):
            entities[row["documentId"]][row["type"]].append((row["begin"], row["end"]))
        for document in lines(publisher / "documents.json"):
            found, wanted = _ours(document["text"], read_text(document["text"])), entities[document["_id"]]
            for kind, types in (*_TYPES.items(), ("Actor", _PARTIES)):
                mine, theirs = found[kind], [pair for name in types for pair in wanted[name]]
                numbers = (len(mine), _hits(mine, theirs), len(theirs), _hits(theirs, mine))
                counts[kind] = [a + b for a, b in zip(counts[kind], numbers, strict=True)]
    figures: dict[str, float] = {}
    for kind, (mentions, right, wanted_all, seen) in counts.items():
        precision = right / mentions if mentions else 0.0
        recall = seen / wanted_all if wanted_all else 0.0
        if kind == "Actor":
            figures["actor precision"] = precision
        else:
            figures[f"{kind} F1"] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return figures, digest(paths)
