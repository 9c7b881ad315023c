"""A medium: what is kept of a preserved picture, clip or recording, so that copies are found without its bytes."""

from dataclasses import dataclass

from witnessmark.terms.fingerprint import Fingerprint, Footage
from witnessmark.terms.provenance import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """``still`` or ``footage``, as far as there was anything to see; ``unseen``: why not, where there is neither.

    ``facts``: what the file says of itself beyond its item's metadata; ``provenance``: a manifest (C2PA) in it, as it stands
    there; ``notices``: what of it was broken, in sentences.
    """

    still: Fingerprint | None = None
    footage: Footage | None = None
    unseen: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    provenance: Provenance | None = None
    notices: tuple[str, ...] = ()
