"""Weapons, delivery, targets and observations as texts word them, each in its own slot.

Delivery ("warplanes", "artillery") and weapon ("white phosphorus") are different slots, since reports often agree on one
and not on the other. An aircraft or a ship is a delivery by what it delivers, unless the words there say it themselves. A word is a claim of a weapon, never an identification (see the pack's confusables).
"""

from typing import Literal, TypeAlias

from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.mention import WeaponMention
from witnessmark.terms.ports import Larder
from witnessmark.terms.why import Why

Slot: TypeAlias = Literal["weapon", "delivery", "target", "observation"]
_TABLES: tuple[tuple[str, Slot], ...] = (
    ("weapons", "weapon"), ("deliveries", "delivery"), ("carriers", "delivery"), ("targets", "target"),
    ("observations", "observation"),
)  # fmt: skip
CARRIER = "weapons.carrier"  # the rule of an aircraft or a ship that is named where no word says how a deed was done


def weapons(sheet: Sheet, larder: Larder) -> tuple[WeaponMention, ...]:
    """Every mention in the readable sentences, in order; the same words may fill two slots."""
    out: list[WeaponMention] = []
    for number, folded in enumerate(sheet.folded):
        text = sheet.item.passages[number].text
        for table, slot in _TABLES:
            for hit in larder.lexicon(table).find(folded):
                if sheet.sentence(number, hit.start, hit.end):
                    fields = hit.entry.fields
                    out.append(
                        WeaponMention(
                            span=Span(passage=number, start=hit.start, end=hit.end),
                            text=text[hit.start : hit.end],
                            slot=slot,
                            key=fields.get("key") or fields["label"],
                            label=fields["label"],
                            why=Why(
                                rule=CARRIER if table == "carriers" else f"weapons.{slot}", entries=(hit.entry.cite,)
                            ),
                        )
                    )
    said = [one.span for one in out if one.slot == "delivery" and one.why.rule != CARRIER]
    kept = (one for one in out if one.why.rule != CARRIER or not any(one.span.overlaps(span) for span in said))
    return tuple(sorted(kept, key=lambda one: (one.span, one.slot)))
