"""What ``witnessmark read`` prints: the reading of one text without a case, by the contract of ``docs/reference/cli.md``.

Every found thing says where it stands: ``passage`` (0-based, in the order of ``passages``), the role of that passage, and
code points of its text as given, end exclusive. Nothing is preserved and nothing is gathered: the same text in a case may
be read against its neighbours. What a reading does not prove: that what the text says is so.
"""

import msgspec

from witnessmark.casefile.rows import Row, claim_row, cut, moment_row, person_row, place_row
from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import Claim
from witnessmark.terms.item import Item
from witnessmark.terms.reading import Reading
from witnessmark.terms.statement import Statement

_ONLY_IN_A_CASE = (
    "refers_to",
    "item",
    "item_id",
    "incident",
    "anchor",
    "words",
    "state",
    "review",
    "decided",
    "decisions",
)


def read_row(item: Item, reading: Reading) -> Row:
    """One text's reading, whole."""
    wall = reading.unreadable
    return {
        "id": item.name,
        "language": reading.language,
        "unreadable": None if wall is None else {"kind": wall.kind, "words": wall.words, "why": wall.why},
        "publication": msgspec.to_builtins(reading.publication),
        "passages": [{"role": passage.role, "selector": passage.selector} for passage in item.passages],
        "statements": [_statement(item, said) for said in reading.statements],
        "claims": [_claim(item, claim) for claim in reading.claims],
        "moments": [{**_where(item, one.span), **(moment_row(one) or {})} for one in reading.moments],
        "places": [{**_where(item, one.span), **(place_row(one) or {})} for one in reading.places],
        **_found(item, reading),
        "credits": [
            {**(_where(item, one.span) if one.span else {}), "to": one.to, "actor": one.actor, "manner": one.manner}
            for one in reading.credits
        ],
    }


def error_row(line: int, why: str) -> Row:
    """What stands in place of a line that is no item."""
    return {"id": None, "line": line, "error": why}


def _where(item: Item, span: Span) -> Row:
    """The words under a span and where they stand."""
    return {
        "text": cut(item, span),
        "start": span.start,
        "end": span.end,
        "passage": span.passage,
        "passage_role": item.passages[span.passage].role,
    }


def _statement(item: Item, said: Statement) -> Row:
    """A statement with the spans of its content, its source and its cue."""
    return {
        **_where(item, said.span),
        "source": said.source,
        "source_actor": said.source_actor,
        "source_resolved": said.source_resolved,
        "source_several": said.source_several,
        "cue": said.cue,
        "certainty": said.certainty,
        "form": said.form,
        "nested_in": said.nested_in,
        "content": _where(item, said.content),
        "source_span": _where(item, said.source_span) if said.source_span else None,
        "cue_span": _where(item, said.cue_span) if said.cue_span else None,
        "moments": list(said.moments),
        "places": list(said.places),
        "rule": said.why.rule,
    }


def _claim(item: Item, claim: Claim) -> Row:
    """A claim as exported, less what only a case knows."""
    row = {key: value for key, value in claim_row(claim, item, None, None).items() if key not in _ONLY_IN_A_CASE}
    if claim.place:
        row["place"] = {**_where(item, claim.place.span), **row["place"]}
    if claim.moment:
        row["moment"] = {**_where(item, claim.moment.span), **row["moment"]}
    return {**row, **_where(item, claim.span)}


def _found(item: Item, reading: Reading) -> Row:
    """Tolls, victims, actors and weapons."""
    return {
        "tolls": [
            {
                **_where(item, one.span),
                "kind": one.kind,
                "who": one.who,
                "least": one.count.least if one.count else None,
                "most": one.count.most if one.count else None,
                "part_of": one.part_of,
                "negated": one.negated,
                "cumulative": one.cumulative,
                "shared": one.shared,
                "preliminary": one.preliminary,
            }
            for one in reading.tolls
        ],
        "victims": [
            {**_where(item, one.span), **person_row(one), "statement": one.statement} for one in reading.victims
        ],
        "actors": [
            {
                **_where(item, one.span),
                "actor": one.actor,
                "label": one.label,
                "role": one.role,
                "epithet": one.epithet,
            }
            for one in reading.actors
        ],
        "weapons": [
            {**_where(item, one.span), "slot": one.slot, "key": one.key, "label": one.label} for one in reading.weapons
        ],
    }
