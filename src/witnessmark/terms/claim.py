"""A claim: that something harmful was done, or was not, somewhere, sometime, by someone, on somebody's word."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.address import id_of
from witnessmark.terms.anchor import Anchor, Span
from witnessmark.terms.moment import Moment
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.statement import Certainty
from witnessmark.terms.toll import Toll
from witnessmark.terms.why import Why

ClaimKind: TypeAlias = Literal["attack", "harm", "acceptance", "denial", "earlier", "general"]
TOLL_SLOTS = (
    "killed", "injured", "children_killed", "women_killed", "men_killed", "combatants_killed", "killed_status_unstated",
)  # fmt: skip
# Airwars keeps four integers for each class; these no reader finds, so that only a person gives them, by a decision.
HAND_SLOTS = ("children_injured", "women_injured", "men_injured", "combatants_injured")
FIGURE_SLOTS = (*TOLL_SLOTS, *HAND_SLOTS)


UNATTRIBUTED = "Unattributed"  # the observation that no source lays the deed to anybody


DENIES_HARM = "claims.denial-of-harm"  # the rule of a denial by which a party denies harm, and not only its part in it


def leaves_open(label: str) -> bool:
    """Whether a label of Airwars' strike vocabulary leaves open which of two ways: "Airstrike and/or Artillery"."""
    return " and/or " in label


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party blamed or hit: ``actor`` is the pack's id or None, ``label`` Airwars' name or None, ``words`` as written."""

    actor: str | None
    label: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One event at one place, as one item words it.

    ``kind``: ``attack``; ``harm`` (people harmed, no deed named); ``acceptance`` or ``denial`` of responsibility by a
    party; ``earlier`` (a past event mentioned for context, never an incident by itself); ``general`` (a practice,
    undated and unplaced). ``accused`` act together where ``joint``; they are alternatives ("A or B") where
    ``alternatives``. ``killed`` counts civilians, stated or presumed; ``killed_status_unstated`` says how many of
    these are only presumed. ``on_whose_word``: the chain from the outlet inwards; ``voice``: where the last of it is worded,
    given where one sentence has several whose word it is, each a claim of its own. ``harm_unnumbered``: kinds of harm said
    without a number. ``shared``: the tolls are given for several places together and are added to none; each place has a
    claim of its own, told apart by ``spot``, where the place is named.
    """

    item: str
    span: Span
    anchor: Anchor
    kind: ClaimKind
    why: Why
    accused: tuple[Party, ...] = ()
    joint: bool = False
    alternatives: bool = False
    target: tuple[str, ...] = ()
    weapon: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    observations: tuple[str, ...] = ()
    place: PlaceMention | None = None
    moment: Moment | None = None
    killed: Toll | None = None
    injured: Toll | None = None
    children_killed: Toll | None = None
    women_killed: Toll | None = None
    men_killed: Toll | None = None
    combatants_killed: Toll | None = None
    killed_status_unstated: Toll | None = None
    polarity: Literal["affirmed", "denied", "unknown"] = "affirmed"
    certainty: Certainty = "asserted"
    on_whose_word: tuple[str, ...] = ()
    harm_unnumbered: tuple[str, ...] = ()
    shared: bool = False
    cumulative: bool = False
    preliminary: bool = False
    access: str | None = None
    voice: Span | None = None
    spot: Span | None = None

    @property
    def id(self) -> str:
        """Made from item, span and kind; and from voice and place, where one sentence makes a claim for each of several."""
        apart = [("voice", self.voice), ("spot", self.spot)]
        parts = [part for name, span in apart if span for part in (name, span.passage, span.start, span.end)]
        return id_of("claim", self.item, self.span.passage, self.span.start, self.span.end, self.kind, *parts)
