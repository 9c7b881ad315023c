"""The Admiralty code of a case: letters for sources, numbers for what they tell, each considered in isolation.

Codes, labels and defaults are the pack ``admiralty``'s; every code is given with the scale it is of, since other tables go on
behind 6. An account never judged is F, a claim never judged 6. What it does not do: judge anybody.
"""

from functools import lru_cache
from typing import Any

from witnessmark.packs.larder import PackLarder

Row = dict[str, Any]


@lru_cache(maxsize=4)
def _codes(larder: PackLarder) -> dict[tuple[str, str], dict[str, str]]:
    return {(row.fields["kind"], row.key): dict(row.fields) for row in larder.rows("admiralty")}


def codes(slot: str, larder: PackLarder) -> tuple[str, ...]:
    """The codes of ``reliability`` or ``credibility``, best first."""
    return tuple(code for kind, code in _codes(larder) if kind == slot)


def scale(slot: str, larder: PackLarder) -> str | None:
    """The id of the scale that a slot's codes are of; None where the slot takes none."""
    return next((row["scale"] for (kind, _), row in _codes(larder).items() if kind == slot), None)


def rule(what: str, larder: PackLarder) -> str:
    """A number or code that the pack's rules hold."""
    return next(row.fields["value"] for row in larder.rows("admiralty_rules") if row.key == what)


def reliability_row(decided: object, larder: PackLarder) -> Row:
    """How reliable a person judged a source, or the default, with label and scale."""
    return _row("reliability", decided, larder)


def credibility_row(decided: object, larder: PackLarder) -> Row:
    """How credible a person judged a claim, or the default, with label and scale."""
    return _row("credibility", decided, larder)


def _row(slot: str, decided: object, larder: PackLarder) -> Row:
    code = str(decided) if decided else rule(f"default_{slot}", larder)
    row = _codes(larder).get((slot, code), {})
    return {
        slot: code,
        f"{slot}_label": row.get("label"),
        "scale": row.get("scale"),
        f"{slot}_judged": bool(decided),
    }
