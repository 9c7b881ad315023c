"""Makes clips, and copies of clips as reposting leaves them, for measuring how copies are found. All is said to be synthetic.

A made clip has textured scenes that a camera moves over, or one fixed view in which things move, with textured things, noise of a
sensor, cuts and sound. A change says where the source's seconds are in the copy.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
RATE = 16000
WIDE = 480


class Source(NamedTuple):
    """A stretch of a clip: seconds ``start`` to ``end`` of a file."""

    name: str
    path: Path
    start: float
    end: float


class Copy(NamedTuple):
    """A changed copy. ``shift``: second of the copy at which the source's ``first`` is; ``speed``: of the copy against it."""

    path: Path
    change: str
    first: float
    last: float
    shift: float
    speed: float


class Pictures(NamedTuple):
    """A stretch in memory: RGB pictures at a rate, and sound."""

    shown: list[Picture]
    rate: int
    sound: NDArray[np.float32]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.shown) / self.rate


def write(path: Path, pictures: Iterator[Picture], rate: int, sound: NDArray[np.float32], quality: int = 23) -> None:
    """A clip of pictures; H.264 and AAC in MP4, VP9 and Opus in WebM, by the file's name."""
    web = path.suffix == ".webm"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libvpx-vp9" if web else "libx264", rate=Fraction(rate))
        stream.options = (
            {"deadline": "realtime", "cpu-used": "8", "crf": str(quality), "b": "0"}
            if web
            else {"preset": "veryfast", "crf": str(quality)}
        )
        track = out.add_stream("libopus" if web else "aac", rate=48000 if web else RATE)
        for at, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(_even(picture), format="rgb24")
            if at == 0:
                stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, "yuv420p"
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        resampler = av.AudioResampler(format=track.format, layout="mono", rate=track.rate)
        for start in range(0, len(sound), 4096):
            lot = av.AudioFrame.from_ndarray(sound[None, start : start + 4096], format="flt", layout="mono")
            lot.sample_rate, lot.pts = RATE, start
            for part in resampler.resample(lot):
                out.mux(track.encode(part))
        out.mux(track.encode())


