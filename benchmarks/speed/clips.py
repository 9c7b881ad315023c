"""Measures how fast clips are read on one core, against their own length, and that memory does not grow with it.

    python -m benchmarks.speed.clips [--seconds 20] [--hour] [CLIP ...]

Clips are made (a hand-held camera, H.264 and VP9 at 720p and 1080p, with sound, at the bit rate printed, as messengers make
them) or given. Each is read in a process of its own with one thread: ``decoding`` is every picture decoded and nothing else;
``reading`` is what a case does: moments hashed, sound fingerprinted. ``--hour``: a clip as long as an hour, too.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av

from benchmarks.quality.clip_changes import made
from witnessmark.media import clips, containers

SIZES = {"720p": (1280, 720, 1_800_000), "1080p": (1920, 1080, 3_500_000)}
_REPEATED = 6.0  # seconds that are made; longer clips repeat them
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def make(path: Path, wide: int, high: int, rate: int, seconds: float) -> Path:
    """A clip of this size and bit rate; ``seconds`` may be many: what was encoded is repeated."""
    clip = made(3, _REPEATED, fixed=False, size=(wide, high))
    short = path.with_stem(path.stem + "-short")
    with av.open(str(short), "w") as out:
        web = path.suffix == ".webm"
        stream = out.add_stream("libvpx-vp9" if web else "libx264", rate=Fraction(clip.rate))
        if not isinstance(stream, av.VideoStream):
            raise TypeError
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = wide, high, "yuv420p", rate
        stream.options = {"deadline": "realtime", "cpu-used": "7"} if web else {"preset": "veryfast"}
        for picture in clip.shown:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    return repeated(short, path, max(1, round(seconds / _REPEATED)))


def repeated(short: Path, path: Path, times: int) -> Path:
    """A clip's packets, one after the other, over and over."""
    with av.open(str(path), "w") as out:
        for turn in range(times):
            with av.open(str(short)) as held:
                stream = held.streams.video[0]
                target = out.add_stream_from_template(stream) if turn == 0 else out.streams.video[0]
                step = round(_REPEATED / float(stream.time_base or 1))
                for packet in held.demux(stream):
                    if packet.dts is None or packet.pts is None:
                        continue
                    packet.dts, packet.pts = packet.dts + step * turn, packet.pts + step * turn
                    packet.stream = target
                    out.mux(packet)
    return path


def _peak() -> float:
    """Most memory this process held, in MB (Linux); getrusage would give that of the process that started it, if larger."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM")), float("nan"))


def one(path: Path) -> dict[str, float]:
    """Seconds of processor time to decode and to read a clip, its length, and the peak of memory in MB."""
    start = time.process_time()
    read = clips.read(path).footage
    reading = time.process_time() - start
    peak = _peak()
    start = time.process_time()
    if read.duration < 600:
        with containers.opened(path) as reel:
            for _ in containers.pictures(reel):
                pass
    decoding = time.process_time() - start
    return {"reading": reading, "decoding": decoding, "length": read.duration, "peak": peak, "frames": len(read.frames)}


def show(name: str, path: Path) -> None:
    """One line of figures, measured in a process of its own."""
    quiet = {**os.environ, **dict.fromkeys(_THREADS, "1")}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed.clips", "--one", str(path)], env=quiet, check=True, capture_output=True
    )
    got = json.loads(done.stdout)
    decoded = f"{got['length'] / got['decoding']:6.1f} x" if got["length"] < 600 else "       -"
    print(
        f"{name:<14} {got['length']:7.0f} s {path.stat().st_size * 8 / got['length'] / 1e6:6.2f} Mbit/s"
        f"  reading {got['length'] / got['reading']:6.1f} x  decoding {decoded}  {got['frames'] / got['length']:5.2f} frames/s"
        f"  peak {got['peak']:5.0f} MB",
        flush=True,
    )


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=18)
    parser.add_argument("--hour", action="store_true", help="a clip as long as an hour, too")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(asked.one)))
        return 0
    print(
        f"{os.cpu_count()} cores, one used, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}; times real time"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, (wide, high, rate) in SIZES.items():
            for kind in ("mp4", "webm"):
                show(f"{name} {kind}", make(Path(folder) / f"{name}.{kind}", wide, high, rate, asked.seconds))
        if asked.hour:
            show("an hour, 360p", make(Path(folder) / "hour.mp4", 640, 360, 600_000, 3600))
    for path in asked.clips:
        show(path.name[-14:], path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
