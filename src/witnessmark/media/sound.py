"""A fingerprint of sound: how the energy of neighbouring bands changes from moment to moment, one number of 32 bits each.

After J. Haitsma and T. Kalker, A Highly Robust Audio Fingerprinting System (ISMIR 2002): 33 bands from 300 to 2,000 Hz, as
wide as the ear takes them, windows of 0.37 s; a bit says whether the difference of two neighbouring bands grew. Their step of
11.6 ms is doubled here. What is silent gives 0, which matches nothing, and a clip without anything to hear gives no sound.
What it does not prove: that two recordings with one sound show one moment: music and speech are laid over other pictures.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.media.containers import Reel, sound
from witnessmark.terms.fingerprint import Sound

RATE: Final = 5512  # values a second
WINDOW: Final = 2048  # values: 0.37 s
HOP: Final = 128  # values: 23 ms
BANDS: Final = 33
LOWEST, HIGHEST = 300.0, 2000.0  # Hz
QUIET: Final = 1e-3  # root of the mean square (of 1) under which nothing is heard: -60 dB
_BLOCK: Final = 256  # windows at once
_DRIFT: Final = 0.1  # seconds that times and counted values may differ before silence is put in or values are dropped
_PAUSE: Final = 3600.0  # seconds of silence that are put in at most

Values = NDArray[np.float32]


def fingerprint_of(reel: Reel) -> Sound | None:
    """Of the first sound of an open clip; None where there is none, or it is silent."""
    found = [values for lot in _lots(_even(sound(reel, RATE))) for values in [_numbers(lot)] if len(values)]
    joined = np.concatenate(found) if found else np.zeros(0, np.uint32)
    if not joined.any():
        return None
    return Sound(step=HOP / RATE, start=(WINDOW / 2 + HOP) / RATE, values=joined.astype("<u4").tobytes())


def _even(given: Iterable[tuple[float, Values]]) -> Iterator[Values]:
    """Values as if they had begun at 0 and gone on without a pause: silence where times leave a gap."""
    count = 0
    for at, values in given:
        due = round(at * RATE) if at >= 0 else count
        lacking = due - count
        if abs(lacking) > _DRIFT * RATE and abs(lacking) < _PAUSE * RATE:
            if lacking > 0:
                yield np.zeros(lacking, np.float32)
                count += lacking
            elif -lacking >= len(values):
                continue
            else:
                values = values[-lacking:]  # noqa: PLW2901 - what was heard already
        count += len(values)
        yield values


def _lots(given: Iterable[Values]) -> Iterator[Values]:
    """Values in lots of some windows each, which overlap so that no window and no difference is lost."""
    size = WINDOW + HOP * _BLOCK
    keep = WINDOW
    held = np.zeros(0, np.float32)
    parts: list[Values] = []
    waiting = 0
    for values in given:
        parts.append(values)
        waiting += len(values)
        if len(held) + waiting < size:
            continue
        held = np.concatenate([held, *parts])
        parts, waiting = [], 0
        while len(held) >= size:
            yield held[:size]
            held = held[size - keep :]
    held = np.concatenate([held, *parts])
    if len(held) >= WINDOW + HOP:
        yield held


def _numbers(values: Values) -> NDArray[np.uint32]:
    """One number for each window but the first of a lot; 0 where it is quiet."""
    windows = np.lib.stride_tricks.sliding_window_view(values, WINDOW)[::HOP]
    spectrum = np.abs(np.fft.rfft(windows * np.hanning(WINDOW).astype(np.float32), axis=1)) ** 2
    energy = spectrum @ _bands()
    steps = np.diff(energy, axis=1)
    grew = np.diff(steps, axis=0) > 0
    numbers = np.packbits(grew, axis=1).view(">u4").reshape(-1).astype(np.uint32)
    loud = np.sqrt(np.mean(windows[1:] ** 2, axis=1)) > QUIET
    return np.where(loud, numbers, np.uint32(0))


@lru_cache(maxsize=1)
def _bands() -> NDArray[np.float64]:
    """Which frequencies of a window lie in which band, its bands growing by a constant ratio."""
    edges = LOWEST * (HIGHEST / LOWEST) ** (np.arange(BANDS + 1) / BANDS)
    places = np.fft.rfftfreq(WINDOW, 1 / RATE)
    inside = (places[:, None] >= edges[None, :-1]) & (places[:, None] < edges[None, 1:])
    return inside.astype(np.float64)
