"""The index finds what comparing all finds, however it was built."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from witnessmark.tracing.hash_index import EXACT, FAST, FEW, Cut, HashIndex


def near(hashes: NDArray[np.uint8], bits: int, made: np.random.Generator) -> NDArray[np.uint8]:
    """Each hash with so many bits turned at most."""
    flips = np.zeros((len(hashes), 256), np.uint8)
    for row in flips:
        row[made.choice(256, made.integers(0, bits + 1), replace=False)] = 1
    return hashes ^ np.packbits(flips, axis=1)


def clustered(count: int, seed: int) -> NDArray[np.uint8]:
    made = np.random.default_rng(seed)
    centres = made.integers(0, 256, (max(1, count // 10), 32), dtype=np.uint8)
    return near(centres[made.integers(0, len(centres), count)], 24, made)


def compared(hashes: NDArray[np.uint8], queries: NDArray[np.uint8], most: int) -> set[tuple[int, int, int]]:
    apart = np.bitwise_count(queries[:, None, :] ^ hashes[None, :, :]).sum(axis=2)
    return {(int(q), int(h), int(apart[q, h])) for q, h in zip(*np.nonzero(apart <= most), strict=True)}


def found(index: HashIndex, queries: NDArray[np.uint8], most: int = 31) -> list[tuple[int, int, int]]:
    return [tuple(map(int, row)) for row in zip(*index.find(queries, most), strict=True)]  # type: ignore[misc]


@pytest.mark.parametrize("count", [1, 40, FEW, FEW + 1, 6000])
def test_the_exact_way_finds_all_within_thirty_one_bits(count: int) -> None:
    hashes = clustered(count, count)
    queries = near(hashes[:60], 31, np.random.default_rng(9))
    rows = found(HashIndex.of(hashes), queries)
    assert len(rows) == len(set(rows))
    assert set(rows) == compared(hashes, queries, 31)
    assert rows == sorted(rows)


def test_the_fast_way_misses_few() -> None:
    hashes = clustered(20_000, 3)
    queries = near(hashes[:400], 31, np.random.default_rng(5))
    wanted = compared(hashes, queries, 31)
    assert len(set(found(HashIndex.of(hashes, FAST), queries)) & wanted) >= 0.995 * len(wanted)


@settings(max_examples=15)
@given(st.lists(st.integers(0, 2500), min_size=1, max_size=4), st.sampled_from([EXACT, FAST]))
def test_any_split_gives_the_same(sizes: list[int], cut: Cut) -> None:
    hashes = clustered(sum(sizes), 11)
    index, start = HashIndex(cut), 0
    for size in sizes:
        index.add(hashes[start : start + size])
        start += size
    assert len(index) == len(hashes)
    queries = hashes[:40]
    assert found(index, queries, 50) == found(HashIndex.of(hashes, cut), queries, 50)


def test_parts_stay_few_however_it_grows() -> None:
    hashes, index = clustered(6000, 2), HashIndex()
    for start in range(0, 6000, 50):
        index.add(hashes[start : start + 50])
    assert len(index.parts) < 12
    assert set(found(index, hashes[:20])) == compared(hashes, hashes[:20], 31)


def test_an_empty_index_finds_nothing() -> None:
    assert found(HashIndex(), clustered(3, 1)) == []


def test_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        HashIndex.of(np.zeros((2, 8), np.uint8))
