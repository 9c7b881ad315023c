"""Measures how copies of clips are found after what reposting does to them, and whether different clips are kept apart.

    python -m benchmarks.quality.clips [--sources 14] [--work FOLDER] [FOLDER OF CLIPS ...]

Clips are made (moving and fixed cameras), cut from those on this machine, and taken from folders given. Some are changed as
``clip_changes`` lists. Recall: source and copy are given as a certain copy that overlaps the true stretch. Ends: of those
found, all four ends of the stretch within a second. False: certain copies among pairs of different clips, which include
different stretches of one fixed camera; suggestions are counted apart. The pool is small and mostly synthetic.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.clip_changes import (
    BESIDES,
    CHANGES,
    RATE,
    Change,
    Pictures,
    Source,
    changed,
    compilation,
    load,
    made,
    write,
)  # fmt: skip
from benchmarks.shared import SHARED
from witnessmark.media import clips
from witnessmark.media.containers import opened
from witnessmark.media.features import features
from witnessmark.media.fingerprints import fingerprint
from witnessmark.media.pixels import Still, reduced
from witnessmark.terms.copy import Copy
from witnessmark.terms.fingerprint import Fingerprint, Frame, Region
from witnessmark.tracing.clip_copies import copies

_KINDS = ("*.mp4", "*.mkv", "*.webm", "*.mov")
_STRETCH = 15.0  # seconds of a clip that is longer
_CHANGED = 8.0  # seconds that a clip lasts at least of which copies are made


class Truth(NamedTuple):
    """A copy that was made: files, what was done, the source's first and last second in it, where the first is, the speed."""

    source: Path
    copy: Path
    change: str
    first: float
    last: float
    shift: float
    speed: float


class Pool(NamedTuple):
    """All files by what they are of, and the copies among them."""

    origin: dict[Path, str]
    truths: list[Truth]


def given_sources(folders: Sequence[Path]) -> Iterator[Source]:
    """Stretches of the clips in folders."""
    for folder in folders:
        for path in sorted(one for kind in _KINDS for one in folder.rglob(kind)):
            with opened(path) as reel:
                seconds = (reel.container.duration or 0) / 1e6
            edges = np.arange(0, max(seconds, _STRETCH + 1e-3), _STRETCH)
            whole = pairwise(edges) if len(edges) > 1 else [(0.0, seconds)]
            for start, end in whole:
                yield Source(f"{path.stem} {start:.0f}", path, float(start), float(end))


