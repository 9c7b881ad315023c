"""A grade suggested by the rules of the pack ``airwars-2025``, with the facts that fired and what is missing.

Order: G0 no harm is reported; G1 a blamed party accepts harm to civilians; G3 (the dead were fighters, or another party is
most likely responsible) is never suggested, only flagged; G2 alternative attributions, or express word that nobody is blamed; G4 two origins or more, where an
origin named only in the plural ("local sources") counts as two; G5 a single source. A denial never lowers a grade. Nearby action is unknown unless it is supplied, and then G4 says "if nearby action is
confirmed"; where fewer than two origins show their access, it says that too. The wording is the pack's; a named person signs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from witnessmark.terms.card import Card
from witnessmark.terms.incident import Grade
from witnessmark.terms.origin import Origin

TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a grade is suggested from. ``near_action``: declared or likely action nearby, None where nobody supplied it."""

    cards: Sequence[Card]
    origins: Sequence[Origin]
    harmed: bool
    sides: Sequence[str]
    near_action: bool | None = None


def grade(known: Known, wording: Mapping[str, Mapping[str, str]]) -> Grade:
    """The suggestion. ``wording``: the pack's rows by rule (``grade``, ``label``, ``missing``)."""
    shown = sum(origin.shown for origin in known.origins)
    most = len(known.origins)
    several = sum(origin.several for origin in known.origins)
    counted = f"access to the event shown by {shown}, origins at most {most}"
    if several:
        counted += f", of which {several} stand for more than one source that nothing tells apart"
    flags = _flags(known)
    accepted = [card for card in known.cards if card.kind == "acceptance" and card.harm_unnumbered]
    if not known.harmed:
        return _made("G0", ("no claim here says that anyone was harmed",), (), flags, wording)
    if accepted:
        names = sorted({party.label or party.words for card in accepted for party in card.accused})
        return _made("G1", (f"accepts responsibility: {', '.join(names)}", counted), (), flags, wording)
    if len(known.sides) > 1:
        return _made("G2", (f"blamed as alternatives: {'; '.join(known.sides)}", counted), (), flags, wording)
    if not any(card.accused for card in known.cards) and any(card.unattributed for card in known.cards):
        return _nobody_blamed(counted, flags, wording)
    if most + several >= TWO:
        return _several(known, shown, counted, flags, wording)
    return _few(most, counted, flags, wording)


def _few(most: int, counted: str, flags: tuple[str, ...], wording: Mapping[str, Mapping[str, str]]) -> Grade:
    """Weak for a single origin; no grade where no readable source is left."""
    if most == 1:
        return _made("G5", ("a single origin", counted), (wording["G5"]["missing"],), flags, wording)
    none = wording["none"]
    return Grade(grade=None, label=none["label"], rule=None, facts=(counted,), missing=(none["missing"],), flags=flags)


def _nobody_blamed(counted: str, flags: tuple[str, ...], wording: Mapping[str, Mapping[str, str]]) -> Grade:
    """Contested: the material says itself that no source lays the deed to anybody."""
    made = _made("G2+nobody", ("the sources are said to blame nobody", counted), (), flags, wording)
    return replace(made, rule="G2", missing=(wording["G2+nobody"]["missing"],))


def _several(
    known: Known, shown: int, counted: str, flags: tuple[str, ...], wording: Mapping[str, Mapping[str, str]]
) -> Grade:
    """Fair, with each condition that is not met said."""
    missing = []
    if shown < TWO:
        missing.append("G4-origins")
    if known.near_action is None:
        missing.append("G4-action")
    rule = "G4" if not missing else "+".join(["G4", *(one.removeprefix("G4-") for one in missing)])
    label = wording[rule]["label"] if rule in wording else wording["G4"]["label"]
    facts = ("two origins or more may stand behind it", counted)
    return Grade(
        grade=wording["G4"]["grade"],
        label=label,
        rule="G4",
        facts=facts,
        missing=tuple(wording[one]["missing"] for one in missing),
        flags=flags,
    )


def _made(
    rule: str,
    facts: tuple[str, ...],
    missing: tuple[str, ...],
    flags: tuple[str, ...],
    wording: Mapping[str, Mapping[str, str]],
) -> Grade:
    row = wording[rule]
    return Grade(grade=row["grade"] or None, label=row["label"], rule=rule, facts=facts, missing=missing, flags=flags)


def _flags(known: Known) -> tuple[str, ...]:
    """What a person should look at before signing."""
    flags = []
    figures = [card.figures for card in known.cards]
    if any("combatants_killed" in one for one in figures):
        flags.append("some of the dead are said to be fighters: see G3 before signing")
    if any(card.kind == "acceptance" and not card.harm_unnumbered for card in known.cards):
        flags.append("a party says that it acted; whether it accepts harm to civilians (G1) is for a person to read")
    if any(card.kind == "denial" and card.denies_harm for card in known.cards):
        flags.append("a party denies harm; a denial lowers no grade")
    if any(card.kind == "denial" and not card.denies_harm for card in known.cards):
        flags.append("a party denies responsibility; a denial lowers no grade")
    if any(card.polarity == "denied" and card.kind == "harm" for card in known.cards):
        flags.append("a source says that nobody was harmed")
    return tuple(flags)
