"""Forty invented cases of origins, read and traced, and the origins of their event held against the count.

The cases were written and counted from the definitions alone, apart from the program (``gold/origins.jsonl``, ``gold/ORIGINS.md``).
Media are stand-ins: what a hash or aligned frames find is the same bytes, what only features suggest is other bytes; whether
copies are found is measured elsewhere (``copies``). All claims at the event's place and day are counted together, since
gathering is measured elsewhere too. What it does not prove: how often such shapes occur.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.shared import Row, digest, lines
from witnessmark.casefile import quoting, seeing
from witnessmark.casefile.cards import actor_names, bodies_of, brief_of, cards_of, parties_of
from witnessmark.casefile.sketches import wording_of
from witnessmark.casefile.traced import traced
from witnessmark.incidents.dating import inferred_days
from witnessmark.incidents.settle import Settled, settle
from witnessmark.intake.items_jsonl import item_of
from witnessmark.packs.larder import PackLarder, open_larder
from witnessmark.reading.item import read_item
from witnessmark.terms.card import kilometres
from witnessmark.terms.incident import Gathered
from witnessmark.terms.item import Item
from witnessmark.terms.likeness import PARTLY
from witnessmark.terms.origin import Origin
from witnessmark.terms.place import AREAS
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import squeezed
from witnessmark.tracing.firsts import order, sighting
from witnessmark.tracing.origins import Known, origins
from witnessmark.tracing.texts import likenesses

GOLD = Path(__file__).with_name("gold") / "origins.jsonl"
SUGGESTED = ("crop", "screenshot", "rotate", "vertical", "blur")  # changes that no hash finds
_NEAR = 15.0  # kilometres: names of quarters and of their town
_DAYS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What a case came to. ``names``: of items, as the case has them."""

    origins: Sequence[Origin]
    recycled: Sequence[tuple[str, str]]
    names: dict[str, str]

    @property
    def counted(self) -> tuple[int, int]:
        """At least, at most."""
        return sum(one.shown for one in self.origins), len(self.origins)


def score() -> tuple[dict[str, float], str]:
    """The share of cases counted right, and of each thing that cases state."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    rows = list(lines(GOLD))
    larder = open_larder()
    for row in rows:
        for what, fits in compared(row, found(row, larder)).items():
            asked[what] += 1
            right[what] += fits
    most = Counter((row["expected"]["shown"], row["expected"]["most"]) for row in rows).most_common(1)[0][1]
    shares = {what: right[what] / count for what, count in sorted(asked.items())}
    return {"cases": float(len(rows)), **shares, "always the most frequent answer": most / len(rows)}, digest([GOLD])


def compared(row: Row, got: Found) -> dict[str, bool]:
    """Whether a case is as counted, and what it names besides."""
    shown, most = got.counted
    wanted = (row["expected"]["shown"], row["expected"]["most"])
    out = {"as counted": (shown, most) == wanted, "shown": shown == wanted[0], "most": most == wanted[1]}
    for what, have in (
        ("missing", sorted({name for one in got.origins for name in one.missing})),
        ("loop", sorted({got.names[item] for one in got.origins for item in one.loop})),
        ("recycled", sorted(got.recycled)),
    ):
        if row[what] or have:
            named = sorted(tuple(one) if isinstance(one, list) else one for one in row[what])
            out[what] = named == have
    return out


def found(row: Row, larder: PackLarder) -> Found:
    """Read and trace one case."""
    items = [_item(one) for one in row["items"]]
    readings = {item.id: read_item(item, larder) for item in items}
    names = {item.id: str(item.given_id) for item in items}
    briefs = [brief_of(item, readings[item.id], larder) for item in items]
    sketches = [one.sketch for one in briefs]
    by_id = {item.id: item for item in items}
    copies = likenesses(sketches, lambda wanted: {one: wording_of(by_id[one], readings[one]) for one in wanted})
    cards = [card for item in items for card in cards_of(item, readings[item.id], larder)]
    settled = settle(cards, inferred_days(sketches, [one for one in copies if one.manner not in PARTLY]))
    claims = {one.card.claim: one for one in settled if one.card.kind != "mention"}
    group = Gathered(claims=tuple(sorted(_of_event(claims.values()))))
    if not group.claims:
        return Found((), (), names)
    quotes = quoting.likenesses((one.sketch.item, one.linked) for one in briefs)
    (by,) = traced([group], claims, [*copies, *quotes], _seen(row, items, readings), ((), ()))
    known = Known(
        names=actor_names(larder),
        parties=parties_of(larder),
        bodies=bodies_of(larder),
        published=frozenset(squeezed(one.publisher or "") for one in items),
        media=by.media,
        recycled=frozenset(one.later.item for one in by.recycled),
    )
    return Found(
        origins([claims[one].card for one in group.claims], by.copies, known),
        [(names[one.later.item], names[one.earlier.item]) for one in by.recycled],
        names,
    )


def _item(row: Row) -> Item:
    """A gold item as a line of items.jsonl; one address is one post."""
    told = {
        key: row[key] for key in ("id", "publisher", "text", "forwarded_from", "reply_to", "quotes", "url") if row[key]
    }
    made = item_of({**told, "platform": f"{row['platform']}-post", "published_at": row["published"]}, "gold", row["id"])
    if not isinstance(made, Item):
        raise TypeError(made)
    return made


def _seen(row: Row, items: Sequence[Item], readings: Mapping[str, Reading]) -> seeing.Seen:
    """Who carries what, each change that a hash finds as the same bytes."""
    out = []
    for item, told in zip(items, row["items"], strict=True):
        when = readings[item.id].publication
        for one in (*told["pictures"], *told["clips"]):
            other = f"/{told['id']}" if one["change"] in SUGGESTED else ""
            out.append(sighting(item.id, f"{one['of']}{other}", (when.earliest, when.latest), None, when.why))
    return seeing.of(sorted(out, key=order), ())


def _of_event(settled: Iterable[Settled]) -> list[str]:
    """The claims of the event that most of a case speaks of: at its place, on its day, or at none."""
    told = list(settled)
    placed = [one for one in told if one.card.opens and one.spot]
    opening = [one for one in placed if one.card.tolls] or placed
    if not opening:
        return [one.card.claim for one in told if one.card.opens or one.card.answers]
    spot = Counter(one.spot for one in opening if one.spot).most_common(1)[0][0]
    day = Counter(one.first for one in opening if one.first).most_common(1)
    return [
        one.card.claim
        for one in told
        if (one.card.opens or one.card.answers)
        and (one.spot is None or kilometres(one.spot, spot) <= _NEAR or one.spot.level in AREAS)
        and (not day or one.first is None or _apart(one, day[0][0]) <= _DAYS)
    ]


def _apart(one: Settled, day: str) -> int:
    """Days between a claim's range and a day."""
    first, last = date.fromisoformat(one.first or day), date.fromisoformat(one.last or one.first or day)
    wanted = date.fromisoformat(day)
    return 0 if first <= wanted <= last else min(abs((first - wanted).days), abs((last - wanted).days))
