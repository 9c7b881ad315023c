from typing import IO

from PIL import Image

class HeifFile:
    size: tuple[int, int]
    def __len__(self) -> int: ...
    def to_pillow(self) -> Image.Image: ...

def open_heif(fp: IO[bytes] | bytes, convert_hdr_to_8bit: bool = True, bgr_mode: bool = False) -> HeifFile: ...
