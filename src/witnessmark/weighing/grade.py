"""A grade suggested by the rules of a standard, with the facts that fired, what is missing and what to look at.

Order and numbers are the standard's (``grading`` of its pack; Airwars': G0, G1, G3, G2, G4, G5). G0 no harm is reported; G1 a
party accepts harm to civilians in its own statement; G3 (the dead were fighters, or another party is most likely responsible)
is never suggested, only flagged; G2 alternative attributions, air against ground, or the word of several that nobody is blamed; G4 two
origins or more, where an origin named only in the plural counts as two, with each condition that is not met said: two show
their access, two of those are of sources that a person judged credible, and there was action nearby by a person's word or by a party
that says that it acted; G5 a single source. A denial never lowers a grade. A named person signs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from witnessmark.terms.incident import Grade, Grounds
from witnessmark.weighing.standard import Standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What people decided that a grade hangs on.

    ``reliability``: the letter of the Admiralty code by id of a source or an origin; ``shown``: whether an origin shows its
    access, by id; ``near_action``: declared or likely action nearby, None where nobody said so.
    """

    reliability: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, bool] = field(default_factory=dict)
    near_action: str | None = None


NOTHING = Heard()


def grade(known: Grounds, standard: Standard, heard: Heard = NOTHING) -> Grade:
    """The suggestion: the first rule of the standard's order that fires."""
    view = _View(known, standard, heard)
    for rule in standard.listed("order"):
        made = _RULES[rule](view)
        if made is not None:
            return made
    none = standard.wording["none"]
    return Grade(
        grade=None, label=none["label"], rule=None, facts=(view.counted,), missing=(none["missing"],), flags=view.flags
    )


class _View:
    """Grounds counted under a standard, with what people decided."""

    def __init__(self, known: Grounds, standard: Standard, heard: Heard) -> None:
        self.known, self.standard, self.heard = known, standard, heard
        shown = [one for one in known.behind if heard.shown.get(one.origin, one.shown)]
        self.shown = len(shown)
        self.several = sum(one.several for one in known.behind)
        self.most = len(known.behind)
        reliable = set(standard.listed("G4_reliability"))
        self.credible = sum(
            any(heard.reliability.get(name) in reliable for name in (one.origin, *one.sources)) for one in shown
        )
        near = set(standard.listed("G4_near_action"))
        own = known.accepted or known.acted
        self.near = heard.near_action if heard.near_action in near else None
        self.near_why = f"nearby action {self.near}, as a person decided" if self.near else None
        if self.near is None and own:
            self.near, self.near_why = "declared", f"{', '.join(own)} says that it acted there"
        self.counted = f"access to the event shown by {self.shown}, origins at most {self.most}"
        if self.several:
            stand = "stands" if self.several == 1 else "stand"
            self.counted += f"; {self.several} of these {stand} for several sources that nobody names"
        self.flags = tuple(standard.flags[name] for name in known.flags)

    def made(self, rule: str, *facts: str, words: str | None = None, unmet: tuple[str, ...] = ()) -> Grade:
        """The grade of a rule. ``words``: the row whose wording it takes, where that is not the rule's own."""
        row = self.standard.wording[words or rule]
        said = [self.standard.wording[f"{rule}-{one}"]["missing"] for one in unmet] or [row["missing"]]
        return Grade(
            grade=row["grade"] or None,
            label=self.standard.label(words or rule, unmet),
            rule=rule,
            facts=facts,
            missing=tuple(one for one in said if one),
            flags=self.flags,
            unmet=unmet,
        )


def _no_harm(view: _View) -> Grade | None:
    return None if view.known.harmed else view.made("G0", "no claim here says that anyone was harmed")


def _accepted(view: _View) -> Grade | None:
    who = view.known.accepted
    return view.made("G1", f"accepts responsibility: {', '.join(who)}", view.counted) if who else None


def _contested(view: _View) -> Grade | None:
    known = view.known
    if len(known.sides) > 1:
        return view.made("G2", f"blamed as alternatives: {'; '.join(known.sides)}", view.counted)
    if known.ground:
        return view.made("G2", f"told as alternatives: {', '.join(known.ground)}", view.counted, words="G2+ground")
    if known.nobody and view.most + view.several >= view.standard.number("G4_most"):
        return view.made("G2", "the sources are said to blame nobody", view.counted, words="G2+nobody")
    return None


def _several(view: _View) -> Grade | None:
    """Fair, with each condition that is not met said."""
    standard = view.standard
    if view.most + view.several < standard.number("G4_most"):
        return None
    met = {
        "shown": view.shown >= standard.number("G4_shown"),
        "credible": view.credible >= standard.number("G4_credible"),
        "action": view.near is not None,
    }
    facts = ["two origins or more may stand behind it", view.counted]
    facts += [f"credible, as a person judged their sources: {view.credible}"] if view.credible else []
    facts += [view.near_why] if view.near_why else []
    return view.made("G4", *facts, unmet=tuple(name for name, holds in met.items() if not holds))


def _single(view: _View) -> Grade | None:
    fires = 0 < view.most <= view.standard.number("G5_most")
    return view.made("G5", "a single origin", view.counted) if fires else None


def _never(view: _View) -> Grade | None:  # noqa: ARG001 - the shape of the others
    """G3 is a person's word."""
    return None


_RULES: dict[str, Callable[[_View], Grade | None]] = {
    "G0": _no_harm, "G1": _accepted, "G2": _contested, "G3": _never, "G4": _several, "G5": _single,
}  # fmt: skip
