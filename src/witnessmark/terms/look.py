"""A look at a preserved picture or clip: what is kept of it so that copies are found without its bytes."""

from dataclasses import dataclass

from witnessmark.terms.fingerprint import Fingerprint, Footage


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """``still`` or ``footage``, as far as there was anything to see; ``notices``: what of it was broken, in sentences."""

    still: Fingerprint | None = None
    footage: Footage | None = None
    notices: tuple[str, ...] = ()
