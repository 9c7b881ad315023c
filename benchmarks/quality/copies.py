"""How many copies of pictures are found, by what was done to them, and how many pictures without a copy are matched.

    python -m benchmarks.quality.copies [FOLDER of photographs] [--pool 1000] [--each 60] [--open 5000] [--jobs 2] [--by hashes]

The photographs are split in two halves. From one, a pool is made (cropped and composed, so synthetic; with no folder all
pictures are generated); its members, changed, are the queries that have a copy. The other half, changed, are queries that
have none: whatever they match is false. Every method sees the same bytes in the same run: ours by hashes, by features, and by
features where hashes find nothing; and PDQ at 31 bits (pdqhash) and pHash at 10 (imagehash), which is what other programs run.
"""

import argparse
import io
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import imagehash
import numpy as np
import pdqhash
from PIL import Image

from benchmarks.quality.changes import CHANGES, Change, opened, photographs, pool, synthetic
from benchmarks.quality.harder_changes import HARDER
from witnessmark.media.features import features
from witnessmark.media.fingerprints import fingerprint, why_plain
from witnessmark.media.pixels import decode
from witnessmark.tracing.alike import alike
from witnessmark.tracing.feature_index import part
from witnessmark.tracing.pictures import Pictures
from witnessmark.tracing.verify import corners

_LATE: Final = 1 << 40  # seeds of generated pictures that are in no pool
_EVERY: Final[Mapping[str, Change]] = {**CHANGES, **HARDER}

_AT_ONCE: Final = 256  # queries

Hits = list[set[int]]


@dataclass(frozen=True, slots=True)
class Method:
    """A way of finding copies. ``seen``: from a file's bytes to what is kept of it (run in workers);

    ``matched``: from what is kept of the pool and of the queries to, for each query, the places in the pool it matches.
    """

    name: str
    seen: Callable[[bytes], Any]
    matched: Callable[[Sequence[Any], Sequence[Any]], Hits]


def _ours_seen(data: bytes) -> Any:  # noqa: ANN401 - what a method keeps is its own
    return fingerprint(decode(data))


def _ours_matched(held: Sequence[Any], queries: Sequence[Any]) -> Hits:
    pictures = Pictures()
    pictures.add({f"{place:08}": kept for place, kept in enumerate(held)})
    found: Hits = [set() for _ in queries]
    for start in range(0, len(queries), _AT_ONCE):
        some = {f"query {start + at:08}": query for at, query in enumerate(queries[start : start + _AT_ONCE])}
        for match in pictures.like(some):
            found[int(match.other.split()[1])].add(int(match.one))
    return found