def sources(folders: Sequence[Path], work: Path) -> Iterator[tuple[str, Path]]:
    """Every source by name, its file made unless it is there, in a fixed order in which kinds alternate."""
    for seed in range(24):
        fixed = seed % 3 == 2
        names = [f"made {'fixed' if fixed else 'moving'} {seed} {half}" for half in range(1 + fixed)]
        paths = [work / f"{name.replace(' ', '-')}.mp4" for name in names]
        if not all(path.exists() for path in paths):
            clip = made(seed, 24 if fixed else 12, fixed=fixed)
            count = len(clip.shown) // len(names)
            for half, path in enumerate(paths):
                cut = slice(half * count * RATE // clip.rate, (half + 1) * count * RATE // clip.rate)
                part = Pictures(clip.shown[half * count : (half + 1) * count], clip.rate, clip.sound[cut])
                _whole(path, partial(_stored, part))
        yield from zip(names, paths, strict=True)
    for source in given_sources(folders):
        path = work / f"{source.name.replace(' ', '-')}.mp4"
        if not path.exists():
            _whole(path, partial(_stored, load(source)))
        yield source.name, path


def _stored(given: Pictures, path: Path) -> None:
    write(path, iter(given.shown), given.rate, given.sound, 20)


def _whole(path: Path, make: Callable[[Path], object]) -> None:
    """Make a file under another name and call it by its own when it is whole."""
    spare = path.with_name("unfinished" + path.suffix)
    make(spare)
    spare.rename(path)


def _seconds(path: Path) -> float:
    with opened(path) as reel:
        return (reel.container.duration or 0) / 1e6


def pool(folders: Sequence[Path], work: Path, count: int, *, besides: bool) -> Pool:
    """Make all files that are not there yet."""
    held = Pool({}, [])
    long = []
    for name, path in sources(folders, work):
        held.origin[path] = name
        if _seconds(path) >= _CHANGED:
            long.append((name, path))
    changes = {**CHANGES, **(BESIDES if besides else {})}
    for name, path in long[:: max(1, len(long) // count)][:count]:
        _copies(held, name, path, work, changes)
    return held


def _copies(held: Pool, name: str, path: Path, work: Path, changes: dict[str, Change]) -> None:
    """Make and note the copies of one source."""
    seconds = _seconds(path)
    given = cache(lambda: load(Source(name, path, 0, 99)))
    for change, how in changes.items():
        target = work / f"{path.stem}--{change.replace(' ', '-')}.{how.kind}"
        if not target.exists():
            _whole(target, partial(changed, given(), how))
        held.origin[target] = name
        held.truths.append(Truth(path, target, change, how.cut, seconds - how.cut, 0.0, 1 / how.speed))
    chance = np.random.default_rng(len(held.truths))
    first = float(chance.uniform(0, seconds - 5))
    target, note = work / f"{path.stem}--excerpt.mp4", work / f"{path.stem}--excerpt.txt"
    if not note.exists():
        begins: list[float] = []
        _whole(target, lambda spare: begins.append(compilation(given(), fillers(), first, spare, chance)))
        note.write_text(f"{first} {begins[0]}")
    first, begin = (float(word) for word in note.read_text().split())
    held.origin[target] = f"excerpt of {name}"
    held.truths.append(Truth(path, target, "5 s in two minutes", first, first + 5, begin, 1.0))


@cache
def fillers() -> list[Pictures]:
    """Clips that compilations are made of besides."""
    return [made(1000 + seed, 12, fixed=False) for seed in range(6)]


class Looker:
    """Decodes what is to be looked at closely; a clip whole, since many looks are at each here."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, Region | None], tuple[Frame, ...]] = {}

    def frames(self, path: str, start: float, end: float, region: Region | None) -> tuple[Frame, ...]:
        """Of a stretch."""
        if (path, region) not in self.held:
            self.held[path, region] = clips.dense(Path(path), 0, 200, region=region)
        return tuple(one for one in self.held[path, region] if start <= one.at <= end)


def still(luma: NDArray[np.uint8]) -> Fingerprint:
    """A scene's picture, as a still."""
    high, wide = luma.shape
    return fingerprint(Still(reduced(luma), wide, high), features)


def _ends(truth: Truth, copy: Copy) -> tuple[float, float]:
    """How much of the true stretch is covered (0 to 1), and the worst of the four ends, in seconds."""
    flip = copy.one != str(truth.source)
    spans = [
        (one.other_from, one.other_to, one.one_from, one.one_to)
        if flip
        else (one.one_from, one.one_to, one.other_from, one.other_to)
        for one in copy.segments
    ]
    a, b = min(one[0] for one in spans), max(one[1] for one in spans)
    c, d = min(one[2] for one in spans), max(one[3] for one in spans)
    length = (truth.last - truth.first) * truth.speed
    covered = sum(max(0.0, min(one[1], truth.last) - max(one[0], truth.first)) for one in spans)
    worst = max(abs(a - truth.first), abs(b - truth.last), abs(c - truth.shift), abs(d - truth.shift - length))
    return covered / (truth.last - truth.first), worst


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--sources", type=int, default=14, help="how many are changed")
    parser.add_argument("--work", type=Path, help="where files are kept for the next time")
    parser.add_argument("--besides", action="store_true", help="changes that no goal names, too")
    parser.add_argument("--wrong", action="store_true", help="name what was missed and what was taken for a copy")
    asked = parser.parse_args()
    folders = [one for one in (SHARED / "media" / "video", *asked.folders) if one.exists()]
    with tempfile.TemporaryDirectory() as spare:
        work = asked.work or Path(spare)
        work.mkdir(exist_ok=True)
        held = pool(folders, work, asked.sources, besides=asked.besides)
        began = time.process_time()
        footage = {str(path): clips.read(path, still).footage for path in sorted(held.origin)}
        seconds = sum(one.duration for one in footage.values())
        read = time.process_time() - began
        found = {(one.one, one.other): one for one in copies(footage, Looker().frames) if one.manner == "footage"}
        took = time.process_time() - began - read
        print(f"{seconds:.0f} s of clips read in {read:.0f} s, copies sought in {took:.0f} s")
        _told(held, found, wrong=asked.wrong)
    return 0


def _told(held: Pool, found: dict[tuple[str, str], Copy], *, wrong: bool) -> None:
    rows: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for truth in held.truths:
        first, second = sorted((str(truth.source), str(truth.copy)))
        copy = found.get((first, second))
        covered, worst = _ends(truth, copy) if copy is not None else (0.0, 99.0)
        sure = copy is not None and copy.certain and covered > 0.3
        rows[truth.change].append((sure, copy is not None and covered > 0.3, sure and worst <= 1))
        if wrong and not (sure and worst <= 1):
            print(
                "   ",
                truth.change,
                truth.source.name,
                f"worst end {worst:.1f} s;",
                copy.why if copy else "nothing found",
            )
    print(f"{'change':<28} {'copies':>6} {'certain':>8} {'or sugg.':>8} {'ends ≤ 1 s':>10}")
    for change, told in [*rows.items(), ("all", [one for lot in rows.values() for one in lot])]:
        certain, any_, ends = (sum(one[at] for one in told) for at in range(3))
        print(
            f"{change:<28} {len(told):>6} {certain / len(told):>8.3f} {any_ / len(told):>8.3f} {ends / max(1, certain):>10.3f}"
        )
    _false(held, found, wrong=wrong)


def _false(held: Pool, found: dict[tuple[str, str], Copy], *, wrong: bool) -> None:
    of = {str(path): name.removeprefix("excerpt of ") for path, name in held.origin.items()}
    compiled = {str(path) for path, name in held.origin.items() if name.startswith("excerpt of ")}
    counts = Counter(of.values())
    pairs = (
        len(of) * (len(of) - 1) // 2
        - sum(n * (n - 1) // 2 for n in counts.values())
        - len(compiled) * (len(compiled) - 1) // 2
    )
    false = [
        one
        for (first, second), one in sorted(found.items())
        if of[first] != of[second] and not {first, second} <= compiled
    ]
    sure = [one for one in false if one.certain]
    print(f"pairs of different clips {pairs}: certain {len(sure)}, suggested {len(false) - len(sure)}")
    for one in sure if wrong else []:
        print("   ", Path(one.one).name, Path(one.other).name, one.why)


if __name__ == "__main__":
    sys.exit(main())
