"""A sketch: what the search for copies needs of one item's words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """``digest``: of the folded words in order; ``count``: how many; ``minhash``: of their shingles, empty where too few.

    ``terms``: its distinct words as numbers of 32 bits, sorted. ``native``: the platform's own id of the post.
    ``series``: a site's running count (which site, which number), where its address holds one. ``published``: ISO.
    """

    item: str
    digest: str
    count: int
    minhash: tuple[int, ...]
    terms: tuple[int, ...]
    native: str | None
    series: tuple[str, int] | None
    published: str | None
    readable: bool
