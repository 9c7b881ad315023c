"""Why each toll told of a claim's event is, or is not, one of the claim's figures.

The rule: only tolls of the sentences that tell the claim's event are spoken of; those of other events of the item bear on
other claims. Of each that is no figure the reason is named where it can be told from the reading. What it does not show:
tolls that make no figure of a claim by their kind, such as of missing people, lose against nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from witnessmark.casefile import rows
from witnessmark.reading.claim_figures import SEVERAL
from witnessmark.reading.claim_scenes import LISTED
from witnessmark.reading.claims import Bearing
from witnessmark.reading.toll_mentions import AMONG, BODIES
from witnessmark.terms.claim import Claim
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading
from witnessmark.terms.toll import Toll, TollMention

PLURAL = "a plural without a number is two or more, where nobody gives a figure"
_CLASSES = {"children": "children_killed", "women": "women_killed", "men": "men_killed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A toll of a claim's event: whether the claim's ``figure`` of its kind rests on it, else why not."""

    toll: TollMention
    figure: Toll | None = None
    rests: str | None = None
    lost: str | None = None


def told(claim: Claim, item: Item, reading: Reading, bearing: Bearing | None) -> list[Told]:
    """The tolls of a claim's event, in order. ``bearing``: None where it is not known, then those of its sentence."""
    if bearing is None:
        here = frozenset(at for at, one in enumerate(reading.tolls) if claim.span.covers(one.span))
        bearing = Bearing(own=here, event=here)
    tolls = {at: one for at, one in enumerate(reading.tolls) if at in bearing.event}
    table = _Table(claim=claim, item=item, tolls=tolls, own=bearing.own)
    return [table.told(at) for at in tolls]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What is asked again and again about one claim: the tolls of its event by index, and which its voice tells."""

    claim: Claim
    item: Item
    tolls: Mapping[int, TollMention]
    own: frozenset[int]

    def told(self, at: int) -> Told:
        """One toll, judged."""
        toll = self.tolls[at]
        figure = self.figure(toll)
        if self.rests_on_plural(at, figure):
            return Told(toll=toll, figure=figure, rests=PLURAL)
        if toll.kind not in ("killed", "injured"):
            return Told(toll=toll)
        return Told(toll=toll, figure=figure, lost=self.apart(at) or self.beaten(at, figure))

    def figure(self, toll: TollMention) -> Toll | None:
        """The claim's figure for people of this kind."""
        if toll.kind == "killed":
            return self.claim.combatants_killed if toll.who == "combatants" else self.claim.killed
        return self.claim.injured if toll.kind == "injured" else None

    def rests_on_plural(self, at: int, figure: Toll | None) -> bool:
        """Whether a figure of two or more that nobody counted is the plural of this toll."""
        toll = self.tolls[at]
        if at not in self.own or not toll.plural or toll.part_of is not None or toll.who == "combatants":
            return False
        counted = any(one.kind == toll.kind and one.count == figure for one in self.tolls.values())
        return figure is not None and figure.vague and figure == SEVERAL and not counted

    def apart(self, at: int) -> str | None:
        """Why a toll is not to be compared with the claim's figures at all."""
        toll = self.tolls[at]
        if toll.negated:
            return None if self.claim.polarity == "denied" else "denied by these words, so no figure"
        if at not in self.own:
            return "told by another voice, for which another claim stands"
        if toll.cumulative and not self.claim.cumulative:
            return "counted since some time, or over several events, so no figure of this claim"
        return None

    def beaten(self, at: int, figure: Toll | None) -> str | None:
        """What stands instead of a toll; None where the claim has it as a figure."""
        toll = self.tolls[at]
        if toll.count is None:
            return self.numberless(toll, figure)
        slot = _CLASSES.get(toll.who)
        own = getattr(self.claim, slot) if slot and toll.kind == "killed" else None
        if toll.count in (figure, own):
            return None
        if toll.part_of is not None:
            whole = self.tolls.get(toll.part_of)
            return f"a part of {self.words(whole)}" if whole else "a part of another toll"
        if figure is None:
            fighters = toll.kind == "killed" and toll.count == self.claim.combatants_killed
            return "taken for the fighters, who are counted apart" if fighters else None
        return f"{given(figure)} stands for this claim" + self.instead(at, figure)

    def numberless(self, toll: TollMention, figure: Toll | None) -> str | None:
        """Why harm without a number is no figure."""
        if toll.part_of is not None or not toll.plural or toll.who == "combatants":
            return None
        if figure is not None:
            return f"{given(figure)} stands for this claim: a plural without a number gives way to it"
        return (
            "fighters are counted, so a plural without a number is no figure" if self.claim.combatants_killed else None
        )

    def instead(self, at: int, figure: Toll) -> str:
        """The reason, where it can be told, why another figure stands."""
        toll = self.tolls[at]
        same = [self.tolls[one] for one in sorted(self.own & self.tolls.keys()) if self.tolls[one].kind == toll.kind]
        stood = next((one for one in same if one.count == figure and one.part_of is None), None)
        if stood is None:
            return self.made_of(at, figure, same)
        if toll.why.rule in (LISTED, BODIES):
            return f": {self.words(stood)} is told, and names or bodies are a floor"
        if toll.count and toll.count.vague and not figure.vague:
            return f": a word that names no number gives way to {self.words(stood)}"
        other = stood.who != toll.who and "unstated" not in (stood.who, toll.who)
        first = same.index(stood) < same.index(toll)
        return (
            f": {self.words(stood)} is told "
            + ("first" if first else "as well")
            + (", of another class" if other else "")
        )

    def made_of(self, at: int, figure: Toll, same: Sequence[TollMention]) -> str:
        """Why a figure stands that no toll gives as it is: it was made of this toll and others."""
        count = self.tolls[at].count
        parts = [one for one in same if one.part_of == at and one.count]
        fighters = next((one for one in parts if one.who == "combatants"), None)
        if fighters and count and figure.least < count.least:
            return f": the fighters among these, {self.words(fighters)}, are counted apart"
        civilians = next((one for one in parts if one.why.rule == AMONG and one.count == figure), None)
        if civilians:
            return f": of these, {self.words(civilians)} are said to be civilians"
        if count and figure.least > count.least:
            return ": so many are named, or told among them, at the least"
        return ""

    def words(self, toll: TollMention) -> str:
        """The words of a toll, in quotation marks."""
        return f"“{' '.join(rows.cut(self.item, toll.span).split())}”"


def given(toll: Toll) -> str:
    """A figure in words, its open end said."""
    if toll.most is None:
        return f"at least {toll.least}"
    return f"{toll.least}" if toll.least == toll.most else f"{toll.least} to {toll.most}"
