"""What could not be read, or was passed over: always listed, always with its reason."""

from dataclasses import dataclass

from witnessmark.terms.address import Address


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Unread:
    """Something preserved that no reader could make an item of. ``why`` is a sentence for a person."""

    address: Address
    selector: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PassedOver:
    """Something left alone on purpose (a service notice, the exporter's private data), with the reason."""

    address: Address
    selector: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Notice:
    """Something a person should know about a source that was read: a gap in ids, a repaired escape, a cut."""

    address: Address
    selector: str
    what: str
