import numpy as np
from numpy.typing import NDArray

def decode_jpeg(
    data: bytes,
    colorspace: str = "RGB",
    fastdct: bool = False,
    fastupsample: bool = False,
    min_height: int = 0,
    min_width: int = 0,
    min_factor: float = 1,
    buffer: object = None,
    strict: bool = True,
) -> NDArray[np.uint8]: ...
def decode_jpeg_header(
    data: bytes, min_height: int = 0, min_width: int = 0, min_factor: float = 1, strict: bool = True
) -> tuple[int, int, str, str]: ...
def encode_jpeg(
    image: NDArray[np.uint8],
    quality: int = 85,
    colorspace: str = "RGB",
    colorsubsampling: str = "444",
    fastdct: bool = False,
) -> bytes: ...
