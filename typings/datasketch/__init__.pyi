from collections.abc import Iterable

class MinHash:
    @classmethod
    def bulk(cls, b: Iterable[Iterable[bytes]], *, num_perm: int) -> list[MinHash]: ...
