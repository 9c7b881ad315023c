"""Stretches of clips decoded closely, in worker processes, and kept for the next search: each is decoded once.

A stretch that cannot be decoded shows nothing, and the search goes on. What it does not do: say which stretches.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self, TypeAlias

import msgspec

from witnessmark.casefile.spread import Died, Failed, Spread, attempt, batched
from witnessmark.media.clips import dense
from witnessmark.terms.fingerprint import Frame, Region
from witnessmark.tracing.looks import Look

Stretch: TypeAlias = tuple[str, float, float, Region | None]  # address, from and to which second, and of which part
_SECONDS = 120.0  # of processor time for one stretch


def of_looks(looks: Iterable[Look]) -> list[Stretch]:
    """Both stretches of each look."""
    return [
        one
        for look in looks
        for one in (
            (look.one, look.one_from, look.one_to, look.region_one),
            (look.other, look.other_from, look.other_to, look.region_other),
        )
    ]


def _decoded(task: tuple[str, float, float, Region | None]) -> bytes:
    path, start, end, region = task
    return msgspec.msgpack.encode(dense(Path(path), start, end, region=region))


def decode_batch(tasks: list[tuple[str, float, float, Region | None]]) -> list[bytes | Failed]:
    """In a worker: each stretch; a failure of one is its own."""
    return [attempt(_decoded, task, _SECONDS) for task in tasks]


class Decoder:
    """Gives the frames of stretches. ``path``: where a clip's bytes lie; ``before``: what was decoded formerly; ``used``: what was asked for."""

    def __init__(self, path: Callable[[str], Path], before: Mapping[str, bytes], jobs: int) -> None:
        self._path, self._before = path, before
        self._spread = Spread(decode_batch, jobs=jobs)
        self.used: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        self._spread.__enter__()
        return self

    def __exit__(self, *trouble: object) -> None:
        self._spread.__exit__(*trouble)

    def __call__(self, address: str, start: float, end: float, region: Region | None) -> Sequence[Frame]:
        """The frames of a stretch."""
        asked = (address, start, end, region)
        self.ahead([asked])
        return msgspec.msgpack.decode(self.used[_name(asked)], type=tuple[Frame, ...])

    def ahead(self, asked: Iterable[Stretch]) -> None:
        """Decode stretches that will be asked for, several at a time."""
        todo = {name: one for one in asked if (name := _name(one)) not in self.used}
        self.used |= {name: self._before[name] for name in todo if name in self._before}
        names = {(str(self._path(one[0])), *one[1:]): name for name, one in todo.items() if name not in self.used}
        for batch, outcome in self._spread.over(batched(names, 1)):
            results = [outcome] if isinstance(outcome, Died) else outcome
            for task, result in zip(batch, results, strict=True):
                self.used[names[task]] = result if isinstance(result, bytes) else msgspec.msgpack.encode(())


def _name(one: Stretch) -> str:
    address, start, end, region = one
    part = f" {region.left} {region.top} {region.right} {region.bottom}" if region else ""
    return f"{address} {start} {end}{part}"