def _rgb(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _pdq_seen(data: bytes) -> Any:  # noqa: ANN401
    return np.packbits(pdqhash.compute(np.asarray(_rgb(data)))[0])


def _phash_seen(data: bytes) -> Any:  # noqa: ANN401
    return np.packbits(imagehash.phash(_rgb(data)).hash.ravel())


def _near(most: int, held: Sequence[Any], queries: Sequence[Any]) -> Hits:
    rows = np.stack(list(held)).view(np.uint64)
    found: Hits = []
    for query in queries:
        apart = np.bitwise_count(rows ^ query.view(np.uint64)[None, :]).sum(axis=1, dtype=np.int64)
        found.append(set(np.flatnonzero(apart <= most).tolist()))
    return found


HASHES: Final = Method("hashes", _ours_seen, _ours_matched)
PEERS: Final = (
    Method("PDQ<=31", _pdq_seen, partial(_near, 31)),
    Method("pHash<=10", _phash_seen, partial(_near, 10)),
)


def _features_seen(data: bytes) -> Any:  # noqa: ANN401
    still = decode(data)
    plain = why_plain(still.luma, still.width, still.height)
    return corners(features(still.luma)) if plain is None else None


def _features_matched(held: Sequence[Any], queries: Sequence[Any]) -> Hits:
    known = {f"{place:08}": kept for place, kept in enumerate(held) if kept is not None}
    index = [part(known.items())]
    return [
        {int(found.one) for found in alike("query", query, index, known.__getitem__)} if query is not None else set()
        for query in queries
    ]


FEATURES: Final = Method("features", _features_seen, _features_matched)
BOTH: Final = "hashes, then features"
METHODS: Final = (HASHES, FEATURES, *PEERS)


@dataclass(frozen=True, slots=True)
class Made:
    """How a file is made: the member of the pool it shows, or a photograph, and the change it went through."""

    member: int | None
    source: Path | int | None
    change: str | None
    seed: int


@dataclass(frozen=True, slots=True)
class Making:
    """What workers need to make files and look at them."""

    held: tuple[Path, ...]
    count: int
    methods: tuple[str, ...]

    def __call__(self, made: Made) -> tuple[Any, ...]:
        """What each method keeps of one file."""
        data = self.file(made)
        return tuple(method.seen(data) for method in METHODS if method.name in self.methods)

    def file(self, made: Made) -> bytes:
        """The bytes of a JPEG file."""
        if made.member is not None:
            picture = pool(self.held, self.count)[made.member]
        elif isinstance(made.source, Path):
            picture = opened(made.source)
        else:
            picture = synthetic(_LATE + int(made.source or 0))
        if made.change is not None:
            picture = _EVERY[made.change](picture, random.Random(made.seed))  # noqa: S311 - a drawing, no secret
        saved = io.BytesIO()
        picture.convert("RGB").save(saved, "JPEG", quality=88)
        return saved.getvalue()


def positives(count: int, each: int) -> list[Made]:
    """For each change, the same members of the pool, changed."""
    members = random.Random(3).sample(range(count), min(each, count))  # noqa: S311 - a draw, no secret
    return [
        Made(member, None, name, row * 100_003 + place)
        for row, name in enumerate(_EVERY)
        for place, member in enumerate(members)
    ]


def without_copy(aside: Sequence[Path], count: int) -> list[Made]:
    """Pictures of which the pool has none, every change of the table in turn (the harder ones take long to make)."""
    sources: Sequence[Path | int] = aside or range(count)
    names = list(CHANGES)
    return [
        Made(None, sources[place % len(sources)], names[place // len(sources) % len(names)], 7_000_000 + place)
        for place in range(count)
    ]


def _looked_at(making: Making, files: Sequence[Made], jobs: int) -> list[list[Any]]:
    """For each method, what it keeps of each file."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as workers:
        rows = list(workers.map(making, files, chunksize=16))
    return [list(column) for column in zip(*rows, strict=True)]


def _recall(hits: Hits, changed: Sequence[Made]) -> dict[str, float]:
    """For each change, the share of the changed pictures whose original is found."""
    found: dict[str, list[bool]] = {name: [] for name in _EVERY}
    for made, hit in zip(changed, hits, strict=False):
        found[str(made.change)].append(made.member in hit)
    return {name: float(np.mean(each)) for name, each in found.items()}


def _table(recall: Mapping[str, Mapping[str, float]], false: Mapping[str, int], count: int) -> Iterator[str]:
    names = list(recall)
    yield f"| {'change':<22} | " + " | ".join(f"{name:>21}" for name in names) + " |"
    yield "|---" * (len(names) + 1) + "|"
    for change in _EVERY:
        yield f"| {change:<22} | " + " | ".join(f"{recall[name][change]:21.3f}" for name in names) + " |"
    for label, how in (("mean of the first 14", np.mean), ("worst of the first 14", np.min)):
        figures = [float(how([recall[name][change] for change in CHANGES])) for name in names]
        yield f"| {label:<22} | " + " | ".join(f"{figure:21.3f}" for figure in figures) + " |"
    yield f"| {f'false of {count}':<22} | " + " | ".join(f"{false[name]:21}" for name in names) + " |"


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pool", type=int, default=1000)
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--open", type=int, default=5000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--by", default=",".join(method.name for method in METHODS), help="methods, split by commas")
    asked = parser.parse_args()
    held, aside = photographs(asked.folder) if asked.folder else ([], [])
    methods = [method for method in METHODS if method.name in asked.by.split(",")]
    making = Making(tuple(held), asked.pool, tuple(method.name for method in methods))
    changed, strangers = positives(asked.pool, asked.each), without_copy(aside, asked.open)
    members = [Made(member, None, None, 0) for member in range(asked.pool)]
    start = time.perf_counter()
    kept = _looked_at(making, [*members, *changed, *strangers], asked.jobs)
    print(
        f"{len(held)} and {len(aside)} photographs; a synthetic pool of {asked.pool}; {time.perf_counter() - start:.0f} s to look"
    )
    hits: dict[str, Hits] = {}
    for method, rows in zip(methods, kept, strict=True):
        start = time.perf_counter()
        hits[method.name] = method.matched(rows[: asked.pool], rows[asked.pool :])
        spent = (time.perf_counter() - start) / (len(changed) + len(strangers))
        print(f"{method.name}: {spent * 1000:.1f} ms a query, with its share of building", flush=True)
    if HASHES.name in hits and FEATURES.name in hits:
        hits[BOTH] = [first or then for first, then in zip(hits[HASHES.name], hits[FEATURES.name], strict=True)]
    recall = {name: _recall(found, changed) for name, found in hits.items()}
    false = {name: sum(map(bool, found[len(changed) :])) for name, found in hits.items()}
    print("\n".join(_table(recall, false, asked.open)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
