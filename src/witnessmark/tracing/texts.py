"""Copies of text: which items carry the same, or nearly the same, words.

Words are compared folded, without the page's furniture. The very same words in the same order are exact copies. Near
copies are sought by MinHash over three-word shingles in bands, and each pair found is then held against the shingles
themselves; texts under eight words are compared exactly only, since short posts are alike by chance. Copies stand in a
star around the earliest member, never all pairs. What it does not prove: who copied whom.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from rensa import RMinHash

from witnessmark.terms.address import digest_of
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.sketch import WIDTH, Sketch

SHINGLE = 3
LEAST_WORDS = 8
NEAR = 0.55  # Jaccard over shingles: a repost with another first line and hashtags keeps more than this
_PERMUTATIONS = 64
_ROWS = 4  # rows of a band: 16 bands of 4 find pairs of 0.5 with 0.64, of 0.7 with 0.99
_SEED = 42
_AT_ONCE = 400  # texts held while pairs are compared


def shingles(words: Sequence[str]) -> set[str]:
    """Every run of three words."""
    return {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def digest_and_minhash(words: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The digest of the words in order, and their MinHash (64 values of 32 bits; empty under eight words)."""
    if len(words) < LEAST_WORDS:
        return digest_of(list(words)), ()
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(sorted(shingles(words)))
    return digest_of(list(words)), tuple(sketch.digest())


WordsOf: TypeAlias = Callable[[Sequence[str]], dict[str, list[str]]]
Counted: TypeAlias = dict[str, tuple[int, int, int]]  # of two texts, by the digests of their words


def likenesses(sketches: Iterable[Sketch], words_of: WordsOf, counted: Counted | None = None) -> list[Likeness]:
    """Likenesses of items, sorted. ``words_of`` gives the folded words of items asked for, a lot at a time.

    ``counted``: shingles shared, of both, and of the shorter, as counted formerly; it is left with those counted now.
    Linear in the items: each is held against the earliest of each of its bands alone; memory about 1 kB an item.
    """
    known = sorted((one for one in sketches if one.count), key=_order)
    found: dict[tuple[str, str], Likeness] = {}
    for like in (*_same_posts(known), *_exact(known), *_near(known, words_of, {} if counted is None else counted)):
        found.setdefault((like.one, like.other), like)
    return sorted(found.values())


def _order(one: Sketch) -> tuple[bool, str, str]:
    return one.published is None, one.published or "", one.item


def _pair(first: Sketch, later: Sketch) -> tuple[str, str]:
    return (first.item, later.item) if first.item < later.item else (later.item, first.item)


def _same_posts(known: Sequence[Sketch]) -> Iterator[Likeness]:
    """Captures of one post by its platform's own id."""
    first: dict[str, Sketch] = {}
    for one in known:
        if one.native is None:
            continue
        other = first.setdefault(one.native, one)
        if other is one:
            continue
        low, high = _pair(other, one)
        if other.digest == one.digest:
            yield Likeness(
                one=low, other=high, manner="same-post", resemblance=1.0, why="the same post, captured again"
            )
        else:
            yield Likeness(
                one=low, other=high, manner="edit", resemblance=0.0, why="the same post with other words: an edit"
            )


def _exact(known: Sequence[Sketch]) -> Iterator[Likeness]:
    first: dict[str, Sketch] = {}
    for one in known:
        if not one.readable or one.count < SHINGLE:
            continue
        other = first.setdefault(one.digest, one)
        if other is not one:
            low, high = _pair(other, one)
            yield Likeness(
                one=low,
                other=high,
                manner="exact",
                resemblance=1.0,
                why=f"the same {one.count} words in the same order",
            )


def _near(known: Sequence[Sketch], words_of: WordsOf, counted: Counted) -> Iterator[Likeness]:
    texts = [one for one in known if one.readable and one.minhash]
    digests = {one.item: one.digest for one in texts}
    pairs = {pair: " ".join(sorted(digests[item] for item in pair)) for pair in _candidates(texts)}
    asked = {name: pair for pair, name in pairs.items() if name not in counted}  # the same two texts are held once
    anew = {pairs[pair]: shared for pair, shared in _count(sorted(asked.values()), words_of)}
    held = {name: anew.get(name) or counted[name] for name in pairs.values()}
    counted.clear()
    counted.update(held)
    for (center, other), name in pairs.items():
        shared, both, least = held[name]
        if both and (shared / both >= NEAR):
            low, high = (center, other) if center < other else (other, center)
            why = f"{shared} of {both} runs of three words are the same ({shared / least:.0%} of the shorter text)"
            yield Likeness(one=low, other=high, manner="near", resemblance=round(shared / both, 3), why=why)


def _count(
    pairs: Sequence[tuple[str, str]], words_of: WordsOf
) -> Iterator[tuple[tuple[str, str], tuple[int, int, int]]]:
    """Of pairs of items, in order of the first: shingles shared, of both, and of the shorter."""
    for at in range(0, len(pairs), _AT_ONCE):
        lot = pairs[at : at + _AT_ONCE]
        words = words_of(sorted({item for pair in lot for item in pair}))
        for center, beside in groupby(lot, key=lambda pair: pair[0]):
            here = shingles(words[center])
            for _, other in beside:
                there = shingles(words[other])
                yield (center, other), (len(here & there), len(here | there), min(len(here), len(there)))


def _candidates(known: Sequence[Sketch]) -> list[tuple[str, str]]:
    """Pairs that share a band, each item with the earliest of its band."""
    pairs: set[tuple[str, str]] = set()
    for start in range(0, _PERMUTATIONS, _ROWS):  # one band after the other, since all at once take 3 kB an item
        first: dict[bytes, str] = {}
        others: dict[bytes, list[str]] = defaultdict(list)
        for one in known:
            band = one.minhash[start * WIDTH : (start + _ROWS) * WIDTH]
            earliest = first.setdefault(band, one.item)
            if earliest != one.item:
                others[band].append(one.item)
        for band, members in others.items():
            pairs.update((first[band], other) for other in members)
    return sorted(pairs)
