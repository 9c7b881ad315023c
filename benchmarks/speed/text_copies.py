"""Measures how fast copies of text are found, from words to ties, and signatures against those of ``datasketch`` in the same run.

    python -m benchmarks.speed.text_copies [--sizes 10000,100000] [--jobs 2] [--peer 2000]

Posts are made of ``airwars-syria`` (``make_items``). The clock runs from their words, folded, to the last tie: signatures in ``--jobs``
processes, as items are read in a case, then the search in one; where others use the machine, processor time says more. ``datasketch`` gets the shingles of the first ``--peer`` posts, ready
made, in its quickest way (``bulk``) and in its usual one (``update``), and is held against ours; then both from words. All in processor time of one
process.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

from benchmarks.measured import DidNotWork
from benchmarks.speed.make_items import SET, Maker
from witnessmark.terms.sketch import Sketch
from witnessmark.tracing.shingles import PERMUTATIONS, SHINGLE, Signature, hashes, minhashes, signature
from witnessmark.tracing.stretches import Wording
from witnessmark.tracing.texts import likenesses
from witnessmark.tracing.wording import compared

if TYPE_CHECKING:
    from datasketch import MinHash

_LOT = 500
_EVERY = 10  # of datasketch's usual way, every tenth post is measured


def posts(count: int) -> list[tuple[str, Wording]]:
    """The day and the words of that many made posts; not timed."""
    out = []
    for row in islice(Maker(SET).items(count), count):
        found = compared(row["text"])
        places = [(0, start, end) for _, start, end in found]
        out.append((f"{row['published_at'][:10]} {row['publisher']}", Wording([word for word, _, _ in found], places)))
    return out


def signed(lot: Sequence[Sequence[str]]) -> tuple[list[Signature], float]:
    """Signatures of some texts, and the processor time they took."""
    start = time.process_time()
    return [signature(words) for words in lot], time.process_time() - start


def once(made: Sequence[tuple[str, Wording]], jobs: int) -> None:
    """One size, printed."""
    texts = [wording.words for _, wording in made]
    lots = [texts[at : at + _LOT] for at in range(0, len(texts), _LOT)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        list(pool.map(signed, lots[:jobs]))  # the processes are up before the clock runs
        start = time.perf_counter()
        done = list(pool.map(signed, lots))
        between = time.perf_counter()
    signatures, spent = [one for lot, _ in done for one in lot], sum(seconds for _, seconds in done)
    sketches = [
        Sketch(
            item=f"{at:08}", digest=one.digest, count=len(wording.words), minhash=one.minhash, terms=b"", native=None,
            series=None, published=about[:10], readable=True, marks=one.marks, publisher=about[11:],
        )
        for at, ((about, wording), one) in enumerate(zip(made, signatures, strict=True))
    ]  # fmt: skip
    ready, worked = time.perf_counter(), time.process_time()
    found = likenesses(sketches, lambda wanted: {item: made[int(item)][1] for item in wanted})
    end, searched = time.perf_counter(), time.process_time() - worked
    manners = ", ".join(f"{number} {manner}" for manner, number in sorted(Counter(one.manner for one in found).items()))
    print(
        f"{len(made):>8} posts   by the clock: signatures {between - start:.1f} s, search {end - ready:.1f} s,"
        f" both {between - start + end - ready:.1f} s   processor: {spent:.1f} s, {searched:.1f} s   {manners}",
        flush=True,
    )


def peer(made: Sequence[tuple[str, Wording]], count: int) -> float:
    """How many times quicker than ``datasketch``; printed."""
    try:
        from datasketch import MinHash  # noqa: PLC0415 - an extra that only this needs
    except ImportError as why:
        raise DidNotWork("datasketch is not here; install the extra `peers`") from why
    texts = [wording.words for _, wording in made[:count] if len(wording.words) >= SHINGLE]
    signed(texts[: len(texts) // 10])

    def shingled() -> list[list[bytes]]:
        spans = [range(len(words) - SHINGLE + 1) for words in texts]
        return [
            [" ".join(words[at : at + SHINGLE]).encode() for at in span]
            for words, span in zip(texts, spans, strict=True)
        ]

    ready, shingles = [hashes(words) for words in texts], shingled()
    ours = _timed(lambda: minhashes(ready))
    theirs = _timed(lambda: MinHash.bulk(shingles, num_perm=PERMUTATIONS))
    whole = _timed(lambda: minhashes([hashes(words) for words in texts]))
    their_whole = _timed(lambda: MinHash.bulk(shingled(), num_perm=PERMUTATIONS))
    usual = _timed(lambda: _usual(MinHash, shingles[::_EVERY])) * _EVERY
    rows = (
        ("from ready shingles, its quickest way", ours, theirs),
        ("from ready shingles, its usual way", ours, usual),
        ("from words, its quickest way", whole, their_whole),
    )
    for what, mine, its in rows:
        print(
            f"signatures {what}: {len(texts) / mine:,.0f} posts a second, datasketch {len(texts) / its:,.0f}:"
            f" {its / mine:.1f} times as fast"
        )
    return theirs / ours


def _usual(made: "type[MinHash]", texts: Sequence[Sequence[bytes]]) -> None:
    for shingles in texts:
        signature = made(num_perm=PERMUTATIONS)
        for one in shingles:
            signature.update(one)


def _timed(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000", help="how many posts, split by commas")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--peer", type=int, default=2000, help="how many posts datasketch gets; 0 for none")
    asked = parser.parse_args()
    if not (SET / "items.jsonl").exists():
        print(f"The set that posts are made from is not on this machine ({SET}); nothing to measure.")
        return
    sizes = sorted(int(size) for size in asked.sizes.split(","))
    made = posts(sizes[-1])
    if asked.peer:
        peer(made, asked.peer)
    for size in sizes:
        once(made[:size], asked.jobs)


if __name__ == "__main__":
    main()
