"""Clips opened and decoded, with PyAV (FFmpeg): pictures in order of time, sound in mono, and what a file says of itself.

Bytes are handed over as an open file and only formats that hold clips are tried, so that a play list or a scene description
under a clip's name makes nothing else be opened, neither a file nor an address. One picture is decoded after the other; none
above ``MOST_PIXELS`` is. Times count from the stream's beginning, as stored; where one is missing it is counted on, and
where times run backwards the clock goes on from where it was, and both are said. What is damaged is passed over and said.

What it does not prove: that a clip was made when and with what its metadata say, or is whole: a clean cut leaves no trace.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import Missing, WitnessmarkError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

MOST_PIXELS: Final = 40_000_000  # of one picture; 8K has 33 million
LONGEST: Final = 12 * 3600.0  # seconds that are read of one clip
_FORMATS: Final = "mov,matroska,avi,flv,mpegts,mpeg,mpegvideo,asf,ogg,mp3,wav,aac,flac,amr,3gp,h264,hevc,ivf,rm"
_UNTIMED: Final = {"h264", "hevc", "mpegvideo"}  # bare streams, in which pictures can only be counted
_VALUE: Final = 500  # code points of one value of metadata; longer ones are left in the bytes
_VALUES: Final = 60  # values of metadata of one file
_GAP: Final = 0.6  # seconds between pictures above which none is skipped any more
_LEAP: Final = 600.0  # seconds from one picture to the next that are no pause but a broken clock
_LOST: Final = 600  # packets in a row of which nothing can be decoded
_RATES: Final = 1000  # times of pictures from which the rate is judged
_UNEVEN: Final = 0.25  # share of the usual distance of two pictures by which others may differ


@dataclass
class NoClip(WitnessmarkError):
    """Bytes that no clip can be made of. ``why``: the rest of a sentence that begins with "It"."""

    why: str

    def __str__(self) -> str:
        return f"The clip cannot be read: {self.why}. Its bytes are preserved. Look at it in another program."


@dataclass(eq=False, slots=True)
class Seen:
    """A picture of a clip as it is decoded: seconds from the beginning, and the pixels when they are asked for."""

    at: float
    frame: "VideoFrame"

    def luma(self) -> NDArray[np.uint8]:
        """Grey, upright, at the size it was decoded at."""
        quarters = round(self.frame.rotation / 90) % 4
        return np.ascontiguousarray(np.rot90(_plane(self.frame), quarters))

    def thumb(self, side: int = 32) -> NDArray[np.float32]:
        """About ``side`` by ``side`` means of some of its lines, as stored: enough to see whether something moves."""
        plane = _plane(self.frame)
        lines = plane[:: max(1, plane.shape[0] // side)]
        wide = max(1, plane.shape[1] // side)
        cut = lines[:, : plane.shape[1] // wide * wide]
        sums = np.add.reduceat(cut, np.arange(0, cut.shape[1], wide), axis=1, dtype=np.uint32)
        return np.asarray(sums / wide, np.float32)


@dataclass(eq=False)
class Reel:
    """An open clip. ``trouble``: sentences on what could not be read, filled as it is read."""

    container: "InputContainer"
    size: int
    trouble: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    seen_until: float = 0.0

    def say(self, sentence: str) -> None:
        """Add a sentence once."""
        if sentence not in self.trouble:
            self.trouble.append(sentence)

    @property
    def video(self) -> "VideoStream | None":
        """The first stream of moving pictures; a cover picture is none."""
        streams = [one for one in self.container.streams.video if not _is_cover(one)]
        return streams[0] if streams else None


def _is_cover(stream: "Stream") -> bool:
    return "attached_pic" in str(getattr(stream, "disposition", "")).lower()


@contextmanager
def opened(path: Path) -> Iterator[Reel]:
    """The clip in a file.

    Raises:
        NoClip: it is none, or nothing can be read of it.
        Missing: PyAV is not installed.
    """
    try:
        import av  # noqa: PLC0415 - a heavy extra
    except ImportError:
        raise Missing("Reading clips needs PyAV.", "Install witnessmark[media].") from None
    with path.open("rb") as source:
        try:
            container = av.open(
                source,
                "r",
                options={"format_whitelist": _FORMATS},
                metadata_errors="replace",
                io_open=_refused,
            )
        except _broken():
            raise NoClip(_why_not(path)) from None
        with container:
            yield Reel(container, path.stat().st_size)


def _broken() -> tuple[type[Exception], ...]:
    """What PyAV raises on hostile bytes."""
    from av import FFmpegError  # noqa: PLC0415 - a heavy extra

    return FFmpegError, OSError, ValueError, MemoryError, OverflowError


def _refused(*_: object) -> None:
    """A clip that asks for another file or an address gets none."""
    raise PermissionError


def _why_not(path: Path) -> str:
    """What kind of broken a file is that FFmpeg takes for no clip."""
    with path.open("rb") as source:
        head = source.read(12)
    if not head:
        return "the file is empty"
    if head[4:8] == b"ftyp":
        return "it begins like an MP4 file, but its index is missing or broken: cut off, or its recording never ended"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8")) or head[8:12] == b"WEBP":
        return "it is a still picture under a clip's name"
    if head.startswith((b"#EXTM3U", b"ffconca")):
        return "it is a list of other files, not a clip; nothing it names was opened"
    return "no reader of clips knows its format, or its beginning is broken"


def facts(reel: Reel) -> list[tuple[str, str]]:
    """What the container says of itself, as keys and values."""
    container, video = reel.container, reel.video
    found = [("format", container.format.name)]
    if container.duration:
        found.append(("duration", f"{container.duration / 1e6:.3f} s"))
    if video is not None:
        found += [("video codec", _codec(video)), ("width", str(video.width)), ("height", str(video.height))]
    found += [("audio codec", _codec(one)) for one in container.streams.audio[:1]]
    for name, held in (
        ("container", container.metadata),
        *((f"stream {s.index}", s.metadata) for s in container.streams),
    ):
        found += [(f"{name} {_clean(key)}", _clean(text)) for key, text in sorted(held.items()) if len(text) <= _VALUE]
    return [(key, text) for key, text in found if text][:_VALUES]


def rate(reel: Reel) -> list[tuple[str, str]]:
    """How many pictures a second were seen, and whether evenly; after reading."""
    steps = np.diff(np.sort(np.array(reel.times, np.float64)))
    steps = steps[steps > 0]
    if reel.video is None or reel.video.time_base is None or len(steps) < 2:
        return []
    usual = float(np.median(steps))
    uneven = float(np.mean(np.abs(steps - usual) > max(1.0, _UNEVEN * usual))) > 0.02
    a_second = 1 / (float(np.mean(steps)) * float(reel.video.time_base))
    return [("frame rate", f"{a_second:.3f}"), ("frame rate kind", "variable" if uneven else "constant")]


def _codec(stream: "Stream") -> str:
    context = stream.codec_context
    return "unknown" if context is None else context.name


def _clean(text: str) -> str:
    mended = text.encode("utf-8", "replace").decode("utf-8", "replace").replace("\0", "\ufffd")
    return " ".join(mended.split())


@dataclass
class _Clock:
    """Seconds from the beginning, never backwards."""

    reel: Reel
    step: float
    origin: float
    ends: float
    shift: float = 0.0
    last: float | None = None

    def at(self, given: float | None) -> float:
        last = self.last
        if given is None:
            self.reel.say("some pictures have no time of their own; they are counted on from those before")
            at = 0.0 if last is None else last + self.step
        else:
            at = given - self.origin + self.shift
            if last is not None and (at < last or at > max(last + _LEAP, self.ends + _LEAP)):
                way = "run backwards" if at < last else "leap forward"
                self.reel.say(f"its times {way} at {last:.1f} s; they are counted on from there")
                self.shift += last + self.step - at
                at = last + self.step
        self.last = max(at, 0.0)
        return self.last


def pictures(reel: Reel, *, start: float = 0.0, sparing: bool = False) -> Iterator[Seen]:
    """Pictures in order of time, from the one before ``start`` seconds or earlier.

    ``sparing``: pictures that no other is decoded from are skipped, which a third of the time is spent on, as long as no
    gap of more than ``0.6`` seconds comes of it. Nothing where there is no stream of pictures, or it is absurdly large.
    """
    video = reel.video
    if video is None:
        reel.say("it holds no moving pictures")
        return
    if not 0 < video.width * video.height <= MOST_PIXELS:
        reel.say(f"its pictures say they are {video.width} by {video.height} pixels, which is not decoded")
        return
    video.thread_count = 1
    video.thread_type = "NONE"  # the same pictures whatever the machine
    video.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
    timed = reel.container.format.name not in _UNTIMED
    video.codec_context.skip_frame = "BIDIR" if sparing and timed else "DEFAULT"
    if start > 1:
        _seek(reel, video, start)
    yield from _without_gaps(reel, video, _clock(reel, video))


def _clock(reel: Reel, video: "VideoStream") -> _Clock:
    base = float(video.time_base or 0)
    step = 1 / float(video.average_rate) if video.average_rate else 0.04
    origin = video.start_time * base if video.start_time is not None else 0.0
    return _Clock(reel, step, origin, (reel.container.duration or 0) / 1e6)


def _without_gaps(reel: Reel, video: "VideoStream", clock: _Clock) -> Iterator[Seen]:
    """All pictures; where skipping leaves a gap, what lies in it is decoded after all, and nothing is skipped from then on."""
    base = video.time_base
    last, again = None, False
    for frame in _decoded(reel, video):
        stored = None if frame.pts is None or base is None else float(frame.pts * base)
        if again and stored is not None and last is not None and stored - clock.origin + clock.shift <= last:
            continue
        again = False
        at = stored - clock.origin + clock.shift if stored is not None else None
        if video.codec_context.skip_frame == "BIDIR" and at is not None and at - (last or 0.0) > _GAP:
            video.codec_context.skip_frame = "DEFAULT"
            again = _seek(reel, video, last or 0.0)
            if again:
                continue
        last = clock.at(stored)
        if last > LONGEST:
            reel.say(f"only its first {LONGEST / 3600:.0f} hours were read")
            return
        reel.seen_until = max(reel.seen_until, last + clock.step)
        yield Seen(last, frame)


def _seek(reel: Reel, stream: "VideoStream", at: float) -> bool:
    """Go to the key picture before a time; False where the file cannot be gone about in."""
    if stream.time_base is None:
        return False
    try:
        reel.container.seek(
            int(max(0.0, at) / stream.time_base) + (stream.start_time or 0), backward=True, stream=stream
        )
    except _broken():
        return False
    return True


def _decoded(reel: Reel, stream: "VideoStream") -> Iterator["VideoFrame"]:
    lost, damaged, given = 0, 0, 0
    for packet in _packets(reel, stream):
        if packet.pts is not None and len(reel.times) < _RATES:
            reel.times.append(packet.pts)
        try:
            frames: Sequence[VideoFrame] = stream.decode(packet)
        except EOFError:
            break
        except _broken():
            frames, damaged, lost = [], damaged + 1, lost + 1
            if lost > _LOST:
                break
        for frame in frames:
            lost = 0
            if frame.width * frame.height <= MOST_PIXELS:
                given += 1
                damaged += frame.is_corrupt
                yield frame
    if damaged:
        reel.say(f"{damaged} of its pictures are damaged" if given else "none of its pictures can be decoded")
    elif not given:
        reel.say("it holds no picture that can be decoded")


def _packets(reel: Reel, stream: "Stream") -> Iterator["Packet[Any]"]:
    """The packets of one stream, as far as the file can be read."""
    given = reel.container.demux(stream)
    while True:
        try:
            yield next(given)
        except StopIteration:
            return
        except _broken():
            reel.say("the file is broken or cut off; what comes after was not read")
            return


def _plane(frame: "VideoFrame") -> NDArray[np.uint8]:
    """The luminance of a picture as stored; a view where the format has one by itself."""
    name = frame.format.name
    if not name.startswith(("yuv4", "yuvj4", "nv12", "nv21", "gray")) or frame.format.components[0].bits != 8:
        frame = frame.reformat(format="gray")
    plane = frame.planes[0]
    held = np.frombuffer(memoryview(plane), np.uint8)
    return held[: plane.height * plane.line_size].reshape(plane.height, plane.line_size)[:, : plane.width]


def sound(reel: Reel, a_second: int) -> Iterator[tuple[float, NDArray[np.float32]]]:
    """Stretches of its first sound in mono, ``a_second`` values a second, each with the time of its first value.

    Times count from the beginning of the pictures where there are any, so that sound and pictures have one clock.
    """
    import av  # noqa: PLC0415 - a heavy extra, here since ``opened``

    streams = reel.container.streams.audio
    if not streams:
        return
    stream, video = streams[0], reel.video
    resampler = av.AudioResampler(format="flt", layout="mono", rate=a_second)
    first = video if video is not None and video.start_time is not None else stream
    origin = float((first.start_time or 0) * (first.time_base or 0))
    for packet in _packets(reel, stream):
        try:
            frames = stream.decode(packet)
            for frame in frames:
                at = float(frame.time) - origin if frame.time is not None else -1.0
                for out in resampler.resample(frame):
                    yield at, out.to_ndarray().reshape(-1).astype(np.float32, copy=False)
        except EOFError:
            return
        except _broken():
            reel.say("parts of its sound are damaged")