def _even(picture: Picture) -> Picture:
    high, wide = (side // 2 * 2 for side in picture.shape[:2])
    return np.ascontiguousarray(picture[:high, :wide])


def load(source: Source, wide: int = WIDE) -> Pictures:
    """A stretch's pictures, taken down to a width, and its sound (silence where there is none)."""
    shown: list[Picture] = []
    with av.open(str(source.path)) as held:
        video = held.streams.video[0]
        rate = round(float(video.average_rate or 25))
        high = round(video.height * wide / video.width / 2) * 2
        for frame in held.decode(video):
            if frame.time is not None and source.start <= frame.time < source.end:
                shown.append(np.asarray(frame.to_ndarray(format="rgb24", width=wide, height=high), np.uint8))
            elif frame.time is not None and frame.time >= source.end:
                break
    return Pictures(shown, rate, _sound(source, len(shown) / rate))


def _sound(source: Source, seconds: float) -> NDArray[np.float32]:
    with av.open(str(source.path)) as held:
        if not held.streams.audio:
            return np.zeros(round(seconds * RATE), np.float32)
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        parts = [out.to_ndarray()[0] for frame in held.decode(audio=0) for out in resampler.resample(frame)]
    joined = np.concatenate([*parts, np.zeros(RATE * 4, np.float32)])
    start = round(source.start * RATE)
    return joined[start : start + round(seconds * RATE)]


# --- made clips -----------------------------------------------------------------------------------------------------


def made(seed: int, seconds: float, *, fixed: bool, size: tuple[int, int] = (480, 270), rate: int = 25) -> Pictures:
    """A clip with scenes that a camera moves over, or (``fixed``) one view in which textured things move."""
    chance = np.random.default_rng(seed)
    shown: list[Picture] = []
    while len(shown) < seconds * rate:
        count = round(seconds * rate) if fixed else round(float(chance.uniform(3, 8)) * rate)
        shown += _scene(chance, count, fixed=fixed, size=size)
    count = round(seconds * rate)
    return Pictures(shown[:count], rate, _noise(chance, seconds))


def _texture(chance: np.random.Generator, wide: int, high: int) -> NDArray[np.float32]:
    """Clouds of several sizes with hard-edged boxes, in three colours."""
    total = np.zeros((high, wide, 3), np.float32)
    for cells in (3, 6, 12, 24, 60):
        grid = chance.normal(0, 1, (cells + 1, cells + 1, 3)).astype(np.float32)
        rows, columns = np.linspace(0, cells - 1e-3, high), np.linspace(0, cells - 1e-3, wide)
        total += _between(grid, rows, columns) * (60 / cells**0.6)
    for _ in range(25):
        x, y = int(chance.integers(0, wide)), int(chance.integers(0, high))
        w, h = int(chance.integers(wide // 40, wide // 6)), int(chance.integers(high // 40, high // 4))
        total[y : y + h, x : x + w] += chance.normal(0, 40, 3)
    return np.clip(total + 128, 0, 255)


def _between(grid: NDArray[np.float32], rows: NDArray[np.float64], columns: NDArray[np.float64]) -> NDArray[np.float32]:
    """A grid of values stretched to rows and columns."""
    y, x = rows.astype(int), columns.astype(int)
    v, u = (rows - y)[:, None, None].astype(np.float32), (columns - x)[None, :, None].astype(np.float32)
    top = grid[y][:, x] * (1 - u) + grid[y][:, x + 1] * u
    below = grid[y + 1][:, x] * (1 - u) + grid[y + 1][:, x + 1] * u
    return np.asarray(top * (1 - v) + below * v, np.float32)


def _scene(chance: np.random.Generator, count: int, *, fixed: bool, size: tuple[int, int]) -> list[Picture]:
    wide, high = size
    ground = _texture(chance, wide * 2, high * 2)
    things = [
        (_texture(chance, int(chance.integers(30, 110)), int(chance.integers(30, 110))), chance.uniform(0.1, 0.9, 8))
        for _ in range(3)
    ]
    grain = chance.normal(0, 3, (16, high, wide, 1)).astype(np.float32)
    drift = np.zeros((count, 2)) if fixed else _walk(chance, count)
    shown = []
    for at in range(count):
        x, y = round((0.5 + drift[at, 0]) * wide), round((0.5 + drift[at, 1]) * high)
        picture = ground[y : y + high, x : x + wide].copy()
        for thing, path in things:
            _placed(picture, thing, path, at)
        picture += grain[int(chance.integers(0, 16))]
        shown.append(np.clip(picture, 0, 255, out=picture).astype(np.uint8))
    return shown


def _walk(chance: np.random.Generator, count: int) -> NDArray[np.float64]:
    """A hand-held camera's way, that speeds up, slows down and stops."""
    speed = np.repeat(chance.normal(0, 0.006, (count // 12 + 1, 2)), 12, axis=0)[:count]
    smooth = np.stack([np.convolve(speed[:, axis], np.ones(9) / 9, "same") for axis in (0, 1)], 1)
    return np.asarray(np.clip(np.cumsum(smooth, 0), -0.49, 0.49))


def _placed(picture: NDArray[np.float32], thing: NDArray[np.float32], path: NDArray[np.float64], at: int) -> None:
    """A thing on its way, in place."""
    high, wide = picture.shape[:2]
    x = round((0.5 + 0.45 * np.sin(path[0] * at / 20 + path[1] * 9)) * (wide - thing.shape[1]))
    y = round((0.5 + 0.45 * np.sin(path[2] * at / 25 + path[3] * 9)) * (high - thing.shape[0]))
    picture[y : y + thing.shape[0], x : x + thing.shape[1]] = thing


def _noise(chance: np.random.Generator, seconds: float) -> NDArray[np.float32]:
    """Sound: tones that change, over coloured noise that swells and ebbs."""
    count = round(seconds * RATE)
    total = np.zeros(count)
    at = 0
    while at < count:
        long = int(chance.uniform(0.1, 0.5) * RATE)
        t = np.arange(min(long, count - at)) / RATE
        for _ in range(3):
            total[at : at + len(t)] += chance.uniform(0.02, 0.1) * np.sin(2 * np.pi * chance.uniform(200, 2500) * t)
        at += long
    swell = np.interp(np.arange(count), np.linspace(0, count, 20), chance.uniform(0.01, 0.1, 20))
    return (total + swell * np.convolve(chance.normal(0, 1, count), np.ones(6) / 6, "same")).astype(np.float32)


# --- changes --------------------------------------------------------------------------------------------------------


class Change(NamedTuple):
    """What is done. ``picture``: to each; ``cut``: seconds off either end; ``rate``; ``speed``; ``kind`` of file; ``quality``."""

    picture: Callable[[Picture], Picture] = lambda one: one
    cut: float = 0.0
    rate: int = 0
    speed: float = 1.0
    kind: str = "mp4"
    quality: int = 28


def smaller(share: float) -> Callable[[Picture], Picture]:
    """Taken down to a share of its size, by the nearest pixels of its means."""

    def done(one: Picture) -> Picture:
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(one), format="rgb24")
        high, wide = (round(side * share / 2) * 2 for side in one.shape[:2])
        return np.asarray(frame.to_ndarray(format="rgb24", width=wide, height=high), np.uint8)

    return done


def vertical(at: float) -> Callable[[Picture], Picture]:
    """Cut to nine by sixteen (to a square where it is upright), ``at`` (0 left, 1 right) of the room there is."""

    def done(one: Picture) -> Picture:
        high, wide = one.shape[:2]
        if high > wide:
            top = round((high - wide) * at)
            return one[top : top + wide]
        keep = round(high * 9 / 16)
        left = round((wide - keep) * at)
        return one[:, left : left + keep]

    return done


def _logo(one: Picture) -> Picture:
    """A channel's logo in a corner and a strip with a caption."""
    high, wide = one.shape[:2]
    out = one.copy()
    side = high // 6
    out[side // 3 : side // 3 + side, -side - side // 3 : -side // 3] = (200, 30, 30)
    out[side // 2 : side // 2 + side // 3, -side : -side // 2] = 255
    strip = slice(high - high // 7, high - high // 28)
    out[strip, wide // 20 : -wide // 20] = (20, 20, 90)
    for at in range(wide // 10, wide - wide // 5, 14):
        out[high - high // 9 : high - high // 18, at : at + 8] = 235
    return out


def _banded(one: Picture) -> Picture:
    """Laid into a wide picture (an upright one) or an upright one (a wide one), between dark bands."""
    high, wide = one.shape[:2]
    if high > wide:
        side = round((high * 16 / 9 - wide) / 2)
        return np.pad(one, ((0, 0), (side, side), (0, 0)))
    side = round((wide * 16 / 9 - high) / 2)
    return np.pad(one, ((side, side), (0, 0), (0, 0)))


CHANGES: dict[str, Change] = {
    "re-encoded MP4": Change(picture=smaller(0.6), quality=32),
    "re-encoded WebM": Change(picture=smaller(0.8), kind="webm", quality=40),
    "trimmed 0.5 s": Change(cut=0.5),
    "another frame rate": Change(rate=30, cut=0.27),
    "cropped to vertical": Change(picture=vertical(0.5)),
    "mirrored": Change(picture=lambda one: one[:, ::-1], cut=0.3),
    "logo and caption": Change(picture=_logo, cut=0.4),
    "slowed": Change(speed=0.5),
}
BESIDES: dict[str, Change] = {
    "slowed to three quarters": Change(speed=0.75),
    "vertical, off centre": Change(picture=vertical(0.3)),
    "between bands": Change(picture=_banded, cut=0.3),
    "mirrored, logo, smaller": Change(picture=lambda one: smaller(0.6)(_logo(one[:, ::-1])), cut=0.2, quality=32),
}


def changed(given: Pictures, change: Change, path: Path) -> tuple[float, float]:
    """Write a copy; returns the first and last second of the source that it holds."""
    rate = change.rate if change.rate and change.rate != given.rate else (25 if change.rate else given.rate)
    span = given.seconds - 2 * change.cut
    count = int(span / change.speed * rate)
    places = (int((change.cut + at / rate * change.speed) * given.rate + 1e-6) for at in range(count))
    pictures = (change.picture(given.shown[min(place, len(given.shown) - 1)]) for place in places)
    start = round(change.cut * RATE)
    sound = given.sound[start : start + round(span * RATE)]
    if change.speed != 1.0:
        stretch = np.arange(0, len(sound) - 1, change.speed)
        sound = np.interp(stretch, np.arange(len(sound)), sound).astype(np.float32)
    write(path, pictures, rate, sound, change.quality)
    return change.cut, change.cut + span


def compilation(
    given: Pictures, others: list[Pictures], first: float, path: Path, chance: np.random.Generator
) -> float:
    """Two minutes of stretches of others with five seconds of a clip in it; returns where these begin."""
    high, wide = given.shown[0].shape[:2]
    place = int(chance.integers(3, 17))
    parts: list[Picture] = []
    sounds: list[NDArray[np.float32]] = []
    begins = 0.0
    for at in range(20):
        if at == place:
            begins, now, start, long = len(parts) / 25, given, first, 5.0
        else:
            now = others[at % len(others)]
            long = float(chance.uniform(3, 9))
            start = float(chance.uniform(0, max(0.1, now.seconds - long)))
        count = int(min(long, now.seconds - start) * 25)
        picks = [now.shown[min(len(now.shown) - 1, int((start + k / 25) * now.rate + 1e-6))] for k in range(count)]
        parts += [_fitted(one, wide, high) for one in picks]
        sound = now.sound[round(start * RATE) : round(start * RATE) + round(count / 25 * RATE)]
        sounds.append(np.pad(sound, (0, max(0, round(count / 25 * RATE) - len(sound)))))
    write(path, iter(parts), 25, np.concatenate(sounds), 28)
    return begins


def _fitted(one: Picture, wide: int, high: int) -> Picture:
    if one.shape[:2] == (high, wide):
        return one
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(one), format="rgb24")
    return np.asarray(frame.to_ndarray(format="rgb24", width=wide, height=high), np.uint8)
