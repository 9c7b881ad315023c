"""Shingles: every run of three words of a text as a number, and what texts are found by that share them.

A MinHash of 64 values finds texts alike as wholes (Broder, "On the resemblance and containment of documents", 1997). Marks find a
text inside a longer one: the lowest of every four shingles in a row, so that two texts with six words in a row in common share one
at least (winnowing: Schleimer, Wilkerson, Aiken, SIGMOD 2003). What it does not prove: numbers may meet by chance (64 bits, marks 32),
so texts found by them are held against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from witnessmark.terms.sketch import packed
from witnessmark.tracing.wording import bare

Hashes: TypeAlias = NDArray[np.uint64]

SHINGLE = 3
LEAST_WORDS = 8
LEAST_SHINGLES = LEAST_WORDS - SHINGLE + 1
PERMUTATIONS = 64
_WINDOW = 4
_SEED = 42
_DIGEST = 16  # bytes
_GLANCE = 64  # shingles that tell at a glance that a text is not of a few words over and over
_FACTORS = tuple(np.uint64(one) for one in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_SHIFTS = (np.uint64(29), np.uint64(32))
_LOW = np.uint64(0xFFFFFFFF)
_FIRST = np.ones(1, np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """``digest``: of the words in order. ``minhash``, ``marks``: packed numbers of 32 bits; empty where too few shingles differ."""

    digest: str
    minhash: bytes = b""
    marks: bytes = b""


def signature(words: Sequence[str]) -> Signature:
    """What a text's copies are found by. ``words``: as they are compared. Linear in them; texts under eight words have a digest only."""
    digest = blake2b("\n".join(words).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()
    if len(words) < LEAST_WORDS:
        return Signature(digest=digest)
    told = hashes(words)
    if len(set(told[:_GLANCE].tolist())) < LEAST_SHINGLES and len(distinct(told)) < LEAST_SHINGLES:
        return Signature(digest=digest)
    (least,) = minhashes([told])
    return Signature(digest=digest, minhash=packed(least), marks=_marks(told).tobytes())


def minhashes(texts: Sequence[Hashes]) -> list[list[int]]:
    """Of each text's shingles, the least in each of 64 orders, 32 bits each."""
    ends = np.cumsum([0, *map(len, texts)]).tolist()
    told = np.concatenate(texts) if len(texts) > 1 else texts[0]
    return RMinHash.digest_matrix_from_flat_token_hashes(told, ends, num_perm=PERMUTATIONS, seed=_SEED).to_rows()


def hashes(words: Sequence[str]) -> Hashes:
    """The number of each shingle, in order."""
    if len(words) < SHINGLE:
        return np.zeros(0, np.uint64)
    told = np.fromiter(map(_number, words), np.uint64, len(words))
    first, second, third = _FACTORS
    mixed: Hashes = told[:-2] * first + told[1:-1] * second + told[2:] * third
    mixed ^= mixed >> _SHIFTS[0]
    mixed *= second
    mixed ^= mixed >> _SHIFTS[1]
    return mixed


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(bare(word).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def distinct(told: Hashes) -> Hashes:
    """Each number once, sorted; quicker than numpy's own for few."""
    found = np.sort(told)
    once: Hashes = found[np.concatenate([_FIRST, found[1:] != found[:-1]])[: len(found)]]
    return once


def _marks(told: Hashes) -> NDArray[np.uint32]:
    """The lowest of each four in a row, once each; the low half of their bits, since the high half is low in all."""
    lowest = told
    if len(told) > _WINDOW:
        lowest = np.minimum(told[:-1], told[1:])
        lowest = np.minimum(lowest[:-2], lowest[2:])
    return (distinct(lowest) & _LOW).astype("<u4")
