from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

class RMinHashDigestMatrix:
    def to_rows(self) -> list[list[int]]: ...

class RMinHash:
    @classmethod
    def digest_matrix_from_flat_token_hashes(
        cls, token_hashes: NDArray[np.uint64], row_offsets: Sequence[int], num_perm: int, seed: int
    ) -> RMinHashDigestMatrix: ...
