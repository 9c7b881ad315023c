"""The fingerprint of a still picture: the hashes of its regions and reference crops and, where asked for, its features.

Some pictures can match nothing and are said to be plain: too small, of one shade, or of few (logos, emoji, drawings): their
hashes are near those of any other such picture. A region that is mostly of one shade is left out for the same reason, so
two screens of one app with different texts do not match by their white.

What it does not prove: that a picture that is not plain is rare; patterns and maps are alike without being copies.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.media.crops import crops
from witnessmark.media.pdq import pdq
from witnessmark.media.pixels import Still
from witnessmark.media.regions import parts
from witnessmark.terms.fingerprint import Features, Fingerprint, Hashed, Region

SMALLEST: Final = 48  # pixels of the shorter side: emoji, avatars and buttons are smaller
DULL: Final = 50  # PDQ's quality below which its authors advise not to match
SPREAD: Final = 5.0  # levels of standard deviation, below which a picture is near-uniform
SEEN: Final = 200  # rows and columns, about, by which shades are judged
NEAR: Final = 4  # levels either side of a shade that count as it
ONE_SHADE: Final = 0.72  # of a picture within NEAR of its commonest shade
FEW_SHADES: Final = 0.93  # of a picture within NEAR of its three commonest shades
ALL_SHADES: Final = 0.97  # the same, whatever the share of the commonest

Featured = Callable[[NDArray[np.uint8]], Features]


def fingerprint(still: Still, features: Featured | None = None) -> Fingerprint:
    """The fingerprint of a decoded picture; ``features``: what finds local features in grey pixels, or None for hashes alone."""
    plain = why_plain(still.luma, still.width, still.height)
    if plain is not None:
        return Fingerprint(width=still.width, height=still.height, plain=plain)
    found = parts(still.luma)
    hashed = [one for one in (_hashed(still, region) for region in found) if one is not None]
    if not hashed:
        return Fingerprint(width=still.width, height=still.height, plain="there is too little to see in it")
    within = next((one.region for one in hashed if one.region.name == "content"), hashed[0].region)
    cropped = tuple(one for one in crops(still.luma, within) if one.quality >= DULL)
    return Fingerprint(
        width=still.width,
        height=still.height,
        hashed=(*hashed, *cropped),
        features=features(still.luma) if features is not None else None,
    )


def why_plain(luma: NDArray[np.uint8], width: int, height: int) -> str | None:
    """Why a picture can match nothing, or None: a clause for a person."""
    if min(width, height) < SMALLEST:
        return f"it is only {width} by {height} pixels"
    if float(luma.std()) < SPREAD:
        return "it is blank, or nearly of one shade"
    one, few = shades(luma)
    if (one >= ONE_SHADE and few >= FEW_SHADES) or few >= ALL_SHADES:
        return "it has few shades, as logos, emoji, drawings and text have"
    return None


def shades(luma: NDArray[np.uint8]) -> tuple[float, float]:
    """The shares of a picture's pixels near its commonest shade, and near its three commonest."""
    seen = luma[:: 1 + luma.shape[0] // SEEN, :: 1 + luma.shape[1] // SEEN]
    left = np.bincount(seen.ravel(), minlength=256).astype(np.float64) / seen.size
    taken = []
    for _ in range(3):
        near = np.convolve(left, np.ones(2 * NEAR + 1), "same")
        at = int(np.argmax(near))
        taken.append(float(near[at]))
        left[max(0, at - NEAR) : at + NEAR + 1] = 0
    return taken[0], sum(taken)


def _hashed(still: Still, region: Region) -> Hashed | None:
    """The eight hashes of a region, or None where there is too little to see."""
    high, wide = still.luma.shape
    cut = still.luma[
        round(region.top * high) : round(region.bottom * high), round(region.left * wide) : round(region.right * wide)
    ]
    if shades(cut)[0] >= ONE_SHADE:
        return None
    whole = (
        round((region.bottom - region.top) * still.height),
        round((region.right - region.left) * still.width),
    )
    hashes, quality = pdq(cut, whole)
    return Hashed(region=region, hashes=hashes.tobytes(), quality=quality) if quality >= DULL else None
