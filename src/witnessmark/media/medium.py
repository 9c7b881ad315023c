"""From a preserved file to what is kept of it: a picture's fingerprint, a clip's or recording's footage, its manifest.

What cannot be read gives its reason, and one file's trouble is its own. What it does not prove: that a file is what it says.
"""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.media import clips, provenance
from witnessmark.media.containers import NoClip
from witnessmark.media.features import features
from witnessmark.media.fingerprints import fingerprint
from witnessmark.media.pixels import NoPicture, Still, decode
from witnessmark.terms.fingerprint import Fingerprint
from witnessmark.terms.medium import Medium

LARGEST: Final = 256 << 20  # bytes of a picture's file, which is held whole


def medium(path: Path, kind: str) -> Medium:
    """What is kept of a file. ``kind``: as its item has it (``picture``, ``clip``, ``sound``).

    Raises:
        Missing: what decodes it is not installed.
    """
    said = provenance.provenance(path) if provenance.available() else None
    found = _still(path) if kind == "picture" else _footage(path)
    return Medium(
        still=found.still,
        footage=found.footage,
        unseen=found.unseen,
        facts=found.facts,
        provenance=said,
        notices=found.notices,
    )


def of_picture(data: bytes) -> tuple[Fingerprint, str | None]:
    """A picture's fingerprint with its features, and what of it could not be read.

    Raises:
        NoPicture: no picture can be made of the bytes.
        Missing: what decodes it is not installed.
    """
    still = decode(data)
    return fingerprint(still, features), still.trouble


def _still(path: Path) -> Medium:
    if path.stat().st_size > LARGEST:
        return Medium(unseen="a picture's file of more than 256 MiB")
    try:
        found, trouble = of_picture(path.read_bytes())
    except NoPicture as wrong:
        return Medium(unseen=wrong.why)
    return Medium(still=found, notices=(trouble,) if trouble else ())


def _footage(path: Path) -> Medium:
    try:
        clip = clips.read(path, _scene)
    except NoClip as wrong:
        return Medium(unseen=wrong.why)
    return Medium(footage=clip.footage, facts=clip.facts, notices=clip.footage.trouble)


def _scene(luma: NDArray[np.uint8]) -> Fingerprint:
    """A scene's picture, fingerprinted like a still."""
    high, wide = luma.shape
    return fingerprint(Still(luma=luma, width=wide, height=high), features)
