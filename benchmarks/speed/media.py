"""How fast pictures are decoded and hashed, against what other programs use, and how fast hashes are looked up.

    python -m benchmarks.speed.media [--photos 40] [--lookup 1000000,10000000] [--folder FOLDER]

Processor time of one thread, since a machine may be shared; by the clock it is no less. Pictures are generated (or taken
from a folder), saved as JPEG of 8 megapixels and of 500 pixels. Hashes looked up are clustered, twenty about each of many
centres, as copies are; each query is one of them with 0 to 31 bits turned.
"""

import argparse
import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pdqhash
from numpy.typing import NDArray
from PIL import Image

from benchmarks.quality.changes import photographs, synthetic
from witnessmark.media.fingerprints import fingerprint
from witnessmark.media.pdq import pdq
from witnessmark.media.pixels import decode
from witnessmark.tracing.hash_index import EXACT, FAST, Cut, HashIndex

LARGE: Final = (3264, 2448)  # 8 megapixels
SMALL: Final = (500, 375)
QUERIES: Final = 20_000
ABOUT_EACH: Final = 20  # hashes about one centre
CHECKED: Final = 300  # queries whose every hit is found by comparing all


def pictures(count: int, size: tuple[int, int], folder: Path | None) -> list[bytes]:
    """JPEG files of this size, with the grain that cameras leave."""
    sources = [path for half in photographs(folder) for path in half] if folder else []
    made = np.random.default_rng(1)
    files = []
    for place in range(count):
        picture = Image.open(sources[place % len(sources)]).convert("RGB") if sources else synthetic(place, 960, 720)
        large = np.asarray(picture.resize(size, Image.Resampling.BICUBIC), np.float32)
        grain = made.normal(0, 4, (size[1], size[0], 1)).astype(np.float32)
        saved = io.BytesIO()
        Image.fromarray(np.clip(large + grain, 0, 255).astype(np.uint8)).save(saved, "JPEG", quality=90)
        files.append(saved.getvalue())
    return files


def _eight(data: bytes) -> object:
    still = decode(data)
    return pdq(still.luma, (still.height, still.width))


def _pillow_and_pdqhash(data: bytes) -> object:
    return pdqhash.compute(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))


def _pillow_reduced(data: bytes) -> object:
    picture = Image.open(io.BytesIO(data))
    picture.draft("RGB", (512, 512))
    picture.thumbnail((512, 512))
    return pdqhash.compute(np.asarray(picture.convert("RGB")))


WAYS: Final[tuple[tuple[str, Callable[[bytes], object]], ...]] = (
    ("decode alone", decode),
    ("decode + 8 hashes", _eight),
    ("decode + all regions and crops", lambda data: fingerprint(decode(data))),
    ("Pillow + pdqhash, whole", _pillow_and_pdqhash),
    ("Pillow to 512 + pdqhash", _pillow_reduced),
)


def a_second(way: Callable[[bytes], object], files: Sequence[bytes]) -> float:
    """Files a second of processor time."""
    way(files[0])
    start = time.process_time()
    for data in files:
        way(data)
    return len(files) / (time.process_time() - start)


def stills(count: int, folder: Path | None) -> Iterator[str]:
    """The table of pictures a second."""
    large, small = (pictures(count, size, folder) for size in (LARGE, SMALL))
    yield "| pictures a second of processor time | 8 MP JPEG | 500 px JPEG |\n|---|---|---|"
    figures = {name: (a_second(way, large), a_second(way, small * 4)) for name, way in WAYS}
    for name, (many, few) in figures.items():
        yield f"| {name} | {many:.1f} | {few:.0f} |"
    ours, peer = figures["decode + 8 hashes"], figures["Pillow + pdqhash, whole"]
    yield f"| ours with 8 hashes against Pillow + pdqhash | {ours[0] / peer[0]:.1f}x | {ours[1] / peer[1]:.1f}x |"


def clustered(count: int, made: np.random.Generator) -> NDArray[np.uint8]:
    """Hashes in clusters: each about 10 bits from its centre."""
    centres = made.integers(0, 256, (count // ABOUT_EACH, 32), dtype=np.uint8)
    return np.concatenate([centres ^ _flips(len(centres), made, 0.04) for _ in range(ABOUT_EACH)])


def _flips(count: int, made: np.random.Generator, share: float) -> NDArray[np.uint8]:
    return np.packbits(made.random((count, 256), dtype=np.float32) < share, axis=1)


def _queries(hashes: NDArray[np.uint8], made: np.random.Generator) -> NDArray[np.uint8]:
    flips = np.zeros((QUERIES, 256), np.uint8)
    for row, bits in zip(flips, made.integers(0, 32, QUERIES), strict=True):
        row[made.choice(256, bits, replace=False)] = 1
    return hashes[made.integers(0, len(hashes), QUERIES)] ^ np.packbits(flips, axis=1)


def lookup(count: int, cut: Cut) -> str:
    """One line: queries a second of processor time, recall of all pairs within 31 bits, memory, time to build."""
    made = np.random.default_rng(count)
    hashes = clustered(count, made)
    queries = _queries(hashes, made)
    start = time.process_time()
    index = HashIndex.of(hashes, cut)
    built = time.process_time() - start
    start = time.process_time()
    found = index.find(queries)
    took = time.process_time() - start
    rows = hashes.view(np.uint64)
    true = sum(
        int((np.bitwise_count(rows ^ query).sum(axis=1, dtype=np.int64) <= 31).sum())
        for query in queries[:CHECKED].view(np.uint64)
    )
    recall = int((found.query < CHECKED).sum()) / max(1, true)
    way = "exact (16 x 16)" if cut == EXACT else f"fast ({cut.words} x {cut.bits})"
    return f"| {count:,} | {way} | {QUERIES / took:,.0f} | {recall:.4f} | {index.held / 1e6:,.0f} MB | {built:.1f} s |"


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=24)
    parser.add_argument("--lookup", default="100000,1000000", help="how many hashes are held, split by commas")
    parser.add_argument("--folder", type=Path)
    asked: Any = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    for line in stills(asked.photos, asked.folder):
        print(line, flush=True)
    print(
        "\n| hashes held | way | queries/s of one core | recall at <= 31 | memory | built in |\n|---|---|---|---|---|---|"
    )
    for count in map(int, filter(None, asked.lookup.split(","))):
        for cut in (EXACT, FAST) if count <= 1_000_000 else (FAST,):
            print(lookup(count, cut), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
