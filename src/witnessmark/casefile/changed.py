"""What changed since somebody signed: the suggestion as the signer saw it beside the suggestion now.

The ledger keeps the whole suggestion with each decision; here its day, place, parties, figures, claims, origins and grade are
held against those of today. What it does not say: that the signature no longer holds. That is for a person.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from witnessmark.terms.incident import Incident

Row = dict[str, Any]
_PLAIN = ("date", "date_latest", "place")


def changed(then: str | None, incident: Incident) -> list[Row]:
    """Each slot of an incident that differs from the suggestion last signed, with both values; none where none was signed.

    ``then``: that suggestion's canonical JSON, as its ledger entry holds it.
    """
    if then is None:
        return []
    before, now = msgspec.json.decode(then), msgspec.to_builtins(incident)
    return list(_differences(before, now)) if isinstance(before, dict) else []


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Row]:
    for slot in _PLAIN:
        if before.get(slot) != now[slot]:
            yield _row(slot, before.get(slot), now[slot])
    old, new = _tolls(before), _tolls(now)
    for slot in sorted(old.keys() | new.keys()):
        if old.get(slot) != new.get(slot):
            yield _row(slot, old.get(slot), new.get(slot))
    for slot, said in (("accused", _parties), ("grade", _grade), ("origins", _origins)):
        was, is_ = said(before), said(now)
        if was != is_:
            yield _row(slot, was, is_)
    had, has = set(before.get("claims", ())), set(now["claims"])
    if has - had:
        yield _row("claims added", None, sorted(has - had))
    if had - has:
        yield _row("claims gone", sorted(had - has), None)


def _row(slot: str, then: object, now: object) -> Row:
    return {"slot": slot, "then": then, "now": now}


def _tolls(row: Mapping[str, Any]) -> dict[str, list[int | None]]:
    return {slot: [toll["least"], toll["most"]] for slot, toll in row.get("tolls", ())}


def _parties(row: Mapping[str, Any]) -> list[str]:
    return sorted({one["label"] or one["words"] for one in row.get("accused", ())})


def _grade(row: Mapping[str, Any]) -> object:
    return row.get("grade", {}).get("label")


def _origins(row: Mapping[str, Any]) -> list[int | None]:
    return [row.get("origins_shown"), row.get("origins_most")]
