from collections.abc import Sequence

class RMinHashDigestMatrix:
    def to_rows(self) -> list[list[int]]: ...

class RMinHash:
    @classmethod
    def digest_matrix_from_token_hash_sets(
        cls, token_hash_sets: Sequence[Sequence[int]], num_perm: int, seed: int
    ) -> RMinHashDigestMatrix: ...
