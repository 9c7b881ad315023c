"""Small clips for tests, made with PyAV: boxes that wander over clouds, and tones."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
RATE = 16000


def scene(
    seed: int, seconds: float, *, rate: int = 12, size: tuple[int, int] = (192, 96), still: bool = False
) -> list[Picture]:
    """Grey pictures (height x width) of a view that a camera wanders over, stopping now and then; ``still``: of one view."""
    chance = np.random.default_rng(seed)
    wide, high = size
    ground = np.kron(chance.integers(20, 235, (24, 24)), np.ones((high // 6, wide // 6)))
    ground += np.kron(chance.normal(0, 25, (96, 96)), np.ones((high // 24, wide // 24)))
    steps = np.repeat(chance.normal(0, 0.004, (int(seconds * rate) // 8 + 1, 2)), 8, axis=0)[: int(seconds * rate)]
    way = np.clip(0.4 + np.cumsum(steps, 0), 0, 0.7)
    shown = []
    for at in range(int(seconds * rate)):
        y, x = (0.4, 0.4) if still else way[at]
        top, left = round(y * 3 * high), round(x * 3 * wide)
        shown.append(np.clip(ground[top : top + high, left : left + wide], 0, 255).astype(np.uint8))
    return shown


def tones(seed: int, seconds: float) -> NDArray[np.float32]:
    """Sound in which other tones begin every fifth of a second."""
    chance = np.random.default_rng(seed)
    t = np.arange(RATE // 5) / RATE
    parts = [(0.2 * np.sin(2 * np.pi * chance.uniform(250, 2200, (3, 1)) * t)).sum(0) for _ in range(int(seconds * 5))]
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)


def write(
    path: Path,
    shown: list[Picture],
    *,
    rate: int = 12,
    sound: NDArray[np.float32] | None = None,
    times: Callable[[int], int] = lambda at: at,
    turned: int = 0,
    codec: str = "libx264",
    between: int = 3,
) -> Path:
    """A clip of grey pictures; ``times``: the time of each, in pictures; ``turned``: written as metadata of rotation; ``between``:

    pictures that are made from those before and after, between two that are not (B-frames).
    """
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=Fraction(rate))
        assert isinstance(stream, av.VideoStream)
        if codec == "libx264":
            stream.options = {"preset": "veryfast", "crf": "23", "bf": str(between), "b_strategy": "0"}
        if turned:
            stream.set_display_rotation(turned)
        track: av.AudioStream | None = None
        if sound is not None:
            web = path.suffix == ".webm"
            given = out.add_stream("libopus" if web else "aac", rate=48000 if web else RATE)
            assert isinstance(given, av.AudioStream)
            track = given
        for at, picture in enumerate(shown):
            frame = av.VideoFrame.from_ndarray(picture, format="gray").reformat(format="yuv420p")
            if at == 0:
                stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, "yuv420p"
            frame.pts, frame.time_base = times(at), Fraction(1, rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        if sound is not None and track is not None:
            resampler = av.AudioResampler(format=track.format, layout="mono", rate=track.rate)
            lot = av.AudioFrame.from_ndarray(sound[None], format="flt", layout="mono")
            lot.sample_rate, lot.pts = RATE, 0
            for part in resampler.resample(lot):
                out.mux(track.encode(part))
            out.mux(track.encode())
    return path
