"""Empty captures against 300 labelled by hand: walls, error pages, shells, and other pages served in an article's stead.

A capture counts as one without content where its label is ``empty`` or ``front``; it is found where reading says that
it is unreadable. The labels (``gold/captures.jsonl``) are ours, given by reading before any verdict of the program was
seen; the captures are those of ``airwars-syria``. What they do not prove: that other collectors' walls are known too.
"""

from pathlib import Path

from benchmarks.quality.texts import larder
from benchmarks.shared import BENCH, digest, lines
from witnessmark.intake.items_jsonl import item_of
from witnessmark.reading.item import read_item
from witnessmark.terms.address import address_of
from witnessmark.terms.item import Item

ITEMS = BENCH / "airwars-syria" / "items.jsonl"
GOLD = Path(__file__).resolve().parent / "gold" / "captures.jsonl"
_WITHOUT = ("empty", "front")


def score() -> tuple[dict[str, float], str]:
    """Precision and recall of captures without content, and the recall of either label, with the digest of the data."""
    labels = {row["id"]: row["label"] for row in lines(GOLD)}
    found = {row["id"] for row in lines(ITEMS) if row["id"] in labels and _flagged(item_of(row, address_of(b""), ""))}
    wanted = {label: {one for one, its in labels.items() if its == label} for label in _WITHOUT}
    without = set().union(*wanted.values())
    figures = {
        "without content: precision": len(found & without) / len(found) if found else 0.0,
        "without content: recall": len(found & without) / len(without),
    }
    for label, mine in wanted.items():
        figures[f"{label}: recall"] = len(found & mine) / len(mine)
    return figures, digest([ITEMS, GOLD])


def _flagged(item: object) -> bool:
    return isinstance(item, Item) and read_item(item, larder()).unreadable is not None
