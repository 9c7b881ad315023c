"""The columns of each kind of export, taken from the functions that make its rows, so that no list of them can lie.

An export of no rows still has its header. A slot that a person adds by a decision (a note) is no column of its own;
it stands in ``decided``.
"""

from witnessmark.casefile import drifting, exports, matches, publishers, rows
from witnessmark.casefile.sources import Behind, source_row
from witnessmark.packs.larder import open_larder
from witnessmark.publishing.source_table import STAMP
from witnessmark.terms.account import Match
from witnessmark.terms.anchor import Anchor, Span
from witnessmark.terms.claim import Claim
from witnessmark.terms.drift import Drift, Passed
from witnessmark.terms.incident import Grade, Incident
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Publication
from witnessmark.terms.passage import Passage
from witnessmark.terms.reading import Reading
from witnessmark.terms.source import Source
from witnessmark.terms.statement import Statement
from witnessmark.terms.victim import Victim
from witnessmark.terms.why import Why

_SPAN = Span(passage=0, start=0, end=0)
_WHY = Why(rule="")
_ITEM = Item(address="", selector="", kind="text", passages=(Passage(role="body", text="", selector="text"),))
_CLAIM = Claim(
    item="", span=_SPAN, anchor=Anchor(address="", selector="", text="", start=0, end=0), kind="attack", why=_WHY
)
_STATEMENT = Statement(
    span=_SPAN, content=_SPAN, source=None, source_span=None, source_actor=None, cue=None, cue_span=None,
    certainty="asserted", form="own", why=_WHY,
)  # fmt: skip
_READING = Reading(
    item="", language="", publication=Publication(earliest=None, latest=None, zone=None, basis="", why="")
)
_VICTIM = Victim(span=_SPAN, name="", kind="killed", why=_WHY)
_PASSED = Passed(item="", span=_SPAN, said="", who="")
_DRIFT = Drift(slot="place", earlier=_PASSED, later=_PASSED, why="")
_INCIDENT = Incident(
    id="", claims=(), items=(), date=None, date_latest=None, date_why="", place=None, place_ar=None, place_id=None,
    lat=None, lon=None, level=None, place_why="", accused=(), alternatives=False, strike=(), weapon=(), target=(),
    tolls=(), figures=(), harm_unnumbered=(), origins=(), origins_shown=0, origins_most=0,
    grade=Grade(grade=None, label="", rule=None, facts=()), joins=(),
)  # fmt: skip
_MATCH = matches.Kept(match=Match(one="", other="", verdict="the same", score=0.0, reasons=()))


_SOURCE = Source(
    key="", name="", actor=None, kind="", kind_why="", affiliation=None, party=False, private=False
)  # fmt: skip


def columns(what: str) -> tuple[str, ...]:
    """The columns of one kind of export, in their order.

    Raises:
        KeyError: there is no such kind.
    """
    kinds: dict[str, rows.Row] = {
        "items": rows.item_row(_ITEM, _READING, None),
        "statements": rows.statement_row(0, _STATEMENT, _ITEM, _READING),
        "claims": rows.claim_row(_CLAIM, _ITEM, None, None),
        "victims": rows.victim_row(_VICTIM, _ITEM, _READING),
        "drifts": drifting.row(_DRIFT, _ITEM, _ITEM),
        "sources": {**source_row(_CLAIM, _ITEM, _READING, Behind(_INCIDENT), {}), STAMP: ""},
        "incidents": rows.incident_row(_INCIDENT, {}, None),
        "publishers": publishers.source_row(_SOURCE, None, {}, open_larder()),
        "registers": matches.register_row(_MATCH),
        "unreadable": exports.unreadable_row("unread", "", None, None, ""),
    }
    return tuple(kinds[what])
