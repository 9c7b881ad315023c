"""A sketch: what the search for copies needs of one item's words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """``digest``: of the folded words in order; ``count``: how many; ``minhash``: of their shingles, empty where too few.

    ``native``: the platform's own id of the post; ``files``: addresses of attached bytes; ``published``: ISO, for order.
    """

    item: str
    digest: str
    count: int
    minhash: tuple[int, ...]
    native: str | None
    published: str | None
    readable: bool
