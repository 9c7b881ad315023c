"""Weapons, delivery, targets and observations as texts word them, each in its own slot.

Delivery ("warplanes", "artillery") and weapon ("white phosphorus") are different slots, since reports often agree on one
and not on the other. An aircraft or a ship is a delivery by what it delivers, unless the words there say it themselves.
Where the wounded were taken is no target. A word is a claim of a weapon, never an identification (see the pack's
confusables).
"""

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from witnessmark.reading.sheet import Sheet
from witnessmark.terms.anchor import Span
from witnessmark.terms.mention import WeaponMention
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.why import Why

Slot: TypeAlias = Literal["weapon", "delivery", "target", "observation"]
_REACH = 6  # words between the word for carrying and the place
_CREW_REACH = 2  # words between an ambulance's crew and the word for carrying
_WORD, _STOP = re.compile(r"\w+"), re.compile(r"[.;؛\n]")
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
        carried = tuple(larder.lexicon("carried").find(folded))
        for table, slot in _TABLES:
            for hit in larder.lexicon(table).find(folded):
                told = sheet.sentence(number, hit.start, hit.end)
                if (
                    told
                    and hit.entry.fields["label"]
                    and not (slot == "target" and _taken_there(text, told, hit, carried))
                ):
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


def _taken_there(text: str, sentence: Span, place: Hit, carried: Sequence[Hit]) -> bool:
    """Whether a word for carrying people stands shortly before a place in the same sentence, or a crew carries them."""
    here = [hit for hit in carried if sentence.start <= hit.start and hit.end <= sentence.end]
    verbs = [hit for hit in here if hit.entry.fields["role"] == "carry"]
    crews = [hit.end for hit in here if hit not in verbs and hit.start <= place.start and place.end <= hit.end]
    behind = any(_near(text, hit.end, place.start, _REACH) for hit in verbs)
    return behind or any(_near(text, end, hit.start, _CREW_REACH) for end in crews for hit in verbs)


def _near(text: str, end: int, start: int, reach: int) -> bool:
    return end <= start and len(_WORD.findall(text, end, start)) <= reach and not _STOP.search(text, end, start)
