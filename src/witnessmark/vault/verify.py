"""Checking a vault and its ledger, with nothing but the two of them.

What it proves: each object the ledger names is there and still has the bytes it was named for; the ledger's entries
follow from each other. What it does not prove: see ``ledger``. Objects that no entry names are strays of an adding that
was cut off, and no damage.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from witnessmark.terms.address import is_address
from witnessmark.vault.ledger import Ledger
from witnessmark.vault.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Damage:
    """``what``: ledger or object; ``where``: the address or file; ``sentence``: for a person."""

    what: str
    where: str
    sentence: str


def verify(root: Path) -> Iterator[Damage]:
    """Every damage in the case folder's ledger and vault; streams, one object at a time."""
    ledger = Ledger(root / "ledger.jsonl")
    for sentence in ledger.verify():
        yield Damage("ledger", "ledger.jsonl", sentence)
    shelves = Shelves(root / "vault")
    named: dict[str, int] = {}
    for entry in ledger.read():
        if entry.did == "deposit":
            named.setdefault(str(entry.about.get("address")), entry.n)
    for address, number in sorted(named.items()):
        amiss = _amiss(shelves, address, number)
        if amiss:
            yield Damage("object", address, amiss)


def _amiss(shelves: Shelves, address: str, number: int) -> str | None:
    """What is wrong with one object that a ledger entry names, or None."""
    if not is_address(address):
        return f"Ledger entry {number} names no object: its address has not the form of one."
    if not shelves.has(address):
        return f"{address[:12]}, deposited by ledger entry {number}, is gone from the vault."
    try:
        found = shelves.check(address)
    except OSError as trouble:
        return f"{address[:12]}, deposited by ledger entry {number}, cannot be read: {trouble.strerror}."
    return None if found == address else f"{address[:12]} was altered: its bytes now hash to {found[:12]}."
